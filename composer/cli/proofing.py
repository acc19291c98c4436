"""`currents proof`: what readers would stumble over, before they do."""

from collections import Counter
from dataclasses import asdict

import click

from composer.app import open_newsroom
from composer.cli import screen
from composer.cli.mending import allowed_lines, fix
from composer.cli.remarks import place
from composer.desk.publishing import prove, render
from composer.desk.revising import take_in
from composer.errors import ProofError, UsageError
from composer.model import Remark, Severity


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.option("--fix", "fix_", is_flag=True, help="Mend what rules marked ⚙ can mend; it is shown first.")
@click.option("--yes", is_flag=True, help="With --fix: keep what is shown without asking.")
@click.pass_obj
def proof(newsletter: str | None, number: int, *, json_: bool, fix_: bool, yes: bool) -> None:
    """Prove edition N by the rules of docs/proof.md. Exit code 7 while an error stands.

    --fix shows what it would change, word by word, asks, and keeps it as a revision; then the edition is proved.
    """
    if yes and not fix_:
        raise UsageError("--yes: goes with --fix")
    if json_ and fix_ and not yes:
        raise UsageError("--json: with --fix it needs --yes, there is nobody to ask")
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        copy = fix(room, copy, yes=yes, shown=not json_) if fix_ else copy
        sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock())
        remarks = prove(room.press, copy, sheet, room.store)
    if json_:
        file = f"editions/{copy.edition.filename}"
        screen.as_json({"edition": number, "file": file, "remarks": list(map(asdict, remarks))})
    else:
        for remark in remarks:
            screen.say(place(copy.edition, remark))
        for line in allowed_lines(copy):
            screen.say(line)
        screen.say(f"{copy.edition.title}: {tally(remarks)}")
    if any(remark.severity == "error" for remark in remarks):
        raise ProofError(f"edition {number} is not ready; mend its errors with `currents edit {number}`")


def tally(remarks: tuple[Remark, ...]) -> str:
    """Return `2 errors, 1 warning`, or that nothing was found."""
    counts = Counter(remark.severity for remark in remarks)
    nouns: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
    said = [f"{counts[key]} {noun}{'s' * (counts[key] > 1)}" for key, noun in nouns.items() if counts[key]]
    return ", ".join(said) or "nothing to remark"
