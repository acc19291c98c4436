"""What a store should be made of: the tables, indexes and triggers that the migrations make, in their own words."""

import contextlib
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from db import engine, schema

INDEX = "article_words"  # the full-text index and its shadow tables
Manifest = Mapping[tuple[str, str], str]  # (type, name) → SQL
_OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"


@cache
def expected(version: int) -> Manifest:
    """Return what a store of this version is made of, by making one."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.sqlite3"
        schema.upgrade(fresh, head=version)
        with contextlib.closing(engine.connect(fresh)) as connection:
            return read(connection)


def read(connection: Any) -> Manifest:  # noqa: ANN401 — a connection of either library
    """Return what a store is made of, without what SQLite and the full-text index keep for themselves."""
    rows = connection.execute(_OBJECTS).fetchall()
    return {(kind, name): sql for kind, name, sql in rows if not _is_inner(name)}


def missing(should: Manifest, found: Manifest) -> tuple[tuple[str, str], ...]:
    """Return what should be there and is not."""
    return tuple(sorted(should.keys() - found.keys()))


def changed(should: Manifest, found: Manifest) -> tuple[tuple[str, str], ...]:
    """Return what is there in other words than it should."""
    both = should.keys() & found.keys()
    return tuple(sorted(each for each in both if _plain(should[each]) != _plain(found[each])))


def foreign(should: Manifest, found: Manifest) -> tuple[tuple[str, str], ...]:
    """Return what somebody else put there."""
    return tuple(sorted(found.keys() - should.keys()))


def _is_inner(name: str) -> bool:
    return name.startswith(("sqlite_", f"{INDEX}_"))


def _plain(sql: str) -> str:
    return "".join(sql.split()).replace('"', "").lower()
