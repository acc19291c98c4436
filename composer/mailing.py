"""The nouns of sending. Frozen values, as in `composer.model`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

CLIPPED_BYTES = 100_000  # of HTML, where Gmail may clip: no word of Google's; testers place it between 100 and 105 KB

# taken: the server took it upon itself; deferred: not now (4xx, or no server); refused: never (5xx); unknown: the
# connection was lost after the last byte and before the answer, so nobody here can say (RFC 1047).
Fate = Literal["taken", "deferred", "refused", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What became of one letter for one reader, and what the server said to it."""

    fate: Fate
    reply: str = ""  # one line: "250 2.0.0 Ok: queued as 4F2B1"


# pending: still to be handed over; sending: intended, and nothing known yet; sent: the server took it; deferred: to be
# tried again; refused: never, or given up; unknown: nobody here can say, and it is not sent again by itself;
# suppressed: this reader wants no mail.
DeliveryState = Literal["pending", "sending", "sent", "deferred", "refused", "unknown", "suppressed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody on a list: an address, and what its letter says of her alone."""

    address: str
    fields: Mapping[str, str] = field(default_factory=dict)  # the list's columns by name: what {token} stands for
    line: int = 0  # of the list, 1-based


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of an edition's letter to one reader."""

    recipient: str  # as `normal` writes it
    state: DeliveryState
    attempts: int = 0
    reply: str = ""  # what the server said last
    at: datetime  # when that was
    next_at: datetime | None = None  # of "deferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderMark:
    """What tells the store that may send from a copy of it: a token, and how many runs there were."""

    token: str
    runs: int


def normal(address: str) -> str:
    """Return an address as the ledger knows it: mailboxes are not told apart by capitals, as RFC 5321 2.4 allows."""
    return address.strip().casefold()
