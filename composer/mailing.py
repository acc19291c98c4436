"""The nouns of sending. Frozen values, as in `composer.model`."""

from dataclasses import dataclass
from typing import Literal

# taken: the server took it upon itself; deferred: not now (4xx, or no server); refused: never (5xx); unknown: the
# connection was lost after the last byte and before the answer, so nobody here can say (RFC 1047).
Fate = Literal["taken", "deferred", "refused", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What became of one letter for one reader, and what the server said to it."""

    fate: Fate
    reply: str = ""  # one line: "250 2.0.0 Ok: queued as 4F2B1"
