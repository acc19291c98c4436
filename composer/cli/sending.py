"""`currents send`, `deliveries`, `suppress`: an edition by mail, once per reader, and what became of it."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.desk.archiving import as_readers_have_it
from composer.desk.letters import LetterPress, message_id, refuse_no_way_out, refuse_unprintable
from composer.desk.revising import take_in
from composer.desk.senders import check_in
from composer.desk.sending import Pace, Run
from composer.errors import ConflictError, NotFoundError, UsageError
from composer.lifecycle import OUT, spoken
from composer.mailing import Delivery, DeliveryState, Reader, normal
from composer.outlets.lists import read_list
from composer.outlets.locks import Lock
from composer.ports import Deliveries

_LIST = click.Path(dir_okay=False, path_type=Path)
_OPEN: tuple[DeliveryState, ...] = ("unknown", "deferred", "pending", "refused")  # what a person may want to look at
_TO_COME = frozenset({"pending", "deferred"})
_EVERY = 100  # letters a line of progress


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--to", "file", type=_LIST, required=True, help="The readers: CSV with a column `email`, or a line each.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--wait", "minutes", type=click.IntRange(0), default=15, show_default=True, help="Minutes for retries.")
@click.option("--dry-run", is_flag=True, help="Send nothing, ask no server; say who would get it.")
@click.option("--this-one", is_flag=True, help="This store, restored or copied, is the one that sends from now on.")
@click.pass_obj
def send(  # noqa: PLR0913 (an option each)
    newsletter: str | None, number: int, *, file: Path, yes: bool, minutes: int, dry_run: bool, this_one: bool
) -> None:
    """Send edition N, as it is published, to every reader of a list, once.

    Run again it goes on where it stopped: nobody who got the mail gets it again, and new readers of the list are added.
    What a crash or a cut connection hid is listed as unknown, and not sent again until `currents deliveries` settles
    it. The server is that of SMTP_URL. For many thousands of readers use a service.
    """
    with open_newsroom(newsletter) as room:
        refuse_no_way_out(room.settings)
        press = _press(room, number)
        readers = read_list(file)
        refuse_unprintable(press, readers, room.clock())
        if dry_run:
            _rehearse(room.store.deliveries, press, readers)
            return
        lock = Lock(room.root / "db" / "sending.lock")
        if not lock.take():
            raise ConflictError("another `currents send` is at work in this newsletter; let it finish")
        try:
            ledger = room.store.deliveries
            if not yes and not screen.ask(f"send “{press.edition.title}” to {len(readers):,} readers?", default=False):
                screen.note("nothing was sent")
                return
            check_in(ledger, room.badge, this_one=this_one)
            if lost := ledger.recover(number, room.clock()):
                screen.note(f"{lost} of an earlier run are unknown; `currents deliveries {number}` settles them")
            ledger.enlist(number, [normal(one.address) for one in readers], room.clock())
            pace = Pace(
                per_minute=room.settings.letters_per_minute, patience=timedelta(minutes=minutes), sleep=time.sleep
            )
            with room.relay as relay:
                named = {normal(one.address): one for one in readers}
                run = Run(ledger=ledger, relay=relay, press=press, readers=named, clock=room.clock, pace=pace)
                try:
                    for handed in run.go():
                        if handed % _EVERY == 0:
                            screen.note(f"{handed:,} handed over")
                finally:
                    screen.say(_tally(ledger, number))
        finally:
            lock.give_back()


def _rehearse(ledger: Deliveries, press: LetterPress, readers: Sequence[Reader]) -> None:
    """Say who on a list would get an edition, and who not; nothing is written."""
    standing = {one.recipient: one.state for one in ledger.of(press.edition.id)}
    unwanted = ledger.suppressed()
    would: Counter[str] = Counter()
    for reader in readers:
        name = normal(reader.address)
        state = standing.get(name, "pending")
        still = state in _TO_COME
        would["suppressed" if still and name in unwanted else "to be sent" if still else state] += 1
    for what, many in would.items():
        screen.say(f"{many:>7,} {what}")
    screen.say(f"{press.edition.title}: {would['to be sent']:,} of {len(readers):,} would get it, nothing was sent")


def _press(room: Newsroom, number: int) -> LetterPress:
    """Return what prints the letters of an edition as it went out. Raises NotFoundError, ConflictError."""
    edition = take_in(room.desk, number).edition
    if edition.status not in OUT:
        way = "it stays so" if edition.status == "retracted" else f"`currents publish {number}` first"
        raise ConflictError(f"{edition.title} is {spoken(edition.status)}: a mail leads to its page; {way}")
    message = as_readers_have_it(room.press, room.store, number).message()
    return LetterPress(settings=room.settings, edition=edition, message=message, sign=room.signer())


@click.command()
@click.argument("number", metavar="[N]", type=int, required=False)
@click.option(
    "--settle", type=click.Choice(["sent", "again"]), help="Say of --for, or of all unknown ones, what holds."
)
@click.option("--for", "addresses", metavar="ADDRESS", multiple=True, help="Of whom; may be repeated.")
@click.option("--evidence", type=_LIST, metavar="LOG", help="A mail server's log: letters that it names were sent.")
@click.option("--json", "json_", is_flag=True, help="Print every row as JSON.")
@click.pass_obj
def deliveries(
    newsletter: str | None,
    number: int | None,
    *,
    settle: str | None,
    addresses: tuple[str, ...],
    evidence: Path | None,
    json_: bool,
) -> None:
    """Say what became of edition N's letters; who did not get one is named. Without N: of every edition.

    An unknown letter left, and its answer was never seen. --evidence looks for its Message-ID in the server's log;
    --settle sent says that it arrived, --settle again that it may be sent once more, perhaps for the second time.
    """
    with open_newsroom(newsletter) as room:
        ledger = room.store.deliveries
        if number is None:
            for one in ledger.editions():
                screen.say(f"{one:>4}  {room.store.editions.get(one).title}: {_tally(ledger, one)}")
            return
        room.store.editions.get(number)
        if evidence:
            _by_evidence(room, number, evidence)
        if settle:
            _settle(room, number, "sent" if settle == "sent" else "pending", addresses)
        if json_:
            screen.as_json([_as_json(one) for one in ledger.of(number)])
            return
        screen.say(_tally(ledger, number))
        rows = sorted(ledger.of(number, _OPEN), key=lambda one: _OPEN.index(one.state))
        if rows:
            told = ((one.recipient, one.state, str(one.attempts), one.reply) for one in rows)
            screen.table(("reader", "state", "attempts", "said"), told)


def _by_evidence(room: Newsroom, number: int, log: Path) -> None:
    """Write down as sent whatever letter a server's log names by its Message-ID."""
    edition, ledger = room.store.editions.get(number), room.store.deliveries
    try:
        words = log.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise NotFoundError(f"{log}: cannot be read ({error.strerror})") from error
    unknown, now = ledger.of(number, ["unknown"]), room.clock()
    found = [one for one in unknown if message_id(edition, one.recipient, room.settings) in words]
    ledger.write(number, [replace(one, state="sent", reply=f"named in {log.name}", at=now) for one in found])
    screen.say(f"{len(found)} found in {log.name}, and sent")


def _settle(room: Newsroom, number: int, state: DeliveryState, addresses: Sequence[str]) -> None:
    ledger, wanted = room.store.deliveries, {normal(one) for one in addresses}
    unknown = [one for one in ledger.of(number, ["unknown"]) if not wanted or one.recipient in wanted]
    if missing := wanted - {one.recipient for one in unknown}:
        raise UsageError(f"{', '.join(sorted(missing))}: not unknown; `currents deliveries {number}` lists who is")
    said = "settled by hand: it arrived" if state == "sent" else "settled by hand: to be sent once more"
    now = room.clock()
    ledger.write(number, [replace(one, state=state, reply=said, at=now) for one in unknown])


@click.command()
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1)
@click.option("--from", "file", type=_LIST, help="Everybody on this list.")
@click.option("--release", is_flag=True, help="They may get mail again.")
@click.pass_obj
def suppress(newsletter: str | None, addresses: tuple[str, ...], *, file: Path | None, release: bool) -> None:
    """Never send to these addresses again; without any, list who wants no mail."""
    with open_newsroom(newsletter) as room:
        ledger = room.store.deliveries
        named = [*map(normal, addresses), *(normal(one.address) for one in (read_list(file) if file else ()))]
        if not named:
            for one in sorted(ledger.suppressed()):
                screen.say(one)
            return
        if release:
            screen.say(f"{ledger.release(named)} may get mail again")
            return
        screen.say(f"{ledger.suppress(named, room.clock())} added; they get no mail any more")


def _tally(ledger: Deliveries, number: int) -> str:
    counted = ledger.tally(number)
    order: tuple[DeliveryState, ...] = ("sent", "unknown", "deferred", "pending", "sending", "refused", "suppressed")
    return ", ".join(f"{counted[state]:,} {state}" for state in order if counted.get(state)) or "nobody yet"


def _as_json(one: Delivery) -> dict[str, object]:
    times = {"at": one.at.isoformat(), "next_at": one.next_at.isoformat() if one.next_at else None}
    return {**asdict(one), **times}
