"""The journal of publications. Every write here outlives a power cut."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, delete, select, text
from sqlalchemy.dialects.sqlite import insert

from composer.journal import Plan
from db import engine
from db.bulk import portions
from db.outgoing import outbox_files, planned_files, plans


@dataclass(frozen=True, slots=True)
class SqlJournal:
    """Plans in the store's file, and what was written where."""

    database: engine.Database

    def begin(self, plan: Plan) -> None:
        """Write a plan down, in the place of its edition's last one; the files of that one stay known until it ends."""
        row = {"edition_id": plan.edition_id, "revision": plan.revision, "moment": plan.moment}
        files = [{"edition_id": plan.edition_id, "path": path, "sha256": sha} for path, sha in plan.files.items()]
        with engine.writing_durably(self.database) as connection:
            connection.execute(insert(plans).on_conflict_do_update(index_elements=["edition_id"], set_=row), row)
            if files:
                connection.execute(insert(planned_files).on_conflict_do_nothing(), files)

    def plan(self, edition_id: int) -> Plan | None:
        """Return the plan of an edition that began and did not end, without its folders."""
        its = select(planned_files.c.path, planned_files.c.sha256).where(planned_files.c.edition_id == edition_id)
        its = its.order_by(text("rowid"))  # of two that one path was to have, the later one holds
        with engine.reading(self.database) as connection:
            row = connection.execute(select(plans).where(plans.c.edition_id == edition_id)).mappings().first()
            return Plan(**row, files={row.path: row.sha256 for row in connection.execute(its)}) if row else None

    def unfinished(self) -> tuple[int, ...]:
        """Return the editions whose publication began and did not end, smallest first."""
        with engine.reading(self.database) as connection:
            return tuple(connection.scalars(select(plans.c.edition_id).order_by(plans.c.edition_id)))

    def withdraw(self, edition_id: int) -> None:
        """Strike out a plan of which nothing was written."""
        with engine.writing_durably(self.database) as connection:
            connection.execute(delete(plans).where(plans.c.edition_id == edition_id))

    def finish(self, plan: Plan) -> None:
        """Strike out a plan whose files all stand now; what its folders held before is forgotten."""
        files = [{"path": path, "sha256": sha} for path, sha in plan.files.items()]
        with engine.writing_durably(self.database) as connection:
            for folder in plan.folders:
                connection.execute(delete(outbox_files).where(_below(outbox_files, folder)))
            if files:
                anew = insert(outbox_files)
                anew = anew.on_conflict_do_update(index_elements=["path"], set_={"sha256": anew.excluded.sha256})
                connection.execute(anew, files)
            connection.execute(delete(plans).where(plans.c.edition_id == plan.edition_id))

    def known(self, paths: Sequence[str], folders: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Return what we may have written at these paths and below these folders: path → the sha256 of each."""
        found: dict[str, frozenset[str]] = {}
        with engine.reading(self.database) as connection:
            for table in (outbox_files, planned_files):
                for path, sha in _lying(connection, table, paths, folders):
                    found[path] = found.get(path, frozenset()) | {sha}
        return found


def _lying(
    connection: Connection, table: Table, paths: Sequence[str], folders: Sequence[str]
) -> Iterator[tuple[str, str]]:
    asked = select(table.c.path, table.c.sha256)
    for some in portions(paths):
        yield from connection.execute(asked.where(table.c.path.in_(some)))
    for folder in folders:
        yield from connection.execute(asked.where(_below(table, folder)))


def _below(table: Table, folder: str) -> ColumnElement[bool]:
    return table.c.path.between(f"{folder}/", f"{folder}/\U0010ffff")
