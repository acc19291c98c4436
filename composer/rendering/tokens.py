"""A theme's tokens: colours, fonts, sizes, read from `theme.toml` and checked. It knows neither templates nor mail."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from composer.colours import contrast
from composer.errors import ThemeError
from composer.rendering.faults import Fault, hint

FILE = "theme.toml"
BYTES_MOST = 64 * 1024
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
WORDS = ("extends", "about")
FONTS = ("serif", "sans")
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
class Sheet:
    """One theme.toml: where it lies, its text (tomllib keeps no places) and its tables."""

    name: str
    text: str
    tables: Mapping[str, Any]

    def wrong(self, table: str, key: str, sentence: str, severity: str = "error") -> Fault:
        """Return what is wrong with a table or a key of it."""
        where = f"{table}.{key}" if key else table
        return Fault(self.name, self._line(table, key), f"{where} {sentence}", severity)

    def _line(self, table: str, key: str) -> int:
        found, current = 1, ""
        for number, line in enumerate(self.text.splitlines(), 1):
            if heading := re.match(r"\s*\[([^\]]+)\]", line):
                current = heading.group(1).strip()
                found = number if current == table else found
            elif current == (table if key else "") and re.match(rf"\s*{re.escape(key or table)}\s*=", line):
                return number
        return found


def read_sheet(file: Path) -> Sheet:
    """Read a theme.toml. Raises ThemeError."""
    name = f"{file.parent.name}/{file.name}"
    try:
        with file.open("rb") as opened:
            content = opened.read(BYTES_MOST + 1)
        if len(content) > BYTES_MOST:
            raise ThemeError(name, 1, f"longer than {BYTES_MOST // 1024} KB, which no sheet of tokens needs")
        text = content.decode("utf-8-sig")
        return Sheet(name, text, tomllib.loads(text))
    except RecursionError as error:
        raise ThemeError(name, 1, "nested too deep") from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise ThemeError(name, int(place.group(1)) if place else 1, f"not TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise ThemeError(name, 1, "not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise ThemeError(name, 1, f"cannot be read: {error.strerror}") from error


def read_tokens(sheets: Iterable[Sheet]) -> Tokens:
    """Lay theme sheets over each other, the base first, and check them. Raises ThemeError for the first mistake."""
    faults: list[Fault] = []
    tokens = lay_tokens(sheets, faults)
    if tokens is None:
        raise min(faults).error
    return tokens


def lay_tokens(sheets: Iterable[Sheet], faults: list[Fault]) -> Tokens | None:
    """Lay theme sheets over each other, the base first; mistakes go to `faults`, and with any there are no tokens."""
    given: _Given = {}
    last = None
    for sheet in sheets:
        last = sheet
        given |= {place: (sheet, value) for place, value in _entries(sheet, faults)}
    if last is None:
        faults.append(Fault(FILE, 1, "the theme has no theme.toml"))
        return None
    reading = _Reading(given=given, last=last, faults=faults)
    fonts = {key: reading.read("fonts", key, _font) for key in FONTS}
    tokens = Tokens(
        light={key: reading.read("light", key, _colour) for key in COLOURS},
        dark={key: reading.read("dark", key, _colour) for key in COLOURS},
        fonts=fonts,
        type={key: reading.read("type", key, partial(_face, key, fonts)) for key in FACES},
        space={key: reading.read("space", key, _pixels) for key in SPACES},
    )
    if not faults:
        faults += _contrast_faults(tokens, given)
    return None if faults else tokens


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


_Given = dict[tuple[str, str], tuple[Sheet, Any]]
_T = TypeVar("_T")
_TABLES: Mapping[str, tuple[str, ...]] = {
    "light": COLOURS,
    "dark": COLOURS,
    "fonts": FONTS,
    "type": FACES,
    "space": SPACES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What all sheets together give, the last of them, and what was found wrong so far."""

    given: _Given
    last: Sheet
    faults: list[Fault]

    def read(self, table: str, key: str, reader: Callable[[Any], _T]) -> _T:
        """Read one value; a wrong one is noted, and what is returned then is never used."""
        if (table, key) not in self.given:
            self.faults.append(self.last.wrong(table, key, "is missing"))
            return None  # type: ignore[return-value]  # as the docstring says
        sheet, value = self.given[table, key]
        try:
            return reader(value)
        except ValueError as error:
            self.faults.append(sheet.wrong(table, key, str(error)))
            return None  # type: ignore[return-value]  # as above


def _entries(sheet: Sheet, faults: list[Fault]) -> Iterable[tuple[tuple[str, str], Any]]:
    for table, values in sheet.tables.items():
        if table in WORDS:
            if not isinstance(values, str):
                faults.append(sheet.wrong(table, "", "must be words in quotation marks"))
            continue
        if table not in _TABLES or not isinstance(values, dict):
            known = (*WORDS, *_TABLES)
            faults.append(sheet.wrong(table, "", f"is not known{hint(table, known)}; there are {', '.join(known)}"))
            continue
        for key, value in values.items():
            if key in _TABLES[table]:
                yield (table, key), value
            else:
                known = _TABLES[table]
                sentence = f"is not known{hint(key, known)}; [{table}] takes {', '.join(known)}"
                faults.append(sheet.wrong(table, key, sentence))


def _colour(value: object) -> Token:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise ValueError('must be a colour such as "#9C2A1F"')
    return Token(value)


def _font(value: object) -> Token:
    plain = value.replace('"', "'") if isinstance(value, str) else ""
    if not _FAMILY.fullmatch(plain):
        raise ValueError("must be a list of font families such as \"Georgia, 'Times New Roman', serif\"")
    return Token(plain)


def _pixels(value: object) -> int:
    if not _is_pixels(value):
        raise ValueError("must be a whole number of px, from 1 to 2000")
    return int(str(value))


def _is_pixels(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 2000  # noqa: PLR2004 - px


def _face(key: str, fonts: Mapping[str, Token], value: Any) -> Face:  # noqa: ANN401 (what TOML holds)
    wide = value.get("wide") if isinstance(value, dict) else None
    phone = value.get("phone", wide) if isinstance(value, dict) else None
    if not wide or not phone or not (_is_pair(wide) and _is_pair(phone) and value.keys() <= {"font", "wide", "phone"}):
        raise ValueError('must be such as { font = "serif", wide = [18, 29], phone = [17, 27] }, in px')
    font = value.get("font")
    if not isinstance(font, str) or font not in fonts:
        raise ValueError(f"must name its font{hint(str(font), fonts)}: {', '.join(fonts)}")
    return Face(name=Token(key), font=fonts[font], size=wide[0], line=wide[1], phone_size=phone[0], phone_line=phone[1])


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == len("ab") and all(map(_is_pixels, value))


def _contrast_faults(tokens: Tokens, given: _Given) -> Iterable[Fault]:
    for table, palette in (("light", tokens.light), ("dark", tokens.dark)):
        for words, ground in READ_ON:
            found = contrast(palette[words].word, palette[ground].word)
            if found < CONTRAST_LEAST:
                sheet, _ = given[table, words]
                sentence = f"on {ground} has a contrast of {found:.2f}; readers need {CONTRAST_LEAST}"
                yield sheet.wrong(table, words, sentence)
