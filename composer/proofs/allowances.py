"""`x-allow: RULE reason` in a block: the editor knows better here, and says why."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from composer.blocks import Block
from composer.proofs.case import Case, Finding, Rule, rule

_KEY = "x-allow"


def reason_for(block: Block, rule_id: str) -> str:
    """Return why a block is excepted from a rule, in the editor's words; "" when it is not."""
    return next((reason for name, reason in _exceptions(block) if name == rule_id and reason), "")


def exceptions(known: Sequence[str]) -> Rule:
    """Return the rule that judges the exceptions, given the ids of all others."""

    @rule(
        "S-ALLOW",
        "warning",
        reason="An exception without a reason, or from a rule that is none, allows nothing.",
        mend="Write `x-allow: RULE reason`.",
    )
    def exception_void(case: Case) -> Iterator[Finding]:
        """Want a rule that is there, and a reason, in every exception."""
        for block in case.manuscript.blocks:
            for name, reason in _exceptions(block):
                if name not in known:
                    near = get_close_matches(name, known, n=1)
                    hint = f"; did you mean {near[0]}?" if near else "; see docs/proof.md"
                    yield Finding(block=block, key=_KEY, message=f"{name} is no rule{hint}")
                elif not reason:
                    message = f"the exception from {name} has no reason; write `x-allow: {name} because …`"
                    yield Finding(block=block, key=_KEY, message=message)

    return exception_void


def _exceptions(block: Block) -> Iterator[tuple[str, str]]:
    for written in block.all(_KEY):
        name, _, reason = written.strip().partition(" ")
        yield name.upper(), reason.strip()
