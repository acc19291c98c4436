"""A figure's rows, ready to print: bars measured in percent of their track. It draws nothing."""

from collections.abc import Sequence

from composer.charts import ENGLISH, Cells, Signs, printed, value
from composer.rendering.issue import Bar, Row

_TRACK_MOST, _TRACK_LEAST = 72, 24  # percent: what the longest bar takes; the rest is its printed value's
_TONES = ("accent", "mute", "ink")  # the palette's colours for the bars of each column
_NARROW = 205  # px of a track in a phone's mail whose client knows no media queries: 66 % of 375 less the sides
_DIGIT, _LETTER, _PADDING = 7.6, 9, 12  # px of a bold digit and of any script's letter at 14 px, and room round them


def rows(head: tuple[str, ...], cells: Cells, unit: str, signs: Signs = ENGLISH) -> tuple[Row, ...]:
    """Print a table's rows, and measure a bar for each value, all on one scale: proportions hold at any width.

    Values below zero and above it share an axis; when all are on one side each bar begins at the edge.
    """
    numbers = [[value(cell, signs) or 0.0 for cell in row[1:]] for row in cells]
    scale = _Scale([one for row in numbers for one in row], _track(cells, unit, head))
    return tuple(_row(head, row, unit, sizes, scale) for row, sizes in zip(cells, numbers, strict=True))


class _Scale:
    """What a value's bar measures, in percent of the track."""

    def __init__(self, numbers: list[float], track: int) -> None:
        low, high = min([0.0, *numbers]), max([0.0, *numbers])
        self._span = high - low
        self._track = track
        self._longest = max(map(abs, numbers), default=0.0)
        self._zero = self.reach(low) if low < 0 < high else 0

    def share(self, number: float) -> int:
        return max(1, round(abs(number) / self._longest * 100)) if number and self._longest else 0

    def reach(self, number: float) -> int:
        return max(1, round(abs(number) / self._span * self._track)) if number and self._span else 0

    def gap(self, number: float) -> int:
        return self._zero - (self.reach(number) if number < 0 else 0) if self._zero else 0


def _track(cells: Cells, unit: str, head: tuple[str, ...]) -> int:
    """Return how much of the track the longest bar may take, so that every printed value finds its room beside it."""
    values = [len(printed(cell, unit)) for row in cells for cell in row[1:]]
    named = max(map(len, head[1:]), default=0) + 1 if len(head) > 2 else 0  # noqa: PLR2004 (a label and two columns)
    wanted = max(values, default=0) * _DIGIT + named * _LETTER + _PADDING
    return min(_TRACK_MOST, max(_TRACK_LEAST, round(100 - 100 * wanted / _NARROW)))


def _row(head: tuple[str, ...], cells: tuple[str, ...], unit: str, sizes: Sequence[float], scale: _Scale) -> Row:
    values = tuple(printed(cell, unit) for cell in cells[1:])
    names = head[1:] if len(values) > 1 else ()
    bars = tuple(
        Bar(
            value=words,
            series=names[place] if place < len(names) else "",
            tone=_TONES[min(place, len(_TONES) - 1)],
            gap=scale.gap(size),
            reach=scale.reach(size),
        )
        for place, (words, size) in enumerate(zip(values, sizes, strict=True))
    )
    return Row(
        label=cells[0],
        value=values[0] if values else "",
        share=scale.share(sizes[0]) if sizes else 0,
        bars=bars,
        cells=values,
    )
