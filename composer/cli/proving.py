"""Proves editions for `currents proof`, and prints what was found in the form that was asked for."""

from collections.abc import Sequence
from pathlib import PurePath

from composer.app import Newsroom
from composer.cli import screen
from composer.cli.glance import plural
from composer.cli.marks import lay_out
from composer.cli.mending import allowed_lines
from composer.cli.remarks import path_of
from composer.desk.inquiring import asked
from composer.desk.publishing import case_of
from composer.desk.revising import Copy
from composer.desk.sheets import render
from composer.proofs import Case, judge
from composer.proofs.online import inquiries
from composer.reports import Proved, annotations, as_json, grouped, line, sarif, tally

_TO_COME = frozenset({"draft", "in_review", "approved", "scheduled"})


def drafts(room: Newsroom) -> tuple[int, ...]:
    """Return the numbers of the editions that have not gone out, oldest first."""
    return tuple(sorted(edition.id for edition in room.store.editions.all() if edition.status in _TO_COME))


def proved(room: Newsroom, copy: Copy, *, online: bool = False) -> Proved:
    """Prove an edition as it stands; `online` asks the web about its links too."""
    sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock())
    case = case_of(room.press, copy, sheet, room.store)
    verdict = judge(_informed(room, case) if online else case)
    return Proved(
        edition=copy.edition.id,
        title=copy.edition.title,
        file=f"editions/{copy.edition.filename}",
        path=PurePath(path_of(room, copy.edition)).as_posix(),
        text=copy.revision.text,
        manuscript=copy.manuscript,
        remarks=verdict.remarks,
        silenced=verdict.silenced,
    )


def say(proofs: Sequence[Proved], form: str, *, alone: bool) -> None:
    """Print proofs as "json", "sarif", "github", or for people; `alone`: one edition was named, not a list."""
    if form == "json":
        screen.as_json(as_json(proofs[0]) if alone else [as_json(one) for one in proofs])
    elif form == "sarif":
        screen.as_json(sarif(proofs))
    elif form == "github":
        for command in (command for one in proofs for command in annotations(one)):
            screen.say(command)
    elif not proofs:
        screen.note("no draft; every edition has gone out")
    else:
        for one in proofs:
            _say_to_people(one)


def _say_to_people(one: Proved) -> None:
    wide = screen.columns()
    if wide is None:
        for remark in one.remarks:
            screen.say(line(one.file, remark))
    else:
        for row in lay_out(grouped(one), one.file, wide):
            screen.painted(row)
    for told in allowed_lines(one.manuscript):
        screen.say(told)
    screen.say(f"{one.title}: {tally(one.remarks)}")


def _informed(room: Newsroom, case: Case) -> Case:
    """Ask the web about a case, and say how much of it was known already."""
    began = room.clock()
    with screen.progress("asking the web") as bar:
        bar.begin(len(inquiries(case.manuscript)))
        told = asked(case, room.inquirer, lambda _: bar.advance())
    kept = sum(reply.asked_at < began for reply in told.replies.values())
    fresh = len(told.replies) - kept
    known = f", {plural(kept, 'answer')} kept from an earlier proof" if kept else ""
    screen.note(f"{case.manuscript.get('title')}: {fresh} address{'es' * (fresh != 1)} asked{known}")
    return told
