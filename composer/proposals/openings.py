"""How a story opens: its lede with place and time, and the sentence that says what it is about."""

import re
from collections.abc import Iterator
from itertools import islice

from composer.blocks import TK, Value
from composer.proposals.lexicon import CITED, MONTHS_AND_DAYS, NUT_CUES, TIMES, any_of, opening_with
from composer.proposals.paragraphs import Paragraph
from composer.proposals.pieces import Mark, Piece
from composer.proposals.telling import Telling, piece
from composer.text import NAME, cut, one_line

_PLACES_MOST = 2
_NUT_PARAGRAPHS = 5  # a nut graf stands among the first
_TIME = opening_with(TIMES)
_CITED = any_of(CITED)
_NUT = any_of(NUT_CUES)
_LARGE = r"[^\W\d_a-zа-яіїєґ]"
_CAPITALS = r"(?:[^\W\d_a-zа-яіїєґ]|[’'.-])"
DATELINE = re.compile(
    rf"(?P<place>{_LARGE}{_CAPITALS}{{2,}}(?: {_LARGE}{_CAPITALS}*)*(?:,[^—–(]{{2,30}}?)?)"
    rf"(?:\s?(?:\([^)]{{2,30}}\)\s?)?[—–-]{{1,2}}\s+|\.\s+(?={_LARGE}[^\W\d_]*[a-zа-яіїєґ]|{_LARGE} ))"
)
_IN_PLACE = re.compile(rf"\b(?:in|at|to|from|near|outside|у|в|во|до|на|из|із|з|під|под) (?:the )?(?P<place>{NAME})")
_NOT_A_PLACE = re.compile(r"(?:’s|'s)? (?:summit|gathering|meeting|talks|forum|conference)\b")


def lede(paragraph: Paragraph) -> Piece:
    """Make the opening of a story's first paragraph; a written dateline (“KYIV —”) becomes its field."""
    if written := DATELINE.match(paragraph.words):
        reason = "the first paragraph, with its dateline"
        body, place = paragraph.words[written.end() :], one_line(written["place"])
        return piece("lede", paragraph, reason=reason, confidence=0.95, body=body, fields={"dateline": place})
    places = list(islice(dict.fromkeys(_places(paragraph)), _PLACES_MOST))
    fields: dict[str, Value] = {}
    reason = "the first paragraph"
    if _TIME.match(paragraph.words):
        reason += "; it opens with a time" + (f" and a place: {', '.join(places)}" if places else "")
        fields = {"dateline": f"{TK} {' or '.join(places)}"} if places else {}
    elif _CITED.search(paragraph.words):
        reason += "; it carries the claim and names a source"
    return piece("lede", paragraph, reason=reason, confidence=0.9, body=paragraph.words, fields=fields)


def nut(telling: Telling, opening: int) -> Iterator[Mark]:
    """Mark the sentence that says what the story is about: the lede itself, or one soon after a scene."""
    first = telling.paragraphs[opening]
    if not _TIME.match(first.words) and _CITED.search(first.words):
        yield _nut(first, first.start, first.end, "the opening is the nut graf: it carries the whole claim", 0.8)
        return
    for one in telling.paragraphs[opening : opening + _NUT_PARAGRAPHS]:
        for sentence in one.sentences:
            if (cue := _NUT.search(sentence.words)) and sentence.start > first.start:
                reason = f"it says what the story is about (“{cue.group()}”)"
                yield _nut(one, sentence.start, sentence.end, reason, 0.55)
                return


def _nut(paragraph: Paragraph, start: int, end: int, reason: str, confidence: float) -> Mark:
    words = paragraph.words[start - paragraph.start : end - paragraph.start]
    line = paragraph.line_at(start - paragraph.start)
    return Mark(kind="nut", line=line, start=start, end=end, words=words, reason=reason, confidence=confidence)


def _places(paragraph: Paragraph) -> Iterator[str]:
    sentence = paragraph.sentences[0].words
    for found in _IN_PLACE.finditer(sentence):
        place = found["place"]
        small = place.split()[0].lower()
        if small not in MONTHS_AND_DAYS and not place.isupper() and not _NOT_A_PLACE.match(sentence, found.end()):
            yield cut(place, 40)
