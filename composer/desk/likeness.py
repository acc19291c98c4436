"""How like two articles are: by their words, else by their headlines. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from math import ceil

from composer.desk.links import canonical, hint, names_a_page
from composer.desk.sketches import alike, headline
from composer.model import Article
from composer.text import host

SHARED_LEAST = 4
TITLE_LIKE = 0.8
TITLE_WORDS_LEAST = 4
TITLE_DAYS = timedelta(days=3)
FURNITURE = 5  # so many articles of one source with the same words: they are its furniture
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)

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
        return -self.size, self.article.published or datetime.max.replace(tzinfo=UTC), self.article.id


def compared(articles: Iterable[Article], sketches: Mapping[int, frozenset[int]]) -> list[Told]:
    """Return articles as they are compared, the fullest first. `sketches` are by article number."""
    kept = [(article, _teller(article), sketches.get(article.id, frozenset())) for article in articles]
    counts = Counter(chain.from_iterable(runs for _, _, runs in kept))
    furniture = _furniture(kept, {run for run, count in counts.items() if count >= FURNITURE})
    shared = {run for run, count in counts.items() if count > 1} - furniture
    titles = [headline(article.title, article.outlet) for article, _, _ in kept]
    rarity = Counter(chain.from_iterable(titles))
    told = [
        _told(article, teller, runs - furniture if furniture else runs, shared, title, _telling(title, rarity))
        for (article, teller, runs), title in zip(kept, titles, strict=True)
    ]
    return sorted(told, key=lambda one: one.rank)


def _furniture(kept: Sequence[tuple[Article, Teller, frozenset[int]]], often: set[int]) -> set[int]:
    """Return the runs that one source repeats in article after article."""
    counts = Counter((teller, run) for _, teller, runs in kept for run in runs & often)
    return {run for (_, run), count in counts.items() if count >= FURNITURE}


def _told(
    article: Article,
    teller: Teller,
    runs: frozenset[int],
    shared: set[int],
    title: frozenset[str],
    telling: tuple[str, ...],
) -> Told:
    is_long = len(runs) >= SHARED_LEAST
    link = canonical(article.url)
    return Told(
        article=article,
        teller=teller,
        link=link if names_a_page(link) else "",
        hint=hint(link) if names_a_page(link) else "",
        title=title,
        telling=telling,
        size=len(runs) if is_long else 0,
        shared=runs & shared if is_long else frozenset(),
    )


def _teller(article: Article) -> Teller:
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
    rarest = sorted(title, key=lambda word: (rarity[word], word))
    return tuple(rarest[: len(rarest) - ceil(TITLE_LIKE * len(rarest)) + 1])
