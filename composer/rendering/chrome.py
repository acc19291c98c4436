"""What every page of the archive has around its words: style, icon, feeds to follow, the way home."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from composer.rendering.listing import Entry, Tag
from composer.rendering.sides import direction
from composer.rendering.theme import Theme
from composer.rendering.words import full_date, say
from composer.settings import Settings

FEEDS = (
    ("feed.xml", "application/rss+xml", "RSS"),
    ("atom.xml", "application/atom+xml", "Atom"),
    ("feed.json", "application/feed+json", "JSON Feed"),
)
OWN = "page-own.css"  # what a theme adds to the rules of the one it extends
STORIES = "stories"
TAGS = "tags"
YEARS = "archive"
_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path fill='{card}' d='M0 0h16v16H0z'/>"
    "<path fill='{accent}' d='M2 2h12v3H2z'/><path fill='{ink}' d='M2 7h12v1H2zm0 3h12v1H2zm0 3h8v1H2z'/></svg>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed to follow."""

    url: str
    media_type: str
    label: str  # "RSS"
    title: str  # what a feed reader calls it


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry ready to print."""

    url: str
    title: str
    dek: str
    date: str  # as printed
    day: str  # ISO 8601
    changed: str  # that it was corrected, and when; "": it was not
    lang: str
    dir: str
    language: str  # its language's own name


def frame(theme: Theme, settings: Settings, lang: str) -> dict[str, Any]:
    """Return the values that `frame.html.j2` prints on every page, in one language."""
    return {
        "css": Markup(f"{theme.custom_properties}{theme.file('page.css')}{theme.sources.get(OWN, '')}"),  # noqa: S704 (the theme's, no article's)
        "icon": _icon(theme),
        "home": settings.base_url,
        "name": settings.name,
        "address": settings.postal_address,
        "skip": say(lang, "skip", own=settings.root),
        "contents": say(lang, "contents", own=settings.root),
    }


def feed_links(settings: Settings, folder: str, title: str) -> tuple[FeedLink, ...]:
    """Return the three feeds that lie in one folder of the site ("" is its top)."""
    base = f"{settings.base_url}/{folder}/" if folder else f"{settings.base_url}/"
    return tuple(
        FeedLink(url=f"{base}{file}", media_type=kind, label=label, title=title) for file, kind, label in FEEDS
    )


def edition_feeds(settings: Settings) -> tuple[FeedLink, ...]:
    """Return the feeds of whole editions."""
    return feed_links(settings, "", settings.name)


def story_feeds(settings: Settings) -> tuple[FeedLink, ...]:
    """Return the feeds of single stories."""
    return feed_links(settings, STORIES, say(settings.language, "feed.stories", settings.name, own=settings.root))


def tag_feeds(settings: Settings, tag: Tag) -> tuple[FeedLink, ...]:
    """Return the feeds of one tag."""
    return feed_links(
        settings, f"{TAGS}/{tag.slug}", say(settings.language, "feed.tag", settings.name, tag.name, own=settings.root)
    )


def listed(entry: Entry) -> Listed:
    """Return an entry ready to print, its date in its own language."""
    return Listed(
        url=entry.url,
        title=entry.title,
        dek=entry.dek,
        date=full_date(entry.lang, entry.day),
        day=entry.day.isoformat(),
        changed=entry.changed,
        lang=entry.lang,
        dir=direction(entry.lang),
        language=_language(entry.lang),
    )


def _language(lang: str) -> str:
    try:
        return Locale.parse(lang.replace("_", "-"), sep="-").get_display_name() or lang
    except (ValueError, UnknownLocaleError, TypeError):
        return lang


def _icon(theme: Theme) -> str:
    """Draw a front page in the theme's colours, as an address: browsers ask for a file where a page has none."""
    colours = {name: theme.tokens.light[name].word for name in ("card", "accent", "ink")}
    return "data:image/svg+xml," + quote(_ICON.format(**colours), safe="'=:/,")
