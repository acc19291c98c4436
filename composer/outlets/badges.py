"""The badge of the store that sends: a small file beside it, which knows the machine and folder where it was made."""

import hashlib
import json
import os
import platform
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from composer.errors import OutboxError
from composer.mailing import SenderMark
from composer.outlets.drawer import replace_whole

_MACHINE = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


@dataclass(frozen=True, slots=True)
class FileBadge:
    """Keeps the mark in a file; one that was copied to another folder or machine is none (fills `ports.Badge`)."""

    path: Path

    def worn(self) -> SenderMark | None:
        """Return the mark of the store that sent here last; None when none did, or it did so elsewhere.

        A badge that cannot be read, or lies in a copied folder, is one that says another store sent last.
        """
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            return SenderMark(token="", runs=0)
        if not isinstance(said, dict) or said.get("place") != self._place():
            return SenderMark(token="", runs=0)
        return SenderMark(token=str(said.get("token")), runs=int(said.get("runs", 0)))

    def wear(self, mark: SenderMark) -> None:
        """Keep the mark of a store that sends here. Raises OutboxError."""
        said = {"token": mark.token, "runs": mark.runs, "place": self._place()}
        try:
            replace_whole(self.path, json.dumps(said).encode())
        except OSError as error:
            raise OutboxError(f"{self.path}: cannot be written ({error.strerror}); nothing was sent") from error

    def _place(self) -> str:
        """Return what tells this folder on this machine from every other."""
        machine = platform.node()
        for file in _MACHINE:
            with suppress(OSError):
                machine = file.read_text(encoding="utf-8").strip() or machine
                break
        return hashlib.sha256(f"{machine}|{os.path.realpath(self.path)}".encode()).hexdigest()
