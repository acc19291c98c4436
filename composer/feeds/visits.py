"""Many visits at once: the network runs in a thread of its own, answers come out in the order in which they arrive.

The caller may take its time over each answer (parsing, saving): no visit's clock runs on its account, since visits wait
for a place before their clock starts. Closing the generator early, or Ctrl-C, ends every visit.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from http import HTTPStatus
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

import aiohttp

from composer.errors import WireError
from composer.feeds.decoding import ACCEPTED
from composer.feeds.failures import RefusedError
from composer.feeds.fetch import Answer, Request, Trail, hop
from composer.feeds.guard import socket_factory
from composer.feeds.lookup import Resolver
from composer.settings import Settings
from composer.version import __version__

CONNECT_SECONDS = 6
PER_HOST = 2
_FORMATS = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.8"

Arrival = tuple[int, Answer | WireError]  # (index of the request, what became of it)
Standing = Answer | WireError | Trail  # where one visit stands: done, or on its way


def answers(requests: Sequence[Request], settings: Settings) -> Iterator[Arrival]:
    """Visit addresses and yield each answer as it arrives, with the index of its request."""
    with closing(arrivals(requests, settings)) as arrived:
        for arrival in arrived:
            if arrival is not None:
                yield arrival


def arrivals(
    requests: Sequence[Request], settings: Settings, *, beat: float | None = None
) -> Generator[Arrival | None]:
    """Do what `answers` does, and yield None whenever nothing has arrived for `beat` seconds."""
    loop = asyncio.new_event_loop()
    arrived: SimpleQueue[Arrival | None] = SimpleQueue()
    places = asyncio.Semaphore(settings.connections)
    task = loop.create_task(_visit_all(requests, settings, places, arrived))
    thread = threading.Thread(target=_run, args=(loop, task, arrived), name="wire", daemon=True)
    thread.start()
    try:
        while (arrival := _next(arrived, beat)) is not None:
            yield arrival or None
            if arrival:
                _tell(loop, places.release)
    finally:
        _tell(loop, task.cancel)
        thread.join()
    task.result()


def _next(arrived: SimpleQueue[Arrival | None], beat: float | None) -> Arrival | tuple[()] | None:
    """Return the next arrival, () when there is none yet, None when there will be none."""
    try:
        return arrived.get(timeout=beat)
    except Empty:
        return ()


def answer(request: Request, settings: Settings) -> Answer:
    """Visit one address. Raises WireError."""
    for _, result in answers([request], settings):
        if isinstance(result, WireError):
            raise result
        return result
    raise WireError(request.url, "was not visited")


def _run(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None], arrived: SimpleQueue[Arrival | None]) -> None:
    try:
        loop.run_until_complete(asyncio.wait([task]))
    finally:
        loop.close()
        arrived.put(None)


def _tell(loop: asyncio.AbstractEventLoop, what: Callable[[], object]) -> None:
    try:
        loop.call_soon_threadsafe(what)
    except RuntimeError:  # the loop has closed: there is nobody left to tell
        return


async def _visit_all(
    requests: Sequence[Request],
    settings: Settings,
    places: asyncio.Semaphore,
    arrived: SimpleQueue[Arrival | None],
) -> None:
    hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(PER_HOST))
    tired: dict[str, RefusedError] = {}  # hosts that said "too many requests": they are asked nothing more

    async def one(index: int, request: Request) -> None:
        stand: Standing = Trail(url=request.url, seconds_left=settings.timeout_seconds)
        while isinstance(stand, Trail):
            host = _host(stand.url)
            async with hosts[host]:
                await places.acquire()
                spared = host in tired
                stand = _spared(request, tired[host]) if spared else await _hop(session, request, stand, settings)
                if isinstance(stand, RefusedError) and stand.told.status == HTTPStatus.TOO_MANY_REQUESTS:
                    tired[host] = stand
                if isinstance(stand, Trail):  # else the place is given back when the caller has done with the answer
                    places.release()
        arrived.put((index, stand))

    async with open_session(settings) as session, asyncio.TaskGroup() as group:
        for index, request in enumerate(requests):
            group.create_task(one(index, request))


def _host(url: str) -> str:
    """Return what the limit per host counts by: the same machine on whatever port, by http or https."""
    return (urlsplit(url).hostname or "").rstrip(".")


def _spared(request: Request, refused: RefusedError) -> RefusedError:
    return RefusedError(request.url, "was not asked: its host said 429 (too many requests) in this run", refused.told)


async def _hop(session: aiohttp.ClientSession, request: Request, trail: Trail, settings: Settings) -> Standing:
    try:
        return await hop(session, request, trail, settings)
    except WireError as error:
        return error


def open_session(settings: Settings) -> aiohttp.ClientSession:
    """Return a session that connects only where a visit may go, says who we are, and keeps no cookies."""
    connector = aiohttp.TCPConnector(
        limit=settings.connections,
        limit_per_host=PER_HOST,
        resolver=Resolver(),
        socket_factory=socket_factory(settings.private_hosts),
    )
    return aiohttp.ClientSession(
        connector=connector,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": _name(settings), "Accept": _FORMATS, "Accept-Encoding": ACCEPTED},
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
        trust_env=False,  # a proxy would connect where we refuse to
    )


def _name(settings: Settings) -> str:
    contact = (settings.contact or settings.base_url).encode("ascii", "ignore").decode()
    return f"Currents/{__version__} (+{contact})"
