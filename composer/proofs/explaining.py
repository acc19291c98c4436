"""What a rule is for, in the words that an editor is told, and the nearest rule to one that is none."""

from difflib import get_close_matches

from composer.errors import UsageError
from composer.proofs.case import Rule
from composer.proofs.examples import Example, examples
from composer.proofs.register import FAMILIES, RULES

_OF_NO_BLOCK = (
    "F0",
    "S-ID",
    "S-TITLE",
    "S-BYLINE",
    "S-DATE",
    "S-SLUG",
    "S-FORMAT",
    "S-ALLOW",
    "EML-",
    "FEED-",
    "ATOM-",
    "JSON-",
    "WEB-",
)
_OF_THE_EDITION = frozenset({"S-SLOT-MISSING", "E-CORR"})  # and the inbox line: what they find stands in no block


def find_rule(rule_id: str) -> Rule:
    """Return the rule with this id, in capitals or not. Raises UsageError, with the nearest id where one is near."""
    wanted = rule_id.strip().upper()
    by_id = {rule.id: rule for rule in RULES}
    if wanted in by_id:
        return by_id[wanted]
    near = get_close_matches(wanted, by_id, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else "`currents proof --rules` lists them"
    raise UsageError(f"{rule_id} is no rule; {hint}")


def family_of(rule: Rule) -> str:
    """Return the heading under which the docs have a rule."""
    return next((name for name, rules in FAMILIES.items() if rule.id in {one.id for one in rules}), "")


def example_of(rule: Rule) -> Example | None:
    """Return what breaks a rule and what keeps it, where a few lines can show it."""
    return examples().get(rule.id)


def exception_to(rule: Rule) -> str:
    """Return the field by which an editor makes an exception; "" from a rule whose remarks are to be mended."""
    return "" if rule.id.startswith(_OF_NO_BLOCK) else f"x-allow: {rule.id} because …"


def concerns_edition(rule: Rule) -> bool:
    """Say whether an exception from a rule stands in the header, since what it finds stands in no block."""
    return rule.id in _OF_THE_EDITION or rule.id.startswith("I-")
