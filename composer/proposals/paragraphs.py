"""A text as its paragraphs, each with the lines and offsets where it stands."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from composer.model import Sentence
from composer.summaries import sentences
from composer.summaries.paragraphs import closed
from composer.text import count_words

HEADING_WORDS_MOST = 16
_SHORT_MOST = 1_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A run of words between two ends of line, or two blank lines where lines were broken to fit a width.

    `text[start:end] == words`; offsets are code points, lines are 1-based and inclusive.
    """

    words: str
    start: int
    end: int
    first_line: int
    last_line: int
    count: int  # of words
    sentences: tuple[Sentence, ...]  # their offsets are the text's

    @property
    def closed(self) -> bool:
        """Say whether it ends as a sentence does."""
        return closed(self.words)

    @property
    def is_long(self) -> bool:
        """Say whether it is longer than any caption, credit or line at a story's foot."""
        return len(self.words) > _SHORT_MOST

    def line_at(self, offset: int) -> int:
        """Return the line on which a place in its words stands."""
        if self.first_line == self.last_line:
            return self.first_line
        return self.first_line + self.words.count("\n", 0, offset)

    @property
    def is_heading(self) -> bool:
        """Say whether it is short and does not end as a sentence does."""
        return self.count <= HEADING_WORDS_MOST and not self.closed


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text in order; between them stands nothing but white space."""
    return tuple(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    ends = [at for at, mark in enumerate(text) if mark == "\n"]
    for _, group in groupby(sentences(text), key=lambda sentence: sentence.paragraph):
        inside = tuple(group)
        start, end = inside[0].start, inside[-1].end
        words = text[start:end]
        yield Paragraph(
            words=words,
            start=start,
            end=end,
            first_line=bisect_right(ends, start - 1) + 1 if start else 1,
            last_line=bisect_right(ends, end - 1) + 1,
            count=count_words(words),
            sentences=inside,
        )
