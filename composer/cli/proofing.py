"""`currents proof`: what readers would stumble over, before they do."""

from collections.abc import Sequence

import click

from composer.cli.choices import only_one
from composer.errors import ProofError, UsageError


@click.command()
@click.argument("numbers", metavar="[N]...", nargs=-1, type=int)
@click.option("--drafts", is_flag=True, help="Prove every edition that has not gone out.")
@click.option("--online", is_flag=True, help="Ask the web too: dead links, certificates, pictures that lie there.")
@click.option("--fix", "fix_", is_flag=True, help="Mend what rules marked ⚙ can mend; it is shown first.")
@click.option("--yes", is_flag=True, help="With --fix: keep what is shown without asking.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.option("--sarif", is_flag=True, help="Print SARIF 2.1.0, for code hosts.")
@click.option("--github", is_flag=True, help="Print annotations for GitHub Actions.")
@click.option("--explain", "rule_id", metavar="RULE", default="", help="Say what a rule is for and how to mend it.")
@click.option("--rules", "list_", is_flag=True, help="List the rules.")
@click.pass_obj
def proof(  # noqa: PLR0913 (an option each)
    newsletter: str | None,
    numbers: tuple[int, ...],
    *,
    drafts: bool,
    online: bool,
    fix_: bool,
    yes: bool,
    json_: bool,
    sarif: bool,
    github: bool,
    rule_id: str,
    list_: bool,
) -> None:
    """Prove editions by the rules of docs/proof.md. Exit code 7 while an error stands.

    A terminal shows remarks under their blocks; a file or a pipe gets a line each, FILE:LINE: WEIGHT RULE: MESSAGE.

    --fix shows what it would change, word by word, asks, and keeps it as a revision; then the edition is proved.
    """
    form = only_one("form", json=json_, sarif=sarif, github=github)
    if rule_id or list_:
        from composer.cli.explaining import explain, list_rules  # noqa: PLC0415 (without a newsletter)

        explain(rule_id) if rule_id else list_rules()
    elif bool(numbers) == drafts:
        raise UsageError("which edition? `currents proof N` proves one, --drafts all that have not gone out")
    elif yes and not fix_:
        raise UsageError("--yes: goes with --fix")
    else:
        _prove(newsletter, numbers, online=online, fix_=fix_, yes=yes, form=form)


def _prove(newsletter: str | None, numbers: Sequence[int], *, online: bool, fix_: bool, yes: bool, form: str) -> None:
    from composer.app import open_newsroom  # noqa: PLC0415 (not to explain a rule)
    from composer.cli.mending import fix  # noqa: PLC0415 (as above)
    from composer.cli.proving import drafts, proved, say  # noqa: PLC0415 (as above)
    from composer.desk.revising import take_in  # noqa: PLC0415 (as above)

    with open_newsroom(newsletter) as room:
        copies = [take_in(room.desk, number) for number in dict.fromkeys(numbers or drafts(room))]
        if fix_:
            copies = [fix(room, copy, yes=yes, shown=not form) for copy in copies]
        proofs = [proved(room, copy, online=online) for copy in copies]
    say(proofs, form, alone=len(numbers) == 1)
    if failed := [str(one.edition) for one in proofs if one.stands]:
        raise ProofError(_not_ready(failed))


def _not_ready(numbers: Sequence[str]) -> str:
    if len(numbers) == 1:
        return f"edition {numbers[0]} is not ready; mend its errors with `currents edit {numbers[0]}`"
    return f"editions {', '.join(numbers)} are not ready; mend their errors with `currents edit N`"
