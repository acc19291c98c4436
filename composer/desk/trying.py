"""Test mails: an edition as its readers would get it, to the few addresses of an allow-list and to nobody else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from composer.desk.revising import Copy
from composer.desk.sheets import render
from composer.desk.typesetting import Press
from composer.errors import UsageError, WireError
from composer.ports import Relay
from composer.rendering.envelope import to_bytes
from composer.settings import Settings

_MARK = "[Test]"
_NOWHERE = "https://photos.invalid/"  # stands for the letter itself: templates show pictures on the web alone
_SETTING = 'newsletter.toml: send.test_addresses = ["you@example.org"]'


def trial_addresses(settings: Settings, asked: Sequence[str]) -> tuple[str, ...]:
    """Return who gets a test mail: those who are asked for, or everybody on the list. Raises UsageError."""
    listed = {one.casefold(): one for one in settings.test_addresses}
    if not listed:
        raise UsageError(f"nobody may get test mails yet; name who does in {_SETTING}")
    strangers = [one for one in asked if one.strip().casefold() not in listed]
    if strangers:
        raise UsageError(f"{', '.join(strangers)}: not on the list of test addresses; add it to {_SETTING}")
    wanted = [listed[one.strip().casefold()] for one in asked] or [*listed.values()]
    return tuple(dict.fromkeys(wanted))


def trial_letter(press: Press, copy: Copy, *, to: str, uid: str, now: datetime) -> bytes:
    """Return an edition as a test mail's bytes.

    It says that it is one in its subject and in a header, and has no List-Unsubscribe: nobody is to leave the list by
    it. Its own photos travel along, since they lie nowhere yet. Raises ThemeError, ComposerError.
    """
    sheet = render(press, copy.edition, copy.manuscript, now=now, prints_url=_NOWHERE)
    html = sheet.message.html.replace(_NOWHERE, "cid:")
    message = replace(sheet.message, html=html, subject=f"{_MARK} {sheet.message.subject}", unsubscribe_url="")
    own = {one.name: one for one in sheet.prints.values() if one.content and f"cid:{one.name}" in html}
    return to_bytes(
        message,
        date=now,
        message_id=f"<test.{uid.lower()}@{press.settings.tag_authority}>",
        to=to,
        pictures=tuple(own.values()),
        test=True,
    )


def hand_over(relay: Relay, sender: str, letters: Sequence[tuple[str, bytes]]) -> tuple[str, ...]:
    """Hand test mails over, and return a line for each. Raises WireError when a server did not take one of them."""
    told: list[str] = []
    left: list[str] = []
    with relay as open_relay:
        for to, letter in letters:
            done = open_relay.hand_over(sender, to, letter)
            (told if done.fate == "taken" else left).append(f"{to}: {done.fate}, {done.reply}")
    if left:
        raise WireError("test mail", "; ".join((*left, *told)))
    return tuple(told)
