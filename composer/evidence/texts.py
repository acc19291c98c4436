"""A text read once for everything that is looked up in it: its words with their places, sentences and quotations."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from composer.evidence.letters import fold, plain
from composer.model import Sentence
from composer.summaries import sentences
from composer.summaries.quotations import quotations

_MARK = "\u0300-\u036f\u064b-\u065f\u0670"
_LETTER = rf"(?:[^\W_]|[{_MARK}\u0640])"
_WORD = re.compile(rf"{_LETTER}+(?:['’ʼ]{_LETTER}+)*")
_SINGLE = "'‘’"
_BEFORE_AN_OPENER = re.compile(r"(?:^|[:•*–—|>/]\s|[\"“„«‘'(\[]|\n\s*|\.{3}\s?|…\s?|--\s)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation's inside, in code points; `closed` says that its closing mark is there."""

    start: int
    end: int
    closed: bool
    single: bool  # set in single marks, which are apostrophes too


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words in the order of the text; the tuples run in parallel. `plain` has the text's own offsets."""

    text: str
    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    folds: tuple[str, ...]
    sentence_starts: tuple[int, ...]  # code points, ascending
    sentence_ends: tuple[int, ...]
    openings: frozenset[int]  # code points where a sentence begins
    quotations: tuple[Quoted, ...]

    def raw(self, index: int) -> str:
        """Return a word as it is written."""
        return self.text[self.starts[index] : self.ends[index]]

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """Return the indexes (first, one past the last) of the words that a span touches."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that an offset stands in."""
        return max(0, bisect_right(self.sentence_starts, offset) - 1)

    def sentence(self, number: int) -> tuple[int, int]:
        """Return a sentence's span in code points."""
        if not self.sentence_starts:
            return 0, len(self.text)
        return self.sentence_starts[number], self.sentence_ends[number]

    def opens(self, index: int) -> bool:
        """Say whether a word stands where a capital may only mark a beginning."""
        start = self.starts[index]
        return start in self.openings or _BEFORE_AN_OPENER.search(self.text, max(0, start - 4), start) is not None


@lru_cache(maxsize=128)  # a proof reads its sources for the blocks and for the ledger, an edited text at every save
def read(text: str) -> Text:
    """Read a text."""
    even = plain(text)
    found = [match.span() for match in _WORD.finditer(even)]
    said = sentences(text)
    spans = [(one.start, one.end) for one in said]
    starts = tuple(start for start, _ in found)
    return Text(
        text=text,
        plain=even,
        starts=starts,
        ends=tuple(end for _, end in found),
        folds=tuple(fold(even[start:end]) for start, end in found),
        sentence_starts=tuple(start for start, _ in spans),
        sentence_ends=tuple(end for _, end in spans),
        openings=_openings(starts, [start for start, _ in spans]),
        quotations=tuple(quoted for span in _paragraphs(said) for quoted in _quotations(text, span)),
    )


def quoted_words(text: Text) -> frozenset[int]:
    """Return the indexes of the words that stand inside quotations."""
    return frozenset(index for one in text.quotations for index in range(*text.words_in(one.start, one.end)))


def _openings(word_starts: Sequence[int], sentence_starts: Sequence[int]) -> frozenset[int]:
    """Return where the first word of each sentence begins."""
    firsts = (bisect_left(word_starts, start) for start in sentence_starts)
    return frozenset(word_starts[first] for first in firsts if first < len(word_starts))


def _paragraphs(said: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Return the paragraphs that sentences make up; lines broken to fit a width are one."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for one in said:
        first.setdefault(one.paragraph, one.start)
        last[one.paragraph] = one.end
    return [(start, last[number]) for number, start in first.items()]


def _quotations(text: str, paragraph: tuple[int, int]) -> Iterator[Quoted]:
    base, words = paragraph[0], _curled(text[slice(*paragraph)])
    for start, end in quotations(words):
        last = words[end - 1]
        closed = end - start > 1 and last in "”’»“\"'›」』" and _is_close(words, end)
        yield Quoted(
            start=base + start + 1,
            end=base + end - (1 if closed else 0),
            closed=closed,
            single=words[start] in _SINGLE,
        )


def _curled(paragraph: str) -> str:
    """Turn straight double marks to the side that they open or close; every code point stays in its place.

    A text that begins inside a quotation has a closing mark first; taken for an opening one, it would turn all others.
    """
    if '"' not in paragraph:
        return paragraph
    marks = list(paragraph)
    inside = False
    for at, mark in enumerate(paragraph):
        if mark == '"':
            before, after = paragraph[max(0, at - 1) : at].strip(' "'), paragraph[at + 1 : at + 2].strip(' "')
            opens = not inside if bool(before) == bool(after) else not before
            marks[at], inside = "“" if opens else "”", opens
    return "".join(marks)


def _is_close(words: str, end: int) -> bool:
    """Say whether the mark before `end` closes: nothing that a word could begin with follows it at once."""
    return not words[end : end + 1].isalnum()
