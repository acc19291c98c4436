"""One visit to a web address: ask politely, take no more than agreed, and say in one line what went wrong.

Nothing here knows what a feed or an article is.
"""

import asyncio
import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urldefrag

import aiohttp
from yarl import URL

from composer.errors import WireError
from composer.feeds.addresses import is_web, joined
from composer.feeds.decoding import Body, TooLargeError, is_known
from composer.feeds.failures import sentence
from composer.settings import Settings

HOPS_MOST = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MEGABYTE = 1_000_000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to ask for; the validators of the last whole answer make it a conditional request (RFC 9110 section 13)."""

    url: str
    etag: str = ""
    last_modified: str = ""


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


async def visit(session: aiohttp.ClientSession, request: Request, settings: Settings) -> Answer:
    """Fetch an address within the total time and size that the settings allow. Raises WireError."""
    try:
        async with asyncio.timeout(settings.timeout_seconds):
            return await _follow(session, request, settings.bytes_most)
    except TimeoutError as error:
        raise WireError(request.url, _too_slow(error, settings.timeout_seconds)) from error
    except TooLargeError as error:
        raise WireError(request.url, f"larger than {settings.bytes_most / _MEGABYTE:g} MB") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise WireError(request.url, sentence(error)) from error


def _too_slow(error: TimeoutError, seconds: float) -> str:
    if isinstance(error, aiohttp.ServerTimeoutError):
        return "does not answer; the connection timed out"
    return f"timed out after {seconds:g} s"


async def _follow(session: aiohttp.ClientSession, request: Request, bytes_most: int) -> Answer:
    url = request.url
    for _ in range(HOPS_MOST + 1):
        async with session.get(_url(url), headers=_conditions(request), allow_redirects=False) as response:
            if response.status not in _REDIRECTS:
                return await _answer(url, response, bytes_most)
            url = _next_hop(request, url, response.headers.get("Location", ""))
    raise WireError(request.url, f"redirects more than {HOPS_MOST} times")


def _url(url: str) -> URL:
    return URL(urldefrag(url).url)


def _next_hop(request: Request, url: str, location: str) -> str:
    target = joined(url, location.strip())
    if not location.strip():
        raise WireError(request.url, "redirects without saying where to")
    if not is_web(target):
        raise WireError(request.url, f"redirects to {location.strip()[:80]!r}, which is no http(s) address")
    return target


def _conditions(request: Request) -> dict[str, str]:
    asked = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in asked.items() if value}


async def _answer(url: str, response: aiohttp.ClientResponse, bytes_most: int) -> Answer:
    if response.status == HTTPStatus.NOT_MODIFIED:
        return Answer(url=url, unchanged=True)
    if not HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
        raise WireError(url, _refusal(response.status))
    body, damage = await _body(url, response, bytes_most)
    return Answer(
        url=url,
        body=body,
        charset=_charset(response.headers.get("Content-Type", "")),
        etag=_validator(response, "ETag"),
        last_modified=_validator(response, "Last-Modified"),
        damage=damage,
    )


def _charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return found.group(1) if found else ""


def _refusal(status: int) -> str:
    try:
        meaning = HTTPStatus(status).phrase.lower()
    except ValueError:
        meaning = "which is no known status"
    advice = ": it will not come back" if status == HTTPStatus.GONE else ""
    return f"answers {status} ({meaning}){advice}"


def _validator(response: aiohttp.ClientResponse, name: str) -> str:
    """Return a validator that can be sent back as it came; `Expires: 0` says that there is none worth keeping."""
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and response.headers.get("Expires") != "0" else ""


async def _body(url: str, response: aiohttp.ClientResponse, bytes_most: int) -> tuple[bytes, str]:
    """Read a body to its end, or to where it breaks off: what came before may still be readable."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if not is_known(encoding):
        raise WireError(url, f"answers in an encoding we did not ask for ({encoding[:40]})")
    body, breaks_off = Body(encoding, bytes_most), ""
    try:
        async for data in response.content.iter_any():
            body.feed(data)
    except aiohttp.ServerTimeoutError:
        raise
    except (aiohttp.ClientError, ConnectionError) as error:
        if not body.content():
            raise WireError(url, sentence(error)) from error
        breaks_off = "the answer breaks off"
    return body.content(), "its compression is broken" if body.damaged else breaks_off
