"""`currents proof --explain RULE` and `--rules`: what the rules are for. No newsletter is needed."""

from textwrap import fill
from textwrap import indent as indented

from composer.cli import screen
from composer.proofs import FAMILIES, RULES
from composer.proofs.explaining import concerns_edition, example_of, exception_to, family_of, find_rule
from composer.proofs.register import weights

_COLUMNS_LEAST, _COLUMNS_MOST = 20, 100
_MARGIN = "    "
_OF_A_BLOCK = "To except a block, write among its fields, or in the header for what stands in no block:"
_OF_THE_EDITION = "To except the edition, write in the header:"


def explain(rule_id: str) -> None:
    """Print what a rule wants, why, how to mend it, and an example. Raises UsageError."""
    rule = find_rule(rule_id)
    screen.say(f"{rule.id}: {weights(rule)} ({family_of(rule)})", bold=True)
    screen.say()
    _paragraph("Why: ", rule.reason)
    _paragraph("How to mend it: ", rule.mend)
    if rule.mender:
        _paragraph("", "`currents proof N --fix` " + ("offers to mend it." if rule.offers else "mends it."))
    if example := example_of(rule):
        _snippet("This breaks it:", example.breaks)
        _snippet("This keeps it:", example.sound)
    if field := exception_to(rule):
        _snippet(_OF_THE_EDITION if concerns_edition(rule) else _OF_A_BLOCK, field)


def list_rules() -> None:
    """Print every rule with its weight and its reason, family by family."""
    widest = max(len(rule.id) for rule in RULES)
    for family, rules in FAMILIES.items():
        screen.say(family, bold=True)
        for rule in rules:
            _paragraph(f"{rule.id:<{widest}}  ", f"{weights(rule)}: {rule.reason}", indent=widest + 2)
        screen.say()


def _paragraph(head: str, words: str, *, indent: int = 0) -> None:
    columns = max(min(screen.columns() or _COLUMNS_MOST, _COLUMNS_MOST), indent + _COLUMNS_LEAST)
    screen.say(fill(head + words, columns, subsequent_indent=" " * indent, break_on_hyphens=False))


def _snippet(head: str, words: str) -> None:
    screen.say()
    _paragraph("", head)
    screen.say()
    screen.say(indented(words, _MARGIN))
