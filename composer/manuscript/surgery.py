"""Surgery: blocks put in, moved and taken out of an editor's own text, every other byte left as typed.

Each operation is checked by reading its result: when anything but what was asked for would be read differently
(an unclosed box above, code that a moved line would close), it is refused and the text stays as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from composer.blocks import Block, Field
from composer.errors import UsageError
from composer.manuscript.lines import ENDS, has_end, is_blank, line_end
from composer.manuscript.pieces import Parted, Piece, part
from composer.manuscript.reader import load
from composer.manuscript.writer import dump_blocks

_SWALLOW = ("F001", "F004", "F009", "F011")  # what is not closed takes in the lines that follow it


@dataclass(frozen=True, slots=True)
class _Cut:
    """Lines of a text that go, and what stands in their place."""

    start: int = 0
    end: int = 0
    instead: tuple[str, ...] = ()


def insert(text: str, blocks: Sequence[Block], place: int) -> str:
    """Put blocks into a text, before the block at a 0-based place; the number of its blocks is the end.

    Only lines are added: the blocks' own, and the blank lines that part them from their neighbours. Raises UsageError
    when the text could not be read as meant.
    """
    parted = part(text)
    there = parted.blocks
    result = _put(parted, _boundary(parted, place), _lines(parted, blocks), _Cut())
    return checked(text, parted.mark + result, (*there[:place], *blocks, *there[place:]))


def drop(text: str, index: int) -> str:
    """Take the block at a 0-based place out of a text, with the blank lines that only it needed. Raises UsageError."""
    parted = part(text)
    there = parted.blocks
    cut = _cut(parted, _alone(parted, index))
    result = "".join((*parted.raw[: cut.start], *cut.instead, *parted.raw[cut.end :]))
    return checked(text, parted.mark + result, (*there[:index], *there[index + 1 :]))


def put_for(text: str, index: int, block: Block) -> str:
    """Put a block in the lines of the one at a 0-based place; every other line stays as typed. Raises UsageError."""
    parted = part(text)
    there = parted.blocks
    piece = _alone(parted, index)
    lines = _lines(parted, [block])
    if not has_end(parted.raw[piece.end - 1]):
        lines[-1] = lines[-1].removesuffix(line_end(parted.raw))
    result = "".join((*parted.raw[: piece.start], *lines, *parted.raw[piece.end :]))
    return checked(text, parted.mark + result, (*there[:index], block, *there[index + 1 :]))


def rewrite(text: str, index: int, body: str) -> str:
    """Put words in the lines of a block's body, line for line; the block is named by its 0-based place.

    Lines that say the same stay as typed. Raises UsageError when the body has another number of lines, or when other
    lines would read differently.
    """
    parted = part(text)
    there = parted.blocks
    block = there[index]
    old, new = block.body.split("\n"), body.split("\n")
    at = (block.body_line or block.line) - 1
    if len(old) != len(new) or parted.lines[at : at + len(old)] != tuple(old):
        raise UsageError(f"line {at + 1}: these lines cannot be changed one by one; do it in your editor")
    raw = list(parted.raw)
    for number, (was, now) in enumerate(zip(old, new, strict=True), at):
        if was != now:
            raw[number] = now + raw[number][len(raw[number].rstrip(ENDS)) :]
    after = replace(block, body=body)
    return checked(text, parted.mark + "".join(raw), (*there[:index], after, *there[index + 1 :]))


def move(text: str, index: int, place: int) -> str:
    """Move the block at a 0-based place before the block at another; the number of blocks is the end.

    Its own lines stay as typed. Raises UsageError.
    """
    parted = part(text)
    piece = _alone(parted, index)
    if place in {index, index + 1}:
        return text
    there = parted.blocks
    lines = list(parted.raw[piece.start : piece.end])
    result = _put(parted, _boundary(parted, place), lines, _cut(parted, piece))
    rest = [block for at, block in enumerate(there) if at != index]
    rest.insert(place - (place > index), there[index])
    return checked(text, parted.mark + result, rest)


def checked(before: str, after: str, wanted: Sequence[Block]) -> str:
    """Return the text `after` if its header reads as before and its blocks as wanted, else raise UsageError.

    Runs of prose that have become neighbours are one.
    """
    read, old = load(after).manuscript, load(before)
    if _shape(read.blocks) == _shape(wanted) and (read.header, read.header_tail) == (
        old.manuscript.header,
        old.manuscript.header_tail,
    ):
        return after
    cause = next((problem for problem in old.problems if problem.rule in _SWALLOW), None)
    if cause:
        raise UsageError(f"line {cause.line}: {cause.message}; nothing was changed")
    raise UsageError("other lines would then be read differently; nothing was changed: do it in your editor")


def _shape(blocks: Sequence[Block]) -> list[tuple[str, str, tuple[Field, ...], tuple[str, ...]]]:
    """Return what blocks say, without their places; blank lines and the order of keys do not count.

    A run of bare prose is one block.
    """
    shapes: list[tuple[str, str, tuple[Field, ...], tuple[str, ...]]] = []
    for block in blocks:
        words = tuple(line for line in block.body.split("\n") if not is_blank(line))
        fields = tuple(sorted(block.fields, key=lambda one: one.key))
        made = (block.kind, block.id, fields, words)
        bare = ("prose", "", ())
        if shapes and made[:3] == bare and shapes[-1][:3] == bare:
            made = (*bare, (*shapes.pop()[3], *words))
        shapes.append(made)
    return shapes


def _lines(parted: Parted, blocks: Sequence[Block]) -> list[str]:
    """Return the lines that blocks make, ended as the lines of this text are."""
    return [f"{line}{line_end(parted.raw)}" for line in dump_blocks(blocks).removesuffix("\n").split("\n")]


def _alone(parted: Parted, index: int) -> Piece:
    piece = parted.piece_of(index)
    if len(piece.blocks) > 1:
        line = parted.blocks[index].line
        raise UsageError(f"line {line}: several blocks share this line; give each a line of its own, then try again")
    return piece


def _boundary(parted: Parted, place: int) -> int:
    """Return the 0-based line before which something comes to stand, right below the block above it."""
    if place == 0:
        return parted.body_at
    above = parted.piece_of(place - 1)
    if place < len(parted.blocks) and parted.piece_of(place) is above:
        line = parted.blocks[place].line
        raise UsageError(f"line {line}: several blocks share this line; give each a line of its own, then try again")
    return above.end


def _cut(parted: Parted, piece: Piece) -> _Cut:
    """Say which lines go with a piece, so that one separation is left between its neighbours."""
    follower = next((at for at in range(piece.end, len(parted.lines)) if not is_blank(parted.lines[at])), -1)
    opens = piece.start == parted.body_at
    parts_above = opens or is_blank(parted.lines[piece.start - 1])
    if follower < 0:
        start = piece.start
        while start > parted.body_at and is_blank(parted.lines[start - 1]):
            start -= 1
        return _Cut(start, len(parted.raw))
    if parts_above:
        return _Cut(piece.start, follower)
    if follower > piece.end:
        return _Cut(piece.start, piece.end)
    return _Cut(piece.start, piece.end, (line_end(parted.raw),))


def _put(parted: Parted, at: int, lines: Sequence[str], cut: _Cut) -> str:
    """Put lines before a line, a blank one between them and their neighbours, and make a cut elsewhere."""
    raw, end = parted.raw, line_end(parted.raw)
    new = list(lines)
    if not has_end(new[-1]):
        new[-1] += end
    if at and not is_blank(parted.lines[at - 1]):
        new.insert(0, end)
        if not has_end(raw[at - 1]):
            new.insert(0, end)
    if at < len(raw) and not is_blank(parted.lines[at]):
        new.append(end)
    out: list[str] = []
    done = 0
    for start, stop, instead in sorted([(at, at, tuple(new)), (cut.start, cut.end, cut.instead)]):
        out += [*raw[done:start], *instead]
        done = stop
    return "".join([*out, *raw[done:]])
