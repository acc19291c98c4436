"""Colours as numbers: how well one is read on another, and what a client's forced dark mode makes of it."""

import re
from functools import lru_cache

Rgb = tuple[float, float, float]  # 0 to 1 each, sRGB

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*1(?:\.0*)?\s*)?\)", re.IGNORECASE)
_NAMED = {  # the sixteen of HTML 4, section 6.5
    "black": "#000000",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "white": "#ffffff",
    "maroon": "#800000",
    "red": "#ff0000",
    "purple": "#800080",
    "fuchsia": "#ff00ff",
    "green": "#008000",
    "lime": "#00ff00",
    "olive": "#808000",
    "yellow": "#ffff00",
    "navy": "#000080",
    "blue": "#0000ff",
    "teal": "#008080",
    "aqua": "#00ffff",
}
_WHITE_D50 = (0.9642, 1.0, 0.8251)  # CIE illuminant D50, which the Lab of CSS Color 4 stands on
_DARK_GROUND = 21.247  # L* of #333333, the ground that Outlook on the web puts a mail on
_SHORT = len("#abc")


@lru_cache(maxsize=256)  # a mail has a few colours, and says each hundreds of times
def read_colour(written: str) -> str:
    """Return a CSS colour as "#rrggbb": hexadecimal, opaque `rgb()`, HTML's sixteen names; else ""."""
    word = _NAMED.get(written.strip().lower(), written.strip().lower())
    if found := _RGB.fullmatch(word):
        return _hex([min(int(channel), 255) / 255 for channel in found.groups()])
    if not _HEX.fullmatch(word):
        return ""
    return "#" + "".join(digit * 2 for digit in word[1:]) if len(word) == _SHORT else word


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #RRGGBB colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def forced_dark(colour: str) -> str:
    """Return what a forced dark mode makes of a #RRGGBB colour.

    The model is that of Outlook on the web, whose code is public (roosterjs): in CIE Lab the lightness is turned over
    and fitted between that of #333333 and white, the hue stays. Gmail's apps do alike, by code that nobody has seen.
    """
    lightness, a, b = _lab(colour)
    turned = (100 - lightness) * (100 - _DARK_GROUND) / 100 + _DARK_GROUND
    return _from_lab(turned, a, b)


def inverted(colour: str) -> str:
    """Return a #RRGGBB colour with its lightness turned over in CIE Lab; the hue stays, what leaves sRGB is cut off."""
    lightness, a, b = _lab(colour)
    return _from_lab(100 - lightness, a, b)


def _channels(colour: str) -> Rgb:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _hex(channels: list[float]) -> str:
    return "#" + "".join(f"{round(min(max(channel, 0), 1) * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB


def _gamma(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055  # noqa: PLR2004 - sRGB


def _lab(colour: str) -> Rgb:
    """Return CIE L*, a* and b*, by the matrices of CSS Color 4 (sRGB, adapted to D50)."""
    red, green, blue = map(_linear, _channels(colour))
    x = 0.4360657 * red + 0.3851515 * green + 0.1430784 * blue
    y = 0.2224932 * red + 0.7168870 * green + 0.0606169 * blue
    z = 0.0139239 * red + 0.0970814 * green + 0.7140961 * blue
    fx, fy, fz = (_root(value / white) for value, white in zip((x, y, z), _WHITE_D50, strict=True))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _root(ratio: float) -> float:
    return ratio ** (1 / 3) if ratio > 216 / 24389 else (24389 / 27 * ratio + 16) / 116  # CIE 15


def _cube(root: float) -> float:
    return root**3 if root**3 > 216 / 24389 else (116 * root - 16) * 27 / 24389


def _from_lab(lightness: float, a: float, b: float) -> str:
    fy = (lightness + 16) / 116
    x, y, z = (_cube(f) * w for f, w in zip((fy + a / 500, fy, fy - b / 200), _WHITE_D50, strict=True))
    red = 3.1341359 * x - 1.6173863 * y - 0.4906624 * z
    green = -0.9787955 * x + 1.9162544 * y + 0.0334427 * z
    blue = 0.0719554 * x - 0.2289768 * y + 1.4053860 * z
    return _hex([_gamma(max(channel, 0.0)) for channel in (red, green, blue)])
