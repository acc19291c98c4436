"""Open a port on this machine, serve an application there until it is time to close, and let go of everything.

What is served is not known here; nothing is printed.
"""

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import Callable, Coroutine

from starlette.types import ASGIApp
from uvicorn import Config, Server

from composer.errors import ComposerError

ADDRESS = "127.0.0.1"
_TICK_SECONDS = 0.05  # how soon the end is noticed


def listen(port: int, host: str = ADDRESS) -> socket.socket:
    """Open a port (0: any free one) of an address or name of this machine. Raises ComposerError."""
    try:
        # The port is not asked for here: what is past 65535 would be counted from 0 again.
        family, *_, (name, _, *rest) = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except (OSError, OverflowError, UnicodeError) as error:
        raise ComposerError(_unopened(host, port, error)) from error
    if os.name == "posix":  # elsewhere it would let two programs share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((name, port, *rest))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        raise ComposerError(_unopened(host, port, error)) from error
    return listening


def serve_until(
    app: ASGIApp, listening: socket.socket, *, opened: Callable[[], None], stop: threading.Event | None = None
) -> None:
    """Serve an application until Ctrl-C or `stop`; `opened` is called once it answers."""
    server = server_of(app)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(together(server, listening, lambda: None, attend(server, opened, stop or threading.Event())))


async def together(
    server: Server,
    listening: socket.socket,
    closing: Callable[[], None],
    *companions: Coroutine[None, None, None],
) -> None:
    """Run a server beside its companions until one of all ends, then end the others and pass on what it raised.

    `closing` is called before the server waits for open answers: a stream that goes on would hold it up.
    """
    ending = [asyncio.create_task(companion) for companion in companions]
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        ended, _ = await asyncio.wait({serving, *ending}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        closing()
        for task in ending:
            task.cancel()
        await asyncio.gather(serving, *ending, return_exceptions=True)
    for task in ended:
        task.result()


async def attend(server: Server, opened: Callable[[], None], stop: threading.Event) -> None:
    """Call `opened` when the doors are open, and return when it is time to close."""
    while not server.started:  # noqa: ASYNC110 # uvicorn sets a flag and tells nobody
        await asyncio.sleep(_TICK_SECONDS / 5)
    opened()  # many turns of the loop later: whatever runs beside the server has long begun
    while not (server.should_exit or stop.is_set()):  # noqa: ASYNC110 # flags of other threads
        await asyncio.sleep(_TICK_SECONDS)


def server_of(app: ASGIApp) -> Server:
    """Return a server that says nothing by itself and does not wait for streams when it is to end."""
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


def origin_of(host: str, port: int) -> str:
    """Return the origin of what is served there: "http://127.0.0.1:8000", "http://[::1]:8000" (RFC 3986, 3.2.2)."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _unopened(host: str, port: int, error: Exception) -> str:
    why = getattr(error, "strerror", None) or str(error)
    return f"{host}:{port}: cannot be opened: {why}; choose another port, or 0 for any"
