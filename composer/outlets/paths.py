"""Which paths may leave the house: pure checks on a parcel, before anything is written."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from composer.errors import OutboxError
from composer.parcels import Parcel

STAGE = ".stage"  # where the outbox keeps what it is about to put into place; nobody else's name
KEPT = ".kept"  # where it keeps what somebody had changed by hand and it wrote over

_NAME_MOST = 255  # bytes, on most file systems
# Names that Windows keeps for devices, whatever their ending (Naming Files, Paths, and Namespaces).
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_ODD = re.compile(r'[\x00-\x1f\x7f\ud800-\udfff\\:*?"<>|]')


def refuse_unsafe(parcel: Parcel) -> None:
    """Raise OutboxError for a path that could leave the outbox, fail on some disk, or meet another one."""
    folders = (*parcel.folders, *parcel.letters)
    below = [(folder, file.path) for folder, files in folders for file in files]
    tops = [*(folder for folder, _ in folders), *(pointer.path for pointer in parcel.pointers)]
    for path in (*tops, *(path for _, path in below)):
        if wrong := fault(path):
            raise OutboxError(f"{path!r}: cannot be a path in the outbox: {wrong}")
    _refuse_clashes(tops)
    for folder, files in folders:
        _refuse_clashes(f"{folder}/{file.path}" for file in files)


def fault(path: str) -> str:
    """Say why a path cannot be written, or ""."""
    parts = path.split("/")
    if path.startswith("/") or _ODD.search(path):
        return r'it must be relative, with forward slashes, without controls or any of \ : * ? " < > |'
    if parts[0].casefold() in {STAGE, KEPT}:
        return f"{parts[0]} is where deliveries are prepared or kept"
    return next((wrong for part in parts if (wrong := _part_fault(part))), "")


def _part_fault(part: str) -> str:
    if part in {"", ".", ".."}:
        return "empty parts, . and .. lead elsewhere"
    if part[-1] in " ." or _DEVICE.fullmatch(part):
        return f"Windows cannot keep a file named {part!r}"
    return f"a name is longer than {_NAME_MOST} bytes" if len(part.encode()) > _NAME_MOST else ""


def _refuse_clashes(paths: Iterable[str]) -> None:
    """Refuse two paths that are one on some disk (letter case, accents), or of which one would lie inside the other."""
    keyed = sorted((_key(path), path) for path in paths)
    for (key, path), (other_key, other) in pairwise(keyed):
        if other_key[: len(key)] == key:
            raise OutboxError(f"{other!r}: meets {path!r} in the same delivery; give them names of their own")


def _key(path: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", path).casefold().split("/"))
