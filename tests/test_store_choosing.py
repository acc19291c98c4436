"""What every store keeps for choosing: terms, other addresses, lean lists, and the morgue."""

from datetime import timedelta

import pytest
from makers import NOON, article, edition
from test_store import publication, revision

from composer.choice import Clipping, Trace
from composer.errors import NotFoundError, StoreError
from composer.model import Article, ArticleQuery, Edition
from composer.ports import Store

DAY = timedelta(days=1)
SALT = "https://wire.example.org/salt"


def clipping(**changes: object) -> Clipping:
    given = {"place": "story", "urls": (SALT,), "headline": "Dearer salt", "title": "Salt is getting dearer"}
    return Clipping(
        **{**given, "outlet": "The Wire", "published": NOON, "sketch": frozenset({7, 2**64 - 1}), **changes}
    )


def published(store: Store, name: str = "a", days: int = 0) -> Edition:
    kept = store.editions.create(edition(uid=name, slug=name, filename=f"{name}.md"), revision())
    store.editions.record(publication(kept, published_at=NOON + days * DAY), kept)
    return kept


def test_terms_are_kept_until_the_words_change(store: Store) -> None:
    store.articles.save([article(guid="a", url=""), article(guid="b", url="")])
    store.articles.keep_terms({1: (0, 7, 2**32 - 1), 2: (), 99: (1,)})
    assert {number: list(terms) for number, terms in store.articles.terms(NOON).items()} == {
        1: [0, 7, 2**32 - 1],
        2: [],
    }
    assert store.articles.terms(NOON + DAY) == {}
    store.articles.save([article(guid="a", url="", text="Pepper.")])
    assert list(store.articles.terms(NOON)) == [2]


def test_texts_are_asked_for_together_and_a_teaser_stands_in_for_one(store: Store) -> None:
    said = article(guid="a", url="", text="Salt fell.", summary="Salt")
    store.articles.save([said, article(guid="b", url="", text="", summary="A teaser.")])
    assert store.articles.texts([2, 99, 1]) == {1: "Salt fell.", 2: "A teaser."}
    assert store.articles.texts([]) == {}


def test_sketches_are_asked_for_between_two_days(store: Store) -> None:
    store.articles.save([article(guid=str(n), url="", first_seen=NOON + n * DAY) for n in range(3)])
    store.articles.keep_sketches({number: frozenset({number}) for number in (1, 2, 3)})
    assert set(store.articles.sketches(NOON, NOON + DAY)) == {1, 2}
    assert set(store.articles.sketches(NOON + DAY, NOON + DAY)) == {2}


def test_an_address_that_led_to_an_article_is_never_forgotten(store: Store) -> None:
    store.articles.save([article(access="open", also=("https://short.example/1",))])
    store.articles.save([article(text="Salt fell.")])
    store.articles.save([article(access="open", also=("https://short.example/2",))])
    assert store.articles.get(1).also == ("https://short.example/1", "https://short.example/2")


def test_a_lean_list_holds_what_tells_stories_apart_and_no_text(store: Store) -> None:
    store.articles.save([article(state="new")])
    whole = store.articles.get(1)
    (lean,) = store.articles.list(ArticleQuery(lean=True))
    names = ("id", "source_id", "guid", "url", "title", "outlet", "published", "first_seen", "state")
    assert lean == Article(**{name: getattr(whole, name) for name in names})


def test_what_was_published_waits_to_be_cut_once(store: Store) -> None:
    first, second = published(store, "a"), published(store, "b")
    store.editions.create(edition(uid="c", slug="c", filename="c.md"), revision())
    store.editions.record(publication(first), first)
    assert store.morgue.unfiled() == ((first.id, 1), (second.id, 1))
    store.morgue.file(first.id, 1, [], [])
    assert store.morgue.unfiled() == ((second.id, 1),)


def test_clippings_come_back_with_their_edition_and_the_day_it_first_went_out(store: Store) -> None:
    kept = published(store)
    store.editions.record(publication(kept, published_at=NOON + DAY), kept)
    cut = [clipping(), clipping(place="words", urls=(), published=None, sketch=frozenset())]
    store.morgue.file(kept.id, 1, cut, [Trace()] * 2)
    assert store.morgue.all() == (
        clipping(edition_id=kept.id, revision=1, ran_at=NOON),
        clipping(
            edition_id=kept.id, revision=1, ran_at=NOON, place="words", urls=(), published=None, sketch=frozenset()
        ),
    )


def test_the_newest_editions_clippings_come_first(store: Store) -> None:
    for name, days in (("a", 1), ("b", 2), ("c", 0)):
        kept = published(store, name, days)
        store.morgue.file(kept.id, 1, [clipping(headline=name), clipping(headline=f"{name}2")], [Trace()] * 2)
    assert [one.headline for one in store.morgue.all()] == ["b", "b2", "a", "a2", "c", "c2"]


def test_what_is_filed_already_stays_as_it_was(store: Store) -> None:
    kept = published(store)
    store.morgue.file(kept.id, 1, [clipping()], [Trace()])
    store.morgue.file(kept.id, 1, [clipping(headline="Another")], [Trace()])
    assert [one.headline for one in store.morgue.all()] == ["Dearer salt"]


def test_clippings_are_found_by_what_they_share_with_a_story(store: Store) -> None:
    traces = [
        Trace(keys=frozenset({"a.example/1", "a.example/"}), runs=frozenset({1, 2**62 - 1}), day=100),
        Trace(keys=frozenset({"b.example/1"}), day=104),
        Trace(runs=frozenset({2, 3})),
    ]
    for name, days in (("a", 1), ("b", 2)):
        cut = [clipping(headline=f"{name}{number}") for number in range(3)]
        store.morgue.file(published(store, name, days).id, 1, cut, traces)

    def found(*asked: Trace, days: int = 3) -> list[str]:
        return [one.headline for one in store.morgue.near(asked, days)]

    assert found() == found(Trace()) == []
    assert found(Trace(keys=frozenset({"a.example/", "c.example/"}))) == ["b0", "a0"]
    assert found(Trace(runs=frozenset({2**62 - 1, 3, 9}))) == ["b0", "b2", "a0", "a2"]
    assert found(Trace(day=107)) == ["b1", "a1"]
    assert found(Trace(day=101), Trace(keys=frozenset({"a.example/1"})), days=2) == ["b0", "a0"]
    many = Trace(runs=frozenset(range(3, 5_000)), keys=frozenset(map(str, range(2_000))))
    assert found(many) == ["b2", "a2"]
    store.morgue.empty()
    assert found(many, *traces) == []


def test_an_emptied_morgue_can_be_filled_again(store: Store) -> None:
    kept = published(store)
    store.morgue.file(kept.id, 1, [clipping()], [Trace()])
    store.morgue.empty()
    assert (store.morgue.all(), store.morgue.unfiled()) == ((), ((kept.id, 1),))


def test_a_revision_that_is_not_there_cannot_be_filed(store: Store) -> None:
    with pytest.raises((NotFoundError, StoreError)):
        store.morgue.file(7, 1, [], [])
    assert store.morgue.all() == ()
