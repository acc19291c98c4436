"""A running preview, what may be asked of it, and an edition to show in it."""

import contextlib
import http.client
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from composer.model import FeedItem, Print, Remark
from composer.preview import Claim, Link, Panels, Passage, Pick, Piece, Share, Sheet, Testimony, serve
from composer.preview.acts import Act, Done, Hands
from composer.preview.guard import Gate

PATIENCE_SECONDS = 30
MOVED = Done(said="moved", block=3)


@dataclass(frozen=True)
class Preview:
    """A preview somebody opened: the address that was printed, which is that of the mail."""

    url: str

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    @property
    def room(self) -> str:
        """The path below which everything lies: "/unguessable"."""
        return urlsplit(self.url).path.removesuffix("/mail")

    def ask(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        return ask(self.port, f"{self.room}{path}", method, **headers)

    def read(self, path: str) -> str:
        return self.ask(path).read().decode()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    """Ask once, on a connection of its own that closes with the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    named = {name.replace("_", "-"): value for name, value in headers.items() if value}
    connection.request(method, path, headers={"Connection": "close", **named})
    return connection.getresponse()


@contextlib.contextmanager
def gated(
    sheet: Callable[[str], Sheet],
    watch: Sequence[Path] = (),
    port: int = 0,
    proved: Callable[[Sheet], Sheet] | None = None,
    hands: Hands | None = None,
) -> Iterator[Gate]:
    """Serve in a thread until the block ends; give the gate, and raise what the preview raised."""
    opened: queue.Queue[Gate | BaseException] = queue.Queue()
    stop = threading.Event()

    def run() -> None:
        try:
            serve(sheet, proved=proved, hands=hands, watch=watch, port=port, ready=opened.put, stop=stop)
        except BaseException as error:  # noqa: BLE001 # passed on to the test, whatever it is
            opened.put(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        gate = opened.get(timeout=PATIENCE_SECONDS)
        if isinstance(gate, BaseException):
            raise gate
        yield gate
    finally:
        stop.set()
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
    if not opened.empty() and isinstance(error := opened.get(), BaseException):
        raise error


@contextlib.contextmanager
def running(
    sheet: Callable[[str], Sheet],
    watch: Sequence[Path] = (),
    port: int = 0,
    proved: Callable[[Sheet], Sheet] | None = None,
    hands: Hands | None = None,
) -> Iterator[str]:
    """Serve as `gated` does; give the address that is printed."""
    with gated(sheet, watch, port, proved, hands) as gate:
        yield gate.address


@contextlib.contextmanager
def opened(sheet: Callable[[str], Sheet], watch: Sequence[Path] = ()) -> Iterator[Preview]:
    with running(sheet, watch) as url:
        yield Preview(url)


@contextlib.contextmanager
def commanded(root: Path, number: int = 1, **environment: str) -> Iterator[str]:
    """Run `currents preview` as an editor does; give the address that it prints."""
    with begun(root, number, **environment) as (_, address):
        yield address


@contextlib.contextmanager
def begun(root: Path, number: int = 1, **environment: str) -> Iterator[tuple[int, str]]:
    """Run it as `commanded` does; give its process id and the address."""
    words = [sys.executable, "-m", "composer", "--newsletter", str(root), "preview", str(number)]
    told = {**os.environ, **environment}
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=told) as program:
        assert program.stdout is not None
        try:
            yield program.pid, program.stdout.readline().strip()
        finally:
            program.send_signal(signal.SIGINT)
            _, complained = program.communicate(timeout=PATIENCE_SECONDS)
    assert "Traceback" not in complained


class Deaf:
    """Hands that remember what they were asked, and do nothing."""

    def __init__(self, answer: Done | Exception = MOVED) -> None:
        self.asked: list[tuple[Act, str]] = []
        self._answer = answer

    def __call__(self, act: Act, seen: str) -> Done:
        self.asked.append((act, seen))
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def events(answer: http.client.HTTPResponse) -> Iterator[int]:
    """Give the number of every sheet that the stream tells of, as it comes."""
    for line in answer:
        if line.startswith(b"data: "):
            yield int(line.removeprefix(b"data: "))


def sheet(**changes: Any) -> Sheet:
    given = {
        "title": "The price of salt",
        "subject": "The price of salt",
        "preheader": "A road closes, and a kitchen in the valley changes.",
        "from_name": "Undertow",
        "email_html": mail(),
        "page_html": mail(),
        "text": "THE PRICE OF SALT\n\nSalt rose 12% in a year.",
        "item": item(),
        "manuscript": "\n".join(["---", "title: The price of salt", "---", *(f"Line {at}." for at in range(4, 61))]),
    }
    return Sheet(**{**given, **changes})


def item(**changes: Any) -> FeedItem:
    """What the feeds carry of it."""
    given = {
        "guid": "tag:undertow.example,2026:undertow/01",
        "url": "https://undertow.example/editions/salt/",
        "title": "The price of salt",
        "summary": "",
        "content_html": "<p>In one dry week the road closed twice.</p>",
        "content_text": "",
        "published": datetime(2026, 3, 6, 8, tzinfo=UTC),
        "updated": datetime(2026, 3, 6, 8, tzinfo=UTC),
        "lang": "en",
        "authors": ("Nino Example",),
    }
    return FeedItem(**{**given, **changes})


def remarks() -> tuple[Remark, ...]:
    return (
        Remark(rule="L-WORDS", severity="info", message="The lede has 74 words; 80 to 130 are asked for.", line=12),
        Remark(
            rule="A-LINK",
            severity="warning",
            message="The brief links to a page that was linked in edition 11.",
            line=58,
        ),
        Remark(
            rule="M-CREDIT", severity="error", message="The photo has no credit; add `credit: who made it`.", line=31
        ),
    )


def photo() -> Print:
    """A small grey PNG, one pixel wide and high."""
    content = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
        "3a7e9b550000000a49444154789c6368000000820081"
        "77cd72b60000000049454e44ae426082"
    )
    return Print(src="salt.png", url="", name="salt-1a2b.png", media_type="image/png", content=content)


STYLE = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; background: #f3efe8; }
.card { background: #fffdf9; }
.ink { color: #1d1b19; font: 18px/29px Georgia, serif; }
.mute { color: #6b645c; font: 13px/20px Helvetica, Arial, sans-serif; }
.accent { color: #9c2a1f; }
.tint { background: #f1eadd; }
@media only screen and (max-width: 480px) { .side { padding-left: 20px !important; padding-right: 20px !important; } .bleed { padding-left: 0 !important; padding-right: 0 !important; } .h1 { font-size: 29px !important; line-height: 35px !important; } }
@media (prefers-color-scheme: dark) {
  body { background: #12110f !important; }
  .card { background: #1b1916 !important; }
  .ink { color: #ece7df !important; }
  .mute { color: #a79f94 !important; }
  .accent { color: #ff9a85 !important; }
  .tint { background: #27231d !important; }
}
"""


def row(inner: str, css: str = "ink", padding: str = "0 32px 20px") -> str:
    return f'<tr><td class="side {css}" style="padding:{padding}">{inner}</td></tr>'


def mail(
    lede: str = "In one dry week the road to the pass closed twice.", prints_url: str = "", extra: str = ""
) -> str:
    """Make a table mail 600 px wide, long enough to scroll."""
    picture = f'<img src="{prints_url}salt-1a2b.png" width="600" height="340" alt="Sacks of salt beside a road" style="display:block;width:100%;height:auto">'
    story = "".join(
        row(
            f"{number}. Traders in the valley weigh it in the morning, before the lorries come, and write the price on a slate that hangs by the door."
        )
        for number in range(1, 25)
    )
    rows = (
        row('<span style="font:bold 38px/44px Georgia,serif">Undertow</span>', "ink", "28px 32px 4px")
        + row("No. 12 · Friday 6 March 2026 · 7 minutes", "mute")
        + row(
            '<h1 class="h1" style="margin:0;font:bold 34px/40px Georgia,serif">The price of salt</h1>',
            "ink",
            "20px 32px 8px",
        )
        + row("By Nino Example", "mute")
        + row(
            f'<b class="accent" style="font:bold 13px/20px Arial;letter-spacing:1px">TBILISI</b> <span id="lede">{lede}</span>'
        )
        + (row(picture, "bleed card", "0 0 8px") if prints_url else "")
        + row("Sacks of salt beside a road. Photo: Ana Example / The Wire", "mute")
        + story
        + row('<a class="accent" href="https://wire.example.org/salt">Salt is getting dearer</a>')
        + extra
        + row(
            '<h2 style="margin:0 0 8px;font:bold 24px/30px Georgia,serif">Why did we write this story?</h2>Because a kitchen notices first.',
            "ink tint",
            "28px 32px",
        )
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>The price of salt</title><style>{STYLE}</style></head>'
        '<body><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">'
        '<table role="presentation" class="card" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;border-top:4px solid #9c2a1f">'
        f"{rows}</table></td></tr></table></body></html>"
    )


def pieces() -> tuple[Piece, ...]:
    told = ((1, "lede", "In one dry week the road to the pass closed twice."), (2, "brief", "Salt is getting dearer"))
    return tuple(
        Piece(place=at, name=kind, line=20 * at, words=words, headline=kind == "brief", part=str(at))
        for at, kind, words in told
    )


def panels() -> Panels:
    """What stands beside an edition, one of everything."""
    claim = Claim(
        phrases=(
            ("Salt rose ", ""),
            ("14%", "red"),
            (" in ", ""),
            ("March", "amber"),
            (", the ", ""),
            ("port", "green"),
        ),
        findings=(("red", "percent “14%”: altered; the source has “12%”"), ("amber", "date “March”: other context")),
        passages=(Passage(source="The Wire, Salt", words="Salt rose 12% in a year."),),
    )
    alone = Claim(phrases=(("Nobody was asked.", ""),))
    told = Testimony(
        name="brief", headline="Salt is getting dearer", line=40, field="", claims=(claim, alone), unread=("w",)
    )
    return Panels(
        shares=(Share(name="head", size=9000), Share(name="brief", size=2000, line=40, part="2")),
        clipped_bytes=100_000,
        links=(
            Link(url="https://wire.example.org/salt", words="Salt", line=40, ran="ran in edition 11 (2026-02-27)"),
            Link(url="https://wire.example.org/ferry", words="A ferry", line=44),
        ),
        testimonies=(told,),
        picks=(Pick(article=7, title="A ferry for Batumi", outlet="The Wire"),),
    )
