"""How heavy a remark is, in the words that people read."""

from collections.abc import Mapping
from types import MappingProxyType

from composer.model import Severity

WEIGHTS: Mapping[Severity, str] = MappingProxyType({"error": "error", "warning": "warning", "info": "note"})


def weight(severity: Severity) -> str:
    """Return what people read for a severity: error, warning or note. JSON keeps the severity's own name."""
    return WEIGHTS[severity]
