"""`currents follow`, `currents sources`, `currents collect`."""

from dataclasses import asdict
from typing import Any

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.desk.gathering import Gathered, gather
from composer.desk.gathering import follow as follow_address
from composer.errors import WireError
from composer.model import Source


@click.command()
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@click.pass_obj
def follow(newsletter: str | None, addresses: tuple[str, ...]) -> None:
    """Follow each ADDRESS: a feed's URL, a web page that names its feed, a feed file, an OPML list."""
    with open_newsroom(newsletter) as room:
        for address in addresses:
            done = follow_address(room.store, room.wire, address)
            for source in done.added:
                screen.say(f"{source.id:>4}  {source.title or source.url}  {_tags(source)}".rstrip())
            for source in done.known:
                screen.note(f"{source.url}: followed already")


@click.command()
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def sources(newsletter: str | None, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """List the sources: number, name, when the last visit succeeded, what went wrong."""
    with open_newsroom(newsletter) as room:
        shelf = room.store.sources.all()
        if json_:
            screen.as_json([_as_json(source) for source in shelf])
            return
        if not shelf:
            screen.note("nothing is followed yet; `currents follow ADDRESS` begins")
            return
        screen.table(
            ("", "source", "last good visit", "address, or what went wrong"), [_row(room, source) for source in shelf]
        )


@click.command()
@click.option("--source", "numbers", metavar="N", type=int, multiple=True, help="Only this source; may be repeated.")
@click.pass_obj
def collect(newsletter: str | None, numbers: tuple[int, ...]) -> None:
    """Visit the sources, a row each; what fails is named and stops none of the others."""
    with open_newsroom(newsletter) as room:
        shelf = [room.store.sources.get(number) for number in numbers] or room.store.sources.all()
        if not shelf:
            screen.note("nothing is followed yet; `currents follow ADDRESS` begins")
            return
        failed = added = 0
        with screen.progress("collecting", len(shelf)) as bar:
            for gathered in gather(room.store, room.wire, shelf):
                screen.say(_result(gathered))
                failed += gathered.collected.outcome == "failed"
                added += gathered.saved.added
                if bar:
                    bar.advance(bar.task_ids[0])
        screen.say(f"{_plural(added, 'new article')} from {_plural(len(shelf), 'source')}")
        if failed:
            raise WireError(_plural(failed, "source"), "failed, as named above; the others were collected")


def _result(gathered: Gathered) -> str:
    collected, saved = gathered.collected, gathered.saved
    name = collected.source.title or collected.source.url
    if collected.outcome == "failed":
        return f"  ✗ {name}: {collected.problem}"
    if collected.outcome == "unchanged":
        return f"  = {name}: nothing new"
    counts = [f"{saved.added} new"] + ([f"{saved.updated} updated"] if saved.updated else [])
    return f"  ✓ {name}: {', '.join(counts)}" + (f" ({collected.problem})" if collected.problem else "")


def _row(room: Newsroom, source: Source) -> tuple[str, str, str, str]:
    zone = room.settings.timezone
    visit = f"{source.succeeded_at.astimezone(zone):%Y-%m-%d %H:%M}" if source.succeeded_at else "never"
    return str(source.id), source.title or "–", visit, source.problem or source.url


def _as_json(source: Source) -> dict[str, Any]:
    times = ("checked_at", "succeeded_at")
    return {**asdict(source), **{name: _iso(getattr(source, name)) for name in times}}


def _iso(moment: Any) -> str | None:  # noqa: ANN401 (a datetime or nothing)
    return moment.isoformat() if moment else None


def _tags(source: Source) -> str:
    return " ".join(f"#{tag}" for tag in source.tags)


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
