"""A web server on this machine that misbehaves on purpose: one path for every fault. It remembers every request."""

import asyncio
import gzip
import ssl
import threading
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import brotli
from conftest import FEED

BODY = FEED.encode()
ZIPPED = gzip.compress(BODY, mtime=0)
TAG = '"one"'
PNG = b"\x89PNG\r\n\x1a\n"
DATED = "Thu, 05 Mar 2026 08:00:00 GMT"
TLS_HANDSHAKE = b"\x16"  # RFC 8446 section 5.1: how every connection over TLS begins


@dataclass
class Asked:
    """One request, as the server saw it."""

    path: str
    headers: dict[str, str]
    base: str  # the server's own address, as it was asked for
    method: str = "GET"


@dataclass
class Faults:
    """The server, as a test sees it."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    inside: Counter[str] = field(default_factory=Counter)  # requests now under way, by path
    most_inside: Counter[str] = field(default_factory=Counter)
    hung_up: threading.Event = field(default_factory=threading.Event)  # a client left the silent path

    def at(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


def answer(status: int, body: bytes = b"", *lines: str, length: int | None = None) -> bytes:
    told = "".join(f"{line}\r\n" for line in lines)
    counted = len(body) if length is None else length
    return f"HTTP/1.1 {status} X\r\nContent-Length: {counted}\r\nConnection: close\r\n{told}\r\n".encode() + body


def moved(status: int, to: str, *lines: str) -> Callable[[Asked], bytes]:
    return lambda asked: answer(status, b"", f"Location: {to if ':' in to else asked.base + to}", *lines)


def well(*lines: str, body: bytes = BODY) -> Callable[[Asked], bytes]:
    return lambda _: answer(200, body, *lines)


def conditional(asked: Asked) -> bytes:
    known = asked.headers.get("if-none-match") == TAG and asked.headers.get("if-modified-since") == DATED
    return answer(304) if known else answer(200, BODY, f"ETag: {TAG}", f"Last-Modified: {DATED}")


def renewed(asked: Asked) -> bytes:
    newer = "Fri, 06 Mar 2026 08:00:00 GMT"
    if "if-none-match" in asked.headers:
        return answer(304, b"", 'ETag: "two"', f"Last-Modified: {newer}", "Cache-Control: max-age=600")
    return answer(200, BODY, f"ETag: {TAG}", f"Last-Modified: {DATED}")


def no_head(status: int) -> Callable[[Asked], bytes]:
    """Refuse HEAD in whatever way servers do; 0 hangs up."""
    refused = answer(status) if status else b""
    return lambda asked: refused if asked.method == "HEAD" else answer(200, PAGE, "Content-Type: text/html")


def deflated(data: bytes) -> bytes:
    squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return squeezer.compress(data) + squeezer.flush()


def bomb(megabytes: int) -> bytes:
    """Make a gzip body of one member that grows a thousandfold."""
    squeezer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    start = squeezer.compress(b"<rss><channel><title>") + squeezer.flush(zlib.Z_FULL_FLUSH)
    block = squeezer.compress(bytes(1_000_000)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return start + block * megabytes


PAGE = b'<!doctype html><html><head><title>News</title></head><body><a href="/feed">feed</a></body></html>'
CHALLENGE = b"<!doctype html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
GZIP, XML = "Content-Encoding: gzip", "Content-Type: application/rss+xml"
SENT = "Date: Fri, 06 Mar 2026 12:00:00 GMT"

ANSWERS: dict[str, Callable[[Asked], bytes]] = {
    "/feed": well(XML),
    "/conditional": conditional,
    "/renewed": renewed,
    "/unasked-304": lambda _: answer(304),
    "/expires-0": well(f"ETag: {TAG}", "Expires: 0"),
    "/max-age": well("Cache-Control: public, max-age=7200"),
    "/expires": well(SENT, "Expires: Fri, 06 Mar 2026 13:30:00 GMT"),
    "/well-but-later": well("Retry-After: 60"),
    "/gone": lambda _: answer(410, b"gone"),
    "/moved-gone": moved(301, "/gone"),
    "/elsewhere-gone": moved(302, "/gone"),
    "/missing": lambda _: answer(404),
    "/broken": lambda _: answer(500),
    "/busy": lambda _: answer(429, b"", "Retry-After: 120"),
    "/later": lambda _: answer(503, b"", "Retry-After: Sat, 07 Mar 2026 12:00:00 GMT"),
    "/moved": moved(301, "/moved-again"),
    "/moved-again": moved(308, "/feed"),
    "/partly-moved": moved(301, "/elsewhere"),
    "/elsewhere": moved(302, "/moved-again"),
    "/moved-unchanged": moved(301, "/conditional"),
    "/loop": moved(302, "/loop"),
    "/nowhere": lambda _: answer(302),
    "/to-file": moved(302, "file:///etc/passwd"),
    "/to-other-host": lambda asked: moved(302, asked.base.replace("127.0.0.1", "127.0.0.2") + "/feed")(asked),
    "/to-busy-host": lambda asked: moved(301, asked.base.replace("localhost", "127.0.0.1") + "/counted")(asked),
    "/cookies": moved(302, "/cookies", "Set-Cookie: seen=1; Path=/"),
    "/forbidden": lambda _: answer(403, PAGE),
    "/challenge": lambda _: answer(403, PAGE, "cf-mitigated: challenge"),
    "/challenge-page": lambda _: answer(503, CHALLENGE),
    "/challenge-zipped": lambda _: answer(403, gzip.compress(CHALLENGE + bytes(500_000)), GZIP),
    "/bomb": well(GZIP, body=bomb(1000)),
    "/small-bomb": well(GZIP, body=bomb(1)),
    "/gzip": well(GZIP, body=ZIPPED),
    "/brotli": well("Content-Encoding: br", body=brotli.compress(BODY)),
    "/no-trailer": well(GZIP, f"ETag: {TAG}", body=ZIPPED[:-8]),
    "/padded-gzip": well(GZIP, body=ZIPPED + bytes(600)),
    "/two-members": well(GZIP, body=gzip.compress(BODY[:300]) + gzip.compress(BODY[300:])),
    "/deflate": well("Content-Encoding: deflate", body=zlib.compress(BODY)),
    "/deflate-raw": well("Content-Encoding: deflate", body=deflated(BODY)),
    "/unknown-encoding": well("Content-Encoding: rot13"),
    "/cut": lambda _: answer(200, BODY[:-200], f"ETag: {TAG}", length=len(BODY)),
    "/cut-gzip": lambda _: answer(200, ZIPPED[:-40], GZIP, length=len(ZIPPED)),
    "/cut-at-once": lambda _: answer(200, b"", length=len(BODY)),
    "/empty-gzip": well(GZIP, body=b""),
    "/bad-gzip": well(GZIP, f"ETag: {TAG}", body=ZIPPED[: len(ZIPPED) * 3 // 4] + bytes(100)),
    "/no-gzip": well(GZIP),
    "/truncated": well(f"ETag: {TAG}", body=BODY[: BODY.index(b"</channel>")]),
    "/lying-charset": well("Content-Type: application/rss+xml; charset=iso-8859-1", body=BODY.replace(b"Salt", "Sałt".encode())),
    "/odd-byte": well(XML, body=BODY.replace(b"A ferry", "Café – a ferry".encode()).replace(b"Salt", b"S\xe9lt")),
    "/named-charset": well("Content-Type: text/xml; charset=koi8-r", body=FEED.split("?>", 1)[1].replace("Salt", "Соль").encode("koi8-r")),
    "/ttl": well("Cache-Control: max-age=60", body=BODY.replace(b"<item>", b"<ttl>90</ttl><item>", 1)),
    "/many-attributes": well(body=BODY.replace(b"<channel>", b"<channel " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b">")),
    "/empty": well(XML, body=b""),
    "/page": well("Content-Type: application/rss+xml", body=PAGE),
    "/wrong-type": well("Content-Type: image/png"),
    "/": well("Content-Type: text/html", body=PAGE),
    "/no-head": no_head(405),
    "/head-missing": no_head(404),
    "/head-hangs-up": no_head(0),
    "/home-elsewhere": lambda asked: moved(301, asked.base.replace("127.0.0.1", "localhost") + "/")(asked),
    "/webp.jpg": well("Content-Type: image/jpeg", body=b"RIFF\x00\x10\x00\x00WEBPVP8 " + bytes(60)),
    "/heavy.png": well("Content-Type: image/png", body=PNG + bytes(300_000)),
    "/light.png": well("Content-Type: image/png", body=PNG + bytes(300)),
    "/not-http": lambda _: b"220 mail.example.org ESMTP\r\n",
    "/hangs-up": lambda _: b"",
}  # fmt: skip


async def endless(out: asyncio.StreamWriter, _: Faults) -> None:
    out.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n" + BODY[:-20])
    while True:
        out.write(b"<!--" + b"x" * 100_000 + b"-->")
        await out.drain()


async def flood(out: asyncio.StreamWriter, _: Faults) -> None:
    out.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1_000_000):
        out.write(f"X-{number}: {'y' * 1000}\r\n".encode())
        await out.drain()


async def trickle(out: asyncio.StreamWriter, _: Faults) -> None:
    out.write(b"HTTP/1.1 200 OK\r\n\r\n")
    for byte in BODY:
        out.write(bytes([byte]))
        await out.drain()
        await asyncio.sleep(0.05)


async def silent(_: asyncio.StreamWriter, faults: Faults) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        faults.hung_up.set()


async def counted(out: asyncio.StreamWriter, _: Faults) -> None:
    await asyncio.sleep(0.03)
    out.write(answer(200, BODY))


STREAMS: dict[str, Callable[[asyncio.StreamWriter, Faults], Awaitable[None]]] = {
    "/endless": endless,
    "/header-flood": flood,
    "/trickle": trickle,
    "/silent": silent,
    "/counted": counted,
}


async def _serve(faults: Faults, source: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
    try:
        await _respond(faults, source, out)
    finally:
        out.close()


async def _respond(faults: Faults, source: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
        first = await source.readexactly(1)
        if first == TLS_HANDSHAKE:  # nobody here speaks TLS
            out.write(answer(400))
            return
        asked = _asked((first + await source.readuntil(b"\r\n\r\n")).decode("latin-1"))
        faults.asked.append(asked)
        faults.inside[asked.path] += 1
        faults.most_inside[asked.path] = max(faults.most_inside[asked.path], faults.inside[asked.path])
        try:
            if asked.path in STREAMS:
                await _until_the_client_leaves(source, STREAMS[asked.path](out, faults))
            else:
                told = ANSWERS[asked.path](asked)
                out.write(_head(told) if asked.method == "HEAD" else told)
            await out.drain()
        finally:
            faults.inside[asked.path] -= 1


async def _until_the_client_leaves(source: asyncio.StreamReader, stream: Awaitable[None]) -> None:
    writing, left = asyncio.ensure_future(stream), asyncio.ensure_future(source.read())
    await asyncio.wait([writing, left], return_when=asyncio.FIRST_COMPLETED)
    for one in (writing, left):
        one.cancel()
    await asyncio.gather(writing, left, return_exceptions=True)


def _head(told: bytes) -> bytes:
    """Return an answer without its body (RFC 9110 section 9.3.2)."""
    return told[: told.index(b"\r\n\r\n") + 4] if told else b""


def _asked(head: str) -> Asked:
    first, *lines = head.split("\r\n")
    told = (line.split(": ", 1) for line in lines if line)
    headers = {name.lower(): value for name, value in told}
    method, target, _ = first.split(" ", 2)
    return Asked(path=target.partition("?")[0], headers=headers, base=f"http://{headers['host']}", method=method)


@contextmanager
def faults(tls: ssl.SSLContext | None = None) -> Iterator[Faults]:
    """Run the server in a thread of its own, on loopback."""
    state, ready, loop = Faults(), threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()

    async def run() -> None:
        server = await asyncio.start_server(lambda *ends: _serve(state, *ends), "127.0.0.1", 0, ssl=tls)
        state.port = server.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def work() -> None:
        loop.run_until_complete(run())
        loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    ready.wait()
    try:
        yield state
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
