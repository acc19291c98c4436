"""The morgue: what past editions carried, cut from their published revisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from composer.choice import Clipping
from db import engine, rows
from db.tables import clippings, filings, publications

_SAME = (filings.c.edition_id == publications.c.edition_id, filings.c.revision == publications.c.revision)


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

    def file(self, edition_id: int, revision: int, cut: Sequence[Clipping]) -> None:
        """Keep what a published revision carried; one that is filed already stays as it was."""
        its = {"edition_id": edition_id, "revision": revision}
        here = (filings.c.edition_id == edition_id, filings.c.revision == revision)
        with engine.writing(self.database) as connection:
            if connection.execute(select(filings).where(*here)).first():
                return
            connection.execute(insert(filings), its)
            records = [{**rows.clipping_row(one), **its, "number": place} for place, one in enumerate(cut, 1)]
            if records:
                connection.execute(insert(clippings), records)

    def all(self) -> tuple[Clipping, ...]:
        """Return every clipping, the newest edition's first."""
        out = select(publications.c.edition_id, func.min(publications.c.published_at).label("ran_at"))
        first = out.group_by(publications.c.edition_id).subquery()
        every = select(clippings, first.c.ran_at).join(first, first.c.edition_id == clippings.c.edition_id)
        by = (first.c.ran_at.desc(), clippings.c.edition_id.desc(), clippings.c.revision.desc(), clippings.c.number)
        with engine.reading(self.database) as connection:
            return tuple(rows.clipping_value(row) for row in connection.execute(every.order_by(*by)).mappings())

    def empty(self) -> None:
        """Forget every clipping; the published revisions are all unfiled then."""
        with engine.writing(self.database) as connection:
            connection.execute(delete(filings))
