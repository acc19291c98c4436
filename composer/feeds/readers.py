"""Reading apart: feeds that need a forgiving parser, and the bulk of a long run, are read by child processes.

A child that works on one feed for too long is ended by the kernel, and only that feed is lost. Nothing is started
while little is to be read.
"""

import contextlib
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, Queue, SimpleQueue
from threading import Semaphore, Thread
from types import TracebackType
from typing import Self

from composer.children import OVERRUN, answered, ended, limit_memory, limit_time, receive, send, started
from composer.errors import FeedError
from composer.feeds.feed import Feed
from composer.feeds.parse import parse_feed, parse_usual_feed

CPU_SECONDS_MOST = 5
WALL_SECONDS_MOST = 60  # for where the system counts no processor time
MEMORY_BYTES_MOST = 512 * 1024 * 1024  # above what a child needs before its first feed
AT_ONCE_BYTES = 8_000_000  # what is read here before it pays to start children: as long as starting them takes
WAITING_MOST = 12  # feeds that wait for a child
CHILDREN = 2

# GNU libc gives memory back after every feed and takes it again for the next: a tenth of a child's time (mallopt(3)).
_KEEPS_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "33554432", "MALLOC_MMAP_THRESHOLD_": "33554432"}
_ENTRY = "import sys; sys.path[:] = {path!r}; from composer.feeds.readers import serve; serve()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One body to read. `key` is the caller's own."""

    key: int = 0
    body: bytes
    url: str
    now: datetime
    charset: str = ""


Done = tuple[int, Feed | FeedError]


class Readers:
    """Reads feeds: hand over bodies as they come, take feeds as they are ready."""

    def __init__(self, *, children: int = CHILDREN, at_once_bytes: int = AT_ONCE_BYTES) -> None:
        self._waiting: Queue[Work | None] = Queue()
        self._room = Semaphore(WAITING_MOST)
        self._done: SimpleQueue[Done] = SimpleQueue()
        self._most = children
        self._at_once_bytes = at_once_bytes
        self._children: list[_Child] = []
        self._open = self._bytes = 0

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the children, whatever they are at."""
        self.close()

    def close(self) -> None:
        """End the children; what is not read yet is dropped."""
        for child in self._children:
            child.end()
        for _ in self._children:
            self._waiting.put(None)
        for child in self._children:
            child.join()
        self._children.clear()

    @property
    def processes(self) -> tuple[int, ...]:
        """Return the process numbers of the children that run."""
        return tuple(child.number for child in self._children if child.number)

    def read(self, body: bytes, *, url: str, now: datetime, charset: str = "") -> Feed:
        """Read one feed and wait for it; nothing else may be handed over meanwhile. Raises FeedError."""
        self.hand_over(Work(body=body, url=url, now=now, charset=charset))
        _, read = next(self.rest())
        if isinstance(read, FeedError):
            raise read
        return read

    def hand_over(self, work: Work) -> None:
        """Take a body to read; it waits only while too many others do."""
        self._open += 1
        self._bytes += len(work.body)
        is_bulk = self._bytes > self._at_once_bytes
        read = None if is_bulk else _usual(work)
        if read is not None:
            self._done.put((work.key, read))
            return
        if len(self._children) < (self._most if is_bulk else 1):
            self._children.append(_Child(self._waiting, self._done, self._room))
        self._room.acquire()
        self._waiting.put(work)

    def ready(self) -> Iterator[Done]:
        """Give what is read so far, in the order in which it became ready."""
        with contextlib.suppress(Empty):
            while self._open:
                done = self._done.get_nowait()
                self._open -= 1
                yield done

    def rest(self) -> Iterator[Done]:
        """Wait for all that was handed over and give it."""
        while self._open:
            done = self._done.get()
            self._open -= 1
            yield done


def _usual(work: Work) -> Feed | FeedError | None:
    try:
        return parse_usual_feed(work.body, url=work.url, now=work.now, charset=work.charset)
    except FeedError as error:
        return error


class _Child:
    """A child process and the thread that feeds it."""

    def __init__(self, waiting: Queue[Work | None], done: SimpleQueue[Done], room: Semaphore) -> None:
        self._waiting, self._done, self._room = waiting, done, room
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def number(self) -> int:
        return self._process.pid if self._process is not None else 0

    def end(self) -> None:
        self._ended = True
        if self._process is not None:
            self._process.kill()

    def join(self) -> None:
        self._thread.join()
        self._stop()

    def _work(self) -> None:
        while (work := self._waiting.get()) is not None and not self._ended:
            self._room.release()
            self._done.put((work.key, self._read(work)))

    def _read(self, work: Work) -> Feed | FeedError:
        try:
            answer = self._answer(self._running(), work)
        except (OSError, EOFError, pickle.UnpicklingError):
            return FeedError(work.url, self._why())
        return FeedError(work.url, answer) if isinstance(answer, str) else answer

    def _answer(self, process: subprocess.Popen[bytes], work: Work) -> Feed | str:
        asked = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        answer: Feed | str = pickle.loads(  # noqa: S301 (our own processes speak)
            answered(process, asked, wall_seconds=WALL_SECONDS_MOST)
        )
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = started(_ENTRY.format(path=sys.path), _KEEPS_MEMORY)
        if self._ended:
            self._process.kill()
        return self._process

    def _why(self) -> str:
        """Say why a child is gone, and forget it: the next feed gets a new one."""
        code = self._stop()
        if -code in OVERRUN:
            return f"was refused: reading it takes more than {CPU_SECONDS_MOST} seconds"
        return f"could not be read: its reader broke off ({code})"

    def _stop(self) -> int:
        process, self._process = self._process, None
        return ended(process) if process else 0


def serve() -> None:
    """Be a child: read what comes on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    limit_memory(MEMORY_BYTES_MOST)
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            work: Work = pickle.loads(receive(incoming))  # noqa: S301 (our own parent speaks)
            send(outgoing, pickle.dumps(_limited(work), pickle.HIGHEST_PROTOCOL))


def _limited(work: Work) -> Feed | str:
    limit_time(CPU_SECONDS_MOST)
    try:
        return parse_feed(work.body, url=work.url, now=work.now, charset=work.charset)
    except FeedError as error:
        return error.sentence
    except MemoryError:
        return f"was refused: reading it takes more than {MEMORY_BYTES_MOST // 1_048_576} MB of memory"
    finally:
        limit_time(0)
