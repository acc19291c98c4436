"""Which letters need a closer look: most feeds hold none of them, and one glance at the whole feed's bytes says so.

A class of letters costs a pattern some nanoseconds for each letter that it looks at. What is usual in ASCII is dropped
from UTF-8 at the speed of a copy, and only the rest is looked at.
"""

import re

_USUAL = bytes(range(0x20, 0x7F)) + b"\t\n"
_ODD = re.compile(  # in UTF-8 without its usual ASCII: no letter's bytes can be taken for a part of another's
    rb"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]"  # controls
    rb"|\xe1\x9a\x80|\xe2\x80[\x80-\x8a]|\xe2\x81\x9f|\xe3\x80\x80"  # spaces of other widths
    rb"|\xe2\x80[\xa8-\xaf]|\xe2\x81[\xa6-\xa9]"  # line and paragraph ends, bidi overrides and isolates
    rb"|\xed[\xa0-\xbf]|\xef\xb7[\x90-\xaf]|\xef\xbf[\xbe\xbf]"  # lone surrogates, non-characters
)
_NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+))")


def is_usual(words: str) -> bool:
    """Say whether words hold no control character but tab and line feed, and no white space but these, U+20 and U+A0.

    Such words are what `clean.plain` makes of them. Whatever else is said no of costs time alone.
    """
    return is_usual_utf8(words.encode("utf-8", "surrogatepass"))


def is_usual_utf8(words: bytes) -> bool:
    """Say of words in UTF-8 what `is_usual` says."""
    return _ODD.search(words.translate(None, _USUAL)) is None


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
