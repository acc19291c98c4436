"""What somebody who looks may have done, as values, read from what her page sends. Nothing is done here."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Protocol

from composer.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Move a block before another; places are 0-based, the number of blocks is the end."""

    block: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Take a block out."""

    block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Put a picked article in before a block; -1: where the profile has it."""

    article: int
    before: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Set a field of a block; -1: of the header."""

    key: str
    value: str
    block: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Allow:
    """Except what stands at a line (0: the whole edition) from a rule, with a reason."""

    rule: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take the last act back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Open the manuscript at a line in the editor's own program."""

    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Send it as a test mail to some of the addresses that may get one, parted by commas."""

    to: str


Act = Move | Drop | Place | Set | Allow | Undo | Open | Send
_ACTS: Mapping[str, type[Act]] = {
    one.__name__.lower(): one for one in (Move, Drop, Place, Set, Allow, Undo, Open, Send)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, in one line, and the 0-based place of the block that it was done to; -1: none.

    `later` does what takes its time and needs nothing of the edition any more; it returns the line to be told instead.
    """

    said: str
    block: int = -1
    later: Callable[[], str] | None = None


class Hands(Protocol):
    """Who does it."""

    def __call__(self, act: Act, seen: str) -> Done:
        """Do it to the text of which `seen` is the sha256.

        Raises PartedError, with both texts, when another one lies there; any ComposerError when it cannot be done.
        """
        ...


def act_of(name: str, given: Mapping[str, object]) -> Act:
    """Read an act. Raises UsageError for one that nobody knows, and for a value that is missing or of another type."""
    known = _ACTS.get(name)
    if known is None:
        raise UsageError(f"{name}: no such act")
    values: dict[str, object] = {}
    for one in fields(known):
        value = given.get(one.name, one.default)
        if value is MISSING or type(value) is not one.type:
            raise UsageError(f"{name}: {one.name} is missing, or is none")
        values[one.name] = value
    return known(**values)  # type: ignore[arg-type] # each was looked at
