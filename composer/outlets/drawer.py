"""The editions/ folder: one text file an edition, where the editor writes.

A file is written whole or not at all; a file that cannot be read as UTF-8 is left as it lies.
"""

from pathlib import Path

from composer.errors import ManuscriptError
from composer.outlets.atomic import write_whole


class ManuscriptDrawer:
    """Manuscripts by file name in one folder (fills `composer.ports.Drawer`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, filename: str) -> str | None:
        """Return a manuscript's text, None when there is no such file."""
        path = self._folder / filename
        try:
            return path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise ManuscriptError(str(path), line, "not UTF-8; the file is kept as it is: save it as UTF-8") from error
        except OSError as error:
            raise ManuscriptError(str(path), 1, f"cannot be read: {error.strerror}") from error

    def write(self, filename: str, text: str) -> None:
        """Write a manuscript. Raises OutboxError, then the file is as it was."""
        write_whole(self._folder / filename, text.encode())
