"""Speed and memory, measured on this machine: `make bench` prints figure, unit and the command it came from.

Nothing here passes or fails; shared machines are noisy, so each row is a median, with the least and the most beside it.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

BIN = Path(sys.executable).parent
CURRENTS = str(BIN / "currents")
RUNS = 15
RENDERS = 60


def seconds(command: Sequence[str], runs: int = RUNS) -> list[float]:
    """Return the wall time of a whole process, run after run, after one that is not counted."""
    return [_elapsed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(runs + 1)][1:]


def _elapsed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def row(what: str, values: Sequence[float], unit: str, command: str) -> None:
    """Print one figure."""
    middle, least, most = statistics.median(values), min(values), max(values)
    print(f"{what:<46}{middle:>9.1f} {unit:<4}({least:.1f}–{most:.1f})   {command}")


def start() -> None:
    """Measure the command line's start against a bare interpreter, in turn."""
    pairs = [(seconds([sys.executable, "-c", "pass"], 1)[0], seconds([CURRENTS, "--help"], 1)[0]) for _ in range(RUNS)]
    row("bare interpreter", [bare * 1000 for bare, _ in pairs], "ms", "python -c pass")
    row("currents --help", [full * 1000 for _, full in pairs], "ms", "currents --help")
    row("help, in bare interpreters", [full / bare for bare, full in pairs], "×", "the two, in pairs")


def demo(folder: Path) -> None:
    """Measure the whole way on the sample newsletter."""
    times = [_elapsed(lambda n=n: _demo(folder / str(n))) for n in range(3)]
    row("the whole demo", times, "s", "currents demo DIR")


def _demo(folder: Path) -> None:
    subprocess.run([CURRENTS, "demo", str(folder)], check=True, capture_output=True)


def listing(folder: Path) -> None:
    """Measure a command that opens the store."""
    command = [CURRENTS, "--newsletter", str(folder / "0"), "articles"]
    row("currents articles", [one * 1000 for one in seconds(command, 7)], "ms", "currents articles")


def rendering(folder: Path) -> None:
    """Measure one edition of 1,500 words rendered to every output, warm, in this process."""
    from composer.app import Newsroom  # noqa: PLC0415 (the start-up rows come first)
    from composer.desk.drafting import take_in  # noqa: PLC0415
    from composer.desk.evidence import research  # noqa: PLC0415
    from composer.desk.publishing import prove, render  # noqa: PLC0415
    from composer.manuscript import load  # noqa: PLC0415
    from composer.rendering.envelope import to_bytes  # noqa: PLC0415
    from composer.rendering.syndication import atom, json_feed, rss  # noqa: PLC0415
    from composer.settings import read_settings  # noqa: PLC0415
    from composer.text import count_words  # noqa: PLC0415

    with Newsroom(read_settings(folder / "0")) as room:
        copies = [take_in(room.desk, edition.id) for edition in room.store.editions.all()]
        copy = max(copies, key=lambda one: len(one.revision.text))
        words = sum(count_words(block.body) for block in copy.manuscript.visible)
        now = room.clock()

        def everything() -> None:
            sheet = render(room.press, copy.edition, load(copy.revision.text).manuscript, now=now)
            to_bytes(sheet.message, date=now, message_id="<1@example.org>")
            channel = _channel(sheet.item)
            for write in (rss, atom, json_feed):
                write(channel)

        everything()
        print(f"the edition rendered has {words} words")
        row("manuscript → mail, text, .eml, page, 3 feeds", _many(everything), "ms", "in process, warm")
        sheet = render(room.press, copy.edition, copy.manuscript, now=now)
        row(
            "its proof",
            _many(lambda: prove(room.press, copy, sheet, research(room.store, copy.manuscript))),
            "ms",
            "in process, warm",
        )
        row("its mail", [len(sheet.message.html.encode()) / 1000], "kB", "email.html")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    row("peak memory of this process", [peak], "MB", "getrusage")


def _many(act: Callable[[], object]) -> list[float]:
    return [_elapsed(act) * 1000 for _ in range(RENDERS)]


def _channel(item: object) -> object:
    from composer.model import Channel, FeedItem  # noqa: PLC0415 (as above)

    if not isinstance(item, FeedItem):
        raise TypeError(item)
    home = "https://news.example.org/"
    return Channel(
        title="x", description="x", home_url=home, feed_url=home + "f", lang="en", guid="tag:x,2026:x", items=(item,)
    )


def main() -> None:
    """Print the table."""
    print(f"{'figure':<46}{'median':>9}      (least–most)   command")
    start()
    with tempfile.TemporaryDirectory() as name:
        demo(Path(name))
        listing(Path(name))
        rendering(Path(name))


main()
