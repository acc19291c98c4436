"""`currents proof`: what readers would stumble over, before they do."""

from collections import Counter
from dataclasses import asdict

import click

from composer.app import open_newsroom
from composer.cli import screen
from composer.cli.editions import place
from composer.desk.drafting import take_in
from composer.desk.evidence import research
from composer.desk.publishing import prove, render
from composer.errors import ProofError
from composer.model import Remark, Severity


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def proof(newsletter: str | None, number: int, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Prove edition N by the rules of docs/proof.md. Exit code 7 while an error stands."""
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock())
        remarks = prove(room.press, copy, sheet, research(room.store, copy.manuscript))
    if json_:
        file = f"editions/{copy.edition.filename}"
        screen.as_json({"edition": number, "file": file, "remarks": list(map(asdict, remarks))})
    else:
        for remark in remarks:
            screen.say(place(copy.edition, remark))
        screen.say(f"{copy.edition.title}: {tally(remarks)}")
    if any(remark.severity == "error" for remark in remarks):
        raise ProofError(f"edition {number} is not ready; mend its errors with `currents edit {number}`")


def tally(remarks: tuple[Remark, ...]) -> str:
    """Return `2 errors, 1 warning`, or that nothing was found."""
    counts = Counter(remark.severity for remark in remarks)
    nouns: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
    said = [f"{counts[key]} {noun}{'s' * (counts[key] > 1)}" for key, noun in nouns.items() if counts[key]]
    return ", ".join(said) or "nothing to remark"
