"""A page's lead photo, with the words that must travel with it: what it shows, its caption, who made it.

The words of one photo never go with another.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from composer.captions import part, plain
from composer.feeds.addresses import web_url
from composer.feeds.clean import is_tracker
from composer.feeds.clean import plain as plain_words
from composer.feeds.linked import first, named
from composer.model import Picture
from composer.text import one_line

_CREDIT_NAMES = re.compile(r"credit|copyright|photographer|byline|image-source|creator", re.IGNORECASE)
_LAZY = ("src", "data-src", "data-lazy-src", "data-original", "data-image")
_SMALL = 100  # px: narrower is an icon


def lead_photo(page: HtmlElement, thing: Mapping[str, Any], meta: Mapping[str, str], base: str) -> Picture | None:
    """Return the photo that the page names and the words of its own figure; else the first captioned figure."""
    image = _told(thing)
    told = web_url(
        first(image.get("url"), image.get("contentUrl"), meta.get("og:image"), meta.get("twitter:image")), base
    )
    figures = [figure for figure in page.iter("figure") if _source(figure, base)]
    own = next((figure for figure in figures if told and _is_same(_source(figure, base), told)), None)
    lead = own if own is not None else next((figure for figure in figures if _words(figure)), None)
    if lead is not None:
        return _shown(lead, base, told if own is not None else "", image)
    if told:
        alt = first(meta.get("og:image:alt"), meta.get("twitter:image:alt"))
        return Picture(url=told, alt=_said(alt), caption=_said(first(image.get("caption"))), credit=_credit_of(image))
    return _plain_photo(page, base)


def _told(thing: Mapping[str, Any]) -> Mapping[str, Any]:
    value = thing.get("image") or thing.get("thumbnailUrl")
    value = next(iter(value), None) if isinstance(value, list) else value
    if isinstance(value, dict):
        url = value.get("url") or value.get("contentUrl") or value.get("@id")
        return {**value, "url": next(iter(url), "") if isinstance(url, list) else url}
    return {"url": value}


def _shown(figure: HtmlElement, base: str, told: str, image: Mapping[str, Any]) -> Picture:
    caption, credit = caption_and_credit(figure)
    return Picture(
        url=told or _source(figure, base),
        alt=_said(next((tag.get("alt") or "" for tag in figure.iter("img")), "")),
        caption=caption or (_said(first(image.get("caption"))) if told else ""),
        credit=credit or (_credit_of(image) if told else ""),
    )


def _credit_of(image: Mapping[str, Any]) -> str:
    people = (named(image.get(key)) for key in ("creditText", "creator", "author", "copyrightHolder"))
    return _said(", ".join(next(filter(None, people), ())))


def _plain_photo(page: HtmlElement, base: str) -> Picture | None:
    """Return the first image inside the article that is no icon and no tracking pixel."""
    for story in page.iter("article", "main"):
        for image in story.iter("img"):
            if not is_tracker(image) and not _is_small(image) and (url := _address(image, base)):
                return Picture(url=url, alt=_said(image.get("alt") or ""))
    return None


def _is_small(image: HtmlElement) -> bool:
    return any(
        size.isdecimal() and int(size[:6]) < _SMALL for size in (image.get("width", ""), image.get("height", ""))
    )


def _source(figure: HtmlElement, base: str) -> str:
    return next((url for tag in figure.iter("img", "source") if (url := _address(tag, base))), "")


def _address(image: HtmlElement, base: str) -> str:
    """Return where an image lies, loaded late or not; a placeholder in the page itself is none."""
    given = [image.get(name) or "" for name in _LAZY]
    given += _widest(image.get("srcset") or image.get("data-srcset") or "")
    return next((url for one in given if one.strip() and (url := web_url(one, base))), "")


def _widest(srcset: str) -> list[str]:
    parts = [part.split() for part in re.split(r",\s+", srcset[:10_000]) if part.strip()]
    return [part[0] for part in sorted(parts, key=_width, reverse=True)]


def _width(part: list[str]) -> float:
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)[wx]", part[-1])
    return float(found.group(1)) if found else 0.0


def _is_same(one: str, other: str) -> bool:
    """Say whether two addresses show one photo: publishers crop by query, and by folders before the file's name."""
    left, right = (urlsplit(url) for url in (one, other))
    names = [parts.path.rpartition("/")[2].lower() for parts in (left, right)]
    return (left.netloc, left.path) == (right.netloc, right.path) or (names[0] == names[1] and len(names[0]) > 8)  # noqa: PLR2004 ("img.jpg" is no name)


def _words(figure: HtmlElement) -> str:
    return " ".join(caption_and_credit(figure)).strip()


def caption_and_credit(figure: HtmlElement) -> tuple[str, str]:
    """Tell a figure's caption and its credit apart, by the element or the words that mark the credit."""
    captions = list(figure.iter("figcaption"))
    marked = [one for one in figure.iter() if one is not figure and one.tag != "figcaption" and _is_credit(one)]
    credit = next((said for one in marked if (said := _text(one))), "")
    whole = one_line(" ".join(_text(one) for one in captions))
    if credit:
        return _without(whole, credit), plain(credit)
    told = part(whole)
    return (told.words, told.credit) if told.words or not told.credit else (whole, "")


def _is_credit(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag == "img":
        return False
    marks = " ".join(element.get(name) or "" for name in ("class", "itemprop", "data-testid"))
    return element.tag in {"small", "cite"} or _CREDIT_NAMES.search(marks) is not None


def _without(whole: str, credit: str) -> str:
    return one_line(whole.replace(credit, "", 1)).strip(" |–—-").removesuffix("()").rstrip()


def _text(element: HtmlElement) -> str:
    return _said("".join(str(words) for words in element.itertext()))


def _said(words: str) -> str:
    return one_line(plain_words(words))
