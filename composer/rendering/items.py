"""What feeds carry: an edition as one item, and each story that an edition retells as an item of its own."""

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from composer.model import FeedItem, FeedPhoto
from composer.rendering.issue import Brief, Correction, Credits, Issue, Link, Photo
from composer.rendering.linked import corrected, description, why
from composer.rendering.markup import words
from composer.rendering.theme import Theme
from composer.rendering.words import say
from composer.settings import Settings
from composer.text import cut, one_line

SUMMARY_MOST = 300  # of a story
_MEDIA_TYPES = {"png": "image/png", "gif": "image/gif", "webp": "image/webp"}


def feed_item(issue: Issue, body: Markup, text: str, settings: Settings, *, guid: str) -> FeedItem:
    """Return an issue, its `article` and its plain text as a feed item; it must have been published."""
    published = datetime.fromisoformat(issue.published)
    return FeedItem(
        guid=guid,
        url=issue.url,
        title=issue.title,
        summary=description(issue),
        content_html=_directed(body, issue.lang, issue.dir),
        content_text=text,
        published=published,
        updated=datetime.fromisoformat(issue.updated) if issue.updated else published,
        lang=issue.lang,
        authors=issue.authors or (settings.name,),
        contributors=_researchers(issue, settings),
        tags=issue.tags,
        photos=tuple(_feed_photo(part) for part in issue.parts if isinstance(part, Photo) and not part.placeholder),
        related=tuple((source.url, source.words) for source in issue.sources if source.url),
        why=why(issue),
        credits=tuple(entry for part in issue.parts if isinstance(part, Credits) for entry in part.entries),
        corrections=tuple(corrected(part) for part in issue.parts if isinstance(part, Correction) and not part.of),
    )


def story_items(issue: Issue, theme: Theme, settings: Settings, *, guid: str) -> tuple[FeedItem, ...]:
    """Return an item for each brief and link of a published issue, in the edition's order.

    `guid` is the edition's; a story's own hangs on it and on the block's id, else on its first source's: it stays
    when the story is edited or moves. A story is updated when a correction names it, not with its edition.
    """
    return tuple(_story(part, issue, theme, settings, guid) for part in _stories(issue))


def _stories(issue: Issue) -> Iterator[Brief | Link]:
    yield from (part for part in issue.parts if isinstance(part, Brief | Link))


def _story(part: Brief | Link, issue: Issue, theme: Theme, settings: Settings, guid: str) -> FeedItem:
    published = datetime.fromisoformat(issue.published)
    mended = [one for one in issue.parts if isinstance(one, Correction) and part.anchor and one.target == part.anchor]
    said = [*map(corrected, mended), words(part.markdown), part.source_line]
    own = (part.lang or issue.lang, part.dir) if isinstance(part, Brief) and part.dir else (issue.lang, issue.dir)
    content = theme.html("story.html.j2", part=part, issue=issue, corrections=mended).strip()
    return FeedItem(
        guid=f"{guid}/{part.slug}",
        url=f"{issue.url}#{part.slug}",
        title=part.headline,
        summary=cut(one_line(words(part.markdown)), SUMMARY_MOST) or part.source_line,
        content_html=_directed(Markup(content), *own),  # noqa: S704 (autoescaped)
        content_text="\n\n".join(filter(None, said)),
        published=published,
        updated=datetime.fromisoformat(issue.updated) if mended and issue.updated else published,
        lang=own[0],
        authors=issue.authors or (settings.name,),
        tags=issue.tags,
        related=tuple((source.url, source.words) for source in part.sources if source.url),
        retells=part.url,
        corrections=tuple(map(corrected, mended)),
    )


def _directed(content: Markup, lang: str, side: str) -> Markup:
    """Say of right-to-left words that they are: a reader's own page around them mostly runs the other way."""
    if side != "rtl":
        return content
    return Markup('<div lang="{}" dir="rtl" style="text-align:right">{}</div>').format(lang, content)


def _researchers(issue: Issue, settings: Settings) -> tuple[str, ...]:
    entries = (entry for part in issue.parts if isinstance(part, Credits) for entry in part.entries)
    role_of_research = say(issue.lang, "credits.research", own=settings.root)
    return tuple(names for role, names in entries if role == role_of_research)


def _feed_photo(photo: Photo) -> FeedPhoto:
    ending = photo.url.rsplit(".", 1)[-1].lower()
    return FeedPhoto(
        url=photo.url,
        media_type=photo.media_type or _MEDIA_TYPES.get(ending, "image/jpeg"),
        width=photo.width,
        height=photo.height,
        alt=photo.alt,
        caption=photo.caption,
        credit=photo.credit,
    )
