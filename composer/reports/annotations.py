"""Remarks as workflow commands of GitHub Actions, which show them beside the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Mapping
from types import MappingProxyType

from composer.model import Severity
from composer.reports.proved import Proved

_COMMANDS: Mapping[Severity, str] = MappingProxyType({"error": "error", "warning": "warning", "info": "notice"})
_IN_MESSAGE = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))  # the first first: it is in all others
_IN_PROPERTY = (*_IN_MESSAGE, (":", "%3A"), (",", "%2C"))


def annotations(proved: Proved) -> tuple[str, ...]:
    """Return a workflow command a remark: `::error file=…,line=…,title=RULE::message`."""
    lines = []
    for remark in proved.remarks:
        where = {"file": proved.path, "line": str(remark.line or ""), "title": remark.rule}
        told = ",".join(f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in where.items() if value)
        lines.append(f"::{_COMMANDS[remark.severity]} {told}::{_escaped(remark.message, _IN_MESSAGE)}")
    return tuple(lines)


def _escaped(words: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for mark, escape in escapes:
        words = words.replace(mark, escape)
    return words
