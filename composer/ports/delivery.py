"""What we ask of whoever carries letters."""

from types import TracebackType
from typing import Protocol, Self

from composer.mailing import Handover, SenderMark


class Relay(Protocol):
    """A server that takes letters upon itself. Use it as a context manager: the connection is kept between letters."""

    def __enter__(self) -> Self:
        """Begin; nothing is connected yet."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Take leave of the server."""
        ...

    def hand_over(self, sender: str, recipient: str, letter: bytes) -> Handover:
        """Hand one letter over to one recipient, and say what became of it; it is never handed over twice.

        Raises WireError when the server cannot be reached at all, AuthError when it refuses us: then nothing was sent.
        """
        ...


class Badge(Protocol):
    """What lies beside the store that may send, on this machine and in this folder alone."""

    def worn(self) -> SenderMark | None:
        """Return the mark of the store that sent here last; None when none did, or it did so elsewhere."""
        ...

    def wear(self, mark: SenderMark) -> None:
        """Keep the mark of a store that sends here. Raises OutboxError."""
        ...
