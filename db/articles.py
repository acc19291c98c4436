"""The shelf of articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from composer.errors import NotFoundError
from composer.model import Article, ArticleQuery, ArticleState, Found, Saved, Version
from composer.records import Drift, Sighting, Snapshot
from db import engine, index, keeping, rows, search, sketches, snapshots, snippets
from db.bulk import portions
from db.digests import digests
from db.matching import Arrival
from db.search import Choice
from db.tables import article_sketches, article_terms, article_texts, article_versions, articles

_WHOLE = select(articles, article_texts.c.text).join_from(articles, article_texts)

_BY_HAND = _WHOLE.where(articles.c.source_id.is_(None), articles.c.guid == bindparam("guid"))

_LINKED = _WHOLE.where(articles.c.url == bindparam("guid")).order_by(articles.c.id).limit(1)

_WORDS = select(articles.c.id, article_texts.c.text, articles.c.summary)

_LEAN = select(*(articles.c[name] for name in rows.LEAN))


@dataclass(frozen=True, slots=True)
class SqlArticles:
    """Articles in the store's file, with their texts and their full-text index."""

    database: engine.Database

    def save(self, batch: Sequence[Article]) -> Saved:
        """Keep articles; one that is known is updated in place, one that is as it was is not written at all."""
        with engine.writing(self.database) as connection:
            arrivals = [Arrival(article, digests(article)) for article in batch]
            return keeping.counted(arrivals, keeping.keep(connection, arrivals))

    def get(self, article_id: int) -> Article:
        """Return an article. Raises NotFoundError."""
        with engine.reading(self.database) as connection:
            return _whole(connection, article_id)

    def find(self, guid: str) -> Article | None:
        """Return the article that was added by hand (no source) under this guid, else the one that has it as link."""
        with engine.reading(self.database) as connection:
            tried = (connection.execute(one, {"guid": guid}).mappings().first() for one in (_BY_HAND, _LINKED))
            row = next(filter(None, tried), None)
        return rows.article_value(row) if row else None

    def list(self, query: ArticleQuery) -> tuple[Article, ...]:
        """Return the articles a query asks for, newest first. Whatever is typed, never an SQL error."""
        return self._answer(query, search.newest)

    def search(self, query: ArticleQuery) -> tuple[Found, ...]:
        """Return what `list` returns, with a snippet of each; best first when the query is `ranked`."""
        found = self._answer(query, search.best if query.ranked else search.newest)
        cut = snippets.cutter(query.words)
        return tuple(Found(article=article, snippet=cut(article)) for article in found)

    def mark(self, article_ids: Sequence[int], state: ArticleState) -> None:
        """Set the state of articles. Raises NotFoundError, then nothing has changed."""
        with engine.writing(self.database) as connection:
            for some in portions(sorted(set(article_ids))):
                these = articles.c.id.in_(some)
                found = set(connection.scalars(select(articles.c.id).where(these)))
                if gone := [number for number in some if number not in found]:
                    raise _missing(gone[0])
                connection.execute(update(articles).where(these).values(state=state))

    def versions(self, article_id: int) -> tuple[Version, ...]:
        """Return how an article read before, oldest first; empty when it never changed."""
        its = select(article_versions).where(article_versions.c.article_id == article_id)
        with engine.reading(self.database) as connection:
            found = connection.execute(its.order_by(article_versions.c.number)).mappings()
            return tuple(Version(**row) for row in found)

    def snap(self, article_ids: Sequence[int], now: datetime) -> tuple[Snapshot, ...]:
        """Keep articles as they stand and return the newest snapshot of each. Raises NotFoundError."""
        with engine.writing(self.database) as connection:
            return tuple(snapshots.take(connection, _whole(connection, number), now) for number in article_ids)

    def snapshot(self, article_id: int) -> Snapshot | None:
        """Return an article as it stood when an editor last chose or looked at it; None when nobody did."""
        with engine.reading(self.database) as connection:
            return next(snapshots.of(connection, [article_id], newest_only=True), None)

    def snapshots(self, article_id: int) -> tuple[Snapshot, ...]:
        """Return every snapshot of an article, oldest first."""
        with engine.reading(self.database) as connection:
            return tuple(snapshots.of(connection, [article_id]))

    def untaken(self, article_ids: Sequence[int]) -> tuple[int, ...]:
        """Return the numbers of articles without a snapshot: those of these, and every picked one."""
        with engine.reading(self.database) as connection:
            return tuple(snapshots.untaken(connection, article_ids))

    def drifts(self, article_ids: Sequence[int]) -> tuple[Drift, ...]:
        """Return which of these articles read otherwise than their newest snapshot, or whose pages are gone."""
        with engine.reading(self.database) as connection:
            return tuple(snapshots.drifts(connection, article_ids))

    def sight(self, sightings: Sequence[Sighting]) -> None:
        """Keep what pages answered; a page that was gone before keeps the time since when."""
        with engine.writing(self.database) as connection:
            snapshots.sight(connection, sightings)

    def sightings(self, article_ids: Sequence[int]) -> Mapping[int, Sighting]:
        """Return what the pages of these articles answered last, by article number."""
        with engine.reading(self.database) as connection:
            return {one.article_id: one for one in snapshots.sightings(connection, article_ids)}

    def sketches(self, since: datetime, until: datetime | None = None) -> Mapping[int, frozenset[int]]:
        """Return the kept sketches of articles seen in that time, by article number."""
        return {number: sketches.unpacked(drawn) for number, drawn in self._drawn(article_sketches, since, until)}

    def keep_sketches(self, drawn: Mapping[int, frozenset[int]]) -> None:
        """Keep sketches; those of articles that are not there are passed over."""
        self._keep_drawn(article_sketches, {number: sketches.packed(one) for number, one in drawn.items()})

    def texts(self, article_ids: Sequence[int]) -> Mapping[int, str]:
        """Return what articles say, by number: the text, else the teaser. Those that are not there are passed over."""
        some = func.json_each(str(list(article_ids))).table_valued("value")
        wanted = _WORDS.join_from(some, articles, articles.c.id == some.c.value).join(article_texts)
        with engine.reading(self.database) as connection:
            return {number: text or summary for number, text, summary in connection.execute(wanted)}

    def terms(self, since: datetime) -> Mapping[int, Sequence[int]]:
        """Return the kept terms of articles seen since then, by article number."""
        return {number: sketches.unpacked_terms(drawn) for number, drawn in self._drawn(article_terms, since)}

    def keep_terms(self, terms: Mapping[int, Sequence[int]]) -> None:
        """Keep terms; those of articles that are not there are passed over."""
        self._keep_drawn(article_terms, {number: sketches.packed_terms(one) for number, one in terms.items()})

    def _drawn(self, table: Table, since: datetime, until: datetime | None = None) -> Sequence[Any]:
        seen = select(table).join_from(table, articles).where(articles.c.first_seen >= since)
        if until:
            seen = seen.where(articles.c.first_seen <= until)
        with engine.reading(self.database) as connection:
            return connection.execute(seen).all()

    def _keep_drawn(self, table: Table, drawn: Mapping[int, bytes]) -> None:
        column = next(one.name for one in table.columns if not one.primary_key)
        with engine.writing(self.database) as connection:
            for some in portions(sorted(drawn)):
                there = connection.scalars(select(articles.c.id).where(articles.c.id.in_(some))).all()
                connection.execute(delete(table).where(table.c.article_id.in_(some)))
                records = [{"article_id": number, column: drawn[number]} for number in there]
                if records:
                    connection.execute(insert(table), records)

    def _answer(self, query: ArticleQuery, choose: Choice) -> tuple[Article, ...]:
        if query.words.strip():
            index.bring_up_to_date(self.database)
        with engine.reading(self.database) as connection:
            numbers = choose(connection, query)
            return _lean(connection, numbers) if query.lean else _in_order(connection, numbers)


def _in_order(connection: Connection, numbers: Sequence[int]) -> tuple[Article, ...]:
    found = {}
    for some in portions(numbers):
        for row in connection.execute(_WHOLE.where(articles.c.id.in_(some))).mappings().all():
            found[row["id"]] = rows.article_value(row)
    return tuple(found[number] for number in numbers)


def _lean(connection: Connection, numbers: Sequence[int]) -> tuple[Article, ...]:
    some = func.json_each(str(list(numbers))).table_valued("value")
    found = connection.execute(_LEAN.join_from(some, articles, articles.c.id == some.c.value)).all()
    made = {row[0]: Article(**dict(zip(rows.LEAN, row, strict=True))) for row in found}
    return tuple([made[number] for number in numbers])


def _whole(connection: Connection, article_id: int) -> Article:
    row = connection.execute(_WHOLE.where(articles.c.id == article_id)).mappings().first()
    if row is None:
        raise _missing(article_id)
    return rows.article_value(row)


def _missing(article_id: int) -> NotFoundError:
    return NotFoundError(f"no article {article_id} in the store; list the articles to see their numbers")
