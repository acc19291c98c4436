"""When a source is visited again."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON, article, source

from composer.desk.rhythm import LATEST, PATIENCE, SOONEST, UNKNOWN, after, due_at, is_due, next_due
from composer.model import Article, Collected, Source

OLD = "https://wire.example.org/feed.xml"
NEW = "https://news.example.org/feed.xml"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda one: one.replace(tzinfo=NOON.tzinfo))  # noqa: DTZ001 (given its zone at once)
maybe = st.none() | moments
jitters = st.floats(0, 1, exclude_max=True)
sources = st.builds(
    Source,
    url=st.just(OLD),
    changed_at=maybe,
    next_at=maybe,
    not_before=maybe,
    every_seconds=st.integers(0, 86_400),
    failures=st.integers(0, 10_000),
    moved_to=st.sampled_from(["", NEW]),
    moved_since=maybe,
    moved_times=st.integers(0, 9),
)


@st.composite
def visits(draw: st.DrawFn, told: Source) -> Collected:
    failed = draw(st.booleans())
    dates = draw(st.lists(maybe, max_size=12))
    return Collected(
        source=replace(told, failures=told.failures + 1 if failed else 0),
        outcome="failed" if failed else draw(st.sampled_from(["changed", "unchanged"])),
        articles=() if failed else tuple(article(published=date) for date in dates),
        not_before=draw(maybe),
        fresh_seconds=draw(st.integers(-10, 10**30)),
        moved_to=draw(st.sampled_from(["", OLD, NEW, "https://third.example.org/"])),
    )


def stories(gap: timedelta, count: int = 10, newest: datetime = NOON) -> tuple[Article, ...]:
    return tuple(article(guid=str(index), published=newest - index * gap) for index in range(count))


def visited(told: Source, now: datetime = NOON, jitter: float = 0.5, **brought: Any) -> Source:
    failed = brought.get("outcome") == "failed"
    taught = replace(told, failures=told.failures + 1 if failed else 0)
    return after(told, Collected(**{"source": taught, "outcome": "unchanged", **brought}), now, jitter)


def led(told: Source, *days: float, to: str = NEW) -> Source:
    for day in days:
        told = visited(told, NOON + day * DAY, moved_to=to)
    return told


@given(st.data(), sources, moments, jitters)
def test_the_next_visit_is_never_sooner_than_the_floor_nor_later_than_a_day(
    data: st.DataObject, told: Source, now: datetime, jitter: float
) -> None:
    next_at = after(told, data.draw(visits(told)), now, jitter).next_at

    assert next_at is not None
    assert SOONEST * 0.9 <= next_at - now <= LATEST


@given(st.data(), sources, moments, jitters)
def test_retry_after_is_obeyed_to_the_second_for_up_to_seven_days(
    data: st.DataObject, told: Source, now: datetime, jitter: float
) -> None:
    visit = data.draw(visits(told))

    kept = after(told, visit, now, jitter)

    at = due_at(kept)
    assert at is not None
    assert at >= min(visit.not_before or now, now + PATIENCE)
    assert kept.not_before is None or now < kept.not_before <= now + PATIENCE


@given(st.data(), sources, moments, jitters)
def test_an_address_changes_only_to_where_this_visit_and_the_one_before_were_led(
    data: st.DataObject, told: Source, now: datetime, jitter: float
) -> None:
    visit = data.draw(visits(told))

    kept = after(told, visit, now, jitter)

    assert kept.url == told.url or kept.url == visit.moved_to == told.moved_to


@given(st.data(), sources, moments, jitters)
def test_a_failed_visit_leaves_the_rhythm_and_the_address_alone(
    data: st.DataObject, told: Source, now: datetime, jitter: float
) -> None:
    visit = replace(data.draw(visits(told)), outcome="failed", articles=())

    kept = after(replace(told, every_seconds=7_200), visit, now, jitter)

    assert (kept.every_seconds, kept.url, kept.changed_at) == (7_200, told.url, told.changed_at)


@given(st.data(), sources, moments, jitters)
def test_a_file_is_always_due(data: st.DataObject, told: Source, now: datetime, jitter: float) -> None:
    file = replace(told, url="seeds/salt.xml")

    kept = after(file, data.draw(visits(replace(file, next_at=None, not_before=None))), now, jitter)

    assert is_due(kept, now)


@given(st.integers(1, 10_000), jitters, jitters)
def test_more_failures_never_bring_a_source_back_sooner(failures: int, one: float, other: float) -> None:
    fewer = visited(source(failures=failures - 1), jitter=one, outcome="failed").next_at
    more = visited(source(failures=failures + 1), jitter=other, outcome="failed").next_at

    assert fewer is not None
    assert more is not None
    assert fewer <= more


@pytest.mark.parametrize(("failures", "wait"), [(0, 15), (1, 30), (2, 60), (5, 480), (6, 960), (7, 1440), (99, 1440)])
def test_failures_double_the_wait_up_to_a_day(failures: int, wait: int) -> None:
    assert visited(source(failures=failures), outcome="failed").next_at == NOON + timedelta(minutes=wait)


def test_sources_that_fail_together_come_back_apart() -> None:
    soonest, latest = (visited(source(), jitter=jitter, outcome="failed").next_at for jitter in (0.0, 0.999))

    assert soonest is not None
    assert latest is not None
    assert latest - soonest > timedelta(minutes=2)


@pytest.mark.parametrize(
    ("gap", "every"),
    [
        (timedelta(minutes=5), SOONEST),
        (2 * HOUR, HOUR),
        (24 * HOUR, 12 * HOUR),
        (30 * DAY, LATEST),
    ],
)
def test_a_source_is_first_visited_at_half_the_gap_between_its_stories(gap: timedelta, every: timedelta) -> None:
    kept = visited(source(), outcome="changed", articles=stories(gap))

    assert timedelta(seconds=kept.every_seconds) == every
    assert kept.next_at == NOON + every


def test_a_source_that_fell_silent_is_visited_once_a_day() -> None:
    kept = visited(source(), outcome="changed", articles=stories(HOUR, newest=NOON - 900 * DAY))

    assert timedelta(seconds=kept.every_seconds) == LATEST


def test_a_story_dated_in_the_future_says_nothing_about_the_rhythm() -> None:
    told = (*stories(4 * HOUR), article(guid="x", published=NOON + 99 * DAY))

    assert visited(source(), outcome="changed", articles=told).every_seconds == 7_200


def test_the_rhythm_follows_a_source_that_becomes_faster() -> None:
    slow = source(every_seconds=43_200)

    kept = visited(slow, outcome="changed", articles=stories(HOUR))

    assert 1_800 < kept.every_seconds < 43_200


def test_silence_slows_the_visits_down_and_usual_silence_does_not() -> None:
    told = source(every_seconds=3_600, changed_at=NOON - 2 * HOUR)

    assert visited(told).every_seconds == 3_600
    assert visited(replace(told, changed_at=NOON - 40 * HOUR)).every_seconds > 3_600


def test_a_feed_without_dates_that_differs_at_every_visit_is_asked_once_an_hour() -> None:
    told, now = source(), NOON
    for _ in range(50):
        told = visited(told, now, outcome="changed", articles=(article(published=None),))
        assert told.next_at
        now = told.next_at

    assert timedelta(seconds=told.every_seconds) == UNKNOWN


def test_an_answer_called_fresh_for_six_hours_is_not_asked_for_again_before() -> None:
    kept = visited(source(), outcome="changed", articles=stories(HOUR), fresh_seconds=21_600)

    assert kept.next_at == NOON + 6 * HOUR
    assert kept.every_seconds == 1_800


def test_a_year_of_freshness_holds_us_off_for_a_day() -> None:
    assert visited(source(), fresh_seconds=31_536_000).next_at == NOON + LATEST


def test_a_retry_after_of_three_days_is_honoured_and_one_of_a_year_is_not() -> None:
    three, year = (visited(source(), outcome="failed", not_before=NOON + days * DAY) for days in (3, 365))

    assert due_at(three) == NOON + 3 * DAY
    assert due_at(year) == NOON + 7 * DAY


def test_a_retry_after_that_is_past_is_forgotten() -> None:
    assert visited(source(not_before=NOON - HOUR)).not_before is None


def test_a_source_that_is_gone_is_kept_and_not_visited_again() -> None:
    kept = visited(source(etag='"x"'), outcome="failed", gone=True)

    assert kept.state == "gone"
    assert kept.etag == '"x"'
    assert not is_due(kept, NOON + 999 * DAY)


def test_a_permanent_redirect_is_believed_after_four_visits_over_three_days() -> None:
    kept = led(source(), 0, 1, 2, 3)

    assert kept.url == NEW
    assert (kept.moved_to, kept.moved_since, kept.moved_times) == ("", None, 0)


@pytest.mark.parametrize("days", [(0,), (0, 3), (0, 3, 4), (0, 0.5, 1, 1.5, 2, 2.9)])
def test_a_redirect_seen_too_seldom_or_too_shortly_is_not_believed(days: tuple[float, ...]) -> None:
    kept = led(source(), *days)

    assert kept.url == OLD
    assert (kept.moved_to, kept.moved_times) == (NEW, len(days))


def test_a_visit_that_is_not_redirected_begins_the_count_anew() -> None:
    kept = led(visited(led(source(), 0, 1, 2), NOON + 3 * DAY), 4)

    assert (kept.url, kept.moved_times) == (OLD, 1)


def test_a_visit_led_elsewhere_begins_the_count_anew() -> None:
    kept = led(led(source(), 0, 1, 2), 3, to="https://third.example.org/")

    assert (kept.url, kept.moved_times) == (OLD, 1)


def test_a_failed_visit_in_between_does_not_stop_a_move() -> None:
    kept = led(visited(led(source(), 0, 1, 2), NOON + 3 * DAY, outcome="failed"), 4)

    assert kept.url == NEW


def test_the_next_due_time_is_that_of_the_first_active_source_that_waits() -> None:
    told = [
        source(next_at=NOON + 3 * HOUR),
        source(next_at=NOON + HOUR, not_before=NOON + 2 * HOUR),
        source(next_at=NOON - HOUR),
        source(next_at=NOON + timedelta(minutes=1), state="paused"),
    ]

    assert next_due(told, NOON) == NOON + 2 * HOUR
    assert [is_due(one, NOON) for one in told] == [False, False, True, False]
