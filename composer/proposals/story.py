"""A raw text → the stories that it seems to hold, each as pieces, marks and reasons. It only proposes.

Every word of the text is in exactly one piece; words of a piece that its block does not hold are named as left out.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from composer.proposals.boundaries import turns
from composer.proposals.endings import foot, why_box
from composer.proposals.headings import subhead, top
from composer.proposals.noticing import ANYWHERE, SOURCED, attribution, closing
from composer.proposals.openings import lede, nut
from composer.proposals.paragraphs import Paragraph, paragraphs
from composer.proposals.pictures import figure, photo
from composer.proposals.pieces import LeftOut, Mark, Piece, Story
from composer.proposals.quoting import pull_quote, quote
from composer.proposals.telling import Rule, Telling, piece

_FIXED: tuple[Rule, ...] = (why_box, foot, figure, photo)
_LOOSE: tuple[Rule, ...] = (pull_quote, quote, subhead)
_RUNNING = frozenset({"lede", "prose", "quote", "pullquote"})
_QUOTING = frozenset({"quotation", "term"})
_OPENING_PARAGRAPHS = 2  # in which a story names whose it is
_CLOSING_PARAGRAPHS = 2
_TOKEN = re.compile(r"[^\W_]+")
_UKRAINIAN, _RUSSIAN, _CYRILLIC = re.compile("[іїєґІЇЄҐ]"), re.compile("[ыэъёЫЭЪЁ]"), re.compile("[а-яА-Я]")

_WHY_LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "quote": "they say who speaks; the block's fields do",
        "pullquote": "they say who speaks; the block's fields do",
        "credits": "the block's keys say it",
        "figure": "the block's `source` says it",
        "photo": "a label before the credit, or marks round it",
        "lede": "they stand in the dateline",
        "byline": "the header's `byline` says it",
    }
)


def propose(text: str) -> tuple[Story, ...]:
    """Return the stories that a raw text seems to hold, in order. No text is too odd: an empty one holds none.

    Lines are ends of paragraphs unless lines were broken to fit a width; then blank lines are. Line numbers are
    1-based, offsets are code points of `text`.
    """
    found = paragraphs(text)
    if not found:
        return ()
    starts = {0: "the file begins here", **turns(found)}
    places = sorted(starts)
    return tuple(
        _story(Telling(text=text, paragraphs=found[first:last]), starts[first])
        for first, last in zip(places, [*places[1:], len(found)], strict=True)
    )


def language(text: str) -> str:
    """Return uk or ru for a text whose letters say so, en for any other."""
    if len(_CYRILLIC.findall(text)) * 2 < sum(map(str.isalpha, text)) or not _CYRILLIC.search(text):
        return "en"
    return "uk" if len(_UKRAINIAN.findall(text)) >= len(_RUSSIAN.findall(text)) else "ru"


def _story(telling: Telling, reason: str) -> Story:
    pieces = tuple(_accounted(one, telling.text) for one in _pieces(telling))
    first, last = telling.paragraphs[0], telling.paragraphs[-1]
    return Story(
        first_line=first.first_line,
        last_line=last.last_line,
        reason=reason,
        lang=language(telling.text[first.start : last.end]),
        pieces=pieces,
        marks=tuple(sorted(_marks(telling, pieces), key=lambda mark: (mark.start, mark.end, mark.kind))),
    )


def _pieces(telling: Telling) -> Iterator[Piece]:
    """Give each paragraph to the first rule that takes it; what no rule takes is the lede, once, and then prose."""
    opened = False
    end = 0
    yield from (above := tuple(top(telling, 0)))
    for index, paragraph in enumerate(telling.paragraphs):
        if index < len(above) or paragraph.start < end:
            continue
        rules = (*_FIXED, *_LOOSE) if opened else (*_FIXED, subhead)
        taken = next((made for rule in rules if (made := rule(telling, index))), ())
        if not taken:
            taken = (_prose(paragraph) if opened else lede(paragraph),)
            opened = True
        end = max(one.end for one in taken)
        yield from taken


def _prose(paragraph: Paragraph) -> Piece:
    return piece("prose", paragraph, reason="running text", confidence=0.8, body=paragraph.words)


def _marks(telling: Telling, pieces: Sequence[Piece]) -> Iterator[Mark]:
    starts = [one.start for one in pieces]
    for mark in _noticed(telling, pieces):
        holder = pieces[bisect_right(starts, mark.start) - 1]
        if not (mark.kind in _QUOTING and holder.kind in {"quote", "pullquote"}):  # what the block says of itself
            yield mark


def _noticed(telling: Telling, pieces: Sequence[Piece]) -> Iterator[Mark]:
    kinds = {one.start: one.kind for one in reversed(pieces)}
    running = [index for index, one in enumerate(telling.paragraphs) if kinds.get(one.start) in _RUNNING]
    for paragraph in telling.paragraphs:
        notices = (*SOURCED, *ANYWHERE) if kinds.get(paragraph.start) in _RUNNING else ANYWHERE
        for notice in notices:
            yield from notice(paragraph)
    opening = next((index for index in running if kinds[telling.paragraphs[index].start] == "lede"), None)
    if opening is not None:
        yield from nut(telling, opening)
        for paragraph in telling.paragraphs[opening : opening + _OPENING_PARAGRAPHS]:
            yield from attribution(paragraph)
    for index in running[1:][-_CLOSING_PARAGRAPHS:]:
        yield from closing(telling.paragraphs[index])


def _accounted(made: Piece, text: str) -> Piece:
    """Name the words of a piece that neither its body nor its fields hold."""
    values = [one for value in made.fields.values() for one in ((value,) if isinstance(value, str) else value)]
    held = Counter(_TOKEN.findall(" ".join((made.body, *made.fields, *values)).lower()))
    lost: dict[int, list[str]] = {}
    for found in _TOKEN.finditer(text, made.start, made.end):
        if held[found.group().lower()] > 0:
            held[found.group().lower()] -= 1
        else:
            line = made.first_line + text.count("\n", made.start, found.start())
            lost.setdefault(line, []).append(found.group())
    why = _WHY_LEFT_OUT.get(made.kind, "the block has no place for them")
    return replace(
        made, left_out=tuple(LeftOut(line=line, words=" ".join(words), reason=why) for line, words in lost.items())
    )
