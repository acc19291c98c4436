"""`currents follow` and `currents sources`: what is followed, and how it is doing."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import glance, screen
from composer.cli.shelf import EDITS
from composer.desk.gathering import follow as follow_address
from composer.desk.rhythm import MOVED_FOR, MOVED_TIMES, due_at
from composer.errors import UsageError
from composer.model import Source
from composer.text import cut

NAME_MOST = 40  # characters of a name in the list
TAGS_MOST = 24


@click.command()
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@click.pass_obj
def follow(newsletter: str | None, addresses: tuple[str, ...]) -> None:
    """Follow each ADDRESS: a feed's URL, a web page that names its feed, a feed file, an OPML list."""
    with open_newsroom(newsletter) as room:
        for address in addresses:
            done = follow_address(room.store, room.wire, address)
            for source in done.added:
                screen.say(f"{source.id:>4}  {source.title or source.url}  {glance.tags(source)}".rstrip())
            for source in done.known:
                screen.note(f"{source.url}: followed already")
            for other, title in done.others:
                screen.note(f"the page also names {other}" + (f" ({title})" if title else ""))


@click.group(invoke_without_command=True)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_context
def sources(ctx: click.Context, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """List what is followed and how each is doing, or change it.

    The list says: number, state (✗ with failures in a row), name, tags, last good visit, rhythm, and what went wrong or
    the address.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing, json_=json_)


@sources.command("list")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def listing(newsletter: str | None, json_: bool) -> None:  # noqa: FBT001 (as above)
    """List the sources."""
    with open_newsroom(newsletter) as room:
        shelf, now = room.store.sources.all(), room.clock()
        if json_:
            screen.as_json([_as_json(source) for source in shelf])
        elif shelf:
            head = ("", "", "source", "tags", "last good", "rhythm", "address, or what went wrong")
            screen.table(head, [_row(source, now) for source in shelf])
        else:
            screen.note("nothing is followed yet; `currents follow ADDRESS` begins")


@sources.command()
@click.argument("number", metavar="N", type=int)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(newsletter: str | None, number: int, json_: bool) -> None:  # noqa: FBT001 (as above)
    """Say all about a source: why it failed, when it is visited next, where it is redirected."""
    with open_newsroom(newsletter) as room:
        source = room.store.sources.get(number)
        if json_:
            screen.as_json(_as_json(source))
            return
        screen.say(source.title or source.url, bold=True)
        for name, words in _particulars(source, room):
            screen.say(f"  {name:<16}{words}")


@sources.command()
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export(newsletter: str | None, file: Path | None) -> None:
    """Write an OPML list of the sources to FILE, else to stdout; tags become folders."""
    from composer.feeds.opml import opml_of  # noqa: PLC0415 (it brings the whole wire with it)

    with open_newsroom(newsletter) as room:
        shelf = room.store.sources.all()
        words = opml_of(shelf, title=room.settings.name, root=room.root)
    if file is None:
        screen.raw(words.decode())
        return
    if file.exists():
        raise UsageError(f"{file}: exists already; name another file")
    file.write_bytes(words)
    screen.say(f"{glance.plural(len(shelf), 'source')} in {file}")


for edit in EDITS:
    sources.add_command(edit)


def _row(source: Source, now: datetime) -> tuple[str, ...]:
    return (
        str(source.id),
        glance.sign(source),
        cut(source.title, NAME_MOST) or "–",
        cut(glance.tags(source), TAGS_MOST),
        glance.ago(source.succeeded_at, now),
        glance.rhythm(source),
        source.problem or source.url,
    )


def _particulars(source: Source, room: Newsroom) -> list[tuple[str, str]]:
    now, zone = room.clock(), room.settings.timezone

    def at(when: datetime | None) -> str:
        return f"{glance.moment(when, now, zone)} ({glance.ago(when, now)})" if when else "never"

    upcoming = due_at(source)
    told = [
        ("address", source.url),
        ("home page", source.homepage),
        ("tags", glance.tags(source)),
        ("weight", str(source.weight)),
        ("state", source.state),
        ("whole articles", "completed from their pages" if source.whole else "as the feed gives them"),
        ("last visit", at(source.checked_at)),
        ("last good visit", at(source.succeeded_at)),
        ("last news", at(source.changed_at)),
        ("rhythm", glance.rhythm(source)),
        ("next visit", _next(source, upcoming, room)),
        ("failures", f"{source.failures} in a row" if source.failures else ""),
        ("what went wrong", source.problem),
        ("redirected", _redirected(source, room)),
    ]
    return [(name, words) for name, words in told if words]


def _next(source: Source, upcoming: datetime | None, room: Newsroom) -> str:
    if source.state != "active":
        return f"none; `currents sources resume {source.id}` follows it again"
    now = room.clock()
    if upcoming is None or upcoming <= now:
        return "due"
    asked = " (its server asked to be left alone)" if source.not_before == upcoming else ""
    return glance.moment(upcoming, now, room.settings.timezone) + asked


def _redirected(source: Source, room: Newsroom) -> str:
    if not source.moved_to or not source.moved_since:
        return ""
    since = glance.moment(source.moved_since, room.clock(), room.settings.timezone)
    rule = f"believed after {MOVED_TIMES} visits over {MOVED_FOR.days} days"
    return f"for good to {source.moved_to}, {glance.plural(source.moved_times, 'visit')} since {since}; {rule}"


def _as_json(source: Source) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(source).items()}
