"""Many visits at once: the network runs in a thread of its own, answers come out in the order in which they arrive.

The caller may take its time over each answer (parsing, saving): no visit's clock runs on its account, since visits wait
for a place before their clock starts. Closing the generator early, or Ctrl-C, ends every visit.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from urllib.parse import urlsplit

import aiohttp

import composer
from composer.errors import WireError
from composer.feeds.decoding import ACCEPTED
from composer.feeds.fetch import Answer, Request, visit
from composer.feeds.guard import socket_factory
from composer.feeds.lookup import Resolver
from composer.settings import Settings

CONNECT_SECONDS = 10
PER_HOST = 2
_FORMATS = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.8"

Arrival = tuple[int, Answer | WireError]  # (index of the request, what became of it)


def answers(requests: Sequence[Request], settings: Settings) -> Iterator[Arrival]:
    """Visit addresses and yield each answer as it arrives, with the index of its request."""
    loop = asyncio.new_event_loop()
    arrived: SimpleQueue[Arrival | None] = SimpleQueue()
    places = asyncio.Semaphore(settings.connections)
    task = loop.create_task(_visit_all(requests, settings, places, arrived))
    thread = threading.Thread(target=_run, args=(loop, task, arrived), name="wire", daemon=True)
    thread.start()
    try:
        while arrival := arrived.get():
            yield arrival
            _tell(loop, places.release)
    finally:
        _tell(loop, task.cancel)
        thread.join()
    task.result()


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

    async def one(index: int, request: Request) -> None:
        async with hosts[urlsplit(request.url).netloc.lower()]:
            await places.acquire()  # given back when the caller has done with the answer
            try:
                arrived.put((index, await visit(session, request, settings)))
            except WireError as error:
                arrived.put((index, error))

    async with _session(settings) as session, asyncio.TaskGroup() as group:
        for index, request in enumerate(requests):
            group.create_task(one(index, request))


def _session(settings: Settings) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        limit=settings.connections,
        limit_per_host=PER_HOST,
        resolver=Resolver(),
        socket_factory=socket_factory(private=settings.private_addresses),
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
    return f"Currents/{composer.__version__} (+{contact})"
