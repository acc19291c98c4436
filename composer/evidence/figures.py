"""Numbers, percentages, money and years in a text, in digits or in words, each with every value it can mean.

"1,234" means 1234, and 1.234 where commas part decimals: two figures agree when one reading of each does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import isclose
from typing import Literal

from composer.evidence.numerals import ATTACHED, CURRENCIES, MAGNITUDES, ORDINALS, PERCENT, TENS, UNITS
from composer.evidence.texts import Text, read
from composer.evidence.vocabulary import HEDGE_PHRASES, HEDGES_ABOUT, HEDGES_ABOVE, HEDGES_BELOW

Kind = Literal["number", "percent", "money", "date"]

_NUMBER = re.compile(r"(?<![^\W_])\d{1,3}(?: \d{3})+(?![\d ]*\d)(?:[.,]\d+)?|(?<![\d.,:])\d+(?:[.,:'’]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:([ .,'’])\d{3})(?:\1\d{3})*([.,]\d+)?")
_SIGN_BEFORE = re.compile(r"(?:US|A|C|NZ|HK|S|R)?([$€£¥₹₴₽₾₺₸])\s?$")
_CODE_BEFORE = re.compile(r"(?<!\w)(USD|EUR|GBP|Rs|INR|UAH|RUB|GEL|CHF)\.?\s?$")
_SIGN_AFTER = re.compile(r" ?([$€£₹₴₽₾₺₸])")
_GAP = re.compile(r"[ -]?")
_ADJECTIVES = frozenset({"us", "american", "australian", "canadian", "hong", "kong", "new", "zealand", "million"})
_YEARS = range(1500, 2101)
_DECADE = re.compile(r"['’]?s\b|-?(?:х|ті|тих|е)\b")
_SPOKEN = {**UNITS, **TENS, **ORDINALS}
_HUNDRED = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure: code points `start` to `end`, words `first` to `last` (one past)."""

    kind: Kind
    start: int
    end: int
    first: int
    last: int
    values: tuple[float, ...]
    step: float  # worth of its last shown digit that is not a rounding zero
    decimals: bool = False
    currency: str = ""
    spoken: bool = False  # written in words
    hedge: Literal["", "about", "above", "below"] = ""

    def equals(self, other: "Figure") -> bool:
        """Say whether one reading of each is the same."""
        return any(isclose(one, two, rel_tol=1e-9) for one in self.values for two in other.values)


def figures(text: Text) -> tuple[Figure, ...]:
    """Return every figure in order. Days of a month are figures too, until dates claim them."""
    return _figures(text.text)


@lru_cache(maxsize=128)  # as many as are kept read: an index, a check and the ledger ask for one text's figures
def _figures(words: str) -> tuple[Figure, ...]:
    text = read(words)
    return tuple(sorted([*_written(text), *_spoken(text)], key=lambda figure: figure.start))


def _written(text: Text) -> Iterator[Figure]:
    for match in _NUMBER.finditer(text.plain):
        start, end = match.span()
        first, last = text.words_in(start, end)
        if first < last:
            yield _figure(text, match.group(), start, end)


def _figure(text: Text, digits: str, start: int, end: int) -> Figure:
    first, last = text.words_in(start, end)
    word_end = text.ends[last - 1]
    attached = text.plain[end:word_end].lower()
    scales, end, last = _scaled(text, attached, end, last)
    currency, start, end = _currency(text, start, end)
    percent = PERCENT.match(text.plain, end)
    kind: Kind = "percent" if percent else "money" if currency else "number"
    hedge = _hedge(text, text.words_in(start, end)[0])
    if kind == "number" and scales == [1.0] and not hedge and _is_year(text.plain, digits, end):
        kind = "date"
    end = percent.end() if percent else end
    read = _values(digits)
    return Figure(
        kind=kind,
        start=start,
        end=end,
        first=first,
        last=max(last, text.words_in(start, end)[1]),
        values=tuple(value * scale for scale in (scales if kind != "money" else scales[-1:]) for value in read),
        step=_step(digits) * scales[-1],
        decimals=any(value != int(value) for value in read),
        currency=currency,
        hedge=hedge,
    )


def _scaled(text: Text, attached: str, end: int, last: int) -> tuple[list[float], int, int]:
    """Return the scales that a figure may have, and where it ends with its magnitude."""
    if attached in MAGNITUDES:
        return [MAGNITUDES[attached]], end + len(attached), last
    if attached in ATTACHED:
        return [1.0, ATTACHED[attached]], end + len(attached), last
    scale = 1.0
    while last < len(text.folds) and text.folds[last] in MAGNITUDES and _touches(text, end, last):
        scale *= MAGNITUDES[text.folds[last]]
        end = text.ends[last]
        last += 1
    return [scale], end, last


def _touches(text: Text, end: int, index: int) -> bool:
    gap = text.plain[end : text.starts[index]]
    return len(gap) <= 1 and _GAP.fullmatch(gap) is not None


def _currency(text: Text, start: int, end: int) -> tuple[str, int, int]:
    """Return a figure's currency and its span with the sign."""
    before = text.plain[max(0, start - 5) : start]
    for pattern in (_SIGN_BEFORE, _CODE_BEFORE):
        if found := pattern.search(before):
            return CURRENCIES.get(found.group(1).lower(), ""), start - len(found.group()), end
    if after := _SIGN_AFTER.match(text.plain, end):
        return CURRENCIES[after.group(1)], start, after.end()
    index = text.words_in(end, end + 1)[0]
    for at in range(index, min(index + 3, len(text.folds))):
        if text.folds[at] in CURRENCIES and len(text.plain[end : text.starts[at]].strip(" -.")) <= len("Hong Kong "):
            return CURRENCIES[text.folds[at]], start, text.ends[at]
        if text.folds[at] not in _ADJECTIVES:
            break
    return "", start, end


def _values(digits: str) -> tuple[float, ...]:
    """Return what digits can mean; commas and points part thousands or decimals."""
    grouped = _GROUPED.fullmatch(digits)
    whole = re.sub(r"[^\d]", "", digits.removesuffix(grouped.group(2) or "")) if grouped else ""
    readings = [float(whole + (grouped.group(2) or "").replace(",", "."))] if grouped else []
    if digits.isdigit():
        return (float(digits),)
    parts = re.split(r"[.,:'’ ]", digits)
    if len(parts) == 2:  # noqa: PLR2004 (before and after one mark)
        readings.append(float(f"{parts[0]}.{parts[1]}"))
    return tuple(readings) or tuple(map(float, parts))


def _step(digits: str) -> float:
    """Return the worth of the last digit shown: 0.1 for 17.8, 100 for 1,200, 1 for 24."""
    value = _values(digits)[0]
    if value != int(value):
        return float(10.0 ** -len(re.split(r"[.,:]", digits)[-1]))
    whole = str(int(value))
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(10.0 ** min(zeros, len(whole) - 1))


def _is_year(plain: str, digits: str, end: int) -> bool:
    if len(digits) != 4 or not digits.isdigit() or int(digits) not in _YEARS:  # noqa: PLR2004 (YYYY)
        return False
    return _DECADE.match(plain, end) is not None or not plain[end : end + 1].isalnum()


def _spoken(text: Text) -> Iterator[Figure]:
    at, count = 0, len(text.folds)
    while at < count:
        word = text.folds[at]
        if word not in _SPOKEN and not _is_article(text, at):
            at += 1
            continue
        value, last = _parsed(text, at)
        if last > at and value:
            yield _said(text, at, last, value)
        at = max(last, at + 1)


def _is_article(text: Text, at: int) -> bool:
    """Say whether "a" stands before a magnitude: a dozen, a million; so may a magnitude by itself in Slavic."""
    if text.folds[at] in {"a", "an"}:
        return at + 1 < len(text.folds) and text.folds[at + 1] in MAGNITUDES and _touches(text, text.ends[at], at + 1)
    return text.folds[at] in {"сто", "тисяча", "тысяча"}


def _parsed(text: Text, at: int) -> tuple[float, int]:
    """Read a number in words: its value and one past its last word."""
    total, current, start = 0.0, 0.0, at
    while at < len(text.folds) and (at == start or _joined(text, at)):
        word = text.folds[at]
        if word in TENS and current % _HUNDRED == 0:
            current += TENS[word]
        elif word in UNITS or word in ORDINALS:
            value = UNITS.get(word) or ORDINALS[word]
            if current % 10 or (value > 9 and current % _HUNDRED):  # noqa: PLR2004 (a unit follows tens only)
                break
            current += value
        elif word in MAGNITUDES:
            scale = MAGNITUDES[word]
            total, current = _multiplied(total, current or 1.0, scale)
        elif word not in {"a", "an", "and"} or (word == "and" and not _goes_on(text, at)):
            break
        at += 1
    return total + current, at


def _multiplied(total: float, current: float, scale: float) -> tuple[float, float]:
    """Apply a magnitude: hundreds and dozens stay open for what follows, thousands close."""
    if scale <= _HUNDRED:
        return total, current * scale
    return total + current * scale, 0.0


def _joined(text: Text, at: int) -> bool:
    return text.plain[text.ends[at - 1] : text.starts[at]] in {" ", "-"}


def _goes_on(text: Text, at: int) -> bool:
    """Say whether "and" stands inside a number: two hundred and four."""
    following = text.folds[at + 1] if at + 1 < len(text.folds) else ""
    return text.folds[at - 1] in MAGNITUDES and (following in UNITS or following in TENS)


def _said(text: Text, first: int, last: int, value: float) -> Figure:
    start, end = text.starts[first], text.ends[last - 1]
    percent = PERCENT.match(text.plain, end)
    currency, _, end = ("", start, percent.end()) if percent else _currency(text, start, end)
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    return Figure(
        kind="percent" if percent else "money" if currency else "number",
        start=start,
        end=end,
        first=first,
        last=max(last, text.words_in(start, end)[1]),
        values=(value,),
        step=float(10.0 ** min(zeros, len(str(int(value))) - 1)),
        currency=currency,
        spoken=True,
        hedge=_hedge(text, first),
    )


def _hedge(text: Text, first: int) -> Literal["", "about", "above", "below"]:
    before = text.folds[max(0, first - 2) : first]
    if len(before) == 2 and (before[0], before[1]) in HEDGE_PHRASES:  # noqa: PLR2004 (two words)
        direction = HEDGE_PHRASES[before[0], before[1]]
        return "above" if direction == 1 else "below" if direction == -1 else "about"
    word = before[-1] if before else ""
    if word in HEDGES_ABOUT:
        return "about"
    if word in HEDGES_ABOVE:
        return "above"
    return "below" if word in HEDGES_BELOW else ""
