"""Which themes there are, and how one begins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from composer.errors import ConflictError, NotFoundError, ThemeError, UsageError
from composer.rendering.theme import NAME, Layer, theme_layers, theme_names
from composer.rendering.tokens import FILE

EXAMPLE = "parts/divider.mjml.j2"
_KEY = re.compile(r"^(?P<key>[\w-]+)(?P<rest>\s*=.*)$")
_HEAD = """\
# The tokens of the theme `{name}`. It looks like `{base}`, line by line: take the # away from a line and change it.
# What is not here comes from `{base}`; so does every part that does not lie beside this file.
# `currents theme check {name}` says what is wrong and how well the colours can be read.

extends = "{base}"
about = "like {base}, until you change it"

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A theme as the list shows it."""

    name: str
    own: bool  # it lies in the newsletter's templates, or parts of it do
    extends: tuple[str, ...]  # the theme that it extends, then what that one extends
    folders: tuple[Path, ...]  # where its own files lie, the newsletter's first
    about: str
    problem: str = ""  # why it cannot be read


def list_themes(folders: Sequence[Path]) -> tuple[Standing, ...]:
    """Return every theme of the folders, by name; one whose theme.toml cannot be read says why."""
    return tuple(_standing(name, folders) for name in theme_names(folders))


def first_files(name: str, base: str, folders: Sequence[Path]) -> dict[str, str]:
    """Return the first files of a new theme: a commented theme.toml and one part, as they are in `base`.

    Raises UsageError for a name that no folder should have, ConflictError for one that a theme has, NotFoundError when
    `base` is not there, ThemeError.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"{name}: a theme's name has small letters a-z, digits, - and _, and begins with no sign")
    if name == base:
        raise UsageError(f"{name}: a theme cannot extend itself; give the new one another name")
    if name in theme_names(folders):
        raise ConflictError(f"{name}: a theme has this name already; nothing was changed")
    layers = theme_layers(base, folders)
    sheets = [sheet.text for layer in layers if (sheet := layer.sheet)]
    parts = {path: text for layer in reversed(layers) for path, text in layer.files() if path == EXAMPLE}
    tokens = "".join(f"{line}\n" for line in _commented(sheets))
    return {FILE: _HEAD.format(name=name, base=base) + tokens, **parts}


def _standing(name: str, folders: Sequence[Path]) -> Standing:
    mine = tuple(folder / name for folder in folders if (folder / name).is_dir())
    own = any(not Layer(name=name, folder=folder).shipped for folder in mine)
    try:
        layers = theme_layers(name, folders)
        about = next((said for layer in layers if layer.name == name and (said := _about(layer))), "")
    except (NotFoundError, ThemeError) as error:
        return Standing(name=name, own=own, extends=(), folders=mine, about="", problem=str(error))
    extends = tuple(dict.fromkeys(layer.name for layer in layers if layer.name != name))
    return Standing(name=name, own=own, extends=extends, folders=mine, about=about)


def _about(layer: Layer) -> str:
    sheet = layer.sheet
    said = sheet.tables.get("about", "") if sheet else ""
    return said if isinstance(said, str) else ""


def _commented(sheets: Sequence[str]) -> Iterator[str]:
    """Give every table with every token that holds, the strongest sheet's word for each, behind a #."""
    tables: dict[str, dict[str, str]] = {}
    for sheet in reversed(sheets):
        table = ""
        for line in sheet.splitlines():
            if line.startswith("["):
                table = line.split("]")[0] + "]"
                tables.setdefault(table, {})
            elif table and (found := _KEY.match(line)):
                tables[table][found["key"]] = f"# {line}"
    for table, lines in tables.items():
        yield table
        yield from lines.values()
        yield ""
