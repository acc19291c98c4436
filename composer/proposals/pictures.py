"""Lines that belong to a picture that the text has lost: captions with their credit, figures with their sources."""

import re
from collections.abc import Sequence

from composer.blocks import TK
from composer.proposals.lexicon import AGENCIES, FIGURE_SOURCES, PHOTO_LABELS, alternatives
from composer.proposals.paragraphs import Paragraph
from composer.proposals.pieces import Piece
from composer.proposals.telling import Telling, piece, trimmed
from composer.proposals.voices import NAME
from composer.text import count_words, cut, one_line

_WORDS_MOST = 70  # in a caption with its credit
_CREDIT_WORDS_MOST = 14
_SOURCES_MOST = 12
_AGENCY = rf"(?:{AGENCIES})"
_PLACE = rf"(?:{_AGENCY}|(?:[Tt]he )?{NAME})"
_VIA = rf"(?:,? via {_PLACE}(?:/{_PLACE})*)"
_LABELLED = rf"(?i:{alternatives(PHOTO_LABELS)})\s*[:—–-]?\s*"
_GRAMMAR = (
    rf"(?:{_PLACE}(?:\s?/\s?{_PLACE})+{_VIA}?"  # photographer / pool / agency via distributor
    rf"|{_PLACE}(?:{_VIA}| for {_PLACE})"
    rf"|(?:©|\(c\))\s*(?:\d{{4}}\s*)?{_PLACE}(?:\s?/\s?{_PLACE})*{_VIA}?"
    rf"|{_AGENCY})"
)
_CREDIT = re.compile(rf"\(?(?:{_LABELLED})?{_GRAMMAR}\)?\.?")
_LABELLED_CREDIT = re.compile(rf"\(?{_LABELLED}(?P<who>{_PLACE}(?:\s?/\s?{_PLACE})*{_VIA}?)\)?\.?")
_LABEL = re.compile(rf"^\(?{_LABELLED}")
_TRAILING = re.compile(rf"(?:\s\(|[.!?…]\s+|[—–|]\s+)(?P<credit>(?:{_LABELLED})?{_PLACE}[^.!?\n]{{0,90}}\)?\.?)$")
_SOURCES = re.compile(
    rf"(?:^|(?<=[.!?…)”»\"]\s)|(?<=\n)|(?<=\())(?i:{alternatives(FIGURE_SOURCES)})\s?:\s*(?P<names>[^:]+?)[.)]*$"
)
_SOURCE_GAP = re.compile(r"\s*[,;]\s*(?:(?:and|та|і|и)\s+)?|\s+(?:and|та|і|и)\s+(?=[^\W\d_a-zа-яіїєґ])")


def photo(telling: Telling, index: int) -> Sequence[Piece]:
    """Take a short paragraph that ends in a credit as photographers and agencies are credited."""
    paragraph = telling.paragraphs[index]
    if paragraph.count > _WORDS_MOST or paragraph.is_long:
        return ()
    start, end = _credit_span(paragraph)
    if start == end:
        return ()
    credit = credit_of(paragraph.words[start:end])
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


def credit_of(words: str) -> str:
    """Return a credit as it is printed: no label before it, no brackets round it, no full stop."""
    bare = one_line(words).strip(" ()").removesuffix(".").strip(" ()")
    return _LABEL.sub("", bare).strip() or bare


def _credit_span(paragraph: Paragraph) -> tuple[int, int]:
    """Return where the credit stands in a paragraph; an empty span when there is none."""
    words = paragraph.words
    last = paragraph.sentences[-1].start - paragraph.start
    if _is_credit(words[last:]):
        return last, len(words)
    found = _TRAILING.search(words)
    return found.span("credit") if found and _is_credit(found["credit"]) else (0, 0)


def _is_credit(words: str) -> bool:
    bare = words.strip()
    if count_words(bare) > _CREDIT_WORDS_MOST:
        return False
    return bool(_CREDIT.fullmatch(bare) or _LABELLED_CREDIT.fullmatch(bare))
