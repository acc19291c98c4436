"""The wire: visits sources, finds feeds, reads pages and files (fills `composer.ports.Wire`)."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from composer.errors import FeedError, WireError
from composer.feeds.addresses import is_web, joined, source_address, source_path
from composer.feeds.charset import decode
from composer.feeds.clean import tree
from composer.feeds.extract import article_in
from composer.feeds.fetch import Answer, Request
from composer.feeds.opml import sources_in
from composer.feeds.parse import is_binary, is_opml, is_page, parse_feed
from composer.feeds.texts import markdown_article, proposals, read_words
from composer.feeds.visits import answer, answers
from composer.model import Article, Collected, Proposal, Source
from composer.ports import Clock
from composer.settings import Settings
from composer.text import one_line

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")


@dataclass(frozen=True, slots=True)
class _Document:
    """What an address holds: its words, and where it was found in the end."""

    address: str
    body: bytes
    charset: str = ""

    @property
    def words(self) -> str:
        return decode(self.body, self.charset)


class HttpWire:
    """Brings stories in by HTTP and from files."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def discover(self, address: str) -> tuple[Source, ...]:
        """Return the sources that an address stands for. Raises WireError, FeedError."""
        found = self._document(address)
        words = found.words
        if is_opml(words):
            beside = None if is_web(address) else Path(address).resolve().parent
            return sources_in(words, address, beside=beside, root=self._settings.root)
        if is_page(words):
            return (self._linked_feed(found),)
        return (self._source(found),)

    def collect(self, sources: Sequence[Source]) -> Iterator[Collected]:
        """Visit every source; files first, then the web in the order in which it answers."""
        for source in sources:
            if not is_web(source.url):
                yield self._read_file(source)
        web = [source for source in sources if is_web(source.url)]
        requests = [Request(url=one.url, etag=one.etag, last_modified=one.last_modified) for one in web]
        for index, result in answers(requests, self._settings) if web else ():
            if isinstance(result, WireError):
                yield self._failed(web[index], result.sentence)
            else:
                yield self._read(web[index], result)

    def read_page(self, address: str) -> Article:
        """Return the article on a web page or in an HTML file. Raises WireError."""
        found = self._document(address)
        if is_binary(found.words) or not found.words.strip():
            raise WireError(address, "not a web page" if found.words.strip() else "empty")
        where = found.address if is_web(found.address) else ""
        try:
            return article_in(found.words, where, self._now())
        except WireError as error:
            raise WireError(address, error.sentence) from error

    def read_markdown(self, path: Path) -> Article:
        """Return the article in a Markdown file. Raises WireError."""
        return markdown_article(read_words(path), path, self._now())

    def read_text(self, path: Path) -> tuple[Proposal, ...]:
        """Return the texts that a plain-text file seems to hold. Raises WireError."""
        return proposals(read_words(path))

    def _now(self) -> datetime:
        return self._clock()

    def _document(self, address: str) -> _Document:
        if is_web(address):
            found = answer(Request(url=address), self._settings)
            return _Document(found.url, found.body, found.charset)
        return _Document(address, self._bytes(Path(address), address))

    def _bytes(self, path: Path, address: str) -> bytes:
        """Read a file within the limits of a visit. Raises WireError."""
        try:
            if path.stat().st_size > self._settings.bytes_most:
                raise WireError(address, f"larger than {self._settings.bytes_most / 1_000_000:g} MB")
            return path.read_bytes()
        except FileNotFoundError as error:
            raise WireError(address, "no such file") from error
        except IsADirectoryError as error:
            raise WireError(address, "a folder, not a file") from error
        except (OSError, ValueError) as error:
            raise WireError(address, f"cannot be read: {getattr(error, 'strerror', error)}") from error

    def _source(self, found: _Document) -> Source:
        feed = parse_feed(found.body, url=found.address, now=self._now(), charset=found.charset)
        url = found.address if is_web(found.address) else source_address(Path(found.address), self._settings.root)
        return Source(url=url, title=feed.title, homepage=feed.homepage)

    def _linked_feed(self, page: _Document) -> Source:
        """Follow a page's first feed link; feeds of comments come last. Raises FeedError."""
        links = sorted(_feed_links(page.words), key=lambda link: "comment" in f"{link[0]} {link[1]}".lower())
        for href, _ in links:
            target = joined(page.address, href) if is_web(page.address) or is_web(href) else _beside(page, href)
            return self._source(self._document(target))
        raise FeedError(page.address, "a web page that names no feed; give the feed's own address")

    def _read_file(self, source: Source) -> Collected:
        try:
            body = self._bytes(source_path(source.url, self._settings.root), source.url)
        except WireError as error:
            return self._failed(source, error.sentence)
        return self._read(source, Answer(url=source.url, body=body))

    def _read(self, source: Source, found: Answer) -> Collected:
        """Read one answer; validators are kept only when all of it could be read."""
        now = self._now()
        well = replace(source, checked_at=now, succeeded_at=now, failures=0, problem="")
        digest = hashlib.sha256(found.body).hexdigest()
        if found.unchanged or digest == source.body_sha256:
            return Collected(source=well, outcome="unchanged")
        try:
            feed = parse_feed(found.body, url=found.url, now=now, charset=found.charset)
        except WireError as error:
            return self._failed(source, error.sentence)
        damage = found.damage or feed.damage
        named = replace(well, title=source.title or feed.title, homepage=source.homepage or feed.homepage)
        kept = named if damage else replace(
            named, etag=found.etag, last_modified=found.last_modified, body_sha256=digest
        )  # fmt: skip
        articles = tuple(replace(article, source_id=source.id) for article in feed.articles)
        return Collected(
            source=kept, outcome="changed", articles=articles, problem=f"damaged: {damage}" if damage else ""
        )

    def _failed(self, source: Source, problem: str) -> Collected:
        failed = replace(source, checked_at=self._now(), failures=source.failures + 1, problem=problem)
        return Collected(source=failed, outcome="failed", problem=problem)


def _beside(page: _Document, href: str) -> str:
    return str(Path(page.address).parent / href)


def _feed_links(words: str) -> Iterator[tuple[str, str]]:
    root = tree(words)
    for link in root.iter("link") if root is not None else ():
        if "alternate" in (link.get("rel") or "").lower() and (link.get("type") or "").lower() in _FEED_TYPES:
            yield link.get("href") or "", one_line(link.get("title") or "")
