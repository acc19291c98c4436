"""The shelf of sources."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, or_, select, update

from composer.errors import ConflictError, NotFoundError
from composer.model import Source
from db import engine, rows
from db.bulk import portions
from db.tables import articles, sources

_EDITORS = ("url", "title", "tags", "weight", "state", "whole")
# What visits taught of an address says nothing of another.
_UNTAUGHT = {
    "etag": "",
    "last_modified": "",
    "body_sha256": "",
    "next_at": None,
    "not_before": None,
    "failures": 0,
    "problem": "",
    "moved_to": "",
    "moved_since": None,
    "moved_times": 0,
}


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
            return _source(connection, source_id)

    def all(self) -> tuple[Source, ...]:
        """Return every source, in the order in which they were followed."""
        with engine.reading(self.database) as connection:
            found = connection.execute(select(sources).order_by(sources.c.id)).mappings()
            return tuple(rows.source_value(row) for row in found)

    def save(self, source: Source) -> Source:
        """Keep what the editor changed and return it with its next version; a new URL forgets the old one's visits.

        Raises NotFoundError, and ConflictError when somebody saved meanwhile or the new URL is followed already.
        """
        with engine.writing(self.database) as connection:
            kept = _source(connection, source.id)
            if kept.version != source.version:
                raise ConflictError(f"source {kept.id}: changed meanwhile; read it again, then make your change")
            _refuse_second(connection, source)
            change = edited(kept, source)
            connection.execute(update(sources).where(sources.c.id == kept.id).values(change))
            return _source(connection, kept.id)

    def remove(self, source_id: int) -> None:
        """Follow a source no more; its articles stay, as if added by hand. Raises NotFoundError."""
        with engine.writing(self.database) as connection:
            _source(connection, source_id)
            _set_free(connection, source_id)
            connection.execute(sources.delete().where(sources.c.id == source_id))

    def claim(self, now: datetime, until: datetime, numbers: Sequence[int] | None = None) -> tuple[Source, ...]:
        """Take sources for visiting until then: active ones that nobody else holds, all due ones or those `numbers`."""
        with engine.writing(self.database) as connection:
            if numbers is None:
                due = or_(sources.c.next_at.is_(None), sources.c.next_at <= now)
                return _claim(connection, now, until, due)
            wanted = sorted(set(numbers))
            return tuple(
                one for part in portions(wanted) for one in _claim(connection, now, until, sources.c.id.in_(part))
            )

    def release(self, source_ids: Sequence[int]) -> None:
        """Give claimed sources back unvisited."""
        with engine.writing(self.database) as connection:
            for some in portions(source_ids):
                connection.execute(update(sources).where(sources.c.id.in_(some)).values(lease_until=None))


def edited(kept: Source, source: Source) -> dict[str, Any]:
    """Return what an editor's save writes over a kept source."""
    change = {name: getattr(source, name) for name in _EDITORS}
    moved = _UNTAUGHT if kept.url != source.url else {}
    return {**change, "tags": list(source.tags), "version": kept.version + 1, **moved}


def _claim(connection: Connection, now: datetime, until: datetime, wanted: ColumnElement[bool]) -> tuple[Source, ...]:
    free = (sources.c.lease_until, sources.c.not_before)
    ready = select(sources.c.id).where(
        wanted, sources.c.state == "active", *(or_(one.is_(None), one <= now) for one in free)
    )
    taking = update(sources).where(sources.c.id.in_(ready)).values(lease_until=until).returning(sources)
    taken = connection.execute(taking).mappings().all()
    return tuple(sorted((rows.source_value(row) for row in taken), key=lambda one: one.id))


def _set_free(connection: Connection, source_id: int) -> None:
    """Make a source's articles articles by hand; a guid that is taken there gets the article's number added."""
    by_hand = articles.alias()
    taken = select(by_hand.c.guid).where(by_hand.c.source_id.is_(None))
    its = articles.c.source_id == source_id
    unique = articles.c.guid + "#" + articles.c.id.cast(articles.c.guid.type)
    connection.execute(update(articles).where(its, articles.c.guid.in_(taken)).values(guid=unique))
    connection.execute(update(articles).where(its).values(source_id=None))


def _source(connection: Connection, source_id: int) -> Source:
    row = connection.execute(select(sources).where(sources.c.id == source_id)).mappings().first()
    if row is None:
        raise NotFoundError(f"no source {source_id} in the store; list the sources to see their numbers")
    return rows.source_value(row)


def _refuse_second(connection: Connection, source: Source) -> None:
    same = select(sources.c.id).where(sources.c.url == source.url, sources.c.id != source.id)
    if holder := connection.scalar(same):
        raise ConflictError(f"{source.url}: followed already, as source {holder}")
