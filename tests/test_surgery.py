"""Blocks put in, moved, taken out and set: what was asked for changes, every other byte stays as typed."""

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from makers import block
from manuscripts import blocks as any_block
from manuscripts import hostile_texts, manuscripts

from composer.blocks import Block, Manuscript
from composer.errors import NotFoundError, UsageError
from composer.manuscript import (
    drop,
    dump,
    fields_for,
    find_block,
    insert,
    load,
    move,
    part,
    put_for,
    rewrite,
    set_fields,
    set_header,
)
from composer.manuscript.lines import clean, is_blank, raw_lines

often = settings(deadline=None, max_examples=150)
TYPED = """---
title:   "Salt"
# ours
---
:::lede
Here it begins.
:::


## Who pays  {#pays}
The towns do.

<!-- ask the mine -->
::: photo #quay
alt: A quay
src: quay.jpg
x-own: 1
:::
::: poem
Kept as it is.
:::
"""


def words_of(text: str) -> list[str]:
    """Return the lines that are not blank, as typed but for their line ends."""
    return [line for line in (raw.rstrip("\r\n") for raw in raw_lines(text)) if not is_blank(clean(line))]


def shape(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.id) for one in load(text).manuscript.blocks]


@contextlib.contextmanager
def refused(text: str) -> Iterator[None]:
    """Pass over what the surgery refuses to do; hostile texts often leave no room."""
    with contextlib.suppress(UsageError):
        yield


def test_a_block_is_put_where_it_is_asked_for_and_nothing_else_changes() -> None:
    after = insert(TYPED, [block("quote", "Nobody asked us.", speaker="Nino")], 3)

    assert after == TYPED.replace(
        "The towns do.\n", "The towns do.\n\n::: quote\nspeaker: Nino\n\nNobody asked us.\n:::\n"
    )


def test_a_block_put_first_stands_below_the_header() -> None:
    assert insert(TYPED, [block("prose", "First.")], 0) == TYPED.replace("---\n:::lede", "---\n\nFirst.\n\n:::lede")


def test_a_block_put_last_leaves_the_lines_above_alone() -> None:
    assert insert(TYPED, [block("divider")], 6) == f"{TYPED}\n---\n"


def test_a_text_without_an_end_of_line_gets_one_before_the_new_block() -> None:
    assert insert("---\n---\nWords", [block("divider")], 1) == "---\n---\nWords\n\n---\n"


def test_the_line_ends_and_the_mark_of_a_windows_file_are_kept() -> None:
    text = "\ufeff" + TYPED.replace("\n", "\r\n")

    after = insert(text, [block("quote", "Nobody asked us.", speaker="Nino")], 3)

    assert after.startswith("\ufeff---\r\n")
    assert after.count("\n") == after.count("\r\n") == TYPED.count("\n") + 6


def test_a_dropped_block_takes_its_blank_lines_with_it() -> None:
    assert drop(TYPED, 0) == TYPED.replace(":::lede\nHere it begins.\n:::\n\n\n", "")
    assert drop(TYPED, 4) == TYPED.replace("::: photo #quay\nalt: A quay\nsrc: quay.jpg\nx-own: 1\n:::\n", "\n")
    assert drop(TYPED, 5) == TYPED.replace("::: poem\nKept as it is.\n:::\n", "")


def test_paragraphs_do_not_grow_together_when_the_heading_between_them_is_dropped() -> None:
    assert drop("---\n---\nOne.\n## Two\nThree.\n", 1) == "---\n---\nOne.\n\nThree.\n"


def test_a_moved_block_keeps_its_lines_as_typed() -> None:
    after = move(TYPED, 4, 1)

    assert "\n::: photo #quay\nalt: A quay\nsrc: quay.jpg\nx-own: 1\n:::\n" in after
    assert shape(after)[:2] == [("lede", ""), ("photo", "quay")]
    assert sorted(words_of(after)) == sorted(words_of(TYPED))


def test_a_block_moved_to_where_it_stands_changes_nothing() -> None:
    assert move(TYPED, 2, 2) == move(TYPED, 2, 3) == TYPED


def test_blocks_that_share_a_line_are_not_torn_apart() -> None:
    text = "---\n---\n<!-- a --> words\n"

    with pytest.raises(UsageError, match="line 3: several blocks share this line"):
        drop(text, 0)
    with pytest.raises(UsageError, match="line 3: several blocks share this line"):
        insert(text, [block("divider")], 1)


def test_a_box_that_is_not_closed_is_named_before_anything_is_swallowed() -> None:
    with pytest.raises(UsageError, match="line 3: lede is not closed"):
        insert("---\n---\n::: lede\nWords\n", [block("prose", "More.")], 1)


def test_code_that_a_new_line_would_close_is_refused() -> None:
    with pytest.raises(UsageError, match="line 3: this code is not closed"):
        insert("---\n---\n```\nx\n\n# A\n", [block("prose", "```")], 2)


def test_a_set_field_changes_its_own_line_alone() -> None:
    assert set_fields(TYPED, 4, {"src": ["pier.jpg"]}) == TYPED.replace("src: quay.jpg", "src: pier.jpg")


def test_a_new_field_goes_to_its_place_among_the_others() -> None:
    after = set_fields(TYPED, 4, {"credit": ["Sam: The Wire"]})

    assert after == TYPED.replace("src: quay.jpg\n", 'src: quay.jpg\ncredit: "Sam: The Wire"\n')


def test_a_first_field_is_parted_from_the_words_below_it() -> None:
    assert set_fields(TYPED, 0, {"dateline": ["Poti"]}) == TYPED.replace(":::lede\n", ":::lede\ndateline: Poti\n\n")


def test_a_name_that_two_blocks_share_already_is_no_reason_to_refuse_a_field() -> None:
    text = TYPED.replace("::: poem", "::: poem #quay")

    assert set_fields(text, 4, {"alt": ["A pier"]}) == text.replace("alt: A quay", "alt: A pier")


def test_a_list_is_set_whole() -> None:
    text = "---\n---\n::: brief\nsource: a\nheadline: x\nsource: b\n\nWords.\n:::\n"

    assert set_fields(text, 0, {"source": ["c", "d"]}) == text.replace(
        "source: a\n", "source:\n  - c\n  - d\n"
    ).replace("source: b\n", "")


def test_a_block_and_a_heading_can_be_named() -> None:
    assert set_fields(TYPED, 4, {"id": ["pier"]}) == TYPED.replace("#quay", "#pier")
    assert set_fields(TYPED, 1, {"id": ["payers"]}) == TYPED.replace("  {#pays}", " {#payers}")
    assert set_fields(TYPED, 1, {"id": [""]}) == TYPED.replace("  {#pays}", "")


@pytest.mark.parametrize(
    ("index", "values", "sentence"),
    [
        (4, {"crdit": ["Sam"]}, "crdit: no field of photo; did you mean credit?"),
        (4, {"decorative": ["maybe"]}, "decorative: maybe is none of yes, no"),
        (4, {"alt": ["a", "b"]}, "alt: takes one value, 2 were given"),
        (4, {"id": ["a b"]}, "id: a b is no name for a block"),
        (2, {"x-own": ["1"]}, "prose stands without a box"),
        (2, {"id": ["a"]}, "prose stands without a box and cannot be named"),
        (5, {"colour": ["red"]}, "colour: no field of poem"),
        (1, {"id": ["quay"]}, "quay: the photo on line 14 is called so; choose another name"),
        (4, {"x-Mine": ["1"]}, "x-Mine: no field of photo"),
    ],
)
def test_what_a_block_cannot_hold_is_refused(index: int, values: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence.replace("?", r"\?")):
        set_fields(TYPED, index, values)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"id": ["x"]}, "identity never changes"),
        ({"titel": ["x"]}, "titel: no header field; did you mean title?"),
        ({"ai": ["some"]}, "ai: some is none of none, assisted, generated"),
    ],
)
def test_what_the_header_cannot_hold_is_refused(values: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence.replace("?", r"\?")):
        set_header(TYPED, values)


def test_a_header_value_changes_its_own_line_alone() -> None:
    assert set_header(TYPED, {"title": ["Salt: dearer"]}) == TYPED.replace('title:   "Salt"', 'title: "Salt: dearer"')
    assert set_header(TYPED, {"byline": ["Nino", "Sam"]}) == TYPED.replace(
        '"Salt"\n', '"Salt"\nbyline:\n  - Nino\n  - Sam\n'
    )


def test_a_block_is_named_by_number_line_id_or_kind() -> None:
    there = load(TYPED).manuscript.blocks

    named = [find_block(there, name) for name in ("5", ":17", "quay", "#quay", "photo#quay", "photo", ":14")]

    assert named == [4] * 7


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("9", "9: no such block; the blocks are 1 to 6"),
        ("0", "0: no such block"),
        (":2", ":2: no block stands there; the first begins on line 5"),
        ("qay", r"qay: no such block; did you mean quay\?"),
        ("zzz", "`currents blocks` lists them"),
    ],
)
def test_a_block_that_is_not_there_is_told(name: str, sentence: str) -> None:
    with pytest.raises(NotFoundError, match=sentence):
        find_block(load(TYPED).manuscript.blocks, name)


def test_a_name_that_fits_several_blocks_lists_them() -> None:
    there = load("---\n---\n# A\n\nb\n\n# C\n").manuscript.blocks

    with pytest.raises(UsageError, match=r"section: several .* 1 \(line 3\), 3 \(line 7\)"):
        find_block(there, "section")


@often
@given(hostile_texts())
def test_every_line_of_a_body_stands_in_one_piece(text: str) -> None:
    parted = part(text)

    covered = [at for piece in parted.pieces for at in range(piece.start, piece.end)]
    assert parted.mark + "".join(parted.raw) == text
    assert parted.blocks == load(text).manuscript.blocks
    assert covered == sorted(set(covered))
    assert {at for at in range(parted.body_at, len(parted.lines)) if not is_blank(parted.lines[at])} <= set(covered)


@often
@given(hostile_texts(), any_block(flawless=True), st.integers(0, 30))
def test_what_is_put_in_only_adds_bytes_in_one_place(text: str, new: Block, at: int) -> None:
    place = at % (len(part(text).blocks) + 1)
    with refused(text):
        after = insert(text, [new], place)

        head = next((k for k, (a, b) in enumerate(zip(text, after, strict=False)) if a != b), len(text))
        assert len(after) > len(text)
        assert any(text[k:] == after[len(after) - len(text) + k :] for k in range(head, -1, -1))


@often
@given(hostile_texts(), st.integers(0, 30))
def test_a_drop_leaves_every_other_line_as_typed(text: str, at: int) -> None:
    parted = part(text)
    assume(parted.blocks)
    index = at % len(parted.blocks)
    with refused(text):
        after = drop(text, index)

        piece = parted.piece_of(index)
        kept = parted.mark + "".join((*parted.raw[: piece.start], *parted.raw[piece.end :]))
        assert words_of(after) == words_of(kept)


@often
@given(hostile_texts(), any_block(flawless=True), st.integers(0, 30))
def test_a_block_put_for_another_leaves_every_line_outside_as_typed(text: str, new: Block, at: int) -> None:
    parted = part(text)
    assume(parted.blocks)
    index = at % len(parted.blocks)
    with refused(text):
        after = put_for(text, index, new)

        piece = parted.piece_of(index)
        assert after.startswith(parted.mark + "".join(parted.raw[: piece.start]))
        assert after.endswith("".join(parted.raw[piece.end :]))


@often
@given(hostile_texts(), st.integers(0, 30), st.integers(0, 30))
def test_a_move_keeps_every_line_as_typed(text: str, at: int, to: int) -> None:
    parted = part(text)
    assume(parted.blocks)
    index, place = at % len(parted.blocks), to % (len(parted.blocks) + 1)
    with refused(text):
        after = move(text, index, place)

        assert sorted(words_of(after)) == sorted(words_of(text))


@often
@given(manuscripts(flawless=True), any_block(flawless=True), st.sampled_from(["\n", "\r\n"]), st.data())
def test_a_flawless_text_refuses_nothing(told: Manuscript, new: Block, end: str, data: st.DataObject) -> None:
    text = dump(told).replace("\n", end)
    count = len(part(text).blocks)
    assume(all(len(piece.blocks) == 1 for piece in part(text).pieces))
    place = data.draw(st.integers(0, count))

    insert(text, [new], place)
    for index in range(count):
        drop(text, index)
        move(text, index, place)


@often
@given(manuscripts(flawless=True), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "a: b", "12", "# x", "- y"]))
def test_a_set_field_reads_as_set_and_touches_no_other_line(told: Manuscript, end: str, value: str) -> None:
    text = dump(told).replace("\n", end)
    for index in range(len(part(text).blocks)):
        with contextlib.suppress(UsageError):
            after = set_fields(text, index, {"x-own": [value]})

            assert load(after).manuscript.blocks[index].get("x-own") == value
            piece = part(text).piece_of(index)
            before = part(text).raw
            assert after.startswith("".join(before[: piece.start + 1]))
            assert after.endswith("".join(before[piece.end - 1 :]))


@often
@given(
    hostile_texts(),
    st.integers(0, 30),
    st.sampled_from(["", "a: b", "- y", ":::"]),
    st.sampled_from(["x-own", "alt", "id"]),
)
def test_setting_a_field_touches_no_line_outside_its_block(text: str, at: int, value: str, key: str) -> None:
    parted = part(text)
    assume(parted.blocks)
    index = at % len(parted.blocks)
    with refused(text):
        after = set_fields(text, index, {key: [value]})

        piece = parted.piece_of(index)
        assert after.startswith(parted.mark + "".join(parted.raw[: piece.start]))
        assert after.endswith("".join(parted.raw[piece.end :]))


def test_fields_are_made_in_the_order_of_their_kind() -> None:
    assert [one.key for one in fields_for("photo", {"x-own": ["1"], "credit": ["c"], "src": ["s"]})] == [
        "src",
        "credit",
        "x-own",
    ]


def test_a_body_is_written_anew_line_for_line_and_lines_that_say_the_same_stay_as_typed() -> None:
    text = "\ufeff---\r\ntitle: x\r\n---\r\n::: lede\r\nOne  \r\nTwo\r\n:::"
    done = rewrite(text, 0, "One  \nThree")

    assert done == text.replace("Two", "Three")


@pytest.mark.parametrize("body", ["One", "One\nTwo\nThree", "One\n:::", "# One\nTwo"])
def test_a_body_of_another_height_or_one_that_would_read_otherwise_is_refused(body: str) -> None:
    with pytest.raises(UsageError, match=r"one by one|nothing was changed"):
        rewrite("Zero\n\n::: lede\nOne\nTwo\n:::\n" if ":::" in body else "One\nTwo\n", int(":::" in body), body)


@often
@given(hostile_texts(), st.data())
def test_writing_the_words_that_stand_there_changes_nothing(text: str, data: st.DataObject) -> None:
    blocks = load(text).manuscript.blocks
    assume(blocks)
    index = data.draw(st.integers(0, len(blocks) - 1))
    with contextlib.suppress(UsageError):
        assert rewrite(text, index, blocks[index].body) == text
