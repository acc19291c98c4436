"""The archive around the editions: their pages' neighbours, the lists, the feeds and the search.

Only what can have changed is set again, and the catalogue is asked by key, so that publishing the ten-thousandth
edition takes about as long as the tenth. `currents feed` makes all of it anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from composer.blocks import Manuscript
from composer.cards import Card, CardQuery
from composer.desk.catalogue import Catalogue, open_catalogue
from composer.desk.typesetting import Press, Typeset, tag_uri, typeset
from composer.errors import NotFoundError
from composer.manuscript import load
from composer.model import Channel, FeedItem, Print
from composer.parcels import File
from composer.ports import Editions, Store
from composer.rendering.archive import (
    FRONT_MOST,
    TAGS_MOST,
    WHOLE_MOST,
    feed_looks,
    index,
    not_found,
    robots,
    tag_page,
    tag_year_page,
    year_page,
)
from composer.rendering.chrome import FEEDS, STORIES, TAGS, YEARS
from composer.rendering.finding import search_index, search_words
from composer.rendering.listing import Entry, Place, Tag, address, entry_of
from composer.rendering.syndication import atom, json_feed, rss, sitemap, sitemap_index
from composer.rendering.words import say
from composer.settings import Settings

STORIES_LEAST = 30  # in the feed of stories, while editions have so many; no edition is cut
TAGGED_MOST = 10  # editions in a tag's feed
_WRITERS = {"feed.xml": rss, "atom.xml": atom, "feed.json": json_feed}
_LOOK = "feed.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacks:
    """Everything that is out, set in type when it is asked for."""

    press: Press
    catalogue: Catalogue
    editions: Editions
    _set: dict[int, Typeset] = field(default_factory=dict)

    def manuscript(self, card: Card) -> Manuscript:
        """Return an edition as its readers have it, not as it lies on the desk now."""
        return load(self.editions.revision(card.number, card.revision).text).manuscript

    def set(self, card: Card) -> Typeset:
        """Return an edition in type, as its readers have it."""
        if card.number not in self._set:
            self._set[card.number] = typeset(self.press, card.edition, self.manuscript(card), now=card.published)
        return self._set[card.number]

    def with_edition(self, card: Card, ready: Typeset) -> "Stacks":
        """Return the same stacks with one edition that goes out now, new or in the place of its former self."""
        return replace(self, catalogue=replace(self.catalogue, leaving=card), _set={**self._set, card.number: ready})

    def entries(self, cards: Iterable[Card]) -> tuple[Entry, ...]:
        """Return editions as the archive lists them."""
        return tuple(entry_of(card, self.press.settings) for card in cards)

    def place(self, card: Card) -> Place:
        """Return what stands beside an edition."""
        beside = self.catalogue.beside(card)
        return Place(
            earlier=entry_of(beside.earlier, self.press.settings) if beside.earlier else None,
            later=entry_of(beside.later, self.press.settings) if beside.later else None,
            translations=self.entries(beside.translations),
        )


def open_stacks(press: Press, store: Store) -> Stacks:
    """Return everything that is out, read from the revisions that went out."""
    return Stacks(press=press, catalogue=open_catalogue(store, press.settings), editions=store.editions)


def as_readers_have_it(press: Press, store: Store, number: int) -> Typeset:
    """Return an edition that is out in type. Raises NotFoundError."""
    stacks = open_stacks(press, store)
    if card := stacks.catalogue.first(CardQuery(number=number)):
        return stacks.set(card)
    raise NotFoundError(f"edition {number} is not out; `currents publish {number}` first")


def touched(now: Stacks, before: Stacks, card: Card, former: Card | None) -> tuple[Card, ...]:
    """Return the other editions whose pages name this one, or did until now, newest first."""
    beside = (*now.catalogue.beside(card).cards, *(before.catalogue.beside(former).cards if former else ()))
    others = {one.number: one for one in beside if one.number != card.number}
    return CardQuery().ordered(others.values())


def page_folder(stacks: Stacks, card: Card) -> tuple[str, tuple[File, ...]] | None:
    """Return the folder of an edition's page and photos; None when a photo of it can no longer be shown.

    A page that lies in the archive whole is then left as it is, with its old links.
    """
    ready = stacks.set(card)
    return site_folder(ready, card, stacks.place(card)) if ready.whole else None


def site_folder(ready: Typeset, card: Card, place: Place) -> tuple[str, tuple[File, ...]]:
    """Return the folder of an edition's page and photos."""
    html = File(path="index.html", content=ready.page(place).html.encode())
    return page_path(card.edition.slug), (html, *photos(ready.prints))


def page_path(slug: str) -> str:
    """Return the folder of an edition's page in the outbox."""
    return f"site/editions/{slug}"


def photos(prints: Mapping[str, Print]) -> tuple[File, ...]:
    """Return the files of the photos that are ours, each once."""
    ours = {one.name: File(path=one.name, content=one.content) for one in prints.values() if one.content}
    return tuple(ours.values())


def pointers(stacks: Stacks, *, naming: Sequence[Card]) -> tuple[File, ...]:
    """Return the files that name editions: pages, search, feeds; `feed.xml` is last, for it announces the rest.

    Those of years and tags are made only where they name one of these cards; all else is made anew.
    """
    years = sorted({card.day.year for card in naming})
    tagged: dict[str, set[int]] = defaultdict(set)
    for card in naming:
        for slug in card.tags:
            tagged[slug].add(card.day.year)
    names = stacks.catalogue.tags()
    common = [Tag(name=name, slug=slug) for slug, name in islice(names.items(), TAGS_MOST)]
    return (
        *_searches(stacks, years),
        *_pages(stacks, years, common),
        *(
            file
            for slug in sorted(tagged)
            for file in _tagged(stacks, Tag(name=names.get(slug, slug), slug=slug), tagged[slug])
        ),
        *_stories(stacks),
        *_main(stacks),
    )


def _searches(stacks: Stacks, years: Iterable[int]) -> Iterator[File]:
    shelf = stacks.catalogue.shelf
    leaving = stacks.catalogue.leaving
    for year in years:
        known = dict(shelf.words(year))
        cards = stacks.catalogue.find(CardQuery(year=year))
        fresh = {
            card.number: search_words(stacks.manuscript(card))
            for card in cards
            if card is leaving or card.number not in known
        }
        shelf.keep_words({number: words for number, words in fresh.items() if not leaving or number != leaving.number})
        words = [(known | fresh)[card.number] for card in cards]
        if cards:
            yield File(path=f"site/search/{year}.json", content=search_index(stacks.entries(cards), words))


def _pages(stacks: Stacks, named: Sequence[int], tags: Sequence[Tag]) -> Iterator[File]:
    settings, catalogue = stacks.press.settings, stacks.catalogue
    theme = stacks.press.theme(settings.theme)
    years = catalogue.years
    for year in years if catalogue.has_other_years else named:
        if entries := stacks.entries(catalogue.find(CardQuery(year=year))):
            yield _html(f"site/{YEARS}/{year}/index.html", year_page(year, entries, tuple(years), theme, settings))
    yield File(path="site/search.js", content=theme.file("search.js").encode())
    yield File(path=f"site/{_LOOK}", content=feed_looks(theme, settings))
    yield _html("site/404.html", not_found(theme, settings))
    if settings.base_url.count("/") == len("//"):  # a host's own file, not a folder's (RFC 9309 2.3)
        yield File(path="site/robots.txt", content=robots(theme, settings))
    newest = stacks.entries(catalogue.find(CardQuery(most=WHOLE_MOST + 1)))
    yield _html("site/index.html", index(newest, tuple(years), tags, theme, settings))
    yield from _sitemaps(stacks, named)


def _html(path: str, words: str) -> File:
    return File(path=path, content=words.encode())


def _sitemaps(stacks: Stacks, named: Iterable[int]) -> Iterator[File]:
    """Write a sitemap a year, the front page in the newest, and the index of them all."""
    settings, catalogue = stacks.press.settings, stacks.catalogue
    years = catalogue.years
    newest = next(iter(years), None)
    for year in years if catalogue.has_other_years else sorted(years.keys() & {newest, *named}):
        lists = [(f"{settings.base_url}/{YEARS}/{year}/", years[year])]
        front = [(f"{settings.base_url}/", max(years.values()))] if year == newest else []
        pages = [(address(settings, card.edition), card.updated) for card in catalogue.find(CardQuery(year=year))]
        yield File(path=f"site/sitemap-{year}.xml", content=sitemap([*front, *lists, *pages]))
    maps = [(f"{settings.base_url}/sitemap-{year}.xml", changed) for year, changed in years.items()]
    yield File(path="site/sitemap.xml", content=sitemap_index(maps))


def _tagged(stacks: Stacks, tag: Tag, named: Iterable[int]) -> Iterator[File]:
    """Write a tag's page and feeds; of a tag that many editions carry, also its pages of the named years."""
    settings, catalogue = stacks.press.settings, stacks.catalogue
    theme = stacks.press.theme(settings.theme)
    cards = catalogue.find(CardQuery(tag=tag.slug, most=WHOLE_MOST + 2))
    years = tuple(catalogue.years_of(tag.slug)) if len(cards) > WHOLE_MOST else ()
    folder = f"{TAGS}/{tag.slug}"
    for year in years if len(cards) == WHOLE_MOST + 1 else sorted(named) if years else ():
        its = replace(tag, entries=stacks.entries(catalogue.find(CardQuery(tag=tag.slug, year=year))))
        yield _html(f"site/{folder}/{year}/index.html", tag_year_page(its, year, theme, settings))
    shown = replace(tag, entries=stacks.entries(cards[:FRONT_MOST] if years else cards))
    yield _html(f"site/{folder}/index.html", tag_page(shown, years, theme, settings))
    title = say(settings.language, "feed.tag", settings.name, tag.name, own=settings.root)
    items = (stacks.set(card).item() for card in cards[:TAGGED_MOST])
    home = f"{settings.base_url}/{folder}/"
    channel = replace(_channel(settings, title, folder), home_url=home, items=tuple(items))
    yield from _feeds(settings, channel, f"{folder}/")


def _stories(stacks: Stacks) -> Iterator[File]:
    settings = stacks.press.settings
    items: list[FeedItem] = []
    for card in stacks.catalogue.find(CardQuery(most=settings.feed_items)):
        if len(items) < STORIES_LEAST:
            items += stacks.set(card).stories()
    title = say(settings.language, "feed.stories", settings.name, own=settings.root)
    yield from _feeds(settings, replace(_channel(settings, title, STORIES), items=tuple(items)), f"{STORIES}/")


def _main(stacks: Stacks) -> Iterator[File]:
    settings = stacks.press.settings
    items = [stacks.set(card).item() for card in stacks.catalogue.find(CardQuery(most=settings.feed_items))]
    yield from main_feeds(settings, items)


def main_feeds(settings: Settings, items: Sequence[FeedItem]) -> Iterator[File]:
    """Write the feed of whole editions in every format; `feed.xml` is last."""
    yield from _feeds(settings, replace(_channel(settings, settings.name, ""), items=tuple(items)), "")


def _channel(settings: Settings, title: str, folder: str) -> Channel:
    return Channel(
        title=title,
        description=settings.tagline or settings.name,
        home_url=f"{settings.base_url}/",
        feed_url="",
        lang=settings.language,
        guid="/".join(filter(None, (tag_uri(settings), folder))),
        hub=settings.feed_hub,
        look="../" * (folder.count("/") + bool(folder)) + _LOOK,
    )


def _feeds(settings: Settings, channel: Channel, folder: str) -> Iterator[File]:
    """Write a channel in every format into a folder of the site ("" is its top, else it ends in a slash)."""
    for name, _, _ in reversed(FEEDS):
        url = f"{settings.base_url}/{folder}{name}"
        yield File(path=f"site/{folder}{name}", content=_WRITERS[name](replace(channel, feed_url=url)))
