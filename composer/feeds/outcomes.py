"""What a visit to a source taught: an answer, or the lack of one → `Collected`. Pure.

It says what happened and what the server asked for; when to come again, and where, is the desk's business.
"""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from composer.errors import WireError
from composer.feeds.failures import RefusedError
from composer.feeds.fetch import Answer
from composer.feeds.headers import not_before
from composer.model import Collected, Source

if TYPE_CHECKING:
    from composer.feeds.feed import Feed


def unchanged(source: Source, found: Answer, now: datetime) -> Collected:
    """Return a visit that went well and brought nothing; newer validators are kept (RFC 9110 section 15.4.5)."""
    return Collected(
        source=replace(
            source,
            checked_at=now,
            succeeded_at=now,
            failures=0,
            problem="",
            etag=found.etag or source.etag,
            last_modified=found.last_modified or source.last_modified,
        ),
        outcome="unchanged",
        not_before=not_before(found.told.retry_after, now),
        fresh_seconds=found.told.fresh_seconds,
        moved_to=found.moved_to,
    )


def changed(source: Source, found: Answer, feed: "Feed", *, digest: str, now: datetime) -> Collected:
    """Return a visit that brought a feed; validators and digest are kept only when all of it could be read."""
    damage = found.damage or feed.damage.removeprefix("damaged: ")
    known = replace(source, title=source.title or feed.title, homepage=source.homepage or feed.homepage)
    if not damage:
        known = replace(known, etag=found.etag, last_modified=found.last_modified, body_sha256=digest)
    visit = unchanged(known, replace(found, etag="", last_modified=""), now)
    return replace(
        visit,
        outcome="changed",
        articles=tuple(replace(article, source_id=source.id) for article in feed.articles),
        problem=f"damaged: {damage}" if damage else "",
        fresh_seconds=max(visit.fresh_seconds, feed.ttl_seconds),
    )


def failed(source: Source, error: WireError, now: datetime, *, retry_after: str = "") -> Collected:
    """Return a visit that brought nothing because something went wrong."""
    refused = error if isinstance(error, RefusedError) else None
    return Collected(
        source=replace(source, checked_at=now, failures=source.failures + 1, problem=error.sentence),
        outcome="failed",
        problem=error.sentence,
        not_before=not_before(refused.told.retry_after if refused else retry_after, now),
        gone=refused is not None and refused.gone,
    )
