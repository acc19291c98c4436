"""What the archive's search looks in: a file a year of folded words and the editions that hold them. No server needed.

A year that is over never changes, so that browsers keep its file. `templates/currents/search.js` reads it.
"""

import json
from collections.abc import Sequence

from composer.blocks import Block, Manuscript
from composer.folding import tokens
from composer.rendering import markup
from composer.rendering.listing import Entry
from composer.rendering.words import full_date

FIRST = 0x23  # the code point that stands for "the next edition"; below it JSON would escape
_HEADER = ("title", "dek", "byline", "tags", "dateline")
_FIELDS = (
    "headline", "attribution", "caption", "credit", "alt", "title", "speaker", "role", "dateline", "salutation",
    "name", "place", "label", "text", "via", "note",
)  # fmt: skip


def search_words(manuscript: Manuscript) -> frozenset[str]:
    """Return every folded word that readers see in an edition, captions and outlets among them."""
    said = [one for key in _HEADER for one in manuscript.all(key)]
    said += [words for block in manuscript.visible for words in _said(block)]
    said += [one for source in manuscript.of("source") for key in ("outlet", "title") for one in source.all(key)]
    return frozenset(tokens("\n".join(said)))


def search_index(entries: Sequence[Entry], words: Sequence[frozenset[str]]) -> bytes:
    """Return one year's search index as JSON: `editions` as listed, and `words` with the places where each stands.

    `words` are each edition's own, in the order of the entries. A place is written as one character: how many editions
    further, counted from `FIRST`.
    """
    places: dict[str, list[int]] = {}
    for at, its in enumerate(words):
        for word in its:
            places.setdefault(word, []).append(at)
    index = {
        "editions": [_listed(entry) for entry in entries],
        "words": {word: _steps(places[word]) for word in sorted(places)},
    }
    return (json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _said(block: Block) -> list[str]:
    return [markup.words(block.body) or block.body, *(one for key in _FIELDS for one in block.all(key))]


def _listed(entry: Entry) -> dict[str, str]:
    day = " · ".join(filter(None, (full_date(entry.lang, entry.day), entry.changed)))
    return {"path": f"editions/{entry.slug}/", "title": entry.title, "dek": entry.dek, "date": day, "lang": entry.lang}


def _steps(places: Sequence[int]) -> str:
    before = [-1, *places]
    return "".join(chr(FIRST + at - last - 1) for last, at in zip(before, places, strict=False))
