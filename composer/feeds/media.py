"""The lead picture of every entry of a feed, with the words that travel with it (Media RSS 1.5.1).

feedparser flattens Media RSS: a caption becomes the summary, and nobody knows whose credit is whose.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree

from composer.feeds.addresses import web_url
from composer.feeds.clean import inner_tree, is_tracker, text_of, title_of
from composer.model import Picture
from composer.text import one_line

_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
_ADDRESSED = etree.XPath("descendant-or-self::*[@url or @href]")
_IMAGE = re.compile("<[iI][mM][gG]")
_FIGURE_END = "</figure>"
_LEAST_PIXELS = 50  # a narrower picture is an icon or a button


def pictures(words: str, base: str) -> list[Picture | None]:
    """Return the picture that each entry names outside its text, in the order of the entries."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(words.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    return pictures_of([node for node in root.iter() if _local(node) in {"item", "entry"}], base)


def pictures_of(entries: Iterable[etree._Element], base: str) -> list[Picture | None]:
    """Return the picture that each entry's element names outside its text."""
    return [_picture(entry, base) for entry in entries]


def first_image(markup: str, base: str) -> Picture | None:
    """Return the first image in HTML that is large enough to be a picture and no tracking pixel."""
    found = _IMAGE.search(markup)
    if found is None:
        return None
    end = markup.find(_FIGURE_END, found.start()) + len(_FIGURE_END)
    whole = end < len(_FIGURE_END)
    return (None if whole else _first_in(markup[:end], base)) or _first_in(markup, base)


def _first_in(markup: str, base: str) -> Picture | None:
    root = inner_tree(markup)
    for image in root.iter("img") if root is not None else ():
        url = web_url(image.get("src", ""), base)
        if url and not is_tracker(image) and not _is_small(image.get("width", ""), image.get("height", "")):
            return Picture(url=url, alt=title_of(image.get("alt", "")), caption=_caption(image))
    return None


def _caption(image: etree._Element) -> str:
    figure = next(image.iterancestors("figure"), None)
    caption = None if figure is None else next(figure.iter("figcaption"), None)
    return "" if caption is None else one_line(" ".join(str(words) for words in caption.itertext()))


def _is_small(*sizes: str) -> bool:
    return any(size.isdecimal() and int(size) < _LEAST_PIXELS for size in sizes)


def _picture(entry: etree._Element, base: str) -> Picture | None:
    chosen = next(_candidates(entry), None)
    url = "" if chosen is None else web_url(_address(chosen), _base(chosen, base))
    if chosen is None or not url:
        return None
    return Picture(
        url=url,
        caption=one_line(text_of(_near(chosen, entry, "description"))),
        credit=title_of(_near(chosen, entry, "credit")),
    )


def _candidates(entry: etree._Element) -> Iterator[etree._Element]:
    """Give the elements that may name the picture, the best first: media content, enclosure, thumbnail."""
    nodes = [node for node in _ADDRESSED(entry) if _address(node)]
    media = [node for node in nodes if _is_media(node) and _local(node) == "content" and _is_picture(node)]
    yield from sorted(media, key=lambda node: -_pixels(node))
    yield from (node for node in nodes if _local(node) == "enclosure" and _is_picture(node))
    yield from (node for node in nodes if _is_enclosure_link(node) and _is_picture(node))
    yield from (node for node in nodes if _is_media(node) and _local(node) == "thumbnail")


def _address(node: etree._Element) -> str:
    return (node.get("url") or node.get("href") or "").strip()


def _is_enclosure_link(node: etree._Element) -> bool:
    return _local(node) == "link" and node.get("rel") == "enclosure"


def _is_picture(node: etree._Element) -> bool:
    kind = node.get("type", "")
    if kind or node.get("medium"):
        return node.get("medium") == "image" or kind.startswith("image/")
    return _address(node).partition("?")[0].lower().endswith(_PICTURE_ENDINGS)


def _pixels(node: etree._Element) -> int:
    width = node.get("width", "")
    return int(width) if width.isdecimal() and len(width) < 6 else 0  # noqa: PLR2004 (no picture is wider)


def _near(node: etree._Element, entry: etree._Element, name: str) -> str:
    """Return the words that stand with a picture: inside it, else in its media group, else in the entry."""
    places = [node, *node.iterancestors()]
    for place in places[: places.index(entry) + 1]:
        for child in place:
            if _named(str(child.tag)) == (name, True):
                return "".join(str(words) for words in child.itertext()).strip()
    return ""


def _base(node: etree._Element, base: str) -> str:
    return (web_url(node.base, base) or base) if node.base else base


def _local(node: etree._Element) -> str:
    return _named(str(node.tag))[0]


def _is_media(node: etree._Element) -> bool:
    return _named(str(node.tag))[1]


@lru_cache(maxsize=2000)
def _named(tag: str) -> tuple[str, bool]:
    """Return an element's local name, and whether it is one of Media RSS."""
    local = tag.rpartition("}")[2].rpartition(":")[2].lower()
    return local, "search.yahoo.com/mrss" in tag or tag.startswith("media:")
