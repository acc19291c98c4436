"""Publish an edition, kill it at some moment, look at what readers see, publish it again; as often as asked.

Run as a program in a folder with a newsletter whose edition 1 is out and whose edition 2 is to go out:
`killing.py NEWSLETTER KILLS` prints how many kills struck, and what they led to. Every second one ends before its n-th
touch of the file system, every third of the others before its n-th call of the database, the rest at a random moment.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType

from composer.app import open_newsroom
from composer.desk.publishing import publish
from composer.desk.revising import take_in

TOUCHES = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove"}
CALLS = {"execute", "executemany", "commit", "begin"}
NUMBER = 2
FIRST = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)  # after all that was saved
LATER = FIRST + timedelta(hours=2)
_END: Callable[[], None] = lambda: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731


def before_touch(number: int) -> None:
    """Die before the n-th touch of the file system from now on."""
    seen = 0

    def hook(event: str, _: object) -> None:
        nonlocal seen
        if event in TOUCHES:
            seen += 1
            if seen == number:
                _END()

    sys.addaudithook(hook)


def before_call(number: int) -> None:
    """Die before the n-th call of the database's driver from now on."""
    seen = 0

    def hook(_: FrameType, event: str, called: object) -> None:
        nonlocal seen
        if event == "c_call" and getattr(called, "__name__", "") in CALLS:
            seen += 1
            if seen == number:
                _END()

    sys.setprofile(hook)


def run(newsletter: Path, now: datetime, dying: Callable[[], None] = lambda: None, wait: float = -1) -> bool:
    """Publish in a child at a moment; say whether it lived. Should it fail otherwise, so does this."""
    child = os.fork()
    if child == 0:
        try:
            with open_newsroom(str(newsletter), clock=lambda: now) as room:
                copy = take_in(room.desk, NUMBER)
                dying()
                publish(room.press, room.dock, copy)
        except BaseException as error:  # noqa: BLE001 (told, then the child ends)
            sys.stderr.write(f"{error!r}\n")
            os._exit(9)
        os._exit(0)
    if wait >= 0:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit(f"publishing failed: {os.WEXITSTATUS(status)}")
    return os.WIFEXITED(status)


def files(newsletter: Path) -> dict[str, bytes]:
    """Return what lies in the outbox, without what is being made ready."""
    outbox = newsletter / "outbox"
    found = (path for path in outbox.rglob("*") if path.is_file())
    return {
        str(path.relative_to(outbox)): path.read_bytes()
        for path in found
        if path.relative_to(outbox).parts[0] not in {".stage", "README.md"}
    }


def published(newsletter: Path, now: datetime) -> dict[str, bytes]:
    """Return the outbox of a copy in which the edition was published undisturbed."""
    copy = newsletter.with_name("undisturbed")
    shutil.copytree(newsletter, copy)
    assert run(copy, now)
    found = files(copy)
    shutil.rmtree(copy)
    return found


def seen(newsletter: Path) -> str:
    """Return when readers of the edition's page are told it went out, "" when they cannot see it yet."""
    page = newsletter / "outbox/site/editions/salt-2/index.html"
    if not page.exists():
        return ""
    return next(at for at in (FIRST, LATER) if at.strftime("%Y-%m-%dT%H:%M:%S") in page.read_text()).isoformat()


def strike(newsletter: Path, number: int, chance: random.Random) -> tuple[Path, bool]:
    """Copy the newsletter, and kill its publication at the moment that this number stands for."""
    copy = newsletter.with_name(f"struck-{number}")
    shutil.copytree(newsletter, copy)
    if number % 2 == 0:
        nth = chance.randrange(1, 240)
        return copy, not run(copy, FIRST, lambda: before_touch(nth))
    if number % 3 == 0:
        nth = chance.randrange(1, 160)
        return copy, not run(copy, FIRST, lambda: before_call(nth))
    return copy, not run(copy, FIRST, wait=chance.random() * 0.4)


def main(newsletter: Path, kills: int) -> Counter[str]:
    """Strike until so many kills struck; raise at the first thing that is not as it must be."""
    before, first, later = files(newsletter), published(newsletter, FIRST), published(newsletter, LATER)
    assert first != later
    told: Counter[str] = Counter()
    chance, number = random.Random(1), 0  # noqa: S311 (which moments, the same each time)
    while told["kills"] < kills:
        number += 1
        copy, struck = strike(newsletter, number, chance)
        told["kills"] += struck
        told["ended before it was struck"] += not struck
        visible = files(copy)
        torn = [path for path, content in visible.items() if content not in (before.get(path), first.get(path))]
        assert not torn, (number, torn)
        assert before.keys() <= visible.keys(), (number, before.keys() - visible.keys())
        when = seen(copy)
        told["readers saw the page already"] += struck and bool(when)
        assert run(copy, LATER)
        assert files(copy) == (first if when else later), (number, when)
        with open_newsroom(str(copy)) as room:
            times = [one.published_at for one in room.store.editions.publications(NUMBER)]
            assert times == [FIRST if when else LATER], (number, times)
            assert room.store.journal.unfinished() == (), number
        shutil.rmtree(copy)
    return told


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
