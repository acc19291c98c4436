"""What three readers' programs of others show of a feed that is served: feedparser, newsboat and feedsmith.

Each returns the items that a subscriber has after all visits so far, in one shape.
"""

import json
import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
from judges import JURY, needed
from stands import asked

_PICTURE = re.compile(r"<img[^>]+src=\"([^\"]+)\"")


@dataclass(frozen=True)
class Seen:
    """One item as a reader's program has it."""

    title: str
    published: datetime
    authors: tuple[str, ...]
    html: str = field(compare=False)

    @property
    def pictures(self) -> list[str]:
        return _PICTURE.findall(self.html)


Reader = Callable[[Path, int, str], list[Seen]]


def by_feedparser(folder: Path, port: int, path: str) -> list[Seen]:
    """Keep items by their id, as programs built on it do."""
    _, content = asked(port, path)
    read = feedparser.parse(content)
    assert not read.bozo
    return _held(folder / "feedparser", {item.id: _parsed(item) for item in read.entries})


def by_feedsmith(folder: Path, port: int, path: str) -> list[Seen]:
    needed("node", module="feedsmith")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "feed"
    file.write_bytes(asked(port, path)[1])
    ran = subprocess.run(["node", JURY / "read.mjs", file], cwd=JURY, capture_output=True, check=True, text=True)
    rows = json.loads(ran.stdout)["rows"]
    return _held(folder / "feedsmith", {row["id"]: _smithed(row) for row in rows})


def by_newsboat(folder: Path, port: int, path: str) -> list[Seen]:
    """Let newsboat visit the feed, and read what it keeps for showing."""
    needed("newsboat")
    home = folder / "newsboat"
    home.mkdir(parents=True, exist_ok=True)
    (home / "config").write_text("auto-reload no\n", encoding="utf-8")
    (home / "urls").write_text(f"http://127.0.0.1:{port}{path}\n", encoding="utf-8")
    files = ("-C", home / "config", "-u", home / "urls", "-c", home / "cache.db")
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
    subprocess.run(["newsboat", *files, "-x", "reload"], env=environment, check=True, capture_output=True, timeout=60)
    with closing(sqlite3.connect(home / "cache.db")) as cache:
        rows = cache.execute("SELECT title, pubDate, author, content FROM rss_item WHERE deleted = 0").fetchall()
    return [
        Seen(title, datetime.fromtimestamp(moment, UTC), tuple(filter(None, author.split(", "))), html)
        for title, moment, author, html in rows
    ]


READERS: dict[str, Reader] = {"feedparser": by_feedparser, "feedsmith": by_feedsmith, "newsboat": by_newsboat}


def _held(folder: Path, items: dict[str, dict[str, Any]]) -> list[Seen]:
    """Put items into the place of those of the same id, as a reader's program does, and return all."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "items.json"
    held = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    held.update(items)
    file.write_text(json.dumps(held), encoding="utf-8")
    return [
        Seen(one["title"], datetime.fromisoformat(one["published"]), tuple(one["authors"]), one["html"])
        for one in held.values()
    ]


def _parsed(item: feedparser.FeedParserDict) -> dict[str, Any]:
    moment = datetime(*item.published_parsed[:6], tzinfo=UTC)
    names = [author.name for author in item.get("authors", []) if author.get("name")]
    return {"title": item.title, "published": moment.isoformat(), "authors": names, "html": item.content[0].value}


def _smithed(row: dict[str, Any]) -> dict[str, Any]:
    words = row["published"]
    moment = parsedate_to_datetime(words) if "," in words else datetime.fromisoformat(words)
    return {"title": row["title"], "published": moment.isoformat(), "authors": row["authors"], "html": row["html"]}
