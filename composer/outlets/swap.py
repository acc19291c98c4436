"""Let two folders change places in one step, where the system can. Decides nothing."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

_HERE = -100  # AT_FDCWD: paths are as the process would open them
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2), Linux 3.15 and glibc 2.28; RENAME_SWAP of renamex_np(2), macOS 10.12
_UNABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places so that both names are there at every moment; False where that is not to be had.

    Raises OSError when they cannot change places for another reason; then nothing moved.
    """
    swap = _swap()
    if swap is None:
        return False
    sys.audit("os.rename", str(one), str(other), -1, -1)  # as Python's own renames are told to whoever watches
    if swap(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:  # this file system cannot
        return False
    raise OSError(number, os.strerror(number), str(other))


@cache
def _swap() -> Callable[[bytes, bytes], int] | None:
    if sys.platform == "win32":
        return None
    library: Any = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        return lambda one, other: int(library.renameat2(_HERE, one, _HERE, other, _EXCHANGE))
    if hasattr(library, "renamex_np"):
        return lambda one, other: int(library.renamex_np(one, other, _EXCHANGE))
    return None
