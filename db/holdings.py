"""All that an export carries, read inside one transaction; rows are read as they are asked for."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from composer.model import Version
from composer.records import Holdings
from db import rows
from db.tables import (
    article_texts,
    article_versions,
    articles,
    editions,
    events,
    publications,
    revisions,
    snapshot_texts,
    snapshots,
    sources,
)


def held(connection: Connection) -> Holdings:
    """Return what the store holds. Each part is a generator that ends with the transaction."""
    whole = select(articles, article_texts.c.text).join_from(articles, article_texts).order_by(articles.c.id)
    taken = select(snapshots, snapshot_texts.c.text).join_from(snapshots, snapshot_texts)
    return Holdings(
        sources=(rows.source_value(row) for row in _asked(connection, select(sources).order_by(sources.c.id))),
        articles=(rows.article_value(row) for row in _asked(connection, whole)),
        versions=(Version(**row) for row in _asked(connection, _in_order(article_versions, "article_id", "number"))),
        snapshots=(
            rows.snapshot_value(row)
            for row in _asked(connection, taken.order_by(snapshots.c.article_id, snapshots.c.number))
        ),
        editions=(rows.edition_value(row) for row in _asked(connection, _in_order(editions, "id"))),
        revisions=(
            rows.revision_value(row) for row in _asked(connection, _in_order(revisions, "edition_id", "number"))
        ),
        publications=(
            rows.publication_value(row) for row in _asked(connection, _in_order(publications, "edition_id", "id"))
        ),
        events=(rows.event_value(row) for row in _asked(connection, _in_order(events, "edition_id", "id"))),
    )


def _asked(connection: Connection, question: Select[Any]) -> Iterator[RowMapping]:
    """Ask when the first row is wanted, not before."""
    yield from connection.execute(question).mappings()


def _in_order(table: Any, *columns: str) -> Select[Any]:  # noqa: ANN401 — any table of ours
    return select(table).order_by(*(table.c[name] for name in columns))
