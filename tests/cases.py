"""A whole edition without a fault, its mail, and ways to spoil it."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from makers import fields

from composer.blocks import Block, Field, Manuscript
from composer.model import Message, Print, Profile, Slot
from composer.proofs import Case
from composer.settings import Settings

PROFILE = Profile(
    name="letter",
    slots=(
        Slot(kind="lede", least=1, most=1, words_least=5, words_most=40),
        Slot(kind="prose", least=2),
        Slot(kind="brief", most=2, words_least=5, words_most=60),
        Slot(kind="link", most=1, words_most=20),
        Slot(kind="credits", least=1, most=1),
        Slot(kind="why", least=1, most=1),
    ),
    last="why",
    paragraph_words_most=60,
    words_most=400,
)
PRIVACY = "https://news.example.org/privacy"
LEAVE = "https://news.example.org/leave"
ADDRESS = "Undertow, 1 Example Street, 0105 Tbilisi, Georgia"
HEADER: dict[str, str | tuple[str, ...]] = {
    "format": "coda-edition/1",
    "slug": "the-price-of-salt",
    "lang": "en",
    "title": "The price of salt",
    "dek": "Salt was never dear here until the road closed.",
    "subject": "Why salt costs more this spring",
    "preheader": "A closed road, two markets and the traders who wait between them.",
    "byline": ("Nino Example",),
    "date": "2026-03-06",
}
PHOTO = {
    "src": "photos/market.jpg",
    "alt": "Sacks of grey salt stand open under a tin roof.",
    "caption": "The salt market at Kvemo, where prices are called out.",
    "credit": "Nino Example/The Wire",
    "rights": "owned",
    "width": "1200",
    "height": "800",
}
SOURCE = {
    "title": "Salt rises again",
    "outlet": "The Wire",
    "url": "https://wire.example.org/2026/salt",
    "accessed": "2026-03-05",
}
BRIEF = {"headline": "The road stays closed", "source": ("wire",), "attribution": "The Wire reports"}
BRIEF_BODY = "The pass will open in May, the roads office said. Until then every sack goes the long way round."
FIGURE = {
    "title": "Price of a sack of salt",
    "alt": "Two bars: 12 lari in January, 19 in March.",
    "source": ("wire",),
    "kind": "bar",
}
TABLE = "| Month | Lari |\n| --- | ---: |\n| January | 12 |\n| March | 19 |"


def block(kind: str, body: str = "", block_id: str = "", /, **values: Any) -> Block:
    """Make a block; unlike the common maker, one that may have a field named `kind`."""
    return Block(kind=kind, id=block_id, fields=fields(**values), body=body)


def photo(**changes: Any) -> Block:
    return block("photo", **{**PHOTO, **changes})


def source(block_id: str = "wire", **changes: Any) -> Block:
    return block("source", "", block_id, **{**SOURCE, **changes})


def brief(body: str = BRIEF_BODY, **changes: Any) -> Block:
    return block("brief", body, **{**BRIEF, **changes})


def figure(body: str = TABLE, **changes: Any) -> Block:
    return block("figure", body, **{**FIGURE, **changes})


def blocks() -> tuple[Block, ...]:
    return (
        block("lede", "On Monday the salt market at Kvemo opened an hour late, and nobody came to buy."),
        block(
            "prose", "The road over the pass has been closed since January.\n\nTraders wait on both sides of the pass."
        ),
        photo(),
        block("subhead", "A sack in the rain"),
        block("quote", "We have never sold so little.", speaker="Sam Example", role="salt trader", source="wire"),
        brief(),
        figure(),
        block("credits", editing=("Ana Example",)),
        block("signup", label="Sign up for Undertow", url="https://news.example.org/join"),
        block("why", "Because the price of a small thing tells how a valley lives, and we live in it."),
        source(),
    )


def manuscript(*put: Block, without: Iterable[str] = (), after: Iterable[Block] = (), **header: Any) -> Manuscript:
    """Take the faultless edition; each block in `put` stands in for the one of its kind, or follows the prose."""
    left = list(put)
    laid: list[Block] = []
    for given in blocks():
        stand_in = next((one for one in left if one.kind == given.kind), None)
        if stand_in:
            left.remove(stand_in)
        if given.kind not in without:
            laid.append(stand_in or given)
    place = 1 + max((at for at, one in enumerate(laid) if one.kind == "prose"), default=0)
    laid[place:place] = left
    values = {key: value for key, value in {**HEADER, **header}.items() if value is not None}
    fields = tuple(Field(key=key, value=value) for key, value in values.items())
    return Manuscript(header=fields, blocks=(*laid, *after))


def settings(**changes: Any) -> Settings:
    given = {
        "root": Path(),
        "name": "Undertow",
        "tagline": "",
        "base_url": "https://news.example.org",
        "language": "en",
        "timezone": ZoneInfo("UTC"),
        "tag_authority": "news.example.org",
        "tag_year": 2026,
        "tag_name": "undertow",
        "from_name": "Undertow",
        "from_address": "desk@news.example.org",
        "reply_to": "",
        "postal_address": ADDRESS,
        "unsubscribe_url": LEAVE,
        "privacy_url": PRIVACY,
        "corrections_url": "",
        "reason": "",
        "profile": "letter",
        "theme": "currents",
        "contact": "",
        "timeout_seconds": 20.0,
        "bytes_most": 15_000_000,
        "connections": 16,
        "private_hosts": (),
        "feed_items": 20,
    }
    return Settings(**{**given, **changes})


def case(*put: Block, without: Iterable[str] = (), after: Iterable[Block] = (), **header: Any) -> Case:
    return Case(
        manuscript=manuscript(*put, without=without, after=after, **header),
        profile=PROFILE,
        settings=settings(),
        prints={PHOTO["src"]: developed()},
    )


def developed(**changes: Any) -> Print:
    given = {
        "src": PHOTO["src"],
        "url": "https://news.example.org/editions/the-price-of-salt/market.jpg",
        "media_type": "image/jpeg",
        "width": 1200,
        "height": 800,
        "content": b"\xff\xd8",
    }
    return Print(**{**given, **changes})


def mail(**changes: Any) -> Message:
    given = {
        "subject": "Why salt costs more this spring",
        "preheader": "A closed road, two markets and the traders who wait between them.",
        "from_name": "Undertow",
        "from_address": "desk@news.example.org",
        "html": html(),
        "text": text(),
        "unsubscribe_url": LEAVE,
    }
    return Message(**{**given, **changes})


def lines() -> list[str]:
    return [
        *(one.body for one in blocks() if one.kind not in {"figure", "source"}),
        *(str(value) for value in (BRIEF["headline"], FIGURE["title"], PHOTO["credit"])),
        "Ana Example",
        "Sign up for Undertow",
    ]


def html(head: str = "<title>The price of salt</title>", body: str = "", around: str = 'lang="en" dir="ltr"') -> str:
    words = "".join(f"<p>{escape(line)}</p>" for line in lines())
    foot = f'<p><a href="{LEAVE}">Leave this list</a> <a href="{PRIVACY}">Privacy</a></p><p>{ADDRESS.replace(", ", "<br>")}</p>'
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head>'
        f"<body><div {around}><h1>The price of salt</h1>{words}{body}{foot}</div></body></html>"
    )


def text() -> str:
    return "\n\n".join([*lines(), LEAVE, PRIVACY, ADDRESS])
