"""What an edition stands on: articles kept as they were when they were chosen, and what has become of them since."""

from collections.abc import Generator, Iterable, Sequence
from datetime import datetime, timedelta

from composer.blocks import Manuscript
from composer.desk.sourcing import article_number
from composer.model import Article, ArticleQuery, Edition
from composer.ports import Clock, Store, Wire
from composer.records import Drift, Sighting, Snapshot
from composer.text import host

LOOK_EVERY = timedelta(days=1)  # one page is asked no more often whether it is still there
_WATCHED_MOST = 10_000
_OUT_OF_HAND = {"discarded", "retracted"}


def stood_on(manuscript: Manuscript) -> tuple[int, ...]:
    """Return the numbers of the articles that a manuscript's source blocks name, each once."""
    numbers = map(article_number, manuscript.of("source"))
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


def _read(text: str) -> tuple[int, ...]:
    from composer.manuscript import load  # noqa: PLC0415 (collecting and listing without any edition wait for no reader)

    return stood_on(load(text).manuscript)


def used_articles(store: Store) -> frozenset[int]:
    """Return the numbers of the articles that an edition stands on already."""
    return frozenset(holders(store, store.editions.all()))


def holders(store: Store, editions: Iterable[Edition]) -> dict[int, Edition]:
    """Return which of these editions stands on an article, by the article's number; the first of several."""
    held: dict[int, Edition] = {}
    for edition in editions:
        text = store.editions.revision(edition.id, edition.revision).text
        held = dict.fromkeys(_read(text), edition) | held
    return held


def pick(store: Store, numbers: Sequence[int], now: datetime) -> None:
    """Choose articles, each kept as it stands now; one that was picked already stays as it was then.

    Raises NotFoundError, then nothing has changed. The snapshot comes first: killed in between, a snapshot is there
    that nobody asked for, never the other way round.
    """
    fresh = [number for number in numbers if store.articles.get(number).state != "picked"]
    store.articles.snap(fresh, now)
    hold(store, numbers, now)
    store.articles.mark(numbers, "picked")


def pick_again(store: Store, numbers: Sequence[int], now: datetime) -> tuple[Snapshot, ...]:
    """Keep chosen articles as they stand now, once the editor has looked. Raises NotFoundError, then none is."""
    return store.articles.snap(numbers, now)


def hold(store: Store, numbers: Sequence[int], now: datetime) -> None:
    """Keep articles as they stand that have no snapshot yet: those of `numbers`, and every picked one."""
    if untaken := store.articles.untaken(numbers):
        store.articles.snap(untaken, now)


def watched(store: Store) -> tuple[int, ...]:
    """Return the numbers of the articles that matter now: picked, or what an unpublished edition stands on."""
    picked = store.articles.list(ArticleQuery(states=("picked",), limit=_WATCHED_MOST))
    shelf = store.editions
    open_ones = [one for one in shelf.all() if one.published_at is None and one.status not in _OUT_OF_HAND]
    texts = (shelf.revision(one.id, one.revision).text for one in open_ones)
    used = (number for text in texts for number in _read(text))
    return tuple(sorted({*(article.id for article in picked), *used}))


def look(store: Store, wire: Wire, numbers: Sequence[int], clock: Clock) -> Generator[Article, None, None]:
    """Ask the pages of articles whether they are still there, each once a day; yield each article that was asked about.

    Only pages that a feed on the web led to are asked: a link of a feed file or of an added text is never visited.
    """
    now = clock()
    seen = store.articles.sightings(numbers)
    due = [number for number in numbers if number not in seen or seen[number].looked_at <= now - LOOK_EVERY]
    if not due:
        return
    on_the_web = {source.id for source in store.sources.all() if host(source.url) and source.state == "active"}
    articles = (store.articles.get(number) for number in due if store.articles.snapshot(number))
    for article, is_there in wire.look([one for one in articles if one.source_id in on_the_web]):
        store.articles.sight(
            [Sighting(article_id=article.id, looked_at=clock(), gone_at=None if is_there else clock())]
        )
        yield article


def parted(store: Store, numbers: Iterable[int], now: datetime) -> tuple[Drift, ...]:
    """Return which articles their publishers changed or took away since they were chosen.

    One whose teaser was completed from its page meanwhile is kept anew, as it stands: nobody changed it.
    """
    drifts = store.articles.drifts(tuple(numbers))
    completed = [drift.article.id for drift in drifts if drift.differs and not drift.reworded]
    if completed:
        store.articles.snap(completed, now)
    return tuple(drift for drift in drifts if drift.gone_at or (drift.differs and drift.reworded))
