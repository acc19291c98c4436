"""How stories are ranked: five terms, each from 0 to 1, then one story after the other, less what repeats itself. Pure.

The weights are judgement (`composer.model.Weights`), so every term is handed out with its story. The same stories give
the same order, whatever order they come in: scores are rounded to six places before they are compared, and of equal
ones the newer story, then the older number, comes first.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import heapify, heappop, heappush
from math import log

from composer.choice import Rerun, Story, Suggestion, Terms, Weights
from composer.desk.choosing.events import moment
from composer.desk.choosing.vectors import Vector, cosine
from composer.model import Article
from composer.text import host

WEIGHT_MOST = 10
Teller = int | str
_PLACES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What takes a closer look at a story: its length, and what past editions said of the same."""

    words: int
    likest: float = 0.0  # cosine to the nearest piece of a past edition
    edition_id: int = 0  # which edition that was
    rerun: Rerun | None = None


@dataclass(slots=True, kw_only=True)
class Candidate:
    """A story that may be chosen. What costs time is looked at only when it could come next."""

    story: Story
    picks: tuple[Article, ...]  # what the editor picked of it
    cheap: Terms  # as good as it can be: novel and length are 1 until it is looked at
    look: Callable[[Story], Glance]
    about: Callable[[Story], Vector]
    terms: Terms | None = None
    rerun: Rerun | None = None
    like: float = 0.0
    compared: int = 0  # chosen stories that it was held against

    @property
    def teller(self) -> Teller:
        """Return whose article it is."""
        first = self.story.articles[0]
        return first.source_id if first.source_id is not None else first.outlet.casefold() or host(first.url)

    @property
    def tie(self) -> tuple[float, int]:
        """Order equals: the newest first, then by number."""
        return -max(map(moment, self.story.articles)).timestamp(), self.story.articles[0].id


@dataclass(slots=True, kw_only=True)
class _Choice:
    """What was chosen so far."""

    weights: Weights
    chosen: list[Suggestion] = field(default_factory=list)
    about: list[Vector] = field(default_factory=list)
    tellers: Counter[Teller] = field(default_factory=Counter)

    def score(self, one: Candidate) -> float:
        """Return what a story is worth now; it can only fall as more are chosen."""
        _look_closer(one)
        for other in self.about[one.compared :]:
            one.like = max(one.like, cosine(one.about(one.story), other))
        one.compared = len(self.about)
        lost = self.weights.like * one.like + self.weights.again * self.tellers[one.teller]
        return round(worth(one.terms or one.cheap, self.weights) - lost, _PLACES)

    def take(self, one: Candidate, score: float, *, is_pin: bool) -> None:
        """Choose a story."""
        taken = Suggestion(
            story=one.story,
            picks=one.picks or one.story.articles[:1],
            score=score,
            terms=one.terms or one.cheap,
            like=round(one.like, _PLACES),
            again=self.tellers[one.teller],
            is_pin=is_pin,
            rerun=one.rerun,
        )
        self.chosen.append(taken)
        self.about.append(one.about(one.story))
        self.tellers[one.teller] += 1


def worth(terms: Terms, weights: Weights) -> float:
    """Return the weighted sum of a story's five terms."""
    return (
        weights.fresh * terms.fresh
        + weights.told * terms.told
        + weights.novel * terms.novel
        + weights.source * terms.source
        + weights.length * terms.length
    )


def ranked(candidates: Iterable[Candidate], weights: Weights, limit: int) -> tuple[Suggestion, ...]:
    """Return the stories to suggest, best first: all that the editor picked, then others until there are `limit`.

    No more than `weights.per_source` of one source, but for what the editor picked.
    """
    every = list(candidates)
    choice = _Choice(weights=weights)
    pins = [one for one in every if one.picks]
    _choose(choice, pins, len(pins), is_pin=True)
    _choose(choice, [one for one in every if not one.picks], limit, is_pin=False)
    return tuple(choice.chosen)


def _choose(choice: _Choice, candidates: Sequence[Candidate], most: int, *, is_pin: bool) -> None:
    """Choose until there are so many.

    A story is looked at when its best possible score comes first (lazy greedy: Minoux, "Accelerated greedy algorithms
    for maximizing submodular set functions", 1978). Scores never rise, so the result is that of looking at all.
    """
    heap = [(-round(worth(one.cheap, choice.weights), _PLACES), one.tie, one) for one in candidates]
    heapify(heap)
    while heap and len(choice.chosen) < most:
        _, tie, one = heappop(heap)
        if not is_pin and choice.tellers[one.teller] >= choice.weights.per_source:
            continue
        score = choice.score(one)
        if heap and (-score, tie) > heap[0][:2]:
            heappush(heap, (-score, tie, one))
        else:
            choice.take(one, score, is_pin=is_pin)


def _look_closer(one: Candidate) -> None:
    if one.terms is None:
        seen = one.look(one.story)
        one.rerun = seen.rerun
        novel = 0.0 if seen.rerun and seen.rerun.is_story else 1 - seen.likest
        length = min(1.0, seen.words / one.cheap.words) if one.cheap.words else 1.0
        one.terms = replace(one.cheap, novel=novel, length=length, words=seen.words, nearest_edition=seen.edition_id)


def first_glance(story: Story, most_outlets: int, source_weight: int, now: datetime, weights: Weights) -> Terms:
    """Return what of a story's terms can be told at once; novelty and length are 1 until it is looked at.

    `most_outlets` is the number of outlets that tell the most widely told story; `words` is how many are enough.
    """
    age_hours = max(0.0, (now - max(map(moment, story.articles))).total_seconds() / 3600)
    outlets = len(story.outlets)
    return Terms(
        fresh=0.5 ** (age_hours / weights.half_life_hours),
        told=log(1 + outlets) / log(1 + max(weights.outlets_many, most_outlets)),
        novel=1.0,
        source=min(source_weight, WEIGHT_MOST) / WEIGHT_MOST,
        length=1.0,
        age_hours=age_hours,
        outlets=outlets,
        words=weights.words_enough,
    )
