"""Who may see a draft: whoever has the printed address, and nobody else. Knows no edition.

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
_CLOSED = "Only who has the address printed by `currents preview` may look. Run it again."
_READING = ("GET", "HEAD")


class Gate:
    """Unguessable words in every address: one for all that is looked at or done, one for photos, one to get in by.

    No cookies: another server on this machine would be sent them too (RFC 6265 section 8.5 knows no ports). Photos
    have a word of their own because a mail's HTML names it. The way in (`opening_url`) opens once: other users of the
    machine can read it from the command line of a browser that is started with it.
    """

    def __init__(self, port: int, host: str = ADDRESS) -> None:
        self.origin = origin_of(host, port)
        self._localhost = f"localhost:{port}" if host == ADDRESS else ""
        self._room, self._album, self._key = (secrets.token_urlsafe(32) for _ in range(3))
        self._used = False

    @property
    def address(self) -> str:
        """Return where the edition is looked at; good until the preview ends."""
        return f"{self.origin}/{self._room}/mail"

    @property
    def opening_url(self) -> str:
        """Return an address that leads there once."""
        return f"{self.origin}/?key={self._key}"

    @property
    def prints_url(self) -> str:
        """Return where the edition's own photos lie."""
        return f"{self.origin}/{self._album}/"

    def path_of(self, path: str) -> str | None:
        """Return a path without the word that it opens with ("/mail", "/prints/salt.jpg"); None without one."""
        word, _, rest = path.removeprefix("/").partition("/")
        if _same(word, self._room):
            return f"/{rest}"
        return f"/prints/{rest}" if _same(word, self._album) else None

    def answer(self, request: Request) -> Response | None:
        """Return what to say instead of showing anything, or None when the request may pass."""
        return self._stranger(request) or self._arrival(request)

    def _stranger(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if not host or host not in {self.origin.removeprefix("http://"), self._localhost}:
            return PlainTextResponse("This address is not served here.", 400)
        if request.method not in (*_READING, "POST"):
            return PlainTextResponse("Only to be read.", 405, {"allow": "GET, HEAD, POST"})
        # A browser says where a POST comes from; what says nothing is no page of ours.
        said = "" if request.method == "POST" else self.origin
        if request.headers.get("origin", said) != self.origin:
            return PlainTextResponse(_CLOSED, 403)
        if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return PlainTextResponse(_CLOSED, 403)
        if host == self._localhost:  # one origin only, the one that pictures point to
            return RedirectResponse(request.url.replace(hostname=ADDRESS), 307)
        return None

    def _arrival(self, request: Request) -> Response | None:
        if request.url.path != "/":
            return None if self.path_of(request.url.path) else PlainTextResponse(_CLOSED, 403)
        if self._used or not _same(request.query_params.get("key", ""), self._key):
            return PlainTextResponse(_CLOSED, 403)
        self._used = request.method == "GET"
        return RedirectResponse(self.address, 303)


def document_policy(gate: Gate, images: Images = "own") -> str:
    """Return the policy of a mail or page: no script, no way out, no picture but the edition's own.

    Pictures may be switched off, or those on the web allowed, which tells their hosts that somebody looks. `sandbox`
    keeps that true when the document is opened by itself; `allow-same-origin` lets the shell measure it.
    """
    pictures = {
        "own": f"{gate.prints_url} data:",
        "off": "'none'",
        "web": f"{gate.prints_url} data: https: http:",
    }
    return (
        f"sandbox allow-same-origin; default-src 'none'; img-src {pictures[images]}; "
        "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


def guarded(app: ASGIApp, gate: Gate) -> ASGIApp:
    """Put the gate before an application and a seal on everything that leaves it."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        answer = gate.answer(Request(scope))
        if answer:
            await answer(scope, receive, _sealed(send))
            return
        await app({**scope, "path": gate.path_of(scope["path"])}, receive, _sealed(send))

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
