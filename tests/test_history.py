"""An edition's history, two people at one edition, and sources that change: the program as an editor uses it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import FEED, Ran
from newsstand import Newsstand, feed, newsstand

from composer.app import Newsroom, open_newsroom
from composer.records import Sighting
from db.snapshots import sha256

Cli = Callable[..., Ran]
ROOT = Path(__file__).resolve().parent.parent
EDITOR = """
import pathlib, sys, time
file, signs = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[0]).parent
name = pathlib.Path(sys.argv[0]).stem
text = file.read_text()
(signs / f"{name}.open").write_text(file.name)
while not (signs / f"{name}.go").exists():
    time.sleep(0.01)
file.write_text(text.replace("dateline: TK", f"dateline: {name}"))
(signs / f"{name}.saved").touch()
while not (signs / f"{name}.leave").exists():
    time.sleep(0.01)
"""


@pytest.fixture
def edition(folder: Path, cli: Cli) -> Path:
    """A newsletter with one edition that stands on article 1."""
    assert cli("draft", "Salt", "--pick", "1").code == 0
    return folder / "editions" / "salt.md"


def rewrite(path: Path, was: str, now: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now), encoding="utf-8")


def texts(cli: Cli) -> list[str]:
    return [
        cli("history", "1", "--show", str(one["number"])).out for one in json.loads(cli("history", "1", "--json").out)
    ]


def until(path: Path) -> None:
    for _ in range(6_000):
        if path.exists():
            return
        time.sleep(0.01)
    raise AssertionError(f"{path.name} never came")


class Editing:
    """`currents edit 1` in a process of its own, stopped where a test wants it."""

    def __init__(self, signs: Path, name: str) -> None:
        self.signs, self.name = signs, name
        script = signs / f"{name}.py"
        script.write_text(EDITOR, encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "composer", "edit", "1"],
            env={**os.environ, "EDITOR": f"{sys.executable} {script}", "VISUAL": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until(signs / f"{name}.open")

    @property
    def file(self) -> str:
        return (self.signs / f"{self.name}.open").read_text()

    def save(self) -> None:
        (self.signs / f"{self.name}.go").touch()
        until(self.signs / f"{self.name}.saved")

    def leave(self) -> Ran:
        (self.signs / f"{self.name}.leave").touch()
        out, err = self.process.communicate(timeout=60)
        return Ran(self.process.returncode, out, err)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[str], Editing]]:
    signs = tmp_path / "signs"
    signs.mkdir()
    begun: list[Editing] = []

    def begin(name: str) -> Editing:
        begun.append(Editing(signs, name))
        return begun[-1]

    yield begin
    for one in begun:
        for sign in ("go", "leave"):  # the editor outlives the command that began it
            (signs / f"{one.name}.{sign}").touch()
        one.process.kill()
        one.process.communicate()


# History, differences, going back


def test_history_says_what_each_revision_changed(edition: Path, cli: Cli) -> None:
    rewrite(edition, "dateline: TK", "dateline: Batumi")
    cli("proof", "1")
    first, second = json.loads(cli("history", "1", "--json").out)
    assert (first["number"], first["added"], first["removed"], first["message"]) == (1, 0, 0, "begun")
    assert (second["number"], second["added"], second["removed"], second["message"]) == (2, 1, 1, "edited")
    assert "+1 −1 words" in cli("history", "1").out


def test_revisions_is_another_name_for_history(edition: Path, cli: Cli) -> None:
    assert cli("revisions", "1").out == cli("history", "1").out
    assert cli("revisions", "1", "--show", "1").out == edition.read_text(encoding="utf-8")


def test_the_last_change_is_shown_before_and_after_it_is_kept(edition: Path, cli: Cli) -> None:
    line = edition.read_text(encoding="utf-8").split("\n").index("dateline: TK") + 1
    rewrite(edition, "dateline: TK", "dateline: Batumi")
    before = cli("diff", "1")
    cli("proof", "1")
    after = cli("diff", "1")
    assert before.out.splitlines()[0] == "revision 1 → the text in editions/, +1 −1 words"
    assert after.out.splitlines()[0] == "revision 1 → revision 2, +1 −1 words"
    assert before.out.splitlines()[1:] == after.out.splitlines()[1:] == [f"{line:>5}  dateline: [-TK-]{{+Batumi+}}"]


def test_any_two_revisions_are_compared_and_scripts_get_every_word(edition: Path, cli: Cli) -> None:
    for place in ("Batumi", "Poti"):
        rewrite(edition, "TK" if place == "Batumi" else "Batumi", place)
        cli("proof", "1")
    told = json.loads(cli("diff", "1", "3", "1", "--json").out)
    assert (told["was"], told["now"]) == (3, 1)
    assert {tuple(part) for change in told["changes"] for part in change["parts"]} >= {("was", "Poti"), ("now", "TK")}


def test_an_edition_that_never_changed_has_nothing_to_compare(edition: Path, cli: Cli) -> None:
    done = cli("diff", "1")
    assert (done.code, done.err.count("\n")) == (5, 1)


def test_reverting_adds_a_revision_and_deletes_none(edition: Path, cli: Cli) -> None:
    first = edition.read_text(encoding="utf-8")
    rewrite(edition, "dateline: TK", "dateline: Batumi")
    second = edition.read_text(encoding="utf-8")
    done = cli("revert", "1", "1")
    assert (done.code, edition.read_text(encoding="utf-8")) == (0, first)
    assert texts(cli) == [first, second, first]
    assert "nothing was changed" in cli("revert", "1", "1").out
    assert len(texts(cli)) == 3


def test_a_revision_that_is_not_there_cannot_be_had_back(edition: Path, cli: Cli) -> None:
    assert cli("revert", "1", "9").code == cli("diff", "1", "9").code == 5


def test_a_revert_killed_before_the_file_is_written_is_not_undone(edition: Path, cli: Cli) -> None:
    first = edition.read_text(encoding="utf-8")
    rewrite(edition, "dateline: TK", "dateline: Batumi")
    cli("proof", "1")
    stale = edition.read_text(encoding="utf-8")
    program = (
        "import os, signal\n"
        "from composer.outlets import ManuscriptDrawer\n"
        "ManuscriptDrawer.write = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from composer.cli import main\n"
        "import sys; sys.argv = ['currents', 'revert', '1', '1']; main()\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode < 0
    assert edition.read_text(encoding="utf-8") == stale
    cli("proof", "1")
    assert edition.read_text(encoding="utf-8") == first
    assert texts(cli) == [first, stale, first]


def test_an_older_text_put_in_the_file_by_hand_is_taken_in_as_it_is(edition: Path, cli: Cli) -> None:
    first = edition.read_text(encoding="utf-8")
    rewrite(edition, "dateline: TK", "dateline: Batumi")
    cli("proof", "1")
    edition.write_text(first, encoding="utf-8")
    cli("proof", "1")
    assert len(texts(cli)) == 3
    assert edition.read_text(encoding="utf-8") == first


# Two people at one edition


def test_of_two_who_edit_at_once_the_second_to_finish_is_told_and_loses_nothing(
    edition: Path, cli: Cli, opened: Callable[[str], Editing]
) -> None:
    base = edition.read_text(encoding="utf-8")
    ana, ben = opened("Ana"), opened("Ben")
    assert (ana.file, ben.file != "salt.md") == ("salt.md", True)
    ana.save()
    ben.save()
    first, second = ana.leave(), ben.leave()
    assert (first.code, second.code) == (0, 6)
    assert edition.read_text(encoding="utf-8") == base.replace("dateline: TK", "dateline: Ana")
    assert (edition.parent / ben.file).read_text(encoding="utf-8") == base.replace("dateline: TK", "dateline: Ben")
    assert "[-TK-]{+Ana+}" in second.out
    assert "[-TK-]{+Ben+}" in second.out
    assert ben.file in second.err.splitlines()[-1]


def test_the_one_with_the_copy_may_finish_first(edition: Path, cli: Cli, opened: Callable[[str], Editing]) -> None:
    base = edition.read_text(encoding="utf-8")
    ana, ben = opened("Ana"), opened("Ben")
    ben.save()
    second = ben.leave()
    assert second.code == 0
    assert edition.read_text(encoding="utf-8") == base  # Ana has it open: nobody writes under her hands
    ana.save()
    first = ana.leave()
    assert first.code == 6
    assert edition.read_text(encoding="utf-8") == base.replace("dateline: TK", "dateline: Ben")
    (mine,) = edition.parent.glob("salt.mine-*.md")
    assert mine.read_text(encoding="utf-8") == base.replace("dateline: TK", "dateline: Ana")
    assert mine.name in first.err


def test_one_who_wrote_nothing_gets_what_the_other_wrote(edition: Path, opened: Callable[[str], Editing]) -> None:
    base = edition.read_text(encoding="utf-8")
    ana, ben = opened("TK"), opened("Ben")
    ben.save()
    assert ben.leave().code == 0
    ana.save()
    assert ana.leave().code == 0
    assert edition.read_text(encoding="utf-8") == base.replace("dateline: TK", "dateline: Ben")
    assert list(edition.parent.iterdir()) == [edition]


def test_a_file_changed_on_disk_while_another_writes_in_a_copy_is_told(
    edition: Path, cli: Cli, opened: Callable[[str], Editing]
) -> None:
    base = edition.read_text(encoding="utf-8")
    opened("Ana")
    ben = opened("Ben")
    rewrite(edition, "dateline: TK", "dateline: Poti")
    ben.save()
    done = ben.leave()
    assert done.code == 6
    assert edition.read_text(encoding="utf-8") == base.replace("dateline: TK", "dateline: Poti")
    assert (edition.parent / ben.file).read_text(encoding="utf-8") == base.replace("dateline: TK", "dateline: Ben")
    assert texts(cli) == [base, base.replace("dateline: TK", "dateline: Poti")]


def test_what_other_commands_keep_while_one_writes_is_no_conflict(
    edition: Path, cli: Cli, opened: Callable[[str], Editing]
) -> None:
    ana = opened("Ana")
    ana.save()
    cli("proof", "1")
    done = ana.leave()
    assert (done.code, len(texts(cli))) == (0, 2)


def test_a_session_that_is_killed_blocks_nobody(edition: Path, opened: Callable[[str], Editing]) -> None:
    ana = opened("Ana")
    ana.process.kill()
    ana.process.wait()
    ben = opened("Ben")
    assert ben.file == "salt.md"
    ben.save()
    assert ben.leave().code == 0


def test_a_text_that_was_never_brought_home_is_named(edition: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    left = edition.with_name("salt.mine-20260306-120000.md")
    left.write_text("mine", encoding="utf-8")
    monkeypatch.setenv("VISUAL", "true")
    assert left.name in cli("edit", "1").err
    assert left.read_text(encoding="utf-8") == "mine"


def test_a_text_written_on_an_older_one_than_the_store_has_is_kept_beside_and_told(edition: Path, cli: Cli) -> None:
    base = edition.read_text(encoding="utf-8")
    theirs, ours = base.replace("dateline: TK", "dateline: Poti"), base.replace("dateline: TK", "dateline: Batumi")
    with open_newsroom() as room:
        shelf = room.store.editions
        revised = replace(shelf.revision(1, 1), number=2, text=theirs, sha256=sha256(theirs))
        shelf.revise(replace(shelf.get(1), revision=2), revised)  # it came by an import that was killed
    edition.write_text(ours, encoding="utf-8")
    done = cli("proof", "1")
    (kept,) = edition.parent.glob("salt.mine-*.md")
    assert (done.code, done.err.count("\n")) == (6, 1)
    assert kept.name in done.err
    assert (kept.read_text(encoding="utf-8"), edition.read_text(encoding="utf-8")) == (ours, theirs)
    assert cli("import", str(kept)).code == 0
    assert edition.read_text(encoding="utf-8") == ours
    assert texts(cli) == [base, theirs, ours]


def test_an_editor_that_cannot_be_started_leaves_no_copy(
    edition: Path, cli: Cli, opened: Callable[[str], Editing], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened("Ana")
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    assert cli("edit", "1").code == 2
    assert list(edition.parent.glob("*.mine-*")) == []


# Sources that change


def test_a_pick_that_is_killed_half_way_is_no_pick_without_a_snapshot(folder: Path, cli: Cli) -> None:
    program = (
        "import os, signal, sys\n"
        "from db.articles import SqlArticles\n"
        "SqlArticles.mark = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from composer.cli import main\n"
        "sys.argv = ['currents', 'pick', '1']; main()\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode < 0
    with open_newsroom() as room:
        assert room.store.articles.get(1).state == "new"
        assert room.store.articles.snapshot(1) is not None
    assert cli("pick", "1").code == 0


def change_the_source(folder: Path) -> None:
    path = folder / "seeds" / "salt.xml"
    path.write_text(FEED.replace("rose 12%", "rose 21%"), encoding="utf-8")


def test_a_picked_article_that_changes_is_told_by_collect_until_it_was_looked_at(folder: Path, cli: Cli) -> None:
    cli("pick", "1")
    change_the_source(folder)
    told = "! article 1, The Salt Road: Salt is getting dearer: changed since it was picked (was “12%”, now “21%”)"
    assert told in cli("collect").out
    assert told in cli("collect").out
    assert '"changed": true' in cli("collect", "--json").out
    shown = cli("show", "1", "--diff")
    assert "Salt rose [-12%-]{+21%+} in a year" in shown.out
    assert json.loads(cli("show", "1", "--diff", "--json").out)["changes"][0]["now_line"] == 3
    assert cli("pick", "1", "--again").code == 0
    assert "changed since" not in cli("collect").out
    assert "unchanged since" in cli("show", "1", "--diff").out


def test_an_article_that_nobody_chose_may_change_unheard(folder: Path, cli: Cli) -> None:
    change_the_source(folder)
    assert "changed since" not in cli("collect").out
    assert cli("show", "1", "--diff").code == 5


def test_proof_names_a_source_that_changed(edition: Path, folder: Path, cli: Cli) -> None:
    assert "E-SRC-CHANGED" not in cli("proof", "1").out
    change_the_source(folder)
    cli("collect")
    (line,) = [one for one in cli("proof", "1").out.splitlines() if "E-SRC-CHANGED" in one]
    assert "warning" in line
    assert "was “12%”, now “21%”" in line
    place = int(line.split(":")[1])
    assert edition.read_text(encoding="utf-8").split("\n")[place - 1].startswith("article:")
    cli("pick", "1", "--again")
    assert "E-SRC-CHANGED" not in cli("proof", "1").out


def test_a_source_block_written_by_hand_is_held_without_a_pick(folder: Path, cli: Cli) -> None:
    cli("draft", "Salt")
    manuscript = folder / "editions" / "salt.md"
    block = "\n::: source #salt\ntitle: A ferry\noutlet: The Salt Road\nurl: https://salt.example.org/ferry\narticle: 2\n:::\n"
    manuscript.write_text(manuscript.read_text(encoding="utf-8") + block, encoding="utf-8")
    cli("proof", "1")
    (folder / "seeds" / "salt.xml").write_text(FEED.replace("forty lorries", "fifty lorries"), encoding="utf-8")
    assert "article 2" in cli("collect").out
    assert "“forty”" in cli("proof", "1").out


def test_picking_again_what_is_picked_takes_nothing_anew(folder: Path, cli: Cli) -> None:
    cli("pick", "1")
    change_the_source(folder)
    cli("collect")
    cli("pick", "1")
    assert "[-12%-]{+21%+}" in cli("show", "1", "--diff").out


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_told_and_the_text_is_kept(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    with newsstand() as stand:
        letter(tmp_path, cli, monkeypatch, stand)
        cli("pick", "1")
        assert "gone" not in cli("collect", "--all").out
        with open_newsroom() as there:
            day_before(there)
        stand.serve("/salt/0", status=status)
        done = cli("collect", "--all")
    assert f"article 1, salt: Dearer: its page is gone ({stand.url}/salt/0)" in done.out
    cli("draft", "Salt")
    assert "its page is gone since" in cli("proof", "1").out
    assert "bridges are closed" in cli("show", "1").out


def test_a_page_is_asked_once_a_day_and_not_against_its_robots(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    with newsstand() as stand:
        letter(tmp_path, cli, monkeypatch, stand)
        cli("pick", "1")
        for _ in range(3):
            cli("collect", "--all")
        assert stand.asked["/salt/0"] == 1
        stand.serve("/robots.txt", "User-agent: *\nDisallow: /salt/")
        with open_newsroom() as there:
            day_before(there)
        cli("collect", "--all")
        assert stand.asked["/salt/0"] == 1


def test_a_feed_that_no_longer_lists_an_article_took_nothing_away(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    with newsstand() as stand:
        letter(tmp_path, cli, monkeypatch, stand)
        cli("pick", "1")
        stand.serve("/feed.xml", feed("salt", base=stand.url))
        assert "article 1" not in cli("collect", "--all").out


def letter(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, stand: Newsstand) -> None:
    """A newsletter that follows a feed on this machine, whose article has a page there."""
    assert cli("init", str(tmp_path / "letter")).code == 0
    monkeypatch.chdir(tmp_path / "letter")
    settings = tmp_path / "letter" / "newsletter.toml"
    allowed = 'private_hosts = ["127.0.0.1"]'
    settings.write_text(settings.read_text(encoding="utf-8").replace("private_hosts = []", allowed), encoding="utf-8")
    stand.serve("/salt/0", "<html><body><p>Dearer.</p></body></html>")
    stand.serve("/feed.xml", feed("salt", "Dearer", base=stand.url))
    assert cli("follow", f"{stand.url}/feed.xml").code == 0
    assert cli("collect").code == 0


def day_before(there: Newsroom) -> None:
    there.store.articles.sight([Sighting(article_id=1, looked_at=datetime(2026, 3, 6, tzinfo=UTC))])
