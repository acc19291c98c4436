"""What we ask of the log: every step that an edition took."""

from typing import Protocol

from composer.lifecycle import Event
from composer.model import Edition


class Events(Protocol):
    """The store's log. What is written here is never changed and never deleted."""

    def take(self, edition: Edition, event: Event) -> Edition:
        """Write a step down and make the edition what it leads to, durably and in one transaction.

        Raises NotFoundError, and ConflictError when the edition took another step or was saved since it was read.
        """
        ...

    def of(self, edition_id: int) -> tuple[Event, ...]:
        """Return every step of an edition, the first one first."""
        ...

    def scheduled(self) -> tuple[Event, ...]:
        """Return what is to go out, the soonest first: the newest schedule of every edition that is scheduled."""
        ...
