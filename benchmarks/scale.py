"""The store as it grows: `python benchmarks/scale.py [--sizes 10000 100000 1000000]`.

For every size: how long a visit of 230 articles, 30 of them new, takes to keep, a page of the list, a search
for the newest 20 and for the best 20, and opening the store in a process of its own. One million articles need about
5 GB of disk.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from composer.model import Article, ArticleQuery, Collected, Source
from db import open_store
from db.store import SqlStore

NOW = datetime(2026, 6, 1, tzinfo=UTC)
AT_ONCE = 3000
REPEATS = 15
VOCABULARY = 60_000
WORDS = 300
OPEN = "import sys; from pathlib import Path; from db import open_store; {}"


def article(number: int) -> Article:
    """Return an article of 300 words, some common and most rare, as words are (Zipf)."""
    chance = random.Random(number)  # noqa: S311 (the same words on every run)
    words = " ".join(f"w{min(int(chance.paretovariate(0.6)), VOCABULARY)}" for _ in range(WORDS))
    return Article(
        source_id=1 + number % 50,
        guid=f"g{number}",
        url=f"https://outlet{number % 50}.example.org/{number}",
        title=words[:60],
        outlet=f"Outlet {number % 50}",
        published=NOW - timedelta(minutes=5 * (1_200_000 - number)),
        first_seen=NOW,
        text=words,
    )


def fill(store: SqlStore, begin: int, end: int) -> None:
    """Keep articles `begin` to `end`, and bring the index up to date."""
    for start in range(begin, end, AT_ONCE):
        store.articles.save([article(number) for number in range(start, min(start + AT_ONCE, end))])
    store.articles.list(ArticleQuery(words="w1", limit=1))


def milliseconds(act: Callable[[], object]) -> float:
    """Return the median time of an act, after one that is not counted."""
    times = []
    for _ in range(REPEATS + 1):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[1:])


def keeping(store: SqlStore, size: int) -> float:
    """Return the time to keep one visit of 230 articles of which 30 are new."""
    source = store.sources.get(1)
    times = []
    for repeat in range(5):
        old = [article(number) for number in range(0, 10_000, 50)]
        new = [replace(article(size * 10 + repeat * 30 + n), source_id=1) for n in range(30)]
        begun = time.perf_counter()
        store.keep([Collected(source=source, outcome="changed", articles=(*old, *new))])
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def opening(path: Path) -> float:
    """Return how much longer a process takes that opens the store than one that only imports."""
    act = f"open_store(Path({str(path)!r})).close()"
    full, bare = ([sys.executable, "-c", OPEN.format(what)] for what in (act, "pass"))
    run = lambda command: milliseconds(lambda: subprocess.run(command, check=True))  # noqa: E731
    return run(full) - run(bare)


def main() -> None:
    """Print a row for every size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    sizes = parser.parse_args().sizes
    print("  articles   keep 30 new of 230   list 50   newest 20: rare / common   best 20: rare   open (ms)")
    with tempfile.TemporaryDirectory() as folder:
        path, held = Path(folder) / "store.sqlite3", 0
        with open_store(path) as store:
            for number in range(50):
                store.sources.add(Source(url=f"https://outlet{number}.example.org/feed"))
        for size in sizes:
            with open_store(path) as store:
                fill(store, held, size)
                ask = store.articles
                page = milliseconds(lambda ask=ask: ask.list(ArticleQuery(limit=50)))
                rare, common = (
                    milliseconds(lambda w=word, ask=ask: ask.list(ArticleQuery(words=w, limit=20)))
                    for word in ("w40000", "w2")
                )
                best = milliseconds(lambda ask=ask: ask.search(ArticleQuery(words="w40000", ranked=True, limit=20)))
                kept = keeping(store, size)
            held = size
            row = (f"{kept:>21.1f}", f"{page:>10.1f}", f"{rare:>14.1f} / {common:.1f}", f"{best:>24.1f}")
            print(f"{size:>10,}", *row, f"{opening(path):>11.1f}", flush=True)


if __name__ == "__main__":
    main()
