"""Whatever happens to a theme's files: it prints, or it says which file is wrong and where. It never breaks anything."""

import random
import re
from functools import cache
from pathlib import Path

import pytest
from editions import THEMES, settings
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from composer.errors import ThemeError
from composer.rendering import article, load_theme
from composer.rendering.email import print_html
from composer.rendering.issue import Issue
from composer.rendering.specimen import specimens

PARTS = sorted(
    (theme, file.relative_to(THEMES / theme).as_posix())
    for theme in ("currents", "digest", "plain")
    for file in (THEMES / theme).rglob("*.j2")
    if file.parent.name == "parts" or theme != "currents"
)
ALPHABET = (
    "<",
    ">",
    "/",
    '"',
    "'",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "&",
    "é",
    "\N{ZERO WIDTH JOINER}",
    "0",
    " ",
    "\n",
    "-->",
    "\x00",
    "\ue0001\ue001",
)


@cache
def edition() -> Issue:
    return specimens(settings())[0]


def drop(source: str, chance: random.Random) -> str:
    at = chance.randrange(len(source))
    return source[:at] + source[at + chance.randint(1, 4) :]


def double(source: str, chance: random.Random) -> str:
    at, size = chance.randrange(len(source)), chance.randint(1, 30)
    return source[:at] + source[at : at + size] + source[at:]


def replace(source: str, chance: random.Random) -> str:
    at = chance.randrange(len(source))
    return source[:at] + chance.choice(ALPHABET) + source[at + 1 :]


def swap(source: str, chance: random.Random) -> str:
    at = chance.randrange(len(source))
    return source[:at] + source[at + 1 : at + 2] + source[at : at + 1] + source[at + 2 :]


def drop_line(source: str, chance: random.Random) -> str:
    lines = source.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return "".join(lines) or "\n"


def double_line(source: str, chance: random.Random) -> str:
    lines = source.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return "".join((*lines[: at + 1], *lines[at:]))


def break_line(source: str, chance: random.Random) -> str:
    return source.replace(" ", "\r\n", chance.randint(1, 5))


HANDED_ON = re.compile(r"\{% (?:set|for) (\w+)")
MUTATIONS = (drop, double, replace, swap, drop_line, double_line, break_line)


def mutated(source: str, seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311 (the same seed must spoil in the same way)
    for _ in range(chance.randint(1, 3)):
        source = chance.choice(MUTATIONS)(source, chance) or "\n"
    return source


def written(folder: Path, theme: str, part: str, source: str) -> Path:
    """Write a theme that extends the shipped one and has one part of its own."""
    own = folder / "mine"
    own.mkdir(exist_ok=True)
    for file in sorted(own.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    (own / "theme.toml").write_text(f'extends = "{theme}"\n')
    (own / part).parent.mkdir(exist_ok=True)
    (own / part).write_bytes(source.encode())
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@given(st.sampled_from(PARTS), st.integers(0, 2**32))
@effort(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mutated_part_prints_or_is_named_with_a_line_of_its_own(
    folder: Path, place: tuple[str, str], seed: int
) -> None:
    theme, part = place
    sound = (THEMES / theme / part).read_text(encoding="utf-8")
    source = mutated(sound, seed)
    said = outcome(written(folder, theme, part, source))
    missed = re.match(r"(\w+) is not there", said.sentence) if said else None
    elsewhere = missed is not None and missed[1] in HANDED_ON.findall(sound)  # it is missed where it was to arrive

    assert said is None or elsewhere or said.part == part, f"{said}\n{source}"
    assert said is None or elsewhere or 1 <= said.line <= len(source.splitlines()), f"{said}\n{source}"
    assert "was refused" not in str(said), f"{said}\n{source}"


def outcome(home: Path) -> ThemeError | None:
    """Print mail and page with the theme, and return what it says is wrong."""
    try:
        mine = load_theme("mine", [home, THEMES])
        assert print_html(edition(), mine).endswith("</html>")
        assert article(edition(), mine)
    except ThemeError as error:
        return error
    return None
