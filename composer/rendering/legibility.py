"""How well a theme can be read: contrasts in light, in dark and turned around by force, and fonts that readers have."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from composer.rendering.faults import Fault
from composer.rendering.inversion import contrasts, half_inverted_contrasts, inverted_contrasts
from composer.rendering.tokens import CONTRAST_LEAST, Sheet, Tokens

GENERIC = ("serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif")
FAMILIES = (  # that some mail client's system brings; others are passed over, which is no mistake
    *("Arial", "Baskerville", "Calibri", "Cambria", "Charter", "Courier New", "Garamond", "Georgia", "Gill Sans"),
    *("Helvetica", "Helvetica Neue", "Iowan Old Style", "Lucida Grande", "Palatino", "Palatino Linotype", "Roboto"),
    *("Segoe UI", "Tahoma", "Times", "Times New Roman", "Trebuchet MS", "Verdana"),
)
SLIP = 0.79  # likeness of two names from which the one is a slip for the other: Arail, Georgai


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """How well one kind of words stands out from its ground (WCAG 2.2: 1 to 21), and what clients make of it."""

    words: str
    ground: str
    light: float
    dark: float
    turned: float  # the light palette, turned around by force
    half_turned: float  # only its light grounds and dark words


def family_faults(sheets: Iterable[Sheet]) -> Iterator[Fault]:
    """Warn of font families that are nearly a known one, and of lists without a last resort."""
    for sheet in sheets:
        fonts = sheet.tables.get("fonts", {})
        for key, value in fonts.items() if isinstance(fonts, dict) else ():
            families = [one.strip(" '\"") for one in value.split(",")] if isinstance(value, str) else []
            for family in families:
                if meant := _meant(family):
                    yield sheet.wrong("fonts", key, f"names {family}, did you mean {meant}?", "warning")
            if families and families[-1] not in GENERIC:
                sentence = f"ends in {families[-1]}; let the last be a kind that every client has, such as serif"
                yield sheet.wrong("fonts", key, sentence, "warning")


def turning_faults(tokens: Tokens, sheet: Sheet) -> Iterator[Fault]:
    """Warn of words that are lost, and of grounds that are spoilt, where a client turns colours around by force."""
    for row in contrast_table(tokens):
        worst = min(row.turned, row.half_turned)
        if worst < CONTRAST_LEAST:
            sentence = f"on {row.ground} falls to {worst:.1f} where a client turns colours around by force"
            yield sheet.wrong("light", row.words, sentence, "warning")
    for ground in ("page", "card", "tint"):
        for table, palette in (("light", tokens.light), ("dark", tokens.dark)):
            if palette[ground].word.upper() in {"#FFFFFF", "#000000"}:
                yield sheet.wrong(table, ground, "is pure; clients that turn colours around do it badly", "warning")


def contrast_table(tokens: Tokens) -> tuple[Contrast, ...]:
    """Return every pair of words and ground that has to be read, in all four lights."""
    light, dark = contrasts(tokens.light), contrasts(tokens.dark)
    turned, half = inverted_contrasts(tokens.light), half_inverted_contrasts(tokens.light)
    return tuple(
        Contrast(words=pair[0], ground=pair[1], light=one, dark=dark[pair], turned=turned[pair], half_turned=half[pair])
        for pair, one in light.items()
    )


def _meant(family: str) -> str:
    """Return the family that was probably meant; one that only has a word more or less is another font."""
    near = get_close_matches(family, FAMILIES, 1, SLIP)
    return near[0] if near and not (near[0].startswith(family) or family.startswith(near[0])) else ""
