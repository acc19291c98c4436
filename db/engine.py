"""Connections to the store's file: library, settings, transactions, and the library's complaints in plain words.

Must not know a table.
"""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, QueuePool, event
from sqlalchemy.exc import SQLAlchemyError, StatementError

from composer.errors import ComposerError, NotFoundError, StoreError

try:
    from pysqlite3 import dbapi2 as sqlite  # newer than the library that many machines bring
except ImportError:
    import sqlite3 as sqlite

BUSY_SECONDS = 30
_SETTINGS = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-8000",  # 8 MB a connection; no mmap_size, for a disk that fails would then end the process unheard
    "journal_size_limit=67108864",
    "wal_autocheckpoint=4000",  # pages, 16 MB: a big collect copies each page into the file once, not many times
)
_COMPLAINTS = (
    ("not a database", "is not a SQLite file; name another file, or put a copy of the store in its place"),
    ("malformed", "is damaged; put a copy of the store in its place"),
    ("disk is full", "the disk is full and nothing was kept of this step; make room and try again"),
    ("readonly", "cannot be written; see to the permissions of the file and of its folder"),
    ("unable to open", "cannot be opened; see that it is a file, and to the permissions of its folder"),
    ("locked", f"another program has held it for {BUSY_SECONDS} seconds; let that one finish and try again"),
    ("[errno", "its folder cannot be made or the file not copied; see to the path, the permissions and the room left"),
    ("disk i/o error", "the disk refused to read or write; look at the disk, then try again"),
)


def journal(version: Sequence[int]) -> str:
    """Return the journal that a SQLite version keeps safely.

    SQLite 3.7.0 to 3.51.2 can corrupt a file in WAL mode that has two connections (sqlite.org/wal.html#walresetbug);
    3.44.6 and 3.50.7 carry the repair.
    """
    major, minor, patch = version[:3]
    repaired_from = {(3, 44): 6, (3, 50): 7, (3, 51): 3}.get((major, minor))
    repaired = (major, minor) > (3, 51) if repaired_from is None else patch >= repaired_from
    return "wal" if repaired else "delete"


LibraryError: type[Exception] = sqlite.Error
JOURNAL = journal(sqlite.sqlite_version_info)
_READ = ("BEGIN",)
_DURABLE = ("PRAGMA synchronous=FULL", "BEGIN IMMEDIATE")
# After a power cut, NORMAL may lose the last commits but damages nothing in WAL mode; elsewhere it may damage.
_QUICK = ("PRAGMA synchronous=NORMAL", "BEGIN IMMEDIATE") if JOURNAL == "wal" else _DURABLE


@dataclass(frozen=True, slots=True)
class Database:
    """The store's file and the engine that reaches it."""

    path: Path
    engine: Engine


def database(path: Path) -> Database:
    """Return the file's database. Nothing is opened yet."""
    engine = sqlalchemy.create_engine(
        "sqlite://",
        module=sqlite,
        creator=lambda: connect(path),
        poolclass=QueuePool,
        pool_size=4,
        json_serializer=_as_json,
        max_overflow=-1,  # one more connection is cheap, a thread that waits for one is not
    )
    event.listen(engine, "begin", _begin)
    return Database(path, engine)


def _as_json(value: object) -> str:
    """Write a cell as JSON; most lists of an article are empty, and an encoder made anew for each takes its time."""
    return "[]" if value in ([], ()) else json.dumps(value)


def connect(path: Path, patience_seconds: float = BUSY_SECONDS) -> Any:  # noqa: ANN401 — of either library
    """Open one connection and set it up. Transactions are begun by hand (`isolation_level=None`)."""
    connection = sqlite.connect(str(path), timeout=patience_seconds, isolation_level=None, check_same_thread=False)
    try:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except sqlite.Error:
        connection.close()
        raise
    return connection


def pragma(connection: Any, name: str) -> Any:  # noqa: ANN401 — as above, and a PRAGMA answers what it likes
    """Return what a PRAGMA answers first."""
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def reading(store: Database) -> contextlib.AbstractContextManager[Connection]:
    """Open a transaction that sees one state of the store throughout."""
    return _transaction(store, _READ)


def writing(store: Database) -> contextlib.AbstractContextManager[Connection]:
    """Open a write transaction for what could be had again: a power cut may lose the last of them."""
    return _transaction(store, _QUICK)


def writing_durably(store: Database) -> contextlib.AbstractContextManager[Connection]:
    """Open a write transaction that, once left, outlives a power cut."""
    return _transaction(store, _DURABLE)


def execute_durably(store: Database, statement: str, rows: Sequence[Sequence[object]]) -> None:
    """Run a statement of SQLite's own for each row, in one transaction that outlives a power cut.

    Past SQLAlchemy's layers, for what is written so often that they would cost more than the write itself.
    """
    with plainly(store.path), contextlib.closing(store.engine.raw_connection()) as pooled:
        plain: Any = pooled.driver_connection
        with plain:  # commits, or rolls back
            for opening in _DURABLE:
                plain.execute(opening)
            plain.executemany(statement, rows)


def rebuilding(store: Database) -> contextlib.AbstractContextManager[Connection]:
    """Open a durable transaction in which tables may be rebuilt: dropping one does not empty those that refer to it.

    The connection must not be used again; dispose of the engine afterwards.
    """
    return _transaction(store, ("PRAGMA foreign_keys=OFF", *_DURABLE))


@contextlib.contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn what the library complains of into a StoreError of one line."""
    try:
        yield
    except OverflowError as error:
        raise NotFoundError(f"{path}: holds nothing under so large a number") from error
    except (SQLAlchemyError, sqlite.Error, ValueError, OSError) as error:
        cause = error.orig if isinstance(error, StatementError) and error.orig else error
        if isinstance(cause, ComposerError):
            raise cause from error
        raise StoreError(f"{path}: {_sentence(cause)}") from error


def tidy(store: Database) -> None:
    """Let the library look after its statistics, unless somebody is writing: it can wait for another day."""
    with contextlib.suppress(SQLAlchemyError, sqlite.Error), store.engine.connect() as connection:
        plain = connection.connection.driver_connection
        if plain is not None:
            plain.execute("PRAGMA busy_timeout=0")
            plain.execute("PRAGMA analysis_limit=400")
            plain.execute("PRAGMA optimize")


@contextlib.contextmanager
def _transaction(store: Database, opening: Sequence[str]) -> Iterator[Connection]:
    connecting = store.engine.execution_options(opening=opening).begin()
    with plainly(store.path), connecting as connection:
        yield connection


def _begin(connection: Connection) -> None:
    """Begin as the caller said. BEGIN IMMEDIATE takes the lock before it reads, so that no update is lost."""
    for statement in connection.get_execution_options().get("opening", _READ):
        connection.exec_driver_sql(statement)


def _sentence(error: BaseException) -> str:
    said = " ".join(str(error).split())
    return next((plain for mark, plain in _COMPLAINTS if mark in said.lower()), f"refused: {said}")
