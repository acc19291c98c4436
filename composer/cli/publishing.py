"""`currents publish`, `currents feed`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.naming import BY, known
from composer.desk.announcing import announce
from composer.desk.publishing import publish as publish_edition
from composer.desk.publishing import reprint, republish
from composer.desk.revising import take_in
from composer.errors import WireError
from composer.model import Receipt

_OVER = click.option(
    "--over", is_flag=True, help="Write over files that were changed in the outbox by hand; outbox/.kept/ keeps them."
)


@click.command()
@click.argument("number", metavar="N", type=int)
@_OVER
@BY
@click.pass_obj
def publish(newsletter: str | None, number: int, *, over: bool, who: str) -> None:
    """Write edition N to the outbox: site/ (page, index, feeds) and mail/ (HTML, text, .eml).

    Refuses while an error stands in its proof, where review.required wants an approval, and where the outbox was
    changed by hand. Doing it again changes nothing; after a crash, it ends what was begun.
    """
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        receipt = publish_edition(room.press, replace(room.dock, over=over), copy, known(who))
        report(room, receipt)
        tell(room)
        screen.say(f"{copy.edition.title}: published, revision {copy.revision.number}")


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


def tell(room: Newsroom) -> None:
    """Tell the hub, where it is to be told at once; what goes wrong is no fault of the publication."""
    if not (room.settings.feed_ping and room.settings.feed_hub):
        return
    try:
        told = announce(room.store, room.hub, room.settings)
    except WireError as error:
        screen.note(f"the hub was not told: {error}; `currents ping` tries again")
    else:
        if told:
            screen.note(f"the hub was told of {len(told)} feeds")


def report(room: Newsroom, receipt: Receipt) -> None:
    """Say what was written."""
    for line in _gathered(receipt.written):
        screen.say(f"  outbox/{line}")
    if not receipt.written:
        screen.say("  nothing changed; the outbox stands as it was")
    if room.settings.unsubscribe_url == "":
        screen.note("newsletter.toml: mail.unsubscribe_url is empty; fill it in before you send this mail")


def _gathered(paths: Sequence[str]) -> tuple[str, ...]:
    """Return a line for each path; the feeds of stories, and all that belongs to one tag, are one line."""
    counted = Counter(_folder(path) for path in paths)
    return tuple(f"{line} ({count} files)" if count > 1 else line for line, count in counted.items())


def _folder(path: str) -> str:
    return f"{path.rpartition('/')[0]}/" if path.startswith(("site/tags/", "site/stories/")) else path
