"""How like two articles are: by their words, else by their headlines. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from math import ceil

from composer.desk.choosing.links import canonical, hint_of, names_a_page
from composer.desk.choosing.sketches import alike, headline
from composer.model import Article
from composer.text import host

LIKE = 0.5  # share of the shorter text that is enough
SHARED_LEAST = 4
TITLE_LIKE = 0.8
TITLE_WORDS_LEAST = 4
TITLE_DAYS = timedelta(days=3)
FURNITURE = 5  # so many articles of one source with the same words: they are its furniture
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_FAR_AHEAD = datetime.max.replace(tzinfo=UTC)

Teller = tuple[str, int | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article and what it is compared by."""

    article: Article
    teller: Teller
    link: str
    hint: str
    title: frozenset[str]
    telling: tuple[str, ...]  # the headline's rarest words
    size: int  # of its sketch, furniture left out; 0: too short to judge
    shared: frozenset[int]  # what of it stands in any other article

    @property
    def rank(self) -> tuple[int, datetime, int]:
        """Order articles: the fullest first, then the earliest."""
        return -self.size, self.article.published or _FAR_AHEAD, self.article.id


@dataclass(slots=True, kw_only=True)
class _Basis:
    """What an article may be compared by, before it is known whether it must."""

    article: Article
    teller: Teller
    link: str
    hint: str
    title: frozenset[str]
    rarity: Mapping[str, int]  # of headlines' words
    size: int  # of its sketch, furniture left out
    shared: frozenset[int]

    @property
    def is_long(self) -> bool:
        """Say whether its words can be judged."""
        return self.size >= SHARED_LEAST

    @property
    def telling(self) -> tuple[str, ...]:
        """Return the headline's rarest words; few need to be asked for them."""
        return _telling(self.title, self.rarity)


def compared(articles: Sequence[Article], sketches: Mapping[int, frozenset[int]]) -> tuple[list[Told], list[Article]]:
    """Return the articles that may tell another's story, the fullest first, and apart those that cannot.

    `sketches` are by article number. Who joins a story has its link or page, a telling word of a headline, or half of
    its own runs in common with others; most articles have nothing of it and need not be looked at again.
    """
    bases = _bases(articles, sketches)
    may = _may_join(bases)
    told = [_told(one) for one, is_near in zip(bases, may, strict=True) if is_near]
    alone = [one.article for one, is_near in zip(bases, may, strict=True) if not is_near]
    return sorted(told, key=lambda one: one.rank), alone


def _bases(articles: Sequence[Article], sketches: Mapping[int, frozenset[int]]) -> list[_Basis]:
    tellers = [teller(one) for one in articles]
    drawn = [sketches.get(one.id, frozenset()) for one in articles]
    twice = _told_twice(drawn)
    again = [runs & twice for runs in drawn]
    furniture = _furniture(zip(tellers, again, strict=True))
    titles = [headline(article.title, article.outlet) for article in articles]
    rarity = Counter(chain.from_iterable(titles))
    bases = []
    for article, whose, runs, known, title in zip(articles, tellers, drawn, again, titles, strict=True):
        shared = known if known.isdisjoint(furniture) else known - furniture
        link = canonical(article.url)
        link = link if names_a_page(link) else ""
        own = _Basis(
            article=article,
            teller=whose,
            link=link,
            hint=hint_of(link),
            title=title,
            rarity=rarity,
            size=len(runs) - len(known) + len(shared),
            shared=shared,
        )
        bases.append(own)
    return bases


def _may_join(bases: Sequence[_Basis]) -> list[bool]:
    """Say of each article whether it may join another, or another it: none that could is left out."""
    pages = Counter(one.hint for one in bases if one.hint)
    words = {word for one in bases if not one.is_long for word in one.telling}
    joiners = (one for one in bases if one.is_long and len(one.shared) >= LIKE * one.size)
    runs: set[int] = set().union(*(one.shared for one in joiners))
    return [
        pages[one.hint] > 1
        or not (words.isdisjoint(one.title) or words.isdisjoint(one.telling))
        or len(runs & one.shared) >= SHARED_LEAST
        for one in bases
    ]


def _told_twice(sketches: Iterable[frozenset[int]]) -> set[int]:
    """Return the runs that stand in more than one sketch; most stand in one, so they are not counted."""
    seen: set[int] = set()
    twice: set[int] = set()
    for runs in sketches:
        twice |= runs & seen
        seen |= runs
    return twice


def _furniture(again: Iterable[tuple[Teller, frozenset[int]]]) -> set[int]:
    """Return the runs that one source repeats in article after article; what stands in one article only is none."""
    held: dict[Teller, list[frozenset[int]]] = defaultdict(list)
    for whose, runs in again:
        held[whose].append(runs)
    counted = (Counter(chain.from_iterable(sets)) for sets in held.values() if len(sets) >= FURNITURE)
    return {run for counts in counted for run, count in counts.items() if count >= FURNITURE}


def _told(one: _Basis) -> Told:
    return Told(
        article=one.article,
        teller=one.teller,
        link=one.link,
        hint=one.hint,
        title=one.title,
        telling=one.telling,
        size=one.size if one.is_long else 0,
        shared=one.shared if one.is_long else frozenset(),
    )


def teller(article: Article) -> Teller:
    """Return whose article it is; one that was added by hand is its outlet's."""
    if article.source_id is not None:
        return "source", article.source_id
    outlet = (article.outlet or host(article.url)).casefold()
    return ("outlet", outlet) if outlet else ("article", article.id)


def likeness_of(one: Told, other: Told) -> float:
    """Return how like two articles are, 0 to 1: the share of the shorter sketch that the other holds."""
    if one.size and other.size:
        in_words = text_likeness(len(one.shared & other.shared), one.size, other.size)
        return max(in_words, title_likeness(one, other) if one.hint and one.hint == other.hint else 0.0)
    return title_likeness(one, other)


def title_likeness(one: Told, other: Told) -> float:
    """Return how like two headlines of the same days are, 0 where that says nothing."""
    return headline_likeness(one.title, other.title, _day(one) - _day(other))


def headline_likeness(one: frozenset[str], other: frozenset[str], apart: timedelta) -> float:
    """Return how like the words of two headlines are, `apart` in time; 0 where that says nothing."""
    if min(len(one), len(other)) < TITLE_WORDS_LEAST:
        return 0.0
    share = alike(one, other)
    return share if share >= TITLE_LIKE and abs(apart) <= TITLE_DAYS else 0.0


def text_likeness(shared: int, one_size: int, other_size: int) -> float:
    """Return how like two sketched texts are: what they share of the shorter one; 0 when that is too little."""
    return shared / min(one_size, other_size) if shared >= SHARED_LEAST else 0.0


def _day(one: Told) -> datetime:
    return one.article.published or one.article.first_seen or LONG_AGO


def _telling(title: frozenset[str], rarity: Mapping[str, int]) -> tuple[str, ...]:
    """Return a headline's rarest words: two headlines that are alike share at least one of these (prefix filter)."""
    if len(title) < TITLE_WORDS_LEAST:
        return ()
    rarest = sorted([(rarity[word], word) for word in title])
    first = rarest[: len(rarest) - ceil(TITLE_LIKE * len(rarest)) + 1]
    return tuple(word for count, word in first if count > 1)  # one that nobody else has finds nobody
