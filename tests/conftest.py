"""What many tests stand on: a command line in this process, a newsletter's folder, the stores."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from stores import in_a_file, in_memory

from composer.cli.edge import run
from composer.cli.group import currents
from composer.ports import Store
from db import SqlStore, open_store

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Salt Road</title><link>https://salt.example.org/</link><description>Trade on the old road</description>
<item><title>Salt is getting dearer</title><link>https://salt.example.org/dearer</link><guid>salt-1</guid>
<dc:creator>Nino Example</dc:creator><pubDate>Thu, 05 Mar 2026 08:00:00 +0000</pubDate>
<description>&lt;p&gt;Salt rose 12% in a year, the port authority says. Traders blame the roads, which nobody has mended since
the flood.&lt;/p&gt;&lt;p&gt;The ministry promised repairs by June. Two of the three bridges are closed to lorries.&lt;/p&gt;</description></item>
<item><title>A ferry for Batumi</title><link>https://salt.example.org/ferry</link><guid>salt-2</guid>
<pubDate>Wed, 04 Mar 2026 08:00:00 +0000</pubDate>
<description>The ferry begins in May. It will carry forty lorries a day.</description></item>
</channel></rss>
"""

# No test fails because a machine is slow; where CI decides, the same examples are tried every time.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def call(*words: str) -> Ran:
        capsys.readouterr()
        code = run(currents, words)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def folder(tmp_path: Path, cli: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh newsletter that follows one feed file; the current folder is inside it."""
    root = tmp_path / "letter"
    assert cli("init", str(root), "--name", "The Tide").code == 0
    (root / "seeds" / "salt.xml").write_text(FEED, encoding="utf-8")
    monkeypatch.chdir(root)
    assert cli("follow", "seeds/salt.xml").code == 0
    assert cli("collect").code == 0
    return root


@pytest.fixture(params=[in_a_file, in_memory])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Every store there is, in turn: one suite for all."""
    with closing(request.param(tmp_path)) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SqlStore]:
    """The real store alone."""
    with open_store(tmp_path / "newsletter.sqlite3") as opened:
        yield opened
