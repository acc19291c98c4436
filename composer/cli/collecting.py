"""`currents collect`: visits what is due, once or for ever."""

import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.glance import plural
from composer.cli.results import Tally, as_json, left_out, parted_json, parted_line, resting, row, summary, total
from composer.desk.gathering import claim, complete, gather
from composer.desk.rhythm import next_due
from composer.desk.standing import hold, look, parted, watched
from composer.errors import UsageError, WireError
from composer.model import Source
from composer.records import Drift

FEW = 12  # up to so many sources, those with nothing new have their row too
REST_LEAST = timedelta(seconds=30)
REST_MOST = timedelta(minutes=5)  # feed files and newly followed sources are seen by then


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One way through the sources: which of them, and how it is told."""

    room: Newsroom
    numbers: tuple[int, ...] = ()  # these only
    regardless: bool = False  # also what is not due
    json: bool = False
    verbose: bool = False
    quiet: bool = False  # say nothing when nothing came
    told: set[Drift] = field(default_factory=set)  # what was said of chosen articles already

    def run(self) -> Tally:
        """Visit, keep, tell; then complete teasers, so that no feed waits for a page."""
        shelf, tally = self._shelf(), Tally()
        if not shelf:
            screen.note("nothing is followed yet; `currents follow ADDRESS` begins")
            return tally
        chosen = watched(self.room.store)
        hold(self.room.store, chosen, self.room.clock())
        with screen.progress("collecting") as bar:
            now = self.room.clock()
            wanted = [one.id for one in shelf] if self.regardless else None
            claimed = claim(self.room.store, now, wanted)
            bar.begin(len(claimed))
            self._visit(claimed, tally, bar.advance)
        self._complete(tally)
        if chosen:
            self._look_after(chosen)
        self._tell(shelf, claimed, tally, now)
        return tally

    def _shelf(self) -> tuple[Source, ...]:
        sources = self.room.store.sources
        return tuple(sources.get(number) for number in self.numbers) or sources.all()

    def _visit(self, claimed: Sequence[Source], tally: Tally, advance: Callable[[], None]) -> None:
        before = {one.id: one.url for one in claimed}
        every_row = self.verbose or (len(claimed) <= FEW and not self.quiet)
        room = self.room
        visits = gather(room.store, room.wire, claimed, clock=room.clock, chance=random.random)
        with closing(visits):  # whatever ends the loop, what arrived is kept before the store is closed
            for gathered in visits:
                tally.count(gathered)
                if self.json:
                    screen.json_line(as_json(gathered))
                elif every_row or gathered.collected.outcome != "unchanged":
                    screen.say(row(gathered, before[gathered.collected.source.id]))
                advance()

    def _complete(self, tally: Tally) -> None:
        if not tally.teasers:
            return
        pages = complete(self.room.store, self.room.wire, tally.teasers)
        with screen.progress("completing teasers") as bar, closing(pages):
            for _ in pages:
                tally.completed += 1
                bar.advance()

    def _look_after(self, chosen: Sequence[int]) -> None:
        """Say which chosen articles their publishers changed or took away."""
        room = self.room
        with (
            screen.progress("looking after picked articles") as bar,
            closing(look(room.store, room.wire, chosen, room.clock)) as looked,
        ):
            for _ in looked:
                bar.advance()
        for drift in parted(room.store, chosen, room.clock()):
            if drift in self.told:
                continue
            self.told.add(drift)
            if self.json:
                screen.json_line(parted_json(drift))
            else:
                screen.say(parted_line(drift))

    def _tell(self, shelf: Sequence[Source], claimed: Sequence[Source], tally: Tally, now: datetime) -> None:
        if self.json:
            upcoming = next_due(self.room.store.sources.all(), now)
            screen.json_line(summary(tally, len(shelf) - len(claimed), upcoming))
            return
        if self.quiet and not (tally.added or tally.updated or tally.failed):
            return
        screen.say(total(tally))
        if self.quiet:
            return
        taken = {one.id for one in claimed}
        left = [one for one in shelf if one.id not in taken]
        for line in resting(left) if self.numbers else ():
            screen.note(line)
        for line in left_out(left, now, self.room.settings.timezone, regardless=self.regardless):
            screen.note(line)


@click.command()
@click.option("--all", "all_", is_flag=True, help="Also those that are not due yet.")
@click.option("--source", "numbers", metavar="N", type=int, multiple=True, help="Only this source; may be repeated.")
@click.option("--watch", is_flag=True, help="Go on until Ctrl-C, each source when it is due.")
@click.option("--json", "json_", is_flag=True, help="Print a line of JSON for each source, and one at the end.")
@click.option("-v", "--verbose", is_flag=True, help="Show sources with nothing new, however many.")
@click.pass_obj
def collect(newsletter: str | None, /, numbers: tuple[int, ...], **flags: bool) -> None:
    """Visit the sources that are due, a row each; what fails is named and stops none of the others.

    Feed files are always due. A server that asked to be left alone is left alone in any case.
    """
    if numbers and flags["watch"]:
        raise UsageError("--watch visits every source when it is due; leave --source out")
    with _ends_cleanly(), open_newsroom(newsletter) as room:
        once = Round(
            room=room,
            numbers=tuple(dict.fromkeys(numbers)),
            regardless=bool(numbers) or flags["all_"],
            json=flags["json_"],
            verbose=flags["verbose"],
        )
        tally = once.run()
        if flags["watch"]:
            again = Round(room=room, json=once.json, verbose=once.verbose, quiet=True, told=once.told)
            watch(again, time.sleep)
        if tally.failed:
            raise WireError(plural(tally.failed, "source"), "failed, as named above; the others were collected")


def watch(later: Round, sleep: Callable[[float], None]) -> None:
    """Go round whenever something is due, for ever."""
    while True:
        sleep(rest(later.room.store.sources.all(), later.room.clock()).total_seconds())
        later.run()


def rest(sources: Sequence[Source], now: datetime) -> timedelta:
    """Return how long to wait before the next round."""
    upcoming = next_due(sources, now)
    return min(max(upcoming - now, REST_LEAST), REST_MOST) if upcoming else REST_MOST


@contextmanager
def _ends_cleanly() -> Iterator[None]:
    """Let SIGTERM, by which service managers end a program, do what Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
