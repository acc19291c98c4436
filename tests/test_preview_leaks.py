"""Fifty reloads of the preview: whatever was opened for one of them is gone with the next."""

import asyncio
import contextlib
import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import browser
import pytest
from browser import Browser
from conftest import Ran
from playwright.sync_api import Page, expect
from previews import begun, mail, running, sheet
from windows import PATIENCE_MS, Recorder, overheard, windows

from composer.preview import Sheet

RELOADS = 50
WARM = 5  # reloads after which everything that is made once is made
CACHES_MEGABYTES = 20  # what the caches of texts take in until they are full, and they are after some fifty

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(browser.skip_reason()), reason=browser.skip_reason()),
]


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with contextlib.closing(Recorder()) as recorder, overheard(recorder) as started:
        yield started


@pytest.fixture
def look(chrome: Browser) -> Iterator[Callable[..., Page]]:
    with windows(chrome) as open_window:
        yield open_window


def reload(page: Page, file: Path, words: str) -> None:
    """Save, wait until the frames show it by themselves, then load the whole page again."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("In one dry week", f"{words} In one dry week", 1), encoding="utf-8")
    for frame in ("desktop", "phone"):
        expect(page.frame_locator(f"#frame-{frame}").locator("body")).to_contain_text(words, timeout=PATIENCE_MS)
    file.write_text(text, encoding="utf-8")
    page.reload()


def test_fifty_reloads_leave_no_task_no_sheet_and_no_frame_behind(tmp_path: Path, look: Callable[..., Page]) -> None:
    file = tmp_path / "3-salt.md"
    file.write_text("In one dry week the road closed twice.")
    tasks, sheets, frames = [], [], []

    def render(_: str) -> Sheet:
        words = file.read_text()
        tasks.append(len(asyncio.all_tasks()))
        return sheet(email_html=mail(words), page_html=mail(words), text=words, proved=False)

    def proved(shown: Sheet) -> Sheet:
        return shown

    with running(render, [file], proved=proved) as url:
        page = look(url)
        for number in range(RELOADS):
            reload(page, file, f"Reload {number}.")
            expect(page.locator("iframe")).to_have_count(2, timeout=PATIENCE_MS)
            gc.collect()
            sheets.append(sum(type(one) is Sheet for one in gc.get_objects()))
            frames.append(len(page.frames))
    # Some answers are always under way, more of them on a busy machine; one that stays at each reload would show.
    assert max(tasks[-RELOADS:]) < max(tasks[:RELOADS]) + RELOADS // 4
    assert max(sheets[WARM:]) <= max(sheets[:WARM]) + 2
    assert set(frames) == {frames[0]}


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc what the process holds")
def test_fifty_reloads_leave_no_process_no_thread_no_file_and_no_memory_behind(
    folder: Path, cli: Callable[..., Ran], look: Callable[..., Page]
) -> None:
    assert cli("draft", "The price of salt", "--pick", "1", "--pick", "2").code == 0
    file = folder / "editions" / "the-price-of-salt.md"
    text = file.read_text(encoding="utf-8")
    opening = next(line for line in text.splitlines() if "TK" in line)
    file.write_text(text.replace(opening, f"{opening}\n\nIn one dry week the road closed twice.", 1), encoding="utf-8")
    held = []
    with begun(folder) as (process, url):
        page = look(url)
        expect(page.locator("#remarks")).not_to_contain_text("reading", timeout=PATIENCE_MS)
        for number in range(RELOADS):
            reload(page, file, f"Reload {number}.")
            held.append(holdings(process))
    processes, threads, files, megabytes = zip(*held, strict=True)
    assert set(processes) == {0}
    assert max(threads[-WARM:]) <= max(threads[:WARM]) + 2
    assert max(files[-WARM:]) <= max(files[:WARM]) + 6  # connections may be closing
    assert megabytes[-1] - megabytes[WARM] < CACHES_MEGABYTES  # a sheet that stays is counted above


def holdings(process: int) -> tuple[int, int, int, float]:
    """Return how many children, threads and open files a process has, and its memory in megabytes."""
    home = Path(f"/proc/{process}")
    status = dict(line.split(":", 1) for line in (home / "status").read_text(encoding="utf-8").splitlines())
    children = sum(len((task / "children").read_text().split()) for task in (home / "task").iterdir())
    files = len(list((home / "fd").iterdir()))
    return children, int(status["Threads"]), files, int(status["VmRSS"].split()[0]) / 1000
