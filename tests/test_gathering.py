"""What a visit brings reaches the store, however the run ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import NOON, article, source

from composer.desk.gathering import claim, complete, gather
from composer.model import Article, ArticleQuery, Collected, Source
from db import SqlStore, open_store

EVER = timedelta(days=9)
MANY = 150  # more than one transaction keeps


@dataclass
class Paper:
    """A wire that has one story for each source; `ends` breaks it off in its own way."""

    ends: int = 10_000
    brought: list[int] = field(default_factory=list)

    def collect(self, sources: Sequence[Source]) -> Iterator[Collected]:
        for one in sources:
            if len(self.brought) == self.ends:
                raise KeyboardInterrupt
            self.brought.append(one.id)
            url = f"https://wire.example.org/{one.id}"
            told = article(guid=f"story-{one.id}", url=url, source_id=one.id, text="Salt rose 12%. Read more…")
            visited = replace(one, checked_at=NOON, succeeded_at=NOON)
            yield Collected(source=visited, outcome="changed", articles=(told,))

    def complete(self, articles: Sequence[Article]) -> Iterator[Article]:
        for one in articles:
            if len(self.brought) == self.ends:
                raise KeyboardInterrupt
            self.brought.append(one.id)
            yield replace(one, text=f"{one.text}\n\nThe whole of it.", access="open")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "newsletter.sqlite3") as opened:
        for number in range(MANY):
            opened.sources.add(source(url=f"https://wire.example.org/{number}.xml"))
        yield opened


def noon() -> datetime:
    return NOON


def kept(store: SqlStore) -> set[int | None]:
    return {one.source_id for one in store.articles.list(ArticleQuery(limit=1_000))}


def free(store: SqlStore) -> set[int]:
    """Return which active sources nobody holds, however due they are."""
    every = [one.id for one in store.sources.all()]
    return {one.id for one in store.sources.claim(NOON, NOON, every)}


def test_a_result_comes_out_only_when_it_is_kept(store: SqlStore) -> None:
    claimed = claim(store, NOON)

    done = 0
    for gathered in gather(store, Paper(), claimed, clock=noon, chance=lambda: 0.5):  # type: ignore[arg-type]
        number = gathered.collected.source.id
        assert store.sources.get(number).checked_at == NOON
        assert gathered.saved.added == 1
        done += 1

    assert done == MANY
    assert len(kept(store)) == MANY


@pytest.mark.parametrize("ends", [0, 1, 70, MANY - 1])
def test_an_interrupted_run_keeps_what_arrived_and_frees_the_rest(store: SqlStore, ends: int) -> None:
    paper, claimed = Paper(ends=ends), claim(store, NOON)

    with pytest.raises(KeyboardInterrupt):
        list(gather(store, paper, claimed, clock=noon, chance=lambda: 0.5))  # type: ignore[arg-type]

    assert kept(store) == set(paper.brought)
    assert free(store) == {one.id for one in claimed}


def test_who_stops_listening_loses_nothing(store: SqlStore) -> None:
    paper, claimed = Paper(), claim(store, NOON)

    run = gather(store, paper, claimed, clock=noon, chance=lambda: 0.5)  # type: ignore[arg-type]
    next(run)
    run.close()

    assert 0 < len(paper.brought) < MANY
    assert kept(store) == set(paper.brought)
    assert free(store) == {one.id for one in claimed}


def test_what_one_run_has_claimed_no_other_gets_until_the_lease_is_over(store: SqlStore) -> None:
    first, second = claim(store, NOON), claim(store, NOON + timedelta(minutes=14))

    assert (len(first), len(second)) == (MANY, 0)
    assert len(claim(store, NOON + timedelta(minutes=16))) == MANY


def test_an_interrupted_completion_keeps_the_pages_that_arrived(store: SqlStore) -> None:
    claimed = claim(store, NOON)
    done = list(gather(store, Paper(), claimed, clock=noon, chance=lambda: 0.5))  # type: ignore[arg-type]
    teasers = [one for gathered in done for one in gathered.teasers]

    with pytest.raises(KeyboardInterrupt):
        list(complete(store, Paper(ends=21), teasers))  # type: ignore[arg-type]

    whole = [one for one in store.articles.list(ArticleQuery(limit=1_000)) if one.access == "open"]
    assert len(teasers) == MANY
    assert len(whole) == 21


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
@settings(max_examples=25, deadline=None)  # each example opens a store
def test_only_new_teasers_are_offered_for_completion(
    tmp_path_factory: pytest.TempPathFactory, before: set[int], now: set[int]
) -> None:
    def told(numbers: set[int], at: datetime, one: Source) -> Collected:
        articles = tuple(
            article(
                guid=str(number), url=f"https://wire.example.org/{number}", source_id=one.id, first_seen=at,
                title=str(number), published=None, text="x " * (5_000 if number == 0 else 5 + number) + "Read more…",
            )
            for number in sorted(numbers)
        )  # fmt: skip
        return Collected(source=replace(one, checked_at=at), outcome="changed", articles=articles)

    with open_store(tmp_path_factory.mktemp("shelf") / "newsletter.sqlite3") as store:
        only = store.sources.add(source())
        store.keep([told(before, NOON - EVER, only)])
        wire = Once(told(now, NOON, only))
        (gathered,) = gather(store, wire, claim(store, NOON), clock=noon, chance=lambda: 0.5)  # type: ignore[arg-type]

    assert {int(one.guid) for one in gathered.teasers} == now - before - {0}


@dataclass
class Once:
    """A wire that brings one thing."""

    visit: Collected

    def collect(self, _: Sequence[Source]) -> Iterator[Collected]:
        yield self.visit
