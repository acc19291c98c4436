"""Who may see a draft: the browser that opened the printed address, and nobody else. Knows no edition.

Measured in Chromium: a page on another port of 127.0.0.1 arrives as `same-site`, one on `localhost` as `cross-site`,
so only `same-origin` and `none` (typed, or opened from a terminal) may pass.
"""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from composer.preview.conditions import Images
from composer.preview.hosting import ADDRESS, origin_of

SHELL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SEALS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",  # an old draft must not be found in a shared computer's cache
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-dns-prefetch-control": "off",
}
_CLOSED = "Only the browser that first opened the address printed by `currents preview` may look. Run it again."


class Gate:
    """One opening key, good once, and the badge (a cookie) it is exchanged for.

    Other users of the machine can read the key from the browser's command line, so it must not open twice.
    """

    def __init__(self, port: int, host: str = ADDRESS) -> None:
        self.origin = origin_of(host, port)
        self.localhost = f"localhost:{port}" if host == ADDRESS else ""
        self.cookie = f"currents_preview_{port}"  # cookies know no ports: two previews must not take each other's
        self._key = secrets.token_urlsafe(32)
        self._badge = secrets.token_urlsafe(32)
        self._used = False

    @property
    def opening_url(self) -> str:
        """Return the address that lets one browser in."""
        return f"{self.origin}/?key={self._key}"

    def answer(self, request: Request) -> Response | None:
        """Return what to say instead of showing anything, or None when the request may pass."""
        return self._stranger(request) or self._arrival(request)

    def _stranger(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if not host or host not in {self.origin.removeprefix("http://"), self.localhost}:
            return PlainTextResponse("This address is not served here.", 400)
        if request.method not in {"GET", "HEAD"}:
            return PlainTextResponse("Only to be read.", 405, {"allow": "GET, HEAD"})
        if request.headers.get("origin", self.origin) != self.origin:
            return PlainTextResponse(_CLOSED, 403)
        if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return PlainTextResponse(_CLOSED, 403)
        if host == self.localhost:  # one origin only, the one that pictures point to
            return RedirectResponse(request.url.replace(hostname=ADDRESS), 307)
        return None

    def _arrival(self, request: Request) -> Response | None:
        known = _same(request.cookies.get(self.cookie, ""), self._badge)
        if request.url.path != "/":
            return None if known else PlainTextResponse(_CLOSED, 403)
        if not known and (self._used or not _same(request.query_params.get("key", ""), self._key)):
            return PlainTextResponse(_CLOSED, 403)
        inside = RedirectResponse("/mail", 303)
        if not known and request.method == "GET":
            self._used = True
            inside.set_cookie(self.cookie, self._badge, path="/", httponly=True, samesite="strict")
        return inside


def document_policy(gate: Gate, images: Images = "own") -> str:
    """Return the policy of a mail or page: no script, no way out, no picture but the edition's own.

    Pictures may be switched off, or those on the web allowed, which tells their hosts that somebody looks. `sandbox`
    keeps that true when the document is opened by itself; `allow-same-origin` lets the shell measure it.
    """
    pictures = {
        "own": f"{gate.origin}/prints/ data:",
        "off": "'none'",
        "web": f"{gate.origin}/prints/ data: https: http:",
    }
    return (
        f"sandbox allow-same-origin; default-src 'none'; img-src {pictures[images]}; "
        "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


def guarded(app: ASGIApp, gate: Gate) -> ASGIApp:
    """Put the gate before an application and a seal on everything that leaves it."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        answer = gate.answer(Request(scope)) or app
        await answer(scope, receive, _sealed(send))

    return guard


def _sealed(send: Send) -> Send:
    async def seal(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _SEALS.items():
                headers.setdefault(name, value)
        await send(message)

    return seal


def _same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode(), secret.encode())
