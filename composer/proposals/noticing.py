"""What an editor should know about words inside a paragraph: whose they are, where they come from, what is amiss."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping

from composer.blocks import TK, Value
from composer.proofs.vocabulary import GLUED
from composer.proposals.lexicon import (
    CLOSE_CUES,
    DATASETS,
    HEDGES,
    MONTHS_AND_DAYS,
    ORGANISATIONS,
    RELATIVE,
    SPEECH,
    STATEMENTS,
    TIMES,
    UNNAMED,
    alternatives,
    any_of,
)
from composer.proposals.paragraphs import Paragraph
from composer.proposals.pieces import Mark
from composer.proposals.voices import NOBODY, Quotation, spoken
from composer.text import NAME, count_words, one_line

TERM_WORDS_MOST = 3  # in quotation marks, but nobody's sentence
_BEFORE = 120  # characters in which a statement's owner is looked for
_SPEECH = rf"(?i:{alternatives(SPEECH)})"
_OUTLET_VERB = re.compile(
    rf"(?:, |^|[—–-] |[.!?”»] )(?P<outlet>(?:[Tt]he )?{NAME}) (?P<verb>{_SPEECH})(?= ?[.;]| that\b|$)"
)
_ACCORDING = re.compile(rf"(?i:according to|за даними|по данным|як пише|как пишет) (?P<outlet>(?:the |The )?{NAME})")
_CHAIN = re.compile(
    rf"(?P<origin>(?:the )?{NAME}(?: (?!and |first )[a-zа-яіїєґ-]+){{0,3}}|(?:an?|the|his|her|their) [\w -]{{3,40}}?),?"
    rf" (?:and )?(?:first )?(?:reported|published|cited|obtained|seen|quoted|reviewed|collected) by"
    rf" (?P<carrier>(?:[Tt]he )?{NAME})"
)
_DATASET = re.compile(
    rf"{NAME}(?: [a-z]+)? (?i:{alternatives(DATASETS)})(?!\w)"
    rf"|(?i:{alternatives(DATASETS)}) (?:by|from|of|compiled by) (?:the )?{NAME}"
)
_FIGURES = re.compile(rf"(?: [a-z]+)? (?i:{alternatives(DATASETS)})(?!\w)")
_ARTICLE = re.compile(r"^(?:[Aa]n?|the) ")
_TOLD = re.compile(rf"\b(?:told|tell|tells|telling) (?:the )?(?P<outlet>{NAME})")
_INTERVIEW = re.compile(
    rf"(?i:in an interview (?:with|to)|speaking to|в інтерв[’']ю|в интервью) (?:the )?(?P<outlet>{NAME})"
)
_STATEMENT = re.compile(rf"(?i:{alternatives(STATEMENTS)})(?: of| that| about| про| о)?\s*$")
_ORGANISATION = re.compile(rf"(?<!\w){alternatives(ORGANISATIONS)}(?!\w)")
_NOBODY = rf"(?i:{alternatives(UNNAMED)})(?!\w)"
_UNNAMED = re.compile(
    rf"(?<!\w)(?:(?P<first>{_NOBODY})(?:, [^,.;:]{{1,90}},)? {_SPEECH}(?!\w)"
    rf"|(?:{_SPEECH}|(?i:according to|за словами|по словам)) (?P<last>{_NOBODY}))"
)
_OF_MANY = frozenset({"say", "tell", "кажуть", "говорят"})  # people say; an outlet says
_HEDGE, _CLOSE = any_of(HEDGES), any_of(CLOSE_CUES)
_RELATIVE = any_of(TIMES, RELATIVE)
_NUMBER = re.compile(
    r"[$€£₴₽]?\d[\d,.\u00a0]*\d?(?:\s?(?:%|percent|per cent|million|billion|trillion|млн|млрд|тис|тыс)(?!\w)|%)?"
)
_UNIT = re.compile(r"[%$€£₴₽]|percent|per cent|illion|млн|млрд|тис|тыс")

Notice = Callable[[Paragraph], Iterator[Mark]]


def attribution(paragraph: Paragraph) -> Iterator[Mark]:
    """Mark the outlet that a story's opening names as its source (“…, The Wire reports”)."""
    for found in _OUTLET_VERB.finditer(paragraph.words):
        if found["verb"].lower() in _OF_MANY:
            continue
        outlet = _outlet(found)
        fields = {"outlet": outlet, "attribution": f"{outlet} {found['verb']}"}
        span = (found.start("outlet"), found.end())
        yield _mark("attribution", paragraph, span, f"{outlet} is named as the source", 0.8, fields=fields)


def citations(paragraph: Paragraph) -> Iterator[Mark]:
    """Mark whoever is cited with “according to”, a maker of figures aside."""
    for found in _ACCORDING.finditer(paragraph.words):
        outlet = _outlet(found)
        if not _FIGURES.match(paragraph.words, found.end()):
            fields = {"outlet": outlet}
            yield _mark("attribution", paragraph, found.span(), f"{outlet} is named as a source", 0.6, fields=fields)


def chains(paragraph: Paragraph) -> Iterator[Mark]:
    """Mark where one source carries another's: an origin and who reported it, or the maker of figures."""
    chained = list(_CHAIN.finditer(paragraph.words))
    for found in chained:
        fields = {"origin": one_line(found["origin"]), "carrier": _ARTICLE.sub("", one_line(found["carrier"]))}
        reason = f"{fields['origin']} by way of {fields['carrier']}"
        yield _mark("via", paragraph, found.span(), reason, 0.85, fields=fields)
    for found in _DATASET.finditer(paragraph.words):
        if all(found.end() <= one.start() or one.end() <= found.start() for one in chained):
            origin = _ARTICLE.sub("", one_line(found.group()))
            if not MONTHS_AND_DAYS & set(origin.lower().split()):
                yield _mark(
                    "via", paragraph, found.span(), f"figures of others: {origin}", 0.65, fields={"origin": origin}
                )


def quoted(paragraph: Paragraph) -> Iterator[Mark]:
    """Mark every quotation: a term, a body's words at second hand, another outlet's interview, or somebody's."""
    for said in spoken(paragraph.words):
        span = (said.start, said.end)
        owner = _owner(paragraph.words, said)
        outlet = _interviewer(paragraph.words, said)
        if owner:
            whose = "a body that is not named beside them" if owner == TK else owner
            reason = f"words of {whose}, at second hand; find the statement itself"
            yield _mark("second-hand", paragraph, span, reason, 0.7, fields={"speaker": owner})
        elif outlet:
            reason = f"said to {outlet}: check it against {outlet}'s own text"
            yield _mark("interview", paragraph, span, reason, 0.8, fields={"outlet": outlet})
        elif said.voice == NOBODY and count_words(said.words) <= TERM_WORDS_MOST:
            yield _mark("term", paragraph, span, "a term in quotation marks, nobody's sentence", 0.8)
        else:
            fields = {"speaker": said.voice.shown, **({"role": said.voice.role} if said.voice.role else {})}
            reason = "who says it does not stand beside it" if said.voice == NOBODY else f"{said.voice.shown} says it"
            yield _mark("quotation", paragraph, span, reason, 0.7, fields=fields)


def hedges(paragraph: Paragraph) -> Iterator[Mark]:
    """Mark words that say that something is said, and not by whom."""
    for found in _HEDGE.finditer(paragraph.words):
        yield _mark("hedge", paragraph, found.span(), "it does not say who says so; name the source", 0.9)


def unnamed(paragraph: Paragraph) -> Iterator[Mark]:
    """Mark speakers without a name, beside a verb of speech and outside of what is quoted."""
    said = spoken(paragraph.words)
    starts = [one.start for one in said]
    for found in _UNNAMED.finditer(paragraph.words):
        start, end = found.span("first" if found["first"] else "last")
        before = bisect_right(starts, start) - 1
        if before < 0 or said[before].end <= start:
            yield _mark("anonymous", paragraph, (start, end), "a speaker without a name; say why", 0.7)


def times(paragraph: Paragraph) -> Iterator[Mark]:
    """Mark times that are counted from a day which the text does not name."""
    for found in _RELATIVE.finditer(paragraph.words):
        yield _mark("time", paragraph, found.span(), "counted from a day that the text does not name", 0.8)


def numbers(paragraph: Paragraph) -> Iterator[Mark]:
    """Mark the figures that carry a unit, each to be found in its source."""
    for found in _NUMBER.finditer(paragraph.words):
        if _UNIT.search(found.group()):
            yield _mark("figure", paragraph, found.span(), "find it in the source", 0.8)


def glued(paragraph: Paragraph) -> Iterator[Mark]:
    """Mark two words that a drop cap has glued together (T-GLUE)."""
    for found in GLUED.finditer(paragraph.words):
        parted = _parted(found.group())
        reason = f"T-GLUE: two words glued together; write “{parted}”"
        yield _mark("glue", paragraph, found.span(), reason, 0.9, suggestion=parted)


def closing(paragraph: Paragraph) -> Iterator[Mark]:
    """Mark a sentence that draws the general conclusion."""
    if found := _CLOSE.search(paragraph.words):
        reason = f"it says what follows from the story (“{found.group()}”)"
        yield _mark("close", paragraph, (0, len(paragraph.words)), reason, 0.5)


SOURCED: tuple[Notice, ...] = (citations, chains, quoted, hedges, unnamed, numbers)
ANYWHERE: tuple[Notice, ...] = (times, glued)


def _mark(  # noqa: PLR0913 (a mark says all of this)
    kind: str,
    paragraph: Paragraph,
    span: tuple[int, int],
    reason: str,
    confidence: float,
    *,
    suggestion: str = "",
    fields: Mapping[str, Value] | None = None,
) -> Mark:
    start, end = span
    return Mark(
        kind=kind,
        line=paragraph.line_at(start),
        start=paragraph.start + start,
        end=paragraph.start + end,
        words=paragraph.words[start:end],
        reason=reason,
        confidence=confidence,
        suggestion=suggestion,
        fields=dict(fields or {}),
    )


def _owner(words: str, said: Quotation) -> str:
    """Return the organisation whose statement a quotation is taken from, TK for one without a name; else ""."""
    head = words[max(0, said.start - _BEFORE) : said.start]
    if not _STATEMENT.search(head):
        return ""
    named = [found.group() for found in _ORGANISATION.finditer(head)]
    after = _ORGANISATION.search(re.split(r"[.!?]\s", words[said.end : said.end + _BEFORE])[0])
    return named[-1] if named else after.group() if after else TK


def _interviewer(words: str, said: Quotation) -> str:
    """Return the outlet that was told what is quoted, in the same sentence."""
    head = words[max(0, said.start - _BEFORE) : said.start]
    head = re.split(r"[.!?]\s", head)[-1]
    tail = re.split(r"[.!?]\s", words[said.end : said.end + _BEFORE])[0]
    found = _TOLD.search(head) or _INTERVIEW.search(head) or _TOLD.search(tail) or _INTERVIEW.search(tail)
    return _outlet(found) if found else ""


def _outlet(found: re.Match[str]) -> str:
    return _ARTICLE.sub("", one_line(found["outlet"]))


def _parted(words: str) -> str:
    """Return glued words with their space: the first is the longest that the rule knows to begin such a pair."""
    heads = ("while", "after", "before", "since", "when", "from", "with", "and", "but", "for", "as", "in", "at", "on")
    small = words.lower()
    head = next((one for one in (*heads, "if", "of", "to", "by") if small.startswith(one)), words)
    return f"{words[: len(head)]} {words[len(head) :]}"
