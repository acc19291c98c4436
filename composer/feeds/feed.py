"""A feed as we understand it, and what all its formats share: identity, text, dates, limits."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from composer.feeds.addresses import web_url
from composer.feeds.clean import plain, text_of, text_of_usual, title_of
from composer.feeds.media import first_image
from composer.model import Article, Enclosure, Picture
from composer.text import cut, one_line

TITLE_LENGTH_MOST = 300
TITLE_LENGTH_MADE = 80
TEXT_LENGTH_MOST = 500_000  # code points: a book is no article
LANG_LENGTH_MOST = 35  # RFC 5646 section 4.4.1
CATEGORIES_MOST = 50
CATEGORY_LENGTH_MOST = 100
ENCLOSURES_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed holds. `damage` says in one line why it may not be all."""

    title: str = ""
    homepage: str = ""
    articles: tuple[Article, ...] = ()
    ttl_seconds: int = 0  # how long it calls itself fresh; 0: it does not say
    damage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry as its feed gives it: addresses unresolved, bodies as HTML."""

    guid: str = ""
    link: str = ""
    base: str = ""  # what relative addresses in it are relative to
    title: str = ""  # plain
    bodies: tuple[str, ...] = ()
    summary: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    lang: str = ""
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()  # addresses unresolved
    via: str = ""
    picture: Picture | None = None
    is_usual: bool = False  # none of its letters needs a closer look (see `letters.is_usual`)


def articles(items: Iterable[Item], *, url: str, outlet: str, now: datetime) -> tuple[Article, ...]:
    """Make articles of a feed's entries; one without any words is left out."""
    made = [_article(item, url=url, outlet=outlet, now=now) for item in items]
    return tuple(_told_apart([article for article in made if article.title]))


def _article(item: Item, *, url: str, outlet: str, now: datetime) -> Article:
    link = web_url(item.link, item.base or url) if item.link else ""
    body = longest((*item.bodies, item.summary))
    said = text_of_usual if item.is_usual else text_of
    text = said(body)[:TEXT_LENGTH_MOST]
    summary = text if item.summary == body else said(item.summary)
    title = one_line(plain(item.title))[:TITLE_LENGTH_MOST] or title_from(summary or text or link)
    return Article(
        guid=one_line(plain(item.guid)) or link or words_guid(title, text),
        url=link,
        title=title,
        outlet=outlet,
        authors=item.authors,
        published=item.published,
        updated=item.updated,
        first_seen=now,
        lang=one_line(plain(item.lang))[:LANG_LENGTH_MOST],
        categories=_categories(item.categories),
        enclosures=_enclosures(item.enclosures, item.base or url),
        via=title_of(item.via)[:TITLE_LENGTH_MOST],
        summary="" if summary == text else summary,
        text=text,
        picture=item.picture or first_image(body, item.base or link or url),
    )


def _categories(given: Iterable[str]) -> tuple[str, ...]:
    named = (title_of(category) for category in given)
    kept = dict.fromkeys(category for category in named if 0 < len(category) <= CATEGORY_LENGTH_MOST)
    return tuple(kept)[:CATEGORIES_MOST]


def _enclosures(given: Iterable[Enclosure], base: str) -> tuple[Enclosure, ...]:
    whole = (
        replace(one, url=web_url(one.url, base), media_type=one_line(plain(one.media_type))) for one in given if one.url
    )
    return tuple({one.url: one for one in whole if one.url}.values())[:ENCLOSURES_MOST]


def is_count(words: str) -> bool:
    """Say whether words are a number that a store can hold."""
    return words.isascii() and words.isdecimal() and len(words) <= 15  # noqa: PLR2004 (a petabyte has 16 digits)


def longest(bodies: Iterable[str]) -> str:
    """Return the longest body: the first of several is an image's alt text in places, the longest is the story."""
    return max(bodies, key=len, default="")


def title_from(text: str) -> str:
    """Return a title made of a text's own first words."""
    return cut(one_line(text[:1000]), TITLE_LENGTH_MADE)


def words_guid(title: str, text: str) -> str:
    """Return the identity of words that have no other."""
    return "sha256:" + hashlib.sha256(f"{title}\n{text}".encode("utf-8", "replace")).hexdigest()


def _told_apart(made: Sequence[Article]) -> list[Article]:
    """Give entries that share a guid what tells them apart, their link or else their title; drop those that share all.

    The first of two alike is kept: feeds begin with the newest.
    """
    shared = Counter(guid for guid, _ in {(article.guid, _mark(article)) for article in made})
    apart = (
        replace(article, guid=f"{article.guid} {_mark(article)}") if shared[article.guid] > 1 else article
        for article in made
    )
    return list({article.guid: article for article in reversed(list(apart))}.values())[::-1]


def _mark(article: Article) -> str:
    return article.url or article.title
