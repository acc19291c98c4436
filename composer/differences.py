"""What is different between two texts, word by word. Pure: it knows neither editions nor terminals."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from itertools import groupby
from typing import Literal

from composer.text import cut as shorten
from composer.text import one_line

Mark = Literal["same", "was", "now"]

_PIECE = re.compile(r"\w+(?:[’'.,\-]\w+)*%?|\s+|[^\w\s]")
_BETWEEN_TAGS = re.compile(r">\s*<")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_PIECES_MOST = 6_000  # of two lines compared word by word; longer ones are told as taken out and put in
_AHEAD_MOST = 12  # lines looked through for the one that stands in another's place
_ALIKE_LEAST = 0.3  # two lines that share less are told one after the other, not word by word


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stand in both texts, only in the one before, or only in the one now."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A passage of whole lines that differ. Its parts give back both texts of it.

    Lines are 1-based; where a side has no line of the passage, its line is the one that would follow.
    """

    was_line: int
    now_line: int
    parts: tuple[Part, ...]

    @property
    def was(self) -> str:
        """Return the passage as it was."""
        return "".join(part.words for part in self.parts if part.mark != "now")

    @property
    def now(self) -> str:
        """Return the passage as it is now."""
        return "".join(part.words for part in self.parts if part.mark != "was")


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return where two texts differ, in order; empty when they are equal.

    Lines are matched first, then the words of lines that stand in for one another: a paragraph is one line in a
    manuscript, and one changed word must not mark all of it. Of long texts difflib passes over what stands everywhere
    (its `autojunk`): without that, one word said a thousand times takes minutes.
    """
    old, new = _LINE.findall(before), _LINE.findall(after)
    return tuple(
        Change(was_line=i + 1, now_line=k + 1, parts=tuple(_joined(_parts(old[i:j], new[k:m]))))
        for tag, i, j, k, m in SequenceMatcher(_is_blank, old, new).get_opcodes()
        if tag != "equal"
    )


def counted(found: Sequence[Change]) -> tuple[int, int]:
    """Return how many words were put in and how many taken out."""
    parts = [part for change in found for part in change.parts]
    now, was = (sum(_words(part.words) for part in parts if part.mark == mark) for mark in ("now", "was"))
    return now, was


def replaced(found: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """Yield what stood there and what stands there instead, one pair a place; either may be ""."""
    for change in found:
        was, now = "", ""
        for part in (*change.parts, Part("same", "")):
            if part.mark == "same" and (part.words.strip() or not part.words):
                if was.strip() or now.strip():
                    yield was.strip(), now.strip()
                was = now = ""
                continue
            was += part.words if part.mark != "now" else ""
            now += part.words if part.mark != "was" else ""


def brief(before: str, after: str, most: int = 60) -> str:
    """Say in a line what the first difference is and how many more there are: was “12%”, now “21%”, and 2 more."""
    pairs = list(replaced(changes(before, after)))
    if not pairs:
        return "only white space differs"
    was, now = (f"“{shorten(one_line(words), most)}”" if words else "" for words in pairs[0])
    said = f"was {was}, now {now}" if was and now else f"{was} is out" if was else f"{now} is new"
    return said + (f", and {len(pairs) - 1} more" if len(pairs) > 1 else "")


def cut(change: Change, around: int) -> tuple[Part, ...]:
    """Return a change's parts with what is the same on both sides shortened to `around` words beside what is not."""
    last = len(change.parts) - 1
    return tuple(
        part
        if part.mark != "same"
        else Part("same", _shortened(part.words, around if place else 0, around if place < last else 0))
        for place, part in enumerate(change.parts)
    )


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    """Pair the lines of a passage as far as they are alike, and compare the pairs word by word."""
    rest = list(new)
    for line in old:
        ahead = next((place for place, other in enumerate(rest[:_AHEAD_MOST]) if _alike(line, other)), None)
        if ahead is None:
            yield Part("was", line)
            continue
        if ahead:
            yield Part("now", "".join(rest[:ahead]))
        yield from _worded(line, rest[ahead])
        del rest[: ahead + 1]
    if rest:
        yield Part("now", "".join(rest))


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Make one part of neighbours with the same mark: lines that were taken out together are read together."""
    for mark, run in groupby(parts, key=lambda part: part.mark):
        yield Part(mark, "".join(part.words for part in run))


def _is_blank(line: str) -> bool:
    """Say whether a line is blank: such lines are everywhere, and no place to begin a comparison."""
    return not line.strip()


def _alike(line: str, other: str) -> bool:
    if _is_blank(line) or _is_blank(other):
        return line == other
    ours, theirs = _PIECE.findall(line), _PIECE.findall(other)
    if len(ours) + len(theirs) > _PIECES_MOST:
        return False
    said, told = ({piece for piece in pieces if piece.strip()} for pieces in (ours, theirs))
    return len(said & told) >= _ALIKE_LEAST * min(len(said), len(told))


def _worded(line: str, other: str) -> Iterator[Part]:
    if line.endswith("\n") and other.endswith("\n"):  # else the last word of a line would be told with its line end
        yield from _worded(line[:-1], other[:-1])
        yield Part("same", "\n")
        return
    old, new = _PIECE.findall(line), _PIECE.findall(other)
    for tag, i, j, k, m in SequenceMatcher(str.isspace, old, new).get_opcodes():
        if tag == "equal":
            yield Part("same", "".join(old[i:j]))
            continue
        if j > i:
            yield Part("was", "".join(old[i:j]))
        if m > k:
            yield Part("now", "".join(new[k:m]))


def _shortened(words: str, head: int, tail: int) -> str:
    """Keep `head` words at the beginning and `tail` at the end; a text that is hardly longer stays whole."""
    places = [found.span() for found in re.finditer(r"\S+", words)]
    if len(places) <= head + tail + 1:
        return words
    first = words[: places[head - 1][1]] if head else ""
    last = words[places[len(places) - tail][0] :] if tail else ""
    return f"{first}{' ' * bool(head)}…{' ' * bool(tail)}{last}"


def _words(piece: str) -> int:
    return sum(1 for one in _PIECE.findall(piece) if one[0].isalnum())


def unified(there: str, here: str, name: str) -> Iterator[str]:
    """Give the lines of a unified diff of two files; HTML and XML, whose lines are long, is cut between its tags."""
    was, now = (_BETWEEN_TAGS.sub(">\n<", words).splitlines() for words in (there, here))
    yield from unified_diff(was, now, f"there/{name}", f"here/{name}", lineterm="", n=1)
