"""One suite for every store: what the newsroom may rely on, in a file and in memory alike; then what only a file does."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from fakes import MemoryStore
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import NOON, article, edition, source
from sqlalchemy import event
from stores import in_a_file, in_memory

from composer.commissions import Answer, Commission, Line
from composer.errors import ConflictError, NotFoundError, StoreError
from composer.model import Article, ArticleQuery, Edition, Picture, Publication, Revision, Saved
from composer.ports import Store
from db import SqlStore, engine, index, open_store
from db.times import written

HOUR = timedelta(hours=1)
NAIVE = datetime(2026, 3, 6, 12, 0)  # noqa: DTZ001 — the store must refuse it
ROOT = Path(__file__).resolve().parent.parent


def revision(number: int = 1, text: str = "Salt.", **changes: object) -> Revision:
    given = {"edition_id": 0, "number": number, "text": text, "saved_at": NOON, **changes}
    return Revision(**{"sha256": hashlib.sha256(text.encode()).hexdigest(), **given})


def publication(kept: Edition, **changes: object) -> Publication:
    given = {"edition_id": kept.id, "revision": kept.revision, "channel": "outbox", "sha256": "0" * 64}
    return Publication(**{**given, "published_at": NOON, **changes})


def found(store: Store, words: str = "", **query: object) -> list[str]:
    return [one.guid for one in store.articles.list(ArticleQuery(words=words, **query))]


# Sources


def test_a_source_comes_back_as_it_was_kept(store: Store) -> None:
    kept = store.sources.add(source(tags=("trade", "მარილი"), checked_at=NOON, failures=2, problem="gone"))
    assert store.sources.get(kept.id) == kept == replace(kept, tags=("trade", "მარილი"), checked_at=NOON)


def test_sources_stand_in_the_order_in_which_they_were_followed(store: Store) -> None:
    urls = [f"https://{name}.example.org/feed" for name in ("c", "a", "b")]
    numbers = [store.sources.add(source(url=url)).id for url in urls]
    assert [(one.id, one.url) for one in store.sources.all()] == list(zip(numbers, urls, strict=True))


def test_a_source_is_followed_once(store: Store) -> None:
    store.sources.add(source())
    with pytest.raises(ConflictError, match="followed already"):
        store.sources.add(source(title="The same again"))


def test_what_the_editor_changed_about_a_source_is_kept(store: Store) -> None:
    kept = store.sources.add(source(etag='"x"'))
    change = {"title": "Salt", "tags": ("trade",), "weight": 3, "state": "paused", "whole": False}
    assert store.sources.save(replace(kept, **change, etag='"y"', failures=9)) == replace(kept, **change, version=2)
    assert store.sources.get(kept.id) == replace(kept, **change, version=2)


def test_a_source_does_not_move_to_a_url_that_is_followed(store: Store) -> None:
    store.sources.add(source())
    other = store.sources.add(source(url="https://other.example.org/feed"))
    with pytest.raises(ConflictError):
        store.sources.save(replace(other, url=source().url))


def test_a_source_that_is_not_there_cannot_be_had(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.sources.get(10**30)


def test_a_source_that_is_not_there_cannot_be_saved(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.sources.save(source(id=7))


# Every article once


def test_an_article_comes_back_as_it_was_kept(store: Store) -> None:
    picture = Picture(url="https://wire.example.org/salt.jpg", alt="A pan", caption="Salt", credit="Nino Example")
    given = article(picture=picture, authors=("Nino Example", "Œuvre Ćwiczenie"), text="One.\n\nTwo.\x00")
    store.articles.save([given])
    assert store.articles.get(1) == replace(given, id=1)


def test_a_time_in_another_zone_is_the_same_moment(store: Store) -> None:
    tbilisi = timezone(timedelta(hours=4))
    store.articles.save([article(published=datetime(2026, 3, 6, 16, 0, 0, 123456, tzinfo=tbilisi))])
    assert store.articles.get(1).published == NOON + timedelta(microseconds=123456)


def test_saving_again_adds_nothing_twice(store: Store) -> None:
    batch = [article(guid="a", url="https://a.example.org/"), article(guid="b", url="https://b.example.org/")]
    assert store.articles.save(batch) == Saved(added=2)
    assert store.articles.save([replace(one, first_seen=NOON + HOUR) for one in batch]) == Saved(unchanged=2)


def test_an_update_keeps_number_state_and_first_seen(store: Store) -> None:
    kept = store.sources.add(source())
    store.articles.save([article(source_id=kept.id)])
    store.articles.mark([1], "picked")
    again = article(source_id=kept.id, title="Salt is dearer", text="Pepper.", first_seen=NOON + HOUR)
    assert store.articles.save([again]) == Saved(updated=1)
    assert store.articles.get(1) == replace(again, id=1, state="picked", first_seen=NOON)


def test_an_update_is_found_by_its_new_words_only(store: Store) -> None:
    store.articles.save([article(text="Pepper.")])
    store.articles.save([article(text="Vinegar.")])
    assert (found(store, "pepper"), found(store, "vinegar")) == ([], [article().guid])


def test_a_guid_that_changed_is_still_the_same_article(store: Store) -> None:
    store.articles.save([article(guid="http://old")])
    assert store.articles.save([article(guid="https://new")]) == Saved(updated=1)
    assert store.articles.get(1).guid == "https://new"


def test_items_that_share_a_link_stay_apart(store: Store) -> None:
    batch = [article(guid=guid, title=guid) for guid in ("one", "two")]
    assert store.articles.save(batch) == Saved(added=2)
    assert store.articles.save([article(guid="three")]) == Saved(added=1)
    assert store.articles.save(batch) == Saved(unchanged=2)


def test_a_new_item_does_not_take_the_place_of_one_that_the_feed_still_shows(store: Store) -> None:
    store.articles.save([article(guid="one", url="https://wire.example.org/live")])
    moved = article(guid="one", url="https://wire.example.org/archive")
    assert store.articles.save([article(guid="two", url="https://wire.example.org/live"), moved]) == Saved(
        added=1, updated=1
    )


def test_no_link_is_no_sameness(store: Store) -> None:
    assert store.articles.save([article(guid="a", url=""), article(guid="b", url="")]) == Saved(added=2)
    assert store.articles.save([article(guid="c", url="")]) == Saved(added=1)


def test_the_same_guid_in_two_sources_is_two_articles(store: Store) -> None:
    urls = ("https://a.example.org/feed", "https://b.example.org/feed")
    batch = [article(source_id=store.sources.add(source(url=url)).id) for url in urls]
    assert store.articles.save([*batch, article()]) == Saved(added=3)


def test_of_two_with_one_guid_in_a_batch_the_first_counts(store: Store) -> None:
    batch = [article(title="Newer"), article(title="Older")]
    assert store.articles.save(batch) == Saved(added=1, unchanged=1)
    assert store.articles.save(batch) == Saved(unchanged=2)
    assert store.articles.get(1).title == "Newer"


def test_an_article_added_by_hand_is_found_by_its_guid(store: Store) -> None:
    kept = store.sources.add(source())
    store.articles.save([article(guid="fed", source_id=kept.id), article(guid="hand", url="")])
    assert store.articles.find("fed") is None
    assert store.articles.find("hand") == store.articles.get(2)


def test_an_empty_batch_is_no_work(store: Store) -> None:
    assert store.articles.save([]) == Saved()


@pytest.mark.parametrize("faulty", [{"first_seen": NAIVE}, {"published": NAIVE}, {"first_seen": None}])
def test_one_bad_article_keeps_the_whole_batch_out(store: Store, faulty: dict[str, None]) -> None:
    with pytest.raises(StoreError):
        store.articles.save([article(), article(guid="bad", url="", **faulty)])
    assert found(store) == []


# Lists and marks


def test_articles_come_newest_first(store: Store) -> None:
    times = {"old": NOON - HOUR, "new": NOON, "oldest": NOON - 2 * HOUR}
    store.articles.save([article(guid=name, url="", published=time) for name, time in times.items()])
    assert found(store) == ["new", "old", "oldest"]


def test_of_two_equally_new_the_later_kept_comes_first(store: Store) -> None:
    store.articles.save([article(guid="a", url=""), article(guid="b", url="")])
    assert found(store) == ["b", "a"]


def test_a_date_in_the_future_counts_as_the_time_it_was_seen(store: Store) -> None:
    store.articles.save([article(guid="future", url="", published=NOON + 900 * HOUR, first_seen=NOON - HOUR)])
    store.articles.save([article(guid="dateless", url="", published=None, first_seen=NOON - 2 * HOUR)])
    store.articles.save([article(guid="today", url="")])
    assert found(store) == ["today", "future", "dateless"]


def test_since_leaves_out_what_is_older(store: Store) -> None:
    store.articles.save([article(guid=str(age), url="", published=NOON - age * HOUR) for age in range(4)])
    assert found(store, since=NOON - HOUR) == ["0", "1"]


def test_a_list_of_one_source_holds_no_other(store: Store) -> None:
    kept = store.sources.add(source())
    store.articles.save([article(guid="theirs", source_id=kept.id), article(guid="hand")])
    assert found(store, source_id=kept.id) == ["theirs"]


def test_spiked_articles_are_out_of_the_way(store: Store) -> None:
    store.articles.save([article(guid="a", url=""), article(guid="b", url="")])
    store.articles.mark([1], "spiked")
    assert (found(store), found(store, states=("spiked",))) == (["b"], ["a"])


@pytest.mark.parametrize(("limit", "count"), [(2, 2), (0, 0), (-1, 0), (10**30, 3)])
def test_a_list_is_no_longer_than_asked_for(store: Store, limit: int, count: int) -> None:
    store.articles.save([article(guid=name, url="") for name in "abc"])
    assert len(found(store, limit=limit)) == count


def test_marking_an_article_that_is_not_there_changes_nothing(store: Store) -> None:
    store.articles.save([article()])
    with pytest.raises(NotFoundError, match="7"):
        store.articles.mark([1, 7], "spiked")
    assert store.articles.get(1).state == "new"


def test_many_articles_are_saved_and_marked_at_once(store: Store) -> None:
    batch = [article(guid=f"g{n}", url=f"https://wire.example.org/{n}", text=f"word{n}") for n in range(1_000)]
    assert store.articles.save(batch) == Saved(added=1_000)
    store.articles.mark(range(1, 1_001), "picked")
    assert store.articles.save([*batch, article(guid="last")]) == Saved(added=1, unchanged=1_000)
    assert found(store, "word77", states=("picked",)) == ["g77"]


# Search, in every script

LIBRARY = {
    "salt": "Salt is dear. The salt road to Poti was mended; traders' carts roll.",
    "café": "A café on the Straße serves naïve tourists; 3.14 lari a cup.",
    "tokyo": "東京都の塩の値段が上がった。カタカナも読む",
    "seoul": "서울에서 소금값이 올랐다",
    "kyiv": "Сіль подорожчала у Києві: її ціна зросла",
    "tbilisi": "თბილისში მარილი გაძვირდა",
    "delhi": "दिल्ली में नमक महंगा हुआ",
    "cairo": "ارتفع سعرُ المِلح في القاهرة",
    "bangkok": "ราคาเกลือเพิ่มขึ้น",
}
ANSWERS = {
    "salt": ["salt"],
    "SALT road": ["salt"],
    '"road to poti"': ["salt"],
    '"poti to road"': [],
    "“salt road”": ["salt"],
    '"salt road': ["salt"],
    "trad*": ["salt"],
    "trad": [],
    "trader's": [],
    "traders'": ["salt"],
    '"trader* cart"*': [],
    '"traders car"*': ["salt"],
    "salt -road": [],
    "road OR cafe": ["café", "salt"],
    "salt road OR cafe": ["salt"],
    "OR salt OR": ["salt"],
    "strasse CAFÉ": ["café"],
    "3.14": ["café"],
    "東京": ["tokyo"],
    "京": ["tokyo"],
    "都": ["tokyo"],
    "京都の": ["tokyo"],
    "都京": [],
    "ｶﾀｶﾅ": ["tokyo"],
    "소금": ["seoul"],
    "сіль": ["kyiv"],
    "її": ["kyiv"],
    "їхня": [],
    "მარილი": ["tbilisi"],
    "नमक": ["delhi"],
    "الملح": ["cairo"],
    "เกลือ": ["bangkok"],
    "-salt -cafe -塩 -소금 -сіль -მარილი -नमक -سعر": ["bangkok"],
    "": list(reversed(LIBRARY)),
    "!!! …": [],
    "- \" * '": [],
    "title:salt": [],
    "NEAR(salt road)": [],
}


@pytest.fixture(scope="module", params=[in_a_file, in_memory])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(request.param(tmp_path_factory.mktemp("library"))) as opened:
        opened.articles.save(
            [
                Article(guid=name, title=words.split(".")[0], text=words, first_seen=NOON)
                for name, words in LIBRARY.items()
            ]
        )
        yield opened


@pytest.mark.parametrize("typed", ANSWERS)
def test_words_find_articles_in_every_script(library: Store, typed: str) -> None:
    assert sorted(found(library, typed)) == sorted(ANSWERS[typed])


def test_outlets_and_bylines_are_found(store: Store) -> None:
    store.articles.save([article(outlet="The Baku Gazette", authors=("Zoë Example",), summary="Teased")])
    assert found(store, "gazette zoe teased") == [article().guid]


TYPED = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(['"', "-", "*", "OR", "AND", "NOT", "NEAR(", ")", ":", "^", "+", "''", ";", "\x00", "\udc80"]),
        st.sampled_from(sorted({word for words in LIBRARY.values() for word in words.split()})),
    ),
    max_size=8,
).map(" ".join)


@given(typed=TYPED)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_never_an_error(library: Store, typed: str) -> None:
    assert set(found(library, typed)) <= set(LIBRARY)


def test_five_thousand_typed_words_are_no_error(file: SqlStore) -> None:
    file.articles.save([article(guid="salt")])
    assert found(file, " ".join(f"salt OR w{n} -x{n}" for n in range(5_000))) == ["salt"]


SCRAPS = st.lists(
    st.sampled_from(["a", "b", "ab", "Á", "京", "都", "京都", "가", "a京", "-", '"', "*", "OR", "."]), max_size=7
)


@given(
    texts=st.lists(st.tuples(SCRAPS.map(" ".join), SCRAPS.map("".join)), min_size=1, max_size=5),
    questions=st.lists(st.one_of(SCRAPS.map(" ".join), SCRAPS.map("".join)), min_size=1, max_size=6),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_file_and_the_memory_find_the_same(
    file: SqlStore, texts: list[tuple[str, str]], questions: list[str]
) -> None:
    memory = MemoryStore()
    kept = file.sources.add(source(url=f"https://{len(file.sources.all())}.example.org/feed"))
    batch = [
        article(guid=str(n), url="", source_id=kept.id, title=title, text=text) for n, (title, text) in enumerate(texts)
    ]
    for one in (file, memory):
        one.articles.save(batch)
    for typed in questions:
        assert found(file, typed, source_id=kept.id) == found(memory, typed)


VISIT = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "u", "v"]), st.sampled_from("xy")), max_size=4)


@given(visits=st.lists(VISIT, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_visit_that_brings_the_same_again_changes_nothing(
    file: SqlStore, visits: list[list[tuple[str, str, str]]]
) -> None:
    memory = MemoryStore()
    kept = file.sources.add(source(url=f"https://{len(file.sources.all())}.example.org/feed"))
    for visit in visits:
        batch = [article(source_id=kept.id, guid=guid, url=url, title=title) for guid, url, title in visit]
        assert file.articles.save(batch) == memory.articles.save(batch)
        assert file.articles.save(batch) == Saved(unchanged=len(batch))
    assert found(file, source_id=kept.id) == found(memory)


# Editions


def test_a_new_edition_has_its_first_revision(store: Store) -> None:
    kept = store.editions.create(edition(revision=1), revision(message="begun"))
    assert store.editions.get(kept.id) == kept == replace(edition(), id=kept.id, revision=1)
    assert store.editions.revisions(kept.id) == (revision(edition_id=kept.id, message="begun"),)


@pytest.mark.parametrize("same", ["slug", "uid", "filename"])
def test_no_two_editions_share_a_name(store: Store, same: str) -> None:
    store.editions.create(edition(), revision())
    other = edition(uid="01KJZ5Q8X0V3T7R9M2N4P6S8W1", slug="other", filename="other.md")
    with pytest.raises(ConflictError):
        store.editions.create(replace(other, **{same: getattr(edition(), same)}), revision())
    assert len(store.editions.all()) == 1


def test_editions_without_a_file_may_be_many(store: Store) -> None:
    for name in ("a", "b"):
        store.editions.create(edition(uid=name, slug=name, filename=""), revision())
    assert [one.slug for one in store.editions.all()] == ["b", "a"]


def test_an_edition_begins_with_revision_one(store: Store) -> None:
    with pytest.raises(ConflictError):
        store.editions.create(edition(), revision(2))
    assert store.editions.all() == ()


def test_every_revision_is_kept(store: Store) -> None:
    kept = store.editions.create(edition(), revision())
    revised = store.editions.revise(replace(kept, title="Dearer salt"), revision(2, "Pepper."))
    assert revised == replace(kept, title="Dearer salt", revision=2) == store.editions.get(kept.id)
    assert [one.text for one in store.editions.revisions(kept.id)] == ["Salt.", "Pepper."]
    assert store.editions.revision(kept.id, 1).text == "Salt."


@pytest.mark.parametrize("number", [1, 2, 4, 10**30])
def test_a_revision_must_follow_the_newest(store: Store, number: int) -> None:
    kept = store.editions.create(edition(), revision())
    kept = store.editions.revise(kept, revision(2))
    with pytest.raises(ConflictError):
        store.editions.revise(replace(kept, title="Lost"), revision(number))
    assert (store.editions.get(kept.id), len(store.editions.revisions(kept.id))) == (kept, 2)


def test_a_record_is_saved_without_touching_words(store: Store) -> None:
    kept = store.editions.create(edition(), revision())
    store.editions.save(replace(kept, status="approved", slug="salt"))
    assert store.editions.get(kept.id) == replace(kept, status="approved", slug="salt")


def test_a_record_read_before_another_save_is_refused(store: Store) -> None:
    kept = store.editions.create(edition(), revision())
    store.editions.revise(kept, revision(2))
    with pytest.raises(ConflictError, match="meanwhile"):
        store.editions.save(replace(kept, status="approved"))


def test_a_slug_that_is_taken_is_refused(store: Store) -> None:
    store.editions.create(edition(), revision())
    other = store.editions.create(edition(uid="b", slug="b", filename="b.md"), revision())
    with pytest.raises(ConflictError):
        store.editions.save(replace(other, slug=edition().slug))


def test_uid_and_birthday_never_move(store: Store) -> None:
    kept = store.editions.create(edition(), revision())
    assert store.editions.revise(replace(kept, uid="other", created_at=NOON + HOUR), revision(2)) == replace(
        kept, revision=2
    )


def test_what_is_not_there_cannot_be_had(store: Store) -> None:
    kept = store.editions.create(edition(), revision())
    for ask in (
        lambda: store.editions.get(7),
        lambda: store.editions.revision(kept.id, 2),
        lambda: store.editions.save(replace(kept, id=7)),
        lambda: store.editions.revise(replace(kept, id=7), revision(2)),
        lambda: store.editions.record(publication(kept, revision=2), kept),
    ):
        with pytest.raises(NotFoundError):
            ask()
    assert (store.editions.revisions(7), store.editions.publication(kept.id, "outbox")) == ((), None)


def test_a_publication_is_kept_with_the_record(store: Store) -> None:
    kept = store.editions.create(edition(), revision())
    out = replace(kept, status="published", published_at=NOON, updated_at=NOON)
    store.editions.record(publication(kept), out)
    assert store.editions.get(kept.id) == out
    assert store.editions.publication(kept.id, "outbox") == publication(kept)
    assert store.editions.publication(kept.id, "mail") is None


def test_the_newest_publication_answers(store: Store) -> None:
    kept = store.editions.create(edition(), revision())
    for digit in "12":
        store.editions.record(publication(kept, sha256=digit * 64), kept)
    assert store.editions.publication(kept.id, "outbox") == publication(kept, sha256="2" * 64)


def test_what_went_out_is_recorded_though_words_were_saved_meanwhile(store: Store) -> None:
    kept = store.editions.create(edition(), revision())
    store.editions.revise(replace(kept, title="Dearer salt"), revision(2))
    store.editions.record(publication(kept), replace(kept, status="published", published_at=NOON))
    assert store.editions.get(kept.id) == replace(
        kept, title="Dearer salt", revision=2, status="published", published_at=NOON
    )


def test_the_first_publication_never_moves(store: Store) -> None:
    kept = store.editions.create(edition(), revision())
    for hours in (0, 1):
        store.editions.record(publication(kept), replace(kept, published_at=NOON + hours * HOUR))
    assert store.editions.get(kept.id).published_at == NOON


def test_naive_times_are_refused_on_every_shelf(store: Store) -> None:
    kept = store.editions.create(edition(), revision())
    for keep in (
        lambda: store.sources.add(source(checked_at=NAIVE)),
        lambda: store.editions.create(edition(uid="b", slug="b", filename="b.md", created_at=NAIVE), revision()),
        lambda: store.editions.revise(kept, revision(2, saved_at=NAIVE)),
        lambda: store.editions.record(publication(kept, published_at=NAIVE), kept),
    ):
        with pytest.raises(StoreError, match="zone"):
            keep()
    assert (store.sources.all(), store.editions.all()) == ((), (kept,))


# Only in a file


def test_what_was_kept_is_there_after_reopening(tmp_path: Path) -> None:
    with open_store(tmp_path / "n.sqlite3") as first:
        first.articles.save([article()])
        kept = first.editions.create(edition(), revision())
    with open_store(tmp_path / "n.sqlite3") as again:
        assert (found(again, "salt"), again.editions.all()) == ([article().guid], (kept,))


def test_a_closed_store_leaves_one_file(tmp_path: Path) -> None:
    with open_store(tmp_path / "n.sqlite3") as opened:
        opened.sources.add(source())
    opened.close()
    assert [one.name for one in tmp_path.iterdir()] == ["n.sqlite3"]


@pytest.mark.parametrize("statement", ["UPDATE revisions SET text = ''", "DELETE FROM revisions"])
def test_a_saved_revision_cannot_be_touched(file: SqlStore, statement: str) -> None:
    file.editions.create(edition(), revision())
    with pytest.raises(StoreError, match="never"), engine.writing(file.database) as connection:
        connection.exec_driver_sql(statement)


def test_the_file_itself_refuses_a_gap_between_revisions(file: SqlStore) -> None:
    file.editions.create(edition(), revision())
    statement = "INSERT INTO revisions SELECT edition_id, 3, text, sha256, saved_at, message FROM revisions"
    with pytest.raises(StoreError, match="after the newest"), engine.writing(file.database) as connection:
        connection.exec_driver_sql(statement)


def test_an_article_of_an_unknown_source_is_refused(file: SqlStore) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        file.articles.save([article(source_id=7)])


def test_words_that_are_no_unicode_are_refused(file: SqlStore) -> None:
    with pytest.raises(StoreError, match="surrogates"):
        file.articles.save([article(title="\udc80")])


def test_an_unchanged_article_is_not_written(file: SqlStore) -> None:
    file.articles.save([article()])
    said: list[str] = []
    event.listen(file.database.engine, "before_cursor_execute", lambda *told: said.append(told[2].split()[0]))
    file.articles.save([article(first_seen=NOON + HOUR)])
    assert set(said) == {"PRAGMA", "BEGIN", "SELECT"}


@pytest.mark.parametrize(("opening", "synchronous"), [(engine.writing, 1), (engine.writing_durably, 2)])
def test_writes_are_as_durable_as_they_say(file: SqlStore, opening: object, synchronous: int) -> None:
    with opening(file.database) as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "foreign_keys")
        }
    assert asked == {"synchronous": synchronous if engine.JOURNAL == "wal" else 2, "foreign_keys": 1}


def test_a_full_disk_is_named_and_nothing_is_half_kept(file: SqlStore) -> None:
    event.listen(file.database.engine, "connect", lambda plain, _: plain.execute("PRAGMA max_page_count=60"))
    with pytest.raises(StoreError, match="disk is full") as told:
        file.articles.save([article(guid=str(n), url="", text=f"w{n} " * 3_000) for n in range(30)])
    assert (found(file), "\n" in str(told.value)) == ([], False)


def test_a_file_that_another_program_holds_is_named(file: SqlStore) -> None:
    event.listen(file.database.engine, "connect", lambda plain, _: plain.execute("PRAGMA busy_timeout=0"))
    with engine.writing(file.database), pytest.raises(StoreError, match="another program"):
        file.sources.add(source())


def test_a_read_only_file_is_named(file: SqlStore) -> None:
    event.listen(file.database.engine, "connect", lambda plain, _: plain.execute("PRAGMA query_only=ON"))
    with pytest.raises(StoreError, match="cannot be written"):
        file.sources.add(source())


# Several writers, and writers that die

SCRIPT = """
import hashlib, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from composer.errors import ConflictError
from composer.model import Article, Revision
from db import open_store

NOW = datetime(2026, 3, 6, tzinfo=UTC)
PATH = Path(sys.argv[1])

def revise(store, line):
    while True:
        edition = store.editions.get(1)
        text = store.editions.revision(1, edition.revision).text + line
        digest = hashlib.sha256(text.encode()).hexdigest()
        newer = Revision(edition_id=1, number=edition.revision + 1, text=text, sha256=digest, saved_at=NOW)
        try:
            return store.editions.revise(edition, newer).revision
        except ConflictError:
            pass

def keep(store, number):
    title = f"title{number}"
    store.articles.save([Article(guid=f"g{number}", url=f"u{number}", title=title, first_seen=NOW, text="salt " * 99)])
"""
TOGETHER = """
from threading import Thread

def write(store, name):
    for number in range(12):
        revise(store, f"{name}-{number}\\n")
        keep(store, number)
        store.articles.mark([1], "picked")

def work(process):
    with open_store(PATH) as store:
        threads = [Thread(target=write, args=(store, f"{process}-{thread}")) for thread in range(2)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]

children = []
for process in range(4):
    child = os.fork()
    if not child:
        work(process)
        os._exit(0)
    children.append(child)
sys.exit(sum(os.waitpid(child, 0)[1] for child in children))
"""
KILLED = """
for round in range(12):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with open_store(PATH) as store:
            for number in range(10**6):
                acknowledged = revise(store, f"{round}-{number}\\n")
                os.write(writing, f"{acknowledged}\\n".encode())
                keep(store, f"{round}-{number}")
    os.close(writing)
    with os.fdopen(reading) as lines:
        for _ in range(1 + round * 2):
            print(lines.readline(), end="", flush=True)
        os.kill(child, signal.SIGKILL)
        print(lines.read(), end="", flush=True)
    os.waitpid(child, 0)
"""
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def run(script: str, path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT + script, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def assert_sound(store: SqlStore) -> None:
    index.bring_up_to_date(store.database)
    with engine.writing(store.database) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        connection.exec_driver_sql("INSERT INTO article_words (article_words) VALUES ('integrity-check')")
        both = "SELECT (SELECT count(*) FROM article_words) = (SELECT count(*) FROM articles)"
        assert connection.exec_driver_sql(both).scalar() == 1


@forks
def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "newsletter.sqlite3"
    with open_store(path) as store:
        store.editions.create(edition(), revision(text=""))
    run(TOGETHER, path)
    with open_store(path) as store:
        lines = store.editions.revisions(1)[-1].text.splitlines()
        assert sorted(lines) == sorted(f"{p}-{t}-{n}" for p in range(4) for t in range(2) for n in range(12))
        assert len(store.articles.list(ArticleQuery(limit=100))) == 12
        assert_sound(store)


@forks
def test_a_writer_killed_again_and_again_loses_no_acknowledged_revision(tmp_path: Path) -> None:
    path = tmp_path / "newsletter.sqlite3"
    with open_store(path) as store:
        store.editions.create(edition(), revision(text=""))
    acknowledged = [int(line) for line in run(KILLED, path).split()]
    with open_store(path) as store:
        kept = store.editions.revisions(1)
        assert set(acknowledged) <= {one.number for one in kept}
        assert [one.number for one in kept] == list(range(1, store.editions.get(1).revision + 1))
        assert all(hashlib.sha256(one.text.encode()).hexdigest() == one.sha256 for one in kept)
        assert_sound(store)


# What language models handed in


def commission(**changes: object) -> Commission:
    given = {"base_url": "https://api.example.org/v1", "model": "small", "prompt_version": "1"}
    lines = (Line(role="user", words="Salt rose."),)
    return Commission(**{**given, "article_sha256": "0" * 64, "lines": lines, **changes})


def handed_in(text: str = "Salt rose.") -> Answer:
    return Answer(text=text, tokens_in=31, tokens_out=7, milliseconds=840, written_at=NOON)


def test_an_answer_comes_back_as_it_was_kept(store: Store) -> None:
    given = handed_in("მარილი\x00\n“rose”")
    store.commissions.keep(commission(), given)
    assert store.commissions.find(commission().key) == given


def test_an_answer_to_something_else_is_not_found(store: Store) -> None:
    store.commissions.keep(commission(), handed_in())
    others = [
        commission(model="large"),
        commission(base_url="https://other.example.org/v1"),
        commission(prompt_version="2"),
        commission(temperature=0.5),
        commission(lines=(Line(role="user", words="Salt fell."),)),
        commission(lines=(Line(role="system", words="Salt rose."),)),
    ]
    assert [store.commissions.find(one.key) for one in others] == [None] * 6


def test_an_answer_gives_way_to_a_newer_one(store: Store) -> None:
    store.commissions.keep(commission(), handed_in())
    store.commissions.keep(commission(), handed_in("Salt is dear."))
    assert store.commissions.find(commission().key) == handed_in("Salt is dear.")


def test_a_host_is_allowed_once_the_editor_has_agreed(store: Store) -> None:
    assert not store.commissions.allows("api.example.org")
    store.commissions.allow("api.example.org", NOON)
    store.commissions.allow("api.example.org", NOON + HOUR)
    assert store.commissions.allows("api.example.org")
    assert not store.commissions.allows("example.org")


def test_editions_are_found_by_whatever_they_are_called(store: Store) -> None:
    for number in (1, 2, 3):
        named = edition(uid=f"uid-{number}", slug=f"salt-{number}", title="Salt", filename=f"file-{number}.md")
        store.editions.create(named, Revision(edition_id=0, number=1, text="x", sha256="a" * 64, saved_at=NOON))
    for name in ("uid-2", "salt-2", "2", "file-2"):
        assert [one.id for one in store.editions.named(name)] == [2]
    assert [one.id for one in store.editions.named("Salt")] == [3, 2, 1]
    assert [store.editions.named(name) for name in ("", "salt", "file-2.md", "%")] == [()] * 4


def test_a_moment_is_written_by_hand_as_by_its_type(tmp_path: Path) -> None:
    moments = [NOON, NOON.replace(microsecond=7), NOON.astimezone(timezone(-HOUR)), NOON.replace(year=33)]
    with open_store(tmp_path / "newsletter.sqlite3") as store:
        kept = store.editions.create(
            edition(), Revision(edition_id=0, number=1, text="", sha256="a" * 64, saved_at=NOON)
        )
        for number, moment in enumerate(moments):
            store.deliveries.enlist(kept.id, [f"r{number}@example.org"], moment)
        rows = store.deliveries.of(kept.id)
        cells = engine.connect(store.database.path).execute("SELECT at FROM deliveries ORDER BY rowid").fetchall()
        assert [(written(moment),) for moment in moments] == cells
        store.deliveries.write(kept.id, rows)
        assert store.deliveries.of(kept.id) == rows
        with pytest.raises(StoreError):
            store.deliveries.write(kept.id, [replace(rows[0], at=NOON.replace(tzinfo=None))])
    assert written(None) is None
