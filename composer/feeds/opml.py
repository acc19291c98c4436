"""OPML lists → sources: nested folders become tags (OPML 2.0, "subscription lists")."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from composer.errors import FeedError
from composer.feeds.addresses import is_web, source_address, web_url
from composer.feeds.prescan import scan
from composer.model import Source
from composer.text import one_line, slug


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


def _outlines(node: etree._Element, tags: tuple[str, ...], beside: Path | None, root: Path) -> Iterator[Source]:
    for outline in node.iterchildren("{*}body", "body", "{*}outline", "outline"):
        name = one_line(outline.get("title") or outline.get("text") or "")
        url = _address(outline.get("xmlUrl") or "", beside, root)
        if url:
            yield Source(url=url, title=name, homepage=web_url(outline.get("htmlUrl") or ""), tags=tags)
        inner = tags if url or not slug(name) else (*tags, slug(name))
        yield from _outlines(outline, inner, beside, root)


def _address(given: str, beside: Path | None, root: Path) -> str:
    given = given.strip()
    if not given or is_web(given):
        return given
    return source_address(beside / given, root) if beside else ""
