"""The ledger of deliveries, and who wants no mail. Every write here outlives a power cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert

from composer.mailing import Delivery, DeliveryState, SenderMark
from db import engine
from db.bulk import portions
from db.outgoing import deliveries, sender, suppressions
from db.times import written

_WRITE = (  # executed for every letter
    "UPDATE deliveries SET state = ?, attempts = ?, reply = ?, at = ?, next_at = ? "
    "WHERE edition_id = ? AND recipient = ?"
)


@dataclass(frozen=True, slots=True)
class SqlDeliveries:
    """Deliveries in the store's file."""

    database: engine.Database

    def enlist(self, edition_id: int, recipients: Sequence[str], now: datetime) -> int:
        """Add readers who have no row yet as pending, and return how many; the others stay as they are."""
        fresh = [
            {"edition_id": edition_id, "recipient": one, "state": "pending", "attempts": 0, "reply": "", "at": now}
            for one in dict.fromkeys(recipients)
        ]
        with engine.writing_durably(self.database) as connection:
            before = connection.scalar(select(func.count()).where(deliveries.c.edition_id == edition_id)) or 0
            if fresh:
                connection.execute(insert(deliveries).on_conflict_do_nothing(), fresh)
            after = connection.scalar(select(func.count()).where(deliveries.c.edition_id == edition_id)) or 0
        return after - before

    def recover(self, edition_id: int, now: datetime) -> int:
        """Make every row that a crash left in "sending" unknown, and return how many."""
        lost = update(deliveries).where(deliveries.c.edition_id == edition_id, deliveries.c.state == "sending")
        said = "the program ended before the server's answer was written down"
        with engine.writing_durably(self.database) as connection:
            return connection.execute(lost.values(state="unknown", reply=said, at=now)).rowcount

    def due(self, edition_id: int, now: datetime, most: int) -> tuple[Delivery, ...]:
        """Return who is to be tried now: pending readers, then deferred ones whose time has come."""
        again = (deliveries.c.state == "deferred") & (deliveries.c.next_at <= now)
        its = select(deliveries).where(deliveries.c.edition_id == edition_id)
        wanted = its.where(or_(deliveries.c.state == "pending", again))
        ordered = wanted.order_by(deliveries.c.state.desc(), text("rowid")).limit(most)  # "pending" before "deferred"
        return self._read(ordered)

    def write(self, edition_id: int, rows: Sequence[Delivery]) -> None:
        """Write rows over those of the same readers, durably and in one transaction."""
        told = [(one.state, one.attempts, one.reply, written(one.at), written(one.next_at)) for one in rows]
        keys = [(edition_id, one.recipient) for one in rows]
        engine.execute_durably(self.database, _WRITE, [(*row, *key) for row, key in zip(told, keys, strict=True)])

    def of(self, edition_id: int, states: Sequence[DeliveryState] = ()) -> tuple[Delivery, ...]:
        """Return an edition's rows in the order in which they were added, those in some states or all."""
        its = select(deliveries).where(deliveries.c.edition_id == edition_id).order_by(text("rowid"))
        wanted = its.where(deliveries.c.state.in_(states)) if states else its
        return self._read(wanted)

    def tally(self, edition_id: int) -> Mapping[DeliveryState, int]:
        """Return how many rows an edition has in each state."""
        counted = select(deliveries.c.state, func.count().label("many")).group_by(deliveries.c.state)
        with engine.reading(self.database) as connection:
            rows = connection.execute(counted.where(deliveries.c.edition_id == edition_id))
            return {row.state: row.many for row in rows}

    def editions(self) -> tuple[int, ...]:
        """Return the editions that were sent to anybody, the newest first."""
        sent = select(deliveries.c.edition_id).distinct().order_by(deliveries.c.edition_id.desc())
        with engine.reading(self.database) as connection:
            return tuple(connection.scalars(sent))

    def suppress(self, addresses: Sequence[str], now: datetime) -> int:
        """Never send to these again; return how many were not on the list before."""
        fresh = set(addresses) - self.suppressed()
        if fresh:
            rows = [{"address": one, "at": now} for one in sorted(fresh)]
            with engine.writing_durably(self.database) as connection:
                connection.execute(insert(suppressions).on_conflict_do_nothing(), rows)
        return len(fresh)

    def release(self, addresses: Sequence[str]) -> int:
        """Take addresses off the list again; return how many were on it."""
        found = 0
        with engine.writing_durably(self.database) as connection:
            for some in portions(addresses):
                found += connection.execute(delete(suppressions).where(suppressions.c.address.in_(some))).rowcount
        return found

    def suppressed(self) -> frozenset[str]:
        """Return who wants no mail."""
        with engine.reading(self.database) as connection:
            return frozenset(connection.scalars(select(suppressions.c.address)))

    def mark(self) -> SenderMark | None:
        """Return what tells this store from its copies; None before anything was sent."""
        with engine.reading(self.database) as connection:
            row = connection.execute(select(sender.c.token, sender.c.runs)).mappings().first()
        return SenderMark(**row) if row else None

    def put_mark(self, mark: SenderMark) -> None:
        """Keep another mark."""
        with engine.writing_durably(self.database) as connection:
            connection.execute(delete(sender))
            connection.execute(insert(sender), {"id": 1, "token": mark.token, "runs": mark.runs})

    def _read(self, wanted: Select[Any]) -> tuple[Delivery, ...]:
        with engine.reading(self.database) as connection:
            found = connection.execute(wanted).mappings()
            return tuple(Delivery(**{key: cell for key, cell in row.items() if key != "edition_id"}) for row in found)
