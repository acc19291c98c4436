"""Words as the index and the editor's question see them: one tokenizer and one small grammar for both.

SQLite's own tokenizer finds no word inside Chinese or Japanese and PostgreSQL's hides hosts and tags; words cut here
give the same answers on every database. Must not know SQL.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

# Scripts written without spaces: Thai to Burmese, Khmer, kana, Han, Hangul (which has spaces, and long words).
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
)
_RUN = rf"[{_UNSPACED}]+|[^\s{_UNSPACED}]+"
_CHUNK = rf"[{_UNSPACED}\uff66-\uff9f]+|[^\W_{_UNSPACED}\uff66-\uff9f](?:[^\s{_UNSPACED}]*[^\W_{_UNSPACED}])?"
_ASCII_RUN = re.compile(r"[a-z0-9]+")
_LETTER = f"[{_UNSPACED}]"
_PIECE = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<star>\*)?')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_PARTS_OF_LETTERS = 9  # combining classes 7 to 9: nukta, kana voicing, virama; accents have higher ones


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that must follow one another; with `prefix` the last may go on."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What an editor asked for: a term of every group, and none of the unwanted."""

    groups: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()


def tokens(words: str) -> list[str]:
    """Cut words into what the index holds: folded words, and pairs of letters where a script has no spaces."""
    return [token for run in _runs(words) for token in _cut(run)]


def placed(words: str) -> Iterator[tuple[str, int, int]]:
    """Yield what `tokens` yields, each with the place in the words as they stand: first letter, and after the last."""
    for piece in _compiled(_CHUNK).finditer(words):
        start = piece.start()
        if not _is_unspaced(piece[0]):
            yield from ((token, start, piece.end()) for token in tokens(piece[0]))
            continue
        for place, token in enumerate(tokens(piece[0])):
            yield token, start + place, min(start + place + len(token), piece.end())


def question(words: str) -> Question:
    """Read what was typed: words, "a phrase", -not, prefix*, and OR between two of them. Anything can be read."""
    groups: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    joined = False
    for piece in _PIECE.finditer(words.translate(_QUOTES)):
        if piece["word"] == "OR" and not piece["minus"]:
            joined = bool(groups)
            continue
        term = _term(piece)
        if term and piece["minus"]:
            unwanted.append(term)
        elif term and joined:
            groups[-1] += (term,)
        elif term:
            groups.append((term,))
        joined = False
    return Question(tuple(groups), tuple(unwanted))


def _term(piece: re.Match[str]) -> Term | None:
    words = piece["phrase"] if piece["phrase"] is not None else piece["word"]
    found = tokens(words)
    if not found:
        return None
    last = _runs(words)[-1]
    if not _is_unspaced(last):
        return Term(tuple(found), prefix=bool(piece["star"]) or words.endswith("*"))
    if len(last) == 1:
        return Term(tuple(found), prefix=True)
    return Term(tuple(found[:-1]))  # the run may go on, so its last letter need not end it


def _cut(run: str) -> list[str]:
    if not _is_unspaced(run):
        return [run]
    return [run[start : start + 2] for start in range(len(run))]


def _is_unspaced(run: str) -> bool:
    return not run.isascii() and _compiled(_LETTER).match(run) is not None


def _runs(words: str) -> list[str]:
    """Fold case, width and accents away and part the words where a space, a sign or another script stands."""
    if words.isascii():
        return _ASCII_RUN.findall(words.lower())
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", words).casefold())
    return _compiled(_RUN).findall(unicodedata.normalize("NFC", "".join(map(_kept, bare))))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: so many scripts take a hundredth of a second, and collecting none."""
    return re.compile(pattern)


@lru_cache(maxsize=16_384)
def _kept(letter: str) -> str:
    """Return a letter, digit or part of one as it is, nothing for an accent, a space for all else."""
    if unicodedata.combining(letter) > _PARTS_OF_LETTERS:
        return ""
    return letter if unicodedata.category(letter)[0] in "LNM" else " "
