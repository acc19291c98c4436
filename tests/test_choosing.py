"""Which stories the next edition could carry: terms, events, ranking, pins, drafts."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from itertools import combinations
from math import isclose, log
from pathlib import Path
from typing import Any

import pytest
from cases import settings as newsletter
from conftest import Ran
from fakes import MemoryStore
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import NOON, article, block, edition, manuscript, source

from composer.app import open_newsroom
from composer.choice import Story, Suggestion, Terms, Weights
from composer.cli.suggesting import why
from composer.desk.choosing.choices import choose, choose_from_suggestions
from composer.desk.choosing.events import _Vectors, events
from composer.desk.choosing.ranking import Candidate, Glance, first_glance, ranked, worth
from composer.desk.choosing.stories import every_story, others, sketch, stories
from composer.desk.choosing.suggesting import suggest
from composer.desk.choosing.vectors import Rarity, cosine, terms
from composer.errors import NotFoundError
from composer.manuscript import dump
from composer.model import Article, Publication, Revision
from composer.settings import read_settings

Cli = Callable[..., Ran]
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
MEDEA = (
    "Ferry Medea returns to Poti after its engine room floods",
    (
        "The night ferry Medea turned back to Poti early on Sunday after sea water entered its engine room. All 61 "
        "passengers left the ship unhurt. A cooling pipe had burst, the harbour master said. The Medea stays in port."
    ),
)
MEDEA_TOO = (
    "61 evacuated as Black Sea ferry takes on water",
    (
        "Passengers on the Medea, which sails between Poti and Burgas, were ordered into life jackets on Sunday when water "
        "filled the engine room. Nobody was hurt. Its owner blamed a split cooling pipe and expects a month of repairs."
    ),
)
WHEAT = (
    "Wheat reaches 231 dollars a tonne after a dry March",
    (
        "Wheat for April was quoted at 231 dollars a tonne on Wednesday, its highest in a year, after almost no rain fell "
        "on the steppe. Millers expect bread to follow. The ministry of agriculture ruled out limits on exports."
    ),
)
DEPOT = (
    "City council sells the Didube tram depot",
    (
        "The council voted 19 to 14 on Tuesday to sell the tram depot to a developer, which plans flats and a shop. "
        "Campaigners had collected 12,000 signatures for a museum. The mayor said that the roof alone would cost too much."
    ),
)
LARCH = (
    "Wooden water main found under the bazaar",
    (
        "Archaeologists have uncovered forty metres of a water main made of hollowed larch trunks during drainage works "
        "beneath the bazaar. The works will be led around it, which delays them by three weeks and costs a row of stalls."
    ),
)
PLAIN = (
    "The {0} of the {1} was on the {2} in a {3}, after it had been at {4}, and all of its {5} were to be said by {6}."
)
LONG_AGO = NOON - timedelta(days=60)
EVERY = (MEDEA, MEDEA_TOO, WHEAT, DEPOT, LARCH)


def told(number: int, words: tuple[str, str], **changes: Any) -> Article:
    title, text = words
    link = f"https://outlet{number}.example.org/{number}"
    given = {"id": number, "source_id": number, "outlet": f"Outlet {number}", "guid": link, "url": link, "title": title}
    return article(**{**given, "text": text, **changes})


def background() -> list[Article]:
    """Return forty stories of two months ago that share nothing but little words."""
    every = []
    for number in range(1000, 1040):
        words = PLAIN.format(*(f"noun{number}{letter}" for letter in "abcdefg"))
        every.append(told(number, (f"On {number}", words), source_id=9, published=LONG_AGO, first_seen=LONG_AGO))
    return every


def joined(*articles: Article) -> list[set[int]]:
    bags = {one.id: terms(one.title, one.text) for one in (*articles, *background())}
    sketches = {one.id: sketch(one.text) for one in articles}
    told_once = every_story(articles, sketches)
    heard = [*(one.articles[0] for one in told_once), *background()]
    found = events(told_once, terms=bags, rarity=Rarity([bags[one.id] for one in heard]), sketches=sketches, weights={})
    return sorted(({one.id for one in story.articles} for story in found), key=min)


# What a story is about


def test_terms_are_those_of_headline_and_opening_whatever_case_and_accents() -> None:
    assert terms("Salt, dear", "The SALT road") == terms("sált ROAD", "dear the")
    assert terms("A", " ".join(f"w{n}" for n in range(120))) == terms("A", " ".join(f"w{n}" for n in range(200)))


def test_a_word_that_all_stories_hold_tells_nothing() -> None:
    rarity = Rarity([(1, 2), (1, 3), (1, 4)])
    assert (rarity.of(1), rarity.of(2)) == (0.0, log(4 / 2))
    assert rarity.vector((1,)) == {}
    assert rarity.of(99) == log(4)


bags = st.lists(st.lists(st.integers(0, 30), unique=True).map(tuple), min_size=1, max_size=12)


@given(bags)
def test_likeness_is_between_none_and_all_and_the_same_from_both_sides(stories: list[tuple[int, ...]]) -> None:
    rarity = Rarity(stories)
    vectors = [rarity.vector(one) for one in stories]
    for one in vectors:
        assert not one or isclose(cosine(one, one), 1)
        for other in vectors:
            assert isclose(cosine(one, other), cosine(other, one))
            assert 0 <= cosine(one, other) <= 1


@given(bags)
def test_events_go_by_the_cosine_of_the_stories_vectors(stories: list[tuple[int, ...]]) -> None:
    rarity = Rarity(stories)
    laid = _Vectors(stories, rarity)
    vectors = [rarity.vector(one) for one in stories]
    for one, other in combinations(range(len(stories)), 2):
        assert isclose(laid.cosine(one, other), cosine(vectors[one], vectors[other]), abs_tol=1e-9)


def test_two_reports_of_one_event_in_their_own_words_are_one_story() -> None:
    articles = [told(number, words) for number, words in enumerate(EVERY, 1)]
    assert joined(*articles) == [{1, 2}, {3}, {4}, {5}]
    assert stories(articles, {one.id: sketch(one.text) for one in articles}) == ()


def test_reports_more_than_three_days_apart_are_two_events() -> None:
    late = {"published": NOON + 73 * HOUR, "first_seen": NOON + 73 * HOUR}
    articles = [told(1, MEDEA), told(2, MEDEA_TOO, **late), *(told(n, EVERY[n]) for n in (2, 3, 4))]
    assert {1, 2} not in joined(*(replace(one, id=place) for place, one in enumerate(articles, 1)))


def test_copies_and_independent_reports_are_one_event() -> None:
    copies = [told(6, (MEDEA[0], MEDEA[1])), told(7, ("Another headline", MEDEA[1]))]
    assert {1, 2, 6, 7} in joined(*(told(number, words) for number, words in enumerate(EVERY, 1)), *copies)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(1, 6)))
def test_events_are_the_same_in_whatever_order_articles_come(order: list[int]) -> None:
    articles = {number: told(number, words) for number, words in enumerate(EVERY, 1)}
    assert joined(*(articles[number] for number in order)) == [{1, 2}, {3}, {4}, {5}]


# The formula


def glance(one: Story, now: datetime = NOON, **changes: Any) -> Terms:
    return first_glance(one, changes.get("most", 1), changes.get("weight", 1), now, Weights())


def story(*articles: Article) -> Story:
    return Story(articles=articles or (told(1, MEDEA),), likeness=1.0)


@pytest.mark.parametrize(("hours", "fresh"), [(0, 1.0), (48, 0.5), (96, 0.25), (-5, 1.0)])
def test_a_story_is_half_as_fresh_after_two_days(hours: int, fresh: float) -> None:
    assert glance(story(), NOON + hours * HOUR).fresh == fresh


def test_a_story_is_as_fresh_as_its_newest_report() -> None:
    newer = told(2, MEDEA_TOO, published=NOON + 48 * HOUR, first_seen=NOON + 48 * HOUR)
    assert glance(story(told(1, MEDEA), newer), NOON + 96 * HOUR).fresh == 0.5


@pytest.mark.parametrize(("outlets", "most", "share"), [(1, 1, log(2) / log(6)), (5, 5, 1.0), (5, 9, log(6) / log(10))])
def test_a_story_counts_by_how_many_outlets_tell_it(outlets: int, most: int, share: float) -> None:
    articles = [told(number, MEDEA) for number in range(1, outlets + 1)]
    assert isclose(glance(story(*articles), most=most).told, share)


def test_the_five_terms_are_weighed_as_the_weights_say() -> None:
    given_terms = Terms(fresh=1, told=0.5, novel=0.4, source=0.1, length=0.5, age_hours=0, outlets=1, words=200)
    assert isclose(worth(given_terms, Weights()), 0.30 + 0.125 + 0.1 + 0.01 + 0.05)
    assert isclose(sum((Weights().fresh, Weights().told, Weights().novel, Weights().source, Weights().length)), 1)


# One after the other

chances = st.floats(0, 1, allow_nan=False).map(lambda share: round(share, 3))
worths = st.tuples(chances, chances, chances, st.integers(1, 4), st.booleans())


def candidate(number: int, given_terms: tuple[float, float, float, int, bool]) -> Candidate:
    """Make a story whose place in the space of words is its number modulo 5: such stories are alike."""
    fresh, likest, length, source_id, picked = given_terms
    one = story(told(number, MEDEA, source_id=source_id))
    cheap = replace(glance(one), fresh=fresh)
    return Candidate(
        story=one,
        picks=one.articles if picked else (),
        cheap=cheap,
        look=lambda _: Glance(words=int(400 * length), likest=likest),
        about=lambda _: {number % 5: 1.0},
    )


def chosen_plainly(many: list[Candidate], weights: Weights, limit: int) -> list[int]:
    """Choose as the docs say it, looking at every story each time."""
    chosen: list[Candidate] = []
    left = list(many)

    def score(one: Candidate) -> tuple[float, tuple[float, int]]:
        seen = one.look(one.story)
        whole = replace(one.cheap, novel=1 - seen.likest, length=min(1.0, seen.words / 400))
        like = max((cosine(one.about(one.story), other.about(other.story)) for other in chosen), default=0.0)
        again = sum(one.teller == other.teller for other in chosen)
        return -round(worth(whole, weights) - weights.like * like - weights.again * again, 6), one.tie

    def choose_next(some: list[Candidate]) -> None:
        best = min(some, key=score)
        left.remove(best)
        chosen.append(best)

    while pins := [one for one in left if one.picks]:
        choose_next(pins)
    while len(chosen) < limit:
        may = [one for one in left if sum(one.teller == other.teller for other in chosen) < weights.per_source]
        if not may:
            break
        choose_next(may)
    return [one.story.articles[0].id for one in chosen]


@settings(max_examples=150, deadline=None)
@given(st.lists(worths, max_size=14), st.integers(1, 8), st.randoms())
def test_the_quick_way_chooses_what_the_plain_way_chooses_in_whatever_order(
    given_terms: list[tuple[float, float, float, int, bool]], limit: int, chance: Any
) -> None:
    weights = Weights()
    expected = chosen_plainly([candidate(n, one) for n, one in enumerate(given_terms, 1)], weights, limit)
    shuffled = [candidate(n, one) for n, one in enumerate(given_terms, 1)]
    chance.shuffle(shuffled)
    found = ranked(shuffled, weights, limit)
    assert [one.article.id for one in found] == expected
    own = Counter(one.article.source_id for one in found if not one.is_pin)
    assert all(count <= weights.per_source for count in own.values())


def test_what_was_taken_off_is_told() -> None:
    alike = [candidate(5, (1, 0, 1, 1, False)), candidate(10, (0.9, 0, 1, 1, False))]
    first, second = ranked(alike, Weights(), 2)
    assert (first.like, first.again, second.like, second.again) == (0.0, 0, 1.0, 1)
    assert isclose(first.score - second.score, 0.03 + 0.5 + 0.05, abs_tol=1e-6)
    assert why(second, Weights()).endswith(" − like one above 0.50 − same source 0.05")


# From the store


def filled(*articles: Article) -> MemoryStore:
    store = MemoryStore()
    for number in range(1, 10):
        store.sources.add(source(url=f"https://outlet{number}.example.org/feed"))
    store.articles.save([replace(one, id=0) for one in (*articles, *background())])
    return store


def suggested(store: MemoryStore, limit: int = 10, **changes: Any) -> tuple[Suggestion, ...]:
    return suggest(store, newsletter(), now=NOON + HOUR, since=NOON - WEEK, limit=limit, **changes)


def picks(found: tuple[Suggestion, ...]) -> list[list[int]]:
    return [[one.id for one in suggestion.picks] for suggestion in found]


def week() -> MemoryStore:
    return filled(*(told(number, words) for number, words in enumerate(EVERY, 1)))


def test_one_event_is_suggested_once_and_names_every_outlet() -> None:
    found = suggested(week())
    assert len(found) == 4
    assert found[0].story.outlets == ("Outlet 1", "Outlet 2")
    assert (found[0].terms.outlets, len(found[0].picks)) == (2, 1)
    assert found[0].article.text == MEDEA[1]


def test_pins_come_first_however_old_and_are_never_left_out() -> None:
    old = told(6, ("An old story", "Nobody reads it now."), published=NOON - 9 * WEEK, first_seen=NOON - 9 * WEEK)
    store = filled(*(told(number, words) for number, words in enumerate(EVERY, 1)), old)
    store.articles.mark([4, 6], "picked")
    found = suggested(store, limit=1)
    assert (sorted(picks(found)), [one.is_pin for one in found]) == ([[4], [6]], [True, True])
    assert picks(suggested(week(), limit=1, pins=[3])) == [[3]]


def test_all_that_was_picked_of_one_event_is_taken() -> None:
    store = week()
    store.articles.mark([1, 2], "picked")
    assert sorted(picks(suggested(store))[0]) == [1, 2]


def test_no_more_than_two_stories_of_a_source() -> None:
    texts = [WHEAT, DEPOT, LARCH, MEDEA]
    store = filled(*(told(number, words, source_id=1) for number, words in enumerate(texts, 1)))
    assert len(suggested(store)) == 2


def test_a_heavier_source_is_read_first() -> None:
    store = week()
    store.sources.save(replace(store.sources.get(1), weight=5))
    (best, *_) = suggested(store)
    assert (best.article.id, best.terms.source) == (1, 0.5)


def test_a_story_that_an_edition_has_already_is_left_out() -> None:
    store = week()
    text = dump(manuscript(block("source", block_id="a", title="x", outlet="y", url="z", article="3")))
    begun = Revision(edition_id=0, number=1, text=text, sha256="0" * 64, saved_at=NOON)
    store.editions.create(edition(), begun)
    store.articles.mark([3], "picked")
    assert [3] not in picks(suggested(store))


def publish(store: MemoryStore, *blocks: Any) -> None:
    text = dump(manuscript(*blocks))
    kept = store.editions.create(
        edition(published_at=NOON), Revision(edition_id=0, number=1, text=text, sha256="0" * 64, saved_at=NOON)
    )
    store.editions.record(
        Publication(edition_id=kept.id, revision=1, channel="outbox", sha256="0" * 64, published_at=NOON), kept
    )


def test_a_story_like_one_in_a_past_edition_is_less_novel() -> None:
    store = week()
    before = {one.article.id: one.terms.novel for one in suggested(store)}
    publish(store, block("prose", f"{WHEAT[0]}. {WHEAT[1]}"))
    after = {one.article.id: one for one in suggested(store)}
    assert before[3] == 1
    assert after[3].terms.novel < 0.1
    assert after[3].terms.nearest_edition == 1
    assert after[4].terms.novel > 0.9


def test_a_story_that_ran_has_no_novelty_and_says_so() -> None:
    store = week()
    ran = block(
        "source", block_id="w", title="Another headline", outlet="Outlet 3", url="https://outlet3.example.org/3"
    )
    publish(store, block("brief", "Dear.", headline="Dear wheat", source=("w",)), ran)
    (wheat,) = [one for one in suggested(store) if one.article.id == 3]
    assert wheat.rerun
    assert (wheat.terms.novel, wheat.rerun.headline) == (0, "Dear wheat")
    taken = choose_from_suggestions(store, newsletter(), (), most=10, now=NOON + HOUR)
    assert 3 not in [one.article.id for one in taken]
    assert {one.by for one in taken} == {"suggested"}


def test_what_a_draft_takes_begins_with_what_was_asked_for() -> None:
    store = week()
    store.articles.mark([4], "picked")
    taken = choose_from_suggestions(store, newsletter(), (5,), most=3, now=NOON + HOUR)
    assert [(one.article.id, one.by) for one in taken] == [(5, "asked"), (4, "picked"), (1, "suggested")]
    assert [one.article.id for one in choose(store, newsletter(), ())] == [4]


def test_what_was_picked_is_taken_though_it_is_more_than_was_wanted() -> None:
    store = week()
    store.articles.mark([3, 4, 5], "picked")
    taken = choose_from_suggestions(store, newsletter(), (), most=2, now=NOON + HOUR)
    assert sorted(one.article.id for one in taken) == [3, 4, 5]


def test_an_article_that_is_not_there_cannot_be_asked_for() -> None:
    with pytest.raises(NotFoundError):
        choose_from_suggestions(week(), newsletter(), (99,), most=2, now=NOON)


def test_a_second_look_reads_no_text_again() -> None:
    store = week()
    first = suggested(store)
    assert set(store.articles.weighed) == set(store.articles.drawn) == set(store.articles.kept)
    assert suggested(store) == first


def test_nothing_in_the_store_suggests_nothing() -> None:
    assert suggested(MemoryStore()) == ()


def test_other_outlets_that_print_the_same_words_are_named() -> None:
    store = filled(told(1, MEDEA), told(2, ("A copy", MEDEA[1])), told(3, ("A template", MEDEA[1]), source_id=1))
    store.articles.keep_sketches({number: sketch(MEDEA[1]) for number in (1, 2, 3)})
    assert [one.id for one in others(store, store.articles.get(1))] == [2]


# What an editor sees


@pytest.fixture
def fresh(folder: Path) -> Path:
    """The folder with five stories of today."""
    with open_newsroom() as room:
        now = room.clock() - HOUR
        batch = [
            told(0, words, source_id=None, outlet=f"Outlet {number}", guid=f"t{number}", url=f"https://o{number}.example.org/{number}", published=now, first_seen=now)
            for number, words in enumerate(EVERY, 1)
        ]  # fmt: skip
        room.store.articles.save([*batch, *(replace(one, id=0, source_id=None) for one in background())])
    return folder


def test_a_suggestion_names_its_points_its_outlets_and_the_number_to_pick(fresh: Path, cli: Cli) -> None:
    done = cli("suggest")
    first = done.out.split("\n")[:3]
    assert "61 evacuated" in first[0] or "Ferry Medea" in first[0]
    assert first[1].strip().startswith("pick ")
    assert "; also told by " in first[1]
    assert first[2].strip().startswith("fresh 0.30 + told 0.15 + novel 0.25 + source 0.01 + length 0.0")


def test_explain_says_what_each_term_was_worked_out_from(fresh: Path, cli: Cli) -> None:
    said = cli("suggest", "--explain", "--limit", "1").out
    assert "told 0.61: by 2 outlets" in said
    assert "novel 1.00: no past edition is near" in said
    assert "points = 0.3·fresh + 0.25·told + 0.25·novel + 0.1·source + 0.1·length" in said


def test_json_holds_the_terms_and_the_weights(fresh: Path, cli: Cli) -> None:
    found = json.loads(cli("suggest", "--json").out)
    assert set(found[0]["terms"]) == {one.name for one in fields(Terms)}
    assert found[0]["weights"]["half_life_hours"] == 48
    assert len(found) == 4
    assert len({number for one in found for number in one["pick"]}) == 4


def test_an_empty_week_is_said(folder: Path, cli: Cli) -> None:
    done = cli("suggest", "--since", "1h")
    assert (done.code, done.out) == (0, "")
    assert "--since looks further back" in done.err


def test_a_wrong_span_is_named(folder: Path, cli: Cli) -> None:
    assert cli("suggest", "--since", "soon").code == 2


def test_a_draft_from_the_suggestion_says_what_it_took_and_why(fresh: Path, cli: Cli) -> None:
    number = json.loads(cli("suggest", "--json").out)[3]["pick"][0]
    assert cli("pick", str(number)).code == 0
    done = cli("draft", "The week", "--auto", "3")
    assert "3 briefs" in done.out
    lines = done.err.split("\n")
    assert lines[0].split() [:2] == [str(number), "picked:"]  # fmt: skip
    assert all(" suggested, 0." in line and "(fresh 0." in line for line in lines[1:3])
    assert "1 of 3 stories" in cli("draft", "The rest", "--auto", "3").err


def test_auto_goes_with_a_title(fresh: Path, cli: Cli) -> None:
    (fresh / "x.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    assert cli("draft", "--from", "x.md", "--auto", "3").code == 2


def test_a_new_newsletter_has_the_weights_that_the_program_has(folder: Path) -> None:
    assert read_settings(folder).suggest == Weights()


def test_the_weights_are_settings(folder: Path, cli: Cli) -> None:
    file = folder / "newsletter.toml"
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace("fresh = 0.3\n", "fresh = 0.5\nper_source = 3\n"), encoding="utf-8")
    assert read_settings(folder).suggest == Weights(fresh=0.5, per_source=3)
    file.write_text(written.replace("fresh = 0.3\n", "fresh = 7\n"), encoding="utf-8")
    done = cli("suggest")
    assert done.code == 2
    assert "suggest.fresh must be a number from 0 to 1" in done.err
