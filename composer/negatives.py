"""The nouns of the picture drawer: a picture as it lies before it is developed, and one that came from the web."""

import hashlib
from dataclasses import dataclass
from datetime import date

FOLDER = "pictures"  # in the newsletter's folder: what was fetched, named for its bytes
RECORDS = f"{FOLDER}/addresses"  # a small file for each address
CHARTS = f"{FOLDER}/charts"  # charts that were drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A picture that was fetched once: which bytes lay at its address on which day, and where they lie here."""

    address: str
    sha256: str  # of the bytes as they came, hexadecimal
    path: str  # relative to the newsletter's folder, with forward slashes
    fetched_on: date
    changed_on: date | None = None  # when something else was first seen at its address; its bytes here stay as they are
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Negative:
    """A picture as it lies in the newsletter's folder, before it is developed."""

    bytes_length: int
    width: int = 0  # px, upright; 0: not known
    height: int = 0
    media_type: str = ""
    kept: Kept | None = None  # when it came from the web


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a visit to a picture's address brought: bytes, or word that they are the same, or why there are none."""

    address: str
    content: bytes = b""
    unchanged: bool = False  # its server says that it is what `etag` and `last_modified` were given for
    etag: str = ""
    last_modified: str = ""
    problem: str = ""  # one line


def record_path(address: str) -> str:
    """Return where it is written down, relative to the newsletter's folder, what lay at an address."""
    return f"{RECORDS}/{hashlib.sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"
