"""What stands at a story's foot: where else it was published, the way to sign up, who did what, why it was written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from composer.blocks import TK, Value
from composer.proposals.lexicon import PROVENANCE, ROLES, SIGNUPS, WHY_TITLES, alternatives, any_of, opening_with
from composer.proposals.paragraphs import Paragraph
from composer.proposals.pieces import Piece
from composer.proposals.telling import Telling, piece
from composer.text import cut, one_line, quoted

_FOOT_WORDS_MOST = 60
_WHY_TITLE_WORDS_MOST = 16
_NAMES_MOST = 6  # words in one name
_WHY = opening_with(WHY_TITLES)
_SIGNUP = any_of(SIGNUPS)
_RELATIONS = {relation: opening_with(words) for relation, words in PROVENANCE.items()}
_KEYS = {key: re.compile(alternatives(words), re.IGNORECASE) for key, words in ROLES.items()}
_AND = r"(?:\s*[,/&]\s*|\s+(?:and|та|і|й|и)\s+)"
_ROLE = alternatives(*ROLES.values())
_CREDIT = re.compile(
    rf"(?P<roles>{_ROLE}(?:{_AND}{_ROLE})*)(?:\s+by\s*:?\s+|\s*[:—–-]\s*)(?P<names>[^:;!?]+?)\.?", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"https?://[^\s<>\"”»)]+|(?<![\w@.])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>\"”»)]*)?(?=[\s.,;!?)”»]|$)", re.IGNORECASE
)


def why_box(telling: Telling, index: int) -> Sequence[Piece]:
    """Take a line that asks why this was written, and all that follows it up to the story's end or another foot."""
    title = telling.paragraphs[index]
    if not index or title.count > _WHY_TITLE_WORDS_MOST or not _WHY.match(title.words):
        return ()
    body = _until_foot(telling.paragraphs[index + 1 :])
    made = piece(
        "why",
        title,
        reason=f"{quoted(cut(one_line(title.words), 40))} and what follows it",
        confidence=0.95 if body else 0.6,
        body="\n\n".join(one.words for one in body) or TK,
        fields={"title": one_line(title.words)},
    )
    return (replace(made, end=body[-1].end, last_line=body[-1].last_line) if body else made,)


def foot(telling: Telling, index: int) -> Sequence[Piece]:
    """Take a short paragraph of which every sentence is provenance, sign-up or credits; one piece for each kind."""
    paragraph = telling.paragraphs[index]
    if not index or paragraph.count > _FOOT_WORDS_MOST or paragraph.is_long:
        return ()
    kinds = [_kind(one.words) for one in paragraph.sentences]
    if not all(kinds):
        return ()
    groups = groupby(zip(kinds, paragraph.sentences, strict=True), key=lambda pair: pair[0])
    return tuple(
        _foot_piece(kind, paragraph, (run[0].start - paragraph.start, run[-1].end - paragraph.start))
        for kind, run in ((kind, [sentence for _, sentence in group]) for kind, group in groups)
    )


def credited(words: str) -> Mapping[str, tuple[str, ...]]:
    """Return who did what by the keys of `credits`: “Research and editing by Ana Sample.” Empty for others."""
    found = _CREDIT.fullmatch(words.strip())
    if not found:
        return {}
    names = tuple(one_line(name) for name in re.split(_AND, found["names"]) if name.strip())
    if not names or not all(_is_name(name) for name in names):
        return {}
    return {key: names for role in re.split(_AND, found["roles"]) if (key := _key(role))}


def _until_foot(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    taken = []
    for one in paragraphs:
        if (
            one.count <= _FOOT_WORDS_MOST
            and not one.is_long
            and all(_kind(sentence.words) for sentence in one.sentences)
        ):
            break
        taken.append(one)
    return taken


def _kind(sentence: str) -> str:
    if _relation(sentence):
        return "provenance"
    if credited(sentence):
        return "credits"
    return "signup" if _SIGNUP.search(sentence) and len(sentence.split()) <= _FOOT_WORDS_MOST // 2 else ""


def _foot_piece(kind: str, paragraph: Paragraph, span: tuple[int, int]) -> Piece:
    words = one_line(paragraph.words[slice(*span)])
    if kind == "provenance":
        values: dict[str, Value] = {"relation": _relation(words), "text": words}
        return piece(kind, paragraph, span=span, fields=values, reason="it says where else this stands", confidence=0.9)
    if kind == "signup":
        values = {"label": TK, "url": _address(words), "text": words}
        reason = "it asks readers to sign up; the button needs words that say what it does"
        return piece(kind, paragraph, span=span, fields=values, reason=reason, confidence=0.85)
    values = dict(_all_credits(paragraph, span))
    return piece(kind, paragraph, span=span, fields=values, reason=f"who did what: {', '.join(values)}", confidence=0.9)


def _all_credits(paragraph: Paragraph, span: tuple[int, int]) -> Iterator[tuple[str, Value]]:
    merged: dict[str, tuple[str, ...]] = {}
    for sentence in paragraph.sentences:
        if span[0] <= sentence.start - paragraph.start < span[1]:
            for key, names in credited(sentence.words).items():
                merged[key] = (*merged.get(key, ()), *names)
    yield from merged.items()


def _relation(sentence: str) -> str:
    return next((relation for relation, opening in _RELATIONS.items() if opening.match(sentence)), "")


def _key(role: str) -> str:
    return next((key for key, words in _KEYS.items() if words.fullmatch(role.strip())), "")


def _is_name(words: str) -> bool:
    """Say whether words can be a person's or an outlet's name: few, and the first not in small letters."""
    return len(words.split()) <= _NAMES_MOST and words[0].isalpha() and (words[0].isupper() or not words[0].islower())


def _address(words: str) -> str:
    found = _ADDRESS.search(words)
    if not found:
        return TK
    address = found.group().rstrip(".,;")
    return address if "://" in address else f"https://{address}"
