"""Marks that say where a part of the mail begins and ends, so that it can be weighed. No reader ever gets one.

A mark is a conditional comment that no client reads; the MJML engine and the inliner leave it where it stands, and
without the marks the mail is the same, byte for byte.
"""

import re
from dataclasses import dataclass

from composer.blocks import KINDS
from composer.rendering.issue import Part

MARK = re.compile(r"<!--\[if zb-(open|close)-(\w+)\]><!\[endif\]-->")
NAMEPLATE, COLOPHON = "nameplate", "colophon"
_FOLDER, _COLUMN, _ENDING = "parts/", "-column", ".mjml.j2"  # brief-column: a brief in a column of its own
_SIDES = ("open", "close")
_OURS = (NAMEPLATE, COLOPHON)  # parts of the mail that no block stands for


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of MJML of our own, printed as it is."""

    word: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What mail templates know as `mark`: prints nothing, unless there are parts to be told apart."""

    parts: tuple[Part, ...] = ()

    def __call__(self, side: str, part: object) -> Mark:
        """Return the mark of a part's beginning ("open") or end ("close"), as MJML lets it pass."""
        name = part if part in _OURS else next((at for at, one in enumerate(self.parts) if one is part), None)
        if not self.parts or name is None or side not in _SIDES:
            return Mark()
        return Mark(f"<mj-raw><!--[if zb-{side}-{name}]><![endif]--></mj-raw>")


def with_marks(name: str, source: str) -> str:
    """Return a mail template with its marks, on its own first and last line: places in it stay where they are."""
    kind = name.removeprefix(_FOLDER).removesuffix(_ENDING).removesuffix(_COLUMN)
    known = kind in KINDS or kind in _OURS
    if not known or name not in {f"{_FOLDER}{kind}{_ENDING}", f"{_FOLDER}{kind}{_COLUMN}{_ENDING}"}:
        return source
    part = f'"{kind}"' if kind in _OURS else "part"
    return f'{{{{ mark("open", {part}) }}}}{source}{{{{ mark("close", {part}) }}}}'
