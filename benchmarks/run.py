"""Speed and memory, measured on this machine: `make bench` prints figure, unit and the command it came from.

Nothing here passes or fails; shared machines are noisy, so each row is a median, with the least and the most beside it.
"""

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
SAVES = 60
WORDS = 2_000


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


def saving(folder: Path) -> None:
    """Measure what keeping a changed text costs, for an edition of 2,000 words that stands on 16 picked articles."""
    from composer.app import Newsroom  # noqa: PLC0415 (the start-up rows come first)
    from composer.desk.drafting import begin, compose  # noqa: PLC0415
    from composer.desk.revising import take_in  # noqa: PLC0415
    from composer.desk.standing import pick  # noqa: PLC0415
    from composer.settings import read_settings  # noqa: PLC0415
    from composer.text import count_words  # noqa: PLC0415

    with Newsroom(read_settings(folder / "0")) as room:
        chosen = [room.store.articles.get(number) for number in range(1, 17)]
        pick(room.store, [article.id for article in chosen], room.clock())
        profile = room.profile(room.settings.profile)
        laid = compose("Saved", chosen, settings=room.settings, profile=profile, today=room.today())
        begun = begin(room.desk, laid, uid=room.new_uid())
        missing = WORDS - count_words(begun.revision.text)
        prose = " ".join(["dearer"] * missing)
        long = begun.revision.text.replace("::: lede", f"{prose}\n\n::: lede", 1)
        print(f"the edition saved has {count_words(long)} words")
        path = room.root / "editions" / begun.edition.filename
        times = []
        for number in range(SAVES):
            path.write_text(long.replace("dearer", f"dearer{number}", 1), encoding="utf-8")
            times.append(_elapsed(lambda: take_in(room.desk, begun.edition.id)) * 1000)
        row("a changed text kept as a revision", times, "ms", "in process, warm")


def main() -> None:
    """Print the table."""
    print(f"{'figure':<46}{'median':>9}      (least–most)   command")
    start()
    with tempfile.TemporaryDirectory() as name:
        demo(Path(name))
        listing(Path(name))
        saving(Path(name))


main()
