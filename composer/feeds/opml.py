"""OPML lists ↔ sources: nested folders become tags, tags become nested folders (OPML 2.0, "subscription lists")."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from composer.desk.shelving import tag_of
from composer.errors import FeedError
from composer.feeds.addresses import is_web, source_address, source_path, web_url
from composer.feeds.prescan import scan
from composer.model import Source
from composer.text import one_line

_NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 section 2.2


def sources_in(words: str, address: str, *, beside: Path | None, root: Path) -> tuple[Source, ...]:
    """Return the sources that a list names; a relative path lies `beside` the list. Raises FeedError."""
    if harm := scan(words).harm:
        raise FeedError(address, harm)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    tree = etree.fromstring(words.encode(), parser)
    found = tuple(_outlines(tree, (), beside, root)) if tree is not None else ()
    if not found:
        raise FeedError(address, "an OPML list without a feed in it")
    return found


def opml_of(sources: Iterable[Source], *, title: str, root: Path) -> bytes:
    """Return a list of sources; a feed file's path is written whole, so that the list may lie anywhere."""
    opml = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(opml, "head"), "title").text = _plain(title)
    folders: dict[tuple[str, ...], etree._Element] = {(): etree.SubElement(opml, "body")}
    for source in sources:
        url = source.url if is_web(source.url) else str(source_path(source.url, root).resolve())
        name = _plain(source.title or source.url)
        told = {"type": "rss", "text": name, "title": name, "xmlUrl": _plain(url), "htmlUrl": _plain(source.homepage)}
        etree.SubElement(_folder(folders, source.tags), "outline", {key: value for key, value in told.items() if value})
    return etree.tostring(opml, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _folder(folders: dict[tuple[str, ...], etree._Element], tags: tuple[str, ...]) -> etree._Element:
    if tags not in folders:
        name = _plain(tags[-1])
        folders[tags] = etree.SubElement(_folder(folders, tags[:-1]), "outline", text=name, title=name)
    return folders[tags]


def _plain(words: str) -> str:
    return _NOT_XML.sub("", words)


def _outlines(node: etree._Element, tags: tuple[str, ...], beside: Path | None, root: Path) -> Iterator[Source]:
    for outline in node.iterchildren("{*}body", "body", "{*}outline", "outline"):
        name = one_line(outline.get("title") or outline.get("text") or "")
        url = _address(outline.get("xmlUrl") or "", beside, root)
        if url:
            yield Source(url=url, title=name, homepage=web_url(outline.get("htmlUrl") or ""), tags=tags)
        inner = tags if url or not tag_of(name) or tag_of(name) in tags else (*tags, tag_of(name))
        yield from _outlines(outline, inner, beside, root)


def _address(given: str, beside: Path | None, root: Path) -> str:
    given = given.strip()
    if not given or is_web(given):
        return given
    return source_address(beside / given, root) if beside else ""
