"""Which language words seem to be in, by their script and their little words. In doubt it says nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LETTERS_LEAST = 30
_SHARE_LEAST = 0.8  # of the letters, for a script to be the words' own
_HITS_LEAST = 4
_TIMES = 4  # how much more often another language's little words must stand there
_SCRIPTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "Latin": re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]"),
        "Cyrillic": re.compile("[Ѐ-ԯ]"),
        "Georgian": re.compile("[Ⴀ-ჿ]"),
        "Arabic": re.compile("[\u0620-\u064a\u066e-\u06d3]"),
        "Hebrew": re.compile("[א-ת]"),
        "Armenian": re.compile("[Ա-և]"),
        "Greek": re.compile("[Ͱ-Ͽ]"),
    }
)
_WRITTEN: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(_words("be bg kk ky mk mn ru tg uk"), "Cyrillic"),
        **dict.fromkeys(_words("ar ckb fa ps ug ur"), "Arabic"),
        **dict.fromkeys(_words("ca cs da de en es et eu fi fr ga hr hu id is it"), "Latin"),
        **dict.fromkeys(_words("lt lv nl no pl pt ro sk sl sq sv tr vi"), "Latin"),
        "el": "Greek",
        "he": "Hebrew",
        "hy": "Armenian",
        "ka": "Georgian",
        "yi": "Hebrew",
    }
)
_ALONE: Mapping[str, str] = MappingProxyType(
    {"Georgian": "ka", "Arabic": "ar", "Hebrew": "he", "Armenian": "hy", "Greek": "el"}
)
_LITTLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": _words("the of and to is are was were that with for this from which have has not they their by"),
        "de": _words("der die das und ist nicht ein eine mit von den dem auf für sich auch wird wurde sind"),
        "fr": _words("le les des est une dans que qui pour pas sur avec sont aux du cette ses ont mais"),
        "es": _words("el los las del que una con por para como está pero sus más son fue esta al sin"),
        "uk": _words(
            "що та він вони цей ця були було його їх які яка й є від із але коли тому бо щоб або якщо вже лише чи"
        ),
        "ru": _words(
            "что он они этот эта были было его их которые которая от из но когда это как не"
            " потому если или чтобы где здесь"
        ),
    }
)
_TELLING: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"uk": re.compile("[іїєґІЇЄҐ]"), "ru": re.compile("[ыэъёЫЭЪЁ]")}  # letters that only one of the two has
)
_WORD = re.compile(r"[^\W\d_]+")


def other_tongue(words: str, lang: str) -> str:
    """Return the language that words seem to be in when it is another than `lang`, else "".

    Languages are BCP 47 without region. Where only the script tells, the script's name is returned ("Cyrillic").
    A few words, and a language that nobody has described here, are not judged.
    """
    script = _script(words)
    if not script or lang not in _WRITTEN:
        return ""
    if script != _WRITTEN[lang]:
        return _ALONE.get(script) or _nearest(words, "") or script
    return _nearest(words, lang) if lang in _LITTLE else ""


def _script(words: str) -> str:
    counts = {name: len(pattern.findall(words)) for name, pattern in _SCRIPTS.items()}
    letters = sum(counts.values())
    most = max(counts, key=lambda name: counts[name])
    return most if letters >= _LETTERS_LEAST and counts[most] >= _SHARE_LEAST * letters else ""


def _nearest(words: str, lang: str) -> str:
    """Return the language whose little words and letters stand there far oftener than `lang`'s."""
    hits = Counter(_hits(words))
    if not hits:
        return ""
    (best, most), *_ = hits.most_common(1)
    rivals = [count for name, count in hits.items() if name not in {best, lang}] if not lang else [hits[lang]]
    return best if best != lang and most >= _HITS_LEAST and most >= _TIMES * max(rivals, default=0) else ""


def _hits(words: str) -> Iterable[str]:
    spoken = [word.lower() for word in _WORD.findall(words)]
    for name, little in _LITTLE.items():
        yield from (name for word in spoken if word in little)
    strange = [word for word in spoken if not word.isascii()]
    for name, letters in _TELLING.items():
        yield from (name for word in strange if letters.search(word))
