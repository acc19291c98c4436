"""What we ask of the ledger of deliveries: who got which edition, and who may not get any."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from composer.mailing import Delivery, DeliveryState, SenderMark


class Deliveries(Protocol):
    """The store's ledger: a row for each edition and reader. What is written here outlives a power cut."""

    def enlist(self, edition_id: int, recipients: Sequence[str], now: datetime) -> int:
        """Add readers who have no row yet as pending, and return how many; the others stay as they are."""
        ...

    def recover(self, edition_id: int, now: datetime) -> int:
        """Make every row that a crash left in "sending" unknown, and return how many."""
        ...

    def due(self, edition_id: int, now: datetime, most: int) -> tuple[Delivery, ...]:
        """Return who is to be tried now: pending readers, then deferred ones whose time has come."""
        ...

    def write(self, edition_id: int, rows: Sequence[Delivery]) -> None:
        """Write rows over those of the same readers, durably and in one transaction."""
        ...

    def of(self, edition_id: int, states: Sequence[DeliveryState] = ()) -> tuple[Delivery, ...]:
        """Return an edition's rows in the order in which they were added, those in some states or all."""
        ...

    def tally(self, edition_id: int) -> Mapping[DeliveryState, int]:
        """Return how many rows an edition has in each state."""
        ...

    def editions(self) -> tuple[int, ...]:
        """Return the editions that were sent to anybody, the newest first."""
        ...

    def suppress(self, addresses: Sequence[str], now: datetime) -> int:
        """Never send to these again; return how many were not on the list before."""
        ...

    def release(self, addresses: Sequence[str]) -> int:
        """Take addresses off the list again; return how many were on it."""
        ...

    def suppressed(self) -> frozenset[str]:
        """Return who wants no mail."""
        ...

    def mark(self) -> SenderMark | None:
        """Return what tells this store from its copies; None before anything was sent."""
        ...

    def put_mark(self, mark: SenderMark) -> None:
        """Keep another mark."""
        ...
