"""Which of a text's sentences stand for it: lead, centroid and length, less what repeats (MMR).

A good lede cutter, not magic: about one ROUGE-1 point over the first 75 words on hard news with background.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from composer.model import Sentence
from composer.summaries.fitness import Unfit, unfit
from composer.summaries.leaning import leans, points_back
from composer.summaries.scoring import REPETITION, Told, cosine, terms, told
from composer.summaries.segmentation import sentences
from composer.summaries.verdicts import Reason, Summary, Weighed
from composer.text import count_words

WORDS = 75
_DATELINE = re.compile(
    r"[^\W\d_a-zа-я][^\W\d_a-zа-я .’'-]{2,}(?:,[^—–(]{2,30}?)?(?: ?\([^)]{2,30}\))? ?[—–-]{1,2}\s"
    r"|[A-ZА-ЯІЇЄҐЁ][A-ZА-ЯІЇЄҐЁ ’-]{2,30}\.(?=\s|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """Sentences that are chosen together or not at all: one, or a quotation's several."""

    places: tuple[int, ...]  # of its sentences among the text's
    told: Told
    leaning: bool  # it needs the passage before it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    order: tuple[int, ...]  # passages in the order in which they were chosen, the lede first
    nearest: tuple[float, ...]  # each passage's greatest cosine to a chosen one (to those before it, if it is chosen)
    left: int  # words


def summarise(text: str, words: int = WORDS) -> Summary:
    """Return whole sentences of a text in their order, the lede first, `words` words at most.

    The lede is the first passage that can stand alone; it is given even where it is one longer sentence. A dateline is
    not counted. Headings, captions, boilerplate, items of lists and leftovers of markup are left out, quotations stay
    whole, and a sentence that leans on another comes only with it. The same text gives the same summary. It is empty
    when nothing in the text may be chosen: see `weigh` for why.
    """
    return Summary(sentences=tuple(one.sentence for one in weigh(text, words) if one.chosen))


def weigh(text: str, words: int = WORDS) -> tuple[Weighed, ...]:
    """Return every sentence of a text with the terms of its score and why it is, or is not, in the summary.

    `summarise` gives the chosen ones. Time grows with the text's length times the number of passages chosen.
    """
    found = sentences(text)
    reasons = _spread(found, unfit(found))
    passages = _passages(found, reasons)
    weighted = terms([passage.told for passage in passages])
    choice = _choose(passages, [math.fsum(one.values()) for one in weighted], words)
    verdicts = {
        place: Weighed(
            sentence=found[place],
            reason=_reason(passages, index, choice),
            passage=index,
            terms=weighted[index] | {"repetition": 0.0 - REPETITION * choice.nearest[index]},
        )
        for index, passage in enumerate(passages)
        for place in passage.places
    }
    return tuple(
        verdicts.get(place) or Weighed(sentence=one, reason=reasons[place], terms={}) for place, one in enumerate(found)
    )


def _passages(found: Sequence[Sentence], reasons: Mapping[int, Unfit]) -> list[_Passage]:
    return [_passage(found, group) for group in _groups(found) if not any(place in reasons for place in group)]


def _groups(found: Sequence[Sentence]) -> list[tuple[int, ...]]:
    """Return the places of the sentences that are chosen together: those of one quotation, a dateline and the next."""
    starts = [place for place, sentence in enumerate(found) if not place or not _goes_with(found[place - 1], sentence)]
    return [tuple(range(start, end)) for start, end in pairwise([*starts, len(found)])]


def _goes_with(before: Sentence, sentence: Sentence) -> bool:
    dateline = _DATELINE.fullmatch(before.words) is not None
    return sentence.quoted or (dateline and before.paragraph == sentence.paragraph)


def _spread(found: Sequence[Sentence], reasons: Mapping[int, Unfit]) -> dict[int, Unfit]:
    """Leave out the whole quotation where one of its sentences is unfit."""
    spread: dict[int, Unfit] = {}
    for group in _groups(found):
        why = next((reasons[place] for place in group if place in reasons), None)
        if why:
            spread |= dict.fromkeys(group, why)
    return spread


def _passage(found: Sequence[Sentence], places: tuple[int, ...]) -> _Passage:
    words = " ".join(found[place].words for place in places)
    dateline = _DATELINE.match(words)
    rest = words[dateline.end() :] if dateline else words
    leaning = leans(rest) if places[0] else points_back(rest)  # nothing stands before a text's first words
    return _Passage(places=places, told=told(words, count_words(rest)), leaning=leaning)


def _choose(passages: Sequence[_Passage], merit: Sequence[float], words: int) -> _Choice:
    """Take the lede, then what adds most until no passage fits. Ties go to the earlier passage."""
    order: list[int] = []
    nearest = [0.0] * len(passages)
    left = words
    best = _lede(passages, words)
    while best is not None:
        order.append(best)
        left -= passages[best].told.words
        for index, passage in enumerate(passages):
            if index not in order:
                nearest[index] = max(nearest[index], cosine(passage.told.vector, passages[best].told.vector))
        best = _next(
            passages, order, [worth - REPETITION * near for worth, near in zip(merit, nearest, strict=True)], left
        )
    return _Choice(order=tuple(order), nearest=tuple(nearest), left=left)


def _lede(passages: Sequence[_Passage], words: int) -> int | None:
    """Return the first passage that can stand alone: “She may be …” waits for a name. One sentence may be longer."""
    open_to = [index for index, one in enumerate(passages) if one.told.words <= words or len(one.places) == 1]
    standing = (index for index in open_to if not passages[index].leaning)
    return next(standing, 0 if 0 in open_to else None)


def _next(passages: Sequence[_Passage], order: Sequence[int], gains: Sequence[float], left: int) -> int | None:
    fitting = [
        index
        for index, passage in enumerate(passages)
        if passage.told.words <= left and gains[index] > 0 and index not in order and _stands(passages, index, order)
    ]
    return max(fitting, key=lambda index: (gains[index], -index), default=None)


def _stands(passages: Sequence[_Passage], index: int, order: Sequence[int]) -> bool:
    """Say whether a passage needs no other, or has the one before it; nothing may lie between, a caption neither."""
    if not passages[index].leaning:
        return True
    return index - 1 in order and passages[index - 1].places[-1] + 1 == passages[index].places[0]


def _reason(passages: Sequence[_Passage], index: int, choice: _Choice) -> Reason:
    if index in choice.order:
        return "lede" if index == choice.order[0] else "chosen"
    if not _stands(passages, index, choice.order):
        return "leaning"
    return "no room" if passages[index].told.words > choice.left else "repeats"
