"""Which program the editor writes in, how it is told a line, and whether it comes back before the writing is done."""

import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from composer.errors import UsageError

AT_ONCE_SECONDS = 1.0  # nobody reads, writes and saves faster: the program has left a window behind
FALLBACKS = ("sensible-editor", "nano", "vim", "vi")
# fmt: off
_PLUS = frozenset({  # NAME +LINE FILE
    "editor", "emacs", "emacsclient", "gedit", "gvim", "helix", "hx", "jed", "joe", "kak", "mcedit", "mg", "micro",
    "mvim", "nano", "ne", "nvim", "pico", "sensible-editor", "vi", "view", "vim", "vimx",
})
_GOTO = frozenset({"code", "code-insiders", "code-oss", "codium", "cursor", "vscodium", "windsurf"})  # --goto FILE:LINE
_COLON = frozenset({"atom", "subl", "sublime_text", "zed", "zeditor"})  # NAME FILE:LINE
# fmt: on
_LINE = {"kate": "--line", "kwrite": "--line", "mate": "--line"}  # NAME --line LINE FILE
_WAITS = {  # programs with windows of their own, and what makes each stay until the file is closed
    **dict.fromkeys((*_GOTO, *_COLON, "gedit", "mate"), ("--wait", "-w")),
    "gvim": ("-f", "--nofork"),
    "mvim": ("-f", "--nofork"),
    "kate": ("-b", "--block"),
    "open": ("-W",),
    "xdg-open": (),
    "gnome-text-editor": (),
    "kwrite": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """A program to write in, with the arguments that its user gave it."""

    command: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the program's own name: "vim"."""
        return Path(self.command[0]).stem

    @property
    def is_terminal(self) -> bool:
        """Say whether it is known to write in the terminal, and so to end when the writing is done."""
        return self.name in _PLUS and not self.has_window

    @property
    def has_window(self) -> bool:
        """Say whether it is known to open a window of its own, so that the terminal stays ours."""
        return self.name in _WAITS or (self.name == "emacsclient" and self._waits_not)

    @property
    def returns_at_once(self) -> bool:
        """Say whether it is known to come back while its window is still open."""
        return self.has_window and (self._waits_not or not set(self.command[1:]) & set(_WAITS[self.name]))

    @property
    def _waits_not(self) -> bool:
        return self.name == "emacsclient" and bool({"-n", "--no-wait"} & set(self.command[1:]))

    @property
    def waiting_option(self) -> str:
        """Return the option that would make it stay, or ""."""
        return next(iter(_WAITS.get(self.name, ())), "")

    def opening(self, file: Path, line: int = 0) -> list[str]:
        """Return the command that opens a file, at a 1-based line where the program is known to take one."""
        if line < 1:
            return [*self.command, str(file)]
        if self.name in _PLUS:
            return [*self.command, f"+{line}", str(file)]
        if self.name in _GOTO:
            return [*self.command, "--goto", f"{file}:{line}"]
        if self.name in _COLON:
            return [*self.command, f"{file}:{line}"]
        if self.name in _LINE:
            return [*self.command, _LINE[self.name], str(line), str(file)]
        return [*self.command, str(file)]


def chosen_editor(file: Path) -> Editor:
    """Return the program that $VISUAL or $EDITOR names, else one that is there. Raises UsageError."""
    words = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    words = words or next(filter(shutil.which, FALLBACKS), "")
    if not words:
        raise UsageError(f"no editor is set; set $EDITOR, or write in {file} with whatever you like")
    if Path(words).is_file():  # "/Applications/Sublime Text.app/…/subl" is one word
        return Editor(command=(words,))
    try:
        parts = tuple(shlex.split(words, posix=os.name != "nt"))
    except ValueError as error:
        raise UsageError(f"{words}: cannot be understood ({error}); set $EDITOR, or write in {file}") from None
    if not shutil.which(parts[0]):
        raise UsageError(f"{parts[0]}: no such program; set $EDITOR, or write in {file} with whatever you like")
    return Editor(command=parts)


def run_editor(editor: Editor, file: Path, line: int = 0) -> int:
    """Let the editor write and return what the program ended with, below 0 for a signal. Raises UsageError."""
    try:
        with _interrupts_left_to_it(), subprocess.Popen(editor.opening(file, line)) as process:  # noqa: S603 (the editor's own editor)
            return process.wait()
    except OSError as error:
        words = error.strerror or error
        raise UsageError(f"{editor.name}: cannot be started ({words}); set $EDITOR, or write in {file}") from None


def ending(editor: Editor, code: int) -> str:
    """Say how a program that did not end well ended."""
    if code >= 0:
        return f"{editor.name} ended with {code}"
    try:
        return f"{editor.name} was killed ({signal.Signals(-code).name})"
    except ValueError:
        return f"{editor.name} was killed (signal {-code})"


@contextmanager
def _interrupts_left_to_it() -> Iterator[None]:
    """Let Ctrl-C be the program's own: a handler, unlike SIG_IGN, is not handed down to it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
