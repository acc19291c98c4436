"""Figures: where the numbers come from, and that they are there in words too."""

from collections.abc import Iterator

from composer.blocks import Block
from composer.proofs.case import Case, Finding, rule


@rule(
    "FIG-SRC",
    "error",
    reason="A figure without its source is a rumour with bars.",
    mend="Write `source:` with who counted, a line for each.",
)
def source_missing(case: Case) -> Iterator[Finding]:
    """Want a source on every figure."""
    for block in case.manuscript.of("figure"):
        if not block.all("source"):
            yield Finding(block=block, key="source", message="the figure has no source; say in `source:` who counted")


@rule(
    "FIG-DATA",
    "warning",
    reason="The numbers must reach readers who do not see the picture, and those who want to check.",
    mend="Write the numbers as a table in the figure's body, or name their file in `data:`.",
)
def data_missing(case: Case) -> Iterator[Finding]:
    """Want a table, whatever is drawn."""
    for block in case.manuscript.of("figure"):
        if not _has_table(block) and not block.get("data"):
            yield Finding(block=block, message="the figure has no numbers; write them as a table in its body")


@rule(
    "FIG-ALT",
    "warning",
    reason="Alt words of a figure state the finding; a finding has a number.",
    mend="Say in `alt:` what the figure shows, with its main numbers.",
)
def alt_without_number(case: Case) -> Iterator[Finding]:
    """Look for a digit of any script."""
    for block in case.manuscript.of("figure"):
        alt = block.get("alt")
        if alt and not any(map(str.isdigit, alt)):
            yield Finding(block=block, key="alt", message="the alt words give no number; say what the figure shows")


def _has_table(block: Block) -> bool:
    rows = [line for line in block.body.splitlines() if "|" in line]
    return len(rows) > 1


RULES = (source_missing, data_missing, alt_without_number)
