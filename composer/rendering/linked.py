"""An edition's page told to machines: schema.org's NewsArticle as JSON-LD.

schema.org has words for what a newsroom owes its readers: `backstory` is the why box, `correction` what was mended.
"""

import json
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from composer.rendering.issue import Brief, Correction, Heading, Issue, Lede, Link, Photo, Why
from composer.rendering.markup import words
from composer.settings import Settings
from composer.text import cut, host, one_line

DESCRIPTION_MOST = 200  # what searches and shared cards show


def linked_data(issue: Issue, settings: Settings) -> Markup:
    """Return an issue as JSON-LD that may stand in a script element; what is not known is left out.

    Headline, dates and authors are the page's own. Source: schema.org NewsArticle, and Google's "Article" page.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": issue.title,
        "description": description(issue),
        "inLanguage": issue.lang,
        "url": issue.url,
        "mainEntityOfPage": issue.canonical_url or issue.url,
        "datePublished": issue.published,
        "dateModified": issue.updated or issue.published,
        "author": [{"@type": "Person", "name": name} for name in issue.authors] or _organisation(settings),
        "publisher": _organisation(settings),
        "isPartOf": _given({"@type": "Periodical", "name": settings.name, "url": f"{settings.base_url}/"}),
        "wordCount": issue.words,
        "keywords": list(issue.tags),
        "articleSection": [part.words for part in issue.parts if isinstance(part, Heading) and part.kind == "section"],
        "dateline": next((part.dateline for part in issue.parts if isinstance(part, Lede)), ""),
        "backstory": why(issue),
        "image": [_picture(photo) for photo in _photos(issue)],
        "citation": [source.url for source in issue.sources if source.url],
        "isBasedOn": list(dict.fromkeys(_retold(issue))),
        "correction": [_correction(part) for part in issue.parts if isinstance(part, Correction) and not part.of],
    }
    return _inert(json.dumps(_given(data), ensure_ascii=False))


def description(issue: Issue) -> str:
    """Return the dek, else the first words of the opening."""
    lede = next((words(part.markdown) for part in issue.parts if isinstance(part, Lede)), "")
    return one_line(issue.dek) or cut(one_line(lede), DESCRIPTION_MOST) or issue.title


def why(issue: Issue) -> str:
    """Return the why box as plain words, "" without one."""
    return next((one_line(words(part.markdown)) for part in issue.parts if isinstance(part, Why)), "")


def corrected(part: Correction) -> str:
    """Return a correction as plain words."""
    return one_line(" ".join((words(part.markdown), part.was, part.now)))


def _organisation(settings: Settings) -> dict[str, Any]:
    policy = settings.corrections_url if host(settings.corrections_url) else ""
    said = {"name": settings.name, "url": f"{settings.base_url}/", "correctionsPolicy": policy}
    return _given({"@type": "NewsMediaOrganization", **said})


def _photos(issue: Issue) -> Iterator[Photo]:
    """Yield the photos that can be seen, the edition's own choice first."""
    shown = [part for part in issue.parts if isinstance(part, Photo) and not part.placeholder]
    if issue.hero and not issue.hero.placeholder:
        yield issue.hero
    yield from (photo for photo in shown if photo != issue.hero)


def _picture(photo: Photo) -> dict[str, Any]:
    size = {"width": photo.width, "height": photo.height} if photo.width and photo.height else {}
    rights = {"creditText": photo.credit, "copyrightNotice": photo.credit}
    return _given({"@type": "ImageObject", "url": photo.url, "caption": photo.caption, **size, **rights})


def _retold(issue: Issue) -> Iterator[str]:
    yield from (part.url for part in issue.parts if isinstance(part, Brief | Link) and part.url)


def _correction(part: Correction) -> dict[str, Any]:
    return _given({"@type": "CorrectionComment", "text": corrected(part), "datePublished": part.day})


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _inert(said: str) -> Markup:
    """Keep JSON from closing the script element that it stands in, or from opening a comment there."""
    return Markup(said.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 (it cannot close its element)
