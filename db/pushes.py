"""What was written to newsletter services, and where pictures lie there. Every write here outlives a power cut."""

from dataclasses import dataclass, fields

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from composer.services import Push
from db import engine
from db.outgoing import pushes, uploads


@dataclass(frozen=True, slots=True)
class SqlPushes:
    """Pushes in the store's file."""

    database: engine.Database

    def last(self, edition_id: int, service: str) -> Push | None:
        """Return what was written there of an edition last."""
        its = select(pushes).where(pushes.c.edition_id == edition_id, pushes.c.service == service)
        with engine.reading(self.database) as connection:
            row = connection.execute(its).mappings().first()
        return Push(**row) if row else None

    def keep(self, push: Push) -> None:
        """Keep what was written, in the place of what was before."""
        its = (pushes.c.edition_id == push.edition_id, pushes.c.service == push.service)
        with engine.writing_durably(self.database) as connection:
            connection.execute(delete(pushes).where(*its))
            connection.execute(insert(pushes), {one.name: getattr(push, one.name) for one in fields(push)})

    def picture(self, service: str, sha256: str) -> str:
        """Return where a picture lies at a service, "" when it was not put there yet."""
        its = select(uploads.c.url).where(uploads.c.service == service, uploads.c.sha256 == sha256)
        with engine.reading(self.database) as connection:
            return connection.scalar(its) or ""

    def keep_picture(self, service: str, sha256: str, url: str) -> None:
        """Keep where a picture lies."""
        row = {"service": service, "sha256": sha256, "url": url}
        with engine.writing_durably(self.database) as connection:
            connection.execute(insert(uploads).on_conflict_do_nothing(), row)
