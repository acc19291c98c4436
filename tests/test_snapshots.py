"""Articles as they stood when they were chosen: one suite for every store; then what only a file does."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from makers import NOON, article, source
from sqlalchemy.exc import IntegrityError

from composer.errors import NotFoundError, StoreError
from composer.ports import Store
from composer.records import Sighting
from db import SqlStore, engine, open_store
from db.snapshots import sha256

HOUR = timedelta(hours=1)
ROOT = Path(__file__).resolve().parent.parent


def kept(store: Store, **changes: object) -> int:
    store.articles.save([article(**changes)])
    found = store.articles.find(changes.get("guid", article().guid))
    assert found
    return found.id


def reworded(store: Store, text: str, hours: int = 1, **changes: object) -> None:
    store.articles.save([article(text=text, first_seen=NOON + hours * HOUR, **changes)])


def test_an_article_is_kept_as_it_stands(store: Store) -> None:
    number = kept(store, authors=("Nino Example", "Œuvre"), text="Salt rose.\n\nStill.\x00")
    (taken,) = store.articles.snap([number], NOON)
    asked = (taken.title, taken.text, taken.url, taken.outlet, taken.authors, taken.published, taken.taken_at)
    now = store.articles.get(number)
    assert asked == (now.title, now.text, now.url, now.outlet, now.authors, now.published, NOON)
    assert (taken.number, taken.sha256) == (1, sha256("Salt rose.\n\nStill.\x00"))
    assert store.articles.snapshot(number) == taken


def test_an_article_that_nobody_chose_has_no_snapshot(store: Store) -> None:
    assert store.articles.snapshot(kept(store)) is None
    assert store.articles.snapshot(99) is None


def test_choosing_again_keeps_nothing_twice(store: Store) -> None:
    number = kept(store)
    first = store.articles.snap([number], NOON)
    assert store.articles.snap([number, number], NOON + HOUR) == first * 2
    assert store.articles.snapshots(number) == first


def test_a_snapshot_stays_when_its_article_changes(store: Store) -> None:
    number = kept(store)
    (first,) = store.articles.snap([number], NOON)
    reworded(store, "Salt fell.")
    assert store.articles.snapshot(number) == first
    (second,) = store.articles.snap([number], NOON + HOUR)
    assert (second.number, second.text, second.versions) == (2, "Salt fell.", 1)
    assert store.articles.snapshots(number) == (first, second)


def test_of_articles_that_are_not_there_nothing_is_kept(store: Store) -> None:
    number = kept(store)
    with pytest.raises(NotFoundError):
        store.articles.snap([number, 99], NOON)
    assert store.articles.snapshots(number) == ()


def test_a_snapshot_needs_a_zone(store: Store) -> None:
    number = kept(store)
    with pytest.raises(StoreError):
        store.articles.snap([number], datetime(2026, 3, 6, 12))  # noqa: DTZ001 — the store must refuse it


def test_picked_articles_without_a_snapshot_are_found_and_those_asked_for(store: Store) -> None:
    picked, asked, other = (kept(store, guid=guid, url="") for guid in "abc")
    store.articles.mark([picked], "picked")
    assert store.articles.untaken([asked, 99]) == (picked, asked)
    store.articles.snap([picked, asked], NOON)
    assert store.articles.untaken([asked, other]) == (other,)


# What has changed since


def test_an_article_that_stands_as_it_was_chosen_has_not_drifted(store: Store) -> None:
    number = kept(store)
    store.articles.snap([number], NOON)
    assert store.articles.drifts([number, 99]) == ()


def test_an_article_whose_publisher_changed_it_has_drifted(store: Store) -> None:
    number = kept(store)
    (taken,) = store.articles.snap([number], NOON)
    reworded(store, "Salt fell.")
    (drift,) = store.articles.drifts([number])
    assert (drift.article.text, drift.snapshot, drift.reworded, drift.differs) == ("Salt fell.", taken, True, True)


def test_an_article_that_was_changed_back_has_not_drifted(store: Store) -> None:
    number = kept(store)
    store.articles.snap([number], NOON)
    reworded(store, "Salt fell.")
    reworded(store, article().text, hours=2)
    assert store.articles.drifts([number]) == ()


def test_a_teaser_completed_from_its_page_was_not_reworded(store: Store) -> None:
    source_id = store.sources.add(source()).id
    store.articles.save([article(source_id=source_id, text="Salt rose.")])
    store.articles.snap([1], NOON)
    store.articles.save(
        [article(source_id=source_id, text="Salt rose. And more.", access="open", first_seen=NOON + HOUR)]
    )
    (drift,) = store.articles.drifts([1])
    assert (drift.differs, drift.reworded) == (True, False)


def test_a_page_that_is_gone_is_told_since_when_until_it_is_back(store: Store) -> None:
    number = kept(store)
    store.articles.snap([number], NOON)
    for hours in (1, 2):
        at = NOON + hours * HOUR
        store.articles.sight(
            [Sighting(article_id=number, looked_at=at, gone_at=at), Sighting(article_id=9, looked_at=at)]
        )
    (drift,) = store.articles.drifts([number])
    assert (drift.gone_at, drift.differs) == (NOON + HOUR, False)
    assert store.articles.sightings([number, 9])[number].looked_at == NOON + 2 * HOUR
    store.articles.sight([Sighting(article_id=number, looked_at=NOON + 3 * HOUR)])
    assert store.articles.drifts([number]) == ()
    assert store.articles.sightings([9]) == {}


# What only a file does


def test_the_same_words_are_kept_once(file: SqlStore) -> None:
    numbers = [kept(file, guid=guid, url="") for guid in "abc"]
    file.articles.snap(numbers, NOON)
    with engine.reading(file.database) as connection:
        counts = "SELECT (SELECT count(*) FROM snapshots), (SELECT count(*) FROM snapshot_texts)"
        assert connection.exec_driver_sql(counts).one() == (3, 1)


@pytest.mark.parametrize("table", ["snapshots", "snapshot_texts"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET sha256 = sha256", "DELETE FROM {}"])
def test_a_snapshot_is_never_changed(file: SqlStore, table: str, statement: str) -> None:
    file.articles.snap([kept(file)], NOON)
    with (
        pytest.raises((StoreError, IntegrityError), match="never"),
        engine.writing(file.database) as connection,
    ):
        connection.exec_driver_sql(statement.format(table))


def test_sources_may_go_and_snapshots_stay(file: SqlStore) -> None:
    source_id = file.sources.add(source()).id
    file.articles.save([article(source_id=source_id)])
    taken = file.articles.snap([1], NOON)
    file.sources.remove(source_id)
    assert file.articles.snapshots(1) == taken


def test_drifts_of_many_articles_are_found_at_once(file: SqlStore) -> None:
    batch = [article(guid=f"g{number}", url="") for number in range(1_000)]
    file.articles.save(batch)
    file.articles.snap(range(1, 1_001), NOON)
    file.articles.save([replace(one, text="Other.", first_seen=NOON + HOUR) for one in batch[::2]])
    assert len(file.articles.drifts(range(1, 1_001))) == 500


TAKING = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from db import open_store
with open_store(Path(sys.argv[1])) as store:
    for number in range(1, 10**6):
        store.articles.snap([number], datetime(2026, 3, 6, tzinfo=UTC))
        print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot kill itself outright")
def test_a_taker_that_is_killed_leaves_whole_snapshots(tmp_path: Path) -> None:
    path = tmp_path / "newsletter.sqlite3"
    with open_store(path) as store:
        store.articles.save([article(guid=f"g{n}", url="", text=f"Text {n}.") for n in range(400)])
    command = [sys.executable, "-W", "error", "-c", TAKING, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as taking:
        assert taking.stdout
        told = [int(taking.stdout.readline()) for _ in range(20)]
        os.kill(taking.pid, signal.SIGKILL)
        told += [int(line) for line in taking.stdout]
    with closing(open_store(path)) as store:
        assert all(store.articles.snapshot(number) for number in told)
        with engine.reading(store.database) as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
