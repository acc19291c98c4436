"""Make a mail or a page fit for a frame: light or dark as asked for, and no way out of the frame. Pure words.

The frame's sandbox and the response's content policy are what keeps a hostile document in (see guard.py); what is
done here is for the reader's eye, and for what no policy covers.
"""

import re
from typing import Literal, get_args

Scheme = Literal["light", "dark"]
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
_OPENING = re.compile(
    rf"\s*(?:<!doctype[^>]*>\s*)?(?:<html\b{_TAG_REST}\s*)?(?:<head\b{_TAG_REST})?",
    re.IGNORECASE,
)


def framed(html: str, scheme: Scheme) -> str:
    """Return a whole document as a reader who prefers `scheme` gets it, with links that cannot turn its frame."""
    return _stay(_hang_up(_prefer(html, scheme)))


def _prefer(html: str, scheme: Scheme) -> str:
    """Answer `prefers-color-scheme` in style sheets and `media`; words that only mention it stay as they are.

    A browser takes the answer from the system, for every frame at once; here two frames may differ.
    """
    html = _STYLE.sub(lambda style: _choose(_SUPPORTS, _answer(style[0], scheme), scheme), html)
    html = _MEDIA.sub(lambda media: _answer(media[0], scheme), html)
    return _META.sub(lambda meta: _choose(_CONTENT, meta[0], scheme), html)


def _answer(css: str, scheme: Scheme) -> str:
    return _PREFERS.sub(
        lambda asked: "(min-width:0)" if asked[1].lower() == scheme else "(max-width:0)",
        css,
    )


def _choose(pattern: re.Pattern[str], words: str, scheme: Scheme) -> str:
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


def _stay(html: str) -> str:
    """Send every link to a new tab, which the sandbox refuses to open; the shell shows its address instead."""
    opening = _OPENING.match(html)
    at = opening.end() if opening else 0
    return f'{html[:at]}<base target="_blank">{html[at:]}'
