"""What a round of visits brought, in words and for scripts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from composer.cli.glance import moment, plural
from composer.desk.gathering import Gathered
from composer.desk.rhythm import due_at
from composer.differences import brief
from composer.model import Article, Source
from composer.records import Drift


@dataclass(slots=True)
class Tally:
    """What a round did so far."""

    visited: int = 0
    failed: int = 0
    added: int = 0
    updated: int = 0
    completed: int = 0
    teasers: list[Article] = field(default_factory=list)

    def count(self, gathered: Gathered) -> None:
        """Add one source's result."""
        self.visited += 1
        self.failed += gathered.collected.outcome == "failed"
        self.added += gathered.saved.added
        self.updated += gathered.saved.updated
        self.teasers.extend(gathered.teasers)


def row(gathered: Gathered, url: str) -> str:
    """Return one source's result in a line; `url` is where it was before the visit."""
    collected, saved = gathered.collected, gathered.saved
    source = collected.source
    name = source.title or source.url
    moved = f"; moved for good, followed at {source.url} from now on" if source.url != url else ""
    if collected.outcome == "failed":
        return f"  ✗ {name}: {collected.problem}" + ("; not visited again" if source.state == "gone" else "")
    if collected.outcome == "unchanged":
        return f"  = {name}: nothing new{moved}"
    counts = [f"{saved.added} new"] + ([f"{saved.updated} updated"] if saved.updated else [])
    return f"  ✓ {name}: {', '.join(counts)}" + (f" ({collected.problem})" if collected.problem else "") + moved


def total(tally: Tally) -> str:
    """Return what a round brought, in a line."""
    if not tally.visited:
        return "no source was visited"
    words = f"{plural(tally.added, 'new article')} from {plural(tally.visited, 'source')}"
    return words + (f", {plural(tally.completed, 'teaser')} completed" if tally.completed else "")


def parted_line(drift: Drift) -> str:
    """Say of an article that was chosen what its publisher has done to it."""
    article = drift.article
    name = f"{article.outlet}: {article.title}" if article.outlet else article.title
    if drift.differs:
        said = f"changed since it was picked ({brief(drift.was, drift.now)}); `currents show {article.id} --diff`"
    else:
        said = f"its page is gone ({article.url}); what it said when it was picked is kept"
    return f"  ! article {article.id}, {name}: {said}"


def parted_json(drift: Drift) -> dict[str, Any]:
    """Return the same for scripts."""
    return {
        "article": drift.article.id,
        "title": drift.article.title,
        "changed": drift.differs,
        "gone_at": _iso(drift.gone_at),
    }


def resting(left: Sequence[Source]) -> Iterator[str]:
    """Say of sources that were asked for by number why nobody visits them."""
    for one in left:
        if one.state != "active":
            yield f"{one.title or one.url}: {one.state}; `currents sources resume {one.id}` follows it again"


def left_out(left: Sequence[Source], now: datetime, zone: tzinfo, *, regardless: bool) -> Iterator[str]:
    """Say how many sources were not visited, and why; `regardless`: also those that are not due were wanted."""
    active = [one for one in left if one.state == "active"]
    held = {one.id: at for one in active if (at := one.not_before if regardless else due_at(one)) and at > now}
    if regardless:
        asked = (one for one in active if one.id in held)
        yield from (
            f"{one.title or one.url}: asks to be left alone until {moment(held[one.id], now, zone)}" for one in asked
        )
    elif held:
        yield f"{len(held)} not due, next at {moment(min(held.values()), now, zone)}; --all visits them now"
    if busy := len(active) - len(held):
        yield f"{plural(busy, 'source')} left to another `currents collect` that is running"


def as_json(gathered: Gathered) -> dict[str, Any]:
    """Return one source's result for scripts."""
    collected, saved, source = gathered.collected, gathered.saved, gathered.collected.source
    return {
        "source": source.id,
        "title": source.title,
        "url": source.url,
        "outcome": collected.outcome,
        "added": saved.added,
        "updated": saved.updated,
        "unchanged": saved.unchanged,
        "problem": collected.problem,
        "state": source.state,
        "next_at": _iso(due_at(source)),
    }


def summary(tally: Tally, left: int, upcoming: datetime | None) -> dict[str, Any]:
    """Return what a round brought, for scripts."""
    return {
        "visited": tally.visited,
        "failed": tally.failed,
        "added": tally.added,
        "updated": tally.updated,
        "completed": tally.completed,
        "not_visited": left,
        "next_at": _iso(upcoming),
    }


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
