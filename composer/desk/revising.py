"""From a manuscript to its revisions, and what happens when two people write on one edition.

The manuscript in the editions/ folder is the editor's; the store keeps every version it ever had. Whatever lies in the
folder is taken in before anything is done with an edition, and nothing here overwrites a text that is not kept.
`Edition.filed` remembers what the file held when it was last looked at. It tells a file that somebody wrote in from one
that the store has left behind, and both from a text that parted from the store's.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from composer.blocks import Manuscript
from composer.desk.standing import hold, parted, stood_on
from composer.desk.wholeness import doubt
from composer.errors import ConflictError, HalfSavedError, PartedError
from composer.lifecycle import Event, stepped
from composer.manuscript import load
from composer.model import Edition, Remark, Revision
from composer.ports import Clock, Drawer, Store
from composer.records import Drift
from composer.text import slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where an edition is worked on."""

    store: Store
    drawer: Drawer
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An edition as it stands: its record, its newest revision, and what was read from it."""

    edition: Edition
    revision: Revision
    manuscript: Manuscript
    problems: tuple[Remark, ...]
    drifts: tuple[Drift, ...] = ()  # how the articles it stands on have changed since they were chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One editor at one edition: what she began from, and the file she writes in."""

    begun: Copy
    filename: str  # in editions/: the manuscript, or a copy of her own while somebody else has it open


def take_in(desk: Desk, edition_id: int, message: str = "edited") -> Copy:
    """Return an edition as it stands, after keeping what lies in the editions/ folder as a new revision if it changed.

    A manuscript that is missing there, or that the store has left behind, is written again from the store. Raises
    PartedError when somebody wrote in the file while the store went on without it; then both texts are kept. Raises
    HalfSavedError for one that seems emptied or cut off; `take_as_it_is` keeps it all the same.
    """
    return _taken(desk, edition_id, message, doubt)


def take_as_it_is(desk: Desk, edition_id: int, message: str = "taken as it is") -> Copy:
    """Take in what lies in the editions/ folder, whatever has become of it. Raises PartedError."""
    return _taken(desk, edition_id, message, lambda _before, _after: "")


def _taken(desk: Desk, edition_id: int, message: str, doubted: Callable[[str, str], str]) -> Copy:
    edition, newest = newest_of(desk, edition_id)
    text = desk.drawer.read(edition.filename)
    if text is None or (_is_behind(edition, newest) and _sha256(text) == edition.filed):
        return _whole(desk, put_back(desk, edition, newest), newest)
    if text == newest.text:
        return _whole(desk, _settled(desk, edition, newest), newest)
    if _is_behind(edition, newest):
        raise _apart(desk, edition, newest, text)
    if why := doubted(newest.text, text):
        raise HalfSavedError(f"editions/{edition.filename}", edition.id, edition.revision, why)
    try:
        return revise(desk, replace(edition, filed=_sha256(text)), text, message)
    except ConflictError:
        if desk.store.editions.get(edition_id).revision == edition.revision:
            raise
        return _taken(desk, edition_id, message, doubted)  # another command took the file in at the same moment


@contextmanager
def sitting(desk: Desk, begun: Copy) -> Iterator[Sitting]:
    """Give the file to write in; bring what was written home with `bring_home` after the sitting."""
    with desk.drawer.lend(begun.edition.filename) as ours:
        if ours:
            yield Sitting(begun=begun, filename=begun.edition.filename)
            return
        copy = _aside(desk, begun.edition, begun.revision.text)
        try:
            yield Sitting(begun=begun, filename=copy)
        finally:
            if desk.drawer.read(copy) == begun.revision.text:
                desk.drawer.remove(copy)


def bring_home(desk: Desk, sat: Sitting, message: str = "edited") -> Copy:
    """Keep what was written in a sitting as a new revision, if anything was.

    Raises PartedError when somebody else's text was kept since she began: then hers stays in a file of its own.
    """
    edition_id = sat.begun.edition.id
    now = take_in(desk, edition_id, message)
    if sat.filename == sat.begun.edition.filename:
        return now
    text = desk.drawer.read(sat.filename)
    if text is None or text in {sat.begun.revision.text, now.revision.text}:
        desk.drawer.remove(sat.filename)
        return now
    if why := doubt(sat.begun.revision.text, text):
        raise ConflictError(
            f"editions/{sat.filename}: the file {why}; nothing of it was kept, and it lies as it is: mend it, then "
            f"`currents import editions/{sat.filename}` makes it the newest"
        )
    if now.revision.number != sat.begun.revision.number:
        raise _told(now.edition, now.revision, sat.filename, common=sat.begun.revision.text, yours=text)
    kept = put(desk, now, text, message)
    desk.drawer.remove(sat.filename)
    return kept


def put(desk: Desk, copy: Copy, text: str, message: str) -> Copy:
    """Keep a text that comes from elsewhere than the file as the newest revision, then write it in the file.

    While somebody has the file open it is left alone, and brought up to date afterwards. Raises ConflictError when
    somebody saved since `copy` was read.
    """
    kept = revise(desk, copy.edition, text, message)
    return replace(kept, edition=put_back(desk, kept.edition, kept.revision))


def revert(desk: Desk, edition_id: int, number: int) -> Copy:
    """Make an older revision's text the newest again; what lies in the file is kept first, and nothing is deleted.

    Raises NotFoundError, ConflictError.
    """
    older = desk.store.editions.revision(edition_id, number)
    now = take_in(desk, edition_id)
    if now.revision.text == older.text:
        return now
    return put(desk, now, older.text, f"as revision {number}")


def copy_of(edition: Edition, revision: Revision) -> Copy:
    """Read a revision's text."""
    loaded = load(revision.text)
    problems = (*loaded.problems, *_slips(edition, loaded.manuscript))
    return Copy(edition=edition, revision=revision, manuscript=loaded.manuscript, problems=problems)


def revision_of(desk: Desk, edition: Edition, text: str, message: str) -> Revision:
    """Make a text the revision that an edition's record counts as its newest."""
    return Revision(
        edition_id=edition.id,
        number=edition.revision,
        text=text,
        sha256=_sha256(text),
        saved_at=desk.clock(),
        message=message,
    )


def newest_of(desk: Desk, edition_id: int) -> tuple[Edition, Revision]:
    """Return an edition and its newest revision. Raises NotFoundError."""
    edition = desk.store.editions.get(edition_id)
    return edition, desk.store.editions.revision(edition.id, edition.revision)


def _is_behind(edition: Edition, newest: Revision) -> bool:
    """Say whether the store went on without the file: by a revert, an import, or another editor's copy."""
    return edition.filed not in {"", newest.sha256}


def put_back(desk: Desk, edition: Edition, newest: Revision, *, lent_too: bool = False) -> Edition:
    """Write the newest text in the file; killed before that is noted, the next look at it notes it.

    A file that somebody has open is left alone, unless it is to be written `lent_too`.
    """
    if desk.drawer.is_lent(edition.filename) and not lent_too:
        return edition
    desk.drawer.write(edition.filename, newest.text)
    return _settled(desk, edition, newest)


def _settled(desk: Desk, edition: Edition, newest: Revision) -> Edition:
    """Note that the file holds the newest text."""
    if edition.filed == newest.sha256:
        return edition
    settled = replace(edition, filed=newest.sha256)
    with suppress(ConflictError):  # somebody saved meanwhile, and noted that
        desk.store.editions.save(settled)
    return settled


def _apart(desk: Desk, edition: Edition, newest: Revision, text: str) -> ConflictError:
    """Keep a text that parted from the store's in a file of its own, and give the edition's file the store's."""
    if desk.drawer.is_lent(edition.filename):
        return ConflictError(
            f"edition {edition.id}: somebody has editions/{edition.filename} open and writes on an older text; "
            "let them finish, then try again"
        )
    bases = (one for one in desk.store.editions.revisions(edition.id) if one.sha256 == edition.filed)
    common = next((one.text for one in bases), "")
    spare = _aside(desk, edition, text)
    put_back(desk, edition, newest)
    return _told(edition, newest, spare, common=common, yours=text)


def _told(edition: Edition, newest: Revision, spare: str, *, common: str, yours: str) -> PartedError:
    return PartedError(
        f"edition {edition.id}: revision {newest.number} was saved while you wrote; your text is whole in "
        f"editions/{spare}; bring over what you need, or make it the newest with `currents import editions/{spare}`",
        common=common,
        theirs=newest.text,
        yours=yours,
    )


def _aside(desk: Desk, edition: Edition, text: str) -> str:
    """Write a text beside a manuscript, and return the name: salt.mine-20260306-120000.md."""
    stem = edition.filename.removesuffix(".md")
    name = desk.drawer.reserve(f"{stem}.mine-{desk.clock():%Y%m%d-%H%M%S}.md")
    desk.drawer.write(name, text)
    return name


def revise(desk: Desk, edition: Edition, text: str, message: str) -> Copy:
    """Keep a text as an edition's next revision; the file in editions/ is not touched.

    Raises ConflictError when somebody saved meanwhile, then nothing is kept.
    """
    manuscript = load(text).manuscript
    record = replace(edition, revision=edition.revision + 1, title=manuscript.get("title", edition.title))
    revision = revision_of(desk, record, text, message)
    dropped = _dropped(edition, revision)
    record = replace(record, status=dropped.after) if dropped else record
    kept = desk.store.editions.revise(_renamed(desk, record, manuscript), revision, dropped)
    hold(desk.store, stood_on(manuscript), desk.clock())
    return _whole(desk, kept, revision)


def _dropped(edition: Edition, revision: Revision) -> Event | None:
    """Return that an approval, or a place on the schedule, is gone with the text that it was about."""
    if edition.status not in {"approved", "scheduled"}:
        return None
    return stepped(edition, revision, "dropped", revision.saved_at, words="the text was changed")


def _whole(desk: Desk, edition: Edition, revision: Revision) -> Copy:
    """Read a revision's text, and look at what has become of the articles it stands on."""
    copy = copy_of(edition, revision)
    numbers = stood_on(copy.manuscript)
    return replace(copy, drifts=parted(desk.store, numbers, desk.clock())) if numbers else copy


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _renamed(desk: Desk, edition: Edition, manuscript: Manuscript) -> Edition:
    """Follow a slug changed in the manuscript; one that is published, unusable or taken stays as it was."""
    wanted = manuscript.get("slug")
    if edition.published_at or wanted in {"", edition.slug} or wanted != slug(wanted):
        return edition
    is_taken = any(other.slug == wanted for other in desk.store.editions.named(wanted))
    return edition if is_taken else replace(edition, slug=wanted)


def _slips(edition: Edition, manuscript: Manuscript) -> tuple[Remark, ...]:
    """Say where the manuscript and the edition's identity have parted."""
    slips = []
    if (wanted := manuscript.get("slug", edition.slug)) != edition.slug:
        why = "its address must not move" if edition.published_at else "another edition has it, or it is no slug"
        sentence = f"the slug is {edition.slug}, not {wanted}: {why}; set it back"
        slips.append(Remark(rule="S-SLUG", severity="error", message=sentence, line=manuscript.line_of("slug")))
    if manuscript.get("id", edition.uid) != edition.uid:
        sentence = f"the id is {edition.uid} for ever, feeds know it by that; set it back"
        slips.append(Remark(rule="S-ID", severity="error", message=sentence, line=manuscript.line_of("id")))
    return tuple(slips)
