"""Whether readers are told that words they have already read were changed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from composer.blocks import KINDS, Block, Field, Manuscript
from composer.differences import changes, replaced
from composer.proofs.case import Case, Finding, rule
from composer.proofs.reading import read
from composer.proofs.vocabulary import LITTLE
from composer.text import count_words, cut, one_line, quoted

_HEADER = ("title", "dek", "byline", "dateline")
_UNTOLD = {"correction", "cta", "divider", "provenance", "signup", "sponsor"}  # no reporting, or the telling itself
_UNSEEN = {  # fields that hold no words for readers
    *("ai", "as-of", "data", "decorative", "focal", "height", "kind", "lang", "link", "minutes", "origin", "relation"),
    *("rights", "source", "src", "target", "url", "width", "anonymous"),
}
_WORDS_MOST = 3
_ALIKE_LEAST = 0.6
_SHOWN = 50
_FOLDED = str.maketrans({**dict.fromkeys("“”„«»‟", '"'), **dict.fromkeys("‘’‚", "'"), "−": "-", "…": "..."})
_RANGE = re.compile(r"(?<=\d)[–—](?=\d)")
_DASH = re.compile(r"\s*[–—]\s*|\s+--?\s+")
_LOOSE = re.compile(r"\s+(?=[,;:!?.])")
_QUOTED = re.compile(r"\"[^\"]+\"")
_WORD = re.compile(r"\w+")
_TOLD = ("correction", "clarification", "update", "editors-note", "retraction")


@rule(
    "E-CORR",
    "error",
    reason="Readers who have read it otherwise must learn that it changed; slips of the pen need no telling.",
    mend="Write a correction block (correction, clarification or update), or `x-allow: E-CORR reason` in the header.",
)
def change_untold(case: Case) -> Iterator[Finding]:
    """Compare with what its readers have; up to three misspelt words, marks, and the order of blocks are no change."""
    before = case.past.published
    if before is None or _has_new_note(before, case.manuscript):
        return
    was, now = _parted(list(_told(before)), list(_told(case.manuscript)))
    pairs = list(replaced(changes(_text(was), _text(now))))
    if pairs and not _is_slip(was, now, pairs, case.lang):
        since = f" since {case.past.day:%Y-%m-%d}" if case.past.day else ""
        message = (
            f"readers have it otherwise{since}: {_said(pairs)}; tell them in a correction, clarification or update"
        )
        yield Finding(message=message)


def _has_new_note(before: Manuscript, after: Manuscript) -> bool:
    notes = [block for block in after.corrections if block.get("kind") in _TOLD]
    return any(note not in before.corrections for note in notes)


def _told(manuscript: Manuscript) -> Iterator[str]:
    """Yield what readers are told, a line a passage, with marks and white space folded."""
    for key in _HEADER:
        yield from map(_folded, manuscript.all(key))
    for block in manuscript.visible:
        if block.kind not in _UNTOLD:
            yield from filter(None, map(_folded, _words(block)))


def _words(block: Block) -> Iterator[str]:
    for field in block.fields:
        yield from _seen(block, field)
    spoken = block.kind == "quote" or (block.kind == "pullquote" and block.get("origin") == "speaker")
    for passage in read(block.body).passages:
        yield f'"{passage.words}"' if spoken else passage.words


def _seen(block: Block, field: Field) -> Iterable[str]:
    described = block.kind == "photo" and field.key == "alt"  # better words for the same picture correct nothing
    if described or field.key in _UNSEEN or field.key.startswith("x-") or block.kind not in KINDS:
        return ()
    return (field.value,) if isinstance(field.value, str) else field.value


@lru_cache(maxsize=512)  # most passages stand in both
def _folded(words: str) -> str:
    """Fold marks and spaces: one dash for all, none before a comma, straight quotation marks."""
    ranged = _RANGE.sub("-", words.translate(_FOLDED))
    return _LOOSE.sub("", one_line(_DASH.sub(" – ", ranged)))


def _parted(was: list[str], now: list[str]) -> tuple[list[str], list[str]]:
    """Leave out what stands in both, wherever it stands."""
    both = Counter(was) & Counter(now)
    return _without(was, both), _without(now, both)


def _without(lines: list[str], both: Counter[str]) -> list[str]:
    left = Counter(both)
    kept = []
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
        else:
            kept.append(line)
    return kept


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _is_slip(was: Sequence[str], now: Sequence[str], pairs: Sequence[tuple[str, str]], lang: str) -> bool:
    """Say whether all that changed are a few misspelt or little words, outside figures and quotations."""
    out, put = (sum(count_words(pair[side]) for pair in pairs) for side in (0, 1))
    if max(out, put) > _WORDS_MOST or any(re.search(r"[\d\"]", "".join(pair)) for pair in pairs):
        return False
    spoken = [sorted(_QUOTED.findall(_text(lines))) for lines in (was, now)]
    return spoken[0] == spoken[1] and all(_is_small(*pair, lang) for pair in pairs)


def _is_small(was: str, now: str, lang: str) -> bool:
    before, after = (_WORD.findall(words.lower()) for words in (was, now))
    little = LITTLE.get(lang, frozenset())
    if set(before) | set(after) <= little:
        return True
    likeness = SequenceMatcher(None, "".join(before), "".join(after), autojunk=False).ratio()
    return bool(before) and bool(after) and likeness >= _ALIKE_LEAST


def _said(pairs: Sequence[tuple[str, str]]) -> str:
    was, now = (quoted(cut(words.split("\n")[0], _SHOWN)) if words else "" for words in pairs[0])
    said = f"was {was}, now {now}" if was and now else f"{was} is out" if was else f"{now} is new"
    return said + (f", and {len(pairs) - 1} more" if len(pairs) > 1 else "")


RULES = (change_untold,)
