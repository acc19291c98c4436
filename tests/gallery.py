"""Every shipped theme printing every kind of block, in both directions: what judges and eyes look at."""

from collections.abc import Mapping
from functools import cache

from editions import PRINTS, PUBLISHED, THEMES, URL, every_kind, issue, settings, with_header

from composer.blocks import Manuscript
from composer.model import Message
from composer.rendering import Issue, Theme, article, email, load_theme, page, plaintext
from composer.rendering.envelope import to_bytes

NAMES = tuple(sorted(file.parent.name for file in THEMES.glob("*/theme.toml")))
DIRECTIONS = ("ltr", "rtl")
SENT = {"unsubscribe_url": "https://news.example.org/leave/7f3a"}  # as a service would have filled it in
ROOMS = tuple((name, direction) for name in NAMES for direction in DIRECTIONS)


@cache
def theme(name: str) -> Theme:
    return load_theme(name, [THEMES])


def laid(direction: str) -> Issue:
    """Return the edition laid out; what is about layout alone needs no Arabic words to run from the right."""
    return issue(_edition(direction), **SENT)


def message(name: str, direction: str) -> Message:
    told = laid(direction)
    return email(told, theme(name), settings(**SENT), plaintext(told))


def letter(name: str, direction: str) -> bytes:
    told = message(name, direction)
    return to_bytes(told, date=PUBLISHED, message_id="<salt.1@news.example.org>", to=told.from_address)


def web_page(name: str, direction: str) -> str:
    told = laid(direction)
    return page(told, article(told, theme(name)), theme(name), settings()).html


def _edition(direction: str) -> Manuscript:
    return with_header(every_kind(), dir=direction, lang="ar" if direction == "rtl" else "en")


PHOTOS: Mapping[str, tuple[int, int]] = {one.url: (one.width, one.height) for one in PRINTS.values()}
assert all(address.startswith(URL) for address in PHOTOS)
