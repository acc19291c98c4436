"""The editions/ folder: who has a manuscript open, and names for copies."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from composer.errors import OutboxError
from composer.outlets import ManuscriptDrawer

ROOT = Path(__file__).resolve().parent.parent
HOLDING = """
import sys
from pathlib import Path
from composer.outlets import ManuscriptDrawer
with ManuscriptDrawer(Path(sys.argv[1])).lend("salt.md") as ours:
    print(ours, flush=True)
    sys.stdin.read()
"""


@contextmanager
def somebody(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the manuscript open."""
    command = [sys.executable, "-c", HOLDING, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def test_a_manuscript_is_lent_to_one_at_a_time(tmp_path: Path) -> None:
    drawer = ManuscriptDrawer(tmp_path)
    with somebody(tmp_path):
        assert drawer.is_lent("salt.md")
        with drawer.lend("salt.md") as ours:
            assert not ours
        assert drawer.is_lent("salt.md")
        with drawer.lend("pepper.md") as ours:
            assert ours


def test_what_is_given_back_is_free_and_leaves_nothing_behind(tmp_path: Path) -> None:
    drawer = ManuscriptDrawer(tmp_path)
    with drawer.lend("salt.md") as ours:
        assert ours
    assert not drawer.is_lent("salt.md")
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_is_killed_holds_nothing(tmp_path: Path) -> None:
    with somebody(tmp_path) as process:
        process.kill()
        process.wait()
        assert not ManuscriptDrawer(tmp_path).is_lent("salt.md")


def test_names_for_copies_are_given_once(tmp_path: Path) -> None:
    drawer = ManuscriptDrawer(tmp_path)
    assert [drawer.reserve("salt.mine.md") for _ in range(3)] == ["salt.mine.md", "salt.mine-2.md", "salt.mine-3.md"]


@pytest.mark.skipif(os.name != "posix", reason="it is a device elsewhere")
def test_a_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(OutboxError, match="/dev/null"):
        ManuscriptDrawer(Path("/dev/null")).reserve("salt.md")
