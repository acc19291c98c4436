"""`currents proof N --fix`: what the rules can mend, shown before it is kept as a revision."""

import sys
from collections.abc import Sequence
from dataclasses import replace

from composer.app import Newsroom
from composer.blocks import Manuscript
from composer.cli import screen
from composer.cli.differing import show
from composer.cli.glance import plural
from composer.cli.remarks import path_of
from composer.desk.changing import change
from composer.desk.mending import Mended, mend, offered, taken
from composer.desk.publishing import case_of
from composer.desk.revising import Copy
from composer.desk.sheets import render
from composer.differences import Change, changes
from composer.errors import UsageError
from composer.proofs import RULES, Case, allowances

_NBSP_SIGN = "⍽"


def fix(room: Newsroom, copy: Copy, *, yes: bool, shown: bool = True) -> Copy:
    """Show what can be mended, ask, and keep it as the edition's next revision.

    With `yes` nothing is asked and no guess is taken. Raises UsageError when there is nobody to ask, ConflictError when
    the manuscript changed meanwhile.
    """
    case = case_of(room.press, copy, render(room.press, copy.edition, copy.manuscript, now=room.clock()), room.store)
    mended = mend(case, copy.revision.text)
    if not mended.rules and next(offered(case, mended.text), None) is None:
        screen.note("nothing here that --fix can mend")
        return copy
    text, rules = _sure(copy.revision.text, mended, yes=yes, shown=shown)
    text, guessed = _guessed(case, text, yes=yes)
    said = ", ".join(dict.fromkeys([*rules, *guessed]))
    kept = change(room.desk, copy, text, message=f"mend {said}")
    if said:
        screen.note(f"{path_of(room, kept.edition)}: {said} mended, revision {kept.revision.number}")
    return kept


def allowed_lines(manuscript: Manuscript) -> list[str]:
    """Return the exceptions that an edition makes, a line each, for whoever approves it."""
    said = allowances(manuscript, [rule.id for rule in RULES])
    return [
        f"allowed: {one.rule} in {one.block.name if one.block else 'the header'}"
        f" (line {one.block.line if one.block else manuscript.line_of('x-allow')}): {one.reason}"
        for one in said
    ]


def _sure(text: str, mended: Mended, *, yes: bool, shown: bool) -> tuple[str, Sequence[str]]:
    found = changes(text, mended.text)
    if found and shown:
        show(_seen(found))
    if not found or yes or _agreed(found, mended.rules):
        return mended.text, mended.rules
    return text, ()


def _guessed(case: Case, text: str, *, yes: bool) -> tuple[str, Sequence[str]]:
    """Ask about every guess by itself; where nobody is asked none is taken, and their number is told."""
    offers = list(offered(case, text))
    if offers and (yes or not sys.stdin.isatty()):
        screen.note(f"{plural(len(offers), 'mend')} left that only you can judge: run --fix without --yes")
        return text, ()
    rules: list[str] = []
    for rule, one in offers:
        after = taken(text, one)
        show(_seen(found := changes(text, after)))
        if found and _agreed(found, (rule.id,)):
            text = after
            rules.append(rule.id)
    return text, rules


def _seen(found: Sequence[Change]) -> list[Change]:
    """Return changes with a sign for every no-break space, which looks like any other."""
    return [
        replace(one, parts=tuple(replace(part, words=part.words.replace("\u00a0", _NBSP_SIGN)) for part in one.parts))
        for one in found
    ]


def _agreed(found: Sequence[Change], rules: Sequence[str]) -> bool:
    """Ask. Raises UsageError when there is nobody to ask."""
    if not sys.stdin.isatty():
        raise UsageError("--fix: nothing was changed; add --yes to keep this")
    return screen.ask(f"Mend {', '.join(rules)}, {plural(len(found), 'passage')}?", default=True)
