"""A text's sentences with their places, for en, uk, ru, ka and ar. It changes no character.

Rules, no model: a stop ends a sentence unless the word before it or the letter after it says otherwise.
"""

import re
from collections.abc import Iterator, Sequence

from composer.model import Sentence
from composer.summaries.paragraphs import closed, paragraphs
from composer.summaries.quotations import Quotation, nested
from composer.summaries.vocabulary import ENDINGS, NUMBERED, OPENERS, TITLES

__all__ = ["closed", "sentences"]

_OPENING_QUOTES = "“\"«„'‘"
_WORD_LETTERS_MOST = 40  # longer ones are no abbreviation
_STOP = re.compile(  # a run of stops is read once, however long it is
    r"((?<![.!?…؟۔])[.!?…؟۔]++|(?<![。！？])[。！？]++)([\"'”’»“)\]›」』]*(?:\[\d+\])*)(\s+|(?<=[。！？」』])|$)"
    r"|(?<=[^\W\d_A-ZА-Я][^\W\d_A-ZА-Я][^\W\d_A-ZА-Я])([.!?])()()(?=[A-ZА-ЯІЇЄҐ][^\W\d_]+[\s,])"  # no space after it
)
_NEXT = re.compile(r"[\s\"'“‘„«‹(\[「『—–\-•*]*")
_LAST_WORD = re.compile(r"[^\s(\[\"'“„«‘]*$")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_WORD = re.compile(r"[\w’']+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|[^\W\d_]")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[IVX]{1,5})")
_SPEECH_TAG = re.compile(r"(?:[^\W\d_][\w’'.-]*\s+){1,3}(?:said|says|asked|asks|told|tells|wrote|writes|added|adds)\b")


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return every sentence in order, `text[start:end] == words`; headings count as sentences.

    Nothing but white space lies between two. `depth` counts the quotations that a sentence begins inside of. Time
    grows with the text's length alone. Works by rule; measured in benchmarks/sentences.py.
    """
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    carried = False  # a quotation was left open, as it is when it goes on in the next paragraph
    for number, (start, end) in enumerate(paragraphs(text)):
        paragraph = text[start:end]
        quotations = nested(paragraph)
        carried = carried and _goes_on(paragraph, quotations)
        cuts = tuple(_cuts(paragraph))
        depths = _depths([first for first, _ in cuts], quotations)
        for (first, last), depth in zip(cuts, depths, strict=True):
            yield Sentence(
                start=start + first,
                end=start + last,
                words=paragraph[first:last],
                paragraph=number,
                depth=depth + (carried and first == 0),
            )
        carried = any(not one.closed for one in quotations)


def _goes_on(paragraph: str, quotations: Sequence[Quotation]) -> bool:
    """Say whether a quotation left open above goes on here: it is opened anew."""
    return paragraph[0] in _OPENING_QUOTES and bool(quotations) and quotations[0].start == 0


def _depths(starts: Sequence[int], quotations: Sequence[Quotation]) -> Iterator[int]:
    """Yield for each start, in order, how many quotations it lies inside of."""
    waiting = list(reversed(quotations))
    around: list[Quotation] = []
    for start in starts:
        while waiting and waiting[-1].start < start:
            around.append(waiting.pop())
        around = [one for one in around if one.end > start]
        yield len(around)


def _cuts(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences stand; marks without a word go with the sentence before them."""
    first = last = 0
    worded = False
    for start, end in _pieces(paragraph):
        words_follow = _LETTER_OR_DIGIT.search(paragraph, start, end) is not None
        if worded and words_follow:
            yield first, last
            first = start
        worded, last = worded or words_follow, end
    yield first, last


def _pieces(paragraph: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(paragraph):
        if stop.end() < len(paragraph) and _ends(paragraph, start, stop):
            yield start, stop.end(2) if stop.group(1) else stop.end()
            start = stop.end()
    if start < len(paragraph):
        yield start, len(paragraph)


def _ends(paragraph: str, start: int, stop: re.Match[str]) -> bool:
    """Say whether a sentence that began at `start` ends at this stop, which is not the paragraph's last."""
    if stop.group(4):
        return not _in_an_address(paragraph, stop.start())
    after = _NEXT.match(paragraph, stop.end())
    begin = after.end() if after else stop.end()
    following = paragraph[begin : begin + 1]
    if not following or _small(following):
        return False
    if stop.group(1) != ".":
        return not (stop.group(2) and _SPEECH_TAG.match(paragraph, begin))
    word = _last_word(paragraph, start, stop.start())
    return _word_ends(word, paragraph, begin, at_start=stop.start() - len(word) == start)


def _last_word(paragraph: str, start: int, end: int) -> str:
    found = _LAST_WORD.search(paragraph, max(start, end - _WORD_LETTERS_MOST), end)
    return found.group() if found else ""


def _in_an_address(paragraph: str, at: int) -> bool:
    """Say whether a stop without a space stands in a link, a mail address or a file's name."""
    word = _last_word(paragraph, 0, at)
    return any(mark in word for mark in ".@/:_")


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
