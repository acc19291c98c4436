"""A list of readers in a file: CSV with a column for the address, or an address a line."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from composer.errors import NotFoundError, UsageError
from composer.mailing import Reader, normal

_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
_COLUMNS = ("email", "e-mail", "mail", "address", "email address")
_COLUMN = re.compile(r"\W+")
_DELIMITERS = ",;\t|"


def read_list(path: Path) -> tuple[Reader, ...]:
    """Return the readers of a list, each address once. Raises NotFoundError, UsageError with the line.

    The column `email` (or `e-mail`, `mail`, `address`) holds the address; the others are its fields, named in small
    letters. A file without a head has an address a line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as UTF-8 text ({type(error).__name__}); save it as CSV") from error
    readers: dict[str, Reader] = {}
    for reader in _readers(path, text):
        if not _ADDRESS.fullmatch(reader.address):
            raise UsageError(f"{path}:{reader.line}: {reader.address!r} is no mail address; mend or remove the line")
        readers.setdefault(normal(reader.address), reader)
    if not readers:
        raise UsageError(f"{path}: nobody is on this list")
    return tuple(readers.values())


def _readers(path: Path, text: str) -> Iterator[Reader]:
    first = text.lstrip().partition("\n")[0]
    if "@" in first:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield Reader(address=line.strip(), line=number)
        return
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head = [name.strip().casefold() for name in next(rows, [])]
    at = next((head.index(name) for name in _COLUMNS if name in head), None)
    if at is None:
        raise UsageError(f"{path}:1: no column `email`; name the column of the addresses so")
    names = [_COLUMN.sub("_", name) for name in head]
    for row in rows:
        if any(cell.strip() for cell in row):
            cells = [*row, *[""] * (len(names) - len(row))]
            fields = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
            yield Reader(address=cells[at].strip(), fields=fields | {"email": cells[at].strip()}, line=rows.line_num)
