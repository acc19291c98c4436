"""What the doctor is told about a store before looking, and how findings are worded."""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from composer.model import Finding

COPY_ENDING = ".sqlite3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A store, and what lies around it."""

    path: Path
    copies: Path  # the folder of backups
    outbox: Path
    now: datetime

    def newest_copy(self) -> Path | None:
        """Return the copy that was made last, None when there is none that can be seen."""
        with contextlib.suppress(OSError):
            found = [place for place in self.copies.glob(f"*{COPY_ENDING}") if place.is_file()]
            return max(found, key=lambda place: (place.stat().st_mtime, place.name), default=None)
        return None

    def way_back(self) -> str:
        """Return what to do when nothing but a copy helps."""
        copy = self.newest_copy()
        return f"`currents restore {self.shown(copy)}`" if copy else "put a copy back with `currents restore FILE`"

    def shown(self, place: Path) -> str:
        """Return a path from the newsletter's folder."""
        root = self.path.parent.parent
        return str(place.relative_to(root)) if place.is_relative_to(root) else str(place)


def fine(check: str, message: str) -> Finding:
    """Return that all is well."""
    return Finding(check=check, severity="ok", message=message)


def note(check: str, message: str, *, mendable: bool = False) -> Finding:
    """Return what is worth knowing and does no harm."""
    return Finding(check=check, severity="info", message=message, mendable=mendable)


def warning(check: str, message: str, *, mendable: bool = False) -> Finding:
    """Return what may do harm later."""
    return Finding(check=check, severity="warning", message=message, mendable=mendable)


def error(check: str, message: str, *, mendable: bool = False) -> Finding:
    """Return what is wrong."""
    return Finding(check=check, severity="error", message=message, mendable=mendable)
