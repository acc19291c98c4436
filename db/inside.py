"""What the doctor looks at inside the store. Every check reads; `index` alone takes the write lock for a moment."""

import contextlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from composer.model import Finding
from db import engine, manifest, schema
from db.cases import Case, error, fine, note, warning
from db.manifest import INDEX

Check = Callable[[Any, Case], Finding]
LEASE_LONGEST = timedelta(hours=1)  # a visit claims its source for some minutes
CLOCK_SLACK = timedelta(minutes=5)
BELONGING = (  # worth nothing alone
    "article_texts",
    "article_versions",
    "article_sketches",
    "article_terms",
    "articles_unindexed",
    "article_sightings",
)
_FIRST_YEAR = 2026
_LOG_MOST = 256 * 1024 * 1024
_SAID_MOST = 3
_LINE_MOST = 100  # characters
_REINDEXED = ("missing from index", "wrong # of entries in index")
_UNFOUND = """
    SELECT (SELECT count(*) FROM articles WHERE id NOT IN (SELECT id FROM article_words_docsize)
            AND id NOT IN (SELECT article_id FROM articles_unindexed)),
           (SELECT count(*) FROM article_words_docsize WHERE id NOT IN (SELECT id FROM articles)),
           (SELECT count(*) FROM articles_unindexed)
"""


def integrity(connection: Any, case: Case) -> Finding:  # noqa: ANN401 — a connection of either library
    """Have SQLite read every page of the file."""
    answers = connection.execute("PRAGMA integrity_check(100)").fetchall()
    said = [line for row in answers for line in str(row[0]).splitlines() if not _is_beside(line)]
    if not said:
        return fine("integrity", "every page reads well")
    if all(any(mark in line for mark in _REINDEXED) for line in said):
        return error("integrity", "an index is wrong, the rows are whole; `currents doctor --fix`", mendable=True)
    more = f" and {len(said) - 1} more" if len(said) > 1 else ""
    return error("integrity", f"damaged ({said[0][:_LINE_MOST]}{more}); {case.way_back()}")


def foreign_keys(connection: Any, case: Case) -> Finding:  # noqa: ANN401 — as above
    """Look for rows that refer to one that is not there."""
    tables = [row[0] for row in connection.execute("PRAGMA foreign_key_check").fetchall()]
    if not tables:
        return fine("foreign-keys", "every row points to one that is there")
    counted = _some([f"{tables.count(table)} of {table}" for table in sorted(set(tables))])
    if set(tables) <= {*BELONGING, "articles"}:
        return error("foreign-keys", f"rows that point nowhere: {counted}; `currents doctor --fix`", mendable=True)
    return error("foreign-keys", f"rows that point nowhere: {counted}; {case.way_back()}")


def objects(connection: Any, case: Case) -> Finding:  # noqa: ANN401 — as above
    """Compare tables, indexes and triggers with what the migrations make."""
    should, found = manifest.expected(version(connection)), manifest.read(connection)
    absent, altered = manifest.missing(should, found), manifest.changed(should, found)
    mendable = [each for each in (*absent, *altered) if each[0] in {"index", "trigger"}]
    if lost := [each for each in absent if each[0] == "table" and each[1] != INDEX]:
        return error("objects", f"missing: {_named(lost)}; {case.way_back()}")
    if mendable:
        return error("objects", f"missing or changed: {_named(mendable)}; `currents doctor --fix`", mendable=True)
    if altered:
        return warning("objects", f"not as Currents makes it: {_named(altered)}; {case.way_back()}")
    if strange := manifest.foreign(should, found):
        return warning("objects", f"not ours: {_named(strange)}; drop it unless you know what it is for")
    return fine("objects", "tables, indexes and triggers are those that this version makes")


def index(connection: Any, case: Case) -> Finding:  # noqa: ANN401, ARG001 — as above; every check is asked alike
    """Have the full-text index check itself, then look for articles that no search would find."""
    try:
        connection.execute("INSERT INTO article_words(article_words) VALUES ('integrity-check')")
        unfound, orphans, queued = connection.execute(_UNFOUND).fetchone()
    except engine.LibraryError as trouble:
        if "locked" in str(trouble):
            return warning("index", "another program is writing; look again when it is done")
        if _is_outer(trouble):
            raise
        return error("index", "the full-text index is damaged; `currents doctor --fix` builds it anew", mendable=True)
    if unfound or orphans:
        stale = f"{unfound} articles missing from it, {orphans} in it that are gone"
        return error("index", f"the full-text index is stale ({stale}); `currents doctor --fix`", mendable=True)
    waiting = f"; {queued} articles wait for the next search" if queued else ""
    return fine("index", f"the full-text index is whole{waiting}")


def journal(connection: Any, case: Case) -> Finding:  # noqa: ANN401 — as above
    """Look at the journal's kind and at the size of the write-ahead log."""
    kind = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if kind != engine.JOURNAL:
        said = f"the journal is {kind}, {engine.JOURNAL} is right for this SQLite; `currents doctor --fix`"
        return warning("journal", said, mendable=True)
    size = _size_of_log(case)
    if size > _LOG_MOST:
        said = f"the write-ahead log has {size >> 20} MB; `currents doctor --fix` folds it into the store"
        return warning("journal", said, mendable=True)
    return fine("journal", f"{kind}, log {size >> 20} MB")


def clock(connection: Any, case: Case) -> Finding:  # noqa: ANN401 — as above
    """Compare the clock with what the store has seen."""
    if case.now.year < _FIRST_YEAR:
        return warning("clock", f"says {case.now:%Y-%m-%d}, which cannot be; set the clock")
    newest = _moment(connection.execute("SELECT max(first_seen) FROM articles").fetchone()[0])
    if newest and newest > case.now + CLOCK_SLACK:
        said = f"an article was seen at {newest:%Y-%m-%d %H:%M} UTC, which is yet to come"
        return warning("clock", f"{said}; set the clock, unless it was wrong then")
    return fine("clock", f"{case.now:%Y-%m-%d %H:%M} UTC")


def leases(connection: Any, case: Case) -> Finding:  # noqa: ANN401 — as above
    """Look for sources that a process claimed and never gave back."""
    held = [_moment(row[0]) for row in connection.execute("SELECT lease_until FROM sources WHERE lease_until NOTNULL")]
    endless = [until for until in held if until and until > case.now + LEASE_LONGEST]
    if endless:
        said = f"{len(endless)} sources are claimed until {max(endless):%Y-%m-%d %H:%M} UTC and nobody visits them"
        return warning("leases", f"{said}; `currents doctor --fix` frees them", mendable=True)
    if past := [until for until in held if until and until < case.now]:
        said = f"{len(past)} sources were claimed by a process that died; harmless, `--fix` clears it"
        return note("leases", said, mendable=True)
    return fine("leases", f"{len(held)} sources are being visited" if held else "no source is held")


def version(connection: Any) -> int:  # noqa: ANN401 — as above
    """Return the store's version."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _is_beside(line: str) -> bool:
    """Say whether a line is no damage of the file: all is well, a heading, or the index's, which has its own check."""
    return line == "ok" or line.startswith("***") or "fts5" in line.lower()


def publishing(connection: Any, case: Case) -> Finding:  # noqa: ANN401 — as above
    """Look for publications that began and did not end."""
    del case
    begun = [row[0] for row in connection.execute("SELECT edition_id FROM plans ORDER BY edition_id").fetchall()]
    if not begun:
        return fine("publishing", "every publication that began has ended")
    cut = [f"edition {number} was cut off; `currents publish {number}` ends that" for number in begun if number]
    lists = ["the lists were cut off; `currents feed` ends that"] if 0 in begun else []
    return warning("publishing", "; ".join((*cut, *lists)))


def _is_outer(trouble: Exception) -> bool:
    """Say whether the trouble is none of the index's."""
    return any(mark in str(trouble) for mark in ("readonly", "disk is full", "disk I/O"))


def _size_of_log(case: Case) -> int:
    log = case.path.with_name(f"{case.path.name}-wal")
    with contextlib.suppress(OSError):
        return log.stat().st_size
    return 0


def _moment(words: object) -> datetime | None:
    return datetime.fromisoformat(str(words)).replace(tzinfo=UTC) if words else None


def _named(these: Sequence[tuple[str, str]]) -> str:
    return _some([f"{kind} {name}" for kind, name in these])


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - _SAID_MOST} more" if len(words) > _SAID_MOST else ""
    return ", ".join(" ".join(word.split()) for word in words[:_SAID_MOST]) + more


BASE: tuple[tuple[str, Check], ...] = (
    ("integrity", integrity),
    ("foreign-keys", foreign_keys),
    ("objects", objects),
    ("journal", journal),
)
TODAY: tuple[tuple[str, Check], ...] = (  # of version HEAD only
    ("index", index),
    ("clock", clock),
    ("leases", leases),
    ("publishing", publishing),
)


def checks(number: int) -> tuple[tuple[str, Check], ...]:
    """Return what to look at in a store of a version."""
    return BASE + TODAY if number == schema.HEAD else BASE
