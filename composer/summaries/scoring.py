"""How much a passage says about its text: the weighted sum that `summarise` ranks by. Weights are open to see."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from composer.summaries.vocabulary import COMMON, FIRST_PERSON

Vector = Mapping[str, float]

# Found on news of two kinds with human summaries and rounded to the middle of a plateau; each feature is at most 1.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "centroid": 0.60,
        "lead": 0.52,
        "place": 0.27,
        "length": 0.24,
        "quotation": -0.28,
        "figures": 0.05,
        "first person": -0.05,
    }
)
REPETITION = 0.45  # taken off for the nearest passage chosen already (MMR, Carbonell and Goldstein 1998)
_FULL_LENGTH_WORDS = 40
_STEM_LETTERS = 7
_TOKEN = re.compile(r"[^\W_]+(?:[’'.,][^\W_]+)*")
_QUOTE_MARK = re.compile(r"[\"“”«»„]")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Words and what is counted of them."""

    text: str
    tokens: tuple[str, ...]  # in small letters
    vector: Vector
    words: int  # how many there are, a dateline left out


def told(text: str, words: int) -> Told:
    """Count a passage's words; `words` is its length as an editor counts it."""
    tokens = tuple(_TOKEN.findall(text.lower()))
    return Told(text=text, tokens=tokens, vector=_counted(tokens), words=words)


def vector(words: str) -> Vector:
    """Return how often each telling word occurs, at unit length. Words are cut short in place of a stemmer."""
    return _counted(_TOKEN.findall(words.lower()))


def _counted(tokens: Iterable[str]) -> Vector:
    return _unit(Counter([token[:_STEM_LETTERS] for token in tokens if token not in COMMON]))


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of unit length."""
    return math.fsum([weight * other[token] for token, weight in one.items() if token in other])


def terms(passages: Sequence[Told]) -> list[dict[str, float]]:
    """Return each passage's weighted terms, named as in WEIGHTS; their sum is its worth within its text.

    Repetition is not among them: it depends on what else is chosen.
    """
    figures = [len(_FIGURE.findall(one.text)) for one in passages]
    most = max(figures, default=0) or 1
    centres = _centralities([one.vector for one in passages])
    return [
        {
            "centroid": WEIGHTS["centroid"] * centres[index],
            "lead": WEIGHTS["lead"] * math.exp(-index / 4),
            "place": WEIGHTS["place"] / math.sqrt(1 + index),
            "length": WEIGHTS["length"] * min(one.words, _FULL_LENGTH_WORDS) / _FULL_LENGTH_WORDS,
            "quotation": WEIGHTS["quotation"] if _QUOTE_MARK.search(one.text) else 0.0,
            "figures": WEIGHTS["figures"] * figures[index] / most,
            "first person": 0.0 if FIRST_PERSON.isdisjoint(one.tokens) else WEIGHTS["first person"],
        }
        for index, one in enumerate(passages)
    ]


def _centralities(vectors: Sequence[Vector]) -> list[float]:
    """Return each passage's nearness to all of them together, the nearest at 1."""
    total: dict[str, float] = {}
    for one in vectors:
        for token, weight in one.items():
            total[token] = total.get(token, 0.0) + weight
    middle = _unit(total)
    nearness = [cosine(one, middle) for one in vectors]
    most = max(nearness, default=0) or 1
    return [near / most for near in nearness]


def _unit(counts: Mapping[str, float]) -> Vector:
    length = math.sqrt(math.fsum([count * count for count in counts.values()]))
    return {token: count / length for token, count in counts.items()} if length else {}
