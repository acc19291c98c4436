"""Where a block goes that nobody has given a place. Blocks and a profile in, a place out."""

from collections.abc import Sequence

from composer.blocks import KINDS, Block
from composer.model import Profile

_OPENS = ("lede",)
_CLOSES = ("credits", "provenance", "signup", "disclosure", "correction")


def default_place(blocks: Sequence[Block], kind: str, profile: Profile) -> int:
    """Return the 0-based place before which a new block of a kind goes; the number of blocks is the end.

    Below the last of its own kind; else below the last part that the profile has above it; else above what closes an
    edition. Sources go to the end, and nothing goes below the box that the profile wants last.
    """
    if not KINDS[kind].visible:
        return len(blocks)
    end = _end(blocks, kind, profile)
    same = [at for at, block in enumerate(blocks) if block.kind == kind]
    if same:
        return min(same[-1] + 1, end)
    if kind in _OPENS:
        return 0
    ranks = {slot.kind: rank for rank, slot in enumerate(profile.slots)}
    if kind in ranks:
        above = [at for at, block in enumerate(blocks) if ranks.get(block.kind, len(ranks)) < ranks[kind]]
        return min(max(above, default=-1) + 1, end)
    return end


def _end(blocks: Sequence[Block], kind: str, profile: Profile) -> int:
    """Return the place below which a kind has no business."""
    closing = {profile.last} if kind in _CLOSES else {profile.last, *_CLOSES}
    stops = [at for at, block in enumerate(blocks) if kind != profile.last and block.kind in closing - {kind, ""}]
    hidden = [at for at, block in enumerate(blocks) if block.kind == "source"]
    return min((*stops, *hidden), default=len(blocks))
