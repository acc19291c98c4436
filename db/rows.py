"""Row ⇄ value: the only place that knows both."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from composer.errors import StoreError
from composer.model import Article, Edition, Picture, Publication, Revision, Source
from db.times import utc


def source_row(source: Source) -> dict[str, Any]:
    """Return a source as its row, without the number."""
    return {**_columns(source), "tags": list(source.tags)}


def source_value(row: RowMapping) -> Source:
    """Return a row of `sources` as a source."""
    return Source(**{**row, "tags": tuple(row["tags"])})


def article_row(article: Article) -> dict[str, Any]:
    """Return an article as its row, without number and text. Raises StoreError when nobody says when it was seen."""
    row = _columns(article)
    picture = article.picture
    del row["picture"], row["text"]
    return {
        **row,
        "authors": list(article.authors),
        "dated": _dated(article),
        "picture_url": picture.url if picture else None,
        "picture_alt": picture.alt if picture else "",
        "picture_caption": picture.caption if picture else "",
        "picture_credit": picture.credit if picture else "",
    }


def article_value(row: RowMapping) -> Article:
    """Return a row of `articles` with its text as an article."""
    names = ("url", "alt", "caption", "credit")
    picture = {name: row[f"picture_{name}"] for name in names}
    plain = {field.name: row[field.name] for field in fields(Article) if field.name != "picture"}
    plain["authors"] = tuple(row["authors"])
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


def _columns(value: Any) -> dict[str, Any]:  # noqa: ANN401 — any of the nouns
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name != "id"}


def _dated(article: Article) -> datetime:
    if article.first_seen is None:
        raise StoreError(f"{article.title}: an article needs the time when it was first seen")
    seen = utc(article.first_seen)
    return min(utc(article.published), seen) if article.published else seen
