"""Who takes a step: the name that is given, set for this person, or known to the system."""

import getpass
import os

import click

VARIABLE = "CURRENTS_NAME"
BY = click.option("--by", "who", metavar="NAME", default="", help=f"Who does it; else ${VARIABLE}.")


def given(who: str) -> str:
    """Return the name that somebody gave on purpose, "" when nobody did."""
    return (who or os.environ.get(VARIABLE, "")).strip()


def known(who: str = "") -> str:
    """Return the name that was given, else that of the account; "" where the system knows none."""
    try:
        return given(who) or getpass.getuser()
    except (KeyError, OSError):
        return ""
