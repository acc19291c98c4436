"""Serve the preview on this machine alone, and turn the sheet when a watched file changes."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from composer.errors import ComposerError
from composer.preview.acts import Hands
from composer.preview.doing import Counter
from composer.preview.guard import Gate, guarded
from composer.preview.hosting import ADDRESS, attend, listen, server_of, together
from composer.preview.pages import site
from composer.preview.sheet import Sheet
from composer.preview.wall import Wall
from composer.preview.watch import follow
from composer.text import one_line

_CALM_SECONDS = 0.5  # browsers fetch and paint a new sheet in less, the first one too


def serve(  # noqa: PLR0913 (what is shown, where, and until when)
    sheet: Callable[[str], Sheet],
    *,
    proved: Callable[[Sheet], Sheet] | None = None,
    hands: Hands | None = None,
    watch: Sequence[Path],
    port: int = 0,
    host: str = ADDRESS,
    ready: Callable[[Gate], None],
    stop: threading.Event | None = None,
) -> None:
    """Show what `sheet` renders until Ctrl-C or `stop`, and again whenever a watched file or folder changes.

    `sheet` gets the address below which its prints will lie; a ComposerError of it is shown over the last good sheet.
    `proved` returns a sheet with its remarks, once browsers had the time to show the one without: proof takes as long
    as rendering, and an editor waits for her words. `hands` does what is asked for in the browser; without them there
    is nothing to ask for. All three are only ever called in the calling thread. `ready` gets the
    gate, which knows the address to open. `host` is the one address or name it answers to. Raises ComposerError
    when the port (0: any free one) cannot be had, or the paths cannot be watched.
    """
    with contextlib.closing(listen(port, host)) as listening, contextlib.suppress(KeyboardInterrupt):
        gate, wall = Gate(listening.getsockname()[1], host), Wall()

        coming: list[asyncio.TimerHandle] = []  # the proof that is still to come, at most one

        def turn() -> None:
            while coming:
                coming.pop().cancel()
            wall.hang(_newest(sheet, gate.prints_url, wall.sheet))
            if proved and not wall.sheet.proved:
                coming.append(asyncio.get_running_loop().call_later(_CALM_SECONDS, prove, proved))

        def prove(proved: Callable[[Sheet], Sheet]) -> None:
            wall.hang(_newest(lambda _: proved(wall.sheet), "", wall.sheet))

        def opened() -> None:
            ready(gate)  # a browser can be on its way while the edition is rendered
            turn()

        server = server_of(guarded(site(wall, gate, Counter(hands, turn) if hands else None), gate))
        attending = attend(server, opened, stop or threading.Event())
        asyncio.run(together(server, listening, wall.close, follow(watch, turn), attending))


def _newest(sheet: Callable[[str], Sheet], prints_url: str, last: Sheet) -> Sheet:
    try:
        return sheet(prints_url)
    except ComposerError as error:
        return replace(last, problem=one_line(str(error)))
