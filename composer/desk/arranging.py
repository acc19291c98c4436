"""Acts on an edition by somebody who looks at it: each changes only its own lines and is one revision.

Whoever acts says what text she saw. When another one lies there by then nothing is changed, and both are told: what
became of the text meanwhile, and what the act would have made of the one she saw.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from composer.blocks import Block
from composer.desk.changing import change
from composer.desk.placing import default_place
from composer.desk.revising import Copy, Desk, copy_of, take_in
from composer.desk.sourcing import article_number
from composer.errors import ConflictError, PartedError, UsageError
from composer.manuscript import drop, fields_for, insert, move, refuse_taken, set_fields, set_header
from composer.model import Profile, Revision
from composer.proofs.allowances import KEY as ALLOW
from composer.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A text as an act makes it, what was done in words ("brief moved"), and the place of the block it was done to."""

    text: str
    said: str
    block: int = -1  # 0-based; -1: none, or it is gone


Act = Callable[[Copy], Wanted]


def act(desk: Desk, edition_id: int, seen: str, wanted: Act) -> tuple[Copy, Wanted]:
    """Do it to the text of which `seen` is the sha256, and keep it as the next revision, in the open file too.

    Editors tell of a file that changed on disk, and ask before they write over it. Raises PartedError when another text
    lies there, whatever `wanted` raises, and what `take_in` does.
    """
    copy = take_in(desk, edition_id)
    if copy.revision.sha256 != seen:
        raise _meanwhile(desk, copy, seen, wanted)
    made = wanted(copy)
    return change(desk, copy, made.text, message=made.said, lent_too=True), made


def moving(block: int, before: int) -> Act:
    """Move a block before another, both by their 0-based places; the number of blocks is the end."""

    def wanted(copy: Copy) -> Wanted:
        name = _block(copy, block).name
        if not 0 <= before <= len(copy.manuscript.blocks):
            raise UsageError(f"{before}: the edition has no such place")
        text = move(copy.revision.text, block, before)
        return Wanted(text=text, said=f"{name} moved", block=before - (before > block))

    return wanted


def dropping(block: int) -> Act:
    """Take a block out."""

    def wanted(copy: Copy) -> Wanted:
        name = _block(copy, block).name
        return Wanted(text=drop(copy.revision.text, block), said=f"{name} taken out")

    return wanted


def placing(brief: Block, source: Block, profile: Profile, before: int = -1) -> Act:
    """Put a brief in before a block, or where the profile has it (-1), and its source where sources stand.

    A source of the same article that stands there already is cited instead.
    """

    def wanted(copy: Copy) -> Wanted:
        there = copy.manuscript.blocks
        if not -1 <= before <= len(there):
            raise UsageError(f"{before}: the edition has no such place")
        known = next(
            (one for one in copy.manuscript.of("source") if article_number(one) == article_number(source)), None
        )
        if known and (carrier := next((one for one in there if known.id in one.all("source")), None)):
            raise UsageError(f"the edition has this article already: {carrier.name} at line {carrier.line}")
        at = default_place(there, brief.kind, profile) if before < 0 else before
        text = copy.revision.text
        if not known:
            refuse_taken(there, [source])
            text = insert(text, [source], default_place(there, source.kind, profile))
        named = brief if not known else _citing(brief, known.id)
        return Wanted(text=insert(text, [named], at), said=f"{brief.kind} put in: {brief.get('headline')}", block=at)

    return wanted


def setting(key: str, value: str, block: int = -1) -> Act:
    """Set a field of a block, or of the header (-1)."""

    def wanted(copy: Copy) -> Wanted:
        if block < 0:
            return Wanted(text=set_header(copy.revision.text, {key: [value]}), said=f"{key} set")
        name = _block(copy, block).name
        text = set_fields(copy.revision.text, block, {key: [value]})
        return Wanted(text=text, said=f"{name}: {key} set", block=block)

    return wanted


def allowing(rule: str, line: int, reason: str) -> Act:
    """Except what stands at a line of the manuscript from a rule, with a reason.

    A line above every block's, as 0, is the whole edition's.
    """

    def wanted(copy: Copy) -> Wanted:
        why = one_line(reason)
        if not why:
            raise UsageError(f"{rule}: say why it is right here; without a reason nothing is allowed")
        at = block_at(copy, line)
        place = copy.manuscript.blocks[at] if at >= 0 else copy.manuscript
        values = {ALLOW: [*place.all(ALLOW), f"{rule} {why}"]}
        text = copy.revision.text
        made = set_fields(text, at, values) if at >= 0 else set_header(text, values)
        return Wanted(text=made, said=f"{rule} allowed: {why}", block=at)

    return wanted


def taking_back(text: str, what: str) -> Act:
    """Put an earlier text in the place of the one that an act made of it."""
    return lambda _: Wanted(text=text, said=f"taken back: {what}")


def block_at(copy: Copy, line: int) -> int:
    """Return the 0-based place of the block that a line stands in; -1 above the first."""
    return max((at for at, block in enumerate(copy.manuscript.blocks) if block.line <= line), default=-1)


def _citing(brief: Block, source_id: str) -> Block:
    """Return a brief that names its source by the id that it has."""
    (cited,) = fields_for(brief.kind, {"source": [source_id]})
    return replace(brief, fields=tuple(cited if one.key == "source" else one for one in brief.fields))


def _block(copy: Copy, at: int) -> Block:
    if not 0 <= at < len(copy.manuscript.blocks):
        raise UsageError(f"{at}: the edition has no such block")
    return copy.manuscript.blocks[at]


def revision_seen(desk: Desk, edition_id: int, sha256: str) -> Revision:
    """Return the newest revision that has this text. Raises ConflictError when there is none."""
    found = next((one for one in reversed(desk.store.editions.revisions(edition_id)) if one.sha256 == sha256), None)
    if found is None:
        raise ConflictError("the text that you saw is in no revision; load the preview again")
    return found


def _meanwhile(desk: Desk, copy: Copy, seen: str, wanted: Act) -> ConflictError:
    """Return both texts beside the one that was seen."""
    before = revision_seen(desk, copy.edition.id, seen)
    made = wanted(copy_of(copy.edition, before))
    return PartedError(
        f"editions/{copy.edition.filename} changed meanwhile, so nothing was done; look at it now, and do it again",
        common=before.text,
        theirs=copy.revision.text,
        yours=made.text,
    )
