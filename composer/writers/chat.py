"""A language model behind an OpenAI-compatible endpoint, on this machine or elsewhere.

One POST an answer, with a deadline for the whole of it, a cap on its size, and no redirect followed: a key goes to the
host it was given for and nowhere else. Not for use inside a running event loop.
"""

import asyncio
import time
from collections.abc import Callable

import aiohttp

from composer.commissions import Answer, Commission
from composer.errors import WireError
from composer.ports import Clock
from composer.writers.completions import Response, completion, is_busy, question, refusal, wait_seconds
from composer.writers.endpoint import Endpoint

BYTES_MOST = 2_000_000
ATTEMPTS = 3
PATIENCE_SECONDS = 60  # a longer Retry-After is reported, not slept through
_CONNECT_SECONDS = 10
_FAILURES: tuple[tuple[type[Exception], str], ...] = (  # the narrower kind first
    (aiohttp.ClientConnectorDNSError, "no such host, or names cannot be looked up now"),
    (aiohttp.ClientConnectorCertificateError, "its certificate cannot be trusted, so nothing was sent"),
    (aiohttp.ClientSSLError, "no TLS connection can be made, so nothing was sent"),
    (aiohttp.ClientConnectorError, "nothing answers there; is the model's server running?"),
    (aiohttp.ClientResponseError, "does not answer in HTTP"),
    (aiohttp.InvalidURL, "is no address that can be asked; see to the model's base URL"),
)


class ChatWriter:
    """Asks one endpoint. `wait` sleeps for seconds."""

    def __init__(self, endpoint: Endpoint, clock: Clock, wait: Callable[[float], None] = time.sleep) -> None:
        self._endpoint = endpoint
        self._clock = clock
        self._wait = wait

    def write(self, commission: Commission) -> Answer:
        """Ask, and return what was handed in. Raises WireError, AuthError, RateLimitError."""
        began = time.monotonic()
        response = self._asked(question(commission))
        said = completion(response, self._endpoint)
        return Answer(
            text=said.text,
            tokens_in=said.tokens_in,
            tokens_out=said.tokens_out,
            milliseconds=round((time.monotonic() - began) * 1000),
            written_at=self._clock(),
        )

    def _asked(self, body: bytes) -> Response:
        """Ask up to `ATTEMPTS` times, as long as the server is busy and its patience fits ours."""
        for attempt in range(1, ATTEMPTS):
            response = asyncio.run(self._post(body))
            if not is_busy(response):
                return response
            asked = wait_seconds(response.retry_after, self._clock())
            seconds = float(attempt) if asked is None else asked
            if seconds > PATIENCE_SECONDS:
                raise refusal(response, self._endpoint)
            self._wait(seconds)
        return asyncio.run(self._post(body))

    async def _post(self, body: bytes) -> Response:
        try:
            async with self._session() as session:
                address = f"{self._endpoint.base_url}/chat/completions"
                async with session.post(address, data=body, allow_redirects=False) as answer:
                    content = await self._read(answer)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise WireError(self._endpoint.host, _sentence(error, self._endpoint)) from error
        return Response(answer.status, content, answer.headers.get("Retry-After", ""))

    def _session(self) -> aiohttp.ClientSession:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        seconds = self._endpoint.timeout_seconds
        patience = aiohttp.ClientTimeout(total=seconds, sock_connect=min(_CONNECT_SECONDS, seconds))
        return aiohttp.ClientSession(headers=headers, timeout=patience, cookie_jar=aiohttp.DummyCookieJar())

    async def _read(self, answer: aiohttp.ClientResponse) -> bytes:
        content = bytearray()
        async for piece in answer.content.iter_any():
            content += piece
            if len(content) > BYTES_MOST:
                raise WireError(
                    self._endpoint.host, f"its answer is larger than {BYTES_MOST // 1_000_000} MB; not read"
                )
        return bytes(content)


def _sentence(error: Exception, endpoint: Endpoint) -> str:
    """Name a failure of the network, TLS or HTTP."""
    if isinstance(error, TimeoutError):
        seconds = f"{endpoint.timeout_seconds:g}"
        return (
            f"no whole answer within {seconds} seconds; is the model still loading? model.timeout_seconds is the limit"
        )
    said = (sentence for kind, sentence in _FAILURES if isinstance(error, kind))
    return next(said, "broke off the connection; try again")
