"""The file's own version: made, checked and upgraded here, a copy first. Alembic is imported only when it is behind.

SQLite's `user_version` holds the number of the newest migration, so that opening a store costs one PRAGMA.
"""

import contextlib
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from composer.errors import StoreError
from db import engine

HEAD = 12  # the newest migration in versions/
MIGRATIONS = "db:migrations"
OURS = 0x43555252  # application_id, "CURR": tells a store from somebody else's SQLite file
# One statement, so that a file which another process is just making is seen before or after, never between.
_STAMP = (
    "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master) "
    "FROM pragma_user_version, pragma_application_id"
)
_ONE_UPGRADE = threading.Lock()  # Alembic keeps its context in a module


def upgrade(path: Path, head: int = HEAD, migrations: str = MIGRATIONS) -> None:
    """Bring a file to migration `head`, making it when it is missing; an older one is copied beside itself first.

    Raises StoreError, then the file stands as it was: it is no store, or newer than this program, or cannot be used.
    """
    with engine.plainly(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(engine.connect(path)) as connection:
            if _version(connection, path, head) < head:
                _migrate(path, head, migrations)
            _keep_journal(connection)


def _version(connection: Any, path: Path, head: int) -> int:  # noqa: ANN401 — a connection of either library
    number, application, tables = connection.execute(_STAMP).fetchone()
    if application != OURS and (number or tables):
        raise StoreError(f"{path}: a SQLite file, but no store of Currents; name another file")
    if number > head:
        raise StoreError(
            f"{path}: written by a newer Currents (store version {number}, this one knows {head}); "
            "update Currents; nothing was changed"
        )
    return int(number)


def _migrate(path: Path, head: int, migrations: str) -> None:
    """Take every step in one transaction: killed half-way, the file is as it was."""
    store = engine.database(path)
    try:
        with _ONE_UPGRADE, engine.rebuilding(store) as connection:
            plain = connection.connection.driver_connection
            version = _version(plain, path, head)
            if version == head:
                return  # another process did it while this one waited for the lock
            if version:
                _copy(path, path.with_name(f"{path.name}.before-{head:04}"))
            _run(connection, head, migrations)
            _refuse_orphans(plain, path)
            _stamp(plain, head)
    finally:
        store.engine.dispose()


def _copy(path: Path, copy: Path) -> None:
    """Copy the store as it stands and read the copy over, before it gets its name. Raises StoreError."""
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    try:
        with contextlib.closing(engine.connect(path)) as old, contextlib.closing(engine.connect(part)) as new:
            old.backup(new)
            if engine.pragma(new, "quick_check") != "ok":
                raise StoreError(f"{path}: is damaged, so it was not upgraded; put a copy of the store in its place")
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)


def _run(connection: Connection, head: int, migrations: str) -> None:
    from alembic import command  # noqa: PLC0415 — slow to import, and hardly ever needed
    from alembic.config import Config  # noqa: PLC0415 — as above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", migrations.replace("%", "%%"))
    command.upgrade(config, f"{head:04}")


def _refuse_orphans(connection: Any, path: Path) -> None:  # noqa: ANN401 — as above
    if orphan := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise StoreError(f"{path}: a row of {orphan[0]} points nowhere, so the store was not upgraded; report this")


def _stamp(connection: Any, version: int) -> None:  # noqa: ANN401 — as above
    connection.execute(f"PRAGMA application_id={OURS}")
    connection.execute(f"PRAGMA user_version={version}")


def _keep_journal(connection: Any) -> None:  # noqa: ANN401 — as above
    """Choose the journal, unless somebody holds the file: every journal is right, and the next to open will choose."""
    with contextlib.suppress(engine.LibraryError):
        if engine.pragma(connection, "journal_mode") != engine.JOURNAL:
            connection.execute(f"PRAGMA journal_mode={engine.JOURNAL}")
