"""One hop of a visit to a web address: ask politely, take no more than agreed, say in one line what went wrong.

Nothing here knows what a feed or an article is.
"""

import asyncio
from dataclasses import dataclass, replace
from http import HTTPStatus
from time import monotonic
from urllib.parse import urldefrag

import aiohttp
from yarl import URL

from composer.errors import WireError
from composer.feeds.addresses import is_web, joined
from composer.feeds.decoding import Body, TooLargeError, is_known
from composer.feeds.failures import RefusedError, refusal, sentence
from composer.feeds.guard import visited
from composer.feeds.headers import NOTHING, Told, challenger, charset, told, validator
from composer.settings import Settings

HOPS_MOST = 5
_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_REDIRECTS = _PERMANENT | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
_CHALLENGES = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_CHALLENGE_BYTES, _CHALLENGE_SECONDS = 100_000, 3
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to ask for; the validators of the last whole answer make it a conditional request (RFC 9110 section 13)."""

    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """Where a visit stands: at its beginning, or where redirects led it."""

    url: str
    seconds_left: float  # of the time for the whole visit; waiting for a place does not count
    hops: int = 0
    permanent: bool = True  # every redirect so far was


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. `body` is decoded; `damage` says in a few words why it is not whole."""

    url: str  # of the last hop
    body: bytes = b""
    charset: str = ""  # as the Content-Type header names it
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False  # 304: nothing new since the validators
    damage: str = ""
    moved_to: str = ""  # the last hop, when every redirect on the way was permanent
    told: Told = NOTHING


async def hop(session: aiohttp.ClientSession, request: Request, trail: Trail, settings: Settings) -> Answer | Trail:
    """Ask one address; return its answer, or where it sends us, with the time that is left. Raises WireError."""
    began = monotonic()
    try:
        async with asyncio.timeout(trail.seconds_left):
            found = await _ask(session, request, trail, settings.bytes_most)
    except TimeoutError as error:
        raise WireError(request.url, _too_slow(error, settings.timeout_seconds)) from error
    except TooLargeError as error:
        raise WireError(request.url, f"larger than {settings.bytes_most / _MEGABYTE:g} MB") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise WireError(request.url, sentence(error)) from error
    if isinstance(found, Answer):
        return found
    return replace(found, seconds_left=trail.seconds_left - (monotonic() - began))


def _too_slow(error: TimeoutError, seconds: float) -> str:
    if isinstance(error, aiohttp.ServerTimeoutError):
        return "does not answer; the connection timed out"
    return f"timed out after {seconds:g} s"


async def _ask(session: aiohttp.ClientSession, request: Request, trail: Trail, bytes_most: int) -> Answer | Trail:
    url = URL(urldefrag(trail.url).url)
    visited.set(url.raw_host or "")
    async with session.get(url, headers=_conditions(request), allow_redirects=False) as response:
        if response.status in _REDIRECTS:
            return _onward(request, trail, response)
        if response.status == HTTPStatus.NOT_MODIFIED:
            return _unchanged(request, trail, response)
        if not HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
            raise await _refused(request, trail, response)
        return await _answer(request, trail, response, bytes_most)


def _conditions(request: Request) -> dict[str, str]:
    asked = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in asked.items() if value}


def _onward(request: Request, trail: Trail, response: aiohttp.ClientResponse) -> Trail:
    location = response.headers.get("Location", "").strip()
    target = joined(trail.url, location)
    said = told(response.status, response.headers)
    if trail.hops == HOPS_MOST:
        raise RefusedError(request.url, f"redirects more than {HOPS_MOST} times", said)
    if not location:
        raise RefusedError(request.url, "redirects without saying where to", said)
    if not is_web(target):
        raise RefusedError(request.url, f"redirects to {location[:80]!r}, which is no http(s) address", said)
    permanent = trail.permanent and response.status in _PERMANENT
    return replace(trail, url=target, hops=trail.hops + 1, permanent=permanent)


def _unchanged(request: Request, trail: Trail, response: aiohttp.ClientResponse) -> Answer:
    said = told(response.status, response.headers)
    if not _conditions(request):
        raise RefusedError(request.url, "answers 304 (not modified), but was not asked whether it is", said)
    return Answer(
        url=trail.url,
        unchanged=True,
        etag=validator(response.headers, "ETag"),
        last_modified=validator(response.headers, "Last-Modified"),
        moved_to=_moved_to(trail),
        told=said,
    )


def _moved_to(trail: Trail) -> str:
    return urldefrag(trail.url).url if trail.hops and trail.permanent else ""


async def _refused(request: Request, trail: Trail, response: aiohttp.ClientResponse) -> RefusedError:
    wanted = challenger(response.headers, await _beginning(response))
    gone = response.status == HTTPStatus.GONE and trail.permanent
    said = told(response.status, response.headers)
    return RefusedError(request.url, refusal(response.status, wanted), said, gone=gone)


async def _beginning(response: aiohttp.ClientResponse) -> bytes:
    """Read what a refusal shows to people, as far as it comes quickly: its words tell a challenge from a plain no."""
    encoding = _encoding(response)
    if response.status not in _CHALLENGES or not is_known(encoding):
        return b""
    body = Body(encoding, _CHALLENGE_BYTES)
    try:
        async with asyncio.timeout(_CHALLENGE_SECONDS):
            async for data in response.content.iter_any():
                body.feed(data)
    except (TimeoutError, TooLargeError, aiohttp.ClientError, ConnectionError):
        pass  # what came before is enough
    return body.content()


async def _answer(request: Request, trail: Trail, response: aiohttp.ClientResponse, bytes_most: int) -> Answer:
    said = told(response.status, response.headers)
    if wanted := challenger(response.headers):
        raise RefusedError(request.url, refusal(response.status, wanted), said)
    body, damage = await _body(request, response, bytes_most)
    return Answer(
        url=trail.url,
        body=body,
        charset=charset(response.headers),
        etag=validator(response.headers, "ETag"),
        last_modified=validator(response.headers, "Last-Modified"),
        damage=damage,
        moved_to=_moved_to(trail),
        told=said,
    )


def _encoding(response: aiohttp.ClientResponse) -> str:
    return response.headers.get("Content-Encoding", "").strip().lower()


async def _body(request: Request, response: aiohttp.ClientResponse, bytes_most: int) -> tuple[bytes, str]:
    """Read a body to its end, or to where it breaks off: what came before may still be readable."""
    encoding = _encoding(response)
    if not is_known(encoding):
        raise WireError(request.url, f"answers in an encoding we did not ask for ({encoding[:40]})")
    body, breaks_off = Body(encoding, bytes_most), ""
    try:
        async for data in response.content.iter_any():
            body.feed(data)
    except aiohttp.ServerTimeoutError:
        raise
    except (aiohttp.ClientError, ConnectionError):
        breaks_off = "the answer breaks off"
    damage = breaks_off or ("its compression is broken" if body.damaged else "")
    if damage and not body.content():
        raise WireError(request.url, damage)
    return body.content(), damage
