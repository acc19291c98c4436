"""A letter that is printed for many readers: encoded once, and one address set anew for each of them.

Quoted-printable may break a line anywhere without a change to what is read (RFC 2045 section 6.7 (5)). It is broken
before and behind the address, so that all else stays as it is; base64, whose lines run on, is written anew. Readers
find what `envelope.to_bytes` would have written.
"""

from dataclasses import replace
from datetime import datetime

from markupsafe import escape

from composer.model import Message
from composer.rendering.envelope import assembled, body_of, headers_of, part_of, quoted, refuse_changed, shortest

_LINE = 75  # characters before the mark of a soft break
_SOFT = b"=\r\n"


class Plate:
    """A message in which the address `named` gives way to another one in each letter."""

    def __init__(self, message: Message, named: str) -> None:
        self._message = message
        self._text = _Body(message.text, named)
        self._html = _Body(message.html, str(escape(named)))

    def letter(self, address: str, *, date: datetime, message_id: str, to: str, read_back: bool = False) -> bytes:
        """Return the letter to one reader, with `address` as the way out. Raises ComposerError as `to_bytes` does.

        `read_back` reads it as a mail program would: needed once for letters that differ in an address alone.
        """
        headers = headers_of(replace(self._message, unsubscribe_url=address), date, message_id, to)
        text, html = self._text.with_address(address), self._html.with_address(str(escape(address)))
        written = assembled(headers, [part_of("plain", *shortest(*text)), part_of("html", *shortest(*html))])
        if read_back:
            refuse_changed(written, headers, [("text/plain", text[0]), ("text/html", html[0])])
        return written


class _Body:
    """A body in the pieces between which an address stands."""

    def __init__(self, words: str, named: str) -> None:
        self._pieces = body_of(words).split(body_of(named))
        *before, last = self._pieces
        self._quoted = [*(_ended(quoted(piece)) for piece in before), quoted(last)]
        self._is_followed = [not piece.startswith(b"\r\n") for piece in self._pieces[1:]]
        if self._is_followed and not last:
            self._is_followed[-1] = False

    def with_address(self, address: str) -> tuple[bytes, bytes]:
        """Return the body, and the body in quoted-printable."""
        ours = body_of(address)
        as_quoted = quoted(ours)
        broken = _ended(as_quoted)
        written = [self._quoted[0]]
        for piece, is_followed in zip(self._quoted[1:], self._is_followed, strict=True):
            written += (broken if is_followed else as_quoted, piece)
        return ours.join(self._pieces), b"".join(written)


def _ended(written: bytes) -> bytes:
    """Return a piece in quoted-printable so that the next one begins a line."""
    line = written.rfind(b"\n") + 1
    if line == len(written):
        return written
    if len(written) - line <= _LINE:
        return written + _SOFT
    cut = line + _LINE - 3
    while b"=" in written[cut - 2 : cut]:  # never within a letter that is written as its number
        cut -= 1
    return written[:cut] + _SOFT + written[cut:] + _SOFT
