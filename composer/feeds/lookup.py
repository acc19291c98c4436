"""Looking names up without holding anything up: each in a thread that nobody has to wait for."""

import asyncio
import socket
import threading
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

_SCOPE = 3  # index in an IPv6 socket address


class Resolver(AbstractResolver):
    """Looks names up in daemon threads.

    aiohttp's own waits for its few threads: one dead name server makes other visits late, and holds up Ctrl-C.
    """

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a host. Raises socket.gaierror."""
        loop = asyncio.get_running_loop()
        found: asyncio.Future[list[ResolveResult]] = loop.create_future()
        threading.Thread(target=_look_up, args=(loop, found, host, port, family), daemon=True).start()
        return await found

    async def close(self) -> None:
        """Have nothing to let go of."""


def _look_up(
    loop: asyncio.AbstractEventLoop,
    found: asyncio.Future[list[ResolveResult]],
    host: str,
    port: int,
    family: socket.AddressFamily,
) -> None:
    def settle(result: list[ResolveResult] | OSError) -> None:
        if found.done():  # the visit gave up meanwhile
            return
        if isinstance(result, OSError):
            found.set_exception(result)
        else:
            found.set_result(result)

    try:
        result: list[ResolveResult] | OSError = [
            _resolved(host, port, kind, protocol, place)
            for kind, _, protocol, _, place in socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        ]
    except OSError as error:
        result = error
    except UnicodeError:  # a label that is empty or too long for IDNA
        result = socket.gaierror(socket.EAI_NONAME, "not a host name")
    try:
        loop.call_soon_threadsafe(settle, result)
    except RuntimeError:  # the loop has closed
        return


def _resolved(host: str, port: int, family: int, protocol: int, place: tuple[Any, ...]) -> ResolveResult:
    zone = f"%{place[_SCOPE]}" if family == socket.AF_INET6 and place[_SCOPE] else ""
    return ResolveResult(
        hostname=host, host=f"{place[0]}{zone}", port=port, family=family, proto=protocol, flags=socket.AI_NUMERICHOST
    )
