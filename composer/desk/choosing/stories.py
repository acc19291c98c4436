"""One story, many outlets: which articles tell the same. It suggests; nothing is merged in the store.

Articles are alike when a quarter-sample of the shorter text's three-word runs stands in the longer one by half or more
(see sketches.py), when they have one link, or, where a text is too short to judge, nearly one headline in the same
days. Only articles of different sources are joined, but for those with one link: within a source likeness means a
template. A join is to the story's fullest text and to most of its others, so that stories are never chained into one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from math import ceil

from composer.choice import Story
from composer.desk.choosing.likeness import (
    LIKE,
    LONG_AGO,
    SHARED_LEAST,
    TITLE_DAYS,
    Teller,
    Told,
    compared,
    likeness_of,
    teller,
    text_likeness,
    title_likeness,
)
from composer.desk.choosing.sketches import sketch
from composer.model import Article, ArticleQuery
from composer.ports import Store

__all__ = ["MOST", "SURE", "every_story", "others", "sketch", "sketched", "stories", "tell"]

MOST = 20_000  # articles looked at: the newest
SURE = 0.8  # joined first, so that a true copy is never kept out by a likeness
KIN = 0.2  # share with a story's other texts, so that a digest does not make one story of all that it holds
WITNESSES = 8  # members of a story that a newcomer is held against
COMMON = 50  # words that so many unlike stories hold find no story


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cluster:
    """Articles that tell one story, the fullest first."""

    members: tuple[Told, ...]
    witnesses: tuple[Told, ...] = ()  # the long ones that joined by their words
    likeness: float = 1.0

    @property
    def lead(self) -> Told:
        """Return the member that others are compared with."""
        return self.members[0]

    @property
    def tellers(self) -> set[Teller]:
        """Return whose articles are in it."""
        return {member.teller for member in self.members}


@dataclass(slots=True)
class _Shelf:
    """Stories found so far, and where to look for one like a newcomer."""

    clusters: list[_Cluster] = field(default_factory=list)
    by_run: dict[int, int] = field(default_factory=dict)  # the first story that holds it
    also_by_run: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # and the next ones
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_hint: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    is_contested: bool = False  # a true copy found its source's place taken by a weaker one

    def add(self, cluster: _Cluster) -> None:
        """Put a new story on the shelf."""
        place = len(self.clusters)
        self.clusters.append(cluster)
        self._index(cluster, place, cluster.lead.shared)

    def join(self, place: int, newcomer: _Cluster, likeness: float) -> None:
        """Put a newcomer's articles into a story."""
        story = self.clusters[place]
        self.clusters[place] = _Cluster(
            members=story.members + newcomer.members,
            witnesses=(story.witnesses + newcomer.witnesses)[:WITNESSES],
            likeness=min(story.likeness, newcomer.likeness, likeness),
        )
        known = story.lead.shared if len(story.witnesses) < WITNESSES else newcomer.lead.shared
        self._index(newcomer, place, newcomer.lead.shared - known)

    def _index(self, cluster: _Cluster, place: int, runs: frozenset[int]) -> None:
        new = runs.difference(self.by_run)
        for run in runs - new:
            if self.by_run[run] != place:
                self.also_by_run[run].append(place)
        self.by_run.update(dict.fromkeys(new, place))
        for member in cluster.members:
            if member.hint:
                self.by_hint[member.hint].append(place)
            for word in member.telling:
                self.by_word[word].append(place)

    def near(self, told: Told, least: float) -> set[int]:
        """Return the places of all stories that may be like a newcomer; none on the shelf is less full than it."""
        near = set(self.by_hint.get(told.hint, ())) if told.hint else set()
        if told.size:
            enough = max(SHARED_LEAST, ceil(least * told.size))
            near.update(self._near_in_words(told, enough) if len(told.shared) >= enough else ())
        else:
            words = (self.by_word.get(word, ()) for word in told.telling)
            near.update(chain.from_iterable(places for places in map(set, words) if len(places) <= COMMON))
        return near

    def _near_in_words(self, told: Told, least: int) -> Iterator[int]:
        found = told.shared & self.by_run.keys()
        rare = [run for run in found if len(self.also_by_run.get(run, ())) < COMMON]
        enough = max(1, least - (len(found) - len(rare)))
        counts = Counter(self.by_run[run] for run in rare)
        counts.update(chain.from_iterable(self.also_by_run.get(run, ()) for run in rare))
        return (place for place, count in counts.items() if count >= enough)


def tell(store: Store, since: datetime) -> tuple[Story, ...]:
    """Return the stories of the articles since then that are not spiked; sketches are made once and kept."""
    articles = store.articles.list(ArticleQuery(since=since, limit=MOST))
    weights = {source.id: source.weight for source in store.sources.all()}
    return stories(articles, sketched(store, articles), weights)


def sketched(store: Store, articles: Sequence[Article]) -> Mapping[int, frozenset[int]]:
    """Return the sketches of articles, by number; those that nobody has drawn yet are drawn and kept."""
    seen = [one.first_seen for one in articles if one.first_seen]
    kept = store.articles.sketches(min(seen)) if seen else {}
    made = {one.id: sketch(one.text or one.summary) for one in articles if one.id not in kept}
    if made:
        store.articles.keep_sketches(made)
    return {**kept, **made}


def others(store: Store, article: Article) -> tuple[Article, ...]:
    """Return the articles of other sources, seen within three days, that hold an article's words; the likest first.

    Only sketches that are kept already are looked at: it must be quick. `stories` and `suggest` draw them.
    """
    if article.first_seen is None:
        return ()
    own = sketch(article.text or article.summary)
    near = store.articles.sketches(article.first_seen - TITLE_DAYS, article.first_seen + TITLE_DAYS)
    like = {number: text_likeness(len(own & drawn), len(own), len(drawn)) for number, drawn in near.items()}
    found = [number for number, share in like.items() if share >= LIKE and number != article.id]
    told = (store.articles.get(number) for number in sorted(found, key=lambda number: (-like[number], number)))
    return tuple(one for one in told if teller(one) != teller(article))


def stories(
    articles: Iterable[Article],
    sketches: Mapping[int, frozenset[int]],
    weights: Mapping[int, int] | None = None,
) -> tuple[Story, ...]:
    """Return the articles that are told more than once, as stories, the most widely told first.

    A story begins with its heaviest source's fullest text (`weights` by source number, else 1). `sketches` are by
    article number; an article without one is judged by its link and headline.
    """
    return tuple(one for one in every_story(articles, sketches, weights) if len(one.articles) > 1)


def every_story(
    articles: Iterable[Article],
    sketches: Mapping[int, frozenset[int]],
    weights: Mapping[int, int] | None = None,
) -> tuple[Story, ...]:
    """Return all articles as stories, those that are told only once too; as `stories` does."""
    told, alone = compared(tuple({article.id: article for article in articles}.values()), sketches)
    pages = _with_one_link(told)
    shelf = _joined(pages, LIKE)
    clusters = _joined(_joined(pages, SURE).clusters, LIKE).clusters if shelf.is_contested else shelf.clusters
    found = (_story(cluster, weights or {}) for cluster in clusters)
    singles = (Story(articles=(article,), likeness=1.0) for article in alone)
    return tuple(sorted((*found, *singles), key=_width))


def _with_one_link(told: Sequence[Told]) -> list[_Cluster]:
    """Gather the articles that are one page: equal links, or equal headlines under links that differ in edition."""
    shared = _links_of_many(told)
    heads = list(range(len(told)))
    first: dict[object, int] = {}
    for number, one in enumerate(told):
        for key in _page_keys(one, shared):
            heads[_head(heads, number)] = _head(heads, first.setdefault(key, number))
    groups: dict[int, list[Told]] = defaultdict(list)
    for number, one in enumerate(told):
        groups[_head(heads, number)].append(one)
    return [_page(group) for group in groups.values()]


def _head(heads: list[int], number: int) -> int:
    """Return whom a number's group is named for (union-find with path halving)."""
    while heads[number] != number:
        heads[number] = heads[heads[number]]
        number = heads[number]
    return number


def _page_keys(one: Told, shared: set[str]) -> list[object]:
    if not one.link or one.link in shared:
        return []
    return [one.link, (one.hint, one.title)] if one.title else [one.link]


def _links_of_many(told: Iterable[Told]) -> set[str]:
    """Return the links that a source gives to several stories: they name none of them."""
    titles: dict[tuple[Teller, str], frozenset[str]] = {}
    return {one.link for one in told if titles.setdefault((one.teller, one.link), one.title) != one.title}


def _page(group: Sequence[Told]) -> _Cluster:
    members = tuple(sorted(group, key=lambda one: one.rank))
    return _Cluster(members=members, witnesses=members[:1] if members[0].size else ())


def _joined(clusters: Iterable[_Cluster], least: float) -> _Shelf:
    """Join every story to the fuller one that it is most like, if there is one."""
    shelf = _Shelf()
    for cluster in sorted(clusters, key=lambda one: one.lead.rank):
        place, likeness = _home(cluster, shelf, least)
        if place is None:
            shelf.add(cluster)
        else:
            shelf.join(place, cluster, likeness)
    return shelf


def _home(cluster: _Cluster, shelf: _Shelf, least: float) -> tuple[int | None, float]:
    """Return the place of the story that a newcomer belongs to, and how like they are."""
    near = ((_kinship(cluster.lead, shelf.clusters[place]), place) for place in shelf.near(cluster.lead, least))
    for likeness, place in sorted((one for one in near if one[0] >= least), key=lambda one: (-one[0], one[1])):
        story = shelf.clusters[place]
        if cluster.tellers.isdisjoint(story.tellers):
            return place, likeness
        shelf.is_contested |= any(likeness_of(cluster.lead, one) > story.likeness for one in story.witnesses)
    return None, 0.0


def _kinship(told: Told, story: _Cluster) -> float:
    """Return how like a story an article is, 0 when it does not belong there.

    It must be like the fullest text and have something of most others (what a digest holds side by side has not), or
    be like most of them. An article that is too short to judge needs one headline.
    """
    if not told.size or not story.witnesses:
        return max(title_likeness(told, member) for member in story.members)
    likenesses = [likeness_of(told, one) for one in story.witnesses]
    is_like_lead = likenesses[0] >= LIKE
    if _is_most(likenesses, KIN if is_like_lead else LIKE):
        return likenesses[0] if is_like_lead else max(likenesses)
    return 0.0


def _is_most(likenesses: Sequence[float], least: float) -> bool:
    return 2 * sum(likeness >= least for likeness in likenesses) > len(likenesses)


def _story(cluster: _Cluster, weights: Mapping[int, int]) -> Story:
    def place(one: Told) -> tuple[int, tuple[int, datetime, int]]:
        return -weights.get(one.article.source_id or 0, 1), one.rank

    members = sorted(cluster.members, key=place)
    return Story(articles=tuple(one.article for one in members), likeness=round(cluster.likeness, 3))


def _width(story: Story) -> tuple[int, int, float, int]:
    """Order stories: the most outlets first, then the most articles, then the newest."""
    first = story.articles[0]
    newest = first.published or first.first_seen or LONG_AGO
    return -len(story.outlets), -len(story.articles), -newest.timestamp(), first.id
