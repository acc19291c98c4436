"""Which stories the next edition could carry: articles → stories → events → ranked suggestions.

It reads the store and writes nothing but what it would otherwise work out again (sketches, terms, clippings).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from composer.blocks import Manuscript
from composer.choice import Rerun, Story, Suggestion
from composer.desk.choosing.events import events
from composer.desk.choosing.morgue import Morgue, open_morgue
from composer.desk.choosing.ranking import Candidate, Glance, first_glance, ranked
from composer.desk.choosing.stories import MOST, every_story, sketch
from composer.desk.choosing.vectors import Rarity, Vector, cosine, terms
from composer.desk.standing import used_articles
from composer.manuscript import load
from composer.model import Article, ArticleQuery
from composer.ports import Store
from composer.settings import Settings
from composer.text import count_words

BACKGROUND = 500  # articles by which words are told to be rare
PIECES = ("lede", "prose", "brief", "link", "view")


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A piece of a past edition, as stories are held against it."""

    edition_id: int
    about: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool:
    """Everything that the stories of these days are judged by."""

    store: Store
    settings: Settings
    weights: Mapping[int, int]  # by source number
    stories: tuple[Story, ...]
    sketches: Mapping[int, frozenset[int]]
    terms: Mapping[int, Sequence[int]]
    rarity: Rarity
    past: tuple[Past, ...]
    morgue: Morgue

    def about(self, story: Story) -> Vector:
        """Return what a story is about, by the article to pick."""
        return self.rarity.vector(self.terms[story.articles[0].id])

    def candidate(self, story: Story, picks: tuple[Article, ...], *, most_outlets: int, now: datetime) -> Candidate:
        """Return a story as one that may be chosen."""
        weight = self.weights.get(story.articles[0].source_id or 0, 1)
        return Candidate(
            story=story,
            picks=picks,
            cheap=first_glance(story, most_outlets, weight, now, self.settings.suggest),
            look=self.look,
            about=self.about,
        )

    def look(self, story: Story) -> Glance:
        """Look closer at a story."""
        first = self.store.articles.get(story.articles[0].id)
        about = self.about(story)
        likest, edition_id = max(((cosine(about, one.about), one.edition_id) for one in self.past), default=(0.0, 0))
        return Glance(
            words=min(self.settings.suggest.words_enough, count_words(first.text or first.summary)),
            likest=likest,
            edition_id=edition_id if likest else 0,
            rerun=next(iter(self._runs(first, story.articles[1:])), None),
        )

    def _runs(self, first: Article, others: Sequence[Article]) -> Iterator[Rerun]:
        found = (run for one in (first, *others) for run in self.morgue.runs(one, self.sketches[one.id]))
        yield from sorted(found, key=lambda run: not run.is_story)


def suggest(
    store: Store,
    settings: Settings,
    *,
    now: datetime,
    since: datetime,
    limit: int,
    pins: Collection[int] = (),
) -> tuple[Suggestion, ...]:
    """Return the stories of the articles since then that the next edition could carry, best first.

    What the editor picked and no edition has used, and the articles `pins`, comes first, however old, and always all of
    it. A story of which an edition has an article already is left out; one that ran in another's words is ranked with
    novelty 0 and says so. Raises NotFoundError for a pin that is not there.
    """
    used = used_articles(store)
    pinned = _pinned(store, used, pins)
    fresh = store.articles.list(ArticleQuery(since=since, limit=MOST, lean=True))
    pool = _pool(store, settings, fresh, pinned)
    most = max((len(one.outlets) for one in pool.stories), default=0)
    left = (_led_by(story, pinned) for story in pool.stories if _is_left(story, pinned, used))
    candidates = (pool.candidate(story, picks, most_outlets=most, now=now) for story, picks in left)
    return tuple(_whole(store, one) for one in ranked(candidates, settings.suggest, limit))


def _pinned(store: Store, used: Collection[int], pins: Collection[int]) -> Mapping[int, Article]:
    picked = store.articles.list(ArticleQuery(states=("picked",), limit=MOST, lean=True))
    asked = (store.articles.get(number) for number in sorted(pins))
    return {one.id: one for one in (*(one for one in picked if one.id not in used), *asked)}


def _whole(store: Store, one: Suggestion) -> Suggestion:
    """Return a suggestion with its articles' texts, which nobody needed until now."""
    whole = {article.id: store.articles.get(article.id) for article in one.story.articles}
    story = replace(one.story, articles=tuple(whole[article.id] for article in one.story.articles))
    return replace(one, story=story, picks=tuple(whole[article.id] for article in one.picks))


def _pool(store: Store, settings: Settings, fresh: Sequence[Article], pinned: Mapping[int, Article]) -> _Pool:
    weights = {source.id: source.weight for source in store.sources.all()}
    listed = _with_background(store, fresh)
    sketches, bags = _drawn(store, listed, pinned)
    articles = {one.id: one for one in (*fresh, *pinned.values())}
    told = every_story(articles.values(), sketches, weights)
    once = (*(one.articles[0].id for one in told), *(one.id for one in listed if one.id not in articles))
    rarity = Rarity([bags[number] for number in once])  # copies count once: a word printed widely would seem common
    return _Pool(
        store=store,
        settings=settings,
        weights=weights,
        stories=events(told, terms=bags, rarity=rarity, sketches=sketches, weights=weights),
        sketches=sketches,
        terms=bags,
        rarity=rarity,
        past=tuple(_past(store, rarity, settings.suggest.editions)),
        morgue=open_morgue(store, settings),
    )


def _with_background(store: Store, fresh: Sequence[Article]) -> tuple[Article, ...]:
    """Add earlier articles where these days have few: by so few words it is not told which are rare."""
    if len(fresh) >= BACKGROUND:
        return tuple(fresh)
    newest = store.articles.list(ArticleQuery(limit=BACKGROUND, lean=True))
    return tuple({one.id: one for one in (*fresh, *newest)}.values())


def _drawn(
    store: Store, listed: Sequence[Article], pinned: Mapping[int, Article]
) -> tuple[Mapping[int, frozenset[int]], Mapping[int, Sequence[int]]]:
    """Return sketches and terms by article number; what is not kept of these days is drawn from the texts and kept."""
    since = min((one.first_seen for one in listed if one.first_seen), default=None)
    sketches = dict(store.articles.sketches(since)) if since else {}
    bags = dict(store.articles.terms(since)) if since else {}
    every = {one.id: one for one in (*listed, *pinned.values())}
    unread = sorted(every.keys() - (sketches.keys() & bags.keys()))
    texts = store.articles.texts(unread) if unread else {}
    drawn = {number: sketch(texts.get(number, "")) for number in unread}
    made = {number: terms(every[number].title, texts.get(number, "")) for number in unread}
    if unread:
        store.articles.keep_sketches(drawn)
        store.articles.keep_terms(made)
    return {**sketches, **drawn}, {**bags, **made}


def _past(store: Store, rarity: Rarity, most: int) -> Iterator[Past]:
    """Yield every piece of the newest published editions, as they went out."""
    out = [one for one in store.editions.all() if one.published_at]
    newest = sorted(out, key=lambda one: (one.published_at or one.created_at, one.id), reverse=True)
    for edition in newest[:most]:
        publication = store.editions.publication(edition.id, "outbox")
        if publication:
            text = store.editions.revision(edition.id, publication.revision).text
            for piece in pieces(load(text).manuscript):
                yield Past(edition_id=edition.id, about=rarity.vector(piece))


def pieces(manuscript: Manuscript) -> Iterator[tuple[int, ...]]:
    """Yield the terms of every piece of an edition: a brief, a link, a run of paragraphs."""
    from composer.proofs.reading import read  # noqa: PLC0415 (Markdown is slow to import, and many have no past edition)

    for block in manuscript.of(*PIECES):
        yield terms(block.get("headline"), read(block.body).words)


def _is_left(story: Story, picked: Collection[int], used: Collection[int]) -> bool:
    """Say whether a story may be suggested: no edition has an article of it, or the editor picked another."""
    numbers = {one.id for one in story.articles}
    return not numbers.isdisjoint(picked) or numbers.isdisjoint(used)


def _led_by(story: Story, picked: Collection[int]) -> tuple[Story, tuple[Article, ...]]:
    """Put what the editor picked first, and return it."""
    picks = tuple(one for one in story.articles if one.id in picked)
    if not picks:
        return story, ()
    others = tuple(one for one in story.articles if one.id not in picked)
    return Story(articles=(*picks, *others), likeness=story.likeness), picks
