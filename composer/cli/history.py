"""`currents history`, `diff`, `revert`: every text that was ever saved of an edition."""

from collections.abc import Mapping
from copy import copy as twin
from itertools import pairwise
from typing import Any

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.differing import as_json, both_shown, show, size
from composer.desk.revising import revert as revert_edition
from composer.desk.revising import take_in
from composer.differences import Change, changes, counted
from composer.errors import NotFoundError
from composer.manuscript import load
from composer.model import Revision
from composer.text import count_words

Steps = Mapping[int, tuple[Change, ...]]  # by revision: what it changed


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--show", "shown", metavar="R", type=int, help="Print revision R's text.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def history(newsletter: str | None, number: int, shown: int | None, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """List every saved text of edition N, or print one: nothing typed is ever lost."""
    with open_newsroom(newsletter) as room:
        if shown is not None:
            screen.raw(room.store.editions.revision(number, shown).text)
            return
        room.store.editions.get(number)
        revisions = room.store.editions.revisions(number)
        out = {one.revision for one in room.store.editions.publications(number)}
        zone = room.settings.timezone
    steps = _steps(revisions)
    if json_:
        screen.as_json([_as_json(one, steps, out) for one in revisions])
        return
    rows = [
        (
            str(one.number),
            f"{one.saved_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            str(_words(one)),
            size(steps[one.number]) if one.number in steps else "",
            "published" if one.number in out else "",
            one.message,
        )
        for one in revisions
    ]
    screen.table(("", "saved", "words", "changed", "", ""), rows)


revisions = twin(history)
revisions.name = "revisions"
revisions.help = "Do what `currents history` does; its earlier name."


@click.command()
@click.argument("number", metavar="N", type=int)
@click.argument("before", metavar="[A]", type=int, required=False)
@click.argument("after", metavar="[B]", type=int, required=False)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def diff(newsletter: str | None, number: int, before: int | None, after: int | None, json_: bool) -> None:  # noqa: FBT001 (as above)
    """Show word by word what changed in edition N from revision A to B.

    Without B: to the text as it lies in editions/. Without A: the last change. Lines are those of the newer text.
    """
    with open_newsroom(newsletter) as room:
        (was, old), (now, new) = _sides(room, number, before, after)
    found = changes(old, new)
    if json_:
        screen.as_json({"edition": number, "was": was, "now": now, "changes": as_json(found)})
        return
    if not found:
        screen.note(f"{_side(was)} and {_side(now)} say the same")
        return
    screen.say(f"{_side(was)} → {_side(now)}, {size(found)}", bold=True)
    show(found)


@click.command()
@click.argument("number", metavar="N", type=int)
@click.argument("older", metavar="R", type=int)
@click.pass_obj
def revert(newsletter: str | None, number: int, older: int) -> None:
    """Make revision R's text the newest of edition N again, as a new revision. Nothing is deleted."""
    with open_newsroom(newsletter) as room:
        with both_shown():
            before = take_in(room.desk, number)
            copy = revert_edition(room.desk, number, older)
        path = f"editions/{copy.edition.filename}"
        if copy.revision.number == before.revision.number:
            screen.say(f"{path}: says what revision {older} says already; nothing was changed")
        else:
            screen.say(f"{path}: revision {copy.revision.number}, the same as revision {older}")
        if room.desk.drawer.is_lent(copy.edition.filename):
            screen.note(f"somebody has {path} open; it is brought up to date when they are done")


def _steps(revisions: tuple[Revision, ...]) -> Steps:
    return {new.number: changes(old.text, new.text) for old, new in pairwise(revisions)}


def _sides(
    room: Newsroom, number: int, before: int | None, after: int | None
) -> tuple[tuple[int | None, str], tuple[int | None, str]]:
    """Return the two texts to compare, each with its revision's number; None: as it lies in editions/."""
    shelf = room.store.editions
    edition = shelf.get(number)
    if before is not None and after is not None:
        return (before, shelf.revision(number, before).text), (after, shelf.revision(number, after).text)
    newest = shelf.revision(number, edition.revision)
    lies = room.drawer.read(edition.filename)
    now = (newest.number, newest.text) if lies in {None, newest.text} else (None, lies or "")
    if before is None:
        before = newest.number if now[0] is None else newest.number - 1
    if before == 0:
        raise NotFoundError(f"edition {number} has one revision, and its file says the same; nothing changed yet")
    return (before, shelf.revision(number, before).text), now


def _side(number: int | None) -> str:
    return "the text in editions/" if number is None else f"revision {number}"


def _as_json(one: Revision, steps: Steps, out: set[int]) -> dict[str, Any]:
    added, removed = counted(steps.get(one.number, ()))
    return {
        "number": one.number,
        "saved_at": one.saved_at.isoformat(),
        "sha256": one.sha256,
        "words": _words(one),
        "added": added,
        "removed": removed,
        "published": one.number in out,
        "message": one.message,
    }


def _words(one: Revision) -> int:
    return sum(count_words(block.body) for block in load(one.text).manuscript.visible)
