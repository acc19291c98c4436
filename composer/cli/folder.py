"""`currents init`: a folder becomes a newsletter."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from composer import resources
from composer.cli import screen
from composer.errors import ConflictError
from composer.settings import FILE
from composer.text import slug

FOLDERS = ("seeds", "templates", "editions", "db", "outbox")


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="What readers will call it; else the folder's name.")
def init(folder: Path, name: str | None) -> None:
    """Make DIR a newsletter: a commented newsletter.toml and the folders beside it."""
    root = folder.resolve()
    make_newsletter(root, name or root.name.replace("-", " ").capitalize())
    screen.say(f"{folder / FILE}: written; open it and fill in the addresses")
    screen.say("next: currents follow ADDRESS, currents collect, currents articles")


def make_newsletter(root: Path, name: str) -> None:
    """Write newsletter.toml and the folders. Raises ConflictError when the folder is a newsletter already."""
    if (root / FILE).exists():
        raise ConflictError(f"{root / FILE}: exists already; nothing was changed")
    template = (resources.templates() / FILE).read_text(encoding="utf-8")
    values = {
        'name = "My newsletter"': f"name = {json.dumps(name, ensure_ascii=False)}",
        "tag_year = 2026": f"tag_year = {datetime.now(UTC).year}",
        'tag_name = "newsletter"': f'tag_name = "{slug(name) or "newsletter"}"',
    }
    for before, after in values.items():
        template = _exchanged(template, before, after)
    make_folders(root)
    with (root / FILE).open("x", encoding="utf-8") as file:
        file.write(template)


def _exchanged(template: str, before: str, after: str) -> str:
    """Put one setting in another's place, so that the remark beside it stays in its column while there is room."""
    head, tail = template.split(before, 1)
    room = len(before) + len(tail) - len(tail.lstrip(" ")) - 1
    return f"{head}{after.ljust(room)} {tail.lstrip(' ')}"


def make_folders(root: Path) -> None:
    """Make the folders that a newsletter works in."""
    for name in FOLDERS:
        (root / name).mkdir(parents=True, exist_ok=True)
