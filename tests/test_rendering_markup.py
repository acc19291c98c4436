import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as reader

from composer.rendering import markup


def test_markdown_becomes_plain_tags() -> None:
    assert markup.html("One *two* **three**\n\n- four") == (
        "<p>One <em>two</em> <strong>three</strong></p>\n<ul>\n<li>four</li>\n</ul>"
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "/relative", "ftp://x.example.org/", "//x.example.org"]
)
def test_an_address_that_no_mail_should_carry_stays_words(url: str) -> None:
    assert "<a" not in markup.html(f"[word]({url})")


def test_a_link_to_the_web_or_a_mailbox_is_a_link() -> None:
    assert (
        markup.html("[a](https://x.example.org/?b=1&c=2)")
        == '<p><a href="https://x.example.org/?b=1&amp;c=2">a</a></p>'
    )


def test_raw_html_stays_words() -> None:
    assert markup.html("<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


def test_headings_and_pictures_are_not_markup_inside_a_block() -> None:
    found = markup.html("# One\n\n![two](https://x.example.org/a.png)")
    assert "<h1" not in found
    assert "<img" not in found


def test_a_line_that_looks_like_a_reference_is_kept() -> None:
    assert markup.words("[salt]: https://x.example.org") == "[salt]: https://x.example.org"


def test_inline_markdown_has_no_paragraph() -> None:
    assert markup.inline("a *b*") == "a <em>b</em>"


def test_words_leave_marks_and_addresses_out() -> None:
    assert markup.words("One *two*\nthree [four](https://x.example.org)\n\n- five") == "One two three four\n\nfive"


@pytest.mark.parametrize(
    "body",
    [
        "> " * 20_000 + "salt",
        "- " * 5_000 + "salt",
        "*a " * 3_000 + "salt" + " b*" * 3_000,
        "[" * 5_000 + "salt",
        "<b>" * 20_000 + "salt",
    ],
)
def test_deep_nesting_is_flattened_and_keeps_its_words(body: str) -> None:
    found = markup.html(body)
    assert "salt" in found
    assert found.count("<blockquote") + found.count("<em>") < 2 * markup.DEEPEST


def test_a_list_nested_too_deep_keeps_every_word() -> None:
    body = "\n".join("  " * depth + f"- word{depth}" for depth in range(80))
    assert all(f"word{depth}" in markup.html(body) for depth in range(80))


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_gives_markup_that_can_be_read_back(body: str) -> None:
    found = markup.html(body)
    found.encode()
    tags = {element.tag for element in reader.fragments_fromstring(f"<div>{found}</div>")[0].iter()}
    assert tags <= markup.TAGS | {"div"}


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.sampled_from("abc АБВ ملح שלום 💧👩‍🚀é "), max_size=80))
def test_letters_of_every_script_come_through_whole(body: str) -> None:
    assert markup.words(body).split() == body.split()
