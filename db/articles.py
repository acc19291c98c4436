"""The shelf of articles."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from composer.errors import NotFoundError
from composer.model import Article, ArticleQuery, ArticleState, Saved
from db import engine, rows, search
from db.matching import match
from db.tables import article_texts, articles

_T = TypeVar("_T")
_AT_ONCE = 400  # values in one statement: twice this many stay below the 999 that older SQLite takes
_MOST = 2**63 - 1
_WHOLE = select(articles, article_texts.c.text).join_from(articles, article_texts)


@dataclass(frozen=True, slots=True)
class SqlArticles:
    """Articles in the store's file, with their texts and their full-text index."""

    database: engine.Database

    def save(self, batch: Sequence[Article]) -> Saved:
        """Keep articles; one that is known is updated in place, one that is as it was is not written at all."""
        with engine.writing(self.database) as connection:
            matches = match(batch, _akin(connection, batch))
            new = [one.article for one in matches if one.known is None]
            changed = [one.article for one in matches if one.known is not None and not one.is_unchanged]
            _update(connection, changed)
            search.index(connection, [*_add(connection, new), *changed])
        return Saved(added=len(new), updated=len(changed), unchanged=len(batch) - len(new) - len(changed))

    def get(self, article_id: int) -> Article:
        """Return an article. Raises NotFoundError."""
        with engine.reading(self.database) as connection:
            row = connection.execute(_WHOLE.where(articles.c.id == article_id)).mappings().first()
        if row is None:
            raise _missing(article_id)
        return rows.article_value(row)

    def find(self, guid: str) -> Article | None:
        """Return an article that was added by hand (no source) under this guid."""
        by_hand = _WHOLE.where(articles.c.source_id.is_(None), articles.c.guid == guid)
        with engine.reading(self.database) as connection:
            row = connection.execute(by_hand).mappings().first()
        return rows.article_value(row) if row else None

    def list(self, query: ArticleQuery) -> tuple[Article, ...]:
        """Return the articles a query asks for, newest first. Whatever is typed, never an SQL error."""
        page = _WHOLE.where(articles.c.state.in_(query.states), search.answers(query.words))
        if query.since is not None:
            page = page.where(articles.c.dated >= query.since)
        if query.source_id is not None:
            page = page.where(articles.c.source_id == query.source_id)
        page = page.order_by(articles.c.dated.desc(), articles.c.id.desc()).limit(min(max(query.limit, 0), _MOST))
        with engine.reading(self.database) as connection:
            return tuple(rows.article_value(row) for row in connection.execute(page).mappings())

    def mark(self, article_ids: Sequence[int], state: ArticleState) -> None:
        """Set the state of articles. Raises NotFoundError, then nothing has changed."""
        with engine.writing(self.database) as connection:
            for some in _portions(sorted(set(article_ids))):
                these = articles.c.id.in_(some)
                found = set(connection.scalars(select(articles.c.id).where(these)))
                if gone := [number for number in some if number not in found]:
                    raise _missing(gone[0])
                connection.execute(update(articles).where(these).values(state=state))


def _akin(connection: Connection, batch: Sequence[Article]) -> Iterator[Article]:
    """Yield the kept articles that share a guid or a link with one of the batch, within its source."""
    by_source: dict[int | None, list[Article]] = defaultdict(list)
    for article in batch:
        by_source[article.source_id].append(article)
    for source_id, group in by_source.items():
        for some in _portions(group):
            guids, urls = ({one.guid for one in some}, {one.url for one in some if one.url})
            alike = or_(articles.c.guid.in_(guids), articles.c.url.in_(urls))
            same_source = articles.c.source_id.is_not_distinct_from(source_id)
            for row in connection.execute(_WHOLE.where(same_source, alike)).mappings():
                yield rows.article_value(row)


def _add(connection: Connection, new: Sequence[Article]) -> list[Article]:
    if not new:
        return []
    adding = insert(articles).returning(articles.c.id, sort_by_parameter_order=True)
    numbers = connection.scalars(adding, [rows.article_row(article) for article in new]).all()
    added = [replace(article, id=number) for article, number in zip(new, numbers, strict=True)]
    connection.execute(insert(article_texts), [{"article_id": one.id, "text": one.text} for one in added])
    return added


def _update(connection: Connection, changed: Sequence[Article]) -> None:
    if not changed:
        return
    records = [{"known_id": one.id, **rows.article_row(one)} for one in changed]
    connection.execute(update(articles).where(articles.c.id == bindparam("known_id")), records)
    texts = [{"known_id": one.id, "text": one.text} for one in changed]
    connection.execute(update(article_texts).where(article_texts.c.article_id == bindparam("known_id")), texts)


def _portions(many: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(many), _AT_ONCE):
        yield many[start : start + _AT_ONCE]


def _missing(article_id: int) -> NotFoundError:
    return NotFoundError(f"no article {article_id} in the store; list the articles to see their numbers")
