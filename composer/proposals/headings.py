"""Lines that are no sentences: a title over the story, who wrote it, subheads in it."""

import re
from collections.abc import Sequence
from itertools import takewhile

from composer.proposals.lexicon import BYLINES, alternatives
from composer.proposals.pieces import Piece
from composer.proposals.telling import Telling, piece
from composer.text import NAME, one_line

_QUESTION_WORDS_MOST = 10
_USUAL_WORDS_LEAST = 18
_RUNNING_ON = re.compile(
    r"(?:its|their|his|her|this|that|these|those|it|його|її|їхн\w+|це|цей|его|её|их|это|этот)\b", re.IGNORECASE
)
_BYLINE = re.compile(
    rf"(?i:{alternatives(BYLINES)})\s*:?\s+(?P<names>{NAME}(?:(?:, | and | та | і | и ){NAME}){{0,5}})\.?"
)
_AND = re.compile(r", (?:and )?| and | та | і | и ")
_KINDS = ("title", "dek")


def top(telling: Telling, index: int) -> Sequence[Piece]:
    """Take the lines above the first sentence: title, dek, byline; only where a story has a body below them."""
    above = list(takewhile(lambda one: one.is_heading or _BYLINE.fullmatch(one.words), telling.paragraphs))
    if index or not above or len(above) == len(telling.paragraphs):
        return ()
    pieces: list[Piece] = []
    kinds = iter(_KINDS)
    for one in above:
        if found := _BYLINE.fullmatch(one.words):
            names = tuple(_AND.split(found["names"]))
            pieces.append(piece("byline", one, reason="it names who wrote", confidence=0.85, fields={"byline": names}))
            continue
        kind = next(kinds, "subhead")
        reason = "a line above the first sentence" if kind != "subhead" else "a line that is no sentence"
        pieces.append(piece(kind, one, reason=reason, confidence=0.7, body=one_line(one.words)))
    return tuple(pieces)


def subhead(telling: Telling, index: int) -> Sequence[Piece]:
    """Take a short line that does not end as a sentence does, or a short question, with a paragraph below it."""
    here = telling.paragraphs[index]
    if not index or index + 1 == len(telling.paragraphs):
        return ()
    following = telling.paragraphs[index + 1].words
    words = one_line(here.words)
    if here.is_heading and here.words[:1] not in '“«"„—–-…•*':
        runs_on = bool(_RUNNING_ON.match(following))
        reason = f"{here.count} words that do not end as a sentence does"
        reason += "; the paragraph below runs on from it, keep them together" if runs_on else ""
        return (piece("subhead", here, reason=reason, confidence=0.9 if here.count > 1 else 0.6, body=words),)
    question = here.words.endswith("?") and here.count <= _QUESTION_WORDS_MOST and len(here.sentences) == 1
    if question and telling.usual_words >= _USUAL_WORDS_LEAST and here.words[:1].isalnum():
        return (piece("subhead", here, reason="a short question on a line of its own", confidence=0.6, body=words),)
    return ()
