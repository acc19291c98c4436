"""JSON Feed 1.0 and 1.1 (jsonfeed.org) → Feed. Wrong types are common; a wrong field is no field."""

import json
from datetime import datetime
from typing import Any

from composer.errors import FeedError
from composer.feeds.addresses import web_url
from composer.feeds.clean import title_of
from composer.feeds.feed import Feed, Item, articles, is_count
from composer.feeds.moments import moment
from composer.feeds.people import names
from composer.feeds.prescan import ENTRIES_MOST
from composer.model import Enclosure, Picture
from composer.text import host

Json = dict[str, Any]
_VERSION = "https://jsonfeed.org/version/"


def parse_json_feed(words: str, *, url: str, now: datetime) -> Feed:
    """Read a JSON Feed. Raises FeedError."""
    document = _load(words, url)
    items = document.get("items")
    if not isinstance(document.get("version"), str) or _VERSION not in document["version"]:
        raise FeedError(url, "is JSON, but no JSON Feed: it names no version of jsonfeed.org")
    if not isinstance(items, list):
        raise FeedError(url, "is a JSON Feed without a list of items")
    title = title_of(_text(document, "title"), markup=False)
    made = [_item(item, document, now) for item in items[:ENTRIES_MOST] if isinstance(item, dict)]
    return Feed(
        title=title,
        homepage=web_url(_text(document, "home_page_url"), url) if _text(document, "home_page_url") else "",
        articles=articles(made, url=url, outlet=title or host(url), now=now),
    )


def _load(words: str, url: str) -> Json:
    try:
        document = json.loads(words)
    except json.JSONDecodeError as error:
        raise FeedError(url, f"is not JSON in line {error.lineno}: {error.msg}") from error
    except (RecursionError, ValueError) as error:
        raise FeedError(url, "is JSON that cannot be read: it nests too deep, or holds a number without end") from error
    if not isinstance(document, dict):
        raise FeedError(url, "is JSON, but no JSON Feed")
    return document


def _item(item: Json, feed: Json, now: datetime) -> Item:
    published = _text(item, "date_published") or _text(item, "date_modified")
    return Item(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=title_of(_text(item, "title"), markup=False),
        bodies=(_text(item, "content_html") or _escaped(_text(item, "content_text")),),
        summary=_escaped(_text(item, "summary")),
        authors=_authors(item) or _authors(feed),
        published=moment(published, now) if published else None,
        updated=moment(_text(item, "date_modified"), now),
        lang=_text(item, "language") or _text(feed, "language"),
        categories=tuple(_text({"tag": tag}, "tag") for tag in _list(item, "tags")),
        enclosures=tuple(_enclosure(one) for one in _list(item, "attachments") if isinstance(one, dict)),
        picture=_picture(item, feed),
    )


def _list(where: Json, key: str) -> list[Any]:
    value = where.get(key)
    return value if isinstance(value, list) else []


def _enclosure(attachment: Json) -> Enclosure:
    size = _text(attachment, "size_in_bytes").removesuffix(".0")
    return Enclosure(
        url=_text(attachment, "url"),
        media_type=_text(attachment, "mime_type"),
        bytes_length=int(size) if is_count(size) else 0,
    )


def _escaped(words: str) -> str:
    """Write plain words so that they read the same as HTML text."""
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _text(where: Json, key: str) -> str:
    """Return a field's words; numbers count as words (1.0 allowed numbers as ids)."""
    value = where.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _authors(where: Json) -> tuple[str, ...]:
    listed = where.get("authors") if isinstance(where.get("authors"), list) else [where.get("author")]
    return names(*(_text(author, "name") for author in listed or () if isinstance(author, dict)))


def _picture(item: Json, feed: Json) -> Picture | None:
    base = _text(item, "url") or _text(feed, "home_page_url")
    named = _text(item, "image") or _text(item, "banner_image") or _attached(item)
    url = web_url(named, base) if named else ""
    return Picture(url=url) if url else None


def _attached(item: Json) -> str:
    for attachment in _list(item, "attachments"):
        if isinstance(attachment, dict) and _text(attachment, "mime_type").startswith("image/"):
            return _text(attachment, "url")
    return ""
