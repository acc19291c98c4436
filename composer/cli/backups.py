"""`currents backup` and `currents restore`: copies of the store, made and put back."""

from pathlib import Path

import click

from composer.app import COPIES, STORE, open_newsroom
from composer.cli import screen
from composer.errors import NotFoundError


@click.command()
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Overwrite FILE when it is there.")
@click.pass_obj
def backup(newsletter: str | None, file: Path | None, replace: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Copy the store into FILE, else into db/copies/ under the date and time; other commands may go on meanwhile."""
    with open_newsroom(newsletter) as room:
        copy = room.back_up(file, replace=replace)
        screen.say(f"{_shown(copy, room.root)}: the store as it stands, checked; its sha256 beside it")


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(newsletter: str | None, file: Path, yes: bool) -> None:  # noqa: FBT001 (as above)
    """Put the copy FILE in the store's place. The store that stands there is kept beside it."""
    with open_newsroom(newsletter) as room:
        if not file.is_file():
            raise NotFoundError(f"{file}: no such file; copies lie in {COPIES}, unless you named another place")
        if not yes and not screen.ask(f"Put {file} in the place of {STORE}?", default=False):
            screen.note("nothing was changed")
            return
        kept = room.restore(file)
        screen.say(f"{STORE}: restored from {file}")
        if kept:
            screen.say(f"{_shown(kept, room.root)}: what stood there before; delete it once you trust the other")


def _shown(place: Path, root: Path) -> str:
    return str(place.relative_to(root)) if place.is_relative_to(root) else str(place)
