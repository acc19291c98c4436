"""Evidence: every figure, date, name and quotation of a text, looked up in its sources.

Pure and offline; the same texts give the same evidence. It says where facts stand and which stand nowhere. It does not
know whether a statement is true: predicates, negation and who did what to whom are beyond it (docs/evidence.md).
"""

from composer.evidence.checking import check, check_quotation, facts
from composer.evidence.following import followed
from composer.evidence.ledger import ledger

__all__ = ["check", "check_quotation", "facts", "followed", "ledger"]
