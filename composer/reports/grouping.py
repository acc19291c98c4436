"""Remarks by the place where an editor mends them: header, block after block, the edition as a whole, the outputs."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from composer.blocks import Block
from composer.model import Remark
from composer.reports.proved import Proved
from composer.text import cut, one_line, quoted

_NAMED_BY = ("headline", "title", "speaker", "label", "name", "src", "text")
_WORDS_MOST = 40
# What rules on no line of the manuscript look at, by the beginning of their ids and in this order.
_WHOLE = "The whole edition"
_OUTPUTS = (
    ("The web page", ("WEB-",)),
    ("The feeds", ("FEED-", "ATOM-", "JSON-")),
    ("All that goes out", ("O-",)),
    ("The rendered mail", ("EML-",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The remarks on one place."""

    name: str  # "Header", "brief “The road stays closed”", "The rendered mail"
    remarks: tuple[Remark, ...]


def grouped(proved: Proved) -> tuple[Group, ...]:
    """Return the remarks in the order of the edition: header first, the rendered mail last; none is left out."""
    return tuple(Group(name=name, remarks=tuple(remarks)) for name, remarks in _groups(proved) if remarks)


def _groups(proved: Proved) -> Iterator[tuple[str, list[Remark]]]:
    blocks = sorted(proved.manuscript.blocks, key=lambda block: block.line)
    begins = [block.line for block in blocks]
    placed: dict[int, list[Remark]] = {}
    for remark in proved.remarks:
        if remark.line:
            placed.setdefault(bisect_right(begins, remark.line), []).append(remark)
    for at, remarks in sorted(placed.items()):
        yield label(blocks[at - 1]) if at else "Header", remarks
    at_large = [remark for remark in proved.remarks if not remark.line]
    for name in (_WHOLE, *(name for name, _ in _OUTPUTS)):
        yield name, [remark for remark in at_large if _looks_at(remark.rule) == name]


def _looks_at(rule: str) -> str:
    return next((name for name, beginnings in _OUTPUTS if rule.startswith(beginnings)), _WHOLE)


def label(block: Block) -> str:
    """Return a block's kind and id, and the words by which an editor knows it again."""
    named = next((words for key in _NAMED_BY if (words := block.get(key))), "")
    words = one_line(named or block.body)
    return f"{block.name} {quoted(cut(words, _WORDS_MOST))}" if words else block.name
