"""Exports on disk: a folder that git keeps well, or one zip file. Read with care, for anybody may have made them."""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from composer.desk.exchange.packing import MARKER
from composer.errors import ArchiveError, ConflictError, NotFoundError, OutboxError
from composer.outlets.paths import fault
from composer.parcels import File
from composer.ports import Archive

FILES_MOST = 200_000
FILE_BYTES_MOST = 200_000_000
BYTES_MOST = 2_000_000_000  # of all files together
RATIO_MOST = 200  # text shrinks to a tenth; what shrinks to a two-hundredth was made to fill a disk
_SMALL = 1_000_000  # bytes whose ratio nobody needs to look at
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same export gives the same bytes, whatever the hour
# What an export writes, and so takes away again; a README or a .github beside it is somebody else's.
_OURS = ("articles", "versions", "snapshots", "editions", "revisions", "files")


def open_archive(path: Path) -> Archive:
    """Open an export to be read. Raises NotFoundError, ArchiveError."""
    if path.is_dir():
        return FolderArchive(path)
    if not path.is_file():
        raise NotFoundError(f"{path}: no such file or folder")
    return ZipArchive(path)


class FolderArchive:
    """An export in a folder (fills `composer.ports.Archive`). Nothing outside it is read, whatever a link says."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: tuple[str, ...] | None = None
        self._known: frozenset[str] = frozenset()
        self.name = str(folder)

    def paths(self) -> tuple[str, ...]:
        """Return the path of every file, sorted; what begins with a dot is git's or the system's."""
        if self._paths is None:
            found = sorted(self._found())
            if len(found) > FILES_MOST:
                raise ArchiveError(self.name, f"more than {FILES_MOST} files")
            self._paths, self._known = tuple(found), frozenset(found)
        return self._paths

    def _found(self) -> Iterable[str]:
        for folder, inner, names in os.walk(self._folder):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            here = Path(folder)
            for name in (*inner, *names):
                if not name.startswith(".") and (here / name).is_symlink():
                    raise ArchiveError(str(here / name), "a link; put the file itself there")
            yield from (
                (here / name).relative_to(self._folder).as_posix() for name in names if not name.startswith(".")
            )

    def read(self, path: str) -> bytes:
        """Return a file's content. Raises ArchiveError."""
        self.paths()
        if path not in self._known:
            raise ArchiveError(f"{self.name}/{path}", "is missing")
        whole = self._folder / path
        try:
            if whole.stat().st_size > FILE_BYTES_MOST:
                raise ArchiveError(str(whole), f"larger than {FILE_BYTES_MOST // 1_000_000} MB")
            return whole.read_bytes()
        except OSError as error:
            raise ArchiveError(str(whole), f"cannot be read ({error.strerror})") from error


class ZipArchive:
    """An export in a zip file (fills `composer.ports.Archive`). Its names and sizes are not believed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = str(path)
        self._inside = self._checked()
        self._paths = tuple(sorted(self._inside))

    def paths(self) -> tuple[str, ...]:
        """Return the path of every file, sorted."""
        return self._paths

    def read(self, path: str) -> bytes:
        """Return a file's content, no more of it than its entry promises. Raises ArchiveError."""
        if path not in self._inside:
            raise ArchiveError(f"{self.name}/{path}", "is missing")
        entry = self._inside[path]
        try:
            with zipfile.ZipFile(self._path) as opened, opened.open(entry) as file:
                content = file.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise ArchiveError(f"{self.name}/{path}", f"damaged ({error})") from error
        if len(content) != entry.file_size:
            raise ArchiveError(f"{self.name}/{path}", "holds more than it says")
        return content

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        try:
            with zipfile.ZipFile(self._path) as opened:
                entries = opened.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise ArchiveError(self.name, "is no export: neither a zip file that can be read nor a folder") from error
        if len(entries) > FILES_MOST or sum(entry.file_size for entry in entries) > BYTES_MOST:
            raise ArchiveError(self.name, "far more in it than a newsletter holds")
        inside: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if entry.is_dir():
                continue
            if wrong := _wrong(entry) or ("stands in it twice" if entry.filename in inside else ""):
                raise ArchiveError(f"{self.name}/{entry.filename}", wrong)
            inside[entry.filename] = entry
        return inside


def write_folder(folder: Path, files: Iterable[File]) -> int:
    """Write an export into a folder, and take away what an earlier export left there; return how many files it has.

    A file that is as it was is not touched. Raises ConflictError when something else than an export lies there.
    """
    try:
        if folder.exists() and not (folder / MARKER).is_file():
            _refuse_foreign(folder)
        written = {_write(folder, file) for file in files}
        for old in _files(folder) - written:
            (folder / old).unlink()
    except OSError as error:
        raise OutboxError(f"{error.filename or folder}: cannot be written: {error.strerror}") from error
    return len(written)


def write_zip(path: Path, files: Iterable[File]) -> int:
    """Write an export into one zip file, whole or not at all; return how many files it has.

    Raises OutboxError, and ConflictError when the file is there and is no export.
    """
    if path.exists() and not _is_export(path):
        raise ConflictError(f"{path}: exists already and is no export; name another file")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    count = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as opened:
            for count, file in enumerate(files, 1):  # noqa: B007 (the last number is what is asked for)
                entry = zipfile.ZipInfo(file.path, _EPOCH)
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                entry.create_system = 3  # Unix, wherever it is made
                opened.writestr(entry, file.content, zipfile.ZIP_DEFLATED, 6)
        part.replace(path)
    except OSError as error:
        raise OutboxError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _is_export(path: Path) -> bool:
    try:
        return MARKER in ZipArchive(path).paths()
    except ArchiveError:
        return False


def _write(folder: Path, file: File) -> str:
    if wrong := fault(file.path):
        raise OutboxError(f"{file.path!r}: cannot be a path in an export: {wrong}")
    path = folder / file.path
    if not path.is_file() or path.read_bytes() != file.content:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(file.content)
        part.replace(path)
    return file.path


def _refuse_foreign(folder: Path) -> None:
    left = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    if left:
        raise ConflictError(f"{folder}: holds {left[0]}, and is no export; name an empty folder")


def _files(folder: Path) -> set[str]:
    below = (path for name in _OURS for path in (folder / name).rglob("*") if not path.is_dir() or path.is_symlink())
    return {path.relative_to(folder).as_posix() for path in below}


def _wrong(entry: zipfile.ZipInfo) -> str:
    """Say why an entry is not to be read, or ""."""
    kind = entry.external_attr >> 16
    if stat.S_IFMT(kind) not in {0, stat.S_IFREG}:
        return "a link or a device; only files are taken in"
    if entry.flag_bits & 1:
        return "is encrypted"
    if entry.file_size > FILE_BYTES_MOST:
        return f"larger than {FILE_BYTES_MOST // 1_000_000} MB"
    if entry.file_size > max(_SMALL, entry.compress_size * RATIO_MOST):
        return "grows far more than text or pictures do when it is unpacked"
    return fault(entry.filename)
