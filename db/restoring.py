"""Putting a copy in the store's place: checked first, then in one step, what stood there kept beside."""

import contextlib
import os
import shutil
from pathlib import Path
from typing import Any

from composer.errors import ConflictError, StoreError
from db import copies, engine, schema

_PATIENCE_MS = 1_000  # how long a restore waits for others to let go
_OUTER = ("disk is full", "disk i/o", "unable to open")  # not the file's own fault


def restore(copy: Path, path: Path) -> Path | None:
    """Put a copy in the store's place; return where the store that stood there is kept, None when there was none.

    The copy is checked, and upgraded when it is older, before anything is touched; killed at any moment, the store is
    the old or the new one. Raises NotFoundError, ConflictError, StoreError; then the store stands as it was.
    """
    copies.refuse_missing(copy)
    path = Path(os.path.realpath(path))  # a link stays a link, and a log lies beside the file itself
    if path.exists() and copy.samefile(path):
        raise ConflictError(f"{copy}: is the store itself; name a copy of it")
    if copies.is_altered(copy):
        raise StoreError(f"{copy}: is not what its .sha256 says; name another copy; nothing was changed")
    with copies.part_of(path) as part:
        with engine.plainly(copy):
            _take_in(copy, part)
        copies.refuse_unfit(part, copy, "integrity_check")
        _upgrade(part)
        with engine.plainly(path):
            kept = _install(part, path)
    schema.upgrade(path)  # chooses the journal
    return kept


def _take_in(copy: Path, part: Path) -> None:
    """Copy a copy without leaving a trace beside it, so that it may lie on a disk that cannot be written."""
    if not any(copy.with_name(copy.name + ending).exists() for ending in copies.BESIDE):
        shutil.copyfile(copy, part)
        copies.settle(part)
        return
    with contextlib.closing(engine.connect(copy)) as source:
        copies.pour(source, part)


def _upgrade(part: Path) -> None:
    """Upgrade an older copy. What the upgrade copied goes again: the copy that is being restored is that already."""
    try:
        schema.upgrade(part)
        with engine.plainly(part):
            copies.settle(part)
    finally:
        for spare in part.parent.glob(f"{part.name}.before-*"):
            spare.unlink(missing_ok=True)


def _install(part: Path, path: Path) -> Path | None:
    if not path.exists():
        _put(part, path)
        return None
    kept = _free_name(path)
    try:
        _overwrite(part, path, kept)
    except engine.LibraryError as error:
        if "locked" in str(error):
            raise StoreError(f"{path}: another program has it open; end that one and try again") from error
        if not os.access(path, os.W_OK) or any(mark in str(error).lower() for mark in _OUTER):
            raise
        _set_aside(path, kept)
        _put(part, path)
    return kept


def _free_name(path: Path) -> Path:
    """Return a name for what stood there before; never one that is taken, for that may be the only good store."""
    first = path.with_name(f"{path.name}.before-restore")
    names = (first, *(path.with_name(f"{first.name}-{number}") for number in range(2, 10_000)))
    return next(name for name in names if not name.exists())


def _overwrite(part: Path, path: Path, kept: Path) -> None:
    """Write the copy into the store's file in one transaction, while nobody else can open it.

    Renaming over it instead would leave another process writing into a file that has no name any more.
    """
    with contextlib.closing(engine.connect(path)) as present:
        _take(present)
        with copies.part_of(kept) as spare:
            copies.pour(present, spare)
            copies.flush(spare)
            spare.replace(kept)
        with contextlib.closing(engine.connect(part)) as new:
            new.backup(present, progress=copies.give_up_when_busy)


def _take(connection: Any) -> None:  # noqa: ANN401 — a connection of either library
    """Shut everybody else out until the connection is closed, and fold the write-ahead log into the file."""
    for statement in (
        f"PRAGMA busy_timeout={_PATIENCE_MS}",
        "PRAGMA locking_mode=EXCLUSIVE",
        "PRAGMA synchronous=FULL",
        "BEGIN EXCLUSIVE",
        "COMMIT",
        "PRAGMA journal_mode=delete",
    ):
        connection.execute(statement).fetchall()


def _set_aside(path: Path, kept: Path) -> None:
    """Copy a file that SQLite cannot read, with all that lies beside it: a log left there would be played back."""
    for ending in ("", *copies.BESIDE):
        former = path.with_name(path.name + ending)
        if former.exists():
            shutil.copy2(former, kept.with_name(kept.name + ending))
            copies.flush(kept.with_name(kept.name + ending))


def _put(part: Path, path: Path) -> None:
    copies.flush(part)
    for ending in copies.BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    part.replace(path)
    copies.flush_folder(path.parent)
