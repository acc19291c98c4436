"""The catalogue of what is out. It follows the publications and is drawn up from their texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    bindparam,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy import update as change
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.types import Date, Integer, Text

from composer.cards import Card, CardQuery, Carried, Key
from composer.model import NO_ID, Edition, Publication
from db import engine, rows
from db.outgoing import card_tags, card_words, cards
from db.tables import editions, publications
from db.times import Instant

_OWN: Final = ("revision", "title", "subject", "dek", "lang", "day", "published", "tags", "original")
_KEY: Final = (cards.c.day, cards.c.published, cards.c.edition_id)
_NEWEST_FIRST: Final = tuple(column.desc() for column in _KEY)
_ROW: Final = select(editions, *(cards.c[name].label(f"card_{name}") for name in _OWN)).join_from(cards, editions)


@dataclass(frozen=True, slots=True)
class SqlCards:
    """Cards in the store's file."""

    database: engine.Database

    def missing(self, channel: str) -> tuple[Publication, ...]:
        """Return what went out by a channel and has no card yet: of each edition its newest revision."""
        held = select(cards.c.edition_id).where(
            cards.c.edition_id == publications.c.edition_id, cards.c.revision >= publications.c.revision
        )
        fresh = select(publications).where(publications.c.channel == channel, ~held.exists())
        with engine.reading(self.database) as connection:
            found = connection.execute(fresh.order_by(publications.c.revision)).mappings()
            newest = {row["edition_id"]: rows.publication_value(row) for row in found}
        return tuple(newest.values())

    def file(self, new: Sequence[Card]) -> None:
        """Keep cards, each in the place of its edition's last one. The lists that name them are not written yet."""
        if not new:
            return
        records = [{"edition_id": card.number, **{name: getattr(card, name) for name in _OWN}} for card in new]
        tagged = [
            {"slug": slug, "edition_id": card.number, "name": name, "day": card.day, "published": card.published}
            for card in new
            for slug, name in card.tags.items()
        ]
        with engine.writing(self.database) as connection:
            old = delete(cards).where(cards.c.edition_id == bindparam("its"))
            connection.execute(old, [{"its": card.number} for card in new])
            connection.execute(insert(cards), records)
            if tagged:
                connection.execute(insert(card_tags), tagged)

    def find(self, asked: CardQuery) -> tuple[Card, ...]:
        """Return the cards that are asked for, in that order."""
        chosen = _ROW.where(*_called(asked), *_placed(asked)).order_by(*(_KEY if asked.oldest_first else _NEWEST_FIRST))
        return self._told(chosen.limit(asked.most))

    def unlisted(self) -> tuple[Card, ...]:
        """Return the cards that were filed since lists were written last, newest first."""
        return self._told(_ROW.where(~cards.c.listed).order_by(*_NEWEST_FIRST))

    def listed(self, edition_ids: Iterable[int]) -> None:
        """Remember that the lists which name these were written."""
        its = [{"its": number} for number in edition_ids]
        with engine.writing(self.database) as connection:
            if its:
                connection.execute(change(cards).where(cards.c.edition_id == bindparam("its")).values(listed=True), its)

    def years(self, besides: int = NO_ID, tag: str = "") -> Mapping[int, datetime]:
        """Return the last change of each year's editions, the newest year first, one edition left out."""
        year = func.substr(cards.c.day, 1, 4, type_=Text).label("year")
        changed = func.max(func.coalesce(editions.c.updated_at, cards.c.published))
        every = select(year, changed).join_from(cards, editions).where(cards.c.edition_id != besides, *_tagged(tag))
        with engine.reading(self.database) as connection:
            return {int(row[0]): row[1] for row in connection.execute(every.group_by(year).order_by(year.desc()))}

    def tags(self, besides: int = NO_ID) -> Mapping[str, Carried]:
        """Return every tag by its slug, one edition left out."""
        its, among = card_tags.c, card_tags.alias()
        others = select(its.slug, func.count(its.slug).label("count")).where(its.edition_id != besides)
        counted = others.group_by(its.slug).subquery()
        first = select(among.c.edition_id).where(among.c.slug == counted.c.slug, among.c.edition_id != besides)
        first = first.order_by(among.c.day, among.c.published, among.c.edition_id).limit(1)
        is_first = (its.slug == counted.c.slug) & (its.edition_id == first.scalar_subquery())
        every = select(*card_tags.c, counted.c.count).join_from(counted, card_tags, is_first)
        with engine.reading(self.database) as connection:
            return {
                row.slug: Carried(name=row.name, first=(row.day, row.published, row.edition_id), count=row[-1])
                for row in connection.execute(every)
            }

    def words(self, year: int) -> Mapping[int, frozenset[str]]:
        """Return the words by which the editions of a year are found, by number, where they were kept."""
        its = select(card_words).join(cards, cards.c.edition_id == card_words.c.edition_id).where(_within(year))
        with engine.reading(self.database) as connection:
            return {row.edition_id: frozenset(row.words.split(" ")) for row in connection.execute(its)}

    def keep_words(self, words: Mapping[int, frozenset[str]]) -> None:
        """Keep by which words editions are found; they are forgotten when the edition gets another card."""
        records = [{"edition_id": number, "words": " ".join(sorted(its))} for number, its in words.items() if its]
        with engine.writing(self.database) as connection:
            if records:
                connection.execute(insert(card_words).on_conflict_do_nothing(), records)

    def empty(self) -> None:
        """Forget every card; all that is out has none then."""
        with engine.writing(self.database) as connection:
            connection.execute(delete(cards))

    def _told(self, chosen: Select[Any]) -> tuple[Card, ...]:
        with engine.reading(self.database) as connection:
            return tuple(_card(row) for row in connection.execute(chosen).mappings())


def _called(asked: CardQuery) -> Iterator[ColumnElement[bool]]:
    """Give what a query wants of an edition and of its names."""
    if asked.number != NO_ID:
        yield cards.c.edition_id == asked.number
    if asked.besides != NO_ID:
        yield cards.c.edition_id != asked.besides
    if asked.name:
        names = (editions.c.slug, editions.c.uid, cards.c.title, cast(editions.c.id, Text))
        yield or_(*(name == asked.name for name in names))
    if asked.originals:
        yield cards.c.original.in_(sorted(asked.originals))


def _placed(asked: CardQuery) -> Iterator[ColumnElement[bool]]:
    """Give what a query wants of the lists that a card stands in, and of its place there."""
    if asked.year is not None:
        yield _within(asked.year)
    yield from _tagged(asked.tag)
    if asked.before:
        yield tuple_(*_KEY) < _key(asked.before)
    if asked.after:
        yield tuple_(*_KEY) > _key(asked.after)


def _within(year: int) -> ColumnElement[bool]:
    return cards.c.day.between(date(year, 1, 1), date(year, 12, 31))


def _tagged(tag: str) -> Iterator[ColumnElement[bool]]:
    if tag:
        yield cards.c.edition_id.in_(select(card_tags.c.edition_id).where(card_tags.c.slug == tag))


def _key(key: Key) -> Any:  # noqa: ANN401 (SQLAlchemy's tuple has no name of its own)
    day, published, number = key
    return tuple_(literal(day, Date), literal(published, Instant), literal(number, Integer))


def _card(row: RowMapping) -> Card:
    edition = Edition(**{column.name: row[column.name] for column in editions.c})
    return Card(edition=edition, **{name: row[f"card_{name}"] for name in _OWN})
