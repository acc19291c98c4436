"""Quotation marks: of one kind, and the language's own."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from composer.proofs.case import BODY, RUNNING_WORDS, Case, Finding, Mend, rule
from composer.proofs.marking import Paragraph, Place, paragraphs, rewritten

_ID = "T-QUOTES"
_STYLES: Mapping[str, tuple[str, ...]] = MappingProxyType(  # opening and closing mark; a language's first before others
    {
        "ar": ("«»", "“”"),
        "de": ("„“", "»«"),
        "en": ("“”",),
        "es": ("«»", "“”"),
        "fr": ("«»",),
        "ka": ("„“", "„”"),
        "ru": ("«»", "„“"),
        "uk": ("«»", "„“", "„”"),
    }
)
_DOUBLE = re.compile(r"[\"“”„«»]")
_CURLY = re.compile(r"[“”„«»]")
_BEFORE, _AFTER = "([{—–-/“„«‘‚'", ")]}—–-/”»“’.,;:!?…"
_NBSP = "\u00a0"
_PAIRED = 2  # marks in a pair
_MARKS_MOST = 8  # of Markdown between a quotation mark and its word
_Pair = tuple[Paragraph, int, int]  # where the two marks stand


def own_marks(case: Case) -> Iterator[Mend]:
    """Write the language's own marks for others, where every mark of a paragraph has its partner."""
    mixed = _is_mixed(case)
    wrong = (pair for pair in _pairs(case) if _is_foreign(case, pair) or (mixed and _marks(pair) == '""'))
    return rewritten(place for pair in wrong for place in _own(case, pair))


@rule(
    _ID,
    "info",
    reason="Quotation marks are spelling: every language has its own, and straight ones are a typewriter's.",
    mend="Use one kind, the language's own.",
    mender=own_marks,
)
def quotation_marks(case: Case) -> Iterator[Finding]:
    """Look for straight and curly marks in one edition, and for marks of other languages.

    Known are ar, de, en, es, fr, ka, ru and uk.
    """
    if _is_mixed(case):
        paragraph, place = next(_straight(case))
        message = "straight and curly quotation marks are mixed; make the straight ones curly"
        yield Finding(block=paragraph.block, key=BODY, below=paragraph.line_at(place), message=message)
    foreign = next((pair for pair in _pairs(case) if _is_foreign(case, pair)), None)
    if foreign:
        paragraph, start, _ = foreign
        lang = case.lang_of(paragraph.block)
        own = " or ".join("…".join(style) for style in _STYLES[lang])
        message = f"{'…'.join(_marks(foreign))} are another language's quotation marks; this one ({lang}) writes {own}"
        yield Finding(block=paragraph.block, key=BODY, below=paragraph.line_at(start), message=message)


def _is_mixed(case: Case) -> bool:
    texts = list(paragraphs(case, _ID, *RUNNING_WORDS))
    return any(_CURLY.search(one.words) for one in texts) and next(_straight(case), None) is not None


def _straight(case: Case) -> Iterator[tuple[Paragraph, int]]:
    for paragraph in paragraphs(case, _ID, *RUNNING_WORDS):
        yield from ((paragraph, found.start()) for found in re.finditer(r"\"", paragraph.words))


def _pairs(case: Case) -> Iterator[_Pair]:
    """Yield the quotations of every paragraph whose marks open and close in turn, none inside another."""
    for paragraph in paragraphs(case, _ID, *RUNNING_WORDS):
        places = [found.start() for found in _DOUBLE.finditer(paragraph.words)]
        roles = [_role(paragraph.words, place) for place in places]
        if roles and len(roles) % _PAIRED == 0 and roles == ["opens", "closes"] * (len(roles) // _PAIRED):
            yield from ((paragraph, *pair) for pair in zip(places[::2], places[1::2], strict=True))


def _role(words: str, place: int) -> str:
    """Say whether a mark opens or closes, by what stands beside it; "" where that tells nothing."""
    before = words[max(place - _MARKS_MOST, 0) : place].rstrip("*_~")[-1:]
    after = words[place + 1 : place + _MARKS_MOST].lstrip("*_~")[:1]
    may_open = (not before or before.isspace() or before in _BEFORE) and bool(after) and not after.isspace()
    may_close = bool(before) and not before.isspace() and (not after or after.isspace() or after in _AFTER)
    if words[place] in "«»":  # French sets spaces inside
        return "opens" if words[place] == "«" else "closes"
    return "opens" if may_open and not may_close else "closes" if may_close and not may_open else ""


def _marks(pair: _Pair) -> str:
    paragraph, start, end = pair
    return paragraph.words[start] + paragraph.words[end]


def _is_foreign(case: Case, pair: _Pair) -> bool:
    styles = _STYLES.get(case.lang_of(pair[0].block))
    return styles is not None and _marks(pair) not in (*styles, '""')


def _own(case: Case, pair: _Pair) -> Iterator[Place]:
    paragraph, start, end = pair
    lang = case.lang_of(paragraph.block)
    inside = _NBSP if lang == "fr" else ""
    for style in _STYLES.get(lang, ())[:1]:
        yield paragraph, (start, start + 1, style[0] + inside)
        yield paragraph, (end, end + 1, inside + style[1])


RULES = (quotation_marks,)
