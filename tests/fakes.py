"""Fakes that fill the ports: what they stand for, kept in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Self

from composer.errors import ConflictError, NotFoundError, StoreError
from composer.model import (
    Article,
    ArticleQuery,
    ArticleState,
    Edition,
    Publication,
    Revision,
    Saved,
    Source,
)
from db.matching import match
from db.words import Term, question, tokens


class MemoryStore:
    """A store that forgets: the same answers as the real one, from lists and loops."""

    def __init__(self) -> None:
        self.sources = MemorySources()
        self.articles = MemoryArticles()
        self.editions = MemoryEditions()

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class MemorySources:
    def __init__(self) -> None:
        self.kept: dict[int, Source] = {}

    def add(self, source: Source) -> Source:
        self._refuse_second(source)
        kept = replace(source, id=len(self.kept) + 1)
        self.kept[kept.id] = _checked(kept)
        return kept

    def get(self, source_id: int) -> Source:
        return _held(self.kept, source_id)

    def all(self) -> tuple[Source, ...]:
        return tuple(self.kept.values())

    def save(self, source: Source) -> None:
        _held(self.kept, source.id)
        self._refuse_second(source)
        self.kept[source.id] = _checked(source)

    def _refuse_second(self, source: Source) -> None:
        if any(one.url == source.url and one.id != source.id for one in self.kept.values()):
            raise ConflictError(f"{source.url}: followed already")


class MemoryArticles:
    def __init__(self) -> None:
        self.kept: dict[int, Article] = {}

    def save(self, batch: Sequence[Article]) -> Saved:
        added, updated, after = 0, 0, dict(self.kept)
        for one in match(batch, tuple(self.kept.values())):
            if one.article.first_seen is None:
                raise StoreError(f"{one.article.title}: no first_seen")
            number = one.known.id if one.known else len(after) + 1
            added += one.known is None
            updated += one.known is not None and not one.is_unchanged
            after[number] = _checked(replace(one.article, id=number))
        self.kept = after
        return Saved(added=added, updated=updated, unchanged=len(batch) - added - updated)

    def get(self, article_id: int) -> Article:
        return _held(self.kept, article_id)

    def find(self, guid: str) -> Article | None:
        return next((one for one in self.kept.values() if one.source_id is None and one.guid == guid), None)

    def list(self, query: ArticleQuery) -> tuple[Article, ...]:
        found = [one for one in self.kept.values() if self._answers(one, query)]
        newest_first = sorted(found, key=lambda one: (_dated(one), one.id), reverse=True)
        return tuple(newest_first[: max(query.limit, 0)])

    def mark(self, article_ids: Sequence[int], state: ArticleState) -> None:
        marked = {number: replace(_held(self.kept, number), state=state) for number in article_ids}
        self.kept.update(marked)

    @staticmethod
    def _answers(article: Article, query: ArticleQuery) -> bool:
        return (
            article.state in query.states
            and query.source_id in (None, article.source_id)
            and (query.since is None or _dated(article) >= query.since)
            and _holds(article, query.words)
        )


class MemoryEditions:
    def __init__(self) -> None:
        self.kept: dict[int, Edition] = {}
        self.texts: dict[tuple[int, int], Revision] = {}
        self.gone_out: list[Publication] = []

    def create(self, edition: Edition, revision: Revision) -> Edition:
        if edition.created_at is None:
            raise StoreError(f"{edition.slug}: no created_at")
        if revision.number != 1:
            raise ConflictError(f"{edition.slug}: begins with revision 1")
        created = replace(edition, id=len(self.kept) + 1, revision=1)
        self._refuse_taken(created)
        self.texts[created.id, 1] = _checked(replace(revision, edition_id=created.id))
        self.kept[created.id] = _checked(created)
        return created

    def get(self, edition_id: int) -> Edition:
        return _held(self.kept, edition_id)

    def all(self) -> tuple[Edition, ...]:
        return tuple(reversed(self.kept.values()))

    def save(self, edition: Edition) -> None:
        self._write(edition, edition.revision)

    def revise(self, edition: Edition, revision: Revision) -> Edition:
        revised = replace(edition, revision=revision.number)
        _checked(revision)
        written = self._write(revised, revision.number - 1)
        self.texts[edition.id, revision.number] = replace(revision, edition_id=edition.id)
        return written

    def revision(self, edition_id: int, number: int) -> Revision:
        return _held(self.texts, (edition_id, number))

    def revisions(self, edition_id: int) -> tuple[Revision, ...]:
        return tuple(text for (owner, _), text in sorted(self.texts.items()) if owner == edition_id)

    def record(self, publication: Publication, edition: Edition) -> None:
        newest = self.get(publication.edition_id)
        self.revision(newest.id, publication.revision)
        if newest.revision != edition.revision:
            published = {"published_at": edition.published_at, "updated_at": edition.updated_at}
            edition = replace(newest, status=edition.status, **published)
        self._write(edition, newest.revision)
        self.gone_out.append(_checked(publication))

    def publication(self, edition_id: int, channel: str) -> Publication | None:
        here = (one for one in reversed(self.gone_out) if (one.edition_id, one.channel) == (edition_id, channel))
        return next(here, None)

    def _write(self, edition: Edition, follows: int) -> Edition:
        newest = self.get(edition.id)
        if newest.revision != follows:
            raise ConflictError(f"edition {edition.id}: changed meanwhile")
        self._refuse_taken(edition)
        first = newest.published_at or edition.published_at
        written = replace(edition, uid=newest.uid, created_at=newest.created_at, published_at=first)
        self.kept[edition.id] = _checked(written)
        return written

    def _refuse_taken(self, edition: Edition) -> None:
        for other in self.kept.values():
            same_name = edition.filename and other.filename == edition.filename
            if other.id != edition.id and (other.slug == edition.slug or other.uid == edition.uid or same_name):
                raise ConflictError(f"{edition.slug}: taken by edition {other.id}")


def _held(kept: dict[Any, Any], number: object) -> Any:
    if number not in kept:
        raise NotFoundError(f"nothing under {number}")
    return kept[number]


def _checked(value: Any) -> Any:
    """Refuse naive times, as the real store does."""
    for field in fields(value):
        moment = getattr(value, field.name)
        if isinstance(moment, datetime) and moment.utcoffset() is None:
            raise StoreError(f"{field.name}: a time without a zone")
    return value


def _dated(article: Article) -> datetime:
    assert article.first_seen
    return min(article.published or article.first_seen, article.first_seen)


def _holds(article: Article, typed: str) -> bool:
    asked = question(typed)
    if not asked.groups and not asked.unwanted:
        return not typed.strip()
    shelves = [tokens(words) for words in _words(article)]
    wanted = all(any(_stands(term, shelves) for term in group) for group in asked.groups)
    return wanted and not any(_stands(term, shelves) for term in asked.unwanted)


def _words(article: Article) -> Iterator[str]:
    yield from (article.title, article.summary, article.text, " ".join((article.outlet, *article.authors)))


def _stands(term: Term, shelves: Sequence[Sequence[str]]) -> bool:
    """Look for a run of tokens, one place after the other."""
    *whole, last = term.tokens
    for shelf in shelves:
        for start in range(len(shelf) - len(whole)):
            ending = shelf[start + len(whole)]
            goes_on = ending.startswith(last) if term.prefix else ending == last
            if goes_on and list(shelf[start : start + len(whole)]) == whole:
                return True
    return False
