"""Paragraphs as they are typed, with everything hidden that no mender may touch: code, addresses, marks of Markdown.

What a rule finds here its mender can change at the very place.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from composer.blocks import Block
from composer.proofs.allowances import allowed
from composer.proofs.case import Case, Mend, is_open

HIDDEN = "\ue000"  # stands for one character that is not to be read
_OPENERS = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:[-*+>#]+|\d+[.)])?(?:[ \t]+|$)", re.MULTILINE)  # lists, quotations
_KEPT = re.compile(
    r"\\[^\w\s]"  # an escaped mark
    r"|(?<!`)(`+)(?!`)(?:(?!\1)[\s\S]){0,2000}?[^`]\1(?!`)"  # code
    r"|(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"  # where a link leads
    r"|<[^<>\s]{0,2000}[:@/][^<>\s]{0,2000}>"
    r"|(?:https?://|www\.)[^\s<>]+"
    r"|&#?\w+;"
    r"|<!--[\s\S]{0,2000}?-->"
)
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
Edit = tuple[int, int, str]  # characters start:end of a paragraph, and what stands there instead; no line end in either


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines of a body that belong together.

    `words` is as long as `typed`, with HIDDEN where nothing may change and spaces for what opens a list's line.
    """

    block: Block
    line: int  # of its first, from the body's
    typed: str
    words: str

    def line_at(self, place: int) -> int:
        """Return how many lines below the body's first a character stands."""
        return self.line + self.typed.count("\n", 0, place)


Place = tuple[Paragraph, Edit]


def paragraphs(case: Case, rule_id: str, *kinds: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of blocks of these kinds that are written and not excepted from a rule; tables are none.

    What is looked at here concerns the edition as a whole, so the header can except from it too.
    """
    excepted = rule_id in allowed(case.manuscript)
    for block in case.manuscript.of(*kinds):
        if excepted or rule_id in allowed(block) or is_open(block.body):
            continue
        for line, typed in _runs(block.body.split("\n")):
            if "|" not in typed:
                yield Paragraph(block=block, line=line, typed=typed, words=hidden(typed))


def rewritten(found: Iterable[Place]) -> Iterator[Mend]:
    """Make edits into one mend a block; what changes nothing is left out. Edits of one paragraph must not overlap."""
    by_paragraph: dict[int, tuple[Paragraph, list[Edit]]] = {}
    for paragraph, edit in found:
        by_paragraph.setdefault(id(paragraph), (paragraph, []))[1].append(edit)
    by_block: dict[int, tuple[Block, list[str]]] = {}
    for paragraph, edits in by_paragraph.values():
        block = paragraph.block
        lines = by_block.setdefault(id(block), (block, block.body.split("\n")))[1]
        new = edited(paragraph.typed, edits).split("\n")
        lines[paragraph.line : paragraph.line + len(new)] = new
    for block, lines in by_block.values():
        if (body := "\n".join(lines)) != block.body:
            yield Mend(block=block, words=body)


def edited(typed: str, edits: Sequence[Edit]) -> str:
    """Return a text after edits that do not overlap."""
    pieces: list[str] = []
    at = 0
    for start, end, words in sorted(edits):
        pieces += [typed[at:start], words]
        at = end
    return "".join([*pieces, typed[at:]])


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield runs of lines that are not blank, with their first's number; what stands between fences is code."""
    run: list[str] = []
    fenced = False
    for number, line in enumerate([*lines, ""]):
        fence = bool(_FENCE.match(line))
        if line.strip(" \t") and not fence and not fenced:
            run.append(line)
            continue
        if run:
            yield number - len(run), "\n".join(run)
        run = []
        fenced = fenced != fence


@lru_cache(maxsize=1024)
def hidden(typed: str) -> str:
    """Return a text with HIDDEN for every character that may not change; it stays as long as it was."""
    return _KEPT.sub(lambda found: _as_long(found, HIDDEN), _OPENERS.sub(lambda found: _as_long(found, " "), typed))


def _as_long(found: re.Match[str], mark: str) -> str:
    return "".join("\n" if one == "\n" else mark for one in found.group())
