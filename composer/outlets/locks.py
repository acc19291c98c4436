"""A lock that another process can see and that ends with its process, however that ends."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from composer.errors import ConflictError

if sys.platform == "win32":
    import msvcrt

    def _hold(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _hold(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _is_had(folder: int) -> bool:
        """Say whether a folder's lock is ours now; some network file systems know no locks, and nobody waits there."""
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True


_TICK_SECONDS = 0.02


@contextlib.contextmanager
def alone(folder: Path, patience_seconds: float) -> Iterator[None]:
    """Hold a folder, made where it is missing, until done. Raises ConflictError while another process does, OSError.

    Windows cannot lock a folder: nobody waits there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        end = time.monotonic() + patience_seconds
        while not _is_had(opened):
            if time.monotonic() > end:
                raise ConflictError(f"{folder}: another command has been writing there for long; see what it waits for")
            time.sleep(_TICK_SECONDS)
        yield
    finally:
        os.close(opened)


class Lock:
    """A lock on a name: an empty file that is there while somebody holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    def take(self) -> bool:
        """Take the lock; False when somebody else has it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        while self._handle < 0:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            if not _hold(handle):
                os.close(handle)
                return False
            if self._is_ours(handle):
                self._handle = handle
            else:
                os.close(handle)  # the one who had it took the file away meanwhile
        return True

    def give_back(self) -> None:
        """Let go of the lock and take its file away."""
        with contextlib.suppress(OSError):
            self._path.unlink()
        os.close(self._handle)
        self._handle = -1

    def is_taken(self) -> bool:
        """Say whether somebody holds the lock; nothing is left behind."""
        if not self._path.exists():
            return False
        taken = not self.take()
        if not taken:
            self.give_back()
        return taken

    def _is_ours(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except FileNotFoundError:
            return False
