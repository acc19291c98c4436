"""The archive as a list: which editions are out, and what stands beside each, by year and by tag. It prints nothing."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from composer.blocks import Manuscript
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

    number: int  # the store's
    uid: str
    slug: str
    url: str
    title: str
    dek: str = ""
    lang: str
    day: date  # its own, else the one on which it came out where the newsletter is made
    published: datetime
    updated: datetime
    changed: str = ""  # "Correction · 6 March 2026" where readers are told of one
    tags: tuple[str, ...] = ()
    original: str = ""  # the edition that it translates, by slug, uid, title or number

    @property
    def names(self) -> frozenset[str]:
        """Return what `translation_of` may call it."""
        return frozenset({self.slug, self.uid, self.title, str(self.number)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What stands beside an edition in the archive."""

    earlier: Entry | None = None
    later: Entry | None = None
    translations: tuple[Entry, ...] = ()  # the same edition in other languages

    @property
    def beside(self) -> tuple[Entry, ...]:
        """Return the editions whose own pages name this one."""
        return tuple(entry for entry in (self.earlier, self.later, *self.translations) if entry)


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


def entry_of(edition: Edition, header: Manuscript, settings: Settings) -> Entry:
    """Return a published edition as the archive lists it, from its header. Its `published_at` must be known."""
    if edition.published_at is None:
        raise ValueError(f"edition {edition.id} is not published")
    return Entry(
        number=edition.id,
        uid=edition.uid,
        slug=edition.slug,
        url=address(settings, edition),
        title=_said(header, "title") or edition.title,
        dek=_said(header, "dek"),
        lang=header.get("lang") or settings.language,
        day=_day(header, settings) or day_of(edition.published_at, settings.timezone),
        published=edition.published_at,
        updated=edition.updated_at or edition.published_at,
        changed=_changed(edition, header.get("lang") or settings.language, settings),
        tags=tuple(words for tag in header.all("tags") if (words := one_line(markup.clean(tag)))),
        original=_said(header, "translation_of"),
    )


def _changed(edition: Edition, lang: str, settings: Settings) -> str:
    """Say that an edition was corrected or taken back, and when, in its language."""
    told = {"corrected": "correction", "retracted": "retraction"}.get(edition.status)
    if told is None or edition.updated_at is None:
        return ""
    label = say(lang, f"correction.{told}", own=settings.root)
    return f"{label} · {full_date(lang, day_of(edition.updated_at, settings.timezone))}"


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries as every list and feed has them: by their own day, then by the moment they came out.

    An old edition that is published late takes its old place, and feeds do not call it news.
    """
    return tuple(sorted(entries, key=lambda entry: (entry.day, entry.published, entry.number), reverse=True))


def place_of(entry: Entry, entries: Sequence[Entry]) -> Place:
    """Return what stands beside an entry among all of them (newest first)."""
    at = next((at for at, one in enumerate(entries) if one.number == entry.number), None)
    if at is None:
        return ALONE
    return Place(
        earlier=entries[at + 1] if at + 1 < len(entries) else None,
        later=entries[at - 1] if at else None,
        translations=_translations(entry, entries),
    )


def by_year(entries: Sequence[Entry]) -> Mapping[int, tuple[Entry, ...]]:
    """Return entries (newest first) by their years, the newest year first."""
    years: dict[int, list[Entry]] = {}
    for entry in entries:
        years.setdefault(entry.day.year, []).append(entry)
    return {year: tuple(its) for year, its in years.items()}


def by_tag(entries: Sequence[Entry]) -> Mapping[str, Tag]:
    """Return the tags of entries (newest first) by their slugs, in alphabetical order."""
    names: dict[str, str] = {}
    carrying: dict[str, list[Entry]] = {}
    for entry in reversed(entries):  # what a tag is called stays what it was called first
        for key, name in {tag_slug(tag): tag for tag in reversed(entry.tags)}.items():
            names.setdefault(key, name)
            carrying.setdefault(key, []).append(entry)
    return {key: Tag(name=names[key], slug=key, entries=tuple(reversed(carrying[key]))) for key in sorted(names)}


def tag_slug(tag: str) -> str:
    """Return a tag's folder name: plain words as they are, all others with a hash, so that no two tags share a folder.

    Case, and a hyphen for a space, make no other tag. It depends on the tag alone: its address never moves.
    """
    folded = one_line(markup.clean(tag)).casefold()
    if _PLAIN.fullmatch(folded) and not _DEVICE.fullmatch(folded) and len(folded) <= _TAG_MOST:
        return folded.replace(" ", "-")
    digest = hashlib.sha256(folded.encode()).hexdigest()[:8]
    return "-".join(filter(None, (slug(folded, 40), digest)))


def _translations(entry: Entry, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the other editions of the same original; pages that name each other must agree (hreflang)."""
    known = {name: one.number for one in entries for name in one.names}
    roots = {one.number: known.get(one.original, one.number) for one in entries}
    own = roots.get(entry.number)
    return tuple(one for one in entries if one.number != entry.number and roots[one.number] == own)


def _said(header: Manuscript, key: str) -> str:
    return one_line(markup.clean(header.get(key)))


def _day(header: Manuscript, settings: Settings) -> date | None:
    return read_day(header.get("date") or header.get("publish_at"), settings.timezone)
