"""Which feeds a hub is to hear of, from the moment they are about to change until it was told (W3C WebSub)."""

from collections.abc import Sequence

from composer.desk.revising import Desk
from composer.errors import UsageError
from composer.model import Parcel, Receipt
from composer.ports import Hub, Outlet, Store
from composer.settings import Settings

_FEEDS = ("feed.xml", "atom.xml", "feed.json")
_SITE = "site/"


def deliver(parcel: Parcel, outlet: Outlet, desk: Desk, settings: Settings) -> Receipt:
    """Hand a parcel to an outlet; where a hub is named, remember every feed of it that changes until the hub is told.

    They are remembered before anything is written: what a crash leaves behind is told twice rather than never. Raises
    what the outlet raises.
    """
    if not settings.feed_hub:
        return outlet.deliver(parcel)
    feeds = _feed_urls([file.path for file in parcel.pointers], settings)
    planned = desk.store.announcements.plan(feeds, desk.clock())
    receipt = outlet.deliver(parcel)
    written = _feed_urls(receipt.written, settings)
    desk.store.announcements.forget([url for url in planned if url not in written])
    return receipt


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
