"""An edition, rendered for every reader: mail, page and feed item. It proves and publishes nothing.

A module of its own so that what only shows an edition need not wait for what proves and publishes one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from composer.blocks import Manuscript
from composer.desk.revising import Copy
from composer.desk.typesetting import Press, Typeset, typeset
from composer.model import Edition, FeedItem, Message, Page, Print
from composer.rendering.email import print_html
from composer.rendering.listing import ALONE, Place
from composer.rendering.marks import Marks
from composer.rendering.weights import Weights, weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One edition, rendered for every reader."""

    ready: Typeset  # what all of it is printed from
    message: Message
    page: Page
    item: FeedItem
    now: datetime  # the moment that an edition takes that is not published yet
    prints_url: str = ""  # where its photos lie, when that is not beside the page

    @property
    def prints(self) -> Mapping[str, Print]:
        """Return its photos by the src that the manuscript names, its charts by their keys."""
        return self.ready.prints

    @property
    def stories(self) -> tuple[FeedItem, ...]:
        """Return each story that it retells as a feed item, printed when it is asked for: few readers of a sheet do."""
        return self.ready.stories()


def render(
    press: Press,
    edition: Edition,
    manuscript: Manuscript,
    *,
    now: datetime,
    prints_url: str = "",
    place: Place = ALONE,
) -> Sheet:
    """Render an edition. Its own times are printed; an edition that is not published yet takes `now`.

    `prints_url` (ending in "/") is where its photos will lie; by default beside the page. `place` is what stands
    beside its page in the archive. Raises ThemeError, NotFoundError.
    """
    ready = typeset(press, edition, manuscript, now=now, prints_url=prints_url)
    return Sheet(
        ready=ready,
        message=ready.message(),
        page=ready.page(place),
        item=ready.item(),
        now=now,
        prints_url=prints_url,
    )


def weigh_mail(copy: Copy, sheet: Sheet) -> Weights:
    """Weigh a rendered edition's mail part by part. Raises ThemeError."""
    return weigh(sheet.ready.issue, sheet.ready.theme, copy.manuscript)


def marked_mail(sheet: Sheet) -> str:
    """Return a rendered edition's mail with a mark before and behind every part, as `weigh_mail` numbers them.

    Without the marks, which no client reads, it is the mail byte for byte. Raises ThemeError.
    """
    return print_html(sheet.ready.issue, sheet.ready.theme, Marks(sheet.ready.issue.parts))
