"""A web server on this machine with feeds that a test can change; it remembers every request."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What the server says at one path."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    silent: threading.Event | None = None  # says nothing until it is set


@dataclass
class Newsstand:
    """The server, as a test sees it."""

    url: str
    answers: dict[str, Answer]
    asked: Counter[str]

    def serve(self, path: str, body: str = "", **told: Any) -> str:
        self.answers[path] = Answer(body, **told)
        return f"{self.url}{path}"


def feed(name: str, *titles: str, base: str = "https://salt.example.org") -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{base}/{name}/{number}</link><guid>{name}-{number}</guid>"
        f"<description>{title}: two of the three bridges are closed.</description></item>"
        for number, title in enumerate(titles)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'


def opened(stand: Newsstand, path: str) -> None:
    """Wait until somebody has asked for a path."""
    for _ in range(3_000):
        if stand.asked[path]:
            return
        time.sleep(0.01)
    raise AssertionError(f"nobody asked for {path}")


@contextmanager
def newsstand() -> Iterator[Newsstand]:
    answers: dict[str, Answer] = {}
    asked: Counter[str] = Counter()
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked[self.path] += 1
            answer = answers.get(self.path, Answer(status=404))
            if answer.silent is not None:
                while not (answer.silent.wait(0.02) or over.is_set()):
                    pass
            tag = answer.headers.get("ETag")
            known = tag is not None and self.headers.get("If-None-Match") == tag
            body = b"" if known else answer.body.encode()
            self.send_response(304 if known else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Clients that hang up are what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Newsstand(f"http://127.0.0.1:{server.server_port}", answers, asked)
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
