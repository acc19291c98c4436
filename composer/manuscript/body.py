"""The body: lines to blocks, in one pass. Every line of it ends up in a block; none is read more than twice."""

import re
from collections.abc import Iterator, Mapping, Sequence

from composer.blocks import Block
from composer.manuscript.containers import Found, before, is_opening, read_container
from composer.manuscript.header import is_fence
from composer.manuscript.lines import is_blank, trim
from composer.model import Remark

HEADINGS = ("section", "subhead", "subhead3")
_HEADING = re.compile(r"(#{1,3})[ \t]+([^ \t].*)")
_ID_TAIL = re.compile(r"(\w[\w.-]*)\}")
_CODE = re.compile(r" {0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_NOTE, _NOTE_END = "<!--", "-->"


def read_blocks(lines: Sequence[str], start: int = 0) -> tuple[list[Block], list[Remark]]:
    """Read every line from `start` on."""
    blocks: list[Block] = []
    problems: list[Remark] = []
    for found, _ in read_finds(lines, start):
        blocks += found.blocks
        problems += found.problems
    return blocks, problems


def read_finds(lines: Sequence[str], start: int = 0) -> Iterator[tuple[Found, int]]:
    """Yield what is found from `start` on, each with the first line after all it has a share in.

    That is one more than its `end` where a note leaves the tail of its last line to what follows.
    """
    rest = list(lines)  # our own: notes cut that tail off here
    closable = _closable(rest, start)
    at = start
    while at < len(rest):
        if is_blank(rest[at]):
            at += 1
            continue
        found = _divider(rest, at) or _heading(rest, at) or _notes(rest, at) or read_container(rest, at)
        found = found or _prose(rest, at, closable)
        at = found.end
        yield found, at + (at < len(rest) and rest[at] != lines[at])


def _divider(lines: Sequence[str], at: int) -> Found | None:
    return Found([Block(kind="divider", line=at + 1)], at + 1, []) if is_fence(lines[at]) else None


def _heading(lines: Sequence[str], at: int) -> Found | None:
    found = _HEADING.fullmatch(lines[at])
    if not found:
        return None
    words, block_id = _split_id(found[2].rstrip(" \t"))
    block = Block(kind=HEADINGS[len(found[1]) - 1], id=block_id, body=words, line=at + 1, body_line=at + 1)
    return Found([block], at + 1, [_shown(at)] if _NOTE in words else [])


def with_id(line: str, block_id: str) -> str:
    """Return a heading's line with another `{#id}`; "" takes it away."""
    found = _HEADING.fullmatch(line)
    if not found:
        return line
    kept = line[: found.start(2)] + _split_id(found[2].rstrip(" \t"))[0]
    return f"{kept} {{#{block_id}}}" if block_id else kept


def _split_id(words: str) -> tuple[str, str]:
    """Part a heading's words from the `{#id}` they may end with."""
    head, _, tail = words.rpartition("{#")
    found = _ID_TAIL.fullmatch(tail) if head.endswith((" ", "\t")) else None
    return (head.rstrip(" \t"), found[1]) if found else (words, "")


def _notes(lines: list[str], at: int) -> Found | None:
    """Read the notes that a line begins with; what follows the last on its line is left there as a line."""
    column = 0
    blocks: list[Block] = []
    problems: list[Remark] = []
    while at < len(lines) and lines[at].startswith(_NOTE, column):
        end, stop = _note_end(lines, at, column + len(_NOTE))
        if stop < 0:
            problems.append(_note_unclosed(at, before(end, len(lines))))
        blocks.append(_note(lines, at, column + len(_NOTE), end, stop))
        at, column = (end, 0) if stop < 0 else _after(lines, end, stop + len(_NOTE_END))
    if not blocks:
        return None
    if column:
        lines[at] = lines[at][column:]
    return Found(blocks, at, problems)


def _note_end(lines: Sequence[str], at: int, column: int) -> tuple[int, int]:
    """Return line and column of a note's `-->`; for one that has none, the first line after it and -1."""
    place = at
    while place < len(lines) and not (place > at and lines[place].startswith(_NOTE)):
        stop = lines[place].find(_NOTE_END, column if place == at else 0)
        if stop >= 0:
            return place, stop
        place += 1
    return next((blank for blank in range(at + 1, place) if is_blank(lines[blank])), place), -1


def _after(lines: Sequence[str], at: int, column: int) -> tuple[int, int]:
    """Return the place of the first character after a note: on its last line, or the next line's start."""
    tail = lines[at][column : column + 1]
    while tail and tail in " \t":
        column += 1
        tail = lines[at][column : column + 1]
    return (at, column) if tail else (at + 1, 0)


def _note(lines: Sequence[str], at: int, column: int, end: int, stop: int) -> Block:
    if stop >= 0 and end == at:
        inside = [lines[at][column:stop]]
    else:
        inside = [lines[at][column:], *lines[at + 1 : end], *([lines[end][:stop]] if stop >= 0 else [])]
    first, last = trim(inside, 0, len(inside))
    body = "\n".join(inside[first:last]).strip(" \t")
    return Block(kind="note", body=body, line=at + 1, body_line=at + first + 1 if body else 0)


def _prose(lines: Sequence[str], start: int, closable: Mapping[int, str]) -> Found:
    """Read a run of Markdown up to the next block; code in it is opaque."""
    at = start
    problems: list[Remark] = []
    while at < len(lines) and (at == start or not _begins_block(lines[at])):
        if fence := closable.get(at):
            at = _code_end(lines, at, fence)
        else:
            problems += _prose_problems(lines[at], at, code=at in closable)
        at += 1
    first, last = trim(lines, start, at)
    block = Block(kind="prose", body="\n".join(lines[first:last]), line=first + 1, body_line=first + 1)
    return Found([block], at, problems)


def _begins_block(line: str) -> bool:
    return is_fence(line) or line.startswith(_NOTE) or bool(_HEADING.fullmatch(line)) or is_opening(line)


def _closable(lines: Sequence[str], start: int) -> Mapping[int, str]:
    """Map every line that can open code to its marks, or to "" when no later line can close it (CommonMark §4.5)."""
    longest = {"`": 0, "~": 0}
    closable = {}
    for at in range(len(lines) - 1, start - 1, -1):
        if found := _CODE.fullmatch(lines[at]):
            mark, length = found["fence"][0], len(found["fence"])
            closable[at] = found["fence"] if longest[mark] >= length else ""
            longest[mark] = max(longest[mark], length if is_blank(found["info"]) else 0)
    return closable


def _code_end(lines: Sequence[str], start: int, fence: str) -> int:
    """Return the line that closes the code opened at `start`; there is one."""
    closing = re.compile(rf" {{0,3}}{fence}{fence[0]}*[ \t]*")
    return next(at for at in range(start + 1, len(lines)) if closing.fullmatch(lines[at]))


def _prose_problems(line: str, at: int, *, code: bool) -> list[Remark]:
    if code:
        sentence = "this code is not closed and is read as words; repeat the same marks on a line below it"
        return [Remark(rule="F011", severity="error", message=sentence, line=at + 1, block="prose")]
    if line.startswith(":::"):
        sentence = "these colons neither open nor close a block; write `::: kind` or `::: kind #id`, or take them out"
        return [Remark(rule="F007", severity="error", message=sentence, line=at + 1, block="prose")]
    return [_shown(at)] if _NOTE in line else []


def _shown(at: int) -> Remark:
    sentence = "readers will see this comment, it stands inside a line of words; give it a line of its own"
    return Remark(rule="F010", severity="warning", message=sentence, line=at + 1)


def _note_unclosed(at: int, place: str) -> Remark:
    sentence = f"this note is not closed; write --> after its last word, {place}"
    return Remark(rule="F009", severity="error", message=sentence, line=at + 1, block="note")
