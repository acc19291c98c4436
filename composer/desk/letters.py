"""An edition as a letter to each reader: the same words, and her own way out of the list."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import quote

from composer.errors import ComposerError, UsageError
from composer.mailing import Reader, normal
from composer.model import Edition, Message
from composer.rendering.plates import Plate
from composer.settings import Settings

Signer = Callable[[bytes], bytes]  # a letter → the letter, signed
_COLUMN = re.compile(r"\{(\w+)\}")
_SETTING = "newsletter.toml: mail.unsubscribe_url"


@dataclass(frozen=True, kw_only=True)
class LetterPress:
    """Prints an edition's letters. `message` is what went out, with the setting's own unsubscribe address in it."""

    settings: Settings
    edition: Edition
    message: Message
    sign: Signer = bytes

    def letter(self, reader: Reader, now: datetime, *, read_back: bool = False) -> bytes:
        """Return the letter to one reader. Raises UsageError when the list does not say what her way out needs.

        `read_back` reads it as a mail program would: needed once for letters that differ in an address alone.
        """
        url = way_out(self.settings, reader)
        identity = message_id(self.edition, reader.address, self.settings)
        letter = self._plate.letter(url, date=now, message_id=identity, to=reader.address, read_back=read_back)
        return self.sign(letter)

    @cached_property
    def _plate(self) -> Plate:
        return Plate(self.message, self.settings.unsubscribe_url)


def message_id(edition: Edition, address: str, settings: Settings) -> str:
    """Return the Message-ID of an edition's letter to one reader: always the same, so that a repeat is known as one."""
    told = f"{edition.uid}|smtp|{normal(address)}"
    return f"<{hashlib.sha256(told.encode()).hexdigest()[:40]}@{settings.tag_authority}>"


def way_out(settings: Settings, reader: Reader) -> str:
    """Return the address by which one reader leaves the list. Raises UsageError, with the line of the list."""

    def filled(found: re.Match[str]) -> str:
        value = reader.fields.get(found[1], "")
        if not value:
            raise UsageError(f"line {reader.line} of the list: no {found[1]}, which {_SETTING} names")
        return quote(value, safe="")

    return _COLUMN.sub(filled, settings.unsubscribe_url)


def refuse_no_way_out(settings: Settings) -> None:
    """Raise UsageError where readers could not leave by one click, each by an address of her own (RFC 8058)."""
    url = settings.unsubscribe_url
    if not url.startswith("https://"):
        raise UsageError(f"{_SETTING} is no https address; nobody gets mail without a way out: docs/sending.md")
    if not _COLUMN.search(url):
        raise UsageError(f"{_SETTING} is the same for all: name a column of the list in it, such as {{token}}")


def refuse_unprintable(press: LetterPress, readers: tuple[Reader, ...], now: datetime) -> None:
    """Raise UsageError for the first reader whose letter cannot be printed, before anybody gets one.

    The first letter is read back whole, of the others what differs: addresses and the way out.
    """
    empty = replace(press, message=replace(press.message, html="", text=""), sign=bytes)
    press.letter(readers[0], now, read_back=True)
    for reader in readers:
        try:
            empty.letter(reader, now, read_back=True)
        except UsageError:
            raise
        except ComposerError as error:
            raise UsageError(f"line {reader.line} of the list: {error}") from error
