import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.text import count_words, cut, host, one_line, quoted, reading_minutes, slug, ulid


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Empire as a sales pitch", "empire-as-a-sales-pitch"),
        ("Київ і Львів", "kiyiv-i-lviv"),
        ("საქართველო", "sakartvelo"),
        ("Ça va, Élise?", "ca-va-elise"),
        ("Don't stop", "dont-stop"),
        ("الميناء، خطًّا", "almyna-khta"),
        ("רכבת המלח", "rkbt-hmlh"),
        ("Աղի գնացքը", "aghi-gnatsky"),
        ("中文", ""),
    ],
)
def test_a_slug_keeps_what_letters_it_can(words: str, expected: str) -> None:
    assert slug(words) == expected


@given(st.text())
def test_a_slug_is_always_safe_in_a_path_and_an_address(words: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(words))
    assert len(slug(words)) <= 60


@given(st.text())
def test_a_slug_of_a_slug_is_itself(words: str) -> None:
    assert slug(slug(words)) == slug(words)


@given(st.text(), st.integers(2, 80))
def test_a_cut_never_exceeds_its_measure(words: str, most: int) -> None:
    assert len(cut(words, most)) <= most


def test_a_cut_ends_at_a_word() -> None:
    assert cut("The price of salt went up", 14) == "The price of…"


def test_figures_and_contractions_are_one_word() -> None:
    assert count_words("It’s 17.8% over 1,200 well-kept roads") == 6


def test_reading_takes_at_least_a_minute() -> None:
    assert reading_minutes(10) == 1
    assert reading_minutes(1500) == 6
    assert reading_minutes(1500, "ar-EG") == 10


def test_marks_inside_quotation_marks_are_single() -> None:
    assert quoted("What officials say instead of “neighbour”") == "“What officials say instead of ‘neighbour’”"
    assert quoted("Was heißt „bald“?") == "“Was heißt ‚bald‘?”"


def test_white_space_folds() -> None:
    assert one_line(" a\n\tb  ") == "a b"


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://www.example.org:8080/x", "example.org"), ("http://a@b.example.org", "b.example.org"), ("mailto:x", "")],
)
def test_a_host_stands_without_its_port(url: str, expected: str) -> None:
    assert host(url) == expected


def test_a_ulid_sorts_by_its_time() -> None:
    assert ulid(1, (1 << 80) - 1) < ulid(2, 0)
    assert len(ulid(1_700_000_000_000, 5)) == 26
