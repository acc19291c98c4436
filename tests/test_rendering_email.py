from functools import cache
from itertools import pairwise

import pytest
from editions import PRINTS, THEMES, URL, issue, settings
from golden import check_golden
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from lxml import html as reader
from lxml.etree import _Element
from makers import block, manuscript
from test_rendering_layout import MANUSCRIPTS

from composer.blocks import Manuscript
from composer.rendering import Theme, arrange, email, load_theme
from composer.rendering.email import print_html, set_mjml
from composer.rendering.markup import clean, words
from composer.text import one_line, without_isolates


@cache
def theme(name: str = "currents") -> Theme:
    return load_theme(name, [THEMES])


def read(html: str) -> _Element:
    return reader.document_fromstring(html)


def printed(*blocks: object, **header: object) -> _Element:
    found = arrange(manuscript(*blocks, **header), settings(), prints=PRINTS, url=URL)  # type: ignore[arg-type]
    return read(print_html(found, theme()))


both = pytest.mark.parametrize("name", ["currents", "plain"])


@both
def test_the_whole_edition_looks_as_it_did(name: str) -> None:
    check_golden(f"email-{name}.html", print_html(issue(), theme(name)))


def test_a_right_to_left_edition_looks_as_it_did() -> None:
    told = manuscript(
        block("lede", "وصل القطار الأخير في السادسة صباحا، كما قالت NATO."),
        block("quote", "الماء لا يقرأ الإعلانات.", speaker="فلان"),
        block("why", "لأن الكلمات الكبيرة تحتاج إلى أرض."),
        lang="ar",
        title="قطار الملح الأخير",
    )
    check_golden("email-rtl.html", print_html(arrange(told, settings(), url=URL), theme()))


@both
def test_two_renders_give_the_same_bytes(name: str) -> None:
    assert print_html(issue(), load_theme(name, [THEMES])) == print_html(issue(), load_theme(name, [THEMES]))


def test_the_message_carries_what_its_headers_need() -> None:
    message = email(issue(), theme(), settings(), "the text")
    assert (message.subject, message.text, message.list_id) == (
        "The railway that stopped carrying salt",
        "the text",
        "undertow.news.example.org",
    )


@both
def test_every_direct_child_of_the_body_names_language_and_direction(name: str) -> None:
    children = [child for child in read(print_html(issue(), theme(name))).body if isinstance(child.tag, str)]
    assert [(child.get("lang"), child.get("dir")) for child in children] == [("en", "ltr")] * 2


@both
def test_every_layout_table_says_so_and_a_table_of_figures_does_not(name: str) -> None:
    for table in read(print_html(issue(), theme(name))).iter("table"):
        assert (table.get("role") == "presentation") is (table.find("caption") is None)


@both
def test_heads_of_a_table_of_figures_name_their_scope(name: str) -> None:
    assert all(cell.get("scope") in {"row", "col"} for cell in read(print_html(issue(), theme(name))).iter("th"))


@both
def test_headings_begin_with_one_title_and_skip_no_level(name: str) -> None:
    found = read(print_html(issue(), theme(name)))
    levels = [int(element.tag[1]) for element in found.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@both
def test_every_picture_has_an_alternative(name: str) -> None:
    assert all(image.get("alt") is not None for image in read(print_html(issue(), theme(name))).iter("img"))


@both
def test_every_link_has_words_and_is_underlined_but_for_the_buttons(name: str) -> None:
    for link in read(print_html(issue(), theme(name))).iter("a"):
        assert link.text_content().strip()
        assert "underline" in link.get("style", "") or "display: inline-block" in link.get("style", "").replace(
            ":i", ": i"
        )


def test_the_head_names_title_description_and_schemes() -> None:
    found = read(print_html(issue(), theme()))
    metas = {meta.get("name"): meta.get("content") for meta in found.iter("meta")}
    assert found.findtext(".//title") == issue().subject
    assert metas["description"] == issue().preheader
    assert metas["color-scheme"] == "light dark"
    assert "user-scalable" not in metas["viewport"]


def test_a_preheader_of_its_own_comes_first_and_hidden_without_filler() -> None:
    first = read(print_html(issue(), theme())).body[0]
    assert first.text_content() == issue().preheader
    assert "color:#fff" not in first.get("style")


def test_a_dek_is_not_hidden_a_second_time() -> None:
    found = printed(title="Salt", dek="About salt")
    assert "display:none" not in reader.tostring(found.body[0], encoding="unicode")[:200]


def test_nothing_is_fetched_from_anywhere_but_the_pictures() -> None:
    html = print_html(issue(), theme())
    assert "fonts.googleapis" not in html
    assert "Ubuntu" not in html
    assert "<link" not in html


@both
def test_no_colour_is_pure_black(name: str) -> None:
    assert "#000" not in print_html(issue(), theme(name))


def test_the_first_style_sheet_fits_the_narrowest_client() -> None:
    assert max(len(sheet.text or "") for sheet in read(print_html(issue(), theme())).iter("style")) < 16_000


def test_the_mail_stays_far_from_the_size_where_it_is_clipped() -> None:
    assert len(print_html(issue(), theme()).encode()) < 80_000


def test_the_unsubscribe_link_keeps_its_merge_tag() -> None:
    links = [link.get("href") for link in read(print_html(issue(), theme())).iter("a")]
    assert settings().unsubscribe_url in links


def test_the_why_box_is_the_last_thing_before_the_colophon() -> None:
    seen = read(print_html(issue(), theme())).body.text_content()
    assert seen.index("standing in water.") < seen.index("You get Undertow") < seen.index("1 Example Street")
    assert "Sign up for" not in seen[seen.index("Why did we write") :]


def test_bars_are_as_long_as_their_values() -> None:
    bars = [cell.get("width") for cell in read(print_html(issue(), theme())).iter("td") if cell.get("class") == "bar"]
    assert bars == ["72%", "27%", "15%", "7%"]


def test_a_right_to_left_edition_is_set_from_the_right() -> None:
    found = printed(block("prose", "سلام"), lang="ar", title="سلام")
    cell = next(cell for cell in found.iter("td") if "copy" in cell.get("class", ""))
    assert cell.get("align") == "right"
    assert "direction:rtl" in reader.tostring(found, encoding="unicode")
    assert "direction:ltr" not in reader.tostring(found, encoding="unicode")


def test_the_plain_theme_shows_no_picture_but_its_words() -> None:
    found = read(print_html(issue(), theme("plain")))
    assert not list(found.iter("img"))
    assert "a woman with a lamp stands beside the points" in found.text_content()


def test_a_photo_that_is_not_there_leaves_its_words() -> None:
    found = printed(block("photo", src="photos/none.jpg", alt="A siding at dawn", credit="TK"))
    assert "A siding at dawn" in found.text_content()
    assert not list(found.iter("img"))


HOSTILE = [
    "цены > 5",
    "a — > b",
    "“x” > y",
    "中>",
    "\"quoted\" & 'single'",
    "<b>bold</b> </mj-text> <!-- x -->",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "*|MERGE|* %%x%% {{name}}",
    "م\u064fد\u0651 हिन्दी ภาษาไทย e\u0301",
    "👩‍🚀 soft\u00adhyphen zero\u200bwidth",
    "back\\slash \\u{651}",
    "zq0qz zq1qz zq99999qz",
    "NUL\x00 and \ud800 lone",
    "<a>" * 20_000,
]


def seen(words: str | None) -> str:
    return one_line(without_isolates(words or ""))


def fields_come_through(hostile: str) -> None:
    """Print hostile words in every place that attributes and text have, and find them whole in the parsed mail."""
    found = printed(
        block("photo", src="https://x.example.org/a.jpg", alt=hostile, caption=hostile, credit=hostile),
        block("brief", "Words.", headline=hostile, attribution=hostile),
        block("signup", label=hostile, url="https://x.example.org/"),
        title=hostile,
        subject=hostile,
    )
    wanted = without_isolates(clean(hostile))
    assert seen(found.findtext(".//h1")) == (one_line(wanted) or "TK")
    assert without_isolates(next(found.iter("img")).get("alt") or "") == wanted
    assert seen(found.findtext(".//title")) == (one_line(wanted) or "TK")
    if one_line(wanted):
        assert seen(found.body.text_content()).count(one_line(wanted)) >= 5


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_come_out_whole(hostile: str) -> None:
    fields_come_through(hostile)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_in_a_body_come_out_whole(hostile: str) -> None:
    body = f"x {hostile}"
    assert seen(words(body)) in seen(printed(block("prose", body)).body.text_content())


@effort(deadline=None, max_examples=60)
@given(st.text(max_size=60).filter(lambda drawn: "\n" not in clean(drawn)))
def test_any_words_come_out_whole(drawn: str) -> None:
    fields_come_through(drawn)


@effort(deadline=None, max_examples=60)
@given(MANUSCRIPTS, st.sampled_from(["currents", "plain"]))
def test_any_manuscript_can_be_printed(told: Manuscript, name: str) -> None:
    found = arrange(told, settings(), prints=PRINTS, url=URL)
    assert one_line(read(print_html(found, theme(name))).findtext(".//h1") or "") == found.title


def test_a_draft_with_nothing_in_it_can_be_printed() -> None:
    assert "TK" in print_html(arrange(Manuscript(), settings(), url=URL), theme())


def test_the_words_of_an_edition_never_reach_the_engine() -> None:
    mjml, copy = set_mjml(issue(), theme())
    assert "Marsh Halt" in str(copy)
    assert "Marsh Halt" not in mjml
