"""A text that holds several texts is split as the editor confirms or says, never by guess."""

import sys
from collections.abc import Sequence

from composer.cli import screen
from composer.errors import NotFoundError, UsageError
from composer.model import Proposal
from composer.text import cut, one_line


def split_at(name: str, words: str, lines: str) -> tuple[Proposal, ...]:
    """Cut a text where the editor says. Raises UsageError."""
    given = words.splitlines()
    starts = _line_numbers(name, lines, len(given))
    ends = [start - 1 for start in starts[1:]] + [len(given)]
    return tuple(_piece(given, first, last) for first, last in zip(starts, ends, strict=True))


def _line_numbers(name: str, lines: str, most: int) -> list[int]:
    try:
        starts = sorted({int(number) for number in lines.split(",")})
    except ValueError:
        raise UsageError(f"--split {lines}: give line numbers such as 1,14,34") from None
    if not starts or starts[0] < 1 or starts[-1] > most:
        raise UsageError(f"--split {lines}: {name} has lines 1 to {most}")
    return starts


def _piece(words: Sequence[str], first: int, last: int) -> Proposal:
    kept = [line.strip() for line in words[first - 1 : last] if line.strip()]
    if not kept:
        raise UsageError(f"--split: lines {first} to {last} are empty")
    title = cut(one_line(kept[0]), 80)
    return Proposal(first_line=first, last_line=last, title=title, text="\n\n".join(kept), reason="as you said")


def confirmed(name: str, proposals: tuple[Proposal, ...], *, yes: bool) -> tuple[Proposal, ...]:
    """Show what a text seems to hold and keep what the editor confirms."""
    screen.note(f"{name} seems to hold {len(proposals)} texts:")
    for proposal in proposals:
        screen.note(f"  lines {proposal.first_line}–{proposal.last_line}: {cut(proposal.title, 70)}")
        screen.note(f"    {proposal.reason}")
    if yes:
        return proposals
    if not sys.stdin.isatty():
        starts = ",".join(str(proposal.first_line) for proposal in proposals)
        raise UsageError(f"{name}: nothing was added; confirm with --yes, or say where texts begin: --split {starts}")
    kept = tuple(proposal for proposal in proposals if screen.ask(_question(proposal), default=True))
    if not kept:
        raise NotFoundError(f"{name}: no text was confirmed, nothing was added; --split LINES says where texts begin")
    return kept


def _question(proposal: Proposal) -> str:
    return f"Add lines {proposal.first_line}–{proposal.last_line} as an article?"
