"""The shelf of editions, their revisions and publications. Every write here outlives a power cut."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, Text, cast, insert, or_, select, update

from composer.errors import ConflictError, NotFoundError
from composer.lifecycle import Event
from composer.model import Edition, Publication, Revision
from db import engine, rows
from db.tables import editions, events, publications, revisions


@dataclass(frozen=True, slots=True)
class SqlEditions:
    """Editions in the store's file."""

    database: engine.Database

    def create(self, edition: Edition, revision: Revision) -> Edition:
        """Keep a new edition with its first revision, in one transaction, and return it with its number.

        Raises ConflictError when its slug, uid or filename is taken.
        """
        first = replace(edition, revision=1)
        with engine.writing_durably(self.database) as connection:
            _refuse_taken(connection, first)
            kept = connection.execute(insert(editions).returning(editions.c.id), rows.edition_row(first))
            created = replace(first, id=kept.scalar_one())
            _append(connection, created, revision)
        return created

    def get(self, edition_id: int) -> Edition:
        """Return an edition. Raises NotFoundError."""
        with engine.reading(self.database) as connection:
            return record_of(connection, edition_id)

    def all(self) -> tuple[Edition, ...]:
        """Return every edition, newest first."""
        with engine.reading(self.database) as connection:
            found = connection.execute(select(editions).order_by(editions.c.id.desc())).mappings()
            return tuple(rows.edition_value(row) for row in found)

    def save(self, edition: Edition) -> None:
        """Keep an edition's record (not its words).

        Raises NotFoundError, and ConflictError when its slug is taken or a revision was saved since it was read.
        """
        with engine.writing_durably(self.database) as connection:
            _write(connection, edition, follows=edition.revision)

    def revise(self, edition: Edition, revision: Revision, event: Event | None = None) -> Edition:
        """Keep a new revision together with the record that was read from it, and what it ends, in one transaction.

        Raises NotFoundError, and ConflictError unless `revision.number` follows the newest.
        """
        revised = replace(edition, revision=revision.number)
        with engine.writing_durably(self.database) as connection:
            written = _write(connection, revised, follows=revision.number - 1)
            _append(connection, written, revision)
            if event:
                log(connection, event)
        return written

    def revision(self, edition_id: int, number: int) -> Revision:
        """Return a revision. Raises NotFoundError."""
        one = select(revisions).where(revisions.c.edition_id == edition_id, revisions.c.number == number)
        with engine.reading(self.database) as connection:
            row = connection.execute(one).mappings().first()
        if row is None:
            raise NotFoundError(f"no revision {number} of edition {edition_id} in the store")
        return rows.revision_value(row)

    def revisions(self, edition_id: int) -> tuple[Revision, ...]:
        """Return every revision of an edition, oldest first."""
        every = select(revisions).where(revisions.c.edition_id == edition_id).order_by(revisions.c.number)
        with engine.reading(self.database) as connection:
            return tuple(rows.revision_value(row) for row in connection.execute(every).mappings())

    def record(self, publication: Publication, edition: Edition, event: Event | None = None) -> None:
        """Keep that an edition went out, with its record and the step that this was, durably and in one transaction.

        What went out went out: should a revision have been saved meanwhile, its title, slug and file name stand and
        only status and times are taken from `edition`. Raises NotFoundError.
        """
        with engine.writing_durably(self.database) as connection:
            newest = record_of(connection, publication.edition_id)
            if newest.revision < publication.revision:
                raise NotFoundError(f"no revision {publication.revision} of edition {newest.id} in the store")
            _write(connection, _published(newest, edition), follows=newest.revision)
            connection.execute(insert(publications), rows.publication_row(publication))
            if event:
                log(connection, event)

    def publication(self, edition_id: int, channel: str) -> Publication | None:
        """Return the newest publication of an edition on a channel."""
        here = (publications.c.edition_id == edition_id, publications.c.channel == channel)
        newest = select(publications).where(*here).order_by(publications.c.id.desc()).limit(1)
        with engine.reading(self.database) as connection:
            row = connection.execute(newest).mappings().first()
        return rows.publication_value(row) if row else None

    def named(self, name: str) -> tuple[Edition, ...]:
        """Return the editions that go by a name, newest first: slug, uid, title, number, or file without its .md."""
        its = editions.c
        called = {its.slug: name, its.uid: name, its.title: name, cast(its.id, Text): name, its.filename: f"{name}.md"}
        chosen = or_(*(column == word for column, word in called.items()))
        with engine.reading(self.database) as connection:
            found = connection.execute(select(editions).where(chosen).order_by(its.id.desc())).mappings()
            return tuple(rows.edition_value(row) for row in found)

    def publications(self, edition_id: int) -> tuple[Publication, ...]:
        """Return every publication of an edition, oldest first."""
        its = select(publications).where(publications.c.edition_id == edition_id).order_by(publications.c.id)
        with engine.reading(self.database) as connection:
            return tuple(rows.publication_value(row) for row in connection.execute(its).mappings())


def _published(newest: Edition, edition: Edition) -> Edition:
    if newest.revision == edition.revision:
        return edition
    return replace(newest, status=edition.status, published_at=edition.published_at, updated_at=edition.updated_at)


def record_of(connection: Connection, edition_id: int) -> Edition:
    """Return an edition's record in the caller's transaction. Raises NotFoundError."""
    row = connection.execute(select(editions).where(editions.c.id == edition_id)).mappings().first()
    if row is None:
        raise NotFoundError(f"no edition {edition_id} in the store; list the editions to see their numbers")
    return rows.edition_value(row)


def _write(connection: Connection, edition: Edition, *, follows: int) -> Edition:
    """Write a record over the one that stood at revision `follows`; uid, birth and first publication never move."""
    newest = record_of(connection, edition.id)
    if newest.revision != follows:
        raise ConflictError(
            f"edition {edition.id}: revision {newest.revision} was saved meanwhile; read that one, then save again"
        )
    _refuse_taken(connection, edition)
    first = newest.published_at or edition.published_at
    written = replace(edition, uid=newest.uid, created_at=newest.created_at, published_at=first)
    connection.execute(update(editions).where(editions.c.id == edition.id).values(rows.edition_row(written)))
    return written


def _append(connection: Connection, edition: Edition, revision: Revision) -> None:
    if revision.number != edition.revision:
        raise ConflictError(f"{edition.slug}: a new edition begins with revision 1, not {revision.number}")
    connection.execute(insert(revisions), rows.revision_row(replace(revision, edition_id=edition.id)))


def _refuse_taken(connection: Connection, edition: Edition) -> None:
    taken = {"slug": edition.slug, "uid": edition.uid, "filename": edition.filename}
    for name, words in taken.items():
        same = select(editions.c.id).where(editions.c[name] == words, editions.c.id != edition.id)
        if words and (holder := connection.scalar(same)):
            raise ConflictError(f"{words}: edition {holder} has this {name} already; choose another")


def log(connection: Connection, event: Event) -> None:
    """Write a step down in the caller's transaction."""
    connection.execute(insert(events), rows.event_row(event))
