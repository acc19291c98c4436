"""One edition set in type: its issue, the photos that it names, and its identity for ever. It publishes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cached_property

from markupsafe import Markup

from composer.blocks import Manuscript
from composer.charts import Palette, chart, chart_key
from composer.desk.picturing import named
from composer.model import Edition, FeedItem, Message, Page, Print, Profile
from composer.ports import Darkroom
from composer.rendering import (
    Issue,
    Place,
    Theme,
    arrange,
    article,
    email,
    feed_item,
    page,
    story_items,
    storytext,
    with_foot,
)
from composer.rendering.conventions import signs
from composer.rendering.listing import ALONE, address
from composer.rendering.sides import direction
from composer.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What renders editions."""

    settings: Settings
    darkroom: Darkroom
    theme: Callable[[str], Theme]  # by name; raises ThemeError, NotFoundError
    profile: Callable[[str], Profile]  # by name; raises SettingsError, NotFoundError


@dataclass(frozen=True, kw_only=True)
class Typeset:
    """An edition in type: what its mail, page and feed items are made from."""

    press: Press
    guid: str
    issue: Issue
    theme: Theme
    body: Markup
    prints: Mapping[str, Print]  # by the src that the manuscript names, a chart by its key

    @property
    def whole(self) -> bool:
        """Say whether every photo that it names can be shown now."""
        return not any(one.problem for one in self.prints.values())

    @cached_property
    def story(self) -> str:
        """Return it as plain text without the mail's foot; the mail and the feed item both begin with it."""
        return storytext(self.issue)

    def message(self) -> Message:
        """Return it as a mail. Raises ThemeError."""
        return email(self.issue, self.theme, self.press.settings, with_foot(self.story, self.issue))

    def page(self, place: Place = ALONE) -> Page:
        """Return its page, at its place in the archive."""
        return page(self.issue, self.body, self.theme, self.press.settings, place)

    def item(self) -> FeedItem:
        """Return it as a feed item, without what only concerns the mail."""
        return feed_item(self.issue, self.body, self.story, self.press.settings, guid=self.guid)

    def stories(self) -> tuple[FeedItem, ...]:
        """Return each story that it retells as a feed item."""
        return story_items(self.issue, self.theme, self.press.settings, guid=self.guid)


def typeset(press: Press, edition: Edition, manuscript: Manuscript, *, now: datetime, prints_url: str = "") -> Typeset:
    """Set an edition. Its own times are printed; an edition that is not published yet takes `now`.

    `prints_url` (ending in "/") is where its photos will lie; by default beside the page.
    Raises ThemeError, NotFoundError for the theme.
    """
    url = address(press.settings, edition)
    theme = press.theme(manuscript.get("theme", press.settings.theme))
    prints = develop(press.darkroom, manuscript, prints_url or url)
    prints |= draw(press, manuscript, theme, prints_url or url)
    published = edition.published_at or now
    issue = arrange(
        manuscript,
        press.settings,
        prints=prints,
        url=url,
        published=published,
        updated=edition.updated_at or published,
    )
    body = article(issue, theme)
    return Typeset(press=press, guid=guid(press.settings, edition), issue=issue, theme=theme, body=body, prints=prints)


def develop(darkroom: Darkroom, manuscript: Manuscript, base_url: str) -> dict[str, Print]:
    """Return a print of every photo that a manuscript names."""
    return {src: darkroom.develop(src, base_url) for src in named(manuscript)}


def draw(press: Press, manuscript: Manuscript, theme: Theme, base_url: str) -> dict[str, Print]:
    """Return a print of every figure that is drawn, by its `chart_key`: in the theme's light colours."""
    palette = Palette(**{item.name: str(theme.tokens.light[item.name]) for item in fields(Palette)})
    lang = manuscript.get("lang", press.settings.language)
    rtl, marks = (manuscript.get("dir") or direction(lang)) == "rtl", signs(lang)
    found = ((block, chart(block, palette, rtl=rtl, signs=marks)) for block in manuscript.of("figure"))
    return {
        (key := chart_key(block)): replace(press.darkroom.draw(asked, base_url), src=key)
        for block, asked in found
        if asked is not None
    }


def guid(settings: Settings, edition: Edition) -> str:
    """Return an edition's identity in feeds: a `tag:` URI (RFC 4151) that no rename or move ever changes."""
    return f"{tag_uri(settings)}/{edition.uid}"


def tag_uri(settings: Settings) -> str:
    """Return the newsletter's own identity, which all others begin with."""
    return f"tag:{settings.tag_authority},{settings.tag_year}:{settings.tag_name}"
