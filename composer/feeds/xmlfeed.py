"""RSS and Atom of every version → Feed; damaged feeds too, as far as they can be read.

feedparser is the reference; well-formed feeds of the usual shapes take the fast path, to the same articles.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html.entities import html5
from typing import TYPE_CHECKING, Any

from composer.errors import FeedError
from composer.feeds.addresses import web_url
from composer.feeds.clean import title_of
from composer.feeds.feed import Feed, Item, articles, is_count
from composer.feeds.letters import is_usual_utf8, names_only_usual
from composer.feeds.media import pictures, pictures_of
from composer.feeds.moments import from_parts, seconds_of
from composer.feeds.people import names
from composer.feeds.prescan import ENTRIES_MOST, Scan, is_harmless, scan
from composer.model import Enclosure, Picture
from composer.text import host

if TYPE_CHECKING:
    from composer.feeds.fastfeed import Reading

Entry = Any  # feedparser's dictionaries: anything may be missing, and of any type
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BAD_REFERENCE = re.compile(r"&#(?:[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")  # but XML's own five
_CDATA = "<![CDATA["
_BARE = re.compile(r"&(?!#\d{1,8};|#[xX][0-9A-Fa-f]{1,8};|[A-Za-z][A-Za-z0-9]{1,30};)")
_BODY_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")


def parse_xml_feed(words: str, *, url: str, now: datetime) -> Feed:
    """Read RSS or Atom by feedparser. Raises FeedError when it is neither, or holds what only harms."""
    look = _look(_tidy(words).words, url)
    parsed, found = _feedparser(look.words), pictures(look.words, url)
    said = parsed.entries or _text(parsed.feed, "title") or _text(parsed.feed, "link")
    if not said and (look.fault or not parsed.version):
        raise FeedError(url, f"is not a feed that can be read: {look.fault or 'neither RSS, Atom nor JSON Feed'}")
    feed = _feed(parsed, found if len(found) == len(parsed.entries) else [], url=url, now=now)
    return replace(feed, damage=f"damaged: {look.fault}" if look.fault else "")


def parse_usual_xml_feed(words: str, *, url: str, now: datetime) -> Feed | None:
    """Read well-formed RSS or Atom of a usual shape, as feedparser would; None for any other. Raises FeedError."""
    reading = _usual(_tidy(words), url)
    return None if reading is None else _feed(reading, pictures_of(reading.nodes, url), url=url, now=now)


def _usual(tidy: "_Tidy", url: str) -> "Reading | None":
    """Read at once what needs no closer look; what does, or is declined, is looked over. Raises FeedError for harm."""
    from composer.feeds import fastfeed  # noqa: PLC0415 (it brings feedparser: not when every feed is unchanged)

    is_seen = is_harmless(tidy.data)
    reading = fastfeed.read(tidy.data, is_usual=tidy.is_usual) if is_seen else None
    if reading is not None and len(reading.entries) <= ENTRIES_MOST:
        return reading
    look = _look(tidy.words, url)
    is_declined = is_seen and reading is None
    return None if look.fault or is_declined else fastfeed.read(look.words.encode(), is_usual=tidy.is_usual)


def _look(tidy: str, url: str) -> Scan:
    look = scan(tidy)
    if look.fault and not look.harm:
        mended = scan(_with_ampersands(look.words))
        look = look if mended.harm or mended.fault else replace(mended, fault=look.fault)
    if look.harm:
        raise FeedError(url, f"was refused: it holds {look.harm}")
    return look


def _with_ampersands(words: str) -> str:
    """Write "AT&T" as it must stand in XML: forgiving parsers make "AT&T;" of it."""
    head, *rest = words.split(_CDATA)
    parts = (part.partition("]]>") for part in rest)
    mended = (f"{_CDATA}{kept}{end}{_BARE.sub('&amp;', after)}" for kept, end, after in parts)
    return _BARE.sub("&amp;", head) + "".join(mended)


def _feed(parsed: Any, found: Sequence[Picture | None], *, url: str, now: datetime) -> Feed:  # noqa: ANN401 (feedparser has no types)
    entries = parsed.entries[:ENTRIES_MOST]
    title = title_of(_text(parsed.feed, "title"), markup=_is_markup(parsed.feed, parsed.version))
    items = [_item(entry, parsed, found[place] if found else None, now=now) for place, entry in enumerate(entries)]
    return Feed(
        title=title,
        homepage=web_url(_text(parsed.feed, "link"), url) if _text(parsed.feed, "link") else "",
        articles=articles(items, url=url, outlet=title or host(url), now=now),
        ttl_seconds=_ttl(parsed.feed),
    )


def _ttl(feed: Entry) -> int:
    """Return how long a feed calls itself fresh: RSS `ttl`, in minutes, or the syndication module's rhythm."""
    return seconds_of(
        _text(feed, "ttl"), period=_text(feed, "sy_updateperiod"), times=_text(feed, "sy_updatefrequency")
    )


@dataclass(frozen=True, slots=True)
class _Tidy:
    """A feed to read; `is_usual` says that none of its letters needs a closer look (see `letters.is_usual`)."""

    words: str
    data: bytes  # the same in UTF-8
    is_usual: bool


def _tidy(words: str) -> _Tidy:
    """Take out what no XML may hold and write HTML's entities as numbers.

    The declaration goes too: the words are decoded already, and it may speak of another code.
    """
    declared = _DECLARATION.match(words)
    tidy = words[declared.end() if declared else 0 :].lstrip()
    data = tidy.encode("utf-8", "surrogatepass")
    usual = is_usual_utf8(data)
    mended = tidy if usual else _NOT_XML.sub("", tidy)
    if "&#" in mended:
        mended = _BAD_REFERENCE.sub("", mended)
    if "<!ENTITY" not in mended:
        mended = _NAMED.sub(_numbered, mended)
    return _Tidy(mended, data if mended == tidy else mended.encode(), usual and names_only_usual(mended))


def _numbered(found: re.Match[str]) -> str:
    letters = html5.get(f"{found.group(1)};")
    return found.group() if letters is None else "".join(f"&#{ord(letter)};" for letter in letters)


def _feedparser(words: str) -> Any:  # noqa: ANN401 (feedparser has no types)
    import feedparser  # noqa: PLC0415 (as above)

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
        authors=names(*_bylines(entry)),
        published=from_parts(dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed"), now),
        updated=from_parts(dict.get(entry, "updated_parsed"), now),  # feedparser's own `get` makes one up
        lang=_lang(entry, parsed.feed),
        categories=tuple(_text(tag, "term") for tag in entry.get("tags") or ()),
        enclosures=tuple(_enclosure(link) for link in entry.get("links") or () if link.get("rel") == "enclosure"),
        via=_text(entry.get("source") or {}, "title"),
        picture=picture,
        is_usual=getattr(parsed, "is_usual", False),
    )


def _bylines(entry: Entry) -> list[str]:
    """Return an entry's authors; feedparser knows no address under a long top-level domain and cuts it in two."""
    authors, whole = entry.get("authors") or (), _text(entry, "author")
    return [whole] if len(authors) == 1 and "@" in whole else [_text(author, "name") for author in authors if author]


def _enclosure(link: Entry) -> Enclosure:
    length = _text(link, "length")
    return Enclosure(
        url=_text(link, "href"), media_type=_text(link, "type"), bytes_length=int(length) if is_count(length) else 0
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
