"""All that is wrong with a theme, at once."""

from collections.abc import Iterator, Sequence
from typing import Any

from composer.rendering.faults import Fault
from composer.rendering.theme import Theme


def check_printed(theme: Theme, specimens: Sequence[Any]) -> Iterator[Fault]:
    """Stub."""
    yield from ()
