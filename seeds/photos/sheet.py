"""A sheet to draw on: gradients, areas, lines, still water, grain. Knows nothing of any picture.

Places are in px of the finished picture; everything is drawn twice as large and reduced, so that thin lines are smooth.
"""  # noqa: INP001  # lies beside the script that draws, not in a package

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
Stops = Sequence[tuple[float, str]]
Terrain = Callable[[float, float], float]  # the height at a place
Pen = Callable[[ImageDraw.ImageDraw, list[Point]], None]

LARGER = 2
INK, ACCENT, PAPER = "#1D1B19", "#9C2A1F", "#F3EFE8"


def rgb(colour: str) -> Colour:
    """Return `#RRGGBB` as numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """Return the colour that lies `share` (0 to 1) of the way from one to the other."""
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))
    return "#{:02X}{:02X}{:02X}".format(*parts)


def shade(stops: Stops, place: float) -> str:
    """Return the colour of a gradient at a place from 0 to 1."""
    for (low, one), (high, other) in pairwise(stops):
        if place <= high:
            return mix(one, other, (place - low) / (high - low))
    return stops[-1][1]


def chance(seed: int) -> Random:
    """Return dice that always fall alike."""
    return Random(seed)  # noqa: S311  # a picture's dice guard no secret


def ridge(width: int, base: float, rise: float, seed: int) -> list[Point]:
    """Return a mountain line from edge to edge, by halving and shifting."""
    dice = chance(seed)
    heights, swing = [dice.uniform(0.2, 0.8), dice.uniform(0.2, 0.8)], 0.5
    for _ in range(8):
        halves = [(a + b) / 2 + dice.uniform(-swing, swing) for a, b in pairwise(heights)]
        heights = [height for pair in zip(heights, halves, strict=False) for height in pair] + heights[-1:]
        swing *= 0.52
    return [(i * width / (len(heights) - 1), base - rise * height) for i, height in enumerate(heights)]


def closed(line: Sequence[Point], floor: float) -> list[Point]:
    """Return a line as an area that stands on a floor."""
    return [*line, (line[-1][0], floor), (line[0][0], floor)]


def smooth(points: Sequence[Point]) -> list[Point]:
    """Return a curve through the points (Catmull and Rom's spline)."""
    ends = [points[0], *points, points[-1]]
    curve = []
    for knots in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for t in (i / 24 for i in range(24)):
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3)
            x, y = (sum(w * knot[axis] for w, knot in zip(weights, knots, strict=True)) / 2 for axis in (0, 1))
            curve.append((x, y))
    return [*curve, points[-1]]


class Sheet:
    """A picture being drawn."""

    def __init__(self, width: int, height: int, stops: Stops) -> None:
        """Fill the sheet with a gradient from top to bottom."""
        self.width, self.height = width, height
        strip = Image.new("RGB", (1, height))
        for y in range(height):
            strip.putpixel((0, y), rgb(shade(stops, y / (height - 1))))
        self.image = strip.resize((width * LARGER, height * LARGER), Image.Resampling.BICUBIC)

    def _mask(
        self, paths: Iterable[Sequence[Point]], pen: Pen, room: float, blur: float
    ) -> tuple[Image.Image, int, int]:
        """Return what a pen leaves, cut to where it has been, and where that lies."""
        large = [[(x * LARGER, y * LARGER) for x, y in path] for path in paths]
        across, down = [x for path in large for x, _ in path], [y for path in large for _, y in path]
        edge = round(room + blur * 3 * LARGER) + 2
        left, top = max(0, round(min(across)) - edge), max(0, round(min(down)) - edge)
        right = min(self.image.width, round(max(across)) + edge)
        bottom = min(self.image.height, round(max(down)) + edge)
        mask = Image.new("L", (max(1, right - left), max(1, bottom - top)), 0)
        for path in large:
            pen(ImageDraw.Draw(mask), [(x - left, y - top) for x, y in path])
        return mask.filter(ImageFilter.GaussianBlur(blur * LARGER)) if blur else mask, left, top

    def _stain(self, mask: tuple[Image.Image, int, int], colour: str, strength: float) -> None:
        shape, left, top = mask
        self.image.paste(rgb(colour), (left, top), shape.point(lambda value: round(value * strength)))

    def area(self, points: Sequence[Point], colour: str, *, strength: float = 1, blur: float = 0) -> None:
        """Fill a polygon."""
        self._stain(self._mask([points], lambda pen, path: pen.polygon(path, fill=255), 0, blur), colour, strength)

    def box(self, corner: Point, size: Point, colour: str, *, strength: float = 1) -> None:
        """Fill a rectangle, named by its upper left corner."""
        (x, y), (width, height) = corner, size
        self.area([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour, strength=strength)

    def disc(self, centre: Point, radius: float, colour: str, *, strength: float = 1, blur: float = 0) -> None:
        """Fill a circle."""
        self.area(circle(centre, radius), colour, strength=strength, blur=blur)

    def lines(
        self, paths: Sequence[Sequence[Point]], colour: str, *, width: float = 1, strength: float = 1, blur: float = 0
    ) -> None:
        """Draw open lines, all with one pen."""
        if not paths:
            return
        thick = max(1, round(width * LARGER))

        def draw(pen: ImageDraw.ImageDraw, path: list[Point]) -> None:
            pen.line(path, fill=255, width=thick, joint="curve")

        self._stain(self._mask(paths, draw, thick, blur), colour, strength)

    def mirror(self, horizon: int, colour: str, strength: float) -> None:
        """Lay what stands above the horizon upside down under it, as still water shows it."""
        depth = self.height - horizon
        above = self.image.crop((0, (horizon - depth) * LARGER, self.width * LARGER, horizon * LARGER))
        below = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM).filter(ImageFilter.BoxBlur((14, 3)))
        water = Image.blend(below, Image.new("RGB", below.size, rgb(colour)), strength)
        self.image.paste(water, (0, horizon * LARGER))

    def finish(self, seed: int, grain: float) -> Image.Image:
        """Reduce to its own size, darken the corners a little and lay grain over it."""
        small = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        corners = Image.radial_gradient("L").resize(small.size).point(lambda value: max(0, value - 120) // 3)
        small.paste(rgb(INK), (0, 0), corners)
        noise = Image.frombytes("L", small.size, chance(seed).randbytes(self.width * self.height))
        soft = noise.filter(ImageFilter.GaussianBlur(0.7)).convert("RGB")
        return Image.blend(small, ImageChops.soft_light(small, soft), grain)


def circle(centre: Point, radius: float) -> list[Point]:
    """Return a circle as a closed line."""
    steps = max(24, round(radius * 2))
    turns = [step * math.tau / steps for step in range(steps + 1)]
    return [(centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)) for turn in turns]


def isolines(terrain: Terrain, sheet: Sheet, level: float, step: int = 6) -> list[list[Point]]:
    """Return the short strokes along which the terrain stands at one height (marching squares)."""
    columns, rows = range(0, sheet.width + step, step), range(0, sheet.height + step, step)
    heights = {(x, y): terrain(x, y) - level for x in columns for y in rows}
    strokes = []
    for x in columns[:-1]:
        for y in rows[:-1]:
            ring = [(x, y), (x + step, y), (x + step, y + step), (x, y + step)]
            cuts = [
                (ax + (bx - ax) * share, ay + (by - ay) * share)
                for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)
                if (heights[ax, ay] < 0) != (heights[bx, by] < 0)
                for share in [heights[ax, ay] / (heights[ax, ay] - heights[bx, by])]
            ]
            strokes += [cuts[i : i + 2] for i in range(0, len(cuts) - 1, 2)]
    return strokes
