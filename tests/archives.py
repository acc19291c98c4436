"""Entries and cards of an archive, by their numbers: one edition a week."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from makers import NOON, edition

from composer.cards import Card
from composer.model import Publication, Revision
from composer.ports import Store
from composer.rendering import Entry
from composer.rendering.archive import index
from composer.rendering.listing import Tag, by_year
from composer.rendering.theme import Theme
from composer.settings import Settings

FIRST = datetime(2026, 1, 2, 12, tzinfo=UTC)


def entry(number: int, **changes: Any) -> Entry:
    given = {
        "slug": f"edition-{number}",
        "url": f"https://news.example.org/editions/edition-{number}/",
        "title": f"Edition {number}",
        "lang": "en",
        "day": (FIRST + timedelta(weeks=number)).date(),
    }
    return Entry(**{**given, **changes})


def weekly(count: int) -> list[Entry]:
    """Return so many editions, the newest first."""
    return [entry(number) for number in range(count, 0, -1)]


def front(entries: Sequence[Entry], theme: Theme, settings: Settings, tags: Iterable[Tag] = ()) -> str:
    """Print the front page of an archive that is no larger than these."""
    return index(entries, tuple(by_year(entries)), tuple(tags), theme, settings)


def card(number: int, **changes: Any) -> Card:
    """Return a card; `slug`, `uid` and `updated_at` are its edition's."""
    out = FIRST + timedelta(weeks=number)
    of_edition = {key: changes.pop(key) for key in ("slug", "uid", "updated_at") & changes.keys()}
    own = {"uid": uid(number), "slug": f"edition-{number}", "title": f"Edition {number}", "filename": f"{number}.md"}
    record = replace(edition(**{**own, **of_edition}), id=number, revision=1, status="published", published_at=out)
    given = {"revision": 1, "title": record.title, "lang": "en", "published": out, "edition": record}
    return Card(**{**given, "day": changes.get("published", out).date(), **changes})


def uid(number: int) -> str:
    return f"01KJZ5Q8X0V3T7R9M2N4P7S{number:03}"


def shelve(store: Store, cards: Iterable[Card]) -> None:
    """Put editions that are out into a store, with these cards; they must be numbered from 1, without a gap."""
    cards = tuple(cards)
    for one in cards:
        text = f"---\ntitle: {one.title}\n---\n"
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        kept = store.editions.create(
            one.edition, Revision(edition_id=0, number=1, text=text, sha256=sha256, saved_at=NOON)
        )
        assert kept.id == one.number
        out = Publication(edition_id=kept.id, revision=1, channel="outbox", sha256="0" * 64, published_at=one.published)
        store.editions.record(out, one.edition)
    store.cards.file(cards)
