"""Whether somebody approved the very text that is at hand."""

from composer.desk.revising import Copy
from composer.errors import ProofError
from composer.lifecycle import Event
from composer.ports import Store
from composer.settings import Settings


def approval(store: Store, copy: Copy) -> Event | None:
    """Return the approval that holds for this very text."""
    for event in reversed(store.events.of(copy.edition.id)):
        if event.step == "sent back":
            return None
        if event.step == "approved":
            return event if event.sha256 == copy.revision.sha256 else None
    return None


def refuse_unapproved(settings: Settings, store: Store, copy: Copy) -> None:
    """Raise ProofError where review.required wants an approval and this text has none."""
    if settings.review_required and approval(store, copy) is None:
        raise ProofError(
            f"{copy.edition.title}: nobody approved revision {copy.revision.number}; `currents submit "
            f"{copy.edition.id}`, then `currents approve {copy.edition.id} --by NAME`"
        )
