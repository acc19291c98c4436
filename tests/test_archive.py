"""The archive as a list: neighbours, years, tags, translations; its pages; what its search looks in."""

import json
import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import lxml.html
import pytest
from archives import FIRST, front, weekly
from editions import every_kind, settings
from hypothesis import given
from hypothesis import strategies as st
from makers import edition, manuscript

from composer import resources
from composer.folding import tokens
from composer.outlets.paths import fault
from composer.rendering import load_theme
from composer.rendering.archive import (
    FRONT_MOST,
    WHOLE_MOST,
    css_string,
    feed_looks,
    not_found,
    robots,
    tag_page,
    tag_year_page,
    year_page,
)
from composer.rendering.finding import FIRST as STEP
from composer.rendering.finding import search_index, search_words
from composer.rendering.listing import Tag, by_year, card_of, entry_of, tag_slug


def theme():  # noqa: ANN201 (a theme)
    return load_theme("currents", [resources.templates()])


def links(html: str) -> list[str]:
    return lxml.html.fromstring(html).xpath("//main//a/@href")


def read(index_bytes: bytes, word: str) -> list[int]:
    """Return the places of a word, as the script in the browser counts them."""
    at, found = -1, []
    for step in json.loads(index_bytes)["words"].get(word, ""):
        at += ord(step) - STEP + 1
        found.append(at)
    return found


def test_an_edition_is_listed_by_the_date_that_it_carries() -> None:
    out = replace(edition(), id=7, published_at=FIRST)

    header = manuscript(date="2019-05-03", title="Salt", tags=("Energy", "Salt & roads", " ", "ENERGY"))
    card = card_of(out, 3, header, settings())

    assert (card.day, card.published, card.number, card.revision) == (date(2019, 5, 3), FIRST, 7, 3)
    assert card.tags == {"energy": "Energy", tag_slug("Salt & roads"): "Salt & roads"}
    assert entry_of(card, settings()).day == date(2019, 5, 3)


def test_an_edition_without_a_date_is_listed_by_the_day_it_came_out_where_it_is_made() -> None:
    out = replace(edition(), id=7, published_at=FIRST.replace(hour=23))

    assert card_of(out, 1, manuscript(), settings(timezone=ZoneInfo("Asia/Tbilisi"))).day == date(2026, 1, 3)


def test_years_run_backwards() -> None:
    years = by_year(weekly(60))

    assert list(years) == [2027, 2026]
    assert sum(map(len, years.values())) == 60


@pytest.mark.parametrize(
    ("tag", "slug"), [("Energy", "energy"), ("language of power", "language-of-power"), ("2026", "2026")]
)
def test_a_plain_tag_is_its_own_address(tag: str, slug: str) -> None:
    assert tag_slug(tag) == slug


def test_tags_that_look_alike_in_latin_letters_stay_apart() -> None:
    tags = ["сіль", "силь", "C", "C++", "C#", "ملح", "مِلح", "盐", "მარილი", "aux", "AUX.", "..", "/", "é", "e"]

    slugs = [tag_slug(tag) for tag in tags]

    assert len(set(slugs)) == len(tags)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)
    assert slugs[0].startswith("sil-")


@given(st.text(st.characters(codec=None), max_size=80))
def test_any_tag_makes_a_folder_name(tag: str) -> None:
    assert fault(f"site/tags/{tag_slug(tag)}/feed.xml") == ""
    assert tag_slug(tag) == tag_slug(f"  {tag.casefold()} ")


def test_a_front_page_lists_all_of_a_small_archive_under_its_years() -> None:
    root = lxml.html.fromstring(front(weekly(WHOLE_MOST), theme(), settings()))

    assert root.xpath("//h2/text()") == ["2027", "2026"]
    assert len(root.xpath("//article//h3/a")) == WHOLE_MOST


def test_a_front_page_of_a_large_archive_lists_the_newest_and_leads_to_every_year() -> None:
    entries = weekly(300)
    html = front(entries, theme(), settings())

    assert len(lxml.html.fromstring(html).xpath("//article")) == FRONT_MOST
    assert [url for url in links(html) if "/archive/" in url] == [
        f"https://news.example.org/archive/{year}/" for year in by_year(entries)
    ]
    assert len(html) < 40_000


def test_year_pages_hold_the_whole_archive() -> None:
    entries = weekly(300)
    years = by_year(entries)

    found = [
        url for year, its in years.items() for url in links(year_page(year, its, tuple(years), theme(), settings()))
    ]

    assert [url for url in found if "/editions/" in url] == [one.url for one in entries]


def test_an_empty_archive_says_so_in_the_list_and_without_years() -> None:
    html = front([], theme(), settings())

    assert "The first edition is on its way." in html
    assert "<nav" not in html


def test_a_front_page_names_its_tags_in_the_order_of_the_alphabet() -> None:
    tags = [Tag(name=name, slug=tag_slug(name)) for name in ("Salt", "Бread", "Coal")]
    html = front(weekly(3), theme(), settings(), tags)

    named = [
        (one.text_content(), one.get("href").split("/")[-2])
        for one in lxml.html.fromstring(html).xpath("//a[contains(@href, '/tags/')]")
    ]
    assert named == [(tag.name, tag.slug) for tag in sorted(tags, key=lambda tag: tag.slug)]


def test_a_tag_that_nobody_carries_any_more_says_so() -> None:
    html = tag_page(Tag(name="Salt", slug="salt"), (), theme(), settings())

    assert "No edition carries this tag any more." in html


@pytest.mark.parametrize("page", ["front", "year", "tag", "tag of a year", "missing"])
def test_every_page_has_one_title_landmarks_and_a_way_past_its_head(page: str) -> None:
    entries = weekly(70)
    html = {
        "front": lambda: front(entries, theme(), settings()),
        "year": lambda: year_page(2026, by_year(entries)[2026], [2027, 2026], theme(), settings()),
        "tag": lambda: tag_page(
            Tag(name="Salt", slug="salt", entries=tuple(entries)), [2027, 2026], theme(), settings()
        ),
        "tag of a year": lambda: tag_year_page(
            Tag(name="Salt", slug="salt", entries=tuple(entries)), 2026, theme(), settings()
        ),
        "missing": lambda: not_found(theme(), settings()),
    }[page]()
    root = lxml.html.fromstring(html)

    assert [len(root.xpath(f"//{one}")) for one in ("h1", "main", "body//header", "footer")] == [1, 1, 1, 1]
    assert root.xpath("//body/a[1]/@href") == ["#text"] == [f"#{one}" for one in root.xpath("//main/@id")]
    assert root.xpath("//html/@lang") == ["en"]
    assert len(root.xpath("//link[@rel='alternate']/@href")) >= 3


def test_what_is_not_there_leads_home_from_any_depth() -> None:
    addresses = lxml.html.fromstring(not_found(theme(), settings())).xpath("//@href")

    assert all(urlsplit(one).scheme or one == "#text" for one in addresses)


def test_crawlers_are_led_to_the_list_of_addresses() -> None:
    assert b"Sitemap: https://news.example.org/sitemap.xml" in robots(theme(), settings())


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_words_can_leave_the_style_sheet_of_a_feed(words: str) -> None:
    assert not re.search(r'["\\\n\r\f](?![0-9a-f]+ )', css_string(words)[1:-1])


def test_a_feed_says_what_it_is_in_the_colours_of_its_theme() -> None:
    css = feed_looks(theme(), settings()).decode()

    assert "This is a feed" in css
    assert "#FFFDF9" in css


def test_the_search_finds_what_readers_see_and_nothing_of_the_desk() -> None:
    found = search_words(every_kind())

    assert {"corridor", "atlas", "overlap", "steppe", "undertow"} <= found
    assert "monday" not in found  # a note to the desk


def test_a_word_is_found_in_the_editions_that_hold_it() -> None:
    words = [frozenset({"salt"}), frozenset({"roads"}), frozenset({"salt", "roads"})]

    made = search_index(weekly(3), words)

    assert [read(made, word) for word in ("salt", "roads", "bread")] == [[0, 2], [1, 2], []]
    assert json.loads(made)["editions"][0] == {
        "path": "editions/edition-3/", "title": "Edition 3", "dek": "", "date": "23 January 2026", "lang": "en",
    }  # fmt: skip


@given(st.sets(st.integers(1, 400), min_size=1))
def test_every_place_of_a_word_comes_back(numbers: set[int]) -> None:
    entries = weekly(400)
    words = [frozenset({"salt"} if number in numbers else ()) for number in range(400, 0, -1)]

    assert {400 - at for at in read(search_index(entries, words), "salt")} == numbers


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Сіль дорожчає", ["сіль", "дорожчає"]),
        ("مُحَمَّد كتاب", ["محمد", "كتاب"]),
        ("Café Straße ΛΌΓΟΣ", ["cafe", "strasse", "λογοσ"]),
        ("東京都", ["東京", "京都", "都"]),
    ],
)
def test_words_of_every_script_are_folded_as_in_the_store(said: str, found: list[str]) -> None:
    assert tokens(said) == found
