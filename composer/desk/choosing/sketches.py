"""What a text is recognised by: a sample of its three-word runs, and the words of its headline. Pure.

A quarter of all runs of three words, chosen by their hash, so that two texts choose alike (mod-k sampling: Manber,
"Finding similar files in a large file system", 1994). The share of the shorter sketch that the longer one holds tells
an edited or shortened copy from another text; two reports of one event in two writers' words it does not link.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from itertools import islice

SHORTEST_WORDS = 20
_MOST_WORDS = 20_000
_SAMPLED = 4  # one run of so many is kept
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]+")  # accents, Arabic vowel signs, tatweel
_PAIRED = "\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"  # Han and kana: no spaces, short words
_LONG = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai to Burmese, Khmer: no spaces, longer words
_UNSPACED = re.compile(f"[{_PAIRED}{_LONG}]")
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(rf"(?P<paired>[{_PAIRED}]+)|(?P<long>[{_LONG}]+)|[^\W_{_PAIRED}{_LONG}]+")


def sketch(text: str) -> frozenset[int]:
    """Return what a text is recognised by, numbers below 2**62; empty when it has fewer than 20 words."""
    words = [word.encode() for word in tokens(text)[:_MOST_WORDS]]
    if len(words) < SHORTEST_WORDS:
        return frozenset()
    runs = set(map(b" ".join, zip(words, islice(words, 1, None), islice(words, 2, None), strict=False)))
    hashes = [blake2b(run, digest_size=8).digest() for run in runs]
    return frozenset([int.from_bytes(one, "big") // _SAMPLED for one in hashes if one[-1] % _SAMPLED == 0])


def tokens(text: str) -> list[str]:
    """Cut a text into folded words; where a script has no spaces, into runs of letters that overlap."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    folded = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if not _UNSPACED.search(folded):
        return _WORD.findall(folded)
    return [token for run in _RUN.finditer(folded) for token in _cut(run)]


def headline(title: str, outlet: str) -> frozenset[str]:
    """Return a headline's words, without the outlet's name at its end."""
    words, name = tokens(title), _name(outlet)
    if name and len(words) > len(name) and words[-len(name) :] == name:
        words = words[: -len(name)]
    return frozenset(words)


@lru_cache(maxsize=1024)
def _name(outlet: str) -> list[str]:
    return tokens(outlet)


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of two headlines is the same, 0 to 1; 0 when they name different figures."""
    if not one or not other or _figures(one) != _figures(other):
        return 0.0
    return len(one & other) / len(one | other)


def _cut(run: re.Match[str]) -> list[str]:
    letters = run[0]
    width = 2 if run["paired"] else 4 if run["long"] else len(letters)
    return [letters[start : start + width] for start in range(max(1, len(letters) - width + 1))]


def _figures(words: frozenset[str]) -> set[str]:
    return {word for word in words if not word.isalpha() and any(letter.isdigit() for letter in word)}
