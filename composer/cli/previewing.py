"""`currents preview`: the edition as its readers will get it, live."""

import os
import threading
from functools import cache
from pathlib import Path

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.showing import Showing
from composer.desk.revising import take_in
from composer.errors import ComposerError, OutboxError, UsageError
from composer.preview import serve
from composer.preview.acts import Act, Done, Hands
from composer.preview.camera import Camera, browser_program, camera
from composer.preview.guard import Gate
from composer.preview.hosting import ADDRESS
from composer.preview.shots import SHOTS

_EVERY = frozenset({"", "0.0.0.0", "::", "*"})  # noqa: S104 (refused: no browser has such an address)


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="A fixed port; else any free one.")
@click.option("--host", default=ADDRESS, metavar="NAME", help="Another address or name of this machine.")
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
@click.option("--png", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Write every view as a picture.")
@click.pass_obj
def preview(newsletter: str | None, number: int, *, port: int, host: str, browse: bool, folder: Path | None) -> None:
    """Show edition N in the browser, on this machine only; it follows every save. Ctrl-C ends it.

    With --png nothing is shown: every view, and the mail and pages under every condition, are written as PNG.
    """
    if host in _EVERY:
        raise UsageError(f"--host {host}: name the one address that browsers will ask for; {ADDRESS} is this machine")
    with open_newsroom(newsletter) as room:
        if folder is not None:
            _photograph(room, number, folder)
            return
        filename = take_in(room.desk, number).edition.filename

        def ready(gate: Gate) -> None:
            screen.say(gate.address)
            if host != ADDRESS:
                screen.note(f"the draft goes to {host} unencrypted: whoever listens on that network can read it")
            screen.note(f"following editions/{filename} and templates/; Ctrl-C ends it")
            if browse:
                click.launch(gate.opening_url)

        watch = [room.root / "editions", room.root / "templates"]
        showing = Showing(room, number)
        serve(
            showing.rendered,
            proved=showing.proved,
            hands=_hands(room, number),
            watch=watch,
            port=port,
            host=host,
            ready=ready,
        )


def _hands(room: Newsroom, number: int) -> Hands:
    """Return hands that are imported at the first act: who looks need not wait for what drafts and proves."""

    @cache
    def acting() -> Hands:
        from composer.cli.acting import Acting  # noqa: PLC0415 (see above)

        return Acting(room, number)

    def hands(act: Act, seen: str) -> Done:
        return acting()(act, seen)

    return hands


def _photograph(room: Newsroom, number: int, folder: Path) -> None:
    """Serve the edition and take its pictures from a thread beside, for the store belongs to this one."""
    program = browser_program(os.environ)
    take_in(room.desk, number)  # what cannot be read is said before a browser starts
    done, wrong = threading.Event(), []

    def shoot(gate: Gate) -> None:
        try:
            with camera(program) as taking:
                _take_all(taking, gate, folder)
        except (ComposerError, OSError) as error:
            wrong.append(error)
        finally:
            done.set()

    def ready(gate: Gate) -> None:
        threading.Thread(target=shoot, args=(gate,)).start()

    serve(Showing(room, number).whole, watch=(), ready=ready, stop=done)
    done.wait()  # Ctrl-C ended the serving: the browser is to end as well
    if wrong:
        raise wrong[0] if isinstance(wrong[0], ComposerError) else OutboxError(f"{folder}: {wrong[0].strerror}")


def _take_all(taking: Camera, gate: Gate, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    base = gate.address.removesuffix("/mail")
    for shot in SHOTS:
        (folder / f"{shot.name}.png").write_bytes(taking.take(base, shot))
        screen.say(f"{folder / shot.name}.png")
