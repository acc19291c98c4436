"""The house itself: what may import what, and what stays light."""

import json
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import composer
import db

HEAVY = {
    "sqlalchemy",
    "alembic",
    "feedparser",
    "jinja2",
    "mjml",
    "lxml",
    "aiohttp",
    "PIL",
    "babel",
    "rich",
    "trafilatura",
}
MODULES = sorted(
    module.name
    for package in (composer, db)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if ".migrations." not in module.name and not module.name.endswith("__main__")
)
ROOT = Path(composer.__file__).resolve().parent.parent


def loaded_by(statement: str) -> set[str]:
    program = f"{statement}; import json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("statement", ["import composer", "import composer.cli", "import composer.cli.group"])
def test_the_command_line_starts_without_a_heavy_library(statement: str) -> None:
    assert loaded_by(statement) & HEAVY == set()


def test_help_imports_no_command() -> None:
    modules = _modules_after_help()

    assert modules & HEAVY == set()
    assert "composer.app" not in modules


def _modules_after_help() -> set[str]:
    program = (
        "import json, sys\n"
        "from composer.cli.edge import run\n"
        "from composer.cli.group import currents\n"
        "run(currents, ['--help'])\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr))


def test_every_module_can_be_imported_first() -> None:
    program = (
        "import importlib, json, os, sys\n"
        "failed = []\n"
        "for name in json.loads(sys.argv[1]):\n"
        "    child = os.fork()\n"
        "    if child == 0:\n"
        "        try:\n"
        "            importlib.import_module(name)\n"
        "        except BaseException as error:\n"
        "            print(name, repr(error), flush=True)\n"
        "            os._exit(1)\n"
        "        os._exit(0)\n"
        "    if os.waitpid(child, 0)[1]:\n"
        "        failed.append(name)\n"
        "sys.exit(len(failed))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(MODULES)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_prints_but_the_screen() -> None:
    files = [file for package in ("composer", "db") for file in (ROOT / package).rglob("*.py")]

    printing = [file.name for file in files if re.search(r"(?<![.\w])print\(|click\.echo", file.read_text())]

    assert printing == ["screen.py"]


def test_the_public_face_is_sorted_and_whole() -> None:
    assert composer.__all__ == sorted(composer.__all__, key=lambda name: (not name[0].isupper(), name))
    assert all(getattr(composer, name) for name in composer.__all__)


def test_no_file_of_the_product_is_longer_than_a_reader_can_hold() -> None:
    files = [file for package in ("composer", "db") for file in (ROOT / package).rglob("*.py")]

    assert [str(file) for file in files if file.read_text().count("\n") > 400] == []
