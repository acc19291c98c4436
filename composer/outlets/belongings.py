"""The newsletter's own files that its editions and sources name: found inside its folder only, never overwritten."""

import os
import shutil
import tempfile
from pathlib import Path

from composer.errors import ArchiveError, OutboxError, UsageError
from composer.outlets.paths import fault
from composer.settings import FILE, read_settings

_BYTES_MOST = 200_000_000
_OURS = {"db", "outbox"}  # what Currents itself keeps there


class FolderBelongings:
    """Files below a newsletter's folder (fills `composer.ports.Belongings`)."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def find(self, path: str) -> bytes | None:
        """Return a file's content; None when there is none inside the folder."""
        if fault(path):
            return None
        whole = self._root / path
        try:
            inside = whole.resolve().is_relative_to(self._root.resolve())
            if not inside or not whole.is_file() or whole.stat().st_size > _BYTES_MOST:
                return None
            return whole.read_bytes()
        except OSError:
            return None

    def below(self, folder: str) -> tuple[str, ...]:
        """Return the paths of the files below a folder, sorted; what begins with a dot is the system's."""
        found = (Path(here) / name for here, _, names in os.walk(self._root / folder) for name in names)
        paths = (path.relative_to(self._root) for path in found)
        return tuple(sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts)))

    def refuse(self, path: str) -> None:
        """Raise ArchiveError when a file of this path has no business in a newsletter's folder."""
        wrong = fault(path) or _foreign(path)
        if wrong or not (self._root / path).resolve().is_relative_to(self._root.resolve()):
            raise ArchiveError(path, wrong or "leads out of the newsletter's folder")

    def place(self, path: str, content: bytes) -> bool:
        """Write a file that is not there yet, or stands there so already; False when another stands there."""
        self.refuse(path)
        whole = self._root / path
        if whole.exists():
            return whole.is_file() and whole.read_bytes() == content
        try:
            whole.parent.mkdir(parents=True, exist_ok=True)
            part = whole.with_name(f".{whole.name}.part")
            part.write_bytes(content)
            part.replace(whole)
        except OSError as error:
            raise OutboxError(f"{whole}: cannot be written: {error.strerror}") from error
        return True

    def adopt(self, settings: bytes) -> None:
        """Put another newsletter.toml in the place of this one, which is kept beside it."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / FILE).write_bytes(settings)
            try:
                read_settings(Path(folder))
            except UsageError as error:
                line, _, sentence = str(error).removeprefix(f"{folder}/{FILE}:").partition(": ")
                raise ArchiveError(f"{FILE}:{line}", sentence) from error
        own = self._root / FILE
        if own.exists():
            shutil.copy2(own, own.with_name(f"{FILE}.before-import"))
        part = own.with_name(f".{FILE}.part")
        part.write_bytes(settings)
        part.replace(own)


def _foreign(path: str) -> str:
    """Say why a file has no business in a newsletter's folder, or ""."""
    parts = path.split("/")
    if any(part.startswith(".") for part in parts):
        return "hidden files are not taken in"
    if len(parts) == 1 or parts[0].casefold() in _OURS:
        return "is kept by Currents itself"
    if parts[0] == "editions" and path.endswith(".md"):
        return "a manuscript does not travel as a file"
    return ""
