"""Header values set in an editor's own text."""

from composer.manuscript import load, stamp

TYPED = """---
# our ninth
title:   "Salt"
Tags: roads
x-own: 1

tags: [salt]   # literal
---
Words  \n\n\n:::lede\nHere
:::"""


def test_only_the_stamped_line_changes() -> None:
    assert stamp(TYPED, {"title": "Salt: dearer"}) == TYPED.replace('title:   "Salt"', 'title: "Salt: dearer"')


def test_a_new_key_goes_to_its_place_in_canonical_order() -> None:
    assert stamp(TYPED, {"slug": "salt", "dek": "More of it"}) == TYPED.replace(
        "---\n# our", "---\nslug: salt\n# our"
    ).replace('"Salt"\n', '"Salt"\ndek: More of it\n')


def test_a_list_typed_in_pieces_becomes_one() -> None:
    stamped = stamp(TYPED, {"tags": ("sea", "12")})

    assert 'title:   "Salt"\ntags:\n  - sea\n  - "12"\nx-own: 1\n---\n' in stamped


def test_a_comment_inside_a_list_is_kept_over_it() -> None:
    text = "---\ntags:\n  - a\n  # why b\n  - b\ntitle: Salt\n---\n"

    assert stamp(text, {"tags": ("c",)}) == "---\n# why b\ntags:\n  - c\ntitle: Salt\n---\n"


def test_a_text_without_a_header_gets_one() -> None:
    assert (
        stamp("Words\r\n", {"id": "7", "tags": "salt"}) == '---\r\nid: "7"\r\ntags:\r\n  - salt\r\n---\r\n\r\nWords\r\n'
    )


def test_a_header_that_is_not_closed_is_stamped_where_it_stands() -> None:
    assert stamp("---", {"title": "Salt"}) == "---\ntitle: Salt\n"
    assert stamp("---\ntitle: a", {"slug": "b"}) == "---\nslug: b\ntitle: a"


def test_the_line_ends_of_the_file_are_kept() -> None:
    assert stamp("---\r\ntitle: a\r\n---\r\n", {"title": "b", "lang": "en"}) == "---\r\nlang: en\r\ntitle: b\r\n---\r\n"


def test_a_repeated_key_is_stamped_where_it_counts() -> None:
    assert stamp("---\ntitle: a\ntitle: b\n---\n", {"title": "c"}) == "---\ntitle: c\ntitle: b\n---\n"


def test_a_value_of_several_lines_is_stamped_on_one() -> None:
    assert load(stamp("", {"title": "a\nb\x00"})).manuscript.get("title") == "a b"


def test_nothing_stamped_is_nothing_changed() -> None:
    assert stamp("\ufeffWords\r", {}) == "\ufeffWords\r"


def test_a_byte_order_mark_stays_first() -> None:
    assert stamp("\ufeffWords", {"title": "a"}) == "\ufeff---\ntitle: a\n---\n\nWords"
