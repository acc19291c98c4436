"""`currents log`: what an edition went through, and the record of its review."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from composer.app import open_newsroom
from composer.cli import screen
from composer.desk.approving import approval
from composer.desk.lifecycle import by_a_machine
from composer.desk.revising import Copy, take_in
from composer.lifecycle import Event
from composer.settings import Settings


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--record", is_flag=True, help="Print the record of its review: who answers for which text.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def log(newsletter: str | None, number: int, *, record: bool, json_: bool) -> None:
    """List every step that edition N took: when, what, who, with which text. Nothing of it is ever changed."""
    with open_newsroom(newsletter) as room:
        zone = room.settings.timezone
        room.store.editions.get(number)
        if record:
            copy = take_in(room.desk, number)
            steps = room.store.events.of(number)
            for line in _record(room.settings, copy, steps, approval(room.store, copy)):
                screen.say(line)
            return
        steps = room.store.events.of(number)
    if json_:
        screen.as_json([_as_json(event) for event in steps])
        return
    if not steps:
        screen.note("no step yet; `currents submit`, `schedule` or `publish` would be the first")
        return
    screen.table(("when", "step", "revision", "by", ""), (_row(event, zone) for event in steps))


def _row(event: Event, zone: ZoneInfo) -> tuple[str, ...]:
    due = f"for {_time(event.due, zone)}" if event.due else ""
    said = "; ".join(filter(None, (due, event.words)))
    return f"{event.at.astimezone(zone):%Y-%m-%d %H:%M:%S}", event.step, str(event.revision), event.who or "–", said


def _as_json(event: Event) -> dict[str, object]:
    moments = {"at": event.at.isoformat(), "due": event.due.isoformat() if event.due else None}
    return {**asdict(event), **moments}


def _record(settings: Settings, copy: Copy, steps: Sequence[Event], approved: Event | None) -> Iterator[str]:
    """Give what the exemption of the EU AI Act's Article 50(4) asks for: human review, and who answers for the text."""
    zone = settings.timezone
    yield f"Review of “{copy.edition.title}” (edition {copy.edition.id}, {copy.edition.uid})"
    yield f"  text         revision {copy.revision.number}, sha256 {copy.revision.sha256}"
    handed_in = next((one for one in reversed(steps) if one.step == "submitted"), None)
    if handed_in:
        yield f"  handed in    {_signed(handed_in, zone)}"
    yield f"  approved     {_signed(approved, zone) if approved else 'nobody approved this text'}"
    for out in (one for one in steps if one.step in {"published", "corrected", "retracted"}):
        yield f"  {out.step:<12} {_signed(out, zone)}, revision {out.revision}"
    address = f", {settings.postal_address}" if settings.postal_address else ""
    yield f"  responsible  {settings.name} <{settings.from_address}>{address}"
    blocks = by_a_machine(copy)
    yield f"  a model's    {'in no block' if not blocks else ''}".rstrip()
    for block in blocks:
        yield f"    line {block.line}: {block.kind}, {block.get('ai')}"


def _signed(event: Event, zone: ZoneInfo) -> str:
    said = f" ({event.words})" if event.words else ""
    return f"{_time(event.at, zone)} by {event.who or 'somebody unnamed'}{said}"


def _time(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"
