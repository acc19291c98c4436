"""A delivery from its plan to its end, so that a crash at any moment is made good by publishing again.

The plan is in the journal before the first file moves, and leaves it once all of them stand. What it says of time
holds for those who come after a crash: readers may have seen it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from composer.desk.announcing import foretell, take_back
from composer.desk.revising import Desk
from composer.errors import ComposerError
from composer.journal import LISTS, Plan
from composer.parcels import Parcel, Receipt
from composer.ports import Outlet
from composer.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Dock:
    """Where parcels leave from."""

    desk: Desk
    outlet: Outlet
    settings: Settings
    over: bool = False  # write over what was changed in the outlet by hand, and keep a copy

    def plan(self, edition_id: int, page: str) -> Plan | None:
        """Return the plan that a crash left of an edition, when readers may have seen its page since."""
        left = self.desk.store.journal.plan(edition_id)
        stands = self.outlet.read(page) if left else None
        return left if left and stands is not None and sha256(stands).hexdigest() == left.files.get(page) else None

    def rehearse(self, parcel: Parcel) -> Iterator[tuple[str, bytes | None, bytes]]:
        """Give each file that a delivery would change: its path, what stands there (None: nothing), what would."""
        for path, content in parcel.contents.items():
            stands = self.outlet.read(path)
            if stands != content:
                yield path, stands, content

    @contextmanager
    def shipping(
        self, parcel: Parcel, moment: datetime, edition_id: int = LISTS, revision: int = 0
    ) -> Iterator[Receipt]:
        """Deliver a parcel; what is done with its receipt belongs to the delivery, which ends after it.

        Raises what the outlet raises; then nothing was written, and of a plan that is new nothing is left.
        """
        journal = self.desk.store.journal
        plan = _plan(parcel, moment, edition_id, revision)
        begun_before = journal.plan(edition_id) is not None
        known = journal.known(tuple(plan.files), plan.folders)
        foretold = foretell(tuple(plan.files), self.desk, self.settings)
        journal.begin(plan)
        try:
            receipt = self.outlet.deliver(parcel, known, f"{self.desk.clock():%Y-%m-%dT%H%M%S}" if self.over else "")
        except ComposerError:
            if not begun_before:
                journal.withdraw(edition_id)
            raise
        take_back(foretold, receipt.written, self.desk, self.settings)
        yield receipt
        journal.finish(plan)


def _plan(parcel: Parcel, moment: datetime, edition_id: int, revision: int) -> Plan:
    return Plan(
        edition_id=edition_id,
        revision=revision,
        moment=moment,
        files={path: sha256(content).hexdigest() for path, content in parcel.contents.items()},
        folders=tuple(folder for folder, _ in (*parcel.folders, *parcel.letters)),
    )
