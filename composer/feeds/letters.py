"""Which letters need a closer look: most feeds hold none of them, and one glance at the whole feed says so.

A class of letters costs a pattern some nanoseconds for each letter that it looks at. What is usual in ASCII is dropped
at the speed of a copy, and of the rest it is asked whether all of it can be seen; only where that is not so, a pattern
looks for what is odd.
"""

import re

_USUAL = bytes(range(0x20, 0x7F)) + b"\t\n"
_ODD = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # controls
    "\u1680\u2000-\u200a\u205f\u3000"  # spaces of other widths
    "\u2028-\u202f\u2066-\u2069"  # line and paragraph ends, bidi overrides and isolates
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # lone surrogates, non-characters
)
_NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+))")


def is_usual(words: str) -> bool:
    """Say whether words hold no control character but tab and line feed, and no white space but these, U+20 and U+A0.

    Such words are what `clean.plain` makes of them. Whatever else is said no of costs time alone.
    """
    return is_usual_utf8(words.encode("utf-8", "surrogatepass"))


def is_usual_utf8(words: bytes) -> bool:
    """Say of words in UTF-8 what `is_usual` says."""
    rest = words.translate(None, _USUAL).decode("utf-8", "surrogatepass").replace("\xa0", "")
    return rest.isprintable() or _ODD.search(rest) is None


def names_only_usual(words: str) -> bool:
    """Say whether the numeric character references in words stand for usual letters alone."""
    if "&#" not in words:
        return True
    codes = {int(hexadecimal or "0", 16) or int(decimal or "0") for hexadecimal, decimal in _references(words)}
    return all(is_shown(code) for code in codes)


def is_shown(code: int) -> bool:
    """Say whether a number stands for a letter that can be seen, or for the one space that is not broken."""
    return code == 0xA0 or (code <= 0x10FFFF and chr(code).isprintable())  # noqa: PLR2004 (Unicode's last)


def _references(words: str) -> set[tuple[str, str]]:
    return {(found[0][:8], found[1][:8]) for found in _NUMBERED.findall(words)}
