"""Letters folded so that one name written two ways is one: digits, apostrophes, accents, case endings, scripts.

Every function takes a word; only `plain` takes a text, and changes no offset.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_PLAIN = str.maketrans(
    {
        **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),  # Arabic-Indic
        **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),  # Persian and Urdu
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
        "٫": ".",
        "٬": ",",
        "٪": "%",
        "−": "-",
        "‑": "-",
    }
)
_APOSTROPHES = str.maketrans("", "", "'’ʼ‘`ʹ")
_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670]")
_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_LATIN: Mapping[int, str] = MappingProxyType(
    str.maketrans(
        {
            **dict(zip("абвгдезийклмнопрстуфхцыэіґ", "abvgdeziiklmnoprstufhcieig", strict=True)),
            **dict(zip("აბგდევზთიკლმნოპრსტუფქცხჯჰ", "abgdevztiklmnoprstufkchjh", strict=True)),
            **dict(zip("ёжчшщъьюяєї", ["e", "zh", "ch", "sh", "sh", "", "", "iu", "ia", "ie", "i"], strict=True)),
            **dict(zip("ჟღყშჩძწჭ", ["zh", "gh", "k", "sh", "ch", "dz", "c", "ch"], strict=True)),
        }
    )
)
_SOUNDS = (("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("kh", "h"), ("gh", "g"), ("ts", "c"), ("tz", "c"))
_SOUNDS_OF_ONE = (("ph", "f"), ("w", "v"), ("x", "ks"), ("q", "k"), ("j", "i"), ("y", "i"))
_DOUBLED = re.compile(r"(.)\1+")
_STEM_LEAST = 3

_ENDING_MOST = 7

# Nouns, adjectives and surnames of Ukrainian and Russian; Georgian cases with their postpositions.
_SLAVIC = frozenset(
    re.findall(
        r"\w+",
        """ями ами ові еві єві ого его ому ему ими ыми іми ої ою ей єю ею ой ій ий ый ым им ім ом ем єм ую юю ая яя
        ах ях ам ям их ых іх а я у ю о е є и ы і ї ь й""",
    )
)
_GENITIVE = frozenset(("ов", "ев", "єв", "ів", "їв"))
_GEORGIAN = frozenset(
    re.findall(r"\w+", "ისთვის ებისთვის ებმა ებს ების ებში ებზე თვის თან დან ში ზე მა ით ის ად მ ს ო ი ა ე")
)
_ARABIC_FRONT = re.compile(r"^(?:[وفبلك]{0,2}ال|لل|[وف](?=...))")
_CYRILLIC_LETTER = re.compile("[а-яёєіїґ]")
_GEORGIAN_LETTER = re.compile("[ა-ჰ]")
_ARABIC_LETTER = re.compile("[ء-ي]")
_VOWELS_THAT_CHANGE = re.compile("[іїеє]")
_FLEETING = re.compile(r"о(?=[бвгґджзклмнпрстфхцчшщ]ь?$)")
_LAST_VOWEL = re.compile(r"(?<=...)[aeiou]$")
_LATIN_SPELLINGS = (("kh", "h"), ("ts", "c"), ("w", "v"), ("iy", "y"), ("ij", "y"), ("yy", "y"), ("ii", "y"))


def plain(text: str) -> str:
    """Write digits, spaces and minus signs of any kind as their plain ones; every code point stays in its place."""
    return text.translate(_PLAIN)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return a word in small letters without apostrophes, accents or a possessive."""
    small = word.lower()
    if small[-2:] in {"'s", "’s"}:
        small = small[:-2]
    if small.isascii():
        return small.replace("'", "") if "'" in small else small
    small = small.translate(_APOSTROPHES)
    if _CYRILLIC_LETTER.search(small):
        return small.replace("ё", "е")
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", small))
    return bare.translate(_ARABIC)


@lru_cache(maxsize=1 << 16)
def key(folded: str) -> str:
    """Return how a folded word sounds in plain Latin letters, so that Kobakhidze and კობახიძე are one."""
    letters = stem(folded).translate(_LATIN)
    for written, sound in _SOUNDS + _SOUNDS_OF_ONE:
        letters = letters.replace(written, sound)
    return _LAST_VOWEL.sub("", _DOUBLED.sub(r"\1", letters))


@lru_cache(maxsize=1 << 16)
def spelling(folded: str) -> str:
    """Return one of the ways in which Latin letters write a Slavic name: Zelensky, Zelenskyy and Zelenskiy are one."""
    for written, plainly in _LATIN_SPELLINGS:
        folded = folded.replace(written, plainly)
    return folded[:-1] + "y" if folded[-1:] == "i" else folded


@lru_cache(maxsize=1 << 16)
def stem(folded: str) -> str:
    """Return a folded word without its case ending; a Latin one as it is."""
    if folded.isascii():
        return folded
    if _CYRILLIC_LETTER.search(folded):
        return _cut(_SLAVIC, folded)
    if _GEORGIAN_LETTER.search(folded):
        return _cut(_GEORGIAN, folded)
    if _ARABIC_LETTER.search(folded):
        bare = _ARABIC_FRONT.sub("", folded)
        return bare if len(bare) >= _STEM_LEAST else folded
    return folded


@lru_cache(maxsize=1 << 16)
def root(folded: str) -> str:
    """Return a stem whose changing vowels are gone: Київ and Києва, Павел and Павла."""
    short = stem(folded)
    if not _CYRILLIC_LETTER.search(short):
        return short
    short = _cut(_GENITIVE, short)
    return _FLEETING.sub("", _VOWELS_THAT_CHANGE.sub("о", short)).replace("ь", "")


def _cut(endings: frozenset[str], folded: str) -> str:
    """Take the longest ending off that leaves a stem."""
    for letters in range(_ENDING_MOST, 0, -1):
        if len(folded) - letters >= _STEM_LEAST and folded[-letters:] in endings:
            return folded[:-letters]
    return folded
