"""Take the README's picture: the sample edition's mail at 600 px, light and dark side by side, by headless Chromium."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Route, sync_playwright

HERE = Path(__file__).resolve().parent
SITE = "https://portolan.example.org"
MAIL = "outbox/mail/nobody-lives-in-a-corridor/email.html"
HEIGHT = 1500
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def take(folder: Path) -> list[Path]:
    """Screenshot the mail's first screens in both palettes; its photos come from the outbox, nothing from the web."""

    def serve(route: Route) -> None:
        file = folder / "outbox/site" / route.request.url.removeprefix(SITE).lstrip("/")
        route.fulfill(path=file) if file.is_file() else route.abort()

    shots = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 600, "height": HEIGHT}, color_scheme=scheme)
            page.route(f"{SITE}/**", serve)
            page.goto((folder / MAIL).as_uri())
            shots.append(folder / f"{scheme}.png")
            page.screenshot(path=shots[-1])
        browser.close()
    return shots


def main() -> None:
    """Run the demo in a fresh folder and write mail.png beside this file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "demo"
        currents = Path(sys.executable).parent / "currents"
        subprocess.run([currents, "demo", str(folder)], check=True, capture_output=True)
        light, dark = (Image.open(shot).convert("RGB") for shot in take(folder))
    both = Image.new("RGB", (1224, HEIGHT), "#8a857d")
    both.paste(light, (0, 0))
    both.paste(dark, (624, 0))
    both.quantize(160).save(HERE / "mail.png", optimize=True)


main()
