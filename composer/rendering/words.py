"""The fixed words that readers see, by language, and dates and counts by Babel. It knows no edition."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.units import format_unit

FALLBACK = "en"
_ISOLATE, _END = "\u2066", "\u2069"  # left-to-right isolate, and its end
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"})
RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa", "adlm", "rohg"})

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "number": "No. {}",
                "by": "By {}",
                "and": "and",
                "untitled": "TK",
                "nothing": "The first edition is on its way.",
                "report.one": "{} reports",
                "report.many": "{} report",
                "via": "from {}",
                "why": "Why did we write this story?",
                "photo": "Photo: {}",
                "source": "Source: {}",
                "sources": "Sources: {}",
                "as-of": "As of {}",
                "anonymous": "Name withheld",
                "anonymous.reason": "Name withheld: {}",
                "translated-by": "Translated by {}",
                "updated": "Updated {}",
                "was": "We wrote: {}",
                "now": "It should say: {}",
                "sponsor": "Sponsored",
                "reason": "You get {} because you signed up at {}.",
                "unsubscribe": "Unsubscribe",
                "web": "Read on the web",
                "corrections": "Corrections",
                "privacy": "Privacy",
                "credits.research": "Research",
                "credits.reporting": "Reporting",
                "credits.editing": "Editing",
                "credits.translation": "Translation",
                "credits.photo-editing": "Photo editing",
                "credits.illustration": "Illustration",
                "credits.fact-check": "Fact check",
                "correction.correction": "Correction",
                "correction.clarification": "Clarification",
                "correction.update": "Update",
                "correction.editors-note": "Editor’s note",
                "correction.retraction": "Retraction",
                "disclosure.ai": "How this was made",
                "disclosure.funding": "Who paid for this",
                "disclosure.conflict": "What to know about us",
                "view.the-news": "The news",
                "view.reporters-view": "The reporter’s view",
                "view.room-for-disagreement": "Room for disagreement",
                "view.view-from": "The view from {}",
                "view.notable": "Notable",
                "quote.open": "“",
                "quote.close": "”",
                "skip": "Skip to the text",
                "contents": "All editions",
                "earlier": "Earlier",
                "later": "Later",
                "tags": "Tags",
                "tagged": "Editions tagged {}",
                "tagged.nothing": "No edition carries this tag any more.",
                "translations": "Also in",
                "year": "Editions of {}",
                "years": "Editions by year",
                "search": "Search all editions",
                "search.go": "Search",
                "search.found": "Editions found: {}",
                "search.nothing": "No edition has these words.",
                "search.failed": "The search cannot be loaded now. The list below has every edition.",
                "feeds": "Feeds",
                "feed.stories": "{}, story by story",
                "feed.tag": "{}: {}",
                "feed.what": "This is a feed. Copy its address into a feed reader, and what is new comes to you.",
                "missing": "This page is not here",
                "missing.what": "The address may be mistyped, or the page has gone.",
            }
        ),
        "uk": MappingProxyType({"and": "і", "report.one": "{} повідомляє", "report.many": "{} повідомляють"}),
        "ru": MappingProxyType({"and": "и", "report.one": "{} сообщает", "report.many": "{} сообщают"}),
        "ka": MappingProxyType({"and": "და", "report.one": "{} იუწყება", "report.many": "{} იუწყებიან"}),
        "ar": MappingProxyType({"and": "و", "report.one": "بحسب {}", "report.many": "بحسب {}"}),
        "de": MappingProxyType({"and": "und", "report.one": "{} berichtet", "report.many": "{} berichten"}),
        "es": MappingProxyType({"and": "y", "report.one": "{} informa", "report.many": "{} informan"}),
        "fr": MappingProxyType({"and": "et", "report.one": "{} rapporte", "report.many": "{} rapportent"}),
    }
)
_LOW_HIGH, _ANGLE = ("„", "“"), ("«", "»")
_QUOTES = MappingProxyType(
    {
        **dict.fromkeys(("ka", "de", "cs", "sk", "bg", "sl", "hr", "is", "lt", "et"), _LOW_HIGH),
        **dict.fromkeys(("uk", "ru", "be", "es", "it", "el", "fa", "ar", "hy", "az", "no", "nb"), _ANGLE),
        **dict.fromkeys(("pl", "ro", "hu"), ("„", "”")),
        "fr": ("« ", " »"),
    }
)


def say(lang: str, key: str, *values: str) -> str:
    """Return a fixed phrase in a language, English where the language or the phrase is not known, "" for neither.

    An English phrase in a right-to-left edition is isolated, so that its full stop stays at its end.
    """
    own = WORDS.get(_primary(lang), {}).get(key, "")
    phrase = (own or WORDS[FALLBACK].get(key, "")).format(*values)
    return f"{_ISOLATE}{phrase}{_END}" if phrase and not own and direction(lang) == "rtl" else phrase


def direction(lang: str) -> str:
    """Return `rtl` or `ltr` for a language tag (BCP 47); a script subtag outweighs the language."""
    subtags = lang.lower().replace("_", "-").split("-")
    script = next((tag for tag in subtags[1:] if len(tag) == len("arab")), "")
    right = script in RIGHT_TO_LEFT_SCRIPTS if script else subtags[0] in RIGHT_TO_LEFT
    return "rtl" if right else "ltr"


def quotation_marks(lang: str) -> tuple[str, str]:
    """Return a language's outer quotation marks."""
    return _QUOTES.get(_primary(lang), (say(lang, "quote.open"), say(lang, "quote.close")))


def names(lang: str, people: Sequence[str]) -> str:
    """Join names as a sentence does: A, B and C."""
    if len(people) < len("ab"):
        return "".join(people)
    return f"{', '.join(people[:-1])} {say(lang, 'and')} {people[-1]}"


def minutes(lang: str, count: int) -> str:
    """Print a reading time: "7 minutes"."""
    return format_unit(count, "duration-minute", length="long", locale=_locale(lang))


def long_date(lang: str, day: date) -> str:
    """Print a date with its weekday: "Friday 6 March 2026"."""
    return _dated(lang, day, english="EEEE d MMMM y", other="full")


def day_and_month(lang: str, day: date, edition_year: int) -> str:
    """Print a date without its weekday, and without its year when the edition's is the same: "9 September"."""
    if day.year != edition_year:
        return _dated(lang, day, english="d MMMM y", other="long")
    return format_date(day, format="d MMMM", locale=_locale(lang))


def full_date(lang: str, day: date) -> str:
    """Print a date without its weekday: "9 September 2026"."""
    return _dated(lang, day, english="d MMMM y", other="long")


def read_day(written: str, zone: ZoneInfo) -> date | None:
    """Return the day that an ISO 8601 date or moment names in a zone, or None."""
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return day_of(moment, zone) if moment.tzinfo else moment.date()


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day of a moment in a zone; a moment that overflows there keeps its own."""
    try:
        return moment.astimezone(zone).date()
    except (OverflowError, ValueError):
        return moment.replace(tzinfo=UTC).date()


def _dated(lang: str, day: date, *, english: str, other: str) -> str:
    pattern = english if _primary(lang) == FALLBACK else other
    return format_date(day, format=pattern, locale=_locale(lang))


def _primary(lang: str) -> str:
    return lang.lower().replace("_", "-").partition("-")[0]


def _locale(lang: str) -> Locale:
    try:
        return Locale.parse(lang.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError, TypeError):
        return Locale.parse(FALLBACK)
