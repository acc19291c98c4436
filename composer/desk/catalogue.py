"""The catalogue of what is out, as it stands once an edition that goes out now is among it.

Cards follow the publications, as clippings do: whatever went out and has no card yet gets one when somebody asks. What
is asked is asked by key, so that an archive of ten thousand editions answers as fast as one of ten.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from composer.cards import Card, CardQuery, Carried
from composer.manuscript import load_header
from composer.model import NO_ID
from composer.ports import Cards, Store
from composer.rendering.listing import card_of
from composer.settings import Settings

CHANNEL = "outbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside an edition in the archive."""

    earlier: Card | None
    later: Card | None
    translations: tuple[Card, ...]  # the same edition in other languages

    @property
    def cards(self) -> tuple[Card, ...]:
        """Return the editions whose own pages name this one."""
        return tuple(card for card in (self.earlier, self.later, *self.translations) if card)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything that is out. Make one with `open_catalogue`."""

    shelf: Cards
    leaving: Card | None = None  # goes out now, new or in the place of its former self

    def find(self, asked: CardQuery) -> tuple[Card, ...]:
        """Return the cards that are asked for. `besides` is not looked at while an edition goes out."""
        if self.leaving is None:
            return self.shelf.find(asked)
        found = self.shelf.find(replace(asked, besides=self.leaving.number))
        return asked.ordered([*found, self.leaving]) if asked.fits(self.leaving) else found

    def first(self, asked: CardQuery) -> Card | None:
        """Return the first of the cards that are asked for."""
        return next(iter(self.find(replace(asked, most=1))), None)

    def beside(self, card: Card) -> Beside:
        """Return what stands beside an edition; pages that name each other must agree (hreflang)."""
        return Beside(
            earlier=self.first(CardQuery(before=card.key)),
            later=self.first(CardQuery(after=card.key, oldest_first=True)),
            translations=tuple(self._translations(card)),
        )

    @cached_property
    def years(self) -> Mapping[int, datetime]:
        """Return the last change of each year's editions, the newest year first."""
        return self.years_of("")

    def years_of(self, tag: str) -> Mapping[int, datetime]:
        """Return the last change of each year's editions that carry a tag (a slug), the newest year first."""
        last = dict(self.shelf.years(self._besides, tag))
        if self.leaving and CardQuery(tag=tag).fits(self.leaving):
            year = self.leaving.day.year
            last[year] = max(self.leaving.updated, last.get(year, self.leaving.updated))
        return dict(sorted(last.items(), reverse=True))

    @cached_property
    def has_other_years(self) -> bool:
        """Say whether the edition that goes out now changes in which years there are editions."""
        return self.leaving is not None and self.years.keys() != self.shelf.years().keys()

    def tags(self) -> Mapping[str, str]:
        """Return what every tag was called first, and so for ever, by its slug.

        The tag that most editions carry comes first, of equal ones that which the alphabet has first.
        """
        tags = dict(self.shelf.tags(self._besides))
        if (leaving := self.leaving) is not None:
            own = {slug: Carried(name=name, first=leaving.key, count=1) for slug, name in leaving.tags.items()}
            tags |= {slug: _together(one, tags[slug]) if slug in tags else one for slug, one in own.items()}
        most = sorted(tags.items(), key=lambda tag: (-tag[1].count, tag[0]))
        return {slug: tag.name for slug, tag in most}

    @property
    def _besides(self) -> int:
        return self.leaving.number if self.leaving else NO_ID

    def _translations(self, card: Card) -> Iterator[Card]:
        """Give the other editions of the same original, newest first."""
        original = self._original(card)
        kin = (*self.find(CardQuery(originals=original.names)), original)
        for one in CardQuery().ordered({one.number: one for one in kin}.values()):
            if one.number != card.number and self._original(one).number == original.number:
                yield one

    def _original(self, card: Card) -> Card:
        named = self.first(CardQuery(name=card.original, oldest_first=True)) if card.original else None
        return named or card


def _together(one: Carried, other: Carried) -> Carried:
    earlier = min(one, other, key=lambda tag: tag.first)
    return replace(earlier, count=one.count + other.count)


def open_catalogue(store: Store, settings: Settings) -> Catalogue:
    """Draw the cards that are missing, and open the catalogue."""
    missing = store.cards.missing(CHANNEL)
    drawn = []
    for one in missing:
        edition = store.editions.get(one.edition_id)
        went = replace(edition, published_at=edition.published_at or one.published_at)
        header = load_header(store.editions.revision(one.edition_id, one.revision).text)
        drawn.append(card_of(went, one.revision, header, settings))
    store.cards.file(drawn)
    return Catalogue(shelf=store.cards)


def unlisted(store: Store, settings: Settings) -> tuple[Card, ...]:
    """Return the cards that are newer than the lists which were written last."""
    open_catalogue(store, settings)
    return store.cards.unlisted()


def settle(store: Store, settings: Settings, numbers: Iterable[int]) -> None:
    """Draw the cards of what just went out, and remember that the lists which name these editions were written."""
    open_catalogue(store, settings)
    store.cards.listed(numbers)
