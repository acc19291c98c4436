"""Where one text seems to end and another to begin in a file that holds several glued together.

Two signals must meet: the subject changes (adjacent windows of paragraphs share few words, after Hearst's TextTiling,
1997), and a sentence closes the one text or opens the other. It only proposes.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from composer.proposals.lexicon import CITED, PROVENANCE, ROLES, SIGNUPS, TIMES, WHY_TITLES, any_of, opening_with
from composer.proposals.paragraphs import Paragraph
from composer.summaries.vocabulary import COMMON

WINDOW = 6  # paragraphs on each side of a place
SHORTEST = 4  # paragraphs in a text
ALIKE_MOST = 0.17  # cosine between the windows above which the subject has not changed
ALIKE_MOST_MARKED = 0.36  # the same, where a text plainly closes or opens: neighbours may share a subject
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
    places: dict[int, str] = {}
    last = 0
    for place in range(SHORTEST, len(found) - SHORTEST + 1):
        reason = _reason(found, bags, last, place)
        if reason and place - last >= SHORTEST:
            places[place] = reason
            last = place
    return places


def _reason(found: Sequence[Paragraph], bags: Sequence[Counter[str]], last: int, place: int) -> str:
    here, before = found[place], found[place - 1]
    if here.is_heading or before.is_heading or here.count < LONG_WORDS_LEAST:
        return ""
    why_box = place - last > 1 and bool(_WHY.match(found[place - 2].words))
    opens, closes = _opening(here), why_box or _closes(before)
    if not (opens or closes):
        return ""
    scene = bool(_TIME.match(here.words)) and here.count >= SCENE_WORDS_LEAST
    most = ALIKE_MOST_MARKED if scene or (opens and closes) else ALIKE_MOST
    alike = _likeness(bags[max(last, place - WINDOW) : place], bags[place : place + WINDOW])
    if alike > most:
        return ""
    said = ["the text before it closes"] if closes else []
    said += [opens] if opens else []
    return f"{' and '.join(said)}; the words change with it ({alike:.0%} alike)"


def _opening(paragraph: Paragraph) -> str:
    if _TIME.match(paragraph.words):
        return "it opens with a time"
    return "its first sentence names a source" if _CITED.search(paragraph.sentences[0].words) else ""


def _closes(paragraph: Paragraph) -> bool:
    if _CONCLUDES.search(paragraph.words) or _WHY.match(paragraph.words):
        return True
    short = paragraph.count <= _ENDING_WORDS_MOST
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
