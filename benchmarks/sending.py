"""How many letters a second `currents send` hands over, beside smtplib sending the same bytes in a bare loop.

Both talk to a Postfix of their own on this machine, which takes every letter into its queue, durably, and drops it
there (root alone may start it), then to its smtp-sink, which answers at once and keeps nothing. The store is written
durably for every letter. `--letters N` says how many (5,000 unless told), in rounds that take turns.
"""

import argparse
import contextlib
import shutil
import smtplib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from postfixes import postfix, skip_reason

from composer.app import open_newsroom
from composer.desk.archiving import as_readers_have_it
from composer.desk.letters import LetterPress
from composer.desk.publishing import publish
from composer.desk.revising import take_in
from composer.desk.sending import Pace, Run
from composer.mailing import Reader
from composer.outlets.relay import SmtpRelay, relay_address
from composer.settings import read_settings

ROUNDS = 5


def main() -> None:
    """Print the table."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--letters", type=int, default=5_000)
    each = wanted.parse_args().letters // ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "sample"
        subprocess.run([sys.executable, "-m", "composer", "demo", str(folder)], check=True, capture_output=True)
        toml = folder / "newsletter.toml"
        text = toml.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("unsubscribe_url")]
        lines.insert(lines.index("[mail]") + 1, 'unsubscribe_url = "https://portolan.example.org/leave/{token}"')
        toml.write_text("\n".join(lines), encoding="utf-8")
        if reason := skip_reason():
            print(reason)
        else:
            with postfix() as server:
                compare("Postfix", folder, server.port, each)
            with sink() as port:
                compare("smtp-sink", folder, port, each)


def compare(what: str, folder: Path, port: int, each: int) -> None:
    """Print a table for one server."""
    ours, bare = [], []
    for number in range(ROUNDS):
        names = [f"{what.lower()}{number}-{one}" for one in range(each)]
        readers = [Reader(address=f"{name}@example.org", fields={"token": name}) for name in names]
        seconds, letters = sending(folder, readers, port)
        ours.append(each / seconds)
        bare.append(each / looping(readers, letters, port))
    size = statistics.mean(map(len, letters)) / 1000
    print(f"{what}: letters of {size:.0f} KB, {ROUNDS} rounds of {each:,}, in turn")
    print(f"  currents send  {statistics.median(ours):>7.0f} a second  ({min(ours):.0f}–{max(ours):.0f})")
    print(f"  bare smtplib   {statistics.median(bare):>7.0f} a second  ({min(bare):.0f}–{max(bare):.0f})")
    print(f"  ratio          {statistics.median(one / other for one, other in zip(ours, bare, strict=True)):>7.2f}")


def sending(folder: Path, readers: list[Reader], port: int) -> tuple[float, list[bytes]]:
    """Return the seconds that a run took, and the letters as they would be printed again."""
    with open_newsroom(str(folder)) as room:
        settings = read_settings(folder)
        copy = take_in(room.desk, 2)
        if copy.edition.status == "draft":
            publish(room.press, room.dock, copy)
        message = as_readers_have_it(room.press, room.store, 2).message()
        press = LetterPress(settings=settings, edition=room.store.editions.get(2), message=message)
        room.store.deliveries.enlist(2, [one.address for one in readers], room.clock())
        with SmtpRelay(relay_address(f"smtp://127.0.0.1:{port}")) as relay:
            run = Run(
                ledger=room.store.deliveries,
                relay=relay,
                press=press,
                readers={one.address: one for one in readers},
                clock=room.clock,
                pace=Pace(patience=timedelta(0), sleep=time.sleep),
            )
            began = time.perf_counter()
            for _ in run.go():
                pass
            seconds = time.perf_counter() - began
        if run.fates["taken"] != len(readers):
            sys.exit(f"not all were taken: {run.fates}")
        return seconds, [press.letter(one, room.clock()) for one in readers]


def looping(readers: list[Reader], letters: list[bytes], port: int) -> float:
    """Return the seconds that smtplib takes for the same letters."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        began = time.perf_counter()
        for reader, letter in zip(readers, letters, strict=True):
            server.sendmail("desk@portolan.example.org", [reader.address], letter)
        return time.perf_counter() - began


@contextlib.contextmanager
def sink() -> Iterator[int]:
    """Run smtp-sink on a free port of this machine."""
    program = shutil.which("smtp-sink") or "/usr/sbin/smtp-sink"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen([program, "-u", "nobody", f"127.0.0.1:{port}", "100"]) as running:
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.05)
            yield port
        finally:
            running.terminate()


if __name__ == "__main__":
    main()
