"""Whether a source has a quotation, word by word and inside quotation marks."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from composer.evidence.judgement import UNSUPPORTED, Judgement
from composer.evidence.letters import fold
from composer.evidence.numerals import TENS, UNITS
from composer.evidence.sources import Source
from composer.evidence.texts import Quoted, Text
from composer.facts import Result

_LEFT_OUT = re.compile(r"\[[^\]]*\]|\(?\.{3,}\)?|…|\. \. \.")
_WORDS_LEAST = 2
_OWN_WORDS_MOST = 3  # so few words in marks may be the writer's own: soft power
_REACH = 400  # words within which the parts of one quotation lie
_LIKE = 0.5
_CUT_ENDINGS = frozenset(("s", "t", "re", "ve", "d", "ll", "m"))
_GROUPS = re.compile(r"(?<=\d),(?=\d{3})")
_PERCENT_WORDS = re.compile(r"\s?(?:per ?cent\b|%)")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*%?")
_NUMBERS = {**UNITS, **TENS}
Words = tuple[str, ...]


def is_quotation(text: Text, quoted: Quoted) -> bool:
    """Say whether words in marks are a quotation: two at least; a single mark that never closes is an apostrophe."""
    first, last = text.words_in(quoted.start, quoted.end)
    if last - first < _WORDS_LEAST or (quoted.single and text.folds[first] in _CUT_ENDINGS):
        return False
    return quoted.closed or not quoted.single


def judge_quotation(text: Text, quoted: Quoted, source: Source) -> Judgement:
    """Look a quotation up in a source."""
    parts = _parts(text, quoted.start, quoted.end)
    found = _in_order(source.text.folds, source.places, parts)
    if found:
        return _stands(source, found)
    spoken = _spoken(source)
    if held := _in_order(spoken.folds, spoken.places, parts):
        return _stands(source, (spoken.indexes[held[0]], spoken.indexes[held[1] - 1] + 1))
    words = [word for part in parts for word in part]
    if f" {_evenly(text.plain[quoted.start : quoted.end])} " in _even(source):
        start, _ = _most_alike(source, words)
        return _stands(source, (start, min(start + len(words), len(source.text.folds))))
    if pieces := _by_sentence(text, quoted, source):
        return Judgement(result="not quoted there", standing=source.standing(*_offsets(source, pieces)))
    return _altered(source, words)


def _stands(source: Source, found: tuple[int, int]) -> Judgement:
    inside = sum(index in source.quoted for index in range(*found))
    result: Result = "supported" if 2 * inside >= found[1] - found[0] else "not quoted there"
    return Judgement(result=result, standing=source.standing(*_offsets(source, found)))


def _offsets(source: Source, found: tuple[int, int]) -> tuple[int, int]:
    return source.text.starts[found[0]], source.text.ends[found[1] - 1]


def _parts(text: Text, start: int, end: int) -> list[Words]:
    """Return a quotation's words, parted where something is left out."""
    cuts = [(found.start(), found.end()) for found in _LEFT_OUT.finditer(text.plain, start, end)]
    bounds = zip([start, *(close for _, close in cuts)], [*(opening for opening, _ in cuts), end], strict=True)
    parts = [text.folds[slice(*text.words_in(one, other))] for one, other in bounds if one < other]
    return [part for part in parts if part]


def _in_order(folds: Sequence[str], places: dict[str, list[int]], parts: Sequence[Words]) -> tuple[int, int] | None:
    """Return the span in which every part stands in a row, one after the other."""
    starts = places.get(parts[0][0], ()) if parts else ()
    ends = ((start, _last(folds, parts, start)) for start in starts)
    return next(((start, end) for start, end in ends if end is not None), None)


def _last(folds: Sequence[str], parts: Sequence[Words], start: int) -> int | None:
    """Return one past the last word when the first part begins at `start` and the others follow in reach."""
    at: int | None = _next(folds, parts[0], start, start + 1)
    for part in parts[1:]:
        at = None if at is None else _next(folds, part, at, start + _REACH)
    return at


def _next(folds: Sequence[str], part: Words, at: int, before: int) -> int | None:
    """Return one past the first place, from `at` and before `before`, where a part stands in a row."""
    for place in range(at, min(before, len(folds) - len(part) + 1)):
        if folds[place] == part[0] and tuple(folds[place : place + len(part)]) == part:
            return place + len(part)
    return None


class _Spoken:
    """A source's quoted words alone, as one text: what is said goes on after "he said"."""

    __slots__ = ("folds", "indexes", "places")

    def __init__(self, source: Source) -> None:
        self.indexes = sorted(source.quoted)
        self.folds = [source.text.folds[index] for index in self.indexes]
        self.places: dict[str, list[int]] = {}
        for at, word in enumerate(self.folds):
            self.places.setdefault(word, []).append(at)


@lru_cache(maxsize=64)
def _spoken(source: Source) -> _Spoken:
    return _Spoken(source)


def _evenly(words: str) -> str:
    """Write the figures of some words alike: ten is 10, per cent is %, 2,500 is 2500."""
    even = _PERCENT_WORDS.sub("%", _GROUPS.sub("", words.lower()))
    tokens = (fold(token) for token in _TOKEN.findall(even))
    return " ".join(str(int(_NUMBERS[token])) if token in _NUMBERS else token for token in tokens)


@lru_cache(maxsize=64)
def _even(source: Source) -> str:
    return f" {_evenly(source.text.plain)} "


def _by_sentence(text: Text, quoted: Quoted, source: Source) -> tuple[int, int] | None:
    """Return where the first of a quotation's sentences stands, when each is a whole sentence of the source."""
    first, last = text.sentence_at(quoted.start), text.sentence_at(max(quoted.start, quoted.end - 1))
    if first == last:
        return None
    found = []
    for number in range(first, last + 1):
        start, end = text.sentence(number)
        words = text.folds[slice(*text.words_in(max(start, quoted.start), min(end, quoted.end)))]
        place = _in_order(source.text.folds, source.places, [words]) if words else None
        edges = number not in {first, last} or not quoted.closed
        if words and (place is None or not (edges or _touches_an_edge(source, place, last=number == last))):
            return None
        found += [place] if place else []
    return found[0] if found else None


def _touches_an_edge(source: Source, place: tuple[int, int], *, last: bool) -> bool:
    """Say whether a run of words ends (or, for the last of a quotation, begins) where a sentence of the source does."""
    if last:
        return source.text.starts[place[0]] in source.text.openings or place[0] == 0
    return place[1] >= len(source.text.starts) or source.text.starts[place[1]] in source.text.openings


def _altered(source: Source, words: Sequence[str]) -> Judgement:
    """Show the passage that is most like a quotation; few words without one are the writer's own."""
    start, alike = _most_alike(source, words)
    if alike < max(_LIKE * len(words), 1 if len(words) > _OWN_WORDS_MOST else _WORDS_LEAST):
        return Judgement(result="not quoted there") if len(words) <= _OWN_WORDS_MOST else UNSUPPORTED
    end = min(start + len(words), len(source.text.folds))
    span = _offsets(source, (start, end))
    return Judgement(result="altered", standing=source.standing(*span), near=source.words(*span))


def _most_alike(source: Source, words: Sequence[str]) -> tuple[int, int]:
    """Return where a passage of the source begins that has most words at (nearly) their places, and how many."""
    votes: Counter[int] = Counter()
    for at, word in enumerate(words):
        for place in source.places.get(word, ()):
            votes[place - at] += 1
    if not votes:
        return 0, 0
    start = max(votes, key=lambda shift: (votes[shift - 1] + votes[shift] + votes[shift + 1], votes[shift], -shift))
    return max(0, start), sum(votes[start + near] for near in (-1, 0, 1))
