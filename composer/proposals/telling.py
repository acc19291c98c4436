"""A story on its way to pieces: its paragraphs, their usual length, and how a piece is cut from one of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from types import MappingProxyType

from composer.blocks import Value
from composer.proposals.paragraphs import Paragraph
from composer.proposals.pieces import Piece
from composer.summaries.scoring import Vector, vector

RUN = 6  # words that stand together in two places by no chance
_PLACES_MOST = 20
_RUNNING_LEAST = 20  # words


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One story's paragraphs, and what rules ask of all of them."""

    text: str  # the whole file's
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def usual_words(self) -> float:
        """Return the median length of running paragraphs: closed as sentences are, and no line at the foot."""
        return median([one.count for one in self.paragraphs if one.closed and one.count >= _RUNNING_LEAST] or [0])

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Return each paragraph's words as they are compared: small, without marks."""
        return tuple(folded(one.words) for one in self.paragraphs)

    @cached_property
    def runs(self) -> Mapping[str, Sequence[int]]:
        """Return in which paragraphs each run of `RUN` words stands, the first few of them."""
        places: dict[str, list[int]] = {}
        for index, words in enumerate(map(str.split, self.folded)):
            for at in range(len(words) - RUN + 1):
                found = places.setdefault(" ".join(words[at : at + RUN]), [])
                if len(found) < _PLACES_MOST and index not in found:
                    found.append(index)
        return places

    def holding(self, words: str) -> Sequence[int]:
        """Return the paragraphs that may hold these folded words; none when they are fewer than `RUN`."""
        return self.runs.get(" ".join(words.split()[:RUN]), ())

    @cached_property
    def vectors(self) -> tuple[Vector, ...]:
        """Return each paragraph's telling words."""
        return tuple(vector(one.words) for one in self.paragraphs)

    def near(self, index: int, reach: int = 2) -> Sequence[int]:
        """Return the indexes of a paragraph's neighbours."""
        around = range(max(0, index - reach), min(len(self.paragraphs), index + reach + 1))
        return [one for one in around if one != index]


Rule = Callable[[Telling, int], Sequence[Piece]]


def folded(words: str) -> str:
    """Return words in small letters, parted by single spaces, without any other mark."""
    return " ".join("".join(mark if mark.isalnum() else " " for mark in words.lower()).split())


def piece(  # noqa: PLR0913 (a piece says all of this)
    kind: str,
    paragraph: Paragraph,
    *,
    reason: str,
    confidence: float,
    body: str = "",
    fields: Mapping[str, Value] | None = None,
    span: tuple[int, int] | None = None,
) -> Piece:
    """Cut a piece from a paragraph: all of it, or `span` of its words."""
    start, end = span or (0, len(paragraph.words))
    return Piece(
        kind=kind,
        start=paragraph.start + start,
        end=paragraph.start + end,
        first_line=paragraph.line_at(start),
        last_line=paragraph.line_at(end),
        reason=reason,
        confidence=confidence,
        body=body,
        fields=MappingProxyType(dict(fields or {})),
    )


def trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without white space at its edges."""
    inside = words[start:end]
    lead = len(inside) - len(inside.lstrip())
    return start + lead, max(start + lead, end - (len(inside) - len(inside.rstrip())))
