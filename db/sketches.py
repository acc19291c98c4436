"""Sketches and terms as bytes: numbers, one after the other, little end first on every machine we know. Pure."""

from array import array
from collections.abc import Sequence
from typing import Final

_SKETCHED: Final = "Q"  # 64 bits
_TERM = "I"  # 32 bits


def packed(sketch: frozenset[int]) -> bytes:
    """Return a set of 64-bit numbers as bytes."""
    return array(_SKETCHED, sorted(sketch)).tobytes()


def unpacked(sketch: bytes) -> frozenset[int]:
    """Return the set that was packed."""
    return frozenset(memoryview(sketch).cast(_SKETCHED))


def packed_terms(terms: Sequence[int]) -> bytes:
    """Return 32-bit numbers as bytes, in their order."""
    return array(_TERM, terms).tobytes()


def unpacked_terms(terms: bytes) -> Sequence[int]:
    """Return the numbers that were packed."""
    return array(_TERM, terms)
