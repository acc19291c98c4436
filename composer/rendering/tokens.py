"""A theme's tokens: colours, fonts, sizes, read from `theme.toml` and checked. It knows neither templates nor mail."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from composer.colours import contrast
from composer.errors import ThemeError

FILE = "theme.toml"
CONTRAST_LEAST = 4.5  # WCAG 2.2, 1.4.3
COLOURS = ("page", "card", "ink", "soft", "mute", "rule", "accent", "tint", "on_accent")
READ_ON = (  # (words, ground): every pair that a reader has to read
    ("ink", "card"),
    ("soft", "card"),
    ("mute", "card"),
    ("accent", "card"),
    ("soft", "page"),
    ("mute", "page"),
    ("ink", "tint"),
    ("soft", "tint"),
    ("accent", "tint"),
    ("on_accent", "accent"),
)
FACES = (
    "nameplate",
    "folio",
    "title",
    "dek",
    "byline",
    "lede",
    "dateline",
    "body",
    "subhead",
    "subhead3",
    "pull",
    "quote",
    "speaker",
    "caption",
    "credit",
    "eyebrow",
    "headline",
    "link",
    "source",
    "brief",
    "figure_title",
    "figure",
    "figure_source",
    "button",
    "note",
    "why_title",
    "why",
    "colophon",
)
SPACES = ("width", "side", "phone_side")
_FAMILY = re.compile(r"[A-Za-z0-9 ,'\-]+")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the theme's own: templates may place it where MJML reads it."""

    word: str

    def __str__(self) -> str:
        """Return the word as it is printed."""
        return self.word


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How a kind of words is set: sizes and lines in px, on a wide card and on a phone."""

    name: Token
    font: Token
    size: int
    line: int
    phone_size: int
    phone_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What templates know as `theme`."""

    light: Mapping[str, Token]
    dark: Mapping[str, Token]
    fonts: Mapping[str, Token]
    type: Mapping[str, Face]
    space: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One theme.toml: where it lies, its text (tomllib keeps no places) and its tables."""

    name: str
    text: str
    tables: Mapping[str, Any]

    def wrong(self, table: str, key: str, sentence: str) -> ThemeError:
        where = f"{table}.{key}" if key else table
        return ThemeError(self.name, self._line(table, key), f"{where} {sentence}")

    def _line(self, table: str, key: str) -> int:
        found, current = 1, ""
        for number, line in enumerate(self.text.splitlines(), 1):
            if heading := re.match(r"\s*\[([^\]]+)\]", line):
                current = heading.group(1).strip()
                found = number if current == table else found
            elif current == (table if key else "") and re.match(rf"\s*{re.escape(key or table)}\s*=", line):
                return number
        return found


def read_sheet(file: Path) -> _Sheet:
    """Read a theme.toml. Raises ThemeError."""
    name = f"{file.parent.name}/{file.name}"
    try:
        text = file.read_text(encoding="utf-8-sig")
        return _Sheet(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise ThemeError(name, int(place.group(1)) if place else 1, f"not TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise ThemeError(name, 1, "not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise ThemeError(name, 1, f"cannot be read: {error.strerror}") from error


def read_tokens(sheets: Iterable[_Sheet]) -> Tokens:
    """Lay theme sheets over each other, the base first, and check them. Raises ThemeError."""
    given: dict[tuple[str, str], tuple[_Sheet, Any]] = {}
    last = None
    for sheet in sheets:
        last = sheet
        given |= {place: (sheet, value) for place, value in _entries(sheet)}
    if last is None:
        raise ThemeError(FILE, 1, "the theme has no theme.toml")
    fonts = {key: _font(given, last, key) for key in ("serif", "sans")}
    tokens = Tokens(
        light={key: _colour(given, last, "light", key) for key in COLOURS},
        dark={key: _colour(given, last, "dark", key) for key in COLOURS},
        fonts=fonts,
        type={key: _face(given, last, key, fonts) for key in FACES},
        space={key: _pixels(given, last, "space", key) for key in SPACES},
    )
    _check_contrast(tokens, given)
    return tokens


def custom_properties(tokens: Tokens) -> str:
    """Return the tokens as CSS: `--ink`, `--serif`, `--side`, and the dark palette where readers ask for it."""
    fonts = {"serif": tokens.fonts["serif"].word, "sans": tokens.fonts["sans"].word}
    spaces = {name.replace("_", "-"): f"{px}px" for name, px in tokens.space.items()}
    light, dark = (_declared(_words(palette)) for palette in (tokens.light, tokens.dark))
    return f":root{{{light}{_declared(fonts | spaces)}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _words(palette: Mapping[str, Token]) -> dict[str, str]:
    return {name.replace("_", "-"): token.word for name, token in palette.items()}


def _declared(values: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in values.items())


_Given = Mapping[tuple[str, str], tuple[_Sheet, Any]]


def _entries(sheet: _Sheet) -> Iterable[tuple[tuple[str, str], Any]]:
    known = {"light": COLOURS, "dark": COLOURS, "fonts": ("serif", "sans"), "type": FACES, "space": SPACES}
    for table, values in sheet.tables.items():
        if table == "extends":
            continue
        if table not in known or not isinstance(values, dict):
            raise sheet.wrong(table, "", f"is not known; there are extends, {', '.join(known)}")
        for key, value in values.items():
            if key not in known[table]:
                raise sheet.wrong(table, key, f"is not known; [{table}] takes {', '.join(known[table])}")
            yield (table, key), value


def _value(given: _Given, last: _Sheet, table: str, key: str) -> tuple[_Sheet, Any]:
    if (table, key) not in given:
        raise last.wrong(table, key, "is missing")
    return given[table, key]


def _colour(given: _Given, last: _Sheet, table: str, key: str) -> Token:
    sheet, value = _value(given, last, table, key)
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise sheet.wrong(table, key, 'must be a colour such as "#9C2A1F"')
    return Token(value)


def _font(given: _Given, last: _Sheet, key: str) -> Token:
    sheet, value = _value(given, last, "fonts", key)
    plain = value.replace('"', "'") if isinstance(value, str) else ""
    if not _FAMILY.fullmatch(plain):
        raise sheet.wrong("fonts", key, "must be a list of font families such as \"Georgia, 'Times New Roman', serif\"")
    return Token(plain)


def _pixels(given: _Given, last: _Sheet, table: str, key: str) -> int:
    sheet, value = _value(given, last, table, key)
    if not _is_pixels(value):
        raise sheet.wrong(table, key, "must be a whole number of px, from 1 to 2000")
    return int(value)


def _is_pixels(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 2000  # noqa: PLR2004 - px


def _face(given: _Given, last: _Sheet, key: str, fonts: Mapping[str, Token]) -> Face:
    sheet, value = _value(given, last, "type", key)
    wide = value.get("wide") if isinstance(value, dict) else None
    phone = value.get("phone", wide) if isinstance(value, dict) else None
    if not wide or not phone or not (_is_pair(wide) and _is_pair(phone) and value.keys() <= {"font", "wide", "phone"}):
        raise sheet.wrong("type", key, 'must be such as { font = "serif", wide = [18, 29], phone = [17, 27] }, in px')
    if value.get("font") not in fonts:
        raise sheet.wrong("type", key, f"must name its font: {', '.join(fonts)}")
    return Face(
        name=Token(key), font=fonts[value["font"]], size=wide[0], line=wide[1], phone_size=phone[0], phone_line=phone[1]
    )


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == len("ab") and all(map(_is_pixels, value))


def _check_contrast(tokens: Tokens, given: _Given) -> None:
    for table, palette in (("light", tokens.light), ("dark", tokens.dark)):
        for words, ground in READ_ON:
            found = contrast(palette[words].word, palette[ground].word)
            if found < CONTRAST_LEAST:
                sheet, _ = given[table, words]
                sentence = f"on {ground} has a contrast of {found:.1f}; readers need {CONTRAST_LEAST}"
                raise sheet.wrong(table, words, sentence)
