"""Who says what stands in quotation marks, as far as the words beside it say so plainly.

A pronoun is shown and never resolved: read by hand, rules that resolved them were wrong twice in three times.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from composer.proposals.lexicon import BODIES, OFFICES, PRONOUNS, SMALL, SPEECH, UNNAMED, alternatives
from composer.summaries.quotations import quotations
from composer.text import NAME, one_line

Speaking = Literal["named", "body", "unnamed", "pronoun", "none"]

_VERB = rf"(?i:{alternatives(SPEECH)})(?!\w)"
_PRONOUN = rf"(?i:{alternatives(PRONOUNS)})(?!\w)"
_UNNAMED = rf"(?i:{alternatives(UNNAMED)})(?!\w)"
_BODY = rf"(?i:{alternatives(BODIES)})(?!\w)"
_WHO = (
    rf"(?:(?P<pronoun>{_PRONOUN})|(?P<unnamed>{_UNNAMED})|(?P<body>{_BODY})"
    rf"|(?P<office>(?!(?i:{alternatives(SMALL)}) )(?:[^\W\d_][\w’'-]* ){{0,6}}?)(?P<name>{NAME}))"
)
_CALLING = re.compile(rf"[\s,—–-]*(?P<office>(?:[Tt]he|[Aa]n?) [^,.;:“”\"]{{2,60}}), (?P<name>{NAME}), {_VERB}")
_ROLE = r"(?:, (?P<role>(?!(?:who|which|that|whose|як\w+|котор\w+) )[^,.:;!?“”«»\"—]{3,90}))?"
_GAP = r"[\s,—–-]*"
_AFTER_VERB = re.compile(rf"{_GAP}{_VERB} {_WHO}{_ROLE}")
_BEFORE_VERB = re.compile(rf"{_GAP}{_WHO}{_ROLE},? {_VERB}")
_LEADING_VERB = re.compile(
    rf"(?:^|[\s(]){_WHO}{_ROLE},? {_VERB}(?P<more>(?: (?!that\b)[\w’'-]+){{0,5}}?)(?:[:,]| that)?$"
)
_LEADING_COLON = re.compile(rf"(?:^|[\s(])(?P<name>{NAME})(?:, (?P<role>[^,.:;“”«»\"]{{3,90}}))?:$")
_ACCORDING = re.compile(rf"(?i:according to|за словами|по словам) {_WHO}{_ROLE}[,:]?$")
_DASHED = re.compile(rf"[—–-]{{1,2}}\s*(?P<name>{NAME}){_ROLE}\.?$")
_OFFICE = re.compile(rf"(?P<office>(?:\S+ )*(?i:{alternatives(OFFICES)})) (?P<name>{NAME})$")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$|[”»\"])")
_LONGEST_TAG = 220
_OPENS = re.compile("[\"“«„‟‹「『'‘’]")
QUOTE_MARKS = "\"“”«»„‟‹›'‘’「」『』"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whose words a quotation is, and where the paragraph says so: paragraph[start:end]."""

    kind: Speaking
    name: str = ""
    role: str = ""
    start: int = 0
    end: int = 0

    @property
    def shown(self) -> str:
        """Return the speaker as an editor reads it; a pronoun is never resolved."""
        if self.kind == "pronoun":
            return f"{self.name} → ?"
        return self.name if self.kind != "none" else "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quotation in a paragraph, paragraph[start:end] with its marks, and whose words it is."""

    start: int
    end: int
    words: str  # without its marks
    voice: Voice


NOBODY = Voice(kind="none")


@lru_cache(maxsize=256)  # several rules ask about the paragraph at hand
def spoken(paragraph: str) -> tuple[Quotation, ...]:
    """Return every quotation of a paragraph with the speaker that the words beside it name."""
    return tuple(_spoken(paragraph))


def signed(paragraph: str) -> Voice:
    """Return the speaker that a line of its own names after a dash: “— Name, role”."""
    found = _DASHED.fullmatch(paragraph.strip())
    return _voice(found, 0) if found else NOBODY


def bare(quotation: str) -> str:
    """Return a quotation without its outer marks; a comma before them is a whole sentence's full stop."""
    words = quotation.strip()
    words = words[1:] if words[:1] in QUOTE_MARKS else words
    words = words[:-1] if words[-1:] in QUOTE_MARKS else words
    return words[:-1] + ("." if words[:1].isupper() else "") if words.endswith(",") else words


def _spoken(paragraph: str) -> Iterator[Quotation]:
    voice = NOBODY
    for start, end in quotations(paragraph) if _OPENS.search(paragraph) else ():
        goes_on = voice.kind != "none" and not any(map(str.isalnum, paragraph[voice.end : start]))
        found = _beside(paragraph, start, end)
        voice = voice if goes_on and found == NOBODY else found  # “A,” she said. “B.”
        yield Quotation(start=start, end=end, words=bare(paragraph[start:end]), voice=voice)


def _beside(paragraph: str, start: int, end: int) -> Voice:
    after = _after(paragraph, end)
    return after if after.kind != "none" else _before(paragraph, start)


def _after(paragraph: str, end: int) -> Voice:
    """Read who is named after a quotation, where it ends with a comma or its sentence goes on."""
    tail = paragraph[end : end + _LONGEST_TAG]
    if _new_sentence(paragraph, end, tail):
        return NOBODY
    stop = _SENTENCE_END.search(tail)
    tail = tail[: stop.start()] if stop else tail
    found = _AFTER_VERB.match(tail) or _CALLING.match(tail) or _BEFORE_VERB.match(tail)
    return _voice(found, end) if found else NOBODY


def _new_sentence(paragraph: str, end: int, tail: str) -> bool:
    """Say whether what follows a quotation is a sentence of its own: “…deaf.” She had been told."""
    ended = paragraph[end - 2 : end - 1] in {".", "…"} or tail[:1] in {".", "!", "?", ";", ":"}
    return ended or tail[:1].isalnum()


def _before(paragraph: str, start: int) -> Voice:
    """Read who is named before a quotation, in the same sentence."""
    head = paragraph[max(0, start - _LONGEST_TAG) : start]
    ends = [found.end() for found in _SENTENCE_END.finditer(head) if head[found.end() :].strip()]
    skipped = max(0, start - _LONGEST_TAG) + (ends[-1] if ends else 0)
    head = paragraph[skipped:start].rstrip()
    found = _ACCORDING.search(head) or _LEADING_COLON.search(head) or _LEADING_VERB.search(head)
    return _voice(found, skipped) if found else NOBODY


def _voice(found: re.Match[str], offset: int) -> Voice:
    groups = found.groupdict()
    role = one_line(groups.get("role") or "")
    start, end = offset + found.start(), offset + found.end()
    for kind in ("pronoun", "unnamed", "body"):
        if groups.get(kind):
            return Voice(kind=kind, name=one_line(groups[kind]), role=role, start=start, end=end)
    office, name = one_line(groups.get("office") or ""), groups["name"].rstrip("’'-")
    if parted := _OFFICE.fullmatch(name):
        office, name = one_line(f"{office} {parted['office']}"), parted["name"]
    return Voice(kind="named", name=name, role=role or office, start=start, end=end)
