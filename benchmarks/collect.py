"""Collecting, beside the library that other readers are built on: `python benchmarks/collect.py [--peer PYTHON]`.

300 feeds of 30 entries from a server on loopback: a first run, a second when nothing is new, a third when thirty feeds
have changed. Each row is a whole process, the two tools take turns, the figure is the median of the rounds. PYTHON is
the interpreter of an environment of its own that holds `reader` and `sgmllib3k`; without it only Currents is measured.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from feeds import host, write_feeds

PORT = 18901
PHASES = ("first", "second", "changed")
PEER = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1])
if len(sys.argv) > 2:
    for url in open(sys.argv[2]).read().split():
        reader.add_feed(url)
else:
    reader.update_feeds(workers=16, scheduled=False)
    print(reader.get_entry_counts().total)
"""
SETTINGS = """
[newsletter]
name = "Bench"
base_url = "https://bench.example.org"
tag_authority = "bench.example.org"
tag_year = 2026
tag_name = "bench"
[mail]
from_address = "bench@example.org"
[collect]
private_hosts = ["127.0.0.0/8"]
"""
Row = tuple[float, float]  # (seconds of wall time, peak memory in MB)


def timed(command: Sequence[str]) -> Row:
    """Run a command as a whole process. Raises RuntimeError with its words when it fails."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - begun
        if process.returncode:
            said.seek(0)
            raise RuntimeError(said.read().decode()[-2000:])
    return took, usage.ru_maxrss / 1024


@contextmanager
def served(folder: Path, feeds: int) -> Iterator[None]:
    """Serve a folder's feeds while the block runs."""
    command = [sys.executable, str(Path(__file__).with_name("feeds.py")), str(folder), str(PORT), str(feeds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        try:
            if server.stdout is None or not server.stdout.readline():
                raise RuntimeError("the server did not start")
            yield
        finally:
            server.terminate()


def addresses(feeds: int) -> list[str]:
    """Return every feed's address."""
    return [f"http://{host(number)}:{PORT}/feed{number:04}.xml" for number in range(feeds)]


def ours(folder: Path, urls: Sequence[str]) -> list[str]:
    """Make a newsletter that follows the feeds; return the command that collects."""
    folder.mkdir()
    (folder / "newsletter.toml").write_text(SETTINGS, encoding="utf-8")
    outlines = "".join(f'<outline type="rss" text="f" xmlUrl="{url}"/>' for url in urls)
    (folder / "all.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', encoding="utf-8")
    currents = [str(Path(sys.executable).with_name("currents")), "--newsletter", str(folder)]
    timed([*currents, "follow", str(folder / "all.opml")])
    return [*currents, "collect", "--all"]


def peers(python: str, folder: Path, urls: Sequence[str]) -> list[str]:
    """Make the peer's database; return the command that updates it."""
    folder.mkdir()
    (folder / "urls").write_text("\n".join(urls), encoding="utf-8")
    timed([python, "-c", PEER, str(folder / "db"), str(folder / "urls")])
    return [python, "-c", PEER, str(folder / "db")]


def switch(state: str) -> None:
    """Have the server show the feeds' first or changed state."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/__{state}") as answer:
        answer.read()


def measure(folder: Path, feeds: int, rounds: int, peer: str) -> dict[tuple[str, str], list[Row]]:
    """Return the rows of every (tool, phase)."""
    rows: dict[tuple[str, str], list[Row]] = {}
    for number in range(rounds):
        switch("first")
        tools = {"currents": ours(folder / f"ours{number}", addresses(feeds))}
        if peer:
            tools["reader"] = peers(peer, folder / f"peer{number}", addresses(feeds))
        for phase in PHASES:
            switch("changed" if phase == "changed" else "first")
            for tool, command in tools.items():
                rows.setdefault((tool, phase), []).append(timed(command))
    return rows


def show(rows: dict[tuple[str, str], list[Row]]) -> None:
    """Print a row for each tool and phase, then how the tools compare."""
    print(f"{'tool':<10}{'run':<10}{'median s':>9}   (least–most)     peak MB")
    middle = {key: statistics.median(took for took, _ in runs) for key, runs in rows.items()}
    peak = {key: max(memory for _, memory in runs) for key, runs in rows.items()}
    for (tool, phase), runs in rows.items():
        times = [took for took, _ in runs]
        print(f"{tool:<10}{phase:<10}{middle[tool, phase]:>9.2f}   ({min(times):.2f}–{max(times):.2f})"
              f"{peak[tool, phase]:>12.0f}")  # fmt: skip
    for phase in PHASES:
        if ("reader", phase) in rows:
            faster = middle["reader", phase] / middle["currents", phase]
            memory = peak["currents", phase] / peak["reader", phase]
            print(f"{phase}: {faster:.1f} times as fast, {memory:.1f} times the memory")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", default="", metavar="PYTHON")
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_feeds(folder / "feeds", chosen.feeds, chosen.entries)
        with served(folder / "feeds", chosen.feeds):
            show(measure(folder, chosen.feeds, chosen.rounds, chosen.peer))


if __name__ == "__main__":
    main()
