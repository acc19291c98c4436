"""The command line. It imports a command's module only when that command runs: `currents --help` stays light."""

import gc
import sys

from composer.cli.edge import run
from composer.cli.group import currents
from composer.cli.interrupts import interrupt_patiently

__all__ = ["main"]


def main() -> None:
    """Run the command line and leave with its exit code."""
    interrupt_patiently()
    gc.set_threshold(50_000, 20, 20)  # imports make objects by the ten thousand and no garbage
    code = run(currents, sys.argv[1:])
    gc.freeze()  # nothing that still stands is garbage: leaving need not look through all of it again
    sys.exit(code)
