"""Sketches as bytes: 64-bit numbers, one after the other. Pure."""

from array import array

_UNSIGNED = "Q"


def packed(sketch: frozenset[int]) -> bytes:
    """Return a set of 64-bit numbers as bytes, little end first on every machine we know."""
    return array(_UNSIGNED, sorted(sketch)).tobytes()


def unpacked(sketch: bytes) -> frozenset[int]:
    """Return the set that was packed."""
    return frozenset(array(_UNSIGNED, sketch))
