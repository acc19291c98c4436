"""A served outbox, and what may be asked of it."""

import contextlib
import http.client
import queue
import threading
from collections.abc import Iterator
from pathlib import Path

from composer.preview.hosting import listen, serve_until
from composer.preview.stand import stand

PATIENCE_SECONDS = 30


@contextlib.contextmanager
def standing(site: Path, base_url: str) -> Iterator[int]:
    """Serve a site in a thread until the block ends; give its port."""
    answering: queue.Queue[bool] = queue.Queue()
    stop = threading.Event()
    with contextlib.closing(listen(0)) as listening:
        port: int = listening.getsockname()[1]
        app = stand(site, base_url, (f"127.0.0.1:{port}", f"localhost:{port}"))
        told = {"opened": lambda: answering.put(item=True), "stop": stop}
        thread = threading.Thread(target=serve_until, args=(app, listening), kwargs=told)
        thread.start()
        try:
            answering.get(timeout=PATIENCE_SECONDS)
            yield port
        finally:
            stop.set()
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()


def asked(port: int, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask once, with the path as it is typed; return the answer and its body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    with contextlib.closing(connection):
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()
