"""Ctrl-C comes when it does no harm, and always comes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PRESSES = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
PROGRAM = """
import sys, time
sys.path.insert(0, sys.argv[1])
from composer.cli.interrupts import interrupt_patiently
interrupt_patiently()
try:
    {}
    for _ in range(200):
        time.sleep(0.05)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.exit(130)
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a process cannot press its own Ctrl-C there")


def run(folder: Path, act: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM.format(act), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_an_import_is_done_before_it(tmp_path: Path) -> None:
    words = "exec('import time; time.sleep(0.2)')\nprint('imported', flush=True)\n"
    (tmp_path / "delicate.py").write_text(f"{PRESSES}{words}", encoding="utf-8")
    done = run(tmp_path, "import delicate")

    assert (done.returncode, done.stdout.split(), done.stderr) == (130, ["imported", "interrupted"], "")


def test_the_store_is_done_before_it(tmp_path: Path) -> None:
    words = f"{PRESSES}time.sleep(0.2)\nprint('kept', flush=True)"
    done = run(tmp_path, f"exec({f'import time{chr(10)}{words}'!r}, {{'__name__': 'db.keeping'}})")

    assert done.stdout.split() == ["kept", "interrupted"]
    assert done.returncode in {130, -signal.SIGINT}  # CPython's own word where the program is an exec


def test_anything_else_is_broken_off_at_once(tmp_path: Path) -> None:
    done = run(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('went on')")

    assert (done.returncode, done.stdout.split()) == (130, ["interrupted"])
