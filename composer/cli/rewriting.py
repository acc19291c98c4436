"""`currents rewrite`: a brief anew, by a language model."""

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.bureau import Wish, asks_a_model, cost, hired, said
from composer.desk.bureau.commissioning import commission
from composer.desk.bureau.rewriting import brief_of, put
from composer.desk.revising import Copy, take_in
from composer.errors import ComposerError, UsageError


@click.command()
@click.argument("number", metavar="N", type=int)
@click.argument("brief", metavar="BRIEF")
@click.option("--anew", is_flag=True, help="Ask again, even where the store holds an answer.")
@asks_a_model
@click.pass_obj
def rewrite(newsletter: str | None, number: int, brief: str, *, anew: bool, wish: Wish) -> None:
    """Let a language model write BRIEF of edition N anew: its place among the briefs (1, 2 …), or its id.

    The words are replaced only when the answer passes its checks, and the text before is kept as a revision. The
    brief says `ai: generated`, and the edition gets a disclosure that waits for the name of whoever checks it.
    """
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        kept = _rewritten(room, copy, brief, wish, anew=anew)
        where = f"editions/{kept.edition.filename}, revision {kept.revision.number}"
        screen.say(f"{kept.edition.title}: brief {brief} rewritten in {where}")
        screen.note(f"hold it against its source, then `currents proof {number}`")


def _rewritten(room: Newsroom, copy: Copy, brief: str, wish: Wish, *, anew: bool) -> Copy:
    wanted = brief_of(room.store, copy.manuscript, brief)
    bureau = hired(room, wish, anew=anew)
    if bureau is None:
        raise UsageError("rewrite: name a language model with --model; docs/models.md says how")
    written = commission(wanted.article, bureau)
    for remark in said(wanted.article.title, written):
        screen.note(remark)
    screen.note(cost(bureau.model, written.tally, room.settings.model))
    if written.commission is None:
        raise ComposerError(f"brief {brief} of edition {copy.edition.id} stands as it was")
    screen.say(written.words)
    return put(room.desk, copy, wanted.brief, written, message=f"brief {brief} rewritten by {bureau.model}")
