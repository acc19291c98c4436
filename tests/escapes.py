"""What a child process is asked to try in the tests of its limits."""

import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

TARGET = Path(tempfile.gettempdir()) / "currents-escape"


def _tried(escape: Callable[[], object]) -> str:
    try:
        escape()
    except OSError:
        return "refused"
    return "done"


def open_a_file() -> str:
    return _tried(lambda: Path("/etc/hostname").read_bytes())


def write_a_file() -> str:
    return _tried(lambda: TARGET.write_bytes(b"x"))


def start_a_process() -> str:
    return _tried(lambda: subprocess.run([sys.executable, "-c", ""], check=False))


def open_a_connection() -> str:
    return _tried(socket.socket)


def work_for_ever() -> None:
    while True:
        pass


def want_memory() -> int:
    return len(bytearray(500_000_000))
