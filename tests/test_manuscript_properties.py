"""What holds for every text and every manuscript, tried on hostile ones."""

import json
import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from manuscripts import FRAGMENTS, NEVER_KEPT, headers, hostile_texts, manuscripts

from composer.blocks import HEADER, HEADER_LISTS, Field, Manuscript
from composer.manuscript import dump, load, load_header, stamp
from composer.model import Remark

often = settings(deadline=None, max_examples=100)
_LINE_END = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_YAML_NOT_A_STRING = re.compile(  # YAML 1.1 types: null, bool, int, float, timestamp, merge, value
    r"""~|null|Null|NULL|[yYnN]|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|<<|=
    |[-+]?0b[0-1_]+|[-+]?0o?[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+
    |[-+]?([0-9][0-9_]*)?\.[0-9._]*([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*([eE][-+]?[0-9]+)
    |[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t]+[0-9:.]+[ \t]*(Z|[-+][0-9:]+)?)?""",
    re.VERBOSE,
)


def lines_of(text: str) -> list[str]:
    return ["".join(letter for letter in line if letter not in NEVER_KEPT) for line in _LINE_END.split(text)]


def yaml_scalar(written: str) -> str:
    """Read one scalar as YAML would, refusing every one that YAML may read as something else."""
    if written.startswith('"'):
        return str(json.loads(written))
    assert written == written.strip()
    assert not re.match(r"[-?:,\[\]{}#&*!|>'\"%@`]", written)
    assert not re.search(r":(\s|$)|\s#", written)
    assert not _YAML_NOT_A_STRING.fullmatch(written)
    return written


def yaml_header(text: str) -> list[tuple[str, str | tuple[str, ...]]]:
    """Read a canonical header as the part of YAML that it keeps to: a flat mapping of strings and lists of strings."""
    pairs: list[tuple[str, str | tuple[str, ...]]] = []
    for line in text.split("\n---\n", maxsplit=1)[0].split("\n")[1:]:
        if line.startswith("  - "):
            key, value = pairs.pop()
            pairs.append((key, (*value, yaml_scalar(line[4:]))))
        elif not line.startswith("#"):
            key, _, value = line.partition(":")
            assert not value or value[0] == " "
            pairs.append((yaml_scalar(key), yaml_scalar(value[1:]) if value else ()))
    return pairs


@often
@given(hostile_texts())
def test_any_text_reads_the_same_after_writing(text: str) -> None:
    manuscript = load(text).manuscript

    assert load(dump(manuscript)).manuscript == manuscript


@often
@given(hostile_texts())
def test_canonical_text_is_written_as_it_stands(text: str) -> None:
    canonical = dump(load(text).manuscript)

    assert dump(load(canonical).manuscript) == canonical


@often
@given(st.text())
def test_any_characters_at_all_can_be_read_and_written(text: str) -> None:
    manuscript = load(text).manuscript

    assert load(dump(manuscript)).manuscript == manuscript


@often
@given(hostile_texts())
def test_a_header_read_alone_is_the_header_of_the_whole(text: str) -> None:
    whole, alone = load(text).manuscript, load_header(text)

    assert (alone.header, alone.header_tail) == (whole.header, whole.header_tail)


@given(manuscripts())
def test_any_valid_manuscript_comes_back_from_its_text(manuscript: Manuscript) -> None:
    assert load(dump(manuscript)).manuscript == manuscript


@often
@given(manuscripts(flawless=True))
def test_a_flawless_manuscript_is_written_without_a_flaw(manuscript: Manuscript) -> None:
    problems = load(dump(manuscript)).problems

    assert [problem for problem in problems if problem.rule != "F010"] == []


@often
@given(headers(unique=True))
def test_a_canonical_header_is_yaml_with_equal_strings(fields: tuple[Field, ...]) -> None:
    text = dump(Manuscript(header=fields))

    assert yaml_header(text) == [(field.key, field.value) for field in fields]


@often
@given(hostile_texts())
def test_every_problem_names_a_line_that_exists(text: str) -> None:
    problems: tuple[Remark, ...] = load(text).problems

    assert all(1 <= problem.line <= len(lines_of(text)) for problem in problems)
    assert all("\n" not in problem.message and problem.message for problem in problems)


@often
@given(hostile_texts())
def test_every_block_names_the_lines_where_it_and_its_body_stand(text: str) -> None:
    lines = lines_of(text)

    for block in load(text).manuscript.blocks:
        assert lines[block.line - 1].strip(" \t")
        assert bool(block.body_line) == bool(block.body)
        assert block.body.split("\n")[0] in lines[block.body_line - 1]


@often
@given(hostile_texts())
def test_every_field_names_the_line_where_it_stands(text: str) -> None:
    lines = lines_of(text)
    manuscript = load(text).manuscript

    for field in (*manuscript.header, *(field for block in manuscript.blocks for field in block.fields)):
        line = lines[field.line - 1]
        assert field.key in line.lower().split(":")[0] or field.key in line or line.lstrip().startswith("-")


@often
@given(st.lists(st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(["", "\n", "\n\n"])), max_size=24))
def test_no_word_is_ever_lost(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{fragment} word{number}{end}" for number, (fragment, end) in enumerate(parts))

    written = dump(load(text).manuscript)

    assert [f"word{number}" for number in range(len(parts)) if f"word{number}" not in written] == []


VALUES = st.dictionaries(
    st.sampled_from(["title", "slug", "id", "dek", "tags", "byline", "x-own", "own"]),
    st.sampled_from(["", "Salt", "a: b", " edge ", "12", '"q"', "- x", "#"]),
    min_size=1,
    max_size=3,
)


@often
@given(hostile_texts(), VALUES)
def test_a_stamp_shows_its_values_and_changes_nothing_else(text: str, values: dict[str, str]) -> None:
    before = load(text).manuscript
    wanted = {key: (value,) if key in HEADER_LISTS else value for key, value in values.items()}

    after = load(stamp(text, wanted)).manuscript

    for key, value in wanted.items():
        shown = next(field for field in after.header if field.key == key)
        assert shown.value == value
        assert shown.above == next((field.above for field in before.header if field.key == key), ())
    assert [f for f in after.header if f.key not in values] == [f for f in before.header if f.key not in values]
    assert (after.header_tail, after.blocks) == (before.header_tail, before.blocks)


@often
@given(hostile_texts(), st.sampled_from([key for key in HEADER if key not in HEADER_LISTS]))
def test_a_stamp_of_a_new_key_adds_one_line_and_leaves_every_other_as_typed(text: str, key: str) -> None:
    loaded = load(text)
    assume({problem.rule for problem in loaded.problems}.isdisjoint({"F002", "F008"}))
    assume(all(field.key != key for field in loaded.manuscript.header))

    after = _LINE_END.split(stamp(text, {key: "Salt"}))
    after.remove(f"{key}: Salt")

    assert "\n".join(after).removesuffix("\n") == "\n".join(_LINE_END.split(text)).removesuffix("\n")
