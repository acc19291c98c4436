"""What somebody changed in the outbox by hand: it is never lost, and never written over unasked."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from composer.errors import ConflictError
from composer.outlets.paths import KEPT

_NAMED_MOST = 3


@dataclass(frozen=True, slots=True)
class Handwork:
    """What was found to be changed by hand in an outbox, while a delivery is made ready."""

    root: Path
    known: Mapping[str, Collection[str]]  # path → sha256 of what we may have written there; unknown paths are ours
    keep: str = ""  # the folder's name in `.kept/`; "": refuse
    _found: dict[str, bytes | None] = field(default_factory=dict)

    def look_at(self, path: str, content: bytes | None) -> None:
        """Look at what stands at a path (None: no plain file) and is about to be written over."""
        ours = self.known.get(path)
        if ours and (content is None or hashlib.sha256(content).hexdigest() not in ours):
            self._found[path] = content

    def look_at_folder(
        self, folder: str, standing: Mapping[str, bytes | None], wanted: Mapping[str, bytes | None]
    ) -> None:
        """Look at what stands in a folder that is about to be replaced: a file too many is somebody's as well."""
        written = any(path.startswith(f"{folder}/") for path in self.known)
        for name, content in standing.items():
            path = f"{folder}/{name}"
            if path in self.known and content != wanted.get(name):
                self.look_at(path, content)
            elif written and path not in self.known and name not in wanted:
                self._found[path] = content

    def refuse_or_keep(self) -> None:
        """Raise ConflictError for what was found, or copy it aside. Raises OSError."""
        if self._found and not self.keep:
            raise ConflictError(self._sentence())
        for path, content in self._found.items():
            if content is not None:
                copy = self.root / KEPT / self.keep / path
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(content)

    def _sentence(self) -> str:
        named = ", ".join(str(self.root / path) for path in sorted(self._found)[:_NAMED_MOST])
        more = len(self._found) - _NAMED_MOST
        return (
            f"{named}{f' and {more} more' if more > 0 else ''}: changed by hand since it was written; nothing was "
            f"published. --over writes over it and keeps a copy in {self.root / KEPT}"
        )
