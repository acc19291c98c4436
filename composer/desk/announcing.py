"""Which feeds a hub is to hear of, from the moment they are about to change until it was told (W3C WebSub)."""

from collections.abc import Sequence

from composer.desk.revising import Desk
from composer.errors import UsageError
from composer.ports import Hub, Store
from composer.settings import Settings

_FEEDS = ("feed.xml", "atom.xml", "feed.json")
_SITE = "site/"


def foretell(paths: Sequence[str], desk: Desk, settings: Settings) -> tuple[str, ...]:
    """Remember that the hub, where one is named, is to hear of the feeds among these paths of the outbox; return them.

    Called before anything is written: what a crash leaves behind is told twice rather than never.
    """
    feeds = _feed_urls(paths, settings) if settings.feed_hub else ()
    return desk.store.announcements.plan(feeds, desk.clock()) if feeds else ()


def take_back(foretold: Sequence[str], written: Sequence[str], desk: Desk, settings: Settings) -> None:
    """Forget what was foretold of feeds that are not among the paths written: they stand as they were."""
    changed = _feed_urls(written, settings)
    desk.store.announcements.forget([url for url in foretold if url not in changed])


def announce(store: Store, hub: Hub, settings: Settings) -> tuple[str, ...]:
    """Tell the hub of every feed that changed since it was told last, and return them. Raises UsageError, WireError.

    Those of which the hub took no note stay to be told.
    """
    if not settings.feed_hub:
        raise UsageError("newsletter.toml: feeds.hub names no hub; there is nobody to tell")
    told: list[str] = []
    try:
        for url in store.announcements.due():
            hub.tell(settings.feed_hub, url)
            told.append(url)
    finally:
        store.announcements.forget(told)
    return tuple(told)


def _feed_urls(paths: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """Return the addresses of the feeds among these paths of the outbox."""
    return tuple(
        f"{settings.base_url}/{path.removeprefix(_SITE)}"
        for path in paths
        if path.startswith(_SITE) and path.rpartition("/")[2] in _FEEDS
    )
