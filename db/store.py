"""The store as the newsroom sees it: one file, five shelves, a morgue, a catalogue, a journal, a log and a ledger."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from composer.model import Collected, Saved
from composer.records import Holdings, Taken
from db import engine, schema
from db.announcements import SqlAnnouncements
from db.articles import SqlArticles
from db.cards import SqlCards
from db.commissions import SqlCommissions
from db.deliveries import SqlDeliveries
from db.editions import SqlEditions
from db.events import SqlEvents
from db.holdings import held
from db.journal import SqlJournal
from db.morgue import SqlMorgue
from db.pushes import SqlPushes
from db.sources import SqlSources
from db.takeover import Retold, take_over
from db.visits import keep as keep_visits


@dataclass(frozen=True, slots=True)
class SqlStore:
    """Keeps what the newsroom knows in an SQLite file. Threads may share it; leave it by `close` or `with`."""

    database: engine.Database

    @property
    def sources(self) -> SqlSources:
        """Return the shelf of sources."""
        return SqlSources(self.database)

    @property
    def articles(self) -> SqlArticles:
        """Return the shelf of articles."""
        return SqlArticles(self.database)

    @property
    def editions(self) -> SqlEditions:
        """Return the shelf of editions."""
        return SqlEditions(self.database)

    @property
    def commissions(self) -> SqlCommissions:
        """Return the shelf of what language models handed in."""
        return SqlCommissions(self.database)

    @property
    def announcements(self) -> SqlAnnouncements:
        """Return the shelf of feeds whose hub is to hear of them."""
        return SqlAnnouncements(self.database)

    @property
    def morgue(self) -> SqlMorgue:
        """Return what past editions carried."""
        return SqlMorgue(self.database)

    @property
    def cards(self) -> SqlCards:
        """Return the catalogue of what is out."""
        return SqlCards(self.database)

    @property
    def deliveries(self) -> SqlDeliveries:
        """Return the ledger of deliveries."""
        return SqlDeliveries(self.database)

    @property
    def pushes(self) -> SqlPushes:
        """Return what was written to newsletter services."""
        return SqlPushes(self.database)

    @property
    def events(self) -> SqlEvents:
        """Return the log of what editions went through."""
        return SqlEvents(self.database)

    @property
    def journal(self) -> SqlJournal:
        """Return the journal of publications."""
        return SqlJournal(self.database)

    def keep(self, visits: Sequence[Collected]) -> tuple[Saved, ...]:
        """Keep what visits brought and taught, in one transaction, and release their sources; a result a visit."""
        with engine.writing(self.database) as connection:
            return keep_visits(connection, visits)

    @contextmanager
    def holdings(self) -> Iterator[Holdings]:
        """Open everything that an export carries, as it stands at one moment."""
        with engine.reading(self.database) as connection:
            yield held(connection)

    def take_over(self, holdings: Holdings, retold: Retold) -> Taken:
        """Take in what another store held, durably and in one transaction; what is here is never overwritten."""
        with engine.writing_durably(self.database) as connection:
            return take_over(connection, holdings, retold)

    def close(self) -> None:
        """Let go of the file."""
        engine.tidy(self.database)
        self.database.engine.dispose()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self.close()


def open_store(path: Path) -> SqlStore:
    """Open the store in a file, making or upgrading it first where needed. Raises StoreError."""
    whole = path.absolute()
    schema.upgrade(whole)
    return SqlStore(engine.database(whole))
