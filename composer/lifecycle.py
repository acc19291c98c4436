"""The way of an edition from draft to readers: which step may follow which, and the record that each step leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from composer.errors import ConflictError
from composer.model import Edition, EditionStatus, Revision

Step = Literal[
    "submitted",
    "sent back",
    "approved",
    "dropped",  # what was approved or scheduled was changed
    "scheduled",
    "unscheduled",
    "published",
    "corrected",
    "retracted",
    "noted",  # the next edition tells its readers of a correction
    "discarded",
    "resumed",
]
OUT: frozenset[EditionStatus] = frozenset({"published", "corrected"})
_LEADS: Mapping[Step, tuple[frozenset[EditionStatus], EditionStatus | None]] = MappingProxyType(
    {
        "submitted": (frozenset({"draft", "in_review"}), "in_review"),
        "sent back": (frozenset({"in_review", "approved", "scheduled"}), "draft"),
        "approved": (frozenset({"in_review", "approved", "scheduled"}), "approved"),
        "dropped": (frozenset({"approved", "scheduled"}), "draft"),
        "scheduled": (frozenset({"draft", "approved", "scheduled"}), "scheduled"),
        "unscheduled": (frozenset({"scheduled"}), "draft"),
        "published": (frozenset({"draft", "approved", "scheduled", "published", "corrected"}), "published"),
        "corrected": (OUT, "corrected"),
        "retracted": (OUT, "retracted"),
        "noted": (frozenset({"published", "corrected", "retracted"}), None),  # it stays as it is
        "discarded": (frozenset({"draft", "in_review", "approved"}), "discarded"),
        "resumed": (frozenset({"discarded"}), "draft"),
    }
)
_STAYS: frozenset[Step] = frozenset({"submitted", "sent back", "approved", "published"})  # what is out stays as it is
_WAYS: Mapping[EditionStatus, str] = MappingProxyType(
    {
        "draft": "`currents submit {number}` hands it in for review",
        "in_review": "`currents approve {number}` or `currents send-back {number}` ends the review",
        "approved": "`currents schedule {number}` or `currents publish {number}` sends it out",
        "scheduled": "`currents schedule {number} --cancel` takes it off the schedule",
        "published": "`currents correct {number}` corrects it, `currents retract {number}` takes it back",
        "corrected": "`currents correct {number}` corrects it again, `currents retract {number}` takes it back",
        "retracted": "what was taken back stays so; begin another edition",
        "discarded": "`currents discard {number} --undo` takes it up again",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A step that an edition took. Kept for ever as it was written."""

    edition_id: int
    step: Step
    at: datetime
    before: EditionStatus
    after: EditionStatus
    revision: int
    sha256: str  # of the text that the step was about
    who: str = ""  # the name that was given, "" where nobody was asked
    words: str = ""  # why, or what was noticed
    due: datetime | None = None  # of "scheduled": when it is to go out


def stepped(  # noqa: PLR0913 (an event has so many sides)
    edition: Edition,
    revision: Revision,
    step: Step,
    at: datetime,
    *,
    who: str = "",
    words: str = "",
    due: datetime | None = None,
) -> Event:
    """Return the record of a step that an edition takes with this text. Raises ConflictError when it cannot."""
    return Event(
        edition_id=edition.id,
        step=step,
        at=at,
        before=edition.status,
        after=after(edition, step),
        revision=revision.number,
        sha256=revision.sha256,
        who=who,
        words=words,
        due=due,
    )


def after(edition: Edition, step: Step) -> EditionStatus:
    """Return what an edition is once it took a step. Raises ConflictError, with the way on, when it cannot take it."""
    froms, to = _LEADS[step]
    if edition.status in OUT and step in _STAYS:
        return edition.status  # a correction is reviewed while the edition stays out
    if edition.status not in froms:
        way = _WAYS[edition.status].format(number=edition.id)
        raise ConflictError(f"{edition.title} is {spoken(edition.status)} and cannot be {step}; {way}")
    return to or edition.status


def spoken(status: EditionStatus) -> str:
    """Return a status in words."""
    return status.replace("_", " ")
