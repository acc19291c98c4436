"""The archive as a list: which editions are out, and what stands beside each, by year and by tag. It prints nothing."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from composer.blocks import Manuscript
from composer.cards import Card
from composer.model import Edition
from composer.rendering import markup
from composer.rendering.words import day_of, full_date, read_day, say
from composer.settings import Settings
from composer.text import one_line, slug

_PLAIN = re.compile(r"[a-z0-9]+(?:[- ][a-z0-9]+)*")
# Names that Windows keeps for devices (Naming Files, Paths, and Namespaces).
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_TAG_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A published edition as the archive lists it."""

    url: str
    slug: str
    title: str
    dek: str = ""
    lang: str
    day: date  # its own, else the one on which it came out where the newsletter is made
    changed: str = ""  # "Correction · 6 March 2026" where readers are told of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What stands beside an edition in the archive."""

    earlier: Entry | None = None
    later: Entry | None = None
    translations: tuple[Entry, ...] = ()  # the same edition in other languages


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag as it was first written, and the editions that carry it, newest first."""

    name: str
    slug: str
    entries: tuple[Entry, ...] = ()


ALONE = Place()


def address(settings: Settings, edition: Edition) -> str:
    """Return where an edition lies on the web."""
    return f"{settings.base_url}/editions/{edition.slug}/"


def card_of(edition: Edition, revision: int, header: Manuscript, settings: Settings) -> Card:
    """Return the card of an edition that is out, from its header. Its `published_at` must be known."""
    if edition.published_at is None:
        raise ValueError(f"edition {edition.id} is not published")
    tags = [words for tag in header.all("tags") if (words := one_line(markup.clean(tag)))]
    return Card(
        edition=edition,
        revision=revision,
        title=_said(header, "title") or edition.title,
        subject=header.get("subject") or header.get("title"),
        dek=_said(header, "dek"),
        lang=header.get("lang"),
        day=_day(header, settings) or day_of(edition.published_at, settings.timezone),
        published=edition.published_at,
        tags={tag_slug(tag): tag for tag in reversed(tags)},
        original=_said(header, "translation_of"),
    )


def entry_of(card: Card, settings: Settings) -> Entry:
    """Return an edition as the archive lists it."""
    lang = card.lang or settings.language
    return Entry(
        url=address(settings, card.edition),
        slug=card.edition.slug,
        title=card.title,
        dek=card.dek,
        lang=lang,
        day=card.day,
        changed=_changed(card.edition, lang, settings),
    )


def _changed(edition: Edition, lang: str, settings: Settings) -> str:
    """Say that an edition was corrected or taken back, and when, in its language."""
    told = {"corrected": "correction", "retracted": "retraction"}.get(edition.status)
    if told is None or edition.updated_at is None:
        return ""
    label = say(lang, f"correction.{told}", own=settings.root)
    return f"{label} · {full_date(lang, day_of(edition.updated_at, settings.timezone))}"


def by_year(entries: Sequence[Entry]) -> Mapping[int, tuple[Entry, ...]]:
    """Return entries (newest first) by their years, the newest year first."""
    years: dict[int, list[Entry]] = {}
    for entry in entries:
        years.setdefault(entry.day.year, []).append(entry)
    return {year: tuple(its) for year, its in years.items()}


def tag_slug(tag: str) -> str:
    """Return a tag's folder name: plain words as they are, all others with a hash, so that no two tags share a folder.

    Case, and a hyphen for a space, make no other tag. It depends on the tag alone: its address never moves.
    """
    folded = one_line(markup.clean(tag)).casefold()
    if _PLAIN.fullmatch(folded) and not _DEVICE.fullmatch(folded) and len(folded) <= _TAG_MOST:
        return folded.replace(" ", "-")
    digest = hashlib.sha256(folded.encode()).hexdigest()[:8]
    return "-".join(filter(None, (slug(folded, 40), digest)))


def _said(header: Manuscript, key: str) -> str:
    return one_line(markup.clean(header.get(key)))


def _day(header: Manuscript, settings: Settings) -> date | None:
    return read_day(header.get("date") or header.get("publish_at"), settings.timezone)
