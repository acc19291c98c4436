"""Bringing in what was exported, or manuscripts that came back from elsewhere: told, checked, kept at once.

What lies in editions/ is taken in first, so that nothing typed there is lost; what is here is never overwritten.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from composer.desk.drafting import identified, names_of
from composer.desk.exchange.packing import FILES
from composer.desk.exchange.unpacking import further, is_export, read_through, renumbered, unpack
from composer.desk.revising import Desk, take_in
from composer.errors import ArchiveError, ConflictError, UsageError
from composer.manuscript import load, stamp
from composer.model import ArticleQuery, ArticleState, Edition, Revision
from composer.ports import Archive, Belongings
from composer.records import Holdings, Taken
from composer.settings import FILE

_ALL: tuple[ArticleState, ...] = ("new", "picked", "spiked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What bringing in works with."""

    desk: Desk
    belongings: Belongings
    new_uid: Callable[[], str]


def bring_in(hands: Hands, archive: Archive) -> Taken:
    """Take in an export, or a folder of manuscripts; what is in conflict is told and left as it stands.

    Photos and settings come first, for nothing depends on them; then all that the store keeps, in one transaction;
    then the files in editions/. Killed in between, the same import does the rest. Raises ArchiveError, UsageError,
    StoreError, and then nothing was taken in.
    """
    if not is_export(archive):
        manuscripts, asides = _manuscripts(archive)
        remarks = tuple(f"{path}: a text beside a manuscript; bring it in by itself" for path in asides)
        taken = bring_manuscripts(hands, [(path, archive.read(path)) for path in manuscripts])
        return replace(taken, remarks=remarks)
    desk = hands.desk
    holdings = unpack(archive, desk.clock())
    read_through(archive, unpack(archive, desk.clock()))
    files = [path.removeprefix(FILES) for path in archive.paths() if path.startswith(FILES)]
    for path in files:
        hands.belongings.refuse(path)
    _take_in_first(desk, {edition.uid for edition in holdings.editions})
    conflicts = list(_strays(archive, holdings))
    remarks = _settled(hands, archive, conflicts)
    conflicts += _left(hands.belongings, archive, files)
    taken = desk.store.take_over(holdings, renumbered)
    return replace(_filed(desk, taken, conflicts), remarks=remarks)


def bring_manuscripts(hands: Hands, manuscripts: Iterable[tuple[str, bytes]]) -> Taken:
    """Take in manuscripts: one whose `id` is known here becomes that edition's newest text, any other a new edition.

    A text that an edition had already changes nothing. Raises ArchiveError and UsageError with the file's name.
    """
    desk = hands.desk
    texts = [(name, _text(name, content)) for name, content in manuscripts]
    uids = [load(text).manuscript.get("id") for _, text in texts]
    for uid, (name, _) in zip(uids, texts, strict=True):
        if uid and uids.count(uid) > 1:
            raise UsageError(f"{name}: another file has the same id; bring them in one after the other")
    _take_in_first(desk, set(uids))
    known = {edition.uid: edition for edition in desk.store.editions.all()}
    taken_names = {name for one in known.values() for name in names_of(one)}
    grown: list[tuple[Edition, tuple[Revision, ...]]] = []
    for place, (name, text) in enumerate(texts, 1):
        if edition := known.get(uids[place - 1]):
            grown += _further(desk, edition, text)
        elif not any(_began_so(desk, edition, text) for edition in known.values()):
            grown.append(_begun(hands, name, text, number=-place, taken=taken_names))
    revisions = [one for _, its in grown for one in its]
    holdings = Holdings(editions=[edition for edition, _ in grown], revisions=revisions)
    return _filed(desk, desk.store.take_over(holdings, renumbered), [])


def _manuscripts(archive: Archive) -> tuple[Sequence[str], Sequence[str]]:
    """Return the manuscripts of a folder, and the texts that were kept beside some. Raises ArchiveError for none."""
    found = [path for path in archive.paths() if path.endswith(".md")]
    asides = [path for path in found if ".mine-" in path]
    if not found or len(asides) == len(found):
        raise ArchiveError(archive.name, "neither an export nor a folder of manuscripts (.md)")
    return [path for path in found if path not in asides], asides


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArchiveError(name, f"not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _further(desk: Desk, edition: Edition, text: str) -> Iterator[tuple[Edition, tuple[Revision, ...]]]:
    revisions = desk.store.editions.revisions(edition.id)
    if any(one.text == text for one in revisions):
        return
    title = load(text).manuscript.get("title", edition.title)
    grown = replace(edition, revision=edition.revision + 1, title=title)
    yield grown, (*revisions, further(grown, text, desk.clock()))


def _began_so(desk: Desk, edition: Edition, text: str) -> bool:
    """Say whether an edition began with this text, before it was given the id and slug that it lacked."""
    manuscript = load(text).manuscript
    if manuscript.get("id") or manuscript.get("title") != edition.title:
        return False
    written = identified(text, edition.uid, lambda _: False)
    first = desk.store.editions.revision(edition.id, 1).text
    return first in {written, stamp(written, {"slug": edition.slug})}


def _begun(hands: Hands, name: str, text: str, *, number: int, taken: set[str]) -> tuple[Edition, tuple[Revision, ...]]:
    try:
        written = identified(text, hands.new_uid(), taken.__contains__)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from error
    manuscript = load(written).manuscript
    slug = manuscript.get("slug")
    if slug in taken:
        raise ConflictError(f"{name}: its slug {slug} is another edition's; give it one of its own")
    taken.add(slug)
    now = hands.desk.clock()
    edition = Edition(
        id=number,
        uid=manuscript.get("id"),
        slug=slug,
        title=manuscript.get("title"),
        filename=f"{slug}.md",
        revision=1,
        created_at=now,
    )
    return edition, (further(edition, written, now),)


def _take_in_first(desk: Desk, uids: set[str]) -> None:
    for edition in desk.store.editions.all():
        if edition.uid in uids:
            take_in(desk, edition.id)


def _strays(archive: Archive, holdings: Holdings) -> Iterator[str]:
    """Name manuscripts that somebody put beside those of the export."""
    known = {f"editions/{edition.filename}" for edition in holdings.editions}
    for path in archive.paths():
        if path.startswith("editions/") and path.endswith(".md") and path not in known:
            yield f"{path}: no edition of this export; bring it in by itself with `currents import`"


def _settled(hands: Hands, archive: Archive, conflicts: list[str]) -> tuple[str, ...]:
    """Take the settings over in a newsletter that holds nothing yet: feeds know their editions by them."""
    if FILE not in archive.paths() or (theirs := archive.read(FILE)) == hands.belongings.find(FILE):
        return ()
    store = hands.desk.store
    anything = store.sources.all() or store.editions.all() or store.articles.list(ArticleQuery(states=_ALL, limit=1))
    if anything:
        conflicts.append(f"{FILE}: differs from yours; yours stands")
        return ()
    hands.belongings.adopt(theirs)
    return (f"{FILE}: taken over, for this newsletter held nothing yet; yours is kept as {FILE}.before-import",)


def _left(belongings: Belongings, archive: Archive, files: Iterable[str]) -> Iterator[str]:
    for path in files:
        if not belongings.place(path, archive.read(f"{FILES}{path}")):
            yield f"{path}: another file stands here; left as it is"


def _filed(desk: Desk, taken: Taken, conflicts: Sequence[str]) -> Taken:
    """Write the manuscripts of editions that have grown; what somebody wrote there stands beside them."""
    told = [*conflicts, *taken.conflicts, *_written(desk, taken)]
    return replace(taken, conflicts=tuple(told))


def _written(desk: Desk, taken: Taken) -> Iterator[str]:
    for number in taken.touched:
        try:
            take_in(desk, number)
        except ConflictError as error:
            yield str(error)
