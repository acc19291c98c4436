"""Editions from the right, and words that run against their surroundings: in values, mail, page, text and feeds.

What a reader sees is measured in Chromium: where lines begin, on which side rules and bars stand, in which order
the words of a mixed line come.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import browser
import lxml.html
import pytest
from browser import Browser, chromium
from cases import PROFILE
from editions import THEMES, settings
from golden import check_golden
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from makers import block, manuscript
from markupsafe import Markup, escape
from right_to_left import arabic, english_with_quotes, hebrew, laid
from test_rendering_email import HOSTILE, printed, seen

from composer.blocks import Manuscript
from composer.model import Channel
from composer.proofs import Case, proof
from composer.rendering import Theme, article, feed_item, index, load_theme, page, plaintext
from composer.rendering.columns import _ONE_COLUMN_EACH, fill, width
from composer.rendering.email import email, print_html
from composer.rendering.issue import Photo
from composer.rendering.markup import clean, words
from composer.rendering.sides import RLM, begins, isolate, leaning
from composer.rendering.spans import isolate_html
from composer.rendering.specimen import entry
from composer.rendering.syndication import atom, json_feed, rss
from composer.text import without_isolates

BOTH = pytest.mark.parametrize("told", [arabic(), hebrew()], ids=["ar", "he"])
MIXED = st.text(alphabet="abC שלוםعرب 12,.-−+%&/@:#()<>;\"«»\u2068\u2069\u2067\u200f\u00a0_'’", max_size=60)


@cache
def theme() -> Theme:
    return load_theme("currents", [THEMES])


def shown(words: str) -> str:
    return words.replace("\u2068", "[").replace("\u2069", "]")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("قالت NATO.", "قالت [NATO]."),
        (
            "قالت Reuters، AP و(The New York Times) في 2024 NATO",
            "قالت [Reuters]، [AP] و([The New York Times]) في 2024 [NATO]",
        ),
        ("بنسبة −17.8% من 1,150 km", "بنسبة [−17.8%] من [1,150 km]"),
        ("אמרה ב-NATO וה־EU ב-5%", "אמרה ב-[NATO] וה־[EU] ב-5%"),
        ("(U.S. Steel & Sons) #MeToo +995 32 123 45", "[(U.S. Steel & Sons) #MeToo +995 32 123 45]"),
        ("של U.S. Steel & Sons, #MeToo", "של [U.S. Steel & Sons], [#MeToo]"),
        ("C++ הוא COVID-19 ב-2024", "[C++] הוא [COVID-19] ב-2024"),
        ("ראו https://x.example.org/a/ או desk@x.org", "ראו https://x.example.org/a/ או desk@x.org"),
        ("כבר \u2068NATO 2\u2069 מבודד", "כבר [NATO 2] מבודד"),
        ("Example Street 1, Tbilisi!", "[Example Street 1, Tbilisi!]"),
        ("2019–2024", "2019–2024"),
        ("السعر $145 و١٢٪", "السعر $145 و١٢٪"),
    ],
)
def test_names_figures_and_units_are_isolated_in_text_from_the_right(words: str, told: str) -> None:
    assert shown(isolate(words, "rtl")) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("He said שלום, עולם! and left", "He said [שלום, עולם]! and left"),
        ('the רמטכ"ל spoke', 'the [רמטכ"ל] spoke'),
        ("see «ידיעות אחרונות» (הארץ) 7", "see «[ידיעות אחרונות]» ([הארץ]) 7"),
        ("ميناء بلا سفن!", "[ميناء بلا سفن!]"),
        ("nothing here − 7", "nothing here − 7"),
    ],
)
def test_right_to_left_words_are_isolated_in_other_text(words: str, told: str) -> None:
    assert shown(isolate(words, "ltr")) == told


@effort(max_examples=300, deadline=None)
@given(MIXED, st.sampled_from(["ltr", "rtl"]))
@example("שלום x−y−2", "rtl")  # a minus between letters is no sign
def test_isolating_adds_nothing_but_isolates_and_only_once(words: str, side: str) -> None:
    once = isolate(words, side)
    assert without_isolates(once) == without_isolates(words)
    assert isolate(once, side) == once


@effort(max_examples=300, deadline=None)
@given(st.lists(MIXED, min_size=1, max_size=4), st.sampled_from(["ltr", "rtl"]))
def test_isolated_html_keeps_its_words_and_its_nesting(pieces: list[str], side: str) -> None:
    tags = [("<em>", "</em>"), ("", ""), ('<a href="https://x.example.org/">', "</a>"), ("<strong>", "</strong>")]
    inside = (before + str(escape(words)) + after for words, (before, after) in zip(pieces, tags, strict=False))
    body = Markup(f"<p>{''.join(inside)}</p>")  # noqa: S704 (escaped)
    after = isolate_html(body, side)
    was, now = (lxml.html.fragment_fromstring(html) for html in (body, after))
    assert without_isolates(now.text_content()) == without_isolates(was.text_content())
    assert [one.tag for one in now.iter() if one.tag != "span"] == [one.tag for one in was.iter()]
    assert lxml.html.tostring(lxml.html.fragment_fromstring(after)) == lxml.html.tostring(now)


def test_a_run_that_crosses_a_tag_stays_one_run() -> None:
    body = isolate_html(Markup('<p>قالت <a href="x">New York</a> Times</p>'), "rtl")
    assert shown(body) == '<p>قالت <a href="x">[New York</a> Times]</p>'


def test_words_that_look_like_a_tag_stay_words() -> None:
    body = Markup("<p>&lt;img src=x onerror=alert(1)&gt; שלום <em>עולם</em> <strong>word</strong></p>")
    assert "<img" not in isolate_html(body, "ltr")
    assert "<img" not in isolate_html(body, "rtl")


def test_a_paragraph_that_runs_the_other_way_is_turned_round_whole() -> None:
    body = isolate_html(Markup("<p>שלום עולם!</p>\n<p>Hello שלום.</p>"), "ltr")
    assert shown(body) == (
        '<p dir="rtl" style="text-align:right">שלום עולם!</p>\n<p>Hello <span dir="rtl">[שלום]</span>.</p>'
    )


@pytest.mark.parametrize(
    ("words", "side", "way"),
    [
        ("שלום", "ltr", "rtl"),
        ("Hello", "rtl", "ltr"),
        ("NATO قالت", "rtl", "rtl"),
        ("12", "rtl", "rtl"),
        ("", "ltr", "ltr"),
    ],
)
def test_words_lean_the_other_way_only_when_they_plainly_do(words: str, side: str, way: str) -> None:
    assert leaning(words, side) == way


def test_words_for_machines_are_left_as_they_are() -> None:
    issue = laid(hebrew())
    assert issue.authors == ("נינו דוגמה", "Sam Sample")
    assert shown(issue.byline) == "מאת נינו דוגמה ו-[Sam Sample]"
    assert next(part for part in issue.parts if isinstance(part, Photo)).url.startswith("https://")


def test_subject_preheader_and_title_carry_their_isolates() -> None:
    issue = laid(arabic())
    told = email(issue, theme(), settings(), "")
    assert (shown(told.subject), shown(told.preheader)) == (
        "[NATO] ليست هنا: ميناء بلا سفن",
        "وفي العدد أيضًا: [Corridor 2030] وفواتير مكررة.",
    )
    assert begins(told.subject) == "rtl"


@pytest.mark.parametrize(("name", "told"), [("ar", arabic()), ("he", hebrew()), ("mixed", english_with_quotes())])
def test_the_plain_text_of_editions_with_two_directions_reads_as_it_did(name: str, told: Manuscript) -> None:
    check_golden(f"sides-{name}.txt", plaintext(laid(told)))


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_come_out_whole_from_the_right_too(hostile: str) -> None:
    found = printed(
        block("photo", src="https://x.example.org/a.jpg", alt=hostile, caption=hostile, credit=hostile),
        block("quote", f"שלום {hostile}", lang="en"),
        block("prose", f"שלום {hostile} NATO"),
        lang="he",
        title=f"שלום {hostile}",
    )
    wanted = seen(clean(hostile))
    assert wanted in seen(found.findtext(".//h1"))
    assert seen(next(found.iter("img")).get("alt")) == wanted
    assert seen(words(f"שלום {hostile} NATO")) in seen(found.body.text_content())


@BOTH
def test_every_table_and_text_of_a_mail_names_its_direction(told: Manuscript) -> None:
    found = lxml.html.document_fromstring(print_html(laid(told), theme()))
    assert {table.get("dir") for table in found.iter("table")} == {"rtl"}
    texts = [cell[0] for cell in found.iter("td") if cell.get("align") and len(cell) and cell[0].tag == "div"]
    assert texts
    assert all("direction:rtl" in text.get("style", "").replace(" ", "") for text in texts)


def test_a_mail_without_a_right_to_left_word_needs_no_more_than_its_wrapper() -> None:
    assert not [table for table in printed(title="Salt").iter("table") if table.get("dir")]


@BOTH
def test_lines_of_plain_text_begin_from_the_right_but_for_addresses(told: Manuscript) -> None:
    for line in filter(None, plaintext(laid(told)).splitlines()):
        other = "https://" in line and begins(line) == "ltr"
        assert begins(line) == "rtl" or other or leaning(line, "rtl") == "ltr" or set(line) == {"-"}, line


@BOTH
def test_no_address_in_plain_text_touches_a_mark_that_a_program_could_take_for_a_part_of_it(told: Manuscript) -> None:
    for word in plaintext(laid(told)).split():
        if "://" in word or "@" in word:
            assert not set(word) & {"\u2066", "\u2067", "\u2068", "\u2069", RLM}


CHINESE = manuscript(
    block("prose", "盐价上涨。商人责怪道路，" * 9),
    block("why", "因为我们先听到了这个词，然后才看到了这件事。"),
    lang="zh",
    title="盐的价格",
    subject="盐的价格",
)
PREFIXED = manuscript(
    block("prose", "الـNATO ليست هنا، وReuters قالتها."), lang="ar", title="الـNATO", subject="الـNATO"
)


@pytest.mark.parametrize("told", [arabic(), hebrew(), english_with_quotes(), PREFIXED, CHINESE])
@pytest.mark.parametrize("name", ["currents", "plain"])
def test_proof_finds_every_block_again_in_mail_and_text(name: str, told: Manuscript) -> None:
    issue = laid(told)
    message = email(issue, load_theme(name, [THEMES]), settings(), plaintext(issue))
    case = Case(manuscript=told, profile=PROFILE, settings=settings(), message=message)
    ours = {"O-PARITY", "EML-F01", "EML-F02", "EML-H07", "EML-A01", "EML-A02", "EML-A05", "EML-A13"}
    assert [remark for remark in proof(case) if remark.rule in ours] == []


@BOTH
def test_feeds_say_language_and_direction(told: Manuscript) -> None:
    issue = laid(told)
    item = feed_item(issue, article(issue, theme()), plaintext(issue), settings(), guid="tag:x,2026:x/1")
    channel = Channel(
        title="Undertow",
        description="",
        home_url="https://news.example.org",
        feed_url="https://news.example.org/feed.xml",
        guid="tag:x,2026:x",
        lang="en",
        items=(item,),
    )
    assert item.content_html.startswith(f'<div lang="{issue.lang}" dir="rtl" style="text-align:right">')
    assert item.title == issue.title
    assert f"<dc:language>{issue.lang}</dc:language>".encode() in rss(channel)
    assert f'xml:lang="{issue.lang}"'.encode() in atom(channel)
    assert f'"language": "{issue.lang}"'.encode() in json_feed(channel)
    listed = replace(entry(settings()), lang=issue.lang)
    assert f'lang="{issue.lang}" dir="rtl"' in index([listed], [2026], [], theme(), settings())


@pytest.mark.parametrize(
    ("words", "columns", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("盐价上涨。商人责怪道路。", 12, ["盐价上涨。商", "人责怪道路。"]),
        ("盐价上涨。", 8, ["盐价上", "涨。"]),
        ("塩「の」道", 6, ["塩", "「の」", "道"]),
        ("소금 값이 오른다", 9, ["소금 값이", "오른다"]),
        ("https://x.example.org/very/long next", 10, ["https://x.example.org/very/long", "next"]),
        ("a\u00a0b c", 3, ["a\u00a0b", "c"]),
        ("", 5, []),
    ],
)
def test_lines_fit_their_columns_in_every_script(words: str, columns: int, lines: list[str]) -> None:
    assert fill(words, columns, first="", rest="") == lines


EVEN = st.text(st.sampled_from("ab cdÄжλ  \u00a0—-“\t\n"), max_size=60)


@given(EVEN, st.integers(0, 20), st.sampled_from(["", "> ", "— ", "* * * * "]), st.sampled_from(["", "  "]))
def test_lines_of_even_letters_are_filled_as_all_others_are(words: str, columns: int, first: str, rest: str) -> None:
    quick = fill(words, columns, first=first, rest=rest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("composer.rendering.columns._ONE_COLUMN_EACH", re.compile("(?!)"))
        slow = fill(words, columns, first=first, rest=rest)

    assert quick == slow


def test_every_letter_that_is_called_even_takes_one_column() -> None:
    assert all(width(letter) == 1 for letter in map(chr, range(0x20, 0x2100)) if _ONE_COLUMN_EACH.fullmatch(letter))


@effort(max_examples=300, deadline=None)
@given(st.text(alphabet="ab 盐価、。「」한국שם\u0301\u2068 ", max_size=60), st.integers(2, 20))
def test_setting_lines_loses_no_letter(words: str, columns: int) -> None:
    lines = fill(words, columns, first="", rest="")
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(width(line) <= columns or len(line.split(" ")) == 1 for line in lines)


def test_an_underline_is_as_wide_as_its_title() -> None:
    text = plaintext(laid(Manuscript(header=arabic().header[:0]), name="盐"))
    assert "TK\n==" in text
    told = plaintext(laid(english_with_quotes()))
    assert f"{'=' * len('The word שלום on a door')}\n" in told


needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(browser.skip_reason()), reason=browser.skip_reason()),
]


@pytest.fixture(scope="module")
def look() -> "Iterator[Look]":
    """Open a document in a window of a width, each once."""
    with chromium() as started:
        yield cache(lambda html, wide: Seen(started, html, wide))


class Seen:
    """A document as a reader sees it."""

    def __init__(self, chrome: Browser, html: str, wide: int) -> None:
        self._page = chrome.new_page(viewport={"width": wide, "height": 900})
        self._page.route("**/*", lambda route: route.abort())
        self._page.set_content(html)

    def style(self, selector: str, *names: str) -> list[str]:
        """Return computed styles of the first element."""
        script = (
            "([s, names]) => { const c = getComputedStyle(document.querySelector(s)); return names.map(n => c[n]) }"
        )
        return self._page.evaluate(script, [selector, list(names)])

    def box(self, selector: str) -> dict[str, float]:
        """Return where the first element stands, in px."""
        return self._page.evaluate("s => document.querySelector(s).getBoundingClientRect().toJSON()", selector)

    def lefts(self, *pieces: str) -> list[float]:
        """Return the left edge of each piece of words, where it first stands in the document."""
        script = """pieces => pieces.map(piece => {
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(piece)
            if (at < 0) continue
            const range = document.createRange()
            range.setStart(walk.currentNode, at)
            range.setEnd(walk.currentNode, at + piece.length)
            const [first] = range.getClientRects()
            if (first) return first.left
          }
        })"""
        return self._page.evaluate(script, list(pieces))

    def run(self, script: str) -> Any:
        return self._page.evaluate(script)


Look = Callable[[str, int], Seen]


def mail(told: Manuscript) -> str:
    return print_html(laid(told), theme())


def web(told: Manuscript) -> str:
    issue = laid(told)
    return page(issue, article(issue, theme()), theme(), settings()).html


EVERYWHERE = [pytest.param(write, wide, id=f"{write.__name__}-{wide}") for write in (mail, web) for wide in (600, 375)]


@pytest.mark.parametrize(("write", "wide"), EVERYWHERE)
@BOTH
class TestSeen:
    """What stands where, in a browser."""

    pytestmark = needs_chromium

    def test_lines_begin_on_the_right(self, look: Look, told: Manuscript, write: Any, wide: int) -> None:
        seen = look(write(told), wide)
        assert seen.style("h1", "direction") == ["rtl"]
        right = seen.run(
            "() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('h1'));"
            " const box = document.querySelector('h1').getBoundingClientRect();"
            " return [...r.getClientRects()].map(one => box.right - one.right) }"
        )
        assert min(right) < 1

    def test_nothing_is_wider_than_the_window(self, look: Look, told: Manuscript, write: Any, wide: int) -> None:
        seen = look(write(told), wide)
        assert seen.run("() => document.documentElement.scrollWidth") <= wide

    def test_the_pull_quotes_rule_stands_on_the_right(
        self, look: Look, told: Manuscript, write: Any, wide: int
    ) -> None:
        seen = look(write(told), wide)
        rule = "td.bar-accent" if write is mail else "div.pullquote"
        assert seen.style(rule, "borderRightWidth", "borderLeftWidth", "fontStyle") == ["4px", "0px", "normal"]

    def test_a_quote_from_the_left_has_its_rule_and_its_words_there(
        self, look: Look, told: Manuscript, write: Any, wide: int
    ) -> None:
        seen = look(write(told), wide)
        rule = "td.turned" if write is mail else "figure.turned"
        assert seen.style(rule, "borderLeftWidth", "borderRightWidth") == ["1px", "0px"]
        (words,) = seen.lefts("We will ship")
        assert words - seen.box(rule)["left"] < 40

    def test_bars_stand_on_an_axis_that_is_read_from_the_right(
        self, look: Look, told: Manuscript, write: Any, wide: int
    ) -> None:
        """Losses end where gains begin: the axis, with what is less on its right."""
        seen = look(write(told), wide)
        bars = seen.run(
            "() => [...document.querySelectorAll('td.bar[width], span.track')].map(one => one.getBoundingClientRect().toJSON())"
        )
        *losses, gain = bars
        assert len(losses) == 3
        assert max(bar["left"] for bar in losses) - min(bar["left"] for bar in losses) < 2
        assert losses[0]["width"] > losses[1]["width"] > losses[2]["width"]
        assert abs(gain["right"] - losses[0]["left"]) < 2

    def test_marks_of_lists_stand_on_the_right(self, look: Look, told: Manuscript, write: Any, wide: int) -> None:
        seen = look(write(told), wide)
        left, right = seen.style("ul", "paddingLeft", "paddingRight")
        assert (float(left.removesuffix("px")), float(right.removesuffix("px")) > 10) == (0, True)


@pytest.mark.browser
@pytest.mark.skipif(bool(browser.skip_reason()), reason=browser.skip_reason())
@pytest.mark.parametrize("write", [mail, web])
def test_the_words_of_mixed_lines_come_in_the_order_in_which_they_are_read(look: Look, write: Any) -> None:
    seen = look(write(arabic()), 900)
    minus, figure = seen.lefts("−", "17.8%")
    assert minus < figure
    corridor, number = seen.lefts("Corridor", "2030")
    assert corridor < number
    before, name, after = seen.lefts("تقول شركة", "Example Shipping", "إن الحركة")
    assert before > name > after
    first, second = seen.lefts("Example Shipping", "Co")
    assert first < second


def test_a_mail_from_the_left_with_a_right_to_left_word_says_so_on_every_table() -> None:
    found = printed(block("prose", "She said שלום."), title="Salt")
    assert {table.get("dir") for table in found.iter("table")} == {"ltr"}


@pytest.mark.parametrize(("lang", "case"), [("ka", "none"), ("uk", "uppercase")])
def test_labels_are_in_capitals_only_where_the_script_uses_them(lang: str, case: str) -> None:
    found = printed(block("section", "სხვა ამბები"), lang=lang, title="Salt")
    (label,) = found.xpath("//td[contains(@class, 't-eyebrow')]/div")
    assert f"text-transform: {case}" in label.get("style")
