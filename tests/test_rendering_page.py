"""The archive page, the index, the feed item and the plain text of an issue in every kind of block."""

import itertools
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import lxml.html
import pytest
from editions import every_kind, settings
from golden import check_golden
from right_to_left import arabic, laid

from composer import resources
from composer.model import FeedItem
from composer.rendering import arrange, article, feed_item, index, load_theme, page, plaintext
from composer.rendering.issue import Issue

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
URL = "https://undertide.example.org/editions/the-price-of-salt/"
THEMES = pytest.mark.parametrize("name", ["currents", "plain"])


def issue(**changes: object) -> Issue:
    return replace(arrange(every_kind(), settings(), url=URL, published=NOON, updated=NOON), **changes)


def theme(name: str = "currents"):  # noqa: ANN201 (a theme)
    return load_theme(name, [resources.templates()])


def item_of(laid: Issue) -> FeedItem:
    return feed_item(laid, article(laid, theme()), plaintext(laid), settings(), guid="tag:x,2026:x/1")


def document(name: str = "currents") -> lxml.html.HtmlElement:
    return lxml.html.fromstring(page(issue(), article(issue(), theme(name)), theme(name), settings()).html)


def test_the_plain_text_reads_as_it_did() -> None:
    check_golden("email.txt", plaintext(issue()))


def test_no_line_of_plain_text_is_longer_than_72_columns_but_an_address() -> None:
    long = [line for line in plaintext(issue()).splitlines() if len(line) > 72]

    assert [line for line in long if "https://" not in line] == []


def test_every_link_in_plain_text_is_listed_with_its_address() -> None:
    text = plaintext(issue())

    marks = re.findall(r"(?<=\S)\xa0\[(\d+)\]", text)
    listed = re.findall(r"^\[(\d+)\] https?://", text, re.MULTILINE)
    assert marks
    assert sorted(marks) == sorted(listed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("- a quay\n- a crane\n  1. one hook", "* a quay\n* a crane\n  1. one hook"),
        ("- a quay\n\n- a crane", "* a quay\n\n* a crane"),
        ("-\n\nA quay.", "A quay."),
    ],
)
def test_a_list_in_plain_text_is_as_close_as_it_was_typed(typed: str, told: str) -> None:
    prose = next(part for part in issue().parts if part.kind == "prose")
    text = plaintext(issue(parts=(replace(prose, markdown=f"Above.\n\n{typed}\n\nBelow."),)))  # type: ignore[call-arg]  # prose has markdown

    assert f"Above.\n\n{told}\n\nBelow." in text


def test_right_to_left_text_is_not_wrapped() -> None:
    words = plaintext(laid(arabic()))

    assert max(map(len, words.splitlines())) > 100


@THEMES
def test_the_page_has_one_title_and_no_gap_in_its_headings(name: str) -> None:
    levels = [int(one.tag[1]) for one in document(name).iter("h1", "h2", "h3", "h4")]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@THEMES
def test_the_page_asks_nothing_of_anybody(name: str) -> None:
    root = document(name)

    scripts = [one for one in root.iter("script") if one.get("type") != "application/ld+json"]
    outside = [one for one in root.iter("link") if one.get("rel") not in {"canonical", "alternate"}]
    assert scripts == outside == []


def test_the_page_says_where_it_belongs() -> None:
    root = document()

    assert root.xpath("//link[@rel='canonical']/@href") == [URL]
    assert root.xpath("//meta[@property='og:url']/@content") == [URL]
    assert len(root.xpath("//link[@rel='alternate']")) == 3


def test_the_page_describes_itself_to_machines() -> None:
    data = json.loads(document().xpath("string(//script[@type='application/ld+json'])"))

    assert data["headline"] == issue().title
    assert data["backstory"]
    assert data["correction"]
    assert data["datePublished"] == "2026-03-06T12:00:00+00:00"


def test_words_cannot_leave_the_description_for_machines() -> None:
    html = page(issue(title="</script><script>alert(1)</script>"), article(issue(), theme()), theme(), settings()).html

    assert "<script>alert" not in html


def test_a_feed_item_carries_credits_and_the_why_box() -> None:
    item = item_of(issue())

    assert item.why in " ".join(lxml.html.fromstring(item.content_html).text_content().split())
    assert item.credits
    assert all(names in item.content_html for _, names in item.credits)


def test_every_address_in_a_feed_item_is_absolute() -> None:
    root = lxml.html.fromstring(item_of(issue()).content_html)

    addresses = [*root.xpath("//@href"), *root.xpath("//@src")]
    assert addresses
    assert [one for one in addresses if not one.startswith(("https://", "mailto:"))] == []


def test_the_index_lists_the_newest_first_and_says_so_when_there_is_none() -> None:
    item = item_of(issue())

    assert URL in index([item], theme(), settings())
    assert "The first edition is on its way." in index([], theme(), settings())
