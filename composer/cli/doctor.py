"""`currents doctor`: how the store is doing, even when it cannot be opened."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.model import Finding

_SIGNS = {"ok": "✓", "info": "✓", "warning": "!", "error": "✗"}


@click.command()
@click.option("--fix", is_flag=True, help="Mend what can be mended, then look again.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_context
def doctor(ctx: click.Context, fix: bool, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Look the store over: a row a check, with what to do. Exit code 1 while something is wrong.

    ✓ is well or harmless, ! may do harm later, ✗ is wrong.
    """
    with open_newsroom(ctx.obj) as room:
        found = room.check()
        if fix:
            found = _mended(room, found)
    if json_:
        screen.as_json([asdict(finding) for finding in found])
    else:
        for finding in found:
            screen.say(f"{_SIGNS[finding.severity]} {finding.check:<15} {finding.message}")
        screen.say(_tally(found))
    if any(finding.severity == "error" for finding in found):
        ctx.exit(1)


def _mended(room: Newsroom, found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Mend and look again until nothing more comes of it: an upgraded store, say, can be looked at more closely."""
    tried: set[str] = set()
    while ills := {finding.check for finding in found if finding.mendable} - tried:
        for line in room.mend(ills):
            screen.note(f"not mended: {line}")
        tried |= ills
        found = room.check()
    for check in sorted(tried - {finding.check for finding in found if finding.severity != "ok"}):
        screen.note(f"mended: {check}")
    return tuple(found)


def _tally(found: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in found)
    if not counts["error"] + counts["warning"]:
        return "all is well"
    errors, warnings = counts["error"], counts["warning"]
    words = [f"{errors} wrong"] * bool(errors) + [f"{warnings} to watch"] * bool(warnings)
    mendable = any(finding.mendable for finding in found)
    return ", ".join(words) + ("; `currents doctor --fix` mends what can be mended" if mendable else "")
