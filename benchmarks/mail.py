"""What an edition costs on its way out: rendering, proof, the whole archive again, bytes, and MJML's own compiler.

The sample edition is cut or filled up to 1,500 words. Figures are medians with the least and the most beside them.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from composer.app import Newsroom
from composer.blocks import Block, Manuscript
from composer.desk.publishing import prove
from composer.desk.revising import Copy, take_in
from composer.desk.sheets import Sheet, render
from composer.manuscript import load
from composer.model import Channel
from composer.rendering import arrange
from composer.rendering.email import print_html, set_mjml
from composer.rendering.envelope import to_bytes
from composer.rendering.press import compile_mjml
from composer.rendering.spreads import listed
from composer.rendering.syndication import atom, json_feed, rss
from composer.settings import read_settings
from composer.text import count_words

ROUNDS = 60
WORDS = 1_500
EDITIONS = 1_000
CLOCK = Path(__file__).resolve().parent.parent / "tests" / "jury" / "clock.mjs"
ADDRESS = "https://news.example.org/editions/sample/"


def main() -> None:
    """Print the table."""
    print(f"{'figure':<52}{'median':>9}      (least–most)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "sample"
        subprocess.run([sys.executable, "-m", "composer", "demo", str(folder)], check=True, capture_output=True)
        with Newsroom(read_settings(folder)) as room:
            copy = _of_words(_longest(room), WORDS)
            outputs(room, copy)
            archive(room, copy)
            weights(room, copy)
            engines(room, copy)


def outputs(room: Newsroom, copy: Copy) -> None:
    """Measure rendering and proof of one edition, warm."""
    now = room.clock()
    print(f"the edition has {_words(copy.manuscript)} words")
    row("manuscript → mail, text, .eml, page, 3 feeds", _many(lambda: everything(room, copy, now)), "ms")
    sheet = render(room.press, copy.edition, copy.manuscript, now=now)
    row("its proof, without network", _many(lambda: prove(room.press, copy, sheet, room.store)), "ms")


def everything(room: Newsroom, copy: Copy, now: datetime) -> Sheet:
    """Turn an edition's text into every output."""
    sheet = render(room.press, copy.edition, load(copy.revision.text).manuscript, now=now)
    to_bytes(sheet.message, date=now, message_id="<1@example.org>")
    home = f"{room.settings.base_url}/"
    channel = Channel(
        title="x", description="x", home_url=home, feed_url=home, lang="en", guid="tag:x,2026:x", items=(sheet.item,)
    )
    for write in (rss, atom, json_feed):
        write(channel)
    return sheet


def archive(room: Newsroom, copy: Copy) -> None:
    """Measure a thousand editions rendered again, each with words of its own."""
    now = room.clock()
    text = copy.revision.text
    texts = [text.replace("the ", f"the {number} ", 1) for number in range(EDITIONS)]
    copies = [replace(copy, revision=replace(copy.revision, text=one)) for one in texts]
    row(f"{EDITIONS:,} editions rendered again", [_elapsed(lambda: _all(room, copies, now))], "s")


def _all(room: Newsroom, copies: Sequence[Copy], now: datetime) -> None:
    for copy in copies:
        everything(room, copy, now)


def weights(room: Newsroom, copy: Copy) -> None:
    """Weigh the sample's mail, and each theme's frame: an edition without a block."""
    sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock())
    row("the edition's mail", [len(sheet.message.html.encode()) / 1000], "kB")
    for name in ("currents", "digest", "plain"):
        bare = arrange(Manuscript(header=copy.manuscript.header), room.settings, url=ADDRESS)
        row(f"the frame of {name}", [len(print_html(bare, room.press.theme(name)).encode()) / 1000], "kB")


def engines(room: Newsroom, copy: Copy) -> None:
    """Compile the same mail by our engine and by MJML's own, in turn."""
    issue = arrange(copy.manuscript, room.settings, url=ADDRESS)
    theme = room.press.theme(room.settings.theme)
    mjml = set_mjml(issue, theme, listed(issue), [])
    ours = _many(lambda: compile_mjml(mjml, "edition.mjml.j2"))
    whole = _many(lambda: print_html(issue, theme))
    row("MJML → HTML by mjml-python", ours, "ms")
    row("edition → the mail's HTML, words and styles included", whole, "ms")
    if not shutil.which("node") or not (CLOCK.parent / "node_modules" / "mjml").is_dir():
        print("MJML's own compiler is not installed: `make judges`")
        return
    given = json.dumps({"source": mjml, "rounds": ROUNDS})
    said = subprocess.run(["node", CLOCK], input=given, capture_output=True, text=True, check=True).stdout
    theirs: list[float] = json.loads(said)
    row("MJML → HTML by npm mjml, warm", theirs, "ms")
    row("npm mjml, in mjml-pythons", [statistics.median(theirs) / statistics.median(ours)], "×")


def _longest(room: Newsroom) -> Copy:
    copies = [take_in(room.desk, edition.id) for edition in room.store.editions.all()]
    return max(copies, key=lambda one: len(one.revision.text))


def _of_words(copy: Copy, wanted: int) -> Copy:
    """Fill an edition's prose up to a number of words."""
    missing = wanted - _words(copy.manuscript)
    prose: Block = next(block for block in copy.manuscript.blocks if block.kind == "prose")
    first = prose.body.split("\n\n")[0]
    more = " ".join((f"{first} " * (missing // count_words(first) + 1)).split()[: max(0, missing)])
    text = copy.revision.text.replace(first, f"{first}\n\n{more}" if more else first, 1)
    read = load(text)
    return replace(copy, manuscript=read.manuscript, revision=replace(copy.revision, text=text))


def _words(manuscript: Manuscript) -> int:
    return sum(count_words(block.body) for block in manuscript.visible)


def row(what: str, values: Sequence[float], unit: str) -> None:
    """Print one figure."""
    print(f"{what:<52}{statistics.median(values):>9.2f} {unit:<4}({min(values):.2f}–{max(values):.2f})")


def _many(act: Callable[[], object]) -> list[float]:
    act()
    return [_elapsed(act) * 1000 for _ in range(ROUNDS)]


def _elapsed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
