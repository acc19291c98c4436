"""Where the blocks of a text stand, and how an editor names one of them.

A piece is a run of whole lines with the blocks that stand in them; notes may share a line with what follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from composer.blocks import Block
from composer.errors import NotFoundError, UsageError
from composer.manuscript.body import read_finds
from composer.manuscript.header import read_header
from composer.manuscript.lines import clean, raw_lines, trim

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Lines of a text and the blocks in them; 0-based, `end` after its last line that is not blank."""

    blocks: tuple[Block, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A text, parted: its mark and raw lines joined are the text again; blocks are counted through all pieces."""

    mark: str  # a byte order mark, which must stay first, or ""
    raw: tuple[str, ...]
    lines: tuple[str, ...]
    body_at: int  # the first line after the header, 0-based
    pieces: tuple[Piece, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return every block, in order."""
        return tuple(block for piece in self.pieces for block in piece.blocks)

    def piece_of(self, index: int) -> Piece:
        """Return the piece that holds the block at a 0-based place among all blocks."""
        seen = 0
        for piece in self.pieces:
            seen += len(piece.blocks)
            if index < seen:
                return piece
        raise IndexError(index)


def part(text: str) -> Parted:
    """Part a text into pieces. Total: every text has parts, and every line of its body that is not blank is in one."""
    mark = _BOM if text.startswith(_BOM) else ""
    raw = raw_lines(text.removeprefix(_BOM))
    lines = [clean(line) for line in raw]
    body_at = read_header(lines).end
    pieces: list[Piece] = []
    for found, reach in read_finds(lines, body_at):
        start = found.blocks[0].line - 1
        _, end = trim(lines, start, reach)
        made = Piece(blocks=tuple(found.blocks), start=start, end=end)
        if pieces and start < pieces[-1].end:
            last = pieces.pop()
            made = replace(last, blocks=(*last.blocks, *made.blocks), end=max(last.end, end))
        pieces.append(made)
    return Parted(mark=mark, raw=tuple(raw), lines=tuple(lines), body_at=body_at, pieces=tuple(pieces))


def find_block(blocks: Sequence[Block], name: str) -> int:
    """Return the 0-based place of the block that an editor names.

    A name is its number in the list (7), the line it stands on (:31), its id (salt or #salt), its kind and id
    (brief#salt), or its kind alone where there is only one. Raises NotFoundError, and UsageError when several fit.
    """
    if name.isascii() and name.isdigit():
        return _numbered(blocks, int(name))
    if name[:1] == ":" and name[1:].isascii() and name[1:].isdigit():
        return _on_line(blocks, int(name[1:]))
    fits = [at for at, block in enumerate(blocks) if name in {block.id, f"#{block.id}"} and block.id]
    fits = fits or [at for at, block in enumerate(blocks) if block.name == name]
    fits = fits or [at for at, block in enumerate(blocks) if block.kind == name]
    if not fits:
        raise NotFoundError(f"{name}: no such block{_near(blocks, name)}")
    if len(fits) > 1:
        places = ", ".join(f"{at + 1} (line {blocks[at].line})" for at in fits)
        raise UsageError(f"{name}: several blocks are called so; name one by its number: {places}")
    return fits[0]


def refuse_taken(there: Sequence[Block], new: Sequence[Block]) -> None:
    """Raise UsageError when a new block has the id of one that stands there: links could not tell them apart."""
    for block in new:
        holder = next((other for other in there if block.id and other.id == block.id), None)
        if holder:
            raise UsageError(f"{block.id}: the {holder.kind} on line {holder.line} is called so; choose another name")


def _numbered(blocks: Sequence[Block], number: int) -> int:
    if 1 <= number <= len(blocks):
        return number - 1
    there = f"the blocks are 1 to {len(blocks)}" if blocks else "there is none"
    raise NotFoundError(f"{number}: no such block; {there}")


def _on_line(blocks: Sequence[Block], line: int) -> int:
    above = [at for at, block in enumerate(blocks) if block.line <= line]
    if not above:
        raise NotFoundError(
            f":{line}: no block stands there; the first begins on line {blocks[0].line if blocks else 0}"
        )
    return above[-1]


def _near(blocks: Sequence[Block], name: str) -> str:
    known = list(dict.fromkeys(words for block in blocks for words in (block.id, block.name, block.kind) if words))
    near = get_close_matches(name.removeprefix("#"), known, 1)
    return f"; did you mean {near[0]}?" if near else "; `currents blocks` lists them"
