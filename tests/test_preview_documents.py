"""What is done to a mail before it is framed, on words alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.preview.documents import framed

HEAD = "<!doctype html><html><head>"
ASKED = "@media (prefers-color-scheme: dark) { p { color: red } }"


def styled(css: str) -> str:
    return f"{HEAD}<style>{css}</style></head><body><p>Salt</p></body></html>"


def test_a_reader_with_a_dark_screen_gets_the_dark_rules() -> None:
    assert "@media (min-width:0) { p { color: red } }" in framed(styled(ASKED), "dark")


def test_a_reader_with_a_light_screen_does_not_get_the_dark_rules() -> None:
    assert "@media (max-width:0) { p { color: red } }" in framed(styled(ASKED), "light")


def test_rules_for_light_screens_are_turned_the_other_way() -> None:
    css = "@media screen and (Prefers-Color-Scheme:LIGHT) { p { color: red } }"
    assert "screen and (max-width:0)" in framed(styled(css), "dark")


def test_a_picture_for_dark_screens_is_chosen_by_its_media() -> None:
    html = f'{HEAD}</head><picture><source media="(prefers-color-scheme: dark)" srcset="d.png"></picture>'
    assert 'media="(min-width:0)"' in framed(html, "dark")


def test_prose_about_the_media_query_stays_as_it_was_written() -> None:
    html = f"{HEAD}</head><p>Ask for (prefers-color-scheme: dark) in your style.</p>"
    assert "(prefers-color-scheme: dark) in your style" in framed(html, "dark")


@pytest.mark.parametrize(
    ("authored", "shown"),
    [("light dark", "dark"), ("light", "light"), ("only light", "only light"), ("dark light !important", "dark")],
)
def test_only_a_scheme_that_the_mail_supports_is_forced(authored: str, shown: str) -> None:
    assert f"color-scheme: {shown}" in framed(styled(f":root {{ color-scheme: {authored}; }}"), "dark")


def test_the_scheme_is_forced_in_the_meta_element_too() -> None:
    html = f'{HEAD}<meta content="light dark" name="color-scheme"></head>'
    assert '<meta content="dark" name="color-scheme">' in framed(html, "dark")


@pytest.mark.parametrize("tag", ["<link rel=preconnect", "<LINK\nrel=preload", '<iframe title="a > b"', "<Frame/src=x"])
def test_an_element_that_would_dial_out_is_disarmed_whatever_its_attributes(tag: str) -> None:
    assert tag not in framed(f"{HEAD}{tag} href='https://cdn.example.org'></head>", "light")


@pytest.mark.parametrize(
    "opening",
    ["<!doctype html>\n<html lang='en'>\n<head>", "<!DOCTYPE html><html>", "<html>", "<head>", "", "<!-- x -->"],
)
def test_links_are_sent_to_a_new_tab_before_anything_of_the_document_speaks(opening: str) -> None:
    html = framed(f"{opening}<base target='_self'><p>Salt</p>", "light")
    assert html.index('<base target="_blank">') < html.index("<base target='_self'>")


def test_the_doctype_stays_first_for_the_browser_would_draw_in_quirks_mode() -> None:
    assert framed("<!doctype html><p>Salt</p>", "light").startswith("<!doctype html><base")


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="<>\"'=/! abmediastylhknr-:()", max_size=200))
def test_no_document_is_too_broken_to_be_framed(html: str) -> None:
    assert '<base target="_blank">' in framed(html, "dark")


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.characters(exclude_characters="<>"), max_size=200))
def test_words_alone_are_never_changed(words: str) -> None:
    assert framed(words, "dark").replace('<base target="_blank">', "", 1) == words or "media" in words
