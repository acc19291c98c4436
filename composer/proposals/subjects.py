"""Subject lines to choose from: cut from the edition's own words, scored, none ever set by itself."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from composer.proofs.case import is_open
from composer.proofs.vocabulary import GLUED
from composer.proposals.lexicon import SMALL, SPAM, TIMES, any_of, opening_with
from composer.proposals.telling import folded
from composer.summaries.scoring import cosine, vector
from composer.text import one_line

OFFERED = 5
BEST_CHARACTERS = 44
LEAST, MOST = 30, 60
_TOPIC_WORDS = 12  # of the edition that count as its topic
_TOPIC_HITS = 3  # of them in a subject that is full of it
_SAME = 0.8  # cosine above which two subjects say the same
_CAPITALS_MOST = 0.3
_CLAUSE = re.compile(
    r"\s*[,;:—–]\s+|\s+-\s+"
    r"|\s+(?=(?:that|which|who|since|after|before|during|compared|while|when|in|on|at|for|with"
    r"|який|яка|які|після|під|у|в|на|который|которая|которые|после|во|для)\s)"
)
_DEPENDENT = opening_with(TIMES, SMALL)
_NAME = re.compile(r"(?<=\s)[“‘«]?[^\W\d_a-zа-яіїєґ][\w’'-]+")
_DIGIT = re.compile(r"\d")
_SPAM = any_of(SPAM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Words that a subject may be cut from, and what they are in the edition."""

    words: str
    origin: str  # "title", "subhead", "lede" …


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject line to choose. `score` is the sum of `terms`."""

    words: str
    origin: str
    terms: Mapping[str, float]

    @property
    def score(self) -> float:
        """Return the sum of the terms."""
        return round(math.fsum(self.terms.values()), 2)


def subject_lines(
    offers: Iterable[Offer], *, text: str, earlier: Collection[str] = (), most: int = OFFERED
) -> tuple[Subject, ...]:
    """Return the best subject lines among what is offered, the best first; fewer when there are no more.

    `text` is the edition's, which says what its topic is; none equals an `earlier` subject. Words that hold TK, words
    of unwanted mail and shouting are not offered; two that say the same are one.
    """
    used = {folded(one) for one in earlier}
    topic = _topic(text)
    scored = [
        Subject(words=words, origin=offer.origin, terms=_terms(words, topic))
        for offer in offers
        for words in _cuts(offer.words)
        if folded(words) not in used and not _unfit(words)
    ]
    return _different(sorted(scored, key=lambda one: (-one.score, one.words)), most)


def _cuts(words: str) -> Iterator[str]:
    """Return words whole where they fit, and what stands before a turn in them; never half of “As she …, he …”."""
    whole = one_line(words).rstrip(".")
    if len(whole) <= MOST:
        yield whole
    if _DEPENDENT.match(whole):
        return
    for found in _CLAUSE.finditer(whole):
        if LEAST <= found.start() <= MOST:
            yield whole[: found.start()]


def _terms(words: str, topic: Collection[str]) -> Mapping[str, float]:
    hits = len(set(vector(words)) & set(topic))
    inside = LEAST <= len(words) <= MOST
    terms = {
        "length": max(0.0, 1 - abs(len(words) - BEST_CHARACTERS) / (MOST - LEAST)) if inside else -0.5,
        "topic": 0.6 * min(1.0, hits / _TOPIC_HITS),
        "name": 0.3 if _NAME.search(words) else 0.0,
        "figure": 0.2 if _DIGIT.search(words) else 0.0,
    }
    return MappingProxyType({name: round(value, 2) for name, value in terms.items() if round(value, 2)})


def _unfit(words: str) -> bool:
    letters = [letter for letter in words if letter.isalpha()]
    shouts = "!!" in words or sum(map(str.isupper, letters)) > _CAPITALS_MOST * len(letters)
    return not letters or shouts or is_open(words) or any(each.search(words) for each in (_SPAM, GLUED))


def _topic(text: str) -> Sequence[str]:
    words = vector(text)
    return sorted(words, key=lambda word: (-words[word], word))[:_TOPIC_WORDS]


def _different(ranked: Iterable[Subject], most: int) -> tuple[Subject, ...]:
    chosen: list[Subject] = []
    for one in ranked:
        if len(chosen) < most and all(cosine(vector(one.words), vector(other.words)) < _SAME for other in chosen):
            chosen.append(one)
    return tuple(chosen)
