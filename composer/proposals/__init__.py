"""Proposals: what raw words may become, for an editor to confirm. Nothing here decides or guesses silently.

`propose` takes a text with one or several stories glued together apart into blocks.
"""

from composer.proposals.pieces import LeftOut, Mark, Piece, Story
from composer.proposals.story import propose

__all__ = ["LeftOut", "Mark", "Piece", "Story", "propose"]
