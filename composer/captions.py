"""A caption and the credit that is glued to it, told apart. Pure: words in, words out; no word is lost or made up.

    string  = [ caption separator ] credit [ "." ]
    credit  = [ label ] who *( "/" who ) [ ( "via" | "for" ) who *( "/" who ) ]  |  who "," agency
    who     = agency | name            as names and houses are written: capitals, or a script that has none
    label   = "Photo:" "Photo by" "Credit:" "©" "Фото:" "ფოტო:" "تصوير:" "Crédit photo :" "Foto:" … of LABELS
    separator = the end of a sentence | a dash or "|" between blanks | an opening bracket | a label with its colon

Without a label a credit has to name an agency, a stroke or a distributor; after a caption a label with a colon (or ©)
may be followed by any few words ("Photo: press office of the port"). What fits nothing is caption.

Source: the credit lines of news agencies, "photographer/POOL/agency via distributor"; Google and IPTC keep the same two
facts apart (IPTC Photo Metadata 2023.1, "Creator" and "Credit Line").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from composer.text import NAME, one_line

AGENCIES = (
    "AFP|AP|AP Photo|Associated Press|Reuters|REUTERS|EPA|EPA-EFE|EFE|ANP|DPA|dpa|Getty Images|Getty|POOL|Pool"
    "|Shutterstock|Alamy|UNIAN|Ukrinform|TASS|RIA|Xinhua|Anadolu|NurPhoto|SOPA Images|Sputnik|Magnum|Bloomberg|Keystone"
    "|Unsplash|RFE/RL|InterPressNews|УНІАН|Укрінформ|ТАСС|РИА|Рейтер|Ройтерз|რადიო თავისუფლება|ინტერპრესნიუსი"
    "|أ ف ب|أ\\.ف\\.ب|فرانس برس|رويترز|الأناضول|غيتي|أسوشيتد برس|د ب أ"
)
LABELS = (
    r"(?:photo(?:s|graph|graphs|graphy)?|image|picture|illustration)s?(?: credits?)?(?: (?:by|courtesy of))?",
    r"credits?(?: line)?",
    "courtesy of",
    "(?:автор |джерело )?фото(?:графія)?|світлина|ілюстрація|зображення",
    "(?:автор |источник )?фото(?:графия)?|снимок|иллюстрация|изображение",
    "ფოტო(?:ს ავტორი|გრაფია)?|ილუსტრაცია|სურათი",
    "(?:مصدر )?(?:ال)?صورة|(?:ال)?تصوير|(?:ال)?مصو[ّ]?رة?|عدسة",
    "(?:cr[ée]dits? )?photos?(?: (?:de|par))?|cr[ée]dits?(?: photos?)?|photographie",
    "foto(?:s|graf|grafie|graf[ií]a)?(?: (?:von|de))?|bild(?:er|nachweis|quelle)?|aufnahme|imagen|cr[ée]dito",
)
_WORDS_MOST, _LETTERS_MOST = 14, 240  # in a credit
_AGENCY = rf"(?:{'|'.join(sorted(AGENCIES.split('|'), key=len, reverse=True))})(?!\w)"
_CASELESS = r"[\u0620-\u064a\u066e-\u06d3ა-ჺא-ת][\u0620-\u065f\u066e-\u06d3ა-ჺא-ת’'-]*"  # scripts without capitals
# Agencies are written as names are, but for these two.
_CASED = rf"(?:(?:[Tt]he )?{NAME}|dpa|أ\.ف\.ب)"
_WHO = rf"(?:{_CASED}|{_CASELESS}(?: {_CASELESS}){{0,4}})"
_STROKE = r"\s?/\s?"
_VIA = rf",? (?:via|через|über|عبر) {_WHO}(?:{_STROKE}{_WHO})*"
_FOR = rf" (?:for|für|pour|для) {_WHO}"
_LABEL = rf"(?i:{'|'.join(LABELS)})(?!\w)"
_OWNED = r"(?:©|\(c\)|\(C\)|copyright\b)\s*(?:\d{4}\s*[,/]?\s*)?"
_NAMED = rf"{_WHO}(?:{_STROKE}{_WHO})*(?:{_VIA}|{_FOR}|, {_AGENCY})?"
_TELLING = (  # says by itself that it is a credit
    rf"(?:{_CASED}(?:{_STROKE}{_CASED})+(?:{_VIA})?"
    rf"|{_WHO}(?:{_STROKE}{_WHO})*{_STROKE}{_AGENCY}(?:{_STROKE}{_WHO})*(?:{_VIA})?"
    rf"|{_CASED}(?:{_VIA}|{_FOR})|{_WHO}, {_AGENCY}|{_AGENCY})"
)
_MARK = rf"(?:{_LABEL}\s*[:：]\s*(?:{_OWNED})?|(?:{_LABEL}\s*)?{_OWNED}|{_LABEL}\s*[—–-]?\s*)"
_END = r"\s*[)\]]?\.?"
_STRICT = rf"[(\[]?(?:{_MARK}{_NAMED}|{_TELLING}){_END}"
_LOOSE = rf"[(\[]?(?:{_LABEL}\s*[:：]|(?:{_LABEL}\s*)?{_OWNED})\s*(?P<who>[^()\[\]\n]{{2,120}}?){_END}"
_LEADING = rf"[(\[]?\s*{_MARK}"
_BEGINS = rf"(?<=[.!?…»”\"’)])\s+(?=\S)|\s[—–|]\s*(?=\S)|\n|\s(?=[(\[])|\s(?={_LABEL}\s*[:：]|©|\([cC]\))"
_HINT = rf"[/©]|\([cC]\)|(?<!\w)(?:(?i:copyright)|{_LABEL}|{_AGENCY}|via|через|über|عبر|for|für|pour|для)(?!\w)"
_FULL_STOP = re.compile(r"[^\W\d_]{3,}[.!?…]\s+\S")  # the end of a sentence, not of an initial
_ABBREVIATED = re.compile(r"\b(?:Inc|Ltd|Co|Jr|Sr|Bros|St|[^\W\d_a-zа-яіїєґ])\.$")
_EDGES = " \t\n()[]—–|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What a picture's line says, and who made the picture as a credit is printed: names only."""

    words: str
    credit: str = ""  # "" when the line names nobody


def part(line: str) -> Caption:
    """Tell a caption from the credit that ends it; a line without one is all caption.

    `part("Boats at the quay. Photo: Jane Doe/AFP via Getty Images.")` has the words "Boats at the quay." and the
    credit "Jane Doe/AFP via Getty Images". It reads English, Ukrainian, Russian, Georgian, Arabic, French and German.
    """
    start = credit_start(line)
    return Caption(words=one_line(line[:start].rstrip(_EDGES)), credit=plain(line[start:]))


def credit_start(line: str) -> int:
    """Return where the credit begins in a line, its label and bracket included; the line's length without one."""
    if not _compiled(_HINT).search(line[-_LETTERS_MOST:]):  # most captions credit nobody, and are told so at once
        return len(line)
    for start in _starts(line):
        words = line[start:].strip() if len(line) - start <= _LETTERS_MOST else ""
        if (
            words
            and len(words.split()) <= _WORDS_MOST
            and (_compiled(_STRICT).fullmatch(words) or (start and _is_loose(words)))
        ):
            return start
    return len(line)


def plain(credit: str) -> str:
    """Return a credit as it is printed: no label, sign or bracket round it, no full stop, strokes without blanks.

    The theme writes "Photo" by itself. A credit that is nothing but a label comes back as it is.
    """
    bare = re.sub(r"\s*/\s*", "/", one_line(credit)).strip("/ ")
    named = _compiled(_LEADING).sub("", bare, count=1) if is_labelled(bare) else bare
    return _stopped(_unbracketed(named)) or bare


def is_labelled(credit: str) -> bool:
    """Say whether a credit begins with what the theme writes by itself: Photo:, Фото:, ©."""
    found = _compiled(_LEADING).match(credit)
    return found is not None and bool(credit[found.end() :].strip(_EDGES + "."))


def has_full_stop(credit: str) -> bool:
    """Say whether a credit ends in a full stop that is no part of a name (Inc., Jr.)."""
    return credit.endswith(".") and not _ABBREVIATED.search(credit)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: some take a while, and most commands see no caption."""
    return re.compile(pattern)


def _starts(line: str) -> Iterator[int]:
    yield len(line) - len(line.lstrip())
    yield from (found.end() for found in _compiled(_BEGINS).finditer(line))


def _is_loose(words: str) -> bool:
    found = _compiled(_LOOSE).fullmatch(words)
    return found is not None and not _FULL_STOP.search(found["who"])


def _unbracketed(words: str) -> str:
    """Take off brackets that close nothing, or that stand round the whole."""
    bare = words.strip()
    if bare.endswith((").", "].")):
        bare = bare[:-1]
    if bare[:1] in "([" and bare[-1:] in ")]":
        bare = bare[1:-1]
    if bare[-1:] in ")]" and not re.search(r"[(\[]", bare):
        bare = bare[:-1]
    return bare.strip()


def _stopped(words: str) -> str:
    return words[:-1].rstrip() if has_full_stop(words) else words
