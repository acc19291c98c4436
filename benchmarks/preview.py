"""How soon the preview shows a save, how soon it stands there at all, and whether it grows.

From the moment before the manuscript's file is written until the browser paints the frame that holds the new words.
`--saves N` says how many saves the memory is watched over (1,000 unless told). Linux; wants Chromium.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser import chromium
from playwright.sync_api import Page

ROUNDS = 20
STARTS = 5
LEDE = "::: lede\n"
# Asked again before every painting; answers with the time of the one that has the words.
PAINTED = """word => new Promise(done => {
  const look = () => {
    const held = document.querySelector("iframe:not(.coming)")?.contentDocument;
    if (held?.body?.textContent.includes(word)) requestAnimationFrame(() => done(Date.now()));
    else requestAnimationFrame(look);
  };
  look();
})"""


def main() -> None:
    """Print the table."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--saves", type=int, default=1_000)
    saves = wanted.parse_args().saves
    print(f"{'figure':<52}{'median':>9}      (least–most)")
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name) / "sample"
        subprocess.run([sys.executable, "-m", "composer", "demo", str(folder)], check=True, capture_output=True)
        manuscript = folder / "editions" / "nobody-lives-in-a-corridor.md"
        row("command → first page painted", [first_page(folder, browser.new_page()) for _ in range(STARTS)], "ms")
        with previewing(folder) as (process, address):
            page = browser.new_page()
            page.goto(address)
            page.wait_for_selector("iframe")
            row("save → pixels", [saved(page, manuscript, number) for number in range(ROUNDS)], "ms")
            memory(page, manuscript, process, saves)


def first_page(folder: Path, page: Page) -> float:
    """Return milliseconds from the command until the mail is painted."""
    began = time.time()
    with previewing(folder) as (_, address):
        page.goto(address, wait_until="commit")
        page.wait_for_selector("iframe")
        painted = page.evaluate(PAINTED, "Portolan")
    page.close()
    return float(painted) - began * 1000


def saved(page: Page, manuscript: Path, number: int) -> float:
    """Return milliseconds from a save until it is painted."""
    word = f"salt-{number}-{time.monotonic_ns()}"
    text = manuscript.read_text(encoding="utf-8")
    head, _, rest = text.partition(LEDE)
    paragraphs = rest.lstrip("\n").split("\n", 1)
    first = paragraphs[0].split(" salt-")[0]
    new = f"{head}{LEDE}\n{first} {word}\n{paragraphs[1]}"
    began = time.time()
    manuscript.write_text(new, encoding="utf-8")
    return float(page.evaluate(PAINTED, word)) - began * 1000


def memory(page: Page, manuscript: Path, process: int, saves: int) -> None:
    """Print what the preview holds after some saves and after many."""
    marks = {max(1, saves * part // 100) for part in (5, 25, 50, 75, 100)}
    for number in range(1, saves + 1):
        saved(page, manuscript, number)
        if number in marks:
            held = resident_megabytes(process)
            files = len(list(Path(f"/proc/{process}/fd").iterdir()))
            print(f"{f'memory after {number:,} saves':<52}{held:>9.1f} MB   ({files} open files)")


def resident_megabytes(process: int) -> float:
    """Return how much memory a process has in use."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmRSS:"))


@contextmanager
def previewing(folder: Path) -> Iterator[tuple[int, str]]:
    """Run `currents preview` on the longer sample edition; give its process and its address."""
    words = [sys.executable, "-m", "composer", "preview", "3"]
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield process.pid, process.stdout.readline().strip() if process.stdout else ""
        finally:
            process.terminate()


def row(what: str, figures: list[float], unit: str) -> None:
    """Print a figure's median with the least and the most of it."""
    spread = f"({min(figures):.0f}–{max(figures):.0f})"
    print(f"{what:<52}{statistics.median(figures):>9.0f} {unit}   {spread}")


if __name__ == "__main__":
    main()
