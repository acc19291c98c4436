"""RSS and Atom of every version → Feed, by feedparser: damaged feeds too, as far as they can be read."""

import re
from datetime import datetime
from html.entities import html5
from typing import Any

import feedparser

from composer.errors import FeedError
from composer.feeds.addresses import web_url
from composer.feeds.clean import title_of
from composer.feeds.feed import Feed, Item, articles
from composer.feeds.media import pictures
from composer.feeds.moments import from_parts
from composer.feeds.people import names
from composer.feeds.prescan import ENTRIES_MOST, scan
from composer.model import Picture
from composer.text import host

Entry = Any  # feedparser's dictionaries: anything may be missing, and of any type
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BAD_REFERENCE = re.compile(r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_NAMED = frozenset({"amp", "lt", "gt", "quot", "apos"})
_BODY_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")


def parse_xml_feed(words: str, *, url: str, now: datetime) -> Feed:
    """Read RSS or Atom. Raises FeedError when it is neither, or holds what only harms."""
    look = scan(_tidy(words))
    if look.harm:
        raise FeedError(url, f"was refused: it holds {look.harm}")
    parsed = _feedparser(look.words)
    entries = parsed.entries[:ENTRIES_MOST]
    if not entries and (look.fault or not parsed.version):
        raise FeedError(url, f"is not a feed that can be read: {look.fault or 'neither RSS, Atom nor JSON Feed'}")
    title = title_of(_text(parsed.feed, "title"), markup=_is_markup(parsed.feed, parsed.version))
    found = pictures(look.words, url)
    found = found if len(found) == len(parsed.entries) else []
    items = [_item(entry, parsed, found[place] if found else None, now=now) for place, entry in enumerate(entries)]
    return Feed(
        title=title,
        homepage=web_url(_text(parsed.feed, "link"), url),
        articles=articles(items, url=url, outlet=title or host(url), now=now),
        damage=f"damaged: {look.fault}" if look.fault else "",
    )


def _tidy(words: str) -> str:
    """Take out what no XML may hold and write HTML's entities as numbers.

    The declaration goes too: the words are decoded already, and it may speak of another code.
    """
    tidy = _BAD_REFERENCE.sub("", _NOT_XML.sub("", _DECLARATION.sub("", words).lstrip()))
    return tidy if "<!ENTITY" in tidy else _NAMED.sub(_numbered, tidy)


def _numbered(found: re.Match[str]) -> str:
    letters = html5.get(f"{found.group(1)};")
    if letters is None or found.group(1) in _XML_NAMED:
        return found.group()
    return "".join(f"&#{ord(letter)};" for letter in letters)


def _feedparser(words: str) -> Any:  # noqa: ANN401 (feedparser has no types)
    headers = {"content-type": "application/xml; charset=utf-8"}
    data = b'<?xml version="1.0" encoding="utf-8"?>\n' + words.encode()
    return feedparser.parse(data, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)


def _item(entry: Entry, parsed: Any, picture: Picture | None, *, now: datetime) -> Item:  # noqa: ANN401 (as above)
    bodies = entry.get("content") or []
    summary = _text(entry, "summary")
    return Item(
        guid=_text(entry, "id"),
        link=_text(entry, "link"),
        base=next((_text(body, "base") for body in bodies), ""),
        title=title_of(_text(entry, "title"), markup=_is_markup(entry, parsed.version)),
        bodies=tuple(_text(body, "value") for body in bodies if _text(body, "type") in _BODY_TYPES),
        summary=summary,
        authors=names(*(_text(author, "name") for author in entry.get("authors") or () if author)),
        published=from_parts(entry.get("published_parsed") or entry.get("updated_parsed"), now),
        lang=_lang(entry, parsed.feed),
        picture=picture,
    )


def _is_markup(thing: Entry, version: str) -> bool:
    """Say whether a title may hold HTML: in Atom only where its type says so, in RSS always."""
    kind = _text(thing.get("title_detail") or {}, "type")
    return not (version.startswith("atom") and kind == "text/plain")


def _lang(entry: Entry, feed: Entry) -> str:
    details = [*(entry.get("content") or []), entry.get("title_detail") or {}]
    said = (_text(detail, "language") for detail in details)
    return next(filter(None, said), "") or _text(entry, "language") or _text(feed, "language")


def _text(where: Entry, key: str) -> str:
    value = where.get(key)
    return value.strip() if isinstance(value, str) else ""
