"""A chat endpoint on this machine that answers as a test says, and misbehaves in every way that endpoints do."""

import contextlib
import json
import os
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Says:
    """One answer. `manner` is how it comes: whole, in drops, never, cut off, reset, or not as HTTP."""

    body: bytes | str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: str = "whole"


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def words(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])


@dataclass
class Stub:
    """The endpoint, as a test sees it: what it will say, the last for ever, and what it was asked."""

    url: str
    says: list[Says]
    asked: list[Asked]

    def will_say(self, *answers: Says | str) -> None:
        self.says[:] = [completion(one) if isinstance(one, str) else one for one in answers]


def completion(text: object, **besides: object) -> Says:
    """Return a chat completion as endpoints give it."""
    message = {"role": "assistant", "content": text}
    whole = {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], **besides}
    return Says(json.dumps({"usage": {"prompt_tokens": 120, "completion_tokens": 30}, **whole}))


def story(summary: str, *evidence: str, quotes: tuple[tuple[str, str], ...] = ()) -> str:
    """Return the JSON that the desk asks for."""
    facts = [{"claim": summary, "evidence": one} for one in evidence]
    sayings = [{"text": text, "speaker": speaker} for text, speaker in quotes]
    return json.dumps({"summary": summary, "facts": facts, "quotes": sayings}, ensure_ascii=False)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked.append(Asked(self.path, dict(self.headers), json.loads(self.rfile.read(length))))
        says = self.server.says
        answer = says.pop(0) if len(says) > 1 else says[0]
        with contextlib.suppress(OSError):
            getattr(self, f"_{answer.manner}")(answer)

    def do_GET(self) -> None:
        self.server.asked.append(Asked(self.path, dict(self.headers), {}))
        self._whole(Says(status=404))

    def _whole(self, answer: Says) -> None:
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self._head(answer, len(body))
        self.wfile.write(body)

    def _drops(self, answer: Says) -> None:
        self._head(answer, 1_000_000)
        while not self.server.over.wait(0.02):
            self.wfile.write(b" ")

    def _head_in_drops(self, _: Says) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.server.over.wait(0.02):
            self.wfile.write(b"x")

    def _never(self, _: Says) -> None:
        self.server.over.wait()

    def _cut_off(self, answer: Says) -> None:
        self._head(answer, 1_000)
        self.wfile.write(b'{"choices": [')
        self.close_connection = True

    def _reset(self, _: Says) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())  # its files hold it open otherwise

    def _garbage(self, _: Says) -> None:
        self.wfile.write(b"\x00\xff not HTTP at all\r\n\r\n")
        self.close_connection = True

    def _head(self, answer: Says, length: int) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.says = [completion("")]
        self.asked: list[Asked] = []
        self.over = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are what some tests are about."""


@contextmanager
def endpoint() -> Iterator[Stub]:
    server = _Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Stub(f"http://127.0.0.1:{server.server_port}/v1", server.says, server.asked)
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
