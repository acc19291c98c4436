"""What visits brought and taught, into the tables, inside the caller's transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Connection, bindparam, select, update

from composer.errors import StoreError
from composer.model import NO_ID, Access, Article, Collected, Saved, Source
from db import keeping, rows
from db.bulk import portions
from db.digests import digests
from db.matching import Arrival
from db.tables import sources
from db.times import utc

_TAUGHT = (
    "etag",
    "last_modified",
    "body_sha256",
    "checked_at",
    "succeeded_at",
    "changed_at",
    "next_at",
    "not_before",
    "every_seconds",
    "failures",
    "problem",
    "moved_to",
    "moved_since",
    "moved_times",
)
_OF_THE_ADDRESS = frozenset({"etag", "last_modified", "body_sha256", "moved_to", "moved_since", "moved_times"})
_MOST = 2**63 - 1
_ACCESS = get_args(Access)


@dataclass(frozen=True, slots=True)
class _Visit:
    """A visit to a source that is still followed, and those of its articles that the store can take."""

    kept: Source
    taught: Source
    arrivals: tuple[Arrival, ...]


def keep(connection: Connection, visits: Sequence[Collected]) -> tuple[Saved, ...]:
    """Keep visits; a result a visit, in order."""
    followed = _followed(connection, [visit.source.id for visit in visits])
    known = [_visit(followed[one.source.id], one) if one.source.id in followed else None for one in visits]
    arrivals = [arrival for one in known if one for arrival in one.arrivals]
    effects = keeping.keep(connection, arrivals) if arrivals else {}
    _teach(connection, [one for one in known if one])
    return tuple(keeping.counted(one.arrivals, effects) if one else Saved() for one in known)


def taught(kept: Source, source: Source, *, is_free: bool) -> Source:
    """Return a kept source with what a visit taught; `is_free` says that nobody follows the visit's URL yet.

    Where the editor saved during the visit, the editor's URL stands and nothing is learnt of the old one.
    """
    stands = kept.version != source.version and kept.url != source.url
    learnt: dict[str, Any] = {
        name: getattr(source, name) for name in _TAUGHT if not (stands and name in _OF_THE_ADDRESS)
    }
    changes: dict[str, Any] = {
        "title": kept.title or source.title,
        "homepage": kept.homepage or source.homepage,
        "url": source.url if is_free and source.url and not stands else kept.url,
        "state": "gone" if source.state == "gone" and not stands else kept.state,
    }
    moved = changes["url"] != kept.url or changes["state"] != kept.state
    return replace(kept, **learnt, **changes, version=kept.version + moved)


def sound(value: Source) -> Source | None:
    """Return a source that the file can hold: broken letters replaced; nothing when a time or number is impossible."""
    cells = {field.name: getattr(value, field.name) for field in fields(value)}
    try:
        for cell in cells.values():
            _check(cell)
    except StoreError:
        return None
    mended: dict[str, Any] = {name: _whole(cell) for name, cell in cells.items() if isinstance(cell, str)}
    return replace(value, **mended)


def arrivals(source_id: int, batch: Sequence[Article]) -> Iterator[Arrival]:
    """Yield the articles of a visit that the file can hold, each as its source's own."""
    for article in batch:
        try:
            own = _own(source_id, article)
            for moment in (own.published, own.updated):
                _check(moment)
            rows.dated(own)
            own.guid.encode()
            if own.guid and own.access in _ACCESS:
                yield Arrival(own, digests(own))
        except (StoreError, UnicodeEncodeError, OverflowError, ValueError):
            continue


def _own(source_id: int, article: Article) -> Article:
    if (article.id, article.source_id, article.state) == (NO_ID, source_id, "new"):
        return article
    return replace(article, id=NO_ID, source_id=source_id, state="new")


def _visit(kept: Source, visit: Collected) -> _Visit:
    source = sound(replace(visit.source, state="gone") if visit.gone else visit.source)
    return _Visit(kept, source or kept, tuple(arrivals(kept.id, visit.articles)))


def _followed(connection: Connection, numbers: Sequence[int]) -> dict[int, Source]:
    found: dict[int, Source] = {}
    for some in portions(sorted({number for number in numbers if 0 < number <= _MOST})):
        these = select(sources).where(sources.c.id.in_(some))
        found.update((row["id"], rows.source_value(row)) for row in connection.execute(these).mappings())
    return found


def _teach(connection: Connection, visits: Sequence[_Visit]) -> None:
    """Write what was learnt, one after the other: two that moved to one URL must not both have it."""
    known = {one.kept.id: one.kept for one in visits}
    records = []
    for one in visits:
        kept = known[one.kept.id]
        moves = one.taught.url != kept.url
        is_free = moves and not _is_followed(connection, one.taught.url, known)
        known[kept.id] = taught(kept, one.taught, is_free=is_free)
        records.append({"known_id": kept.id, **_written(known[kept.id])})
    if records:
        connection.execute(update(sources).where(sources.c.id == bindparam("known_id")), records)


def _is_followed(connection: Connection, url: str, known: Mapping[int, Source]) -> bool:
    if any(one.url == url for one in known.values()):
        return True
    return connection.scalar(select(sources.c.id).where(sources.c.url == url)) is not None


def _written(source: Source) -> dict[str, Any]:
    names = (*_TAUGHT, "title", "homepage", "url", "state", "version")
    return {**{name: getattr(source, name) for name in names}, "lease_until": None}


def _check(cell: object) -> None:
    if isinstance(cell, datetime):
        utc(cell)
    elif isinstance(cell, int) and not 0 <= cell <= _MOST:
        raise StoreError(f"{cell}: counts nothing")


def _whole(words: str) -> str:
    return words.encode("utf-8", "replace").decode()
