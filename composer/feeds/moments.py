"""Times as publishers give them → aware UTC, or nothing. A time that cannot be believed is no time."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import struct_time

_AHEAD_MOST = timedelta(days=1)
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web: a counter that was never set
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_TTL_MOST = 31_536_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def moment(words: str, now: datetime) -> datetime | None:
    """Read an ISO 8601 (RFC 3339) or RFC 5322 time; without a zone it is UTC."""
    try:
        return believable(datetime.fromisoformat(words.strip()), now)
    except ValueError:
        pass
    try:
        return believable(parsedate_to_datetime(words.strip()), now)
    except (ValueError, TypeError, IndexError, OverflowError):
        day = _DAY.match(words.strip())
        return moment(day.group(), now) if day and day.group() != words.strip() else None


def from_parts(parts: struct_time | None, now: datetime) -> datetime | None:
    """Take a time that feedparser has read."""
    if parts is None:
        return None
    try:
        return believable(datetime(*parts[:6], tzinfo=UTC), now)
    except ValueError:
        return None


def believable(when: datetime, now: datetime) -> datetime | None:
    """Return a time in UTC unless it is more than a day ahead, or older than the web."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        utc = aware.astimezone(UTC)
    except OverflowError:
        return None
    return utc if _OLDEST <= utc <= now + _AHEAD_MOST else None


def seconds_of(minutes: str, *, period: str = "", times: str = "") -> int:
    """Return how long a feed stays fresh: its minutes, else its period shared by how many times in it; 0: not said."""
    if minutes.isascii() and minutes.isdecimal() and int(minutes[:10]):
        return min(int(minutes[:10]) * 60, _TTL_MOST)
    often = int(times[:4]) if times.isascii() and times.isdecimal() else 1
    return _PERIODS.get(period.lower(), 0) // max(often, 1)
