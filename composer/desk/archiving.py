"""The archive around the editions: their pages' neighbours, the lists, the feeds and the search.

Of all editions only the headers are read; only what can have changed is set again, so that publishing the thousandth
takes no longer than its feeds do. `currents feed` makes all of it anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from composer.desk.revising import Desk
from composer.desk.typesetting import Press, Typeset, tag_uri, typeset
from composer.manuscript import load, load_header
from composer.model import Channel, Edition, FeedItem, File, Print
from composer.ports import Editions
from composer.rendering.archive import feed_looks, index, not_found, robots, tag_page, year_page
from composer.rendering.chrome import FEEDS, STORIES, TAGS, YEARS
from composer.rendering.finding import search_index, search_words
from composer.rendering.listing import Entry, Place, Tag, by_tag, by_year, entry_of, newest_first, place_of, tag_slug
from composer.rendering.syndication import atom, json_feed, rss, sitemap
from composer.rendering.words import say
from composer.settings import Settings

CHANNEL = "outbox"
STORIES_LEAST = 30  # in the feed of stories, while editions have so many; no edition is cut
TAGGED_MOST = 10  # editions in a tag's feed
_WRITERS = {"feed.xml": rss, "atom.xml": atom, "feed.json": json_feed}
_LOOK = "feed.css"
_FENCE = "\n---"  # what ends a header


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """A published edition, and where the text of it lies that readers have."""

    entry: Entry
    edition: Edition
    revision: int  # that readers have
    shelf: Editions

    @property
    def text(self) -> str:
        """Return the text that readers have, read when it is asked for: few of all are."""
        return self.shelf.revision(self.edition.id, self.revision).text


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacks:
    """Everything that is out, newest first, set in type when it is asked for."""

    press: Press
    backs: Mapping[int, Back]
    entries: tuple[Entry, ...]
    _set: dict[int, Typeset] = field(default_factory=dict)

    def set(self, number: int) -> Typeset:
        """Return an edition as its readers have it, not as it lies on the desk now."""
        if number not in self._set:
            back = self.backs[number]
            manuscript = load(back.text).manuscript
            self._set[number] = typeset(self.press, back.edition, manuscript, now=back.entry.published)
        return self._set[number]

    def with_edition(self, back: Back, ready: Typeset) -> "Stacks":
        """Return the same stacks with one edition that goes out now, new or in the place of its former self."""
        number = back.entry.number
        others = [one for one in self.entries if one.number != number]
        return replace(
            self,
            backs={**self.backs, number: back},
            entries=newest_first([*others, back.entry]),
            _set={**self._set, number: ready},
        )

    def place(self, entry: Entry) -> Place:
        """Return what stands beside an edition."""
        return place_of(entry, self.entries)


def open_stacks(press: Press, desk: Desk) -> Stacks:
    """Return everything that is out, read from the revisions that went out."""
    backs = {back.entry.number: back for back in _backs(press, desk)}
    return Stacks(press=press, backs=backs, entries=newest_first(back.entry for back in backs.values()))


def _backs(press: Press, desk: Desk) -> Iterator[Back]:
    shelf = desk.store.editions
    for edition, publication, words in shelf.out(CHANNEL):
        went = replace(edition, published_at=edition.published_at or publication.published_at)
        whole = words if _FENCE in words[len(_FENCE) :] else shelf.revision(edition.id, publication.revision).text
        entry = entry_of(went, load_header(whole), press.settings)
        yield Back(entry=entry, edition=went, revision=publication.revision, shelf=shelf)


def touched(now: Stacks, before: Stacks, entry: Entry) -> tuple[Entry, ...]:
    """Return the other editions whose pages name this one, or did until now."""
    former = before.backs.get(entry.number)
    beside = (*now.place(entry).beside, *(before.place(former.entry).beside if former else ()))
    numbers = {one.number for one in beside} - {entry.number}
    return tuple(one for one in now.entries if one.number in numbers)


def page_folder(stacks: Stacks, entry: Entry) -> tuple[str, tuple[File, ...]] | None:
    """Return the folder of an edition's page and photos; None when a photo of it can no longer be shown.

    A page that lies in the archive whole is then left as it is, with its old links.
    """
    ready = stacks.set(entry.number)
    return site_folder(ready, entry, stacks.place(entry)) if ready.whole else None


def site_folder(ready: Typeset, entry: Entry, place: Place) -> tuple[str, tuple[File, ...]]:
    """Return the folder of an edition's page and photos."""
    html = File(path="index.html", content=ready.page(place).html.encode())
    return page_path(entry.slug), (html, *photos(ready.prints))


def page_path(slug: str) -> str:
    """Return the folder of an edition's page in the outbox."""
    return f"site/editions/{slug}"


def photos(prints: Mapping[str, Print]) -> tuple[File, ...]:
    """Return the files of the photos that are ours, each once."""
    ours = {one.name: File(path=one.name, content=one.content) for one in prints.values() if one.content}
    return tuple(ours.values())


def pointers(stacks: Stacks, *, years: Iterable[int], tags: Iterable[str]) -> tuple[File, ...]:
    """Return the files that name editions: pages, search, feeds; `feed.xml` is last, for it announces the rest.

    Search indexes are made for these years, pages and feeds of tags for these slugs; all else is made for all.
    """
    return (
        *_searches(stacks, set(years)),
        *_pages(stacks),
        *(file for slug in sorted(set(tags)) for file in _tagged(stacks, slug)),
        *_stories(stacks),
        *_main(stacks),
    )


def every_year(stacks: Stacks) -> tuple[int, ...]:
    """Return the years in which editions came out."""
    return tuple(by_year(stacks.entries))


def every_tag(stacks: Stacks) -> tuple[str, ...]:
    """Return the slugs of all tags."""
    return tuple(by_tag(stacks.entries))


def slugs(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the slugs of the tags that entries carry."""
    return tuple({tag_slug(tag) for entry in entries for tag in entry.tags})


def _searches(stacks: Stacks, years: set[int]) -> Iterator[File]:
    for year, entries in by_year(stacks.entries).items():
        if year in years:
            words = {one.number: search_words(load(stacks.backs[one.number].text).manuscript) for one in entries}
            yield File(path=f"site/search/{year}.json", content=search_index(entries, words))


def _pages(stacks: Stacks) -> Iterator[File]:
    settings = stacks.press.settings
    theme = stacks.press.theme(settings.theme)
    years = by_year(stacks.entries)
    for year in years:
        yield _html(f"site/{YEARS}/{year}/index.html", year_page(year, years, theme, settings))
    yield File(path="site/search.js", content=theme.file("search.js").encode())
    yield File(path=f"site/{_LOOK}", content=feed_looks(theme, settings))
    yield _html("site/404.html", not_found(theme, settings))
    if settings.base_url.count("/") == len("//"):  # a host's own file, not a folder's (RFC 9309 2.3)
        yield File(path="site/robots.txt", content=robots(theme, settings))
    yield _html("site/index.html", index(stacks.entries, theme, settings))
    yield File(path="site/sitemap.xml", content=_sitemap(stacks, years))


def _html(path: str, words: str) -> File:
    return File(path=path, content=words.encode())


def _sitemap(stacks: Stacks, years: Mapping[int, Sequence[Entry]]) -> bytes:
    base = stacks.press.settings.base_url
    lists = {f"{base}/": stacks.entries, **{f"{base}/{YEARS}/{year}/": its for year, its in years.items()}}
    changed = [(url, max(entry.updated for entry in entries)) for url, entries in lists.items() if entries]
    return sitemap([*changed, *((entry.url, entry.updated) for entry in stacks.entries)])


def _tagged(stacks: Stacks, slug: str) -> Iterator[File]:
    settings = stacks.press.settings
    tag = by_tag(stacks.entries).get(slug) or Tag(name=slug, slug=slug)
    theme = stacks.press.theme(settings.theme)
    yield _html(f"site/{TAGS}/{slug}/index.html", tag_page(tag, theme, settings))
    folder, title = f"{TAGS}/{slug}", say(settings.language, "feed.tag", settings.name, tag.name, own=settings.root)
    items = (stacks.set(entry.number).item() for entry in tag.entries[:TAGGED_MOST])
    home = f"{settings.base_url}/{folder}/"
    channel = replace(_channel(settings, title, folder), home_url=home, items=tuple(items))
    yield from _feeds(settings, channel, f"{folder}/")


def _stories(stacks: Stacks) -> Iterator[File]:
    settings = stacks.press.settings
    items: list[FeedItem] = []
    for entry in stacks.entries[: settings.feed_items]:
        if len(items) < STORIES_LEAST:
            items += stacks.set(entry.number).stories()
    title = say(settings.language, "feed.stories", settings.name, own=settings.root)
    yield from _feeds(settings, replace(_channel(settings, title, STORIES), items=tuple(items)), f"{STORIES}/")


def _main(stacks: Stacks) -> Iterator[File]:
    settings = stacks.press.settings
    items = [stacks.set(entry.number).item() for entry in stacks.entries[: settings.feed_items]]
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
