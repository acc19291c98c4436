"""Asks addresses whether they are there: by HEAD, by GET where HEAD is refused; a picture by its first bytes.

An editor asks for her own edition's links, each once, so robots.txt is not consulted; the limits per host, the guard of
private addresses and the name that we give are those of every visit.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from queue import SimpleQueue
from urllib.parse import urldefrag, urlsplit

import aiohttp
from yarl import URL

from composer.feeds.addresses import is_web, joined
from composer.feeds.failures import sentence
from composer.feeds.fetch import HOPS_MOST
from composer.feeds.guard import visited
from composer.feeds.signatures import HEAD_BYTES, media_type
from composer.feeds.visits import PER_HOST, open_session
from composer.records import Inquiry, Reply, ReplyFault
from composer.settings import Settings

DEADLINE_SECONDS = 90.0  # for all addresses of an edition
PICTURE_BYTES_MOST = 2_000_000  # read of a picture whose server does not say how long it is
_HEAD_IS_STRANGE = (aiohttp.ServerDisconnectedError, aiohttp.ClientResponseError)  # to servers that hang up on it
_NO_TRUST = (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Where one inquiry stands."""

    url: str
    method: str
    hops: int = 0


class _Round:
    """One round of inquiries: what its tasks share."""

    def __init__(self, session: aiohttp.ClientSession, settings: Settings, now: datetime) -> None:
        self._session = session
        self._settings = settings
        self._now = now
        self._places = asyncio.Semaphore(settings.connections)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(PER_HOST))
        self._tired: set[str] = set()  # hosts that said "too many requests": they are asked nothing more

    async def reply(self, inquiry: Inquiry, deadline: float) -> Reply:
        """Return what became of an inquiry, whatever happens."""
        empty = Reply(address=inquiry.address, picture=inquiry.picture, asked_at=self._now)
        asked = _Asked(url=inquiry.address, method="GET" if inquiry.picture else "HEAD")
        try:
            async with asyncio.timeout_at(deadline):
                return await self._follow(empty, asked)
        except TimeoutError:
            return replace(empty, fault="unasked", problem="was not asked; the time for all addresses ran out")

    async def _follow(self, empty: Reply, asked: _Asked) -> Reply:
        stand: _Asked | Reply = asked
        while isinstance(stand, _Asked):
            if stand.hops > HOPS_MOST:
                return replace(empty, fault="network", problem=f"redirects more than {HOPS_MOST} times")
            host = (urlsplit(stand.url).hostname or "").rstrip(".")
            async with self._hosts[host], self._places:
                if host in self._tired:
                    problem = "was not asked; its host said 429 (too many requests) in this run"
                    return replace(empty, fault="unasked", problem=problem)
                stand = await self._knock(empty, stand)
            if isinstance(stand, Reply) and stand.status == HTTPStatus.TOO_MANY_REQUESTS:
                self._tired.add(host)
        return stand

    async def _knock(self, empty: Reply, asked: _Asked) -> _Asked | Reply:
        seconds = self._settings.timeout_seconds
        try:
            async with asyncio.timeout(seconds):
                return await self._request(empty, asked)
        except TimeoutError:
            return replace(empty, fault="network", problem=f"timed out after {seconds:g} s")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if asked.method == "HEAD" and isinstance(error, _HEAD_IS_STRANGE):
                return replace(asked, method="GET")
            return replace(empty, fault=_fault(error), problem=sentence(error))

    async def _request(self, empty: Reply, asked: _Asked) -> _Asked | Reply:
        url = URL(urldefrag(asked.url).url)
        visited.set(url.raw_host or "")
        how = {"Accept": "image/*, */*;q=0.8" if empty.picture else "text/html, */*;q=0.8"}
        async with self._session.request(asked.method, url, headers=how, allow_redirects=False) as response:
            target = joined(asked.url, response.headers.get("Location", "").strip())
            if response.status in _REDIRECTS and is_web(target):
                return replace(asked, url=target, hops=asked.hops + 1)
            if asked.method == "HEAD" and _is_refusal(response.status):
                return replace(asked, method="GET")
            told = replace(
                empty,
                status=response.status,
                ended_at=asked.url if asked.hops else "",
                media_type=response.content_type if "Content-Type" in response.headers else "",
            )
            return await _looked_at(told, response) if told.picture and response.status == HTTPStatus.OK else told


def replies(
    inquiries: Sequence[Inquiry], settings: Settings, now: datetime, deadline_seconds: float = DEADLINE_SECONDS
) -> Iterator[Reply]:
    """Yield a reply to every inquiry as it arrives. Closing the generator early, or Ctrl-C, ends every one."""
    loop = asyncio.new_event_loop()
    arrived: SimpleQueue[Reply | None] = SimpleQueue()
    task = loop.create_task(_ask_all(inquiries, settings, now, deadline_seconds, arrived))
    thread = threading.Thread(target=_run, args=(loop, task, arrived), name="inquiries", daemon=True)
    thread.start()
    try:
        while (reply := arrived.get()) is not None:
            yield reply
    finally:
        with suppress(RuntimeError):  # the loop has closed: all is done
            loop.call_soon_threadsafe(task.cancel)
        thread.join()
    task.result()


def _run(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None], arrived: SimpleQueue[Reply | None]) -> None:
    try:
        loop.run_until_complete(asyncio.wait([task]))
    finally:
        loop.close()
        arrived.put(None)


async def _ask_all(
    inquiries: Sequence[Inquiry],
    settings: Settings,
    now: datetime,
    deadline_seconds: float,
    arrived: SimpleQueue[Reply | None],
) -> None:
    deadline = asyncio.get_running_loop().time() + deadline_seconds
    async with open_session(settings) as session, asyncio.TaskGroup() as group:
        together = _Round(session, settings, now)

        async def one(inquiry: Inquiry) -> None:
            arrived.put(await together.reply(inquiry, deadline))

        for inquiry in inquiries:
            group.create_task(one(inquiry))


def _is_refusal(status: int) -> bool:
    """Say whether an answer to HEAD may be about the method: many servers refuse it in whatever way."""
    return status >= HTTPStatus.BAD_REQUEST and status != HTTPStatus.TOO_MANY_REQUESTS


async def _looked_at(told: Reply, response: aiohttp.ClientResponse) -> Reply:
    """Read a picture's first bytes, and count the rest where the server does not."""
    length = response.content_length or 0
    head, size = b"", 0
    async for data in response.content.iter_any():
        head = (head + data)[:HEAD_BYTES] if len(head) < HEAD_BYTES else head
        size += len(data)
        if size >= (HEAD_BYTES if length else PICTURE_BYTES_MOST):
            break
    return replace(told, bytes_length=length or size, media_type=media_type(head) or told.media_type)


def _fault(error: Exception) -> ReplyFault:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "host"
    return "certificate" if isinstance(error, _NO_TRUST) else "network"
