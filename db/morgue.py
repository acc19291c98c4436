"""The morgue: what past editions carried, cut from their published revisions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, true, tuple_

from composer.choice import Clipping, Trace
from db import engine, rows
from db.bulk import portions
from db.tables import clipping_keys, clipping_runs, clippings, filings, publications

_SAME = (filings.c.edition_id == publications.c.edition_id, filings.c.revision == publications.c.revision)
_PLACE = (clippings.c.edition_id, clippings.c.revision, clippings.c.number)


@dataclass(frozen=True, slots=True)
class SqlMorgue:
    """Clippings in the store's file."""

    database: engine.Database

    def unfiled(self) -> tuple[tuple[int, int], ...]:
        """Return the published revisions that nobody has cut yet, as (edition, revision), oldest first."""
        out = select(publications.c.edition_id, publications.c.revision)
        fresh = out.where(~select(filings.c.edition_id).where(*_SAME).exists())
        grouped = fresh.group_by(publications.c.edition_id, publications.c.revision)
        with engine.reading(self.database) as connection:
            found = connection.execute(grouped.order_by(func.min(publications.c.id)))
            return tuple((edition_id, revision) for edition_id, revision in found)

    def file(self, edition_id: int, revision: int, cut: Sequence[Clipping], traces: Sequence[Trace]) -> None:
        """Keep what a published revision carried, each with its trace; one that is filed already stays as it was."""
        its = {"edition_id": edition_id, "revision": revision}
        here = (filings.c.edition_id == edition_id, filings.c.revision == revision)
        with engine.writing(self.database) as connection:
            if connection.execute(select(filings).where(*here)).first():
                return
            connection.execute(insert(filings), its)
            for number, (one, trace) in enumerate(zip(cut, traces, strict=True), 1):
                own = {**its, "number": number}
                connection.execute(insert(clippings), {**rows.clipping_row(one), **own, "day": trace.day})
                if trace.keys:
                    connection.execute(insert(clipping_keys), [{**own, "key": key} for key in sorted(trace.keys)])
                if trace.runs:
                    connection.execute(insert(clipping_runs), [{**own, "run": run} for run in sorted(trace.runs)])

    def all(self) -> tuple[Clipping, ...]:
        """Return every clipping, the newest edition's first."""
        with engine.reading(self.database) as connection:
            return tuple(rows.clipping_value(row) for row in connection.execute(_told(true())).mappings())

    def near(self, traces: Sequence[Trace], days: int) -> tuple[Clipping, ...]:
        """Return the clippings that share a key or a run with one of these, or lie within so many days of it."""
        keys = sorted({key for trace in traces for key in trace.keys})
        runs = sorted({run for trace in traces for run in trace.runs})
        close = {trace.day for trace in traces if trace.day is not None}
        with engine.reading(self.database) as connection:
            found = {*_holding(connection, clipping_keys.c.key, keys), *_holding(connection, clipping_runs.c.run, runs)}
            for day in close:
                lying = select(*_PLACE).where(clippings.c.day.between(day - days, day + days))
                found.update((row[0], row[1], row[2]) for row in connection.execute(lying))
            parts = [_told(tuple_(*_PLACE).in_(some)) for some in portions(sorted(found))]
            told = [rows.clipping_value(row) for part in parts for row in connection.execute(part).mappings()]
        return tuple(sorted(told, key=lambda one: (one.ran_at, one.edition_id, one.revision), reverse=True))

    def empty(self) -> None:
        """Forget every clipping; the published revisions are all unfiled then."""
        with engine.writing(self.database) as connection:
            for table in (clipping_runs, clipping_keys, filings):
                connection.execute(delete(table))


def _told(chosen: ColumnElement[bool]) -> Select[Any]:
    """Return the question for some clippings, with when their edition first went out, in their order."""
    first = select(func.min(publications.c.published_at)).where(publications.c.edition_id == clippings.c.edition_id)
    ran_at = first.scalar_subquery().label("ran_at")
    its = [column for column in clippings.c if column.name != "day"]
    by = (ran_at.desc(), clippings.c.edition_id.desc(), clippings.c.revision.desc(), clippings.c.number)
    return select(*its, ran_at).where(chosen).order_by(*by)


def _holding(
    connection: Connection, column: ColumnElement[Any], wanted: Sequence[str] | Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """Give the places of the clippings whose trace holds one of these."""
    its = column.table.c
    for some in portions(wanted):
        for row in connection.execute(select(its.edition_id, its.revision, its.number).where(column.in_(some))):
            yield row[0], row[1], row[2]
