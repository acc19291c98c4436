"""Bytes → Feed. Looks at what came before believing what it is called."""

import re
from datetime import datetime

from composer.errors import FeedError
from composer.feeds.charset import decode
from composer.feeds.feed import Feed
from composer.feeds.jsonfeed import parse_json_feed
from composer.feeds.xmlfeed import parse_xml_feed

_HTML = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE | re.DOTALL
)
_OPML = re.compile(r"(?:\s|<!--.*?-->|<\?xml[^>]*\?>|<!doctype[^>]*>)*<opml\b", re.IGNORECASE | re.DOTALL)
_LOOKED_AT = 4096  # characters


def parse_feed(body: bytes, *, url: str, now: datetime, charset: str = "") -> Feed:
    """Read a feed of any kind. `charset` is what the server called it. Raises FeedError."""
    words = decode(body, charset)
    if not words.strip():
        raise FeedError(url, "is empty")
    if is_binary(words):
        raise FeedError(url, "is no feed: it is not text")
    if is_page(words):
        raise FeedError(url, "is a web page, not a feed; `currents follow` finds the feed that a page names")
    if is_opml(words):
        raise FeedError(url, "is an OPML list, not a feed; `currents follow` takes the feeds it lists")
    if words.lstrip()[0] in "{[":
        return parse_json_feed(words.lstrip(), url=url, now=now)
    return parse_xml_feed(words, url=url, now=now)


def is_binary(words: str) -> bool:
    """Say whether decoded words are not words at all."""
    return "\0" in words[:_LOOKED_AT]


def is_page(words: str) -> bool:
    """Say whether a document begins like a web page."""
    return _HTML.match(words[:_LOOKED_AT]) is not None


def is_opml(words: str) -> bool:
    """Say whether a document begins like an OPML list."""
    return _OPML.match(words[:_LOOKED_AT]) is not None
