"""A figure's table: cells read from Markdown, values printed with their unit, bars measured. It draws nothing."""

import re

from composer.rendering.issue import Row

MINUS = "−"
TRACK_PERCENT = 72  # of a bar's track: the longest bar leaves the rest to its printed value
_CELL = re.compile(r"(?<!\\)\|")
_RULE = frozenset(" \t|:-")
_NUMBER = re.compile(r"[-−–+]?\s*\d[\d\s\u00a0\u202f,.’']*")
_SIGN = re.compile(r"^\s*([-–])(?=\s*[^\d\s]?\s*\d)")
_TIGHT = ("%", "‰", "°", "′", "″")
_BEFORE = ("$", "€", "£", "¥", "₾", "₴", "₽", "₺", "₹", "₪")


def table(body: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return a Markdown table's head (empty when it has none) and rows; lines that are no row are left out."""
    lines = [line.strip() for line in body.splitlines() if "|" in line]
    rows = [("-" in line and _RULE.issuperset(line), _cells(line)) for line in lines]
    body_rows = tuple(cells for ruled, cells in rows if not ruled)
    has_head = len(rows) > 1 and rows[1][0] and not rows[0][0]
    return (body_rows[0], body_rows[1:]) if has_head and body_rows else ((), body_rows)


def rows(cells: tuple[tuple[str, ...], ...], unit: str) -> tuple[Row, ...]:
    """Print a table's rows, and measure each bar by its value's magnitude against the longest."""
    sizes = [abs(number(row[1])) if len(row) > 1 else 0.0 for row in cells]
    longest = max(sizes, default=0.0)
    return tuple(_row(row, unit, size, longest) for row, size in zip(cells, sizes, strict=True))


def number(written: str) -> float:
    """Read a printed number in any common style (1,234.5, 1 234,5, −17.8, $145); 0 when there is none."""
    found = _NUMBER.search(written)
    if not found:
        return 0.0
    plain = re.sub(r"[\s\u00a0\u202f’']", "", found.group())
    negative = plain[0] in "-−–"
    size = _decimal(plain.lstrip("-−–+").rstrip(",."))
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


def _row(cells: tuple[str, ...], unit: str, size: float, longest: float) -> Row:
    share = _share(size, longest)
    values = tuple(printed(cell, unit) for cell in cells[1:])
    return Row(
        label=cells[0],
        value=values[0] if values else "",
        share=share,
        reach=max(1, round(share * TRACK_PERCENT / 100)) if share else 0,
        cells=values,
    )


def _share(size: float, longest: float) -> int:
    return max(1, round(size / longest * 100)) if longest and size else 0


def _decimal(digits: str) -> float:
    grouped = re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits)
    plain = digits.replace(",", "") if grouped else digits.replace(".", "", digits.count(".") - 1).replace(",", ".")
    whole, point, rest = plain.partition(".")
    try:
        return float(f"{whole[:300]}{point}{rest.replace('.', '')}")
    except ValueError:
        return 0.0


def _cells(line: str) -> tuple[str, ...]:
    inner = line.removeprefix("|").removesuffix("|") if not line.endswith("\\|") else line.removeprefix("|")
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL.split(inner))
