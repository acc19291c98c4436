"""What an address holds, whether it lies on the web or on this disk."""

from dataclasses import dataclass
from pathlib import Path

from composer.errors import WireError
from composer.feeds.addresses import is_web
from composer.feeds.charset import decode
from composer.feeds.fetch import Request
from composer.feeds.visits import answer
from composer.settings import Settings


@dataclass(frozen=True, slots=True)
class Document:
    """What an address holds, and where it was found in the end."""

    address: str  # of the last hop: what its links are relative to
    body: bytes
    charset: str = ""
    lasting: str = ""  # where to find it again: what was asked for, unless all redirects are permanent

    @property
    def words(self) -> str:
        """Return its text."""
        return decode(self.body, self.charset)


def document(address: str, settings: Settings) -> Document:
    """Read an address. Raises WireError."""
    if is_web(address):
        found = answer(Request(url=address), settings)
        return Document(found.url, found.body, found.charset, lasting=found.moved_to or address)
    return Document(address, file_bytes(Path(address), address, settings.bytes_most), lasting=address)


def file_bytes(path: Path, address: str, bytes_most: int) -> bytes:
    """Read a file within the limits of a visit. Raises WireError."""
    try:
        if path.stat().st_size > bytes_most:
            raise WireError(address, f"larger than {bytes_most / 1_000_000:g} MB")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise WireError(address, "no such file") from error
    except IsADirectoryError as error:
        raise WireError(address, "a folder, not a file") from error
    except (OSError, ValueError) as error:
        raise WireError(address, f"cannot be read: {getattr(error, 'strerror', error)}") from error
