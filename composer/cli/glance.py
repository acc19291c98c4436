"""How a source is doing, in few words."""

from datetime import datetime, timedelta, tzinfo

from composer.model import Source

_HOUR = 3_600
_DAY = 24 * _HOUR


def plural(count: int, noun: str) -> str:
    """Return a count and its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def moment(when: datetime, now: datetime, zone: tzinfo) -> str:
    """Return a time where the newsletter is made; the date only when it is another day."""
    here = when.astimezone(zone)
    same_day = here.date() == now.astimezone(zone).date()
    return f"{here:%H:%M}" if same_day else f"{here:%Y-%m-%d %H:%M}"


def span(length: timedelta) -> str:
    """Return a length of time in its largest unit: `15 min`, `3 h`, `2 days`."""
    seconds = max(length.total_seconds(), 0)
    if seconds < _HOUR:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / _HOUR)} h" if seconds < 2 * _DAY else f"{round(seconds / _DAY)} days"


def ago(when: datetime | None, now: datetime) -> str:
    """Return how long ago something was, or `never`."""
    if when is None:
        return "never"
    return "just now" if now - when < timedelta(minutes=1) else f"{span(now - when)} ago"


def sign(source: Source) -> str:
    """Return a mark for a source's state: ✓ well, ✗ with its failures in a row, · not visited yet, paused, gone."""
    if source.state != "active":
        return source.state
    if source.failures:
        return f"✗ {source.failures}"
    return "✓" if source.succeeded_at else "·"


def rhythm(source: Source) -> str:
    """Return how often a source is visited."""
    return f"every {span(timedelta(seconds=source.every_seconds))}" if source.every_seconds else "–"


def tags(source: Source) -> str:
    """Return a source's tags as they are written."""
    return " ".join(f"#{tag}" for tag in source.tags)
