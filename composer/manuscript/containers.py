"""Containers: `::: kind #id`, fields, a blank line, words, `:::`.

The words are opaque: only a line with exactly as many colons as the opening line ends them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from composer.blocks import KINDS, Block
from composer.manuscript.fields import (
    SCHEMAS,
    UNKNOWN_KIND,
    Entry,
    Schema,
    did_you_mean,
    field_lines,
    gather,
    split_key,
    take,
)
from composer.manuscript.lines import is_blank, trim
from composer.model import Remark
from composer.text import cut

COLONS = re.compile(r":{3,}")
_OPENING = re.compile(r"(?P<colons>:{3,})[ \t]*(?P<kind>[A-Za-z][A-Za-z0-9_-]*)(?:[ \t]+#(?P<id>\w[\w.-]*))?[ \t]*")
_ID = re.compile(r"\w[\w.-]*")
_LIKE_A_FIELD = re.compile(r"[a-z][a-z0-9_-]*:(?:[ \t].*)?")
_QUOTED_MOST = 40


class Found(NamedTuple):
    """Blocks that begin at a line, the first line after them, and what is wrong with them."""

    blocks: list[Block]
    end: int
    problems: list[Remark]


class _Content(NamedTuple):
    entries: list[Entry]
    words: list[str]
    words_at: int  # 0-based line of the words' first
    problems: list[Remark]


def is_opening(line: str) -> bool:
    """Say whether a line opens a container."""
    return bool(_OPENING.fullmatch(line))


def read_container(lines: Sequence[str], at: int) -> Found | None:
    """Read the container that a line opens, if it does."""
    opening = _OPENING.fullmatch(lines[at])
    if not opening:
        return None
    kind = opening["kind"].lower() if opening["kind"].lower() in KINDS else opening["kind"]
    named = Block(kind=kind, id=opening["id"] or "", line=at + 1)
    end, closed = _end(lines, at + 1, opening["colons"])
    schema = SCHEMAS.get(kind, UNKNOWN_KIND)
    content = (_fields_then_words if schema.words else _fields_only)(lines, at + 1, end, named)
    fields, repeated = gather(content.entries, schema, named.name)
    body_line = content.words_at + 1 if content.words else 0
    block = replace(named, fields=tuple(fields), body="\n".join(content.words), body_line=body_line)
    problems = [] if kind in KINDS else [_unknown(named)]
    problems += [] if closed else [_unclosed(named, opening["colons"], end, len(lines))]
    return Found([block], end + closed, [*problems, *content.problems, *repeated])


def container_entries(lines: Sequence[str], at: int) -> tuple[list[Entry], int] | None:
    """Return the fields of the container that a line opens, as typed, and the line where it ends; else None."""
    opening = _OPENING.fullmatch(lines[at])
    if not opening:
        return None
    kind = opening["kind"].lower()
    end, _ = _end(lines, at + 1, opening["colons"])
    named = Block(kind=kind if kind in KINDS else opening["kind"], line=at + 1)
    schema = SCHEMAS.get(named.kind, UNKNOWN_KIND)
    return (_fields_then_words if schema.words else _fields_only)(lines, at + 1, end, named).entries, end


def is_id(words: str) -> bool:
    """Say whether words can stand behind `#` in a container's opening line."""
    return bool(_ID.fullmatch(words))


def renamed_opening(line: str, block_id: str) -> str:
    """Return a container's opening line with another id; "" takes the id away."""
    opening = _OPENING.fullmatch(line)
    kept = line[: opening.end("kind")] if opening else line
    return f"{kept} #{block_id}" if block_id else kept


def before(end: int, last: int) -> str:
    """Return in words the latest place for a closing line: before the 0-based line `end`."""
    return f"before line {end + 1}" if end < last else "before the file ends"


def write_container(block: Block) -> str:
    """Return a block as a container, its fence longer than any line of colons in its body."""
    schema = SCHEMAS.get(block.kind, UNKNOWN_KIND)
    lengths = [len(found[0]) for line in block.body.split("\n") if (found := COLONS.match(line))]
    colons = ":" * max([3, *(length + 1 for length in lengths)])
    opening = f"{colons} {block.kind} #{block.id}" if block.id else f"{colons} {block.kind}"
    fields = [line for made in block.fields for line in field_lines(made, schema)]
    return "\n".join([opening, *fields, *(["", block.body] if block.body else []), colons])


def _end(lines: Sequence[str], start: int, colons: str) -> tuple[int, bool]:
    """Return where a container ends, and whether a line closes it; one that opens another there does not."""
    for at in range(start, len(lines)):
        found = COLONS.match(lines[at])
        if not found or found[0] != colons:
            continue
        if is_blank(lines[at][found.end() :]):
            return at, True
        if is_opening(lines[at]):
            return at, False
    return len(lines), False


def _fields_then_words(lines: Sequence[str], start: int, end: int, block: Block) -> _Content:
    schema = SCHEMAS.get(block.kind, UNKNOWN_KIND)
    entries: list[Entry] = []
    at = start
    while at < end and (found := take(lines[at], at, schema, entries[-1] if entries else None)):
        if not entries or found is not entries[-1]:
            entries.append(found)
        at += 1
    first, last = trim(lines, at, end)
    problems = _swallowed(lines, at, end, block) if block.kind in KINDS and first == at else []
    problems += [_shown(block, place) for place in range(first, last) if _leaks(block, lines[place])]
    return _Content(entries, list(lines[first:last]), first, problems)


def _fields_only(lines: Sequence[str], start: int, end: int, block: Block) -> _Content:
    """Read every line that can be a field, blank lines or not; anything else is kept as words and remarked."""
    entries: list[Entry] = []
    current = None
    kept: list[int] = []
    for at in range(start, end):
        found = None if is_blank(lines[at]) else take(lines[at], at, SCHEMAS[block.kind], current)
        if found is None:
            kept.append(at)
        elif found is not current:
            entries.append(found)
        current = found
    words = [lines[at] for at in kept]
    first, last = trim(words, 0, len(words))
    problems = [_no_field(lines[at], at, block) for at in kept if not is_blank(lines[at])]
    return _Content(entries, words[first:last], kept[first] if first < last else 0, problems)


def _swallowed(lines: Sequence[str], at: int, end: int, block: Block) -> list[Remark]:
    """Remark on words that follow the fields without a blank line and seem to be, or to hold, fields."""
    schema = SCHEMAS[block.kind]
    paragraph_end = next((place for place in range(at, end) if is_blank(lines[place])), end)
    lost = next((place for place in range(at + 1, paragraph_end) if split_key(lines[place], schema)), 0)
    if lost:
        return [_no_field(lines[at], at, block, f" and makes words of the field on line {lost + 1}")]
    if at < end and _LIKE_A_FIELD.fullmatch(lines[at]):
        return [_like_a_field(lines[at], at, block, schema)]
    return []


def _leaks(block: Block, line: str) -> bool:
    return "<!--" in line and block.kind in KINDS and KINDS[block.kind].visible


def _shown(block: Block, at: int) -> Remark:
    sentence = f"readers will see this comment, it stands inside {block.name}; move it out, to a line of its own"
    return Remark(rule="F010", severity="warning", message=sentence, line=at + 1, block=block.name)


def _no_field(line: str, at: int, block: Block, consequence: str = "") -> Remark:
    keys = SCHEMAS[block.kind].keys
    hint = did_you_mean(line.partition(":")[0].strip(), keys)
    takes = f"{block.kind} takes {', '.join(keys)}, or keys of your own that begin with x-" if keys else "take it out"
    words = cut(line.strip(), _QUOTED_MOST)
    sentence = f"“{words}” is no field of {block.kind}{consequence}{hint or f'; {takes}'}"
    return Remark(rule="F002", severity="error", message=sentence, line=at + 1, block=block.name)


def _like_a_field(line: str, at: int, block: Block, schema: Schema) -> Remark:
    key = line.partition(":")[0]
    hint = did_you_mean(key, schema.keys)
    sentence = f"{cut(key, _QUOTED_MOST)} is no field of {block.kind} and is read as words{hint}"
    mend = "correct it, or leave a blank line above it"
    return Remark(rule="F002", severity="warning", message=f"{sentence}; {mend}", line=at + 1, block=block.name)


def _unknown(block: Block) -> Remark:
    kind = cut(block.kind, _QUOTED_MOST)
    hint = did_you_mean(block.kind, tuple(KINDS)) or f"; write one of {', '.join(KINDS)}"
    sentence = f"{kind} is no kind of block, it is kept but readers will not see it{hint}"
    return Remark(rule="F005", severity="error", message=sentence, line=block.line, block=block.name)


def _unclosed(block: Block, colons: str, end: int, last: int) -> Remark:
    fence = "a line :::" if len(colons) == len(":::") else f"a line of {len(colons)} colons"
    sentence = f"{block.name} is not closed; write {fence} after its last words, {before(end, last)}"
    return Remark(rule="F004", severity="error", message=sentence, line=block.line, block=block.name)
