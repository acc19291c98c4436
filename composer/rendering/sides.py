"""Which way words run, and isolates around words that run the other way, so that none of their neighbours jump.

A run of the other direction is put between U+2068 and U+2069 (Unicode's bidirectional algorithm, UAX 9); in HTML a
span with `dir` stands around it as well, for clients that know only one of the two. What an editor has isolated
already is left as it is.
"""

import html
import re
from collections import deque
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

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
_WORD = rf"(?![{_RTL}])\w(?:(?:[.'’&/+@#%:~=?*-]*|(?<=\d),(?=\d))(?![{_RTL}])[\w\u0300-\u036f\u0900-\u0dff])*[%‰°+]*"
_LATIN = rf"(?:[A-Z]\.){{2,}}|{_WORD}|°[CF]"
_LEFT_RUN = re.compile(rf"{_ISOLATED}|{_ADDRESS}|{_SIGN}(?:{_LATIN})(?:[ \u00a0](?:[&+] )?(?:{_LATIN}))*")
_SIGNED = re.compile(r"[-−+]\d")
_BARE_NUMBER = re.compile(r"\d[\d.,:%/-]*[ \u00a0]")
_RIGHT = rf"[{_RTL}]+(?:[-־'’\"״׳.][{_RTL}]+)*"
_RIGHT_RUN = re.compile(
    rf"{_ISOLATED}|{_RIGHT}(?:(?:[,،؛:]?[ \u00a0]|[ \u00a0]?–[ \u00a0]?)(?:\d[\d.,]*%?[ \u00a0])?{_RIGHT})*"
)
_IS_ADDRESS = re.compile(_ADDRESS)
_TAG = re.compile(r"(<[^>]*>)")
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|blockquote|br)\b")
_OPENS = re.compile(r"<(p|li)>")


def direction(lang: str) -> str:
    """Return `rtl` or `ltr` for a language tag (BCP 47); a script subtag outweighs the language."""
    subtags = lang.lower().replace("_", "-").split("-")
    script = next((tag for tag in subtags[1:] if len(tag) == len("arab")), "")
    right = script in RIGHT_TO_LEFT_SCRIPTS if script else subtags[0] in RIGHT_TO_LEFT
    return "rtl" if right else "ltr"


def leaning(words: str, side: str) -> str:
    """Return the direction that words have by their letters: another than `side` only when they plainly do."""
    other = len(_LETTERS[OTHER[side]].findall(words))
    own = len(_LETTERS[side].findall(words)) if other else 0
    return OTHER[side] if other and other >= own * _FOREIGN_MOST else side


def has_right_to_left(words: str) -> bool:
    """Say whether a letter of a right-to-left script stands among words."""
    return _LETTERS["rtl"].search(words) is not None


def is_foreign(words: str, side: str) -> bool:
    """Say whether words as a whole run against a side, with their marks and figures; an address is nobody's."""
    other = _LETTERS[OTHER[side]].search(words) is not None
    if not other or _LETTERS[side].search(words) or not _MARKS.isdisjoint(words):
        return False
    return not _IS_ADDRESS.fullmatch(words.strip())


def begins(words: str) -> str:
    """Return the direction of the first letter outside isolates, which decides a line of plain text, or ""."""
    bare = re.sub(_ISOLATED, "", words)
    firsts = {side: found.start() for side, letters in _LETTERS.items() if (found := letters.search(bare))}
    return "rtl" if RLM in bare.lstrip()[:1] else min(firsts, key=firsts.__getitem__, default="")


def isolate(words: str, side: str) -> str:
    """Put isolates around what runs against `side` in plain words; addresses are left for programs to find."""
    if is_foreign(words, side):
        return words.replace(inner := words.strip(), f"{FIRST_STRONG}{inner}{POP_ISOLATE}", 1)
    said, done = list[str](), 0
    for start, end in foreign(words, side):
        if not _IS_ADDRESS.fullmatch(words, start, end):
            said += [words[done:start], FIRST_STRONG, words[start:end], POP_ISOLATE]
            done = end
    return "".join([*said, words[done:]])


def isolate_html(body: Markup, side: str) -> Markup:
    """Put isolates and spans around what runs against `side` in a block's sanitised HTML.

    A paragraph that runs the other way as a whole is turned round instead: it gets a `dir` and begins on its own side.
    """
    if not _LETTERS[OTHER[side]].search(body) and side == "ltr":
        return body
    parts: list[str] = []
    held: list[str] = []
    for piece in _TAG.split(body):
        if not _BLOCK.match(piece):
            held.append(piece)
            continue
        parts += _settled(held, parts, side)
        held = []
        parts.append(piece)
    return Markup("".join([*parts, *_settled(held, parts, side)]))  # noqa: S704 (was sanitised, words are escaped)


def foreign(words: str, side: str) -> list[tuple[int, int]]:
    """Return where words run against a side, as (start, end), what is isolated already left out."""
    if side == "ltr" and not _LETTERS["rtl"].search(words):
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


def _settled(held: Sequence[str], above: list[str], side: str) -> list[str]:
    """Isolate the runs of one paragraph, tags inside it among its words; turn it round where it plainly runs so."""
    pieces = [piece if piece.startswith("<") else html.unescape(piece) for piece in held]
    plain = "".join(piece for piece in pieces if not piece.startswith("<"))
    own = leaning(plain, side)
    if own != side and above and _OPENS.fullmatch(above[-1]):
        start = "right" if own == "rtl" else "left"
        above[-1] = f'{above[-1][:-1]} dir="{own}" style="text-align:{start}">'
        side = own
    runs = foreign(plain, side)
    return _marked(pieces, runs, OTHER[side]) if runs else list(held)


def _marked(pieces: Sequence[str], runs: Sequence[tuple[int, int]], side: str) -> list[str]:
    """Put marks where runs begin and end; a span only where no tag stands inside, for they could cross."""
    marked, at, waiting = list[str](), 0, deque(runs)
    for piece in pieces:
        if piece.startswith("<"):
            marked.append(piece)
            continue
        marked.append(_cut(piece, at, waiting, side))
        at += len(piece)
    return marked


def _cut(piece: str, at: int, waiting: deque[tuple[int, int]], side: str) -> str:
    """Mark the runs in one stretch of words that begins `at` in its paragraph; a run that goes on stays waiting."""
    said, done = list[str](), 0
    while waiting and waiting[0][0] < at + len(piece):
        first, last = waiting[0][0] - at, waiting[0][1] - at
        whole = first >= 0 and last <= len(piece)
        opening = (f'<span dir="{side}">' if whole else "") + (FIRST_STRONG if first >= 0 else "")
        closing = (POP_ISOLATE if last <= len(piece) else "") + ("</span>" if whole else "")
        begin, end = max(first, 0), min(last, len(piece))
        said += [str(escape(piece[done:begin])), opening, str(escape(piece[begin:end])), closing]
        done = end
        if last > len(piece):
            break
        waiting.popleft()
    return "".join([*said, str(escape(piece[done:]))])
