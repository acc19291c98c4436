"""Words as an index sees them: folded, parted, and in pairs of letters where a script has no spaces.

SQLite's own tokenizer finds no word inside Chinese or Japanese and PostgreSQL's hides hosts and tags; words cut here
give the same answers in every database and in a reader's browser (`templates/currents/search.js` does the same).
"""

import re
import unicodedata
from functools import cache, lru_cache

# Scripts written without spaces: Thai to Burmese, Khmer, kana, Han, Hangul (which has spaces, and long words).
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
)
_RUN = rf"[{UNSPACED}]+|[^\s{UNSPACED}]+"
_ASCII_RUN = re.compile(r"[a-z0-9]+")
_LETTER = f"[{UNSPACED}]"
_PARTS_OF_LETTERS = 9  # combining classes 7 to 9: nukta, kana voicing, virama; accents have higher ones


def tokens(words: str) -> list[str]:
    """Cut words into what an index holds: folded words, and pairs of letters where a script has no spaces."""
    return [token for run in runs(words) for token in _cut(run)]


def runs(words: str) -> list[str]:
    """Fold case, width and accents away and part the words where a space, a sign or another script stands."""
    if words.isascii():
        return _ASCII_RUN.findall(words.lower())
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", words).casefold())
    return compiled(_RUN).findall(unicodedata.normalize("NFC", "".join(map(_kept, bare))))


def is_unspaced(run: str) -> bool:
    """Say whether a run is of a script that has no spaces between its words."""
    return not run.isascii() and compiled(_LETTER).match(run) is not None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: so many scripts take a hundredth of a second, and collecting none."""
    return re.compile(pattern)


def _cut(run: str) -> list[str]:
    if not is_unspaced(run):
        return [run]
    return [run[start : start + 2] for start in range(len(run))]


@lru_cache(maxsize=16_384)
def _kept(letter: str) -> str:
    """Return a letter, digit or part of one as it is, nothing for an accent, a space for all else."""
    if unicodedata.combining(letter) > _PARTS_OF_LETTERS:
        return ""
    return letter if unicodedata.category(letter)[0] in "LNM" else " "
