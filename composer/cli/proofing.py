"""`currents proof`: what readers would stumble over, before they do."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from composer.cli import screen
from composer.errors import ProofError, UsageError

if TYPE_CHECKING:
    from composer.app import Newsroom
    from composer.reports import Proved


@click.command()
@click.argument("numbers", metavar="[N]...", nargs=-1, type=int)
@click.option("--explain", "rule_id", metavar="RULE", default="", help="Say what a rule is for and how to mend it.")
@click.option("--rules", "list_", is_flag=True, help="List the rules.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--sarif", "form", flag_value="sarif", help="Print SARIF 2.1.0, for code hosts.")
@click.option("--github", "form", flag_value="github", help="Print annotations for GitHub Actions.")
@click.pass_obj
def proof(newsletter: str | None, numbers: tuple[int, ...], *, rule_id: str, list_: bool, form: str | None) -> None:
    """Prove editions by the rules of docs/proof.md. Exit code 7 while an error stands.

    A terminal shows them block after block; a file or a pipe gets a line each, FILE:LINE: WEIGHT RULE: MESSAGE.
    """
    if rule_id or list_:
        _explain(rule_id)
        return
    if not numbers:
        raise UsageError("which edition? `currents editions` lists them, `currents proof N` proves one")
    from composer.app import open_newsroom  # noqa: PLC0415 (not to explain a rule)

    with open_newsroom(newsletter) as room:
        proofs = [_proved(room, number) for number in dict.fromkeys(numbers)]
    _say(proofs, form or "")
    failed = [str(proved.edition) for proved in proofs if proved.stands]
    if failed:
        raise ProofError(_not_ready(failed))


def _explain(rule_id: str) -> None:
    from composer.cli.explaining import explain, list_rules  # noqa: PLC0415 (only what is asked for)

    if rule_id:
        explain(rule_id)
    else:
        list_rules()


def _proved(room: "Newsroom", number: int) -> "Proved":
    from composer.cli.remarks import path_of  # noqa: PLC0415 (as above)
    from composer.desk.publishing import case_of, render  # noqa: PLC0415 (as above)
    from composer.desk.revising import take_in  # noqa: PLC0415 (as above)
    from composer.proofs import judge  # noqa: PLC0415 (as above)
    from composer.reports import Proved  # noqa: PLC0415 (as above)

    copy = take_in(room.desk, number)
    sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock())
    verdict = judge(case_of(room.press, copy, sheet, room.store))
    return Proved(
        edition=number,
        title=copy.edition.title,
        file=f"editions/{copy.edition.filename}",
        path=path_of(room, copy.edition),
        text=copy.revision.text,
        manuscript=copy.manuscript,
        remarks=verdict.remarks,
        silenced=verdict.silenced,
    )


def _say(proofs: "Sequence[Proved]", form: str) -> None:
    from composer.reports import annotations, as_json, sarif  # noqa: PLC0415 (as above)

    if form == "json":
        told = [as_json(proved) for proved in proofs]
        screen.as_json(told if len(told) > 1 else told[0])
    elif form == "sarif":
        screen.as_json(sarif(proofs))
    elif form == "github":
        for line in (line for proved in proofs for line in annotations(proved)):
            screen.say(line)
    else:
        for proved in proofs:
            _say_to_people(proved)


def _say_to_people(proved: "Proved") -> None:
    from composer.cli.marks import lay_out  # noqa: PLC0415 (as above)
    from composer.reports import grouped, line, tally  # noqa: PLC0415 (as above)

    wide = screen.columns()
    if wide is None:
        for remark in proved.remarks:
            screen.say(line(proved.file, remark))
    else:
        for row in lay_out(grouped(proved), proved.file, wide):
            screen.painted(row)
    screen.say(f"{proved.title}: {tally(proved.remarks)}")


def _not_ready(numbers: Sequence[str]) -> str:
    if len(numbers) == 1:
        return f"edition {numbers[0]} is not ready; mend its errors with `currents edit {numbers[0]}`"
    return f"editions {', '.join(numbers)} are not ready; mend their errors with `currents edit N`"
