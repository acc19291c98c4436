"""Reading and writing a manuscript, by example."""

from textwrap import dedent

from makers import block, manuscript
from manuscripts import FRAGMENTS

from composer.blocks import Block, Field, Manuscript
from composer.manuscript import dump, load

HEAD = "---\n---\n\n"


def blocks_of(text: str) -> tuple[Block, ...]:
    return load(HEAD + dedent(text)).manuscript.blocks


def header_of(*lines: str) -> Manuscript:
    return load("\n".join(["---", *lines, "---", ""])).manuscript


def test_a_title_is_everything_up_to_the_end_of_its_line() -> None:
    titles = [
        "Issue #12: what the salt says",
        "No",
        "12:30",
        "@salt",
        "*Only here*",
        "[Photo] Salt",
        "it's: so",
        "a - b",
    ]

    assert [header_of(f"title: {title}").get("title") for title in titles] == titles


def test_a_value_in_quotes_is_decoded_when_it_is_json() -> None:
    assert header_of(r'title: "Salt: \"dear\""').get("title") == 'Salt: "dear"'


def test_a_value_that_only_looks_quoted_is_taken_as_typed() -> None:
    assert header_of('title: "Salt" and "pepper"').get("title") == '"Salt" and "pepper"'


def test_a_line_end_smuggled_into_a_quoted_value_becomes_a_space() -> None:
    assert header_of(r'subject: "Salt\r\nBcc: everyone\u0000"').get("subject") == "Salt Bcc: everyone"


def test_a_list_may_be_items_a_single_value_or_a_repeated_key() -> None:
    items = header_of("tags:", "  - salt", "  - roads")
    repeated = header_of("tags: salt", "title: Salt", "tags: roads")

    assert items.all("tags") == repeated.all("tags") == ("salt", "roads")
    assert header_of("tags: salt").header == (Field(key="tags", value=("salt",)),)


def test_header_keys_are_put_in_canonical_order_with_unknown_ones_last() -> None:
    text = "---\nown: 1\ntags: a\ntitle: Salt\nother: 2\nformat: coda-edition/1\n---\n"

    assert [field.key for field in load(text).manuscript.header] == ["format", "title", "tags", "own", "other"]


def test_a_known_header_key_is_known_in_capitals_and_without_a_space() -> None:
    assert header_of("Title:Salt").header == (Field(key="title", value="Salt"),)


def test_comments_stay_above_their_key_and_after_the_last() -> None:
    text = "---\n# who\ntitle: Salt\n# which\n# ones\ntags:\n  - a\n# done\n---\n"

    assert load(text).manuscript.header[1].above == ("# which", "# ones")
    assert load(text).manuscript.header_tail == ("# done",)
    assert dump(load(text).manuscript) == text


def test_the_writer_quotes_what_yaml_would_misread_and_nothing_else() -> None:
    values = ["Salt", "No", "12", "a: b", "a:b", "a #b", "a#b", "- a", "", " a", "Salt’s way; so, it is", "1 road", "%"]

    written = dump(manuscript(**{f"x{place}": value for place, value in enumerate(values)}))

    lines = [line.partition(": ")[2] for line in written.splitlines() if line.startswith("x")]
    assert lines == [
        "Salt",
        '"No"',
        '"12"',
        '"a: b"',
        "a:b",
        '"a #b"',
        "a#b",
        '"- a"',
        '""',
        '" a"',
        values[10],
        "1 road",
        '"%"',
    ]


def test_every_block_dress_is_read() -> None:
    read = blocks_of(
        """\
        # Elsewhere

        ## A turn {#turn}

        ### A smaller one

        Words, and
        more of them.

        A second paragraph.

        ---

        <!-- desk: call
        the port -->

        ::: poem #p1
        key: verbatim

        Words
        :::
        """
    )

    assert read == (
        block("section", "Elsewhere"),
        block("subhead", "A turn", "turn"),
        block("subhead3", "A smaller one"),
        block("prose", "Words, and\nmore of them.\n\nA second paragraph."),
        block("divider"),
        block("note", "desk: call\nthe port"),
        block("poem", "key: verbatim\n\nWords", "p1"),
    )


def test_a_container_holds_fields_then_words() -> None:
    (brief,) = blocks_of(
        """\
        ::: brief #salt
        headline: Salt: dearer
        source:
          - wire
          - post
        via: Customs

        headline: these are words.
        :::
        """
    )

    assert brief == block(
        "brief",
        "headline: these are words.",
        "salt",
        headline="Salt: dearer",
        source=("wire", "post"),
        via=("Customs",),
    )


def test_words_directly_after_the_opening_line_stay_words() -> None:
    assert blocks_of("::: lede\nMoscow: a morning in May.\n:::\n") == (block("lede", "Moscow: a morning in May."),)


def test_a_body_that_begins_like_a_field_survives_writing() -> None:
    before = manuscript(block("lede", "dateline: a word\n- and an item"), block("figure", "source:\n- a"))

    assert load(dump(before)).manuscript == before


def test_any_role_is_a_field_of_credits() -> None:
    (credits_,) = blocks_of("::: credits\nresearch: Nino Example\nsound: Sam Example\n:::\n")

    assert credits_ == block("credits", research=("Nino Example",), sound="Sam Example")


def test_blank_lines_between_the_fields_of_a_photo_do_no_harm() -> None:
    (photo,) = blocks_of("::: photo\n\nsrc: a.jpg\n\nAlt: A road\n:::\n")

    assert photo == block("photo", src="a.jpg", alt="A road")


def test_repeated_fields_keep_their_order() -> None:
    (quote,) = blocks_of("::: quote\nrole: one\nspeaker: N\nrole: two\n\nWords\n:::\n")

    assert [(field.key, field.value) for field in quote.fields] == [("role", "one"), ("speaker", "N"), ("role", "two")]


def test_code_in_prose_is_opaque() -> None:
    text = "Look:\n\n```\n# no heading\n---\n::: lede\n<!--\n```"

    assert blocks_of(text) == (block("prose", text),)


def test_colons_in_a_body_make_a_longer_fence() -> None:
    before = manuscript(block("lede", ":::: four\n:::"))

    assert "\n::::: lede\n\n:::: four\n:::\n:::::\n" in dump(before)
    assert load(dump(before)).manuscript == before


def test_what_markdown_dress_cannot_say_is_written_as_a_container() -> None:
    before = manuscript(
        block("prose", "# not a heading"),
        block("prose", "one run"),
        block("prose", "and another"),
        block("prose", "", "empty"),
        block("subhead", "Words {#like-an-id}"),
        block("section", "Two\nlines"),
        block("note", "an arrow --> inside"),
        block("divider", block_id="pause"),
    )

    assert load(dump(before)).manuscript == before


def test_words_after_a_note_on_its_line_stay_words() -> None:
    assert blocks_of("<!-- check --> The port is shut.\nSince May.") == (
        block("note", "check"),
        block("prose", "The port is shut.\nSince May."),
    )


def test_two_byte_order_marks_are_no_words() -> None:
    loaded = load("\ufeff\ufeff---\ntitle: Salt\n---\n")

    assert loaded.manuscript.get("title") == "Salt"
    assert dump(loaded.manuscript) == "---\ntitle: Salt\n---\n"


def test_an_empty_header_before_a_divider_stays_a_header() -> None:
    before = Manuscript(blocks=(block("divider"), block("prose", "title: words"), block("divider")))

    assert dump(before) == "---\n---\n\n---\n\ntitle: words\n\n---\n"
    assert load(dump(before)).manuscript == before


def test_a_delete_character_never_reaches_the_header() -> None:
    assert dump(Manuscript(header=(Field(key="title", value="Sa\x7flt"),))) == "---\ntitle: Salt\n---\n"


def test_no_block_breaks_out_of_its_place_whatever_ends_its_lines() -> None:
    hostile = "\r".join([":::", "# out", *FRAGMENTS]) + "\u2028::::::\x85---"

    read = load(dump(manuscript(block("lede", hostile), block("why", hostile)))).manuscript

    assert [one.kind for one in read.blocks] == ["lede", "why"]


def test_letters_keep_their_own_composition() -> None:
    assert header_of("title: e\u0301 and é").get("title") == "e\u0301 and é"


def test_the_empty_text_is_an_empty_manuscript() -> None:
    assert load("").manuscript == Manuscript()
    assert dump(Manuscript()) == "---\n---\n"


def test_every_line_number_is_that_of_the_typed_text() -> None:
    text = "\r\n---\r\ntitle: Salt\r\ntags:\r\n- a\r\n---\r\n\r\n::: lede\r\ndateline: Here\r\n\r\n\r\nWords\r\n:::\r\nMore\r\n"

    read = load(text).manuscript

    assert [read.line_of("title"), read.line_of("tags")] == [3, 4]
    assert [(one.line, one.body_line) for one in read.blocks] == [(8, 12), (14, 14)]
    assert read.blocks[0].line_of("dateline") == 9


def test_a_long_hostile_text_is_read_to_its_end() -> None:
    for line in (":::", "::: lede", "<!--", "<!-- a --> ", "```x", "---", "tags: a", "\x00"):
        text = f"{line}\n" * (20_000 // (len(line) + 1))

        assert load(dump(load(text).manuscript)).manuscript == load(text).manuscript


def test_a_long_hostile_line_is_read_to_its_end() -> None:
    gap = " " * 20_000
    for line in (
        f"# a{gap}b",
        f"# a{gap}{{#",
        f"::: x{gap}y",
        f"---\ntitle: a{gap}#b",
        "<!--" * 9_000,
        "{#" * 9_000,
        f"-{gap}",
    ):
        assert load(dump(load(line).manuscript)).manuscript == load(line).manuscript
