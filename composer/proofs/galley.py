"""A galley: the very bytes that publishing an edition would write, opened to be looked at. It changes none."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message as Letter
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

from lxml import etree
from lxml.html import HtmlElement

from composer.proofs.opened import opened

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the type of an element

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
LETTER, HTML, TEXT = "email.eml", "email.html", "email.txt"
PAGE, RSS, FEED, JSON = "page", "feed.xml", "atom.xml", "feed.json"


@dataclass(frozen=True, kw_only=True)
class Galley:
    """What would leave: files by name, and what nobody can read out of them.

    The feeds hold this edition alone; `taken` are the identities of the others. It has no slots, for each file is
    parsed when a rule first asks, and then kept in the value for the next.
    """

    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    guid: str  # the identity that feeds must give the edition, for ever
    taken: frozenset[str] = frozenset()  # the identities of the other editions that are out
    now: datetime  # aware
    refused: str = ""  # why no letter could be written
    unsteady: tuple[str, ...] = ()  # files that a second rendering wrote otherwise
    weights: tuple[tuple[str, int], ...] = ()  # the mail's heaviest parts by name, in bytes; empty while it is light

    def words(self, name: str) -> str:
        """Return a file as text, what is no UTF-8 replaced."""
        return self._texts.get(name, "")

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {name: content.decode(errors="replace") for name, content in self.files.items()}

    @cached_property
    def letter(self) -> Letter:
        """Return the mail as its reader's program takes it apart, headers as they were written."""
        return message_from_bytes(self.files.get(LETTER, b""), policy=policy.compat32)

    @cached_property
    def page(self) -> HtmlElement:
        """Return the web page."""
        return opened(self.words(PAGE))

    @cached_property
    def content_html(self) -> str:
        """Return the edition's HTML as RSS carries it."""
        return "" if self.entry is None else self.entry.findtext(f"{CONTENT}encoded") or ""

    @cached_property
    def content(self) -> HtmlElement:
        """Return the same, opened."""
        return opened(self.content_html)

    @cached_property
    def rss(self) -> Element | None:
        """Return RSS's root, None when it is no XML."""
        return _xml(self.files.get(RSS, b""))

    @cached_property
    def atom(self) -> Element | None:
        """Return Atom's root, None when it is no XML."""
        return _xml(self.files.get(FEED, b""))

    @cached_property
    def entry(self) -> Element | None:
        """Return RSS's item for the edition, the first when none has its identity."""
        items = self.rss.findall("channel/item") if self.rss is not None else []
        return next((item for item in items if item.findtext("guid") == self.guid), items[0] if items else None)

    @cached_property
    def json(self) -> dict[str, Any]:
        """Return the JSON feed, empty when it is none."""
        try:
            found = json.loads(self.files.get(JSON, b""))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def json_items(self) -> list[dict[str, Any]]:
        """Return the JSON feed's items, what is none left out."""
        items = self.json.get("items")
        return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def fault(xml: bytes) -> str:
    """Return why bytes are no well-formed XML, "" when they are."""
    try:
        etree.fromstring(xml, _parser())
    except etree.XMLSyntaxError as error:
        return str(error)
    return ""


def _xml(content: bytes) -> Element | None:
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError:
        return None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
