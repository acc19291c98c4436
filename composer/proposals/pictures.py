"""Lines that belong to a picture that the text has lost: captions with their credit, figures with their sources."""

import re
from collections.abc import Sequence

from composer.blocks import TK
from composer.captions import credit_start, plain
from composer.proposals.lexicon import FIGURE_SOURCES, alternatives
from composer.proposals.pieces import Piece
from composer.proposals.telling import Telling, piece, trimmed
from composer.text import cut, one_line

_WORDS_MOST = 70  # in a caption with its credit
_SOURCES_MOST = 12
_SOURCES = re.compile(
    rf"(?:^|(?<=[.!?…)”»\"]\s)|(?<=\n)|(?<=\())(?i:{alternatives(FIGURE_SOURCES)})\s?:\s*(?P<names>[^:]+?)[.)]*$"
)
_SOURCE_GAP = re.compile(r"\s*[,;]\s*(?:(?:and|та|і|и)\s+)?|\s+(?:and|та|і|и)\s+(?=[^\W\d_a-zа-яіїєґ])")


def photo(telling: Telling, index: int) -> Sequence[Piece]:
    """Take a short paragraph that ends in a credit as photographers and agencies are credited."""
    paragraph = telling.paragraphs[index]
    if paragraph.count > _WORDS_MOST or paragraph.is_long:
        return ()
    start = credit_start(paragraph.words)
    if start == len(paragraph.words):
        return ()
    credit = plain(paragraph.words[start:])
    caption = one_line(paragraph.words[slice(*trimmed(paragraph.words, 0, start))].rstrip(" (—–|"))
    fields = {"src": TK, "alt": TK, "caption": caption or TK, "credit": credit, "width": TK, "height": TK}
    reason = f"a caption that ends in a credit: {cut(credit, 60)}" if caption else f"a credit alone: {cut(credit, 60)}"
    return (piece("photo", paragraph, reason=reason, confidence=0.9 if caption else 0.75, fields=fields),)


def figure(telling: Telling, index: int) -> Sequence[Piece]:
    """Take a short paragraph that ends in the sources of its figures: “… Source: customs data, The Wire”."""
    paragraph = telling.paragraphs[index]
    if paragraph.count > _WORDS_MOST or paragraph.is_long or not (found := _SOURCES.search(paragraph.words)):
        return ()
    sources = tuple(one_line(name) for name in _SOURCE_GAP.split(found["names"]) if name.strip())
    if not sources or len(sources) > _SOURCES_MOST:
        return ()
    title = one_line(paragraph.words[: found.start()].rstrip(" ("))
    many = "one source" if len(sources) == 1 else f"{len(sources)} sources"
    return (
        piece(
            "figure",
            paragraph,
            reason=f"a title that ends in {many}: {cut(', '.join(sources), 60)}" if title else f"{many} and no words",
            confidence=0.9 if title else 0.6,
            fields={"title": title or TK, "alt": TK, "source": sources},
        ),
    )
