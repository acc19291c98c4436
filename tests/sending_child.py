"""Run `currents send` with a clock that is some hours ahead: `sending_child.py HOURS WORDS…`."""

import sys
from datetime import timedelta

from composer.app import open_newsroom, wall_clock
from composer.cli import sending
from composer.cli.edge import run
from composer.cli.group import currents

ahead = timedelta(hours=float(sys.argv[1]))
sending.open_newsroom = lambda named: open_newsroom(named, clock=lambda: wall_clock() + ahead)  # type: ignore[assignment]
sys.exit(run(currents, sys.argv[2:]))
