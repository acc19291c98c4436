"""Names in a text: runs of words with capitals; where a script has none, what endings and titles give away."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from composer.evidence.dates import Moment
from composer.evidence.letters import fold
from composer.evidence.texts import Text
from composer.evidence.vocabulary import CONNECTORS, TITLES

_GAP = re.compile(r" ?(?:[-–/&+] ?)?| \(?\"?")
_AFTER_A_SHORT_FORM = re.compile(r"\. ?|\.-")
_SHORT_FORMS = frozenset(
    fold(word)
    for word in (
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "gen",
        "lt",
        "col",
        "sgt",
        "prof",
        "sen",
        "rep",
        "gov",
        "rev",
        "jr",
        "sr",
        "capt",
        "no",
    )
)
_PRONOUN = re.compile(r"I(?:['’](?:m|d|ve|ll))?$")
_GEORGIAN_NAME = re.compile(
    r"[ა-ჰ]{2,}(?:შვილ|ძე|ძ(?=ი[სთ]$)|სკი|ენკო|ოვ|ევ|იან|ავა|უა)(?:ი|მ|მა|ს|ის|ით|თან|ზე|თვის|ა|ო)?$"
)
_ARABIC_TITLES = frozenset(map(fold, ("الرئيس", "الوزير", "السيد", "السيدة", "الدكتور", "الجنرال")))
_LETTERS_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name: code points `start` to `end`, words `first` to `last` (one past)."""

    start: int
    end: int
    first: int
    last: int
    opens: bool  # it begins where a capital may only mark the beginning


def names(text: Text, dates: Collection[Moment]) -> tuple[Name, ...]:
    """Return every name in order; words that belong to dates are none."""
    taken = frozenset(index for moment in dates for index in range(moment.first, moment.last))
    capital = [index not in taken and _is_capital(text, index) for index in range(len(text.folds))]
    found = [*_runs(text, capital), *_caseless(text)]
    return tuple(sorted(found, key=lambda name: name.start))


def _is_capital(text: Text, index: int) -> bool:
    raw = text.raw(index)
    return any(map(str.isupper, raw)) and not _PRONOUN.match(raw) and (len(raw) > 1 or not _is_letter(text, index))


def _is_letter(text: Text, index: int) -> bool:
    """Say whether a single capital is the article A, not an initial."""
    return text.raw(index) == "A" and text.plain[text.ends[index] : text.ends[index] + 1] != "."


def _runs(text: Text, capital: list[bool]) -> Iterator[Name]:
    at, count = 0, len(capital)
    while at < count:
        if not capital[at]:
            at += 1
            continue
        first, at = at, at + 1
        while (following := _continues(text, capital, at)) is not None:
            at = following + 1
        if any(len(text.folds[index]) >= _LETTERS_LEAST for index in range(first, at)):
            yield _name(text, first, at)


def _continues(text: Text, capital: list[bool], at: int) -> int | None:
    """Return the index of the name's next word with a capital, over at most two small ones such as "of the"."""
    for step in range(3):
        index = at + step
        if index >= len(capital) or not _close(text, index):
            return None
        if capital[index]:
            return index
        if text.folds[index] not in CONNECTORS or (text.folds[index] == "the" and text.folds[index - 1] != "of"):
            return None
    return None


def _close(text: Text, index: int) -> bool:
    """Say whether a word follows the one before it as in a name."""
    before = text.raw(index - 1)
    gap = text.plain[text.ends[index - 1] : text.starts[index]]
    if before.endswith(("'s", "’s")):
        return False
    if _GAP.fullmatch(gap):
        return '"' not in gap and "(" not in gap
    return _AFTER_A_SHORT_FORM.fullmatch(gap) is not None and (len(before) == 1 or fold(before) in _SHORT_FORMS)


def _name(text: Text, first: int, last: int) -> Name:
    if text.folds[first] == "the" and last - first > 1:
        return _name(text, first + 1, last)
    return Name(
        start=text.starts[first],
        end=text.ends[last - 1] - (2 if text.raw(last - 1).endswith(("'s", "’s")) else 0),
        first=first,
        last=last,
        opens=text.opens(first),
    )


def _caseless(text: Text) -> Iterator[Name]:
    """Find Georgian surnames by their endings with the first name before them, and what follows an Arabic title."""
    for index, word in enumerate(text.folds):
        if _GEORGIAN_NAME.match(word) and len(word) > 5:  # noqa: PLR2004 (shorter words only look so)
            yield _name(text, index, index + 1)
        elif word in _ARABIC_TITLES and index + 2 < len(text.folds):
            yield _name(text, index + 1, index + 3)


def trimmed(text: Text, name: Name) -> tuple[int, int]:
    """Return a name's words without the offices and forms of address before it; all of them when it has no more."""
    first = name.first
    while first < name.last and (text.folds[first] in TITLES or text.folds[first] in CONNECTORS):
        first += 1
    return (first, name.last) if first < name.last else (name.first, name.last)


def is_title(text: Text, name: Name) -> bool:
    """Say whether a name is nothing but an office: Prime Minister."""
    return all(text.folds[index] in TITLES for index in range(name.first, name.last))
