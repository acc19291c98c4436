"""What the preview serves: the shell around the views, the framed documents, photos, and word of changes."""

import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from composer.model import Remark
from composer.preview.conditions import NARROWEST, VIEWS, WIDEST, Conditions, View, conditions_of
from composer.preview.documents import SCHEMES, framed
from composer.preview.doing import Counter
from composer.preview.guard import SHELL_POLICY, Gate, document_policy
from composer.preview.inbox import snippet
from composer.preview.sheet import Sheet, gravest_first, place
from composer.preview.wall import Wall

_HERE = Path(__file__).parent
_FIXTURES = {
    "shell.css": "text/css; charset=utf-8",
    "views.css": "text/css; charset=utf-8",
    "panels.css": "text/css; charset=utf-8",
    "shell.js": "text/javascript; charset=utf-8",
    "acts.js": "text/javascript; charset=utf-8",
    "marks.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_FREE = "free"  # the frame whose width the reader chooses
_INBOXES = (  # as wide as these programs show a row in their usual window; how wide is seen, not promised by anybody
    ("gmail-phone", "Gmail on a phone"),
    ("gmail-desktop", "Gmail in a browser"),
    ("apple-mail", "Apple Mail on a phone"),
    ("outlook", "Outlook’s list on a desktop"),
)
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
    number: int  # of the line, 0 for the whole edition
    part: str  # of the mail, where it can be seen; "": nowhere


_FRAMES: dict[View, tuple[Frame, ...]] = {
    "mail": (Frame("desktop", "Desktop, 600 px", "mail", 600), Frame("phone", "Phone, 375 px", "mail", 375)),
    "page": (Frame("page", "The page in the archive", "page"),),
    "feed": (Frame("feed", "As a feed reader shows it", "feed"),),
}


_LINED: dict[View, Callable[[Sheet], str]] = {
    "source": lambda sheet: sheet.email_html,
    "manuscript": lambda sheet: sheet.manuscript,
}


@dataclass(frozen=True, slots=True)
class Rooms:
    """The answers to everything that can be asked for."""

    wall: Wall
    gate: Gate
    templates: Environment
    counter: Counter | None

    async def view(self, request: Request) -> Response:
        """Show one of the views."""
        asked = request.path_params["view"]
        view = next((name for name in VIEWS if name == asked), None)
        if view is None:
            raise HTTPException(404)
        return self._shell(view, conditions_of(request.query_params))

    async def document(self, request: Request) -> Response:
        """Serve the mail or the page itself, for a frame."""
        asked = conditions_of(request.query_params)
        name = request.path_params["name"]
        if name not in self._documents:
            raise HTTPException(404)
        html = self._documents[name](self.wall.sheet)
        policy = document_policy(self.gate, asked.images)
        shown = framed(html, asked.scheme, from_right=bool(asked.dir))
        return HTMLResponse(shown, headers={"content-security-policy": policy})

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

    def _shell(self, view: View, asked: Conditions) -> Response:
        sheet = self.wall.sheet
        html = self.templates.get_template("shell.html").render(
            sheet=sheet,
            number=self.wall.number,
            view=view,
            views=VIEWS,
            asked=asked,
            schemes=SCHEMES,
            narrowest=NARROWEST,
            widest=WIDEST,
            shown=bool(sheet.email_html),
            digest=lambda name: _digest(self._documents[name](sheet)),
            frames=_frames(view, asked) if sheet.email_html else (),
            **_told(sheet),
            acting=bool(self.counter and sheet.revision),
            **_matter(view, sheet),
        )
        return HTMLResponse(html, headers={"content-security-policy": SHELL_POLICY})

    @property
    def _documents(self) -> dict[str, Callable[[Sheet], str]]:
        """Return what is shown in frames, by name, as it is made when it is asked for."""
        return {
            "mail": lambda sheet: sheet.marked_html or sheet.email_html,
            "page": lambda sheet: sheet.page_html,
            "feed": self._feed,
        }

    def _feed(self, sheet: Sheet) -> str:
        """Return the feed's item as a document: what a feed reader makes of it, in a reader's plain dress."""
        if sheet.item is None:
            return ""
        return self.templates.get_template("feed.html").render(item=sheet.item, content=Markup(sheet.item.content_html))  # noqa: S704 (sanitised, and framed without scripts)


def _frames(view: View, asked: Conditions) -> tuple[Frame, ...]:
    if view == "mail" and asked.width:
        return (Frame(_FREE, f"{asked.width} px", "mail", asked.width),)
    return _FRAMES.get(view, ())


def _digest(document: str) -> str:
    return hashlib.sha256(document.encode(errors="replace")).hexdigest()[:12]


def _matter(view: View, sheet: Sheet) -> dict[str, object]:
    """Return what a view shows besides frames; nothing is made that it does not show."""
    return {
        "inboxes": _INBOXES if view == "inbox" else (),
        "snippet": snippet(sheet.email_html) if view == "inbox" else "",
        "lines": _LINED[view](sheet).split("\n") if view in _LINED else (),
    }


def site(wall: Wall, gate: Gate, counter: Counter | None = None) -> Starlette:
    """Build the preview's site, without its gate; without a counter nothing can be done there but look."""
    loader = FileSystemLoader(_HERE)
    templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    templates.filters["kilobytes"] = lambda size: f"{size / 1000:.1f} KB"
    rooms = Rooms(wall, gate, templates, counter)
    app = Starlette(
        routes=[
            *([Route("/acts/{name}", counter.take, methods=["POST"])] if counter else []),
            Route("/documents/{name}", rooms.document),
            Route("/prints/{name}", rooms.print_),
            Route("/shell/{name}", rooms.fixture),
            Route("/changes", rooms.changes),
            Route("/{view}", rooms.view),
        ]
    )
    app.router.redirect_slashes = False  # "/shell/" is no view with a slash too many
    return app


def _told(sheet: Sheet) -> dict[str, object]:
    """Return the remarks as they are printed, and how many of each weight there are."""
    if not (sheet.proved or sheet.remarks):
        return {"remarks": [], "counted": ""}
    from composer.reports import tally, weight  # noqa: PLC0415 (what proves is imported once the edition is shown)

    lines = [_line(remark, weight(remark.severity), sheet) for remark in gravest_first(sheet.remarks)]
    return {"remarks": lines, "counted": tally(sheet.remarks)}


def _line(remark: Remark, weight: str, sheet: Sheet) -> Line:
    piece = sheet.piece_at(remark.line)
    return Line(
        severity=weight,
        message=_coded(remark.message),
        rule=remark.rule,
        place=place(remark, sheet.file),
        number=remark.line,
        part=piece.part if piece else "",
    )


def _coded(words: str) -> Markup:
    """Set what stands between backticks as code."""
    pieces = words.split("`")
    if len(pieces) % 2 == 0:  # one stands alone
        return escape(words)
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if at % 2 else piece for at, piece in enumerate(pieces)
    )


async def _announce(wall: Wall) -> AsyncIterator[str]:
    yield "retry: 500\n\n"  # milliseconds until a browser knocks again
    while not wall.closed:
        told = wall.number
        yield f"data: {told}\n\n"
        await wall.newer(told)
