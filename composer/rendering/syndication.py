"""Feeds: a channel as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, and the site's addresses as a sitemap.

Values in, bytes out, the same bytes for the same values: nothing here reads a clock, fetches or sanitises. Whoever
makes a `FeedItem` answers for clean HTML, absolute addresses and dates that are not in the future.
"""

import html
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, TypeAlias
from urllib.parse import quote

from lxml import etree

from composer.model import Channel, FeedItem, FeedPhoto

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the type of an element

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_GENERATOR = "Currents"
_TTL_MINUTES = "60"
_NO_EDITION_YET = datetime(1970, 1, 1, tzinfo=UTC)  # Atom asks for a date where there is none; a fixed one lies least
_ABOUT = "Made by Currents: why the edition was written, who did what, and the reporting that it stands on."

# XML 1.0 (2.2) has no place for most controls, halves of surrogate pairs and U+FFFE/F; of the rest C1 is discouraged.
_NOT_XML = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?|\x85")
_LIKE_HTML = re.compile(r"<|&#?\w+;")
_TITLE = re.compile(rb"(?<=<title>)[^<]*(?=</title>)")


def rss(channel: Channel) -> bytes:
    """Return the channel as RSS 2.0, served as `application/rss+xml` (RSS Advisory Board's best practices profile)."""
    root = etree.Element("rss", version="2.0", nsmap={"atom": _ATOM, "content": _CONTENT, "dc": _DC, "media": _MEDIA})
    parent = etree.SubElement(root, "channel")
    _add(parent, "title", channel.title)
    _add(parent, "link", _uri(channel.home_url))
    _add(parent, "description", channel.description or channel.title)
    _add(parent, "language", channel.lang)
    if channel.items:
        _add(parent, "lastBuildDate", _rfc822(_newest(channel)))
    _add(parent, "generator", _GENERATOR)
    _add(parent, "ttl", _TTL_MINUTES)
    _link(parent, "self", channel.feed_url, type="application/rss+xml")
    _hub(parent, channel)
    for item in channel.items:
        _rss_item(etree.SubElement(parent, "item"), item, channel)
    return _TITLE.sub(_numeric, _xml(root, channel.look))


def atom(channel: Channel) -> bytes:
    """Return the channel as Atom, served as `application/atom+xml`; without items it is updated 1970-01-01."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM, "media": _MEDIA})
    root.set(_LANG, _clean(channel.lang))
    _add(root, f"{{{_ATOM}}}id", channel.guid)
    _add(root, f"{{{_ATOM}}}title", channel.title)
    if channel.description:
        _add(root, f"{{{_ATOM}}}subtitle", channel.description)
    _add(root, f"{{{_ATOM}}}updated", _rfc3339(_newest(channel)))
    _link(root, "self", channel.feed_url, type="application/atom+xml")
    _link(root, "alternate", channel.home_url, type="text/html")
    _hub(root, channel)
    # RFC 4287 4.1.1: an entry without an author needs one on the feed.
    _people(root, "author", (channel.title,))
    _add(root, f"{{{_ATOM}}}generator", _GENERATOR)
    for item in channel.items:
        _atom_entry(etree.SubElement(root, f"{{{_ATOM}}}entry"), item, channel)
    return _xml(root, channel.look)


def json_feed(channel: Channel) -> bytes:
    """Return the channel as JSON Feed 1.1, served as `application/feed+json`."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": _uri(channel.home_url),
        "feed_url": _uri(channel.feed_url),
        **_given(description=channel.description),
        "language": channel.lang,
        "authors": [{"name": channel.title, "url": _uri(channel.home_url)}],
        **_given(hubs=[{"type": "WebSub", "url": _uri(channel.hub)}] if channel.hub else []),
        "items": [_json_item(item) for item in channel.items],
    }
    return (json.dumps(_clean_all(document), ensure_ascii=False, indent=1) + "\n").encode()


def sitemap(addresses: Sequence[tuple[str, datetime]]) -> bytes:
    """Return a sitemap (sitemaps.org 0.9) of (address, last change), in the given order."""
    return _places("urlset", "url", addresses)


def sitemap_index(addresses: Sequence[tuple[str, datetime]]) -> bytes:
    """Return a sitemap index (sitemaps.org 0.9) of (sitemap's address, last change), in the given order."""
    return _places("sitemapindex", "sitemap", addresses)


def _places(name: str, each: str, addresses: Sequence[tuple[str, datetime]]) -> bytes:
    root = etree.Element(f"{{{_SITEMAP}}}{name}", nsmap={None: _SITEMAP})
    for address, changed in addresses:
        place = etree.SubElement(root, f"{{{_SITEMAP}}}{each}")
        _add(place, f"{{{_SITEMAP}}}loc", _uri(address))
        _add(place, f"{{{_SITEMAP}}}lastmod", _rfc3339(changed))
    return _xml(root)


def _rss_item(parent: Element, item: FeedItem, channel: Channel) -> None:
    _add(parent, "title", item.title)
    _add(parent, "link", _uri(item.url))
    _add(parent, "guid", item.guid, isPermaLink="false")
    _add(parent, "pubDate", _rfc822(item.published))
    if item.updated != item.published:
        _add(parent, f"{{{_ATOM}}}updated", _rfc3339(item.updated))
    if item.lang and item.lang != channel.lang:
        _add(parent, f"{{{_DC}}}language", item.lang)
    for name in item.authors:
        _add(parent, f"{{{_DC}}}creator", name)
    for name in item.contributors:
        _add(parent, f"{{{_DC}}}contributor", name)
    for tag in item.tags:
        _add(parent, "category", tag)
    if item.summary:
        _add(parent, "description", _rss_plain(item.summary))
    _add(parent, f"{{{_CONTENT}}}encoded", item.content_html)
    _related(parent, item, rel="related")
    _photos(parent, item.photos)


def _atom_entry(parent: Element, item: FeedItem, channel: Channel) -> None:
    if item.lang and item.lang != channel.lang:
        parent.set(_LANG, _clean(item.lang))
    _add(parent, f"{{{_ATOM}}}id", item.guid)
    _add(parent, f"{{{_ATOM}}}title", item.title)
    _link(parent, "alternate", item.url, type="text/html")
    _add(parent, f"{{{_ATOM}}}published", _rfc3339(item.published))
    _add(parent, f"{{{_ATOM}}}updated", _rfc3339(item.updated))
    _people(parent, "author", item.authors)
    _people(parent, "contributor", item.contributors)
    for tag in item.tags:
        etree.SubElement(parent, f"{{{_ATOM}}}category", term=_clean(tag))
    if item.summary:
        _add(parent, f"{{{_ATOM}}}summary", item.summary, type="text")
    _add(parent, f"{{{_ATOM}}}content", item.content_html, type="html")
    _related(parent, item, rel="via" if item.retells else "related")
    _photos(parent, item.photos)


def _json_item(item: FeedItem) -> dict[str, Any]:
    return {
        "id": item.guid,
        "url": _uri(item.url),
        **_given(external_url=_uri(item.retells)),
        "title": item.title,
        "content_html": item.content_html,
        "content_text": item.content_text,
        **_given(summary=item.summary, image=_uri(item.photos[0].url) if item.photos else ""),
        "date_published": _rfc3339(item.published),
        "date_modified": _rfc3339(item.updated),
        **_given(authors=[{"name": name} for name in item.authors], tags=list(item.tags), language=item.lang),
        "_currents": {"about": _ABOUT, **_extension(item)},
    }


def _extension(item: FeedItem) -> dict[str, Any]:
    return _given(
        why=item.why,
        credits=[{"role": role, "names": names} for role, names in item.credits],
        corrections=list(item.corrections),
        sources=[{"url": _uri(url), **_given(title=title)} for url, title in item.related if url],
    )


def _related(parent: Element, item: FeedItem, *, rel: str) -> None:
    """Name the reporting that an item stands on; `via` says that what it tells was found there (RFC 4287 4.2.7.2)."""
    for url, title in item.related:
        if url:
            _link(parent, rel, url, **_given(title=title))


def _hub(parent: Element, channel: Channel) -> None:
    """Name the hub that tells readers of news (WebSub 4); whoever publishes must tell the hub."""
    if channel.hub:
        _link(parent, "hub", channel.hub)


def _photos(parent: Element, photos: Sequence[FeedPhoto]) -> None:
    """Add Media RSS 1.5.1 pictures; caption and credit stand in the content too, for readers that know no media."""
    for photo in photos:
        size = {"width": str(photo.width), "height": str(photo.height)} if photo.width and photo.height else {}
        known = {"url": _uri(photo.url), "medium": "image", **_given(type=photo.media_type), **size}
        content = etree.SubElement(parent, f"{{{_MEDIA}}}content", known)
        if photo.alt or photo.caption:
            _add(content, f"{{{_MEDIA}}}description", photo.alt or photo.caption, type="plain")
        if photo.credit:
            _add(content, f"{{{_MEDIA}}}credit", photo.credit, role="photographer", scheme="urn:ebu")


def _people(parent: Element, role: str, names: Sequence[str]) -> None:
    for name in names:
        _add(etree.SubElement(parent, f"{{{_ATOM}}}{role}"), f"{{{_ATOM}}}name", name)


def _link(parent: Element, rel: str, href: str, **attributes: str) -> None:
    known = {"rel": rel, "href": _uri(href), **{key: _clean(value) for key, value in attributes.items()}}
    etree.SubElement(parent, f"{{{_ATOM}}}link", known)


def _add(parent: Element, tag: str, words: str, **attributes: str) -> None:
    etree.SubElement(parent, tag, attributes).text = _clean(words)


def _given(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values are of any kind
    """Keep what is known: a missing key says "unknown", an empty one says "nothing"."""
    return {key: value for key, value in values.items() if value}


def _newest(channel: Channel) -> datetime:
    return max((item.updated for item in channel.items), default=_NO_EDITION_YET)


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _rss_plain(words: str) -> str:
    """Escape words that readers would take for HTML: RSS cannot say that a description is plain."""
    return html.escape(words, quote=False) if _LIKE_HTML.search(words) else words


def _uri(address: str) -> str:
    """Percent-encode what RFC 3986 allows nowhere (spaces, other scripts); what is encoded already stays."""
    return quote(_clean(address).strip(), safe="!#$%&'()*+,/:;=?@[]~")


def _clean(words: str) -> str:
    return _NOT_XML.sub("", _LINE_END.sub("\n", words))


def _clean_all(value: Any) -> Any:  # noqa: ANN401 - JSON values are of any kind
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Mapping):
        return {key: _clean_all(inner) for key, inner in value.items()}
    return [_clean_all(inner) for inner in value]


def _xml(root: Element, look: str = "") -> bytes:
    """Write a document down; `look` is the style sheet of those who open it in a browser (xml-stylesheet 1.0)."""
    styled = f'<?xml-stylesheet type="text/css" href="{html.escape(_uri(look))}"?>\n' if look else ""
    written = etree.tostring(root, encoding="UTF-8", pretty_print=True)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + styled.encode() + written


def _numeric(title: re.Match[bytes]) -> bytes:
    """Write & and < as numbers: old readers unescape `&lt;` in titles twice (RSS best practices, "Character Data")."""
    return title.group().replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")
