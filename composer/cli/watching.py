"""`currents edit --watch`: every save is kept and proved while the editor writes on."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from composer.app import Newsroom
from composer.cli import remarks, screen
from composer.cli.differing import both_shown
from composer.cli.editors import AT_ONCE_SECONDS, Editor, ending
from composer.cli.glance import plural
from composer.cli.interrupts import interrupts_left_to_asyncio
from composer.desk.revising import Copy, bring_home, sitting, take_in
from composer.errors import ComposerError, ConflictError, UsageError
from composer.preview.watch import follow


class Watch:
    """What has been kept so far. Remarks wait while a program has the terminal to itself."""

    def __init__(self, room: Newsroom, copy: Copy, *, quiet: bool) -> None:
        self.room = room
        self.copy = copy
        self.quiet = quiet
        self.kept = 0
        self._unsaid = False

    def saved(self) -> None:
        """Keep what lies there; a file that cannot be kept now is said, and looked at again at its next save."""
        try:
            copy = take_in(self.room.desk, self.copy.edition.id)
        except ComposerError as error:
            if not self.quiet:
                screen.complain(str(error))
            return
        if copy.revision.number == self.copy.revision.number:
            return
        self.copy = copy
        self.kept += 1
        self._unsaid = True
        if not self.quiet:
            self.speak()

    def speak(self) -> None:
        """Say what was kept last, and what is wrong with it."""
        if not self._unsaid:
            return
        self._unsaid = False
        screen.say(f"editions/{self.copy.edition.filename}: kept as revision {self.copy.revision.number}")
        remarks.show(self.room, self.copy, remarks.prove_copy(self.room, self.copy))


def follow_edition(room: Newsroom, copy: Copy, file: Path, editor: Editor | None, line: int) -> None:
    """Keep every save of a manuscript until the program ends, or Ctrl-C. Raises ComposerError when it ended badly."""
    quiet = editor is not None and not editor.has_window and sys.stderr.isatty()
    watch = Watch(room, copy, quiet=quiet)
    code = 0
    if quiet:
        beside = f"`currents edit {copy.edition.id} --watch --no-editor`"
        screen.note(f"every save is kept; remarks follow at the end, or at once in another window: {beside}")
    with _lent(room, copy, editor):
        try:
            with interrupts_left_to_asyncio():
                code = asyncio.run(_watched(watch, file, editor, line))
        except KeyboardInterrupt:
            screen.note("")
    watch.quiet = False
    watch.saved()
    watch.speak()
    kept = plural(watch.kept, "revision")
    screen.say(f"editions/{copy.edition.filename}: {kept} kept, revision {watch.copy.revision.number}")
    if code and editor:
        raise ComposerError(f"{ending(editor, code)}; what was saved is kept")


@contextlib.contextmanager
def _lent(room: Newsroom, copy: Copy, editor: Editor | None) -> Iterator[None]:
    """Have the file to ourselves while our editor writes in it; whoever only follows another's saves needs no such."""
    if editor is None:
        yield
        return
    with sitting(room.desk, copy) as sat:
        if sat.filename != copy.edition.filename:
            raise ConflictError(
                f"somebody has editions/{copy.edition.filename} open; write without --watch, in a copy of your own"
            )
        yield
    with both_shown():
        bring_home(room.desk, sat)


async def _watched(watch: Watch, file: Path, editor: Editor | None, line: int) -> int:
    following = asyncio.create_task(follow([file], watch.saved))
    began = asyncio.get_running_loop().time()
    try:
        code = await _ended(editor, file, line, following) if editor else 0
        if not code and _goes_on(watch, editor, asyncio.get_running_loop().time() - began):
            watch.quiet = False
            screen.note(f"following editions/{watch.copy.edition.filename}; Ctrl-C ends it")
            await following
        return code
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError, ComposerError):
            await following


def _goes_on(watch: Watch, editor: Editor | None, seconds: float) -> bool:
    """Say whether the writing goes on although no program of ours runs: in a window that its program left behind."""
    if editor is None or editor.returns_at_once:
        return True
    unknown = not editor.is_terminal and not editor.has_window
    return unknown and seconds < AT_ONCE_SECONDS and not watch.kept and sys.stdin.isatty()


async def _ended(editor: Editor, file: Path, line: int, following: "asyncio.Task[None]") -> int:
    """Run the program to its end; should the following fail, the writing goes on."""
    try:
        process = await asyncio.create_subprocess_exec(*editor.opening(file, line))
    except OSError as error:
        raise UsageError(f"{editor.name}: cannot be started ({error.strerror}); set $EDITOR") from None
    with _interrupts_left_to(editor):
        writing = asyncio.create_task(process.wait())
        await asyncio.wait({writing, following}, return_when=asyncio.FIRST_COMPLETED)
        if following.done() and (problem := following.exception()):
            screen.complain(f"{problem}; what you save is kept when {editor.name} ends")
        return await writing


@contextlib.contextmanager
def _interrupts_left_to(editor: Editor) -> Iterator[None]:
    """Let Ctrl-C be the program's own while it writes in our terminal."""
    loop = asyncio.get_running_loop()
    if editor.has_window or os.name == "nt":  # Windows' loop has no signals
        yield
        return
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
