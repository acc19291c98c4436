"""Pure words: slugs, counts, cuts. Nothing here knows an edition."""

import re
import unicodedata
from itertools import islice

WORDS_A_MINUTE = 238  # adult silent reading of English non-fiction, Brysbaert 2019 (190 studies)
_ENGLISH_ALOUD = 228
_ALOUD = {  # words a minute read aloud in matched texts, Trauzettel-Klosinski and Dietz 2012 (IReST)
    "ar": 138,
    "de": 179,
    "es": 218,
    "fi": 161,
    "fr": 195,
    "he": 187,
    "it": 188,
    "nl": 202,
    "pl": 166,
    "pt": 181,
    "ru": 184,
    "sl": 180,
    "sv": 199,
    "tr": 166,
}
_WORD = re.compile(r"[^\W_]+(?:[’'.,\-][^\W_]+)*")
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐÉĘĚĞĪİŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁІЇЄҐ"
_PARTICLE = "(?:van|von|der|den|de|del|della|da|di|dos|bin|ibn|al|el|la|le)"
# A person's or a house's name as Latin and Cyrillic print writes it: part of a regular expression.
NAME = rf"[{_CAPITAL}][\w’'-]*(?:\.(?= ?[{_CAPITAL}]))?(?: (?:{_PARTICLE}[ ]){{0,2}}[{_CAPITAL}][\w’'-]*){{0,5}}"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NO_ISOLATES = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))  # UAX 9, section 2.4
_INNER_MARKS = str.maketrans("„“”", "‚‘’")
# A letter each, in the order of the alphabets below; vowels that a script does not write stay unwritten.
_ARMENIAN = "a b g d e z e y t i l kh ts k h dz gh ch m y n sh o p j r s v t r ts v k o f ev"
_HEBREW = "a b g d h v z h t y k k l m m n n s a p p ts ts q r sh t"
_ARABIC = "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a a a i w y"
_TRANSLITERATED = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdezijklmnoprstufhcye", strict=True)),
        "ё": "e",
        "ж": "zh",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
        "є": "ye",
        "і": "i",
        "ї": "yi",
        "ґ": "g",
        "ß": "ss",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        **dict(zip("აბგდევზთიკლმნოპრსტუფქცხჯჰ", "abgdevztiklmnoprstupkcxjh", strict=True)),
        "ჟ": "zh",
        "ღ": "gh",
        "ყ": "q",
        "შ": "sh",
        "ჩ": "ch",
        "ძ": "dz",
        "წ": "ts",
        "ჭ": "ch",
        **dict(zip("աբգդեզէըթիլխծկհձղճմյնշոպջռսվտրցւքօֆև", _ARMENIAN.split(), strict=True)),
        **dict(zip("אבגדהוזחטיכךלמםנןסעפףצץקרשת", _HEBREW.split(), strict=True)),
        **dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىآأإؤئ", _ARABIC.split(), strict=True)),
    }
)


def one_line(words: str) -> str:
    """Fold every run of white space into one space."""
    return " ".join(words.split())


def count_words(words: str, most: int | None = None) -> int:
    """Count words, up to `most`; a figure, a contraction or a hyphenated word is one."""
    return len(_WORD.findall(words)) if most is None else sum(1 for _ in islice(_WORD.finditer(words), most))


def words_a_minute(lang: str = "en") -> int:
    """Return how many words of a language (BCP 47) are read in a minute: English's rate where no other is known.

    Languages differ in how many words the same message takes, so a rate is scaled by matched texts.
    """
    aloud = _ALOUD.get(primary(lang), _ENGLISH_ALOUD)
    return round(WORDS_A_MINUTE * aloud / _ENGLISH_ALOUD)


def reading_minutes(word_count: int, lang: str = "en") -> int:
    """Return whole minutes of silent reading, at least 1."""
    return max(1, round(word_count / words_a_minute(lang)))


def cut(words: str, most: int) -> str:
    """Shorten to at most `most` code points, at a word, with an ellipsis when something was cut."""
    if len(words) <= most:
        return words
    head = words[:most].rsplit(None, 1)
    return (head[0] if len(head) > 1 else words[: most - 1]).rstrip(" ,;:–—-") + "…"


def quoted(words: str) -> str:
    """Put words between quotation marks; marks that stand inside become single ones."""
    return f"“{words.translate(_INNER_MARKS)}”"


def without_isolates(words: str) -> str:
    """Take out the marks that rendering puts around words of the other direction, for comparing and counting."""
    return words.translate(_NO_ISOLATES)


def slug(words: str, most: int = 60) -> str:
    """Return a file- and URL-safe name (`[a-z0-9-]`, at most `most` characters), or "" when no letter can stay."""
    lowered = words.lower().translate(_TRANSLITERATED)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode().lower()
    joined = _NOT_SLUG.sub("-", plain.replace("'", "")).strip("-")
    return joined if len(joined) <= most else joined[: most + 1].rsplit("-", 1)[0][:most].strip("-")


def primary(tag: str) -> str:
    """Return a language tag (BCP 47) without region and script: "pt" of "pt-BR"."""
    return tag.replace("_", "-").partition("-")[0].strip().lower()


def host(url: str) -> str:
    """Return the host of an http(s) URL without `www.`, or ""."""
    found = re.match(r"https?://(?:[^/@?#]*@)?(?:www\.)?([^/:?#]+)", url, re.IGNORECASE)
    return found.group(1).lower() if found else ""


def ulid(milliseconds: int, chance: int) -> str:
    """Return 26 characters of Crockford base 32: 48 bits of Unix time, 80 bits of chance (ULID specification)."""
    number = (milliseconds << 80) | (chance & ((1 << 80) - 1))
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(number >> shift) & 31] for shift in range(125, -1, -5))
