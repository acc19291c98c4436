"""The nouns of evidence: what a text states that can be looked up, and where it stands in its sources.

Frozen values, standard library only. Offsets are code points: `text[start:end] == words`. What is checked are figures,
dates, names and quotations; nobody says here whether a statement is true.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

FactKind = Literal["number", "percent", "money", "date", "name", "quotation"]
Level = Literal["green", "amber", "red"]
Result = Literal[
    "supported",
    "unsupported",  # red: nothing like it in any source
    "altered",  # red: the source has other words, or another figure, in this very place
    "misspelt",  # red: one slip away from a name in the source
    "recombined",  # red: parts of several names of the source
    "rounded",
    "other context",  # the same fact, but nothing around it is shared
    "not quoted there",  # the words stand in the source, outside quotation marks, or with sentences left out
    "count not stated",  # a count in words that the source leaves to its readers
    "sentence opener",  # a capital that may only mark the sentence
    "elsewhere",  # strict only: in the source, away from the passage that the sentence follows
]

LEVELS: dict[Result, Level] = {
    "supported": "green",
    "unsupported": "red",
    "altered": "red",
    "misspelt": "red",
    "recombined": "red",
    "rounded": "amber",
    "other context": "amber",
    "not quoted there": "amber",
    "count not stated": "amber",
    "sentence opener": "amber",
    "elsewhere": "amber",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A source as it is read: its text, and what travels with it and may be named too."""

    id: str
    text: str
    title: str = ""
    about: tuple[str, ...] = ()  # outlet, authors
    published: date | None = None  # it supports its own year, month, day and weekday


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure, date, name or quotation of a text. A quotation's span leaves its marks out."""

    kind: FactKind
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a fact stands in a source; with part "about" it is in the title, outlet or authors, or is its date."""

    source: str
    start: int = 0
    end: int = 0
    part: Literal["text", "about"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found for one fact. `near` is what the source has instead, where something comes close."""

    fact: Fact
    result: Result
    standing: Standing | None = None
    near: str = ""

    @property
    def level(self) -> Level:
        """Return how grave it is."""
        return LEVELS[self.result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A sentence of a text, and the sentences of its sources that it seems to follow."""

    start: int
    end: int
    passages: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """Words in a row that a source has too, outside quotation marks."""

    start: int
    end: int
    count: int  # words
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A text beside its sources: every fact with its verdict, in the order of the text, and what was copied."""

    text: str
    verdicts: tuple[Verdict, ...] = ()
    copied: tuple[Copied, ...] = ()  # the longest first
    overlap: float = 0.0  # share of its runs of five words, quotations left out, that a source has too: 0 to 1
    words: int = 0
    quoted_words: int = 0
    source_words: int = 0  # of all sources together
    sources: tuple[str, ...] = ()  # those that were read


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text for the ledger: a place in an edition, or a source."""

    where: str
    kind: Literal["edition", "source"]
    text: str
    line: int = 0  # 1-based line of its first character in the manuscript; 0: not in one


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where a figure stands, with its sentence; offsets are in the whole text."""

    where: str
    kind: Literal["edition", "source"]
    start: int
    end: int
    sentence: str
    sentence_start: int
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One figure with every place where it stands. `parted` are two places that use it for different statements."""

    figure: str  # as it is first written
    kind: FactKind
    mentions: tuple[Mention, ...]
    parted: tuple[Mention, Mention] | None = None
