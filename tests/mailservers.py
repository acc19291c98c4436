"""A mail server on loopback that does what its guests are afraid of, by the name of the recipient."""

import contextlib
import re
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

_ADDRESS = re.compile(rb"<([^>]*)>")


@dataclass
class Post:
    """What was taken, by recipient. `moody` says what to do at a step ("rcpt", "data", "end") of a recipient.

    It returns a reply to give instead, "cut" to hang up before the reply, "take and cut" to hang up after the letter
    was taken, or "" to go on as usual.
    """

    port: int = 0
    greeting: bytes = b"220 post.example.org ESMTP"
    moody: Callable[[str, str], str] = lambda _step, _recipient: ""
    letters: list[tuple[str, str, bytes]] = field(default_factory=list)  # sender, recipient, as it came
    connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def taken(self) -> Counter[str]:
        """How often each recipient's letter was taken."""
        with self.lock:
            return Counter(recipient for _, recipient, _ in self.letters)

    def serve(self, guest: socket.socket) -> None:
        with guest, guest.makefile("rb") as said, contextlib.suppress(OSError):
            if not self.greeting:
                said.readline()  # and never a word
                return
            guest.sendall(self.greeting + b"\r\n")
            sender = recipient = ""
            while line := said.readline():
                word = line[:4].upper().rstrip()
                sender = _inside(line) if word == b"MAIL" else sender
                recipient = _inside(line) if word == b"RCPT" else recipient
                reply = self._reply(word, recipient)
                if reply.startswith(b"354"):
                    guest.sendall(reply + b"\r\n")
                    reply = self._letter(said, sender, recipient)
                if reply == b"cut":
                    return
                guest.sendall(reply + b"\r\n")
                if reply.startswith((b"421", b"221")):
                    return

    def _reply(self, word: bytes, recipient: str) -> bytes:
        usual = {
            b"EHLO": b"250-post.example.org\r\n250 PIPELINING",
            b"DATA": b"354 Go on",
            b"RCPT": b"250 2.1.5 Ok",
            b"QUIT": b"221 2.0.0 Bye",
        }
        mood = self._mood(word.decode("latin-1").lower(), recipient) if word in {b"RCPT", b"DATA"} else b""
        return mood or usual.get(word, b"250 2.0.0 Ok")

    def _mood(self, step: str, recipient: str) -> bytes:
        return self.moody(step, recipient).encode()

    def _letter(self, said: BinaryIO, sender: str, recipient: str) -> bytes:
        lines: list[bytes] = []
        while (line := said.readline()) != b".\r\n":
            if not line:
                return b"cut"
            lines.append(line[1:] if line.startswith(b".") else line)
        mood = self._mood("end", recipient)
        if mood in {b"", b"take and cut"}:
            with self.lock:
                self.letters.append((sender, recipient, b"".join(lines)))
        return {b"": b"250 2.0.0 Ok: queued", b"take and cut": b"cut"}.get(mood, mood)


def _inside(line: bytes) -> str:
    found = _ADDRESS.search(line)
    return found[1].decode() if found else ""


@contextlib.contextmanager
def post(
    moody: Callable[[str, str], str] = lambda _step, _recipient: "", greeting: bytes = b"220 post.example.org ESMTP"
) -> Iterator[Post]:
    """Run a mail server until the block ends; it lets go of every guest then."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    server = Post(port=listening.getsockname()[1], greeting=greeting, moody=moody)
    threads: list[threading.Thread] = []
    guests: list[socket.socket] = []

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                guest, _ = listening.accept()
                server.connections += 1
                guests.append(guest)
                threads.append(threading.Thread(target=server.serve, args=(guest,)))
                threads[-1].start()

    door = threading.Thread(target=accept)
    door.start()
    try:
        yield server
    finally:
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        door.join()
        for guest in guests:
            with contextlib.suppress(OSError):
                guest.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()
