"""`currents test`: an edition by mail, to the addresses that may get test mails."""

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.desk.revising import Copy, take_in
from composer.desk.trying import hand_over, trial_addresses, trial_letter


@click.command()
@click.argument("number", metavar="N", type=int)
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1)
@click.pass_obj
def test(newsletter: str | None, number: int, addresses: tuple[str, ...]) -> None:
    """Send edition N as a test mail to send.test_addresses of newsletter.toml, or to some of them.

    The server is that of SMTP_URL (environment, else keyring). The subject begins with [Test], photos travel along,
    and nobody can unsubscribe by it. Readers get nothing.
    """
    with open_newsroom(newsletter) as room:
        to = trial_addresses(room.settings, addresses)
        relay = room.relay
        letters = written(room, take_in(room.desk, number), to)
        for line in hand_over(relay, room.settings.from_address, letters):
            screen.say(f"  {line}")


def written(room: Newsroom, copy: Copy, to: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    """Return the letters to these addresses."""
    now = room.clock().replace(microsecond=0)
    return tuple((one, trial_letter(room.press, copy, to=one, uid=room.new_uid(), now=now)) for one in to)
