"""How much of a text is its sources' own wording: words in a row, and runs of five; quotations left out."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from composer.evidence.sources import Source
from composer.evidence.texts import Text
from composer.facts import Copied

_REPORTED_LEAST = 5
_RUN = 5
Words = tuple[str, ...]


def copied(text: Text, sources: Sequence[Source], quoted: Collection[int]) -> tuple[Copied, ...]:
    """Return the runs of five words and more that a source has too, the longest first."""
    runs = [run for source in sources for run in _copied(text, source, quoted)]
    return tuple(sorted(runs, key=lambda run: (-run.count, run.start)))


def overlap(text: Text, sources: Sequence[Source], quoted: Collection[int]) -> float:
    """Return the share of a text's runs of five words that a source has too, 0 to 1."""
    runs = [run for part in _parts(text, quoted) for run in _runs(part)]
    if not runs:
        return 0.0
    return sum(any(run in _all_runs(source) for source in sources) for run in runs) / len(runs)


def _copied(text: Text, source: Source, quoted: Collection[int]) -> Iterator[Copied]:
    at = 0
    while at < len(text.folds):
        count = 0 if at in quoted else _longest(text, at, source, quoted)
        if count >= _REPORTED_LEAST:
            start, end = text.starts[at], text.ends[at + count - 1]
            yield Copied(start=start, end=end, count=count, source=source.original.id)
        at += max(count, 1)


def _longest(text: Text, at: int, source: Source, quoted: Collection[int]) -> int:
    """Return how many words from here stand in the source in a row."""
    theirs, longest = source.text.folds, 0
    for place in source.places.get(text.folds[at], ()):
        count, most = 1, min(len(text.folds) - at, len(theirs) - place)
        while count < most and text.folds[at + count] == theirs[place + count] and at + count not in quoted:
            count += 1
        longest = max(longest, count)
    return longest


def _parts(text: Text, quoted: Collection[int]) -> Iterator[list[str]]:
    """Yield the words between quotations."""
    part: list[str] = []
    for at, word in enumerate(text.folds):
        if at not in quoted:
            part.append(word)
        elif part:
            yield part
            part = []
    yield part


def _runs(words: Sequence[str]) -> Iterator[Words]:
    return (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


@lru_cache(maxsize=64)
def _all_runs(source: Source) -> frozenset[Words]:
    return frozenset(_runs(source.text.folds))
