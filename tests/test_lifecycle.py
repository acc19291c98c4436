"""From draft to readers: review, approval, schedule and the log; what is approved is what goes out."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from makers import NOON, edition
from salt import SITE, Cli, draft, found, put_out

from composer.app import Newsroom, open_newsroom
from composer.desk import lifecycle
from composer.desk.lifecycle import publish_due
from composer.desk.revising import take_in
from composer.errors import ConflictError, NotFoundError, UsageError
from composer.lifecycle import Event, Step, after
from composer.model import EditionStatus, Revision
from composer.moments import moment
from composer.ports import Store
from db import open_store, schema

LEADS = {
    ("draft", "submitted"): "in_review",
    ("draft", "scheduled"): "scheduled",
    ("draft", "published"): "published",
    ("draft", "discarded"): "discarded",
    ("in_review", "submitted"): "in_review",
    ("in_review", "approved"): "approved",
    ("in_review", "discarded"): "discarded",
    ("approved", "approved"): "approved",
    ("approved", "scheduled"): "scheduled",
    ("approved", "published"): "published",
    ("approved", "discarded"): "discarded",
    ("scheduled", "approved"): "approved",
    ("scheduled", "scheduled"): "scheduled",
    ("scheduled", "published"): "published",
    ("published", "submitted"): "published",
    ("published", "approved"): "published",
    ("published", "published"): "published",
    ("published", "corrected"): "corrected",
    ("published", "retracted"): "retracted",
    ("corrected", "submitted"): "corrected",
    ("corrected", "approved"): "corrected",
    ("corrected", "published"): "corrected",
    ("corrected", "corrected"): "corrected",
    ("corrected", "retracted"): "retracted",
}
BERLIN = ZoneInfo("Europe/Berlin")
MANUSCRIPT = Path("editions/salt-1.md")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    newsletter = found(tmp_path)
    monkeypatch.chdir(newsletter)
    monkeypatch.delenv("CURRENTS_NAME", raising=False)
    return newsletter


def ruled(folder: Path, **rules: bool) -> None:
    """Set rules of review in newsletter.toml."""
    file = folder / "newsletter.toml"
    words = file.read_text(encoding="utf-8").partition("[review]")[0]
    said = "".join(f"{name} = {str(value).lower()}\n" for name, value in rules.items())
    file.write_text(f"{words}\n[review]\n{said}", encoding="utf-8")


def change(old: str = "nobody there", new: str = "no one there") -> None:
    words = MANUSCRIPT.read_text(encoding="utf-8")
    assert old in words
    MANUSCRIPT.write_text(words.replace(old, new), encoding="utf-8")


def steps(number: int = 1) -> list[str]:
    with open_newsroom() as room:
        return [event.step for event in room.store.events.of(number)]


def status(number: int = 1) -> str:
    with open_newsroom() as room:
        return room.store.editions.get(number).status


@contextmanager
def at(clock: datetime) -> Iterator[Newsroom]:
    with open_newsroom(clock=lambda: clock) as room:
        yield room


# Review and approval


def test_an_approval_holds_for_the_text_that_was_read_and_for_no_other(folder: Path, cli: Cli) -> None:
    ruled(folder, required=True)
    draft(cli, 1)
    refused = cli("publish", "1")
    assert (refused.code, "nobody approved revision 1; `currents submit 1`" in refused.err) == (7, True)
    assert cli("submit", "1", "--by", "Nino").out == "Salt 1: in review\n"
    assert cli("publish", "1").code == 6
    assert cli("approve", "1", "--by", "Alex").out == "Salt 1: approved\n"
    change()
    assert cli("publish", "1").code == 7
    assert (status(), steps()) == ("draft", ["submitted", "approved", "dropped"])
    assert not SITE.exists()
    cli("submit", "1", "--by", "Nino")
    cli("approve", "1", "--by", "Alex")
    assert cli("publish", "1", "--by", "Nino").code == 0
    assert steps()[-1] == "published"


def test_any_way_of_changing_the_text_ends_the_approval(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    for command in (("set", "1", "dek=Salt and bread"), ("drop", "1", "2"), ("revert", "1", "1")):
        cli("submit", "1")
        assert cli("approve", "1", "--by", "Alex").code == 0
        assert cli(*command).code == 0, command
        assert (status(), steps()[-1]) == ("draft", "dropped"), command


def test_who_reviews_may_write_without_ending_the_review(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    cli("submit", "1")
    change()
    assert cli("approve", "1", "--by", "Alex").code == 0
    assert steps() == ["submitted", "approved"]


def test_an_approval_has_a_name_and_the_name_is_never_guessed(
    folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(cli, 1)
    cli("submit", "1")
    refused = cli("approve", "1")
    assert (refused.code, "an approval needs the name of whoever answers for it" in refused.err) == (2, True)
    monkeypatch.setenv("CURRENTS_NAME", "Alex Example")
    assert cli("approve", "1").code == 0
    assert "Alex Example" in cli("log", "1").out


def test_with_four_eyes_nobody_approves_what_she_handed_in(folder: Path, cli: Cli) -> None:
    ruled(folder, four_eyes=True)
    draft(cli, 1)
    cli("submit", "1", "--by", "Nino Example")
    refused = cli("approve", "1", "--by", "nino example")
    assert (refused.code, "review.four_eyes wants somebody else" in refused.err) == (6, True)
    assert cli("approve", "1", "--by", "Alex").code == 0


def test_nothing_is_approved_or_scheduled_while_an_error_stands(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    change("nobody there can say why", "TK can say why")
    cli("submit", "1")
    assert cli("approve", "1", "--by", "Alex").code == 7
    cli("send-back", "1", "--note", "a place is open")
    assert cli("schedule", "1", "--at", "23:59").code == 7
    assert steps() == ["submitted", "sent back"]


def test_a_manuscript_that_cannot_be_read_whole_is_not_handed_in(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    change("::: link\n", "::: lnik\n")
    refused = cli("submit", "1")
    assert (refused.code, "line " in refused.err) == (7, True)


def test_what_was_sent_back_is_approved_no_longer(folder: Path, cli: Cli) -> None:
    ruled(folder, required=True)
    draft(cli, 1)
    cli("submit", "1")
    cli("approve", "1", "--by", "Alex")
    assert cli("send-back", "1", "--by", "Alex", "--note", "the lede").code == 0
    assert cli("publish", "1").code == 7


def test_a_correction_is_reviewed_while_the_edition_stays_out(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    ruled(folder, required=True)
    change("dearer than bread", "dearer then bread")
    assert cli("publish", "1").code == 7
    assert cli("submit", "1").out == "Salt 1: published\n"
    assert cli("approve", "1", "--by", "Alex").code == 0
    assert cli("publish", "1").code == 0
    assert (status(), steps()) == ("published", ["published", "submitted", "approved", "published"])


def test_what_is_laid_aside_is_taken_up_again(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    assert cli("discard", "1").code == 0
    refused = cli("publish", "1")
    assert (refused.code, "`currents discard 1 --undo` takes it up again" in refused.err) == (6, True)
    assert cli("discard", "1", "--undo").code == 0
    assert cli("publish", "1").code == 0


STATUSES = ("draft", "in_review", "approved", "scheduled", "published", "corrected", "retracted", "discarded")


@pytest.mark.parametrize("was", STATUSES)
@pytest.mark.parametrize(
    "step", ["submitted", "approved", "scheduled", "published", "corrected", "retracted", "discarded"]
)
def test_every_step_leads_where_it_may_and_names_the_way_on_elsewhere(was: EditionStatus, step: Step) -> None:
    one = replace(edition(), id=7, status=was)
    if (was, step) not in LEADS:
        with pytest.raises(ConflictError, match=r" 7|begin another edition"):
            after(one, step)
    else:
        assert after(one, step) == LEADS[was, step]


# The log


def test_the_record_says_who_answers_for_which_text(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    change("source: wire\n", "source: wire\nai: assisted\n")
    change(
        "profile: small\n",
        "profile: small\nai: assisted\nai_note: A model drafted a story, and Nino Example checked it.\n",
    )
    cli("submit", "1", "--by", "Nino Example")
    assert cli("approve", "1", "--by", "Alex Example", "--note", "read against its source").code == 0
    cli("publish", "1")
    said = cli("log", "1", "--record").out
    with open_newsroom() as room:
        sha256 = room.store.editions.revision(1, room.store.editions.get(1).revision).sha256
    assert sha256 in said
    assert "by Nino Example" in said
    assert "by Alex Example (read against its source; proof: " in said
    assert "responsible  Portolan <desk@portolan.example.org>" in said
    assert ": link, assisted" in said
    change()
    assert "approved     nobody approved this text" in cli("log", "1", "--record").out


def test_the_log_is_a_table_and_json(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    assert "no step yet" in cli("log", "1").err
    cli("submit", "1", "--by", "Nino", "--note", "the first")
    table = cli("log", "1").out
    assert ("submitted" in table, "the first" in table) == (True, True)
    told = json.loads(cli("log", "1", "--json").out)
    assert [(one["step"], one["who"], one["words"], one["revision"]) for one in told] == [
        ("submitted", "Nino", "the first", 1)
    ]
    assert cli("log", "9").code == 5


def test_nothing_in_the_log_is_ever_changed(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    cli("submit", "1")
    with closing(sqlite3.connect(folder / "db/newsletter.sqlite3")) as store:
        for statement in ("UPDATE events SET who = 'me'", "DELETE FROM events"):
            with pytest.raises(sqlite3.IntegrityError, match="an event is never"):
                store.execute(statement)


def test_the_log_goes_with_an_export_and_a_schedule_does_not(
    folder: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(cli, 1)
    cli("submit", "1", "--by", "Nino")
    cli("approve", "1", "--by", "Alex")
    cli("schedule", "1", "--at", "23:59")
    before = [replace(event, edition_id=0) for event in log_of(1)]
    assert cli("export", "--all", str(tmp_path / "out")).code == 0
    other = found(tmp_path / "elsewhere")
    monkeypatch.chdir(other)
    assert cli("import", str(tmp_path / "out")).code == 0
    assert [replace(event, edition_id=0) for event in log_of(1)] == before
    assert status() == "draft"  # else both would publish it
    assert cli("import", str(tmp_path / "out")).code == 0
    assert len(log_of(1)) == len(before)


def log_of(number: int) -> tuple[Event, ...]:
    with open_newsroom() as room:
        return room.store.events.of(number)


def test_a_step_and_the_status_are_kept_together_or_not_at_all(store: Store) -> None:
    words = Revision(edition_id=0, number=1, text="Salt.", sha256="a" * 64, saved_at=NOON)
    kept = store.editions.create(edition(), words)
    event = Event(
        edition_id=kept.id, step="submitted", at=NOON, before="draft", after="in_review", revision=1, sha256="a" * 64
    )
    assert store.events.take(kept, event).status == "in_review"
    assert store.editions.get(kept.id).status == "in_review"
    with pytest.raises(ConflictError):
        store.events.take(kept, event)
    assert store.events.of(kept.id) == (event,)
    with pytest.raises(NotFoundError):
        store.events.take(replace(kept, id=99), replace(event, edition_id=99))


def test_only_the_newest_schedule_of_what_is_scheduled_counts(store: Store) -> None:
    for number, (hours, again, gone) in enumerate([(3, 0, False), (2, 5, False), (1, 0, True)], 1):
        words = Revision(edition_id=0, number=1, text="Salt.", sha256="a" * 64, saved_at=NOON)
        named = replace(edition(), uid=f"uid-{number}", slug=f"salt-{number}", filename=f"salt-{number}.md")
        kept = store.editions.create(named, words)
        event = Event(
            edition_id=kept.id,
            step="scheduled",
            at=NOON,
            before="draft",
            after="scheduled",
            revision=1,
            sha256="a" * 64,
        )
        kept = store.events.take(kept, replace(event, due=NOON + timedelta(hours=hours)))
        if again:
            later = replace(event, before="scheduled", due=NOON + timedelta(hours=again))
            store.events.take(kept, later)
        if gone:
            store.events.take(kept, replace(event, step="unscheduled", before="scheduled", after="draft", due=None))
    due = [(event.edition_id, event.due) for event in store.events.scheduled()]
    assert due == [(1, NOON + timedelta(hours=3)), (2, NOON + timedelta(hours=5))]


# The schedule


def test_what_is_due_goes_out_and_what_is_not_waits(folder: Path, cli: Cli) -> None:
    for number in (1, 2):
        draft(cli, number)
    with open_newsroom() as room:
        now = room.clock()
        for number, hours in ((1, 1), (2, 9)):
            lifecycle.schedule(room.press, room.desk, take_in(room.desk, number), now + timedelta(hours=hours), "Nino")
    assert cli("run").code == 0
    assert not SITE.exists()
    with at(now + timedelta(hours=1, seconds=30)) as room:
        went = list(publish_due(room.press, room.dock, "cron"))
        assert [(due.edition.id, due.problem) for due in went] == [(1, None)]
        assert list(publish_due(room.press, room.dock, "cron")) == []
    assert (status(1), status(2)) == ("published", "scheduled")


def test_a_missed_time_is_made_up_for_and_said(folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    draft(cli, 1)
    with open_newsroom() as room:
        now = room.clock()
        lifecycle.schedule(room.press, room.desk, take_in(room.desk, 1), now + timedelta(minutes=1), "Nino")
    monkeypatch.setattr(
        "composer.cli.scheduling.open_newsroom", lambda _: open_newsroom(clock=lambda: now + timedelta(hours=3))
    )
    ran = cli("run")
    assert ran.code == 0
    assert ran.out.splitlines()[-1].endswith(", 2 h 59 min late")
    with open_newsroom() as room:
        published = room.store.editions.get(1).published_at
    assert published == (now + timedelta(hours=3)).replace(
        microsecond=0
    )  # when readers had it, not when they should have


def test_what_was_changed_after_it_was_scheduled_does_not_go_out(folder: Path, cli: Cli) -> None:
    for number in (1, 2):
        draft(cli, number)
    with open_newsroom() as room:
        due = room.clock() + timedelta(minutes=1)
        for number in (1, 2):
            lifecycle.schedule(room.press, room.desk, take_in(room.desk, number), due, "Nino")
    change()
    with at(due + timedelta(minutes=1)) as room:
        went = {one.edition.id: one.problem for one in publish_due(room.press, room.dock, "cron")}
    assert isinstance(went[1], ConflictError)
    assert "its text was changed after it was scheduled" in str(went[1])
    assert went[2] is None  # one that cannot go out keeps no other back
    assert (status(1), status(2)) == ("draft", "published")


def test_what_was_cancelled_does_not_go_out(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    assert cli("schedule", "1", "--at", "23:59").code == 0
    assert cli("schedule", "1", "--cancel").code == 0
    with at(datetime.now(UTC) + timedelta(days=2)) as room:
        assert list(publish_due(room.press, room.dock, "cron")) == []
    assert cli("schedule", "1").code == cli("schedule", "1", "--at", "23:59", "--cancel").code == 2


def test_two_that_run_at_once_publish_once(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    with open_newsroom() as room:
        due = room.clock() + timedelta(seconds=1)
        lifecycle.schedule(room.press, room.desk, take_in(room.desk, 1), due, "Nino")
    while datetime.now(UTC) < due:
        time.sleep(0.05)
    command = [sys.executable, "-m", "composer", "run"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], said
    assert sum("published, as scheduled" in out for out, _ in said) == 1
    assert steps() == ["scheduled", "published"]


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another thing there")
def test_who_watches_publishes_when_the_time_comes(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    with open_newsroom() as room:
        due = room.clock() + timedelta(seconds=3)
        lifecycle.schedule(room.press, room.desk, take_in(room.desk, 1), due, "Nino")
    command = [sys.executable, "-m", "composer", "run", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        assert any("published, as scheduled" in line for line in watching.stdout)
        watching.send_signal(signal.SIGINT)
        _, complained = watching.communicate(timeout=30)
    assert watching.returncode == 0
    assert "Traceback" not in complained


# Moments


NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "utc"),
    [
        ("2026-03-27 08:00", "2026-03-27T07:00:00+00:00"),
        ("2026-03-30 08:00", "2026-03-30T06:00:00+00:00"),
        ("2026-03-30T08:00", "2026-03-30T06:00:00+00:00"),
        ("2026-03-30T08:00+05:30", "2026-03-30T02:30:00+00:00"),
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30:00+00:00"),
        ("14:30", "2026-03-01T13:30:00+00:00"),
        ("8:00", "2026-03-02T07:00:00+00:00"),
    ],
)
def test_a_moment_is_read_in_the_newsletters_zone(words: str, utc: str) -> None:
    assert moment(words, BERLIN, NOW) == datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2026-03-29 02:30", "does not exist in Europe/Berlin: clocks are put forward over it"),
        (
            "2026-10-25 02:30",
            "comes twice in Europe/Berlin: clocks are put back; write 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00",
        ),
        ("2026-02-27 08:00", "is past; it is 2026-03-01 13:00 in Europe/Berlin"),
        ("tomorrow", "no moment; write YYYY-MM-DD HH:MM"),
        ("24:00", "no time of day"),
        ("2026-02-30 08:00", "no moment"),
    ],
)
def test_a_moment_that_is_none_is_refused_with_the_way_on(words: str, said: str) -> None:
    with pytest.raises(UsageError, match=said.replace("+", r"\+")):
        moment(words, BERLIN, NOW)


def test_a_store_of_before_the_log_has_its_publications_in_it(tmp_path: Path) -> None:
    path = tmp_path / "older.sqlite3"
    schema.upgrade(path, head=7)
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "INSERT INTO editions (id, uid, slug, title, status, filename, revision, created_at) "
            "VALUES (1, 'u', 's', 'Salt', 'published', 's.md', 1, '2026-01-01 00:00:00.000000')"
        )
        old.execute("INSERT INTO revisions VALUES (1, 1, 'Salt.', ?, '2026-01-01 00:00:00.000000', '')", ("a" * 64,))
        for day in (2, 3):
            old.execute(
                "INSERT INTO publications (edition_id, revision, channel, sha256, published_at) VALUES (1, 1, 'outbox', ?, ?)",
                ("b" * 64, f"2026-01-0{day} 00:00:00.000000"),
            )
        old.commit()
    with open_store(path) as store:
        told = [(event.step, event.before, event.after, event.at.day) for event in store.events.of(1)]
    assert told == [("published", "draft", "published", 2), ("published", "published", "published", 3)]
