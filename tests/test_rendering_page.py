"""The archive page, the index, the feed item and the plain text of an issue in every kind of block."""

import itertools
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import lxml.html
import pytest
from archives import entry
from editions import every_kind, kinded, settings
from golden import check_golden
from right_to_left import arabic, laid

from composer import resources
from composer.blocks import Field, Manuscript
from composer.model import FeedItem
from composer.rendering import Place, arrange, article, feed_item, load_theme, page, plaintext, story_items
from composer.rendering.issue import Issue, Photo
from composer.rendering.linked import linked_data
from composer.rendering.listing import tag_slug

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
URL = "https://undertide.example.org/editions/the-price-of-salt/"
CARD = (":alt", ":width", ":height")
THEMES = pytest.mark.parametrize("name", ["currents", "digest", "plain"])


def issue(**changes: object) -> Issue:
    return replace(arrange(every_kind(), settings(), url=URL, published=NOON, updated=NOON), **changes)


def theme(name: str = "currents"):  # noqa: ANN201 (a theme)
    return load_theme(name, [resources.templates()])


def item_of(laid: Issue) -> FeedItem:
    return feed_item(laid, article(laid, theme()), plaintext(laid), settings(), guid="tag:x,2026:x/1")


def stories(manuscript: Manuscript | None = None, updated: datetime = NOON) -> tuple[FeedItem, ...]:
    laid = arrange(manuscript or every_kind(), settings(), url=URL, published=NOON, updated=updated)
    return story_items(laid, theme(), settings(), guid="tag:x,2026:x/1")


def renamed(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(replace(one, value="Another headline") if one.key == "headline" else one for one in fields)


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
    outside = [one for one in root.iter("link") if one.get("rel") not in {"canonical", "alternate", "icon"}]
    assert scripts == outside == []
    assert root.xpath("//link[@rel='icon']/@href")[0].startswith("data:image/svg+xml,")


def test_the_page_says_where_it_belongs() -> None:
    root = document()

    assert root.xpath("//link[@rel='canonical']/@href") == [URL]
    assert root.xpath("//meta[@property='og:url']/@content") == [URL]


def test_the_page_names_every_feed_that_carries_it() -> None:
    base = settings().base_url
    kinds = ("feed.xml", "atom.xml", "feed.json")

    found = document().xpath("//link[@rel='alternate']/@href")

    assert found[:6] == [*(f"{base}/{one}" for one in kinds), *(f"{base}/stories/{one}" for one in kinds)]
    assert found[6:] == [f"{base}/tags/{tag_slug(tag)}/feed.xml" for tag in issue().tags]
    assert issue().tags


def test_a_shared_card_shows_the_photo_with_its_words_and_size() -> None:
    laid = issue(hero=Photo(url="https://news.example.org/a.jpg", alt="Salt", width=1200, height=800))
    root = lxml.html.fromstring(page(laid, article(laid, theme()), theme(), settings()).html)

    shown = {one: root.xpath(f"string(//meta[@property='og:image{one}']/@content)") for one in ("", *CARD)}

    assert shown == {"": "https://news.example.org/a.jpg", ":alt": "Salt", ":width": "1200", ":height": "800"}


def test_a_correction_stands_above_the_words_it_corrects() -> None:
    html = str(article(issue(), theme()))

    assert html.index('class="correction"') < html.index('class="lede"')


def test_the_page_leads_to_its_neighbours_and_says_in_which_language_they_are() -> None:
    beside = Place(earlier=entry(1, title="Before"), later=entry(3, title="Після", lang="uk"))

    root = lxml.html.fromstring(page(issue(), article(issue(), theme()), theme(), settings(), beside).html)

    assert root.xpath("//link[@rel='prev' or @rel='next']/@href") == [entry(1).url, entry(3).url]
    assert root.xpath("//nav//a/text()") == ["Before", "Після"]
    assert root.xpath("//nav//a[@rel='next']/@lang") == ["uk"]
    assert document().xpath("//nav") == []


def test_translations_name_each_other_and_themselves() -> None:
    place = Place(translations=(entry(2, lang="ka", title="მარილი"),))

    root = lxml.html.fromstring(page(issue(), article(issue(), theme()), theme(), settings(), place).html)

    found = {one.get("hreflang"): one.get("href") for one in root.xpath("//link[@hreflang]")}
    assert found == {issue().lang: URL, "ka": entry(2).url}
    assert root.xpath("//a[@hreflang='ka']/text()") == ["ქართული"]


def test_the_page_describes_itself_to_machines() -> None:
    data = json.loads(document().xpath("string(//script[@type='application/ld+json'])"))

    assert data["@type"] == "NewsArticle"
    assert data["headline"] == issue().title
    assert [author["name"] for author in data["author"]] == list(issue().authors)
    assert data["datePublished"] == data["dateModified"] == "2026-03-06T12:00:00+00:00"
    assert data["backstory"].startswith("Because we kept hearing a word")
    assert data["isPartOf"]["name"] == data["publisher"]["name"] == "Undertow"
    assert data["publisher"]["correctionsPolicy"] == settings().corrections_url
    assert data["articleSection"]
    assert set(data["isBasedOn"]) <= set(data["citation"])
    assert data["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "Last week’s edition gave the length of the line wrongly. We wrote: 410 kilometres "
            "It should say: 140 kilometres",
            "datePublished": "2026-03-02",
        }
    ]


def test_a_picture_is_told_to_machines_with_its_credit() -> None:
    laid = issue(hero=Photo(url="https://news.example.org/a.jpg", alt="Salt", credit="Nino Example/Undertow"))

    (picture, *_) = json.loads(str(linked_data(laid, settings())))["image"]

    assert picture["creditText"] == picture["copyrightNotice"] == "Nino Example/Undertow"


def test_a_newsletter_signs_what_nobody_signed() -> None:
    data = json.loads(str(linked_data(issue(authors=()), settings())))

    assert data["author"]["name"] == "Undertow"


def test_what_changed_later_is_dated_later() -> None:
    data = json.loads(str(linked_data(issue(updated="2026-03-09T12:00:00+00:00"), settings())))

    assert data["dateModified"] == "2026-03-09T12:00:00+00:00" > data["datePublished"]


def test_words_cannot_leave_the_description_for_machines() -> None:
    title = "</script><script>alert(1)</script><!-- & ]]>"
    html = page(issue(title=title), article(issue(), theme()), theme(), settings()).html

    assert "<script>alert" not in html
    data = lxml.html.fromstring(html).xpath("string(//script[@type='application/ld+json'])")
    assert json.loads(data)["headline"] == title


def test_a_feed_item_carries_credits_and_the_why_box() -> None:
    item = item_of(issue())

    assert item.why in " ".join(lxml.html.fromstring(item.content_html).text_content().split())
    assert item.credits
    assert all(names in item.content_html for _, names in item.credits)


def test_right_to_left_words_say_so_in_feeds_and_others_need_not() -> None:
    others = tuple(one for one in every_kind().header if one.key != "lang")
    arabic = replace(every_kind(), header=(*others, Field(key="lang", value="ar")))
    laid = arrange(arabic, settings(), url=URL, published=NOON)

    assert item_of(laid).content_html.startswith('<div lang="ar" dir="rtl"')
    assert story_items(laid, theme(), settings(), guid="x")[-1].content_html.startswith('<div lang="ar" dir="rtl"')
    assert "dir=" not in item_of(issue()).content_html.split(">", 1)[0]


def test_every_address_in_a_feed_item_is_absolute() -> None:
    root = lxml.html.fromstring(item_of(issue()).content_html)

    addresses = [*root.xpath("//@href"), *root.xpath("//@src")]
    assert addresses
    assert [one for one in addresses if not one.startswith(("https://", "mailto:"))] == []


def test_a_brief_and_a_link_are_stories_of_their_own() -> None:
    found = stories()

    assert [one.title for one in found] == [part.headline for part in issue().parts if part.kind in {"brief", "link"}]
    assert all(one.url == f"{URL}#{one.guid.rpartition('/')[2]}" for one in found)
    assert {one.url.partition("#")[2] for one in found} <= set(document().xpath("//@id"))


def test_a_story_names_where_it_was_read_and_its_edition() -> None:
    first = stories()[0]

    assert first.retells == first.related[0][0]
    assert first.retells in first.content_html
    assert URL in first.content_html
    assert first.published == NOON


def test_a_story_keeps_its_identity_when_it_is_edited_and_moved() -> None:
    manuscript = every_kind()
    told = {one.get("source"): one for one in manuscript.blocks if one.kind in {"brief", "link"}}
    rewritten = [replace(one, body="Other words.", fields=renamed(one.fields)) for one in reversed(told.values())]

    before = stories(replace(manuscript, blocks=(*manuscript.of("source"), *told.values())))
    after = stories(replace(manuscript, blocks=(*rewritten, *manuscript.of("source"))))

    assert len(told) > 2
    assert [(one.guid, one.retells) for one in before] == [(one.guid, one.retells) for one in reversed(after)]


def test_stories_of_one_source_have_identities_of_their_own() -> None:
    link = next(block for block in every_kind().blocks if block.kind == "link")

    found = stories(replace(every_kind(), blocks=(link, link, replace(link, id="own"))))

    assert [one.guid.rpartition("/")[2] for one in found] == [link.get("source"), f"{link.get('source')}-2", "own"]


def test_a_story_is_updated_by_the_correction_that_names_it() -> None:
    link = next(block for block in every_kind().blocks if block.kind == "link")
    mended = kinded("correction", "It was another pump.", kind="correction", date="2026-03-09", target="pump")
    manuscript = replace(every_kind(), blocks=(mended, replace(link, id="pump"), replace(link, id="other")))

    pump, other = stories(manuscript, updated=NOON + timedelta(days=3))

    assert (pump.updated - pump.published, other.updated - other.published) == (timedelta(days=3), timedelta())
    assert pump.corrections == ("It was another pump.",)
    assert pump.content_html.startswith('<div class="correction"')
    assert "another pump" not in other.content_html
