"""A feed as we understand it, and what all its formats share: identity, text, dates, limits."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from composer.feeds.addresses import web_url
from composer.feeds.clean import plain, text_of
from composer.feeds.media import first_image
from composer.model import Article, Picture
from composer.text import cut, one_line

TITLE_LENGTH_MOST = 300
TITLE_LENGTH_MADE = 80
TEXT_LENGTH_MOST = 500_000  # code points: a book is no article


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed holds. `damage` says in one line why it may not be all."""

    title: str = ""
    homepage: str = ""
    articles: tuple[Article, ...] = ()
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
    lang: str = ""
    picture: Picture | None = None


def articles(items: Iterable[Item], *, url: str, outlet: str, now: datetime) -> tuple[Article, ...]:
    """Make articles of a feed's entries; one without any words is left out."""
    made = [_article(item, url=url, outlet=outlet, now=now) for item in items]
    return tuple(_told_apart([article for article in made if article.title]))


def _article(item: Item, *, url: str, outlet: str, now: datetime) -> Article:
    link = web_url(item.link, item.base or url) if item.link else ""
    body = longest((*item.bodies, item.summary))
    text, summary = text_of(body)[:TEXT_LENGTH_MOST], text_of(item.summary)
    title = one_line(plain(item.title))[:TITLE_LENGTH_MOST] or title_from(summary or text or link)
    return Article(
        guid=one_line(plain(item.guid)) or link or words_guid(title, text),
        url=link,
        title=title,
        outlet=outlet,
        authors=item.authors,
        published=item.published,
        first_seen=now,
        lang=item.lang,
        summary="" if summary == text else summary,
        text=text,
        picture=item.picture or first_image(body, item.base or link or url),
    )


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
    """Give entries that share a guid but not a link their link as well; drop those that share both."""
    links = Counter(guid for guid, _ in {(article.guid, article.url) for article in made})
    apart = (
        replace(article, guid=f"{article.guid} {article.url}") if links[article.guid] > 1 else article
        for article in made
    )
    return list({article.guid: article for article in reversed(list(apart))}.values())[::-1]
