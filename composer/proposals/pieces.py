"""What is proposed: pieces of a text and the blocks that they seem to be, marks inside them, whole stories."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from composer.blocks import Value

_EMPTY: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Words of the text that no block holds, and why."""

    line: int  # 1-based
    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of the text and the block that it seems to be. `text[start:end]` is what it was made from.

    `kind` is a kind of block, or a place in the header: "title", "dek", "byline". `body` is plain words, not Markdown.
    """

    kind: str
    start: int
    end: int
    first_line: int  # 1-based, inclusive
    last_line: int  # inclusive
    reason: str
    confidence: float  # 0 to 1, a judgement of the rule, not a probability
    body: str = ""
    fields: Mapping[str, Value] = field(default_factory=lambda: _EMPTY)
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something noticed inside a piece that the editor should know. `text[start:end] == words`."""

    kind: str  # "attribution", "via", "hedge", "glue" …; docs/proposing.md lists them
    line: int  # 1-based
    start: int
    end: int
    words: str
    reason: str
    confidence: float
    suggestion: str = ""  # words that would mend it
    fields: Mapping[str, Value] = field(default_factory=lambda: _EMPTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One text of a file, as proposed: its pieces cover every word of its lines."""

    first_line: int
    last_line: int
    reason: str  # why a text seems to begin here
    lang: str  # en, uk or ru, by its letters
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]

    def of(self, *kinds: str) -> tuple[Piece, ...]:
        """Return the pieces of these kinds, in order."""
        return tuple(piece for piece in self.pieces if piece.kind in kinds)

    def marked(self, *kinds: str) -> tuple[Mark, ...]:
        """Return the marks of these kinds, in order."""
        return tuple(mark for mark in self.marks if mark.kind in kinds)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the words that no block holds, in order."""
        return tuple(one for piece in self.pieces for one in piece.left_out)
