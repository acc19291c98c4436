"""Entries of an archive, by their numbers: one edition a week."""

from datetime import UTC, datetime, timedelta
from typing import Any

from composer.rendering import Entry

FIRST = datetime(2026, 1, 2, 12, tzinfo=UTC)


def entry(number: int, **changes: Any) -> Entry:
    out = FIRST + timedelta(weeks=number)
    given = {
        "number": number,
        "uid": f"01KJZ5Q8X0V3T7R9M2N4P6S{number:03}",
        "slug": f"edition-{number}",
        "url": f"https://news.example.org/editions/edition-{number}/",
        "title": f"Edition {number}",
        "lang": "en",
        "day": changes.get("published", out).date(),
        "published": out,
        "updated": changes.get("published", out),
    }
    return Entry(**{**given, **changes})


def weekly(count: int) -> list[Entry]:
    """Return so many editions, the newest first."""
    return [entry(number) for number in range(count, 0, -1)]
