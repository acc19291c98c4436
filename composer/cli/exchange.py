"""`currents export` and `currents import`: what leaves a newsletter as text, and comes back."""

from dataclasses import asdict
from pathlib import Path

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.differing import both_shown
from composer.cli.glance import plural
from composer.desk.exchange.bringing import bring_in, bring_manuscripts
from composer.desk.exchange.packing import is_unknown, pack_all, pack_edition, written_there
from composer.errors import ConflictError, UsageError
from composer.model import Source
from composer.records import Taken
from composer.text import host


@click.command()
@click.argument("number", metavar="[N]", type=int, required=False)
@click.argument("target", metavar="[FILE]", type=click.Path(path_type=Path), required=False)
@click.option(
    "--all", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Everything, as a folder of text."
)
@click.pass_obj
def export(newsletter: str | None, number: int | None, target: Path | None, folder: Path | None) -> None:
    """Write edition N into FILE: every revision, the articles it stands on, its photos, in one zip file.

    Without FILE it is named for the edition. A FILE that ends in .md gets the newest text alone.
    """
    if (number is None) == (folder is None):
        raise UsageError("export needs an edition's number, or --all DIR for everything")
    with open_newsroom(newsletter) as room, both_shown():
        if folder is not None:
            _export_all(room, folder)
        elif number is not None:
            _export_edition(room, number, target)


@click.command(name="import")
@click.argument("place", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def import_(newsletter: str | None, place: Path, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Take in an export, one manuscript (.md), or a folder of manuscripts; nothing that is here is overwritten.

    A manuscript whose id is known becomes the newest text of its edition, any other a new edition. Exit code 6 when
    something was left as it stands here.
    """
    from composer.outlets import open_archive  # noqa: PLC0415 (outlets bring Pillow)

    with open_newsroom(newsletter) as room, both_shown():
        if place.suffix.lower() == ".md" and place.is_file():
            taken = bring_manuscripts(room.hands, [(str(place), place.read_bytes())])
        else:
            taken = bring_in(room.hands, open_archive(place))
        touched = [room.store.editions.get(number) for number in taken.touched]
    if json_:
        screen.as_json(asdict(taken))
    else:
        for edition in touched:
            screen.say(f"{edition.id:>4}  {edition.title}: editions/{edition.filename}, revision {edition.revision}")
        screen.say(_summary(taken))
        for remark in taken.remarks:
            screen.note(f"  {remark}")
        for conflict in taken.conflicts:
            screen.note(f"  ! {conflict}")
    if taken.conflicts:
        raise ConflictError(f"{place}: {plural(len(taken.conflicts), 'thing')} left as it stands here, named above")


def _export_all(room: Newsroom, folder: Path) -> None:
    from composer.desk.revising import take_in  # noqa: PLC0415 (the manuscript's reader)
    from composer.outlets import open_archive, write_folder  # noqa: PLC0415 (outlets bring Pillow)

    for edition in room.store.editions.all():
        take_in(room.desk, edition.id)
    if folder.is_dir() and (lost := written_there(room.store, open_archive(folder))):
        raise ConflictError(f"{folder / lost[0]}: was written there and not taken in; `currents import {folder}` first")
    count = write_folder(folder, pack_all(room.store, room.belongings, _opml(room)))
    screen.say(f"{folder}: {plural(count, 'file')}; git keeps them well, `currents import` takes them in")


def _export_edition(room: Newsroom, number: int, target: Path | None) -> None:
    from composer.desk.revising import take_in  # noqa: PLC0415 (as above)
    from composer.outlets import write_zip  # noqa: PLC0415 (as above)

    copy = take_in(room.desk, number)
    target = target or Path(f"{copy.edition.slug}.zip")
    if target.is_dir():
        raise UsageError(f"{target}: is a folder; name a file, or use --all for everything")
    if target.suffix.lower() == ".md":
        if target.exists() and is_unknown(room.store, target.read_bytes()):
            raise ConflictError(
                f"{target}: holds a text that no edition here has; name another file, or import it first"
            )
        target.write_bytes(copy.revision.text.encode())
        screen.say(f"{target}: revision {copy.revision.number}")
        return
    count = write_zip(target, pack_edition(room.store, room.belongings, number))
    screen.say(f"{target}: {plural(count, 'file')}, {plural(copy.revision.number, 'revision')}")


def _opml(room: Newsroom) -> bytes:
    """List the sources on the web for other readers; a feed file's path means nothing elsewhere."""
    from composer.feeds.opml import opml_of  # noqa: PLC0415 (it brings the whole wire with it)

    listed: list[Source] = [source for source in room.store.sources.all() if host(source.url)]
    return opml_of(listed, title=room.settings.name, root=room.root)


def _summary(taken: Taken) -> str:
    nouns = ("edition", "revision", "article", "source", "snapshot", "publication")
    counts = [(getattr(taken, f"{noun}s"), noun) for noun in nouns]
    return ", ".join(plural(count, f"new {noun}") for count, noun in counts if count) or "nothing new"
