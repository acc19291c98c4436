"""What we ask of the journal: publications under way, and what was written where."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from composer.journal import Plan


class Journal(Protocol):
    """The store's journal of publications. Everything written here outlives a power cut."""

    def begin(self, plan: Plan) -> None:
        """Write a plan down, in the place of its edition's last one; the files of that one stay known until it ends."""
        ...

    def plan(self, edition_id: int) -> Plan | None:
        """Return the plan of an edition that began and did not end, without its folders."""
        ...

    def unfinished(self) -> tuple[int, ...]:
        """Return the editions whose publication began and did not end, smallest first."""
        ...

    def withdraw(self, edition_id: int) -> None:
        """Strike out a plan of which nothing was written."""
        ...

    def finish(self, plan: Plan) -> None:
        """Strike out a plan whose files all stand now; what its folders held before is forgotten."""
        ...

    def known(self, paths: Sequence[str], folders: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Return what we may have written at these paths and below these folders: path → the sha256 of each."""
        ...
