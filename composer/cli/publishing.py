"""`currents publish`, `currents feed`."""

from dataclasses import replace

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.correcting import carry_into_draft
from composer.cli.delivered import report, tell
from composer.cli.glance import plural
from composer.cli.naming import BY, known
from composer.desk.announcing import announce
from composer.desk.publishing import publish as publish_edition
from composer.desk.publishing import rehearse, reprint, republish
from composer.desk.revising import Copy, take_in
from composer.differences import unified

_TEXTS = (".html", ".xml", ".json", ".txt", ".css")  # whose differences are for people to read
_OVER = click.option(
    "--over", is_flag=True, help="Write over files that were changed in the outbox by hand; outbox/.kept/ keeps them."
)


@click.command()
@click.argument("number", metavar="N", type=int)
@_OVER
@click.option("--dry-run", is_flag=True, help="Write nothing; print which files would change, and how.")
@BY
@click.pass_obj
def publish(newsletter: str | None, number: int, *, over: bool, dry_run: bool, who: str) -> None:
    """Write edition N to the outbox: site/ (page, index, feeds) and mail/ (HTML, text, .eml).

    Refuses while an error stands in its proof, where review.required wants an approval, and where the outbox was
    changed by hand. Doing it again changes nothing; after a crash, it ends what was begun.
    """
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        if dry_run:
            _rehearse(room, copy)
            return
        receipt = publish_edition(room.press, replace(room.dock, over=over), copy, known(who))
        report(room, receipt)
        tell(room)
        if room.store.editions.get(number).status != "corrected":
            screen.say(f"{copy.edition.title}: published, revision {copy.revision.number}")
            return
        screen.say(f"{copy.edition.title}: corrected, revision {copy.revision.number}; its mail is not sent again")
        carry_into_draft(room)


def _rehearse(room: Newsroom, copy: Copy) -> None:
    """Print what publishing would change in the outbox: the words of texts, the names of all."""
    told = rehearse(room.press, room.dock, copy)
    for path, stands, content in told:
        if path.endswith(_TEXTS):
            there = (stands or b"").decode("utf-8", "replace")
            for line in unified(there, content.decode("utf-8", "replace"), path):
                screen.raw(f"{line}\n")
    for path, stands, _ in told:
        screen.say(f"  outbox/{path}: {'would change' if stands is not None else 'would be new'}")
    screen.say(f"{copy.edition.title}: {plural(len(told), 'file')} would be written, nothing was")


@click.command()
@click.option("--pages", is_flag=True, help="Write the pages of all editions anew as well, after a theme changed.")
@_OVER
@click.pass_obj
def feed(newsletter: str | None, *, pages: bool, over: bool) -> None:
    """Write the archive's lists, its search and every feed again from what is published.

    Doing it again changes nothing. Mails stay as they went out.
    """
    with open_newsroom(newsletter) as room:
        if not pages:
            report(room, republish(room.press, replace(room.dock, over=over)))
            tell(room)
            return
        receipt, left = reprint(room.press, replace(room.dock, over=over))
        report(room, receipt)
        tell(room)
        for title in left:
            screen.note(f"{title}: its page is left as it is; a photo of it is not there any more")


@click.command()
@click.pass_obj
def ping(newsletter: str | None) -> None:
    """Tell the hub of every feed that changed since it was told last.

    Run it once the changed files are online: the hub fetches them at once. With feeds.ping, publishing does it.
    """
    with open_newsroom(newsletter) as room:
        told = announce(room.store, room.hub, room.settings)
        for url in told:
            screen.say(f"  {url}: told")
        if not told:
            screen.say("no feed changed since the hub was told")
