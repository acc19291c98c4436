"""All rules on one edition: every remark at once, in the order in which an editor reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from composer.blocks import every
from composer.model import Remark, Severity
from composer.proofs.allowances import reason_for
from composer.proofs.case import BODY, Case, Finding, Place, Rule, is_open
from composer.proofs.register import RULES
from composer.text import one_line

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
_OPEN_PLACES = "S-TK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced:
    """A remark that the editor's `x-allow` keeps from being made, and her reason."""

    remark: Remark
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Everything that the rules have to say about an edition, by line and then by severity."""

    remarks: tuple[Remark, ...]
    silenced: tuple[Silenced, ...]  # what a block's `x-allow` keeps from being remarked


def proof(case: Case) -> tuple[Remark, ...]:
    """Return every remark on an edition, by line and then by severity. The same case gives the same remarks.

    What a place says while it still holds a TK is not judged, and a block's `x-allow` is obeyed.
    """
    return judge(case).remarks


def judge(case: Case) -> Verdict:
    """Do what `proof` does, and return also what the editor's exceptions keep from being remarked."""
    remarks, silenced = set(case.problems), set()
    for rule, finding, reason in _judged(case):
        remark = _remark(case, rule, finding)
        if reason:
            silenced.add(Silenced(remark=remark, reason=reason))
        else:
            remarks.add(remark)
    return Verdict(
        remarks=tuple(sorted(remarks, key=_place)),
        silenced=tuple(sorted(silenced, key=lambda one: _place(one.remark))),
    )


def _judged(case: Case) -> Iterator[tuple[Rule, Finding, str]]:
    """Yield whatever stands on written words, with the editor's reason where an exception covers it."""
    for rule in RULES:
        for finding in rule.check(case):
            if rule.id == _OPEN_PLACES or not _still_open(case, finding):
                yield rule, finding, reason_for(finding.block, rule.id) if finding.block else ""


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
