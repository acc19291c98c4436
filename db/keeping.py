"""Articles into their tables, inside the caller's transaction: what is new is added, what changed is written over."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, func, insert, select, tuple_, update

from composer.model import Article, Saved
from db import matching, revising, rows
from db.bulk import add_rows, portions
from db.matching import Arrival, Known, Match
from db.tables import (
    article_sketches,
    article_terms,
    article_texts,
    article_versions,
    articles,
    articles_unindexed,
    sources,
)

Effect = Literal["added", "updated", "unchanged"]
_LEAN = select(*(articles.c[name] for name in Known.__slots__))
_WHOLE = select(articles, article_texts.c.text).join_from(articles, article_texts)


@dataclass(frozen=True, slots=True)
class _Change:
    """A kept article, how it reads from now on, and what it came from."""

    kept: Article
    worded_at: Any
    article: Article
    match: Match


def keep(connection: Connection, batch: Sequence[Arrival]) -> dict[Arrival, Effect]:
    """Keep articles and say what became of each; what stands twice in the batch is not named."""
    once = matching.firsts(batch)
    sought = _sought(connection, once)
    paired = matching.by_guid(sought, _with_guids_of(connection, sought))
    rest = [one for one in sought if one not in paired]
    matches = matching.match(once, paired, _alike(connection, rest)) if rest else _pairs(once, paired)
    new = [one.arrival for one in matches if one.known is None]
    changes = list(_changes(connection, [one for one in matches if one.known and not one.is_unchanged]))
    updated = [one for one in changes if one.article != one.kept]
    _add(connection, new)
    _update(connection, [one for one in changes if one.article != one.kept or _teaches(one)])
    _rewrite(connection, updated)
    effects: dict[Arrival, Effect] = dict.fromkeys(once, "unchanged")
    effects.update(dict.fromkeys(new, "added"))
    effects.update({one.match.arrival: "updated" for one in updated})
    return effects


def counted(batch: Sequence[Arrival], effects: Mapping[Arrival, Effect]) -> Saved:
    """Return how many of a batch were added, updated and found as they were."""
    counts = Counter(effects.get(one, "unchanged") for one in batch)
    return Saved(added=counts["added"], updated=counts["updated"], unchanged=counts["unchanged"])


def _sought(connection: Connection, once: Sequence[Arrival]) -> Sequence[Arrival]:
    """Return what may stand for a kept article: nothing of a source that has none yet, unless some were added by hand.

    The first visits of a newsletter then look up nothing.
    """
    if connection.scalar(select(exists().where(articles.c.source_id.is_(None)))):
        return once
    numbers = sorted({one.article.source_id for one in once if one.article.source_id is not None})
    known: set[int | None] = {None}
    for some in portions(numbers):
        has_any = exists().where(articles.c.source_id == sources.c.id)
        known.update(connection.scalars(select(sources.c.id).where(sources.c.id.in_(some), has_any)))
    return [one for one in once if one.article.source_id in known]


def _pairs(once: Iterable[Arrival], paired: Mapping[Arrival, Known]) -> tuple[Match, ...]:
    return tuple(Match(one, paired.get(one)) for one in once)


def _with_guids_of(connection: Connection, batch: Iterable[Arrival]) -> Iterator[Known]:
    fed: list[tuple[int, str]] = []
    by_hand: list[str] = []
    for one in batch:
        for guid in matching.spellings(one.article.guid):
            if one.article.source_id is None:
                by_hand.append(guid)
            else:
                fed.append((one.article.source_id, guid))
    yield from _lean(connection, (tuple_(articles.c.source_id, articles.c.guid).in_(some) for some in portions(fed)))
    hand = articles.c.source_id.is_(None)
    yield from _lean(connection, (and_(hand, articles.c.guid.in_(some)) for some in portions(by_hand)))


def _alike(connection: Connection, rest: Sequence[Arrival]) -> Iterator[Known]:
    urls = {url for one in rest if one.article.url for url in matching.spellings(one.article.url)}
    yield from _lean(connection, (articles.c.url.in_(some) for some in portions(sorted(urls))))
    telling = [one for one in rest if one.tells]
    fed = [(one.article.source_id, one.digests.words) for one in telling if one.article.source_id is not None]
    yield from _lean(connection, (tuple_(articles.c.source_id, articles.c.words).in_(some) for some in portions(fed)))
    hand = articles.c.source_id.is_(None)
    said = [one.digests.words for one in telling if one.article.source_id is None]
    yield from _lean(connection, (and_(hand, articles.c.words.in_(some)) for some in portions(said)))


def _lean(connection: Connection, wanted: Iterable[ColumnElement[bool]]) -> Iterator[Known]:
    for condition in wanted:
        for row in connection.execute(_LEAN.where(condition)).mappings():
            yield Known(**row)


def _changes(connection: Connection, matches: Sequence[Match]) -> Iterator[_Change]:
    by_number = {one.known.id: one for one in matches if one.known}
    for some in portions(list(by_number)):
        for row in connection.execute(_WHOLE.where(articles.c.id.in_(some))).mappings():
            one, kept = by_number[row["id"]], rows.article_value(row)
            yield _Change(kept, row["worded_at"], revising.revised(kept, row["words"], one.arrival), one)


def _add(connection: Connection, new: Sequence[Arrival]) -> None:
    if not new:
        return
    first = (connection.scalar(select(func.max(articles.c.id))) or 0) + 1
    numbered = [{"article_id": number} for number in range(first, first + len(new))]
    records = [
        {"id": one["article_id"], **rows.article_row(arrival.article), **_said(None, arrival, None), "worded_at": None}
        for one, arrival in zip(numbered, new, strict=True)
    ]
    texts = [{**one, "text": arrival.article.text} for one, arrival in zip(numbered, new, strict=True)]
    add_rows(connection, articles, records)
    add_rows(connection, article_texts, texts)
    added = select(articles.c.id).where(articles.c.id >= first)
    connection.execute(insert(articles_unindexed).from_select(["article_id"], added))


def _said(kept: Article | None, arrival: Arrival, known: Known | None) -> dict[str, bytes | None]:
    if revising.is_said_by_its_feed(kept, arrival.article):
        return {"words": arrival.digests.words, "digest": arrival.digests.whole}
    return {"words": known.words if known else None, "digest": known.digest if known else None}


def _update(connection: Connection, changes: Sequence[_Change]) -> None:
    records = [
        {
            "known_id": one.kept.id,
            **rows.article_row(one.article),
            **_said(one.kept, one.match.arrival, one.match.known),
            "worded_at": one.match.arrival.article.first_seen if _is_reworded(one) else one.worded_at,
        }
        for one in changes
    ]
    if records:
        connection.execute(update(articles).where(articles.c.id == bindparam("known_id")), records)


def _teaches(change: _Change) -> bool:
    """Say whether the feed's own wording was not known, or was another."""
    known = change.match.known
    said = _said(change.kept, change.match.arrival, known)
    return known is not None and said["digest"] != known.digest


def _is_reworded(change: _Change) -> bool:
    return revising.is_reworded(change.kept, change.article)


def _rewrite(connection: Connection, updated: Sequence[_Change]) -> None:
    """Write new texts, keep the old words, and let index and sketches forget them."""
    if not updated:
        return
    texts = [{"known_id": one.kept.id, "text": one.article.text} for one in updated]
    connection.execute(update(article_texts).where(article_texts.c.article_id == bindparam("known_id")), texts)
    _keep_old_words(connection, [one for one in updated if _is_reworded(one)])
    for some in portions([one.kept.id for one in updated]):
        connection.execute(delete(articles_unindexed).where(articles_unindexed.c.article_id.in_(some)))
        connection.execute(insert(articles_unindexed), [{"article_id": number} for number in some])
    for some in portions([one.kept.id for one in updated if _differ(one)]):
        for drawn in (article_sketches, article_terms):
            connection.execute(delete(drawn).where(drawn.c.article_id.in_(some)))


def _differ(change: _Change) -> bool:
    return (change.kept.title, change.kept.text) != (change.article.title, change.article.text)


def _keep_old_words(connection: Connection, reworded: Sequence[_Change]) -> None:
    for one in reworded:
        its = article_versions.c.article_id == one.kept.id
        newest = connection.scalar(select(func.max(article_versions.c.number)).where(its)) or 0
        connection.execute(insert(article_versions), {**_old_words(one), "number": newest + 1})


def _old_words(change: _Change) -> dict[str, Any]:
    kept = change.kept
    seen_at = change.worded_at or kept.first_seen
    return {"article_id": kept.id, "title": kept.title, "text": kept.text, "seen_at": seen_at}
