"""`currents edit` with real programs: what is saved is kept and proved, what is spoilt is not, nothing is lost."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import Ran
from writers import PATIENCE_SECONDS, a_program, a_terminal

from composer.app import open_newsroom
from composer.cli.editors import Editor, chosen_editor
from composer.errors import UsageError

Cli = Callable[..., Ran]
WRITES_TWICE = """
import sqlite3
def kept():
    with sqlite3.connect(STORE) as db:
        return db.execute('select count(*) from revisions').fetchone()[0]
for wanted, word in ((2, 'one'), (3, 'two')):
    deadline = time.monotonic() + 60
    while kept() < wanted and time.monotonic() < deadline:
        file.write_text(file.read_text().split('<!-- ')[0] + '<!-- ' + word + ' -->\\n')
        time.sleep(0.3)
"""
SAVE = "file.write_text(file.read_text().replace('TK The turn', 'Who pays'))"


@pytest.fixture
def manuscript(folder: Path, cli: Cli) -> Path:
    assert cli("draft", "The price of salt", "--pick", "1").code == 0
    return folder / "editions" / "the-price-of-salt.md"


def texts(number: int = 1) -> list[str]:
    with open_newsroom() as room:
        return [one.text for one in room.store.editions.revisions(number)]


def write_with(folder: Path, name: str, program: str, monkeypatch: pytest.MonkeyPatch, options: str = "") -> None:
    script = a_program(folder, name, program)
    monkeypatch.setenv("VISUAL", f"{script} {options}".strip())


def test_a_save_is_kept_and_proved_errors_first(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "pen", "file.write_text(file.read_text() + '\\n::: brif\\nWords.\\n:::\\n')", monkeypatch)

    done = cli("edit", "1")

    lines = done.err.splitlines()
    assert done.code == 0
    assert "kept as revision 2" in done.out
    weights = [line.split(": ")[1].split()[0] for line in lines[:-2]]
    assert any(re.match(r"editions/the-price-of-salt\.md:\d+: error F005: brif is no", line) for line in lines)
    assert weights == sorted(weights, key=["error", "warning", "note"].index)
    assert "TK places to write: lines" in lines[-2]
    assert "words, about 1 min at 238 words a minute" in lines[-1]


def test_a_program_that_fails_leaves_the_text_before_as_the_newest_revision(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "pen", f"{SAVE}; sys.exit(3)", monkeypatch)

    done = cli("edit", "1")

    assert done.code == 1
    assert "pen ended with 3; editions/the-price-of-salt.md is as it left it" in done.err
    assert "`currents revisions 1 --show 1`" in done.err
    assert len(texts()) == 1
    assert "Who pays" in manuscript.read_text(encoding="utf-8")
    assert cli("edit", "1", "--no-editor").out.endswith("kept as revision 2\n")


def test_a_program_that_fails_without_a_save_changes_nothing(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "pen", "sys.exit(1)", monkeypatch)

    assert "is unchanged, revision 1 stands" in cli("edit", "1").err


def test_a_program_that_is_killed_is_told(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "pen", "os.kill(os.getpid(), signal.SIGKILL)", monkeypatch)

    done = cli("edit", "1")

    assert done.code == 1
    assert "pen was killed (SIGKILL)" in done.err


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ("file.write_text('')", "is empty"),
        ("file.write_text(file.read_text()[:300])", "breaks off in the middle of line"),
        ("file.write_bytes(file.read_bytes() + bytes(100))", "ends in zero bytes"),
    ],
)
def test_an_emptied_or_cut_off_file_is_refused_by_every_command_and_can_be_restored(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: str, why: str
) -> None:
    before = manuscript.read_bytes()
    write_with(tmp_path, "pen", spoil, monkeypatch)

    refused = [cli("edit", "1"), cli("proof", "1"), cli("blocks", "1"), cli("publish", "1")]

    assert [one.code for one in refused] == [1] * 4
    assert all(why in one.err and "`currents edit 1 --restore`" in one.err for one in refused)
    assert texts() == [before.decode()]
    assert cli("edit", "1", "--restore").code == 0
    assert manuscript.read_bytes() == before
    assert texts()[-1] == before.decode()


def test_a_cut_off_file_can_be_meant(manuscript: Path, cli: Cli) -> None:
    manuscript.write_text("", encoding="utf-8")

    assert cli("edit", "1", "--take").out.endswith("kept as it is, revision 2\n")
    assert texts()[-1] == ""


def test_a_save_that_is_not_utf8_is_left_as_it_lies(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "pen", "file.write_bytes(file.read_bytes() + b'\\xff')", monkeypatch)

    done = cli("edit", "1")

    assert done.code == 1
    assert "not UTF-8" in done.err
    assert manuscript.read_bytes().endswith(b"\xff")
    assert len(texts()) == 1


def test_an_edition_that_cannot_be_rendered_is_kept_all_the_same(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "pen", "file.write_text(file.read_text().replace('coda-currents', 'lost'))", monkeypatch)

    done = cli("edit", "1")

    assert done.code == 0
    assert "kept as revision 2" in done.out
    assert "lost: no such profile" in done.err


def test_a_file_that_went_missing_meanwhile_is_written_again_and_told(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = manuscript.read_bytes()
    write_with(tmp_path, "pen", "file.unlink()", monkeypatch)

    done = cli("edit", "1")

    assert "the file was gone; it is written again from revision 1" in done.err
    assert manuscript.read_bytes() == before


def test_who_wrote_while_another_saved_is_shown_both_and_loses_nothing(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = f"import subprocess; mine = file.read_text(); subprocess.run([{sys.executable!r}, '-m', 'composer', 'set', '1', 'dek=Theirs'])"
    write_with(tmp_path, "pen", f"{other}; file.write_text(mine.replace('TK The turn', 'Who pays'))", monkeypatch)

    done = cli("edit", "1")

    (aside,) = manuscript.parent.glob("*.mine-*.md")
    assert done.code == 6
    assert f"your text is whole in editions/{aside.name}" in done.err
    assert "{+Theirs+}" in done.out
    assert "{+Who pays+}" in done.out
    assert "## Who pays" in aside.read_text(encoding="utf-8")
    assert ["dek: Theirs" in text for text in (*texts(), manuscript.read_text(encoding="utf-8"))] == [False, True, True]


def test_arguments_of_the_program_reach_it_as_typed(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "pen", "pass", monkeypatch, "-c 'set spell' --clean")

    cli("edit", "1")

    assert (tmp_path / "pen.seen").read_text(
        encoding="utf-8"
    ) == f"{['-c', 'set spell', '--clean', str(manuscript)]!r}\n"


def test_it_opens_at_a_block_or_a_line(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "vim", "pass", monkeypatch)
    line = manuscript.read_text(encoding="utf-8").split("\n").index("::: why") + 1

    cli("edit", "1", "--at", "why")
    cli("edit", "1", "--at", ":7")

    assert f"'+{line}'" in (tmp_path / "vim.seen").read_text(encoding="utf-8")
    assert "'+7'" in (tmp_path / "vim.seen").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "opening"),
    [
        ("/usr/bin/nvim -u NONE", ["/usr/bin/nvim", "-u", "NONE", "+31", "a.md"]),
        ("nano", ["nano", "+31", "a.md"]),
        ("emacs -nw", ["emacs", "-nw", "+31", "a.md"]),
        ("hx", ["hx", "+31", "a.md"]),
        ("code --wait", ["code", "--wait", "--goto", "a.md:31"]),
        ("subl -w", ["subl", "-w", "a.md:31"]),
        ("kate -b", ["kate", "-b", "--line", "31", "a.md"]),
        ("my-pen", ["my-pen", "a.md"]),
    ],
)
def test_every_program_is_told_the_line_in_its_own_way(command: str, opening: list[str]) -> None:
    editor = Editor(command=tuple(command.split()))

    assert editor.opening(Path("a.md"), 31) == opening
    assert editor.opening(Path("a.md")) == [*command.split(), "a.md"]


@pytest.mark.parametrize(
    ("command", "returns"),
    [
        ("code", True),
        ("code -w", False),
        ("subl --wait", False),
        ("subl", True),
        ("emacsclient -n", True),
        ("emacsclient", False),
        ("xdg-open", True),
        ("vim", False),
        ("gvim", True),
        ("gvim -f", False),
        ("my-pen", False),
    ],
)
def test_a_program_that_comes_back_at_once_is_known(command: str, *, returns: bool) -> None:
    assert Editor(command=tuple(command.split())).returns_at_once is returns


def test_a_program_whose_path_has_spaces_needs_no_quotation_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Sublime Text.app"
    folder.mkdir()
    script = a_program(folder, "subl", "pass")
    monkeypatch.setenv("VISUAL", str(script))

    assert chosen_editor(Path("a.md")).command == (str(script),)


@pytest.mark.parametrize(
    ("words", "sentence"), [("'half", "cannot be understood"), ("no-such-pen -w", "no such program")]
)
def test_a_program_that_cannot_be_meant_is_named(words: str, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", words)

    with pytest.raises(UsageError, match=rf"{sentence}.*a\.md"):
        chosen_editor(Path("a.md"))


def test_without_any_program_it_says_where_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", " ")
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UsageError, match=r"no editor is set; set \$EDITOR, or write in a\.md"):
        chosen_editor(Path("a.md"))


def test_a_window_that_comes_back_at_once_is_told_when_nobody_can_press_a_key(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "code", "pass", monkeypatch)

    done = cli("edit", "1")

    assert done.code == 0
    assert "code came back at once; `currents edit 1 --watch --no-editor` keeps every save" in done.err
    assert "code --wait" in done.err


def test_at_a_terminal_it_waits_for_a_key_until_the_window_is_done(
    manuscript: Path, folder: Path, tmp_path: Path
) -> None:
    script = a_program(tmp_path, "code", "pass")
    with a_terminal("edit", "1", folder=folder, VISUAL=str(script)) as terminal:
        terminal.until("press Enter here.")
        manuscript.write_text(
            manuscript.read_text(encoding="utf-8").replace("TK The turn", "Who pays"), encoding="utf-8"
        )
        terminal.type("\n")

        assert terminal.end() == 0
        assert "kept as revision 2" in terminal.shown
    assert "Who pays" in texts()[-1]


def test_with_an_error_it_offers_to_go_back_to_the_faulty_line(manuscript: Path, folder: Path, tmp_path: Path) -> None:
    clean = manuscript.read_text(encoding="utf-8")
    line = clean.split("\n").index("::: why") + 1
    program = "text = file.read_text(); file.write_text(text.replace('::: why', '::: wy') if turn == 1 else text.replace('::: wy', '::: why'))"
    script = a_program(tmp_path, "vim", program)
    with a_terminal("edit", "1", folder=folder, VISUAL=str(script)) as terminal:
        terminal.until(f"Open it again at line {line} (F005)?")
        terminal.type("\n")

        assert terminal.end() == 0
        assert "kept as revision 3" in terminal.shown
    assert (tmp_path / "vim.seen").read_text(encoding="utf-8").split("\n")[1] == repr([f"+{line}", str(manuscript)])
    assert texts()[0] == texts()[2] == clean


def test_who_does_not_want_to_mend_now_is_let_go(manuscript: Path, folder: Path, tmp_path: Path) -> None:
    script = a_program(tmp_path, "pen", "file.write_text(file.read_text().replace('::: why', '::: wy'))")
    with a_terminal("edit", "1", folder=folder, VISUAL=str(script)) as terminal:
        terminal.until("Open it again")
        terminal.type("n\n")

        assert terminal.end() == 0
    assert len(texts()) == 2


@pytest.mark.parametrize(("answer", "revisions"), [("r", 1), ("k", 2)])
def test_an_emptied_file_is_asked_about(
    manuscript: Path, folder: Path, tmp_path: Path, answer: str, revisions: int
) -> None:
    before = manuscript.read_text(encoding="utf-8")
    script = a_program(tmp_path, "pen", "file.write_text('')")
    with a_terminal("edit", "1", folder=folder, VISUAL=str(script)) as terminal:
        terminal.until("Restore revision 1, keep the file as it is, or open it and look?")
        terminal.type(f"{answer}\n")
        if answer == "k":
            terminal.until("Open it again")
            terminal.type("n\n")

        assert terminal.end() == 0
        assert "was not kept, revision 1 stands" in terminal.shown
    assert len(texts()) == revisions
    assert manuscript.read_text(encoding="utf-8") == (before if answer == "r" else "")


def test_an_emptied_file_can_be_looked_at_first(manuscript: Path, folder: Path, tmp_path: Path) -> None:
    before = manuscript.read_text(encoding="utf-8")
    program = f"file.write_text('' if turn == 1 else {before!r}.replace('TK The turn', 'Who pays'))"
    script = a_program(tmp_path, "pen", program)
    with a_terminal("edit", "1", folder=folder, VISUAL=str(script)) as terminal:
        terminal.until("open it and look?")
        terminal.type("open\n")

        assert terminal.end() == 0
    assert [("Who pays" in text) for text in texts()] == [False, True]


def test_an_interrupt_at_the_question_leaves_everything_where_it_is(
    manuscript: Path, folder: Path, tmp_path: Path
) -> None:
    script = a_program(tmp_path, "pen", "file.write_text('')")
    with a_terminal("edit", "1", folder=folder, VISUAL=str(script)) as terminal:
        terminal.until("open it and look?")
        terminal.type("\x03")

        assert terminal.end() == 130
    assert len(texts()) == 1
    assert manuscript.read_text(encoding="utf-8") == ""


def test_an_interrupt_is_the_program_s_own_while_it_runs(manuscript: Path, folder: Path, tmp_path: Path) -> None:
    program = (
        "pressed = []\nsignal.signal(signal.SIGINT, lambda *_: pressed.append(1))\nprint('writing', flush=True)\n"
        f"while not pressed:\n    time.sleep(0.05)\n{SAVE}"
    )
    script = a_program(tmp_path, "pen", program)
    with a_terminal("edit", "1", folder=folder, VISUAL=str(script)) as terminal:
        terminal.until("writing")
        terminal.type("\x03")

        terminal.until("kept as revision 2")
        assert terminal.end() == 0


def test_a_watch_keeps_and_proves_every_save_while_the_program_runs(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = manuscript.parent.parent / "db" / "newsletter.sqlite3"
    program = WRITES_TWICE.replace("STORE", repr(str(store)))
    write_with(tmp_path, "pen", program, monkeypatch)

    done = cli("edit", "1", "--watch")

    assert done.code == 0
    assert "kept as revision 2" in done.out
    assert "kept as revision 3" in done.out
    assert done.err.count("words a minute") == 2
    assert done.out.endswith("2 revisions kept, revision 3\n")


def test_a_watch_beside_an_open_editor_ends_with_ctrl_c_and_keeps_all(manuscript: Path, folder: Path) -> None:
    program = [sys.executable, "-m", "composer", "edit", "1", "--watch", "--no-editor"]
    with subprocess.Popen(program, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr
        said = run.stderr.readline()
        first = manuscript.read_text(encoding="utf-8")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(texts()) < 2 and time.monotonic() < deadline:
            manuscript.write_text(first.replace("TK The turn", "Who pays"), encoding="utf-8")
            time.sleep(0.3)
        manuscript.write_text("", encoding="utf-8")
        time.sleep(0.5)
        manuscript.write_text(first.replace("TK The turn", "Who has paid"), encoding="utf-8")
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=PATIENCE_SECONDS)

    assert run.returncode == 0, err
    assert said == "following editions/the-price-of-salt.md; Ctrl-C ends it\n"
    assert out.endswith("2 revisions kept, revision 3\n")
    assert ["Who has paid" in text for text in texts()] == [False, False, True]


def test_a_watched_program_in_the_terminal_is_not_talked_into(manuscript: Path, folder: Path, tmp_path: Path) -> None:
    store = folder / "db" / "newsletter.sqlite3"
    program = f"{WRITES_TWICE.replace('STORE', repr(str(store)))}\nprint('leaving', flush=True)"
    script = a_program(tmp_path, "vim", program)
    with a_terminal("edit", "1", "--watch", folder=folder, VISUAL=str(script)) as terminal:
        terminal.until("leaving")
        before, _, _ = terminal.shown.partition("leaving")  # what follows may be there already
        assert terminal.end() == 0

    assert "remarks follow at the end" in before
    assert "kept as revision" not in before
    assert "words a minute" in terminal.shown
    assert "2 revisions kept, revision 3" in terminal.shown


def test_a_watched_window_that_came_back_at_once_is_followed_until_ctrl_c(
    manuscript: Path, folder: Path, tmp_path: Path
) -> None:
    script = a_program(tmp_path, "subl", SAVE)
    with a_terminal("edit", "1", "--watch", folder=folder, VISUAL=str(script)) as terminal:
        terminal.until("Ctrl-C ends it")
        terminal.type("\x03")

        assert terminal.end() == 0
        assert "1 revision kept, revision 2" in terminal.shown


def test_a_watched_program_that_fails_has_lost_nothing(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "pen", f"{SAVE}; sys.exit(2)", monkeypatch)

    done = cli("edit", "1", "--watch")

    assert done.code == 1
    assert "pen ended with 2; what was saved is kept" in done.err
    assert "Who pays" in texts()[-1]


def test_restoring_and_opening_at_once_is_refused(manuscript: Path, cli: Cli) -> None:
    assert cli("edit", "1", "--restore", "--watch").code == 2


LOOKS = """
import urllib.request
told = pathlib.Path(sys.argv[0]).parent / 'address'
while not told.exists() or not told.read_text().endswith('\\n'):
    time.sleep(0.02)
(told.parent / 'page').write_text(urllib.request.urlopen(told.read_text().strip()).read().decode())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a browser is opened by xdg-open on Linux alone")
def test_the_preview_stands_beside_the_editor_and_ends_with_it(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/address\n', encoding="utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    write_with(tmp_path, "pen", LOOKS, monkeypatch)

    done = cli("edit", "1", "--preview")

    address = (tmp_path / "address").read_text(encoding="utf-8").strip()
    assert done.code == 0
    assert f"preview: {address.partition('?')[0]}" in done.err
    assert manuscript.stem.replace("-", " ") in (tmp_path / "page").read_text(encoding="utf-8").lower()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", urlsplit(address).port or 0))


def test_a_preview_that_cannot_begin_stops_no_writing(
    manuscript: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_with(tmp_path, "pen", SAVE, monkeypatch)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "uvicorn.py").write_text("raise SystemExit('no uvicorn today')", encoding="utf-8")

    done = cli("edit", "1", "--preview")

    assert "no preview: no uvicorn today" in done.err
    assert manuscript.is_file()
    assert "Who pays" in texts()[-1]
