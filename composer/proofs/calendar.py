"""Words of near time written as dates, in languages with a calendar here. Links and quotations stay."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from composer.proofs.marking import hidden
from composer.proofs.vocabulary import NEAR_DAYS, QUOTED

_MONTHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        "uk": (
            *("січня", "лютого", "березня", "квітня", "травня", "червня"),
            *("липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
        ),
        "ru": (
            *("января", "февраля", "марта", "апреля", "мая", "июня"),
            *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
        ),
        "ka": (
            *("იანვარს", "თებერვალს", "მარტს", "აპრილს", "მაისს", "ივნისს"),
            *("ივლისს", "აგვისტოს", "სექტემბერს", "ოქტომბერს", "ნოემბერს", "დეკემბერს"),
        ),
    }
)
_DAYS: Mapping[str, Mapping[str, int]] = MappingProxyType(  # how far from the day of writing
    {
        "en": {"today": 0, "yesterday": -1, "tomorrow": 1},
        "uk": {"сьогодні": 0, "вчора": -1, "учора": -1, "завтра": 1},
        "ru": {"сегодня": 0, "вчера": -1, "завтра": 1},
        "ka": {"დღეს": 0, "გუშინ": -1, "ხვალ": 1},
    }
)
_PARTS = {  # of a day, in English
    "this morning": ("on the morning of ", 0),
    "this afternoon": ("on the afternoon of ", 0),
    "this evening": ("on the evening of ", 0),
    "tonight": ("on the night of ", 0),
    "last night": ("on the night of ", -1),
}
_WEEKS = {"this week": 0, "last week": -7, "next week": 7}
_LED = re.compile(r"(?:\b(?:until|till|since|from|by|before|after|of|as of|starting|on)|[’'])\s*$", re.IGNORECASE)
_THAT = re.compile(
    r"(?<!\w)(?:იმ|ამ|ერთ|მეორე|მთელ|ყოველ|з|із|від|до|на|с|от|к)\s*$", re.IGNORECASE
)  # not adverbs there
_MORE = re.compile(r"[’'-]\w")  # today’s, yesterday-
_EARLY = re.compile(r"\b(?:earlier|later|early|late)\s+$", re.IGNORECASE)


def with_dates(body: str, day: date, lang: str) -> str:
    """Return a body with words of near time as dates, counted from a day; what cannot be said so stays as it is.

    `lang` is BCP 47 without region. "recently", "today’s" and words after which a date would need another form stay.
    """
    near = NEAR_DAYS.get(lang)
    if near is None or lang not in _MONTHS:
        return body
    read = QUOTED.sub(lambda found: "\n" * len(found.group()), hidden(body))
    for found in reversed(list(near.finditer(read))):
        before, after = read[: found.start()], read[found.end() :]
        words = None if _MORE.match(after) or _EARLY.search(before) else _said(found.group(), before, day, lang)
        if words:
            body = body[: found.start()] + words + body[found.end() :]
    return body


def _said(word: str, before: str, day: date, lang: str) -> str | None:
    say = _SAYERS.get(lang, _said_elsewhere)
    words = say(word.lower(), before, day, lang)
    return words[:1].upper() + words[1:] if words and word[:1].isupper() else words


def _said_in_english(word: str, before: str, day: date, lang: str) -> str | None:
    led = bool(_LED.search(before))
    if word in _DAYS[lang]:
        return ("" if led else "on ") + _day(day, _DAYS[lang][word], lang)
    if word in _PARTS and not led:
        return _PARTS[word][0] + _day(day, _PARTS[word][1], lang)
    if word in _WEEKS and not led:
        return "in the week of " + _day(day, _WEEKS[word] - day.weekday(), lang)
    return None


def _said_elsewhere(word: str, before: str, day: date, lang: str) -> str | None:
    if word not in _DAYS[lang] or _THAT.search(before):
        return None
    return _day(day, _DAYS[lang][word], lang)


_SAYERS: Mapping[str, Callable[[str, str, date, str], str | None]] = MappingProxyType({"en": _said_in_english})


def _day(day: date, off: int, lang: str) -> str:
    then = day + timedelta(days=off)
    return f"{then.day} {_MONTHS[lang][then.month - 1]}"
