"""The wire against a real server on loopback that misbehaves on purpose, and against files of every kind."""

import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import FEED

from composer import resources
from composer.errors import FeedError, WireError
from composer.feeds import HttpWire
from composer.feeds.texts import proposals
from composer.model import Collected, Source
from composer.settings import Settings, read_settings

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
PAGE = '<!doctype html><html><head><title>Salt</title><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments"><link rel="alternate" type="application/rss+xml" title="All" href="/feed"></head><body>x</body></html>'


@dataclass
class Server:
    """A server whose answers a test sets: path → (status, headers, body)."""

    url: str
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server(url="")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            state.asked.append({key.lower(): value for key, value in self.headers.items()} | {"path": self.path})
            status, headers, body = state.answers.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    state.url = f"http://127.0.0.1:{made.server_address[1]}"
    yield state
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    text = (resources.templates() / "newsletter.toml").read_text(encoding="utf-8")
    (tmp_path / "newsletter.toml").write_text(text, encoding="utf-8")
    return replace(read_settings(tmp_path), private_addresses=True, timeout_seconds=5)


@pytest.fixture
def wire(settings: Settings) -> HttpWire:
    return HttpWire(settings, lambda: NOW)


def visit(wire: HttpWire, source: Source) -> Collected:
    return next(iter(list(wire.collect([source]))))


def serve(server: Server, body: str | bytes = FEED, status: int = 200, **headers: str) -> Source:
    content = body.encode() if isinstance(body, str) else body
    server.answers["/feed"] = (status, {key.replace("_", "-"): value for key, value in headers.items()}, content)
    return Source(id=1, url=f"{server.url}/feed")


def test_a_feed_brings_its_articles_with_their_words(server: Server, wire: HttpWire) -> None:
    got = visit(wire, serve(server))

    first = got.articles[0]
    assert got.outcome == "changed"
    assert (first.title, first.outlet, first.authors) == ("Salt is getting dearer", "The Salt Road", ("Nino Example",))
    assert first.published == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert first.text.split("\n\n")[1].endswith("Two of the three bridges are closed to lorries.")


def test_an_unchanged_feed_is_asked_for_conditionally(server: Server, wire: HttpWire) -> None:
    first = visit(wire, serve(server, ETag='"one"'))

    second = visit(wire, first.source)

    assert second.outcome == "unchanged"
    assert server.asked[1]["if-none-match"] == '"one"'


def test_the_same_bytes_are_no_change_without_validators_too(server: Server, wire: HttpWire) -> None:
    first = visit(wire, serve(server))

    assert visit(wire, first.source).outcome == "unchanged"


def test_a_damaged_feed_is_read_as_far_as_it_goes_and_keeps_no_validator(server: Server, wire: HttpWire) -> None:
    cut = FEED[: FEED.index("</channel>")]

    got = visit(wire, serve(server, cut, ETag='"one"'))

    assert len(got.articles) == 2
    assert got.problem.startswith("damaged")
    assert got.source.etag == ""


def test_a_compressed_feed_is_read(server: Server, wire: HttpWire) -> None:
    got = visit(wire, serve(server, gzip.compress(FEED.encode()), Content_Encoding="gzip"))

    assert len(got.articles) == 2


def test_a_decompression_bomb_is_refused(server: Server, wire: HttpWire) -> None:
    got = visit(wire, serve(server, gzip.compress(b"x" * 60_000_000), Content_Encoding="gzip"))

    assert got.outcome == "failed"
    assert got.problem == "larger than 15 MB"


@pytest.mark.parametrize(("status", "said"), [(404, "answers 404"), (410, "will not come back"), (500, "answers 500")])
def test_a_refusal_is_named(server: Server, wire: HttpWire, status: int, said: str) -> None:
    got = visit(wire, serve(server, "", status))

    assert said in got.problem
    assert got.source.failures == 1


def test_a_redirect_loop_ends(server: Server, wire: HttpWire) -> None:
    got = visit(wire, serve(server, "", 302, Location="/feed"))

    assert "redirects more than 5 times" in got.problem
    assert len(server.asked) == 6


def test_a_server_that_is_not_there_is_named(server: Server, wire: HttpWire) -> None:
    got = visit(wire, Source(id=1, url="http://127.0.0.1:9/feed"))

    assert got.outcome == "failed"
    assert "refuses connections" in got.problem or "connect" in got.problem


def test_private_addresses_are_refused_unless_allowed(server: Server, settings: Settings) -> None:
    careful = HttpWire(replace(settings, private_addresses=False), lambda: NOW)

    got = visit(careful, serve(server))

    assert got.outcome == "failed"
    assert server.asked == []


def test_one_source_that_fails_stops_no_other(server: Server, wire: HttpWire) -> None:
    well = serve(server)

    outcomes = {got.source.url: got.outcome for got in wire.collect([Source(id=2, url=f"{server.url}/gone"), well])}

    assert outcomes == {well.url: "changed", f"{server.url}/gone": "failed"}


def test_a_page_leads_to_its_feed_and_comments_come_last(server: Server, wire: HttpWire) -> None:
    serve(server)
    server.answers["/"] = (200, {"Content-Type": "text/html"}, PAGE.encode())

    assert [source.url for source in wire.discover(f"{server.url}/")] == [f"{server.url}/feed"]


def test_a_page_without_a_feed_says_so(server: Server, wire: HttpWire) -> None:
    server.answers["/"] = (200, {}, b"<!doctype html><html><body>x</body></html>")

    with pytest.raises(FeedError, match="names no feed"):
        wire.discover(f"{server.url}/")


def test_an_opml_list_gives_its_feeds_with_their_folders_as_tags(wire: HttpWire, settings: Settings) -> None:
    file = settings.root / "list.opml"
    file.write_text(
        '<opml version="2.0"><body><outline text="Sea trade"><outline text="Salt" xmlUrl="feeds/salt.xml"/></outline>'
        '<outline text="Far" xmlUrl="https://far.example.org/feed"/></body></opml>',
        encoding="utf-8",
    )

    found = wire.discover(str(file))

    assert [(one.url, one.title, one.tags) for one in found] == [
        ("feeds/salt.xml", "Salt", ("sea-trade",)),
        ("https://far.example.org/feed", "Far", ()),
    ]


@pytest.mark.parametrize("body", [b"", b"\x00\x01\x02\xff" * 50, b'{"error": 1}', b"just words", b"<rss"])
def test_what_is_no_feed_is_one_line(wire: HttpWire, settings: Settings, body: bytes) -> None:
    file = settings.root / "x.xml"
    file.write_bytes(body)

    with pytest.raises(WireError) as caught:
        wire.discover(str(file))

    assert "\n" not in str(caught.value)


def test_a_bomb_of_attributes_is_refused(wire: HttpWire, settings: Settings) -> None:
    file = settings.root / "x.xml"
    attributes = " ".join(f'a{number}="1"' for number in range(50_000))
    file.write_text(f"<rss><channel {attributes}></channel></rss>", encoding="utf-8")

    with pytest.raises(FeedError):
        wire.discover(str(file))


@pytest.mark.parametrize("page", sorted((resources.samples() / "pages").glob("*.html")), ids=lambda path: path.stem)
def test_a_page_gives_its_article(wire: HttpWire, page: Path) -> None:
    article = wire.read_page(str(page))

    assert article.title
    assert article.authors
    assert article.published
    assert article.url.startswith("https://")
    assert article.picture
    assert article.picture.credit
    assert len(article.text.split()) > 150


def test_a_page_without_an_article_says_so(server: Server, wire: HttpWire) -> None:
    server.answers["/"] = (200, {}, b"<!doctype html><html><body><nav>Home</nav></body></html>")

    with pytest.raises(WireError, match="no article text"):
        wire.read_page(f"{server.url}/")


def test_markdown_gives_its_front_matter_and_its_words(wire: HttpWire) -> None:
    article = wire.read_markdown(next((resources.samples() / "texts").glob("*.md")))

    assert article.title == "The last typesetter of Ropewalk Street"
    assert article.outlet == "Quayside Review"
    assert article.authors == ("Tessa Brand",)
    assert "#" not in article.text


def test_a_glued_file_is_proposed_as_the_texts_it_holds(wire: HttpWire) -> None:
    found = wire.read_text(resources.samples() / "texts" / "glued.txt")

    assert [(one.first_line, one.last_line) for one in found] == [(1, 7), (8, 15), (16, 26)]
    assert all(one.reason for one in found)


@pytest.mark.parametrize("single", [slice(0, 7), slice(7, 15), slice(15, 26)])
def test_a_single_text_is_not_split(single: slice) -> None:
    lines = (resources.samples() / "texts" / "glued.txt").read_text(encoding="utf-8").splitlines()[single]

    assert len(proposals("\n".join(lines))) == 1


def test_a_text_with_blank_lines_is_one(wire: HttpWire, settings: Settings) -> None:
    file = settings.root / "x.txt"
    file.write_text("One.\n\nTwo.\n", encoding="utf-8")

    assert [one.text for one in wire.read_text(file)] == ["One.\n\nTwo."]


@pytest.mark.parametrize("body", [None, b"", b"\x00" * 99])
def test_a_file_that_cannot_be_added_is_one_line(wire: HttpWire, settings: Settings, body: bytes | None) -> None:
    file = settings.root / "x.txt"
    if body is None:
        file.mkdir()
    else:
        file.write_bytes(body)

    with pytest.raises(WireError) as caught:
        wire.read_text(file)

    assert "\n" not in str(caught.value)
