"""`currents edit`: open the manuscript, keep what is saved, say what is wrong with it, go back to the faulty line."""

import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import remarks, screen
from composer.cli.beside import previewed
from composer.cli.differing import both_shown
from composer.cli.editors import AT_ONCE_SECONDS, Editor, chosen_editor, ending, run_editor
from composer.cli.remarks import path_of
from composer.desk.changing import newest_copy
from composer.desk.changing import restore as write_back
from composer.desk.revising import Copy, Sitting, bring_home, sitting, take_as_it_is, take_in
from composer.errors import ComposerError, HalfSavedError, UsageError
from composer.manuscript import find_block
from composer.model import Remark


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--at", "at", metavar="BLOCK", default="", help="Open at a block, or at a line (:31).")
@click.option("--watch", is_flag=True, help="Keep every save while you write, until the editor ends or Ctrl-C.")
@click.option("--preview", "beside", is_flag=True, help="Show the preview in the browser while you write.")
@click.option("--no-editor", is_flag=True, help="Open nothing: keep what lies there; with --watch, follow it.")
@click.option("--restore", is_flag=True, help="Write the newest revision over an emptied or cut-off file.")
@click.option("--take", is_flag=True, help="Keep the file as it is, though it seems emptied or cut off.")
@click.pass_obj
def edit(  # noqa: PLR0913 (an option each)
    newsletter: str | None,
    number: int,
    *,
    at: str,
    watch: bool,
    beside: bool,
    no_editor: bool,
    restore: bool,
    take: bool,
) -> None:
    """Open edition N in $VISUAL or $EDITOR; every text you save is kept as a revision, and proved.

    With errors it offers to open the file again at the first. BLOCK is a number or name from `currents blocks N`.
    """
    if sum((restore, take, watch or no_editor or beside or bool(at))) > 1:
        raise UsageError("--restore and --take are done alone, without an editor")
    with open_newsroom(newsletter) as room:
        if restore:
            _say_restored(room, write_back(room.desk, number))
        elif take:
            _say_kept(room, take_as_it_is(room.desk, number))
        else:
            with previewed(room, number) if beside else nullcontext():
                _open(room, number, at, watch=watch, no_editor=no_editor)


def _open(room: Newsroom, number: int, at: str, *, watch: bool, no_editor: bool) -> None:
    known = room.store.editions.get(number).revision
    taken = _taken(room, number, lambda: take_in(room.desk, number))
    copy = taken or newest_copy(room.desk, number)
    file = room.root / "editions" / copy.edition.filename
    if no_editor and not watch:
        if taken:
            _say_state(room, taken, known)
        return
    line = _line(copy, at)
    editor = None if no_editor else chosen_editor(file)
    if not watch and editor:
        _write(room, copy, editor, line)
        return
    from composer.cli.watching import follow_edition  # noqa: PLC0415 (watchfiles and asyncio, only to watch)

    follow_edition(room, copy, file, editor, line)


def _write(room: Newsroom, copy: Copy, editor: Editor, line: int) -> None:
    """Write, keep and prove, again and again while the editor wants to mend an error."""
    while True:
        with sitting(room.desk, copy) as sat:
            _say_where(room, sat)
            _let_write(room, sat, editor, line)
        known = _say_meanwhile(room, sat)
        taken = _taken(room, copy.edition.id, partial(_brought_home, room, sat))
        if taken is None:
            line = 0
            continue
        copy = taken
        line = _line_to_mend(_say_state(room, copy, known))
        if not line:
            return


def _let_write(room: Newsroom, sat: Sitting, editor: Editor, line: int) -> None:
    began = time.monotonic()
    code = run_editor(editor, room.root / "editions" / sat.filename, line)
    if code:
        raise ComposerError(_failure(room, sat, ending(editor, code)))
    _wait_for_window(room, sat, editor, at_once=time.monotonic() - began < AT_ONCE_SECONDS)


def _brought_home(room: Newsroom, sat: Sitting) -> Copy:
    with both_shown():
        return bring_home(room.desk, sat)


def _say_where(room: Newsroom, sat: Sitting) -> None:
    """Say that somebody else has the manuscript open, and which texts wait that were never brought home."""
    manuscript = sat.begun.edition.filename
    if sat.filename != manuscript:
        screen.note(f"somebody has editions/{manuscript} open; you write in editions/{sat.filename} meanwhile")
    for left in sorted((room.root / "editions").glob(f"{manuscript.removesuffix('.md')}.mine-*.md")):
        if left.name != sat.filename:
            screen.note(f"editions/{left.name}: a text that was never brought home; delete it once you need it no more")


def _say_meanwhile(room: Newsroom, sat: Sitting) -> int:
    """Say what happened to the edition while the editor wrote, and return the newest revision's number."""
    edition = sat.begun.edition
    newest = room.store.editions.get(edition.id).revision
    where, shown = path_of(room, edition), f"`currents revisions {edition.id} --show {newest}`"
    if _lies(room, sat) is None:
        screen.note(f"{where}: the file was gone; it is written again from revision {newest}")
    if newest != sat.begun.revision.number:
        screen.note(f"{where}: revision {newest} was saved while you wrote; {shown} prints it")
    return newest


def _line(copy: Copy, at: str) -> int:
    if at.startswith(":") and at[1:].isdigit():
        return int(at[1:])
    return copy.manuscript.blocks[find_block(copy.manuscript.blocks, at)].line if at else 0


def _taken(room: Newsroom, number: int, take: Callable[[], Copy]) -> Copy | None:
    """Take the file in; one that seems half-saved is asked about. None: the editor wants to look at it first."""
    try:
        return take()
    except HalfSavedError as error:
        if not sys.stdin.isatty():
            raise
        screen.note(f"{error.file}: the file {error.why}; it was not kept, revision {error.revision} stands")
        question = f"Restore revision {error.revision}, keep the file as it is, or open it and look?"
        answer = screen.ask_choice(question, ("restore", "keep", "open"), "restore")
    if answer == "open":
        return None
    return write_back(room.desk, number) if answer == "restore" else take_as_it_is(room.desk, number)


def _wait_for_window(room: Newsroom, sat: Sitting, editor: Editor, *, at_once: bool) -> None:
    """Wait for the editor whose program came back before its window was closed."""
    known = editor.returns_at_once
    if not known and (editor.is_terminal or not at_once or _lies(room, sat) != sat.begun.revision.text):
        return
    option = f", or let it wait by itself ({editor.name} {editor.waiting_option})" if editor.waiting_option else ""
    number = sat.begun.edition.id
    if sys.stdin.isatty():
        screen.note(f"{editor.name} came back at once; its window may still be open{option}")
        screen.wait_for_key("Save there, then press Enter here.")
    elif known:
        watch = f"`currents edit {number} --watch --no-editor` keeps every save"
        screen.note(f"{editor.name} came back at once; {watch}{option}")


def _lies(room: Newsroom, sat: Sitting) -> str | None:
    return room.drawer.read(sat.filename)


def _failure(room: Newsroom, sat: Sitting, how: str) -> str:
    number, revision = sat.begun.edition.id, sat.begun.revision.number
    where = path_of(room, replace(sat.begun.edition, filename=sat.filename))
    if _lies(room, sat) == sat.begun.revision.text:
        return f"{how}; {where} is unchanged, revision {revision} stands"
    kept = f"the text before is revision {revision} (`currents revisions {number} --show {revision}`)"
    return f"{how}; {where} is as it left it, {kept}; `currents edit {number} --no-editor` keeps what lies there"


def _say_state(room: Newsroom, copy: Copy, known: int) -> tuple[Remark, ...]:
    number = copy.revision.number
    state = f"unchanged, revision {number}" if number == known else f"kept as revision {number}"
    screen.say(f"{path_of(room, copy.edition)}: {state}")
    found = remarks.prove_copy(room, copy)
    remarks.show(room, copy, found)
    return found


def _say_kept(room: Newsroom, copy: Copy) -> None:
    screen.say(f"{path_of(room, copy.edition)}: kept as it is, revision {copy.revision.number}")


def _say_restored(room: Newsroom, copy: Copy) -> None:
    screen.say(f"{path_of(room, copy.edition)}: restored, revision {copy.revision.number}")


def _line_to_mend(found: tuple[Remark, ...]) -> int:
    """Ask whether to go on at the first error that stands on a line; 0: no. What is still to be written is no fault."""
    errors = [one for one in found if one.severity == "error" and one.rule not in remarks.UNWRITTEN and one.line]
    if not errors or not sys.stdin.isatty():
        return 0
    first = min(errors, key=lambda one: one.line)
    return first.line if screen.ask(f"Open it again at line {first.line} ({first.rule})?", default=True) else 0
