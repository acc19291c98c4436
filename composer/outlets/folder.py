"""The outbox: a folder on disk that a static host serves and mail is picked up from.

A delivery writes everything into `.stage/` first, flushed to the disk, and only then renames it into place: folders,
then pointers (index, feeds) in their order. A reader sees each folder and each pointer old or new, never half. Where
the system cannot let two folders change places (see swap.py), one that changes is away between two renames, for some
microseconds; killed in that gap, the next delivery puts the old one back first. Nothing here decides what goes out.
"""

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from composer.errors import OutboxError
from composer.outlets.handwork import Handwork
from composer.outlets.locks import alone
from composer.outlets.paths import STAGE, refuse_unsafe
from composer.outlets.swap import exchange
from composer.parcels import File, Parcel, Receipt

Exchange = Callable[[Path, Path], bool]
_NOTHING: Mapping[str, Collection[str]] = MappingProxyType({})

_REASONS = {
    errno.ENOSPC: "the disk is full; free some space and run it again",
    errno.EDQUOT: "your share of the disk is used up; free some space and run it again",
    errno.EFBIG: "a file is larger than this disk or your limits allow; raise the limit and run it again",
    errno.EACCES: "you may not write there; mend its permissions and run it again",
    errno.EPERM: "you may not write there; mend its permissions and run it again",
    errno.EROFS: "the disk is read-only; make it writable and run it again",
    errno.EEXIST: "a file stands where a folder must be; move it away and run it again",
    errno.ENOTDIR: "a file stands where a folder must be; move it away and run it again",
    errno.EISDIR: "a folder stands where a file must be; move it away and run it again",
    errno.EXDEV: "it lies on another disk than the outbox; put it on the same and run it again",
    errno.ENAMETOOLONG: "the name is too long for this disk; choose a shorter slug",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """One thing to put into place, ready in `fresh`; what stood there goes to (a folder) or is kept in `former`."""

    kind: Literal["folder", "pointer"]
    target: Path
    fresh: Path
    former: Path
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FolderOutlet:
    """Delivers into a folder; deliveries of several processes wait for each other (not on Windows)."""

    root: Path
    exchange: Exchange = exchange  # lets two folders change places; False where the system cannot
    patience_seconds: float = 60  # for somebody else's turn
    _turns: list[None] = field(default_factory=list, init=False, repr=False, compare=False)  # ours that are under way

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until nobody else publishes, and keep others waiting until the end. Raises ConflictError, OutboxError.

        Turns may be taken inside each other. The system ends the turn of a process that dies.
        """
        with ExitStack() as ending:
            if not self._turns:
                try:
                    ending.enter_context(alone(self.root, self.patience_seconds))
                except OSError as error:
                    raise OutboxError(_sentence(self.root, error)) from error
            self._turns.append(None)
            ending.callback(self._turns.pop)
            yield

    def deliver(self, parcel: Parcel, known: Mapping[str, Collection[str]] = _NOTHING, keep: str = "") -> Receipt:
        """Write a parcel so that a reader never sees half of it. Raises OutboxError, then the old stands whole.

        A folder is replaced as a whole. What did not change keeps its time. What stands there otherwise than `known`
        was changed by hand: it is refused with a ConflictError, or copied to `.kept/<keep>/` and written over.
        """
        refuse_unsafe(parcel)
        with self.turn():
            try:
                return _deliver(self.root, parcel, self.exchange, Handwork(self.root, known, keep))
            except OSError as error:
                raise OutboxError(_sentence(self.root, error)) from error

    def read(self, path: str) -> bytes | None:
        """Return what stands at a path, None when there is no such file, or none that can be read."""
        try:
            return (self.root / path).read_bytes()
        except OSError:
            return None


def _deliver(root: Path, parcel: Parcel, exchange: Exchange, handwork: Handwork) -> Receipt:
    _sweep(root)
    try:
        moves = _staged(root, parcel, handwork)
        handwork.refuse_or_keep()
        _carry_out(moves, exchange)
    finally:
        _sweep(root)
    return _receipt(root, parcel, [path for move in moves for path in move.written])


def _staged(root: Path, parcel: Parcel, handwork: Handwork) -> list[_Move]:
    """Write everything that differs, so that a full disk shows before anything was replaced."""
    folders = [_staged_folder(root, f"folder-{n}", *folder, handwork) for n, folder in enumerate(parcel.folders)]
    pointers = [_staged_pointer(root, n, pointer, handwork) for n, pointer in enumerate(parcel.pointers)]
    letters = [_staged_folder(root, f"letter-{n}", *folder, handwork) for n, folder in enumerate(parcel.letters)]
    moves = [move for move in (*folders, *pointers, *letters) if move]
    for move in moves:
        _refuse_locked(move)
    return moves


def _staged_folder(root: Path, stage: str, name: str, files: Sequence[File], handwork: Handwork) -> _Move | None:
    target = _inside(root, name)
    standing = _read_folder(target) if target.exists() else None
    wanted = {file.path: file.content for file in files}
    if standing == wanted:
        return None
    handwork.look_at_folder(name, standing or {}, wanted)
    fresh = root / STAGE / "fresh" / stage
    fresh.mkdir(parents=True)
    for path, content in wanted.items():
        _write(fresh / path, content)
        if standing and standing.get(path) == content:
            _keep_time(target / path, fresh / path)
    for folder in (fresh, *(place for place in fresh.rglob("*") if place.is_dir())):
        _flush(folder)
    changed = tuple(f"{name}/{path}" for path in wanted if not standing or standing.get(path) != wanted[path])
    # The number of parts tells `_put_back` where the path ends and the folder's own content begins.
    former = root / STAGE / "former" / str(len(Path(name).parts)) / name
    return _Move(kind="folder", target=target, fresh=fresh, former=former, written=changed or (f"{name}/",))


def _staged_pointer(root: Path, number: int, pointer: File, handwork: Handwork) -> _Move | None:
    target = _inside(root, pointer.path)
    standing = target.read_bytes() if target.exists() else None
    if standing == pointer.content:
        return None
    if standing is not None:
        handwork.look_at(pointer.path, standing)
    fresh, former = (root / STAGE / kind / f"pointer-{number}" for kind in ("fresh", "kept"))
    _write(fresh, pointer.content)
    if standing is not None:
        _write(former, standing)
        _keep_time(target, former)
    return _Move(kind="pointer", target=target, fresh=fresh, former=former, written=(pointer.path,))


def _inside(root: Path, path: str) -> Path:
    """Return the place of a path. Raises OutboxError when a link leads it out of the outbox."""
    target = root / path
    if not Path(os.path.realpath(target)).is_relative_to(os.path.realpath(root)):
        raise OutboxError(f"{target}: a link leads out of {root}; remove it and run it again")
    return target


def _refuse_locked(move: _Move) -> None:
    """Raise OSError now for what would stop the renames half-way. Renaming a folder writes its own `..`."""
    parent = move.target.parent
    parent.mkdir(parents=True, exist_ok=True)
    standing = [move.target] if move.kind == "folder" and move.target.exists() else []
    for folder in (parent, *standing):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _carry_out(moves: Sequence[_Move], exchange: Exchange) -> None:
    """Put everything into place in order, or nothing."""
    with ExitStack() as undoing:
        for move in moves:
            _put(move, exchange, undoing)
        undoing.pop_all()


def _put(move: _Move, exchange: Exchange, undoing: ExitStack) -> None:
    """Put one thing into place, and say in `undoing` how each step is taken back."""
    if move.kind == "folder" and move.target.exists():
        if exchange(move.fresh, move.target):
            undoing.callback(_quietly, exchange, move.fresh, move.target)
            _flush(move.target.parent)
            return
        move.former.parent.mkdir(parents=True, exist_ok=True)
        move.target.rename(move.former)
    if move.former.exists():
        undoing.callback(_quietly, move.former.replace, move.target)
    move.fresh.replace(move.target)
    undoing.callback(_quietly, move.target.rename, move.fresh)
    _flush(move.target.parent)


def _quietly(step: Callable[..., object], *places: Path) -> None:
    with suppress(OSError):
        step(*places)


def _sweep(root: Path) -> None:
    """Clear what a dead or failed delivery left, after putting back a folder that it had taken away."""
    stage = root / STAGE
    if stage.exists():
        _put_back(root)
        shutil.rmtree(stage, ignore_errors=True)


def _put_back(root: Path) -> None:
    former = root / STAGE / "former"
    for depth in former.glob("*"):
        for folder in depth.glob("/".join("*" * int(depth.name))):
            target = root / folder.relative_to(depth)
            if not target.exists():
                folder.rename(target)


def _read_folder(folder: Path) -> Mapping[str, bytes | None]:
    """Return path → content of everything but folders; None for what is no plain file."""
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    places = [place for place in folder.rglob("*") if place.is_symlink() or not place.is_dir()]
    return {
        place.relative_to(folder).as_posix(): place.read_bytes() if place.is_file() and not place.is_symlink() else None
        for place in places
    }


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep_time(standing: Path, fresh: Path) -> None:
    """Give an unchanged file its old time: caches and sync tools go by it."""
    times = standing.stat()
    os.utime(fresh, ns=(times.st_atime_ns, times.st_mtime_ns))


def _flush(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    if sys.platform == "win32":  # which cannot open a folder
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _receipt(root: Path, parcel: Parcel, written: Sequence[str]) -> Receipt:
    contents = parcel.contents
    unchanged = tuple(path for path in contents if path not in written)
    return Receipt(root=str(root), written=tuple(written), unchanged=unchanged, manifest_sha256=_manifest(contents))


def _manifest(contents: Mapping[str, bytes]) -> str:
    """Return the sha256 of what `sha256sum` would print for these paths, sorted by path."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(contents.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _sentence(root: Path, error: OSError) -> str:
    named = error.filename if isinstance(error.filename, str) else ""
    place = named if named and STAGE not in Path(named).parts else str(root)
    reason = _REASONS.get(error.errno or 0, f"{error.strerror or error}; mend that and run it again")
    return f"{place}: {reason} (nothing was published, what stood there stands)"
