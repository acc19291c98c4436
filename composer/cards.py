"""The catalogue's cards: what the lists say of an edition that is out, and how cards are asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from composer.model import NO_ID, Edition

Key = tuple[date, datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An edition that is out, as the text says it that readers have. What moves later stands in its record."""

    edition: Edition  # its record as it stands now
    revision: int  # that readers have
    title: str
    subject: str = ""  # of its mail
    dek: str = ""
    lang: str = ""  # "": the newsletter's
    day: date  # its own, else the one on which it came out where the newsletter is made
    published: datetime
    tags: Mapping[str, str] = field(default_factory=dict)  # what it calls them, by their slugs
    original: str = ""  # the edition that it translates, by slug, uid, title or number

    @property
    def number(self) -> int:
        """Return the store's number of its edition."""
        return self.edition.id

    @property
    def key(self) -> Key:
        """Return its place in every list and feed: by its own day, then by the moment it came out.

        An old edition that is published late takes its old place, and feeds do not call it news.
        """
        return self.day, self.published, self.edition.id

    @property
    def updated(self) -> datetime:
        """Return when readers last got changed words."""
        return self.edition.updated_at or self.published

    @property
    def names(self) -> frozenset[str]:
        """Return what `translation_of` may call it."""
        return frozenset(filter(None, (self.edition.slug, self.edition.uid, self.title, str(self.edition.id))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A tag as cards carry it."""

    name: str  # what its first card calls it
    first: Key  # of that card
    count: int  # of the cards that carry it


@dataclass(frozen=True, slots=True, kw_only=True)
class CardQuery:
    """Which cards are asked for: those of which all holds that is given, the newest first."""

    number: int = NO_ID
    besides: int = NO_ID  # the edition that is left out
    year: int | None = None
    tag: str = ""  # by its slug
    before: Key | None = None
    after: Key | None = None
    name: str = ""  # one of the card's names
    originals: frozenset[str] = frozenset()  # one of them is what the card names as its original
    oldest_first: bool = False
    most: int | None = None

    def fits(self, card: Card) -> bool:
        """Say whether a card is among those that are asked for, however many of them are."""
        return (
            self.number in {NO_ID, card.number}
            and self.besides != card.number
            and self.year in {None, card.day.year}
            and (not self.tag or self.tag in card.tags)
            and (self.before is None or card.key < self.before)
            and (self.after is None or card.key > self.after)
            and (not self.name or self.name in card.names)
            and (not self.originals or card.original in self.originals)
        )

    def ordered(self, cards: Iterable[Card]) -> tuple[Card, ...]:
        """Return cards in the order that is asked for, and no more of them."""
        return tuple(sorted(cards, key=lambda card: card.key, reverse=not self.oldest_first)[: self.most])
