"""An issue as a web page in the archive. Made from the issue's parts, never from the mail; it names no recipient."""

from markupsafe import Markup

from composer.model import Page
from composer.rendering.chrome import TAGS, FeedLink, edition_feeds, frame, listed, story_feeds, tag_feeds
from composer.rendering.issue import Issue
from composer.rendering.linked import description, linked_data
from composer.rendering.listing import ALONE, Place, Tag, tag_slug
from composer.rendering.theme import Theme
from composer.rendering.words import say
from composer.settings import Settings

FILES = {"section": "heading", "subhead": "heading", "subhead3": "heading", "signup": "call", "cta": "call"}


def article(issue: Issue, theme: Theme) -> Markup:
    """Return an issue's parts as plain semantic HTML: what page and feeds both hold."""
    kinds = {part.kind for part in issue.parts}
    files = {kind: FILES.get(kind, kind) for kind in kinds}
    return Markup(theme.html("body.html.j2", parts=issue.parts, files=files).strip())  # noqa: S704 (autoescaped)


def page(issue: Issue, body: Markup, theme: Theme, settings: Settings, place: Place = ALONE) -> Page:
    """Return an issue's archive page around its `article`: a whole document without script or outside files.

    `place` says what stands beside it in the archive, and which editions tell the same in other languages.
    """
    html = theme.html(
        "edition.html.j2",
        **frame(theme, settings, issue.lang),
        lang=issue.lang,
        dir=issue.dir,
        issue=issue,
        body=body,
        canonical=issue.canonical_url or issue.url,
        description=description(issue),
        hero=None if issue.hero is None or issue.hero.placeholder else issue.hero,
        modified=issue.updated or issue.published,
        links=[link for link in (issue.colophon.corrections, issue.colophon.privacy) if link and link.url],
        linked_data=linked_data(issue, settings),
        feeds=(*edition_feeds(settings), *story_feeds(settings), *_tag_feeds(issue, settings)),
        tags=_tags(issue, settings),
        tags_label=say(issue.lang, "tags", own=settings.root),
        earlier=listed(place.earlier) if place.earlier else None,
        earlier_label=say(issue.lang, "earlier", own=settings.root),
        later=listed(place.later) if place.later else None,
        later_label=say(issue.lang, "later", own=settings.root),
        translations=[listed(entry) for entry in place.translations],
        translations_label=say(issue.lang, "translations", own=settings.root),
    )
    return Page(url=issue.url, html=html)


def _tags(issue: Issue, settings: Settings) -> list[tuple[str, str]]:
    return [(tag, f"{settings.base_url}/{TAGS}/{tag_slug(tag)}/") for tag in issue.tags]


def _tag_feeds(issue: Issue, settings: Settings) -> list[FeedLink]:
    """Return one feed of each tag: nobody chooses among twenty."""
    return [tag_feeds(settings, Tag(name=tag, slug=tag_slug(tag)))[0] for tag in issue.tags]
