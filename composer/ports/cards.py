"""What we ask of the catalogue: a card for each edition that is out, found by what the lists go by."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from composer.cards import Card, CardQuery, Carried
from composer.model import Publication


class Cards(Protocol):
    """The store's catalogue. It can be drawn up again from the revisions that went out."""

    def missing(self, channel: str) -> tuple[Publication, ...]:
        """Return what went out by a channel and has no card yet: of each edition its newest revision."""
        ...

    def file(self, cards: Sequence[Card]) -> None:
        """Keep cards, each in the place of its edition's last one. The lists that name them are not written yet."""
        ...

    def find(self, asked: CardQuery) -> tuple[Card, ...]:
        """Return the cards that are asked for, in that order."""
        ...

    def unlisted(self) -> tuple[Card, ...]:
        """Return the cards that were filed since lists were written last, newest first."""
        ...

    def listed(self, edition_ids: Iterable[int]) -> None:
        """Remember that the lists which name these were written."""
        ...

    def years(self, besides: int = ..., tag: str = ...) -> Mapping[int, datetime]:
        """Return the last change of each year's editions, the newest year first, one edition left out.

        `tag` (a slug) asks for those editions that carry it.
        """
        ...

    def tags(self, besides: int = ...) -> Mapping[str, Carried]:
        """Return every tag by its slug, one edition left out."""
        ...

    def words(self, year: int) -> Mapping[int, frozenset[str]]:
        """Return the words by which the editions of a year are found, by number, where they were kept."""
        ...

    def keep_words(self, words: Mapping[int, frozenset[str]]) -> None:
        """Keep by which words editions are found; they are forgotten when the edition gets another card."""
        ...

    def empty(self) -> None:
        """Forget every card; all that is out has none then."""
        ...
