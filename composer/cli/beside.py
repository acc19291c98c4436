"""The preview beside an open editor: a process of its own, which ends with the writing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from composer.app import Newsroom
from composer.cli import screen

_PATIENCE_SECONDS = 10  # for its end


@contextmanager
def previewed(room: Newsroom, number: int) -> Iterator[None]:
    """Show an edition in the browser until the block ends; without a preview the writing goes on all the same.

    The preview has a session of its own, so that Ctrl-C in an editor is the editor's alone.
    """
    words = [sys.executable, "-m", "composer", "--newsletter", str(room.root), "preview", str(number), "--open"]
    with subprocess.Popen(  # noqa: S603 (our own command)
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as showing:
        try:
            _say_where(showing)
            yield
        finally:
            showing.terminate()
            try:
                showing.communicate(timeout=_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                showing.kill()


def _say_where(showing: subprocess.Popen[str]) -> None:
    """Wait for the preview's address and say it before the editor takes the screen."""
    address = showing.stdout.readline().strip() if showing.stdout else ""
    if address:
        screen.note(f"preview: {address}")
        return
    why = showing.communicate()[1].strip().removeprefix("currents: ")
    screen.note(f"no preview: {why.splitlines()[-1] if why else 'it ended at once'}")
