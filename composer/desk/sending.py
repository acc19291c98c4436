"""Sending an edition, once per reader: never twice without a person's word, never lost without being listed.

The intent to hand a letter over is in the ledger, durably, before the letter leaves; what became of the one before is
written in the same breath. What a crash hides in between is `unknown`: it is listed, and never sent again by itself.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from composer.desk.letters import LetterPress
from composer.errors import AuthError, ComposerError, WireError
from composer.mailing import Delivery, DeliveryState, Fate, Handover, Reader
from composer.ports import Clock, Deliveries, Relay

_AT_ONCE = 500  # readers asked for in one go
_ATTEMPTS_MOST = 5
_FIRST_WAIT = timedelta(minutes=1)  # before the second attempt; each further one waits four times as long
_KNOCKS_MOST = 4  # at a server that cannot be reached, before it is given up
_REFUSED_LEAST, _REFUSED_SHARE = 20, 0.25  # so many refusals, and this part of all, end a run
_UNDERWAY_MOST = 3  # letters: one on its way, one that waits for it, one that is printed
_STATES: Mapping[Fate, DeliveryState] = MappingProxyType(
    {"taken": "sent", "deferred": "deferred", "refused": "refused", "unknown": "unknown"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a run goes about it."""

    per_minute: int = 0  # letters; 0: as fast as the server takes them
    patience: timedelta = timedelta(minutes=15)  # how long it waits, in all, for those who are to be tried again
    sleep: Callable[[float], None]  # waits so many seconds


@dataclass(slots=True)
class _Underway:
    """A letter whose intent is written down."""

    row: Delivery  # as it was before
    handing: Future[Handover] | None = None  # None: it has not left


@dataclass(slots=True)
class Run:
    """One run over an edition's ledger."""

    ledger: Deliveries
    relay: Relay
    press: LetterPress
    readers: Mapping[str, Reader]  # by `normal` address
    clock: Clock
    pace: Pace
    fates: Counter[Fate] = field(default_factory=Counter)
    _unwritten: list[Delivery] = field(default_factory=list)  # what became of letters, and is not written down yet
    _underway: list[_Underway] = field(default_factory=list)  # three at most, in the order in which they leave
    _last: datetime | None = None  # when a letter left
    _given_up: ComposerError | None = None  # why no letter can leave any more

    def go(self) -> Iterator[int]:
        """Hand letters over until nobody is to be tried any more; yield how many were handed over so far.

        While a letter is on its way the next one waits, and the one after that is printed and its intent written down:
        a crash leaves three unknown at most. Raises WireError, AuthError when the server cannot be used, ComposerError
        when it refuses too many; then all that was not sent is still to be sent. Readers whom the list does not name
        any more are left as they are.
        """
        waited = timedelta(0)
        while True:
            yield from self._round()
            pause = self._pause()
            if pause is None or waited + pause > self.pace.patience:
                return
            self.pace.sleep(pause.total_seconds())
            waited += pause

    def _round(self) -> Iterator[int]:
        """Hand a letter over to everybody who is to be tried now."""
        most = _UNDERWAY_MOST - bool(self.pace.per_minute)  # at a pace, a letter leaves when its time has come
        with ThreadPoolExecutor(1) as carrier:
            try:
                for row in self._due():
                    reader = self.readers[row.recipient]
                    letter = self.press.letter(reader, self.clock())
                    self._write(replace(row, state="sending", attempts=row.attempts + 1, at=self.clock(), next_at=None))
                    ready = _Underway(row)
                    self._underway.append(ready)
                    if len(self._underway) == most:
                        self._arrived()
                        yield self.fates.total()
                    self._keep_pace()
                    ready.handing = carrier.submit(self._hand_over, reader, letter)
                while self._underway:
                    self._arrived()
                    yield self.fates.total()
            finally:
                self._wind_up()

    def _arrived(self) -> None:
        """Wait for what became of the letter that left first. Raises what handing it over raised."""
        first = self._underway[0]
        handed = first.handing.result() if first.handing else None
        self._underway.pop(0)
        if handed:
            self.fates[handed.fate] += 1
            self._unwritten.append(self._outcome(first.row, handed))
        self._brake()

    def _wind_up(self) -> None:
        """Write down what became of the letters under way, however the work ended; what waits does not leave."""
        for one in reversed(self._underway):
            if one.handing and one.handing.cancel():
                one.handing = None
        for one in self._underway:
            error = one.handing.exception() if one.handing else None
            if one.handing and error is None:
                self._unwritten.append(self._outcome(one.row, one.handing.result()))
            elif error is None or isinstance(error, ComposerError):  # nothing was sent: she is still to get it
                told = str(error) if error else one.row.reply
                self._unwritten.append(replace(one.row, state="pending", reply=told, at=self.clock(), next_at=None))
        self._underway.clear()
        self._write()

    def _due(self) -> Iterator[Delivery]:
        """Give everybody who is to be tried now; who wants no mail by now is written down as such."""
        number = self.press.edition.id
        strangers: set[str] = set()
        while True:
            found = self.ledger.due(number, self.clock(), _AT_ONCE + len(strangers))
            unwanted = self.ledger.suppressed()
            self._write(
                *(replace(row, state="suppressed", at=self.clock()) for row in found if row.recipient in unwanted)
            )
            fresh = [row for row in found if row.recipient not in unwanted | strangers]
            if not fresh:
                return
            strangers |= {row.recipient for row in fresh} - self.readers.keys()
            yield from (row for row in fresh if row.recipient in self.readers)

    def _write(self, *intent: Delivery) -> None:
        rows, self._unwritten = (*self._unwritten, *intent), []
        if rows:
            self.ledger.write(self.press.edition.id, rows)

    def _hand_over(self, reader: Reader, letter: bytes) -> Handover:
        """Hand over, unless the letter before could not be: the one that waits asks nobody for a second refusal."""
        if self._given_up:
            raise self._given_up
        try:
            return self._knock(reader, letter)
        except ComposerError as error:
            self._given_up = error
            raise

    def _knock(self, reader: Reader, letter: bytes) -> Handover:
        """Hand over, knocking again at a server that cannot be reached."""
        sender = self.press.settings.from_address
        for knock in range(_KNOCKS_MOST - 1):
            try:
                return self.relay.hand_over(sender, reader.address, letter)
            except AuthError:
                raise
            except WireError:
                self.pace.sleep(2.0**knock)
        return self.relay.hand_over(sender, reader.address, letter)

    def _outcome(self, row: Delivery, handed: Handover) -> Delivery:
        tried, now = row.attempts + 1, self.clock()
        done = replace(row, state=_STATES[handed.fate], attempts=tried, reply=handed.reply, at=now, next_at=None)
        if handed.fate != "deferred":
            return done
        if tried >= _ATTEMPTS_MOST:
            return replace(done, state="refused", reply=f"given up after {tried} attempts: {handed.reply}")
        return replace(done, next_at=now + _FIRST_WAIT * 4 ** (tried - 1))

    def _brake(self) -> None:
        """Stop where so many are refused that something is wrong with the list or the sender's standing."""
        refused, handed = self.fates["refused"], self.fates.total()
        if refused >= _REFUSED_LEAST and refused > handed * _REFUSED_SHARE:
            raise ComposerError(
                f"stopped: {refused} of {handed} were refused; `currents deliveries {self.press.edition.id}` names "
                "them, and sending again goes on with the others"
            )

    def _keep_pace(self) -> None:
        now = self.clock()
        if self._last and self.pace.per_minute:
            early = 60 / self.pace.per_minute - (now - self._last).total_seconds()
            if early > 0:
                self.pace.sleep(early)
                now = self.clock()
        self._last = now

    def _pause(self) -> timedelta | None:
        """Return how long to wait for the next who is to be tried again, None when there is nobody."""
        waiting = self.ledger.of(self.press.edition.id, ["deferred"])
        soonest = min((row.next_at for row in waiting if row.next_at and row.recipient in self.readers), default=None)
        return None if soonest is None else max(soonest - self.clock(), timedelta(seconds=1))
