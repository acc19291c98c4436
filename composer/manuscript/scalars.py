"""One value on one line: the reader takes it literally, the writer quotes whatever YAML would misread.

A header written so is also valid YAML with equal strings (YAML 1.1 §9, §10; JSON strings are YAML scalars).
"""

import json
import re

from composer.manuscript.lines import flat

_WORDS = "null|true|false|yes|no|on|off|y|n"
_MISREAD = re.compile(
    rf"""
    ^$
    | ^[\s\-?:,\[\]{{}}\#&*!|>'"%@`~=<.+]      # an indicator, a merge key, a sign
    | \s$ | \t
    | :(?:\s|$) | \s\#                         # a mapping, a comment
    | ^(?:{_WORDS})$
    | ^[0-9][0-9a-fxo_.,:+\-tz\ ]*$            # a number, a time of day, a date
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MISREAD_KEY = re.compile(_WORDS, re.IGNORECASE)


def read_value(typed: str) -> str:
    """Return what a value says: a JSON string is decoded, anything else stands for itself."""
    words = typed.strip(" \t")
    if not (len(words) > 1 and words[0] == words[-1] == '"'):
        return words
    try:
        return flat(json.loads(words))
    except ValueError:
        return words


def write_value(value: str) -> str:
    """Return a value as the file holds it, on one line."""
    words = flat(value)
    return json.dumps(words, ensure_ascii=False) if _MISREAD.search(words) else words


def write_key(key: str) -> str:
    """Return a header key as YAML reads it as a string."""
    return f'"{key}"' if _MISREAD_KEY.fullmatch(key) else key
