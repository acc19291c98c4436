"""An edition's pictures: which there are, what is known of each, and fetching those on the web by an explicit act.

Nothing else in Currents visits a picture's address: proof, preview and publishing know what was fetched and no more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Literal

from composer.blocks import Block, Manuscript
from composer.charts import chart_key
from composer.model import Print, Remark
from composer.negatives import Brought, Kept
from composer.ports import Album, Darkroom, Wire
from composer.text import host

Outcome = Literal["fetched", "changed", "same", "failed"]

SHOWING = ("photo", "figure", "sponsor")  # the kinds whose `src` is a picture
_RULES = ("M-", "FIG-", "S-TK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """What fetches pictures, judges and keeps them."""

    wire: Wire
    darkroom: Darkroom
    album: Album
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture of an edition: its block, how it lies and goes out, and what proof has against it."""

    block: Block
    src: str  # "" for a chart that is drawn
    print: Print
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What became of a visit to one picture's address."""

    address: str
    outcome: Outcome
    problem: str = ""  # one line, when it failed; what was fetched before is kept
    kept: Kept | None = None


def named(manuscript: Manuscript) -> tuple[str, ...]:
    """Return the path or address of every picture that a manuscript names, each once, in order."""
    return tuple(dict.fromkeys(block.get("src") for block in manuscript.of(*SHOWING) if block.get("src")))


def shots(manuscript: Manuscript, prints: Mapping[str, Print], remarks: Iterable[Remark]) -> tuple[Shot, ...]:
    """Return the pictures of an edition in order, a picture shown twice twice, with proof's remarks on their blocks."""
    told = [remark for remark in remarks if remark.rule.startswith(_RULES)]
    found = [(block, key) for block in manuscript.of(*SHOWING) if (key := _key(block, prints)) is not None]
    ends = {block.line: _end(block, manuscript) for block, _ in found}
    return tuple(
        Shot(
            block=block,
            src=block.get("src"),
            print=prints.get(key, Print(src=key, url="")),
            remarks=tuple(remark for remark in told if block.line <= remark.line < ends[block.line]),
        )
        for block, key in found
    )


def _key(block: Block, prints: Mapping[str, Print]) -> str | None:
    """Return what a block's print is known by: its `src`, or its chart; None when it shows no picture."""
    if block.kind == "photo" or block.get("src"):
        return block.get("src")
    return chart_key(block) if chart_key(block) in prints else None


def fetch(studio: Studio, manuscript: Manuscript) -> Iterator[Visit]:
    """Fetch the pictures on the web that are not here yet, each once, and yield what became of each.

    What is no picture that mail can show is not kept. Raises OutboxError.
    """
    wanted = [address for address in _addresses(manuscript) if not _is_here(studio.album, address)]
    for brought in studio.wire.bring(wanted):
        yield _taken(studio, brought)


def check(studio: Studio, manuscript: Manuscript) -> Iterator[Visit]:
    """Ask the addresses of fetched pictures whether the same lies there still, and note on which day it does not.

    The bytes that were fetched stay. Raises OutboxError.
    """
    for kept, brought in _asked(studio, manuscript):
        yield _compared(studio, kept, brought)


def renew(studio: Studio, manuscript: Manuscript) -> Iterator[Visit]:
    """Fetch anew what has changed at its address, and show that from now on. Raises OutboxError."""
    for kept, brought in _asked(studio, manuscript):
        same = brought.problem or _is_same(kept, brought)
        yield _compared(studio, kept, brought) if same else _taken(studio, brought)


def _addresses(manuscript: Manuscript) -> Sequence[str]:
    return [src for src in named(manuscript) if host(src)]


def _is_here(album: Album, address: str) -> bool:
    kept = album.find(address)
    return kept is not None and album.content(kept) is not None


def _asked(studio: Studio, manuscript: Manuscript) -> Iterator[tuple[Kept, Brought]]:
    found = {one.address: one for address in _addresses(manuscript) if (one := studio.album.find(address))}
    for brought in studio.wire.bring(list(found), list(found.values())):
        yield found[brought.address], brought


def _taken(studio: Studio, brought: Brought) -> Visit:
    if brought.problem:
        return Visit(address=brought.address, outcome="failed", problem=brought.problem)
    shown = studio.darkroom.examine(brought.content)
    if shown.problem or not shown.negative:
        return Visit(address=brought.address, outcome="failed", problem=shown.problem)
    kept = studio.album.keep(brought, shown.negative.media_type, studio.today)
    return Visit(address=brought.address, outcome="fetched", kept=kept)


def _compared(studio: Studio, kept: Kept, brought: Brought) -> Visit:
    if brought.problem:
        return Visit(address=kept.address, outcome="failed", problem=brought.problem, kept=kept)
    same = _is_same(kept, brought)
    noted = replace(kept, changed_on=None if same else kept.changed_on or studio.today)
    if noted != kept:
        studio.album.note(noted)
    return Visit(address=kept.address, outcome="same" if same else "changed", kept=noted)


def _is_same(kept: Kept, brought: Brought) -> bool:
    return brought.unchanged or sha256(brought.content).hexdigest() == kept.sha256


def _end(block: Block, manuscript: Manuscript) -> float:
    """Return the line on which the block after this one begins."""
    return min((other.line for other in manuscript.blocks if other.line > block.line), default=float("inf"))
