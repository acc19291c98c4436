"""Dates, counts and lists as a language prints them, by Babel's copy of CLDR; digits too where a locale has its own."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.units import format_unit

from composer.charts import Signs
from composer.text import primary

ENGLISH = "en"
_MINUTE = "duration-minute"
_NUMBERS = re.compile(r"-u-(?:[a-z0-9-]*-)?nu-([a-z]+)", re.IGNORECASE)  # the digits that a tag asks for (RFC 6067)
_ZEROS: Mapping[str, int] = MappingProxyType(  # code points, CLDR's numberingSystems.xml
    {"arab": 0x660, "arabext": 0x6F0, "nkoo": 0x7C0, "deva": 0x966, "beng": 0x9E6, "tibt": 0xF20, "mymr": 0x1040}
)


def minutes(lang: str, count: int) -> str:
    """Print a reading time: "7 minutes", "٧ دقائق"."""
    said = (format_unit(count, _MINUTE, length=length, locale=_locale(lang)) for length in ("long", "short", "narrow"))
    # Babel prints the unit's own name where CLDR inherits a pattern from a shorter one.
    return digits(lang, next((words for words in said if _MINUTE not in words), f"{count} min"))


def dated(lang: str, day: date, *, english: str, other: str) -> str:
    """Print a day: by a pattern in English, by the name of one (full, long) in every other language."""
    known = _locale(lang)
    return digits(lang, format_date(day, format=english if known.language == ENGLISH else other, locale=known))


def day_of_year(lang: str, day: date) -> str:
    """Print day and month: "9 September", "9. September", "9 de septiembre"."""
    known = _locale(lang)
    if known.language == ENGLISH:
        return format_date(day, format="d MMMM", locale=known)
    return digits(lang, format_skeleton("MMMMd", day, locale=known))


def listed(lang: str, names: Sequence[str]) -> str:
    """Join names as a sentence of the language does: A, B and C."""
    if len(names) < len("ab"):
        return "".join(names)
    known = _locale(lang)
    # British English has no comma before "and"; neither has the house.
    joined = format_list(list(names), locale="en_GB" if known.language == ENGLISH else known)
    mend = _MENDS.get(known.language)
    return mend(joined, names[-1]) if mend else joined


def digits(lang: str, words: str) -> str:
    """Return words with the digits that CLDR gives a locale, or that its tag asks for (`ar-u-nu-arab`)."""
    asked = _NUMBERS.search(lang)
    zero = _ZEROS.get(asked.group(1).lower() if asked else _locale(lang).default_numbering_system)
    return words.translate({ord("0") + value: zero + value for value in range(10)}) if zero else words


def signs(lang: str) -> Signs:
    """Return the marks of a language's numbers where they are written in Latin digits, whatever its own digits are."""
    known = _locale(lang).number_symbols
    latin = known.get("latn", known)
    return Signs(point=str(latin["decimal"]), group=str(latin["group"]))


def capitals(lang: str, words: str) -> str:
    """Return words in capitals, where the script has some that are used.

    Georgian has them since Unicode 11, but sets headings without, and few fonts have the letters.
    """
    if primary(lang) == "hy":
        words = words.replace("և", "եվ")
    if primary(lang) in {"tr", "az"}:
        words = words.replace("i", "İ")
    return "".join(letter if "\u10a0" <= letter <= "\u10ff" else letter.upper() for letter in words)


def _spanish(joined: str, last: str) -> str:
    """Write "e" for "y" before the sound of i: Ana e Irene, but cobre y hierro."""
    if not re.match(r"h?[ií](?![aeou])", last, re.IGNORECASE):
        return joined
    return f"{joined[: -len(last)].removesuffix('y ')}e {last}"


def _hebrew(joined: str, last: str) -> str:
    """Set a hyphen between the prefix for "and" and letters of another script, or a figure."""
    return joined if re.match("[\u0590-\u05ff]", last) else f"{joined[: -len(last)]}-{last}"


_MENDS = MappingProxyType({"es": _spanish, "he": _hebrew})


def _locale(lang: str) -> Locale:
    try:
        return Locale.parse(lang.replace("_", "-").partition("-u-")[0], sep="-")
    except (ValueError, UnknownLocaleError, TypeError):
        return Locale.parse(ENGLISH)
