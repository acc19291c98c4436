"""Articles as they stood when an editor chose them, inside the caller's transaction."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from composer.model import Article
from composer.records import Drift, Sighting, Snapshot
from db import rows
from db.bulk import portions
from db.tables import article_sightings, article_texts, article_versions, articles, snapshot_texts, snapshots

_WHOLE = select(snapshots, snapshot_texts.c.text).join_from(snapshots, snapshot_texts)
_COUNT_OF_VERSIONS = (
    select(func.coalesce(func.max(article_versions.c.number), 0))
    .where(article_versions.c.article_id == articles.c.id)
    .scalar_subquery()
)
_LATER = snapshots.alias("later")
_NEWEST = (
    snapshots.c.number
    == select(func.max(_LATER.c.number)).where(_LATER.c.article_id == snapshots.c.article_id).scalar_subquery()
)


def sha256(text: str) -> str:
    """Return the identity of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def taken(article: Article, newest: Snapshot | None, versions: int, now: datetime) -> Snapshot:
    """Return the snapshot of an article as it stands: its newest, when that says the same."""
    fresh = Snapshot(
        article_id=article.id,
        number=newest.number + 1 if newest else 1,
        title=article.title,
        text=article.text,
        url=article.url,
        outlet=article.outlet,
        authors=article.authors,
        published=article.published,
        sha256=sha256(article.text),
        versions=versions,
        taken_at=now,
    )
    if newest and fresh == replace(newest, number=fresh.number, taken_at=now):
        return newest
    return fresh


def take(connection: Connection, article: Article, now: datetime) -> Snapshot:
    """Keep an article as it stands, unless its newest snapshot has it so, and return its newest snapshot."""
    newest = next(of(connection, [article.id], newest_only=True), None)
    counted = select(func.coalesce(func.max(article_versions.c.number), 0))
    versions = connection.scalar(counted.where(article_versions.c.article_id == article.id)) or 0
    kept = taken(article, newest, versions, now)
    if kept is not newest:
        add(connection, kept)
    return kept


def add(connection: Connection, snapshot: Snapshot) -> None:
    """Write a snapshot; its text only when no other says the same."""
    words = {"sha256": snapshot.sha256, "text": snapshot.text}
    connection.execute(upsert(snapshot_texts).values(words).on_conflict_do_nothing())
    connection.execute(insert(snapshots), rows.snapshot_row(snapshot))


def of(connection: Connection, article_ids: Sequence[int], *, newest_only: bool = False) -> Iterator[Snapshot]:
    """Yield the snapshots of articles, oldest first."""
    for some in portions(article_ids):
        these = _WHOLE.where(snapshots.c.article_id.in_(some), *([_NEWEST] if newest_only else []))
        for row in connection.execute(these.order_by(snapshots.c.article_id, snapshots.c.number)).mappings():
            yield rows.snapshot_value(row)


def untaken(connection: Connection, article_ids: Sequence[int]) -> Iterator[int]:
    """Yield the numbers of articles without a snapshot: those of `article_ids`, and every picked one."""
    without = select(articles.c.id).where(articles.c.id.not_in(select(snapshots.c.article_id)))
    found = {*connection.scalars(without.where(articles.c.state == "picked"))}
    for some in portions(article_ids):
        found.update(connection.scalars(without.where(articles.c.id.in_(some))))
    yield from sorted(found)


def drifts(connection: Connection, article_ids: Iterable[int]) -> Iterator[Drift]:
    """Yield which articles read otherwise than their newest snapshot, or whose pages are gone."""
    said = (
        select(articles.c.id, _COUNT_OF_VERSIONS, article_sightings.c.gone_at)
        .join_from(articles, snapshots, and_(snapshots.c.article_id == articles.c.id, _NEWEST))
        .join(snapshot_texts, snapshot_texts.c.sha256 == snapshots.c.sha256)
        .join(article_texts, article_texts.c.article_id == articles.c.id)
        .outerjoin(article_sightings, article_sightings.c.article_id == articles.c.id)
        .order_by(articles.c.id)
    )
    for some in portions(sorted(set(article_ids))):
        for row in connection.execute(said.where(articles.c.id.in_(some), _parted())).all():
            yield _drift(connection, row)


def sight(connection: Connection, sightings: Iterable[Sighting]) -> None:
    """Keep what pages answered; a page that was gone before keeps the time since when."""
    for one in sightings:
        if connection.scalar(select(articles.c.id).where(articles.c.id == one.article_id)) is None:
            continue
        put = upsert(article_sightings).values(article_id=one.article_id, looked_at=one.looked_at, gone_at=one.gone_at)
        since = func.coalesce(article_sightings.c.gone_at, put.excluded.gone_at) if one.gone_at else None
        told = {"looked_at": put.excluded.looked_at, "gone_at": since}
        connection.execute(put.on_conflict_do_update(index_elements=["article_id"], set_=told))


def sightings(connection: Connection, article_ids: Sequence[int]) -> Iterator[Sighting]:
    """Yield what pages answered last."""
    for some in portions(article_ids):
        these = select(article_sightings).where(article_sightings.c.article_id.in_(some))
        for row in connection.execute(these).mappings():
            yield Sighting(**row)


def _parted() -> ColumnElement[bool]:
    return or_(
        snapshots.c.title != articles.c.title,
        snapshot_texts.c.text != article_texts.c.text,
        article_sightings.c.gone_at.is_not(None),
    )


def _drift(connection: Connection, row: Any) -> Drift:  # noqa: ANN401 — a row of three columns
    number, versions, gone_at = tuple(row)
    whole = select(articles, article_texts.c.text).join_from(articles, article_texts).where(articles.c.id == number)
    snapshot = next(of(connection, [number], newest_only=True))
    return Drift(
        article=rows.article_value(connection.execute(whole).mappings().one()),
        snapshot=snapshot,
        reworded=versions > snapshot.versions,
        gone_at=gone_at,
    )
