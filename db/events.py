"""The log of what editions went through. Rows are only ever added; a trigger sees to that."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select, update

from composer.errors import ConflictError
from composer.lifecycle import Event, spoken
from composer.model import Edition
from db import engine, rows
from db.editions import log, record_of
from db.tables import editions, events


@dataclass(frozen=True, slots=True)
class SqlEvents:
    """Steps in the store's file."""

    database: engine.Database

    def take(self, edition: Edition, event: Event) -> Edition:
        """Write a step down and make the edition what it leads to, durably and in one transaction.

        Raises NotFoundError, and ConflictError when the edition took another step or was saved since it was read.
        """
        with engine.writing_durably(self.database) as connection:
            newest = record_of(connection, edition.id)
            if (newest.status, newest.revision) != (event.before, event.revision):
                raise ConflictError(
                    f"edition {edition.id} is {spoken(newest.status)} with revision {newest.revision} meanwhile; "
                    "look at it, then do it again"
                )
            log(connection, event)
            changed = update(editions).where(editions.c.id == edition.id).values(status=event.after)
            connection.execute(changed)
        return replace(edition, status=event.after)

    def of(self, edition_id: int) -> tuple[Event, ...]:
        """Return every step of an edition, the first one first."""
        its = select(events).where(events.c.edition_id == edition_id).order_by(events.c.id)
        with engine.reading(self.database) as connection:
            return tuple(rows.event_value(row) for row in connection.execute(its).mappings())

    def scheduled(self) -> tuple[Event, ...]:
        """Return what is to go out, the soonest first: the newest schedule of every edition that is scheduled."""
        waiting = select(editions.c.id).where(editions.c.status == "scheduled")
        newest = select(func.max(events.c.id)).where(events.c.step == "scheduled", events.c.edition_id.in_(waiting))
        chosen = select(events).where(events.c.id.in_(newest.group_by(events.c.edition_id)))
        with engine.reading(self.database) as connection:
            found = connection.execute(chosen.order_by(events.c.due, events.c.id)).mappings()
            return tuple(rows.event_value(row) for row in found)
