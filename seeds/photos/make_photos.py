"""Draw the sample newsletter's pictures: `python seeds/photos/make_photos.py [FOLDER [PICTURE …]]`.

Everything in them is drawn here, with Pillow and fixed seeds; no picture of anybody else's is read.
"""  # noqa: INP001  # a script beside its pictures, not a package

import math
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from PIL import Image
from sheet import ACCENT, INK, PAPER, Point, Sheet, chance, circle, closed, isolines, mix, rgb, ridge, smooth

# --- harbour at dusk -------------------------------------------------------------------------------------------------


def crane(sheet: Sheet, foot: Point, size: float, colour: str, *, raised: bool = False) -> None:
    """Draw a ship-to-shore crane: legs, portal, apex, stays, and a boom that reaches left over the water."""

    def at(dx: float, dy: float) -> Point:
        return foot[0] + dx * size, foot[1] - dy * size

    legs = [[at(0, 0), at(4, 100)], [at(44, 0), at(44, 100)], [at(0, 42), at(44, 42)], [at(2, 42), at(44, 98)]]
    sheet.lines([*legs, [at(4, 100), at(18, 152)], [at(44, 100), at(18, 152)]], colour, width=4.2 * size)
    tip = at(-38, 190) if raised else at(-128, 100)
    sheet.lines([[at(92, 100), at(0, 100)], [at(0, 100), tip]], colour, width=6 * size)
    stays = [[at(18, 152), at(90, 102)], [at(18, 152), tip]]
    stays += [] if raised else [[at(18, 152), at(-62, 101)], [at(-86, 99), at(-86, 58)]]
    sheet.lines(stays, colour, width=1.4 * size)
    sheet.box(at(52, 118), (30 * size, 17 * size), colour)
    if not raised:
        sheet.box(at(-93, 96), (14 * size, 9 * size), colour)
        sheet.box(at(-99, 58), (26 * size, 10 * size), ACCENT)
    sheet.disc(at(18, 154), 2.6 * size, "#F0B48C")


def ship(sheet: Sheet, left: float, water: float, colour: str) -> None:
    """Draw a container ship at the quay, bow to the left."""
    hull = [(0, -46), (26, -34), (452, -34), (452, -56), (470, -56), (462, 2), (36, 2)]
    sheet.area([(left + x, water + y) for x, y in hull], colour)
    sheet.box((left + 34, water - 7), (426, 9), mix(ACCENT, colour, 0.45))
    dice = chance(41)
    tones = ["#3D4653", "#4D4A4E", "#5E4A45", "#2F3844", "#7A3B31", "#39424D"]
    for column in range(15):
        for row in range(dice.choice((2, 3, 3, 4))):
            sheet.box((left + 44 + column * 22.4, water - 46.5 - row * 12.5), (21, 11.5), dice.choice(tones))
    sheet.box((left + 392, water - 118), (44, 86), colour)
    sheet.box((left + 384, water - 128), (60, 13), colour)
    sheet.lines([[(left + 420, water - 128), (left + 420, water - 156)]], colour, width=3)
    for row, column in ((0, 0), (0, 2), (1, 1), (1, 3), (3, 0), (2, 3), (4, 2)):
        sheet.box((left + 398 + column * 9, water - 108 + row * 14), (4.6, 5), "#F3C48F")


def ripples(sheet: Sheet, horizon: float) -> None:
    """Lay dark and light strokes on the water, wider towards us."""
    dice = chance(5)
    for colour, count, strength in (("#10161F", 420, 0.34), ("#C98F74", 150, 0.20)):
        strokes = []
        for _ in range(count):
            depth = dice.random() ** 1.5
            x, y, half = dice.uniform(-40, sheet.width), horizon + 6 + depth * 272, 6 + depth * 46
            strokes.append([(x - half, y), (x + half, y)])
        sheet.lines(strokes, colour, width=1.5, strength=strength, blur=0.4)


def glitter(sheet: Sheet, centre: float, horizon: float, colour: str) -> None:
    """Lay the path of light that a sun or moon draws on water."""
    dice = chance(6)
    path = []
    for _ in range(170):
        depth = dice.random()
        x, half = centre + dice.gauss(0, 9 + depth * 38), dice.uniform(3, 8 + depth * 18)
        y = horizon + 4 + depth * 262
        path.append([(x - half, y), (x + half, y)])
    sheet.lines(path, colour, width=2, strength=0.66, blur=0.3)


def clouds(sheet: Sheet) -> None:
    """Draw thin banks of cloud, blue above and rose near the sun."""
    dice = chance(12)
    rose_below = 310
    for _ in range(22):
        x, y, half = dice.uniform(-100, 1250), dice.uniform(190, 430), dice.uniform(90, 330)
        thick = dice.uniform(2, 6)
        bank = smooth([(x - half, y), (x - half / 3, y - thick), (x + half / 2, y - thick / 2), (x + half, y)])
        sheet.area([*bank, (x, y + thick)], "#33405A" if y < rose_below else "#97605A", strength=0.5, blur=1.6)


def harbour() -> Image.Image:
    """Draw a port at dusk: the sun behind the far hills, a ship under the cranes."""
    sky = [(0, "#141D2A"), (0.2, "#23344D"), (0.42, "#5A6372"), (0.55, "#B57C66"), (0.645, "#F0BD8C"), (1, "#EDB98A")]
    sheet = Sheet(1200, 800, sky)
    horizon, sun = 524, 262
    sheet.disc((sun, 452), 190, "#F6B27C", strength=0.36, blur=70)
    clouds(sheet)
    sheet.disc((sun, 440), 58, "#D9573A", blur=0.6)
    for rise, seed, colour in ((150, 31, "#B98175"), (112, 8, "#84696F"), (66, 77, "#4B4F5F")):
        sheet.area(closed(ridge(1200, horizon + 4, rise, seed), horizon + 2), colour)
    quay = "#141A23"
    crane(sheet, (1040, 500), 1.22, "#2A3240", raised=True)
    crane(sheet, (905, 502), 1.62, "#1E2633")
    sheet.box((560, 500), (640, 26), quay)
    ship(sheet, 402, 522, "#1A212C")
    crane(sheet, (716, 508), 2.02, quay)
    for x in range(880, 1200, 46):
        sheet.disc((x, 497), 2, "#F6C790")
        sheet.disc((x, 497), 10, "#F6A860", strength=0.35, blur=4)
    sheet.mirror(horizon, "#1A2330", 0.42)
    ripples(sheet, horizon)
    glitter(sheet, sun, horizon, "#F0A274")
    return sheet.finish(101, 0.2)


# --- rail yard on the steppe -----------------------------------------------------------------------------------------

EYE_HEIGHT, FOCAL, MIDDLE, SKYLINE = 5.2, 700.0, 640.0, 286.0  # metres, px, px, px


def seen(x: float, y: float, z: float) -> Point:
    """Project metres (right, up, away) on to the sheet."""
    return MIDDLE + FOCAL * x / z, SKYLINE + FOCAL * (EYE_HEIGHT - y) / z


def wagon(sheet: Sheet, x: float, near: float, colour: str) -> None:
    """Draw one empty car-carrier as two decks on posts, its side turned to the yard's middle."""
    far, inner = near + 21, x + (1.5 if x < 0 else -1.5)
    sheet.area([seen(x + s, 0, z) for s, z in ((-1.7, near), (1.7, near), (1.7, far), (-1.7, far))], INK, strength=0.35)
    for deck in (1.1, 2.9):
        top = [seen(x + s, deck, z) for s, z in ((-1.5, near), (1.5, near), (1.5, far), (-1.5, far))]
        side = [seen(inner, y, z) for y, z in ((deck, near), (deck, far), (deck - 0.45, far), (deck - 0.45, near))]
        end = [seen(x + s, y, near) for s, y in ((-1.5, deck), (1.5, deck), (1.5, deck - 0.45), (-1.5, deck - 0.45))]
        sheet.area(top, mix(colour, "#FFFFFF", 0.18))
        sheet.area(side, mix(colour, INK, 0.25))
        sheet.area(end, colour)
    posts = [[seen(x + s, 0.9, z), seen(x + s, 4.6, z)] for s in (-1.5, 1.5) for z in (near, near + 10.5, far)]
    rails = [[seen(x + s, 4.6, near), seen(x + s, 4.6, far)] for s in (-1.5, 1.5)]
    braces = [[seen(inner, 1.0, near + 5 * i), seen(inner, 2.7, near + 5 * i + 5)] for i in range(4)]
    sheet.lines([*posts, *rails, *braces], mix(colour, INK, 0.4), width=max(0.7, 120 / near))
    for z in (far - 2, far - 4.5, near + 4.5, near + 2):
        sheet.disc(seen(inner, 0.5, z), 0.5 * FOCAL / z, "#26272A")
        sheet.disc(seen(inner, 0.5, z), 0.22 * FOCAL / z, "#5B5C5E")


def track(sheet: Sheet, x: float) -> None:
    """Draw ballast, sleepers and two rails running away."""
    near, last, far, z = 6.5, 120, 900, 6.5
    sheet.area(
        [seen(x + s, 0, z) for s, z in ((-2.1, near), (2.1, near), (2.1, far), (-2.1, far))], "#AFA596", strength=0.8
    )
    while z < last:
        edge = [seen(x - 1.3, 0, z), seen(x + 1.3, 0, z), seen(x + 1.3, 0, z + 0.26), seen(x - 1.3, 0, z + 0.26)]
        sheet.area(edge, "#675F56", strength=max(0.1, 0.85 - z / 150))
        z += 0.75
    for rail in (x - 0.76, x + 0.76):
        strip = [seen(rail + s, 0.12, z) for s, z in ((-0.06, near), (0.06, near), (0.06, far), (-0.06, far))]
        sheet.area(strip, "#2F3237")
        sheet.lines([[seen(rail, 0.14, near), seen(rail, 0.14, 160)]], "#D9DDDD", width=0.8, strength=0.6)


def mast(sheet: Sheet, x: float, z: float) -> None:
    """Draw a catenary mast with its arm, paler with distance."""
    colour = mix("#2E333B", "#C9C7C3", min(1, z / 330))
    thick, reach = max(0.6, 170 / z), -5.2 if x > 0 else 5.2
    sheet.lines([[seen(x, 0, z), seen(x, 9.4, z)]], colour, width=thick)
    arm = [[seen(x, 8.4, z), seen(x + reach, 7.8, z)], [seen(x, 7.0, z), seen(x + reach, 7.8, z)]]
    sheet.lines(arm, colour, width=thick / 2)


def inspector(sheet: Sheet, x: float, z: float) -> None:
    """Draw somebody walking the line, away from us, with a board under the arm."""
    coat = [(-0.24, 0.55), (-0.30, 1.35), (-0.16, 1.52), (0.16, 1.52), (0.30, 1.35), (0.24, 0.55)]
    shadow = [(-0.2, 0.0), (0.2, 0.0), (2.3, 0.0), (2.0, 0.0)]
    sheet.area(
        [seen(x + dx, 0, z + lean) for (dx, _), lean in zip(shadow, (0, 0, 1.1, 1.4), strict=True)], INK, strength=0.4
    )
    for foot in (-0.13, 0.15):
        sheet.lines([[seen(x + foot / 2, 0.6, z), seen(x + foot, 0, z)]], "#23262B", width=0.16 * FOCAL / z)
    sheet.area([seen(x + dx, y, z) for dx, y in coat], "#2B3440")
    sheet.area([seen(x + dx, y, z) for dx, y in ((-0.25, 1.02), (0.25, 1.02), (0.25, 1.13), (-0.25, 1.13))], "#E7C46A")
    sheet.disc(seen(x, 1.66, z), 0.13 * FOCAL / z, "#23262B")
    sheet.area([seen(x + dx, y, z) for dx, y in ((0.26, 0.9), (0.5, 0.95), (0.5, 1.3), (0.26, 1.3))], "#F3EFE8")


def yard() -> Image.Image:
    """Draw a marshalling yard on the steppe by day: empty car-carriers either side of open tracks."""
    stops = [(0, "#8098AB"), (0.2, "#B9C6CD"), (0.424, "#F5E9D4"), (0.425, "#D3C5AA"), (1, "#AE9C80")]
    sheet = Sheet(1200, 675, stops)
    sheet.disc((262, 132), 36, "#FBF4E4", strength=0.95, blur=0.5)
    sheet.disc((262, 132), 110, "#FBF4E4", strength=0.35, blur=34)
    peaks = ridge(1200, 290, 190, 22)
    sheet.area(closed(peaks, 292), "#BAC5CB")
    sheet.lines([[(x, y + 8) for x, y in peaks]], "#EEF0EE", width=10, strength=0.4, blur=3)
    sheet.area(closed(ridge(1200, 290, 104, 54), 292), "#8E9EAA")
    sheet.area(closed(ridge(1200, 290, 40, 71), 292), "#A99F8B")
    for x in (-17.0, -11.4, -5.8, 0.0, 5.6, 11.2, 16.8):
        track(sheet, x)
    for z in range(380, 20, -40):
        mast(sheet, -8.6, z)
        mast(sheet, 8.4, z)
    short, rows = -5.8, ((16.8, 15, 12), (-17.0, 17, 12), (11.2, 9.5, 12), (-11.4, 12, 12), (-5.8, 60, 4))
    for row, first, count in rows:
        for place in range(count, -1, -1):
            paint = ACCENT if row == short else "#45586B" if (place + int(row)) % 4 else "#6A6259"
            wagon(sheet, row, first + place * 23.5, mix(paint, "#CFCBC4", min(0.75, place / 14)))
    inspector(sheet, 2.9, 15)
    return sheet.finish(202, 0.17)


# --- chart without names ---------------------------------------------------------------------------------------------

MASSES = ((330, 250, 130, 0.9), (180, 640, 190, 1.5), (560, 470, 95, -0.9), (930, 330, 150, 1.1))  # x, y, width, height


def terrain(x: float, y: float) -> float:
    """Return a height at a place of the chart: a sea in the west, folds rising to the east."""
    height = (x - 520) / 300 + 0.55 * math.sin(x / 140 + y / 210) + 0.5 * math.cos(y / 120 - x / 330)
    for cx, cy, width, push in MASSES:
        height += push * math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * width**2))
    return height + 0.16 * math.sin(x / 31 + math.cos(y / 43)) * math.cos(y / 37 + 0.8)


def sea(sheet: Sheet, colour: str) -> None:
    """Tint every place that lies below the shore."""
    step = 4
    mask = Image.new("L", (sheet.width // step, sheet.height // step))
    for x in range(mask.width):
        for y in range(mask.height):
            mask.putpixel((x, y), 255 if terrain(x * step + 2, y * step + 2) < 0 else 0)
    sheet.image.paste(rgb(colour), (0, 0), mask.resize(sheet.image.size, Image.Resampling.BICUBIC))


def rose(sheet: Sheet, centre: Point, size: float) -> None:
    """Draw a compass rose of sixteen winds with half of every point dark."""
    x, y = centre
    sheet.disc(centre, size * 0.62, PAPER, strength=0.85)
    for wind in (*range(1, 16, 2), *range(2, 16, 4), *range(0, 16, 4)):
        long = size * (1.0 if wind % 4 == 0 else 0.72 if wind % 2 == 0 else 0.5)
        turn = wind * math.tau / 16 - math.pi / 2
        tip = (x + long * math.cos(turn), y + long * math.sin(turn))
        for sign, colour in ((1, ACCENT if wind == 0 else INK), (-1, PAPER)):
            side = turn + sign * math.tau / 16
            foot = (x + size * 0.17 * math.cos(side), y + size * 0.17 * math.sin(side))
            sheet.area([(x, y), foot, tip], colour)
            sheet.lines([[(x, y), foot, tip, (x, y)]], INK, width=0.8)
    sheet.lines([circle(centre, size * 0.62), circle(centre, size * 0.58)], INK, width=0.9)


def winds(sheet: Sheet) -> None:
    """Draw the thirty-two winds that leave each of three points, the four main ones in red."""
    for x, y in ((262, 392), (905, 180), (1010, 560)):
        turns = [turn * math.tau / 32 for turn in range(32)]
        rays = [[(x, y), (x + 1500 * math.cos(turn), y + 1500 * math.sin(turn))] for turn in turns]
        sheet.lines(rays, "#4B4641", width=0.8, strength=0.26)
        sheet.lines(rays[::8], ACCENT, width=0.9, strength=0.4)


def route(sheet: Sheet) -> None:
    """Draw the through line, its two ends, and an empty label at every stop between them."""
    bends = [(1215, 148), (1085, 186), (968, 262), (842, 282), (748, 352), (640, 352), (524, 322)]
    way = smooth(bends)
    sheet.lines([way], PAPER, width=8, strength=0.8)
    sheet.lines([way], ACCENT, width=4.2)
    for (x, y), wide in zip(bends[1:-1], (92, 70, 104, 78, 64), strict=True):
        sheet.disc((x, y), 7, INK)
        sheet.disc((x, y), 4.4, PAPER)
        left, top = x - wide / 2, y + 15
        sheet.box((left + 3, top + 3), (wide, 22), INK, strength=0.2)
        sheet.box((left, top), (wide, 22), "#FBF6EA")
        frame = [(left, top), (left + wide, top), (left + wide, top + 22), (left, top + 22), (left, top)]
        sheet.lines([frame], INK, width=0.9, strength=0.8)
    sheet.disc((524, 322), 13, ACCENT)
    sheet.disc((524, 322), 5.5, PAPER)


def chart() -> Image.Image:
    """Draw a sea chart after the old portolans: winds, shores, one route, and labels with no names in them."""
    sheet = Sheet(1200, 675, [(0, "#F4EBDA"), (1, "#EADFC9")])
    sea(sheet, "#B9C7CE")
    for level in (-1.5, -1.05, -0.6, -0.25):
        sheet.lines(isolines(terrain, sheet, level), "#4F6E83", width=0.9, strength=0.6)
    for step in range(1, 13):
        sheet.lines(
            isolines(terrain, sheet, step * 0.28), "#8B6F4E", width=1.6 if step % 4 == 0 else 0.9, strength=0.62
        )
    winds(sheet)
    shore = isolines(terrain, sheet, 0.0, step=4)
    sheet.lines(shore, "#4B6473", width=8, strength=0.34, blur=2)
    sheet.lines(shore, INK, width=2.1)
    route(sheet)
    rose(sheet, (262, 392), 96)
    return sheet.finish(303, 0.18)


# --- reservoir in winter ---------------------------------------------------------------------------------------------


def pylon(sheet: Sheet, foot: Point, size: float, colour: str) -> list[Point]:
    """Draw a pylon and return where its wires hang."""

    def at(dx: float, dy: float) -> Point:
        return foot[0] + dx * size, foot[1] - dy * size

    frame = [[at(-14, 0), at(-4, 62), at(0, 118)], [at(14, 0), at(4, 62), at(0, 118)]]
    arms = [[at(-30, 88), at(0, 96), at(30, 88)], [at(-22, 66), at(0, 74), at(22, 66)]]
    lattice = [
        [at(side * (2.2 * i - 14), 14 * i), at(side * (11.8 - 2.2 * i), 14 * i + 14)]
        for i in range(5)
        for side in (1, -1)
    ]
    sheet.lines(frame, colour, width=2.4 * size)
    sheet.lines([*arms, *lattice], colour, width=1.2 * size)
    return [at(-30, 86), at(30, 86), at(-22, 64), at(22, 64)]


def wire(one: Point, other: Point, sag: float) -> list[Point]:
    """Return a wire that hangs between two points."""
    steps = [i / 30 for i in range(31)]
    (x, y), (dx, dy) = one, (other[0] - one[0], other[1] - one[1])
    return [(x + dx * t, y + dy * t + sag * 4 * t * (1 - t)) for t in steps]


def dam(sheet: Sheet, left: float, water: float) -> None:
    """Draw a dam across the valley's mouth, with its gates, towers and lamps."""
    sheet.box((0, water - 40), (left + 470, 40), "#27323F")
    sheet.box((0, water - 46), (left + 476, 7), "#8C979E")
    for gate in range(9):
        sheet.box((left + 22 + gate * 49, water - 34), (30, 34), "#1A222D")
        sheet.disc((left + 13 + gate * 49, water - 54), 1.9, "#F8D39A")
        sheet.disc((left + 13 + gate * 49, water - 54), 9, "#F2AE62", strength=0.4, blur=4)
    for tower in (left + 110, left + 356):
        sheet.box((tower, water - 78), (26, 78), "#1E2834")
        sheet.box((tower - 4, water - 83), (34, 6), "#8C979E")
        sheet.box((tower + 9, water - 66), (7, 9), "#F8D39A")


def night(sheet: Sheet, moon: Point) -> None:
    """Draw the moon, its glow and the stars."""
    sheet.disc(moon, 150, "#DDE3E2", strength=0.2, blur=60)
    dice = chance(3)
    for _ in range(130):
        sheet.disc((dice.uniform(0, 1200), dice.uniform(0, 300)), dice.uniform(0.5, 1.3), "#E8E6DF", strength=0.6)
    sheet.disc(moon, 46, "#F3EBDC", blur=0.5)


def power_line(sheet: Sheet) -> None:
    """Draw the line that leaves the valley: pylons that grow towards us, and their wires."""
    shore = [(560, 800), (690, 748), (860, 716), (1010, 668), (1130, 640), (1210, 628), (1210, 800)]
    sheet.area(smooth(shore), "#C3CBCF")
    sheet.area([(x + 40, y + 34) for x, y in smooth(shore)], "#8E9BA6", strength=0.6, blur=14)
    feet = (((476, 470), 0.5), ((640, 502), 0.78), ((1000, 700), 2.9))
    hung = [pylon(sheet, foot, size, "#121A24" if size > 1 else "#1C2733") for foot, size in feet]
    hung.append([(x + 420, y - 190) for x, y in hung[-1]])
    for span, (one, other) in enumerate(pairwise(hung)):
        wires = [wire(a, b, 8 + 16 * span) for a, b in zip(one, other, strict=True)]
        sheet.lines(wires, "#121A24", width=0.7 + 0.6 * span, strength=0.9)


def reservoir() -> Image.Image:
    """Draw a mountain reservoir on a winter night: moon, dam, and a power line leaving the valley."""
    sheet = Sheet(1200, 800, [(0, "#0F1825"), (0.35, "#1E2F46"), (0.58, "#43586D"), (0.7, "#8B969D"), (1, "#8B969D")])
    moon, water = (300.0, 150.0), 560
    night(sheet, moon)
    for rise, seed, colour in ((420, 22, "#6C7F90"), (330, 90, "#4A5D70"), (170, 63, "#2E3E4F")):
        line = ridge(1200, water + 6, rise, seed)
        sheet.area(closed(line, water + 2), colour)
        sheet.lines([[(x, y + 6) for x, y in line]], "#EDECE7", width=10, strength=0.3, blur=3.5)
    sheet.area([(0, 490), (1200, 500), (1200, 566), (0, 566)], "#A9B3B8", strength=0.34, blur=20)
    shoulder = smooth([(470, 564), (520, 512), (580, 486), (668, 500), (770, 538), (900, 556), (1010, 564)])
    sheet.area(shoulder, "#253342")
    sheet.lines([[(x, y + 4) for x, y in shoulder]], "#EDECE7", width=5, strength=0.3, blur=2)
    dam(sheet, 56, water)
    sheet.mirror(water, "#1C2938", 0.4)
    glitter(sheet, moon[0], water, "#DCE0DD")
    power_line(sheet)
    return sheet.finish(404, 0.2)


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "harbour-at-dusk.jpg": harbour,
    "rail-yard.jpg": yard,
    "chart-without-names.jpg": chart,
    "reservoir-in-winter.jpg": reservoir,
}


def main(folder: Path, names: Sequence[str]) -> None:
    """Draw every picture, or the ones named, into a folder."""
    for name in names or PICTURES:
        PICTURES[name]().save(folder / name, quality=84, optimize=True, progressive=True, subsampling=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent, sys.argv[2:])
