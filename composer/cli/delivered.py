"""What is said after a delivery: what was written, and to whom it was told."""

from collections import Counter
from collections.abc import Sequence

from composer.app import Newsroom
from composer.cli import screen
from composer.desk.announcing import announce
from composer.errors import WireError
from composer.parcels import Receipt


def tell(room: Newsroom) -> None:
    """Tell the hub, where it is to be told at once; what goes wrong is no fault of the publication."""
    if not (room.settings.feed_ping and room.settings.feed_hub):
        return
    try:
        told = announce(room.store, room.hub, room.settings)
    except WireError as error:
        screen.note(f"the hub was not told: {error}; `currents ping` tries again")
    else:
        if told:
            screen.note(f"the hub was told of {len(told)} feeds")


def report(room: Newsroom, receipt: Receipt) -> None:
    """Say what was written."""
    for line in _gathered(receipt.written):
        screen.say(f"  outbox/{line}")
    if not receipt.written:
        screen.say("  nothing changed; the outbox stands as it was")
    if room.settings.unsubscribe_url == "":
        screen.note("newsletter.toml: mail.unsubscribe_url is empty; fill it in before you send this mail")


def _gathered(paths: Sequence[str]) -> tuple[str, ...]:
    """Return a line for each path; the feeds of stories, and all that belongs to one tag, are one line."""
    counted = Counter(_folder(path) for path in paths)
    return tuple(f"{line} ({count} files)" if count > 1 else line for line, count in counted.items())


def _folder(path: str) -> str:
    return f"{path.rpartition('/')[0]}/" if path.startswith(("site/tags/", "site/stories/")) else path
