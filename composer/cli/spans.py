"""How far back a command looks: a day, or a span back from now. Pure."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from composer.errors import UsageError


def since_of(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Read a day in the newsletter's zone (2026-03-01), or a span back from now (7d, 2w, 36h). Raises UsageError."""
    if span := re.fullmatch(r"(\d{1,5})([hdw])", words):
        hours = int(span.group(1)) * {"h": 1, "d": 24, "w": 168}[span.group(2)]
        return now - timedelta(hours=hours)
    try:
        return datetime.strptime(words, "%Y-%m-%d").replace(tzinfo=zone).astimezone(UTC)
    except ValueError:
        raise UsageError(f"--since {words}: give a day such as 2026-03-01, or a span such as 7d, 2w, 36h") from None
