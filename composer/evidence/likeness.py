"""How near two words, places or passages are. Pure counting."""

import re
from collections.abc import Iterable, Sequence

from composer.evidence.letters import root
from composer.evidence.sources import Source
from composer.evidence.texts import Text
from composer.evidence.vocabulary import COMMON

_AROUND = 40  # words to each side; sentences are seldom longer
_ALIGNED_MOST = 8  # words to each side
_STEM_LETTERS = 6
_SHORT, _LONG = 4, 8
_DIGIT = re.compile(r"\d")


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate that one slip of the pen turns into `word` (two in a long word), or ""."""
    letters, best, least = set(word), "", 3
    for other in candidates:
        if abs(len(other) - len(word)) > 2 or len(letters ^ set(other)) > 3:  # noqa: PLR2004 (two slips at most)
            continue
        slips = distance(word, other)
        if 0 < slips < least and slips <= _allowed(word, other):
            best, least = other, slips
    return best


def distance(one: str, other: str) -> int:
    """Count the letters to insert, drop, replace or swap with their neighbour (optimal string alignment)."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def aligned(text: Text, span: tuple[int, int], source: Source, other: tuple[int, int]) -> int:
    """Count the words in a row, to both sides of two places, that are the same."""
    return sum(sides(text, span, source, other))


def sides(text: Text, span: tuple[int, int], source: Source, other: tuple[int, int]) -> tuple[int, int]:
    """Count the same words in a row before two places, and after them."""
    mine, theirs = text.folds, source.text.folds
    left = 0
    while left < min(_ALIGNED_MOST, span[0], other[0]) and mine[span[0] - 1 - left] == theirs[other[0] - 1 - left]:
        left += 1
    right, most = 0, min(_ALIGNED_MOST, len(mine) - span[1], len(theirs) - other[1])
    while right < most and mine[span[1] + right] == theirs[other[1] + right]:
        right += 1
    return left, right


def around(text: Text, span: tuple[int, int]) -> frozenset[str]:
    """Return the telling words of the sentence that a place stands in, its own left out."""
    start, end = text.sentence(text.sentence_at(text.starts[span[0]]))
    first, last = text.words_in(start, end)
    before = text.folds[max(first, span[0] - _AROUND) : span[0]]
    after = text.folds[span[1] : min(last, span[1] + _AROUND)]
    return telling([*before, *after])


def telling(words: Sequence[str]) -> frozenset[str]:
    """Return words cut short in place of a stemmer, common ones and figures left out."""
    return frozenset(
        root(word)[:_STEM_LETTERS] for word in words if word not in COMMON and len(word) > 1 and not _DIGIT.search(word)
    )


def _allowed(word: str, other: str) -> int:
    if min(len(word), len(other)) < _SHORT:
        return int(sorted(word) == sorted(other))
    return 2 if min(len(word), len(other)) >= _LONG else 1
