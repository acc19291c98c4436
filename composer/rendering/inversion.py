"""What a client that turns colours around by force makes of a palette. A model, not a client: each does it its own way.

Gmail on iOS and Outlook on phones and Windows turn light colours dark and dark ones light and keep their hue.
"""

from collections.abc import Mapping

from composer.colours import contrast, inverted
from composer.rendering.tokens import READ_ON, Token

_MIDDLE = "#777777"  # L* 50


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
