"""How long an edition is, place for place, beside the budgets of its profile; and what is still to be written."""

from collections.abc import Iterator
from dataclasses import dataclass

from composer.blocks import Block, Manuscript, every
from composer.model import Profile
from composer.proofs.case import BODY, is_open, places
from composer.proofs.reading import read
from composer.proofs.structure import COUNTED
from composer.text import words_a_minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How many words stand in a place, and how many its profile gives it."""

    name: str  # "brief#salt"; "prose" for all prose together
    line: int  # of its first character in the manuscript; 0: the profile wants it and it is not there
    words: int
    least: int = 0
    most: int | None = None
    to_come: bool = False  # a TK is open in it

    @property
    def over(self) -> int:
        """Return how many words it has too many; less than 0: how many are missing; 0 when it keeps its budget."""
        if self.most is not None and self.words > self.most:
            return self.words - self.most
        return min(0, self.words - self.least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """An edition's words: place for place in the order of the manuscript, what is missing last, and all together."""

    places: tuple[Length, ...]
    words: int  # readers' running words: what the proof counts, headlines and captions left out
    most: int  # the profile's budget for the whole
    words_a_minute: int

    @property
    def minutes(self) -> float:
        """Return how long reading takes, in minutes."""
        return self.words / self.words_a_minute


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlace:
    """A place that still says TK."""

    line: int
    block: str  # kind or kind#id; "" in the header
    key: str  # the field; "" in running words
    words: str


def measure(manuscript: Manuscript, profile: Profile, lang: str) -> Lengths:
    """Measure an edition against its profile; a budget is a block's own, as the proof has it (T-WORDS)."""
    counted = manuscript.of(*COUNTED)
    return Lengths(
        places=(*_lengths(counted, profile), *_missing(counted, profile)),
        words=sum(read(block.body).count for block in counted),
        most=profile.words_most,
        words_a_minute=words_a_minute(manuscript.get("lang", lang)),
    )


def open_places(manuscript: Manuscript) -> tuple[OpenPlace, ...]:
    """Return every place that still says TK, in the order of the manuscript; notes to the desk may keep theirs."""
    found = [place for place in places(manuscript) if is_open(place.words)]
    return tuple(
        OpenPlace(
            line=place.line(manuscript),
            block=place.block.name if place.block else "",
            key="" if place.key == BODY else place.key,
            words=place.words.strip(),
        )
        for place in found
    )


def is_to_come(block: Block) -> bool:
    """Say whether a block still says TK anywhere."""
    return block.kind != "note" and any(map(is_open, (block.body, *_values(block))))


def _values(block: Block) -> Iterator[str]:
    for item in block.fields:
        yield from every((item,), item.key)


def _lengths(blocks: tuple[Block, ...], profile: Profile) -> Iterator[Length]:
    """Yield a length for every block; prose without a budget of its own is measured as one."""
    prose = [block for block in blocks if block.kind == "prose"]
    slot = profile.slot("prose")
    together = slot is None or (not slot.words_least and slot.words_most is None)
    for block in blocks:
        if not (together and block.kind == "prose"):
            yield _length(block, profile)
        elif block is prose[0]:
            words = sum(read(one.body).count for one in prose)
            open_ = any(map(is_to_come, prose))
            yield Length(name="prose", line=block.line, words=words, to_come=open_)


def _missing(blocks: tuple[Block, ...], profile: Profile) -> Iterator[Length]:
    """Yield what the profile wants words in and the edition has not begun."""
    there = {block.kind for block in blocks}
    for slot in profile.slots:
        if slot.least and slot.words_least and slot.kind in COUNTED and slot.kind not in there:
            yield Length(name=slot.kind, line=0, words=0, least=slot.words_least, most=slot.words_most)


def _length(block: Block, profile: Profile) -> Length:
    slot = profile.slot(block.kind)
    return Length(
        name=block.name,
        line=block.line,
        words=read(block.body).count,
        least=slot.words_least if slot else 0,
        most=slot.words_most if slot else None,
        to_come=is_to_come(block),
    )
