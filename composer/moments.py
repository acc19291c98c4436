"""Moments as people write them, in a zone: a clock's gap is refused, an hour that comes twice is asked about."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from composer.errors import UsageError

_CLOCK = re.compile(r"\d{1,2}:\d{2}")


def moment(words: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Return a moment to come, in UTC, from "2026-11-27 08:00", "08:00" (the next) or one with an offset.

    Raises UsageError for what cannot be read, is past, does not exist in the zone or comes twice there.
    """
    said = words.strip()
    local = _next(said, zone, now) if _CLOCK.fullmatch(said) else _read(said)
    found = local.astimezone(UTC) if local.tzinfo else _placed(local, zone)
    if found <= now:
        raise UsageError(f"{words}: is past; it is {now.astimezone(zone):%Y-%m-%d %H:%M} in {zone}")
    return found


def _read(words: str) -> datetime:
    try:
        return datetime.fromisoformat(words)
    except ValueError as error:
        raise UsageError(f"{words}: no moment; write YYYY-MM-DD HH:MM, or HH:MM for the next time") from error


def _next(words: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when a clock in the zone shows this next, without a zone."""
    here = now.astimezone(zone)
    hour, minute = map(int, words.split(":"))
    try:
        today = here.replace(hour=hour, minute=minute, second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise UsageError(f"{words}: no time of day; hours go to 23, minutes to 59") from error
    return today if today > here.replace(tzinfo=None) else today + timedelta(days=1)


def _placed(local: datetime, zone: ZoneInfo) -> datetime:
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None) != local:
        after = first.astimezone(zone)
        raise UsageError(
            f"{local:%Y-%m-%d %H:%M} does not exist in {zone}: clocks are put forward over it; the same moment by the "
            f"clock before is {after:%H:%M}"
        )
    ways = " or ".join(f"{local:%Y-%m-%dT%H:%M}{_offset(one.astimezone(zone))}" for one in (first, second))
    raise UsageError(f"{local:%Y-%m-%d %H:%M} comes twice in {zone}: clocks are put back; write {ways}")


def _offset(local: datetime) -> str:
    return f"{local:%z}"[:3] + ":" + f"{local:%z}"[3:5]
