"""The header: flat `key: value` lines between two `---` lines, comments kept over their key.

A line that is no field is kept as a comment, so that a header read once is always valid; it is remarked all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from composer.blocks import HEADER, Field
from composer.manuscript.fields import HEADER_SCHEMA, Entry, gather, split_key, take
from composer.manuscript.lines import is_blank
from composer.model import Remark
from composer.text import cut

FENCE = "---"
_ORDER = {key: place for place, key in enumerate(HEADER)}
_QUOTED_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header as read. `start` is its opening line, `end` the first line after it, both 0-based."""

    fields: tuple[Field, ...] = ()
    tail: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    start: int = -1  # -1: there is none
    end: int = 0
    problems: tuple[Remark, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What has been read so far; `waiting` are comments, with their lines, that no key follows yet."""

    last: int  # the last line of a field, or the opening line
    entries: list[Entry] = field(default_factory=list)
    waiting: list[tuple[str, int]] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)


def place_of(key: str) -> int:
    """Return a key's place in canonical order; all unknown keys share the last."""
    return _ORDER.get(key, len(HEADER))


def is_fence(line: str) -> bool:
    """Say whether a line opens or closes a header; in the body it is a divider."""
    return line.rstrip(" \t") == FENCE


def read_header(lines: Sequence[str]) -> Header:
    """Read the header that a text begins with, if it does."""
    start = next((at for at, line in enumerate(lines) if not is_blank(line)), len(lines))
    if start == len(lines) or not is_fence(lines[start]):
        return Header(problems=(_missing(lines, start),))
    reading = _Reading(last=start)
    for at in range(start + 1, len(lines)):
        if is_fence(lines[at]):
            return _header(reading, start, at + 1)
        if not is_blank(lines[at]) and not _take(reading, lines, at):
            return _unclosed(reading, lines, start, at)
    return _unclosed(reading, lines, start, len(lines))


def _take(reading: _Reading, lines: Sequence[str], at: int) -> bool:
    """Take one line in; say False when it must be the body's already."""
    line = lines[at].strip(" \t")
    current = reading.entries[-1] if reading.entries else None
    if line.startswith("#"):
        reading.waiting.append((line, at))
    elif found := take(lines[at], at, HEADER_SCHEMA, current):
        _settle(reading, found, grown=found is current)
        reading.last = at
    elif is_blank(lines[at - 1]) or line.startswith((":::", "<!--")):
        return False
    else:
        reading.waiting.append((f"# {line}", at))
        reading.problems.append(_no_field(line, at))
    return True


def _settle(reading: _Reading, entry: Entry, *, grown: bool) -> None:
    """Give the waiting comments to the entry whose line ended the wait."""
    comments = [comment for comment, _ in reading.waiting]
    if grown:
        entry.inner += comments
        entry.own += [at for _, at in reading.waiting]
    else:
        entry.above = comments
        reading.entries.append(entry)
    reading.waiting = []


def _unclosed(reading: _Reading, lines: Sequence[str], start: int, at: int) -> Header:
    """End a header without a closing line at the first blank line after its last field, or where the body begins."""
    end = next((place for place in range(reading.last + 1, at) if is_blank(lines[place])), at)
    sentence = f"the header is not closed; write --- on a line of its own after line {end}"
    problem = Remark(rule="F001", severity="error", message=sentence, line=start + 1)
    reading.waiting = [comment for comment in reading.waiting if comment[1] < end]
    reading.problems = [problem, *(other for other in reading.problems if other.line <= end)]
    return _header(reading, start, end)


def _header(reading: _Reading, start: int, end: int) -> Header:
    made, repeated = gather(reading.entries, HEADER_SCHEMA)
    return Header(
        fields=tuple(sorted(made, key=lambda one: place_of(one.key))),
        tail=tuple(comment for comment, _ in reading.waiting),
        entries=tuple(reading.entries),
        start=start,
        end=end,
        problems=(*reading.problems, *repeated),
    )


def _missing(lines: Sequence[str], start: int) -> Remark:
    line = min(start, max(len(lines) - 1, 0)) + 1
    pair = split_key(lines[start], HEADER_SCHEMA) if start < len(lines) else None
    if pair and pair[0] in HEADER:
        sentence = f"{pair[0]} stands outside a header; write --- on a line above it and below the last field"
        return Remark(rule="F008", severity="error", message=sentence, line=line)
    sentence = "there is no header; begin the file with a line ---, then fields such as `title: …`, then a line ---"
    return Remark(rule="F008", severity="warning", message=sentence, line=line)


def _no_field(line: str, at: int) -> Remark:
    words = cut(line, _QUOTED_MOST)
    sentence = f"“{words}” is no header field and is kept as a comment; write `key: value` from the line's first column"
    return Remark(rule="F002", severity="error", message=sentence, line=at + 1)
