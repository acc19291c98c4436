"""How much a passage says about its text: the weighted sum that `summarise` ranks by. Weights are open to see."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from composer.summaries.vocabulary import COMMON, FIRST_PERSON
from composer.text import count_words

Vector = Mapping[str, float]

# Found by search on news articles of two kinds with human summaries; each feature is at most 1.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "centroid": 0.43,
        "lead": 0.52,
        "place": 0.27,
        "length": 0.24,
        "quotation": -0.28,
        "figures": 0.05,
        "first person": -0.05,
    }
)
_FULL_LENGTH_WORDS = 40
_STEM_LETTERS = 7
_TOKEN = re.compile(r"[^\W_]+(?:[’'.,][^\W_]+)*")
_QUOTE_MARK = re.compile(r"[\"“”«»„]")
_FIGURE = re.compile(r"\d")


def vector(words: str) -> Vector:
    """Return how often each telling word occurs, at unit length. Words are cut short in place of a stemmer."""
    small = (token.lower() for token in _TOKEN.findall(words))
    counts = Counter(token[:_STEM_LETTERS] for token in small if token not in COMMON)
    return _unit(counts)


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of unit length."""
    return math.fsum(weight * other[token] for token, weight in one.items() if token in other)


def merits(texts: Sequence[str], vectors: Sequence[Vector]) -> list[float]:
    """Return the worth of each passage within its text, repetition not counted; `vectors` are the texts' own."""
    features = [_features(index, text) for index, text in enumerate(texts)]
    most = max((feature["figures"] for feature in features), default=0) or 1
    return [
        math.fsum(
            WEIGHTS[name] * value
            for name, value in {**feature, "figures": feature["figures"] / most, "centroid": centre}.items()
        )
        for feature, centre in zip(features, _centralities(vectors), strict=True)
    ]


def _features(index: int, words: str) -> dict[str, float]:
    return {
        "lead": math.exp(-index / 4),
        "place": 1 / math.sqrt(1 + index),
        "length": min(count_words(words), _FULL_LENGTH_WORDS) / _FULL_LENGTH_WORDS,
        "quotation": float(bool(_QUOTE_MARK.search(words))),
        "figures": float(len(_FIGURE.findall(words))),
        "first person": float(any(token.lower() in FIRST_PERSON for token in _TOKEN.findall(words))),
    }


def _centralities(vectors: Sequence[Vector]) -> list[float]:
    """Return each passage's nearness to all of them together, the nearest at 1."""
    total: Counter[str] = Counter()
    for one in vectors:
        total.update(one)
    middle = _unit(total)
    nearness = [cosine(one, middle) for one in vectors]
    most = max(nearness, default=0) or 1
    return [near / most for near in nearness]


def _unit(counts: Mapping[str, float]) -> Vector:
    length = math.sqrt(math.fsum(count * count for count in counts.values()))
    return MappingProxyType({token: count / length for token, count in counts.items()} if length else {})
