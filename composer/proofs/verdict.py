"""All rules on one edition: every remark at once, in the order in which an editor reads."""

from collections.abc import Iterator

from composer.blocks import every
from composer.model import Remark, Severity
from composer.proofs.allowances import allowed
from composer.proofs.case import BODY, Case, Finding, Place, Rule, is_open
from composer.proofs.register import RULES
from composer.text import one_line

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
_OPEN_PLACES = "S-TK"


def proof(case: Case) -> tuple[Remark, ...]:
    """Return every remark on an edition, by line and then by severity. The same case gives the same remarks.

    What a place says while it still holds a TK is not judged, and an `x-allow` is obeyed: a block's in it, the
    header's for what stands in no block.
    """
    found = {_remark(case, rule, finding) for rule, finding in _findings(case)}
    return tuple(sorted({*case.problems, *found}, key=_place))


def _findings(case: Case) -> Iterator[tuple[Rule, Finding]]:
    for rule in RULES:
        for finding in rule.check(case):
            if not _excused(case, rule, finding):
                yield rule, finding


def _excused(case: Case, rule: Rule, finding: Finding) -> bool:
    if rule.id in allowed(finding.block or case.manuscript):
        return True
    return rule.id != _OPEN_PLACES and _still_open(case, finding)


def _still_open(case: Case, finding: Finding) -> bool:
    """Say whether the words that a finding is about are still to be written."""
    if finding.key == BODY:
        return finding.block is not None and is_open(finding.block.body)
    fields = finding.block.fields if finding.block else case.manuscript.header
    return any(map(is_open, every(fields, finding.key)))


def _remark(case: Case, rule: Rule, finding: Finding) -> Remark:
    return Remark(
        rule=rule.id,
        severity=finding.severity or rule.severity,
        message=one_line(finding.message),
        line=_line(case, finding),
        block=finding.block.name if finding.block else "",
    )


def _line(case: Case, finding: Finding) -> int:
    if finding.block is None and not finding.key:
        return 0
    return Place(words="", block=finding.block, key=finding.key, below=finding.below).line(case.manuscript)


def _place(remark: Remark) -> tuple[int, int, str, str, str]:
    return remark.line, _ORDER[remark.severity], remark.rule, remark.block, remark.message
