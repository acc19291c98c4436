"""The archive as it grows: `python benchmarks/archive.py [--editions 10000] [--every 7]`.

Editions of random words, one every so many days, common and rare as words are (Zipf), each with three of 40 tags and
five sources, are put into a store as published: ten of them, and so many. In each of the two newsletters everything is
written anew, then `currents publish` puts five more editions out, proof and all; the medians of these commands are
compared. Shared machines are noisy: CPU is the one to trust.
"""

import argparse
import gzip
import hashlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from composer.app import Newsroom, open_newsroom
from composer.cli.demonstration import settle
from composer.desk.catalogue import CHANNEL
from composer.desk.choosing.morgue import file_new
from composer.desk.drafting import begin
from composer.desk.revising import Copy
from composer.model import NO_ID, Edition, Publication, Revision

WORDS = 1_200
VOCABULARY = 40_000
PARAGRAPH = 80
TAGS = 40
SOURCES = 5
FEW = 10
TIMES = 5
PROFILE = """name = "benchmark"
about = "words"
paragraph_words_most = 1000
words_most = 20000

[[slots]]
kind = "prose"
"""


class Calendar:
    """A clock that is moved from edition to edition; it comes to today after so many."""

    def __init__(self, editions: int, days: int) -> None:
        self._step = timedelta(days=days)
        self.now = datetime.now(UTC).replace(microsecond=0) - editions * self._step - timedelta(hours=1)

    def __call__(self) -> datetime:
        """Return the day it stands at."""
        return self.now

    def turn(self) -> None:
        """Move on to the next edition's day."""
        self.now += self._step


def manuscript(number: int, day: datetime) -> str:
    """Return an edition of random words."""
    chance = random.Random(number)  # noqa: S311 (the same words on every run)
    words = [f"w{min(int(chance.paretovariate(0.7)), VOCABULARY)}" for _ in range(WORDS)]
    paragraphs = [" ".join(words[at : at + PARAGRAPH]) + "." for at in range(0, WORDS, PARAGRAPH)]
    tags = "".join(f"  - Tag {chance.randrange(TAGS)}\n" for _ in range(3))
    header = f'title: Edition {number}\nslug: edition-{number}\ndek: {" ".join(words[:12])}\ndate: "{day:%Y-%m-%d}"\n'
    fields = f"{header}byline:\n  - Nino Example\ntags:\n{tags}lang: en\nprofile: benchmark\n"
    sources = [source(number, place, words) for place in range(SOURCES)]
    return f"---\n{fields}---\n\n" + "\n\n".join([*paragraphs, *sources]) + "\n"


def source(number: int, place: int, words: list[str]) -> str:
    """Return a source block."""
    url = f"https://wire{place}.example.org/{number}/{words[place]}"
    title = " ".join(words[place * 8 : place * 8 + 8])
    return f"::: source #s{place}\ntitle: {title}\noutlet: Wire {place}\nurl: {url}\n:::"


def add(room: Newsroom, calendar: Calendar, number: int) -> Copy:
    """Draft the next edition."""
    calendar.turn()
    return begin(room.desk, manuscript(number, calendar.now), uid=room.new_uid())


def fill(room: Newsroom, calendar: Calendar, count: int) -> None:
    """Put editions into the store as published, without writing any of them out."""
    for number in range(count):
        calendar.turn()
        text, uid = manuscript(number, calendar.now), room.new_uid()
        name = f"edition-{number}"
        new = Edition(uid=uid, slug=name, title=f"Edition {number}", filename=f"{name}.md", created_at=calendar.now)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        first = Revision(edition_id=NO_ID, number=1, text=text, sha256=sha256, saved_at=calendar.now)
        edition = room.store.editions.create(new, first)
        out = replace(edition, status="published", published_at=calendar.now, updated_at=calendar.now)
        sent = Publication(
            edition_id=edition.id, revision=1, channel=CHANNEL, sha256="0" * 64, published_at=calendar.now
        )
        room.store.editions.record(sent, out)
    file_new(room.store, room.settings)


def measured(act: Callable[[], object]) -> tuple[float, float]:
    """Return the wall time and the CPU time of one act, in the processes that it starts."""
    wall, cpu = time.perf_counter(), _spent()
    act()
    return time.perf_counter() - wall, _spent() - cpu


def told(what: str, took: tuple[float, float]) -> None:
    """Print what an act took."""
    print(f"{what:<44}{took[0]:>8.2f} s wall{took[1]:>8.2f} s CPU", flush=True)


def currents(root: Path, *words: str) -> None:
    """Run a command in a newsletter."""
    command = [sys.executable, "-m", "composer", *words]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False, text=True)
    if done.returncode:
        raise SystemExit(f"currents {' '.join(words)}: {done.stderr}")


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def weigh(site: Path) -> None:
    """Print how large the search is, and what a reader's first search loads."""
    indexes = [file.read_bytes() for file in sorted((site / "search").glob("*.json"))]
    packed = sum(len(gzip.compress(one)) for one in indexes)
    print(f"search: {len(indexes)} indexes, {sum(map(len, indexes)) / 1e3:.0f} kB, {packed / 1e3:.0f} kB compressed")
    for name in ("index.html", "feed.xml", "sitemap.xml"):
        print(f"{name}: {(site / name).stat().st_size / 1e3:.0f} kB")


def run(root: Path, count: int, days: int) -> tuple[float, float]:
    """Make a newsletter with so many editions, publish five more, and return the medians of wall and CPU time."""
    settle(root)
    (root / "templates" / "profiles").mkdir(parents=True, exist_ok=True)
    (root / "templates" / "profiles" / "benchmark.toml").write_text(PROFILE, encoding="utf-8")
    calendar = Calendar(count + TIMES, days)
    with open_newsroom(str(root), calendar) as room:
        fill(room, calendar, count)
    told(f"{count:,} editions: feed", measured(partial(currents, root, "feed")))
    times = []
    for number in range(count, count + TIMES):
        with open_newsroom(str(root), calendar) as room:
            edition = add(room, calendar, number).edition
        times.append(measured(partial(currents, root, "publish", str(edition.id))))
        told(f"{count:,} editions: publish {number + 1:,}", times[-1])
    weigh(root / "outbox" / "site")
    return statistics.median(wall for wall, _ in times), statistics.median(cpu for _, cpu in times)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--editions", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=7, help="days between two editions")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few = run(Path(folder) / "few", FEW, asked.every)
        many = run(Path(folder) / "many", asked.editions, asked.every)
    print(f"one more edition: {many[0] / few[0]:.2f} times the wall time, {many[1] / few[1]:.2f} times the CPU time")
