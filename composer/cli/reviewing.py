"""`currents submit`, `approve`, `send-back`, `discard`: an edition's way through review."""

from collections.abc import Callable

import click

from composer.app import open_newsroom
from composer.cli import screen
from composer.cli.naming import BY, given, known
from composer.desk import lifecycle
from composer.desk.revising import take_in
from composer.lifecycle import spoken
from composer.model import Edition

_NOTE = click.option("--note", "words", metavar="WORDS", default="", help="What the log should say besides.")


@click.command()
@click.argument("number", metavar="N", type=int)
@BY
@_NOTE
@click.pass_obj
def submit(newsletter: str | None, number: int, who: str, words: str) -> None:
    """Hand edition N in for review, as its text is now."""
    with open_newsroom(newsletter) as room:
        _say(lifecycle.submit(room.desk, take_in(room.desk, number), known(who), words))


@click.command()
@click.argument("number", metavar="N", type=int)
@BY
@_NOTE
@click.pass_obj
def approve(newsletter: str | None, number: int, who: str, words: str) -> None:
    """Approve edition N, as its text is now: the name is that of whoever answers for it.

    Refuses while an error stands in its proof. Any later change of the text ends the approval. With review.four_eyes,
    who handed it in cannot approve it.
    """
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        _say(lifecycle.approve(room.press, room.desk, copy, given(who), words))
        screen.note(f"for revision {copy.revision.number}, sha256 {copy.revision.sha256[:12]}…")


@click.command()
@click.argument("number", metavar="N", type=int)
@BY
@_NOTE
@click.pass_obj
def send_back(newsletter: str | None, number: int, who: str, words: str) -> None:
    """Give edition N back to its writer; what was approved or scheduled is so no longer."""
    with open_newsroom(newsletter) as room:
        _say(lifecycle.send_back(room.desk, take_in(room.desk, number), known(who), words))


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--undo", is_flag=True, help="Take up again what was laid aside.")
@BY
@_NOTE
@click.pass_obj
def discard(newsletter: str | None, number: int, *, undo: bool, who: str, words: str) -> None:
    """Lay edition N aside; its texts stay, and --undo takes it up again."""
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        step: Callable[..., Edition] = lifecycle.resume if undo else lifecycle.discard
        _say(step(room.desk, copy, known(who), words))


def _say(edition: Edition) -> None:
    screen.say(f"{edition.title}: {spoken(edition.status)}")
