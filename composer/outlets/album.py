"""The album: pictures that were fetched from the web, each under the hash of its bytes, with address and day.

    pictures/<first 32 of the bytes' sha256>.<ending>     the bytes as they came; never changed, never overwritten
    pictures/addresses/<first 32 of the address' sha256>.json     what lay at an address, and since when
    pictures/charts/<first 32 of the recipe's sha256>.png         a chart, drawn once

Files are written whole or not at all, and records are few lines of text, so that the folder can be kept in git and two
editors who fetch at once do not meet. It visits nothing.
"""

import hashlib
import json
import os
import re
import tempfile
from datetime import date
from pathlib import Path

from composer.errors import OutboxError
from composer.negatives import CHARTS, FOLDER, Brought, Kept, record_path

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/avif": "avif"}
_PATH = re.compile(rf"{FOLDER}/[0-9a-f]{{32}}\.[a-z]{{1,5}}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class FolderAlbum:
    """Fetched pictures below a newsletter's folder (fills `composer.ports.Album`)."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def find(self, address: str) -> Kept | None:
        """Return what was fetched from an address; None when nothing was, or its record says nothing usable."""
        try:
            return _read((self._root / record_path(address)).read_text(encoding="utf-8"), address)
        except (OSError, ValueError):
            return None

    def content(self, kept: Kept) -> bytes | None:
        """Return the bytes of a fetched picture; None when they are gone or are others than those that came."""
        try:
            content = (self._root / kept.path).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == kept.sha256 else None

    def keep(self, brought: Brought, media_type: str, day: date) -> Kept:
        """Keep a picture's bytes and write down where they came from. Raises OutboxError."""
        sha256 = hashlib.sha256(brought.content).hexdigest()
        kept = Kept(
            address=brought.address,
            sha256=sha256,
            path=f"{FOLDER}/{sha256[:32]}.{_ENDINGS.get(media_type, 'bin')}",
            fetched_on=day,
            etag=brought.etag,
            last_modified=brought.last_modified,
        )
        if self.content(kept) is None:
            self._write(kept.path, brought.content)
        self.note(kept)
        return kept

    def note(self, kept: Kept) -> None:
        """Write down anew what is known of an address. Raises OutboxError."""
        self._write(record_path(kept.address), _written(kept))

    def drawn(self, recipe: str) -> bytes | None:
        """Return the picture of a chart that was drawn before; `recipe` is the hash of all that it depends on."""
        try:
            return (self._root / _chart_path(recipe)).read_bytes()
        except OSError:
            return None

    def keep_drawn(self, recipe: str, content: bytes) -> None:
        """Keep a chart's picture. Raises OutboxError."""
        self._write(_chart_path(recipe), content)

    def _write(self, path: str, content: bytes) -> None:
        whole = self._root / path
        try:
            whole.parent.mkdir(parents=True, exist_ok=True)
            descriptor, part = tempfile.mkstemp(dir=whole.parent, prefix=".", suffix=".part")
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(part).replace(whole)
        except OSError as error:
            raise OutboxError(f"{whole}: cannot be written: {error.strerror}") from error


def _chart_path(recipe: str) -> str:
    return f"{CHARTS}/{recipe[:32]}.png"


def _written(kept: Kept) -> bytes:
    told = {
        "address": kept.address,
        "sha256": kept.sha256,
        "file": kept.path,
        "fetched": kept.fetched_on.isoformat(),
        "changed": kept.changed_on.isoformat() if kept.changed_on else "",
        "etag": kept.etag,
        "last_modified": kept.last_modified,
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _read(written: str, address: str) -> Kept | None:
    """Read a record as strictly as it was written: it may have been edited by hand, or come with an import."""
    told = json.loads(written)
    if not isinstance(told, dict) or told.get("address") != address:
        return None
    told = {key: value for key, value in told.items() if isinstance(value, str)}
    sha256, path = told.get("sha256", ""), told.get("file", "")
    if not _SHA256.fullmatch(sha256) or not _PATH.fullmatch(path):
        return None
    return Kept(
        address=address,
        sha256=sha256,
        path=path,
        fetched_on=date.fromisoformat(told.get("fetched", "")),
        changed_on=date.fromisoformat(told["changed"]) if told.get("changed") else None,
        etag=told.get("etag", ""),
        last_modified=told.get("last_modified", ""),
    )
