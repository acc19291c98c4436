"""What a raw text was taken for and why, in words and for scripts. Pure."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any

from composer.cli.glance import plural
from composer.proposals import Mark, Piece, Story
from composer.text import cut, one_line

_TOGETHER = {"term": "terms, nobody's sentences", "figure": "figures to find in the source"}
_WORDS_MOST = 60  # characters of what a mark points at


def remarks(stories: Sequence[Story], name: str) -> Iterator[str]:
    """Return the lines that say what each line of a file was taken for, with reason and confidence."""
    yield f"{name} seems to hold {plural(len(stories), 'story') if len(stories) == 1 else f'{len(stories)} stories'}"
    for story in stories:
        yield ""
        yield f"lines {story.first_line}–{story.last_line} ({story.lang}): {story.reason}"
        starts = [piece.start for piece in story.pieces]
        inside: dict[int, list[Mark]] = {}
        for mark in story.marks:
            inside.setdefault(bisect_right(starts, mark.start) - 1, []).append(mark)
        for number, piece in enumerate(story.pieces):
            yield _piece(piece)
            for line in _inside(inside.get(number, ())):
                yield f"{'':>20}{line}"
            for lost in piece.left_out:
                yield f"{'':>20}left out: {lost.words} ({lost.reason})"


def story_json(story: Story) -> dict[str, Any]:
    """Return a story for scripts."""
    return {
        "first_line": story.first_line,
        "last_line": story.last_line,
        "reason": story.reason,
        "lang": story.lang,
        "blocks": [_plain(piece) for piece in story.pieces],
        "marks": [_plain(mark) for mark in story.marks],
    }


def _piece(piece: Piece) -> str:
    lines = f"{piece.first_line}" if piece.first_line == piece.last_line else f"{piece.first_line}–{piece.last_line}"
    return f"{lines:>7}  {piece.kind:<11}{piece.confidence:>4.0%}  {piece.reason}"


def _inside(inside: Sequence[Mark]) -> Iterator[str]:
    for kind, label in _TOGETHER.items():
        if words := [one_line(mark.words) for mark in inside if mark.kind == kind]:
            yield f"{label}: {', '.join(words)}"
    for mark in inside:
        if mark.kind not in _TOGETHER:
            yield f"{mark.kind}: {cut(one_line(mark.words), _WORDS_MOST)} ({mark.reason})"


def _plain(one: Piece | Mark) -> dict[str, Any]:
    names = (field.name for field in fields(one))
    plain = {name: getattr(one, name) for name in names} | {"fields": dict(one.fields)}
    if isinstance(one, Piece):
        plain["left_out"] = [asdict(lost) for lost in one.left_out]
    return plain
