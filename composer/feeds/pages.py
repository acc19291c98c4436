"""Visits the pages of articles that only tease: politely, since nobody asked for these pages by hand."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from http import HTTPStatus
from itertools import zip_longest
from urllib.parse import urlsplit

from composer.desk.teasers import is_teaser
from composer.errors import WireError
from composer.feeds.addresses import is_web
from composer.feeds.charset import decode
from composer.feeds.extract import article_in
from composer.feeds.failures import RefusedError
from composer.feeds.fetch import Answer, Request
from composer.feeds.parse import is_binary
from composer.feeds.robots import BYTES_MOST, FORBID_ALL, Rules, path_of, rules
from composer.feeds.visits import answers
from composer.feeds.whole import completed
from composer.model import Article
from composer.ports import Clock
from composer.settings import Settings

PAGES_MOST = 20  # of one source in one run
WAIT_SECONDS_MOST = 30.0  # in one run, for hosts that want a pause between visits
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)

Pause = Callable[[float], None]


class Pages:
    """Visits the pages of teasers. One object serves one run: it asks each host for its robots.txt once."""

    def __init__(self, settings: Settings, clock: Clock, pause: Pause = time.sleep) -> None:
        self._settings = settings
        self._clock = clock
        self._pause = pause
        self._rules: dict[str, Rules] = {}
        self._visited: Counter[int | None] = Counter()
        self._touched: set[str] = set()
        self._waited = 0.0

    def complete(self, articles: Sequence[Article]) -> Iterator[Article]:
        """Return the teasers among articles, whole; one whose page cannot be had, or helps nothing, is left out."""
        wanted = self._wanted(articles)
        self._learn({_origin(article.url) for article in wanted} - self._rules.keys())
        allowed = [article for article in wanted if self._rules[_origin(article.url)].allow(path_of(article.url))]
        for batch in _rounds(allowed, self._delay):
            yield from self._visit(self._after_a_pause(batch))

    def look(self, articles: Sequence[Article]) -> Iterator[tuple[Article, bool]]:
        """Ask pages whether they are still there; one that cannot be asked, or answers otherwise, is left out."""
        wanted = [article for article in articles if is_web(article.url)]
        self._learn({_origin(article.url) for article in wanted} - self._rules.keys())
        allowed = [article for article in wanted if self._rules[_origin(article.url)].allow(path_of(article.url))]
        for batch in map(self._after_a_pause, _rounds(allowed, self._delay)):
            requests = [Request(url=article.url) for article in batch]
            for index, result in answers(requests, self._settings) if requests else ():
                if (is_there := _is_there(result)) is not None:
                    yield batch[index], is_there

    def _wanted(self, articles: Iterable[Article]) -> list[Article]:
        wanted = []
        for article in articles:
            if is_teaser(article) and self._visited[article.source_id] < PAGES_MOST:
                self._visited[article.source_id] += 1
                wanted.append(article)
        return wanted

    def _delay(self, article: Article) -> float:
        return self._rules[_origin(article.url)].delay_seconds

    def _learn(self, origins: Iterable[str]) -> None:
        """Ask hosts for their robots.txt: none means that all is allowed, no answer that nothing is (section 2.3.1)."""
        asked = sorted(origins)
        requests = [Request(url=f"{origin}/robots.txt") for origin in asked]
        self._rules |= dict.fromkeys(asked, FORBID_ALL)
        for index, result in answers(requests, self._settings) if requests else ():
            self._rules[asked[index]] = _rules_of(result)

    def _after_a_pause(self, batch: Sequence[Article]) -> list[Article]:
        """Wait as long as hosts ask that were visited before; those that ask for too much are left for another run."""
        pauses = [self._delay(one) if _origin(one.url) in self._touched else 0.0 for one in batch]
        ready = [
            (one, wait) for one, wait in zip(batch, pauses, strict=True) if self._waited + wait <= WAIT_SECONDS_MOST
        ]
        if seconds := max((wait for _, wait in ready), default=0.0):
            self._waited += seconds
            self._pause(seconds)
        self._touched |= {_origin(one.url) for one, _ in ready}
        return [one for one, _ in ready]

    def _visit(self, batch: Sequence[Article]) -> Iterator[Article]:
        requests = [Request(url=article.url) for article in batch]
        for index, result in answers(requests, self._settings) if requests else ():
            if (page := self._page(result)) and (whole := completed(batch[index], page)) != batch[index]:
                yield whole

    def _page(self, result: Answer | WireError) -> Article | None:
        if isinstance(result, WireError):
            return None
        words = decode(result.body, result.charset)
        try:
            return None if is_binary(words) or not words.strip() else article_in(words, result.url, self._clock())
        except WireError:
            return None


def _rules_of(result: Answer | WireError) -> Rules:
    if isinstance(result, WireError):
        return Rules() if _has_none(result) else FORBID_ALL
    return rules(decode(result.body[:BYTES_MOST], "utf-8"))


def _is_there(result: Answer | WireError) -> bool | None:
    """Say whether a page is there; None when its server's answer does not tell."""
    if isinstance(result, RefusedError) and result.told.status in _GONE:
        return False
    return None if isinstance(result, WireError) else True


def _has_none(refused: WireError) -> bool:
    """Say whether a host has no robots.txt (RFC 9309 section 2.3.1.3); 429 asks to be left alone instead."""
    if not isinstance(refused, RefusedError) or refused.told.status == HTTPStatus.TOO_MANY_REQUESTS:
        return False
    return HTTPStatus.BAD_REQUEST <= refused.told.status < HTTPStatus.INTERNAL_SERVER_ERROR


def _rounds(articles: Sequence[Article], delay: Callable[[Article], float]) -> Iterator[list[Article]]:
    """Give batches with a pause between them: all pages of easy-going hosts first, one of each other host in every."""
    easy = [article for article in articles if not delay(article)]
    queues: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if delay(article):
            queues[_origin(article.url)].append(article)
    ones = ([[article] for article in queue] for queue in queues.values())
    for parts in zip_longest([easy] if easy else [], *ones, fillvalue=()):
        yield [article for part in parts for article in part]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"
