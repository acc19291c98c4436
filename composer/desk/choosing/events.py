"""One event, told in several writers' own words: stories that are about the same in the same days, joined. Pure.

Copies are found by their words (stories.py); two independent reports share names and figures, not sentences, and are
told by what they are about (vectors.py). One pass in the order of time: a story joins the event that it is most like on
average, not the one that it has a single likeness with, so that a running story is no chain (average link; the pass is
that of topic detection: Allan, Papka, Lavrenko, "On-line new event detection and tracking", SIGIR 1998).
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import chain
from math import sqrt
from operator import itemgetter

from composer.choice import Story
from composer.desk.choosing.likeness import LONG_AGO
from composer.desk.choosing.vectors import Rarity
from composer.model import Article

ALIKE = 0.25  # average cosine that makes one event: found by experiment, see docs/choosing.md
DAYS = timedelta(hours=72)
TELLING = 10  # of a story's terms, the rarest that others have too: those that find an event
SHARED_LEAST = 3
COMMON = 20  # a term that so many events hold finds none
COMMON_SHARE = 0.05  # nor does one that this share of all stories hold
NEAREST = 3  # events that a story is held against
WITNESSES = 4  # stories of an event that a newcomer is held against


@dataclass(slots=True)
class _Event:
    stories: list[int]  # places, in the order of time
    likeness: float = 1.0


@dataclass(slots=True)
class _Pass:
    """Events found so far, and where to look for one."""

    vectors: "_Vectors"
    when: Sequence[datetime]
    events: list[_Event] = field(default_factory=list)
    by_term: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def place(self, number: int) -> None:
        """Put the next story into its event, or begin one."""
        telling = self.vectors.telling(number)
        home, likeness = self._home(number, telling)
        if home is None:
            home = len(self.events)
            self.events.append(_Event([number]))
        else:
            event = self.events[home]
            event.stories.append(number)
            event.likeness = min(event.likeness, likeness)
        for term in telling:
            places = self.by_term[term]
            if not places or places[-1] != home:
                places.append(home)

    def _home(self, number: int, telling: Sequence[int]) -> tuple[int | None, float]:
        """Return the event that a story is most like, and how like; of equals the older one."""
        found = [self.by_term[term] for term in telling if term in self.by_term]
        counts = Counter(chain.from_iterable([places for places in found if len(places) < COMMON]))
        near = sorted([(-count, place) for place, count in counts.items() if count >= SHARED_LEAST])[:NEAREST]
        likenesses = ((self._likeness(number, self.events[place]), -place) for _, place in near)
        likeness, place = max(likenesses, default=(0.0, 0))
        return (-place, likeness) if likeness >= ALIKE else (None, 0.0)

    def _likeness(self, number: int, event: _Event) -> float:
        others = event.stories[-WITNESSES:]
        return sum([self._cosine(number, other) for other in others]) / len(others)

    def _cosine(self, one: int, other: int) -> float:
        if abs(self.when[one] - self.when[other]) > DAYS:
            return 0.0
        return self.vectors.cosine(one, other)


class _Vectors:
    """What the stories are about, and the terms that find an event: terms are told by their places, the rarest first.

    A term that only one story holds has place 0: it makes that story's vector longer and is shared with none.
    """

    def __init__(self, bags: Sequence[Sequence[int]], rarity: Rarity) -> None:
        counted = sorted([(count, term) for term, count in rarity.counts.items() if count > 1])
        place_of = defaultdict(int, ((term, place) for place, (_, term) in enumerate(counted, 1)))
        self._places = [list(map(place_of.__getitem__, bag)) for bag in bags]
        self._weights = [0.0, *(rarity.by_count[count] ** 2 for count, _ in counted)]
        self._weight_of_one = rarity.by_count[1] ** 2 if bags else 0.0
        self._common = bisect_right(counted, max(COMMON, len(bags) * COMMON_SHARE), key=itemgetter(0))
        self._laid_out = cache(self._lay_out)  # when it is first asked for: a third never is

    def cosine(self, one: int, other: int) -> float:
        """Return how much two stories are about the same, 0 to 1 (as `vectors.cosine` does, in half of the time)."""
        (places, length), (its_places, its_length) = self._laid_out(one), self._laid_out(other)
        product = sum(map(self._weights.__getitem__, places & its_places))
        return min(1.0, product / (length * its_length)) if product else 0.0

    def telling(self, number: int) -> Sequence[int]:
        """Return the rarest terms of a story that any other has too."""
        places = sorted(self._places[number])
        first = places.count(0)
        return [place for place in places[first : first + TELLING] if place <= self._common]

    def _lay_out(self, number: int) -> tuple[frozenset[int], float]:
        """Return a story's places, and how long its vector is."""
        places = self._places[number]
        squared = sum(map(self._weights.__getitem__, places)) + self._weight_of_one * places.count(0)
        return frozenset(places), sqrt(squared)


def events(
    stories: Sequence[Story],
    *,
    terms: Mapping[int, Sequence[int]],
    rarity: Rarity,
    sketches: Mapping[int, frozenset[int]],
    weights: Mapping[int, int],
) -> tuple[Story, ...]:
    """Return stories with those joined that tell one event; in the order in which the first of each came in.

    `terms` and `sketches` are by article number, `weights` by source number (else 1); `rarity` is that of these
    stories, at least. An event begins with its heaviest source's fullest text; its likeness is that of its weakest
    link.
    """

    def place(one: Story) -> tuple[int, int, datetime, int]:
        first = one.articles[0]
        return -weights.get(first.source_id or 0, 1), -len(sketches.get(first.id, ())), moment(first), first.id

    ordered = sorted(stories, key=lambda one: (moment(one.articles[0]), one.articles[0].id))
    bags = [terms.get(one.articles[0].id, ()) for one in ordered]
    found = _Pass(_Vectors(bags, rarity), [moment(one.articles[0]) for one in ordered])
    for number in range(len(ordered)):
        found.place(number)
    return tuple(
        _story(sorted((ordered[number] for number in one.stories), key=place), one.likeness) for one in found.events
    )


def moment(article: Article) -> datetime:
    """Return when an article came out, never later than it was first seen."""
    seen = article.first_seen or article.published or LONG_AGO
    return min(article.published or seen, seen)


def _story(told: Sequence[Story], likeness: float) -> Story:
    if len(told) == 1:
        return told[0]
    articles = tuple(article for one in told for article in one.articles)
    return Story(articles=articles, likeness=round(min(likeness, *(one.likeness for one in told)), 3))
