"""What the docs say is what the program says."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner
from conftest import Ran

import composer
from composer.cli.demonstration import settle
from composer.cli.group import COMMANDS, currents

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def help_of(*words: str) -> str:
    done = CliRunner().invoke(currents, [*words, "--help"], prog_name="currents", terminal_width=100)
    return f"```text\n$ currents {' '.join([*words, '--help'])}\n{done.output.rstrip()}\n```\n"


def test_the_list_of_commands_is_what_help_prints() -> None:
    page = ROOT / "docs" / "commands.md"
    parts = ["# Commands\n\nGenerated from the program: `UPDATE_GOLDEN=1 make docs`.\n", help_of()]
    parts += [f"## {name}\n\n{help_of(name)}" for name in COMMANDS]
    expected = "\n".join(parts)
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(expected, encoding="utf-8")

    assert page.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_table_says_what_a_command_is_for(name: str) -> None:
    context = Context(currents)
    command = currents.get_command(context, name)

    assert command is not None
    assert command.name == name
    assert command.help


def test_every_make_target_that_the_docs_name_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"), ROOT / ".ci" / "run"]
    named = {
        name
        for page in pages
        for name in re.findall(
            r"`make ([a-z]+)`|^(?:exec )?make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE
        )
        for name in name
        if name
    }

    assert named
    assert named <= targets


def test_ci_runs_nothing_that_the_readme_does_not_name() -> None:
    commands = re.findall(r"^exec (make \w+)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)

    assert commands == ["make test"]
    assert "make test" in README


def test_every_page_that_is_linked_is_there() -> None:
    pages = [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").glob("*.md"),
        ROOT / "templates" / "README.md",
    ]
    missing = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([\w./-]+\.(?:md|png))\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]

    assert missing == []


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.split("dependencies = [", 1)[1].split("]", 1)[0]
    names = re.findall(r'"([a-z0-9-]+)', block)
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Dependencies", 1)[1]

    assert [name for name in names if not re.search(rf"\b{name}\b", reasons)] == []


def test_the_readme_transcript_is_what_the_program_prints(
    tmp_path: Path, cli: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    transcript = README.split("```console\n", 1)[1].split("```", 1)[0]
    commands = re.findall(r"^\$ currents (.+)$", transcript, re.MULTILINE) or TRANSCRIPT
    printed = "\n".join(f"$ currents {line}\n{cli(*shlex.split(line)).out}" for line in commands)
    if os.environ.get("UPDATE_GOLDEN"):
        page = README.replace(transcript, printed)
        (ROOT / "README.md").write_text(page, encoding="utf-8")
        transcript = printed

    assert commands
    assert transcript == printed


def test_the_week_in_python_runs_as_it_is_written(tmp_path: Path) -> None:
    settle(tmp_path / "portolan")
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    program = page.split("```python\n", 1)[1].split("```", 1)[0]
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, cwd=tmp_path / "portolan", capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert "characters of mail" in done.stdout.splitlines()[-1]


def test_all_that_can_be_imported_from_the_package_is_told_in_its_page() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    verbs = [name for name in composer.__all__ if name[0].islower()]

    assert [name for name in verbs if f"`{name}`" not in page] == []


TRANSCRIPT = (
    "follow seeds/feeds.opml",
    "collect",
    "articles corridor --limit 3",
    "draft --from seeds/editions/nobody-lives-in-a-corridor.md",
    "proof 1",
    "publish 1",
)
