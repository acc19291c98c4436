"""The passage of an article where the words that were asked for stand. Plain words, no markup. Pure.

Words are cut as the index cuts them, so that what was found is also what is shown.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from composer.model import Article
from db import words

Snippet = tuple[tuple[str, bool], ...]
_LETTERS = 200  # of a passage
_BEFORE = 60  # letters of it before the first word that was asked for
_LONGEST = 20_000  # letters looked through


def cutter(typed: str) -> Callable[[Article], Snippet]:
    """Return what cuts an article's snippet for a question."""
    question = words.question(typed)
    asked = [term for group in question.groups for term in group]

    def cut(article: Article) -> Snippet:
        shelves = [shelf[:_LONGEST] for shelf in (article.text, article.summary, article.title) if shelf]
        for shelf in shelves:
            if marks := _marks(shelf, asked):
                return _passage(shelf, marks)
        return _passage(shelves[0], []) if shelves else ()

    return cut


def _marks(shelf: str, asked: Sequence[words.Term]) -> list[tuple[int, int]]:
    """Return where the words that were asked for stand, in order, overlaps joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_in_ascii(shelf, asked) if shelf.isascii() else _in_any_script(shelf, asked)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _in_ascii(shelf: str, asked: Sequence[words.Term]) -> Iterator[tuple[int, int]]:
    """Find the same as below, thirty times as fast."""
    lower = shelf.lower()
    for term in asked:
        ending = "[a-z0-9]*" if term.prefix else "(?![a-z0-9])"
        phrase = "[^a-z0-9]+".join(map(re.escape, term.tokens))
        yield from (found.span() for found in re.finditer(f"(?<![a-z0-9]){phrase}{ending}", lower))


def _in_any_script(shelf: str, asked: Sequence[words.Term]) -> Iterator[tuple[int, int]]:
    cuts = list(words.placed(shelf))
    for term in asked:
        yield from _standing(cuts, term)


def _standing(cuts: Sequence[tuple[str, int, int]], term: words.Term) -> Iterable[tuple[int, int]]:
    size, last = len(term.tokens), term.tokens[-1]
    for first in range(len(cuts) - size + 1):
        run = cuts[first : first + size]
        ending = run[-1][0]
        goes_on = ending.startswith(last) if term.prefix else ending == last
        if goes_on and tuple(cut[0] for cut in run[:-1]) == term.tokens[:-1]:
            yield run[0][1], run[-1][2]


def _passage(shelf: str, marks: Sequence[tuple[int, int]]) -> Snippet:
    start = _beginning(shelf, marks[0][0] if marks else 0)
    end = _ending(shelf, start + _LETTERS)
    edges = [start, *(edge for mark in marks for edge in mark if start < edge < end), end]
    asked = {mark[0] for mark in marks}
    parts = [("…", False)] if start else []
    parts += [(shelf[a:b], a in asked) for a, b in pairwise(edges) if a < b]
    parts += [("…", False)] if end < len(shelf) else []
    return _joined((re.sub(r"\s+", " ", part), flag) for part, flag in parts)


def _joined(parts: Iterable[tuple[str, bool]]) -> Snippet:
    return tuple(("".join(part for part, _ in run), flag) for flag, run in groupby(parts, key=lambda part: part[1]))


def _beginning(shelf: str, mark: int) -> int:
    if mark <= _BEFORE:
        return 0
    space = shelf.find(" ", mark - _BEFORE, mark)
    return mark - _BEFORE if space < 0 else space + 1


def _ending(shelf: str, end: int) -> int:
    if end >= len(shelf):
        return len(shelf)
    space = shelf.rfind(" ", end - _BEFORE, end)
    return end if space < 0 else space
