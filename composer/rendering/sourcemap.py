"""From a place in printed MJML back to a template's line: the engine knows neither, and often not even the place.

Used only when something went wrong. Templates are printed once more with a mark before each of their lines; the marks
are taken out again, and tell where every character came from.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token as Piece
from jinja2.lexer import TokenStream

from composer.errors import ThemeError
from composer.rendering.faults import theme_errors
from composer.rendering.press import environment
from composer.rendering.vocabulary import DEEPEST, VOID, tidy

_MARK = re.compile("\ue000(\\d+)\ue001")
_TAG = re.compile(
    r"<!--(?:(?!--).)*-->|<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)"
    r"(?P<rest>(?:\s+[\w:@.-]+(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))?)*)\s*(?P<void>/?)>|<",
    re.DOTALL,
)
_PLACE = re.compile(r"position (\d+):")


class Marks(Extension):
    """Put a mark before each line of what a template prints as it stands."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.places: list[tuple[str, int]] = []
        environment.extend(marks=self)

    def filter_stream(self, stream: TokenStream) -> Iterable[Piece]:
        """Mark the words between the tags of Jinja."""
        for piece in stream:
            words = self._marked(piece, stream.name or "") if piece.type == "data" else piece.value
            yield Piece(piece.lineno, piece.type, words)

    def _marked(self, piece: Piece, name: str) -> str:
        lines = piece.value.splitlines(keepends=True)
        return "".join(self._mark(name, piece.lineno + number) + line for number, line in enumerate(lines))

    def _mark(self, name: str, line: int) -> str:
        self.places.append((name, line))
        return f"\ue000{len(self.places) - 1}\ue001"


def blamed(sources: Mapping[str, str], template: str, values: Mapping[str, object], error: ThemeError) -> ThemeError:
    """Return the engine's error with the template's line that it stumbled over.

    `values` are what the template is printed with, the list of words new.
    """
    marking = environment(sources, mail=True, extensions=[Marks])
    marks = marking.extensions[Marks.identifier]
    with theme_errors(template):
        printed = marking.get_template(template).render(values)
    origin = unmarked(printed, marks.places if isinstance(marks, Marks) else [])
    found = first_fault(origin.mjml)
    offset, sentence = found or (place_of(str(error), origin.mjml) or 0, error.sentence)
    part, line = origin.at(offset) or (template, 1)
    return ThemeError(part, line, sentence)


@dataclass(frozen=True, slots=True)
class Map:
    """Printed MJML without marks, and where its pieces came from: (offset, template, line), sorted."""

    mjml: str
    places: tuple[tuple[int, str, int], ...]

    def at(self, offset: int) -> tuple[str, int] | None:
        """Return template and line of a character."""
        found = bisect_right(self.places, offset, key=lambda place: place[0]) - 1
        return self.places[found][1:] if found >= 0 else None


def unmarked(printed: str, places: list[tuple[str, int]]) -> Map:
    """Take the marks out and keep what they say."""
    clean, found, last = list[str](), list[tuple[int, str, int]](), 0
    length = 0
    for mark in _MARK.finditer(printed):
        clean.append(printed[last : mark.start()])
        length += len(clean[-1])
        number = int(mark[1])
        if number < len(places):
            found.append((length, *places[number]))
        last = mark.end()
    clean.append(printed[last:])
    return Map("".join(clean), tuple(found))


def first_fault(mjml: str) -> tuple[int, str] | None:
    """Return offset and sentence for the first thing in printed MJML that the engine cannot read."""
    return next(_faults(mjml), None)


def place_of(message: str, mjml: str) -> int | None:
    """Return the offset in the MJML as it was printed of the place that the engine's message names, if it names one.

    The engine counts bytes and sees the MJML tidied, with other white space.
    """
    named = _PLACE.search(message)
    if not named:
        return None
    seen = tidy(mjml).encode()[: int(named[1])].decode(errors="ignore")
    wanted = len("".join(seen.split()))
    solid = [offset for offset, letter in enumerate(mjml) if not letter.isspace()]
    return solid[wanted] if wanted < len(solid) else None


def _faults(mjml: str) -> Iterator[tuple[int, str]]:
    opened, last = list[tuple[str, int]](), 0
    for tag in _TAG.finditer(mjml):
        yield from _after_an_accent(mjml, last, tag.start())
        last = tag.end()
        if tag.group() == "<":
            yield tag.start(), f"cannot be read as a tag: {_shown(mjml, tag.start())}; a < among words is &lt;"
        yield from _out_of_order(tag, opened)
    yield from _after_an_accent(mjml, last, len(mjml))
    if opened:
        yield opened[-1][1], f"<{opened[-1][0]}> is not closed"


def _out_of_order(tag: re.Match[str], opened: list[tuple[str, int]]) -> Iterator[tuple[int, str]]:
    name = tag["name"]
    if not name or tag["void"] or name in VOID:
        return
    if not tag["close"]:
        opened.append((name, tag.start()))
        if len(opened) > DEEPEST:
            yield tag.start(), f"<{name}> stands inside more than {DEEPEST} tags"
        return
    last, place = opened.pop() if opened else ("", 0)
    if last == name:
        return
    if any(other == name for other, _ in opened):
        yield place, f"<{last}> is not closed"
    yield tag.start(), f"</{name}> closes a tag that is not open"


def _after_an_accent(mjml: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    """Find a > that comes after a letter outside ASCII: the engine counts its bytes wrongly there and panics."""
    sign = mjml.find(">", begin, end)
    if sign >= 0 and not mjml[begin:sign].isascii():
        yield sign, "MJML breaks on a > after a letter with an accent; write &gt;"


def _shown(mjml: str, offset: int) -> str:
    """Return the beginning of what cannot be read, up to where a tag would end."""
    return re.split(r"(?<=>)|\n", mjml[offset : offset + 24], maxsplit=1)[0].strip()
