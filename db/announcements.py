"""The shelf of feeds that changed and whose hub has not been told yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from db import engine
from db.tables import announcements


@dataclass(frozen=True, slots=True)
class SqlAnnouncements:
    """Feeds' addresses in the store's file; what is planned outlives a power cut."""

    database: engine.Database

    def plan(self, feed_urls: Sequence[str], now: datetime) -> tuple[str, ...]:
        """Remember that a hub is to hear of these feeds, and return those that were not planned already."""
        known = set(self.due())
        fresh = tuple(url for url in dict.fromkeys(feed_urls) if url not in known)
        if fresh:
            rows = [{"feed_url": url, "planned_at": now} for url in fresh]
            with engine.writing_durably(self.database) as connection:
                connection.execute(insert(announcements).on_conflict_do_nothing(), rows)
        return fresh

    def due(self) -> tuple[str, ...]:
        """Return the feeds of which a hub is to hear, the longest planned first."""
        ordered = select(announcements.c.feed_url).order_by(announcements.c.planned_at, announcements.c.feed_url)
        with engine.reading(self.database) as connection:
            return tuple(connection.scalars(ordered))

    def forget(self, feed_urls: Sequence[str]) -> None:
        """Take feeds off the list: their hub was told, or there is nothing to tell."""
        if feed_urls:
            with engine.writing_durably(self.database) as connection:
                connection.execute(delete(announcements).where(announcements.c.feed_url.in_(feed_urls)))
