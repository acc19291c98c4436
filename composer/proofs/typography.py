"""Writing direction, and no characters that readers cannot see."""

import re
from collections.abc import Iterator

from composer.proofs.case import BODY, RUNNING_WORDS, Case, Finding, Mend, rule
from composer.proofs.marking import HIDDEN, Place, paragraphs, rewritten

_OVERRIDES = re.compile("[\u202d\u202e]")
_OPENERS, _CLOSERS = "\u202a\u202b\u2066\u2067\u2068", "\u202c\u2069"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RTL_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
_RTL_RUN = re.compile(rf"{_RTL_LETTERS.pattern}(?:[ \u00a0،؛؟]+{_RTL_LETTERS.pattern})*")
_ISOLATED = re.compile("[\u2066-\u2068][^\u2069]*\u2069")
_RTL_LANGUAGES = {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
_ALWAYS_HIDDEN = re.compile("[\u200b\u2060\ufeff\u180e]")
_JOINER = re.compile("[\u200c\u200d]")
_JOINED = re.compile("[A-Za-zÀ-ɏЀ-ӿა-ჿ][\u200c\u200d][A-Za-zÀ-ɏЀ-ӿა-ჿ]")  # scripts that need no joiner


def isolate(case: Case) -> Iterator[Mend]:
    """Put isolates (U+2068, U+2069) round bare right-to-left runs, where no other control stands in the paragraph."""
    found: list[Place] = []
    for one in paragraphs(case, "T-BIDI", *RUNNING_WORDS) if case.lang not in _RTL_LANGUAGES else ():
        if case.lang_of(one.block) in _RTL_LANGUAGES or _CONTROLS.search(_ISOLATED.sub("", one.words)):
            continue
        bare = _ISOLATED.sub(lambda match: HIDDEN * len(match.group()), one.words)
        found += [(one, (*run.span(), f"\u2068{run.group()}\u2069")) for run in _RTL_RUN.finditer(bare)]
    return rewritten(found)


@rule(
    "T-BIDI",
    "error",
    also="warning",
    reason="Hidden controls of writing direction can turn words round; right-to-left words inside other text need "
    "an isolate, or the marks beside them jump (warning).",
    mend="Take overrides out, close what is opened, and put U+2068 and U+2069 around the run.",
    mender=isolate,
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
        if case.lang_of(block) in _RTL_LANGUAGES:
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


RULES = (direction, hidden)
