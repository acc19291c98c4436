"""The catalogue of what is out: cards drawn from what readers have, asked by key, with the edition that goes out now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from archives import FIRST, card, shelve, uid
from editions import settings
from makers import NOON, edition

from composer.cards import Card, CardQuery
from composer.desk.catalogue import Catalogue, open_catalogue, settle, unlisted
from composer.model import Publication, Revision
from composer.ports import Store


def week(store: Store, count: int, **changes: Any) -> Catalogue:
    shelve(store, [card(number, **changes) for number in range(1, count + 1)])
    return Catalogue(shelf=store.cards)


def numbers(cards: tuple[Card, ...]) -> list[int]:
    return [one.number for one in cards]


def some_archive() -> list[Card]:
    """Return cards that share days, moments, tags, titles and originals, as chance has it."""
    chance = Random(7)  # noqa: S311 (the same archive on every run)
    cards = []
    for number in range(1, 19):
        day = date(2026 + chance.randrange(3), 1, 1 + chance.randrange(3))
        tags = {
            slug: slug.upper() if chance.random() < 0.5 else slug
            for slug in ("salt", "coal", "rain")
            if chance.random() < 0.5
        }
        original = chance.choice(["", "", f"edition-{chance.randrange(1, 19)}", "Twice", str(chance.randrange(1, 19))])
        title = chance.choice(["Twice", f"Edition {number}"])
        published = FIRST + timedelta(hours=chance.randrange(3))
        cards.append(card(number, day=day, tags=tags, original=original, title=title, published=published))
    return cards


def answers(catalogue: Catalogue) -> Iterator[object]:
    """Give every answer that lists, feeds and pages are made from."""
    every = catalogue.find(CardQuery())
    yield [replace(one, edition=edition()) for one in every]
    yield [
        numbers(catalogue.find(CardQuery(most=most, oldest_first=old))) for most in (0, 1, 4) for old in (True, False)
    ]
    yield [numbers(catalogue.find(CardQuery(year=year))) for year in range(2025, 2030)]
    yield list(catalogue.tags().items())
    yield [numbers(catalogue.find(CardQuery(tag=slug))) for slug in ("salt", "coal", "rain", "none")]
    yield catalogue.years
    yield [list(catalogue.years_of(slug).items()) for slug in ("", "salt", "none")]
    for one in every:
        beside = catalogue.beside(one)
        yield [near and near.number for near in (beside.earlier, beside.later)], numbers(beside.translations)
        yield numbers(catalogue.find(CardQuery(number=one.number)))


def test_an_edition_stands_between_the_one_before_and_the_one_after(store: Store) -> None:
    catalogue = week(store, 3)

    assert numbers(catalogue.beside(card(2)).cards) == [1, 3]
    assert numbers(catalogue.beside(card(1)).cards) == [2]
    assert numbers(catalogue.beside(card(3)).cards) == [2]


def test_an_old_edition_that_comes_out_late_takes_its_old_place(store: Store) -> None:
    shelve(store, [card(1), card(2), card(3), card(4, day=date(2026, 1, 10))])

    assert numbers(Catalogue(shelf=store.cards).find(CardQuery())) == [3, 2, 4, 1]


@pytest.mark.parametrize("named", ["edition-1", "Edition 1", "1", uid(1)])
def test_translations_find_each_other_whatever_the_original_is_called(store: Store, named: str) -> None:
    shelve(store, [card(1), card(2, lang="uk", original=named), card(3, lang="ka", original=named), card(4)])
    catalogue = Catalogue(shelf=store.cards)

    found = [numbers(catalogue.beside(one).translations) for one in catalogue.find(CardQuery())]
    assert found == [[], [2, 1], [3, 1], [3, 2]]


def test_a_tag_is_called_as_it_was_first_and_the_most_carried_comes_first(store: Store) -> None:
    tags = [{"energy": "Energy"}, {"water": "Water", "energy": "ENERGY"}, {"energy": "energy", "ash": "Ash"}]
    shelve(store, [card(number, tags=its) for number, its in enumerate(tags, 1)])
    catalogue = Catalogue(shelf=store.cards)

    assert list(catalogue.tags().items()) == [
        ("energy", "Energy"),
        ("ash", "Ash"),
        ("water", "Water"),
    ]


@pytest.mark.parametrize("number", range(1, 19))
def test_an_edition_that_goes_out_now_is_where_it_will_be_once_it_is_out(store: Store, number: int) -> None:
    """New, with the number that it will have; or changed, in the place of its former self."""
    cards = some_archive()
    gone = [
        replace(one, tags={"salt": "Salt"}, day=date(2027, 1, 2), original="") if one.number == number else one
        for one in cards
    ]
    shelve(store, gone)
    before = Catalogue(shelf=store.cards)
    leaving = replace(before, leaving=cards[number - 1])

    told = list(answers(leaving))
    store.cards.file([cards[number - 1]])

    assert told == list(answers(before))


def test_the_last_edition_that_goes_out_now_is_new(store: Store) -> None:
    *cards, last = some_archive()
    shelve(store, cards)
    told = list(answers(Catalogue(shelf=store.cards, leaving=last)))
    new = replace(last.edition, id=0)
    kept = store.editions.create(new, Revision(edition_id=0, number=1, text="", sha256="a" * 64, saved_at=NOON))
    store.editions.save(replace(last.edition, id=kept.id))
    store.cards.file([last])

    assert told == list(answers(Catalogue(shelf=store.cards)))


def test_cards_are_drawn_from_what_readers_have_and_follow_the_edition(store: Store) -> None:
    first = Revision(
        edition_id=0,
        number=1,
        text="---\ntitle: Salt\ndek: Dear\ntags:\n  - Bread\nlang: uk\n---\n",
        sha256="a" * 64,
        saved_at=NOON,
    )
    kept = store.editions.create(edition(), first)
    kept = store.editions.revise(
        kept, replace(first, edition_id=kept.id, number=2, text="---\ntitle: As it lies\n---\n")
    )
    went = Publication(edition_id=kept.id, revision=1, channel="outbox", sha256="b" * 64, published_at=NOON)
    assert open_catalogue(store, settings()).find(CardQuery()) == ()
    store.editions.record(went, replace(kept, status="published", published_at=NOON))

    (drawn,) = open_catalogue(store, settings()).find(CardQuery())
    assert (drawn.title, drawn.dek, drawn.lang, drawn.tags, drawn.revision) == (
        "Salt",
        "Dear",
        "uk",
        {"bread": "Bread"},
        1,
    )
    assert numbers(unlisted(store, settings())) == [kept.id]
    settle(store, settings(), [kept.id])
    assert unlisted(store, settings()) == ()

    corrected = replace(store.editions.get(kept.id), status="corrected", updated_at=NOON + timedelta(days=1))
    store.editions.record(replace(went, revision=2), corrected)
    (drawn,) = open_catalogue(store, settings()).find(CardQuery())
    assert (drawn.title, drawn.tags, drawn.updated, drawn.edition.status) == (
        "As it lies",
        {},
        corrected.updated_at,
        "corrected",
    )
    assert numbers(unlisted(store, settings())) == [kept.id]
    assert open_catalogue(store, settings()).tags() == {}


def test_a_catalogue_that_was_forgotten_is_drawn_again_as_it_was(store: Store) -> None:
    first = week(store, 3)
    told = [(one.number, one.title, one.day) for one in first.find(CardQuery())]
    store.cards.empty()
    assert first.find(CardQuery()) == ()

    again = open_catalogue(store, settings())
    assert [(one.number, one.title, one.day) for one in again.find(CardQuery())] == told


def test_words_are_kept_until_the_edition_gets_another_card(store: Store) -> None:
    shelve(store, [card(1), card(2, day=date(2027, 1, 1))])
    store.cards.keep_words({1: frozenset({"salt", "сіль"}), 2: frozenset({"rain"})})
    store.cards.keep_words({1: frozenset({"other"})})
    assert store.cards.words(2026) == {1: frozenset({"salt", "сіль"})}
    store.cards.file([card(1, title="Mended")])
    assert store.cards.words(2026) == {}
    assert store.cards.words(2027) == {2: frozenset({"rain"})}
