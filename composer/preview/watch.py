"""Notice that a manuscript or a theme changed on disk. Reads files to compare them; never writes."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from composer.errors import ComposerError

QUIET_MS = 25  # a save is over when nothing more happened for so long
PATIENCE_MS = 250  # somebody who never stops writing is shown this often


async def follow(paths: Sequence[Path], changed: Callable[[], None]) -> None:
    """Call `changed` after every save that alters a watched file, or a file in a watched folder, until cancelled.

    A path that is not there yet counts as a file. Raises ComposerError where the system cannot watch.
    """
    folders = {path.resolve() for path in paths if path.is_dir()}
    files = {place for path in paths if not path.is_dir() for place in _places(path)}
    wanted = {str(file) for file in files}
    seen: dict[str, bytes] = {}

    # Editors that save by rename put another file in the old one's place: only its folder sees that.
    async def follow_files() -> None:
        parents = {file.parent for file in files if file.parent.is_dir()}
        await _follow(parents, lambda _, path: path in wanted, seen, changed, recursive=False)

    async def follow_folders() -> None:
        await _follow(folders, DefaultFilter(), seen, changed, recursive=True)

    await asyncio.gather(follow_files(), follow_folders())


def _places(file: Path) -> tuple[Path, Path]:
    """Return where a file's name stands and, should that be a link, where its words stand."""
    return file.parent.resolve() / file.name, file.resolve()


async def _follow(
    folders: set[Path],
    wanted: Callable[[Change, str], bool],
    seen: dict[str, bytes],
    changed: Callable[[], None],
    *,
    recursive: bool,
) -> None:
    async for paths in _saves(folders, wanted, recursive=recursive):
        if _news(paths, seen):
            changed()


async def _saves(
    folders: set[Path], wanted: Callable[[Change, str], bool], *, recursive: bool
) -> AsyncIterator[set[str]]:
    if not folders:
        await asyncio.Event().wait()  # nothing to see, until cancelled
    try:
        async for save in awatch(
            *folders, watch_filter=wanted, step=QUIET_MS, debounce=PATIENCE_MS, recursive=recursive
        ):
            yield {path for _, path in save}
    except OSError as error:
        names = ", ".join(str(folder) for folder in sorted(folders))
        raise ComposerError(f"{names}: cannot be watched for changes: {error}") from error


def _news(paths: set[str], seen: dict[str, bytes]) -> bool:
    """Say whether a file now holds other bytes than when it was last looked at, so that no echo starts a circle."""
    now = {path: _digest(Path(path)) for path in paths}
    altered = any(seen.get(path) != digest for path, digest in now.items())
    seen.update(now)
    return altered


def _digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:  # gone, or a folder
        return b""
