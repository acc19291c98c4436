"""What an editor is told about a slip: which, where, and how to mend it."""

import pytest

from composer.manuscript import load
from composer.model import Remark

HEAD = "---\ntitle: Salt\n---\n\n"


def only_problem(text: str) -> Remark:
    (problem,) = load(text).problems
    return problem


SLIPS = {
    "header-not-closed": ("\n---\ntitle: Salt\n\nWords here.\n", "F001", "error", 2, "write ---"),
    "header-not-closed-before-a-divider": (
        "---\ntitle: Salt\n\nWords.\n\n---\n\nMore.\n",
        "F001",
        "error",
        1,
        "after line 2",
    ),
    "header-not-closed-at-all": ("---\ntitle: Salt", "F001", "error", 1, "after line 2"),
    "header-not-closed-before-a-block": ("---\ntitle: Salt\n::: why\nSo.\n:::\n", "F001", "error", 1, "after line 2"),
    "no-field": ("---\ntitle: Salt\nmore of it\n---\n", "F002", "error", 3, "“more of it” is no header field"),
    "nested-field": ("---\ntitle: Salt\n  name: N\n---\n", "F002", "error", 3, "first column"),
    "mistyped-field": (HEAD + "::: photo\nsrc: a\ncaptoin: b\n:::\n", "F002", "error", 7, "did you mean caption?"),
    "words-in-a-photo": (HEAD + "::: photo\nsrc: a\n\nJust words\n:::\n", "F002", "error", 8, "photo takes src, alt"),
    "words-in-a-divider": (HEAD + "::: divider\nx\n:::\n", "F002", "error", 6, "take it out"),
    "swallowed-field": (HEAD + "::: brief\nheadlin: a\nsource: b\n:::\n", "F002", "error", 6, "the field on line 7"),
    "perhaps-a-field": (
        HEAD + "::: brief\nheadline: a\nsourse: b\n\nWords\n:::\n",
        "F002",
        "warning",
        7,
        "blank line above",
    ),
    "key-repeated": ("---\ntitle: Salt\nlang: en\ntitle: Two\n---\n", "F003", "error", 4, "on line 2 already"),
    "list-where-one-counts": ("---\ntitle:\n  - Salt\n  - Two\n---\n", "F003", "error", 4, "take one of them away"),
    "own-key-repeated": ("---\nx-a: 1\nx-a: 2\n---\n", "F003", "warning", 3, "as a list"),
    "field-repeated": (HEAD + "::: quote\nrole: a\nrole: b\n\nWords\n:::\n", "F003", "error", 7, "on line 6 already"),
    "block-not-closed": (HEAD + "::: lede\nWords\n", "F004", "error", 5, "write a line ::: after its last words"),
    "block-closed-otherwise": (HEAD + ":::: lede\nWords\n:::\n", "F004", "error", 5, "a line of 4 colons"),
    "block-in-a-block": (HEAD + "::: lede\nWords\n::: why\nSo.\n:::\n", "F004", "error", 5, "before line 7"),
    "unknown-kind": (HEAD + "::: qoute\nWords\n:::\n", "F005", "error", 5, "did you mean quote?"),
    "unseen-character": (HEAD + "Wo\x00rds\ufeff\n", "F006", "info", 5, "here and below: 2 (U+0000, U+FEFF)"),
    "unusual-line-end": (HEAD + "Words\u2028more\n", "F006", "info", 5, "here and below: 1 (U+2028)"),
    "stray-colons": (HEAD + "Words\n:::\n", "F007", "error", 6, "neither open nor close"),
    "garbled-opening": (HEAD + "::: photo src=a.jpg\n", "F007", "error", 5, "::: kind #id"),
    "no-header": ("\nWords\n", "F008", "warning", 2, "begin the file with a line ---"),
    "empty": ("", "F008", "warning", 1, "begin the file with a line ---"),
    "header-without-fences": ("title: Salt\n\nWords\n", "F008", "error", 1, "title stands outside a header"),
    "note-not-closed": (
        HEAD + "<!-- desk: call\n\nWords\n",
        "F009",
        "error",
        5,
        "write --> after its last word, before line 6",
    ),
    "note-inside-words": (HEAD + "Words <!-- call -->\n", "F010", "warning", 5, "a line of its own"),
    "note-inside-a-heading": (HEAD + "# Words <!-- call -->\n", "F010", "warning", 5, "a line of its own"),
    "note-inside-a-block": (HEAD + "::: lede\n\nWords\n<!-- call -->\n:::\n", "F010", "warning", 8, "inside lede"),
    "code-not-closed": (HEAD + "Words\n```\n\n# Head\n", "F011", "error", 6, "repeat the same marks"),
}


@pytest.mark.parametrize(("text", "rule", "severity", "line", "words"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_with_its_line_and_its_mend(text: str, rule: str, severity: str, line: int, words: str) -> None:
    problem = only_problem(text)

    assert (problem.rule, problem.severity, problem.line) == (rule, severity, line)
    assert words in problem.message


def test_problems_come_in_the_order_of_their_lines() -> None:
    text = "---\ntitle: a\ntitle: b\n---\n:::\n\n::: x\n:::\n\n<!-- a\n\n\x00\n"

    assert [(problem.rule, problem.line) for problem in load(text).problems] == [
        ("F003", 3),
        ("F007", 5),
        ("F005", 7),
        ("F009", 10),
        ("F006", 12),
    ]


def test_a_problem_in_a_block_names_the_block() -> None:
    assert only_problem(HEAD + "::: photo #port\nsrc: a\nwho: b\n:::\n").block == "photo#port"


def test_ordinary_line_ends_of_any_system_are_no_problem() -> None:
    assert load("---\r\ntitle: Salt\r\n---\r\n\r\nWords\r").problems == ()


def test_an_unclosed_header_keeps_what_was_read_and_gives_the_rest_to_the_body() -> None:
    read = load("---\ntitle: Salt\n# a comment\n\n# A section\n\nWords\n").manuscript

    assert (read.get("title"), read.header_tail) == ("Salt", ("# a comment",))
    assert [block.kind for block in read.blocks] == ["section", "prose"]


def test_an_unclosed_block_ends_where_the_next_begins() -> None:
    read = load(HEAD + "::: lede\nWords\n::: why\nSo.\n:::\n").manuscript

    assert [(block.kind, block.body) for block in read.blocks] == [("lede", "Words"), ("why", "So.")]


def test_an_unclosed_note_hides_its_paragraph_only() -> None:
    read = load(HEAD + "<!-- desk: call\nthe port\n\nWords\n").manuscript

    assert [(block.kind, block.body) for block in read.blocks] == [("note", "desk: call\nthe port"), ("prose", "Words")]


def test_a_header_line_that_is_no_field_is_kept_as_a_comment() -> None:
    assert load("---\ntitle: Salt\nmore of it\n---\n").manuscript.header_tail == ("# more of it",)
