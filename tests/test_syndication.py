"""Feeds: what was put in comes back through feedparser, and every rule that a writer can keep is kept."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from composer.model import Channel, FeedItem, FeedPhoto
from composer.rendering.syndication import atom, json_feed, rss, sitemap

NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
ODD = st.text(st.characters(codec=None), max_size=40)


def photo(**changes: Any) -> FeedPhoto:
    given = {"url": "https://news.example.org/editions/salt/pans-1.jpg", "media_type": "image/jpeg"}
    words = {"alt": "White salt pans", "caption": "Pans at dawn", "credit": "Di Example"}
    return FeedPhoto(**{**given, **words, "width": 1200, "height": 800, **changes})


def item(**changes: Any) -> FeedItem:
    given = {
        "guid": "tag:news.example.org,2026:salt/01KJZ5",
        "url": "https://news.example.org/editions/salt/",
        "title": "The price of salt & bread",
        "summary": "Who pays for the roads?",
        "content_html": '<h2>Roads</h2>\n<p>Salt &amp; <a href="https://wire.example.org/">bread</a> ]]&gt; “dear”</p>',
        "content_text": "Roads\n\nSalt & bread",
        "published": NOON,
        "updated": NOON,
        "lang": "en",
        "authors": ("Ada Example", "Bo Example"),
        "contributors": ("Cy Example",),
        "tags": ("salt", "trade & roads"),
        "photos": (photo(),),
        "related": (("https://wire.example.org/a?x=1&y=2", 'The "wire"'), ("https://press.example.org/b", "")),
        "why": "Because salt is everywhere.",
        "credits": (("Research", "Cy Example"),),
    }
    return FeedItem(**{**given, **changes})


def channel(*items: FeedItem, **changes: Any) -> Channel:
    given = {
        "title": "Undertow & Co",
        "description": "What moves below",
        "home_url": "https://news.example.org/",
        "feed_url": "https://news.example.org/feed.xml",
        "lang": "en",
        "guid": "tag:news.example.org,2026:salt",
        "items": items,
    }
    return Channel(**{**given, **changes})


def tree(written: bytes) -> Any:
    return etree.fromstring(written)


def texts(written: bytes, path: str) -> list[str]:
    return [element.text for element in tree(written).iterfind(path, NAMES)]


@pytest.mark.parametrize("write", [rss, atom])
def test_every_field_comes_back_through_feedparser(write: Any) -> None:
    found = feedparser.parse(write(channel(item(updated=NOON + timedelta(days=1)))))
    entry = found.entries[0]

    assert found.bozo is False
    assert (found.feed.title, found.feed.subtitle, found.feed.language) == ("Undertow & Co", "What moves below", "en")
    assert found.feed.link == "https://news.example.org/"
    assert {(link.rel, link.href) for link in found.feed.links} >= {("self", "https://news.example.org/feed.xml")}
    assert (entry.id, entry.link) == (
        "tag:news.example.org,2026:salt/01KJZ5",
        "https://news.example.org/editions/salt/",
    )
    assert (entry.title, entry.summary) == ("The price of salt & bread", "Who pays for the roads?")
    assert entry.content[0].value == item().content_html
    assert entry.published_parsed[:5] == (2026, 3, 6, 12, 0)
    assert entry.updated_parsed[:5] == (2026, 3, 7, 12, 0)
    assert [author.name for author in entry.authors] == ["Ada Example", "Bo Example"]
    assert [one.name for one in entry.contributors] == ["Cy Example"]
    assert [tag.term for tag in entry.tags] == ["salt", "trade & roads"]
    related = [(link.href, link.get("title", "")) for link in entry.links if link.rel == "related"]
    assert related == list(item().related)
    assert entry.media_content[0] == {
        "url": "https://news.example.org/editions/salt/pans-1.jpg",
        "medium": "image",
        "type": "image/jpeg",
        "width": "1200",
        "height": "800",
    }
    assert entry.media_credit[0] == {"role": "photographer", "scheme": "urn:ebu", "content": "Di Example"}


@pytest.mark.parametrize("write", [rss, atom, json_feed])
def test_the_same_channel_gives_the_same_bytes(write: Any) -> None:
    assert write(channel(item())) == write(channel(item()))


def test_rss_names_its_own_address_once() -> None:
    links = tree(rss(channel(item()))).findall("channel/atom:link", NAMES)

    assert [dict(link.attrib) for link in links] == [
        {"rel": "self", "href": "https://news.example.org/feed.xml", "type": "application/rss+xml"}
    ]


def test_rss_identities_are_no_permalinks() -> None:
    guid = tree(rss(channel(item()))).find("channel/item/guid")

    assert (guid.text, guid.get("isPermaLink")) == ("tag:news.example.org,2026:salt/01KJZ5", "false")


def test_rss_puts_the_summary_before_the_content_and_items_last() -> None:
    found = tree(rss(channel(item())))
    tags = [etree.QName(element).localname for element in found.find("channel/item")]

    assert tags.index("description") < tags.index("encoded")
    assert found.find("channel")[-1].tag == "item"


def test_rss_dates_are_rfc_822_in_gmt() -> None:
    assert texts(rss(channel(item())), "channel/item/pubDate") == ["Fri, 06 Mar 2026 12:00:00 GMT"]


def test_rss_was_built_when_its_newest_edition_changed() -> None:
    corrected = item(updated=NOON + timedelta(days=9))

    built = texts(rss(channel(item(guid="tag:b"), corrected)), "channel/lastBuildDate")

    assert [parsedate_to_datetime(date) for date in built] == [NOON + timedelta(days=9)]


def test_rss_says_that_an_edition_changed_only_when_it_did() -> None:
    assert texts(rss(channel(item())), "channel/item/atom:updated") == []
    assert texts(rss(channel(item(updated=NOON + timedelta(hours=1)))), "channel/item/atom:updated") == [
        "2026-03-06T13:00:00Z"
    ]


def test_rss_asks_readers_to_wait_an_hour() -> None:
    assert texts(rss(channel()), "channel/ttl") == ["60"]


def test_rss_names_each_writer_in_an_element_of_their_own() -> None:
    written = rss(channel(item()))

    assert texts(written, "channel/item/dc:creator") == ["Ada Example", "Bo Example"]
    assert texts(written, "channel/item/author") == []


def test_rss_titles_hold_numeric_references() -> None:
    written = rss(channel(item(title="Salt & bread: 5 < 7")))

    assert b"<title>Salt &#x26; bread: 5 &#x3C; 7</title>" in written
    assert texts(written, "channel/item/title") == ["Salt & bread: 5 < 7"]


@pytest.mark.parametrize("words", ["5 < 7 & 8 > 2", "<b>bold</b>", "write &amp; for &"])
def test_a_plain_summary_cannot_become_html(words: str) -> None:
    shown = tree(b"<p>" + texts(rss(channel(item(summary=words))), "channel/item/description")[0].encode() + b"</p>")

    assert shown.text == words
    assert texts(atom(channel(item(summary=words))), "atom:entry/atom:summary") == [words]


def test_a_photo_without_size_or_credit_says_nothing_of_them() -> None:
    bare = photo(media_type="", width=0, height=0, alt="", caption="Pans at dawn", credit="")
    media = tree(rss(channel(item(photos=(bare,))))).find("channel/item/media:content", NAMES)

    assert dict(media.attrib) == {"url": bare.url, "medium": "image"}
    assert [(etree.QName(below).localname, below.text) for below in media] == [("description", "Pans at dawn")]


def test_a_source_without_an_address_is_no_link() -> None:
    given = channel(item(related=(("", "A talk"),)))

    assert b'rel="related"' not in rss(given) + atom(given)
    assert "sources" not in json.loads(json_feed(given))["items"][0]["_currents"]


def test_an_edition_in_another_language_says_so() -> None:
    given = channel(item(lang="uk"), item(lang="en", guid="tag:b"))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"

    assert texts(rss(given), "channel/item/dc:language") == ["uk"]
    assert [entry.get(lang) for entry in tree(atom(given)).iterfind("atom:entry", NAMES)] == ["uk", None]
    assert [one["language"] for one in json.loads(json_feed(given))["items"]] == ["uk", "en"]


def test_atom_needs_no_prefix() -> None:
    found = tree(atom(channel(item())))

    assert found.nsmap[None] == NAMES["atom"]
    assert b"<atom:" not in atom(channel(item()))


def test_atom_has_one_alternate_and_one_self_link() -> None:
    found = tree(atom(channel(item())))

    assert [link.get("rel") for link in found.iterfind("atom:link", NAMES)] == ["self", "alternate"]
    assert [link.get("rel") for link in found.iterfind("atom:entry/atom:link", NAMES)].count("alternate") == 1


def test_an_entry_without_a_writer_is_by_the_newsletter() -> None:
    assert texts(atom(channel(item(authors=()))), "atom:author/atom:name") == ["Undertow & Co"]


def test_json_feed_holds_everything() -> None:
    found = json.loads(json_feed(channel(item(updated=NOON + timedelta(days=1)))))
    (one,) = found.pop("items")
    about = one["_currents"].pop("about")

    assert found == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Undertow & Co",
        "home_page_url": "https://news.example.org/",
        "feed_url": "https://news.example.org/feed.xml",
        "description": "What moves below",
        "language": "en",
        "authors": [{"name": "Undertow & Co", "url": "https://news.example.org/"}],
    }
    assert about
    assert one == {
        "id": "tag:news.example.org,2026:salt/01KJZ5",
        "url": "https://news.example.org/editions/salt/",
        "title": "The price of salt & bread",
        "content_html": item().content_html,
        "content_text": item().content_text,
        "summary": "Who pays for the roads?",
        "image": "https://news.example.org/editions/salt/pans-1.jpg",
        "date_published": "2026-03-06T12:00:00Z",
        "date_modified": "2026-03-07T12:00:00Z",
        "authors": [{"name": "Ada Example"}, {"name": "Bo Example"}],
        "tags": ["salt", "trade & roads"],
        "language": "en",
        "_currents": {
            "why": "Because salt is everywhere.",
            "credits": [{"role": "Research", "names": "Cy Example"}],
            "sources": [
                {"url": "https://wire.example.org/a?x=1&y=2", "title": 'The "wire"'},
                {"url": "https://press.example.org/b"},
            ],
        },
    }


def test_an_empty_channel_is_a_valid_feed() -> None:
    found = feedparser.parse(rss(channel(description="")))

    assert (found.bozo, found.entries, found.feed.subtitle) == (False, [], "Undertow & Co")
    assert texts(rss(channel()), "channel/lastBuildDate") == []
    assert feedparser.parse(atom(channel())).bozo is False
    assert texts(atom(channel()), "atom:updated") == ["1970-01-01T00:00:00Z"]
    assert json.loads(json_feed(channel()))["items"] == []


def test_addresses_hold_only_what_an_address_may() -> None:
    given = channel(
        item(photos=(photo(url="https://news.example.org/a photo é.jpg"),), url="https://news.example.org/%D0%B0?b=1#c")
    )

    assert b'url="https://news.example.org/a%20photo%20%C3%A9.jpg"' in rss(given)
    assert b"<link>https://news.example.org/%D0%B0?b=1#c</link>" in rss(given)


@settings(deadline=None, max_examples=150)
@given(words=ODD)
def test_no_words_break_a_feed(words: str) -> None:
    odd = item(title=words, summary=words, content_html=words, content_text=words, why=words, tags=(words,), authors=(words,), related=((f"https://example.org/{words}", words),), photos=(photo(alt=words, credit=words),))  # fmt: skip
    given = channel(odd, title=words, description=words)
    kept = "".join(letter for letter in words.replace("\r\n", "\n") if letter in "\n\t" or ord(letter) > 31)

    for write in (rss, atom):
        assert tree(write(given)) is not None
    document = json.loads(json_feed(given))
    assert "\0" not in document["items"][0]["content_html"]
    if kept == words and not any(0x7F <= ord(letter) < 0xA0 or 0xD800 <= ord(letter) < 0xE000 or ord(letter) in {0xFFFE, 0xFFFF} for letter in words):  # fmt: skip
        assert document["items"][0]["title"] == words
        assert (texts(rss(given), "channel/item/content:encoded")[0] or "") == words
        assert (texts(atom(given), "atom:entry/atom:content")[0] or "") == words


def test_line_ends_are_mended_and_controls_taken_out() -> None:
    given = channel(replace(item(), content_html="<p>a\r\nb\rc\x85d\x00\x0b\x1f\x7f\x9fe\ud800\ufffe</p>"))

    assert texts(rss(given), "channel/item/content:encoded") == ["<p>a\nb\nc\nde</p>"]
    assert json.loads(json_feed(given))["items"][0]["content_html"] == "<p>a\nb\nc\nde</p>"


def test_a_sitemap_lists_every_address_with_its_last_change() -> None:
    found = tree(sitemap([("https://news.example.org/", NOON), ("https://news.example.org/é/", NOON)]))
    name = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}

    assert [loc.text for loc in found.iterfind("s:url/s:loc", name)] == [
        "https://news.example.org/",
        "https://news.example.org/%C3%A9/",
    ]
    assert found.findtext("s:url/s:lastmod", namespaces=name) == "2026-03-06T12:00:00Z"


def test_a_story_says_where_it_was_found() -> None:
    told = channel(item(retells="https://wire.example.org/a?x=1&y=2"))
    rels = [one.get("rel") for one in tree(atom(told)).iterfind("atom:entry/atom:link", NAMES)]

    assert rels.count("via") == len(item().related)
    assert rels.count("related") == 0
    assert json.loads(json_feed(told))["items"][0]["external_url"] == "https://wire.example.org/a?x=1&y=2"
    assert [link.rel for link in feedparser.parse(rss(told)).entries[0].links] == ["alternate", "related", "related"]


def test_an_edition_is_no_link_to_somebody_else() -> None:
    assert "external_url" not in json.loads(json_feed(channel(item())))["items"][0]


@pytest.mark.parametrize("write", [rss, atom])
def test_a_feed_names_its_hub_beside_itself(write: Any) -> None:
    links = feedparser.parse(write(channel(item(), hub="https://hub.example.org/"))).feed.links

    assert [link.href for link in links if link.rel == "hub"] == ["https://hub.example.org/"]
    assert [link.rel for link in links].count("self") == 1


def test_json_feed_names_its_hub() -> None:
    found = json.loads(json_feed(channel(hub="https://hub.example.org/")))

    assert found["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/"}]
    assert "hubs" not in json.loads(json_feed(channel()))


def test_json_feed_tells_what_was_corrected() -> None:
    found = json.loads(json_feed(channel(item(corrections=("It was salt.",)))))

    assert found["items"][0]["_currents"]["corrections"] == ["It was salt."]


@pytest.mark.parametrize("write", [rss, atom])
def test_a_style_sheet_stands_before_the_feed_and_changes_nothing_in_it(write: Any) -> None:
    styled = write(channel(item(), look='../feed.css?a="b"&c'))

    assert styled.count(b"<?xml-stylesheet ") == 1
    assert styled.splitlines()[1] == b'<?xml-stylesheet type="text/css" href="../feed.css?a=%22b%22&amp;c"?>'
    assert b"\n".join(line for line in styled.splitlines() if b"xml-stylesheet" not in line) + b"\n" == write(
        channel(item())
    )
    assert feedparser.parse(styled).bozo is False
