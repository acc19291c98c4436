"""`currents collect` against a real server, in real processes where it matters."""

import json
import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import FEED, Ran
from makers import NOON, source
from newsstand import Newsstand, feed, newsstand, opened

from composer.app import Newsroom, open_newsroom
from composer.cli.collecting import REST_LEAST, REST_MOST, Round, rest, watch

Cli = Callable[..., Ran]
ENDLESS = timedelta(days=400)


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with newsstand() as server:
        yield server


@pytest.fixture
def letter(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh newsletter that may visit this machine; the current folder is inside it."""
    root = tmp_path / "letter"
    assert cli("init", str(root)).code == 0
    settings = root / "newsletter.toml"
    told = settings.read_text(encoding="utf-8").replace("private_hosts = []", 'private_hosts = ["127.0.0.1"]')
    settings.write_text(told, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


def follow(*urls: str, **told: Any) -> list[int]:
    """Follow addresses without a visit and without their pages, so that a test counts only its own requests."""
    with open_newsroom() as room:
        given = [{"url": url, "title": url.rsplit("/")[-1], "whole": False, **told} for url in urls]
        return [room.store.sources.add(source(**one)).id for one in given]


def started(*words: str, **how: Any) -> subprocess.Popen[str]:
    program = [sys.executable, "-m", "composer", "collect", *words]
    return subprocess.Popen(program, text=True, **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how})


def complaints(run: subprocess.Popen[str]) -> str:
    """Return what a run that should end well said on stderr, but for sources that another run has taken."""
    _, err = run.communicate(timeout=60)
    told = [line for line in err.splitlines() if "left to another" not in line and "not due" not in line]
    return " ".join(told) or ("" if run.returncode == 0 else f"exit code {run.returncode}")


def titles(cli: Cli) -> list[str]:
    return sorted(one["title"] for one in json.loads(cli("articles", "--json", "--limit", "500").out))


def test_what_is_not_due_is_left_alone_and_a_line_says_until_when(letter: Path, cli: Cli, stand: Newsstand) -> None:
    follow(stand.serve("/a", feed("a", "Salt")))
    cli("collect")

    again = cli("collect")

    assert again.code == 0
    assert stand.asked["/a"] == 1
    assert "1 not due, next at " in again.err
    assert again.err.count("\n") == 1


def test_all_visits_what_is_not_due_too(letter: Path, cli: Cli, stand: Newsstand) -> None:
    follow(stand.serve("/a", feed("a", "Salt"), headers={"ETag": '"1"'}))
    cli("collect")

    again = cli("collect", "--all")

    assert "= a: nothing new" in again.out
    assert stand.asked["/a"] == 2


def test_a_named_source_is_visited_whether_due_or_not_and_alone(letter: Path, cli: Cli, stand: Newsstand) -> None:
    numbers = follow(stand.serve("/a", feed("a", "Salt")), stand.serve("/b", feed("b", "Tea")))
    cli("collect")

    cli("collect", "--source", str(numbers[1]))

    assert (stand.asked["/a"], stand.asked["/b"]) == (1, 2)


def test_a_server_that_asks_to_be_left_alone_is_left_alone_whatever_is_typed(
    letter: Path, cli: Cli, stand: Newsstand
) -> None:
    (number,) = follow(stand.serve("/a", status=503, headers={"Retry-After": "7200"}))
    first = cli("collect")

    later = [cli("collect"), cli("collect", "--all"), cli("collect", "--source", str(number))]

    assert first.code == 1
    assert stand.asked["/a"] == 1
    assert [done.code for done in later] == [0, 0, 0]
    assert "asks to be left alone until" in later[1].err
    assert "asks to be left alone until" in later[2].err


def test_a_source_that_is_gone_is_told_kept_and_not_visited_again(letter: Path, cli: Cli, stand: Newsstand) -> None:
    (number,) = follow(stand.serve("/a", status=410))

    first, later = cli("collect"), cli("collect", "--source", str(number))

    assert "not visited again" in first.out
    assert stand.asked["/a"] == 1
    assert f"gone; `currents sources resume {number}`" in later.err
    assert json.loads(cli("sources", "--json").out)[0]["state"] == "gone"


def a_teaser(stand: Newsstand, *titles: str) -> str:
    """Serve a feed of teasers, each with its page."""
    for number, title in enumerate(titles):
        told = "".join(f"<p>{title}: {sentence}</p>" for sentence in WHOLE)
        stand.serve(f"/tease/{number}", f"<html><head><title>{title}</title></head><body><article>{told}</article></body></html>")  # fmt: skip
    return stand.serve("/feed", feed("tease", *titles, base=stand.url).replace("are closed.", "are closed […]"))


WHOLE = (
    "two of the three bridges are closed to lorries, and the third will be closed before the winter comes.",
    "The port authority says that salt rose by twelve per cent within a year, which nobody had expected in spring.",
    "Traders blame the roads, which have not been mended since the flood, and the ministry, which promised to do it.",
    "The ferry to Batumi will carry forty lorries a day from May, if the new pier is ready by then, says its captain.",
)


def test_a_teaser_is_completed_from_its_page_once_and_stays_whole(letter: Path, cli: Cli, stand: Newsstand) -> None:
    follow(a_teaser(stand, "Salt is dearer"), whole=True)
    first = cli("collect")

    a_teaser(stand, "Salt is dearer", "Tea is cheaper")
    second = cli("collect", "--all")

    assert "1 new article from 1 source, 1 teaser completed" in first.out
    assert "1 new article from 1 source, 1 teaser completed" in second.out
    assert (stand.asked["/tease/0"], stand.asked["/tease/1"]) == (1, 1)
    assert "if the new pier is ready" in cli("show", "1").out
    assert "if the new pier is ready" in cli("show", "2").out


def test_a_source_that_is_taken_as_its_feed_gives_it_costs_no_page(letter: Path, cli: Cli, stand: Newsstand) -> None:
    follow(a_teaser(stand, "Salt is dearer"), whole=False)

    cli("collect")

    assert stand.asked == {"/feed": 1}


def test_a_page_that_cannot_be_had_leaves_the_teaser_and_is_no_failure(
    letter: Path, cli: Cli, stand: Newsstand
) -> None:
    follow(a_teaser(stand, "Salt is dearer"), whole=True)
    del stand.answers["/tease/0"]

    done = cli("collect")

    assert (done.code, done.out.splitlines()[-1]) == (0, "1 new article from 1 source")
    assert stand.asked["/tease/0"] == 1
    assert "two of the three bridges" in cli("show", "1").out


def test_the_links_of_a_feed_file_are_not_visited(letter: Path, cli: Cli, stand: Newsstand) -> None:
    a_teaser(stand, "Salt is dearer")
    Path("seeds/tease.xml").write_text(stand.answers["/feed"].body, encoding="utf-8")
    follow("seeds/tease.xml", whole=True)

    cli("collect")

    assert stand.asked == {}
    assert titles(cli) == ["Salt is dearer"]


@pytest.mark.parametrize(("status", "ends"), [(301, "/new"), (308, "/new"), (302, "/old"), (307, "/old")])
def test_a_source_moves_when_a_permanent_redirect_has_lasted_three_days(
    letter: Path, stand: Newsstand, status: int, ends: str
) -> None:
    stand.serve("/new", feed("a", "Salt"))
    (number,) = follow(stand.serve("/old", status=status, headers={"Location": "/new"}))
    seen = []
    for day in range(4):
        with open_newsroom(clock=lambda day=day: NOON + day * timedelta(days=1)) as room:
            Round(room=room, regardless=True).run()
            seen.append(room.store.sources.get(number).url)

    assert seen == [*([f"{stand.url}/old"] * 3), f"{stand.url}{ends}"]


def test_a_paused_source_is_not_visited(letter: Path, cli: Cli, stand: Newsstand) -> None:
    (number,) = follow(stand.serve("/a", feed("a", "Salt")))
    cli("sources", "pause", str(number))

    cli("collect")
    cli("collect", "--all")

    assert stand.asked["/a"] == 0


def test_a_feed_file_is_always_due(folder: Path, cli: Cli) -> None:
    (folder / "seeds" / "salt.xml").write_text(FEED.replace("salt-2", "salt-3").replace("/ferry", "/ferry3"), "utf-8")

    assert "1 new" in cli("collect").out


def test_many_sources_with_nothing_new_have_no_row_unless_asked_for(letter: Path, cli: Cli, stand: Newsstand) -> None:
    follow(*(stand.serve(f"/{n}", feed(f"f{n}", "Salt"), headers={"ETag": '"1"'}) for n in range(14)))
    cli("collect")
    stand.serve("/3", feed("f3", "Salt", "Tea"))
    stand.serve("/4", status=404)

    brief, whole = cli("collect", "--all"), cli("collect", "--all", "--verbose")

    rows = [line for line in brief.out.splitlines() if line.startswith("  ")]
    assert sorted(row[2] for row in rows) == ["✓", "✗"]
    assert whole.out.count("nothing new") == 13


def test_json_is_a_line_for_each_source_and_one_for_the_run(letter: Path, cli: Cli, stand: Newsstand) -> None:
    follow(stand.serve("/a", feed("a", "Salt", "Tea")), stand.serve("/b", status=404))

    done = cli("collect", "--json")

    lines = [json.loads(line) for line in done.out.splitlines()]
    rows = {row["url"].rsplit("/", 1)[1]: row for row in lines[:-1]}
    assert done.code == 1
    assert (rows["a"]["outcome"], rows["a"]["added"], rows["b"]["outcome"]) == ("changed", 2, "failed")
    assert "404" in rows["b"]["problem"]
    assert {key: lines[-1][key] for key in ("visited", "failed", "added")} == {"visited": 2, "failed": 1, "added": 2}
    assert lines[-1]["next_at"] == min(row["next_at"] for row in rows.values())


def test_two_runs_at_once_fetch_nothing_twice_and_lose_nothing(letter: Path, cli: Cli, stand: Newsstand) -> None:
    go = threading.Event()
    follow(*(stand.serve(f"/{n}", feed(f"f{n}", f"Story {n}"), silent=go) for n in range(30)))
    runs = [started(), started(), started()]
    opened(stand, "/0")
    go.set()

    assert [said for run in runs if (said := complaints(run))] == []
    assert {stand.asked[f"/{n}"] for n in range(30)} == {1}
    assert len(titles(cli)) == 30


def test_runs_that_keep_at_the_same_moment_lose_nothing(letter: Path, cli: Cli, stand: Newsstand) -> None:
    go = threading.Event()
    told = [feed(f"f{n}", *(f"Story {n}-{story}" for story in range(20))) for n in range(12)]
    numbers = follow(*(stand.serve(f"/{n}", body, silent=go) for n, body in enumerate(told)))
    shares = [[word for number in numbers[start::4] for word in ("--source", str(number))] for start in range(4)]
    runs = [started(*share) for share in shares]
    for start in range(4):
        opened(stand, f"/{start}")
    go.set()

    assert [said for run in runs if (said := complaints(run))] == []
    assert {stand.asked[f"/{n}"] for n in range(12)} == {1}
    assert len(titles(cli)) == 240


def test_ctrl_c_keeps_all_that_arrived_and_frees_what_was_not_visited(letter: Path, cli: Cli, stand: Newsstand) -> None:
    follow(*(stand.serve(f"/{n}", feed(f"f{n}", f"Story {n}")) for n in range(5)))
    follow(stand.serve("/slow", feed("slow", "Late"), silent=threading.Event()))
    run = started("--json")
    for n in range(5):
        opened(stand, f"/{n}")
    opened(stand, "/slow")

    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=30)

    assert run.returncode == 130
    assert err.strip() == "currents: stopped; what was kept is kept"
    kept = titles(cli)
    assert len(kept) >= len(out.splitlines())
    stand.serve("/slow", feed("slow", "Late"))
    assert cli("collect").code == 0
    assert titles(cli) == ["Late", *(f"Story {n}" for n in range(5))]


def test_what_arrived_before_ctrl_c_is_in_the_store(letter: Path, cli: Cli, stand: Newsstand) -> None:
    numbers = follow(*(stand.serve(f"/{n}", feed(f"f{n}", f"Story {n}")) for n in range(3)))
    with open_newsroom() as room:
        round_ = Round(room=InterruptedRoom(room, after=2), json=True)  # type: ignore[arg-type]  # a room all the same
        with pytest.raises(KeyboardInterrupt):
            round_.run()
        left = room.store.sources.claim(room.clock(), room.clock() + ENDLESS)

    assert len(titles(cli)) == 2
    assert len(left) == 1
    assert left[0].id in numbers


class InterruptedRoom:
    """A newsroom whose wire is interrupted after some visits, as Ctrl-C does."""

    def __init__(self, room: Newsroom, after: int) -> None:
        self.room, self.after = room, after
        self.wire = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self.room, name)

    def collect(self, sources: Any) -> Iterator[Any]:
        for index, visit in enumerate(self.room.wire.collect(sources)):
            if index == self.after:
                raise KeyboardInterrupt
            yield visit


def test_a_service_manager_ends_a_watch_as_ctrl_c_does(letter: Path, cli: Cli, stand: Newsstand) -> None:
    follow(stand.serve("/a", feed("a", "Salt")))
    run = started("--watch")
    assert run.stdout
    assert "✓ a: 1 new" in run.stdout.readline()

    run.send_signal(signal.SIGTERM)
    _, err = run.communicate(timeout=30)

    assert run.returncode == 130
    assert "Traceback" not in err
    assert titles(cli) == ["Salt"]


def test_a_watch_goes_round_again_and_sees_what_was_followed_meanwhile(
    letter: Path, cli: Cli, stand: Newsstand
) -> None:
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 1:
            follow(stand.serve("/b", feed("b", "Tea")))
        if len(naps) == 3:
            raise KeyboardInterrupt

    follow(stand.serve("/a", feed("a", "Salt")))
    with open_newsroom() as room, pytest.raises(KeyboardInterrupt):
        watch(Round(room=room, quiet=True), nap)

    assert titles(cli) == ["Salt", "Tea"]
    assert (stand.asked["/a"], stand.asked["/b"]) == (1, 1)
    assert all(REST_LEAST.total_seconds() <= one <= REST_MOST.total_seconds() for one in naps)


def test_a_watch_with_a_source_named_is_refused(letter: Path, cli: Cli) -> None:
    done = cli("collect", "--watch", "--source", "1")

    assert done.code == 2
    assert "leave --source out" in done.err


@pytest.mark.parametrize(("minutes", "seconds"), [(0.1, 30), (2, 120), (60, 300)])
def test_a_watch_rests_until_something_is_due(minutes: float, seconds: int) -> None:
    due = replace(source(), next_at=NOON + timedelta(minutes=minutes))

    assert rest([due], NOON) == timedelta(seconds=seconds)


def test_a_watch_with_nothing_ahead_looks_again_in_five_minutes() -> None:
    assert rest([source(url="seeds/salt.xml")], NOON) == REST_MOST


def test_a_terminal_sees_a_bar_and_a_file_sees_the_rows(letter: Path, stand: Newsstand, tmp_path: Path) -> None:
    follow(stand.serve("/a", feed("a", "Salt")))
    ours, theirs = pty.openpty()
    with (tmp_path / "rows.txt").open("w") as rows:
        run = started(stdout=rows, stderr=theirs)
        run.wait(timeout=60)
    os.close(theirs)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)

    assert "collecting" in shown
    assert "✓ a: 1 new" in (tmp_path / "rows.txt").read_text(encoding="utf-8")
