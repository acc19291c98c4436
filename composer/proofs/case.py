"""What a proof looks at, and what a rule finds there. Values only."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from composer.blocks import TK, Block, Manuscript, every
from composer.choice import Rerun
from composer.facts import Evidence, LedgerEntry, Original
from composer.model import Message, Print, Profile, Remark, Severity
from composer.proofs.galley import Galley
from composer.proofs.reading import Reading, read
from composer.records import Drift, Reply
from composer.settings import Settings
from composer.text import primary

BODY = "(body)"  # where a finding stands when it stands in no field
OWN_WORDS = ("lede", "prose", "brief", "link", "view", "why", "disclosure", "correction", "sponsor")
RUNNING_WORDS = (*OWN_WORDS, "quote", "pullquote")
_NO_REPLIES: Mapping[str, Reply] = MappingProxyType({})
_NO_PRINTS: Mapping[str, Print] = MappingProxyType({})
_NO_RERUNS: Mapping[str, Rerun] = MappingProxyType({})
_NO_LANGUAGES: Mapping[str, str] = MappingProxyType({})
_NO_ORIGINALS: Mapping[str, Original] = MappingProxyType({})


_TK = re.compile(rf"\b{TK}\b")


def is_day(words: str) -> bool:
    """Say whether words are a day of the calendar, YYYY-MM-DD."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words):
        return False
    try:
        return bool(date.fromisoformat(words))
    except ValueError:
        return False


def is_open(words: str) -> bool:
    """Say whether words still hold TK, an editor's mark for "to come"; one inside an address is none."""
    return TK in words and any(_TK.search(word) for word in words.split() if "://" not in word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found. Without a block it concerns the header's `key`, without either the whole edition."""

    message: str
    block: Block | None = None
    key: str = ""
    below: int = 0  # lines below the place
    severity: Severity | None = None  # when it is not the rule's usual one


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A value or a line of a body, and where it stands."""

    words: str
    block: Block | None = None  # None: the header
    key: str
    below: int = 0

    def line(self, manuscript: Manuscript) -> int:
        """Return the line of the manuscript where it stands, 1-based."""
        if self.block is None:
            return manuscript.line_of(self.key)
        if self.key == BODY:
            return (self.block.body_line or self.block.line) + self.below
        return self.block.line_of(self.key)

    def finding(self, message: str) -> Finding:
        """Say something about this place."""
        return Finding(message=message, block=self.block, key=self.key, below=self.below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A block's body, or one of its fields, beside the sources that the block cites."""

    block: Block
    key: str = BODY
    evidence: Evidence
    unread: tuple[str, ...] = ()  # ids of cited sources whose text is not stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Research:
    """What the desk found in the stored sources; empty where nobody looked."""

    checked: tuple[Checked, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    originals: Mapping[str, Original] = field(
        default_factory=lambda: _NO_ORIGINALS
    )  # the stored text of each source block, by its id


NOTHING_LOOKED_UP = Research()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The subject line of another edition that went out."""

    subject: str
    edition: int
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What went out before, as the desk found it; empty where nobody looked."""

    subjects: tuple[Earlier, ...] = ()  # of other editions, newest first
    published: Manuscript | None = None  # this edition as its readers have it; None: they have none yet
    day: date | None = None  # on which they got it


NOTHING_WENT_OUT = Past()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An edition and everything that is known about it. `prints` are keyed by `src`; `message` is the rendered mail.

    `reruns` are what of it ran before: a source by `src:` and its id, a link in words by its address.
    """

    manuscript: Manuscript
    problems: tuple[Remark, ...] = ()  # what the reader of the manuscript had to say
    profile: Profile
    settings: Settings
    replies: Mapping[str, Reply] = field(default_factory=lambda: _NO_REPLIES)  # by address; empty where nobody asked
    prints: Mapping[str, Print] = field(default_factory=lambda: _NO_PRINTS)
    message: Message | None = None
    words_in: str = ""  # the language of the fixed words that readers get; "" when nobody asked
    reruns: Mapping[str, Rerun] = field(default_factory=lambda: _NO_RERUNS)
    drifts: tuple[Drift, ...] = ()  # how the articles it stands on have changed since they were chosen
    research: Research = NOTHING_LOOKED_UP
    past: Past = NOTHING_WENT_OUT
    languages: Mapping[str, str] = field(default_factory=lambda: _NO_LANGUAGES)  # of stored sources, by id (BCP 47)
    galley: Galley | None = None  # the very bytes that would leave

    @property
    def lang(self) -> str:
        """Return the edition's language without region: "en"."""
        return primary(self.manuscript.get("lang", self.settings.language))

    def lang_of(self, block: Block) -> str:
        """Return a block's language without region: its own, else the edition's."""
        return primary(block.get("lang")) or self.lang

    def source(self, source_id: str) -> Block | None:
        """Return the source block with this id."""
        return next((block for block in self.manuscript.of("source") if source_id and block.id == source_id), None)

    def places(self) -> Iterator[Place]:
        """Yield every header value, field value and body line; notes to the desk are left out."""
        return places(self.manuscript)

    def readings(self, *kinds: str) -> Iterator[tuple[Block, Reading]]:
        """Yield the blocks of these kinds with their Markdown read, in order."""
        return ((block, read(block.body)) for block in self.manuscript.of(*kinds))


def places(manuscript: Manuscript) -> Iterator[Place]:
    """Yield every header value, field value and body line of a manuscript; notes to the desk are left out."""
    for item in manuscript.header:
        yield from (Place(words=words, key=item.key) for words in every((item,), item.key))
    for block in manuscript.blocks:
        if block.kind == "note":
            continue
        for item in block.fields:
            yield from (Place(words=words, block=block, key=item.key) for words in every((item,), item.key))
        for number, line in enumerate(block.body.split("\n")):
            yield Place(words=line, block=block, key=BODY, below=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """What a rule would write where it found something: a field's value, or a whole body, line for line.

    Without `words` the block goes. What is not named stays as it is.
    """

    block: Block
    key: str = BODY
    words: str | None = None


Check = Callable[[Case], Iterable[Finding]]
Mender = Callable[[Case], Iterable[Mend]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the house: why it is there, how to mend what it finds, and the check itself."""

    id: str
    severity: Severity
    also: Severity | None = None  # what it is in the milder or graver case that `reason` names
    reason: str
    mend: str
    check: Check
    mender: Mender | None = None  # what `currents proof N --fix` does about it; the same case gives the same mends
    offers: bool = False  # its mends are a guess that an editor takes or leaves, one by one


def rule(  # noqa: PLR0913 (what a rule is made of)
    rule_id: str,
    severity: Severity,
    *,
    reason: str,
    mend: str,
    also: Severity | None = None,
    mender: Mender | None = None,
    offers: bool = False,
) -> Callable[[Check], Rule]:
    """Make a check into a rule."""
    return lambda check: Rule(
        id=rule_id,
        severity=severity,
        also=also,
        reason=reason,
        mend=mend,
        check=check,
        mender=mender,
        offers=offers,
    )
