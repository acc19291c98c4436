"""`currents propose`: a raw text becomes blocks as the editor confirms, never by guess."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.glance import plural
from composer.cli.reasons import remarks, story_json
from composer.desk.revising import Copy
from composer.errors import NotFoundError, UsageError, WireError
from composer.proposals import Story
from composer.proposals import propose as take_apart

DRAFT = "draft"
PIPE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the editor says about what is proposed."""

    name: str  # of the file
    title: str = ""
    edition: int = 0  # to add to; 0 begins a new one
    apart: bool = False
    yes: bool = False


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--title", default="", help="The edition's title, when the text has none.")
@click.option("--out", default=DRAFT, metavar="draft|N", help="Begin a draft (as it does), or add to edition N.")
@click.option("--apart", is_flag=True, help="Begin a draft for each story instead of one for all.")
@click.option("--yes", is_flag=True, help="Take what is proposed without asking.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def propose(  # noqa: PLR0913 (an option each)
    newsletter: str | None, file: str, *, title: str, out: str, apart: bool, yes: bool, json_: bool
) -> None:
    """Take the raw text in FILE (- for what a pipe brings) apart into stories and blocks.

    It prints the manuscript that they would make, and on stderr what it took each line for and why. On a terminal it
    asks before it writes; elsewhere it writes nothing without --yes. What the text does not have stands as TK, and
    every word is in the manuscript: in a block, or in a note that names what was left out.
    """
    wishes = _checked(Wishes(name=_name(file), title=title.strip(), edition=_edition(out), apart=apart, yes=yes))
    with open_newsroom(newsletter) as room:
        if wishes.edition:
            room.store.editions.get(wishes.edition)  # not there: say so before anything is shown or asked
        stories = take_apart(_words(room, file))
        if title and apart and len(stories) > 1:
            raise UsageError(
                f"--title names one edition, and {file} seems to hold {len(stories)} stories; leave it out"
            )
        if json_:
            screen.as_json(_as_json(room, stories, wishes))
        else:
            _shown(room, stories, wishes)


def _shown(room: Newsroom, stories: Sequence[Story], wishes: Wishes) -> None:
    for line in remarks(stories, wishes.name):
        screen.note(line)
    if not wishes.yes:
        for text in _manuscripts(room, stories, wishes):
            screen.raw(text)
    for copy in _kept(room, _confirmed(stories, wishes), wishes):
        where = f"editions/{copy.edition.filename}, revision {copy.revision.number}"
        screen.say(f"{copy.edition.id:>4}  {copy.edition.title}: {where}")
        waiting = copy.revision.text.count("TK")
        if waiting:
            screen.note(f"{plural(waiting, 'TK place')} to write; `currents edit {copy.edition.id}` opens it")


def _confirmed(stories: Sequence[Story], wishes: Wishes) -> tuple[Story, ...]:
    """Ask for each story. Without a terminal, and without --yes, nothing is taken. Raises NotFoundError."""
    if wishes.yes:
        return tuple(stories)
    if not sys.stdin.isatty():
        screen.note("nothing was written; --yes takes all of it")
        return ()
    what = f"Add %s to edition {wishes.edition}?" if wishes.edition else "Take %s into a draft?"
    taken = tuple(one for one in stories if screen.ask(what % f"lines {one.first_line}–{one.last_line}", default=True))
    if not taken:
        raise NotFoundError(f"{wishes.name}: nothing was confirmed, nothing was written")
    return taken


def _kept(room: Newsroom, stories: Sequence[Story], wishes: Wishes) -> list[Copy]:
    if not stories:
        return []
    from composer.desk.proposing import add_to, begin_proposed  # noqa: PLC0415 (not for --help)

    if wishes.edition:
        return [add_to(room.desk, wishes.edition, stories, name=wishes.name)]
    return [begin_proposed(room.desk, text, uid=room.new_uid()) for text in _manuscripts(room, stories, wishes)]


def _manuscripts(room: Newsroom, stories: Sequence[Story], wishes: Wishes) -> list[str]:
    from composer.desk.proposing import lay_out  # noqa: PLC0415 (not for --help)

    profile = room.profile(room.settings.profile)
    groups = [[story] for story in stories] if wishes.apart else [list(stories)]
    return [
        lay_out(
            group, title=wishes.title, name=wishes.name, settings=room.settings, profile=profile, today=room.today()
        )
        for group in groups
    ]


def _as_json(room: Newsroom, stories: Sequence[Story], wishes: Wishes) -> dict[str, Any]:
    texts = _manuscripts(room, stories, wishes)
    kept = _kept(room, stories, wishes) if wishes.yes else []
    return {
        "file": wishes.name,
        "stories": [story_json(story) for story in stories],
        "manuscripts": texts,
        "editions": [
            {"id": one.edition.id, "manuscript": f"editions/{one.edition.filename}", "revision": one.revision.number}
            for one in kept
        ],
    }


def _checked(wishes: Wishes) -> Wishes:
    """Refuse what cannot be meant. Raises UsageError."""
    if wishes.edition and (wishes.apart or wishes.title):
        raise UsageError("--out N adds to an edition that has its title; leave --title and --apart out")
    return wishes


def _edition(out: str) -> int:
    if out == DRAFT:
        return 0
    if out.isascii() and out.isdigit() and int(out) > 0:
        return int(out)
    raise UsageError(f"--out {out}: give draft, or the number of an edition; `currents editions` lists them")


def _words(room: Newsroom, file: str) -> str:
    """Read the text. Raises NotFoundError, WireError."""
    from composer.cli.addition import piped  # noqa: PLC0415 (not for --help)
    from composer.feeds.texts import read_words, words_in  # noqa: PLC0415 (as above)

    if file != PIPE and not Path(file).exists():
        raise NotFoundError(f"{file}: no such file")
    if file != PIPE:
        return read_words(Path(file))
    body = piped(room.settings.bytes_most)
    if len(body) > room.settings.bytes_most:
        raise WireError(file, f"larger than {room.settings.bytes_most / 1_000_000:g} MB")
    return words_in(body, file)


def _name(file: str) -> str:
    return "the pipe" if file == PIPE else Path(file).name
