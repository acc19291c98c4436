"""`currents sources pause|resume|rename|tag|weight|whole|remove`: what the editor changes about sources."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import click

from composer.app import open_newsroom
from composer.cli import glance, screen
from composer.desk.shelving import tag_of, tagged
from composer.errors import UsageError
from composer.model import Source

WEIGHT_MOST = 10
_numbers = click.argument("numbers", metavar="N...", nargs=-1, required=True, type=int)
_number = click.argument("number", metavar="N", type=int)


@click.command()
@_numbers
@click.pass_obj
def pause(newsletter: str | None, numbers: tuple[int, ...]) -> None:
    """Visit sources no more until they are resumed; what they brought stays."""
    _change(newsletter, numbers, lambda source: replace(source, state="paused"), lambda _: "paused")


@click.command()
@_numbers
@click.pass_obj
def resume(newsletter: str | None, numbers: tuple[int, ...]) -> None:
    """Visit sources again that were paused, or that were gone."""
    _change(newsletter, numbers, lambda source: replace(source, state="active"), lambda _: "followed again")


@click.command()
@_number
@click.argument("name")
@click.pass_obj
def rename(newsletter: str | None, number: int, name: str) -> None:
    """Give a source your own name."""
    if not name.strip():
        raise UsageError("a name must not be empty")
    _change(newsletter, (number,), lambda source: replace(source, title=name.strip()), lambda _: "its name now")


@click.command()
@_number
@click.argument("tags", metavar="TAG...", nargs=-1, required=True)
@click.option("--remove", is_flag=True, help="Take the tags away instead.")
@click.pass_obj
def tag(newsletter: str | None, number: int, tags: tuple[str, ...], remove: bool) -> None:  # noqa: FBT001 (click's way)
    """Give a source tags, or take them away."""
    asked = [tag_of(word) for word in tags]
    if "" in asked:
        raise UsageError("a tag needs a letter or a digit")
    _change(
        newsletter,
        (number,),
        lambda source: replace(source, tags=tagged(source.tags, asked, remove=remove)),
        lambda source: glance.tags(source) or "no tags",
    )


@click.command()
@_number
@click.argument("weight", metavar="W", type=click.IntRange(0, WEIGHT_MOST))
@click.pass_obj
def weight(newsletter: str | None, number: int, weight: int) -> None:
    """Say how much a source's stories count, 0 to 10; 1 is usual."""
    _change(newsletter, (number,), lambda source: replace(source, weight=weight), lambda _: f"weight {weight}")


@click.command()
@_number
@click.argument("choice", metavar="on|off", type=click.Choice(["on", "off"]))
@click.pass_obj
def whole(newsletter: str | None, number: int, choice: str) -> None:
    """Complete a source's teasers from their pages, or leave its articles as the feed gives them."""
    words = "teasers completed from their pages" if choice == "on" else "articles as the feed gives them"
    _change(newsletter, (number,), lambda source: replace(source, whole=choice == "on"), lambda _: words)


@click.command()
@_numbers
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove(newsletter: str | None, numbers: tuple[int, ...], yes: bool) -> None:  # noqa: FBT001 (as above)
    """Follow sources no more; their articles stay."""
    with open_newsroom(newsletter) as room:
        shelf = [room.store.sources.get(number) for number in dict.fromkeys(numbers)]
        names = ", ".join(source.title or source.url for source in shelf)
        if not yes and not screen.ask(f"Follow {names} no more?", default=False):
            return
        for source in shelf:
            room.store.sources.remove(source.id)
            screen.say(f"{source.id:>4}  {source.title or source.url}: followed no more")


EDITS: tuple[click.Command, ...] = (pause, resume, rename, tag, weight, whole, remove)


def _change(
    newsletter: str | None,
    numbers: Sequence[int],
    edit: Callable[[Source], Source],
    words: Callable[[Source], str],
) -> None:
    """Read all first, so that a number that is not there changes nothing."""
    with open_newsroom(newsletter) as room:
        for source in [room.store.sources.get(number) for number in dict.fromkeys(numbers)]:
            kept = room.store.sources.save(edit(source))
            screen.say(f"{kept.id:>4}  {kept.title or kept.url}: {words(kept)}")
