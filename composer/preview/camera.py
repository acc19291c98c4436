"""Pictures of web pages by a headless Chromium of our own, driven through a pipe (Chrome DevTools Protocol).

The browser gets an empty profile that is thrown away, asks nobody by itself, and never outlives its camera.
"""

import base64
import contextlib
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from typing import Any

from composer.errors import ComposerError
from composer.preview.shots import Shot

if sys.platform != "win32":
    import fcntl

PROGRAM = "CURRENTS_BROWSER"  # the environment's word on which browser to take
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)
_PATIENCE_SECONDS = 30  # for one answer of the browser
_END_SECONDS = 10
_LOAD_SECONDS = 5  # a hostile document may never finish loading; it is shown as it stands then
_HEIGHT_MOST = 16_000  # px; a picture that is higher is cut there (the limit of what Chromium paints at once)
_TICK_SECONDS = 0.05
_UP_TO_DATE = "document.getElementById('live')?.textContent.trim().length > 0"


def browser_program(environ: Mapping[str, str]) -> str:
    """Return the browser that takes the pictures. Raises ComposerError where there is none."""
    named = environ.get(PROGRAM, "")
    found = next((path for name in ([named] if named else _PROGRAMS) if (path := shutil.which(name))), None)
    if found is None:
        what = f"{named}: not found" if named else "no Chromium found"
        raise ComposerError(f"{what}; install it (Debian: apt-get install chromium), or name one in {PROGRAM}")
    if sys.platform == "win32":
        raise ComposerError("pictures cannot be taken on Windows; take them on Linux or macOS")
    return found


@contextlib.contextmanager
def camera(program: str) -> Iterator["Camera"]:
    """Start a browser and end it, whatever happens. Raises ComposerError when it does not start."""
    with tempfile.TemporaryDirectory(prefix="currents-camera-", ignore_cleanup_errors=True) as profile:
        hear, answer = os.pipe()
        listen, say = os.pipe()
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()  # it refuses root otherwise
        words = (program, *_FLAGS, *root, f"--user-data-dir={profile}", "about:blank")
        try:
            browser = _spawned(words, listen, answer)
        finally:
            os.close(listen)
            os.close(answer)
        try:
            yield Camera(hear, say)
        finally:
            os.close(say)
            _end(browser)
            os.close(hear)


def _spawned(words: tuple[str, ...], listen: int, answer: int) -> int:
    """Start a browser that listens on its descriptor 3 and answers on 4, as the protocol wants; return its id."""
    high = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (listen, answer)]  # off 3 and 4 themselves
    silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    pipe = [(os.POSIX_SPAWN_DUP2, one, number) for one, number in zip(high, (3, 4), strict=True)]
    try:
        return os.posix_spawn(words[0], words, os.environ, file_actions=[*silent, *pipe], setpgroup=0)
    except OSError as error:
        raise ComposerError(f"{words[0]}: cannot be started: {error.strerror}") from error
    finally:
        for one in high:
            os.close(one)


def _end(browser: int) -> None:
    """Ask the browser and all its processes to end, then make them."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(browser, sent)
        deadline = time.monotonic() + _END_SECONDS
        while time.monotonic() < deadline:
            if os.waitpid(browser, os.WNOHANG)[0]:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(browser, signal.SIGKILL)  # whoever of it is left
                return
            time.sleep(_TICK_SECONDS)


class Camera:
    """One window of a running browser."""

    def __init__(self, hear: int, say: int) -> None:
        self._hear, self._say = hear, say
        self._heard = b""
        self._asked = 0
        self._session: dict[str, str] = {}
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        self._ask("Page.enable")

    def open(self, url: str) -> None:
        """Go to an address and wait until it is loaded, or for some seconds."""
        self._ask("Page.navigate", url=url)
        deadline = time.monotonic() + _LOAD_SECONDS
        while (said := self._next(deadline)) is not None:
            if said.get("method") == "Page.loadEventFired":
                return

    def take(self, base: str, shot: Shot) -> bytes:
        """Return the PNG of a shot, as high as the document is. Raises ComposerError when the browser is gone.

        `base` is what the paths of shots follow: "http://127.0.0.1:8000/unguessable".
        """
        screen = {"width": shot.width, "height": 800, "deviceScaleFactor": shot.scale, "mobile": False}
        self._ask("Emulation.setDeviceMetricsOverride", **screen)
        self.open(f"{base}{shot.path}")
        if shot.is_shell:
            self._wait(_UP_TO_DATE)
        height = min(round(self._ask("Page.getLayoutMetrics")["cssContentSize"]["height"]), _HEIGHT_MOST // shot.scale)
        clip = {"x": 0, "y": 0, "width": shot.width, "height": height, "scale": 1}
        taken = self._ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(taken["data"])

    def _wait(self, condition: str) -> None:
        deadline = time.monotonic() + _LOAD_SECONDS
        while time.monotonic() < deadline:
            if self._ask("Runtime.evaluate", expression=condition)["result"].get("value") is True:
                return
            time.sleep(_TICK_SECONDS)

    def _ask(self, method: str, **what: Any) -> dict[str, Any]:  # noqa: ANN401 (whatever JSON can hold)
        self._asked += 1
        words = json.dumps({"id": self._asked, "method": method, "params": what, **self._session})
        try:
            os.write(self._say, words.encode() + b"\0")
        except OSError as error:
            raise _gone() from error
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while (said := self._next(deadline)) is not None:
            if said.get("id") == self._asked:
                if "error" in said:
                    raise ComposerError(f"the browser cannot take the picture: {said['error'].get('message', '')}")
                return dict(said["result"])
        raise _gone()

    def _next(self, deadline: float) -> dict[str, Any] | None:
        """Return the next thing that the browser says, or None when it said nothing in time. Raises ComposerError."""
        while b"\0" not in self._heard:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._hear], [], [], left)[0]:
                return None
            piece = os.read(self._hear, 1 << 20)
            if not piece:
                raise _gone()
            self._heard += piece
        said, _, self._heard = self._heard.partition(b"\0")
        return dict(json.loads(said))


def _gone() -> ComposerError:
    return ComposerError(f"the browser ended or answers no more; does it start by itself? {PROGRAM} names another")
