"""Review, approval and schedule of an edition: each is tied to the text that it was about, and leaves a record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from composer.blocks import AI, Block
from composer.desk.approving import refuse_unapproved
from composer.desk.publishing import publish, remarks_on
from composer.desk.revising import Copy, Desk, take_in
from composer.desk.shipping import Dock
from composer.desk.typesetting import Press
from composer.errors import ComposerError, ConflictError, ProofError, UsageError
from composer.lifecycle import Step, after, stepped
from composer.model import Edition
from composer.parcels import Receipt
from composer.reports import tally

LATE = timedelta(minutes=5)  # what cron and timers may take
_BY_A_MACHINE = frozenset(AI) - {"none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What became of an edition whose time had come."""

    edition: Edition
    due: datetime
    late: timedelta
    receipt: Receipt | None = None  # None: it did not go out, for this reason:
    problem: ComposerError | None = None


def submit(desk: Desk, copy: Copy, who: str, words: str = "") -> Edition:
    """Hand an edition in for review. Raises ProofError for a manuscript that cannot be read whole, ConflictError."""
    if faults := [problem for problem in copy.problems if problem.severity == "error"]:
        raise ProofError(f"{copy.edition.title}: line {faults[0].line}: {faults[0].message}")
    return _take(desk, copy, "submitted", who, words)


def send_back(desk: Desk, copy: Copy, who: str, words: str = "") -> Edition:
    """Give an edition back to its writer; an approval of it no longer holds. Raises ConflictError."""
    return _take(desk, copy, "sent back", who, words)


def approve(press: Press, desk: Desk, copy: Copy, who: str, words: str = "") -> Edition:
    """Approve this very text. Raises UsageError without a name, ProofError while an error stands, ConflictError.

    With review.four_eyes, who handed it in cannot approve it.
    """
    if not who.strip():
        raise UsageError("an approval needs the name of whoever answers for it: --by NAME, or CURRENTS_NAME")
    handed_in = next(
        (one.who for one in reversed(desk.store.events.of(copy.edition.id)) if one.step == "submitted"), ""
    )
    if press.settings.four_eyes and not handed_in:
        raise ConflictError(f"{copy.edition.title}: nobody handed it in; `currents submit {copy.edition.id}` first")
    if press.settings.four_eyes and handed_in.casefold() == who.casefold():
        raise ConflictError(
            f"{copy.edition.title}: {who} handed it in, and review.four_eyes wants somebody else to approve it"
        )
    noticed = _refuse_errors(press, desk, copy)
    return _take(desk, copy, "approved", who, "; ".join(filter(None, (words, noticed))))


def schedule(press: Press, desk: Desk, copy: Copy, due: datetime, who: str) -> Edition:
    """Let this very text go out at a moment. Raises ConflictError, and ProofError while an error stands."""
    after(copy.edition, "scheduled")
    refuse_unapproved(press.settings, desk.store, copy)
    _refuse_errors(press, desk, copy)
    return _take(desk, copy, "scheduled", who, due=due)


def unschedule(desk: Desk, copy: Copy, who: str) -> Edition:
    """Take an edition off the schedule; what was approved stays so while its text does. Raises ConflictError."""
    return _take(desk, copy, "unscheduled", who)


def discard(desk: Desk, copy: Copy, who: str, words: str = "") -> Edition:
    """Lay an edition aside for good. Raises ConflictError."""
    return _take(desk, copy, "discarded", who, words)


def resume(desk: Desk, copy: Copy, who: str, words: str = "") -> Edition:
    """Take up what was laid aside. Raises ConflictError."""
    return _take(desk, copy, "resumed", who, words)


def by_a_machine(copy: Copy) -> tuple[Block, ...]:
    """Return the blocks in which a language model had a part."""
    return tuple(block for block in copy.manuscript.visible if block.get("ai") in _BY_A_MACHINE)


def publish_due(press: Press, dock: Dock, who: str) -> Iterator[Due]:
    """Publish every edition whose time has come, the longest due first; one that cannot go out keeps no other back."""
    desk = dock.desk
    for event in desk.store.events.scheduled():
        now = desk.clock()
        if event.due is None or event.due > now:
            return
        with dock.outlet.turn():
            edition = desk.store.editions.get(event.edition_id)
            if edition.status != "scheduled":
                continue  # another command published it, or took it off, while this one waited for its turn
            try:
                receipt, problem = _publish_scheduled(press, dock, edition, who), None
            except ComposerError as error:
                receipt, problem = None, error
        yield Due(edition=edition, due=event.due, late=now - event.due, receipt=receipt, problem=problem)


def _publish_scheduled(press: Press, dock: Dock, edition: Edition, who: str) -> Receipt:
    copy = take_in(dock.desk, edition.id)
    if copy.edition.status != "scheduled":
        raise ConflictError(
            f"{copy.edition.title}: its text was changed after it was scheduled; look at it, then "
            f"`currents schedule {edition.id} --at` again"
        )
    return publish(press, dock, copy, who)


def _refuse_errors(press: Press, desk: Desk, copy: Copy) -> str:
    """Raise ProofError while an error stands; return what else proof says, counted."""
    remarks = remarks_on(press, copy, desk.store, desk.clock().replace(microsecond=0))
    if any(remark.severity == "error" for remark in remarks):
        raise ProofError(f"{copy.edition.title}: {tally(remarks)}; `currents proof {copy.edition.id}` names them")
    return f"proof: {tally(remarks)}" if remarks else ""


def _take(desk: Desk, copy: Copy, step: Step, who: str, words: str = "", due: datetime | None = None) -> Edition:
    event = stepped(copy.edition, copy.revision, step, desk.clock(), who=who, words=words, due=due)
    return desk.store.events.take(copy.edition, event)
