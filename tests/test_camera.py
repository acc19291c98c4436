"""Pictures of the preview: every view and condition, by a browser that leaves nothing behind."""

import contextlib
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import browser
import pytest
from PIL import Image
from previews import mail, running, sheet

from composer.cli.demonstration import settle
from composer.errors import ComposerError
from composer.preview.camera import browser_program, camera
from composer.preview.conditions import VIEWS, conditions_of
from composer.preview.shots import SHOTS, Shot

needs_chromium = pytest.mark.skipif(bool(browser.skip_reason()), reason=browser.skip_reason())
NEVER = '<tr><td><svg onload="while (true) {}"></svg><iframe src="https://evil.example/"></iframe></td></tr>'


def taken(made: bytes) -> Image.Image:
    return Image.open(io.BytesIO(made)).convert("RGB")


def shot(name: str) -> Shot:
    return next(one for one in SHOTS if one.name == name)


def test_every_view_and_every_condition_has_its_picture() -> None:
    shown = {urlsplit(one.path).path.split("/")[-1] for one in SHOTS}
    assert shown == set(VIEWS)
    queries = [dict(pair.split("=") for pair in urlsplit(one.path).query.split("&") if pair) for one in SHOTS]
    asked = {conditions_of(query) for query in queries}
    assert {one.scheme for one in asked} == {"light", "dark", "inverted"}
    assert {(one.images, one.zoom, one.dir) for one in asked} >= {
        ("off", 100, ""),
        ("own", 200, ""),
        ("own", 100, "rtl"),
    }
    assert len({one.name for one in SHOTS}) == len(SHOTS)


@needs_chromium
def test_a_picture_is_what_a_reader_sees_from_top_to_bottom() -> None:
    with running(lambda _: sheet(email_html=mail(extra=NEVER))) as url, camera(browser_program(os.environ)) as taking:
        base = url.removesuffix("/mail")
        light = taken(taking.take(base, shot("mail-desktop-light")))
        dark = taken(taking.take(base, shot("mail-phone-dark")))
        zoomed = taken(taking.take(base, shot("mail-desktop-zoomed")))
        whole = taken(taking.take(base, shot("preview")))
    assert (light.width, dark.width, zoomed.width, whole.width) == (600, 375, 600, 1280)
    assert (light.getpixel((5, 60)), dark.getpixel((5, 60))) == ((255, 253, 249), (27, 25, 22))
    assert zoomed.height > light.height > 1500
    assert whole.height > light.height  # the frames are as high as the mail, and the shell stands around them


@needs_chromium
def test_a_camera_leaves_no_process_and_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with contextlib.suppress(RuntimeError), camera(browser_program(os.environ)):
        (profile,) = tmp_path.iterdir()
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    if sys.platform == "linux":
        assert not [one for one in Path("/proc").glob("[0-9]*/cmdline") if str(profile).encode() in _words(one)]


def _words(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # it ended meanwhile
        return b""


def test_a_browser_that_is_not_there_is_named() -> None:
    with pytest.raises(ComposerError, match="no-such-browser: not found; install it"):
        browser_program({"CURRENTS_BROWSER": "no-such-browser", "PATH": os.environ["PATH"]})


@pytest.mark.skipif(sys.platform == "win32", reason="no pictures on Windows")
def test_a_browser_that_ends_at_once_is_one_line(tmp_path: Path) -> None:
    settle(tmp_path)
    subprocess.run([sys.executable, "-m", "composer", "import", "seeds/editions"], cwd=tmp_path, check=True)
    ran = subprocess.run(
        [sys.executable, "-m", "composer", "preview", "1", "--png", "pictures"],
        cwd=tmp_path,
        env={**os.environ, "CURRENTS_BROWSER": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines() == [
        "currents: the browser ended or answers no more; does it start by itself? CURRENTS_BROWSER names another"
    ]


@needs_chromium
def test_the_command_writes_every_picture_and_ends(tmp_path: Path) -> None:
    settle(tmp_path)
    subprocess.run([sys.executable, "-m", "composer", "import", "seeds/editions"], cwd=tmp_path, check=True)
    ran = subprocess.run(
        [sys.executable, "-m", "composer", "preview", "2", "--png", "pictures"],
        cwd=tmp_path,
        env={**os.environ, "CURRENTS_BROWSER": browser.program()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    names = [f"pictures/{one.name}.png" for one in SHOTS]
    assert ran.stdout.split() == names
    assert all((tmp_path / name).read_bytes().startswith(b"\x89PNG") for name in names)
