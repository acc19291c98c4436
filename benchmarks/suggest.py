"""How well events are told apart, and how long `currents suggest` takes on 10,000 articles of seven days.

Run it by hand: `.venv/bin/python benchmarks/suggest.py`. Nothing here passes or fails; nothing is random but the time.
"""

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import reports

from composer.app import open_newsroom
from composer.desk.choosing.events import ALIKE, events
from composer.desk.choosing.stories import every_story, sketch
from composer.desk.choosing.vectors import Rarity, cosine, terms
from composer.model import Article, Source

CURRENTS = str(Path(sys.executable).parent / "currents")
NOW = datetime.now(UTC)
NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
SOURCES = 120
AT_ONCE = 2_000
CONSONANTS, VOWELS = "bdgklmnrstv", "aeo"
SYLLABLES = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
LITTLE = """
the of to and a in that is was for on it with as be by at from have are not this but had they his he or an were
which their said been has would more who when will there if its no than two so about after over last one new also
year first could before because into them people while where against three since during under month week
"""


def words_of(chance: random.Random, count: int) -> list[str]:
    """Return invented words, each once."""
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))] = None
    return list(made)


class Press:
    """Writes articles as a press would: common words, words of a beat, and of an event that up to nine outlets tell."""

    def __init__(self) -> None:
        self._chance = random.Random(11)  # noqa: S311 (an experiment, not a secret)
        self._words = words_of(self._chance, 30_000)
        self._beats = [self._chance.sample(self._words[2_000:], 150) for _ in range(60)]

    def articles(self, count: int) -> Iterator[Article]:
        """Yield so many articles of seven days, from 40 to 800 words."""
        number = 0
        while True:
            beat, names = self._chance.choice(self._beats), self._chance.sample(self._words[2_000:], 14)
            broke = NOW - timedelta(minutes=self._chance.randrange(1, 9_900))
            tellers = min(1 + int(self._chance.paretovariate(1.6)) - 1, 9)
            for source in self._chance.sample(range(1, SOURCES + 1), tellers):
                number += 1
                if number > count:
                    return
                came = min(broke + timedelta(minutes=self._chance.randrange(600)), NOW)
                yield self._article(number, source, came, self._text(beat, names))

    def _text(self, beat: Sequence[str], names: Sequence[str]) -> list[str]:
        chance, size = self._chance, self._chance.randrange(40, 800)
        rare = [self._words[min(int(chance.paretovariate(0.7)), len(self._words) - 1)] for _ in range(size // 4)]
        said = chance.choices(LITTLE.split(), k=size // 2) + rare + chance.choices(beat, k=size // 6)
        said += chance.choices(names, k=max(6, size // 12))
        chance.shuffle(said)
        return [*chance.sample(names, 5), *said]

    def _article(self, number: int, source: int, came: datetime, words: list[str]) -> Article:
        link = f"https://outlet{source}.example.org/2026/{number}"
        title = " ".join(words[:7]).capitalize()
        return Article(
            source_id=source,
            guid=link,
            url=f"{link}?utm_source=rss" if source % 3 else link,
            title=title,
            outlet=f"Outlet {source}",
            published=came,
            first_seen=came,
            lang="en",
            text=" ".join(words).replace(" said ", " “said” "),
        )


def told(number: int, source: int, report: tuple[str, str]) -> Article:
    """Return a report as an article of its own outlet."""
    link = f"https://o{source}.example.org/{number}"
    title, text = report
    return Article(
        id=number,
        source_id=source,
        outlet=f"Outlet {source}",
        guid=link,
        url=link,
        title=title,
        text=text,
        published=NOON + timedelta(hours=number % 20),
        first_seen=NOON + timedelta(hours=number % 20),
    )


def quality(background: Sequence[Article]) -> None:
    """Print how many pairs of reports of one event are joined, and how many of different events, by threshold."""
    every: list[Article] = []
    truth: dict[int, int] = {}
    for event, told_by in enumerate([*reports.events(), *([one] for one in reports.look_alikes())]):
        for report in told_by:
            number = 100_000 + len(every)
            truth[number] = event
            every.append(told(number, number, report))
    pool = [*every, *background]
    bags = {one.id: terms(one.title, one.text) for one in pool}
    sketches = {one.id: sketch(one.text) for one in pool}
    told_once = every_story(pool, sketches)
    rarity = Rarity([bags[one.articles[0].id] for one in told_once])
    pairs = list(combinations([one.id for one in every], 2))
    wanted = {pair for pair in pairs if truth[pair[0]] == truth[pair[1]]}
    print(f"{len(every)} reports and look-alikes among {len(pool):,} articles, {len(wanted)} pairs tell one event")
    vectors = {number: rarity.vector(bags[number]) for number in truth}
    for least in (0.2, 0.25, 0.3, 0.35):
        near = {pair for pair in pairs if cosine(vectors[pair[0]], vectors[pair[1]]) >= least}
        print(
            f"  cosine ≥ {least:.2f}: {len(near & wanted)} of them, {len(near - wanted)} false of {len(pairs):,} pairs"
        )
    found = events(told_once, terms=bags, rarity=rarity, sketches=sketches, weights={})
    home = {one.id: place for place, story in enumerate(found) for one in story.articles}
    joined = {pair for pair in pairs if home[pair[0]] == home[pair[1]]}
    alone = len({home[one.id] for one in every})
    print(f"  events by average link at {ALIKE}: {len(joined & wanted)} pairs, {len(joined - wanted)} false; ", end="")
    print(f"{len(set(truth.values()))} events suggested as {alone}")


def speed(folder: Path, count: int, runs: int) -> None:
    """Print how long the command takes, as a whole process."""
    subprocess.run([CURRENTS, "init", str(folder), "--name", "The Tide"], check=True, capture_output=True)
    with open_newsroom(str(folder)) as room:
        for number in range(1, SOURCES + 1):
            room.store.sources.add(Source(url=f"https://outlet{number}.example.org/feed", title=f"Outlet {number}"))
        articles = list(Press().articles(count))
        for start in range(0, count, AT_ONCE):
            room.store.articles.save(articles[start : start + AT_ONCE])
    command = [CURRENTS, "--newsletter", str(folder), "suggest", "--limit", "20"]
    print(f"{count:,} articles of seven days, `currents suggest --limit 20`, whole process (wall; processor):")
    _row("the first time, every text read", command, 1)
    _row("afterwards", command, runs)
    _row("a command that reads no article", [*command[:3], "editions"], runs)


def _row(what: str, command: Sequence[str], runs: int) -> None:
    """Print the median of some runs, the least and the most."""
    walls, used = zip(*(_seconds(command) for _ in range(runs)), strict=True)
    wall, processor = statistics.median(walls), statistics.median(used)
    print(f"  {what:<34}{wall:.2f} s; {processor:.2f} s (processor {min(used):.2f}–{max(used):.2f}, {runs} runs)")


def _seconds(command: Sequence[str]) -> tuple[float, float]:
    """Return wall and processor time of a whole process."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    wall = time.perf_counter() - begun
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    asked = parser.parse_args()
    background = [replace(one, id=number) for number, one in enumerate(Press().articles(2_000), 1)]
    quality([])
    quality(background)
    with tempfile.TemporaryDirectory() as folder:
        speed(Path(folder) / "letter", asked.articles, asked.runs)


if __name__ == "__main__":
    main()
