"""Every feed that the sample publishes keeps the rules that validators look for, read from the bytes themselves."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from babel import Locale
from conftest import Ran
from lxml import etree

from composer.cli.demonstration import settle

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|\+0000)")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
UNSAFE = {"script", "iframe", "object", "embed", "form", "base", "meta", "link", "style"}
BYTES_MOST = 250_000
BASE = "https://portolan.example.org/"


@pytest.fixture
def site(tmp_path: Path, cli: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    for number, name in enumerate(("the-river-keeps-two-calendars", "nobody-lives-in-a-corridor"), 1):
        cli("draft", "--from", f"seeds/editions/{name}.md")
        assert cli("publish", str(number)).code == 0
    return Path("outbox/site")


def xml_feeds(site: Path, name: str) -> Iterator[tuple[str, Any]]:
    found = sorted(site.rglob(name))
    assert len(found) == 7  # the editions', the stories', five tags'
    for file in found:
        assert file.stat().st_size < BYTES_MOST
        yield f"{BASE}{file.relative_to(site).as_posix()}", etree.fromstring(file.read_bytes())


def texts(parent: Any, path: str) -> list[str]:
    return [one.text for one in parent.iterfind(path, NAMES)]


def assert_safe(content: str) -> None:
    root = lxml.html.fromstring(f"<div>{content}</div>")
    assert not {one.tag for one in root.iter()} & UNSAFE
    assert [one for one in root.xpath("//@href | //@src") if not one.startswith(("https://", "mailto:"))] == []
    assert root.xpath("//@*[starts-with(name(), 'on')]") == []
    assert not [style for style in root.xpath("//@style") if "position" in style or "url(" in style]
    assert not re.search(r"\{\{|\}\}|\*\|", content)  # no merge tag


def test_every_rss_feed_keeps_the_rules(site: Path) -> None:
    for url, root in xml_feeds(site, "feed.xml"):
        channel = root.find("channel")
        kinds = [etree.QName(one).localname for one in channel]

        assert root.get("version") == "2.0"
        assert all(texts(channel, one) and texts(channel, one)[0] for one in ("title", "link", "description"))
        assert [one.get("href") for one in channel.iterfind("a:link[@rel='self']", NAMES)] == [url]
        assert kinds[-kinds.count("item") :] == ["item"] * kinds.count("item")
        assert Locale.parse(channel.find("language").text, sep="-")
        assert int(channel.find("ttl").text) >= 60
        for item in channel.iterfind("item"):
            _keeps_rss_rules(item)
        guids = texts(channel, "item/guid")
        assert len(set(guids)) == len(guids) > 0


def _keeps_rss_rules(item: Any) -> None:
    order = [etree.QName(one).localname for one in item]
    published = item.find("pubDate").text
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.find("guid").text.startswith("tag:portolan.example.org,2026:portolan/")
    assert order.index("description") < order.index("encoded")
    assert order.count("enclosure") <= 1
    assert "author" not in order
    assert texts(item, "dc:creator")
    assert RFC822.fullmatch(published)
    assert parsedate_to_datetime(published).strftime("%a") == published[:3]
    assert parsedate_to_datetime(published) <= datetime.now(UTC)
    assert "<" not in item.find("title").text
    assert_safe(item.find("content:encoded", NAMES).text)
    for photo in item.iterfind("media:content", NAMES):
        assert photo.get("type") in {"image/jpeg", "image/png"}
        assert int(photo.get("width")) * int(photo.get("height")) > 0
        assert photo.find("media:description", NAMES).text
        assert photo.find("media:credit", NAMES).get("scheme") == "urn:ebu"


def test_every_atom_feed_keeps_the_rules(site: Path) -> None:
    seen = set()
    for url, root in xml_feeds(site, "atom.xml"):
        seen.add(root.find("a:id", NAMES).text)
        assert [one.get("href") for one in root.iterfind("a:link[@rel='self']", NAMES)] == [url]
        assert root.find("a:updated", NAMES).text == max(texts(root, "a:entry/a:updated"))
        for entry in root.iterfind("a:entry", NAMES):
            assert [len(entry.findall(f"a:{one}", NAMES)) for one in ("id", "title", "updated", "published")] == [1] * 4
            assert len(entry.findall("a:link[@rel='alternate']", NAMES)) == 1
            assert all(texts(entry, "a:author/a:name"))
            assert not [name for name in texts(entry, "a:author/a:name") if "@" in name]
            assert all(RFC3339.fullmatch(entry.find(f"a:{one}", NAMES).text) for one in ("published", "updated"))
            assert (entry.find("a:content", NAMES).get("type"), entry.find("a:summary", NAMES).get("type")) == (
                "html",
                "text",
            )
            assert_safe(entry.find("a:content", NAMES).text)
    assert len(seen) == 7  # each feed is itself


def test_every_json_feed_keeps_the_rules(site: Path) -> None:
    for file in sorted(site.rglob("feed.json")):
        found = json.loads(file.read_bytes())
        assert found["version"] == "https://jsonfeed.org/version/1.1"
        assert found["feed_url"] == f"{BASE}{file.relative_to(site).as_posix()}"
        assert found["home_page_url"].startswith(BASE)
        assert len({one["id"] for one in found["items"]}) == len(found["items"]) > 0
        for item in found["items"]:
            assert isinstance(item["id"], str)
            assert item["content_html"] and item["content_text"]  # noqa: PT018 (both, always)
            assert all(RFC3339.fullmatch(item[one]) for one in ("date_published", "date_modified"))
            assert item["authors"] and "author" not in item  # noqa: PT018 (as above)
            assert item["_currents"]["about"]
            assert_safe(item["content_html"])


def test_an_editions_feed_item_carries_credits_corrections_and_why(site: Path) -> None:
    newest = json.loads((site / "feed.json").read_bytes())["items"][0]
    told = newest["_currents"]

    assert set(told) == {"about", "why", "credits", "sources", "corrections"}
    said = " ".join(lxml.html.fromstring(newest["content_html"]).text_content().split())
    assert told["why"] in said
    assert all(one["names"] in said for one in told["credits"])


def test_feed_pages_and_editions_agree_on_addresses(site: Path) -> None:
    for item in json.loads((site / "feed.json").read_bytes())["items"]:
        page = lxml.html.fromstring((site / item["url"].removeprefix(BASE) / "index.html").read_bytes())
        assert page.xpath("//link[@rel='canonical']/@href") == [item["url"]]
