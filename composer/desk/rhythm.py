"""When to visit a source again: what one visit teaches about the next. Nothing here looks at a clock or at chance.

A source's own rhythm comes first: a visit at half its usual gap between stories finds them soon and asks little. Its
server may ask for more patience, never for less: Retry-After (RFC 9110 section 10.2.3) is obeyed to the second, and an
answer that is called fresh (RFC 9111 section 4.2; RSS `ttl`) is not asked for again until it is stale. A day is the
most that freshness can hold us off, since feeds with a year's max-age are mistakes; seven days the most for
Retry-After, which is said on purpose. A feed file on this disk costs nobody anything and is always due.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from composer.model import Article, Collected, Source
from composer.text import host

SOONEST = timedelta(minutes=15)
LATEST = timedelta(hours=24)
UNKNOWN = timedelta(hours=1)  # nothing is known yet; also the soonest where stories bear no dates
PATIENCE = timedelta(days=7)  # the longest Retry-After that is believed
JITTER = 0.1  # failed sources do not come back all at once
NEWEST = 10  # stories whose dates speak for the rhythm of today
LEARNING = 0.3  # how much one visit moves the rhythm (exponential moving average)
MOVED_TIMES = 4  # visits in a row, over at least MOVED_FOR, before a permanent redirect is believed
MOVED_FOR = timedelta(days=3)


def after(source: Source, visit: Collected, now: datetime, jitter: float) -> Source:
    """Return what to keep of a source after a visit: when to come again, where, and whether at all.

    `source` is as it was before, `visit.source` holds the visit's own validators and counts; 0 ≤ `jitter` < 1.
    """
    if not host(source.url):
        return _file(source, visit, now)
    moved = _moved(source, visit, now)
    if visit.gone:
        return replace(moved, state="gone", next_at=None, not_before=None)
    every = _every(source, visit, now)
    return replace(
        moved,
        every_seconds=round(every.total_seconds()),
        next_at=now + (_back_off(moved.failures, jitter) if visit.outcome == "failed" else max(every, _fresh(visit))),
        not_before=_not_before(source, visit, now),
        changed_at=now if _brought(visit) else source.changed_at,
    )


def due_at(source: Source) -> datetime | None:
    """Return when an active source may be visited by itself; None: at once."""
    times = [moment for moment in (source.next_at, source.not_before) if moment]
    return max(times) if times else None


def is_due(source: Source, now: datetime) -> bool:
    """Say whether it is time to visit a source."""
    at = due_at(source)
    return source.state == "active" and (at is None or at <= now)


def next_due(sources: Sequence[Source], now: datetime) -> datetime | None:
    """Return when the first of the sources that are not due yet will be."""
    waiting = [at for one in sources if one.state == "active" and (at := due_at(one)) and at > now]
    return min(waiting, default=None)


def _file(source: Source, visit: Collected, now: datetime) -> Source:
    changed_at = now if _brought(visit) else source.changed_at
    return replace(visit.source, changed_at=changed_at, every_seconds=0, next_at=None, not_before=None)


def _brought(visit: Collected) -> bool:
    return visit.outcome == "changed" and bool(visit.articles)


def _every(source: Source, visit: Collected, now: datetime) -> timedelta:
    """Move the rhythm towards half of the gap that this visit saw; a failed visit teaches nothing."""
    known = timedelta(seconds=source.every_seconds)
    gap = _gap(source, visit, now)
    if gap is None:
        return _within(known or UNKNOWN)
    seen = gap / 2
    if visit.outcome == "unchanged" and seen <= (known or UNKNOWN):
        return _within(known or UNKNOWN)  # silence that is no longer than usual
    learnt = known + (seen - known) * LEARNING if known else seen
    return _within(learnt, UNKNOWN if _brought(visit) and not _dates(visit.articles, now) else SOONEST)


def _gap(source: Source, visit: Collected, now: datetime) -> timedelta | None:
    """Return the usual time between two stories, or the silence since the last; None when nothing can be told."""
    if visit.outcome == "failed":
        return None
    dates = _dates(visit.articles, now)
    silence = now - max(dates) if dates else now - source.changed_at if source.changed_at else None
    if len(dates) < 2 or silence is None:  # noqa: PLR2004 (a gap has two ends)
        return silence
    return max(silence, (dates[0] - dates[-1]) / (len(dates) - 1))


def _dates(articles: Sequence[Article], now: datetime) -> list[datetime]:
    """Return the newest dates, newest first; a date in the future is no date."""
    told = [one.published for one in articles if one.published and one.published <= now]
    return sorted(told, reverse=True)[:NEWEST]


def _within(wish: timedelta, least: timedelta = SOONEST) -> timedelta:
    return min(max(wish, least), LATEST)


def _fresh(visit: Collected) -> timedelta:
    return timedelta(seconds=min(max(visit.fresh_seconds, 0), LATEST.total_seconds()))


def _back_off(failures: int, jitter: float) -> timedelta:
    """Double from a quarter of an hour to a day, ± JITTER."""
    doubled = SOONEST * (1 << min(max(failures - 1, 0), 7))  # the seventh doubling is past a day
    return min(doubled * (1 - JITTER + 2 * JITTER * jitter), LATEST)


def _not_before(source: Source, visit: Collected, now: datetime) -> datetime | None:
    asked = [moment for moment in (source.not_before, visit.not_before) if moment and moment > now]
    return min(max(asked), now + PATIENCE) if asked else None


def _moved(source: Source, visit: Collected, now: datetime) -> Source:
    """Count visits in a row that permanent redirects led to one place; move there when that has proved stable.

    A failed visit says nothing about it, and a redirect seen once may be a hotel's login page or a slip of its owner.
    """
    if visit.outcome == "failed":
        return visit.source
    if visit.moved_to in ("", source.url):
        return _settled(visit.source, source.url)
    if visit.moved_to != source.moved_to or source.moved_since is None:
        return replace(visit.source, moved_to=visit.moved_to, moved_since=now, moved_times=1)
    times = source.moved_times + 1
    if times >= MOVED_TIMES and now - source.moved_since >= MOVED_FOR:
        return _settled(visit.source, visit.moved_to)
    return replace(visit.source, moved_to=visit.moved_to, moved_since=source.moved_since, moved_times=times)


def _settled(source: Source, url: str) -> Source:
    return replace(source, url=url, moved_to="", moved_since=None, moved_times=0)
