"""Charts become pictures: lines and slopes, labelled where they end, in a theme's light colours on their own ground.

They are drawn by matplotlib (the extra `charts`), which is imported only then; what it cannot draw comes back as a
problem, never raised. The same chart gives the same bytes on the same versions: its fonts are those that matplotlib
ships, and the file names no date and no program. Right-to-left words are shaped and ordered by libraqm, which
matplotlib carries since 3.11; a script that DejaVu Sans has no letters for is refused by name.
"""

import hashlib
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

from composer.charts import MINUS, Chart, Series, Signs
from composer.model import Print
from composer.outlets import prints

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_STYLE = 2  # changes when charts are to look otherwise from then on
_WIDTH, _HEIGHT = 1072, 600  # px: twice the measure of 536
_DPI = 144  # px an inch, so that 1 pt is 2 px: a point in the file is a CSS px in the mail
_TEXT, _SMALL = 20, 18  # px in the mail; on a phone of 375 px they shrink to 12 and 11
_FONT = "DejaVu Sans"
_LINE, _OTHER_LINE = 3.2, 2.2  # px
_GAP, _NAMED_GAP = 0.09, 0.17  # of the axis: how far apart labels of one line and of two stand at least
_EDGE, _PLOT_LEAST = 0.035, 0.2  # of the picture: what stays free round it, and what the lines have at least
_LETTERS_MOST = 24  # in a label; a longer one is cut
_TICKS = 4
_LABELS_MOST = 7  # along the bottom
_LABEL_GAP = 24  # px of the picture between two of them
_ENDS = 2
_MISSING = "the charts extra is not installed: `pip install currents-composer[charts]` draws lines and slopes"


def draw(chart: Chart) -> Print:
    """Return a chart's picture, 1,072 px wide; or its problem. Neither its title nor its source stands in it."""
    if find_spec("matplotlib") is None:
        return Print(src="", url="", problem=_MISSING)
    if strange := _unwritable(chart):
        return Print(src="", url="", problem=f"the font has no letters for {strange}; it is shown as bars or a table")
    try:
        return prints.flat(_drawn(chart), "chart")
    except (ValueError, ArithmeticError):
        return Print(src="", url="", problem="its numbers lie too far apart to be drawn in one scale")


def recipe(chart: Chart) -> str:
    """Return the sha256 of all that a chart's picture depends on but the version of what draws it."""
    return hashlib.sha256(f"{_STYLE} {chart!r}".encode()).hexdigest()


def _drawn(chart: Chart) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415 (an extra, and slow to import)
    from matplotlib.figure import Figure  # noqa: PLC0415 (as above)

    with mpl.rc_context({**mpl.rcParamsDefault, "font.family": [_FONT], "text.parse_math": False}):
        figure = Figure(figsize=(_WIDTH / _DPI, _HEIGHT / _DPI), dpi=_DPI, facecolor=chart.palette.card)
        figure.patch.set_edgecolor(chart.palette.rule)  # a frame, for mail that turns everything round it dark
        figure.patch.set_linewidth(2)
        axes = figure.add_axes((0.2, 0.2, 0.6, 0.6), facecolor=chart.palette.card)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0, labelsize=_SMALL, colors=chart.palette.mute)
        (_line if chart.kind == "line" else _slope)(axes, chart)
        if chart.rtl:
            axes.invert_xaxis()
        _fit(figure, axes)
        _thin(figure, axes)
        written = io.BytesIO()
        figure.savefig(written, format="png", metadata={"Software": None})
    return written.getvalue()


def _fit(figure: "Figure", axes: "Axes") -> None:
    """Give the plot the room that its words leave, so that none is cut at the picture's edge."""
    for _ in range(3):  # fewer ticks or others may stand there once it is larger
        figure.draw_without_rendering()
        taken, plot = axes.get_tightbbox(), axes.get_position()
        if taken is None:
            return
        left, right = plot.x0 - taken.x0 / _WIDTH + _EDGE, plot.x1 + 1 - taken.x1 / _WIDTH - _EDGE
        bottom, top = plot.y0 - taken.y0 / _HEIGHT + _EDGE, plot.y1 + 1 - taken.y1 / _HEIGHT - _EDGE
        axes.set_position((left, bottom, max(right - left, _PLOT_LEAST), max(top - bottom, _PLOT_LEAST)))


def _thin(figure: "Figure", axes: "Axes") -> None:
    """Leave out every other label along the bottom until none touches the next; the first and the last stay."""
    while True:
        figure.draw_without_rendering()
        places, labels = list(axes.get_xticks()), axes.get_xticklabels()
        boxes = sorted((label.get_window_extent() for label in labels), key=lambda box: box.x0)
        if len(places) <= _ENDS or all(left.x1 + _LABEL_GAP < right.x0 for left, right in pairwise(boxes)):
            return
        kept = [0, *range(len(places) - 1, 1, -2)[::-1]]
        axes.set_xticks([places[at] for at in kept], [labels[at].get_text() for at in kept], fontsize=_SMALL)


def _line(axes: "Axes", chart: Chart) -> None:
    places = range(len(chart.labels))
    for number, series in enumerate(chart.series):
        heights = [float("nan") if value is None else value for value in series.values]
        width = _OTHER_LINE if number else _LINE
        axes.plot(
            places, heights, color=_colour(chart, number), linewidth=width, solid_capstyle="round", zorder=3 - number
        )
    axes.set_xlim(0, max(len(chart.labels) - 1, 1))
    _ruled(axes, chart)
    shown = _spread(len(chart.labels))
    axes.set_xticks(shown, [_cut(chart.labels[place]) for place in shown], fontsize=_SMALL)
    ends = [_last(series) for series in chart.series]
    for (number, (place, value)), height in zip(
        enumerate(ends), _apart([value for _, value in ends], axes, _NAMED_GAP), strict=True
    ):
        series = chart.series[number]
        name = f"{_cut(series.name)}\n" if len(chart.series) > 1 else ""
        axes.plot([place], [value], "o", color=_colour(chart, number), markersize=8, clip_on=False, zorder=4)
        _write(axes, chart, (max(len(chart.labels) - 1, 1), height), f"{name}{series.printed[place]}", number)


def _slope(axes: "Axes", chart: Chart) -> None:
    befores, afters = ([series.values[end] or 0.0 for series in chart.series] for end in (0, 1))
    lead = max(range(len(befores)), key=lambda place: abs(afters[place] - befores[place]))
    for number, (before, after) in enumerate(zip(befores, afters, strict=True)):
        colour = chart.palette.accent if number == lead else chart.palette.mute
        width = _LINE if number == lead else _OTHER_LINE
        axes.plot([0, 1], [before, after], "o-", color=colour, linewidth=width, markersize=8, clip_on=False)
    axes.set_xlim(0, 1)
    axes.margins(y=0.08)
    axes.set_yticks([])
    axes.vlines([0, 1], *axes.get_ylim(), color=chart.palette.rule, linewidth=1, zorder=0)
    axes.xaxis.tick_top()
    axes.set_xticks([0, 1], [_cut(label) for label in chart.labels], fontsize=_TEXT, color=chart.palette.soft)
    for end, values in ((0, befores), (1, afters)):
        for number, height in enumerate(_apart(values, axes, _GAP)):
            series = chart.series[number]
            words = f"{_cut(series.name)}  {series.printed[0]}" if end == 0 else series.printed[1]
            _write(axes, chart, (end, height), words, 0 if number == lead else 2, before=end == 0)


def _write(
    axes: "Axes", chart: Chart, place: tuple[float, float], words: str, number: int, *, before: bool = False
) -> None:
    """Letter a line's end, on the side to which reading goes on; `before` on the other one."""
    to_the_left = before != chart.rtl
    axes.annotate(
        words,
        place,
        xytext=(-8 if to_the_left else 8, 0),
        textcoords="offset points",
        ha="right" if to_the_left else "left",
        va="center",
        fontsize=_TEXT,
        fontweight="bold" if number == 0 else "normal",
        color=_colour(chart, number),
        annotation_clip=False,
        linespacing=1.15,
    )


def _ruled(axes: "Axes", chart: Chart) -> None:
    """Draw few lines across, with their numbers, and zero where it is in sight."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415 (as above)

    axes.margins(y=0.08)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=_TICKS, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, chart.unit, chart.signs)))
    axes.grid(axis="y", color=chart.palette.rule, linewidth=1)
    axes.set_axisbelow(True)
    if chart.rtl:
        axes.yaxis.tick_right()
        axes.tick_params(length=0)
    for label in axes.get_yticklabels():
        label.set_fontsize(_SMALL)
    low, high = axes.get_ylim()
    if low < 0 < high:
        axes.axhline(0, color=chart.palette.mute, linewidth=1.4, zorder=1)


def tick(value: float, unit: str, signs: Signs) -> str:
    """Return a number of the scale as it is written beside its line."""
    marks = str.maketrans({",": signs.group, ".": signs.point, "-": MINUS})
    written = f"{value:,.10g}".translate(marks)
    return f"{written}{unit}" if unit in {"%", "‰", "°"} else written


def _colour(chart: Chart, number: int) -> str:
    palette = chart.palette
    return (palette.accent, palette.ink, palette.mute, palette.soft)[number % 4]


def _spread(count: int) -> list[int]:
    """Return which labels are written along the bottom: all of a few, else the ends and some between, evenly."""
    if count <= _LABELS_MOST:
        return list(range(count))
    step = -(-(count - 1) // (_LABELS_MOST - 1))
    inner = [place for place in range(0, count - 1, step) if place <= count - 1 - step * 0.75]
    return [*inner, count - 1]


def _last(series: Series) -> tuple[int, float]:
    return next((place, value) for place, value in reversed(list(enumerate(series.values))) if value is not None)


def _apart(values: Sequence[float], axes: "Axes", share: float) -> list[float]:
    """Return where the labels of some values stand so that none lies on another, each as near to its own as it can."""
    low, high = axes.get_ylim()
    gap = (high - low) * share
    order = sorted(range(len(values)), key=values.__getitem__)
    stands = {place: values[place] for place in order}
    for _ in range(100):
        for below, above in pairwise(order):
            if (short := gap - (stands[above] - stands[below])) > gap / 1000:
                stands[below] -= short / 2
                stands[above] += short / 2
    return [stands[place] for place in range(len(values))]


def _cut(words: str) -> str:
    return words if len(words) <= _LETTERS_MOST else f"{words[: _LETTERS_MOST - 1].rstrip()}…"


def _unwritable(chart: Chart) -> str:
    """Return the name of a script that the font has no letters for, or ""."""
    from matplotlib import font_manager  # noqa: PLC0415 (as above)

    weights = (font_manager.FontProperties(family=_FONT, weight=weight) for weight in ("normal", "bold"))
    maps = [font_manager.get_font(font_manager.findfont(one)).get_charmap() for one in weights]
    known = maps[0].keys() & maps[1].keys()
    strange = (letter for words in _words(chart) for letter in words if ord(letter) not in known)
    return next((unicodedata.name(letter, "this script").split()[0].title() for letter in strange), "")


def _words(chart: Chart) -> Iterator[str]:
    yield chart.unit
    yield from chart.labels
    for series in chart.series:
        yield series.name
        yield from _lettered(series.printed)


def _lettered(printed: Iterable[str]) -> Iterator[str]:
    return (words.replace("\n", "") for words in printed)
