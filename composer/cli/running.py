"""`currents ran`: whether a story ran already, and in which edition."""

from typing import Any

import click

from composer.app import Newsroom, open_newsroom
from composer.choice import Rerun
from composer.cli import screen
from composer.cli.glance import plural
from composer.desk.choosing.morgue import open_morgue, rebuild
from composer.errors import UsageError
from composer.text import host


@click.command()
@click.argument("what", metavar="[URL|N]", required=False)
@click.option("--rebuild", "again", is_flag=True, help="First cut all published revisions again.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def ran(newsletter: str | None, what: str | None, *, again: bool, json_: bool) -> None:
    """Say where a link or article N ran: every past edition that carried it, the surest sign first.

    A story is recognised by its link, by an address that led to it, by another edition of its page, by its words or by
    its headline in the same days.
    """
    if not what and not again:
        raise UsageError("ran: name a link or an article's number; see `currents ran --help`")
    with open_newsroom(newsletter) as room:
        if again:
            count = rebuild(room.store, room.settings)
            screen.note(f"{plural(count, 'published revision')} cut again")
        runs = _runs(room, what) if what else None
    if runs is None:
        return
    if json_:
        screen.as_json([rerun_json(run) for run in runs])
        return
    for run in runs:
        screen.say(run.sentence)
    if not runs:
        screen.say("ran in no edition")


def rerun_json(run: Rerun | None) -> dict[str, Any] | None:
    """Return where something ran, as JSON holds it."""
    if run is None:
        return None
    return {"edition": run.edition_id, "date": run.day.isoformat(), "headline": run.headline, "by": run.how}


def _runs(room: Newsroom, what: str) -> tuple[Rerun, ...]:
    morgue = open_morgue(room.store, room.settings)
    if what.isdecimal():
        return morgue.runs(room.store.articles.get(int(what)))
    if not host(what):
        raise UsageError(f"{what}: neither an http(s) link nor an article's number")
    return morgue.runs_of_link(what)
