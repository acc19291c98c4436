"""What the doctor finds in stores that were hurt on purpose, and that copies are whole whatever happens."""

import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from makers import NOON, article, edition, source

from composer.app import Newsroom
from composer.cli.edge import run
from composer.cli.group import currents
from composer.errors import ConflictError, NotFoundError, StoreError
from composer.model import ArticleQuery, Finding, Revision
from composer.settings import read_settings
from db import around, copies, engine, health, open_store, restoring, schema
from db.cases import Case

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OBJECTS = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
WELL = {"ok", "info"}

WRITE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from composer.model import Article
from db import open_store
now = datetime(2026, 3, 6, tzinfo=UTC)
with open_store(Path(sys.argv[1])) as store:
    for number in range(1_000_000):
        pair = [Article(guid=f"{number}-{half}", url="", title="", outlet="", authors=(), published=None, first_seen=now,
                lang="en", text="word " * 200) for half in "ab"]
        store.articles.save(pair)
        print(number, flush=True)
"""
COPY = """
import sys
from pathlib import Path
from db import copies
print("begun", flush=True)
while True:
    copies.back_up(Path(sys.argv[1]), Path(sys.argv[2]), replace=True)
"""
RESTORE = """
import sys
from pathlib import Path
from db import restoring
print("begun", flush=True)
while True:
    restoring.restore(Path(sys.argv[2]), Path(sys.argv[1]))
"""
HOLD = """
import sys
from pathlib import Path
from db import engine
connection = engine.connect(Path(sys.argv[1]))
connection.execute(sys.argv[2])
connection.execute(sys.argv[3]).fetchall()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound store with something of everything, indexed."""
    path = tmp_path / "db" / "newsletter.sqlite3"
    with open_store(path) as store:
        kept = store.sources.add(source())
        store.articles.save(
            [article(guid=str(n), url="", source_id=kept.id, text=f"word{n} " * 100) for n in range(60)]
        )
        store.articles.list(ArticleQuery(words="word1"))
        words = Revision(edition_id=0, number=1, text="Salt.", sha256="0" * 64, saved_at=NOON)
        store.editions.create(edition(), words)
    return path


@pytest.fixture
def case(path: Path) -> Case:
    return case_of(path)


def case_of(path: Path, now: datetime = NOW) -> Case:
    return Case(path=path, copies=path.parent / "copies", outbox=path.parent.parent / "outbox", now=now)


def found(case: Case, check: str) -> Finding:
    return next(finding for finding in health.findings(case) if finding.check == check)


def ills(case: Case) -> list[str]:
    return [finding.check for finding in health.findings(case) if finding.severity not in WELL]


def hurt(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in ("PRAGMA foreign_keys=OFF", *statements):
            connection.execute(statement)


def ask(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def everything(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def count(path: Path) -> int:
    return int(str(ask(path, "SELECT count(*) FROM articles")[0][0]))


def garble(path: Path, start: int, length: int = 4096) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)


def age(place: Path, hours: int) -> None:
    then = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(place, (then, then))


@contextmanager
def running(script: str, *words: object) -> Iterator[subprocess.Popen[str]]:
    """Run a program; the block begins when it has said its first line."""
    command = [sys.executable, "-c", script, *map(str, words)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


# A sound store


def test_a_sound_store_has_nothing_but_a_copy_to_wish_for(case: Case) -> None:
    assert ills(case) == ["copies"]


def test_looking_changes_nothing(case: Case) -> None:
    before = everything(case.path), case.path.read_bytes()
    health.findings(case)
    assert (everything(case.path), case.path.read_bytes()) == before
    assert [place.name for place in case.path.parent.iterdir()] == [case.path.name]


def test_each_check_is_made_once(case: Case) -> None:
    checks = [finding.check for finding in health.findings(case)]
    assert len(checks) == len(set(checks)) == 15


def test_the_library_is_named(case: Case) -> None:
    with closing(engine.connect(Path(":memory:"))) as connection:
        number = connection.execute("SELECT sqlite_version()").fetchone()[0]
    assert number in found(case, "sqlite-version").message


# A hurt store


def test_a_folder_without_a_store_has_not_begun(tmp_path: Path) -> None:
    assert ills(case_of(tmp_path / "db" / "newsletter.sqlite3")) == []


@pytest.mark.parametrize("trace", ["newsletter.sqlite3-wal", "newsletter.sqlite3.before-0002", "copies/a.sqlite3"])
def test_a_store_that_vanished_is_missed(case: Case, trace: str) -> None:
    left = case.path.parent / trace
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"x")
    case.path.unlink()
    assert found(case, "version").severity == "error"
    assert not case.path.exists()


def test_an_emptied_store_is_missed(case: Case) -> None:
    copies.back_up(case.path, case.copies / "a.sqlite3")
    case.path.write_bytes(b"")
    assert "currents restore db/copies/a.sqlite3" in found(case, "version").message


def test_a_folder_in_the_place_of_the_store_is_named(case: Case) -> None:
    case.path.unlink()
    case.path.mkdir()
    assert "is no file" in found(case, "version").message


def test_garbage_is_no_store(case: Case) -> None:
    case.path.write_bytes(b"garbage " * 1000)
    assert "not a SQLite file" in found(case, "version").message


def test_somebody_elses_database_is_no_store(case: Case) -> None:
    case.path.unlink()
    hurt(case.path, "CREATE TABLE bookmarks (url)")
    assert "no store of Currents" in found(case, "version").message


def test_a_newer_store_asks_for_a_newer_program(case: Case) -> None:
    hurt(case.path, "PRAGMA user_version=99")
    assert "update Currents" in found(case, "version").message


def test_an_older_store_is_upgraded(tmp_path: Path) -> None:
    case = case_of(tmp_path / "db" / "newsletter.sqlite3")
    schema.upgrade(case.path, head=1)
    assert (found(case, "version").severity, found(case, "objects").severity) == ("warning", "ok")
    assert health.mend(case, {"version"}) == ()
    assert found(case, "version").severity == "ok"


def test_overwritten_pages_are_damage(case: Case) -> None:
    copies.back_up(case.path, case.copies / "a.sqlite3")
    root = ask(case.path, "SELECT rootpage FROM sqlite_master WHERE name = 'articles'")[0][0]
    garble(case.path, (int(str(root)) - 1) * 4096)
    assert found(case, "integrity").severity == "error"
    assert "currents restore db/copies/a.sqlite3" in found(case, "integrity").message


def test_a_damaged_store_is_not_written(case: Case) -> None:
    root = ask(case.path, "SELECT rootpage FROM sqlite_master WHERE name = 'articles'")[0][0]
    garble(case.path, (int(str(root)) - 1) * 4096)
    mendable = [finding.check for finding in health.findings(case) if finding.mendable]
    assert mendable == []


def test_an_index_that_lost_a_row_is_made_anew(case: Case) -> None:
    sql = "(SELECT sql FROM sqlite_master WHERE name = 'ix_articles_url')"
    hurt(
        case.path,
        "PRAGMA writable_schema=ON",
        f"CREATE TEMP TABLE kept AS SELECT {sql} AS sql",
        "UPDATE sqlite_master SET sql = sql || ' WHERE id > 9' WHERE name = 'ix_articles_url'",
    )
    hurt(case.path, "REINDEX ix_articles_url")
    hurt(
        case.path,
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = replace(sql, ' WHERE id > 9', '') WHERE name = 'ix_articles_url'",
    )
    assert found(case, "integrity").mendable
    assert health.mend(case, {"integrity"}) == ()
    assert found(case, "integrity").severity == "ok"


@pytest.mark.parametrize(
    "statement",
    [
        "DROP INDEX ix_articles_dated_id",
        "DROP INDEX uq_articles_guid_by_hand",
        "DROP TRIGGER revisions_are_never_changed",
        "DROP TRIGGER revisions_follow_one_another",
    ],
)
def test_what_was_dropped_is_made_again(case: Case, statement: str) -> None:
    before = ask(case.path, OBJECTS)
    hurt(case.path, statement)
    assert found(case, "objects").severity == "error"
    assert statement.rsplit(maxsplit=1)[-1] in found(case, "objects").message
    assert health.mend(case, {"objects"}) == ()
    assert found(case, "objects").severity == "ok"
    assert ask(case.path, OBJECTS) == before


def test_a_trigger_that_was_disarmed_is_armed_again(case: Case) -> None:
    name = "revisions_are_never_changed"
    hurt(case.path, f"DROP TRIGGER {name}", f"CREATE TRIGGER {name} BEFORE UPDATE ON revisions BEGIN SELECT 1; END")
    health.mend(case, {"objects"})
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        hurt(case.path, "UPDATE revisions SET text = 'Pepper.'")


def test_a_table_that_is_gone_cannot_be_mended(case: Case) -> None:
    hurt(case.path, "DROP TABLE publications")
    finding = found(case, "objects")
    assert (finding.severity, finding.mendable, "table publications" in finding.message) == ("error", False, True)


def test_a_strange_table_is_named(case: Case) -> None:
    hurt(case.path, "CREATE TABLE bookmarks (url)")
    assert "table bookmarks" in found(case, "objects").message


def test_orphans_are_dropped_with_a_copy_beside(case: Case) -> None:
    hurt(case.path, "INSERT INTO article_texts (article_id, text) VALUES (999, 'Lost.')")
    assert found(case, "foreign-keys").mendable
    assert health.mend(case, {"foreign-keys"}) == ()
    assert found(case, "foreign-keys").severity == "ok"
    kept = case.path.with_name("newsletter.sqlite3.before-fix")
    assert ask(kept, "SELECT text FROM article_texts WHERE article_id = 999") == [("Lost.",)]


def test_articles_of_a_source_that_is_gone_stay(case: Case) -> None:
    hurt(case.path, "DELETE FROM sources")
    assert health.mend(case, {"foreign-keys"}) == ()
    assert ask(case.path, "SELECT count(*), count(source_id) FROM articles") == [(60, 0)]
    assert found(case, "foreign-keys").severity == "ok"


def test_a_publication_of_nothing_cannot_be_mended(case: Case) -> None:
    hurt(
        case.path,
        "INSERT INTO publications (edition_id, revision, channel, sha256, published_at) "
        "VALUES (9, 9, 'outbox', printf('%064d', 0), '2026-01-01 00:00:00.000000')",
    )
    finding = found(case, "foreign-keys")
    assert (finding.severity, finding.mendable) == ("error", False)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM article_words WHERE rowid < 5",
        "INSERT INTO article_words (rowid, title) VALUES (999, 'ghost')",
        "DELETE FROM article_words_data WHERE id > 10",
        "UPDATE article_words_content SET c0 = 'other words' WHERE id = 3",
        "DROP TABLE article_words",
    ],
)
def test_a_wrong_index_of_words_is_built_anew(case: Case, statement: str) -> None:
    hurt(case.path, statement)
    assert found(case, "index").severity == "error"
    assert found(case, "integrity").severity == "ok"
    assert health.mend(case, {"index"}) == ()
    assert found(case, "index").severity == "ok"
    with open_store(case.path) as store:
        assert len(store.articles.list(ArticleQuery(words="word3"))) == 1


def test_articles_that_wait_for_the_index_are_no_fault(case: Case) -> None:
    with open_store(case.path) as store:
        store.articles.save([article(guid="later", url="")])
    assert "1 articles wait" in found(case, "index").message
    assert found(case, "index").severity == "ok"


def test_the_other_journal_is_changed_back(case: Case) -> None:
    other = "delete" if engine.JOURNAL == "wal" else "wal"
    hurt(case.path, f"PRAGMA journal_mode={other}")
    assert found(case, "journal").mendable
    assert health.mend(case, {"journal"}) == ()
    assert found(case, "journal").severity == "ok"


def test_claims_of_the_dead_are_cleared(case: Case) -> None:
    hurt(case.path, "UPDATE sources SET lease_until = '2026-11-24 11:00:00.000000'")
    assert (found(case, "leases").severity, found(case, "leases").mendable) == ("info", True)
    health.mend(case, {"leases"})
    assert ask(case.path, "SELECT lease_until FROM sources") == [(None,)]


def test_a_claim_for_ever_is_cleared(case: Case) -> None:
    hurt(case.path, "UPDATE sources SET lease_until = '2126-11-24 11:00:00.000000'")
    assert found(case, "leases").severity == "warning"
    health.mend(case, {"leases"})
    assert found(case, "leases").severity == "ok"


def test_a_claim_of_somebody_at_work_stays(case: Case) -> None:
    hurt(case.path, "UPDATE sources SET lease_until = '2026-11-24 12:10:00.000000'")
    health.mend(case, {"leases"})
    assert ask(case.path, "SELECT count(lease_until) FROM sources") == [(1,)]


@pytest.mark.parametrize(
    ("now", "severity"),
    [(NOW, "ok"), (NOON - timedelta(days=1), "warning"), (datetime(1970, 1, 1, tzinfo=UTC), "warning")],
)
def test_a_clock_that_cannot_be_right_is_named(path: Path, now: datetime, severity: str) -> None:
    assert found(case_of(path, now), "clock").severity == severity


def test_a_garbled_value_is_a_finding(case: Case) -> None:
    hurt(case.path, "UPDATE sources SET lease_until = 'soon'")
    assert found(case, "leases").severity == "error"


@pytest.mark.parametrize("seed", range(20))
def test_no_damage_stops_the_doctor(case: Case, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 — the same damage every time
    content = bytearray(case.path.read_bytes())
    for _ in range(chance.choice([1, 10, 100])):
        start = chance.randrange(len(content) if seed % 3 else 200)
        content[start : start + 20] = chance.randbytes(20)
    case.path.write_bytes(content[: chance.randrange(len(content))] if seed % 4 == 0 else content)

    before = health.findings(case)
    health.mend(case, {finding.check for finding in before if finding.mendable})

    assert all("\n" not in finding.message for finding in (*before, *health.findings(case)))
    assert {"version", "disk", "copies"} <= {finding.check for finding in before}


def test_a_store_that_another_program_keeps_to_itself_is_a_finding(case: Case) -> None:
    hurt(case.path, "PRAGMA journal_mode=delete")
    with running(HOLD, case.path, "PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE"):
        finding = found(case, "version")
    assert (finding.severity, "another program" in finding.message) == ("error", True)


def test_a_store_that_another_program_writes_can_be_looked_at(case: Case) -> None:
    with running(WRITE, case.path):
        assert [finding for finding in health.findings(case) if finding.severity == "error"] == []


def test_an_index_that_cannot_be_looked_at_now_is_no_error(case: Case) -> None:
    with running(HOLD, case.path, "BEGIN IMMEDIATE", "UPDATE sources SET title = title"):
        finding = found(case, "index")
    assert (finding.severity, "look again" in finding.message) == ("warning", True)


# Around the store


not_for_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do everything")


@not_for_root
def test_a_folder_that_cannot_be_entered_is_named(case: Case) -> None:
    copies.back_up(case.path, case.copies / "a.sqlite3")
    case.path.parent.chmod(0o000)
    try:
        assert "db/newsletter.sqlite3 cannot be looked at" in found(case, "version").message
        with pytest.raises(StoreError):
            copies.back_up(case.path, case.path.parent.parent / "a.sqlite3")
    finally:
        case.path.parent.chmod(0o755)


@not_for_root
def test_a_folder_that_cannot_be_written_is_named(case: Case) -> None:
    case.path.parent.chmod(0o555)
    try:
        assert found(case, "permissions").severity == "error"
    finally:
        case.path.parent.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_strangers_are_shut_out(case: Case) -> None:
    case.path.chmod(0o666)
    case.path.parent.chmod(0o777)
    assert found(case, "permissions").mendable
    assert health.mend(case, {"permissions"}) == ()
    assert [place.stat().st_mode & 0o777 for place in (case.path, case.path.parent)] == [0o664, 0o775]


def test_what_a_dead_process_left_is_removed_after_an_hour(case: Case) -> None:
    old, young = (case.path.with_name(f"newsletter.sqlite3.{name}.part") for name in ("old", "young"))
    stage = case.outbox / ".stage"
    (stage / "fresh").mkdir(parents=True)
    for place, hours in ((old, 2), (young, 0)):
        place.touch()
        age(place, hours)
    for place in (stage / "fresh", stage):
        age(place, 2)
    assert found(case, "leftovers").mendable
    health.mend(case, {"leftovers"})
    assert [old.exists(), young.exists(), stage.exists()] == [False, True, False]


def test_an_edition_that_a_dead_delivery_took_away_is_left_to_the_next_delivery(case: Case) -> None:
    taken = case.outbox / ".stage" / "former" / "2" / "editions" / "salt"
    taken.mkdir(parents=True)
    for place in (taken, *list(taken.parents)[:4]):
        age(place, 9)
    health.mend(case, {"leftovers"})
    assert (taken.exists(), found(case, "leftovers").severity) == (True, "warning")


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:40 / /home rw - nfs4 files.example.org:/home rw
41 40 8:2 / /home/nino/my\\040disk rw master:2 - xfs /dev/sdb1 rw
42 22 0:42 / /mnt/c rw - 9p C: rw
garbled
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/letter/db/n.sqlite3", "ext4"),
        ("/home/nino/letter/n.sqlite3", "nfs4"),
        ("/home/nino/my disk/n.sqlite3", "xfs"),
        ("/homework/n.sqlite3", "ext4"),
        ("/mnt/c/n.sqlite3", "9p"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(place: str, kind: str) -> None:
    assert around.file_system(MOUNTS, Path(place)) == kind


def test_a_file_system_that_nobody_lists_is_unknown() -> None:
    assert around.file_system("", Path("/srv")) == ""


@pytest.mark.parametrize(
    ("kind", "is_network"),
    [
        ("nfs", True),
        ("nfs4", True),
        ("cifs", True),
        ("smb3", True),
        ("fuse.sshfs", True),
        ("9p", True),
        ("ext4", False),
        ("fuseblk", False),
        ("overlay", False),
    ],
)
def test_network_file_systems_are_known(kind: str, is_network: bool) -> None:  # noqa: FBT001
    assert around.is_network(kind) is is_network


def test_an_old_copy_is_named(case: Case) -> None:
    age(copies.back_up(case.path, case.copies / "a.sqlite3"), 24 * 40)
    assert found(case, "copies").severity == "warning"


def test_a_copy_that_rotted_is_named(case: Case) -> None:
    copy = copies.back_up(case.path, case.copies / "a.sqlite3")
    garble(copy, 8192, 1)
    assert found(case, "copies").severity == "error"


def test_a_link_that_leads_nowhere_is_a_finding(case: Case) -> None:
    case.path.unlink()
    case.path.symlink_to(case.path)
    assert "version" in ills(case)


# Copies


def test_a_copy_holds_what_the_store_holds_and_its_sha256_lies_beside(case: Case) -> None:
    copy = copies.back_up(case.path, case.copies / "a.sqlite3")
    assert everything(copy) == everything(case.path)
    digest = hashlib.sha256(copy.read_bytes()).hexdigest()
    assert (case.copies / "a.sqlite3.sha256").read_text(encoding="ascii") == f"{digest}  a.sqlite3\n"
    assert sorted(place.name for place in case.copies.iterdir()) == ["a.sqlite3", "a.sqlite3.sha256"]


def test_a_copy_is_as_private_as_the_store(case: Case) -> None:
    case.path.chmod(0o600)
    assert copies.back_up(case.path, case.copies / "a.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_copy_is_not_overwritten_unasked(case: Case) -> None:
    target = case.copies / "a.sqlite3"
    copies.back_up(case.path, target)
    before = target.read_bytes()
    hurt(case.path, "DELETE FROM article_texts")
    with pytest.raises(ConflictError, match="exists already"):
        copies.back_up(case.path, target)
    assert target.read_bytes() == before
    copies.back_up(case.path, target, replace=True)
    assert (ask(target, "SELECT count(*) FROM article_texts"), copies.is_altered(target)) == ([(0,)], False)


def test_the_store_is_not_copied_over_itself(case: Case) -> None:
    with pytest.raises(ConflictError, match="the store itself"):
        copies.back_up(case.path, case.path, replace=True)


def test_a_store_that_is_not_there_is_not_made_by_copying_it(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        copies.back_up(tmp_path / "none.sqlite3", tmp_path / "copy.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_store_is_not_copied_over_a_good_copy(case: Case) -> None:
    target = copies.back_up(case.path, case.copies / "a.sqlite3")
    before = target.read_bytes()
    root = ask(case.path, "SELECT rootpage FROM sqlite_master WHERE name = 'articles'")[0][0]
    garble(case.path, (int(str(root)) - 1) * 4096)
    with pytest.raises(StoreError, match="is damaged"):
        copies.back_up(case.path, target, replace=True)
    assert target.read_bytes() == before


def test_a_copy_that_is_made_while_others_write_is_one_moment_of_the_store(case: Case) -> None:
    with running(WRITE, case.path):
        made = [copies.back_up(case.path, case.copies / f"{number}.sqlite3") for number in range(5)]
    pairs = [ask(copy, "SELECT count(*) % 2, count(*) FROM articles")[0] for copy in made]
    assert [odd for odd, _ in pairs] == [0] * 5
    assert pairs == sorted(pairs)
    assert all(ask(copy, "PRAGMA integrity_check") == [("ok",)] for copy in made)


def test_a_backup_that_is_killed_leaves_a_whole_copy_under_its_name(case: Case) -> None:
    chance = random.Random(7)  # noqa: S311 — when to kill is no secret
    target = copies.back_up(case.path, case.copies / "a.sqlite3")
    for _ in range(8):
        with running(COPY, case.path, target) as process:
            time.sleep(chance.random() / 20)
            process.send_signal(signal.SIGKILL)
        assert everything(target) == everything(case.path)
        assert not copies.is_altered(target)


# Restoring


def test_a_restored_store_holds_what_it_held(case: Case) -> None:
    before = everything(case.path)
    copy = copies.back_up(case.path, case.copies / "a.sqlite3")
    content = copy.read_bytes()
    hurt(case.path, "DELETE FROM article_texts")
    after = everything(case.path)

    kept = restoring.restore(copy, case.path)

    assert everything(case.path) == before
    assert kept is not None
    assert everything(kept) == after
    assert (copy.read_bytes(), ills(case)) == (content, [])


def test_a_store_behind_a_link_is_restored_behind_it(case: Case, tmp_path: Path) -> None:
    copy = copies.back_up(case.path, case.copies / "a.sqlite3")
    elsewhere = tmp_path / "elsewhere.sqlite3"
    case.path.rename(elsewhere)
    case.path.symlink_to(elsewhere)
    garbage(elsewhere)
    restoring.restore(copy, case.path)
    assert (case.path.is_symlink(), everything(elsewhere)) == (True, everything(copy))


def test_what_an_earlier_restore_kept_is_kept_still(case: Case) -> None:
    copy = copies.back_up(case.path, case.copies / "a.sqlite3")
    kept = [restoring.restore(copy, case.path) for _ in range(3)]
    assert [place.name.rpartition("before-")[2] for place in kept if place] == ["restore", "restore-2", "restore-3"]


def test_an_older_copy_is_upgraded(case: Case, tmp_path: Path) -> None:
    older = tmp_path / "older.sqlite3"
    schema.upgrade(older, head=1)
    content = older.read_bytes()
    restoring.restore(older, case.path)
    assert ask(case.path, "PRAGMA user_version") == [(schema.HEAD,)]
    assert older.read_bytes() == content
    assert sorted(place.name for place in case.path.parent.iterdir()) == [
        "newsletter.sqlite3",
        "newsletter.sqlite3.before-restore",
    ]


def test_a_copy_with_its_log_beside_is_read_with_it(case: Case, tmp_path: Path) -> None:
    copy = tmp_path / "copied by hand.sqlite3"
    with closing(engine.connect(case.path)) as connection:
        connection.execute("PRAGMA journal_mode=wal").fetchall()
        connection.execute("DELETE FROM article_texts WHERE article_id > 10")
        for ending in ("", "-wal"):
            copy.with_name(copy.name + ending).write_bytes(case.path.with_name(case.path.name + ending).read_bytes())
    hurt(case.path, "DELETE FROM article_texts")
    restoring.restore(copy, case.path)
    assert ask(case.path, "SELECT count(*) FROM article_texts") == [(10,)]


def truncated(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-5000])


def flipped(copy: Path) -> None:
    garble(copy, copy.stat().st_size - 100, 1)


def truncated_without_note(copy: Path) -> None:
    truncated(copy)
    copy.with_name(f"{copy.name}.sha256").unlink()


def noted_badly(copy: Path) -> None:
    copy.with_name(f"{copy.name}.sha256").write_bytes(b"")


def garbage(copy: Path) -> None:
    copy.write_bytes(b"garbage " * 999)
    copy.with_name(f"{copy.name}.sha256").unlink(missing_ok=True)


def newer(copy: Path) -> None:
    hurt(copy, "PRAGMA user_version=99")
    copy.with_name(f"{copy.name}.sha256").unlink()


def strange(copy: Path) -> None:
    hurt(copy, "PRAGMA application_id=1")
    copy.with_name(f"{copy.name}.sha256").unlink()


def empty(copy: Path) -> None:
    copy.write_bytes(b"")
    copy.with_name(f"{copy.name}.sha256").unlink(missing_ok=True)


@pytest.mark.parametrize(
    "spoil", [truncated, flipped, truncated_without_note, noted_badly, garbage, newer, strange, empty]
)
def test_a_bad_copy_is_refused_and_the_store_stands(case: Case, spoil: Callable[[Path], None]) -> None:
    copy = copies.back_up(case.path, case.copies / "a.sqlite3")
    spoil(copy)
    before = case.path.read_bytes()
    with pytest.raises(StoreError) as refused:
        restoring.restore(copy, case.path)
    assert "\n" not in str(refused.value)
    assert case.path.read_bytes() == before
    assert [place.name for place in case.path.parent.iterdir() if place.is_file()] == [case.path.name]


def test_a_store_that_another_program_writes_is_not_replaced(case: Case) -> None:
    copy = copies.back_up(case.path, case.copies / "a.sqlite3")
    before = everything(case.path)
    with running(HOLD, case.path, "BEGIN IMMEDIATE", "UPDATE sources SET title = title"):
        with pytest.raises(StoreError, match="another program has it open"):
            restoring.restore(copy, case.path)
        assert everything(case.path) == before
    assert ills(case) == []


@pytest.mark.parametrize("spoil", [garbage, truncated, empty], ids=lambda spoil: spoil.__name__)
def test_a_store_that_cannot_be_read_is_replaced_and_kept(case: Case, spoil: Callable[[Path], None]) -> None:
    before = everything(case.path)
    copy = copies.back_up(case.path, case.copies / "a.sqlite3")
    spoil(case.path)
    kept = restoring.restore(copy, case.path)
    assert everything(case.path) == before
    assert kept is not None
    assert kept.is_file()


def test_the_log_of_a_lost_store_is_not_played_into_the_restored_one(case: Case, tmp_path: Path) -> None:
    copy = copies.back_up(case.path, tmp_path / "a.sqlite3")
    before = everything(copy)
    with closing(engine.connect(case.path)) as connection:
        connection.execute("PRAGMA journal_mode=wal").fetchall()
        connection.execute("DELETE FROM article_texts")
        log = case.path.with_name(f"{case.path.name}-wal").read_bytes()
    case.path.unlink()
    case.path.with_name(f"{case.path.name}-wal").write_bytes(log)
    restoring.restore(copy, case.path)
    assert everything(case.path) == before


def test_a_restore_that_is_killed_leaves_the_old_store_or_the_new(case: Case) -> None:
    chance = random.Random(7)  # noqa: S311 — as above
    new = everything(case.path)
    copy = copies.back_up(case.path, case.copies / "a.sqlite3")
    for _ in range(8):
        hurt(case.path, "DELETE FROM article_texts WHERE article_id > 30")
        old = everything(case.path)
        with running(RESTORE, case.path, copy) as process:
            time.sleep(chance.random() / 10)
            process.send_signal(signal.SIGKILL)
        assert everything(case.path) in (old, new)
        assert ask(case.path, "PRAGMA integrity_check") == [("ok",)]


# The commands


def test_the_doctor_says_a_row_a_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(currents, ["doctor"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 16
    assert rows[-1] == "1 to watch"
    assert {row[0] for row in rows[:-1]} == {"✓", "!"}


def test_the_doctor_mends_and_looks_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hurt(folder / "db" / "newsletter.sqlite3", "DROP INDEX ix_articles_dated_id", "DROP TABLE article_words")
    assert run(currents, ["doctor"]) == 1
    assert run(currents, ["doctor", "--fix"]) == 0
    assert "mended: index\nmended: objects" in capsys.readouterr().err
    assert run(currents, ["doctor"]) == 0


def test_the_doctor_speaks_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "db" / "newsletter.sqlite3").write_bytes(b"garbage " * 99)
    capsys.readouterr()
    assert run(currents, ["doctor", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said[0]["check"] == "version"
    assert said[0]["severity"] == "error"


def test_a_store_is_backed_up_and_restored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = folder / "db" / "newsletter.sqlite3"
    assert run(currents, ["backup"]) == 0
    name = capsys.readouterr().out.partition(":")[0].removesuffix(":")
    copy = next((folder / "db" / "copies").glob("*.sqlite3"))
    assert str(copy.relative_to(folder)).startswith(name)
    hurt(store, "DELETE FROM article_texts", "DELETE FROM articles")
    assert run(currents, ["restore", str(copy), "--yes"]) == 0
    assert count(store) == 2
    assert run(currents, ["doctor"]) == 0


def test_a_copy_is_named_for_its_minute(folder: Path) -> None:
    room = Newsroom(read_settings(folder), lambda: NOW)
    assert room.back_up().name == "2026-11-24T1200.sqlite3"


def test_restoring_a_file_that_is_not_there_asks_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(currents, ["restore", "none.sqlite3"]) == 5
    assert "no such file" in capsys.readouterr().err
