"""Row ⇄ value: the only place that knows both."""

from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import RowMapping

from composer.choice import Clipping
from composer.commissions import Answer, Commission
from composer.errors import StoreError
from composer.lifecycle import Event
from composer.model import Article, Edition, Enclosure, Picture, Publication, Revision, Source
from composer.records import Snapshot
from db import sketches
from db.times import utc

_SOURCE = tuple(field.name for field in fields(Source))
_ARTICLE = tuple(field.name for field in fields(Article) if field.name not in {"id", "picture", "text"})
_cells_of = attrgetter(*_ARTICLE)
_ANSWER = ("tokens_in", "tokens_out", "milliseconds", "written_at")
LEAN = ("id", "source_id", "guid", "url", "title", "outlet", "published", "first_seen", "state")  # of ArticleQuery.lean
_PICTURE = ("url", "alt", "caption", "credit")


def source_row(source: Source) -> dict[str, Any]:
    """Return a source as its row, without the number."""
    return {**_columns(source), "tags": list(source.tags)}


def source_value(row: RowMapping) -> Source:
    """Return a row of `sources` as a source."""
    return Source(**{**{name: row[name] for name in _SOURCE}, "tags": tuple(row["tags"])})


def article_row(article: Article) -> dict[str, Any]:
    """Return an article as its row, without number and text. Raises StoreError when nobody says when it was seen."""
    row = dict(zip(_ARTICLE, _cells_of(article), strict=True))
    picture = article.picture
    row["enclosures"] = tuple((one.url, one.media_type, one.bytes_length) for one in article.enclosures)
    row["dated"] = dated(article)
    row["picture_url"] = picture.url if picture else None
    row["picture_alt"] = picture.alt if picture else ""
    row["picture_caption"] = picture.caption if picture else ""
    row["picture_credit"] = picture.credit if picture else ""
    return row


def article_value(row: RowMapping) -> Article:
    """Return a row of `articles` with its text as an article."""
    plain = {name: row[name] for name in (*_ARTICLE, "id", "text")}
    plain.update({name: tuple(row[name]) for name in ("authors", "categories", "also")})
    plain["enclosures"] = tuple(
        Enclosure(url=url, media_type=kind, bytes_length=length) for url, kind, length in row["enclosures"]
    )
    picture = {name: row[f"picture_{name}"] for name in _PICTURE}
    return Article(**plain, picture=None if picture["url"] is None else Picture(**picture))


def edition_row(edition: Edition) -> dict[str, Any]:
    """Return an edition as its row, without the number."""
    return _columns(edition)


def edition_value(row: RowMapping) -> Edition:
    """Return a row of `editions` as an edition."""
    return Edition(**row)


def revision_row(revision: Revision) -> dict[str, Any]:
    """Return a revision as its row."""
    return _columns(revision)


def revision_value(row: RowMapping) -> Revision:
    """Return a row of `revisions` as a revision."""
    return Revision(**row)


def publication_row(publication: Publication) -> dict[str, Any]:
    """Return a publication as its row."""
    return _columns(publication)


def publication_value(row: RowMapping) -> Publication:
    """Return a row of `publications` as a publication; it has a number of its own that nobody needs."""
    return Publication(**{name: cell for name, cell in row.items() if name != "id"})


def event_row(event: Event) -> dict[str, Any]:
    """Return a step as its row; its number is the store's own."""
    return _columns(event)


def event_value(row: RowMapping) -> Event:
    """Return a row of `events` as a step."""
    return Event(**{name: cell for name, cell in row.items() if name != "id"})


def commission_row(commission: Commission, answer: Answer) -> dict[str, Any]:
    """Return an answer as its row; of what was sent only hashes are kept."""
    return {
        "key": commission.key,
        "base_url": commission.base_url,
        "model": commission.model,
        "prompt_version": commission.prompt_version,
        "article_sha256": commission.article_sha256,
        "answer": answer.text,
        **{name: getattr(answer, name) for name in _ANSWER},
    }


def answer_value(row: RowMapping) -> Answer:
    """Return a row of `commissions` as the answer that it holds."""
    return Answer(text=row["answer"], **{name: row[name] for name in _ANSWER})


def clipping_row(clipping: Clipping) -> dict[str, Any]:
    """Return a clipping as its row; when it ran is told by its edition's publications."""
    return {name: cell for name, cell in _columns(clipping).items() if name != "ran_at"} | {
        "sketch": sketches.packed(clipping.sketch)
    }


def clipping_value(row: RowMapping) -> Clipping:
    """Return a row of `clippings`, with the moment when its edition first went out, as a clipping."""
    plain = {name: cell for name, cell in row.items() if name != "number"}
    return Clipping(**{**plain, "urls": tuple(row["urls"]), "sketch": sketches.unpacked(row["sketch"])})


def snapshot_row(snapshot: Snapshot) -> dict[str, Any]:
    """Return a snapshot as its row, without the text."""
    row = {**_columns(snapshot), "authors": list(snapshot.authors)}
    del row["text"]
    return row


def snapshot_value(row: RowMapping) -> Snapshot:
    """Return a row of `snapshots` with its text as a snapshot."""
    return Snapshot(**{**row, "authors": tuple(row["authors"])})


def _columns(value: Any) -> dict[str, Any]:  # noqa: ANN401 — any of the nouns
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name != "id"}


def dated(article: Article) -> datetime:
    """Return what "newest first" goes by: when it was published, never later than it was first seen.

    Raises StoreError when nobody says when that was.
    """
    if article.first_seen is None:
        raise StoreError(f"{article.title}: an article needs the time when it was first seen")
    seen = utc(article.first_seen)
    return min(utc(article.published), seen) if article.published else seen
