"""Examples of the rules, from `examples.md` beside this file: tests, explanations and SARIF use the same ones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

FILE = "examples.md"
_SECTION = re.compile(r"^## (?P<rule>[A-Z0-9-]+)\n(?P<rest>.*?)(?=^## [A-Z0-9-]+\n|\Z)", re.MULTILINE | re.DOTALL)
_SNIPPET = re.compile(r"^(?P<fence>`{3,})(?P<name>breaks|sound)\n(?P<words>.*?)\n(?P=fence)$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A piece of a manuscript, or of the rendered mail's HTML, that breaks a rule, and one that keeps it."""

    breaks: str
    sound: str


@cache
def examples() -> Mapping[str, Example]:
    """Return the example of every rule that a few lines can show, by the rule's id."""
    text = files("composer.proofs").joinpath(FILE).read_text(encoding="utf-8")
    read = {
        section["rule"]: {one["name"]: one["words"] for one in _SNIPPET.finditer(section["rest"])}
        for section in _SECTION.finditer(text)
    }
    return MappingProxyType({rule: Example(breaks=said["breaks"], sound=said["sound"]) for rule, said in read.items()})
