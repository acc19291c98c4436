"""A figure's numbers: cells read from Markdown, values printed with their unit, and what each kind of chart can hold.

Pure, and low in the layers: rendering lays out what is read here, proof says what does not fit.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from composer.blocks import Block

Cells = tuple[tuple[str, ...], ...]

DRAWN = ("line", "slope")  # kinds that are pictures; bars are cells of a table
BARS_MOST, BAR_SERIES_MOST = 12, 3  # more are read as a table
LINE_SERIES_MOST, POINTS_MOST = 4, 400
SLOPES_MOST = 8
MINUS = "−"
_CELL = re.compile(r"(?<!\\)\|")
_RULE = frozenset(" \t|:-")
_NUMBER = re.compile(r"[-−–+]?\s*\d[\d\s\u00a0\u202f,.’']*")
_SIGN = re.compile(r"^\s*([-–])(?=\s*[^\d\s]?\s*\d)")
_TIGHT = ("%", "‰", "°", "′", "″")
_BEFORE = ("$", "€", "£", "¥", "₾", "₴", "₽", "₺", "₹", "₪")
_TOLD_MOST = 6  # rows that alt words can hold
_ENDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What a language sets before a fraction and between thousands."""

    point: str = "."
    group: str = ","


ENGLISH = Signs()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line of a chart: its name, and its values at each label, as numbers and as printed; None: no value there."""

    name: str
    values: tuple[float | None, ...]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a theme that a chart is drawn in, as #RRGGBB: its light ones, on a ground of their own."""

    card: str
    ink: str
    soft: str
    mute: str
    rule: str
    accent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Everything that a chart's picture depends on, and nothing else."""

    kind: str  # line, slope
    labels: tuple[str, ...]  # along a line; a slope's two moments
    series: tuple[Series, ...]
    unit: str
    rtl: bool
    palette: Palette
    signs: Signs = ENGLISH  # the numbers of its scale are written with


def chart(block: Block, palette: Palette, *, rtl: bool, signs: Signs = ENGLISH) -> Chart | None:
    """Return what to draw for a figure; None when it is not of a kind that is drawn, or its table does not fit it.

    A line has a row for each point and a column for each line; a slope has a row for each line and two columns.
    """
    kind, unit = block.get("kind"), block.get("unit")
    if kind not in DRAWN or block.get("src") or misfit(block):
        return None
    head, cells = table(block.body)
    if kind == "slope":
        labels, series = head[1:], tuple(_series(row[0], row[1:], unit, signs) for row in cells)
    else:
        columns = ((head[column], [_at(row, column) for row in cells]) for column in range(1, len(head)))
        labels, series = tuple(row[0] for row in cells), tuple(_series(*column, unit, signs) for column in columns)
    return Chart(kind=kind, labels=labels, series=series, unit=unit, rtl=rtl, palette=palette, signs=signs)


def chart_key(block: Block) -> str:
    """Return the name under which the print of a figure's chart is kept among an edition's prints."""
    asked = "|".join((block.get("kind"), block.get("unit"), block.body))
    seen = "".join(filter(str.isprintable, asked))  # what rendering washes out of a manuscript makes no other chart
    return f"chart:{hashlib.sha256(seen.encode()).hexdigest()}"


def misfit(block: Block) -> str:
    """Say why a figure's table does not fit the kind of chart that is asked for, or ""."""
    head, cells = table(block.body)
    return {"bar": _no_bars, "line": _no_line, "slope": _no_slope}.get(block.get("kind"), _fits)(head, cells)


def are_bars(head: tuple[str, ...], cells: Cells) -> bool:
    """Say whether a table can be shown as bars."""
    return not _no_bars(head, cells)


def finding(block: Block) -> str:
    """Propose alt words that tell a figure's numbers: all of a few rows, else the first, the farthest and the last."""
    _, cells = table(block.body)
    told = [row for row in cells if len(row) > 1 and value(row[1]) is not None]
    if len(told) > _TOLD_MOST:
        farthest = max(told[1:-1], key=lambda row: abs(value(row[1]) or 0))
        told = [told[0], farthest, told[-1]]
    title = block.get("title").rstrip(".:")
    pairs = "; ".join(f"{row[0]}, {', '.join(printed(cell, block.get('unit')) for cell in row[1:])}" for row in told)
    return f"{title}: {pairs}." if title and pairs else pairs


def _series(name: str, cells: Iterable[str], unit: str, signs: Signs) -> Series:
    written = tuple(cells)
    values = tuple(value(cell, signs) for cell in written)
    return Series(name=name, values=values, printed=tuple(printed(cell, unit) for cell in written))


def _at(row: tuple[str, ...], column: int) -> str:
    return row[column] if column < len(row) else ""


def _fits(_head: tuple[str, ...], _cells: Cells) -> str:
    return ""


def _no_bars(head: tuple[str, ...], cells: Cells) -> str:
    columns = max((len(row) for row in cells), default=0) - 1
    if len(cells) > BARS_MOST:
        return f"{len(cells)} rows; {BARS_MOST} bars are the most that can be compared at a glance"
    if columns > BAR_SERIES_MOST:
        return f"{columns} bars in a row; {BAR_SERIES_MOST} are the most"
    if columns > 1 and len(head) <= columns:
        return "a head is missing that names each column of bars"
    return "" if any(value(cell) for row in cells for cell in row[1:]) else "no number to draw a bar for"


def _no_line(head: tuple[str, ...], cells: Cells) -> str:
    series = len(head) - 1
    if series < 1:
        return "a head is missing that names each line"
    if series > LINE_SERIES_MOST:
        return f"{series} lines; {LINE_SERIES_MOST} are the most that can be told apart"
    if len(cells) > POINTS_MOST:
        return f"{len(cells)} points; {POINTS_MOST} are the most"
    points = [sum(value(_at(row, column)) is not None for row in cells) for column in range(1, len(head))]
    return "" if min(points) >= _ENDS else "a line needs two points at least"


def _no_slope(head: tuple[str, ...], cells: Cells) -> str:
    if len(head) != _ENDS + 1 or any(len(row) != _ENDS + 1 for row in cells):
        return "a slope has a head and two columns of numbers: before and after"
    if any(value(cell) is None for row in cells for cell in row[1:]):
        return "a slope needs a number at both ends of every line"
    return f"{len(cells)} lines; {SLOPES_MOST} are the most" if len(cells) > SLOPES_MOST else ""


def table(body: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return a Markdown table's head (empty when it has none) and rows; lines that are no row are left out."""
    lines = [line.strip() for line in body.splitlines() if "|" in line]
    rows = [("-" in line and _RULE.issuperset(line), _cells(line)) for line in lines]
    body_rows = tuple(cells for ruled, cells in rows if not ruled)
    has_head = len(rows) > 1 and rows[1][0] and not rows[0][0]
    return (body_rows[0], body_rows[1:]) if has_head and body_rows else ((), body_rows)


def number(written: str, signs: Signs = ENGLISH) -> float:
    """Read a printed number in any common style (1,234.5, 1.234,5, 1 234,5, −17.8, $145); 0 when there is none."""
    return value(written, signs) or 0.0


def value(written: str, signs: Signs = ENGLISH) -> float | None:
    """Read a printed number in any common style; None when there is none.

    `signs` decide what 12,345 and 12.345 are, of which one is a thousand times the other.
    """
    found = _NUMBER.search(written)
    if not found:
        return None
    plain = re.sub(r"[\s\u00a0\u202f’']", "", found.group())
    negative = plain[0] in "-−–"
    size = _decimal(plain.lstrip("-−–+").rstrip(",."), signs)
    return -size if negative else size


def printed(written: str, unit: str) -> str:
    """Print a value with a true minus sign, and with its unit when it does not name it itself."""
    value = _SIGN.sub(MINUS, written.strip())
    if not unit or unit in value or not _NUMBER.search(value):
        return value
    if unit in _BEFORE:
        sign = MINUS if value.startswith(MINUS) else ""
        return f"{sign}{unit}{value.removeprefix(MINUS)}"
    return f"{value}{unit}" if unit.startswith(_TIGHT) else f"{value}\u00a0{unit}"


def _decimal(digits: str, signs: Signs) -> float:
    point = _point(digits, signs)
    whole, _, rest = digits.rpartition(point) if point else (digits, "", "")
    kept = (re.sub(r"[,.]", "", part) for part in (whole[:300], rest))
    try:
        return float(".".join(kept))
    except ValueError:
        return 0.0


def _point(digits: str, signs: Signs) -> str:
    """Return the mark that stands before the fraction, "" for none: the last of two kinds, never one that repeats."""
    marks = [letter for letter in digits if letter in ",."]
    if not marks or (len(marks) > 1 and len(set(marks)) == 1):
        return ""
    last = marks[-1]
    groups = last == signs.group and re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(last)}\d{{3}}", digits)
    return "" if groups else last


def _cells(line: str) -> tuple[str, ...]:
    inner = line.removeprefix("|").removesuffix("|") if not line.endswith("\\|") else line.removeprefix("|")
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL.split(inner))
