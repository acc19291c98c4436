"""Columns of plain text: how wide words are on a screen of fixed letters, and lines that fit.

Wide letters (East Asian Width W and F, UAX 11) take two columns, marks and invisible controls none. Chinese and
Japanese have no spaces: their lines may break between any two letters, but not before a closing mark.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_BREAKS_ANYWHERE = re.compile("[\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]")
_ONE_COLUMN_EACH = re.compile(
    "[ -~\t\n\v\f\r\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]*"
)
_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r"), " ")
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
    if not words.strip():
        return []
    if _ONE_COLUMN_EACH.fullmatch(words):
        return _fill_even(words.translate(_SPACES), columns, first, rest)
    lines, line, taken = list[str](), first, width(first)
    for number, (gap, piece) in enumerate(_pieces(words)):
        wide = width(piece)
        if number and taken + len(gap) + wide > columns:
            lines.append(line)
            line, taken = rest + piece, width(rest) + wide
        else:
            before = gap if number else ""
            line, taken = line + before + piece, taken + len(before) + wide
    return [*lines, line]


def _fill_even(words: str, columns: int, first: str, rest: str) -> list[str]:
    """Do the same where every letter takes one column and lines break at spaces alone: most texts, and much faster."""
    head = _line(columns - width(first)).search(words)
    after = _line(columns - width(rest)).findall(words, head.end() if head else 0)
    return [first + head[0] if head else first, *(rest + line for line in after)]


@lru_cache(maxsize=64)
def _line(most: int) -> re.Pattern[str]:
    """Return what finds the next line: as many whole words as fit, at least one."""
    return re.compile(rf"[^ ](?:.{{0,{most - 2}}}[^ ])?(?= |\Z)|[^ ]+" if most > 1 else "[^ ]+")


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
