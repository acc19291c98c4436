"""Where quotations stand in a paragraph. Apostrophes are not quotation marks."""

from collections.abc import Iterator

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‟": "”", "‹": "›", "「": "」", "『": "』"}
_SINGLE = "'‘’"


def quotations(paragraph: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of every outermost quotation; one that never closes runs to the paragraph's end."""
    return tuple(_quotations(paragraph))


def _quotations(paragraph: str) -> Iterator[tuple[int, int]]:
    start, closers, depth = 0, "", 0
    for at, mark in enumerate(paragraph):
        if not depth:
            closers = _closers(paragraph, at, mark)
            start, depth = at, 1 if closers else 0
        elif mark in closers and _closes(paragraph, at, mark):
            depth -= 1
            if not depth:
                yield start, at + 1
        elif _closers(paragraph, at, mark) == closers and mark not in closers:
            depth += 1  # the same marks inside themselves
    if depth:
        yield start, len(paragraph)


def _closers(paragraph: str, at: int, mark: str) -> str:
    """Return the marks that would close a quotation opened here, "" when none opens here."""
    if mark in _PAIRS:
        return _PAIRS[mark]
    before = paragraph[at - 1 : at]
    after = paragraph[at + 1 : at + 2]
    if mark == '"':
        return mark if not before.isalnum() else ""
    opens = mark in "'‘" and not before.isalnum() and before not in {".", ",", "!", "?"} and after.isalpha()
    return ("'" if mark == "'" else "’") if opens else ""


def _closes(paragraph: str, at: int, mark: str) -> bool:
    """Tell a closing single mark from an apostrophe; any other mark closes."""
    if mark not in _SINGLE:
        return True
    before, after = paragraph[at - 1 : at], paragraph[at + 1 : at + 2]
    if after.isalnum() or before.isspace():
        return False
    return before not in {"s", "S"} or not after.isspace()
