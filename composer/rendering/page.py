"""The archive: an issue as a web page, the index of all of them, and an issue as a feed item.

Page and feeds are made from the issue's parts, never from the mail. Nothing here names a recipient.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from composer.model import FeedItem, FeedPhoto, Page
from composer.rendering.issue import Correction, Credits, Issue, Lede, Photo, Why
from composer.rendering.markup import words
from composer.rendering.sides import direction
from composer.rendering.theme import Theme
from composer.rendering.words import day_of, full_date, say
from composer.settings import Settings
from composer.text import cut, one_line

DESCRIPTION_MOST = 200  # what searches and shared cards show
FILES = {"section": "heading", "subhead": "heading", "subhead3": "heading", "signup": "call", "cta": "call"}
MEDIA_TYPES = {"png": "image/png", "gif": "image/gif", "webp": "image/webp"}


def article(issue: Issue, theme: Theme) -> Markup:
    """Return an issue's parts as plain semantic HTML: what page and feeds both hold."""
    kinds = {part.kind for part in issue.parts}
    files = {kind: FILES.get(kind, kind) for kind in kinds}
    return Markup(theme.html("body.html.j2", parts=issue.parts, files=files).strip())  # noqa: S704 (autoescaped)


def page(issue: Issue, body: Markup, theme: Theme, settings: Settings) -> Page:
    """Return an issue's archive page around its `article`: a whole document without script or outside files."""
    html = theme.html(
        "edition.html.j2",
        issue=issue,
        body=body,
        css=_css(theme),
        home=settings.base_url,
        canonical=issue.canonical_url or issue.url,
        description=_description(issue),
        hero=None if issue.hero is None or issue.hero.placeholder else issue.hero,
        modified=issue.updated or issue.published,
        links=[link for link in (issue.colophon.corrections, issue.colophon.privacy) if link and link.url],
        linked_data=_linked_data(issue, settings),
    )
    return Page(url=issue.url, html=html)


def index(items: Sequence[FeedItem], theme: Theme, settings: Settings) -> str:
    """Return the archive's front page, newest edition first."""
    return theme.html(
        "index.html.j2",
        name=settings.name,
        tagline=settings.tagline,
        home=settings.base_url,
        lang=settings.language,
        dir=direction(settings.language),
        address=settings.postal_address,
        nothing=say(settings.language, "nothing", own=settings.root),
        css=_css(theme),
        entries=[_entry(item, settings) for item in items],
    )


def feed_item(issue: Issue, body: Markup, text: str, settings: Settings, *, guid: str) -> FeedItem:
    """Return an issue, its `article` and its plain text as a feed item; it must have been published."""
    published = datetime.fromisoformat(issue.published)
    return FeedItem(
        guid=guid,
        url=issue.url,
        title=issue.title,
        summary=_description(issue),
        content_html=_directed(body, issue),
        content_text=text,
        published=published,
        updated=datetime.fromisoformat(issue.updated) if issue.updated else published,
        lang=issue.lang,
        authors=issue.authors or (settings.name,),
        contributors=_researchers(issue, settings),
        tags=issue.tags,
        photos=tuple(_feed_photo(part) for part in issue.parts if isinstance(part, Photo) and not part.placeholder),
        related=tuple((source.url, source.words) for source in issue.sources if source.url),
        why=_why(issue),
        credits=tuple(entry for part in issue.parts if isinstance(part, Credits) for entry in part.entries),
    )


def _directed(body: Markup, issue: Issue) -> Markup:
    """Say which way an article runs where its readers' programs run the other way by themselves."""
    if issue.dir == "ltr":
        return body
    opening = Markup('<div lang="{}" dir="rtl" style="text-align:right">').format(issue.lang)
    return opening + body + Markup("</div>")


def _css(theme: Theme) -> Markup:
    """Put the theme's tokens before its own rules; both are the theme's, never an article's words."""
    return Markup(f"{theme.custom_properties}{theme.file('page.css')}")  # noqa: S704 (as the docstring says)


def _entry(item: FeedItem, settings: Settings) -> dict[str, str]:
    day = full_date(item.lang, day_of(item.published, settings.timezone))
    return {
        "url": item.url,
        "title": item.title,
        "dek": item.summary,
        "date": day,
        "lang": item.lang,
        "dir": direction(item.lang),
    }


def _description(issue: Issue) -> str:
    """Return the dek, else the first words of the opening."""
    lede = next((words(part.markdown) for part in issue.parts if isinstance(part, Lede)), "")
    return one_line(issue.dek) or cut(one_line(lede), DESCRIPTION_MOST) or issue.title


def _why(issue: Issue) -> str:
    return next((one_line(words(part.markdown)) for part in issue.parts if isinstance(part, Why)), "")


def _researchers(issue: Issue, settings: Settings) -> tuple[str, ...]:
    role_of_research = say(issue.lang, "credits.research", own=settings.root)
    entries = (entry for part in issue.parts if isinstance(part, Credits) for entry in part.entries)
    return tuple(names for role, names in entries if role == role_of_research)


def _feed_photo(photo: Photo) -> FeedPhoto:
    ending = photo.url.rsplit(".", 1)[-1].lower()
    return FeedPhoto(
        url=photo.url,
        media_type=photo.media_type or MEDIA_TYPES.get(ending, "image/jpeg"),
        width=photo.width,
        height=photo.height,
        alt=photo.alt,
        caption=photo.caption,
        credit=photo.credit,
    )


def _linked_data(issue: Issue, settings: Settings) -> Markup:
    """Return the page as schema.org JSON-LD: `backstory` is the why box, `correction` what was mended."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": issue.title,
        "description": _description(issue),
        "inLanguage": issue.lang,
        "mainEntityOfPage": issue.canonical_url or issue.url,
        "datePublished": issue.published,
        "dateModified": issue.updated or issue.published,
        "author": [{"@type": "Person", "name": name} for name in issue.authors],
        "publisher": {"@type": "Organization", "name": settings.name, "url": settings.base_url},
        "wordCount": issue.words,
        "keywords": list(issue.tags),
        "dateline": next((part.dateline for part in issue.parts if isinstance(part, Lede)), ""),
        "backstory": _why(issue),
        "image": _image(issue.hero),
        "citation": [source.url for source in issue.sources if source.url],
        "correction": [
            {"@type": "CorrectionComment", "text": one_line(words(part.markdown))}
            for part in issue.parts
            if isinstance(part, Correction)
        ],
    }
    said = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    return Markup(said.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 (it cannot close its element)


def _image(hero: Photo | None) -> dict[str, Any]:
    if hero is None or hero.placeholder:
        return {}
    said = {"@type": "ImageObject", "url": hero.url, "caption": hero.caption, "creditText": hero.credit}
    return {key: value for key, value in said.items() if value}
