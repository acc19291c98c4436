"""Makers of values: each takes what a test wants to vary and gives the rest."""

import struct
import zlib
from datetime import UTC, datetime
from typing import Any

from composer.blocks import Block, Field, Manuscript
from composer.model import Article, Edition, Source

NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)


def source(**changes: Any) -> Source:
    return Source(**{"url": "https://wire.example.org/feed.xml", "title": "The Wire", **changes})


def article(**changes: Any) -> Article:
    given = {
        "guid": "https://wire.example.org/salt",
        "url": "https://wire.example.org/salt",
        "title": "Salt is getting dearer",
        "outlet": "The Wire",
        "authors": ("Nino Example",),
        "published": NOON,
        "first_seen": NOON,
        "lang": "en",
        "text": "Salt rose 12% in a year.\n\nTraders blame the roads.",
    }
    return Article(**{**given, **changes})


def edition(**changes: Any) -> Edition:
    given = {"uid": "01KJZ5Q8X0V3T7R9M2N4P6S8W0", "slug": "the-price-of-salt", "title": "The price of salt"}
    return Edition(**{**given, "filename": "1-the-price-of-salt.md", "created_at": NOON, **changes})


def fields(**values: Any) -> tuple[Field, ...]:
    return tuple(Field(key=key.replace("_", "-"), value=value) for key, value in values.items())


def block(kind: str, body: str = "", block_id: str = "", **values: Any) -> Block:
    return Block(kind=kind, id=block_id, fields=fields(**values), body=body)


def manuscript(*blocks: Block, **header: Any) -> Manuscript:
    given = {"format": "coda-edition/1", "title": "The price of salt", **header}
    return Manuscript(header=tuple(Field(key=key, value=value) for key, value in given.items()), blocks=blocks)


def png_that_claims(width: int, height: int) -> bytes:
    """Make a PNG whose head names a size that its body does not have."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
