"""`currents schedule`, `currents run`: editions that go out at a moment."""

import threading
from dataclasses import replace

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.delivered import report, tell
from composer.cli.naming import BY, known
from composer.desk import lifecycle
from composer.desk.lifecycle import LATE, Due, publish_due
from composer.desk.revising import take_in
from composer.errors import UsageError
from composer.moments import moment

_EVERY_SECONDS = 15.0  # how often a schedule that another command changed is looked at


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--at", "when", metavar="TIME", default="", help="YYYY-MM-DD HH:MM, or HH:MM for the next; or an offset.")
@click.option("--cancel", is_flag=True, help="Take it off the schedule.")
@BY
@click.pass_obj
def schedule(newsletter: str | None, number: int, *, when: str, cancel: bool, who: str) -> None:
    """Let edition N go out at a time of the newsletter's zone; `currents run` publishes it then.

    Refuses while an error stands in its proof, a time that is past, and one that the clocks skip or show twice. Any
    later change of the text takes it off the schedule.
    """
    if bool(when) == cancel:
        raise UsageError("say --at TIME, or --cancel")
    with open_newsroom(newsletter) as room:
        zone = room.settings.timezone
        due = moment(when, zone, room.clock()) if when else None
        copy = take_in(room.desk, number)
        if due is None:
            lifecycle.unschedule(room.desk, copy, known(who))
            screen.say(f"{copy.edition.title}: off the schedule")
            return
        lifecycle.schedule(room.press, room.desk, copy, due, known(who))
        screen.say(f"{copy.edition.title}: goes out on {due.astimezone(zone):%A, %Y-%m-%d %H:%M %Z}")
        screen.note("`currents run` publishes what is due: from cron or a timer, or `currents run --watch` beside you")


@click.command()
@click.option("--watch", is_flag=True, help="Stay, and publish each edition when its time comes. Ctrl-C ends it.")
@click.option("--over", is_flag=True, help="Write over files that were changed in the outbox by hand, as publish does.")
@click.pass_context
def run(ctx: click.Context, *, watch: bool, over: bool) -> None:
    """Publish every edition whose time has come. A missed time is made up for, and said.

    One that cannot go out stays on the schedule, keeps no other back, and makes the exit code.
    """
    with open_newsroom(ctx.obj) as room:
        if watch:
            _watch(room, over=over)
            return
        if not room.store.events.scheduled():
            screen.note("nothing is on the schedule")
        ctx.exit(_run(room, over=over, said=set()))


def _run(room: Newsroom, *, over: bool, said: set[str]) -> int:
    """Publish what is due; return the exit code of the first that could not go out. What was `said` is not repeated."""
    code = 0
    for due in publish_due(room.press, replace(room.dock, over=over), known()):
        if due.problem is None:
            _say_published(room, due)
            continue
        code = code or due.problem.exit_code
        if str(due.problem) not in said:
            said.add(str(due.problem))
            screen.complain(str(due.problem))
    return code


def _say_published(room: Newsroom, due: Due) -> None:
    if due.receipt:
        report(room, due.receipt)
        tell(room)
    planned = due.due.astimezone(room.settings.timezone)
    screen.say(f"{due.edition.title}: published, as scheduled for {planned:%Y-%m-%d %H:%M}{_late(due)}")


def _late(due: Due) -> str:
    if due.late < LATE:
        return ""
    hours, minutes = divmod(int(due.late.total_seconds()) // 60, 60)
    return f", {f'{hours} h {minutes} min' if hours else f'{minutes} min'} late"


def _watch(room: Newsroom, *, over: bool) -> None:
    screen.note("following the schedule; Ctrl-C ends it")
    idle, said = threading.Event(), set[str]()
    try:
        while True:
            _run(room, over=over, said=said)
            idle.wait(_seconds_to_next(room))
    except KeyboardInterrupt:
        screen.note("")


def _seconds_to_next(room: Newsroom) -> float:
    """Return how long to wait: until the next edition is due, and no longer than a change may stay unseen."""
    now = room.clock()
    coming = ((one.due - now).total_seconds() for one in room.store.events.scheduled() if one.due and one.due > now)
    return min(next(coming, _EVERY_SECONDS), _EVERY_SECONDS)
