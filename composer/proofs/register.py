"""Every rule of the house, by family and in the order of the docs. It runs none."""

from collections.abc import Mapping
from types import MappingProxyType

from composer.proofs import (
    accessibility,
    atom,
    attribution,
    contrast,
    corrections,
    dashes,
    drifting,
    evidence,
    feed_content,
    feed_item,
    fields,
    figures,
    honesty,
    inbox,
    json_feed,
    labels,
    languages,
    letter,
    mail,
    online,
    origins,
    outputs,
    pictures,
    problems,
    quotation_marks,
    repetition,
    rss,
    spacing,
    structure,
    typography,
    webpage,
    wording,
)
from composer.proofs.allowances import exceptions
from composer.proofs.case import Rule
from composer.proofs.severities import weight

_CHECKS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "Reading the manuscript": problems.RULES,
        "Header and fields": fields.RULES,
        "Structure": structure.RULES,
        "Inbox line": inbox.RULES,
        "Attribution": (*attribution.RULES, *origins.RULES, *drifting.RULES),
        "Repetition": repetition.RULES,
        "On the web": online.RULES,
        "Evidence": evidence.RULES,
        "Honesty": (*honesty.RULES, *corrections.RULES),
        "Pictures": pictures.RULES,
        "Figures": figures.RULES,
        "Wording": (*wording.RULES, *labels.RULES),
        "Language": languages.RULES,
        "Typography": (*dashes.RULES, *quotation_marks.RULES, *spacing.RULES, *typography.RULES),
        "The rendered mail": mail.RULES,
        "The rendered mail, for everybody": (*accessibility.RULES, *contrast.RULES),
        "The mail's headers and parts": letter.RULES,
        "The feed (RSS)": (*rss.RULES, *feed_content.RULES, *feed_item.RULES),
        "The feed (Atom)": atom.RULES,
        "The feed (JSON Feed)": json_feed.RULES,
        "The page": webpage.RULES,
        "All outputs": outputs.RULES,
    }
)
MENDABLE = " ⚙"  # beside the rules that `currents proof N --fix` can mend
_IDS = tuple(rule.id for rules in _CHECKS.values() for rule in rules)
FAMILIES: Mapping[str, tuple[Rule, ...]] = MappingProxyType({**_CHECKS, "Exceptions": (exceptions(_IDS),)})
RULES: tuple[Rule, ...] = tuple(rule for rules in FAMILIES.values() for rule in rules)


def rules_table() -> str:
    """Return the rules as Markdown: a heading and a table a family, as docs/proof.md holds them."""
    return "\n\n".join(f"### {name}\n\n{_table(rules)}" for name, rules in FAMILIES.items())


def _table(rules: tuple[Rule, ...]) -> str:
    rows = [
        f"| {rule.id}{MENDABLE * bool(rule.mender)} | {weights(rule)} | {rule.reason} | {rule.mend} |" for rule in rules
    ]
    return "\n".join(["| rule | severity | why | how to mend |", "| --- | --- | --- | --- |", *rows])


def weights(rule: Rule) -> str:
    """Return how heavy a rule's remarks are: "error", or "error or warning"."""
    said = [weight(one) for one in (rule.severity, rule.also) if one]
    return " or ".join(said)
