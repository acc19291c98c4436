"""The rendered mail, opened as HTML to be looked at. Nothing here changes it."""

from functools import lru_cache

import lxml.html
from lxml import etree
from lxml.html import HtmlElement, HTMLParser

_INLINE = {"a", "b", "bdi", "bdo", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u"}
UNSEEN = frozenset({"head", "script", "style", "title"})


@lru_cache(maxsize=6)
def opened(html: str) -> HtmlElement:
    """Return the document; read-only, since it is kept for the next rule."""
    document = html if html.strip() else "<html><body></body></html>"
    return lxml.html.document_fromstring(document.encode(errors="replace"), parser=HTMLParser(encoding="utf-8"))


def body_children(html: str) -> list[HtmlElement]:
    """Return the elements directly inside the body."""
    return [child for child in opened(html).xpath("/html/body/*") if child.tag not in UNSEEN]


@lru_cache(maxsize=6)
def visible_words(html: str) -> str:
    """Return the words of the document, parted where an element that is not inline begins or ends."""
    pieces: list[str] = []
    walk = etree.iterwalk(opened(html), events=("start", "end", "comment"))
    for event, element in walk:
        if event != "comment" and element.tag not in _INLINE:
            pieces.append(" ")
        if event == "start" and element.tag in UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            pieces.append(element.text or "")
        else:
            pieces.append(element.tail or "")
    return "".join(pieces)
