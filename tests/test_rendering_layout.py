from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from cases import figure
from editions import PRINTS, URL, every_kind, issue, kinded, settings, with_header
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from makers import block, manuscript

from composer.blocks import HEADER, KINDS, Block, Field, Manuscript
from composer.charts import number, printed
from composer.model import Print
from composer.rendering import Issue, arrange
from composer.rendering.conventions import signs


def laid(*blocks: Block, **header: Any) -> Issue:
    return arrange(manuscript(*blocks, **header), settings(), url=URL)


def the(part_kind: str, found: Issue) -> Any:
    return next(part for part in found.parts if part.kind == part_kind)


def test_headings_follow_each_other_without_a_gap() -> None:
    levels = [1, *(part.level for part in issue().parts if getattr(part, "level", 0))]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_small_subhead_without_a_subhead_above_it_is_a_level_higher() -> None:
    assert the("subhead3", laid(block("subhead3", "Turn"))).level == 2


def test_a_subhead_inside_a_section_stands_under_it() -> None:
    assert the("subhead", laid(block("section", "News"), block("subhead", "Turn"))).level == 3


def test_corrections_stand_above_everything() -> None:
    assert issue().parts[0].kind == "correction"


def test_the_why_box_is_the_last_part_wherever_it_was_written() -> None:
    found = laid(block("why", "Because."), block("prose", "Words."))
    assert [part.kind for part in found.parts] == ["prose", "why"]


def test_notes_sources_and_unknown_kinds_are_not_laid_out() -> None:
    found = laid(
        block("note", "ring back"), block("source", title="T"), block("carousel", "x"), block("prose", "Words.")
    )
    assert [part.kind for part in found.parts] == ["prose"]


def test_the_header_note_on_ai_is_disclosed_before_the_why_box() -> None:
    assert [part.kind for part in issue().parts[-2:]] == ["disclosure", "why"]


def test_the_folio_names_number_day_and_reading_time() -> None:
    assert issue().folio == ("No. 12", "Friday 6 March 2026", "4 minutes")


def test_a_date_in_another_language_is_printed_in_it() -> None:
    assert "березня" in issue(with_header(every_kind(), lang="uk")).date


def test_the_subject_falls_back_to_the_title() -> None:
    assert laid(title="Salt").subject == "Salt"


def test_the_preheader_falls_back_to_the_dek() -> None:
    assert laid(dek="About salt").preheader == "About salt"


def test_direction_follows_the_language() -> None:
    assert laid(lang="ar").dir == "rtl"


def test_a_script_outweighs_the_language() -> None:
    assert laid(lang="az-Arab").dir == "rtl"


def test_the_header_outweighs_both() -> None:
    assert laid(lang="ar", dir="ltr").dir == "ltr"


def test_a_brief_names_outlets_origin_day_and_minutes() -> None:
    second = [part for part in issue().parts if part.kind == "brief"][1]
    expected = (
        "The Harbour Register and The Engineers’ Quarterly report, from port invoices · 1\u00a0March · 4\u00a0minutes"
    )
    assert second.source_line == expected


def test_a_brief_links_to_its_first_source() -> None:
    assert the("brief", issue()).url == "https://steppe-water.example.org/articles/1"


def test_a_day_of_another_year_is_printed_with_its_year() -> None:
    link = the("link", issue())
    assert "19\u00a0December\u00a02025" in link.source_line


def test_a_source_that_is_no_block_is_its_own_words() -> None:
    assert the("figure", issue()).source_line == "Sources: Railway board; Steppe Wire"


def test_an_unwritten_brief_says_so() -> None:
    assert the("brief", laid(block("brief"))).headline == "TK"


def test_an_unsafe_address_is_no_link() -> None:
    assert the("cta", laid(block("cta", label="Go", url="javascript:alert(1)"))).url == ""


def test_a_photo_takes_address_and_size_from_its_print() -> None:
    photo = the("photo", issue())
    assert (photo.url, photo.width, photo.height) == (f"{URL}siding-1a2b.jpg", 1200, 720)


def test_a_photo_without_a_print_keeps_its_place_with_its_words() -> None:
    photo = the("photo", laid(block("photo", src="photos/none.jpg", alt="A siding")))
    assert (photo.placeholder, photo.url, photo.alt) == (True, "", "A siding")


def test_a_photo_whose_print_failed_keeps_its_place() -> None:
    prints = {"a.jpg": Print(src="a.jpg", url="https://x.example.org/a.jpg", problem="not a picture")}
    found = arrange(manuscript(block("photo", src="a.jpg")), settings(), prints=prints, url=URL)
    assert the("photo", found).problem == "not a picture"


def test_the_hero_is_the_photo_that_the_header_names() -> None:
    hero = issue().hero
    assert hero is not None
    assert hero.anchor == "siding"


def test_a_decorative_photo_has_no_alternative() -> None:
    assert the("photo", laid(block("photo", src="https://x.example.org/a.jpg", alt="x", decorative="yes"))).alt == ""


def test_bars_keep_their_proportions_by_magnitude() -> None:
    assert [row.share for row in the("figure", issue()).rows] == [100, 38, 21, 10]


def test_a_negative_value_is_printed_with_a_true_minus() -> None:
    assert the("figure", issue()).rows[1].value == "−38.5%"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234.5", 1234.5),
        ("1 234,5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("1.234.567,8", 1234567.8),
        ("−1.234,5 €", -1234.5),
        ("−17.8", -17.8),
        ("$145", 145),
        ("12 %", 12),
        ("0,5", 0.5),
        ("none", 0),
        ("9’000", 9000),
    ],
)
def test_numbers_are_read_in_any_common_style(written: str, value: float) -> None:
    assert number(written) == value


@pytest.mark.parametrize(
    ("lang", "thousand", "fraction"),
    [
        ("en", "12,345", "12.345"),
        ("de", "12.345", "12,345"),
        ("es", "12.345", "12,345"),
        ("uk", "12 345", "12,345"),
        ("uk", "12\u00a0345", "12.345"),
        ("ar", "12,345", "12.345"),
        ("de-CH", "12’345", "12.345"),
        ("not a tag", "12,345", "12.345"),
    ],
)
def test_a_mark_before_three_digits_is_read_as_the_language_writes_it(lang: str, thousand: str, fraction: str) -> None:
    assert number(thousand, signs(lang)) == 12345
    assert number(fraction, signs(lang)) == 12.345


def test_bars_of_a_german_edition_keep_the_proportions_of_german_numbers() -> None:
    body = "| Jahr | Säcke |\n| --- | ---: |\n| 2024 | 500 |\n| 2025 | 1.000 |"
    german = manuscript(figure(body, kind="bar"), lang="de")

    assert [row.share for row in the("figure", arrange(german, settings(), url=URL)).rows] == [50, 100]


@pytest.mark.parametrize(
    ("written", "unit", "expected"),
    [
        ("-5", "%", "−5%"),
        ("145", "$", "$145"),
        ("-145", "$", "−$145"),
        ("3", "km", "3\u00a0km"),
        ("5%", "%", "5%"),
        ("n/a", "%", "n/a"),
    ],
)
def test_values_are_printed_with_their_unit(written: str, unit: str, expected: str) -> None:
    assert printed(written, unit) == expected


def test_a_quote_gets_the_quotation_marks_of_its_language() -> None:
    assert the("quote", laid(block("quote", "So be it."), lang="ka")).markdown == "„So be it.“"


def test_a_quote_that_brings_its_marks_keeps_them() -> None:
    assert the("quote", laid(block("quote", "“So be it.”"))).markdown == "“So be it.”"


def test_an_anonymous_quote_gives_the_reason() -> None:
    assert "Name withheld: he still sells" in [part for part in issue().parts if part.kind == "quote"][1].note


def test_only_the_first_lede_takes_the_dateline_of_the_header() -> None:
    found = laid(block("lede", "One."), block("lede", "Two."), dateline="Batumi")
    assert [part.dateline for part in found.parts if part.kind == "lede"] == ["Batumi", ""]


def test_a_correction_names_kind_and_day() -> None:
    found = the("correction", laid(kinded("correction", "It was salt.", "editors-note", date="2026-03-02")))
    assert (found.label, found.date) == ("Editor’s note", "2 March 2026")


def test_credits_are_one_line_of_sentences() -> None:
    assert (
        the("credits", issue()).line
        == "Research: Masho Example and Sam Sample. Editing: Lika Sample. Photo editing: Ana Example."
    )


def test_a_change_after_publication_is_dated() -> None:
    first = datetime(2026, 3, 6, 6, 0, tzinfo=UTC)
    found = arrange(manuscript(), settings(), url=URL, published=first, updated=first.replace(day=9))
    assert found.updated_line == "Updated 9 March 2026"


def test_the_colophon_links_only_what_is_there() -> None:
    found = arrange(manuscript(), settings(privacy_url="", unsubscribe_url=""), url=URL)
    assert [link.words for link in found.colophon.links] == ["Read on the web", "Corrections"]


_WORDS = st.text(max_size=40) | st.sampled_from(
    ["2026-03-06", "9999-12-31T23:59:59+00:00", "-5", "yes", "ka", "ar", "x" * 300, "٣", "²"]
)
_BODY = st.text(max_size=120) | st.sampled_from(
    ["| a | b |\n|--|--|\n| c | -1 |", "> " * 300 + "x", "- a\n  - b", "|\n|", "***"]
)
_KEYS = sorted({key for kind in KINDS.values() for key in (*kind.required, *kind.optional)})
_VALUES = _WORDS | st.lists(_WORDS, max_size=3).map(tuple)


def _fields(keys: list[str]) -> st.SearchStrategy[tuple[Field, ...]]:
    return st.lists(st.builds(Field, key=st.sampled_from(keys) | _WORDS, value=_VALUES), max_size=6).map(tuple)


_BLOCKS = st.builds(Block, kind=st.sampled_from([*KINDS, "carousel"]), id=_WORDS, fields=_fields(_KEYS), body=_BODY)
MANUSCRIPTS = st.builds(Manuscript, header=_fields(list(HEADER)), blocks=st.lists(_BLOCKS, max_size=8).map(tuple))


@effort(deadline=None, max_examples=120)
@given(MANUSCRIPTS)
def test_any_manuscript_can_be_laid_out(told: Manuscript) -> None:
    found = arrange(told, settings(), prints=PRINTS, url=URL)
    assert found.title
