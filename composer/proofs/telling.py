"""The words by which a block is known again wherever it is printed."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from composer.blocks import Block
from composer.proofs.reading import read
from composer.text import without_isolates

_FIRST_WORDS = 5
_WORD = re.compile(r"[^\W_]+")
_BROKEN = re.compile(" (?<=[\u2e80-\u9fff\uf900-\ufaff] )(?=[\u2e80-\u9fff\uf900-\ufaff])")  # no spaces but line ends
_UNPARTED = frozenset({"ar", "he", "iw", "zh", "ja", "yue"})
_BY_BODY = ("lede", "prose", "section", "subhead", "subhead3", "quote", "view", "correction", "disclosure", "why")
_BY_FIELDS = {
    "brief": ("headline",),
    "link": ("headline",),
    "figure": ("title",),
    "photo": ("credit",),
    "sponsor": ("label", "name"),
    "signup": ("label",),
    "cta": ("label",),
    "provenance": ("text",),
}


def telling(block: Block) -> Iterator[tuple[str, str]]:
    """Yield the words by which a block is known again, each with the key it stands under ("" for the body)."""
    for key in _BY_FIELDS.get(block.kind, ()):
        yield key, block.get(key)
    if block.kind == "credits":
        keys = [item.key for item in block.fields if not item.key.startswith("x-")]
        yield from ((key, name) for key in keys for name in block.all(key))
    if block.kind in {*_BY_BODY, "brief", "link", "sponsor", "pullquote"}:
        yield "", first_words(block)


def first_words(block: Block) -> str:
    """Return a block's first words, up to a link, which text follows with a number."""
    reading = read(block.body)
    if not reading.passages:
        return ""
    words = reading.passages[0].words
    if reading.anchors and reading.anchors[0].words:
        words = words.split(reading.anchors[0].words)[0]
    return " ".join(_WORD.findall(words)[:_FIRST_WORDS])


def folded(words: str) -> str:
    """Return bare words in small letters, so that marks, isolates, line ends and case make no difference."""
    bare = words if words.isascii() else without_isolates(words)
    told = " ".join(_WORD.findall(bare))
    return f" {(told if told.isascii() else _BROKEN.sub('', told)).lower()} " if told else ""


@lru_cache(maxsize=8)  # mail, page and feeds, each of which several rules look through
def folded_whole(words: str) -> str:
    """Return `folded` words of a whole document, kept for the next rule."""
    return folded(words)


def blanked(words: str, blocks: Iterable[Block]) -> str:
    """Return folded words with what these blocks say blanked out, every other word where it stood.

    A correction may quote the very words that it is about.
    """
    for block in blocks:
        said = folded(read(block.body).words).strip()
        words = words.replace(said, " " * len(said)) if said else words
    return words


def searched(words: str, lang: str) -> str:
    """Return bare words to look for, without the spaces around them in languages where none may stand there.

    Arabic and Hebrew write "and" as a part of the next name; Chinese and Japanese part no words.
    """
    return folded(words).strip() if lang in _UNPARTED else folded(words)
