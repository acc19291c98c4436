"""What the journal keeps of a publication while it is under way, so that a crash neither repeats nor loses it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

LISTS = 0  # in the place of an edition's number: lists and feeds were written anew, no edition went out


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A publication that has begun: written down before the first file moves, struck out once all of them stand."""

    edition_id: int  # LISTS: none
    revision: int = 0
    moment: datetime  # what readers are told as its time
    files: Mapping[str, str] = field(default_factory=dict)  # path in the outbox → sha256 of what is to stand there
    folders: tuple[str, ...] = ()  # that are replaced as a whole
