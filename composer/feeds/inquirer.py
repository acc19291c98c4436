"""Asks the web for proof, and keeps what it answered for a while in a file of the newsletter's own.

The file is no part of the store: it may be deleted at any time, and costs a few questions more.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from composer.ports import Clock
from composer.records import Inquiry, Reply
from composer.settings import Settings

FRESH = timedelta(days=1)
FRESH_AFTER_A_FAULT = timedelta(hours=1)
_SUCCESSES = range(200, 300)
_KEYS = {one.name for one in fields(Reply)}


class WebInquirer:
    """Asks by HTTP; replies are kept for a day, whatever was no success for an hour."""

    def __init__(self, settings: Settings, clock: Clock, file: Path) -> None:
        self._settings = settings
        self._clock = clock
        self._file = file

    def ask(self, inquiries: Sequence[Inquiry]) -> Iterator[Reply]:
        """Yield a reply to every inquiry, kept ones first. What arrived is kept even when the round is broken off."""
        now = self._clock()
        kept = _fresh(_read(self._file), now)
        yield from (kept[inquiry] for inquiry in inquiries if inquiry in kept)
        wanted = [inquiry for inquiry in inquiries if inquiry not in kept]
        if not wanted:
            return
        from composer.feeds.inquiries import replies  # noqa: PLC0415 (aiohttp only when somebody is asked)

        came: list[Reply] = []
        try:
            for reply in replies(wanted, self._settings, now):
                came.append(reply)
                yield reply
        finally:
            _write(self._file, [*kept.values(), *(one for one in came if one.fault != "unasked")])


def _fresh(known: Iterable[Reply], now: datetime) -> Mapping[Inquiry, Reply]:
    """Return the replies that still count, by what was asked."""
    return {Inquiry(address=one.address, picture=one.picture): one for one in known if _is_fresh(one, now)}


def _is_fresh(reply: Reply, now: datetime) -> bool:
    most = FRESH if reply.status in _SUCCESSES else FRESH_AFTER_A_FAULT
    return timedelta() <= now - reply.asked_at < most


def _read(file: Path) -> list[Reply]:
    """Return what is kept; a file that cannot be read holds nothing."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return [_reply(row) for row in rows]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return []


def _reply(row: Mapping[str, Any]) -> Reply:
    known = {key: value for key, value in row.items() if key in _KEYS}
    return Reply(**{**known, "asked_at": datetime.fromisoformat(row["asked_at"]).astimezone(UTC)})


def _write(file: Path, known: Iterable[Reply]) -> None:
    """Write whole or not at all; where it cannot be written, the next run asks again."""
    rows = [{**asdict(one), "asked_at": one.asked_at.isoformat()} for one in known]
    draft = file.with_name(f"{file.name}.{os.getpid()}.part")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(file)
