"""What a story is about: the words of its headline and opening, weighed by how rare they are (TF-IDF). Pure.

News says first what it is about, so the first 120 words tell one event from another as well as the whole text does.
Terms are 32-bit hashes of folded words (CRC-32), the same on every machine, so that a store can keep them.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from math import log, sqrt
from zlib import crc32

from composer.desk.choosing.sketches import tokens

OPENING_WORDS = 120
OPENING_LETTERS = 1_500  # more than 120 words have, in all but the longest-worded languages
Vector = Mapping[int, float]  # term → weight; its length is 1, or 0 when nothing in it tells anything


def terms(title: str, text: str) -> tuple[int, ...]:
    """Return the terms of a story's headline and opening, each once, in order of their numbers.

    How often a word stands there is not counted: in so few words it says little more than that it does.
    """
    words = tokens(title)[:OPENING_WORDS] + tokens(text[:OPENING_LETTERS])[:OPENING_WORDS]
    return tuple(sorted({crc32(word.encode()) for word in words}))


class Rarity:
    """How rare every term is among some stories: log((1 + stories) / (1 + stories that hold it)).

    A word that all hold weighs nothing, in whatever language; that takes the place of lists of stop words.
    """

    def __init__(self, stories: Collection[Sequence[int]]) -> None:
        """Count in how many stories each term stands."""
        self.counts: Mapping[int, int] = Counter(chain.from_iterable(stories))
        self.by_count = [log((1 + len(stories)) / (1 + count)) for count in range(len(stories) + 1)]

    def of(self, term: int) -> float:
        """Return how rare a term is, 0 when every story holds it."""
        return self.by_count[self.counts.get(term, 0)]

    def vector(self, story: Sequence[int]) -> Vector:
        """Return a story's vector, of length 1; empty when none of its terms tells anything."""
        weights = [self.of(term) for term in story]
        length = sqrt(sum([weight * weight for weight in weights]))
        return {term: weight / length for term, weight in zip(story, weights, strict=True)} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Return how much two stories are about the same, 0 to 1."""
    return min(1.0, sum([one[term] * other[term] for term in one.keys() & other.keys()]))
