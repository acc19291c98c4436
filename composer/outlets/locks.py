"""A lock that another process can see and that ends with its process, however that ends."""

import contextlib
import os
import sys
from pathlib import Path

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
