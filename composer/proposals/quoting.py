"""Words that stand on their own: quotations that are a paragraph, and sentences that were set large."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from composer.blocks import TK, Value
from composer.proofs.vocabulary import GLUED
from composer.proposals.paragraphs import Paragraph
from composer.proposals.pieces import Piece
from composer.proposals.telling import Telling, folded, piece, trimmed
from composer.proposals.voices import NOBODY, Quotation, Voice, bare, signed, spoken
from composer.summaries.leaning import points_back
from composer.summaries.scoring import cosine
from composer.text import count_words

_QUOTED_WORDS_LEAST = 6  # shorter is a phrase
_INSIDE_WORDS_LEAST = 20  # in a quotation that parts the paragraph it stands in
_BESIDE = 40  # characters that are looked at on each side of a quotation
_LARGE_WORDS = range(6, 56)
_SHORT_SHARE = 0.55  # of the usual paragraph
_NEAR = 0.2  # cosine with a neighbour that it says again
_LARGE_LEAST = 0.6
_WORD = re.compile(r"[^\W_]+")


def pull_quote(telling: Telling, index: int) -> Sequence[Piece]:
    """Take a short paragraph that repeats the body, a speaker in it, or the sense of its neighbours in other words."""
    here = telling.paragraphs[index]
    edges = {0, len(telling.paragraphs) - 1}
    if index in edges or here.count not in _LARGE_WORDS or here.is_heading:
        return ()
    if twin := _twin(telling, index):
        return (_repeated(here, twin),)
    large = _largeness(telling, index)
    if sum(large.values()) < _LARGE_LEAST or spoken_whole(here):
        return ()
    reason = f"set large, not in the text: {', '.join(large)}"
    confidence = min(0.9, round(sum(large.values()), 2))
    fields = {"origin": "display"}
    return (piece("pullquote", here, reason=reason, confidence=confidence, body=here.words, fields=fields),)


def quote(telling: Telling, index: int) -> Sequence[Piece]:
    """Take a paragraph that is a quotation with its speaker, or that a whole quotation parts."""
    here = telling.paragraphs[index]
    said = spoken(here.words)
    if not index or not said:
        return ()
    if not _outside(here.words, said):
        return (_whole(telling, index, said),)
    found = next((one for one in said if _stands_alone(here.words, one)), None)
    return _parted(here, found) if found else ()


def spoken_whole(paragraph: Paragraph) -> bool:
    """Say whether a paragraph holds nothing but quotations and who says them."""
    said = spoken(paragraph.words)
    return bool(said) and not _outside(paragraph.words, said)


def _whole(telling: Telling, index: int, said: Sequence[Quotation]) -> Piece:
    here = telling.paragraphs[index]
    voice = next((one.voice for one in said if one.voice.kind != "none"), NOBODY)
    below = telling.paragraphs[index + 1] if voice == NOBODY and index + 1 < len(telling.paragraphs) else None
    signature = signed(below.words) if below else NOBODY
    voice = signature if signature != NOBODY else voice
    made = piece(
        "quote",
        here,
        reason=f"a paragraph of quoted words; {_who(voice)}",
        confidence=0.9 if voice.kind in {"named", "body"} else 0.7,
        body=" ".join(one.words for one in said),
        fields=speaker_fields(voice),
    )
    return replace(made, end=below.end, last_line=below.last_line) if below and signature != NOBODY else made


def _parted(here: Paragraph, said: Quotation) -> Sequence[Piece]:
    """Part a paragraph at a quotation; what names its speaker after it goes with it, what stands before it stays."""
    end = said.end
    if said.voice.start >= said.end:
        end = max(said.voice.end, said.end)
        end += len(here.words[end:]) - len(here.words[end:].lstrip(".!?…"))
    spans = [trimmed(here.words, 0, said.start), (said.start, end), trimmed(here.words, end, len(here.words))]
    reason = f"whole quoted sentences; {_who(said.voice)}"
    confidence = 0.85 if said.voice.kind == "named" else 0.65
    made = piece(
        "quote",
        here,
        span=spans[1],
        reason=reason,
        confidence=confidence,
        body=said.words,
        fields=speaker_fields(said.voice),
    )
    around = [
        piece("prose", here, span=span, reason=why, confidence=confidence, body=here.words[slice(*span)])
        for span, why in ((spans[0], "it leads to the quotation"), (spans[2], "it follows the quotation"))
        if span[0] < span[1]
    ]
    return sorted((made, *around), key=lambda one: one.start)


def speaker_fields(voice: Voice) -> Mapping[str, Value]:
    """Return a quote's fields: who says it, or that the text names nobody; a pronoun stays for the editor."""
    if voice.kind == "unnamed":
        return {"anonymous": "yes", "role": voice.name, "reason": TK}
    if voice.kind in {"pronoun", "none"}:
        return {"speaker": f"{TK} {voice.shown}" if voice.kind == "pronoun" else TK}
    return {"speaker": voice.name, **({"role": voice.role} if voice.role else {})}


def _who(voice: Voice) -> str:
    if voice.kind == "none":
        return "nobody is named"
    if voice.kind == "unnamed":
        return f"its speaker has no name: {voice.name}"
    return f"{voice.shown} says it" if voice.kind != "pronoun" else f"who speaks is not said: {voice.shown}"


def _stands_alone(words: str, said: Quotation) -> bool:
    """Say whether a quotation of whole sentences opens after a colon and ends the paragraph, or is long and tagged."""
    if not said.words[:1].isupper():
        return False
    before, after = words[max(0, said.start - _BESIDE) : said.start].rstrip(), words[said.end : said.end + _BESIDE]
    introduced = before.endswith(":") and not after.strip() and count_words(said.words) > _QUOTED_WORDS_LEAST
    tagged = said.voice.start >= said.end and said.voice.kind in {"named", "body", "unnamed"}
    opens = not before or before.endswith((".", "!", "?", "…", ":"))
    told = max(said.voice.end, said.end)
    ends = words[told : told + _BESIDE].lstrip()[:1] in {"", "."}
    return introduced or (tagged and opens and ends and count_words(said.words) >= _INSIDE_WORDS_LEAST)


def _outside(words: str, said: Sequence[Quotation]) -> bool:
    """Say whether more stands outside a paragraph's quotations than who says them."""
    if sum(count_words(one.words) for one in said) < _QUOTED_WORDS_LEAST:
        return True
    kept = list(words)
    for one in said:
        kept[one.start : one.end] = " " * (one.end - one.start)
        if one.voice.kind != "none":
            kept[one.voice.start : one.voice.end] = " " * (one.voice.end - one.voice.start)
    return bool(_WORD.search("".join(kept)))


def _twin(telling: Telling, index: int) -> tuple[str, Voice] | None:
    """Return where else a paragraph's words stand, in the body or in somebody's mouth, and whose they are then."""
    words = folded(bare(telling.paragraphs[index].words))
    for other in telling.holding(words):
        whole = telling.folded[other]
        if other == index or len(whole) <= len(words) or f" {words} " not in f" {whole} ":
            continue
        quoted = (one for one in spoken(telling.paragraphs[other].words) if words in folded(one.words))
        said = next(quoted, None)
        return ("speaker", said.voice) if said else ("body", NOBODY)
    return None


def _repeated(here: Paragraph, twin: tuple[str, Voice]) -> Piece:
    origin, voice = twin
    fields: dict[str, Value] = {"origin": origin}
    if origin == "speaker":
        fields |= speaker_fields(voice) if voice.kind in {"named", "body"} else {"speaker": f"{TK} {voice.shown}"}
    where = (
        "quoted words that stand in the text too" if origin == "speaker" else "a sentence that stands in the text too"
    )
    words = bare(here.words) if origin == "speaker" else here.words
    return piece("pullquote", here, reason=where, confidence=0.95, body=words, fields=fields)


def _largeness(telling: Telling, index: int) -> dict[str, float]:
    """Return what speaks for a sentence that was set large, each sign with its weight."""
    here = telling.paragraphs[index]
    around = [telling.paragraphs[one].count for one in telling.near(index, reach=1)]
    near = max((cosine(telling.vectors[index], telling.vectors[one]) for one in telling.near(index)), default=0)
    if here.count > _SHORT_SHARE * min(telling.usual_words, max(around)) or points_back(here.words):
        return {}
    signs = {
        "short beside its neighbours": 0.2,
        "one sentence": 0.15 if len(here.sentences) == 1 else 0.0,
        "words glued as a drop cap leaves them": 0.35 if GLUED.match(here.words) else 0.0,
        "it says again what stands beside it": 0.3 if near >= _NEAR else 0.0,
    }
    return {sign: weight for sign, weight in signs.items() if weight}
