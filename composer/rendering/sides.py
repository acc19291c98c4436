"""Which way words run, and isolates around words that run the other way, so that none of their neighbours jump.

A run of the other direction is put between U+2068 and U+2069 (Unicode's bidirectional algorithm, UAX 9). What an
editor has isolated already is left as it is.
"""

import re
from collections.abc import Iterator

FIRST_STRONG, LTR_ISOLATE, POP_ISOLATE = "\u2068", "\u2066", "\u2069"
_OPENERS = "\u2066\u2067\u2068"
_MARKS = frozenset(_OPENERS + POP_ISOLATE)
RLM = "\u200f"  # a right-to-left mark: an invisible letter that decides where a line begins
OTHER = {"ltr": "rtl", "rtl": "ltr"}
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"})
RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa", "adlm", "rohg"})
UNITS = frozenset(
    {
        *("km", "m", "cm", "mm", "km²", "m²", "m³", "ha", "l", "kg", "g", "t", "km/h", "mph", "°C", "°F", "hPa"),
        *("kW", "MW", "GW", "TW", "kWh", "MWh", "GWh", "TWh", "kB", "MB", "GB", "TB", "Hz", "kHz", "MHz", "GHz"),
    }
)
_FOREIGN_MOST = 4  # times as many letters of the other direction as of its own turn a paragraph round

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LETTERS = {
    "rtl": re.compile(rf"(?=[{_RTL}])[^\W\d_]"),
    "ltr": re.compile(rf"(?![{_RTL}])[^\W\d_]"),
}
_ISOLATED = "[\u2066-\u2068][^\u2066-\u2069]*\u2069"
_ADDRESS = (
    r"(?:https?://|www\.)[^\s<>\u2066-\u2069]*[\w/=&#-]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_SIGN = rf"(?:(?<![{_RTL}\w])[-−+#@$€£])?"  # not the hyphen of a Hebrew or Arabic prefix
_WORD = rf"(?![{_RTL}])\w(?:(?:[.'’&/+@#%:~=?*−-]*|(?<=\d),(?=\d))(?![{_RTL}])[\w\u0300-\u036f\u0900-\u0dff])*[%‰°+]*"
_LATIN = rf"(?:[A-Z]\.){{2,}}|{_WORD}|°[CF]"
_LEFT_RUN = re.compile(rf"{_ISOLATED}|{_ADDRESS}|{_SIGN}(?:{_LATIN})(?:[ \u00a0](?:[&+] )?(?:{_LATIN}))*")
_SIGNED = re.compile(r"[-−+]\d")
_BARE_NUMBER = re.compile(r"\d[\d.,:%/-]*[ \u00a0]")
_RIGHT = rf"[{_RTL}]+(?:[-־'’\"״׳.][{_RTL}]+)*"
_RIGHT_RUN = re.compile(
    rf"{_ISOLATED}|{_RIGHT}(?:(?:[,،؛:]?[ \u00a0]|[ \u00a0]?–[ \u00a0]?)(?:\d[\d.,]*%?[ \u00a0])?{_RIGHT})*"
)
_IS_ADDRESS = re.compile(_ADDRESS)


def direction(lang: str) -> str:
    """Return `rtl` or `ltr` for a language tag (BCP 47); a script subtag outweighs the language."""
    subtags = lang.lower().replace("_", "-").split("-")
    script = next((tag for tag in subtags[1:] if len(tag) == len("arab")), "")
    right = script in RIGHT_TO_LEFT_SCRIPTS if script else subtags[0] in RIGHT_TO_LEFT
    return "rtl" if right else "ltr"


def leaning(words: str, side: str) -> str:
    """Return the direction that words have by their letters: another than `side` only when they plainly do."""
    if side == "ltr" and words.isascii():
        return side
    other = len(_LETTERS[OTHER[side]].findall(words))
    own = len(_LETTERS[side].findall(words)) if other else 0
    return OTHER[side] if other and other >= own * _FOREIGN_MOST else side


def has_right_to_left(words: str) -> bool:
    """Say whether a letter of a right-to-left script stands among words."""
    return not words.isascii() and _LETTERS["rtl"].search(words) is not None


def is_foreign(words: str, side: str) -> bool:
    """Say whether words as a whole run against a side, their marks and figures with them; an address never does."""
    other = _LETTERS[OTHER[side]].search(words) is not None
    if not other or _LETTERS[side].search(words) or not _MARKS.isdisjoint(words):
        return False
    return not _IS_ADDRESS.fullmatch(words.strip())


def begins(words: str) -> str:
    """Return the direction of the first letter outside isolates, which decides a line of plain text, or ""."""
    bare = re.sub(_ISOLATED, "", words)
    firsts = {side: found.start() for side, letters in _LETTERS.items() if (found := letters.search(bare))}
    return "rtl" if bare.lstrip().startswith(RLM) else min(firsts, key=firsts.__getitem__, default="")


def isolate(words: str, side: str) -> str:
    """Put isolates around what runs against `side` in plain words; addresses are left for programs to find."""
    if side == "ltr" and not has_right_to_left(words):
        return words
    if is_foreign(words, side):
        return words.replace(inner := words.strip(), f"{FIRST_STRONG}{inner}{POP_ISOLATE}", 1)
    said, done = list[str](), 0
    for start, end in foreign(words, side):
        if not _IS_ADDRESS.fullmatch(words, start, end):
            said += [words[done:start], FIRST_STRONG, words[start:end], POP_ISOLATE]
            done = end
    return "".join([*said, words[done:]])


def foreign(words: str, side: str) -> list[tuple[int, int]]:
    """Return where words run against a side, as (start, end), what is isolated already left out."""
    if side == "ltr" and not has_right_to_left(words):
        return []
    return list(_left_runs(words) if side == "rtl" else _right_runs(words))


def _left_runs(words: str) -> Iterator[tuple[int, int]]:
    """Yield names, signed figures, figures with their unit and addresses; a number alone needs nothing."""
    for found in _LEFT_RUN.finditer(words):
        start, end = found.span()
        if words[start] in _OPENERS:
            continue
        while (number := _BARE_NUMBER.match(words, start, end)) and words[number.end() : end] not in UNITS:
            start = number.end()
        run = words[start:end]
        if _SIGNED.match(run) or _LETTERS["ltr"].search(run) or run.endswith(("°C", "°F")):
            yield start, end


def _right_runs(words: str) -> Iterator[tuple[int, int]]:
    found = (match for match in _RIGHT_RUN.finditer(words) if match.group()[0] not in _OPENERS)
    return (match.span() for match in found if _LETTERS["rtl"].search(match.group()))
