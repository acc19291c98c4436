"""From the wire to the store: following sources, collecting what they bring, adding single articles."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from composer.desk.rhythm import after
from composer.desk.teasers import is_teaser
from composer.errors import ConflictError, NotFoundError
from composer.model import Article, ArticleQuery, Collected, Proposal, Saved, Source
from composer.ports import Clock, Store, Wire
from composer.text import host

LEASE = timedelta(minutes=15)  # a killed run's sources are free again after this
ARTICLES_AT_ONCE = 300  # what one transaction keeps: enough to be quick, little enough to lose little
VISITS_AT_ONCE = 64
SECONDS_AT_ONCE = timedelta(seconds=2)
PAGES_AT_ONCE = 8
NEWEST_BESIDE = 20  # stored articles to look through beyond those that a visit brought


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What following an address did."""

    added: tuple[Source, ...]
    known: tuple[Source, ...]  # followed already
    others: tuple[tuple[str, str], ...] = ()  # (address, title) of feeds that the page names besides


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """One source's result: what its visit brought, and what of it was new to the store."""

    collected: Collected
    saved: Saved
    teasers: tuple[Article, ...] = ()  # new ones that their pages may complete


def follow(store: Store, wire: Wire, address: str) -> Followed:
    """Keep every source that an address stands for. Raises WireError."""
    added, known = [], []
    found = wire.discover(address)
    for source in found.sources:
        try:
            added.append(store.sources.add(source))
        except ConflictError:
            known.append(source)
    return Followed(added=tuple(added), known=tuple(known), others=found.others)


def claim(store: Store, now: datetime, numbers: Sequence[int] | None = None) -> tuple[Source, ...]:
    """Take the sources that are due, or those `numbers`, so that no other run visits them meanwhile."""
    return store.sources.claim(now, now + LEASE, numbers)


def gather(
    store: Store, wire: Wire, sources: Sequence[Source], *, clock: Clock, chance: Callable[[], float]
) -> Generator[Gathered, None, None]:
    """Visit claimed sources and keep what they bring; each source stands for itself, none stops another.

    A result comes out once it is kept. However the run ends, what arrived is kept and what was not visited released.
    `chance` gives numbers from 0 to below 1, for `rhythm.after`.
    """
    unvisited = {source.id: source for source in sources}
    waiting: list[Collected] = []
    try:
        for visit in wire.collect(sources):
            now = clock()
            before = unvisited[visit.source.id]
            waiting.append(replace(visit, source=after(before, visit, now, chance())))
            del unvisited[before.id]
            if _is_full(waiting, now):
                yield from _keep(store, waiting)
        yield from _keep(store, waiting)
    finally:
        try:
            _keep(store, waiting)
        finally:
            if unvisited:
                store.sources.release(tuple(unvisited))


def complete(store: Store, wire: Wire, teasers: Sequence[Article]) -> Generator[Article, None, None]:
    """Complete teasers from their pages and keep them; what cannot be completed stays as it is."""
    waiting: list[Article] = []
    try:
        for article in wire.complete(teasers):
            waiting.append(article)
            if len(waiting) >= PAGES_AT_ONCE:
                yield from _keep_whole(store, waiting)
        yield from _keep_whole(store, waiting)
    finally:
        _keep_whole(store, waiting)


def add(store: Store, article: Article, now: datetime) -> tuple[Article, Saved]:
    """Keep an article that the editor brought by hand; return it with its number."""
    dated = replace(article, first_seen=article.first_seen or now)
    saved = store.articles.save([dated])
    kept = store.articles.find(dated.guid)
    if kept is None:
        raise NotFoundError(f"{article.title}: the store did not keep it; another article holds the same address")
    return kept, saved


def from_proposal(proposal: Proposal, *, guid: str, title: str = "", outlet: str = "") -> Article:
    """Make an article of a text that the editor confirmed."""
    return Article(guid=guid, title=title or proposal.title, outlet=outlet, text=proposal.text)


def _is_full(waiting: Sequence[Collected], now: datetime) -> bool:
    first = waiting[0].source.checked_at or now
    many = len(waiting) >= VISITS_AT_ONCE or sum(len(visit.articles) for visit in waiting) >= ARTICLES_AT_ONCE
    return many or now - first >= SECONDS_AT_ONCE


def _keep(store: Store, waiting: list[Collected]) -> list[Gathered]:
    """Keep what waits; it waits no more only when it is kept."""
    if not waiting:
        return []
    results = zip(waiting, store.keep(waiting), strict=True)
    done = [Gathered(collected=one, saved=saved, teasers=_teasers(store, one, saved)) for one, saved in results]
    waiting.clear()
    return done


def _keep_whole(store: Store, waiting: list[Article]) -> list[Article]:
    if not waiting:
        return []
    store.articles.save(waiting)
    done = list(waiting)
    waiting.clear()
    return done


def _teasers(store: Store, visit: Collected, saved: Saved) -> tuple[Article, ...]:
    """Return new or changed teasers of a source on the web; a feed file stays as it is, also offline."""
    if not (saved.added or saved.updated) or not visit.source.whole or not host(visit.source.url):
        return ()
    short = [one for one in visit.articles if is_teaser(one)]
    if not short or saved.added == len(visit.articles):
        return tuple(short)
    return tuple(_new_or_changed(short, _kept_teasers(store, visit), saved.updated))


def _new_or_changed(short: Sequence[Article], kept: Mapping[str, Article], changed_most: int) -> Iterator[Article]:
    """Yield the new ones, and as many of the others as were changed: those that were touched last."""
    known: list[Article] = []
    for one in short:
        stands = kept.get(one.guid)
        if stands is None or one.first_seen is None:
            continue
        if stands.first_seen == one.first_seen:
            yield one
        else:
            known.append(stands)
    yield from sorted(known, key=_touched, reverse=True)[:changed_most]


def _touched(article: Article) -> float:
    moment = article.updated or article.published or article.first_seen
    return moment.timestamp() if moment else 0.0


def _kept_teasers(store: Store, visit: Collected) -> dict[str, Article]:
    """Return a source's newest articles whose page was not looked at, by guid."""
    limit = len(visit.articles) + NEWEST_BESIDE
    newest = ArticleQuery(source_id=visit.source.id, states=("new", "picked", "spiked"), limit=limit)
    return {one.guid: one for one in store.articles.list(newest) if not one.access}
