"""What a client that turns colours around by force makes of a palette. A model, not a client: each does it its own way.

Gmail on iOS and Outlook on phones and Windows turn light colours dark and dark ones light and keep their hue. Here the
lightness L* of CIELAB becomes 100 - L*; a* and b* stay, and what leaves sRGB is cut off at its edge (CIE 15:2004, D65).
"""

from collections.abc import Mapping

from composer.rendering.tokens import READ_ON, Token, contrast

_WHITE = (0.95047, 1.0, 1.08883)
_TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_TO_RGB = ((3.2404542, -1.5371385, -0.4985314), (-0.9692660, 1.8760108, 0.0415560), (0.0556434, -0.2040259, 1.0572252))
_MIDDLE = "#777777"  # L* 50
_EDGE = 6 / 29  # below it CIELAB is a straight line


def inverted(colour: str) -> str:
    """Return a #RRGGBB colour with its lightness turned around."""
    linear = [_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5)]
    x, y, z = (_root(value / white) for value, white in zip(_times(_TO_XYZ, linear), _WHITE, strict=True))
    turned = (100 - (116 * y - 16) + 16) / 116
    roots = (turned + x - y, turned, turned - (y - z))
    xyz = [_cube(root) * white for root, white in zip(roots, _WHITE, strict=True)]
    return "#" + "".join(f"{round(_encoded(value) * 255):02X}" for value in _times(_TO_RGB, xyz))


def contrasts(palette: Mapping[str, Token]) -> dict[tuple[str, str], float]:
    """Return the contrast of every pair (words, ground) that has to be read."""
    return {(words, ground): contrast(palette[words].word, palette[ground].word) for words, ground in READ_ON}


def inverted_contrasts(palette: Mapping[str, Token]) -> dict[tuple[str, str], float]:
    """Return the same once a client has turned the palette around."""
    return contrasts({name: Token(inverted(token.word)) for name, token in palette.items()})


def half_inverted_contrasts(palette: Mapping[str, Token]) -> dict[tuple[str, str], float]:
    """Return the same where only light grounds and dark words are turned, as Gmail on Android and Outlook.com do."""
    return {
        (words, ground): contrast(_turned(palette[words], light=False), _turned(palette[ground], light=True))
        for words, ground in READ_ON
    }


def _turned(token: Token, *, light: bool) -> str:
    """Turn a colour around if it is on the light side, or if it is on the dark one."""
    is_light = contrast(token.word, "#000000") > contrast(_MIDDLE, "#000000")
    return inverted(token.word) if is_light is light else token.word


def _times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(one * other for one, other in zip(row, vector, strict=True)) for row in matrix]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB


def _encoded(channel: float) -> float:
    inside = min(max(channel, 0.0), 1.0)
    return float(12.92 * inside if inside <= 0.0031308 else 1.055 * inside ** (1 / 2.4) - 0.055)  # noqa: PLR2004 - sRGB


def _root(value: float) -> float:
    return float(value ** (1 / 3) if value > _EDGE**3 else value / (3 * _EDGE**2) + 4 / 29)


def _cube(value: float) -> float:
    return float(value**3 if value > _EDGE else 3 * _EDGE**2 * (value - 4 / 29))
