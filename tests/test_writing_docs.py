"""docs/writing.md says what is so: its examples are read by the program itself."""

import re
from pathlib import Path

import pytest

from composer import resources
from composer.desk.snippets import fill, placeholders
from composer.manuscript import load
from composer.profiles import list_profiles, read_profile
from composer.resources import named_files
from composer.text import words_a_minute

PAGE = (Path(__file__).parents[1] / "docs" / "writing.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    found = re.search(f"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_profile_is_one(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(example("toml"), encoding="utf-8")

    profile = read_profile(file)

    assert (profile.picks, profile.last, profile.minutes) == ("brief", "signup", True)


def test_the_table_of_profiles_is_the_one_that_is_shipped() -> None:
    table = PAGE.partition("## Profiles")[2].partition("`currents profiles` lists")[0]

    assert re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE) == list(list_profiles([resources.templates()]))


def test_the_snippet_is_one_and_the_shipped_ones_are_named() -> None:
    text = example("markdown")
    shipped = named_files([resources.templates()], "snippets/*.md")

    assert placeholders(text) == ("today", "was", "now")
    assert [block.kind for block in fill("x", text, {})] == ["correction"]
    assert set(re.findall(r"`([\w-]+)`", PAGE.partition("Shipped:")[2].partition(";")[0])) == set(shipped)


def test_the_python_does_what_it_says() -> None:
    names: dict[str, str] = {}
    exec(example("python"), names)  # noqa: S102 (our own page)

    blocks = load(names["text"]).manuscript.blocks
    assert [(block.kind, block.get("dateline")) for block in blocks] == [("subhead", ""), ("lede", "Poti")]
    assert "  - Nino Example\n" in names["text"]


@pytest.mark.parametrize(("lang", "name"), [("ar", "Arabic"), ("ru-UA", "Russian"), ("tr", "Turkish")])
def test_the_rates_are_the_program_s(lang: str, name: str) -> None:
    assert f"{name} {words_a_minute(lang)}" in PAGE
    assert words_a_minute("ka") == words_a_minute() == 238
