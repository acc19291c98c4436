"""A new folder with its first files: a theme that an editor begins. It never writes over anything."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from composer.errors import ConflictError, OutboxError


def write_new(folder: Path, files: Mapping[str, str]) -> None:
    """Make a folder with these files, by their paths inside it. Raises ConflictError when it exists, OutboxError.

    What could not be written whole is taken away again.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
    except FileExistsError as error:
        raise ConflictError(f"{folder}: exists already; nothing was changed") from error
    except OSError as error:
        raise OutboxError(f"{folder}: cannot be made: {error.strerror}") from error
    try:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise OutboxError(f"{folder}: cannot be written: {error.strerror}; nothing was left there") from error
