"""Isolates in HTML: the characters, and around them a span with `dir`, for clients that know only one of the two."""

import html
import re
from collections import deque
from collections.abc import Sequence

from markupsafe import Markup, escape

from composer.rendering.sides import FIRST_STRONG, OTHER, POP_ISOLATE, foreign, has_right_to_left, leaning

_TAG = re.compile(r"(<[^>]*>)")
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|blockquote|br)\b")
_OPENS = re.compile(r"<(p|li)>")


def isolate_html(body: Markup, side: str) -> Markup:
    """Put isolates and spans around what runs against `side` in a block's sanitised HTML.

    A paragraph that runs the other way as a whole is turned round instead: it gets a `dir` and begins on its own side.
    """
    if side == "ltr" and not has_right_to_left(body):
        return body
    parts: list[str] = []
    held: list[str] = []
    for piece in _TAG.split(body):
        if not _BLOCK.match(piece):
            held.append(piece)
            continue
        parts += _settled(held, parts, side)
        held = []
        parts.append(piece)
    return Markup("".join([*parts, *_settled(held, parts, side)]))  # noqa: S704 (was sanitised, words are escaped)


def _settled(held: Sequence[str], above: list[str], side: str) -> list[str]:
    """Isolate the runs of one paragraph, tags inside it among its words; turn it round where it plainly runs so."""
    plain = "".join(html.unescape(piece) for piece in held if not _TAG.fullmatch(piece))
    own = leaning(plain, side)
    if own != side and above and _OPENS.fullmatch(above[-1]):
        start = "right" if own == "rtl" else "left"
        above[-1] = f'{above[-1][:-1]} dir="{own}" style="text-align:{start}">'
        side = own
    runs = foreign(plain, side)
    return _marked(held, runs, OTHER[side]) if runs else list(held)


def _marked(held: Sequence[str], runs: Sequence[tuple[int, int]], side: str) -> list[str]:
    """Put marks where runs begin and end; a span only where no tag stands inside, for they could cross.

    What is a tag is told while the words are still escaped: unescaped ones may look like one.
    """
    marked, at, waiting = list[str](), 0, deque(runs)
    for piece in held:
        if _TAG.fullmatch(piece):
            marked.append(piece)
            continue
        said = html.unescape(piece)
        marked.append(_cut(said, at, waiting, side))
        at += len(said)
    return marked


def _cut(piece: str, at: int, waiting: deque[tuple[int, int]], side: str) -> str:
    """Mark the runs in one stretch of words that begins `at` in its paragraph; a run that goes on stays waiting."""
    said, done = list[str](), 0
    while waiting and waiting[0][0] < at + len(piece):
        first, last = waiting[0][0] - at, waiting[0][1] - at
        whole = first >= 0 and last <= len(piece)
        opening = (f'<span dir="{side}">' if whole else "") + (FIRST_STRONG if first >= 0 else "")
        closing = (POP_ISOLATE if last <= len(piece) else "") + ("</span>" if whole else "")
        begin, end = max(first, 0), min(last, len(piece))
        said += [str(escape(piece[done:begin])), opening, str(escape(piece[begin:end])), closing]
        done = end
        if last > len(piece):
            break
        waiting.popleft()
    return "".join([*said, str(escape(piece[done:]))])
