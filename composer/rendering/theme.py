"""A theme: its templates and tokens, read from the newsletter's own folder and the shipped ones, and checked.

The shipped themes print here. Templates that lie anywhere else are somebody's programs: they are read and printed by a
child process that can open nothing and is ended when it takes too long or too much (`composer.rendering.apart`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment

from composer import resources
from composer.children import Child, LostError
from composer.errors import NotFoundError, ThemeError
from composer.rendering.faults import theme_errors
from composer.rendering.press import environment
from composer.rendering.tokens import FILE, Sheet, Tokens, custom_properties, read_sheet, read_tokens

SUFFIXES = {".j2", ".css", ".js"}
BYTES_MOST = 512 * 1024  # of a file; the longest shipped one has ten
FILES_MOST = 500
ALL_BYTES_MOST = 4 * 1024 * 1024  # of a theme's folder
CPU_SECONDS_MOST = 5  # for one print of a theme that is not shipped; the shipped ones take some hundredths
MEMORY_BYTES_MOST = 192 * 1024 * 1024
_APART = "composer.rendering.apart"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A theme, ready to print with."""

    name: str
    tokens: Tokens
    sources: Mapping[str, str]  # every template and style sheet by its path inside the theme: "parts/quote.mjml.j2"
    apart: bool = False  # it holds templates that are not shipped: a child prints it

    @cached_property
    def mail(self) -> Environment:
        """Print mails: words become tokens."""
        return environment(self.sources, mail=True)

    @cached_property
    def pages(self) -> Environment:
        """Print pages: `.html.j2` escapes its words, `.css.j2` and `.txt.j2` print them as they are."""
        return environment(self.sources, mail=False)

    @cached_property
    def digest(self) -> str:
        """Return what tells this theme from every other: a hash over all that it is made of."""
        return sha256(repr((self.name, self.tokens, sorted(self.sources.items()))).encode()).hexdigest()

    def html(self, template: str, **values: object) -> str:
        """Print a page, text or CSS template; it knows the tokens as `theme`. Raises ThemeError."""
        if self.apart:
            return str(self.ask("html", template, values, blamed=template))
        with theme_errors(template):
            return self.pages.get_template(template).render(theme=self.tokens, **values)

    def ask(self, work: str, *given: object, blamed: str) -> Any:  # noqa: ANN401 (what JSON can hold)
        """Let the child do one of `composer.rendering.apart`'s works with this theme. Raises ThemeError.

        `blamed` is the template that is named when the child is lost over it.
        """
        made_of = {"name": self.name, "tokens": self.tokens, "sources": dict(self.sources)}
        try:
            answer = the_child().ask("work", work, self.digest, made_of, given)
        except LostError as error:
            raise ThemeError(
                blamed, 1, f"was refused: printing it {error}; `currents theme check {self.name}` looks for the part"
            ) from error
        if "fault" in answer:
            raise ThemeError(*answer["fault"])
        return answer["done"]

    def file(self, name: str) -> str:
        """Return a file of the theme as it is. Raises ThemeError."""
        if name not in self.sources:
            raise ThemeError(name, 1, f"the theme {self.name} has no such file")
        return self.sources[name]

    @property
    def custom_properties(self) -> str:
        """Return the tokens as CSS custom properties, the dark palette for those who ask for it."""
        return custom_properties(self.tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One folder of a theme: its own, or that of a theme which it extends."""

    name: str
    folder: Path

    @property
    def shipped(self) -> bool:
        """Say whether it came with Currents."""
        return self.folder.resolve().is_relative_to(resources.templates().resolve())

    @property
    def sheet(self) -> Sheet | None:
        """Return its theme.toml, if it has one. Raises ThemeError."""
        return read_sheet(self.folder / FILE) if (self.folder / FILE).is_file() else None

    def files(self) -> Iterator[tuple[str, str]]:
        """Give its templates and style sheets: path inside the theme, text. Raises ThemeError.

        A link that leads out of the folder is refused: what it leads to would be printed.
        """
        home, shipped = self.folder.resolve(), self.shipped
        found = sorted(file for file in self.folder.rglob("*") if file.suffix in SUFFIXES)
        if len(found) > FILES_MOST:
            raise ThemeError(f"{self.name}/{FILE}", 1, f"more than {FILES_MOST} files lie beside it")
        if not shipped and sum(file.stat().st_size for file in found if file.is_file()) > ALL_BYTES_MOST:
            raise ThemeError(f"{self.name}/{FILE}", 1, f"more than {ALL_BYTES_MOST // 1_048_576} MB lie beside it")
        for file in found:
            name = file.relative_to(self.folder).as_posix()
            if not shipped and not (file.is_file() and file.resolve().is_relative_to(home)):
                raise ThemeError(name, 1, "is no file of this folder; put the file itself here")
            yield name, _read(file, name)


def load_theme(name: str, folders: Sequence[Path]) -> Theme:
    """Read a theme from the folders that hold themes, the newsletter's own first.

    A part in an earlier folder stands for the same part in a later one; `extends = "currents"` in theme.toml takes
    every missing part and token from another theme. Raises NotFoundError, ThemeError.
    """
    layers = theme_layers(name, folders)
    tokens = read_tokens(sheet for layer in reversed(layers) if (sheet := layer.sheet))
    sources, apart = theme_sources(layers)
    theme = Theme(name=name, tokens=tokens, sources=sources, apart=apart)
    if apart:  # the shipped ones are vetted by the tests; reading fifty templates here takes longer than printing
        theme.ask("vet", blamed=next(iter(sources)))
    return theme


def theme_layers(name: str, folders: Sequence[Path]) -> list[Layer]:
    """Return the folders of a theme and of those it extends, the strongest first. Raises NotFoundError, ThemeError."""
    layers: list[Layer] = []
    wanted, seen = name, set[str]()
    while wanted:
        if wanted in seen:
            raise ThemeError(f"{wanted}/{FILE}", 1, "extends itself")
        seen.add(wanted)
        found = _folders(wanted, folders)
        layers += found
        wanted = next((base for layer in found if (base := extended(layer)) and base != wanted), "")
    return layers


def theme_sources(layers: Sequence[Layer]) -> tuple[dict[str, str], bool]:
    """Return every file by its path inside the theme, and whether a template among them is not shipped.

    Raises ThemeError.
    """
    sources: dict[str, str] = {}
    foreign = set[str]()
    for layer in reversed(layers):
        files = dict(layer.files())
        sources |= files
        foreign = foreign - files.keys() if layer.shipped else foreign | files.keys()
    return sources, any(name.endswith(".j2") for name in foreign)


def theme_names(folders: Sequence[Path]) -> list[str]:
    """Return the names of all themes, sorted."""
    return sorted({file.parent.name for folder in folders for file in folder.glob(f"*/{FILE}")})


def extended(layer: Layer) -> str:
    """Return the name of the theme that a layer extends, or "". Raises ThemeError."""
    sheet = layer.sheet
    base = sheet.tables.get("extends", "") if sheet else ""
    if sheet and not isinstance(base, str):
        raise sheet.wrong("extends", "", "must be another theme's name").error
    return str(base)


@cache
def the_child() -> Child:
    """Return the one child of this process that prints themes which are not shipped."""
    return Child(_APART, memory_bytes=MEMORY_BYTES_MOST, cpu_seconds=CPU_SECONDS_MOST)


def _folders(name: str, folders: Sequence[Path]) -> list[Layer]:
    found = [folder / name for folder in folders if NAME.fullmatch(name) and (folder / name).is_dir()]
    if not found:
        known = theme_names(folders)
        near = get_close_matches(name, known, 1)
        meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(known) or 'none'}"
        raise NotFoundError(f'no theme "{name}"; {meant}')
    return [Layer(name=name, folder=folder) for folder in found]


def _read(file: Path, name: str) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(BYTES_MOST + 1)
        if len(content) > BYTES_MOST:
            raise ThemeError(name, 1, f"longer than {BYTES_MOST // 1024} KB, which no part needs")
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise ThemeError(name, 1, "not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise ThemeError(name, 1, f"cannot be read: {error.strerror}") from error
