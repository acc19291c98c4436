"""Where one text seems to end and another to begin in a file that holds several glued together.

Adjacent windows of paragraphs share few words where the subject changes (after Hearst's TextTiling, 1997). A place is
proposed where such a valley is deep, or where it is shallow and a sentence plainly closes the one text or opens the
other. It only proposes.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from composer.proposals.lexicon import CITED, PROVENANCE, ROLES, SIGNUPS, TIMES, WHY_TITLES, any_of, opening_with
from composer.proposals.openings import DATELINE
from composer.proposals.paragraphs import Paragraph
from composer.proposals.voices import QUOTE_MARKS
from composer.summaries.vocabulary import COMMON

WINDOW = 6  # paragraphs on each side of a place
SHORTEST = 4  # paragraphs in a text
SLOPE = 4  # places on each side from whose likeness a valley's depth is told
ALIKE_MOST_MARKED = 0.36  # cosine between the windows where a text plainly closes or opens: they may share a subject
DEPTH_MOST_OPENED = 0.65  # share of the likeness beside it, where the first sentence names a source
DEPTH_MOST = 0.5  # the same, where no sentence says anything
LONG_WORDS_LEAST = 25  # a nut paragraph
SCENE_WORDS_LEAST = 60  # an essay's opening

_WORD = re.compile(r"[^\W\d_]{4,}")
_CONCLUDES = re.compile(r"\bthe (?:report|study|survey|analysis|review) (?:concludes|ends)\b", re.IGNORECASE)
_ENDING = any_of(SIGNUPS, *PROVENANCE.values())
_ROLE = opening_with(*ROLES.values())
_ENDING_WORDS_MOST = 60
_TIME = opening_with(TIMES)
_CITED = any_of(CITED)
_WHY = opening_with(WHY_TITLES)


def turns(found: Sequence[Paragraph]) -> Mapping[int, str]:
    """Return where another text seems to begin, by its paragraph's index, with the reason in words."""
    bags = [_bag(one.words) for one in found]
    alike = [
        _likeness(bags[max(0, place - WINDOW) : place], bags[place : place + WINDOW]) for place in range(len(bags))
    ]
    places: dict[int, str] = {}
    last = 0
    for place in range(SHORTEST, len(found) - SHORTEST + 1):
        reason = _reason(found, alike, last, place)
        if reason and place - last >= SHORTEST:
            places[place] = reason
            last = place
    return places


def _reason(found: Sequence[Paragraph], alike: Sequence[float], last: int, place: int) -> str:
    titled = found[place].is_heading  # then it could be a title, and the opening stands below it
    here, before = found[place + titled], found[place - 1]
    quoted = here.words[:1] in QUOTE_MARKS  # a text seldom opens with somebody's words
    if here.is_heading or before.is_heading or quoted or here.count < LONG_WORDS_LEAST:
        return ""
    why_box = place - last > 1 and bool(_WHY.match(found[place - 2].words))
    opens, closes = _opening(here), why_box or _closes(before)
    depth = _depth(alike, place)
    plain = bool(DATELINE.match(here.words) or (opens and closes))
    plain = plain or bool(_TIME.match(here.words) and here.count >= SCENE_WORDS_LEAST)
    changed = plain and alike[place] <= ALIKE_MOST_MARKED
    most = DEPTH_MOST_OPENED if (opens or closes) and not titled else DEPTH_MOST
    if not changed and (depth > most or (titled and not (opens or closes))):
        return ""
    said = [words for words in ("the text before it closes" if closes else "", opens) if words]
    return f"{' and '.join(said)}{'; ' if said else ''}the words change with it ({alike[place]:.0%} alike)"


def _depth(alike: Sequence[float], place: int) -> float:
    """Return the likeness at a place as a share of what it rises to on both sides; 1 where it is no valley."""
    around = alike[max(1, place - 2) : place + 3]
    beside = max(alike[max(1, place - SLOPE) : place + 1]) + max(alike[place : place + SLOPE + 1])
    return 2 * alike[place] / beside if beside and alike[place] <= min(around) else 1.0


def _opening(paragraph: Paragraph) -> str:
    if DATELINE.match(paragraph.words):
        return "it opens with a dateline"
    if _TIME.match(paragraph.words):
        return "it opens with a time"
    return "its first sentence names a source" if _CITED.search(paragraph.sentences[0].words) else ""


def _closes(paragraph: Paragraph) -> bool:
    if _CONCLUDES.search(paragraph.words) or _WHY.match(paragraph.words):
        return True
    short = paragraph.count <= _ENDING_WORDS_MOST and not paragraph.is_long
    return short and bool(_ENDING.search(paragraph.words) or _ROLE.match(paragraph.words))


def _likeness(one: Sequence[Counter[str]], other: Sequence[Counter[str]]) -> float:
    """Return the cosine between two runs of paragraphs."""
    left, right = Counter(chain.from_iterable(map(Counter.elements, one))), Counter[str]()
    for bag in other:
        right.update(bag)
    shared = sum(count * right[word] for word, count in left.items())
    size = math.sqrt(sum(n * n for n in left.values())) * math.sqrt(sum(n * n for n in right.values()))
    return shared / size if size else 0.0


def _bag(words: str) -> Counter[str]:
    """Count words of four letters and more, cut to six in place of a stemmer."""
    small = (word.lower() for word in _WORD.findall(words))
    return Counter(word[:6] for word in small if word not in COMMON)
