"""The shelf of sources as an editor keeps it."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import FEED, Ran
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON, source

from composer.app import open_newsroom
from composer.cli import glance
from composer.desk.shelving import tag_of
from composer.feeds.opml import opml_of, sources_in
from composer.model import Collected, Source

Cli = Callable[..., Ran]
ROOT = Path("/newsletter")
words = st.text(st.characters(codec="utf-8"), max_size=20)
tags = st.lists(st.sampled_from(["politics", "local", "sport", "новини", "経済"]), unique=True, max_size=3)


def shelf(cli: Cli) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads(cli("sources", "--json").out)
    return listed


def taught(**told: object) -> None:
    """Let a visit leave its marks on source 1."""
    with open_newsroom() as room:
        known = room.store.sources.get(1)
        room.store.keep([Collected(source=replace(known, **told), outcome="failed")])  # type: ignore[arg-type]


def test_the_list_shows_name_state_and_address(folder: Path, cli: Cli) -> None:
    listed = cli("sources").out

    assert "✓" in listed
    assert "The Salt Road" in listed
    assert "seeds/salt.xml" in listed
    assert cli("sources", "list").out == listed


def test_the_list_shows_why_a_source_failed_and_how_often(folder: Path, cli: Cli) -> None:
    taught(failures=3, problem="answers 404 (not found)", every_seconds=10_800)

    listed = cli("sources").out

    assert "✗ 3" in listed
    assert "answers 404 (not found)" in listed
    assert "every 3 h" in listed


def test_pausing_and_resuming_change_several_sources_at_once(folder: Path, cli: Cli) -> None:
    (folder / "seeds" / "other.xml").write_text(FEED.replace("salt", "other"), encoding="utf-8")
    cli("follow", "seeds/other.xml")

    cli("sources", "pause", "1", "2")
    paused = [one["state"] for one in shelf(cli)]
    cli("sources", "resume", "1", "2")

    assert paused == ["paused", "paused"]
    assert [one["state"] for one in shelf(cli)] == ["active", "active"]


@pytest.mark.parametrize("edit", [("pause", "1", "99"), ("resume", "1", "99"), ("remove", "--yes", "1", "99")])
def test_a_number_that_is_not_there_changes_no_source(folder: Path, cli: Cli, edit: tuple[str, ...]) -> None:
    before = shelf(cli)

    done = cli("sources", *edit)

    assert done.code == 5
    assert "no source 99" in done.err
    assert shelf(cli) == before


def test_a_name_of_the_editors_own_stays_when_the_feed_is_visited_again(folder: Path, cli: Cli) -> None:
    cli("sources", "rename", "1", "Salt & co")
    (folder / "seeds" / "salt.xml").write_text(FEED.replace("forty", "fifty"), encoding="utf-8")

    assert "✓ Salt & co: " in cli("collect").out


def test_tags_are_added_each_once_and_taken_away(folder: Path, cli: Cli) -> None:
    cli("sources", "tag", "1", "Trade Routes", "trade-routes", "Новини", "経済")
    tagged = shelf(cli)[0]["tags"]
    cli("sources", "tag", "1", "trade routes", "--remove")

    assert tagged == ["trade-routes", "novini", "経済"]
    assert shelf(cli)[0]["tags"] == ["novini", "経済"]


def test_weight_and_whole_are_kept(folder: Path, cli: Cli) -> None:
    cli("sources", "weight", "1", "5")
    cli("sources", "whole", "1", "off")

    assert (shelf(cli)[0]["weight"], shelf(cli)[0]["whole"]) == (5, False)


@pytest.mark.parametrize(
    "edit", [("weight", "1", "11"), ("whole", "1", "perhaps"), ("tag", "1", "!"), ("rename", "1", " "), ("no-such",)]
)
def test_what_cannot_be_is_refused_in_a_line(folder: Path, cli: Cli, edit: tuple[str, ...]) -> None:
    before = shelf(cli)

    done = cli("sources", *edit)

    assert done.code == 2
    assert done.err.count("\n") == 1
    assert shelf(cli) == before


def test_a_removed_source_is_followed_no_more_and_its_articles_stay(folder: Path, cli: Cli) -> None:
    cli("sources", "remove", "1", "--yes")

    assert shelf(cli) == []
    assert len(json.loads(cli("articles", "--json").out)) == 2


def test_removing_asks_first(folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")

    cli("sources", "remove", "1")

    assert len(shelf(cli)) == 1


def test_show_says_why_a_source_failed_when_it_is_visited_next_and_where_it_moves(folder: Path, cli: Cli) -> None:
    with open_newsroom() as room:
        now = room.clock()
        room.store.sources.add(source(title="Tea"))
        known = room.store.sources.get(2)
        told = {"failures": 2, "problem": "timed out after 20 s", "every_seconds": 7_200, "checked_at": now}
        moved = {"moved_to": "https://new.example.org/feed", "moved_since": now - timedelta(days=1), "moved_times": 2}
        later = replace(known, next_at=now + timedelta(hours=1), **told, **moved)  # type: ignore[arg-type]
        room.store.keep([Collected(source=later, outcome="failed")])

    shown = cli("sources", "show", "2").out

    for line in ("timed out after 20 s", "2 in a row", "every 2 h", "last good visit never"):
        assert line in " ".join(shown.split())
    assert "for good to https://new.example.org/feed, 2 visits since" in shown
    assert "next visit" in shown


def test_show_of_a_paused_source_says_how_to_go_on(folder: Path, cli: Cli) -> None:
    cli("sources", "pause", "1")

    assert "`currents sources resume 1`" in cli("sources", "show", "1").out


def test_an_exported_list_is_followed_elsewhere_with_its_tags(
    folder: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("sources", "tag", "1", "trade", "local")
    exported = cli("sources", "export", str(tmp_path / "list.opml"))
    cli("init", str(tmp_path / "second"))
    monkeypatch.chdir(tmp_path / "second")

    done = cli("follow", str(tmp_path / "list.opml"))

    assert exported.out == f"1 source in {tmp_path / 'list.opml'}\n"
    assert "The Salt Road  #trade #local" in done.out
    assert "2 new" in cli("collect").out


def test_an_export_writes_over_no_file(folder: Path, cli: Cli) -> None:
    done = cli("sources", "export", "newsletter.toml")

    assert done.code == 2
    assert "exists already" in done.err


def test_an_export_without_a_file_goes_to_stdout(folder: Path, cli: Cli) -> None:
    assert 'xmlUrl="' in cli("sources", "export").out


@given(st.lists(st.tuples(words, tags), min_size=1, max_size=8))
def test_what_is_exported_comes_back_the_same(told: list[tuple[str, list[str]]]) -> None:
    sent = [
        Source(url=f"https://news.example.org/{n}", title=glance.plural(n, title), tags=tuple(map(tag_of, tags)))
        for n, (title, tags) in enumerate(told)
    ]

    listed = opml_of(sent, title="The Tide\x00", root=ROOT).decode()
    back = sources_in(listed, "list.opml", beside=None, root=ROOT)

    assert {one.url: one.tags for one in back} == {one.url: one.tags for one in sent}


def test_names_and_home_pages_travel_in_the_list(tmp_path: Path) -> None:
    sent = source(title="Salz & <Tee> 塩", homepage="https://wire.example.org/", tags=("trade",))

    assert sources_in(opml_of([sent], title="", root=tmp_path).decode(), "x", beside=None, root=tmp_path) == (sent,)


@pytest.mark.parametrize(
    ("length", "words"),
    [(0, "0 min"), (900, "15 min"), (10_800, "3 h"), (86_400, "24 h"), (259_200, "3 days"), (-5, "0 min")],
)
def test_a_length_of_time_is_said_in_its_largest_unit(length: int, words: str) -> None:
    assert glance.span(timedelta(seconds=length)) == words


def test_a_time_on_another_day_names_the_day() -> None:
    zone = NOON.tzinfo
    assert zone

    assert glance.moment(NOON, NOON, zone) == "12:00"
    assert glance.moment(NOON + timedelta(days=1), NOON, zone) == "2026-03-07 12:00"


def test_a_narrow_terminal_cuts_the_widest_cells_and_never_the_number(folder: Path, cli: Cli) -> None:
    cli("sources", "rename", "1", "The Salt Road and every other road that salt was ever carried on")
    cli("sources", "tag", "1", "trade-routes-of-the-north", "caravans")
    ours, theirs = pty.openpty()  # 80 columns

    subprocess.run([sys.executable, "-m", "composer", "sources"], stdout=theirs, check=True)

    os.close(theirs)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    row = shown.splitlines()[1]
    assert row.startswith("1  ✓  The Salt")
    assert " ago  " in row or "just now" in row
    assert len(row) <= 80
