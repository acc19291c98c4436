"""What the menders of the rules would write, as values. It changes no text."""

from composer.blocks import Block, every
from composer.proofs.allowances import allowed
from composer.proofs.case import BODY, Case, Mend, Rule, is_open


def mends(case: Case, rule: Rule) -> tuple[Mend, ...]:
    """Return what a rule would mend in an edition; nothing where it is excepted, or a TK stands.

    Applied as they are, the rule has nothing more to mend: mending twice is mending once.
    """
    if rule.mender is None:
        return ()
    return tuple(one for one in rule.mender(case) if rule.id not in allowed(one.block) and not _waits(one))


def _waits(mend: Mend) -> bool:
    """Say whether the words that a mend is about are still to be written; a field that is TK may be filled."""
    return mend.words is not None and _is_open(mend.block, mend.key) and is_open(mend.words)


def _is_open(block: Block, key: str) -> bool:
    return is_open(block.body) if key == BODY else any(map(is_open, every(block.fields, key)))
