"""Debian's Chromium through Playwright, without a browser download and without calls home. Knows nothing of pytest."""

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",  # containers and CI run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> str:
    """Return where a Chromium lies, or ""."""
    return next((found for name in NAMES if (found := shutil.which(name))), "")


def skip_reason() -> str:
    """Say in one line what to install when there is no Chromium, else ""."""
    if program():
        return ""
    return "no Chromium here: on Debian `apt-get install chromium`; elsewhere install Chromium or Google Chrome on PATH"


@contextlib.contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Start Chromium with further flags, and close it with the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()
