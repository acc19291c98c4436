"""The shelf of sources."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select, update

from composer.errors import ConflictError, NotFoundError
from composer.model import Source
from db import engine, rows
from db.tables import sources


@dataclass(frozen=True, slots=True)
class SqlSources:
    """Sources in the store's file."""

    database: engine.Database

    def add(self, source: Source) -> Source:
        """Keep a new source and return it with its number. Raises ConflictError when its URL is followed already."""
        with engine.writing(self.database) as connection:
            _refuse_second(connection, source)
            kept = connection.execute(insert(sources).returning(sources.c.id), rows.source_row(source))
            return replace(source, id=kept.scalar_one())

    def get(self, source_id: int) -> Source:
        """Return a source. Raises NotFoundError."""
        with engine.reading(self.database) as connection:
            row = connection.execute(select(sources).where(sources.c.id == source_id)).mappings().first()
        if row is None:
            raise _missing(source_id)
        return rows.source_value(row)

    def all(self) -> tuple[Source, ...]:
        """Return every source, in the order in which they were followed."""
        with engine.reading(self.database) as connection:
            found = connection.execute(select(sources).order_by(sources.c.id)).mappings()
            return tuple(rows.source_value(row) for row in found)

    def save(self, source: Source) -> None:
        """Keep what changed about a source. Raises NotFoundError, and ConflictError when its new URL is followed."""
        with engine.writing(self.database) as connection:
            _refuse_second(connection, source)
            change = update(sources).where(sources.c.id == source.id).values(rows.source_row(source))
            if not connection.execute(change).rowcount:
                raise _missing(source.id)


def _refuse_second(connection: Connection, source: Source) -> None:
    same = select(sources.c.id).where(sources.c.url == source.url, sources.c.id != source.id)
    if holder := connection.scalar(same):
        raise ConflictError(f"{source.url}: followed already, as source {holder}")


def _missing(source_id: int) -> NotFoundError:
    return NotFoundError(f"no source {source_id} in the store; list the sources to see their numbers")
