"""Finding sources: the feed, page or OPML list behind an address."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from composer.errors import FeedError, WireError
from composer.feeds.addresses import is_web, joined, source_address
from composer.feeds.clean import tree
from composer.feeds.documents import Document, document
from composer.feeds.opml import sources_in
from composer.feeds.parse import is_opml, is_page
from composer.feeds.readers import Readers
from composer.model import Discovery, Source
from composer.settings import Settings
from composer.text import one_line

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")


def discovery(address: str, settings: Settings, now: datetime) -> Discovery:
    """Return the sources that an address stands for. Raises WireError, FeedError."""
    found = document(address, settings)
    words = found.words
    if is_opml(words):
        beside = None if is_web(address) else Path(address).resolve().parent
        return Discovery(sources=sources_in(words, address, beside=beside, root=settings.root))
    if is_page(words):
        return _linked(found, settings, now)
    return Discovery(sources=(_source(found, settings, now),))


def _source(found: Document, settings: Settings, now: datetime) -> Source:
    with Readers() as readers:
        feed = readers.read(found.body, url=found.address, now=now, charset=found.charset)
    url = found.lasting if is_web(found.lasting) else source_address(Path(found.lasting), settings.root)
    return Source(url=url, title=feed.title, homepage=feed.homepage)


def _linked(page: Document, settings: Settings, now: datetime) -> Discovery:
    """Follow the first feed of a page that can be read; feeds of comments come last. Raises WireError, FeedError."""
    named = sorted(_feed_links(page.words), key=lambda link: "comment" in f"{link[0]} {link[1]}".lower())
    links = {_target(page, href): title for href, title in named}
    problem: WireError = FeedError(page.address, "a web page that names no feed; give the feed's own address")
    for place, target in enumerate(links):
        try:
            source = _source(document(target, settings), settings, now)
        except WireError as error:
            problem = problem if place else error
            continue
        return Discovery(sources=(source,), others=tuple(one for one in links.items() if one[0] != target))
    raise problem


def _target(page: Document, href: str) -> str:
    return joined(page.address, href) if is_web(page.address) or is_web(href) else _beside(page, href)


def _beside(page: Document, href: str) -> str:
    return str(Path(page.address).parent / href)


def _feed_links(words: str) -> Iterator[tuple[str, str]]:
    root = tree(words)
    for link in root.iter("link") if root is not None else ():
        if "alternate" in (link.get("rel") or "").lower() and (link.get("type") or "").lower() in _FEED_TYPES:
            yield link.get("href") or "", one_line(link.get("title") or "")
