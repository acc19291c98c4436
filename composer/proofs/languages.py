"""One language, written in its own letters: blocks in another one, and letters of another alphabet inside a word."""

import re
from collections import Counter
from collections.abc import Iterator

from composer.blocks import KINDS, Block
from composer.proofs.case import BODY, RUNNING_WORDS, Case, Finding, rule
from composer.proofs.reading import read
from composer.proofs.tongues import other_tongue

_NAMES = {
    "ar": "Arabic",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "hy": "Armenian",
    "ka": "Georgian",
    "ru": "Russian",
    "uk": "Ukrainian",
}
_MOST = 0.5  # of an edition's words, to be its language
_TWIN_LATIN = frozenset("aceiopxykmhtbABCEHIKMOPTXYSsjJ")  # letters that look like a Cyrillic one
_TWIN_CYRILLIC = frozenset("асеіорхукмнтвАВСЕНІКМОРТХУЅѕјЈ")
_WORD = re.compile(r"[A-Za-zЀ-ԯ]+")
_ENDED = re.compile(r"[A-Za-z]{2,}[Ѐ-ԯ]{1,4}")  # a foreign name with a case ending: YouTubeом
_ACRONYM = re.compile(r"[A-Z]{2,}[а-яёіїєґ]{1,4}")  # SMSка: its letters may all have twins
_LATIN, _CYRILLIC = re.compile("[A-Za-z]"), re.compile("[Ѐ-ԯ]")


@rule(
    "T-LANG",
    "warning",
    reason="Screen readers, hyphenation and translation take the language that is named, and read nonsense otherwise.",
    mend="Write `lang:` in the header, or in the quote or brief that is in another language.",
)
def language_unnamed(case: Case) -> Iterator[Finding]:
    """Guess each block's language by script and little words; in doubt it is the one that is named."""
    judged = [(block, read(block.body).count, _other(case, block)) for block in case.manuscript.of(*RUNNING_WORDS)]
    counts: Counter[str] = Counter()
    for _, count, tongue in judged:
        counts[tongue] += count
    (most, words), *_ = counts.most_common(1) or [("", 0)]
    whole = most if most and words > _MOST * counts.total() else ""
    if whole:
        message = f"the edition seems to be in {_named(whole)}, and says {case.lang}; write its `lang:` in the header"
        yield Finding(key="lang", message=message)
    for block, _, tongue in judged:
        if tongue and tongue != whole:
            yield Finding(block=block, key=BODY, message=_said(case, block, tongue))


@rule(
    "T-CONFUSABLE",
    "warning",
    reason="A Latin letter inside a Cyrillic word looks right, and search, speech and spelling stumble over it.",
    mend="Type the word again on one keyboard.",
)
def look_alike(case: Case) -> Iterator[Finding]:
    """Look for words of both alphabets whose odd letters have a twin in the other.

    A foreign name may carry an ending.
    """
    for place in case.places():
        if not (_LATIN.search(place.words) and _CYRILLIC.search(place.words)) or "://" in place.words:
            continue
        for word in _WORD.findall(place.words):
            if odd := _odd_letters(word):
                yield place.finding(f"“{word}” mixes alphabets ({odd}); type it again on one keyboard")


def _other(case: Case, block: Block) -> str:
    return other_tongue(read(block.body).words, case.lang_of(block))


def _said(case: Case, block: Block, tongue: str) -> str:
    said = f"these words seem to be in {_named(tongue)}, and the {block.kind} says {case.lang_of(block)}"
    code = tongue if tongue in _NAMES else "…"
    if "lang" in KINDS[block.kind].keys:
        return f"{said}; write `lang: {code}`"
    return f"{said}; make it a quote or a brief with `lang: {code}`"


def _named(tongue: str) -> str:
    return _NAMES.get(tongue, f"another language ({tongue} letters)")


def _odd_letters(word: str) -> str:
    """Return the letters of a mixed word that look like others, as code points; "" when it is mixed on purpose."""
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    own_latin = any(letter not in _TWIN_LATIN for letter in latin)
    own_cyrillic = any(letter not in _TWIN_CYRILLIC for letter in cyrillic)
    if not (latin and cyrillic) or _ACRONYM.fullmatch(word):
        return ""
    if own_latin and (own_cyrillic or _ENDED.fullmatch(word)):
        return ""
    odd = cyrillic if own_latin or (not own_cyrillic and len(cyrillic) < len(latin)) else latin
    return ", ".join(f"{letter} is U+{ord(letter):04X}" for letter in dict.fromkeys(odd))


RULES = (language_unnamed, look_alike)
