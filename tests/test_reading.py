"""What a feed says is kept, by whichever path it is read; what only harms is refused; nothing hidden comes through."""

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.errors import FeedError
from composer.feeds.clean import safe_html, text_of, title_of
from composer.feeds.feed import Feed
from composer.feeds.parse import parse_feed, parse_usual_feed
from composer.feeds.readers import AT_ONCE_BYTES, Readers, Work
from composer.feeds.xmlfeed import parse_usual_xml_feed, parse_xml_feed
from composer.model import Enclosure, Picture

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://harbour.example/feed"
SEEDS = sorted((Path(__file__).parent.parent / "seeds" / "feeds").glob("*.xml"))

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel>
<title>Harbour &amp; Sea</title><link>https://harbour.example/</link><language>en-GB</language><ttl>90</ttl>
<atom:link rel="self" href="https://harbour.example/feed"/>
<image><title>Logo</title><url>https://harbour.example/l.png</url><link>https://harbour.example/about</link></image>
<skipHours><hour>3</hour></skipHours>
<item>
 <title>Salt pans &lt;b&gt;reopen&lt;/b&gt;</title><link>https://harbour.example/salt?utm_source=rss&amp;id=4</link>
 <guid isPermaLink="false">salt-4</guid><dc:creator>Ana Okafor</dc:creator><dc:creator>By Omar Silva</dc:creator>
 <pubDate>Mon, 23 Nov 2026 08:00:00 +0100</pubDate><atom:updated>2026-11-24T06:00:00Z</atom:updated>
 <category>Work</category><category domain="place">Coast</category><category>Work</category>
 <description>Short.</description><content:encoded><![CDATA[<p>The pans, caf\u00e9 and all.</p><p>Second &nbsp; part.</p>]]></content:encoded>
 <enclosure url="/salt.mp3" type="audio/mpeg" length="1234"/>
 <source url="https://other.example/feed">The Other Paper</source>
 <media:content url="https://harbour.example/salt.jpg" medium="image" width="900">
  <media:title>A title of the picture</media:title><media:description>Salt at dawn</media:description>
  <media:credit>Nino Rao</media:credit></media:content>
</item>
<item><media:description>Media first</media:description><title>Second</title><description>Then words</description>
 <guid>https://harbour.example/second</guid><author>desk@harbour.example (Ingrid Mbeki)</author></item>
<item><title>Third</title><itunes:summary>Told</itunes:summary><itunes:keywords>sea, tide</itunes:keywords>
 <description>Twice</description><link>/third</link><pubDate>no date</pubDate></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://steppe.example/a/">
<title type="html">Steppe &amp;amp; Wind</title><id>urn:steppe</id><link href="."/><updated>2026-11-23T00:00:00Z</updated>
<author><name>The Desk</name></author>
<entry><title type="text">Less &lt; more</title><id>urn:1</id><link rel="alternate" href="one"/>
 <link rel="enclosure" href="one.pdf" type="application/pdf" length="x"/><published>2026-11-20T10:00:00Z</published>
 <updated>2026-11-21T10:00:00+02:00</updated><author><name>Mariam Ilves</name><uri>https://m.example</uri></author>
 <author><name>Petra Jansen</name></author><category term="grass" label="Gras"/><summary>Kurz</summary>
 <content type="html">&lt;p&gt;Lang &lt;img src="w.jpg" alt="Wind"&gt;&lt;/p&gt;</content>
 <source><title>Die Quelle</title><id>urn:q</id><updated>2026-01-01T00:00:00Z</updated></source></entry>
<entry><id>https://steppe.example/two</id><title>Zwei</title><updated>2026-11-22</updated><content>nur Worte</content></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://old.example/"><title>Old</title>
 <link>https://old.example/</link></channel><item rdf:about="https://old.example/1"><title>One</title>
 <link>https://old.example/1</link><dc:subject>archives</dc:subject><dc:date>2026-11-02T03:04:05Z</dc:date></item></rdf:RDF>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Second reading", "items": [{"id": 7,
 "url": "https://second.example/7", "title": "Seven", "content_text": "a < b", "tags": ["law", "law", 3],
 "date_published": "2026-11-20T10:00:00Z", "date_modified": "2026-11-21T10:00:00Z", "authors": [{"name": "Yuki Rao"}],
 "attachments": [{"url": "https://second.example/7.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 99}]}]}"""


def read(words: str) -> Feed:
    return parse_feed(words.encode(), url=URL, now=NOW)


def test_everything_that_an_rss_entry_says_is_kept() -> None:
    feed = read(RSS)
    first = feed.articles[0]
    assert (feed.title, feed.homepage, feed.ttl_seconds) == ("Harbour & Sea", "https://harbour.example/", 5400)
    assert (first.guid, first.url, first.title) == ("salt-4", "https://harbour.example/salt?id=4", "Salt pans reopen")
    assert first.authors == ("Ana Okafor", "Omar Silva")
    assert first.published == datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert first.updated == datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert (first.lang, first.via, first.categories) == ("en-GB", "The Other Paper", ("Work", "Coast"))
    assert first.enclosures == (
        Enclosure(url="https://harbour.example/salt.mp3", media_type="audio/mpeg", bytes_length=1234),
    )
    assert first.picture == Picture(url="https://harbour.example/salt.jpg", caption="Salt at dawn", credit="Nino Rao")
    assert (first.summary, first.text) == ("Short.", "The pans, café and all.\n\nSecond part.")


def test_everything_that_an_atom_entry_says_is_kept() -> None:
    feed = read(ATOM)
    first = feed.articles[0]
    assert (feed.title, first.title, first.url) == ("Steppe & Wind", "Less < more", "https://steppe.example/a/one")
    assert (first.authors, first.via, first.lang) == (("Mariam Ilves", "Petra Jansen"), "Die Quelle", "de")
    assert (first.updated, first.categories) == (datetime(2026, 11, 21, 8, tzinfo=UTC), ("grass",))
    assert first.enclosures[0] == Enclosure(url="https://steppe.example/a/one.pdf", media_type="application/pdf")
    assert first.picture == Picture(url="https://steppe.example/a/w.jpg", alt="Wind")


def test_everything_that_a_json_feed_says_is_kept() -> None:
    one = read(JSON).articles[0]
    assert (one.guid, one.text, one.categories) == ("7", "a < b", ("law", "3"))
    assert one.updated == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert one.enclosures == (Enclosure(url="https://second.example/7.mp3", media_type="audio/mpeg", bytes_length=99),)


def test_a_feed_of_rdf_gives_its_subjects_and_dates() -> None:
    one = read(RDF).articles[0]
    assert (one.guid, one.categories) == ("https://old.example/1", ("archives",))
    assert one.published == datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("words", [RSS, ATOM, *(path.read_text(encoding="utf-8") for path in SEEDS)])
def test_the_fast_path_gives_what_feedparser_gives(words: str) -> None:
    fast = parse_usual_xml_feed(words, url=URL, now=NOW)
    assert fast is not None
    assert fast.articles
    assert fast == parse_xml_feed(words, url=URL, now=NOW)


PARTS = (
    "<title>A &amp;amp; B</title>",
    '<title type="html">&lt;i&gt;C&lt;/i&gt;</title>',
    "<description>d1</description>",
    "<summary>s1</summary>",
    "<content:encoded>c &lt;p&gt;1</content:encoded>",
    "<content type='html'>c2 &lt;p&gt;longer than others</content>",
    "<media:group><media:title>m</media:title><media:description>md</media:description></media:group>",
    "<media:title>m2</media:title>",
    "<media:description>md2</media:description>",
    "<link>/a?x=1&amp;y=2</link>",
    '<link href="b"/>',
    '<atom:link rel="enclosure" href="c.mp3" length="5"/>',
    "<guid>https://g.example/1</guid>",
    '<guid isPermaLink="false">g2</guid>',
    "<author>a@b.example (Ann Lee)</author>",
    "<author><name>Bo Li</name><email>b@l.example</email></author>",
    "<dc:creator>Caf\u00c3\u00a9 Writer</dc:creator>",
    "<dc:date>2026-02-03</dc:date>",
    "<pubDate>Tue, 03 Feb 2026 04:05 GMT</pubDate>",
    "<category/>",
    '<category term="t">u</category>',
    "<source>S</source>",
    "<strange:title>no</strange:title>",
    "<unknown><deep>x</deep></unknown>",
    "<itunes:summary>i</itunes:summary>",
    "<dc:language>fr</dc:language>",
)
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:strange="https://strange.example/"'
)


@given(st.lists(st.sampled_from(PARTS), max_size=9), st.booleans())
def test_the_fast_path_gives_what_feedparser_gives_in_any_order(parts: list[str], is_atom: bool) -> None:  # noqa: FBT001
    inside = "".join(parts)
    words = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}><title>F</title><entry>{inside}</entry></feed>'
        if is_atom
        else f'<rss version="2.0" {SPACES}><channel><title>F</title><item>{inside}</item></channel></rss>'
    )
    fast = parse_usual_xml_feed(words, url=URL, now=NOW)
    assert fast is None or fast == parse_xml_feed(words, url=URL, now=NOW)


def test_what_the_fast_path_does_not_know_is_left_to_feedparser() -> None:
    assert parse_usual_feed(RDF.encode(), url=URL, now=NOW) is None
    assert parse_usual_feed(RSS.replace("&amp; Sea", "& Sea").encode(), url=URL, now=NOW) is None


def test_a_bare_ampersand_is_read_as_it_was_meant_and_the_feed_called_damaged() -> None:
    feed = read("<rss version='2.0'><channel><title>P&L</title><item><title>AT&T grows</title></item></channel></rss>")
    assert (feed.title, feed.articles[0].title) == ("P&L", "AT&T grows")
    assert feed.damage.startswith("damaged: not well-formed in line 1")


def test_a_declaration_that_is_not_at_the_start_stops_nobody() -> None:
    words = "<!-- first --><?xml version='1.0' encoding='shift_jis'?><rss><channel><title>Late</title></channel></rss>"
    assert read(words).title == "Late"


def test_a_feed_without_a_homepage_names_none() -> None:
    assert read("<rss version='2.0'><channel><title>T</title></channel></rss>").homepage == ""


def test_a_guid_that_returns_is_told_apart_by_link_or_title() -> None:
    items = "".join(
        f"<item><guid isPermaLink='false'>same</guid><title>{title}</title>{link}</item>"
        for title, link in (("One", ""), ("Two", ""), ("Two", ""), ("Three", "<link>https://a.example/3</link>"))
    )
    feed = read(f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>")
    assert [article.guid for article in feed.articles] == ["same One", "same Two", "same https://a.example/3"]


def test_no_more_than_300_entries_are_taken() -> None:
    items = "".join(f"<item><title>Story {number}</title></item>" for number in range(400))
    assert len(read(f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>").articles) == 300


@pytest.mark.parametrize(
    ("period", "seconds"),
    [
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800),
        ("<ttl>60</ttl>", 3600),
    ],
)
def test_a_feed_says_how_long_it_is_fresh(period: str, seconds: int) -> None:
    space = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"
    words = f"<rss version='2.0' {space}><channel><title>T</title>{period}</channel></rss>"
    assert read(words).ttl_seconds == seconds


BOMBS = {
    "a tag with more than 200 attributes": "<rss><channel><item "
    + " ".join(f'a{number}="x"' for number in range(50_000))
    + "/></channel></rss>",
    "entities that unfold": '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel>&b;</channel></rss>',
    "entities that unfold into others": f'<!DOCTYPE r [<!ENTITY a "{"x" * 50_000}">]><rss>{"&a;" * 50_000}</rss>',
    "tags nested deeper": "<rss>" + "<a>" * 5000,
}


@pytest.mark.parametrize("named", BOMBS)
def test_a_bomb_is_refused_by_name(named: str) -> None:
    with pytest.raises(FeedError, match=named):
        read(BOMBS[named])


def test_text_keeps_paragraphs_lines_and_what_was_laid_out() -> None:
    markup = "<p>One\ntwo</p><ul><li>a</li><li>b</li></ul><pre>x\n  y</pre>c<br>d<table><tr><td>e</td><td>f</td></tr></table>"
    assert text_of(markup) == "One two\n\na\nb\n\nx\ny\n\nc\nd\n\ne f"


def test_words_after_an_embedded_film_are_not_lost() -> None:
    assert text_of('<p>Before<embed src="f.swf"> after</p>') == "Before after"


def test_what_is_not_meant_to_be_read_is_left_out_of_the_text() -> None:
    assert text_of("<p>a<script>b()</script><style>c</style><!-- d --></p><svg><text>e</text></svg>") == "a"


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "data:text/html,x", "&#xA0;javascript:x", "java&#1;script:x"]
)
def test_an_address_that_could_run_is_taken_off(scheme: str) -> None:
    assert "script" not in safe_html(f'<a href="{scheme}">x</a>')
    assert "data:" not in safe_html(f'<a href="{scheme}">x</a>')


@given(st.text(max_size=300))
def test_no_hidden_character_comes_through(words: str) -> None:
    markup = f"<p>{words}&#1;&#8238;</p>"
    for clean in (safe_html(markup), text_of(markup), title_of(markup)):
        assert not set(clean) & {chr(code) for code in [*range(9), *range(14, 32), 127, 0x202E]}


def works(words: str, *, count: int = 1) -> list[Work]:
    return [Work(key=key, body=words.encode(), url=URL, now=NOW) for key in range(count)]


BROKEN = "<rss version='2.0'><channel><title>T</title><item><title>Kept</title></item>"


@pytest.mark.parametrize("at_once_bytes", [0, 1_000, AT_ONCE_BYTES], ids=["apart", "both", "here"])
@pytest.mark.parametrize("words", [RSS, BROKEN, JSON], ids=["usual", "broken", "json"])
def test_readers_give_every_feed_that_was_handed_over(words: str, at_once_bytes: int) -> None:
    with Readers(at_once_bytes=at_once_bytes) as readers:
        for work in works(words, count=6):
            readers.hand_over(work)
        done = dict(readers.rest())
    assert done == dict.fromkeys(range(6), parse_feed(words.encode(), url=URL, now=NOW))


def test_readers_start_no_child_for_little() -> None:
    with Readers() as readers:
        readers.read(RSS.encode(), url=URL, now=NOW)
        assert readers.processes == ()


def test_readers_that_expect_much_start_their_children_with_the_first_feed() -> None:
    with Readers(at_once_bytes=0) as readers:
        readers.read(RSS.encode(), url=URL, now=NOW)
        assert readers.processes


def test_a_refusal_comes_back_by_name_and_others_are_read() -> None:
    with Readers() as readers:
        for work in (*works("<html>"), *works(BROKEN)):
            readers.hand_over(work)
        results = [result for _, result in readers.rest()]
    assert sorted(type(result).__name__ for result in results) == ["Feed", "FeedError"]


def test_a_child_that_is_ended_loses_only_its_feed() -> None:
    with Readers() as readers:
        readers.read(BROKEN.encode(), url=URL, now=NOW)
        os.kill(readers.processes[0], signal.SIGPROF)
        with pytest.raises(FeedError, match="takes more than 5 seconds"):
            readers.read(BROKEN.encode(), url=URL, now=NOW)
        assert readers.read(BROKEN.encode(), url=URL, now=NOW).articles[0].title == "Kept"


def test_no_child_outlives_its_readers() -> None:
    with Readers() as readers:
        readers.read(BROKEN.encode(), url=URL, now=NOW)
        child = readers.processes[0]
    assert not until(lambda: alive(child))


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def until(still: Callable[[], bool]) -> bool:
    """Wait while something holds, at most ten seconds, and say whether it still does."""
    end = time.monotonic() + 10
    while still() and time.monotonic() < end:
        time.sleep(0.02)
    return still()


def test_words_in_utf_32_without_a_mark_are_read() -> None:
    words = '<?xml version="1.0"?><rss version="2.0"><channel><title>Långt</title></channel></rss>'
    assert parse_feed(words.encode("utf-32-le"), url=URL, now=NOW).title == "Långt"


def test_a_broken_feed_without_entries_still_gives_its_name() -> None:
    feed = read("<rss version='2.0'><channel><title>Young paper</title><link>https://young.example/</link></channel>")
    assert (feed.title, feed.homepage, feed.articles) == ("Young paper", "https://young.example/", ())
    assert feed.damage


def test_a_hundred_comments_before_a_feed_hold_nobody_up() -> None:
    words = "<!---->" * 500 + "<rss version='2.0'><channel><title>T</title></channel></rss>"
    assert read(words).title == "T"


def test_an_ampersand_in_cdata_is_left_as_it_is() -> None:
    words = "<rss version='2.0'><channel><title>P&L</title><item><title><![CDATA[Q&A & more]]></title></item></channel></rss>"
    assert read(words).articles[0].title == "Q&A & more"
