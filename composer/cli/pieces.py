"""The blocks of an edition as the preview takes hold of them: where they stand in the text, and in the mail."""

from collections.abc import Mapping

from composer.blocks import Block
from composer.desk.revising import Copy
from composer.desk.sheets import Sheet
from composer.preview import Piece
from composer.rendering import markup
from composer.rendering.weights import blocks_of_parts
from composer.text import cut, one_line

_WORDS_MOST = 90  # code points of a block's first words
_HEADS = ("headline", "title")  # what a block is told by, before its words


def pieces(copy: Copy, rendered: Sheet) -> tuple[Piece, ...]:
    """Return the blocks that readers see, each with its number among the mail's parts."""
    numbers = part_numbers(copy, rendered)
    seen = {block.line for block in copy.manuscript.visible}
    return tuple(
        Piece(
            place=place,
            name=block.name,
            line=block.line,
            words=_words(block),
            headline=bool(block.get("headline")),
            part=numbers.get(block.line, ""),
        )
        for place, block in enumerate(copy.manuscript.blocks)
        if block.line in seen
    )


def part_numbers(copy: Copy, rendered: Sheet) -> Mapping[int, str]:
    """Return the numbers of the mail's parts, by the line where their block begins."""
    parts = blocks_of_parts(rendered.ready.issue.parts, copy.manuscript)
    return {block.line: str(number) for number, block in enumerate(parts) if block}


def _words(block: Block) -> str:
    fields = (one.value if isinstance(one.value, str) else ", ".join(one.value) for one in block.fields)
    told = (*map(block.get, _HEADS), markup.words(block.body), block.body, *fields)
    return cut(one_line(next(filter(None, told), "")), _WORDS_MOST)
