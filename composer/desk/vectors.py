"""What a story is about: the words of its headline and opening, weighed by how rare they are (TF-IDF). Pure.

News says first what it is about, so the first 120 words tell one event from another as well as the whole text does.
Terms are 32-bit hashes of folded words (CRC-32), the same on every machine, so that a store can keep them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from math import log, sqrt
from zlib import crc32

from composer.desk.sketches import tokens

OPENING_WORDS = 120
OPENING_LETTERS = 1_500  # more than 120 words have, in all but the longest-worded languages
Vector = Mapping[int, float]  # term → weight; its length is 1, or 0 when nothing in it tells anything


def terms(title: str, text: str) -> tuple[int, ...]:
    """Return a story's terms, each as often as it stands in headline and opening, in order of their numbers."""
    words = tokens(f"{title}\n{text[:OPENING_LETTERS]}")
    return tuple(sorted(crc32(word.encode()) for word in words[: OPENING_WORDS + len(tokens(title))]))


class Rarity:
    """How rare every term is among some stories: log((1 + stories) / (1 + stories that hold it)).

    A word that all hold weighs nothing, in whatever language; that takes the place of lists of stop words.
    """

    def __init__(self, stories: Collection[Sequence[int]]) -> None:
        """Count in how many stories each term stands."""
        self.counts = Counter(chain.from_iterable(map(set, stories)))
        self._all = 1 + len(stories)

    def of(self, term: int) -> float:
        """Return how rare a term is, 0 when every story holds it."""
        return log(self._all / (1 + self.counts[term]))

    def vector(self, story: Iterable[int]) -> Vector:
        """Return a story's vector, of length 1; a term said again and again counts as 1 + log of how often."""
        weights = {term: (1 + log(count)) * self.of(term) for term, count in Counter(story).items()}
        length = sqrt(sum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items() if weight} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Return how much two stories are about the same, 0 to 1."""
    fewer, more = (one, other) if len(one) <= len(other) else (other, one)
    return min(1.0, sum(weight * more[term] for term, weight in fewer.items() if term in more))
