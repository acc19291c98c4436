"""A web page → the article in it.

The page's own words about itself come first (JSON-LD, OpenGraph, meta tags), the extraction library's guesses after.
Nothing here fetches anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from composer.errors import WireError
from composer.feeds.access import access_of
from composer.feeds.addresses import joined, web_url
from composer.feeds.bylines import people
from composer.feeds.clean import is_harmful, text_of, title_of, tree
from composer.feeds.linked import article_thing, first, meta, named
from composer.feeds.moments import moment
from composer.feeds.photos import lead_photo
from composer.feeds.story import length_of, quiet, said_by, story_text
from composer.model import Article
from composer.text import host, one_line

WORDS_LEAST = 40  # fewer are a menu, not an article
_MARKS = " | ", " – ", " - ", " · ", " — ", " :: ", " » ", " • "
_LANG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(https?://\S{1,2000}?)\s*-->", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dc.date",
    "parsely-pub-date",
    "pubdate",
)
_UPDATED = "article:modified_time", "datemodified", "og:updated_time", "last-modified"
_BYLINES = "author", "article:author", "dc.creator", "parsely-author", "byl", "twitter:creator"
_DESCRIPTIONS = "og:description", "description", "twitter:description"


@dataclass(frozen=True, kw_only=True)
class _Page:
    """A page as it was parsed, and what it says of itself."""

    words: str
    url: str
    root: HtmlElement
    thing: Mapping[str, Any]
    meta: Mapping[str, str]

    @cached_property
    def guessed(self) -> Any:  # noqa: ANN401 (trafilatura's own)
        """Return what the library reads off the page itself; asked for only where the page says nothing."""
        with quiet():
            from trafilatura.metadata import extract_metadata  # noqa: PLC0415 (a seventh of a second, rarely)

            return extract_metadata(self.words, default_url=self.url or None, extensive=False)


def article_in(words: str, url: str, now: datetime) -> Article:
    """Return the article in a page; `url` is where it was found, or a file's path. Raises WireError.

    A page behind a paywall gives what it shows, marked; only there may that be less than WORDS_LEAST words.
    """
    root = None if is_harmful(words) else tree(words)
    if root is None:
        raise WireError(url, "not a page that can be read")
    page = _page(words, url or saved_from(words), root)
    text = story_text(root, page.thing, page.meta, url=page.url, summary=_summary(page))
    access = access_of(root, page.thing, page.meta, text)
    if not text or (access != "paywalled" and length_of(text) < WORDS_LEAST):
        raise WireError(url, "no article text was found; save its text in a .txt or .md file and add that")
    outlet, own, title = _outlet(page), _address(page), _title(page)
    return Article(
        guid=own or f"page:{title}",
        url=own,
        title=title,
        outlet=outlet,
        authors=_authors(page, outlet),
        published=_published(page, now),
        updated=_moment(now, page.thing.get("dateModified"), *(page.meta.get(name) for name in _UPDATED)),
        first_seen=now,
        lang=_lang(page),
        summary=_summary(page),
        text=_without_title(text, title),
        picture=lead_photo(root, page.thing, page.meta, _base(page)),
        access=access,
        also=(here,) if (here := web_url(page.url)) and here != own else (),
    )


def saved_from(words: str) -> str:
    """Return where a saved page came from, as browsers note it in the file's first lines; "" when they do not."""
    found = _SAVED_FROM.search(words[:4096])
    return web_url(found.group(1)) if found else ""


def _page(words: str, url: str, root: HtmlElement) -> _Page:
    told, thing = meta(root), article_thing(root, first(_canonical(root), url))
    etree.strip_elements(root, "script", with_tail=False)
    return _Page(words=words, url=url, root=root, thing=thing, meta=told)


def _canonical(root: HtmlElement) -> str:
    links = (tag for tag in root.iter("link") if "canonical" in (tag.get("rel") or "").lower().split())
    return next((tag.get("href") or "" for tag in links), "")


def _base(page: _Page) -> str:
    said = next((tag.get("href") or "" for tag in page.root.iter("base")), "")
    return joined(page.url, said) if said else page.url or _address(page)


def _address(page: _Page) -> str:
    """Return the article's lasting address: an AMP page names it; a canonical home page is a mistake."""
    here = web_url(page.url)
    for told in (_canonical(page.root), page.meta.get("og:url", "")):
        url = web_url(joined(page.url, told)) if told else ""
        if url and (urlsplit(url).path.strip("/") or urlsplit(url).query or not urlsplit(here).path.strip("/")):
            return url
    return here


def _outlet(page: _Page) -> str:
    told = first(*named(page.thing.get("publisher")), page.meta.get("og:site_name"), page.meta.get("application-name"))
    told = told or _after_the_headline(page.root)
    guess = "" if told else first(getattr(page.guessed, "sitename", ""))
    return title_of(
        told or ("" if "." in guess else guess) or host(_address(page))
    )  # a guess may be the host over again


def _after_the_headline(root: HtmlElement) -> str:
    """Return what a window's title says after the headline: the outlet, where that is all it says."""
    headlines = [said for tag in root.iter("h1") if (said := said_by(tag))]
    tails = (
        title.removeprefix(one + mark)
        for title in _titles(root)
        for one in headlines
        for mark in _MARKS
        if title.startswith(one + mark)
    )
    return next((tail for tail in tails if not any(mark in tail for mark in _MARKS)), "")


def _title(page: _Page) -> str:
    """Return the headline, whole, without the outlet's name."""
    heading = next((said for tag in page.root.iter("h1") if (said := said_by(tag))), "")
    told = title_of(first(page.thing.get("headline"), page.meta.get("og:title"), heading, *_titles(page.root)))
    told = _without_outlet(told, _outlet(page), page.meta.get("og:site_name", ""), host(_address(page)))
    cut = told.removesuffix("…").removesuffix("...").rstrip()
    whole = cut != told and heading.startswith(cut)
    return heading if whole or any(told.startswith(heading + mark) for mark in _MARKS if heading) else told


def _titles(root: HtmlElement) -> list[str]:
    return [said_by(tag) for tag in root.iter("title")][:1]


def _without_outlet(title: str, *outlets: str) -> str:
    for mark in _MARKS:
        head, found, tail = title.rpartition(mark)
        if found and tail.casefold() in {outlet.casefold() for outlet in outlets if outlet}:
            return head.strip()
    return title


def _authors(page: _Page, outlet: str) -> tuple[str, ...]:
    told = people(named(page.thing.get("author")) or named(page.thing.get("creator")), outlet)
    if told:
        return told
    for name in _BYLINES:
        if found := people([page.meta.get(name, "").removeprefix("@")], outlet):
            return found
    return people([first(getattr(page.guessed, "author", "")).replace(";", ",")], outlet)


def _published(page: _Page, now: datetime) -> datetime | None:
    told = _moment(now, page.thing.get("datePublished"), *(page.meta.get(name) for name in _PUBLISHED))
    told = told or _moment(now, *(tag.get("datetime") for tag in page.root.iter("time")))
    if told:
        return told
    from htmldate import find_date  # noqa: PLC0415 (slow, and most pages say when)

    guess = find_date(page.words, original_date=True, extensive_search=False, outputformat="%Y-%m-%d")
    return moment(guess, now) if guess else None


def _moment(now: datetime, *told: object) -> datetime | None:
    return next((when for one in told if isinstance(one, str) and (when := moment(one, now))), None)


def _lang(page: _Page) -> str:
    own = page.root.get("lang") or page.root.get("{http://www.w3.org/XML/1998/namespace}lang")
    said = page.thing.get("inLanguage")
    said = said.get("alternateName") if isinstance(said, dict) else said
    for told in (own, said, page.meta.get("og:locale"), page.meta.get("content-language"), page.meta.get("language")):
        if isinstance(told, str) and _LANG.fullmatch(told.strip()):
            return told.strip().replace("_", "-")
    return ""


def _summary(page: _Page) -> str:
    return one_line(text_of(first(*(page.meta.get(name) for name in _DESCRIPTIONS), page.thing.get("description"))))


def _without_title(text: str, title: str) -> str:
    head, _, rest = text.partition("\n\n")
    return rest if rest and one_line(head) == title else text
