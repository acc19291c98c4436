"""Flags of which one command takes one at a time."""

from composer.errors import UsageError


def only_one(what: str, **asked: bool) -> str:
    """Return the name of the flag that was given, "" for none.

    Raises UsageError when several were: click would take the last, and say nothing of the others.
    """
    given = [name for name, flag in asked.items() if flag]
    if len(given) > 1:
        raise UsageError(f"{', '.join(f'--{name}' for name in given)}: one {what} at a time")
    return "".join(given)
