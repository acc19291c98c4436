"""What changes an edition without an editor's hand in the file: quick changes, and what to do with half-saved files.

The store is written first, the file in editions/ after it, and never over a text that is not kept.
"""

from dataclasses import replace

from composer.desk.revising import Copy, Desk, copy_of, newest_of, put, put_back, revise
from composer.desk.wholeness import is_blank_text
from composer.errors import ConflictError


def newest_copy(desk: Desk, edition_id: int) -> Copy:
    """Return an edition as its newest revision has it, whatever lies in the editions/ folder."""
    return copy_of(*newest_of(desk, edition_id))


def restore(desk: Desk, edition_id: int) -> Copy:
    """Write the newest revision over what lies in the editions/ folder, which is kept first unless it is blank."""
    edition, newest = newest_of(desk, edition_id)
    text = desk.drawer.read(edition.filename)
    if text is None or text == newest.text or is_blank_text(text):
        return copy_of(put_back(desk, edition, newest), newest)
    aside = revise(desk, edition, text, message="set aside: cut off")
    return put(desk, aside, newest.text, message=f"restored revision {newest.number}")


def change(desk: Desk, copy: Copy, text: str, *, message: str, lent_too: bool = False) -> Copy:
    """Make a text the edition's next revision and its manuscript. The same text changes nothing.

    A file that somebody has open is brought up to date when it is closed, or at once with `lent_too`. Raises
    ConflictError when store or manuscript changed since the copy was taken: a file that changed meanwhile is never
    written over.
    """
    if text == copy.revision.text:
        return copy
    _refuse_changed(desk, copy, "nothing was changed; look at it, then try again")
    changed = revise(desk, copy.edition, text, message=message)
    _refuse_changed(desk, copy, f"the change is kept as revision {changed.revision.number} and not written over it")
    return replace(changed, edition=put_back(desk, changed.edition, changed.revision, lent_too=lent_too))


def _refuse_changed(desk: Desk, copy: Copy, consequence: str) -> None:
    lies = desk.drawer.read(copy.edition.filename)
    if lies is not None and lies != copy.revision.text:
        raise ConflictError(f"editions/{copy.edition.filename}: changed meanwhile; {consequence}")
