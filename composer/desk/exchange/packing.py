"""What a newsletter holds → the files of an export. The same store gives the same bytes, whatever the hour.

currents-export.json         says what this is
newsletter.toml, sources.opml, sources.jsonl
articles/00001.jsonl         numbers 1 to 1000, a line each; versions/ and snapshots/ alike
editions/<name>.md           the newest text of each edition, to write in
revisions/<id>/edition.json  its record; 0001.md, 0002.md … every text it ever had
files/…                      what editions and sources name: photos, figures, feed files, themes
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from posixpath import normpath
from typing import TypeVar

from composer.desk.exchange import notation
from composer.desk.standing import stood_on
from composer.lifecycle import Event
from composer.manuscript import load
from composer.model import Article, Edition, Publication, Revision, Source, Version
from composer.negatives import CHARTS, FOLDER, RECORDS, record_path
from composer.parcels import File
from composer.ports import Archive, Belongings, Store
from composer.records import Holdings, Snapshot
from composer.settings import FILE
from composer.text import host

MARKER = "currents-export.json"
FORMAT = "currents-export/1"
A_FILE = 1000  # numbers in one file of articles
FILES = "files/"
# What an editor decides about a source travels; what visits taught is learnt anew.
SOURCE = ("id", "url", "title", "homepage", "tags", "weight", "state", "whole")
_VISITS = tuple(name for name in Source.__slots__ if name not in SOURCE)
_IN_GIT = b"# Git must leave every byte as it is: revisions are known by their sha256.\n* -text\n"
_T = TypeVar("_T", Article, Version, Snapshot)


def pack_all(store: Store, belongings: Belongings, opml: bytes) -> Iterator[File]:
    """Yield everything a newsletter holds, as files; `opml` is its list of sources for other readers.

    Raises StoreError.
    """
    yield from _marked()
    if (settings := belongings.find(FILE)) is not None:
        yield File(path=FILE, content=settings)
    yield File(path="sources.opml", content=opml)
    named: dict[str, None] = dict.fromkeys((*belongings.below("templates"), *belongings.below(CHARTS)))
    with store.holdings() as held:
        sources = tuple(held.sources)
        yield _lines("sources.jsonl", (notation.line(one, _VISITS) for one in sources))
        named |= dict.fromkeys(one.url for one in sources if not host(one.url))
        yield from _parts("articles", held.articles, lambda one: one.id)
        yield from _parts("versions", held.versions, lambda one: one.article_id)
        yield from _parts("snapshots", held.snapshots, lambda one: one.article_id)
        yield from _editions(held, named)
    yield from _named(belongings, named)


def pack_edition(store: Store, belongings: Belongings, edition_id: int) -> Iterator[File]:
    """Yield one edition with every revision, the articles it stands on, and its photos. Raises NotFoundError."""
    edition = store.editions.get(edition_id)
    revisions = store.editions.revisions(edition.id)
    yield from _marked()
    numbers = sorted({number for one in revisions for number in stood_on(load(one.text).manuscript)})
    articles = list(_by_hand(store, numbers))
    there = [article.id for article in articles]
    yield from _parts("articles", articles, lambda one: one.id)
    versions = (one for number in there for one in store.articles.versions(number))
    yield from _parts("versions", versions, lambda one: one.article_id)
    snapshots = (one for number in there for one in store.articles.snapshots(number))
    yield from _parts("snapshots", snapshots, lambda one: one.article_id)
    publications = store.editions.publications(edition.id)
    named: dict[str, None] = {}
    events = store.events.of(edition.id)
    held = Holdings(editions=(edition,), revisions=revisions, publications=publications, events=events)
    yield from _editions(held, named)
    yield from _named(belongings, named)


def written_there(store: Store, archive: Archive) -> tuple[str, ...]:
    """Return the manuscripts of an older export whose texts no edition here ever had: an export would lose them."""
    kept = _kept(store)
    lying = (path for path in archive.paths() if path.startswith("editions/"))
    return tuple(path for path in lying if _sha256(archive.read(path)) not in kept)


def is_unknown(store: Store, content: bytes) -> bool:
    """Say whether a file holds a text that no edition here ever had."""
    return _sha256(content) not in _kept(store)


def _kept(store: Store) -> frozenset[str]:
    own = store.editions
    return frozenset(one.sha256 for edition in own.all() for one in own.revisions(edition.id))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _marked() -> Iterator[File]:
    yield File(path=MARKER, content=_json({"format": FORMAT}))
    yield File(path=".gitattributes", content=_IN_GIT)


def _by_hand(store: Store, numbers: Iterable[int]) -> Iterator[Article]:
    """Yield articles that are there as if added by hand: whoever takes an edition in need not follow their feeds."""
    guids: set[str] = set()
    for number in numbers:
        snapshot = store.articles.snapshot(number)
        if snapshot is None:
            continue
        article = store.articles.get(number)
        guid = article.guid if article.guid not in guids else f"{article.guid}#{number}"
        guids.add(guid)
        yield replace(article, source_id=None, guid=guid)


def _editions(held: Holdings, named: dict[str, None]) -> Iterator[File]:
    """Yield each edition's record and texts, and note the files they name."""
    records = {edition.id: edition for edition in held.editions}
    told: dict[int, list[Revision]] = {number: [] for number in records}
    for revision in held.revisions:
        edition = records[revision.edition_id]
        told[edition.id].append(replace(revision, text=""))
        content = revision.text.encode()
        yield File(path=f"revisions/{edition.uid}/{revision.number:04}.md", content=content)
        named |= dict.fromkeys(files_named(revision.text))
        if revision.number == edition.revision:
            yield File(path=f"editions/{edition.filename}", content=content)
    out: dict[int, list[Publication]] = {number: [] for number in records}
    for publication in held.publications:
        out[publication.edition_id].append(publication)
    steps: dict[int, list[Event]] = {number: [] for number in records}
    for event in held.events:
        steps[event.edition_id].append(event)
    for number, edition in records.items():
        record = _record(edition, told[number], out[number], steps[number])
        yield File(path=f"revisions/{edition.uid}/edition.json", content=_json(record))


def _record(
    edition: Edition, revisions: Iterable[Revision], publications: Iterable[Publication], events: Iterable[Event]
) -> object:
    return {
        "edition": notation.plain(edition, {"filed"}),
        "revisions": [notation.plain(one, {"edition_id", "text"}) for one in revisions],
        "publications": [notation.plain(one, {"edition_id"}) for one in publications],
        "events": [notation.plain(one, {"edition_id"}) for one in events],
    }


def files_named(text: str) -> Iterator[str]:
    """Yield the paths, relative to the newsletter's folder, where the pictures and data of a manuscript may lie."""
    for block in load(text).manuscript.of("photo", "figure", "sponsor"):
        for src in filter(None, (block.get("src"), block.get("data"))):
            if host(src):
                yield record_path(src)
            else:
                yield from dict.fromkeys((normpath(src), normpath(f"editions/{src}")))


def _named(belongings: Belongings, named: Iterable[str]) -> Iterator[File]:
    wanted = set(named)
    records = (belongings.find(path) for path in wanted if path.startswith(RECORDS))
    wanted |= {path for record in records if record and (path := _picture_of(record))}
    for path in sorted(wanted):
        if (content := belongings.find(path)) is not None:
            yield File(path=f"{FILES}{path}", content=content)


def _picture_of(record: bytes) -> str:
    """Return where a picture lies that was fetched from the web, as its record says, or ""."""
    try:
        path = json.loads(record)["file"]
    except (ValueError, TypeError, LookupError):
        return ""
    return normpath(path) if isinstance(path, str) and path.startswith(f"{FOLDER}/") else ""


def _parts(folder: str, values: Iterable[_T], number: Callable[[_T], int]) -> Iterator[File]:
    for part, ones in groupby(values, key=lambda one: (number(one) - 1) // A_FILE):
        yield _lines(f"{folder}/{part * A_FILE + 1:05}.jsonl", map(notation.line, ones))


def _lines(path: str, lines: Iterable[str]) -> File:
    return File(path=path, content="".join(f"{one}\n" for one in lines).encode())


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
