"""The files of an export, or manuscripts that came from elsewhere → what a store can take in.

Every line was written by others: what is damaged, foreign or contradicts itself is refused before anything is kept.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from composer.blocks import Block
from composer.desk.exchange import notation
from composer.desk.exchange.packing import FORMAT, MARKER
from composer.desk.sourcing import article_number
from composer.errors import ArchiveError
from composer.lifecycle import Event
from composer.manuscript import load
from composer.model import Article, Edition, Publication, Revision, Source, Version
from composer.ports import Archive
from composer.records import Holdings, Snapshot
from composer.text import slug

_T = TypeVar("_T")
_FILENAME = re.compile(r"\w[\w.-]{0,200}\.md")
_UID = re.compile(r"\w{1,64}")
_ARTICLE = re.compile(r"""^(article:\s*)(["']?)(\d+)\2(\s*)$""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One edition as an export holds it."""

    edition: Edition
    revisions: tuple[Revision, ...]
    publications: tuple[Publication, ...]
    events: tuple[Event, ...]


def is_export(archive: Archive) -> bool:
    """Say whether an archive is an export; without its marker it is a folder of manuscripts at most."""
    return MARKER in archive.paths()


def unpack(archive: Archive, now: datetime) -> Holdings:
    """Read an export. A text in editions/ that was changed by hand since is one revision more, saved `now`.

    The editions are read at once, everything else as it is taken. Raises ArchiveError with file and line.
    """
    marker = _object(archive, MARKER)
    if marker.get("format") != FORMAT:
        raise ArchiveError(f"{archive.name}/{MARKER}", f"is not {FORMAT}, the only form that this Currents reads")
    filed = tuple(_edited(archive, one, now) for one in _filed(archive))
    _refuse_doubles(archive, [one.edition for one in filed])
    return Holdings(
        sources=_records(archive, "sources.jsonl", Source),
        articles=_records(archive, "articles/", Article),
        versions=_records(archive, "versions/", Version),
        snapshots=(_checked(archive, one) for one in _records(archive, "snapshots/", Snapshot)),
        editions=[one.edition for one in filed],
        revisions=[revision for one in filed for revision in one.revisions],
        publications=[publication for one in filed for publication in one.publications],
        events=[event for one in filed for event in one.events],
    )


def read_through(archive: Archive, holdings: Holdings) -> None:
    """Read every record once, before anything is written: a damaged last line then costs nothing.

    Raises ArchiveError, also for a number that stands for two things or for none.
    """
    sources = _once(archive, "sources", (one.id for one in holdings.sources))
    articles: set[int] = set()
    for article in holdings.articles:
        _once(archive, "articles", (article.id,), articles)
        if article.source_id is not None:
            _known(archive, "articles", article.source_id, sources)
    for version in holdings.versions:
        _known(archive, "versions", version.article_id, articles)
    for snapshot in holdings.snapshots:
        _known(archive, "snapshots", snapshot.article_id, articles)


def _once(archive: Archive, part: str, numbers: Iterable[int], seen: set[int] | None = None) -> set[int]:
    seen = set() if seen is None else seen
    for number in numbers:
        if number in seen:
            raise ArchiveError(f"{archive.name}/{part}", f"number {number} stands for two")
        seen.add(number)
    return seen


def _known(archive: Archive, part: str, number: int, known: Collection[int]) -> None:
    if number not in known:
        raise ArchiveError(f"{archive.name}/{part}", f"something refers to number {number}, and nothing has it")


def renumbered(text: str, moved: Mapping[int, int]) -> str:
    """Return a manuscript with the numbers of its articles changed; every other byte stays as typed."""
    lines = text.split("\n")
    for block in load(text).manuscript.of("source"):
        place, number = block.line_of("article") - 1, article_number(block)
        if number is not None and number in moved and _is_at(lines, place, block):
            lines[place] = _ARTICLE.sub(rf"\g<1>\g<2>{moved[number]}\g<2>\g<4>", lines[place])
    return "\n".join(lines)


def _is_at(lines: Sequence[str], place: int, block: Block) -> bool:
    found = _ARTICLE.match(lines[place]) if 0 <= place < len(lines) else None
    return found is not None and found.group(3) == block.get("article")


def _filed(archive: Archive) -> Iterator[Filed]:
    for path in archive.paths():
        if re.fullmatch(r"revisions/[^/]+/edition\.json", path):
            yield _one_filed(archive, path)


def _one_filed(archive: Archive, path: str) -> Filed:
    told = _object(archive, path)
    folder = path.removesuffix("edition.json")
    with _naming(f"{archive.name}/{path}"):
        edition = notation.read(Edition, told.get("edition"))
        _refuse_odd(edition)
        revisions = tuple(_revision(archive, folder, edition, one) for one in _list(told, "revisions"))
        if [one.number for one in revisions] != list(range(1, edition.revision + 1)):
            raise ValueError("its revisions are not 1, 2, 3 … up to the newest")
        publications = tuple(
            notation.read(Publication, {**_dict(one), "edition_id": edition.id}) for one in _list(told, "publications")
        )
        said = _list(told, "events") if "events" in told else ()  # exports of before the log have none
        events = tuple(notation.read(Event, {**_dict(one), "edition_id": edition.id}) for one in said)
        named = (*(one.revision for one in publications), *(one.revision for one in events))
        if any(not 1 <= number <= edition.revision for number in named):
            raise ValueError("a publication or an event names a revision that it has not")
    return Filed(edition=edition, revisions=revisions, publications=publications, events=events)


def _revision(archive: Archive, folder: str, edition: Edition, told: object) -> Revision:
    revision = notation.read(Revision, {**_dict(told), "edition_id": edition.id, "text": ""})
    path = f"{folder}{revision.number:04}.md"
    text = _text(archive, path)
    if hashlib.sha256(text.encode()).hexdigest() != revision.sha256:
        raise ArchiveError(f"{archive.name}/{path}", "is not what it was when it was exported (its sha256 differs)")
    return replace(revision, text=text)


def _edited(archive: Archive, filed: Filed, now: datetime) -> Filed:
    """Add what was written by hand in editions/ since the export."""
    edition, path = filed.edition, f"editions/{filed.edition.filename}"
    text = _text(archive, path) if path in archive.paths() else filed.revisions[-1].text
    if text == filed.revisions[-1].text:
        return filed
    manuscript = load(text).manuscript
    if manuscript.get("id", edition.uid) != edition.uid:
        raise ArchiveError(f"{archive.name}/{path}", f"its id is not {edition.uid}; set it back")
    grown = replace(edition, revision=edition.revision + 1, title=manuscript.get("title", edition.title))
    return replace(filed, edition=grown, revisions=(*filed.revisions, further(grown, text, now)))


def further(edition: Edition, text: str, now: datetime) -> Revision:
    """Return a text that was written elsewhere as an edition's newest revision."""
    return Revision(
        edition_id=edition.id,
        number=edition.revision,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        saved_at=now,
        message="brought in",
    )


def _refuse_odd(edition: Edition) -> None:
    if not _FILENAME.fullmatch(edition.filename):
        raise ValueError(f"{edition.filename!r} cannot be the name of a manuscript")
    if not edition.slug or slug(edition.slug) != edition.slug:
        raise ValueError(f"{edition.slug!r} is no slug")
    if not _UID.fullmatch(edition.uid):
        raise ValueError("its uid is none")
    if edition.created_at is None:
        raise ValueError("created_at is missing")
    if edition.id < 1 or edition.revision < 1:
        raise ValueError("it has no number or no revision")


def _refuse_doubles(archive: Archive, editions: Iterable[Edition]) -> None:
    for name in ("id", "uid", "slug", "filename"):
        seen: set[object] = set()
        for edition in editions:
            if getattr(edition, name) in seen:
                raise ArchiveError(
                    f"{archive.name}/revisions", f"two editions have the {name} {getattr(edition, name)}"
                )
            seen.add(getattr(edition, name))


def _checked(archive: Archive, snapshot: Snapshot) -> Snapshot:
    if hashlib.sha256(snapshot.text.encode()).hexdigest() != snapshot.sha256:
        where = f"{archive.name}/snapshots"
        raise ArchiveError(where, f"the snapshot of article {snapshot.article_id} is not what its sha256 says")
    return snapshot


def _records(archive: Archive, beginning: str, noun: type[_T]) -> Iterator[_T]:
    for path in archive.paths():
        if path == beginning or (beginning.endswith("/") and path.startswith(beginning)):
            for number, line in enumerate(_text(archive, path).split("\n"), 1):
                if line:
                    with _naming(f"{archive.name}/{path}:{number}"):
                        yield _numbered(notation.read(noun, json.loads(line)))


def _numbered(value: _T) -> _T:
    """Refuse a record without a number of its own; others are told apart by it."""
    number = getattr(value, "number", 1) if hasattr(value, "article_id") else getattr(value, "id", 1)
    if number < 1:
        raise ValueError("it has no number")
    return value


def _object(archive: Archive, path: str) -> Mapping[str, Any]:
    with _naming(f"{archive.name}/{path}"):
        return _dict(json.loads(_text(archive, path)))


def _text(archive: Archive, path: str) -> str:
    with _naming(f"{archive.name}/{path}"):
        return archive.read(path).decode()


def _dict(said: object) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise ValueError("no object of JSON")
    return said


def _list(told: Mapping[str, Any], name: str) -> Sequence[object]:
    said = told.get(name)
    if not isinstance(said, list):
        raise ValueError(f"{name} is no list")
    return said


class _naming:  # noqa: N801 (it reads as a word)
    """Name the file and line of whatever cannot be read there."""

    def __init__(self, place: str) -> None:
        self._place = place

    def __enter__(self) -> None:
        """Begin to read."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        """Turn what went wrong into one line."""
        if isinstance(error, UnicodeDecodeError):
            raise ArchiveError(self._place, f"not UTF-8 at byte {error.start}") from error
        if isinstance(error, json.JSONDecodeError):
            raise ArchiveError(self._place, f"not JSON ({error.msg.lower()})") from error
        if isinstance(error, ValueError | RecursionError):
            raise ArchiveError(self._place, str(error) or "cannot be read") from error
