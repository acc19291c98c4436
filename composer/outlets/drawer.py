"""The editions/ folder: one text file an edition, where the editor writes.

A file is written whole or not at all; a file that cannot be read as UTF-8 is left as it lies.
"""

import contextlib
import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from composer.errors import ManuscriptError, OutboxError
from composer.outlets.locks import Lock


class ManuscriptDrawer:
    """Manuscripts by file name in one folder (fills `composer.ports.Drawer`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, filename: str) -> str | None:
        """Return a manuscript's text, None when there is no such file."""
        path = self._folder / filename
        try:
            return path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            mend = "save it as UTF-8, or move it away and the newest revision is written in its place"
            raise ManuscriptError(_told(path), line, f"not UTF-8; the file is kept as it is: {mend}") from error
        except OSError as error:
            raise ManuscriptError(_told(path), 1, f"cannot be read: {error.strerror}") from error

    def write(self, filename: str, text: str) -> None:
        """Write a manuscript. Raises OutboxError, then the file is as it was."""
        path = self._folder / filename
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_whole(path, text.encode())
        except OSError as error:
            raise OutboxError(f"{path}: cannot be written: {error.strerror}; the store has kept the text") from error

    def remove(self, filename: str) -> None:
        """Take a file away that is kept elsewhere."""
        with contextlib.suppress(OSError):
            (self._folder / filename).unlink()

    @contextlib.contextmanager
    def lend(self, filename: str) -> Iterator[bool]:
        """Lend a manuscript until the context or the process ends; False while another process has it."""
        lock = self._lock(filename)
        ours = lock.take()
        try:
            yield ours
        finally:
            if ours:
                lock.give_back()

    def reserve(self, filename: str) -> str:
        """Make an empty file under this name, or the next free one (salt-2.md), and return the name."""
        given = Path(filename)
        for number in itertools.count(1):
            name = filename if number == 1 else f"{given.stem}-{number}{given.suffix}"
            try:
                (self._folder / name).open("x").close()
            except FileExistsError:
                continue
            except OSError as error:
                raise OutboxError(f"{self._folder / name}: cannot be written: {error.strerror}") from error
            return name
        raise AssertionError(filename)  # never: numbers do not end

    def is_lent(self, filename: str) -> bool:
        """Say whether a manuscript is lent to somebody."""
        return self._lock(filename).is_taken()

    def _lock(self, filename: str) -> Lock:
        return Lock(self._folder / f".{filename}.lent")


def _told(path: Path) -> str:
    """Return a manuscript's place as every remark names it: editions/salt.md."""
    return f"{path.parent.name}/{path.name}"


def replace_whole(path: Path, content: bytes) -> None:
    """Write beside the file, then take its place: a full disk or a crash leaves the old one whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
