"""A proof's remarks on a terminal: rows under the blocks they concern, as wide as the window, nothing cut off."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from composer.cli.screen import Paint
from composer.model import Remark
from composer.reports import Group, weight

Row = tuple[tuple[str, Paint], ...]  # the parts of a line, each with its looks

_MESSAGE_LEAST = 50  # columns; where there are fewer, a longer message begins below
_LOOSE_INDENT = "    "
_ALIKE_MOST = 3  # remarks with the same words in one block; of more only the first is written out
_TELLS_ONLY_WHERE = "S-TK"  # its words differ by the place alone
_WEIGHT_COLUMNS = len("warning")


def lay_out(groups: Sequence[Group], file: str, columns: int) -> Iterator[Row]:
    """Yield the lines of a table: a heading a group, then `file:line  weight  RULE  message`, wrapped at `columns`.

    More than three remarks in one block that say the same are folded: the first, and where the others stand.
    """
    remarks = [remark for group in groups for remark in group.remarks]
    place_columns = max((len(_place(file, remark)) for remark in remarks), default=0)
    rule_columns = max((len(remark.rule) for remark in remarks), default=0)
    beside = columns - place_columns - _WEIGHT_COLUMNS - rule_columns - 6
    for group in groups:
        yield ((group.name, "head"),)
        for remark, message in _folded(group.remarks):
            head: Row = (
                (_place(file, remark).ljust(place_columns) + "  ", "faint"),
                (weight(remark.severity).ljust(_WEIGHT_COLUMNS) + "  ", remark.severity),
                (remark.rule.ljust(rule_columns), ""),
            )
            fits = beside >= min(len(message), _MESSAGE_LEAST)
            yield from _beside(head, message, beside) if fits else _below(head, message, columns)
        yield ()


def _place(file: str, remark: Remark) -> str:
    return f"{file}:{remark.line}" if remark.line else ""


def _folded(remarks: Sequence[Remark]) -> Iterator[tuple[Remark, str]]:
    """Yield the remarks to write out, each with its message; of many alike the first, with the lines of the rest."""
    alike = {key: list(ones) for key, ones in groupby(sorted(remarks, key=_kind), key=_kind)}
    for remark in remarks:
        ones = alike[_kind(remark)]
        if len(ones) <= _ALIKE_MOST or not remark.line:
            yield remark, remark.message
        elif remark is ones[0]:
            lines = ", ".join(str(line) for line in dict.fromkeys(one.line for one in ones[1:]))
            yield remark, f"{remark.message} (and {len(ones) - 1} more like it, at lines {lines})"


def _kind(remark: Remark) -> tuple[str, str, str]:
    return remark.rule, remark.severity, "" if remark.rule == _TELLS_ONLY_WHERE else remark.message


def _beside(head: Row, message: str, columns: int) -> Iterator[Row]:
    indent = " " * (sum(len(words) for words, _ in head) + 2)
    first, *rest = wrap(message, columns, break_on_hyphens=False) or [""]
    yield (*head, (f"  {first}", ""))
    for words in rest:
        yield ((indent + words, ""),)


def _below(head: Row, message: str, columns: int) -> Iterator[Row]:
    yield head
    for words in wrap(message, max(columns - len(_LOOSE_INDENT), 1), break_on_hyphens=False):
        yield ((_LOOSE_INDENT + words, ""),)
