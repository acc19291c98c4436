"""A theme: its templates and tokens, read from the newsletter's own folder and the shipped ones, and checked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from composer.errors import NotFoundError, ThemeError
from composer.rendering.press import check_templates, environment, theme_errors
from composer.rendering.tokens import FILE, Tokens, custom_properties, read_sheet, read_tokens

SUFFIXES = {".j2", ".css", ".js"}
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme, ready to print with."""

    name: str
    tokens: Tokens
    sources: Mapping[str, str]  # every template and style sheet by its path inside the theme: "parts/quote.mjml.j2"
    mail: Environment  # words become tokens
    pages: Environment  # `.html.j2` escapes its words, `.css.j2` and `.txt.j2` print them as they are

    def html(self, template: str, **values: object) -> str:
        """Print a page, text or CSS template; it knows the tokens as `theme`. Raises ThemeError."""
        with theme_errors():
            return self.pages.get_template(template).render(theme=self.tokens, **values)

    def file(self, name: str) -> str:
        """Return a file of the theme as it is. Raises ThemeError."""
        if name not in self.sources:
            raise ThemeError(name, 1, f"the theme {self.name} has no such file")
        return self.sources[name]

    @property
    def custom_properties(self) -> str:
        """Return the tokens as CSS custom properties, the dark palette for those who ask for it."""
        return custom_properties(self.tokens)


def load_theme(name: str, folders: Sequence[Path]) -> Theme:
    """Read a theme from the folders that hold themes, the newsletter's own first.

    A part in an earlier folder stands for the same part in a later one; `extends = "currents"` in theme.toml takes
    every missing part and token from another theme. Raises NotFoundError, ThemeError.
    """
    layers = _layers(name, folders)
    tokens = read_tokens(read_sheet(layer / FILE) for layer in reversed(layers) if (layer / FILE).is_file())
    sources: dict[str, str] = {}
    for layer in reversed(layers):
        files = sorted(file for file in layer.rglob("*") if file.suffix in SUFFIXES)
        sources |= {file.relative_to(layer).as_posix(): _read(file, layer) for file in files}
    mail = environment(sources, mail=True)
    check_templates(mail, sources)
    return Theme(name=name, tokens=tokens, sources=sources, mail=mail, pages=environment(sources, mail=False))


def _layers(name: str, folders: Sequence[Path]) -> list[Path]:
    """Return the folders of a theme and of those it extends, the strongest first."""
    layers: list[Path] = []
    wanted, seen = name, set[str]()
    while wanted:
        if wanted in seen:
            raise ThemeError(f"{wanted}/{FILE}", 1, "extends itself")
        seen.add(wanted)
        found = _folders(wanted, folders)
        layers += found
        wanted = next((base for folder in found if (base := _extends(folder)) and base != wanted), "")
    return layers


def _folders(name: str, folders: Sequence[Path]) -> list[Path]:
    found = [folder / name for folder in folders if _NAME.fullmatch(name) and (folder / name).is_dir()]
    if not found:
        known = sorted({file.parent.name for folder in folders for file in folder.glob(f"*/{FILE}")})
        raise NotFoundError(f'no theme "{name}"; there are {", ".join(known) or "none"}')
    return found


def _extends(folder: Path) -> str:
    if not (folder / FILE).is_file():
        return ""
    sheet = read_sheet(folder / FILE)
    base = sheet.tables.get("extends", "")
    if not isinstance(base, str):
        raise sheet.wrong("extends", "", "must be another theme's name")
    return base


def _read(file: Path, layer: Path) -> str:
    name = file.relative_to(layer).as_posix()
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ThemeError(name, 1, "not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise ThemeError(name, 1, f"cannot be read: {error.strerror}") from error
