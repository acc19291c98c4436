"""What the doctor looks at around the store: library, disk, permissions, leftovers, copies. Must not open the store."""

import contextlib
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from composer.model import Finding
from db import copies, engine
from db.cases import Case, error, fine, note, warning

FORGOTTEN = timedelta(hours=1)  # what is older belongs to no process that still works on it
COPY_OLDEST = timedelta(days=30)
STAGE = ".stage"  # where the outbox prepares what it is about to put into place
_ROOM_LEAST = 20_000_000
_ROOM_WANTED = 200_000_000
_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|9p|afs|ceph|ncpfs|lustre|gluster\w*|fuse\.(sshfs|rclone|davfs\w*|gluster\w*)|davfs"
)


def sqlite_version(case: Case) -> Finding:  # noqa: ARG001 — every check is asked alike
    """Name the library, and say whether it has the fault that can damage a file in WAL mode."""
    with contextlib.closing(engine.connect(Path(":memory:"))) as connection:
        number = connection.execute("SELECT sqlite_version()").fetchone()[0]
    if engine.JOURNAL == "wal":
        return fine("sqlite-version", f"SQLite {number}, without the WAL-reset fault")
    said = f"SQLite {number} has the WAL-reset fault, so the store is kept in DELETE mode: safe, but slower"
    return note("sqlite-version", f"{said}; a SQLite from 3.51.3 on ends that")


def disk(case: Case) -> Finding:
    """Say how much room is left; an upgrade or a backup needs as much as the store has."""
    free = shutil.disk_usage(_nearest(case.path)).free
    size = case.path.stat().st_size if case.path.is_file() else 0
    left = f"{free / 1e9:.1f} GB free"
    if free < _ROOM_LEAST:
        return error("disk", f"{left}; make room before anything else")
    if free < max(2 * size, _ROOM_WANTED):
        return warning("disk", f"{left}, the store has {size / 1e9:.1f} GB; make room for a copy of it")
    return fine("disk", left)


def network(case: Case) -> Finding:
    """Say whether the store lies on a network drive, where SQLite's locks cannot be relied on."""
    kind = file_system(_MOUNTS.read_text(), Path(os.path.realpath(case.path))) if _MOUNTS.is_file() else ""
    if not kind:
        return note("network", "unknown on this system; the store must not lie on a network drive")
    if is_network(kind):
        return warning("network", f"the store lies on a network drive ({kind}); move the newsletter to a local disk")
    return fine("network", f"a local disk ({kind})")


def file_system(mounts: str, path: Path) -> str:
    """Return the kind of file system that holds a path, from the text of Linux's mountinfo; "" when unknown."""
    found = [(len(Path(point).parts), kind) for point, kind in _mounted(mounts) if path.is_relative_to(point)]
    return max(reversed(found), key=lambda one: one[0])[1] if found else ""


def is_network(kind: str) -> bool:
    """Say whether a kind of file system, in Linux's words, is on another machine."""
    return _NETWORK.fullmatch(kind) is not None


def permissions(case: Case) -> Finding:
    """Say whether the store can be written, and whether only its owner and group can write it."""
    folder = _nearest(case.path)
    for place in [place for place in (folder, *_files(case)) if not os.access(place, os.W_OK)]:
        return error("permissions", f"{case.shown(place)} cannot be written by you; see to its owner and permissions")
    if open_ones := writable_by_all(case):
        said = f"everybody on this machine can write {case.shown(open_ones[0])}"
        return warning("permissions", f"{said}; `currents doctor --fix` ends that", mendable=True)
    return fine("permissions", "you can write the store, strangers cannot")


def writable_by_all(case: Case) -> tuple[Path, ...]:
    """Return what any user of the machine could overwrite: the store, or its folder."""
    if sys.platform == "win32":
        return ()
    places = (case.path.parent, *_files(case))
    return tuple(place for place in places if place.exists() and _is_open(place.stat().st_mode))


def leftovers(case: Case) -> Finding:
    """Look for what a dead process left half-way."""
    if taken := tuple(case.outbox.glob(f"{STAGE}/former/*")):
        said = f"a delivery died and left {case.shown(taken[0].parent)}; `currents feed` puts it right"
        return warning("leftovers", said)
    if found := forgotten(case):
        return note(
            "leftovers",
            f"{len(found)} half-written files, such as {case.shown(found[0])}; harmless, `--fix` removes them",
            mendable=True,
        )
    return fine("leftovers", "nothing half-written lies about")


def forgotten(case: Case) -> tuple[Path, ...]:
    """Return half-written copies, and what an outbox had staged, that nobody works on any more."""
    parts = [place for folder in (case.path.parent, case.copies) for place in folder.glob("*.part*") if place.is_file()]
    stage = case.outbox / STAGE
    stages = [stage] if stage.is_dir() and not any(stage.glob("former/*")) else []
    before = (case.now - FORGOTTEN).timestamp()
    return tuple(place for place in sorted(parts) + stages if _touched(place) < before)


def copied(case: Case) -> Finding:
    """Look at the newest copy: how old it is, and whether it is what it was."""
    copy = case.newest_copy()
    if copy is None and not case.path.exists():
        return fine("copies", "nothing to copy yet")
    if copy is None:
        return warning("copies", "there is no copy of the store; `currents backup` makes one")
    if copies.is_altered(copy):
        return error("copies", f"{case.shown(copy)} is not what its .sha256 says; make another: `currents backup`")
    made = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
    said = f"the newest, {case.shown(copy)}, was made on {made:%Y-%m-%d}"
    return warning("copies", f"{said}; `currents backup`") if case.now - made > COPY_OLDEST else fine("copies", said)


CHECKS: tuple[tuple[str, Callable[[Case], Finding]], ...] = (
    ("sqlite-version", sqlite_version),
    ("disk", disk),
    ("network", network),
    ("permissions", permissions),
    ("leftovers", leftovers),
    ("copies", copied),
)


def _mounted(mounts: str) -> Iterator[tuple[str, str]]:
    """Yield mount points and kinds (Linux's proc(5): the kind follows a lone hyphen; blanks are written in octal)."""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        if after and len(fields := before.split()) > 4:  # noqa: PLR2004 — the fifth field is the mount point
            yield re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4]), after.split()[0]


def _nearest(path: Path) -> Path:
    """Return the folder that a path lies in, or the nearest above that is there."""
    return next(folder for folder in path.absolute().parents if folder.is_dir())


def _files(case: Case) -> list[Path]:
    names = (case.path, *(case.path.with_name(f"{case.path.name}{ending}") for ending in ("-wal", "-shm")))
    return [place for place in names if place.exists()]


def _is_open(mode: int) -> bool:
    return bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX


def _touched(place: Path) -> float:
    return max(each.lstat().st_mtime for each in (place, *place.rglob("*")))
