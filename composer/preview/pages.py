"""What the preview serves: the shell around the views, the framed documents, photos, and word of changes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from composer.model import Remark
from composer.preview.documents import SCHEMES, Scheme, framed
from composer.preview.guard import SHELL_POLICY, Gate, document_policy
from composer.preview.sheet import gravest_first, place
from composer.preview.wall import Wall
from composer.reports import tally, weight

View = Literal["mail", "page", "text"]

_HERE = Path(__file__).parent
_FIXTURES = {
    "shell.css": "text/css; charset=utf-8",
    "shell.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_VIEWS: tuple[tuple[View, str], ...] = (("mail", "Mail"), ("page", "Page"), ("text", "Text"))
_KEPT = "private, max-age=3600, immutable"  # a print's name is its content's: a save need not fetch it again
_PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One framed document: `name` is also its width in the style sheet."""

    name: str
    label: str
    document: str
    pixels: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A remark, ready to be printed."""

    severity: str
    message: Markup
    rule: str
    place: str


_FRAMES: dict[View, tuple[Frame, ...]] = {
    "mail": (Frame("desktop", "Desktop, 600 px", "mail", 600), Frame("phone", "Phone, 375 px", "mail", 375)),
    "page": (Frame("page", "The page in the archive", "page"),),
    "text": (),
}


@dataclass(frozen=True, slots=True)
class Rooms:
    """The answers to everything that can be asked for."""

    wall: Wall
    gate: Gate
    templates: Environment

    async def mail(self, request: Request) -> Response:
        """Show the mail, wide and narrow."""
        return self._shell("mail", request)

    async def page(self, request: Request) -> Response:
        """Show the archive page."""
        return self._shell("page", request)

    async def text(self, request: Request) -> Response:
        """Show the plain text that every mail carries."""
        return self._shell("text", request)

    async def document(self, request: Request) -> Response:
        """Serve the mail or the page itself, for a frame."""
        sheet = self.wall.sheet
        html = {"mail": sheet.email_html, "page": sheet.page_html}.get(request.path_params["name"])
        if html is None:
            raise HTTPException(404)
        policy = document_policy(self.gate)
        return HTMLResponse(framed(html, _scheme(request)), headers={"content-security-policy": policy})

    async def print_(self, request: Request) -> Response:
        """Serve one of the edition's own photos."""
        name = request.path_params["name"]
        found = next((photo for photo in self.wall.sheet.prints if photo.name == name), None)
        if found is None or found.media_type not in _PICTURES:
            raise HTTPException(404)
        return Response(found.content, media_type=found.media_type, headers={"cache-control": _KEPT})

    async def fixture(self, request: Request) -> Response:
        """Serve the shell's own style, script and icon."""
        name = request.path_params["name"]
        if name not in _FIXTURES:
            raise HTTPException(404)
        return Response((_HERE / name).read_bytes(), media_type=_FIXTURES[name])

    async def changes(self, _: Request) -> Response:
        """Tell an open page the number of the sheet that hangs, now and whenever it turns (server-sent events)."""
        return StreamingResponse(_announce(self.wall), media_type="text/event-stream")

    def _shell(self, view: View, request: Request) -> Response:
        sheet = self.wall.sheet
        html = self.templates.get_template("shell.html").render(
            sheet=sheet,
            number=self.wall.number,
            view=view,
            views=_VIEWS,
            scheme=_scheme(request),
            schemes=SCHEMES,
            shown=bool(sheet.email_html),
            frames=_FRAMES[view] if sheet.email_html else (),
            remarks=[_line(remark, sheet.file) for remark in gravest_first(sheet.remarks)],
            counted=tally(sheet.remarks),
        )
        return HTMLResponse(html, headers={"content-security-policy": SHELL_POLICY})


def site(wall: Wall, gate: Gate) -> Starlette:
    """Build the preview's site, without its gate."""
    loader = FileSystemLoader(_HERE)
    templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    rooms = Rooms(wall, gate, templates)
    return Starlette(
        routes=[
            Route("/mail", rooms.mail),
            Route("/page", rooms.page),
            Route("/text", rooms.text),
            Route("/documents/{name}", rooms.document),
            Route("/prints/{name}", rooms.print_),
            Route("/shell/{name}", rooms.fixture),
            Route("/changes", rooms.changes),
        ]
    )


def _line(remark: Remark, file: str) -> Line:
    return Line(weight(remark.severity), _coded(remark.message), remark.rule, place(remark, file))


def _coded(words: str) -> Markup:
    """Set what stands between backticks as code."""
    pieces = words.split("`")
    if len(pieces) % 2 == 0:  # one stands alone
        return escape(words)
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if at % 2 else piece for at, piece in enumerate(pieces)
    )


def _scheme(request: Request) -> Scheme:
    return "dark" if request.query_params.get("scheme") == "dark" else "light"


async def _announce(wall: Wall) -> AsyncIterator[str]:
    yield "retry: 500\n\n"  # milliseconds until a browser knocks again
    while not wall.closed:
        told = wall.number
        yield f"data: {told}\n\n"
        await wall.newer(told)
