"""A text's paragraphs and sentences with their places, for en, uk, ru, ka and ar. It changes no character."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from composer.model import Sentence
from composer.summaries.quotations import quotations
from composer.summaries.vocabulary import ENDINGS, NUMBERED, OPENERS, TITLES

_WRAPPED_LINE_MOST = 100
_CLOSING = ".!?…。！？؟:;"
_QUOTES_AND_BRACKETS = "\"'”’»“)]›」』"
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE_END = re.compile(r"\n")
_STOP = re.compile(  # a run of stops is read once, however long it is
    r"((?<![.!?…؟])[.!?…؟]++|(?<![。！？])[。！？]++)([\"'”’»“)\]›」』]*(?:\[\d+\])*)(\s+|(?<=[。！？」』])|$)"
)
_NEXT = re.compile(r"[\s\"'“‘„«‹(\[「『—–\-•*]*")
_LAST_WORD = re.compile(r"[^\s(\[\"'“„«‘]*$")
_WORD = re.compile(r"[\w’']+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|[^\W\d_]")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[IVX]{1,5})")
_SPEECH_TAG = re.compile(r"(?:[^\W\d_][\w’'.-]*\s+){1,3}(?:said|says|asked|asks|told|tells|wrote|writes|added|adds)\b")


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return every sentence in order, `text[start:end] == words`; headings count as sentences.

    Paragraphs end at blank lines, and at every line end too unless the text is hard-wrapped.
    """
    return tuple(_sentences(text))


def closed(words: str) -> bool:
    """Say whether words end as a sentence does."""
    return words.rstrip().rstrip(_QUOTES_AND_BRACKETS).endswith(tuple(_CLOSING))


def _sentences(text: str) -> Iterator[Sentence]:
    carried = False
    for number, (start, end) in enumerate(_paragraphs(text)):
        paragraph = text[start:end]
        spans = quotations(paragraph)
        opened = [opens for opens, _ in spans]
        carried = carried and _NEXT.match(paragraph) is not None and paragraph[0] in "“\"«„'‘"
        for first, last in _cuts(paragraph):
            before = bisect_left(opened, first) - 1  # outermost quotations stand one after another
            inside = before >= 0 and first < spans[before][1]
            yield Sentence(
                start=start + first,
                end=start + last,
                words=paragraph[first:last],
                paragraph=number,
                quoted=inside or (carried and first == 0),
            )
        carried = _runs_on(paragraph, spans)


def _runs_on(paragraph: str, spans: tuple[tuple[int, int], ...]) -> bool:
    """Say whether a quotation is left open, as it is when it continues in the next paragraph."""
    return bool(spans) and spans[-1][1] == len(paragraph) and paragraph[-1] not in _QUOTES_AND_BRACKETS


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    ends = _BLANK_LINES if _wrapped(text) else _LINE_END
    at = 0
    for start, end in [*(mark.span() for mark in ends.finditer(text)), (len(text), len(text))]:
        words = text[at:start]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            yield at + lead, at + len(words.rstrip())
        at = end


def _wrapped(text: str) -> bool:
    """Say whether lines were broken to fit a width: all short, and most broken off inside a sentence."""
    lines = [line.strip() for line in text.split("\n")]
    followed = [line for line, after in pairwise(lines) if line and after]
    if not followed or max(map(len, lines)) > _WRAPPED_LINE_MOST:
        return False
    broken = sum(1 for line in followed if not closed(line))
    return 2 * broken > len(followed)


def _cuts(paragraph: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(paragraph):
        if stop.end() < len(paragraph) and _ends(paragraph, start, stop):
            yield start, stop.end(2)
            start = stop.end()
    if start < len(paragraph):
        yield start, len(paragraph)


def _ends(paragraph: str, start: int, stop: re.Match[str]) -> bool:
    """Say whether a sentence that began at `start` ends at this stop, which is not the paragraph's last."""
    after = _NEXT.match(paragraph, stop.end())
    begin = after.end() if after else stop.end()
    following = paragraph[begin : begin + 1]
    if not following or _small(following) or not any(map(str.isalnum, paragraph[start : stop.start()])):
        return False
    if stop.group(1) != ".":
        return not (stop.group(2) and _SPEECH_TAG.match(paragraph, begin))
    word = _LAST_WORD.search(paragraph, start, stop.start())
    return _word_ends(word.group() if word else "", paragraph, begin, at_start=not word or word.start() == start)


def _word_ends(word: str, paragraph: str, begin: int, *, at_start: bool) -> bool:
    """Say whether a full stop after `word` ends the sentence, given what begins after it."""
    following = _WORD.match(paragraph, begin)
    opens = following is not None and following.group().lower() in OPENERS
    small = word.lower()
    if len(word) == 1 and word.isupper():
        return word == "I"
    if at_start and _LIST_NUMBER.fullmatch(word):
        return False
    if small in NUMBERED and paragraph[begin].isdigit():
        return False
    if small in TITLES:
        return False
    if small in ENDINGS or ("." in word and _INITIALS.fullmatch(word)):
        return opens
    return not _INITIALS.fullmatch(word)


def _small(letter: str) -> bool:
    """Say whether a letter is small in a script that has capitals; Georgian's `islower()` since Unicode 11."""
    return letter.islower() and not "ა" <= letter <= "ჿ"
