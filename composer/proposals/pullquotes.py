"""Which words of a text could be set large: what somebody said, and, apart from it, a line of the writer's own.

Each candidate carries the terms of its score. Weights are judgement, set on few texts; they are open to see.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import MappingProxyType

from composer.proofs.case import is_open
from composer.proposals.paragraphs import Paragraph, paragraphs
from composer.proposals.telling import folded
from composer.proposals.voices import NOBODY, Voice, spoken
from composer.summaries.leaning import points_back
from composer.summaries.paragraphs import closed
from composer.summaries.scoring import cosine, vector
from composer.text import count_words, one_line

GOOD_LEAST = 1.2  # below it there is no good quotation
BEST_WORDS = 22
_SPREAD_WORDS = 14
_SUBJECT = 0.5
_WORDS = range(4, 61)
_LINE_WORDS = range(8, 41)
_SPEAKERS = MappingProxyType({"named": 0.8, "body": 0.5, "unnamed": 0.3, "pronoun": 0.1, "none": 0.0})
_FIGURE = re.compile(r"\d")
_QUOTE_MARK = re.compile(r"[\"“”«»„]")
_TURN = re.compile(r"[—:;]|\b(?:not|never|only|yet|less|more)\b|\b(?:не|але|лише|но|только)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Words and where they stand: a block of an edition, or an article. `voice` is set where a block names it."""

    place: str
    text: str
    voice: Voice = NOBODY
    quoted: bool = False  # all of it is somebody's words, without marks
    own: bool = False  # the edition's writer wrote it


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Words that could be set large. `score` is the sum of `terms`; what speaks against them is negative."""

    words: str
    places: tuple[str, ...]  # where they stand, the edition first
    voice: Voice = NOBODY
    terms: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def score(self) -> float:
        """Return the sum of the terms."""
        return round(math.fsum(self.terms.values()), 2)

    @property
    def good(self) -> bool:
        """Say whether it is worth setting large."""
        return self.score >= GOOD_LEAST


def spoken_candidates(texts: Sequence[Told]) -> tuple[Candidate, ...]:
    """Return the quotations in texts, the best first; the same words in several texts are one, with every place.

    A speaker is given only where the text names one beside the words; a pronoun stays one.
    """
    made = [
        Candidate(words=words, places=(told.place,), voice=voice, terms=_spoken_terms(words, voice))
        for told in texts
        for words, voice in _utterances(told)
        if count_words(words) in _WORDS
    ]
    return _ranked(_on_subject(list(_once(made)), texts))


def writers_lines(texts: Sequence[Told]) -> tuple[Candidate, ...]:
    """Return the sentences of the writer's own that could be set large, the best first."""
    own = [one for one in texts if one.own and not one.quoted]
    made = [
        Candidate(words=words, places=(told.place,), terms=_line_terms(words))
        for told in own
        for paragraph in paragraphs(told.text)
        for words in _own_sentences(paragraph)
    ]
    return _ranked(_on_subject(list(_once(made)), own))


def _utterances(told: Told) -> Iterator[tuple[str, Voice]]:
    if told.quoted:
        yield one_line(told.text), told.voice
        return
    for paragraph in paragraphs(told.text):
        for voice, run in groupby(spoken(paragraph.words), key=lambda said: said.voice):
            said = [one.words for one in run]
            together = [" ".join(said)] if voice != NOBODY else said
            yield from ((one_line(words), voice) for words in together)


def _spoken_terms(words: str, voice: Voice) -> Mapping[str, float]:
    whole = words[:1].isupper() and closed(words)
    return _told(
        {
            "length": _length(words),
            "whole sentence": 0.5 if whole else 0.0,
            "speaker": _SPEAKERS[voice.kind],
            "leans on what stands before": -0.4 if points_back(words) else 0.0,
            "question": -0.3 if words.endswith("?") else 0.0,
            "figure": -0.25 if _FIGURE.search(words) else 0.0,
        }
    )


def _line_terms(words: str) -> Mapping[str, float]:
    return _told(
        {
            "length": _length(words),
            "turn": 0.3 if _TURN.search(words) else 0.0,
            "leans on what stands before": -0.6 if points_back(words) else 0.0,
            "question": -0.2 if words.endswith("?") else 0.0,
            "figure": -0.3 if _FIGURE.search(words) else 0.0,
        }
    )


def _own_sentences(paragraph: Paragraph) -> Iterator[str]:
    for sentence in paragraph.sentences:
        words = one_line(sentence.words)
        plain = not sentence.quoted and not _QUOTE_MARK.search(words)
        if plain and not is_open(words) and closed(words) and count_words(words) in _LINE_WORDS:
            yield words


def _told(terms: Mapping[str, float]) -> Mapping[str, float]:
    return MappingProxyType({name: round(value, 2) for name, value in terms.items() if round(value, 2)})


def _length(words: str) -> float:
    return math.exp(-(((count_words(words) - BEST_WORDS) / _SPREAD_WORDS) ** 2))


def _on_subject(made: Sequence[Candidate], texts: Iterable[Told]) -> Iterator[Candidate]:
    """Add how near each candidate is to all texts together, the nearest at its full weight."""
    middle = vector("\n".join(one.text for one in texts))
    near = [cosine(vector(one.words), middle) for one in made]
    most = max(near, default=0) or 1
    for one, nearness in zip(made, near, strict=True):
        yield replace(one, terms=_told({**one.terms, "subject": _SUBJECT * nearness / most}))


def _once(made: Iterable[Candidate]) -> Iterator[Candidate]:
    """Join candidates of the same words: the first stays, with the places of all and the best-known speaker."""
    by_words: dict[str, Candidate] = {}
    for one in made:
        key = folded(one.words)
        known = by_words.get(key)
        if known is None:
            by_words[key] = one
            continue
        best = max(known, one, key=lambda each: _SPEAKERS[each.voice.kind])
        places = tuple(dict.fromkeys((*known.places, *one.places)))
        by_words[key] = replace(known, places=places, voice=best.voice, terms=best.terms)
    yield from by_words.values()


def _ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda one: (-one.score, one.words)))
