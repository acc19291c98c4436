"""JSON over HTTP as newsletter services speak it, and what their answers mean for an editor.

One deadline a request, no redirect followed; a question that failed on their side is asked once more. No key stands in
any error.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from composer.errors import AuthError, ConflictError, NotFoundError, RateLimitError, RejectedError, WireError
from composer.model import Print
from composer.text import one_line

SECONDS = 30.0
_SAID_MOST = 300
_TELLING = ("message", "detail", "errors", "error", "msg", "context", "code")
_WAIT_MOST = 30  # seconds that a service may ask us to wait, once
_BYTES_MOST = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What a service is asked."""

    method: str
    path: str
    body: object
    params: Mapping[str, str] | None
    picture: tuple[str, Print] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a service answered."""

    status: int
    body: bytes
    retry_after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A service's address and how it is entered."""

    name: str
    base_url: str
    headers: Callable[[], Mapping[str, str]]  # made for each request: some keys live for minutes
    seconds: float = SECONDS

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        params: Mapping[str, str] | None = None,
        picture: tuple[str, Print] | None = None,
    ) -> Any:  # noqa: ANN401 (what JSON can hold)
        """Ask, and return what the answer's JSON says (None: nothing). `picture` is a form's field and what it holds.

        Raises NotFoundError, AuthError, ConflictError, RejectedError, RateLimitError, WireError.
        """
        asked = _Question(method=method, path=path, body=body, params=params, picture=picture)
        answer = self._answered(asked)
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise self._error(answer)
        if not answer.body.strip():
            return None
        try:
            return json.loads(answer.body)
        except ValueError:
            said = "HTML" if answer.body.lstrip()[:1] == b"<" else "something"
            raise WireError(self.host, f"answered with {said} instead of JSON; is its address right?") from None

    @property
    def host(self) -> str:
        """Return what it is called in sentences."""
        return urlsplit(self.base_url).netloc or self.base_url

    def _answered(self, asked: _Question) -> Answer:
        for last in (False, True):
            try:
                answer = asyncio.run(self._exchange(asked))
            except TimeoutError as error:
                said = f"said nothing for {self.seconds:.0f} seconds; look there, then try again"
                raise WireError(self.host, said) from error
            except (aiohttp.ClientError, OSError, ValueError) as error:
                said = f"the connection was lost ({type(error).__name__}); look there, then try again"
                raise WireError(self.host, said) from error
            wait = _seconds(answer.retry_after) if answer.status == HTTPStatus.TOO_MANY_REQUESTS else None
            again = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR and asked.method == "GET"
            if last or not (again or (wait is not None and wait <= _WAIT_MOST)):
                return answer
            asyncio.run(asyncio.sleep(wait if wait is not None else 1))
        raise AssertionError("unreachable")  # pragma: no cover

    async def _exchange(self, asked: _Question) -> Answer:
        given: dict[str, Any] = {"params": asked.params, "allow_redirects": False, "headers": dict(self.headers())}
        if asked.picture:
            field, one = asked.picture
            form = aiohttp.FormData()
            form.add_field(field, one.content, filename=one.name, content_type=one.media_type)
            given["data"] = form
        elif asked.body is not None:
            given["json"] = asked.body
        patience = aiohttp.ClientTimeout(total=self.seconds)
        async with (
            aiohttp.ClientSession(timeout=patience, cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.request(asked.method, f"{self.base_url.rstrip('/')}{asked.path}", **given) as answer,
        ):
            pieces, length = [], 0
            async for piece in answer.content.iter_any():
                pieces.append(piece)
                length += len(piece)
                if length > _BYTES_MOST:
                    raise ValueError("too long")
            told = answer.headers.get("Retry-After", "")
            return Answer(status=answer.status, body=b"".join(pieces), retry_after=told)

    def _error(self, answer: Answer) -> Exception:
        status, said = answer.status, _said(answer.body)
        told = f"answered {status}{f': {said}' if said else ''}"
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return AuthError(self.host, f"{told}; it refuses {self.name}, or what that may do")
        if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            return NotFoundError(f"{self.host}: {told}")
        if status == HTTPStatus.CONFLICT:
            return ConflictError(f"{self.host}: {told}; it was changed there meanwhile: look at it, then push again")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            wait = _seconds(answer.retry_after)
            return RateLimitError(self.host, f"{told}; try again in {f'{wait} seconds' if wait else 'a while'}")
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return RejectedError(self.host, f"{told}; nothing was written there")
        return WireError(self.host, f"{told}; look there, then try again")


def _seconds(words: str) -> int | None:
    return int(words) if words.isdigit() else None


def _said(body: bytes) -> str:
    """Return a service's own words on what is wrong, in a line."""
    try:
        told = json.loads(body)
    except ValueError:
        return "" if body.lstrip()[:1] == b"<" else one_line(body.decode("utf-8", "replace"))[:_SAID_MOST]
    return one_line("; ".join(_words(told)))[:_SAID_MOST]


def _words(told: object) -> list[str]:
    if isinstance(told, Mapping):
        named = [told[key] for key in _TELLING if told.get(key)]
        return list(dict.fromkeys(words for one in named for words in _words(one)))
    if isinstance(told, list):
        return [words for one in told for words in _words(one)]
    return [str(told)]
