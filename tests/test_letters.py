"""What the glance at a feed's letters promises, and that whoever trusts it says what everybody else would say."""

import sys

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from test_fastflow import MARKUP

from composer.feeds.clean import plain, text_of, text_of_usual
from composer.feeds.letters import is_usual, names_only_usual

ODD_SPACES = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()} - set(" \t\n\xa0")


def test_usual_letters_are_left_by_cleaning_and_are_no_odd_spaces() -> None:
    usual = [letter for letter in map(chr, range(sys.maxunicode + 1)) if is_usual(letter)]
    assert [letter for letter in usual if plain(letter) != letter or letter in ODD_SPACES] == []


def test_almost_all_letters_are_usual() -> None:
    odd = [code for code in range(sys.maxunicode + 1) if not is_usual(chr(code))]
    assert len(odd) < 2_300  # the surrogates are 2,048 of them


@given(st.text())
def test_words_are_usual_when_each_of_their_letters_is(words: str) -> None:
    assert is_usual(words) == all(map(is_usual, words))


@pytest.mark.parametrize(
    ("words", "only_usual"),
    [
        ("AT&T, 5 &# 7 &amp; more", True),
        ("&#8211;&#x2014;&#160;&#xA0;&#0065;", True),
        ("one &#8232; two", False),  # a line separator
        ("&#x85;", False),
        ("&#1;", False),
        ("&#1114112;", False),  # past the last of Unicode
        (f"&#{'9' * 5_000};", False),
    ],
)
def test_numeric_references_are_usual_when_their_letters_are(words: str, *, only_usual: bool) -> None:
    assert names_only_usual(words) == only_usual


@settings(max_examples=300, deadline=None)
@given(MARKUP)
@example("<p>one&ensp;&emsp; two</p>")
@example("<p>&amp;#38;lt; &#38;amp;</p>")
@example("<p>&#\u0664\u0662; one</p>")  # digits, but none that a reference may have
@example("<p>one\u200dtwo \xa0 three</p>")
def test_words_of_usual_letters_are_told_in_less_time_and_in_the_same_way(markup: str) -> None:
    assume(is_usual(markup))
    assert text_of_usual(markup) == text_of(markup)
