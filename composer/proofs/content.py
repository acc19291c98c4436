"""What stands in HTML that leaves the house and should not: found by the address or the element. It judges nothing."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement

_ADDRESSES = ("href", "src", "srcset", "poster", "cite", "data", "action")
_ACTIVE = {"script", "iframe", "object", "embed", "form", "input", "button", "applet", "meta", "base", "link"}
_RISKY_STYLE = re.compile(r"(?:^|;)\s*(?:position|behavior|-moz-binding)\s*:|expression\s*\(|url\s*\(", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])(?:max-)?height\s*:\s*0(?![.\d])|mso-hide", re.IGNORECASE
)
_TOKEN = re.compile(
    r"\{\{[^{}]{0,80}\}\}|\{%[^{}]{0,80}%\}|\*\|[A-Za-z0-9_:]{1,40}\|\*|%%[A-Za-z_]{1,40}%%|%recipient[.\w]*%"
)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")


def is_absolute(address: str) -> bool:
    """Say whether an address leads somewhere from wherever it is read (RFC 3986: a scheme, and a host on the web)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"mailto", "tel", "tag"} or (parts.scheme in {"http", "https"} and bool(parts.hostname))


def is_web(address: str) -> bool:
    """Say whether an address is a whole one on the web."""
    return address.startswith(("http://", "https://")) and is_absolute(address)


def is_moment(written: object) -> bool:
    """Say whether words are a moment with its zone (RFC 3339), and one of the calendar."""
    if not isinstance(written, str) or not _MOMENT.fullmatch(written):
        return False
    try:
        return datetime.fromisoformat(written).tzinfo is not None
    except ValueError:
        return False


def relative(document: HtmlElement) -> Iterator[str]:
    """Yield addresses that lead nowhere outside their own page."""
    for element in document.iter():
        for name in _ADDRESSES if isinstance(element.tag, str) else ():
            written = element.get(name)
            if written is None:
                continue
            pieces = (
                [piece.split()[0] for piece in written.split(",") if piece.split()] if name == "srcset" else [written]
            )
            yield from (piece for piece in pieces if not is_absolute(piece.strip()))


def active(document: HtmlElement) -> Iterator[str]:
    """Yield elements, attributes and styles that act, which feed readers strip, or refuse the whole item for."""
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _ACTIVE:
            yield f"<{element.tag}>"
        yield from (name for name in map(str, element.attrib) if name.lower().startswith("on"))
        if _RISKY_STYLE.search(element.get("style") or ""):
            yield "a style that moves or loads"


def pixels(document: HtmlElement) -> Iterator[str]:
    """Yield the addresses of pictures of one pixel, which are there to count readers."""
    for picture in document.iter("img"):
        if {picture.get("width"), picture.get("height")} & {"0", "1", "0px", "1px"}:
            yield picture.get("src") or "?"


def hidden(document: HtmlElement) -> Iterator[str]:
    """Yield words that are there but not shown."""
    for element in document.iter():
        if isinstance(element.tag, str) and (
            _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None
        ):
            yield element.text_content().strip()


def tokens(words: str) -> list[str]:
    """Return the merge tags of senders that stand in words, each once: `{{ … }}`, `*|…|*`, `%%…%%`, `{% … %}`."""
    return list(dict.fromkeys(_TOKEN.findall(words)))
