"""Days, months and weekdays in a text. Years are figures of the kind "date"; see `figures.py`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from composer.evidence.almanac import DOUBTFUL_MONTHS, DOUBTFUL_WEEKDAYS, MONTHS, WEEKDAYS
from composer.evidence.texts import Text

_NUMERIC = re.compile(r"(?<!\d)(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2}))(?!\d)")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|-?го|-?е)?")
_GAP_BEFORE = re.compile(r"\s?(?:of )?")  # 5 August, 5th of August
_GAP_AFTER = re.compile(r"\.? ?(?:the )?")  # August 5, Aug. 5th
_DAYS_MOST = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date's parts as written, 0 where one is not; code points `start` to `end`, words `first` to `last`."""

    start: int
    end: int
    first: int
    last: int
    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = 0  # 1 is Monday
    other: tuple[int, int] = (0, 0)  # (month, day) when 5/3/2026 is read the other way

    def agrees(self, other: "Moment") -> bool:
        """Say whether every part that this date names is the other's too."""
        if self.weekday:
            return self.weekday == other.weekday
        if self.year and other.year and self.year % 100 != other.year % 100:
            return False
        days = {(self.month, self.day), self.other} - {(0, 0)}
        theirs = {(other.month, other.day), other.other} - {(0, 0)}
        return any(month == its and day in {0, day_} for month, day in days for its, day_ in theirs)

    def on(self, day: date) -> bool:
        """Say whether this date names a day of the calendar."""
        if self.weekday:
            return self.weekday == day.isoweekday()
        if self.year and self.year not in {day.year, day.year % 100}:
            return False
        return any(month == day.month and of in {0, day.day} for month, of in ((self.month, self.day), self.other))


def moments(text: Text) -> tuple[Moment, ...]:
    """Return every date in order: 5 August, Aug. 5th, August, Monday, 2026-08-05, 5.8.2026."""
    return tuple(sorted([*_numeric(text), *_named(text)], key=lambda moment: moment.start))


def _numeric(text: Text) -> Iterator[Moment]:
    for match in _NUMERIC.finditer(text.plain):
        first, last = text.words_in(*match.span())
        year, month, day, one, two, short = (int(part or 0) for part in match.groups())
        if year and 1 <= month <= 12 and 1 <= day <= _DAYS_MOST:  # noqa: PLR2004 (months of a year)
            yield Moment(start=match.start(), end=match.end(), first=first, last=last, year=year, month=month, day=day)
        elif not year and 1 <= two <= _DAYS_MOST and 1 <= one <= _DAYS_MOST and min(one, two) <= 12:  # noqa: PLR2004
            yield Moment(
                start=match.start(),
                end=match.end(),
                first=first,
                last=last,
                year=short,
                month=two if two <= 12 else one,  # noqa: PLR2004 (as above)
                day=one if two <= 12 else two,  # noqa: PLR2004 (as above)
                other=(one, two) if max(one, two) <= 12 else (0, 0),  # noqa: PLR2004 (as above)
            )


def _named(text: Text) -> Iterator[Moment]:
    for index, word in enumerate(text.folds):
        if word in MONTHS:
            moment = _month(text, index)
            if moment.day or _is_plain(text, index, word in DOUBTFUL_MONTHS):
                yield moment
        elif word in WEEKDAYS and _is_plain(text, index, word in DOUBTFUL_WEEKDAYS):
            start, end = text.starts[index], text.ends[index]
            yield Moment(start=start, end=end, first=index, last=index + 1, weekday=WEEKDAYS[word])


def _month(text: Text, index: int) -> Moment:
    """Read a month with the day beside it."""
    start, end, first, last, day = text.starts[index], text.ends[index], index, index + 1, 0
    if index and (before := _day(text, index - 1)) and _gap(text, index - 1, _GAP_BEFORE, index):
        start, first, day = text.starts[index - 1], index - 1, before
    elif index > 1 and text.folds[index - 1] == "of" and (before := _day(text, index - 2)):
        start, first, day = text.starts[index - 2], index - 2, before
    elif index + 1 < len(text.folds) and (after := _day(text, index + 1)) and _gap(text, index, _GAP_AFTER, index + 1):
        end, last, day = text.ends[index + 1], index + 2, after
    return Moment(start=start, end=end, first=first, last=last, month=MONTHS[text.folds[index]], day=day)


def _day(text: Text, index: int) -> int:
    found = _DAY.fullmatch(text.folds[index])
    day = int(found.group(1)) if found else 0
    return day if day <= _DAYS_MOST else 0


def _gap(text: Text, left: int, pattern: re.Pattern[str], right: int) -> bool:
    return pattern.fullmatch(text.plain[text.ends[left] : text.starts[right]]) is not None


def _is_plain(text: Text, index: int, doubtful: bool) -> bool:  # noqa: FBT001 (one of two readings of a word)
    """Say whether a word is a month or weekday by itself; may and march need a capital inside a sentence, or a year."""
    raw = text.raw(index)
    if not raw[0].isupper() and raw.isascii():
        return False
    if not doubtful:
        return True
    following = text.folds[index + 1] if index + 1 < len(text.folds) else ""
    if len(following) == 4 and following.isdigit():  # noqa: PLR2004 (YYYY)
        return True
    return raw == "May" and not text.opens(index) and index > 0 and text.folds[index - 1] in _BEFORE_A_MONTH


_BEFORE_A_MONTH = frozenset(
    ("in", "of", "since", "by", "until", "till", "last", "next", "this", "from", "to", "early", "late", "mid")
)
