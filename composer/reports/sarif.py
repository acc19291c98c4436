"""Remarks as SARIF 2.1.0 (OASIS standard, 2020), for code hosts and editors that read it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from textwrap import indent
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from composer.model import Remark, Severity
from composer.proofs import FAMILIES, RULES, Rule
from composer.proofs.examples import Example
from composer.proofs.explaining import example_of
from composer.reports.proved import Proved
from composer.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[Severity, str] = MappingProxyType({"error": "error", "warning": "warning", "info": "note"})
_FINGERPRINT = "currentsRemark/v1"
_INDEXES = {rule.id: index for index, rule in enumerate(RULES)}


def sarif(proofs: Sequence[Proved]) -> dict[str, Any]:
    """Return one SARIF log with one run over these editions, ready for `json.dumps`.

    What an `x-allow` keeps from being remarked is in it as a suppressed result with the editor's reason. A fingerprint
    (section 3.27.17) counts neither the line's number nor the message, so it stays when lines move.
    """
    driver = {
        "name": "Currents",
        "semanticVersion": __version__,
        "rules": [_rule(family, rule) for family, rules in FAMILIES.items() for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [result for proved in proofs for result in _results(proved)],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(family: str, rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.reason},
        "help": {"text": f"{rule.reason} {rule.mend}", "markdown": _help(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [family]},
    }


def _help(rule: Rule) -> str:
    told = [rule.reason, f"**How to mend it:** {rule.mend}"]
    if example := example_of(rule):
        told += [f"**{name}**\n\n{indent(words, '    ')}" for name, words in _named(example)]
    return "\n\n".join(told)


def _named(example: Example) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("This breaks it:", example.breaks), ("This keeps it:", example.sound)


def _results(proved: Proved) -> Iterator[dict[str, Any]]:
    told: list[tuple[Remark, list[dict[str, str]]]] = [(remark, []) for remark in proved.remarks]
    told += [(one.remark, [_suppression(one.reason)]) for one in proved.silenced]
    prints = _fingerprints(proved, (remark for remark, _ in told))
    for (remark, suppressions), fingerprint in zip(told, prints, strict=True):
        yield {
            "ruleId": remark.rule,
            "ruleIndex": _INDEXES.get(remark.rule, -1),
            "level": _LEVELS[remark.severity],
            "message": {"text": remark.message},
            "locations": [_location(proved.path, remark)],
            "partialFingerprints": {_FINGERPRINT: fingerprint},
            "suppressions": suppressions,  # section 3.27.23: on all results or on none
        }


def _suppression(reason: str) -> dict[str, str]:
    return {"kind": "inSource", "status": "accepted", "justification": reason}


def _location(file: str, remark: Remark) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if remark.line:
        place["region"] = {"startLine": remark.line}
    named = {"logicalLocations": [{"name": remark.block, "kind": "element"}]} if remark.block else {}
    return {"physicalLocation": place, **named}


def _uri(file: str) -> str:
    """Write a path as a URI reference (RFC 3986): relative where it is, and never with a scheme of its own."""
    path = PurePath(file)
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix(), safe="/")


def _fingerprints(proved: Proved, remarks: Iterable[Remark]) -> Iterator[str]:
    """Give each remark the hash of its rule, its block and the words of its line; the second of two says so."""
    lines = ["", *proved.text.split("\n")]
    seen: Counter[str] = Counter()
    for remark in remarks:
        words = lines[remark.line].strip() if remark.line < len(lines) else ""
        whole = f"{proved.file}\n{remark.rule}\n{remark.block}\n{words}"
        digest = hashlib.sha256(whole.encode(errors="replace")).hexdigest()[:32]
        seen[digest] += 1
        yield f"{digest}:{seen[digest]}"
