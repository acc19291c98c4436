"""How two texts that differ are shown: with line numbers, word by word, both sides when two people wrote."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from composer.app import Newsroom
from composer.cli import screen
from composer.cli.glance import plural
from composer.differences import Change, Part, changes, counted, cut
from composer.errors import NotFoundError, PartedError

AROUND = 10  # words shown on each side of a change
_INDENT = " " * 7


def show(found: Sequence[Change], around: int = AROUND) -> None:
    """Print changes: the line in the newer text, then the passage with what is out and what is new marked."""
    for change in found:
        place = f"{change.now_line:>5}  "
        parts = [Part("same", place), *(Part(one.mark, one.words) for one in cut(change, around))]
        screen.compared([(part.mark, words) for part, words in zip(parts, _laid_out(parts), strict=True)])


def as_json(found: Sequence[Change]) -> list[dict[str, Any]]:
    """Return changes for scripts: lines, and the parts as pairs of mark and words, in full."""
    return [
        {
            "was_line": change.was_line,
            "now_line": change.now_line,
            "parts": [[part.mark, part.words] for part in change.parts],
        }
        for change in found
    ]


def size(found: Sequence[Change]) -> str:
    """Return how much changed: `+12 −3 words`."""
    more, fewer = counted(found)
    return f"+{more} −{fewer} words"


@contextmanager
def both_shown() -> Iterator[None]:
    """Show both texts, each against the one they came from, when two people wrote on one edition."""
    try:
        yield
    except PartedError as error:
        for who, text in (("What was saved meanwhile", error.theirs), ("What you wrote", error.yours)):
            found = changes(error.common, text)
            screen.say(f"{who} ({size(found)}):", bold=True)
            show(found)
            screen.say()
        raise


def show_drift(room: Newsroom, number: int, *, json_: bool) -> None:
    """Print in full how an article has changed since it was chosen. Raises NotFoundError when nobody chose it."""
    snapshot = room.store.articles.snapshot(room.store.articles.get(number).id)
    if snapshot is None:
        raise NotFoundError(f"article {number} was never chosen; `currents pick {number}` keeps it as it stands")
    drift = next(iter(room.store.articles.drifts([number])), None)
    found = changes(drift.was, drift.now) if drift else ()
    gone_at = drift.gone_at if drift else None
    if json_:
        gone = gone_at.isoformat() if gone_at else None
        taken = snapshot.taken_at.isoformat()
        screen.as_json({"article": number, "chosen_at": taken, "gone_at": gone, "changes": as_json(found)})
        return
    zone = room.settings.timezone
    chosen = f"chosen {snapshot.taken_at.astimezone(zone):%Y-%m-%d %H:%M}"
    screen.say(snapshot.title, bold=True)
    screen.say(f"{chosen}, {size(found)} since" if found else f"{chosen}, unchanged since")
    if gone_at:
        screen.say(f"its page is gone since {gone_at.astimezone(zone):%Y-%m-%d %H:%M}")
    if found:
        screen.say()
        show(found)
        screen.note(f"{plural(len(found), 'passage')}; `currents pick {number} --again` takes it as it stands now")


def _laid_out(parts: Sequence[Part]) -> Iterator[str]:
    """Put every further line under the first; the line end of the passage itself is not shown."""
    for place, part in enumerate(parts):
        words = part.words.removesuffix("\n") if place == len(parts) - 1 else part.words
        yield words.replace("\n", f"\n{_INDENT}")
