"""`currents publish`, `currents feed`."""

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.desk.publishing import publish as publish_edition
from composer.desk.publishing import republish
from composer.desk.revising import take_in
from composer.model import Receipt


@click.command()
@click.argument("number", metavar="N", type=int)
@click.pass_obj
def publish(newsletter: str | None, number: int) -> None:
    """Write edition N to the outbox: site/ (page, index, feeds) and mail/ (HTML, text, .eml).

    Refuses while an error stands in its proof. Doing it again changes nothing.
    """
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        receipt = publish_edition(room.press, room.desk, room.outlet, copy)
        _report(room, receipt)
        screen.say(f"{copy.edition.title}: published, revision {copy.revision.number}")


@click.command()
@click.pass_obj
def feed(newsletter: str | None) -> None:
    """Write the archive's index, feed.xml, atom.xml, feed.json and sitemap.xml again from what is published."""
    with open_newsroom(newsletter) as room:
        _report(room, republish(room.press, room.desk, room.outlet))


def _report(room: Newsroom, receipt: Receipt) -> None:
    for path in receipt.written:
        screen.say(f"  outbox/{path}")
    if not receipt.written:
        screen.say("  nothing changed; the outbox stands as it was")
    if room.settings.unsubscribe_url == "":
        screen.note("newsletter.toml: mail.unsubscribe_url is empty; fill it in before you send this mail")
