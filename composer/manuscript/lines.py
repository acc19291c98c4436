"""A text's lines: what ends one, and which characters no edition can hold.

Knows nothing of what the lines mean. XML and YAML refuse the characters that are removed here, and feeds are XML.
"""

import re
from collections.abc import Sequence

from composer.model import Remark

ENDS = "\n\v\f\r\x85\u2028\u2029"  # Word writes \v for a soft line end, page breaks are \f
_LINE = re.compile(f"[^{ENDS}]*(?:\r\n|[{ENDS}])|[^{ENDS}]+")
_REMOVED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ODD_END = re.compile("[\v\f\x85\u2028\u2029]")
_NAMED_MOST = 5


def raw_lines(text: str) -> list[str]:
    """Return a text's lines as typed, each with its own line end; joined they are the text again."""
    return _LINE.findall(text)


def has_end(raw: str) -> bool:
    """Say whether a raw line carries its line end; only a text's last can lack it."""
    return raw.endswith(tuple(ENDS))


def line_end(raw: Sequence[str]) -> str:
    """Return what ends a line in this text, going by its first."""
    return "\r\n" if raw and raw[0].endswith("\r\n") else "\n"


def clean(raw: str) -> str:
    """Return one raw line without its end and without the characters that no edition can hold."""
    return _REMOVED.sub("", raw.rstrip(ENDS))


def cleaned(words: str) -> list[str]:
    """Return the clean lines of a text."""
    return [clean(raw) for raw in raw_lines(words)]


def flat(words: str) -> str:
    """Return words as one clean line; a line end becomes a space."""
    return " ".join(cleaned(words))


def is_blank(line: str) -> bool:
    """Say whether a line holds nothing but spaces and tabs, as Markdown sees it."""
    return not line.strip(" \t")


def trim(lines: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return the span lines[start:end] without blank lines at either edge."""
    while start < end and is_blank(lines[start]):
        start += 1
    while start < end and is_blank(lines[end - 1]):
        end -= 1
    return start, end


def body_of(words: str) -> str:
    """Return words as a body holds them: clean lines, none blank at either edge."""
    lines = cleaned(words)
    start, end = trim(lines, 0, len(lines))
    return "\n".join(lines[start:end])


def remark_characters(text: str, raw: Sequence[str]) -> list[Remark]:
    """Say once what was removed, and once which unusual line ends were read as new lines (F006)."""
    removed = _places(_REMOVED, text, raw)
    ends = _places(_ODD_END, text, raw)
    found = (
        (removed, "unseen characters left out, here and below: {n} ({names}); look whether a word has suffered"),
        (ends, "unusual line ends read as new lines, here and below: {n} ({names}); look whether a line is cut in two"),
    )
    return [
        Remark(rule="F006", severity="info", message=sentence.format(n=len(seen), names=_names(seen)), line=seen[0][0])
        for seen, sentence in found
        if seen
    ]


def _places(pattern: re.Pattern[str], text: str, raw: Sequence[str]) -> list[tuple[int, str]]:
    if not pattern.search(text):
        return []
    return [(number, found) for number, line in enumerate(raw, 1) for found in pattern.findall(line)]


def _names(seen: Sequence[tuple[int, str]]) -> str:
    names = sorted({f"U+{ord(character):04X}" for _, character in seen})
    return ", ".join(names[:_NAMED_MOST]) + (" …" if len(names) > _NAMED_MOST else "")
