"""One run over sources: visits and reading at the same time, each result as soon as it is there.

Only what brought new bytes is read; the reader is imported with the first of them.
"""

import hashlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import TYPE_CHECKING

from composer.errors import FeedError, WireError
from composer.feeds.addresses import is_web, source_path
from composer.feeds.documents import file_bytes
from composer.feeds.fetch import Answer, Request
from composer.feeds.outcomes import changed, failed, unchanged
from composer.feeds.visits import Arrival, arrivals
from composer.model import Collected, Source
from composer.ports import Clock
from composer.settings import Settings

if TYPE_CHECKING:
    from composer.feeds.feed import Feed
    from composer.feeds.readers import Readers

BULK_SOURCES = 80  # so many that were never read bring more than is read without children, as feeds mostly are
BEAT_SECONDS = 0.25  # how long what was read waits at most for the next answer


class Run:
    """Visits sources once. `collected` may be closed at any time."""

    def __init__(self, sources: Sequence[Source], settings: Settings, clock: Clock) -> None:
        self._sources = sources
        self._settings = settings
        self._clock = clock
        self._reading: dict[int, tuple[Answer, str]] = {}  # index of the source → (answer without its body, digest)
        self._readers: Readers | None = None

    def collected(self) -> Iterator[Collected]:
        """Yield what each visit brought: files first, then the web in the order in which it answers."""
        with ExitStack() as stack:
            for arrival in stack.enter_context(closing(self._arrivals())):
                if arrival is not None and (visit := self._taken(stack, *arrival)):
                    yield visit
                if self._readers is not None:
                    yield from self._read(self._readers.ready())
            if self._readers is not None:
                yield from self._read(self._readers.rest())

    def _arrivals(self) -> Generator[Arrival | None]:
        for index, source in enumerate(self._sources):
            if not is_web(source.url):
                yield index, self._file(source)
        web = [index for index, source in enumerate(self._sources) if is_web(source.url)]
        if web:
            requests = [_request(self._sources[index]) for index in web]
            with closing(arrivals(requests, self._settings, beat=BEAT_SECONDS)) as arrived:
                for arrival in arrived:
                    yield arrival and (web[arrival[0]], arrival[1])

    def _file(self, source: Source) -> Answer | WireError:
        path = source_path(source.url, self._settings.root)
        try:
            return Answer(url=source.url, body=file_bytes(path, source.url, self._settings.bytes_most))
        except WireError as error:
            return error

    def _taken(self, stack: ExitStack, index: int, result: Answer | WireError) -> Collected | None:
        """Return what a visit brought, or None while its body is being read."""
        source, now = self._sources[index], self._clock()
        if isinstance(result, WireError):
            return failed(source, result, now)
        digest = hashlib.sha256(result.body).hexdigest()
        if result.unchanged or (digest == source.body_sha256 and not result.damage):
            return unchanged(source, result, now)
        self._hand_over(stack, index, result, digest)
        return None

    def _hand_over(self, stack: ExitStack, index: int, found: Answer, digest: str) -> None:
        from composer.feeds.readers import Readers, Work  # noqa: PLC0415 (see above)

        if self._readers is None:
            readers = Readers(at_once_bytes=0) if _is_bulk(self._sources) else Readers()
            self._readers = stack.enter_context(readers)
        self._reading[index] = replace(found, body=b""), digest
        work = Work(key=index, body=found.body, url=found.url, now=self._clock(), charset=found.charset)
        self._readers.hand_over(work)

    def _read(self, done: Iterable[tuple[int, "Feed | FeedError"]]) -> Iterator[Collected]:
        for index, read in done:
            found, digest = self._reading.pop(index)
            source, now = self._sources[index], self._clock()
            if isinstance(read, FeedError):
                yield failed(source, read, now, retry_after=found.told.retry_after)
            else:
                yield changed(source, found, read, digest=digest, now=now)


def _is_bulk(sources: Sequence[Source]) -> bool:
    return sum(1 for source in sources if not source.body_sha256) >= BULK_SOURCES


def _request(source: Source) -> Request:
    return Request(url=source.url, etag=source.etag, last_modified=source.last_modified)
