"""The full-text index, filled when somebody searches: keeping articles only queues them, for speed."""

from collections.abc import Sequence

from sqlalchemy import (
    Connection,
    RowMapping,
    bindparam,
    column,
    delete,
    insert,
    literal_column,
    select,
    table,
)

from composer.folding import tokens
from db import engine
from db.tables import article_texts, articles, articles_unindexed

_PORTION = 1_000  # articles indexed under one lock: about a second's work, then others may write
WORDS = table("article_words", column("rowid"), column("title"), column("summary"), column("text"), column("names"))
_OLD = delete(WORDS).where(WORDS.c.rowid == bindparam("article_id"))
_QUEUED = (
    select(
        articles.c.id,
        articles.c.title,
        articles.c.summary,
        articles.c.outlet,
        articles.c.authors,
        article_texts.c.text,
        literal_column("EXISTS (SELECT 1 FROM article_words WHERE article_words.rowid = articles.id)").label("is_old"),
    )
    .join_from(articles_unindexed, articles)
    .join(article_texts)
    .order_by(articles_unindexed.c.article_id)
    .limit(_PORTION)
)


def bring_up_to_date(database: engine.Database) -> int:
    """Index every queued article and return how many there were; stopped half-way, the rest stays queued."""
    indexed = 0
    while _is_behind(database):
        with engine.writing(database) as connection:
            indexed += _index_some(connection)
    return indexed


def _is_behind(database: engine.Database) -> bool:
    with engine.reading(database) as connection:
        return connection.scalar(select(articles_unindexed.c.article_id).limit(1)) is not None


def _index_some(connection: Connection) -> int:
    queued = connection.execute(_QUEUED).mappings().all()
    if queued:
        _forget(connection, [row["id"] for row in queued if row["is_old"]])
        connection.execute(insert(WORDS), [_entry(row) for row in queued])
        connection.execute(delete(articles_unindexed).where(articles_unindexed.c.article_id <= queued[-1]["id"]))
    return len(queued)


def _forget(connection: Connection, numbers: Sequence[int]) -> None:
    if numbers:
        connection.execute(_OLD, [{"article_id": number} for number in numbers])


def _entry(row: RowMapping) -> dict[str, int | str]:
    names = " ".join((row["outlet"], *row["authors"]))
    cells = {"title": row["title"], "summary": row["summary"], "text": row["text"], "names": names}
    return {"rowid": row["id"], **{name: " ".join(tokens(cell)) for name, cell in cells.items()}}
