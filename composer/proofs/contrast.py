"""Whether every word of the mail can be read: by day, in the dark palette, and where a client turns colours over."""

from collections.abc import Iterator

from composer.colours import contrast, forced_dark
from composer.proofs.cascade import INK, PAPER, Seen, seen
from composer.proofs.case import Case, Finding, rule
from composer.proofs.opened import opened
from composer.text import cut, one_line, quoted

_LEAST = 4.5  # WCAG 2.2, 1.4.3
_FORCED_LEAST = 3.0  # what WCAG asks of large words: of forced inversion there is a model, not a promise
_PURE = {INK, PAPER}


@rule(
    "EML-A07",
    "error",
    also="warning",
    reason="Words need a contrast of 4.5 in light and dark (WCAG 2.2). Where a client turns a mail dark by itself (a "
    "warning), 3 are wanted of the model that Outlook's code shows: lightness in CIE Lab turned over, hue kept.",
    mend="Change the colours of the theme's theme.toml or style sheet; leave pure black and white out.",
)
def readable(case: Case) -> Iterator[Finding]:
    """Work out every pair of colours from styles, attributes and head rules; each is named once, with its words."""
    if not case.message:
        return
    by_day, in_dark = seen(opened(case.message.html))
    yield from _weak("in light", by_day)
    yield from _weak("in dark", in_dark)
    yield from _forced(by_day)
    yield from _pure(by_day)


def _weak(where: str, pairs: tuple[Seen, ...]) -> Iterator[Finding]:
    for pair in pairs:
        found = contrast(pair.ink, pair.paper)
        if found < _LEAST:
            yield Finding(message=f"{where} {_told(pair)} has a contrast of {found:.1f}; readers need {_LEAST}")


def _forced(pairs: tuple[Seen, ...]) -> Iterator[Finding]:
    for pair in pairs:
        found = contrast(forced_dark(pair.ink), forced_dark(pair.paper))
        if found < _FORCED_LEAST <= _LEAST <= contrast(pair.ink, pair.paper):
            told = (
                f"turned dark by a client, {_told(pair)} has a contrast of {found:.1f}; {_FORCED_LEAST:.0f} are wanted"
            )
            yield Finding(severity="warning", message=told)


def _pure(pairs: tuple[Seen, ...]) -> Iterator[Finding]:
    """Name grounds of pure black or white: they are what clients turn over first, and hardest."""
    grounds = sorted({pair.paper for pair in pairs if pair.stated and pair.paper in _PURE})
    if grounds:
        message = (
            f"the mail's ground is pure {' and '.join(grounds)}; a shade off survives clients that turn colours over"
        )
        yield Finding(severity="warning", message=message)


def _told(pair: Seen) -> str:
    return f"{quoted(cut(one_line(pair.words), 30))} ({pair.ink} on {pair.paper})"


RULES = (readable,)
