"""Where a text's paragraphs stand, hard-wrapped or not. It changes no character."""

import re
from collections.abc import Iterator
from itertools import pairwise

_WRAPPED_LINE_MOST = 100
_CLOSING = tuple(".!?…。！？؟۔:;")
_QUOTES_AND_BRACKETS = "\"'”’»“)]›」』"
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE_END = re.compile(r"\n")


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of every paragraph, white space around it left out.

    Paragraphs end at blank lines, and at every line end too unless the text is hard-wrapped.
    """
    ends = _BLANK_LINES if _wrapped(text) else _LINE_END
    at = 0
    for start, end in [*(mark.span() for mark in ends.finditer(text)), (len(text), len(text))]:
        words = text[at:start]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            yield at + lead, at + len(words.rstrip())
        at = end


def closed(words: str) -> bool:
    """Say whether words end as a sentence does."""
    return words.rstrip().rstrip(_QUOTES_AND_BRACKETS).rstrip().endswith(_CLOSING)


def _wrapped(text: str) -> bool:
    """Say whether lines were broken to fit a width: all short, and most broken off inside a sentence."""
    lines = [line.strip() for line in text.split("\n")]
    followed = [line for line, after in pairwise(lines) if line and after]
    if not followed or max(map(len, lines)) > _WRAPPED_LINE_MOST:
        return False
    broken = sum(1 for line in followed if not closed(line))
    return 2 * broken > len(followed)
