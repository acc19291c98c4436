"""Proof: what an editor should see before readers do, as remarks with stable ids.

Values in, values out: it reads no file, asks no network and changes nothing. One family of rules a file.
"""

from composer.proofs.allowances import Allowance, allowances
from composer.proofs.case import Case, Checked, Earlier, Mend, Past, Research, Rule
from composer.proofs.mending import mends
from composer.proofs.register import FAMILIES, RULES, rules_table
from composer.proofs.verdict import Silenced, Verdict, judge, proof

__all__ = [
    "FAMILIES",
    "RULES",
    "Allowance",
    "Case",
    "Checked",
    "Earlier",
    "Mend",
    "Past",
    "Research",
    "Rule",
    "Silenced",
    "Verdict",
    "allowances",
    "judge",
    "mends",
    "proof",
    "rules_table",
]
