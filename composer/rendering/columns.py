"""Columns of plain text: how wide words are on a screen of fixed letters, and lines that fit.

Wide letters (East Asian Width W and F, UAX 11) take two columns, marks and invisible controls none. Chinese and
Japanese have no spaces: their lines may break between any two letters, but not before a closing mark.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_BREAKS_ANYWHERE = re.compile("[\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]")
_NOT_FIRST = frozenset("、。，．：；！？）」』】〕〉》・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ”’…")
_NOT_LAST = frozenset("（「『【〔〈《“‘")
_SPACED = re.compile(r"([ \t\n\v\f\r]*)([^ \t\n\v\f\r]+)")  # a no-break space is a letter


def width(words: str) -> int:
    """Return how many columns words take."""
    return len(words) if words.isascii() else sum(map(_cells, words))


def fill(words: str, columns: int, *, first: str, rest: str) -> list[str]:
    """Set words in lines of at most `columns`, `first` before the first and `rest` before the others.

    A word that is wider than a line stands whole on one of its own.
    """
    lines, line, taken = list[str](), first, width(first)
    for number, (gap, piece) in enumerate(_pieces(words)):
        wide = width(piece)
        if number and taken + len(gap) + wide > columns:
            lines.append(line)
            line, taken = rest + piece, width(rest) + wide
        else:
            before = gap if number else ""
            line, taken = line + before + piece, taken + len(before) + wide
    return [*lines, line] if words.strip() else lines


def left(words: str, columns: int) -> str:
    """Fill up with spaces at the end."""
    return words + " " * (columns - width(words))


def right(words: str, columns: int) -> str:
    """Fill up with spaces before."""
    return " " * (columns - width(words)) + words


def _pieces(words: str) -> Iterator[tuple[str, str]]:
    """Yield what must stand together, with the space before it."""
    unparted = not words.isascii() and _BREAKS_ANYWHERE.search(words)
    for gap, word in _SPACED.findall(words):
        spaces, held = " " * len(gap), ""
        if not unparted or not _BREAKS_ANYWHERE.search(word):
            yield spaces, word
            continue
        for letter in word:
            if held and _may_part(held[-1], letter):
                yield spaces, held
                spaces, held = "", ""
            held += letter
        yield spaces, held


def _may_part(before: str, after: str) -> bool:
    if before in _NOT_LAST or after in _NOT_FIRST or not _cells(after):
        return False
    return bool(_BREAKS_ANYWHERE.match(before) or _BREAKS_ANYWHERE.match(after))


@lru_cache(maxsize=4096)
def _cells(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
