"""Make a mail or a page fit for a frame: light or dark as asked for, and no way out of the frame. Pure words.

The frame's sandbox and the response's content policy are what keeps a hostile document in (see guard.py); what is
done here is for the reader's eye, and for what no policy covers.
"""

import re
from typing import Literal, get_args

Scheme = Literal["light", "dark", "inverted"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

_TAG_REST = r"""(?:[^>"']|"[^"]*"|'[^']*')*>"""
_STYLE = re.compile(r"<style\b.*?</style\s*>", re.IGNORECASE | re.DOTALL)
_MEDIA = re.compile(r"\smedia\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_PREFERS = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)", re.IGNORECASE)
_SUPPORTS = re.compile(r"((?<![-\w])color-scheme\s*:\s*)([^;}!]+)", re.IGNORECASE)
_META = re.compile(rf"<meta\b(?=[^>]*\bname\s*=\s*[\"']?color-scheme\b){_TAG_REST}", re.IGNORECASE)
_CONTENT = re.compile(r"(\bcontent\s*=\s*[\"'])([^\"']*)", re.IGNORECASE)
_FRAME = re.compile(r"<(/?)(i?frame)\b", re.IGNORECASE)
_LINK = re.compile(r"<link\b", re.IGNORECASE)
_ROOT = re.compile(rf"<html\b(?P<rest>{_TAG_REST})", re.IGNORECASE)
_DIR = re.compile(r"\sdir\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
# Programs that know no dark mail turn light colours over and leave photos alone; lightness turns, hues stay.
_TURNED = (
    "<style>html{background:#fff!important;filter:invert(1) hue-rotate(180deg)!important}"
    "img{filter:invert(1) hue-rotate(180deg)!important}</style>"
)
_OPENING = re.compile(
    rf"\s*(?:<!doctype[^>]*>\s*)?(?:<html\b{_TAG_REST}\s*)?(?:<head\b{_TAG_REST})?",
    re.IGNORECASE,
)


def framed(html: str, scheme: Scheme, *, from_right: bool = False) -> str:
    """Return a whole document as a reader gets it, with links that cannot turn its frame.

    `scheme` is what the reader prefers; "inverted" is a light document turned over by force, as programs do that never
    ask. `from_right` sets it in a program whose own words run from right to left.
    """
    stayed = _stay(_hang_up(_prefer(html, "dark" if scheme == "dark" else "light")), scheme)
    return _from_right(stayed) if from_right else stayed


def _prefer(html: str, scheme: Literal["light", "dark"]) -> str:
    """Answer `prefers-color-scheme` in style sheets and `media`; words that only mention it stay as they are.

    A browser takes the answer from the system, for every frame at once; here two frames may differ.
    """
    html = _STYLE.sub(lambda style: _choose(_SUPPORTS, _answer(style[0], scheme), scheme), html)
    html = _MEDIA.sub(lambda media: _answer(media[0], scheme), html)
    return _META.sub(lambda meta: _choose(_CONTENT, meta[0], scheme), html)


def _answer(css: str, scheme: str) -> str:
    return _PREFERS.sub(
        lambda asked: "(min-width:0)" if asked[1].lower() == scheme else "(max-width:0)",
        css,
    )


def _choose(pattern: re.Pattern[str], words: str, scheme: str) -> str:
    """Leave only `scheme` in a list of supported schemes ("light dark") that has it."""
    return pattern.sub(
        lambda said: f"{said[1]}{scheme}" if scheme in said[2].lower().split() else said[0],
        words,
    )


def _hang_up(html: str) -> str:
    """Disarm what opens a connection before the policy is asked: frames (seen in Chromium), links such as preconnect.

    Only the element's name is changed, so no trick with its attributes can save it; `meta` is as void as `link`.
    """
    return _LINK.sub("<meta", _FRAME.sub(r"<\1x-\2", html))


def _stay(html: str, scheme: Scheme) -> str:
    """Send every link to a new tab, which the sandbox refuses to open; the shell shows its address instead."""
    opening = _OPENING.match(html)
    at = opening.end() if opening else 0
    return f'{html[:at]}<base target="_blank">{_TURNED if scheme == "inverted" else ""}{html[at:]}'


def _from_right(html: str) -> str:
    """Turn the document's root; what sets a direction of its own inside keeps it, as in a mail program."""
    if not _ROOT.search(html):
        return f'<html dir="rtl">{html}'
    return _ROOT.sub(lambda root: f'<html dir="rtl"{_DIR.sub("", root["rest"])}', html, count=1)
