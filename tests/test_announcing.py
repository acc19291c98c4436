"""A hub hears of every feed that changed, once it took note; never of others, and never instead of a publication."""

import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from conftest import Ran

from composer.cli.demonstration import settle
from composer.ports import Store

Cli = Callable[..., Ran]
BASE = "https://portolan.example.org"
MAIN = [f"{BASE}/{name}" for name in ("atom.xml", "feed.json", "feed.xml")]
NOW = datetime(2026, 3, 6, 8, tzinfo=UTC)


@dataclass
class Listening:
    """A hub on loopback: what it heard, and how it answers."""

    port: int = 0
    heard: list[dict[str, str]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)  # before it answers 204

    @property
    def feeds(self) -> list[str]:
        return [form["hub.url"] for form in self.heard]


@contextmanager
def listening() -> Iterator[Listening]:
    hub = Listening()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            words = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status = hub.answers.pop(0) if hub.answers else 204
            hub.heard.append(dict(urllib.parse.parse_qsl(words)) | {"type": self.headers["Content-Type"]})
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"not today" if status == 503 else b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        hub.port = server.server_port
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield hub
        server.shutdown()
        thread.join()


@pytest.fixture
def hub() -> Iterator[Listening]:
    with listening() as hub:
        yield hub


@pytest.fixture
def newsletter(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, hub: Listening) -> Path:
    settle(tmp_path)
    monkeypatch.chdir(tmp_path)
    toml = tmp_path / "newsletter.toml"
    words = toml.read_text(encoding="utf-8")
    assert "[feeds]" in words
    lines = [line for line in words.splitlines() if not line.startswith(("hub =", "ping ="))]
    words = "\n".join(lines).replace("[feeds]", f'[feeds]\nhub = "http://127.0.0.1:{hub.port}/"\nping = false')
    toml.write_text(words, encoding="utf-8")
    assert cli("import", "seeds/editions").code == 0
    return tmp_path


def pinging(newsletter: Path) -> None:
    toml = newsletter / "newsletter.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("ping = false", "ping = true"), encoding="utf-8")


def test_the_hub_is_told_of_every_changed_feed_once(newsletter: Path, cli: Cli, hub: Listening) -> None:
    assert cli("publish", "2").code == 0
    assert hub.heard == []

    ran = cli("ping")

    assert ran.code == 0
    assert set(MAIN) <= set(hub.feeds)
    assert len(hub.feeds) == len(set(hub.feeds)) == len(ran.out.splitlines())
    assert all((newsletter / "outbox/site" / url.removeprefix(f"{BASE}/")).is_file() for url in hub.feeds)
    form = hub.heard[0]
    assert (form["hub.mode"], form["hub.topic"]) == ("publish", form["hub.url"])
    assert form["type"] == "application/x-www-form-urlencoded"
    assert cli("ping").out == "no feed changed since the hub was told\n"
    assert len(hub.feeds) == len(set(hub.feeds))


def test_publishing_the_same_again_is_no_news(newsletter: Path, cli: Cli, hub: Listening) -> None:
    pinging(newsletter)
    assert "the hub was told of" in cli("publish", "2").err
    told = len(hub.heard)
    again = cli("publish", "2")
    assert (again.code, len(hub.heard)) == (0, told)
    assert "the hub" not in again.err


def test_only_feeds_that_changed_are_told(newsletter: Path, cli: Cli, hub: Listening) -> None:
    pinging(newsletter)
    cli("publish", "2")
    hub.heard.clear()
    cli("publish", "1")
    assert set(MAIN) <= set(hub.feeds)
    assert f"{BASE}/tags/water/feed.xml" not in hub.feeds
    assert f"{BASE}/tags/trade/feed.xml" in hub.feeds


def test_a_hub_that_refuses_fails_no_publication_and_hears_of_it_later(
    newsletter: Path, cli: Cli, hub: Listening
) -> None:
    pinging(newsletter)
    hub.answers = [204, 503]

    ran = cli("publish", "2")

    assert ran.code == 0
    assert f"the hub was not told: 127.0.0.1:{hub.port}: answered 503 not today; {hub.feeds[1]} is still" in ran.err
    first = list(hub.feeds)
    later = cli("ping")
    assert later.code == 0
    assert hub.feeds[len(first)] == first[1]
    assert first[0] not in hub.feeds[1:]


def test_a_hub_that_is_away_is_one_line(newsletter: Path, cli: Cli, hub: Listening) -> None:
    toml = newsletter / "newsletter.toml"
    with listening() as gone:
        pass
    words = toml.read_text(encoding="utf-8").replace(f":{hub.port}/", f":{gone.port}/")
    toml.write_text(words, encoding="utf-8")
    cli("publish", "2")
    ran = cli("ping")
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert f"127.0.0.1:{gone.port}: cannot be reached; {BASE}/" in ran.err


def test_a_crash_before_the_hub_was_told_loses_nothing(newsletter: Path, cli: Cli, hub: Listening) -> None:
    site = newsletter / "outbox/site"
    site.mkdir(parents=True)
    (site / "feed.xml").mkdir()  # the outbox cannot be written: what was planned stays
    assert cli("publish", "2").code == 1
    (site / "feed.xml").rmdir()
    assert cli("publish", "2").code == 0
    assert cli("ping").code == 0
    assert set(MAIN) <= set(hub.feeds)


def test_without_a_hub_nothing_is_planned_and_nobody_can_be_told(newsletter: Path, cli: Cli, hub: Listening) -> None:
    toml = newsletter / "newsletter.toml"
    words = toml.read_text(encoding="utf-8").replace(f'hub = "http://127.0.0.1:{hub.port}/"', 'hub = ""')
    toml.write_text(words, encoding="utf-8")
    assert cli("publish", "2").code == 0
    ran = cli("ping")
    assert ran.code == 2
    assert "feeds.hub names no hub; there is nobody to tell" in ran.err


def test_what_is_planned_is_kept_in_order_until_it_is_forgotten(store: Store) -> None:
    shelf = store.announcements
    assert shelf.plan(["b", "a", "b"], NOW) == ("b", "a")
    assert shelf.plan(["c", "a"], NOW - timedelta(days=1)) == ("c",)
    assert shelf.due() == ("c", "a", "b")
    shelf.forget(["a", "c", "elsewhere"])
    shelf.forget([])
    assert shelf.due() == ("b",)
