"""What the wire reads: feeds, pages and files of every kind. How it visits servers is in test_fetching."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import FEED
from newsstand import Newsstand, newsstand

from composer import resources
from composer.errors import FeedError, WireError
from composer.feeds.texts import proposals
from composer.feeds.wire import HttpWire
from composer.model import Collected, Source
from composer.settings import Settings, read_settings

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
PAGE = '<!doctype html><html><head><title>Salt</title><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments"><link rel="alternate" type="application/rss+xml" title="All" href="/feed"></head><body>x</body></html>'


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with newsstand() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    text = (resources.templates() / "newsletter.toml").read_text(encoding="utf-8")
    (tmp_path / "newsletter.toml").write_text(text, encoding="utf-8")
    return replace(read_settings(tmp_path), private_hosts=("127.0.0.1",), timeout_seconds=5)


@pytest.fixture
def wire(settings: Settings) -> HttpWire:
    return HttpWire(settings, lambda: NOW)


def visit(wire: HttpWire, source: Source) -> Collected:
    return next(iter(list(wire.collect([source]))))


def test_a_feed_brings_its_articles_with_their_words(stand: Newsstand, wire: HttpWire) -> None:
    got = visit(wire, Source(id=1, url=stand.serve("/feed", FEED)))

    first = got.articles[0]
    assert got.outcome == "changed"
    assert (first.title, first.outlet, first.authors) == ("Salt is getting dearer", "The Salt Road", ("Nino Example",))
    assert first.published == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert first.text.split("\n\n")[1].endswith("Two of the three bridges are closed to lorries.")


def test_a_feed_file_is_read_once_until_it_changes(wire: HttpWire, settings: Settings) -> None:
    (settings.root / "salt.xml").write_text(FEED, encoding="utf-8")

    first = visit(wire, Source(id=1, url="salt.xml"))
    second = visit(wire, first.source)

    assert (first.outcome, second.outcome) == ("changed", "unchanged")


def test_a_feed_file_that_is_not_there_is_named(wire: HttpWire) -> None:
    assert visit(wire, Source(id=1, url="none.xml")).problem == "no such file"


def test_a_page_leads_to_its_feed_and_comments_come_last(stand: Newsstand, wire: HttpWire) -> None:
    feed = stand.serve("/feed", FEED)

    assert [source.url for source in wire.discover(stand.serve("/", PAGE)).sources] == [feed]


def test_the_other_feeds_of_a_page_are_named(stand: Newsstand, wire: HttpWire) -> None:
    stand.serve("/feed", FEED)

    assert wire.discover(stand.serve("/", PAGE)).others == ((f"{stand.url}/comments", "Comments"),)


def test_of_a_pages_feeds_the_first_that_can_be_read_is_meant(stand: Newsstand, wire: HttpWire) -> None:
    stand.serve("/feed", "gone", status=404)
    comments = stand.serve("/comments", FEED)

    assert [source.url for source in wire.discover(stand.serve("/", PAGE)).sources] == [comments]


def test_a_page_whose_feeds_all_fail_says_why_its_first_did(stand: Newsstand, wire: HttpWire) -> None:
    stand.serve("/feed", "gone", status=404)
    stand.serve("/comments", "gone", status=410)

    with pytest.raises(WireError, match="404"):
        wire.discover(stand.serve("/", PAGE))


def test_a_page_without_a_feed_says_so(stand: Newsstand, wire: HttpWire) -> None:
    with pytest.raises(FeedError, match="names no feed"):
        wire.discover(stand.serve("/", "<!doctype html><html><body>x</body></html>"))


def test_an_opml_list_gives_its_feeds_with_their_folders_as_tags(wire: HttpWire, settings: Settings) -> None:
    file = settings.root / "list.opml"
    file.write_text(
        '<opml version="2.0"><body><outline text="Sea trade"><outline text="Salt" xmlUrl="feeds/salt.xml"/></outline>'
        '<outline text="Far" xmlUrl="https://far.example.org/feed"/></body></opml>',
        encoding="utf-8",
    )

    found = wire.discover(str(file)).sources

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


def test_a_page_without_an_article_says_so(stand: Newsstand, wire: HttpWire) -> None:
    with pytest.raises(WireError, match="no article text"):
        wire.read_page(stand.serve("/", "<!doctype html><html><body><nav>Home</nav></body></html>"))


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
