"""Many rows at once are the rows that SQLAlchemy itself would have written."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from makers import NOON, article, source
from sqlalchemy import Connection, delete, insert, select, text

from composer.errors import StoreError
from composer.model import Enclosure, Picture
from db import engine, open_store, rows
from db.bulk import add_rows
from db.tables import articles

EAST = timezone(timedelta(hours=4))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with open_store(tmp_path / "newsletter.sqlite3") as store:
        store.sources.add(source())
        with engine.writing(store.database) as connection:
            yield connection


def row(number: int, **changes: Any) -> dict[str, Any]:
    return {"id": number, "source_id": 1, **rows.article_row(article(guid=f"salt-{number}", **changes))}


ROWS = [
    row(1),
    row(2, authors=("Nino Example", "Ζωή “Zoë” O'Neil"), published=None, categories=("law", "sea")),
    row(
        3, published=datetime(2026, 3, 6, 12, 0, 0, 7, tzinfo=EAST), text="", picture=Picture(url="https://a.example/1")
    ),
    row(4, enclosures=(Enclosure(url="https://a.example/1.mp3", media_type="audio/mpeg", bytes_length=7),)),
    row(5, first_seen=NOON.astimezone(EAST), also=("https://a.example/2",)),
]


def written(connection: Connection) -> list[tuple[Any, ...]]:
    """Return the bare cells, as the file holds them."""
    return [tuple(one) for one in connection.execute(text("SELECT * FROM articles ORDER BY id"))]


def test_rows_are_written_cell_for_cell_as_by_an_insert(connection: Connection) -> None:
    add_rows(connection, articles, ROWS)
    at_once = written(connection)
    connection.execute(delete(articles))
    connection.execute(insert(articles), ROWS)
    assert at_once == written(connection)
    assert len(at_once) == len(ROWS)


def test_no_rows_are_no_statement(connection: Connection) -> None:
    add_rows(connection, articles, [])
    assert written(connection) == []


def test_rows_may_name_some_columns_alone_and_in_any_order(connection: Connection) -> None:
    given = ROWS[0]
    names = [name for name in reversed(given) if name not in {"categories", "also"}]
    add_rows(connection, articles, [{name: given[name] for name in names}])
    kept = connection.execute(select(articles)).mappings().one()
    assert (kept["title"], kept["categories"], kept["first_seen"]) == (given["title"], [], NOON.astimezone(UTC))


def test_a_moment_without_a_zone_is_refused_before_anything_is_written(connection: Connection) -> None:
    with pytest.raises(StoreError, match="without a zone"):
        add_rows(connection, articles, [ROWS[0], {**ROWS[1], "updated": datetime(2026, 3, 6)}])  # noqa: DTZ001
    assert written(connection) == []
