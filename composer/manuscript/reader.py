"""Reading: any text whatever to a manuscript, and every problem with the line it stands on. Never raises."""

from dataclasses import dataclass

from composer.blocks import Manuscript
from composer.manuscript.body import read_blocks
from composer.manuscript.header import is_fence, read_header
from composer.manuscript.lines import clean, raw_lines, remark_characters
from composer.model import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A text as read; its problems in the order of their lines, with ids F001 to F011 (docs/manuscript.md)."""

    manuscript: Manuscript
    problems: tuple[Remark, ...] = ()


def load(text: str) -> Loaded:
    """Read a manuscript. Total: every text yields one, and no word is lost; what cannot be right is a problem."""
    raw = raw_lines(text)
    lines = [clean(line) for line in raw]
    header = read_header(lines)
    blocks, problems = read_blocks(lines, header.end)
    found = [*remark_characters(text, raw), *header.problems, *problems]
    manuscript = Manuscript(header=header.fields, header_tail=header.tail, blocks=tuple(blocks))
    return Loaded(manuscript=manuscript, problems=tuple(sorted(found, key=lambda remark: remark.line)))


def load_header(text: str) -> Manuscript:
    """Read a manuscript's header alone, without its blocks: an archive asks it of every edition."""
    raw = raw_lines(text)
    fences = [at for at, line in enumerate(raw) if is_fence(clean(line))]
    header = read_header([clean(line) for line in raw[: fences[1] + 1 if len(fences) > 1 else None]])
    return Manuscript(header=header.fields, header_tail=header.tail)
