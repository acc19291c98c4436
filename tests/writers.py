"""Programs that edit a file as $EDITOR does, and a terminal to run Currents in."""

import contextlib
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

PATIENCE_SECONDS = 60


def a_program(folder: Path, name: str, program: str) -> Path:
    """Make a program of that name: `file` is what it is given last, `words` all it is given, `turn` counts its runs."""
    script = folder / name
    lines = (
        f"#!{sys.executable}",
        "import os, pathlib, signal, sys, time",
        "words = sys.argv[1:]",
        "file = pathlib.Path(words[-1].split('.md:')[0] + '.md' if '.md:' in words[-1] else words[-1])",
        f"seen = pathlib.Path({str(folder / (name + '.seen'))!r})",
        "before = seen.read_text() if seen.exists() else ''",
        "turn = before.count(chr(10)) + 1",
        "seen.write_text(before + repr(words) + chr(10))",
        program,
    )
    script.write_text("\n".join(lines) + "\n", encoding="utf-8")
    script.chmod(0o755)
    return script


class Terminal:
    """Currents in a terminal of its own: what it shows, and what is typed into it."""

    def __init__(self, process: "subprocess.Popen[bytes]", screen: int) -> None:
        self.process = process
        self.shown = ""
        self._screen = screen

    def until(self, words: str) -> str:
        """Read on until the words are shown; fail with what was shown when they never come."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in self.shown:
            assert time.monotonic() < deadline, self.shown
            assert self._read(), f"{words!r} never came: {self.shown}"
        return self.shown

    def type(self, words: str) -> None:
        time.sleep(0.3)  # nobody types before a question is waited on; readline would miss a Ctrl-C right then
        os.write(self._screen, words.encode())

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._read():
            pass
        return self.process.wait(timeout=PATIENCE_SECONDS)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._screen], [], [], PATIENCE_SECONDS)
        try:
            said = os.read(self._screen, 65_536) if ready else b""
        except OSError:  # Linux says so when the other side is closed
            said = b""
        self.shown += said.decode(errors="replace")
        return bool(said)


@contextlib.contextmanager
def a_terminal(*words: str, folder: Path, **environment: str) -> Iterator[Terminal]:
    """Run `currents` in a new terminal, where Ctrl-C reaches it as it reaches people's."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "composer", *words],
        cwd=folder,
        env=_environment(environment),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,  # noqa: PLW1509 (this test process has no other threads then)
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(timeout=PATIENCE_SECONDS)
        os.close(ours)


def _take_terminal() -> None:
    import fcntl  # noqa: PLC0415 (in the child)
    import termios  # noqa: PLC0415 (as above)

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"VISUAL", "EDITOR"}}
    return {**kept, "TERM": "dumb", "COLUMNS": "200", **more}
