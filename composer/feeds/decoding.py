"""From the bytes on the wire to the bytes that were meant: gzip, deflate and Brotli, never more than was agreed."""

import zlib
from collections.abc import Callable

import brotli

ACCEPTED = "gzip, deflate, br"
_GZIP, _ZLIB, _RAW = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
_ZLIB_METHOD, _ZLIB_CHECK = 8, 31  # RFC 1950 section 2.2: CM is 8, and the header is a multiple of 31


class TooLargeError(ValueError):
    """A body decodes to more bytes than were agreed."""


class Body:
    """Collects a body as it arrives. `most` counts decoded bytes, so that a small bomb is a large body."""

    def __init__(self, encoding: str, most: int) -> None:
        self._decode, self._is_whole = _DECODERS[encoding]()
        self._most = most
        self._pieces: list[bytes] = []
        self._size = 0
        self._came = False
        self._broken = False

    @property
    def damaged(self) -> bool:
        """Say whether the compression of what came is broken, or has not come to its end."""
        return self._broken or (self._came and not self._is_whole())

    def feed(self, data: bytes) -> None:
        """Take the next bytes; what follows broken compression is left out. Raises TooLargeError."""
        if self._broken:
            return
        self._came = True
        try:
            piece = self._decode(data, self._most - self._size + 1)
        except (zlib.error, brotli.error):
            self._broken = True
            return
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > self._most:
            raise TooLargeError

    def content(self) -> bytes:
        """Return everything that was decoded."""
        return b"".join(self._pieces)


Decode = Callable[[bytes, int], bytes]  # (bytes from the wire, most bytes to return) → decoded bytes
Decoder = tuple[Decode, Callable[[], bool]]  # and whether what came so far is whole


def _plain() -> Decoder:
    return lambda data, _most: data, lambda: True


def _gzip() -> Decoder:
    inflater = zlib.decompressobj(_GZIP)

    def decode(data: bytes, most: int) -> bytes:
        nonlocal inflater
        whole = b""
        while data and len(whole) < most:
            whole += inflater.decompress(data, most - len(whole))
            data = inflater.unused_data.lstrip(b"\0") if inflater.eof else b""  # some pad with zeros
            if inflater.eof and data:  # RFC 1952 section 2.2: a gzip file may hold several members
                inflater = zlib.decompressobj(_GZIP)
        return whole

    return decode, lambda: inflater.eof


def _deflate() -> Decoder:
    inflater = None

    def decode(data: bytes, most: int) -> bytes:
        nonlocal inflater
        if inflater is None:  # RFC 9110 section 8.4.1.2: some servers send it without the zlib wrapper
            inflater = zlib.decompressobj(_ZLIB if _is_wrapped(data) else _RAW)
        return inflater.decompress(data, most)

    return decode, lambda: inflater is None or inflater.eof


def _is_wrapped(data: bytes) -> bool:
    head = int.from_bytes(data[:2], "big")
    return data[0] & 0x0F == _ZLIB_METHOD and head % _ZLIB_CHECK == 0


def _brotli() -> Decoder:
    inflater = brotli.Decompressor()

    def decode(data: bytes, most: int) -> bytes:
        pieces = [inflater.process(data, output_buffer_limit=most)]
        while sum(map(len, pieces)) < most and not inflater.can_accept_more_data():
            pieces.append(inflater.process(b"", output_buffer_limit=most))
        return b"".join(pieces)

    return decode, inflater.is_finished


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "": _plain,
    "identity": _plain,
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
}


def is_known(encoding: str) -> bool:
    """Say whether a Content-Encoding can be read."""
    return encoding in _DECODERS
