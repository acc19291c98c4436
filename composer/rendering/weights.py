"""What each part of a mail weighs: the bytes of its final HTML, which add up to the file's size exactly.

The mail is printed once more with a mark before and behind every part (`marks.py`). Nothing here is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from composer.blocks import Block, Manuscript
from composer.mailing import CLIPPED_BYTES
from composer.rendering.email import print_html
from composer.rendering.envelope import encoded
from composer.rendering.issue import Issue, Part
from composer.rendering.marks import COLOPHON, MARK, NAMEPLATE, Marks
from composer.rendering.theme import Theme

HEAD, FRAME = "head", "frame"
_HEAD_ENDS = "</head>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What one part weighs. `name` is its kind, or head, frame, nameplate or colophon."""

    name: str
    size: int  # bytes of HTML in UTF-8
    block: Block | None = None  # the manuscript's; None for what no block stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A mail on the scales: its parts in the order in which they are printed, head and frame first."""

    parts: tuple[Weight, ...]
    encoded: int  # bytes of the HTML as the mail carries it, quoted-printable or base64

    @property
    def size(self) -> int:
        """Return the bytes of the whole HTML: the sum of its parts."""
        return sum(part.size for part in self.parts)

    @property
    def share(self) -> float:
        """Return the size as a share of what Gmail shows before it clips."""
        return self.size / CLIPPED_BYTES

    @property
    def heaviest(self) -> tuple[Weight, ...]:
        """Return the blocks, the heaviest first."""
        blocks = (part for part in self.parts if part.block)
        return tuple(sorted(blocks, key=lambda part: -part.size))


def weigh(issue: Issue, theme: Theme, manuscript: Manuscript) -> Weights:
    """Weigh a mail's HTML part by part; `manuscript` is what the issue was arranged from. Raises ThemeError."""
    marked = print_html(issue, theme, Marks(issue.parts))
    sizes = _sizes(marked)
    blocks = blocks_of_parts(issue.parts, manuscript)
    ours = [Weight(name=name, size=sizes.get(name, 0)) for name in (HEAD, FRAME, NAMEPLATE)]
    parts = [
        Weight(name=part.kind, size=sizes.get(str(number), 0), block=block)
        for number, (part, block) in enumerate(zip(issue.parts, blocks, strict=True))
    ]
    foot = Weight(name=COLOPHON, size=sizes.get(COLOPHON, 0))
    return Weights(parts=(*ours, *parts, foot), encoded=len(encoded(MARK.sub("", marked))[1]))


def _sizes(marked: str) -> Mapping[str, int]:
    """Count the bytes between a part's first mark and its last; all that is outside of any is head or frame."""
    pieces = MARK.split(marked)
    head, ending, frame = pieces[0].partition(_HEAD_ENDS)
    sizes = {HEAD: _bytes(head + ending), FRAME: _bytes(frame)}
    depth, name = 0, FRAME
    for side, part, piece in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        depth += 1 if side == "open" else -1
        name = FRAME if depth == 0 else (part if depth == 1 and side == "open" else name)
        sizes[name] = sizes.get(name, 0) + _bytes(piece)
    return sizes


def _bytes(words: str) -> int:
    return len(words.encode())


def blocks_of_parts(parts: Sequence[Part], manuscript: Manuscript) -> list[Block | None]:
    """Return the block behind each part: of each kind they stand in the order of the manuscript."""
    waiting: dict[str, list[Block]] = {}
    for block in manuscript.visible:
        waiting.setdefault(block.kind, []).append(block)
    return [waiting[part.kind].pop(0) if waiting.get(part.kind) else None for part in parts]
