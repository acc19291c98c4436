"""The nouns of what is kept for later: sources as they were, and all that leaves a newsletter in an export.

Frozen values, as in `composer.model`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from composer.lifecycle import Event
from composer.model import Article, Edition, Publication, Revision, Source, Version

# Why an address gave no answer: its certificate does not hold; there is no such host; it was not asked; anything else.
ReplyFault = Literal["", "certificate", "host", "unasked", "network"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """An article as it stood when an editor chose it: what an edition's claims are held against."""

    article_id: int
    number: int  # 1 is the oldest
    title: str
    text: str
    url: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    sha256: str  # of the text's UTF-8 bytes, hexadecimal
    versions: int = 0  # how many earlier versions the article had by then
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What the page of an article answered when it was last looked at."""

    article_id: int
    looked_at: datetime
    gone_at: datetime | None = None  # since when it answers 404 or 410; None: it is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How an article has parted from its newest snapshot."""

    article: Article  # as it reads now
    snapshot: Snapshot
    reworded: bool = False  # its publisher changed the words; else it was completed from its page
    gone_at: datetime | None = None  # since when its page is gone

    @property
    def was(self) -> str:
        """Return headline and text as they were chosen, as one text to compare."""
        return f"{self.snapshot.title}\n\n{self.snapshot.text}\n"

    @property
    def now(self) -> str:
        """Return headline and text as they stand."""
        return f"{self.article.title}\n\n{self.article.text}\n"

    @property
    def differs(self) -> bool:
        """Say whether they are other ones than when it was chosen."""
        return self.was != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """An address that proof wants to know about; of a picture also its type and weight."""

    address: str
    picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an address on the web answered when proof asked it; without an answer `problem` says why."""

    address: str  # as it was asked for
    picture: bool = False
    status: int = 0  # of the last answer (RFC 9110 section 15); 0: there was none
    ended_at: str = ""  # where redirects led; "" when there were none
    media_type: str = ""  # by the first bytes of a picture, else as the server names it
    bytes_length: int = 0  # of a picture; 0: not known
    problem: str = ""  # one line
    fault: ReplyFault = ""
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What a store holds and an export carries. Numbers are the store's own; each part is read once, in this order.

    Sources come without what visits taught. Editions come with their own revisions and publications only.
    """

    sources: Iterable[Source] = ()
    articles: Iterable[Article] = ()
    versions: Iterable[Version] = ()
    snapshots: Iterable[Snapshot] = ()
    editions: Iterable[Edition] = ()
    revisions: Iterable[Revision] = ()
    publications: Iterable[Publication] = ()
    events: Iterable[Event] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What taking holdings in did. `conflicts` were left as they stood here, a line each."""

    sources: int = 0  # new here
    articles: int = 0
    snapshots: int = 0
    editions: int = 0
    revisions: int = 0
    publications: int = 0
    conflicts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()  # what else the editor should know, a line each
    touched: tuple[int, ...] = ()  # numbers of the editions that have a new newest text
