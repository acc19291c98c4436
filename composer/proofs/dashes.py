"""Dashes: one kind in an edition."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from composer.proofs.case import BODY, OWN_WORDS, Case, Finding, Mend, rule
from composer.proofs.marking import Edit, Paragraph, paragraphs, rewritten

_ID = "T-DASH"
_HYPHEN, _EN, _EM = "hyphen between spaces", "en dash between spaces", "em dash"
_SPACE = "[ \u00a0\u2009]"
_DASHES: Mapping[str, re.Pattern[str]] = MappingProxyType(  # one that opens a line opens speech and is none of these
    {
        _HYPHEN: re.compile(rf"(?<=\S){_SPACE}--?(?=[ \n]\S)"),
        _EN: re.compile(rf"(?<=\S){_SPACE}–(?=[ \n]\S)"),
        _EM: re.compile(rf"(?<=\S){_SPACE}?—(?!\s*$|[ \n]?[”»\"'’.,;:!?)—])"),  # not where somebody is cut short
    }
)
_SUM = re.compile(r"\d - \d")
_Found = tuple[Paragraph, str, re.Match[str]]


def one_dash(case: Case) -> Iterator[Mend]:
    """Write the edition's commonest dash for the others, an em dash with or without spaces as it mostly stands."""
    found = list(_found(case))
    counts = Counter(kind for _, kind, _ in found if kind != _HYPHEN)
    if not counts or len({kind for _, kind, _ in found}) == 1:
        return iter(())
    target = max((_EM, _EN), key=lambda kind: counts[kind])
    spaced = [match.group() != "—" for _, kind, match in found if kind == _EM]
    words = " –" if target == _EN else " —" if spaced and sum(spaced) * 2 > len(spaced) else "—"
    return rewritten((paragraph, _edit(paragraph, match, words)) for paragraph, kind, match in found if kind != target)


@rule(
    _ID,
    "info",
    reason="Three kinds of dash in one text look like three writers.",
    mend="Choose one dash for the edition.",
    mender=one_dash,
)
def dashes(case: Case) -> Iterator[Finding]:
    """Count kinds of parenthetical dash; ranges, hyphens, list marks and dashes of speech are none.

    Points at the rarest.
    """
    found = list(_found(case))
    counts = Counter(kind for _, kind, _ in found)
    if len(counts) > 1:
        rarest = min(counts, key=lambda name: (counts[name], name))
        kinds = " and ".join(f"{name} ({counts[name]})" for name in sorted(counts, key=lambda name: -counts[name]))
        paragraph, _, match = next(one for one in found if one[1] == rarest)
        message = f"the edition mixes dashes: {kinds}; choose one"
        yield Finding(block=paragraph.block, key=BODY, below=paragraph.line_at(match.end()), message=message)


def _found(case: Case) -> Iterator[_Found]:
    for paragraph in paragraphs(case, _ID, *OWN_WORDS):
        for kind, pattern in _DASHES.items():
            for match in pattern.finditer(paragraph.words):
                if not _SUM.match(paragraph.words, match.start() - 1):
                    yield paragraph, kind, match


def _edit(paragraph: Paragraph, match: re.Match[str], dash: str) -> Edit:
    """Swap the dash, and the spaces round it where the new one has none, or needs them."""
    before, after = match.group()[:1], paragraph.words[match.end() : match.end() + 1]
    if dash == "—":
        return match.start(), match.end() + (after == " "), dash
    space = before if before.isspace() else " "
    return match.start(), match.end(), space + dash.strip() + ("" if after.isspace() else " ")


RULES = (dashes,)
