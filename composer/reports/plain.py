"""Remarks in words, a line each, and as JSON."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from composer.model import Remark
from composer.proofs.severities import WEIGHTS, weight
from composer.reports.proved import Proved


def line(file: str, remark: Remark) -> str:
    """Return a remark as `file:line: weight RULE: message`, as compilers write and editors follow."""
    place = f"{file}:{remark.line}" if remark.line else file
    return f"{place}: {weight(remark.severity)} {remark.rule}: {remark.message}"


def tally(remarks: Iterable[Remark]) -> str:
    """Return `2 errors, 1 warning, 3 notes`, or that there is nothing to remark."""
    counts = Counter(remark.severity for remark in remarks)
    said = [f"{counts[key]} {word}{'s' * (counts[key] > 1)}" for key, word in WEIGHTS.items() if counts[key]]
    return ", ".join(said) or "nothing to remark"


def as_json(proved: Proved) -> dict[str, Any]:
    """Return a proof for scripts, in the form that docs/proof.md describes; keys are only ever added."""
    return {
        "edition": proved.edition,
        "title": proved.title,
        "file": proved.file,
        "remarks": [{**asdict(remark), "file": proved.file} for remark in proved.remarks],
        "allowed": [{**asdict(one.remark), "file": proved.file, "reason": one.reason} for one in proved.silenced],
    }
