"""Windows of a real Chromium on a preview, and a recorder that hears whatever would leave this machine."""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator

from browser import Browser, chromium
from playwright.sync_api import Page, expect

PATIENCE_MS = 30_000


class Recorder:
    """A server on loopback that answers nobody and remembers what was said to it."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            caller, _ = self._listening.accept()
            with caller:
                caller.settimeout(5)
                said = caller.recv(4000)
                if said == b"enough":
                    return
                self.heard.append(said)

    def close(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            last.sendall(b"enough")
        self._thread.join()
        self._listening.close()

    def heard_of(self, host: str) -> list[bytes]:
        """Return what was said to a host: its name stands open in HTTP and in the first words of TLS."""
        return [said for said in self.heard if host.encode() in said]


@contextlib.contextmanager
def overheard(recorder: Recorder) -> Iterator[Browser]:
    """Start a browser for which every host but this machine is the recorder."""
    rules = f"--host-resolver-rules=MAP * 127.0.0.1:{recorder.port}, EXCLUDE 127.0.0.1"
    with chromium(rules) as started:
        yield started


@contextlib.contextmanager
def windows(chrome: Browser) -> Iterator[Callable[..., Page]]:
    """Open addresses in windows of their own; each must end without an error in its script."""
    contexts, faults = [], []

    def open_window(url: str, width: int = 1280, height: int = 800, scheme: str = "light") -> Page:
        context = chrome.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(url, wait_until="domcontentloaded")  # a hostile mail may keep its frame from ever being "loaded"
        expect(page.locator("#live")).to_have_text(re.compile("Up to date|Updated at"), timeout=PATIENCE_MS)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []
