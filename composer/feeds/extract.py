"""A web page → the article in it.

The page's own words about itself come first (JSON-LD, OpenGraph, meta tags), the extraction library's guesses after.
Nothing here fetches anything.
"""

import json
import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from composer.errors import WireError
from composer.feeds.addresses import joined, web_url
from composer.feeds.clean import is_harmful, paragraphs, plain, title_of, tree
from composer.feeds.moments import moment
from composer.feeds.people import names
from composer.model import Article, Picture
from composer.text import host, one_line

WORDS_LEAST = 40  # fewer are a menu, not an article
_ARTICLES = (
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "BlogPosting",
    "OpinionNewsArticle",
    "AnalysisNewsArticle",
)
_CREDIT = re.compile(r"\b(?:photo(?:graph)?s?|image|picture|illustration|credit)(?: by|:)\s+(.+?)\.?$", re.IGNORECASE)


def article_in(words: str, url: str, now: datetime) -> Article:
    """Return the article in a page; `url` is where it was found, or a file's path. Raises WireError."""
    page = None if is_harmful(words) else tree(words)
    if page is None:
        raise WireError(url, "not a page that can be read")
    found = _extracted(words, url)
    text = paragraphs(plain(str(getattr(found, "text", "") or "")).replace("\n", "\n\n"))
    if len(text.split()) < WORDS_LEAST:
        raise WireError(url, "no article text was found; save its text in a .txt or .md file and add that")
    data, meta = _linked_data(page), _meta(page)
    title = title_of(_first(data.get("headline"), meta.get("og:title"), _heading(page), getattr(found, "title", "")))
    own = web_url(joined(url, _first(_canonical(page), meta.get("og:url"), url)))
    return Article(
        guid=own or f"page:{title}",
        url=own,
        title=_without_outlet(title, _outlet(data, meta, own, found)),
        outlet=_outlet(data, meta, own, found),
        authors=_authors(data, meta, found),
        published=_published(words, data, meta, now),
        first_seen=now,
        lang=_first(data.get("inLanguage"), page.get("lang"), meta.get("og:locale")).replace("_", "-"),
        summary=one_line(plain(_first(meta.get("og:description"), meta.get("description")))),
        text=_without_title(text, title),
        picture=_picture(page, data, meta, url),
    )


def _extracted(words: str, url: str) -> Any:  # noqa: ANN401 (trafilatura's own document)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its downloader, which we never use, complains about a proxy library
        import trafilatura  # noqa: PLC0415 (a seventh of a second, for this command alone)

        return trafilatura.bare_extraction(
            words, url=url or None, fast=True, include_comments=False, with_metadata=True
        )


def _first(*values: object) -> str:
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), "")


def _meta(page: HtmlElement) -> dict[str, str]:
    """Return meta tags by name or property, lower-cased; the first of each counts."""
    found: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = (tag.get("property") or tag.get("name") or "").lower()
        found.setdefault(name, tag.get("content") or "")
    return found


def _linked_data(page: HtmlElement) -> dict[str, Any]:
    """Return the first schema.org article that the page describes itself with."""
    for script in page.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            described = json.loads(script.text or "")
        except (json.JSONDecodeError, RecursionError):
            continue
        for thing in _things(described):
            kinds = thing.get("@type")
            if any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return thing
    return {}


def _things(described: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (whatever JSON can hold)
    for thing in described if isinstance(described, list) else [described]:
        if isinstance(thing, dict):
            yield thing
            yield from (one for one in thing.get("@graph", []) if isinstance(one, dict))


def _heading(page: HtmlElement) -> str:
    heading = next(iter(page.iter("h1")), None)
    return _said(heading) if heading is not None else ""


def _canonical(page: HtmlElement) -> str:
    links = (tag for tag in page.iter("link") if (tag.get("rel") or "").lower() == "canonical")
    return next((tag.get("href") or "" for tag in links), "")


def _outlet(data: dict[str, Any], meta: dict[str, str], url: str, found: Any) -> str:  # noqa: ANN401 (trafilatura's)
    publisher = data.get("publisher")
    named = publisher.get("name") if isinstance(publisher, dict) else publisher
    return one_line(plain(_first(named, meta.get("og:site_name"), getattr(found, "sitename", ""), host(url))))


def _authors(data: dict[str, Any], meta: dict[str, str], found: Any) -> tuple[str, ...]:  # noqa: ANN401 (as above)
    given = data.get("author")
    people: Sequence[Any] = given if isinstance(given, list) else [given]
    named = [one.get("name") if isinstance(one, dict) else one for one in people]
    told = [one for one in named if isinstance(one, str) and one.strip()]
    return names(*told) or names(_first(meta.get("author"), getattr(found, "author", "")).replace(";", ","))


def _published(words: str, data: dict[str, Any], meta: dict[str, str], now: datetime) -> datetime | None:
    told = _first(data.get("datePublished"), meta.get("article:published_time"), meta.get("date"))
    if told and (when := moment(told, now)):
        return when
    from htmldate import find_date  # noqa: PLC0415 (imports dateparser, slow)

    guess = find_date(words, original_date=True, extensive_search=False, outputformat="%Y-%m-%d")
    return moment(guess, now) if guess else None


def _picture(page: HtmlElement, data: dict[str, Any], meta: dict[str, str], url: str) -> Picture | None:
    """Return the lead photo, with the words of the figure it stands in."""
    image = data.get("image")
    image = image[0] if isinstance(image, list) and image else image
    told = _first(image.get("url") if isinstance(image, dict) else image, meta.get("og:image"))
    figures = [figure for figure in page.iter("figure") if figure.find(".//img") is not None]
    figure = next((one for one in figures if _source(one, url) == web_url(joined(url, told))), None)
    figure = figure if figure is not None else (figures[0] if figures else None)
    address = web_url(joined(url, told)) if told else (_source(figure, url) if figure is not None else "")
    if not address:
        return None
    caption, credit = _caption(figure)
    shown = figure.find(".//img") if figure is not None else None
    alt = shown.get("alt", "") if shown is not None else meta.get("og:image:alt", "")
    return Picture(url=address, alt=one_line(plain(alt)), caption=caption, credit=credit)


def _source(figure: HtmlElement, url: str) -> str:
    image = figure.find(".//img")
    return web_url(joined(url, image.get("src") or "")) if image is not None else ""


def _caption(figure: HtmlElement | None) -> tuple[str, str]:
    """Return a figure's caption and its credit, told apart by the element or the words that mark the credit."""
    caption = figure.find(".//figcaption") if figure is not None else None
    if caption is None:
        return "", ""
    marked = [one for one in caption.iter() if one is not caption and _is_credit(one)]
    credit = _said(marked[0]) if marked else ""
    whole = _said(caption)
    if not credit and (said := _CREDIT.search(whole)):
        return one_line(whole[: said.start()]), said.group(1)
    return one_line(whole.replace(credit, "", 1)) if credit else whole, credit


def _is_credit(element: HtmlElement) -> bool:
    return element.tag in {"small", "cite"} or "credit" in (element.get("class") or "").lower()


def _without_outlet(title: str, outlet: str) -> str:
    for mark in (" | ", " – ", " - ", " · ", " — "):
        if outlet and title.endswith(f"{mark}{outlet}"):
            return title.removesuffix(f"{mark}{outlet}")
    return title


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n\n")
    return rest if rest and one_line(first) == title else text


def _said(element: HtmlElement) -> str:
    return one_line(plain("".join(element.itertext())))
