"""The nouns of newsletter services, and how words survive their templates. Values in, values out."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

ServiceName = Literal["listmonk", "buttondown", "ghost", "keila"]
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OPENING = re.compile(r"\{(?=[{%#])|(?<=\{)[{%#]")
_MARK = re.compile(r"\{[{%]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An edition as a draft at a service: what we would write there, or what stands there."""

    subject: str
    body: str  # HTML, in the service's dialect
    text: str = ""
    title: str = ""
    slug: str = ""
    preheader: str = ""
    summary: str = ""
    url: str = ""  # the edition's own page
    key: str = ""  # the edition's public identity: how it is found there again
    tags: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return what tells its content from any other."""
        return hashlib.sha256(repr((self.subject, self.body, self.text)).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands at a service."""

    id: str
    draft: Draft
    editable: bool = True  # it is a draft still; what was sent is not
    version: str = ""  # what the service wants to hear again when it is changed
    url: str = ""  # where a person looks at it there


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What we wrote to a service last."""

    edition_id: int
    service: str
    remote_id: str
    ours: str  # digest of what we wrote
    theirs: str  # digest of what the service said stood there then


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a service's templates are spoken to: its way out, and how words that look like its tags stay words."""

    way_out: str  # its tag for the unsubscribe address
    html: Callable[[str], str]
    text: Callable[[str], str]

    def spoken(self, html: str, text: str, way_out: tuple[str, str]) -> tuple[str, str]:
        """Return HTML and text for it. `way_out` is our own unsubscribe address as it stands in each; "": none."""
        return self._told(html, way_out[0], self.html), self._told(text, way_out[1], self.text)

    def _told(self, words: str, ours: str, escape: Callable[[str], str]) -> str:
        pieces = words.split(ours) if ours else [words]
        return self.way_out.join(map(escape, pieces))


def entities(html: str) -> str:
    """Write what templates would take for a tag as character references: `{{` is no tag then, and reads the same."""
    return _OPENING.sub(lambda found: f"&#{ord(found.group())};", html)


def go_html(html: str) -> str:
    """Return HTML that Go's html/template gives back whole: it strips comments, Outlook's among them, unless safe."""
    pieces, at = [], 0
    for found in _COMMENT.finditer(html):
        pieces += [entities(html[at : found.start()]), _go_safe(found.group())]
        at = found.end()
    return "".join((*pieces, entities(html[at:])))


def _go_safe(comment: str) -> str:
    parts = comment.split("`")  # no backquote can stand in Go's raw strings
    return '{{ Safe "`" }}'.join(f"{{{{ Safe `{part}` }}}}" if part else "" for part in parts)


def go_text(text: str) -> str:
    """Return plain text for Go's text/template."""
    return text.replace("{{", "{{ `{{` }}")


def quoted_text(text: str) -> str:
    """Return plain text for Django's and Liquid's templates: a tag's opening is printed by a tag."""
    return _MARK.sub(lambda found: '{{ "' + found.group() + '" }}', text)


def in_card(html: str) -> str:
    """Return HTML for Ghost, in one of its HTML cards: outside of one it drops classes and unwraps elements."""
    return f"<!--kg-card-begin: html-->\n{html}\n<!--kg-card-end: html-->"


LISTMONK = Dialect(way_out="{{ UnsubscribeURL }}", html=go_html, text=go_text)
BUTTONDOWN = Dialect(way_out="{{ unsubscribe_url }}", html=entities, text=quoted_text)
KEILA = Dialect(way_out="{{ unsubscribe_link }}", html=entities, text=quoted_text)
GHOST = Dialect(way_out="", html=in_card, text=str)
