"""The fixed words that readers see: the English ones, and how to say them in any language. It knows no edition.

The table is the source of the catalogues in `templates/words/`; `make strings` brings a changed table into them.
A comment above a row is for whoever translates it.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from composer.rendering import conventions
from composer.rendering.catalogues import translation
from composer.rendering.sides import LTR_ISOLATE, POP_ISOLATE, direction
from composer.text import primary

FALLBACK = "en"

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                # What stands between the pieces of a line: a role after a name, an outlet after another.
                "mark.comma": ", ",
                # What stands between the sources of a figure.
                "mark.semicolon": "; ",
                # A label and what it labels; French sets a no-break space before the colon.
                "mark.colon": "{}: {}",
                # What ends a sentence; Armenian has a mark of its own.
                "mark.stop": ".",
                # The edition's number, above its title.
                "number": "No. {}",
                # The names of those who wrote the edition, in a list that ends with "and".
                "by": "By {}",
                # An editor's mark for "to come": it stays as it is, so that proof finds it.
                "untitled": "TK",
                # The archive's front page before the first edition.
                "nothing": "The first edition is on its way.",
                # One outlet that a story comes from; words that need no agreement with its name are best.
                "report.one": "{} reports",
                # Two or more outlets.
                "report.many": "{} report",
                # Whose figures or documents the outlet used: "The Wire reports, from customs data".
                "via": "from {}",
                # The heading of the box that closes an edition.
                "why": "Why did we write this story?",
                # Who took a photo, in plain text.
                "photo": "Photo: {}",
                # One source of a figure.
                "source": "Source: {}",
                # Several sources of a figure.
                "sources": "Sources: {}",
                # The day of a figure's data, as the editor wrote it.
                "as-of": "As of {}",
                # A speaker who is not named.
                "anonymous": "Name withheld",
                # A speaker who is not named, and why.
                "anonymous.reason": "Name withheld: {}",
                # Who translated a quotation.
                "translated-by": "Translated by {}",
                # The day of the last change after publication.
                "updated": "Updated {}",
                # What a correction puts right.
                "was": "We wrote: {}",
                # What it should have been.
                "now": "It should say: {}",
                # The label of paid words.
                "sponsor": "Sponsored",
                # Why a reader gets the mail: the newsletter's name, and the site where they signed up.
                "reason": "You get {} because you signed up at {}.",
                # A link.
                "unsubscribe": "Unsubscribe",
                # A link to the edition's page.
                "web": "Read on the web",
                # A link to the corrections policy.
                "corrections": "Corrections",
                # A link to the privacy policy.
                "privacy": "Privacy",
                # Who did what: a noun, followed by names.
                "credits.research": "Research",
                "credits.reporting": "Reporting",
                "credits.editing": "Editing",
                "credits.translation": "Translation",
                "credits.photo-editing": "Photo editing",
                "credits.illustration": "Illustration",
                "credits.fact-check": "Fact check",
                # What kind of change this is.
                "correction.correction": "Correction",
                "correction.clarification": "Clarification",
                "correction.update": "Update",
                "correction.editors-note": "Editor’s note",
                "correction.retraction": "Retraction",
                # The heading over how machines had a part in the edition.
                "disclosure.ai": "How this was made",
                "disclosure.funding": "Who paid for this",
                "disclosure.conflict": "What to know about us",
                # Labels of points of view.
                "view.the-news": "The news",
                "view.reporters-view": "The reporter’s view",
                "view.room-for-disagreement": "Room for disagreement",
                # A place or a group of people follows.
                "view.view-from": "The view from {}",
                "view.notable": "Notable",
                # Quotation marks around a whole quotation.
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
                "feed.stories": "{}, story by story",
                "feed.tag": "{}: {}",
                "feed.what": "This is a feed. Copy its address into a feed reader, and what is new comes to you.",
                "missing": "This page is not here",
                "missing.what": "The address may be mistyped, or the page has gone.",
                "inside": "In this edition",
            }
        ),
    }
)
_LOW_HIGH, _ANGLE = ("„", "“"), ("«", "»")
_QUOTES = MappingProxyType(  # of languages without a catalogue
    {
        **dict.fromkeys(("cs", "sk", "bg", "sl", "hr", "is", "lt", "et"), _LOW_HIGH),
        **dict.fromkeys(("be", "it", "el", "fa", "az", "no", "nb"), _ANGLE),
        **dict.fromkeys(("pl", "ro", "hu"), ("„", "”")),
    }
)


def say(lang: str, key: str, *values: str, own: Path | None = None) -> str:
    """Return a fixed phrase in a language, English where the language or the phrase is not known, "" for neither.

    `own` is the newsletter's folder, whose `templates/words/` is asked first. An English phrase in a right-to-left
    edition is isolated, so that its full stop stays at its end.
    """
    english = WORDS[FALLBACK].get(key, "")
    told = translation(lang, key, english, own) if english else ""
    phrase = (told or english).format(*values)
    if told or direction(lang) == "ltr" or not any(map(str.isalpha, phrase)):
        return phrase
    return f"{LTR_ISOLATE}{phrase}{POP_ISOLATE}"


def quotation_marks(lang: str, own: Path | None = None) -> tuple[str, str]:
    """Return a language's outer quotation marks."""
    marks = (say(lang, "quote.open", own=own), say(lang, "quote.close", own=own))
    english = marks == (WORDS[FALLBACK]["quote.open"], WORDS[FALLBACK]["quote.close"])
    return _QUOTES.get(primary(lang), marks) if english else marks


def names(lang: str, people: Sequence[str]) -> str:
    """Join names as a sentence of the language does: A, B and C."""
    return conventions.listed(lang, people)


def minutes(lang: str, count: int) -> str:
    """Print a reading time: "7 minutes"."""
    return conventions.minutes(lang, count)


def long_date(lang: str, day: date) -> str:
    """Print a date with its weekday: "Friday 6 March 2026"."""
    return conventions.dated(lang, day, english="EEEE d MMMM y", other="full")


def day_and_month(lang: str, day: date, edition_year: int) -> str:
    """Print a date without its weekday, and without its year when the edition's is the same: "9 September"."""
    return full_date(lang, day) if day.year != edition_year else conventions.day_of_year(lang, day)


def full_date(lang: str, day: date) -> str:
    """Print a date without its weekday: "9 September 2026"."""
    return conventions.dated(lang, day, english="d MMMM y", other="long")


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
