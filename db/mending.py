"""What `currents doctor --fix` mends. Nothing of the editor's is dropped without a copy of the store beside it."""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from db import around, copies, engine, index, inside, manifest, schema
from db.cases import Case
from db.manifest import INDEX

Mend = Callable[[Case], None]


def upgrade(case: Case) -> None:
    """Bring an older store up to date, with the copy that an upgrade makes."""
    schema.upgrade(case.path)


def reindex(case: Case) -> None:
    """Make every index anew from its table."""
    with _changing(case) as connection:
        connection.execute("REINDEX")


def make_objects(case: Case) -> None:
    """Make indexes and triggers that are missing or changed."""
    with _changing(case) as connection:
        should, found = manifest.expected(inside.version(connection)), manifest.read(connection)
        for kind, name in (*manifest.missing(should, found), *manifest.changed(should, found)):
            if kind in {"index", "trigger"}:
                connection.execute(f'DROP {kind} IF EXISTS "{name}"')
                connection.execute(should[kind, name])


def drop_orphans(case: Case) -> None:
    """Drop what belonged to articles that are gone, and keep articles whose source is gone as if added by hand."""
    copies.back_up(case.path, case.path.with_name(f"{case.path.name}.before-fix"), replace=True)
    with _changing(case) as connection:
        known = {name for _, name in manifest.read(connection)}
        connection.execute(
            "UPDATE OR IGNORE articles SET source_id = NULL WHERE source_id NOT IN (SELECT id FROM sources)"
        )
        for table in (name for name in inside.BELONGING if name in known):
            connection.execute(f"DELETE FROM {table} WHERE article_id NOT IN (SELECT id FROM articles)")  # noqa: S608 — a name of ours


def rebuild_index(case: Case) -> None:
    """Make the full-text index anew from the articles."""
    with _changing(case) as connection:
        table = manifest.expected(inside.version(connection))["table", INDEX]
        connection.execute(f"DROP TABLE IF EXISTS {INDEX}")
        connection.execute(table)
        connection.execute("INSERT OR IGNORE INTO articles_unindexed SELECT id FROM articles")
    store = engine.database(case.path)
    try:
        index.bring_up_to_date(store)
    finally:
        store.engine.dispose()


def fold_journal(case: Case) -> None:
    """Choose the right journal and fold the write-ahead log into the file."""
    schema.upgrade(case.path)
    with engine.plainly(case.path), contextlib.closing(engine.connect(case.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def shut_out_strangers(case: Case) -> None:
    """Let only owner and group write the store."""
    with engine.plainly(case.path):
        for place in around.writable_by_all(case):
            place.chmod(place.stat().st_mode & 0o7775)


def sweep(case: Case) -> None:
    """Remove half-written files that nobody works on any more."""
    with engine.plainly(case.path):
        for place in around.forgotten(case):
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)


def free_sources(case: Case) -> None:
    """Give back sources that a dead process had claimed, or that a wrong clock would keep for ever."""
    bounds = [f"{moment:%Y-%m-%d %H:%M:%S.%f}" for moment in (case.now, case.now + inside.LEASE_LONGEST)]
    with _changing(case) as connection:
        connection.execute("UPDATE sources SET lease_until = NULL WHERE lease_until NOT BETWEEN ? AND ?", bounds)


MENDS: Mapping[str, Mend] = {  # in the order in which they are tried
    "permissions": shut_out_strangers,
    "version": upgrade,
    "integrity": reindex,
    "objects": make_objects,
    "foreign-keys": drop_orphans,
    "index": rebuild_index,
    "leases": free_sources,
    "journal": fold_journal,
    "leftovers": sweep,
}


@contextlib.contextmanager
def _changing(case: Case) -> Iterator[Any]:
    """Open a write transaction on a raw connection; left by an error, nothing has changed."""
    with engine.plainly(case.path), contextlib.closing(engine.connect(case.path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
