"""Where quotations stand in a paragraph, and how deep. Apostrophes are not quotation marks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

_CLOSERS = {
    "“": ("”", '"'),
    "«": ("»",),
    "„": ("“", "”", '"'),
    "‟": ("”",),
    "‹": ("›",),
    "「": ("」",),
    "『": ("』",),
    '"': ('"', "”"),
    "'": ("'", "’"),
    "‘": ("’", "'"),
    "‚": ("‘", "’"),
    "``": ("''", '"'),  # typewriters' and treebanks' marks
    "''": ("''", '"'),
    "`": ("'", "’"),
}
_ONE_CHARACTER = "".join(sorted({mark for mark in (*_CLOSERS, *chain(*_CLOSERS.values())) if len(mark) == 1}))
_MARK = re.compile(f"``|''|[{_ONE_CHARACTER}]")
_CLITIC = re.compile(r"(?:s|t|d|m|ll|re|ve|em|n|til|tis|twas|cause)\b", re.IGNORECASE)
_SINGLE = "'‘‚`"
_BEFORE_OPENING = frozenset("([{—–-/“‘«„\"'>=")
_STOPS = frozenset(".,!?…;")
_OPEN_CHARACTERS_MOST = 1_500  # an open quotation is a paragraph of a long one, or a slip
_DEPTH_MOST = 8  # deeper ones are no quotations but noise
_TITLE_CHARACTERS_MOST = 40  # 'Golden Girls' closes where 'the girls' laughter … does not


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words between quotation marks; `start` and `end` are code-point offsets with the marks inside."""

    start: int
    end: int
    depth: int  # 1: outermost
    closed: bool  # its closing mark was found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    start: int
    mark: str
    inner_end: int = 0  # where the same marks inside it closed


_Span = tuple[int, int, bool]  # start, end, closed


def quotations(paragraph: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of every outermost quotation; an open one runs to the paragraph's end: see `nested`."""
    return tuple((one.start, one.end) for one in nested(paragraph) if one.depth == 1)


def nested(paragraph: str) -> tuple[Quotation, ...]:
    """Return every quotation in the order in which they open, those inside others too.

    A single mark that never closes is an apostrophe, unless it opens the paragraph. A double mark that never closes
    counts when 1,500 code points or fewer follow: longer ones are slips.
    """
    return tuple(_deepened(sorted(_spans(paragraph))))


def _deepened(spans: Iterable[_Span]) -> Iterator[Quotation]:
    around: list[int] = []  # ends of the quotations that are open here
    for start, end, closed in spans:
        while around and around[-1] <= start:
            around.pop()
        around.append(end)
        yield Quotation(start=start, end=end, depth=len(around), closed=closed)


def _spans(paragraph: str) -> Iterator[_Span]:
    opened: list[_Open] = []
    for found in _MARK.finditer(paragraph):
        at, mark = found.start(), found.group()
        level = _level_closed(paragraph, at, mark, opened)
        if level >= 0:
            yield opened[level].start, found.end(), True
            if level and opened[level].mark == opened[level - 1].mark:
                opened[level - 1] = replace(opened[level - 1], inner_end=found.end())
            del opened[level:]
        elif len(opened) < _DEPTH_MOST and _opens(paragraph, at, mark) and not _reopens(mark, opened):
            opened.append(_Open(start=at, mark=mark))
    yield from _left_open(paragraph, opened)


def _left_open(paragraph: str, opened: Iterable[_Open]) -> Iterator[_Span]:
    """Yield the quotations that no mark closes, or that share one with another: «Firm «Name»."""
    for one in opened:
        if one.inner_end:
            yield one.start, one.inner_end, True
        elif _may_stay_open(paragraph, one):
            yield one.start, len(paragraph), False


def _may_stay_open(paragraph: str, one: _Open) -> bool:
    if one.mark in _SINGLE and paragraph[: one.start].strip():
        return False
    return len(paragraph) - one.start <= _OPEN_CHARACTERS_MOST


def _level_closed(paragraph: str, at: int, mark: str, opened: list[_Open]) -> int:
    """Return the place of the innermost open quotation that this mark closes, else -1."""
    for level in range(len(opened) - 1, -1, -1):
        if mark in _CLOSERS[opened[level].mark] and _closes(paragraph, at, mark, opened[level]):
            return level
    return -1


def _closes(paragraph: str, at: int, mark: str, opening: _Open) -> bool:
    before, after = paragraph[at - 1 : at], paragraph[at + len(mark) : at + len(mark) + 1]
    if mark in {'"', "“"}:
        return not ((before.isspace() or before in _BEFORE_OPENING) and after.isalnum())
    if mark not in "'’‘":
        return True
    if after.isalnum() or (before.isspace() and opening.mark != "`"):
        return False
    short = at - opening.start <= _TITLE_CHARACTERS_MOST
    return short or before not in {"s", "S"} or not after.isspace()


def _opens(paragraph: str, at: int, mark: str) -> bool:
    if mark not in _CLOSERS:
        return False
    before = paragraph[at - 1 : at] if at else ""
    after = paragraph[at + len(mark) : at + len(mark) + 1]
    if mark in {'"', "''"}:
        return not before or before.isspace() or before in _BEFORE_OPENING or (not before.isalnum() and after.isalnum())
    if mark in "'‘":
        free = not before.isalnum() and before not in _STOPS
        return free and after.isalpha() and not _CLITIC.match(paragraph, at + 1)
    return True


def _reopens(mark: str, opened: list[_Open]) -> bool:
    """Say whether a mark only repeats an open one, as at every new paragraph of a long quotation."""
    return mark in {'"', "“", "``", "‘", "'"} and any(one.mark == mark for one in opened)
