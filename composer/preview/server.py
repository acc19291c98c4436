"""Serve the preview on this machine alone, and turn the sheet when a watched file changes."""

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path

from starlette.types import ASGIApp
from uvicorn import Config, Server

from composer.errors import ComposerError
from composer.preview.guard import ADDRESS, Gate, guarded
from composer.preview.pages import site
from composer.preview.sheet import Sheet
from composer.preview.wall import Wall
from composer.preview.watch import follow
from composer.text import one_line

_TICK_SECONDS = 0.05  # how soon the end is noticed


def serve(
    sheet: Callable[[str], Sheet],
    *,
    watch: Sequence[Path],
    port: int = 0,
    ready: Callable[[str], None],
    stop: threading.Event | None = None,
) -> None:
    """Show what `sheet` renders until Ctrl-C or `stop`, and again whenever a watched file or folder changes.

    `sheet` gets the address below which its prints will lie, and is only ever called in the calling thread; a
    ComposerError of it is shown over the last good sheet. `ready` gets the address to open, which lets in one browser.
    Raises ComposerError when the port (0: any free one) cannot be had, or the paths cannot be watched.
    """
    with contextlib.closing(_listen(port)) as listening, contextlib.suppress(KeyboardInterrupt):
        gate, wall = Gate(listening.getsockname()[1]), Wall()

        def turn() -> None:
            wall.hang(_newest(sheet, f"{gate.origin}/prints/", wall.sheet))

        def opened() -> None:
            turn()
            ready(gate.opening_url)

        server = _server(guarded(site(wall, gate), gate))
        attending = _attend(server, opened, stop or threading.Event())
        asyncio.run(_together(server, listening, wall, follow(watch, turn), attending))


async def _together(
    server: Server,
    listening: socket.socket,
    wall: Wall,
    following: Coroutine[None, None, None],
    attending: Coroutine[None, None, None],
) -> None:
    """Run watching, serving and attending until one of them ends, then end the others and pass on what it raised."""
    ending = [asyncio.create_task(following), asyncio.create_task(attending)]
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        ended, _ = await asyncio.wait({serving, *ending}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        wall.close()  # an open stream would hold the server up
        for task in ending:
            task.cancel()
        await asyncio.gather(serving, *ending, return_exceptions=True)
    for task in ended:
        task.result()


async def _attend(server: Server, opened: Callable[[], None], stop: threading.Event) -> None:
    """Call `opened` when the doors are open, and return when it is time to close."""
    while not server.started:  # noqa: ASYNC110 # uvicorn sets a flag and tells nobody
        await asyncio.sleep(_TICK_SECONDS / 5)
    opened()  # many turns of the loop later: watching has long begun, so no save falls between
    while not (server.should_exit or stop.is_set()):  # noqa: ASYNC110 # flags of other threads
        await asyncio.sleep(_TICK_SECONDS)


def _server(app: ASGIApp) -> Server:
    return Server(
        Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",  # the command line alone prints
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
    )


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let two programs share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or str(error)
        raise ComposerError(f"{ADDRESS}:{port}: cannot be opened: {why}; choose another port, or 0 for any") from error
    return listening


def _newest(sheet: Callable[[str], Sheet], prints_url: str, last: Sheet) -> Sheet:
    try:
        return sheet(prints_url)
    except ComposerError as error:
        return replace(last, problem=one_line(str(error)))
