"""Whether a saved text is whole: editors crash, disks fill, and what lies there then is no revision anybody wrote.

Pure guesses from two texts, the one kept last and the one that lies there now; they only ever ask, never mend.
"""

from composer.manuscript import load
from composer.text import count_words

_NOTHING = " \t\r\n\x00\ufeff"
_ENDS = ("\n", "\r")
_OPEN = ("F001", "F004", "F009", "F011")  # header, box, note, code: not closed
_WORDS_LEAST = 100  # a shorter text may well be rewritten from nothing
_SHRUNK = 0.9  # of its length: whoever only mends does not take a tenth away and the last line end too


def is_blank_text(text: str) -> bool:
    """Say whether a text holds nothing to read."""
    return not text.strip(_NOTHING)


def doubt(before: str, after: str) -> str:
    """Say why the text that lies there seems emptied or cut off, as the rest of a sentence ("is empty"); else "".

    `before` is the text kept last. Words taken out by hand are no reason to doubt, unless two thirds are gone.
    """
    if is_blank_text(before):
        return ""
    if is_blank_text(after):
        return "is empty"
    if after.endswith("\x00"):
        return "ends in zero bytes, as after a power cut"
    if len(after) >= len(before):
        return ""
    return _broken_off(before, after) or _thinned(before, after)


def _broken_off(before: str, after: str) -> str:
    line = after.count("\n") + 1
    if before.startswith(after):
        lost = before[len(after) :]
        inside = not after.endswith(_ENDS) and not lost.startswith(_ENDS)
        cut = inside and ("\n" in lost.rstrip() or _opens_more(before, after))  # not the end of the last line alone
    else:
        cut = before.endswith(_ENDS) and not after.endswith(_ENDS) and len(after) < _SHRUNK * len(before)
        cut = cut and (_opens_more(before, after) or _is_part_of_a_line(before, after))
    if cut:
        return f"breaks off in the middle of line {line}"
    opened = before.startswith(after) and _opens_more(before, after)
    return f"breaks off before something is closed, on line {line - after.endswith(_ENDS)}" if opened else ""


def _thinned(before: str, after: str) -> str:
    had, has = count_words(before), count_words(after)
    lost = had >= _WORDS_LEAST and has * 3 < had
    return f"has {has} of {had} words left" if lost else ""


def _opens_more(before: str, after: str) -> bool:
    had, has = (sum(remark.rule in _OPEN for remark in load(text).problems) for text in (before, after))
    return has > had


def _is_part_of_a_line(before: str, after: str) -> bool:
    last = after.splitlines()[-1]
    return any(line.startswith(last) and line != last for line in before.splitlines() if last.strip())
