"""Marks: dashes and quotation marks of one kind, and no characters that readers cannot see."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from composer.proofs.case import BODY, OWN_WORDS, RUNNING_WORDS, Case, Finding, rule

_DASHES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "hyphen between spaces": re.compile(r"(?<=\S) -{1,2} (?=\S)"),
        "en dash between spaces": re.compile(r"(?<=\S)[ \u00a0\u2009]– "),
        "em dash": re.compile(r"—"),
    }
)
_STRAIGHT = re.compile(r"\"")
_CURLY = re.compile(r"[“”„«»]")
_ENGLISH_OPENING = re.compile(r"(?:^|[\s(\[—–-])“(?=\w)")
_LOCAL_MARKS = MappingProxyType({"uk": "«…» or „…“", "ru": "«…»", "ka": "„…“"})
_OVERRIDES = re.compile("[\u202d\u202e]")
_OPENERS, _CLOSERS = "\u202a\u202b\u2066\u2067\u2068", "\u202c\u2069"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RTL_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
_ISOLATED = re.compile("[\u2066-\u2068][^\u2069]*\u2069")
_RTL_LANGUAGES = {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
_ALWAYS_HIDDEN = re.compile("[\u200b\u2060\ufeff\u180e]")
_JOINER = re.compile("[\u200c\u200d]")
_JOINED = re.compile("[A-Za-zÀ-ɏЀ-ӿა-ჿ][\u200c\u200d][A-Za-zÀ-ɏЀ-ӿა-ჿ]")  # scripts that need no joiner


@rule(
    "T-DASH",
    "info",
    reason="Three kinds of dash in one text look like three writers.",
    mend="Choose one dash for the edition.",
)
def dashes(case: Case) -> Iterator[Finding]:
    """Count kinds of parenthetical dash; ranges, hyphens and list marks are none. Points at the rarest."""
    counts: dict[str, int] = {}
    firsts: dict[str, Finding] = {}
    for block, reading in case.readings(*OWN_WORDS):
        for passage in reading.passages:
            for name, pattern in _DASHES.items():
                found = len(pattern.findall(passage.words))
                counts[name] = counts.get(name, 0) + found
                if found and name not in firsts:
                    firsts[name] = Finding(block=block, key=BODY, below=passage.line, message="")
    used = [name for name in counts if counts[name]]
    if len(used) > 1:
        rarest = min(used, key=lambda name: (counts[name], name))
        kinds = " and ".join(f"{name} ({counts[name]})" for name in sorted(used, key=lambda name: -counts[name]))
        where = firsts[rarest]
        message = f"the edition mixes dashes: {kinds}; choose one"
        yield Finding(block=where.block, key=BODY, below=where.below, message=message)


@rule(
    "T-QUOTES",
    "info",
    reason="Quotation marks are spelling: every language has its own, and straight ones are a typewriter's.",
    mend="Use one kind, the language's own.",
)
def quotation_marks(case: Case) -> Iterator[Finding]:
    """Look for straight and curly marks in one edition, and for English marks in languages with others."""
    texts = [(block, passage) for block, reading in case.readings(*RUNNING_WORDS) for passage in reading.passages]
    curly = any(_CURLY.search(passage.words) for _, passage in texts)
    straight = [(block, passage) for block, passage in texts if _STRAIGHT.search(passage.words)]
    if curly and straight:
        block, passage = straight[0]
        message = "straight and curly quotation marks are mixed; make the straight ones curly"
        yield Finding(block=block, key=BODY, below=passage.line, message=message)
    marks = _LOCAL_MARKS.get(case.lang)
    foreign = [(block, passage) for block, passage in texts if marks and _ENGLISH_OPENING.search(passage.words)]
    if foreign:
        block, passage = foreign[0]
        message = f"English quotation marks; this language writes {marks}"
        yield Finding(block=block, key=BODY, below=passage.line, message=message)


@rule(
    "T-BIDI",
    "error",
    also="warning",
    reason="Hidden controls of writing direction can turn words round; right-to-left words inside other text need "
    "an isolate, or the marks beside them jump (warning).",
    mend="Take overrides out, close what is opened, and put U+2068 and U+2069 around the run.",
)
def direction(case: Case) -> Iterator[Finding]:
    """Look at every value and body line for overrides and unclosed controls; at paragraphs for bare runs."""
    for place in case.places():
        if not _CONTROLS.search(place.words):
            continue
        if _OVERRIDES.search(place.words):
            yield place.finding("a hidden control overrides the writing direction; take it out")
        elif not _balanced(place.words):
            yield place.finding("a hidden control of writing direction is not closed; close it or take it out")
    if case.lang not in _RTL_LANGUAGES:
        yield from _bare_runs(case)


@rule(
    "T-HIDDEN",
    "error",
    reason="Zero-width characters split words for search, speech and copying, and nobody sees why.",
    mend="Delete the character; type the word again when it cannot be found.",
)
def hidden(case: Case) -> Iterator[Finding]:
    """Look at every value and body line; joiners are allowed in scripts that need them, and in emoji."""
    for place in case.places():
        joined = _JOINED.search(place.words) if _JOINER.search(place.words) else None
        if found := _ALWAYS_HIDDEN.search(place.words) or (joined and _JOINER.search(joined.group())):
            code = f"U+{ord(found.group()):04X}"
            yield place.finding(f"an invisible character ({code}) hides in the words; delete it")


def _bare_runs(case: Case) -> Iterator[Finding]:
    for block, reading in case.readings(*RUNNING_WORDS):
        if block.get("lang", case.lang).split("-")[0] in _RTL_LANGUAGES:
            continue
        for passage in reading.passages:
            if _RTL_LETTERS.search(passage.words) and _RTL_LETTERS.search(_ISOLATED.sub("", passage.words)):
                message = "right-to-left words stand without an isolate; put U+2068 and U+2069 around them"
                yield Finding(block=block, key=BODY, below=passage.line, severity="warning", message=message)


def _balanced(words: str) -> bool:
    depth = 0
    for mark in _CONTROLS.findall(words):
        depth += (mark in _OPENERS) - (mark in _CLOSERS)
        if depth < 0:
            return False
    return depth == 0


RULES = (dashes, quotation_marks, direction, hidden)
