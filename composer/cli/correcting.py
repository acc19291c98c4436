"""`currents correct`, `currents retract`: what is done when readers have it and it was wrong."""

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.delivered import report, tell
from composer.cli.naming import BY, known
from composer.cli.remarks import profile_of
from composer.desk.correcting import Mistake, carry
from composer.desk.correcting import correct as put_right
from composer.desk.correcting import retract as take_back
from composer.desk.revising import Copy, take_in
from composer.errors import ComposerError, UsageError
from composer.model import Edition

_KINDS = click.Choice(["correction", "clarification", "update", "editors-note"])


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--was", metavar="WORDS", default="", help="The wrong words, as they were printed.")
@click.option("--now", metavar="WORDS", default="", help="The right ones; they are put in their place.")
@click.option("--words", metavar="SENTENCE", default="", help="What happened, for readers; else TK waits for you.")
@click.option("--kind", type=_KINDS, default="correction", show_default=True, help="What kind of change it is.")
@click.option("--all", "everywhere", is_flag=True, help="Put the words right in every place where they stand.")
@click.pass_obj
def correct(  # noqa: PLR0913 (an option each)
    newsletter: str | None, number: int, *, was: str, now: str, words: str, kind: str, everywhere: bool
) -> None:
    """Open a correction of edition N, which is out: its block goes into the manuscript, dated today.

    `currents publish N` puts it out: on the page and in the archive, in every feed under the same identity and date.
    The mail is not sent again; the next edition gets a note.
    """
    if bool(was) != bool(now):
        raise UsageError("--was and --now go together: what was printed, and what is right")
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        day = room.today().isoformat()
        mistake = Mistake(kind=kind, day=day, was=was, now=now, words=words, everywhere=everywhere)
        copy = put_right(room.desk, copy, mistake, profile_of(room, copy))
        line = copy.manuscript.corrections[-1].line
        screen.say(f"editions/{copy.edition.filename}:{line}: {kind}, revision {copy.revision.number}")
        way = f"`currents publish {number}` puts it out"
        screen.note(way if words else f"write what happened there (`currents edit {number} --at :{line}`), then {way}")


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--because", "reason", metavar="SENTENCE", required=True, help="What readers find in its place.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@BY
@click.pass_obj
def retract(newsletter: str | None, number: int, *, reason: str, yes: bool, who: str) -> None:
    """Take edition N back: the reason stands in the place of its words, on its page and in the feeds.

    Its address, its place in the archive and its identity in feeds stay, so that copies in feed readers change too. Its
    mail cannot be called back, and stays in the outbox as it went out. There is no way back; its texts are kept.
    """
    if not reason.strip():
        raise UsageError("--because needs a sentence: it is what readers will find")
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        if not yes and not screen.ask(f"take “{copy.edition.title}” back, for all readers?", default=False):
            screen.note("nothing was changed")
            return
        day = room.today().isoformat()
        report(room, take_back(room.press, room.dock, copy, reason, day, known(who)))
        tell(room)
        screen.say(f"{copy.edition.title}: retracted")
        carry_into_draft(room)


def carry_into_draft(room: Newsroom) -> None:
    """Put a note of what was corrected into the draft that is being written, if there is one; say so.

    A draft that cannot take it now is passed over: the next one that is begun gets it.
    """
    drafts = [edition for edition in room.store.editions.all() if edition.status == "draft"]
    if not drafts:
        return
    try:
        say_carried(*carried(room, take_in(room.desk, drafts[0].id)))
    except ComposerError as error:
        screen.note(f"{drafts[0].title}: gets no note of it now: {error}")


def carried(room: Newsroom, copy: Copy) -> tuple[Copy, tuple[Edition, ...]]:
    """Put a note of every correction that no edition has told of into a draft."""
    return carry(room.desk, copy, room.settings, profile_of(room, copy))


def say_carried(copy: Copy, told: tuple[Edition, ...]) -> None:
    """Say which corrections a draft tells of."""
    for edition in told:
        screen.note(
            f"{copy.edition.title} (edition {copy.edition.id}) has a note of what was corrected in {edition.title}"
        )
