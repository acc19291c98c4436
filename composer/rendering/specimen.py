"""Two short editions that hold every kind of block, to try a theme on: one from the left, one from the right."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from composer.blocks import Block, Field, Manuscript
from composer.model import Print
from composer.rendering.issue import Issue
from composer.rendering.layout import arrange
from composer.rendering.listing import Entry
from composer.settings import Settings

URL = "https://news.example.org/editions/specimen/"
PUBLISHED = datetime(2026, 3, 6, 6, 0, tzinfo=UTC)
UPDATED = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
PRINTS: Mapping[str, Print] = MappingProxyType(
    {
        name: Print(src=name, url=f"{URL}{name}", media_type="image/jpeg", width=width, height=720)
        for name, width in (("wide.jpg", 1200), ("narrow.jpg", 280))
    }
)
_SHOWN = {"src": "wide.jpg", "alt": "Sacks on a quay."}
_ENGLISH = {
    "title": "What the harbour keeps",
    "dek": "A quay that was built for grain stores silence.",
    "words": "The quay was built for grain. It stores *silence* now, and [a ledger](https://wire.example.org/ledger).",
    "short": "Grain and silence",
    "name": "Nino Example",
    "place": "Batumi",
}
_ARABIC = {
    "title": "ما يحفظه المرفأ",
    "dek": "رصيف بني للقمح يخزن الصمت.",
    "words": "بني الرصيف للقمح. وهو *يخزن* الصمت اليوم، و[دفترا](https://wire.example.org/ledger) قديما.",
    "short": "قمح وصمت",
    "name": "نينو",
    "place": "باطومي",
}


def specimens(settings: Settings) -> tuple[Issue, ...]:
    """Return the editions, laid out with a newsletter's own settings; the second was changed after it went out."""
    from_left, from_right = manuscripts()
    return (
        arrange(from_left, settings, prints=PRINTS, url=URL, published=PUBLISHED),
        arrange(from_right, settings, prints=PRINTS, url=URL, published=PUBLISHED, updated=UPDATED),
    )


def entry(settings: Settings) -> Entry:
    """Return an edition as the archive lists it, to stand beside the others."""
    return Entry(
        slug="specimen",
        url=f"{settings.base_url}/editions/specimen/",
        title=_ENGLISH["title"],
        dek=_ENGLISH["dek"],
        lang="en",
        day=PUBLISHED.date(),
    )


def manuscripts() -> tuple[Manuscript, Manuscript]:
    """Return what the editions are laid out from: one in English, one in Arabic."""
    return _edition("en", _ENGLISH), _edition("ar", _ARABIC)


def _edition(lang: str, words: Mapping[str, str]) -> Manuscript:
    header = {"lang": lang, "title": words["title"], "dek": words["dek"], "number": "12", "date": "2026-03-06"}
    header |= {"subject": words["short"], "preheader": words["words"], "dateline": words["place"]}
    fields = (*(Field(key=key, value=value) for key, value in header.items()), Field(key="byline", value=("N. E.",)))
    return Manuscript(header=fields, blocks=(*_telling(words), *_showing(words), *_closing(words), _source(words)))


def _telling(words: Mapping[str, str]) -> tuple[Block, ...]:
    told, short, name = words["words"], words["short"], words["name"]
    listed = f"{told}\n\n- {short}\n- **{short}**\n\n1. {short}\n\n> {told}"
    return (
        _block("lede", told, dateline=words["place"], salutation=short),
        _block("prose", listed),
        _block("subhead", short),
        _block("subhead3", short),
        _block("pullquote", told, speaker=name, role=short),
        _block("quote", told, speaker=name, source="wire", lang="ka", **{"translated-by": name}),
        _block("quote", told, anonymous="yes", reason=short),
        _block("divider"),
        _block("view", told, role="view-from", place=words["place"], name=name, source="wire"),
        _block("view", told, role="notable"),
        _block("section", short),
        *(
            _block("brief", told, headline=f"{short} {number}", source="wire", label=short, minutes="4")
            for number in range(3)
        ),
        _block("subhead", short),
        *(_block("brief", told, headline=f"{short} {number}", lang="ka") for number in range(2)),
        _block("link", told, headline=short, source="wire", minutes="3"),
        _block("link", headline=short),
    )


def _showing(words: Mapping[str, str]) -> tuple[Block, ...]:
    short, name = words["short"], words["name"]
    said = {"alt": short, "caption": short, "credit": name}
    table = f"| | {short} |\n|---|---|\n| {short} | -4 |\n| {name} | 12 |"
    figure: dict[str, Any] = {"title": short, "alt": short, "source": ("wire",), "as-of": "2026", "note": short}
    return (
        _block("photo", src="wide.jpg", link="https://wire.example.org/photo", **said),
        _block("photo", src="narrow.jpg", **said),
        _block("photo", src="missing.jpg", **said),
        *(_block("figure", table, kind=kind, unit="%", **figure) for kind in ("bar", "table")),
        _block("figure", kind="image", src="wide.jpg", **figure),
        _block("figure", kind="image", src="missing.jpg", title=short, alt=short),
        _block("sponsor", words["words"], name=name, label=short, url="https://wire.example.org/", **_SHOWN),
        _block("sponsor", words["words"], name=name),
    )


def _closing(words: Mapping[str, str]) -> tuple[Block, ...]:
    told, short, name = words["words"], words["short"], words["name"]
    url = "https://news.example.org/join"
    return (
        _block("correction", told, kind="correction", date="2026-03-02", was=short, now=name),
        _block("correction", told, kind="editors-note"),
        _block("disclosure", told, kind="funding"),
        _block("credits", research=(name, short), editing=name),
        _block("provenance", text=short, url=url),
        _block("provenance", text=short),
        _block("cta", text=short, label=short, url=url),
        _block("signup", label=short, url=url),
        _block("why", told),
    )


def _source(words: Mapping[str, str]) -> Block:
    shown = {"title": words["title"], "outlet": "The Wire", "url": "https://wire.example.org/1"}
    return _block("source", published="2026-03-04", **shown, block_id="wire")


def _block(block: str, body: str = "", block_id: str = "", **values: str | tuple[str, ...]) -> Block:
    fields = tuple(Field(key=key, value=value) for key, value in values.items())
    return Block(kind=block, id=block_id or f"{block}-1", fields=fields, body=body)
