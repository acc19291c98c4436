"""docs/manuscript.md says what the reader does, and its example is a manuscript without a flaw."""

import re
from pathlib import Path

import pytest
from test_manuscript_problems import SLIPS

from composer.blocks import HEADER, HEADER_LISTS, KINDS, Kind
from composer.manuscript import dump, load
from composer.proofs.severities import weight

PAGE = (Path(__file__).parents[1] / "docs" / "manuscript.md").read_text(encoding="utf-8")
WORDS = {"required": "yes", "optional": "if you like", "none": "–", "heading": "the heading"}


def key_cell(kind: Kind, keys: tuple[str, ...]) -> str:
    def say(key: str) -> str:
        choices = f" ({', '.join(kind.choices[key])})" if key in kind.choices else ""
        return f"`{key}`{'…' if key in kind.lists else ''}{choices}"

    said = [say(key) for key in keys]
    return ", ".join([*said, "any other role"] if kind.open_keys and keys == kind.optional else said) or "–"


def kinds_table() -> str:
    rows = [
        f"| `{kind.name}` | {kind.about}{'' if kind.visible else ' (hidden)'} "
        f"| {key_cell(kind, kind.required)} | {key_cell(kind, kind.optional)} | {WORDS[kind.body]} |"
        for kind in KINDS.values()
    ]
    return "\n".join(["| kind | what it is | must have | may have | words |", "|---|---|---|---|---|", *rows])


@pytest.fixture
def example() -> str:
    return re.search("````markdown\n(.*?)````", PAGE, re.DOTALL)[1]


def test_the_table_of_kinds_is_the_one_the_reader_goes_by() -> None:
    assert kinds_table() in PAGE


def test_the_table_of_header_keys_is_the_one_the_reader_goes_by() -> None:
    header = PAGE.partition("## The header")[2].partition("## The body")[0]
    keys = re.findall(r"^\| `(\w+)`(…?) \|", header, re.MULTILINE)

    assert [key for key, _ in keys] == list(HEADER)
    assert {key for key, several in keys if several} == HEADER_LISTS


def test_the_example_has_no_problems(example: str) -> None:
    assert load(example).problems == ()


def test_the_example_is_canonical(example: str) -> None:
    assert dump(load(example).manuscript) == example


def test_every_problem_is_explained_with_its_severity() -> None:
    explained = set(re.findall(r"^\| (F\d{3}) \| (\w+) \|", PAGE, re.MULTILINE))

    assert explained == {(rule, weight(severity)) for _, rule, severity, _, _ in SLIPS.values()}
