"""Bytes → Feed. Looks at what came before believing what it is called."""

import re
from datetime import datetime

from composer.errors import FeedError
from composer.feeds.charset import decode
from composer.feeds.feed import Feed
from composer.feeds.jsonfeed import parse_json_feed
from composer.feeds.xmlfeed import parse_usual_xml_feed, parse_xml_feed

_HTML = re.compile(
    r"(?>\s|<!--.*?-->|<\?xml[^>]*\?>)*+<(?:!doctype\s+html(?![^>]*>(?>\s|<!--.*?-->)*+<(?:rss|feed|rdf:RDF)\b)|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_OPML = re.compile(r"(?>\s|<!--.*?-->|<\?xml[^>]*\?>|<!doctype[^>]*>)*+<opml\b", re.IGNORECASE | re.DOTALL)
_LOOKED_AT = 4096  # characters


def parse_feed(body: bytes, *, url: str, now: datetime, charset: str = "") -> Feed:
    """Read a feed of any kind. `charset` is what the server called it. Raises FeedError."""
    words = _words(body, url, charset)
    return usual_feed(words, url=url, now=now) or parse_xml_feed(words, url=url, now=now)


def parse_usual_feed(body: bytes, *, url: str, now: datetime, charset: str = "") -> Feed | None:
    """Read a feed in time that grows with its size alone; None: only a forgiving parser can. Raises FeedError."""
    return usual_feed(_words(body, url, charset), url=url, now=now)


def usual_feed(words: str, *, url: str, now: datetime) -> Feed | None:
    """Read a JSON Feed, or a well-formed feed of a usual shape; None for any other. Raises FeedError."""
    if words.lstrip()[0] in "{[":
        return parse_json_feed(words.lstrip(), url=url, now=now)
    return parse_usual_xml_feed(words, url=url, now=now)


def _words(body: bytes, url: str, charset: str) -> str:
    words = decode(body, charset)
    if not words.strip():
        raise FeedError(url, "is empty")
    if is_binary(words):
        raise FeedError(url, "is no feed: it is not text")
    if is_page(words):
        raise FeedError(url, "is a web page, not a feed; `currents follow` finds the feed that a page names")
    if is_opml(words):
        raise FeedError(url, "is an OPML list, not a feed; `currents follow` takes the feeds it lists")
    return words


def is_binary(words: str) -> bool:
    """Say whether decoded words are not words at all."""
    return "\0" in words[:_LOOKED_AT]


def is_page(words: str) -> bool:
    """Say whether a document begins like a web page."""
    return _HTML.match(words[:_LOOKED_AT]) is not None


def is_opml(words: str) -> bool:
    """Say whether a document begins like an OPML list."""
    return _OPML.match(words[:_LOOKED_AT]) is not None
