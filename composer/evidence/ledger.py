"""The ledger: every figure of several texts with each place where it stands, and where one says two things."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from composer.evidence.dates import moments
from composer.evidence.figures import Figure, figures
from composer.evidence.letters import root
from composer.evidence.places import group
from composer.evidence.texts import Text, read
from composer.evidence.vocabulary import COMMON
from composer.facts import LedgerEntry, Mention, Written

_AROUND = 9
_STEM_LETTERS = 6
_TELLING_LEAST = 3
_COUNTED_MOST = 12  # number words up to here are seldom figures
_ROUND_STEPS = 100  # a figure is telling when it shows as many steps: 17.8, 145, not 20 or 3,000
Statement = tuple[str, ...]
Found = tuple[Figure, Mention, Statement]


def ledger(texts: Sequence[Written]) -> tuple[LedgerEntry, ...]:
    """Return every number, percentage and sum of money, in the order of the texts; dates and years are left out.

    `parted` names two places that use one percentage or sum for different statements: the same words with their two
    names changed about, or, inside the edition, nothing around them in common.
    """
    groups: list[list[Found]] = []
    for found in (one for written in texts for one in _figures(written)):
        held = next((group for group in groups if _same(group[0][0], found[0])), None)
        if held is None:
            groups.append([found])
        else:
            held.append(found)
    return tuple(_entry(group) for group in groups)


def _entry(found: Sequence[Found]) -> LedgerEntry:
    figure, mention, _ = found[0]
    pairs = (pair for pair in combinations(found, 2) if _parts(*pair))
    parted = next(((one[1], other[1]) for one, other in pairs), None)
    words = mention.sentence[mention.start - mention.sentence_start : mention.end - mention.sentence_start]
    return LedgerEntry(figure=words, kind=figure.kind, mentions=tuple(one[1] for one in found), parted=parted)


def _same(one: Figure, other: Figure) -> bool:
    return one.kind == other.kind and one.currency == other.currency and one.equals(other)


def _figures(written: Written) -> Iterator[Found]:
    text = read(written.text)
    dates = moments(text)
    for figure in figures(text):
        dated = figure.kind == "date" or any(moment.first <= figure.first < moment.last for moment in dates)
        if not dated and not (figure.spoken and figure.values[0] <= _COUNTED_MOST and figure.kind == "number"):
            yield figure, _mention(text, figure, written), _statement(text, figure)


def _mention(text: Text, figure: Figure, written: Written) -> Mention:
    start, end = text.sentence(text.sentence_at(figure.start))
    return Mention(
        where=written.where,
        kind=written.kind,
        start=figure.start,
        end=figure.end,
        sentence=text.text[start:end],
        sentence_start=start,
        line=written.line + text.text.count("\n", 0, figure.start) if written.line else 0,
    )


def _statement(text: Text, figure: Figure) -> Statement:
    """Return the telling words around a figure in their order, within its sentence; peoples as their countries."""
    start, end = text.sentence(text.sentence_at(figure.start))
    first, last = text.words_in(start, end)
    before = text.folds[max(first, figure.first - _AROUND) : figure.first]
    after = text.folds[figure.last : min(last, figure.last + _AROUND)]
    return tuple(_sense(word) for word in (*before, *after) if word not in COMMON and not word.isdigit())


def _sense(word: str) -> str:
    number = group(word)
    return f"#{number}" if number is not None else root(word)[:_STEM_LETTERS]


def _parts(one: Found, other: Found) -> bool:
    """Say whether two places use one figure for different statements."""
    if one[0].kind == "number" or one[1] == other[1]:
        return False
    if _turned(one[2], other[2]):
        return True
    inside = one[1].kind == other[1].kind == "edition"
    telling = min(len(set(one[2])), len(set(other[2]))) >= _TELLING_LEAST
    return inside and telling and _is_telling(one[0]) and not set(one[2]) & set(other[2])


def _turned(one: Statement, other: Statement) -> bool:
    """Say whether two names change places about a word that both statements have: A's imports from B, B's from A."""
    for first, second in combinations(dict.fromkeys(word for word in one if word.startswith("#")), 2):
        if first in other and second in other and _order(one, first, second) != _order(other, first, second):
            return bool(_between(one, first, second) & _between(other, first, second))
    return False


def _order(words: Statement, first: str, second: str) -> bool:
    return words.index(first) < words.index(second)


def _between(words: Statement, first: str, second: str) -> set[str]:
    places = sorted((words.index(first), words.index(second)))
    return set(words[places[0] + 1 : places[1]])


def _is_telling(figure: Figure) -> bool:
    return figure.decimals or figure.values[0] / figure.step >= _ROUND_STEPS
