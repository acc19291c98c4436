"""What collecting asks of a store: sources claimed once, visits kept whole, articles known again, words found again."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from fakes import MemoryStore
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import NOON, article, source
from sqlalchemy import event

from composer.errors import ConflictError, NotFoundError
from composer.model import Article, ArticleQuery, Collected, Enclosure, Saved, Source, Version
from composer.ports import Store
from db import SqlStore, engine, index, open_store, snippets, words
from db.tables import metadata

HOUR = timedelta(hours=1)
LATER = NOON + HOUR
NAIVE = datetime(2026, 3, 6, 12, 0)  # noqa: DTZ001 — the store must refuse it
ROOT = Path(__file__).resolve().parent.parent
LONG = "Salt rose 12% in a year, the port authority says. Traders blame the roads, which nobody has mended since May."


@pytest.fixture
def wire(store: Store) -> Source:
    return store.sources.add(source())


def other(**changes: object) -> Source:
    return source(**{"url": "https://other.example.org/feed", **changes})


def visit(visited: Source, *articles: Article, **changes: object) -> Collected:
    return Collected(**{"source": visited, "outcome": "changed", "articles": articles, **changes})


def keep(store: Store, visited: Source, *articles: Article) -> Saved:
    return store.keep([visit(visited, *articles)])[0]


def listed(store: Store) -> tuple[Article, ...]:
    return store.articles.list(ArticleQuery())


# The editor's side of a source


def test_the_second_editor_to_save_a_source_is_told(store: Store, wire: Source) -> None:
    store.sources.save(replace(wire, title="Salt"))
    with pytest.raises(ConflictError, match="meanwhile"):
        store.sources.save(replace(wire, title="Pepper"))
    assert store.sources.get(wire.id).title == "Salt"


def test_a_new_url_forgets_what_visits_taught_of_the_old(store: Store) -> None:
    kept = store.sources.add(source(etag='"x"', failures=3, problem="gone", not_before=NOON, checked_at=NOON))
    saved = store.sources.save(replace(kept, url="https://new.example.org/feed"))
    assert (saved.etag, saved.failures, saved.problem, saved.not_before) == ("", 0, "", None)
    assert (saved.url, saved.checked_at) == ("https://new.example.org/feed", NOON)


def test_articles_of_a_removed_source_stay(store: Store, wire: Source) -> None:
    keep(store, wire, article(guid="salt"))
    store.sources.remove(wire.id)
    assert store.sources.all() == ()
    assert store.articles.find("salt") == article(guid="salt", id=1)


def test_a_removed_source_loses_no_article_to_one_that_has_its_guid_already(store: Store, wire: Source) -> None:
    keep(store, wire, article(guid="salt", url="https://wire.example.org/1"))
    store.articles.save([article(guid="salt", url="https://wire.example.org/2")])
    store.sources.remove(wire.id)
    assert {one.guid for one in listed(store)} == {"salt", "salt#1"}


def test_a_source_that_is_not_there_cannot_be_removed(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.sources.remove(7)


# Claims


def test_what_is_claimed_is_nobody_elses_until_it_is_released(store: Store, wire: Source) -> None:
    assert store.sources.claim(NOON, LATER) == (wire,)
    assert store.sources.claim(NOON, LATER) == ()
    store.sources.release([wire.id])
    assert store.sources.claim(NOON, LATER) == (wire,)


def test_what_is_kept_is_released(store: Store, wire: Source) -> None:
    store.sources.claim(NOON, LATER)
    store.keep([visit(wire)])
    assert store.sources.claim(NOON, LATER) == (wire,)


def test_a_claim_runs_out(store: Store, wire: Source) -> None:
    store.sources.claim(NOON, LATER)
    assert store.sources.claim(LATER, LATER + HOUR) == (wire,)


@pytest.mark.parametrize(
    ("changes", "by_itself", "asked_for"),
    [
        ({}, True, True),
        ({"next_at": NOON}, True, True),
        ({"next_at": LATER}, False, True),
        ({"not_before": NOON}, True, True),
        ({"not_before": LATER}, False, False),
        ({"state": "paused"}, False, False),
        ({"state": "gone"}, False, False),
    ],
)
def test_only_what_may_be_visited_is_claimed(
    store: Store,
    changes: dict[str, object],
    by_itself: bool,  # noqa: FBT001 — a table
    asked_for: bool,  # noqa: FBT001 — a table
) -> None:
    kept = store.sources.add(source(**changes))
    claimed = [bool(store.sources.claim(NOON, NOON, numbers)) for numbers in (None, [kept.id])]
    assert claimed == [by_itself, asked_for]


def test_only_the_numbers_asked_for_are_claimed(store: Store, wire: Source) -> None:
    second = store.sources.add(other())
    assert store.sources.claim(NOON, LATER, [second.id, 99, second.id]) == (second,)
    assert store.sources.claim(NOON, LATER, []) == ()
    assert store.sources.claim(NOON, LATER) == (wire,)


# What a visit taught


def test_a_visit_teaches_a_source_and_leaves_the_editors_words(store: Store, wire: Source) -> None:
    store.sources.save(replace(wire, title="Mine", weight=4))
    learnt = {"etag": '"y"', "checked_at": NOON, "changed_at": NOON, "next_at": LATER, "every_seconds": 900}
    store.keep([visit(replace(wire, **learnt, title="Theirs", homepage="https://wire.example.org/", weight=9))])
    expected = replace(wire, **learnt, title="Mine", homepage="https://wire.example.org/", weight=4, version=2)
    assert store.sources.get(wire.id) == expected


def test_a_source_moves_where_its_visit_says(store: Store, wire: Source) -> None:
    store.keep([visit(replace(wire, url="https://new.example.org/feed", etag='"y"'))])
    moved = store.sources.get(wire.id)
    assert (moved.url, moved.etag) == ("https://new.example.org/feed", '"y"')
    with pytest.raises(ConflictError):
        store.sources.save(replace(wire, title="read before it moved"))


def test_two_sources_never_move_to_one_url(store: Store, wire: Source) -> None:
    second, third = store.sources.add(other()), store.sources.add(other(url="https://third.example.org/feed"))
    store.keep([visit(replace(one, url="https://new.example.org/feed")) for one in (second, third)])
    store.keep([visit(replace(third, url=wire.url))])
    assert [one.url for one in store.sources.all()] == [wire.url, "https://new.example.org/feed", third.url]


def test_an_url_that_the_editor_changed_during_the_visit_stands(store: Store, wire: Source) -> None:
    saved = store.sources.save(replace(wire, url="https://new.example.org/feed"))
    store.keep([visit(replace(wire, etag='"of the old"', checked_at=NOON))])
    assert store.sources.get(wire.id) == replace(saved, checked_at=NOON)


def test_a_source_that_is_gone_is_gone_and_nothing_else_changes_its_state(store: Store, wire: Source) -> None:
    second = store.sources.add(other(state="paused"))
    store.keep([visit(wire, gone=True), visit(replace(second, state="active"))])
    assert [one.state for one in store.sources.all()] == ["gone", "paused"]


def test_a_source_removed_meanwhile_is_passed_over_with_its_articles(store: Store, wire: Source) -> None:
    second = store.sources.add(other())
    store.sources.remove(wire.id)
    batch = [visit(wire, article(guid="a", url="")), visit(second, article(guid="b", url=""))]
    assert store.keep(batch) == (Saved(), Saved(added=1))
    assert [one.guid for one in listed(store)] == ["b"]


def test_every_visit_has_its_own_result(store: Store, wire: Source) -> None:
    second = store.sources.add(other())
    keep(store, wire, article(guid="a", url=""), article(guid="b", url=""))
    again = [article(guid="a", url="", title="Dearer"), article(guid="b", url=""), article(guid="c", url="")]
    results = store.keep([visit(second, article(guid="a", url="")), visit(wire, *again)])
    assert results == (Saved(added=1), Saved(added=1, updated=1, unchanged=1))
    assert store.keep([]) == ()


@pytest.mark.parametrize(
    "bad",
    [
        {"guid": ""},
        {"guid": "\udc80"},
        {"title": "\udc80"},
        {"text": "\udc80"},
        {"outlet": "\udc80"},
        {"enclosures": (Enclosure(url="\udc80"),)},
        {"published": NAIVE},
        {"updated": NAIVE},
        {"first_seen": None},
        {"access": "sold"},
    ],
)
def test_a_bad_article_costs_no_other_its_place(store: Store, wire: Source, bad: dict[str, object]) -> None:
    batch = [article(guid="a", url=""), article(**{"guid": "bad", "url": "", **bad}), article(guid="b", url="")]
    assert keep(store, wire, *batch).added == 2
    assert {one.guid for one in listed(store)} == {"a", "b"}


@pytest.mark.parametrize("bad", [{"checked_at": NAIVE}, {"failures": 10**30}, {"failures": -1}, {"etag": "\udc80"}])
def test_an_impossible_lesson_costs_no_article_its_place(store: Store, wire: Source, bad: dict[str, object]) -> None:
    store.sources.claim(NOON, LATER)
    assert keep(store, replace(wire, **bad), article()) == Saved(added=1)
    assert [one.id for one in store.sources.claim(NOON, LATER)] == [wire.id]


def test_all_that_a_feed_says_of_an_article_is_kept(store: Store, wire: Source) -> None:
    files = (Enclosure(url="https://wire.example.org/a.mp3", media_type="audio/mpeg", bytes_length=9),)
    said = article(updated=LATER, categories=("Trade", "მარილი"), enclosures=files, via="The Salt Road", access="open")
    keep(store, wire, said)
    assert store.articles.get(1) == replace(said, id=1, source_id=wire.id)


# The same article, come again


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"guid": "old"}, {"guid": "new"}),
        ({"guid": "http://wire.example.org/1"}, {"guid": "https://wire.example.org/1", "url": "https://moved.example"}),
        ({"guid": "a", "url": "http://wire.example.org/1"}, {"guid": "b", "url": "https://wire.example.org/1"}),
        (
            {"guid": "a", "url": "https://a.example", "text": LONG},
            {"guid": "b", "url": "https://b.example", "text": LONG},
        ),
        ({"guid": "a", "url": "", "text": LONG}, {"guid": "b", "url": "", "text": LONG}),
    ],
)
def test_an_article_is_known_again(store: Store, wire: Source, first: dict[str, str], again: dict[str, str]) -> None:
    keep(store, wire, article(**first))
    store.articles.mark([1], "picked")
    assert keep(store, wire, article(**again)) == Saved(updated=1)
    assert listed(store) == (article(**again, id=1, source_id=wire.id, state="picked"),)


@pytest.mark.parametrize(
    "twins",
    [
        [{"guid": "a", "url": "", "text": "Open thread."}, {"guid": "b", "url": "", "text": "Open thread."}],
        [{"guid": name, "url": "https://wire.example.org/live", "text": name} for name in "abcd"],
        [{"guid": name, "url": "", "text": LONG} for name in "abc"],
    ],
)
def test_what_is_only_alike_stays_apart(store: Store, wire: Source, twins: list[dict[str, str]]) -> None:
    batch = [article(**one) for one in twins]
    assert keep(store, wire, *batch[:-1]).added == len(batch) - 1
    assert keep(store, wire, *batch) == Saved(added=1, unchanged=len(batch) - 1)
    assert keep(store, wire, *batch) == Saved(unchanged=len(batch))


def test_a_window_that_slides_over_items_with_one_link_loses_none(store: Store, wire: Source) -> None:
    items = [article(guid=f"live-{n}", url="https://wire.example.org/live", text=f"Part {n}.") for n in range(8)]
    for n in range(len(items) - 2):
        keep(store, wire, *items[n : n + 3])
    assert {one.guid for one in listed(store)} == {one.guid for one in items}


def test_an_article_by_hand_and_its_feeds_are_one(store: Store, wire: Source) -> None:
    store.articles.save([article(guid="https://wire.example.org/salt", text=LONG, access="open")])
    assert keep(store, wire, article(guid="salt-1", text="Salt rose.")) == Saved(updated=1)
    assert [(one.id, one.guid, one.source_id, one.text) for one in listed(store)] == [(1, "salt-1", wire.id, LONG)]


def test_an_article_brought_by_hand_completes_its_feeds_and_is_found(store: Store, wire: Source) -> None:
    teaser = article(guid="salt-1", text="Salt rose.")
    keep(store, wire, teaser)
    store.articles.save([article(guid=article().url, text=LONG, access="open", first_seen=LATER)])
    found = store.articles.find(article().url)
    assert found == replace(teaser, id=1, source_id=wire.id, text=LONG, access="open")
    assert keep(store, wire, teaser) == Saved(unchanged=1)


def test_two_feeds_that_carry_what_was_added_by_hand_are_kept_both_and_no_third(store: Store, wire: Source) -> None:
    second = store.sources.add(other())
    store.articles.save([article()])
    store.keep([visit(wire, article(guid="a")), visit(second, article(guid="b"))])
    assert {one.source_id for one in listed(store)} == {wire.id, second.id}
    assert len(listed(store)) == 2


# Completed texts


TEASER = {"summary": "Salt rose.", "text": "Salt rose."}
WHOLE = {"summary": "Salt rose.", "text": LONG, "access": "open"}


def test_a_teaser_that_comes_again_takes_nothing_away(store: Store, wire: Source) -> None:
    keep(store, wire, article(**TEASER))
    assert keep(store, wire, article(**WHOLE)) == Saved(updated=1)
    assert keep(store, wire, article(**TEASER)) == Saved(unchanged=1)
    assert keep(store, wire, article(**TEASER, categories=("Trade",))) == Saved(updated=1)
    assert store.articles.get(1) == article(**WHOLE, categories=("Trade",), id=1, source_id=wire.id)
    assert store.articles.versions(1) == ()


def test_a_teaser_after_a_text_that_came_complete_takes_nothing_away(store: Store, wire: Source) -> None:
    keep(store, wire, article(**WHOLE))
    keep(store, wire, article(**TEASER))
    keep(store, wire, article(**TEASER, categories=("Trade",)))
    assert store.articles.get(1) == article(**WHOLE, categories=("Trade",), id=1, source_id=wire.id)


def test_a_feed_that_says_something_else_is_believed(store: Store, wire: Source) -> None:
    keep(store, wire, article(**TEASER))
    keep(store, wire, article(**WHOLE))
    corrected = article(summary="Salt fell.", text="Salt fell.", first_seen=LATER)
    assert keep(store, wire, corrected) == Saved(updated=1)
    assert store.articles.get(1) == replace(corrected, id=1, source_id=wire.id, first_seen=NOON)
    assert [one.text for one in store.articles.versions(1)] == [LONG]


# Versions and sketches


def test_the_old_words_are_kept_with_the_time_when_they_were_first_seen(store: Store, wire: Source) -> None:
    for hours, title in enumerate(("One", "Two", "Two", "Three")):
        keep(store, wire, article(title=title, first_seen=NOON + hours * HOUR))
    words = {"article_id": 1, "text": article().text}
    assert store.articles.versions(1) == (
        Version(number=1, title="One", seen_at=NOON, **words),
        Version(number=2, title="Two", seen_at=LATER, **words),
    )
    assert store.articles.get(1).first_seen == NOON


def test_a_change_that_touches_no_words_makes_no_version(store: Store, wire: Source) -> None:
    keep(store, wire, article())
    assert keep(store, wire, article(categories=("Trade",))) == Saved(updated=1)
    assert store.articles.versions(1) == store.articles.versions(7) == ()


def test_a_sketch_is_kept_until_the_words_change(store: Store, wire: Source) -> None:
    keep(store, wire, article(guid="a", url=""), article(guid="b", url=""))
    drawn = {1: frozenset({0, 7, 2**64 - 1}), 2: frozenset[int]()}
    store.articles.keep_sketches({**drawn, 99: frozenset({1})})
    assert store.articles.sketches(NOON) == drawn
    assert store.articles.sketches(LATER) == {}
    keep(store, wire, article(guid="a", url="", text="Pepper."), article(guid="b", url="", categories=("Trade",)))
    assert store.articles.sketches(NOON) == {2: frozenset()}


# Found, with the place


def test_a_snippet_shows_the_words_that_were_asked_for(store: Store) -> None:
    store.articles.save([article(text="Nobody   knew.\n\nThe SALT road to Poti was mended; cafés opened.")])
    (found,) = store.articles.search(ArticleQuery(words='"salt road" cafe* -pepper'))
    assert found.article == store.articles.get(1)
    assert found.snippet == (
        ("Nobody knew. The ", False),
        ("SALT road", True),
        (" to Poti was mended; ", False),
        ("cafés", True),
        (" opened.", False),
    )


def test_a_snippet_of_a_long_text_is_the_passage(store: Store) -> None:
    store.articles.save([article(text="flood " * 500 + "salt " + "road " * 500)])
    snippet = store.articles.search(ArticleQuery(words="salt"))[0].snippet
    assert (snippet[0][0][0], snippet[1], snippet[-1][0][-1]) == ("…", ("salt", True), "…")
    assert sum(len(part) for part, _ in snippet) < 250


def test_a_snippet_without_words_is_the_beginning(store: Store) -> None:
    store.articles.save([article(text="Salt rose.", title="Dear"), article(guid="b", url="", text="", title="")])
    assert [one.snippet for one in store.articles.search(ArticleQuery())] == [(), (("Salt rose.", False),)]
    assert store.articles.search(ArticleQuery(words="dear"))[0].snippet == (("Dear", True),)


def test_markup_in_a_text_stays_words(store: Store) -> None:
    store.articles.save([article(text="if a <b>salt</b> & c")])
    parts = store.articles.search(ArticleQuery(words="salt"))[0].snippet
    assert parts == (("if a <b>", False), ("salt", True), ("</b> & c", False))


@given(shelf=st.text(alphabet="aáB ß京都가.\n-'ﬁ", max_size=40), typed=st.text(alphabet='aáb ß京都가."*', max_size=8))
@settings(max_examples=200, deadline=None)
def test_a_snippet_is_always_a_piece_of_the_text_and_marks_what_the_index_finds(shelf: str, typed: str) -> None:
    parts = snippets.cutter(typed)(article(text=shelf, title="", summary=""))
    assert "".join(part for part, _ in parts) == " ".join(f".{shelf}.".split())[1:-1] or not shelf.strip()
    asked = {token for group in words.question(typed).groups for term in group for token in term.tokens}
    if not asked:
        assert not any(flag for _, flag in parts)


def test_the_best_match_comes_first_when_asked_for(store: Store) -> None:
    filler = " ".join(f"word{n}" for n in range(300))
    store.articles.save(
        [
            article(guid="about", url="", title="Salt", text="Salt, salt and more salt.", published=NOON - HOUR),
            article(guid="in passing", url="", title="Roads", text=f"{filler} salt", published=NOON),
        ]
    )
    for ranked, order in ((False, ["in passing", "about"]), (True, ["about", "in passing"])):
        found = store.articles.search(ArticleQuery(words="salt", ranked=ranked))
        assert [one.article.guid for one in found] == order
    assert len(store.articles.search(ArticleQuery(words="salt", ranked=True, limit=1))) == 1
    assert len(store.articles.search(ArticleQuery(ranked=True))) == 2


def test_newest_first_is_right_whatever_the_order_of_keeping(file: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.search._LOOK_AT", (4, 16))
    monkeypatch.setattr("db.search._STRAYS", 3)
    memory = MemoryStore()
    batch = [
        article(guid=str(n), url="", text="salt" if n % 3 else "pepper", published=NOON - (n * 37 % 90) * HOUR)
        for n in range(90)
    ]
    in_step = [article(guid=f"s{n}", url="", text="salt road", published=NOON - (9 - n) * HOUR) for n in range(9)]
    for one in (file, memory):
        one.articles.save([*batch, *in_step])
        one.articles.mark([5, 50, 95], "spiked")
    for words_asked in ("salt", "salt road", "salt -road", "sal*", "sal* -road", "pepper OR road", "-salt", "vinegar"):
        for limit in (0, 1, 3, 7, 60):
            for since in (None, NOON - 20 * HOUR):
                query = ArticleQuery(words=words_asked, limit=limit, since=since)
                assert file.articles.list(query) == memory.articles.list(query)


# Only in a file


def test_keeping_only_queues_for_the_index_and_searching_fills_it(file: SqlStore) -> None:
    file.articles.save([article(guid=str(n), url="", text=f"word{n}") for n in range(3)])
    queued = "SELECT count(*) FROM articles_unindexed"
    with engine.reading(file.database) as connection:
        assert connection.exec_driver_sql(queued).scalar() == 3
    assert [one.guid for one in file.articles.list(ArticleQuery(words="word2"))] == ["2"]
    assert index.bring_up_to_date(file.database) == 0


def test_the_index_is_filled_in_portions_and_goes_on_where_it_stopped(file: SqlStore) -> None:
    file.articles.save([article(guid=str(n), url="", text=f"word{n}") for n in range(1_100)])
    held = []

    def stop(*told: Any) -> None:
        if told[2].startswith("DELETE FROM articles_unindexed"):
            held.append(told)
            if len(held) == 2:
                raise KeyboardInterrupt

    event.listen(file.database.engine, "before_cursor_execute", stop)
    with pytest.raises(KeyboardInterrupt):
        index.bring_up_to_date(file.database)
    assert index.bring_up_to_date(file.database) == 100
    assert len(file.articles.list(ArticleQuery(words="word*", limit=2_000))) == 1_100


def test_a_complete_text_that_comes_again_is_not_written(file: SqlStore) -> None:
    wire = file.sources.add(source())
    keep(file, wire, article(**TEASER))
    keep(file, wire, article(**WHOLE))
    said: list[str] = []
    event.listen(
        file.database.engine, "before_cursor_execute", lambda *told: said.append(" ".join(told[2].split()[:2]))
    )
    assert keep(file, wire, article(**WHOLE)) == keep(file, wire, article(**TEASER)) == Saved(unchanged=1)
    assert {one for one in said if one.startswith(("UPDATE", "INSERT", "DELETE"))} == {"UPDATE sources"}


def test_no_question_of_a_visit_reads_a_whole_table(file: SqlStore) -> None:
    asked: list[tuple[str, object]] = []
    event.listen(file.database.engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    wire = file.sources.add(source())
    keep(file, wire, article(text=LONG), article(guid="b", url=""))
    file.articles.save([article(guid="c", url="https://c.example", text=LONG)])
    keep(file, replace(wire, url="https://new.example.org"), article(text="Pepper."), article(guid="d", text=LONG))
    file.articles.find("c")
    file.articles.list(ArticleQuery())
    file.articles.list(ArticleQuery(source_id=1))
    with engine.reading(file.database) as connection:
        plans = [
            (line[3], said)
            for said, values in asked
            if said.split()[0] in {"SELECT", "UPDATE", "DELETE"} and not isinstance(values, list)
            for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", values)
        ]
    tables = {f"SCAN {name}" for name in metadata.tables}
    read_whole = [said for plan, said in plans if plan in tables]
    assert read_whole == []
    assert len(plans) > 20


SCRIPT = """
import os, signal, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from composer.model import Article, ArticleQuery, Collected
from db import open_store

NOW = datetime(2026, 3, 6, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
PATH = Path(sys.argv[1])

def visit(one):
    said = {"title": "Salt", "text": "salt " * 99, "first_seen": NOW}
    brought = (Article(guid=f"{one.id}-{n}", url=f"https://a.example/{one.id}/{n}", **said) for n in range(5))
    return Collected(source=one, outcome="changed", articles=tuple(brought))
"""
# Everybody asks for everything, a few at a time; nothing is kept or released before all have asked.
CLAIMED = """
def claim(store, claimed):
    for first in range(1, 61, 3):
        claimed.extend(store.sources.claim(NOW, LATER, range(first, first + 5)))
    claimed.extend(store.sources.claim(NOW, LATER))

def work(_):
    with open_store(PATH) as store:
        claimed = []
        threads = [Thread(target=claim, args=(store, claimed)) for _ in range(2)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        os.write(1, "".join(f"{one.id}\\n" for one in claimed).encode())

def finish(number):
    with open_store(PATH) as store:
        for one in store.sources.all()[number::4]:
            store.keep([visit(one)])
            store.articles.list(ArticleQuery(words="salt"))

def four(job):
    children = []
    for number in range(4):
        child = os.fork()
        if not child:
            job(number)
            os._exit(0)
        children.append(child)
    return sum(os.waitpid(child, 0)[1] for child in children)

sys.exit(four(work) + four(finish))
"""
KILLED = """
for round in range(10):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with open_store(PATH) as store:
            for one in store.sources.claim(NOW, NOW, range(1 + round * 6, 61)):
                store.keep([visit(one)])
                os.write(writing, f"{one.id}\\n".encode())
                if one.id % 4 == 0:
                    store.articles.list(ArticleQuery(words="salt"))
        os._exit(0)  # it was quicker than its killer
    os.close(writing)
    with os.fdopen(reading) as lines:
        for _ in range(1 + round % 5):
            print(lines.readline(), end="", flush=True)
        os.kill(child, signal.SIGKILL)
        print(lines.read(), end="", flush=True)
    os.waitpid(child, 0)
"""
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture
def following(tmp_path: Path) -> Path:
    with open_store(tmp_path / "newsletter.sqlite3") as store:
        for number in range(60):
            store.sources.add(source(url=f"https://{number}.example.org/feed"))
    return tmp_path / "newsletter.sqlite3"


def run(script: str, path: Path) -> list[int]:
    command = [sys.executable, "-W", "error", "-c", SCRIPT + script, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return [int(line) for line in done.stdout.split()]


def whole_visits(path: Path) -> set[int | None]:
    """Return the sources whose articles are there; a visit stands whole or not at all, and every word is found."""
    with open_store(path) as store:
        kept = store.articles.list(ArticleQuery(limit=1_000))
        assert len(store.articles.list(ArticleQuery(words="salt", limit=1_000))) == len(kept)
        with engine.writing(store.database) as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            connection.exec_driver_sql("INSERT INTO article_words (article_words) VALUES ('integrity-check')")
    by_source = Counter(one.source_id for one in kept)
    assert set(by_source.values()) <= {5}
    return set(by_source)


@forks
def test_collectors_at_once_claim_every_source_exactly_once_and_are_never_refused(following: Path) -> None:
    assert sorted(run(CLAIMED, following)) == list(range(1, 61))
    assert whole_visits(following) == set(range(1, 61))


@forks
def test_a_collector_killed_again_and_again_loses_no_acknowledged_visit(following: Path) -> None:
    acknowledged = set(run(KILLED, following))
    assert len(acknowledged) >= 10
    assert acknowledged <= whole_visits(following)


def test_threads_that_share_a_store_keep_side_by_side(file: SqlStore) -> None:
    followed = [file.sources.add(source(url=f"https://{n}.example.org/feed")) for n in range(6)]
    results: list[Saved] = []
    work = [
        Thread(target=lambda one=one: results.extend(keep(file, one, article(guid=str(n), url="")) for n in range(20)))
        for one in followed
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert results == [Saved(added=1)] * 120
