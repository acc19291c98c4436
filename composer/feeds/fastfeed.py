"""Well-formed RSS 2 and Atom 1.0 of the usual shapes → what feedparser would say of them, in a fraction of its time.

Whatever feedparser treats in a way of its own and we do not follow is declined, and feedparser itself reads that feed:
`feedparser.mixin` is asked which elements it knows, so none is overlooked. A test holds both to the same articles.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from feedparser.datetimes import _parse_date
from feedparser.mixin import _FeedParserMixin
from feedparser.urls import _urljoin
from lxml import etree

from composer.feeds.addresses import joined

Node = etree._Element  # noqa: SLF001 (lxml has no public name for it)
Fields = dict[str, Any]
_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES = {uri.lower(): prefix for uri, prefix in _FeedParserMixin.namespaces.items()}
_KNOWN = {name.partition("_")[2].partition("_")[2] for name in dir(_FeedParserMixin) if re.match("_(start|end)_", name)}
_PLAIN, _HTML = "text/plain", "text/html"
_NESTING = frozenset({"media_group", "media_content"})
_TYPES = {"text": _PLAIN, "plain": _PLAIN, "html": _HTML, "xhtml": "application/xhtml+xml"}
_PAGES = frozenset({_HTML, "application/xhtml+xml"})
_is_strange = etree.XPath("boolean(/*//*[@xml:base or @xml:lang or @base or @lang or @mode])")
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_CP1252 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_C1 = re.compile("[\x80-\x9f]")
_PERSON = frozenset({"name", "email", "uri", "url", "homepage", "itunes_name", "itunes_email"})
_INSIDE = {  # what may stand in an element that we pass over without changing what its parent says
    "image": frozenset({"title", "link", "description", "url", "href", "width", "height"}),
    "textinput": frozenset({"title", "link", "description", "name"}),
    "author": _PERSON,
    "contributor": _PERSON,
    "itunes_owner": _PERSON,
    "itunes_category": frozenset({"itunes_category"}),
}
_PASSED_IN_FEED = frozenset(
    "author category cloud contributor copyright dc_creator dc_date dc_publisher dc_rights dc_subject description "  # noqa: SIM905 (a list of words)
    "generator image itunes_author itunes_block itunes_category itunes_explicit itunes_image itunes_keywords "
    "itunes_owner itunes_subtitle itunes_summary lastbuilddate managingeditor media_category media_credit "
    "media_keywords media_rating media_restriction media_thumbnail pubdate published rights subtitle textinput "
    "updated webmaster".split()
)
_PASSED_IN_ENTRY = frozenset(
    "contributor copyright created dc_contributor dc_publisher dc_rights dcterms_created dcterms_valid generator "  # noqa: SIM905 (as above)
    "georss_point georss_line georss_polygon georss_box itunes_block itunes_explicit itunes_image itunes_subtitle "
    "media_credit media_license media_player media_rating media_restriction media_thumbnail rights "
    "creativecommons_license cc_license".split()
)


class _Unusual(Exception):  # noqa: N818 (no error: feedparser reads this feed)
    """Saw something that only feedparser knows how to take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A feed in feedparser's words, and its entries' nodes."""

    version: str
    feed: Fields
    entries: list[Fields]
    nodes: list[Node]
    is_usual: bool = False  # none of its letters needs a closer look (see `letters.is_usual`)


def read(data: bytes, *, is_usual: bool = False) -> Reading | None:
    """Read a feed in UTF-8, or give None where it has no usual shape; `is_usual` says so of all its letters."""
    if b"<!DOCTYPE" in data:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
        return None if _is_strange(root) else _Reader(root, is_usual=is_usual).reading()
    except (_Unusual, etree.XMLSyntaxError, ValueError):
        return None


class _Reader:
    """One document: what holds for all of it."""

    def __init__(self, root: Node, *, is_usual: bool) -> None:
        self.root = root
        self.is_usual = is_usual
        self.is_atom = root.tag == f"{{{_ATOM}}}feed"
        self.base = _urljoin("", root.get("{http://www.w3.org/XML/1998/namespace}base", ""))
        lang = root.get("{http://www.w3.org/XML/1998/namespace}lang")
        self.lang = lang.replace("_", "-") if lang else None

    def reading(self) -> Reading:
        shape = self.root if self.is_atom else self._channel()
        if self.root.get("base") or self.root.get("lang") or _has(self.root.nsmap, "http://purl.org/rss/1.0/"):
            raise _Unusual
        feed: Fields = {"language": self.lang} if self.lang else {}
        head, nodes = _Head(self, feed), []
        for child in shape:
            if _name(child) in {"item", "entry"}:
                nodes.append(child)
            else:
                head.take(child)
        version = "atom10" if self.is_atom else "rss20"
        entries = [_Entry(self).taken(node) for node in nodes]
        return Reading(version=version, feed=feed, entries=entries, nodes=nodes, is_usual=self.is_usual)

    def _channel(self) -> Node:
        channels = list(self.root)
        if _name(self.root) != "rss" or len(channels) != 1 or _name(channels[0]) != "channel" or channels[0].attrib:
            raise _Unusual
        return channels[0]

    def resolved(self, address: str) -> str:
        return str(_urljoin(self.base, address)) if self.base or ":///" in address else joined("", address)

    def words(self, node: Node) -> str:
        """Return a leaf's words."""
        if len(node):
            raise _Unusual
        return self.text(node)

    def text(self, node: Node) -> str:
        """Return an element's words as feedparser mends them: UTF-8 taken for Latin-1 twice, and Windows-1252."""
        words = (node.text or "").strip()
        if words.isascii():
            return words
        try:
            words = words.encode("iso-8859-1").decode("utf-8")
        except UnicodeError:
            return words if self.is_usual else _mended(words)
        self.is_usual = False  # nobody has looked at these letters
        return _mended(words)


@dataclass(slots=True)
class _Thing:
    """A feed or an entry while it is read, child after child, as feedparser would."""

    reader: _Reader
    said: Fields = field(default_factory=dict)
    title_depth: int = -1

    def link(self, node: Node) -> None:
        given = _attributes(node)
        href = given.get("url") or given.get("uri") or given.get("href")
        if not href:
            if given:
                raise _Unusual
            address = self.reader.resolved(self.reader.words(node)) if self.reader.words(node) else ""
            self.said["link"] = _REFERENCE.sub(r"&\1", address.replace("&amp;", "&"))
            return
        found = {**given, "rel": given.get("rel", "alternate").lower(), "href": self.reader.resolved(href)}
        found["type"] = given.get("type", _HTML if found["rel"] != "self" else "application/atom+xml").lower()
        self.said.setdefault("links", []).append(found)
        if found["rel"] == "alternate" and _TYPES.get(found["type"], found["type"]) in _PAGES:
            self.said["link"] = found["href"]

    def identity(self, node: Node) -> None:
        words = self.reader.words(node)
        is_link = _attributes(node).get("ispermalink", "true") == "true"
        self.said["id"] = self.reader.resolved(words) if is_link and words else words
        if is_link:
            self.said.setdefault("link", self.said["id"])

    def language(self, node: Node) -> None:
        self.said["language"] = self.reader.words(node)

    def params(self, node: Node, default: str) -> Fields:
        given = _attributes(node)
        kind = given["type"].lower() if "type" in given else default
        kind = _TYPES.get(kind, kind)
        if kind not in {_PLAIN, _HTML}:
            raise _Unusual
        reader = self.reader
        return {"type": kind, "language": reader.lang, "base": reader.base, "value": reader.words(node)}

    def pass_over(self, node: Node, name: str, passed: frozenset[str]) -> None:
        """Leave an element out, when feedparser too would take nothing from it."""
        inside = _INSIDE.get(name, frozenset())
        if name in _KNOWN and name not in passed:
            raise _Unusual
        if any((inner := _name(child)) in _KNOWN and inner not in inside for child in node.iterdescendants()):
            raise _Unusual


@dataclass(slots=True)
class _Head(_Thing):
    """What stands in a feed before and between its entries."""

    def take(self, node: Node) -> None:
        name = _name(node)
        if name == "title":
            if "title" in self.said:
                raise _Unusual
            detail = self.params(node, _PLAIN)
            self.said |= {"title": detail["value"], "title_detail": detail}
        elif name in {"language", "dc_language"}:
            self.language(node)
        elif name == "link":
            self.link(node)
        elif name in {"guid", "id"}:
            self.identity(node)
        elif name in {"ttl", "sy_updateperiod", "sy_updatefrequency"} and not node.attrib:
            self.said[name] = self.reader.words(node)
        else:
            self.pass_over(node, name, _PASSED_IN_FEED)


@dataclass(slots=True)
class _Entry(_Thing):
    """One entry."""

    has_content: bool = False
    depths: dict[str, int] = field(default_factory=dict)

    def taken(self, node: Node) -> Fields:
        if any(name.rpartition("}")[2] in {"about", "href", "lastmod"} for name in map(str, node.keys())):
            raise _Unusual
        for child, name, depth in _parts(node):
            taker = _TAKERS.get(name)
            if taker is None:
                self.pass_over(child, name, _PASSED_IN_ENTRY)
            else:
                taker(self, child, depth)
        return self.said

    def title(self, node: Node, depth: int, *, counts: bool = True) -> None:
        detail = self.params(node, _PLAIN)
        if not -1 < self.title_depth <= depth:
            self._store("title", detail["value"], depth)
            self.said["title_detail"] = detail
        if counts and detail["value"]:
            self.title_depth = depth

    def summary(self, node: Node, depth: int, default: str) -> None:
        """Take a summary; feedparser calls a second one content."""
        if "summary" in self.said and not self.has_content:
            self.content(node, _PLAIN)
        else:
            self._store("summary", self.params(node, default)["value"], depth)

    def content(self, node: Node, default: str) -> None:
        self.has_content = True
        body = self.params(node, default)
        self.said.setdefault("content", []).append(body)
        self.said.setdefault("summary", body["value"])

    def author(self, node: Node) -> None:
        names = [self.reader.words(child) for child in node if _name(child) == "name"]
        self.pass_over(node, "author", frozenset({"author"}))
        named = names[-1] if names else "" if len(node) else self.reader.text(node)
        authors = self.said.setdefault("authors", [])
        authors.append({"name": named, "parts": len(node) > 0})
        mixed = len({author["parts"] for author in authors}) > 1
        if mixed or (len(authors) > 1 and any("@" in author["name"] for author in authors)):
            raise _Unusual

    def published(self, node: Node) -> None:
        self.said["published_parsed"] = _parse_date(self.reader.words(node))

    def updated(self, node: Node) -> None:
        self.said["updated_parsed"] = _parse_date(self.reader.words(node))

    def category(self, node: Node) -> None:
        terms = (_attributes(node).get("term"), self.reader.words(node))
        self.said.setdefault("tags", []).extend({"term": term} for term in terms if term)

    def keywords(self, node: Node) -> None:
        if node.attrib:
            raise _Unusual
        tags = self.said.setdefault("tags", [])
        tags.extend({"term": term.strip()} for term in self.reader.words(node).split(",") if term.strip())

    def enclosure(self, node: Node) -> None:
        given = _attributes(node)
        href = given.get("url") or given.get("uri") or given.get("href") or ""
        self.said.setdefault("links", []).append({**given, "href": href, "rel": "enclosure"})

    def source(self, node: Node, depth: int) -> None:
        titles = [child for child in node if _name(child) == "title"]
        if len(titles) > 1 or any(_name(child) == "source" for child in node):
            raise _Unusual
        title = self.params(titles[0], _PLAIN)["value"] if titles else "" if len(node) else self.reader.words(node)
        self.title_depth = depth + 1 if titles and title else -1
        self.said["source"] = {"title": title}

    def _store(self, key: str, words: str, depth: int) -> None:
        if depth <= self.depths.get(key, depth):
            self.depths[key] = depth
            self.said[key] = words


_TAKERS: dict[str, Callable[[_Entry, Node, int], None]] = {
    "title": _Entry.title,
    "media_title": lambda entry, node, depth: entry.title(node, depth, counts=False),
    "description": lambda entry, node, depth: entry.summary(node, depth, _HTML),
    "dc_description": lambda entry, node, depth: entry.summary(node, depth, _HTML),
    "media_description": lambda entry, node, depth: entry.summary(node, depth, _HTML),
    "summary": lambda entry, node, depth: entry.summary(node, depth, _PLAIN),
    "itunes_summary": lambda entry, node, depth: entry.summary(node, depth, _PLAIN),
    "content": lambda entry, node, _: entry.content(node, _PLAIN),
    "content_encoded": lambda entry, node, _: entry.content(node, _HTML),
    **dict.fromkeys(("author", "dc_creator", "itunes_author"), lambda entry, node, _: entry.author(node)),
    **dict.fromkeys(("pubdate", "published", "issued", "dcterms_issued"), lambda entry, node, _: entry.published(node)),
    **dict.fromkeys(("updated", "modified", "dc_date", "dcterms_modified"), lambda entry, node, _: entry.updated(node)),
    **dict.fromkeys(("category", "dc_subject", "media_category"), lambda entry, node, _: entry.category(node)),
    **dict.fromkeys(("media_keywords", "itunes_keywords"), lambda entry, node, _: entry.keywords(node)),
    "guid": lambda entry, node, _: entry.identity(node),
    "id": lambda entry, node, _: entry.identity(node),
    "link": lambda entry, node, _: entry.link(node),
    "dc_language": lambda entry, node, _: entry.language(node),
    "enclosure": lambda entry, node, _: entry.enclosure(node),
    "source": _Entry.source,
    "media_group": lambda *_: None,
    "media_content": lambda *_: None,
}


def _parts(entry: Node, depth: int = 1) -> Iterator[tuple[Node, str, int]]:
    """Give an entry's children with name and depth; Media RSS nests, and feedparser reads it as if it did not."""
    for node in entry:
        name = _name(node)
        yield node, name, depth
        if name in _NESTING:
            yield from _parts(node, depth + 1)


def _name(node: Node) -> str:
    tag = str(node.tag)
    return _named(tag) or _called(tag, node.prefix or "")


@lru_cache(maxsize=2000)
def _named(tag: str) -> str:
    """Return the name of an element whose namespace alone decides it, or ""."""
    known = tag.rpartition("}")[0][1:].lower() in _NAMESPACES
    return _called(tag, "") if known else ""


@lru_cache(maxsize=2000)
def _called(tag: str, prefix: str) -> str:
    """Return an element's name in feedparser's spelling: "title", "media_title"."""
    namespace, _, local = tag.rpartition("}")
    known = _NAMESPACES.get(namespace[1:].lower(), prefix)
    if "backend.userland.com/rss" in namespace.lower():
        known = ""
    return f"{known.lower()}_{local.lower()}" if known else local.lower()


def _attributes(node: Node) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in node.items()}


def _has(nsmap: dict[str | None, str], uri: str) -> bool:
    return any(value.lower() == uri for value in nsmap.values())


def _mended(words: str) -> str:
    return words.translate(_CP1252) if _C1.search(words) else words
