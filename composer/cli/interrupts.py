"""Ctrl-C waits for what must not be broken off in the middle: an import, or the store at its work.

Broken off there, KeyboardInterrupt turns into other errors, or into a death by signal (CPython remembers one that
passed an `exec` of words as never caught), and the store's transaction may be lost with what arrived.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN_SECONDS = 0.05
_STORE = "db"


def interrupt_patiently() -> None:
    """Let Ctrl-C raise KeyboardInterrupt as ever, but as soon as it does no harm."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _interrupted)


@contextmanager
def interrupts_left_to_asyncio() -> Iterator[None]:
    """Let `asyncio.run` cancel its task on Ctrl-C, as it does only where nobody else has taken the signal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupted(_number: int, frame: FrameType | None) -> None:
    if not _is_delicate(frame):
        raise KeyboardInterrupt
    again = threading.Timer(AGAIN_SECONDS, _interrupt_again)
    again.daemon = True
    again.start()


def _interrupt_again() -> None:
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGINT)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def _is_delicate(frame: FrameType | None) -> bool:
    while frame is not None:
        room = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if room == _STORE or frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False
