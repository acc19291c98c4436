"""Figures: where the numbers come from, and that they are there in words too."""

from collections.abc import Iterator

from composer.blocks import Block
from composer.charts import chart_key, finding, misfit
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
    """Look for a digit of any script; propose words from the figure's own table."""
    for block in case.manuscript.of("figure"):
        alt, told = block.get("alt"), finding(block)
        if alt and not any(map(str.isdigit, alt)):
            message = f"the alt words give no number; {_such_as(told) or 'say what the figure shows'}"
            yield Finding(block=block, key="alt", message=message)
        elif not alt and told:
            yield Finding(block=block, key="alt", message=f"the figure's numbers can be told; {_such_as(told)}")


@rule(
    "FIG-FORM",
    "info",
    reason="Not every table fits every kind of chart; it is shown as bars or as a table then, never as a hole.",
    mend="Change the table or its kind, or leave it as it is shown.",
)
def not_drawn(case: Case) -> Iterator[Finding]:
    """Say why a figure is not shown as its kind asks."""
    for block in case.manuscript.of("figure"):
        made = case.prints.get(chart_key(block))
        why = misfit(block) if _has_table(block) else ""
        if why:
            yield Finding(block=block, key="kind", message=f"not shown as {block.get('kind')}: {why}")
        elif made and made.problem:
            yield Finding(block=block, key="kind", message=f"not drawn: {made.problem}")


def _such_as(told: str) -> str:
    return f"for instance `alt: {told}`" if told else ""


def _has_table(block: Block) -> bool:
    rows = [line for line in block.body.splitlines() if "|" in line]
    return len(rows) > 1


RULES = (source_missing, data_missing, alt_without_number, not_drawn)
