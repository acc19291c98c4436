"""Instants as the store keeps them. Must not read a clock."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from composer.errors import StoreError


def utc(moment: datetime) -> datetime:
    """Return a moment in UTC. Raises StoreError when it names no zone, for then nobody knows when it was."""
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise StoreError(f"{moment.isoformat(sep=' ')}: a time without a zone cannot be kept; give it in UTC")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise StoreError(f"{moment.isoformat(sep=' ')}: lies outside the calendar in UTC; give a real time") from error


class Instant(TypeDecorator[datetime]):
    """An aware moment; SQLite holds it as UTC text, microseconds included, so that text order is time order."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment into UTC on its way in. Raises StoreError for a naive one."""
        del dialect
        return None if value is None else utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give a moment its zone on its way out."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


def written(moment: datetime | None) -> str | None:
    """Return a moment as an `Instant` stands in SQLite. Raises StoreError for a naive one."""
    return None if moment is None else utc(moment).replace(tzinfo=None).isoformat(" ", "microseconds")
