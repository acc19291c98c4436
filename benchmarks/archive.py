"""The archive as it grows: `python benchmarks/archive.py [--editions 1000]`.

Weekly editions of random words, common and rare as words are (Zipf), each with three of 40 tags, are put into a store
as published. Then everything is written anew, one more edition is published, and the search's indexes are weighed. Wall
and CPU time are of one run each, and shared machines are noisy: CPU is the one to trust.
"""

import argparse
import gzip
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from composer.app import Newsroom, open_newsroom
from composer.cli.demonstration import settle
from composer.desk.archiving import CHANNEL
from composer.desk.choosing.morgue import file_new
from composer.desk.drafting import begin
from composer.desk.publishing import publish, republish
from composer.desk.revising import Copy
from composer.model import Publication, Receipt

WORDS = 1_200
VOCABULARY = 40_000
PARAGRAPH = 80
TAGS = 40
PROFILE = """name = "benchmark"
about = "words"
paragraph_words_most = 1000
words_most = 20000

[[slots]]
kind = "prose"
"""


class Calendar:
    """A clock that is moved by a week."""

    def __init__(self) -> None:
        self.now = datetime(2007, 1, 5, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the day it stands at."""
        return self.now

    def turn(self) -> None:
        """Move on by a week."""
        self.now += timedelta(weeks=1)


def manuscript(number: int, day: datetime) -> str:
    """Return an edition of random words."""
    chance = random.Random(number)  # noqa: S311 (the same words on every run)
    words = [f"w{min(int(chance.paretovariate(0.7)), VOCABULARY)}" for _ in range(WORDS)]
    paragraphs = [" ".join(words[at : at + PARAGRAPH]) + "." for at in range(0, WORDS, PARAGRAPH)]
    tags = "".join(f"  - Tag {chance.randrange(TAGS)}\n" for _ in range(3))
    header = f'title: Edition {number}\nslug: edition-{number}\ndek: {" ".join(words[:12])}\ndate: "{day:%Y-%m-%d}"\n'
    fields = f"{header}byline:\n  - Nino Example\ntags:\n{tags}lang: en\nprofile: benchmark\n"
    return f"---\n{fields}---\n\n" + "\n\n".join(paragraphs) + "\n"


def add(room: Newsroom, calendar: Calendar, number: int) -> Copy:
    """Draft the next week's edition."""
    calendar.turn()
    return begin(room.desk, manuscript(number, calendar.now), uid=room.new_uid())


def fill(room: Newsroom, calendar: Calendar, count: int) -> None:
    """Put editions into the store as published, without writing any of them out."""
    for number in range(count):
        edition = add(room, calendar, number).edition
        out = replace(edition, status="published", published_at=calendar.now, updated_at=calendar.now)
        sent = Publication(
            edition_id=edition.id, revision=1, channel=CHANNEL, sha256="0" * 64, published_at=calendar.now
        )
        room.store.editions.record(sent, out)
    file_new(room.store, room.settings)


def measure(what: str, act: Callable[[], Receipt]) -> None:
    """Print what one act took, and how many files it wrote."""
    wall, cpu = time.perf_counter(), time.process_time()
    written = len(act().written)
    took, spent = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what:<36}{took:>8.1f} s wall{spent:>8.1f} s CPU{written:>6} files written")


def weigh(site: Path) -> None:
    """Print how large the search is, and what a reader's first search loads."""
    indexes = [file.read_bytes() for file in sorted((site / "search").glob("*.json"))]
    packed = sum(len(gzip.compress(one)) for one in indexes)
    print(f"search: {len(indexes)} indexes, {sum(map(len, indexes)) / 1e3:.0f} kB, {packed / 1e3:.0f} kB compressed")
    for name in ("index.html", "feed.xml", "sitemap.xml"):
        print(f"{name}: {(site / name).stat().st_size / 1e3:.0f} kB")


def run(root: Path, count: int) -> None:
    """Make a newsletter with so many editions, and measure it."""
    settle(root)
    (root / "templates" / "profiles").mkdir(parents=True, exist_ok=True)
    (root / "templates" / "profiles" / "benchmark.toml").write_text(PROFILE, encoding="utf-8")
    calendar = Calendar()
    with open_newsroom(str(root), calendar) as room:
        fill(room, calendar, count)
        measure("everything anew", lambda: republish(room.press, room.dock))
        copy = add(room, calendar, count)
    with open_newsroom(str(root), calendar) as room:
        measure("one more edition, proof and all", lambda: publish(room.press, room.dock, copy))
    weigh(root / "outbox" / "site")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--editions", type=int, default=1000)
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder) / "newsletter", parser.parse_args().editions)
