"""`currents push`: an edition as a draft at a newsletter service."""

from collections.abc import Sequence
from typing import get_args

import click

from composer.app import open_newsroom
from composer.cli import screen
from composer.desk.publishing import remarks_on
from composer.desk.pushing import Plan, plan
from composer.desk.pushing import push as put_there
from composer.desk.revising import Copy, take_in
from composer.errors import ConflictError, ProofError, UsageError
from composer.lifecycle import OUT, spoken
from composer.model import Remark
from composer.reports import tally
from composer.services import ServiceName

_SERVICES: tuple[ServiceName, ...] = get_args(ServiceName)
_DONE = {"create": "put there as a draft", "update": "the draft there was changed", "nothing": "nothing to change"}
_WOULD = {"create": "would be put there as a draft", "update": "the draft there would be changed", "nothing": "nothing"}


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--to", "name", type=click.Choice(_SERVICES), required=True, help="The service.")
@click.option("--dry-run", is_flag=True, help="Print what would be done, and the difference to what stands there.")
@click.option("--over", is_flag=True, help="Write over a draft that somebody edited there.")
@click.option("--send", "title", metavar="TITLE", help="Let the service send it now: the edition's title, as typed.")
@click.pass_obj
def push(
    newsletter: str | None, number: int, *, name: ServiceName, dry_run: bool, over: bool, title: str | None
) -> None:
    """Put edition N as a draft into a newsletter service; pushed again, it changes the same draft. Nothing is sent.

    Words that look like the service's template tags stay words, Outlook's comments stay where it would strip them, its
    own unsubscribe tag stands in the place of yours, and pictures are put there once. Refuses a draft that was edited
    there meanwhile. Keys are taken from the environment or the keyring: docs/services.md.

    With --send the service sends it to its readers, where it is published here, its proof has no error and no warning,
    and TITLE is its title. There is no way back.
    """
    if title is not None and dry_run:
        raise UsageError("--dry-run and --send: give one of them")
    with open_newsroom(newsletter) as room:
        service = room.service(name)
        copy = take_in(room.desk, number)
        now = room.clock().replace(microsecond=0)
        remarks = remarks_on(room.press, copy, room.store, now)
        if title is not None:
            _refuse_unfit(copy, remarks, title)
        if any(remark.severity == "error" for remark in remarks):
            screen.note(f"proof: {tally(remarks)}; `currents proof {number}` names them")
        if dry_run:
            seen = plan(room.press, copy, service, room.store.pushes, now)
            for line in seen.difference():
                screen.raw(f"{line}\n")
            _say(seen, _WOULD[seen.act])
            if seen.refused:
                screen.note(seen.refused)
            return
        done = put_there(room.press, copy, service, room.store.pushes, now, over=over)
        _say(done, _DONE[done.act])
        if title is not None and done.standing:
            service.send(done.standing)
            screen.say(f"{copy.edition.title}: {name} sends it now; look there what becomes of it")


def _refuse_unfit(copy: Copy, remarks: Sequence[Remark], title: str) -> None:
    """Raise UsageError, ConflictError, ProofError for what is not to be sent, before anything is written there."""
    edition = copy.edition
    if title != edition.title:
        raise UsageError(f"--send wants the edition's title as it is, “{edition.title}”; nothing was sent")
    if edition.status not in OUT:
        raise ConflictError(f"{edition.title} is {spoken(edition.status)}: `currents publish {edition.id}` first")
    if any(remark.severity != "info" for remark in remarks):
        raise ProofError(
            f"{edition.title}: {tally(remarks)}; `currents proof {edition.id}` names them; nothing was sent"
        )


def _say(told: Plan, what: str) -> None:
    where = f" ({told.standing.url})" if told.standing else ""
    screen.say(f"{told.draft.title}: {what}{where}")
    if told.pictures:
        screen.note(f"{told.pictures} pictures were not there yet")
    if told.clipped:
        screen.note(f"{told.bytes_there / 1000:.1f} KB with the service’s own wrapper: Gmail may clip from 100 on")
