"""Copies of the store: made while others write, read over before they get their name, a sha256 beside each."""

import contextlib
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from composer.errors import ConflictError, NotFoundError, StoreError
from db import engine, schema
from db.schema import OURS

BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file
_BUSY = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED


def back_up(path: Path, target: Path, *, replace: bool = False) -> Path:
    """Copy the store as it stands, with its sha256 beside the copy, and return the copy's path.

    Other processes may go on writing. Raises NotFoundError, ConflictError when `target` exists and is not to be
    replaced, StoreError; then what had that name has it still.
    """
    refuse_missing(path)
    _refuse_taken(path, target, replace=replace)
    with part_of(target) as part:
        with engine.plainly(path), contextlib.closing(engine.connect(path)) as store:
            pour(store, part)
        refuse_unfit(part, path, "quick_check")
        with engine.plainly(target):
            shutil.copymode(path, part)
            flush(part)
            _name(part, target)
    return target


def is_altered(copy: Path) -> bool:
    """Say whether a copy differs from the sha256 beside it; a copy without one does not. Raises StoreError."""
    noted = _note(copy)
    with engine.plainly(copy):
        return noted.is_file() and noted.read_text(encoding="ascii", errors="replace").split()[:1] != [_sha256(copy)]


def refuse_missing(path: Path) -> None:
    """Raise NotFoundError unless a file is there."""
    with engine.plainly(path):
        found = path.is_file()
    if not found:
        raise NotFoundError(f"{path}: no such file; nothing was changed")


def _refuse_taken(path: Path, target: Path, *, replace: bool) -> None:
    if target.is_dir():
        raise ConflictError(f"{target}: is a folder; name a file")
    if target.exists() and target.samefile(path):
        raise ConflictError(f"{target}: is the store itself; name another file")
    if target.exists() and not replace:
        raise ConflictError(f"{target}: exists already; name another file, or replace it with --replace")


def refuse_unfit(part: Path, path: Path, check: str) -> None:
    """Raise StoreError, naming `path`, unless its copy `part` is a whole store that this program knows."""
    with engine.plainly(path), contextlib.closing(engine.connect(part)) as new:
        if engine.pragma(new, check) != "ok":
            raise StoreError(f"{path}: is damaged, so nothing was changed; `currents doctor` says more")
        if engine.pragma(new, "application_id") != OURS:
            raise StoreError(f"{path}: is no store of Currents, so nothing was changed; name another file")
        if engine.pragma(new, "user_version") > schema.HEAD:
            raise StoreError(f"{path}: written by a newer Currents; update Currents; nothing was changed")


@contextlib.contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """Give a file beside the target to write into; whatever of it is left goes when done."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    with engine.plainly(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(part)
        part.touch()
    try:
        yield part
    finally:
        _remove(part)


def _remove(path: Path) -> None:
    for name in (path.name, *(path.name + ending for ending in BESIDE)):
        path.with_name(name).unlink(missing_ok=True)


def pour(source: Any, target: Path) -> None:  # noqa: ANN401 — a connection of either library
    """Copy one state of a store into a file that needs no other beside it."""
    with contextlib.closing(engine.connect(target)) as new:
        source.backup(new, progress=give_up_when_busy)
    settle(target)


def settle(path: Path) -> None:
    """Fold the write-ahead log into the file and do without one."""
    with contextlib.closing(engine.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=delete").fetchall()


def give_up_when_busy(status: int, _remaining: int, _total: int) -> None:
    """End a copy that others keep out; the library has waited already and would wait for ever."""
    if status in _BUSY:
        raise engine.LibraryError("database is locked")


def _name(part: Path, target: Path) -> None:
    """Give a finished copy its name, then its sha256: killed between, a whole copy stands there without one."""
    note, noted = f"{_sha256(part)}  {target.name}\n", _note(target)
    noted.unlink(missing_ok=True)
    part.replace(target)
    part.write_text(note, encoding="ascii")
    flush(part)
    part.replace(noted)
    flush_folder(target.parent)


def _note(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}.sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Make a file's content survive a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    if sys.platform == "win32":  # which cannot open a folder
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
