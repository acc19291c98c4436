"""Which passage of a source a sentence follows: the one whose telling words it shares most of. Pure counting."""

from collections.abc import Sequence
from functools import lru_cache

from composer.evidence.likeness import telling
from composer.evidence.sources import Source, index
from composer.evidence.texts import Text, read
from composer.facts import Followed, Original

_ALIKE = 0.8  # of what the most alike passage shares
_SHARED_LEAST = 2  # telling words; one alone says nothing
_SHOWN_MOST = 3  # passages of all sources


def followed(text: str, originals: Sequence[Original]) -> tuple[Followed, ...]:
    """Return every sentence of a text with the sentences of its sources that share most of its telling words.

    The passages stand in the order of the sources, then of the text; none, where no sentence shares two such words.
    """
    read_text, sources = read(text), [index(one) for one in originals]
    return tuple(_followed(read_text, number, sources) for number in range(len(read_text.sentence_starts)))


def nearest(text: Text, number: int, source: Source) -> list[int]:
    """Return the numbers of the sentences of a source that a sentence shares most with, in the order of the source."""
    return [at for _, at in _most(text, number, [source])]


def _followed(text: Text, number: int, sources: Sequence[Source]) -> Followed:
    start, end = text.sentence(number)
    found = _most(text, number, sources)[:_SHOWN_MOST]
    passages = tuple(source.standing(*source.text.sentence(at)) for source, at in found)
    return Followed(start=start, end=end, passages=passages)


def _most(text: Text, number: int, sources: Sequence[Source]) -> list[tuple[Source, int]]:
    """Return the sentences that share nearly as many telling words as the one that shares most."""
    mine = telling(text.folds[slice(*text.words_in(*text.sentence(number)))])
    shares = [(source, at, len(mine & words)) for source in sources for at, words in enumerate(_sentences(source))]
    most = max((share for *_, share in shares), default=0)
    if most < _SHARED_LEAST:
        return []
    return [(source, at) for source, at, share in shares if share >= _ALIKE * most]


@lru_cache(maxsize=64)
def _sentences(source: Source) -> tuple[frozenset[str], ...]:
    spans = (source.text.sentence(number) for number in range(len(source.text.sentence_starts)))
    return tuple(telling(source.text.folds[slice(*source.text.words_in(*span))]) for span in spans)
