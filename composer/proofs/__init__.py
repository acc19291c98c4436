"""Proof: what an editor should see before readers do, as remarks with stable ids.

Values in, values out: it reads no file, asks no network and changes nothing. One family of rules a file.
"""

from composer.proofs.case import Case, Checked, Research, Rule
from composer.proofs.register import FAMILIES, RULES, rules_table
from composer.proofs.verdict import Silenced, Verdict, judge, proof

__all__ = [
    "FAMILIES",
    "RULES",
    "Case",
    "Checked",
    "Research",
    "Rule",
    "Silenced",
    "Verdict",
    "judge",
    "proof",
    "rules_table",
]
