"""The wire: visits sources, finds feeds, reads pages and files (fills `composer.ports.Wire`).

What reads words is imported when there are words to read: a run in which every source answers "unchanged" is the most
common one, and waits for no parser.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from composer.errors import WireError
from composer.feeds.addresses import is_web, web_url
from composer.feeds.run import Run
from composer.model import Article, Collected, Discovery, Proposal, Source
from composer.negatives import Brought, Kept
from composer.ports import Clock
from composer.settings import Settings

if TYPE_CHECKING:
    from composer.feeds.pages import Pages


class HttpWire:
    """Brings stories in by HTTP and from files."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._pages: Pages | None = None

    def discover(self, address: str) -> Discovery:
        """Return the sources that an address stands for. Raises WireError, FeedError."""
        from composer.feeds.finding import discovery  # noqa: PLC0415 (see above)

        return discovery(address, self._settings, self._clock())

    def collect(self, sources: Sequence[Source]) -> Iterator[Collected]:
        """Visit every source; files first, then the web in the order in which it answers. It begins a new run."""
        self._pages = None
        return Run(sources, self._settings, self._clock).collected()

    def complete(self, articles: Sequence[Article]) -> Iterator[Article]:
        """Return the teasers among articles, whole; each host is asked for its robots.txt once in a run."""
        if articles:
            yield from self._visitor().complete(articles)

    def look(self, articles: Sequence[Article]) -> Iterator[tuple[Article, bool]]:
        """Ask the pages of articles whether they are still there: False for one that answers 404 or 410."""
        if articles:
            yield from self._visitor().look(articles)

    def bring(self, addresses: Sequence[str], known: Sequence[Kept] = ()) -> Iterator[Brought]:
        """Visit the addresses of pictures and yield what each brought; nothing is raised for one that fails."""
        from composer.feeds.pictures import brought  # noqa: PLC0415 (see above)

        return brought(addresses, known, self._settings)

    def _visitor(self) -> "Pages":
        from composer.feeds.pages import Pages  # noqa: PLC0415 (see above)

        self._pages = self._pages or Pages(self._settings, self._clock)
        return self._pages

    def read_page(self, address: str) -> Article:
        """Return the article on a web page or in an HTML file. Raises WireError."""
        from composer.feeds.documents import document  # noqa: PLC0415 (see above)
        from composer.feeds.extract import article_in  # noqa: PLC0415 (as above)
        from composer.feeds.parse import is_binary  # noqa: PLC0415 (as above)

        found = document(address, self._settings)
        if is_binary(found.words) or not found.words.strip():
            raise WireError(address, "not a web page" if found.words.strip() else "empty")
        where = found.address if is_web(found.address) else ""
        try:
            return _led_to(article_in(found.words, where, self._clock()), address)
        except WireError as error:
            raise WireError(address, error.sentence) from error

    def read_markdown(self, path: Path) -> Article:
        """Return the article in a Markdown file. Raises WireError."""
        from composer.feeds.texts import markdown_article, read_words  # noqa: PLC0415 (see above)

        return markdown_article(read_words(path), path, self._clock())

    def read_text(self, path: Path) -> tuple[Proposal, ...]:
        """Return the texts that a plain-text file seems to hold. Raises WireError."""
        from composer.feeds.texts import proposals, read_words  # noqa: PLC0415 (see above)

        return proposals(read_words(path))


def _led_to(article: Article, asked: str) -> Article:
    """Remember the address that was asked for beside the article's own."""
    address = web_url(asked)
    if not address or address in {article.url, *article.also}:
        return article
    return replace(article, also=(*article.also, address))
