"""The newsstand: the outbox's site over HTTP as a static host would give it, for a laptop. Reads files, writes none.

Addresses of the site's own (`newsletter.base_url`) lead to the stand in what it gives out, so that every link, picture
and feed works before the site is online; identities (`tag:` URIs) are none of them and stay as they are.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

# Chromium shows application/rss+xml and application/atom+xml as bare text; as application/xml it dresses a feed in its
# feed.css, and feed readers take either (RFC 7303, section 9.1; seen in Chromium 150).
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
_FEED = "application/feed+json"  # JSON Feed 1.1, "MIME type"
_WORDS = frozenset({".html", ".xml", ".json", ".css", ".js", ".txt"})
_READING = frozenset({"GET", "HEAD"})


def stand(site: Path, base_url: str, hosts: Collection[str] = ()) -> ASGIApp:
    """Serve a folder that a static host would serve: types, `index.html`, `404.html`, ETag and 304 (RFC 9110).

    `base_url` is where the pages say that they lie. `..`, links out of the folder and names that begin with a dot lead
    to the 404 page. Where `hosts` ("127.0.0.1:8000") are named, no other Host is answered (DNS rebinding). Every
    answer is made from the files as they lie there at that moment.
    """
    shelves = _Shelves(site, base_url.rstrip("/"), frozenset(hosts))

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        answer = shelves.answer(Request(scope))
        await answer(scope, receive, send)

    return serve


@dataclass(frozen=True)
class _Shelves:
    site: Path
    base_url: str
    hosts: frozenset[str]

    def answer(self, request: Request) -> Response:
        if self.hosts and request.headers.get("host", "") not in self.hosts:
            return Response("This address is not served here.\n", 421, media_type="text/plain")
        if request.method not in _READING:
            return Response("Only to be read.\n", 405, {"allow": "GET, HEAD"}, "text/plain")
        path: str = request.scope["path"]
        file = self._find(path)
        if file and file.is_dir():
            if not path.endswith("/"):
                return RedirectResponse(request.url.replace(path=f"{path}/"), 308)
            file = self._find(f"{path}index.html")
        return self._given(request, file) if file else self._missing(request)

    def _given(self, request: Request, file: Path, status: int = 200) -> Response:
        content = self._led_here(request, file)
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"etag": tag, "cache-control": "no-cache", "x-content-type-options": "nosniff"}
        if status == 200 and _has(request.headers.get("if-none-match", ""), tag):  # noqa: PLR2004 (HTTP's own number)
            return Response(status_code=304, headers=headers)
        return Response(content, status, headers, _media_type(file))

    def _missing(self, request: Request) -> Response:
        page = self._find("/404.html")
        return self._given(request, page, 404) if page else Response("Not here.\n", 404, media_type="text/plain")

    def _find(self, path: str) -> Path | None:
        """Return a file or folder of the site, wherever `path` tries to lead."""
        parts = path.split("/")
        if any(part.startswith(".") for part in parts) or "\0" in path or "\\" in path:
            return None
        try:
            full, found = self._files.lookup_path("/".join(part for part in parts if part))
        except (OSError, ValueError, HTTPException):  # a name too long for the disk
            return None
        return Path(full) if found else None

    def _led_here(self, request: Request, file: Path) -> bytes:
        """Return a file's bytes with the site's own addresses leading to the stand."""
        content = file.read_bytes()
        if file.suffix not in _WORDS:
            return content
        here = f"{request.url.scheme}://{request.url.netloc}"
        return self._own.sub(here.encode(), content)

    @cached_property
    def _files(self) -> StaticFiles:
        return StaticFiles(directory=self.site, check_dir=False)

    @cached_property
    def _own(self) -> re.Pattern[bytes]:
        return re.compile(re.escape(self.base_url.encode()) + rb"(?![\w:-]|\.\w)")


def _media_type(file: Path) -> str:
    return _FEED if file.name == "feed.json" else _TYPES.get(file.suffix, "application/octet-stream")


def _has(tags: str, tag: str) -> bool:
    """Compare weakly, as If-None-Match is (RFC 9110, section 13.1.2)."""
    return any(one.strip().removeprefix("W/") in {tag, "*"} for one in tags.split(","))
