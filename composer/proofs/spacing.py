"""What a typesetter mends without asking: spaces, dots and apostrophes."""

import re
from collections.abc import Iterator, Sequence

from composer.proofs.case import BODY, RUNNING_WORDS, Case, Finding, Mend, rule
from composer.proofs.marking import Place, paragraphs, rewritten

_NBSP = "\u00a0"
_LATIN_UNITS = "%|‰|°C|°F|km²?|m²|cm|mm|kg|mg|ha|[kMGT]Wh?|[kMGT]B|[ap]\\.m\\."
_CYRILLIC_UNITS = "км²?|м²|см|мм|кг|га|[кМГ]Вт|тис\\.|тыс\\.|млн|млрд|грн|руб\\."
_GEORGIAN_UNITS = "კმ|სმ|კგ|მლნ|მლრდ"
_UNIT = re.compile(rf"(?<=\d) (?=(?:{_LATIN_UNITS}|{_CYRILLIC_UNITS}|{_GEORGIAN_UNITS})(?!\w))")
_NUMBERED = re.compile(r"(?:(?<!\w)(?:No\.|pp?\.|ст\.|с\.|стр\.)|[№§])( )(?=\d)")
_WIDE = re.compile(r"(?<=\S)  +(?=\S)")
_BEFORE_MARK = re.compile(r"(?<=\w) +(?=[,;:!?.،؛؟](?:\s|$))")
_DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_CURLY = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")


def _bound(case: Case) -> list[Place]:
    texts = paragraphs(case, "T-TYPO-NBSP", *RUNNING_WORDS)
    return [(one, (*span, _NBSP)) for one in texts for span in sorted(_loose(one.words))]


def _loose(words: str) -> Iterator[tuple[int, int]]:
    """Yield the plain spaces between a number and its unit or sign."""
    yield from (found.span() for found in _UNIT.finditer(words))
    yield from (found.span(1) for found in _NUMBERED.finditer(words))


def _spaced(case: Case) -> list[Place]:
    """Fold runs of spaces, and take out those before a mark; French sets one there."""
    found: list[Place] = []
    for one in paragraphs(case, "T-TYPO-SPACE", *RUNNING_WORDS):
        gone = [] if case.lang_of(one.block) == "fr" else [match.span() for match in _BEFORE_MARK.finditer(one.words)]
        wide = [match.span() for match in _WIDE.finditer(one.words) if match.span() not in gone]
        edits = [*((*span, "") for span in gone), *((*span, " ") for span in wide)]
        found += [(one, edit) for edit in sorted(edits)]
    return found


def _dotted(case: Case) -> list[Place]:
    texts = paragraphs(case, "T-TYPO-DOTS", *RUNNING_WORDS)
    return [(one, (*match.span(), "…")) for one in texts for match in _DOTS.finditer(one.words)]


def _curled(case: Case) -> list[Place]:
    """Find straight apostrophes, in an edition that has curly ones too."""
    texts = list(paragraphs(case, "T-TYPO-APOS", *RUNNING_WORDS))
    if not any(_CURLY.search(one.words) for one in texts):
        return []
    return [(one, (*match.span(), "’")) for one in texts for match in _STRAIGHT.finditer(one.words)]


def _first(found: Sequence[Place], message: str) -> Iterator[Finding]:
    """Point at the first of the places, and say how many there are."""
    if not found:
        return
    one, (start, _, _) = found[0]
    others = len(found) - 1
    more = f", here and in {others} more {'place' if others == 1 else 'places'}" if others else ""
    yield Finding(block=one.block, key=BODY, below=one.line_at(start), message=message.format(more))


def bind(case: Case) -> Iterator[Mend]:
    """Put a no-break space between a number and its unit or sign."""
    return rewritten(_bound(case))


def fold_spaces(case: Case) -> Iterator[Mend]:
    """Take loose spaces out."""
    return rewritten(_spaced(case))


def join_dots(case: Case) -> Iterator[Mend]:
    """Write an ellipsis for three full stops."""
    return rewritten(_dotted(case))


def curl(case: Case) -> Iterator[Mend]:
    """Write curly apostrophes for straight ones."""
    return rewritten(_curled(case))


@rule(
    "T-TYPO-NBSP",
    "info",
    reason="A line that ends between a number and its unit makes readers stumble.",
    mend="Write a no-break space (U+00A0) between the two.",
    mender=bind,
)
def loose_units(case: Case) -> Iterator[Finding]:
    """Look for plain spaces between a number and a unit, or a sign and its number."""
    yield from _first(_bound(case), "a number and its unit may part at a line's end{}; write a no-break space")


@rule(
    "T-TYPO-SPACE",
    "info",
    reason="Double spaces, and spaces before a comma or full stop, show as holes.",
    mend="Take them out.",
    mender=fold_spaces,
)
def loose_spaces(case: Case) -> Iterator[Finding]:
    """Look for runs of spaces inside a line, and for spaces before a mark (not in French)."""
    yield from _first(_spaced(case), "a space too many{}; take it out")


@rule(
    "T-TYPO-DOTS",
    "info",
    reason="Three full stops can part at a line's end, and are read out as three.",
    mend="Write an ellipsis (…).",
    mender=join_dots,
)
def three_dots(case: Case) -> Iterator[Finding]:
    """Look for three full stops in a row, no more and no fewer."""
    yield from _first(_dotted(case), "three full stops{}; write an ellipsis (…)")


@rule(
    "T-TYPO-APOS",
    "info",
    reason="Straight and curly apostrophes in one text look like two writers.",
    mend="Make the straight ones curly.",
    mender=curl,
)
def straight_apostrophes(case: Case) -> Iterator[Finding]:
    """Look for straight apostrophes between letters, in an edition that has curly ones."""
    yield from _first(_curled(case), "a straight apostrophe among curly ones{}; make it curly")


RULES = (loose_units, loose_spaces, three_dots, straight_apostrophes)
