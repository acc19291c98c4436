"""Publishing is whole: killed, doubled, cut short, or met by other hands, nothing is lost and nothing goes out twice."""

import json
import os
import re
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from salt import SITE, Cli, again, draft, found, put_out

from composer.app import open_newsroom
from composer.desk.publishing import publish
from composer.desk.revising import take_in
from composer.errors import ConflictError, OutboxError
from composer.journal import LISTS, Plan
from composer.outlets import FolderOutlet
from composer.ports import Store

HERE = Path(__file__).parent
NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
A, B, C = ("a" * 64, "b" * 64, "c" * 64)
KILLS = int(os.environ.get("CURRENTS_KILLS", "40"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    newsletter = found(tmp_path)
    monkeypatch.chdir(newsletter)
    return newsletter


# The shelf itself


def test_a_plan_stands_until_it_ends(store: Store) -> None:
    shelf = store.journal
    assert shelf.plan(3) is None
    plan = Plan(edition_id=3, revision=2, moment=NOON, files={"site/a": A, "site/b": B}, folders=("site/c",))
    shelf.begin(plan)
    left = shelf.plan(3)
    assert left is not None
    assert (left.revision, left.moment, left.files) == (2, NOON, plan.files)
    assert shelf.unfinished() == (3,)
    shelf.finish(plan)
    assert (shelf.plan(3), shelf.unfinished()) == (None, ())
    assert shelf.known(["site/a", "site/x"], []) == {"site/a": {A}}


def test_what_an_earlier_plan_may_have_written_stays_known_until_one_ends(store: Store) -> None:
    shelf = store.journal
    shelf.finish(Plan(edition_id=LISTS, moment=NOON, files={"site/a": A}))
    shelf.begin(Plan(edition_id=3, revision=1, moment=NOON, files={"site/a": B}))
    second = Plan(edition_id=3, revision=2, moment=NOON + timedelta(hours=1), files={"site/a": C})
    shelf.begin(second)
    assert shelf.known(["site/a"], []) == {"site/a": {A, B, C}}
    left = shelf.plan(3)
    assert left is not None
    assert (left.revision, left.files) == (2, {"site/a": C})
    shelf.finish(second)
    assert shelf.known(["site/a"], []) == {"site/a": {C}}


def test_a_withdrawn_plan_leaves_nothing(store: Store) -> None:
    store.journal.begin(Plan(edition_id=3, revision=1, moment=NOON, files={"site/a": B}))
    store.journal.withdraw(3)
    assert (store.journal.unfinished(), store.journal.known(["site/a"], ["site"])) == ((), {})


def test_what_a_replaced_folder_held_before_is_forgotten(store: Store) -> None:
    shelf = store.journal
    shelf.finish(Plan(edition_id=3, moment=NOON, files={"m/x/old": A, "m/x/kept": A, "m/xy/beside": A}, folders=()))
    shelf.finish(Plan(edition_id=3, moment=NOON, files={"m/x/kept": B}, folders=("m/x",)))
    assert shelf.known([], ["m/x"]) == {"m/x/kept": {B}}
    assert shelf.known([], ["m"]) == {"m/x/kept": {B}, "m/xy/beside": {A}}


def test_more_paths_than_a_statement_takes_are_all_found(store: Store) -> None:
    files = {f"site/{number}": A for number in range(1200)}
    store.journal.begin(Plan(edition_id=LISTS, moment=NOON, files=files))
    assert store.journal.known(list(files), []).keys() == files.keys()


# Killed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_moment_publishing_again_ends_it_and_nothing_goes_out_twice(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    draft(cli, 2)
    told = subprocess.run(
        [sys.executable, str(HERE / "killing.py"), str(folder), str(KILLS)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    )
    assert told.returncode == 0, told.stderr
    counted = json.loads(told.stdout)
    assert counted["kills"] == KILLS
    assert 0 < counted["readers saw the page already"] < KILLS  # some died before readers saw it, some after


def test_words_that_change_after_a_crash_keep_the_day_on_which_readers_saw_the_first(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    with open_newsroom() as room:
        soon = room.clock().replace(microsecond=0) + timedelta(hours=1)
    with open_newsroom(clock=lambda: soon) as room:
        copy = take_in(room.desk, 1)
        publish(room.press, room.dock, copy)
        plan = Plan(edition_id=1, revision=1, moment=soon, files=digests(room.root))
        room.store.journal.begin(plan)  # as a crash just before its end leaves it
    file = folder / "editions/salt-1.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("dearer than bread", "dearer then bread"), encoding="utf-8"
    )
    later = soon + timedelta(hours=5)
    with open_newsroom(clock=lambda: later) as room:
        publish(room.press, room.dock, take_in(room.desk, 1))
        edition = room.store.editions.get(1)
        assert (edition.published_at, edition.updated_at) == (soon, later)
        assert room.store.journal.unfinished() == ()


def digests(root: Path) -> dict[str, str]:
    site = root / "outbox"
    return {str(path.relative_to(site)): sha256(path.read_bytes()).hexdigest() for path in site.rglob("*.html")}


def test_the_doctor_names_a_publication_that_was_cut_off(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    with open_newsroom() as room:
        room.store.journal.begin(Plan(edition_id=1, revision=1, moment=NOON))
        room.store.journal.begin(Plan(edition_id=LISTS, moment=NOON))
    said = cli("doctor").out
    assert re.search(
        r"^! publishing .*edition 1 was cut off; `currents publish 1`.*`currents feed`", said, re.MULTILINE
    )
    again(cli, 1, "dearer than bread", "dearer then bread")
    assert cli("feed").code == 0
    assert re.search(r"^✓ publishing ", cli("doctor").out, re.MULTILINE)


# Cut short, and met by others


def test_an_outbox_that_cannot_be_written_leaves_no_plan(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    (SITE / "feed.xml").mkdir(parents=True)
    ran = cli("publish", "1")
    assert (ran.code, "nothing was published" in ran.err) == (1, True)
    with open_newsroom() as room:
        assert room.store.journal.unfinished() == ()
        assert room.store.editions.get(1).status == "draft"


def test_a_clock_that_was_turned_back_publishes_nothing(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    with open_newsroom(clock=lambda: datetime(1970, 1, 1, tzinfo=UTC)) as room:
        copy = take_in(room.desk, 1)
        with pytest.raises(OutboxError, match=r"clock says 1970-01-01 00:00 UTC, but revision 1 was saved at 20"):
            publish(room.press, room.dock, copy)
    assert not SITE.exists()


def test_what_was_saved_while_a_publication_waited_is_not_passed_over(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    with open_newsroom() as room:
        copy = take_in(room.desk, 1)
        file = folder / "editions/salt-1.md"
        file.write_text(file.read_text(encoding="utf-8").replace("nobody there", "no one there"), encoding="utf-8")
        take_in(room.desk, 1)
        with pytest.raises(ConflictError, match=r"revision 2 was saved meanwhile; look at it, then publish again"):
            publish(room.press, room.dock, copy)
    assert not SITE.exists()


def test_two_publications_at_once_come_one_after_the_other_and_both_are_in_every_list(folder: Path, cli: Cli) -> None:
    numbers = (1, 2, 3, 4)
    for number in numbers:
        draft(cli, number)
    commands = [[sys.executable, "-m", "composer", "publish", str(number)] for number in numbers]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for command in commands
    ]
    for run in runs:
        _, complained = run.communicate()
        assert run.returncode == 0, complained
    for name in ("index.html", "feed.xml", "atom.xml", "feed.json", "sitemap-2026.xml"):
        words = (SITE / name).read_text(encoding="utf-8")
        assert [number for number in numbers if f"editions/salt-{number}" not in words] == [], name


def test_one_who_waits_too_long_is_told(tmp_path: Path) -> None:
    holding, ours = FolderOutlet(tmp_path), FolderOutlet(tmp_path, patience_seconds=0.1)
    with (
        holding.turn(),
        pytest.raises(ConflictError, match="another command has been writing there for long"),
        ours.turn(),
    ):
        pytest.fail("two turns at once")
    with ours.turn(), ours.turn():  # one's own turn is no hindrance
        pass


def test_who_waits_goes_on_when_the_other_is_done(tmp_path: Path) -> None:
    begun, order = threading.Event(), []

    def hold() -> None:
        with FolderOutlet(tmp_path).turn():
            begun.set()
            order.append("first")

    with FolderOutlet(tmp_path).turn():
        thread = threading.Thread(target=hold)
        thread.start()
        assert not begun.wait(0.1)
        order.append("ours")
    thread.join(30)
    assert order == ["ours", "first"]


# Changed by hand


def test_what_was_changed_by_hand_is_never_written_over_unasked(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    mine = b"<h1>Mine</h1>"
    (SITE / "index.html").write_bytes(mine)
    (SITE / "editions/salt-1/index.html").write_bytes(mine)
    draft(cli, 2)
    ran = cli("publish", "2")
    assert ran.code == 6
    assert "index.html: changed by hand since it was written; nothing was published. --over writes over it" in ran.err
    assert (SITE / "index.html").read_bytes() == mine
    assert not (SITE / "editions/salt-2").exists()

    assert cli("publish", "2", "--over").code == 0
    kept = sorted(path for path in Path("outbox/.kept").rglob("*") if path.is_file())
    assert [path.read_bytes() for path in kept] == [mine, mine]
    assert [str(path).split("/", 3)[3] for path in kept] == ["site/editions/salt-1/index.html", "site/index.html"]
    assert b"Salt 2" in (SITE / "index.html").read_bytes()
    assert cli("publish", "2").code == 0


def test_a_file_that_somebody_put_into_an_editions_folder_is_not_swept_away(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    (SITE / "editions/salt-1/map.pdf").write_bytes(b"a map")
    (SITE / "editions/salt-1/index.html").unlink()  # what is missing is written again
    ran = cli("publish", "1")
    assert (ran.code, "map.pdf: changed by hand" in ran.err) == (6, True)
    assert (SITE / "editions/salt-1/map.pdf").read_bytes() == b"a map"
    assert cli("publish", "1", "--over").code == 0
    assert (SITE / "editions/salt-1/index.html").exists()
    assert [path.read_bytes() for path in Path("outbox/.kept").rglob("map.pdf")] == [b"a map"]


def test_lists_that_were_changed_by_hand_stay_as_well(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    (SITE / "feed.xml").write_bytes(b"<rss/>")
    assert cli("feed").code == 6
    assert (SITE / "feed.xml").read_bytes() == b"<rss/>"
    assert cli("feed", "--over").code == 0
    assert b"Salt 1" in (SITE / "feed.xml").read_bytes()


def test_an_outbox_from_before_the_journal_is_written_as_ever(folder: Path, cli: Cli) -> None:
    SITE.mkdir(parents=True)
    (SITE / "index.html").write_bytes(b"an older page")
    put_out(cli, 1)
    assert b"Salt 1" in (SITE / "index.html").read_bytes()


def test_a_dry_run_shows_what_would_change_and_writes_nothing(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    ran = cli("publish", "1", "--dry-run")
    assert (ran.code, ran.out.splitlines()[-1].startswith("Salt 1: ")) == (0, True)
    assert "  outbox/site/editions/salt-1/index.html: would be new" in ran.out
    assert re.search(r"^\+.*Salt is dearer than bread", ran.out, re.MULTILINE)
    assert not SITE.exists()
    with open_newsroom() as room:
        assert (room.store.editions.get(1).status, room.store.journal.unfinished()) == ("draft", ())
    assert cli("publish", "1").code == 0
    before = {path: path.stat().st_mtime_ns for path in Path("outbox").rglob("*")}
    file = Path("editions/salt-1.md")
    file.write_text(file.read_text(encoding="utf-8").replace("nobody there", "noboby there"), encoding="utf-8")
    ran = cli("publish", "1", "--dry-run")
    assert "  outbox/site/feed.xml: would change" in ran.out
    assert "robots.txt" not in ran.out
    changed = [line for line in ran.out.splitlines() if re.match(r"[+-](?![+-])", line)]
    assert any(line.startswith("-") and "nobody there" in line for line in changed)
    assert {path: path.stat().st_mtime_ns for path in Path("outbox").rglob("*")} == before
    file.write_text(file.read_text(encoding="utf-8").replace("noboby there", "TK there"), encoding="utf-8")
    assert cli("publish", "1", "--dry-run").code == 7
