"""How an article reads in a terminal and in JSON. Pure."""

from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from composer.cli.glance import plural
from composer.model import Article, Enclosure, Found, Version
from composer.text import count_words

MARKS = {"new": "", "picked": "✓", "spiked": "✗"}
INDENT = " " * 19  # where a line's outlet begins
_TIMES = ("published", "updated", "first_seen")


def day(article: Article, zone: ZoneInfo) -> str:
    """Return the day an article is filed under, in the newsletter's zone."""
    moment = article.published or article.first_seen
    return f"{moment.astimezone(zone):%Y-%m-%d}" if moment else ""


def line(article: Article, zone: ZoneInfo) -> str:
    """Return an article as one line that begins with its number."""
    outlet = f"{article.outlet}: " if article.outlet else ""
    return f"{article.id:>4} {MARKS[article.state]:<1} {day(article, zone):<10}  {outlet}{article.title}"


def about(article: Article, zone: ZoneInfo) -> list[str]:
    """Return what is known of an article beside its headline and its words."""
    lines = [
        " · ".join(part for part in (article.outlet, ", ".join(article.authors), day(article, zone)) if part),
        article.url,
        _size(article),
        _after("updated: ", _update(article, zone)),
        _after("via: ", article.via),
        _after("filed under: ", ", ".join(article.categories)),
        _picture(article),
        *(f"with it: {_enclosure(one)}" for one in article.enclosures),
    ]
    return [one for one in lines if one]


def earlier(versions: tuple[Version, ...], zone: ZoneInfo) -> str:
    """Return how often an article was changed, and how to see what it was; "" when it never was."""
    if not versions:
        return ""
    first = versions[0].seen_at.astimezone(zone)
    count = plural(len(versions), "earlier version")
    return f"{count}, the first seen {first:%Y-%m-%d %H:%M}; --version {versions[0].number} shows it"


def article_json(article: Article) -> dict[str, Any]:
    """Return an article as JSON holds it."""
    moments = {name: getattr(article, name) for name in _TIMES}
    return {**asdict(article), **{name: at.isoformat() if at else None for name, at in moments.items()}}


def found_json(found: Found) -> dict[str, Any]:
    """Return an article that a search found, with its snippet as pairs: words, and whether they were asked for."""
    return {**article_json(found.article), "snippet": found.snippet}


def _size(article: Article) -> str:
    said = [f"{count_words(article.text)} words", article.state, article.lang]
    if article.access == "paywalled":
        said.append("behind a paywall: what is here may not be all")
    return ", ".join(part for part in said if part)


def _update(article: Article, zone: ZoneInfo) -> str:
    if article.updated is None or article.updated == article.published:
        return ""
    return f"{article.updated.astimezone(zone):%Y-%m-%d %H:%M}"


def _picture(article: Article) -> str:
    photo = article.picture
    if photo is None:
        return ""
    credit = f"({photo.credit})" if photo.credit else ""
    return " ".join(part for part in ("photo:", photo.url, photo.caption or photo.alt, credit) if part)


def _enclosure(one: Enclosure) -> str:
    size = f"{one.bytes_length / 1_000_000:.1f} MB" if one.bytes_length else ""
    about_it = ", ".join(part for part in (one.media_type, size) if part)
    return f"{one.url} ({about_it})" if about_it else one.url


def _after(label: str, words: str) -> str:
    return label + words if words else ""
