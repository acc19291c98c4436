"""What leaves the house: files, the parcel that one delivery writes, and its receipt. Frozen values, as in `model`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Bytes and where they go, relative to the outlet's own root, with forward slashes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Everything one delivery writes, in this order: folders that appear whole, pointers (index, feeds), letters."""

    folders: tuple[tuple[str, tuple[File, ...]], ...] = ()  # (folder, files with paths relative to it)
    pointers: tuple[File, ...] = ()
    letters: tuple[tuple[str, tuple[File, ...]], ...] = ()  # folders too, last: a mail leads to its page

    @property
    def contents(self) -> Mapping[str, bytes]:
        """Return every file by its path, in the order in which they appear."""
        pages, mails = (
            {f"{folder}/{file.path}": file.content for folder, files in folders for file in files}
            for folders in (self.folders, self.letters)
        )
        return pages | {pointer.path: pointer.content for pointer in self.pointers} | mails


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a delivery did. `written` is empty when everything already stood there, byte for byte."""

    root: str
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    manifest_sha256: str
