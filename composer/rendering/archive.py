"""The archive's other pages: front page, a page a year and a tag, what is not there, and a feed's looks."""

import re
from collections.abc import Iterable, Mapping, Sequence

from composer.rendering.chrome import TAGS, YEARS, edition_feeds, frame, listed, story_feeds, tag_feeds
from composer.rendering.listing import Entry, Tag, by_year
from composer.rendering.sides import direction
from composer.rendering.theme import Theme
from composer.rendering.words import say
from composer.settings import Settings

WHOLE_MOST = 60  # editions that a front page still lists all of
FRONT_MOST = 30  # else so many, and the rest by year
TAGS_MOST = 24  # that a front page names
_CSS_PLAIN = re.compile(r"[^A-Za-z0-9 .,\u00a0-\U0010ffff]")


def index(entries: Sequence[Entry], years: Sequence[int], tags: Sequence[Tag], theme: Theme, settings: Settings) -> str:
    """Return the archive's front page from its newest entries: years as headings, all years, the tags, and the search.

    More than `WHOLE_MOST` entries say that there are more than it lists. `tags` are those that most editions carry.
    """
    shown = entries if len(entries) <= WHOLE_MOST else entries[:FRONT_MOST]
    return theme.html(
        "index.html.j2",
        **_listing(theme, settings, by_year(shown)),
        title=settings.name,
        description=settings.tagline or settings.name,
        canonical=f"{settings.base_url}/",
        feeds=(*edition_feeds(settings), *story_feeds(settings)),
        kinds=[(feeds[0].title, feeds) for feeds in (edition_feeds(settings), story_feeds(settings))],
        tagline=settings.tagline,
        nothing=say(settings.language, "nothing", own=settings.root),
        years=_years(years, _archive(settings)),
        years_label=say(settings.language, "years", own=settings.root),
        tags=[(tag.name, _tag_url(tag, settings)) for tag in sorted(tags, key=lambda tag: tag.slug)],
        tags_label=say(settings.language, "tags", own=settings.root),
        searched=" ".join(map(str, years)),
        search={
            key: say(settings.language, f"search.{key}", "{}", own=settings.root)
            for key in ("go", "found", "nothing", "failed")
        },
        search_label=say(settings.language, "search", own=settings.root),
    )


def year_page(year: int, entries: Sequence[Entry], years: Sequence[int], theme: Theme, settings: Settings) -> str:
    """Return the page of one year, with its entries, among all years."""
    above = _archive(settings)
    return theme.html(
        "list.html.j2",
        **_listing(theme, settings, {year: entries}),
        **_headed(settings, say(settings.language, "year", str(year), own=settings.root), f"{above}{year}/"),
        above=(),
        feeds=edition_feeds(settings),
        nothing="",
        years=_years(years, above),
    )


def tag_page(tag: Tag, years: Sequence[int], theme: Theme, settings: Settings) -> str:
    """Return the page of one tag, with feeds of its own, and the years that have pages of it."""
    heading, url = _tagged(tag, settings)
    return theme.html(
        "list.html.j2",
        **_listing(theme, settings, by_year(tag.entries)),
        **_headed(settings, heading, url),
        **_of_tag(tag, settings),
        above=(),
        years=_years(years, url),
    )


def tag_year_page(tag: Tag, year: int, theme: Theme, settings: Settings) -> str:
    """Return the page of one tag in one year. It names no other year, so that it changes with its own entries only."""
    heading, url = _tagged(tag, settings)
    return theme.html(
        "list.html.j2",
        **_listing(theme, settings, {year: tag.entries}),
        **_headed(settings, f"{heading} · {year}", f"{url}{year}/"),
        **_of_tag(tag, settings),
        above=(heading, url),
        years=(),
    )


def not_found(theme: Theme, settings: Settings) -> str:
    """Return the page that a host shows for an address it does not have."""
    return theme.html(
        "404.html.j2",
        **frame(theme, settings, settings.language),
        lang=settings.language,
        dir=direction(settings.language),
        title=say(settings.language, "missing", own=settings.root),
        what=say(settings.language, "missing.what", own=settings.root),
        feeds=edition_feeds(settings),
    )


def robots(theme: Theme, settings: Settings) -> bytes:
    """Return what the site says to crawlers; a newsletter's own `templates/THEME/robots.txt.j2` says it otherwise."""
    return theme.html("robots.txt.j2", home=settings.base_url).encode()


def feed_looks(theme: Theme, settings: Settings) -> bytes:
    """Return the style sheet that makes a feed readable for a person who opens it in a browser."""
    what = css_string(say(settings.language, "feed.what", own=settings.root))
    side = direction(settings.language)
    return theme.html("feed.css.j2", properties=theme.custom_properties, what=what, dir=side).encode()


def _listing(theme: Theme, settings: Settings, years: Mapping[int, Sequence[Entry]]) -> dict[str, object]:
    return {
        **frame(theme, settings, settings.language),
        "lang": settings.language,
        "dir": direction(settings.language),
        "groups": [(year, [listed(entry) for entry in entries]) for year, entries in years.items()],
    }


def _headed(settings: Settings, heading: str, url: str) -> dict[str, object]:
    """Return what a list says of itself."""
    return {
        "title": heading,
        "description": f"{heading} · {settings.name}",
        "canonical": url,
        "years_label": say(settings.language, "years", own=settings.root),
    }


def _of_tag(tag: Tag, settings: Settings) -> dict[str, object]:
    nothing = say(settings.language, "tagged.nothing", own=settings.root)
    return {"feeds": tag_feeds(settings, tag), "nothing": nothing}


def _tagged(tag: Tag, settings: Settings) -> tuple[str, str]:
    """Return the heading of a tag's page, and its address."""
    return say(settings.language, "tagged", tag.name, own=settings.root), _tag_url(tag, settings)


def _tag_url(tag: Tag, settings: Settings) -> str:
    return f"{settings.base_url}/{TAGS}/{tag.slug}/"


def _archive(settings: Settings) -> str:
    return f"{settings.base_url}/{YEARS}/"


def _years(years: Iterable[int], above: str) -> list[tuple[int, str]]:
    """Return the years and their pages, without counts: the page of a year that is over does not change."""
    return [(year, f"{above}{year}/") for year in years]


def css_string(words: str) -> str:
    """Return words as a CSS string; whatever could end it is written as its number (CSS Syntax 3, section 4.3.7)."""
    return '"' + _CSS_PLAIN.sub(lambda found: f"\\{ord(found.group()):x} ", words) + '"'
