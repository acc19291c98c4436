"""The darkroom: finds an edition's photos on disk, or among those that were fetched, and develops them.

It keeps the newest print of each so that a preview stays quick.

It looks nowhere but in the folders it was given, whatever a path or a link says, and it fetches nothing.
"""

import difflib
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from composer.charts import Chart
from composer.errors import OutboxError
from composer.model import Print
from composer.negatives import Kept
from composer.outlets import prints
from composer.ports import Album
from composer.text import one_line

_BYTES_MOST = 60_000_000
_ON_THE_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ODD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\\]")

_LOST = Print(
    src="", url="", problem="what was fetched is no longer in pictures/; `currents pictures N --fetch` fetches it again"
)

_State = tuple[int, int]  # modification time in ns, size in bytes


@dataclass(frozen=True, slots=True)
class FileDarkroom:
    """Develops photos that lie in the newsletter's folder `root`, else in one of `folders`."""

    root: Path
    folders: Sequence[Path] = ()
    album: Album | None = None  # where pictures from the web lie once they are fetched
    _prints: dict[Path, tuple[_State, Print]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _fetched: dict[str, Print] = field(default_factory=dict, init=False, repr=False, compare=False)  # by sha256
    _charts: dict[Chart, Print] = field(default_factory=dict, init=False, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    def develop(self, src: str, base_url: str) -> Print:
        """Return the print of a photo; a photo that cannot be shown comes back with its problem, never raised.

        `base_url` ends in "/" and is where the print will lie. A photo on the web is developed from what was fetched of
        it; one that was not fetched stays where it is.
        """
        if _ON_THE_WEB.match(src):
            return self._from_album(src, base_url)
        found = _find(src, (self.root, *self.folders))
        made = self._print(found) if isinstance(found, Path) else Print(src=src, url="", problem=found)
        if made.problem:
            return replace(made, src=src, problem=f"{one_line(src) or 'photo'}: {made.problem}")
        return replace(made, src=src, url=base_url + made.name)

    def examine(self, content: bytes) -> Print:
        """Develop bytes that lie nowhere yet, to see whether they can be shown; a print without a place."""
        return prints.develop(content, "picture")

    def draw(self, chart: Chart, base_url: str) -> Print:
        """Return a chart's print, or why it cannot be drawn here; each chart is drawn once and kept in the album."""
        with self._lock:
            if chart not in self._charts:
                self._charts[chart] = self._drawn(chart)
            made = self._charts[chart]
        return made if made.problem else replace(made, url=base_url + made.name)

    def _drawn(self, chart: Chart) -> Print:
        """Return a chart as it was drawn first, else draw it: what is published looks the same on every machine."""
        from composer.outlets import charting  # noqa: PLC0415 (only where there is a chart)

        recipe = charting.recipe(chart)
        kept = self.album.drawn(recipe) if self.album else None
        if kept is not None and not (made := prints.as_it_is(kept, "chart")).problem:
            return made
        made = charting.draw(chart)
        if self.album and made.content:
            with suppress(OutboxError):  # a folder that cannot be written in shows its charts all the same
                self.album.keep_drawn(recipe, made.content)
        return made

    def _from_album(self, address: str, base_url: str) -> Print:
        kept = self.album.find(address) if self.album else None
        if not self.album or kept is None:
            return Print(src=address, url=address)
        made = self._fetched_print(kept, self.album)
        if made.problem:
            return replace(made, src=address, problem=f"{one_line(address)}: {made.problem}")
        lying = replace(made.negative, kept=kept) if made.negative else None
        return replace(made, src=address, url=base_url + made.name, negative=lying)

    def _fetched_print(self, kept: Kept, album: Album) -> Print:
        with self._lock:
            if kept.sha256 not in self._fetched:
                content = album.content(kept)
                if content is None:
                    return _LOST
                self._fetched[kept.sha256] = prints.develop(content, _stem(kept.address))
            return self._fetched[kept.sha256]

    def _print(self, path: Path) -> Print:
        with self._lock:
            try:
                seen = path.stat()
                state = (seen.st_mtime_ns, seen.st_size)
                if path not in self._prints or self._prints[path][0] != state:
                    self._prints[path] = (state, _develop(path, seen.st_size))
                return self._prints[path][1]
            except OSError as error:
                return Print(src="", url="", problem=f"cannot be read ({error.strerror}); mend its permissions")


def _stem(address: str) -> str:
    return Path(unquote(re.split("[?#]", address, maxsplit=1)[0])).stem


def _develop(path: Path, size: int) -> Print:
    if size > _BYTES_MOST:
        most = f"{_BYTES_MOST // 1_000_000} MB are the most"
        return Print(src="", url="", problem=f"{size // 1_000_000} MB, {most}; export it smaller")
    return prints.develop(path.read_bytes(), path.stem)


def _find(src: str, folders: Sequence[Path]) -> Path | str:
    """Return where a photo lies, links followed, or why it cannot be had."""
    if not src.strip():
        return "no file is named; give src a path such as photos/market.jpg"
    if _SCHEME.match(src):
        return "only files and http(s) addresses can be shown; put the picture into photos/"
    if _ODD.search(src):
        return "not a path; use forward slashes and no control characters"
    homes = [Path(os.path.realpath(folder)) for folder in folders]
    places = [Path(os.path.realpath(home / src)) for home in homes]
    allowed = [place for place in places if any(place.is_relative_to(home) for home in homes)]
    if not allowed:
        return "lies outside the newsletter's folder; copy it into photos/"
    # os.path.isfile, for Path.is_file raises for a name that is too long.
    found = next((place for place in allowed if os.path.isfile(place)), None)  # noqa: PTH113
    return found or _missing(src, {place.parent for place in allowed if place not in homes})


def _missing(src: str, shelves: Iterable[Path]) -> str:
    names: list[str] = []
    for shelf in sorted(shelves):
        with suppress(OSError):
            names += sorted(entry.name for entry in shelf.iterdir() if entry.is_file())
    close = difflib.get_close_matches(Path(src).name, names, n=1)
    advice = f"did you mean {Path(src).with_name(close[0]).as_posix()}?" if close else "put it there, or mend src"
    return f"no such file in the newsletter's folder; {advice}"
