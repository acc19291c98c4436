"""`x-allow: RULE reason`: the editor knows better here, and says why.

In a block it excepts what is found there; in the header what concerns the header or the whole edition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from composer.blocks import Block, Manuscript
from composer.proofs.case import Case, Finding, Rule, rule

KEY = "x-allow"
_UNEXCEPTED = ("EML-", "FEED-", "ATOM-", "JSON-", "WEB-", "O-")  # what leaves is mended, not excused: law and standards


def reason_for(place: Block | Manuscript, rule_id: str) -> str:
    """Return why a block, or a manuscript in its header, is excepted from a rule; "" when it is not."""
    if _is_unexcepted(place, rule_id):
        return ""
    return next((reason for name, reason in _exceptions(place) if name == rule_id and reason), "")


def _is_unexcepted(place: Block | Manuscript, rule_id: str) -> bool:
    """Say whether a rule is on the bytes that leave: from those no edition is excepted as a whole, a block may be."""
    return isinstance(place, Manuscript) and rule_id.startswith(_UNEXCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """An exception from a rule, as an editor wrote it down."""

    rule: str
    reason: str
    block: Block | None = None  # None: it stands in the header


def allowed(place: Block | Manuscript) -> frozenset[str]:
    """Return the ids of the rules that a block is excepted from, or a manuscript in its header."""
    return frozenset(name for name, reason in _exceptions(place) if reason)


def allowances(manuscript: Manuscript, known: Sequence[str]) -> tuple[Allowance, ...]:
    """Return every exception that a manuscript makes from known rules with a reason, the header's first."""
    return tuple(
        Allowance(rule=name, reason=reason, block=block)
        for block in (None, *manuscript.blocks)
        for name, reason in _exceptions(block or manuscript)
        if reason and name in known and not _is_unexcepted(block or manuscript, name)
    )


def exceptions(known: Sequence[str]) -> Rule:
    """Return the rule that judges the exceptions, given the ids of all others."""

    @rule(
        "S-ALLOW",
        "warning",
        reason="Without a reason, from no rule, or in the header from a rule on what leaves, it allows nothing.",
        mend="Write `x-allow: RULE reason`.",
    )
    def exception_void(case: Case) -> Iterator[Finding]:
        """Want a rule that is there, and a reason, in every exception."""
        for place in (None, *case.manuscript.blocks):
            for name, reason in _exceptions(place or case.manuscript):
                if name not in known:
                    near = get_close_matches(name, known, n=1)
                    hint = f"; did you mean {near[0]}?" if near else "; see docs/proof.md"
                    yield Finding(block=place, key=KEY, message=f"{name} is no rule{hint}")
                elif _is_unexcepted(place or case.manuscript, name):
                    message = f"no edition is excepted from {name}; mend what it names"
                    yield Finding(block=place, key=KEY, message=message)
                elif not reason:
                    message = f"the exception from {name} has no reason; write `x-allow: {name} because …`"
                    yield Finding(block=place, key=KEY, message=message)

    return exception_void


def _exceptions(place: Block | Manuscript) -> Iterator[tuple[str, str]]:
    for written in place.all(KEY):
        name, _, reason = written.strip().partition(" ")
        yield name.upper(), reason.strip()
