"""Child processes for what may go wrong: how parent and child speak, and the limits that the kernel holds them to.

A child runs functions of this program on input that nobody here vouches for. It is ended when it works for too long or
wants too much memory, and only that one piece of work is lost.
"""

import atexit
import contextlib
import json
import os
import pickle
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from threading import Lock, Timer
from types import MappingProxyType
from typing import Any, BinaryIO

from composer.errors import ComposerError

OVERRUN = {getattr(signal, name, -1) for name in ("SIGPROF", "SIGKILL")}
ANSWER_BYTES_MOST = 32 * 1024 * 1024  # of what a child may say; its words are not trusted either
_SIZE = struct.Struct("<Q")
_NONE: Mapping[str, str] = MappingProxyType({})
_ENTRY = "import sys; sys.path[:] = {path!r}; from composer.children import serve; serve({module!r}, {memory})"


class LostError(ComposerError):
    """A child could not do its work; the sentence says why."""


class Child:
    """A process that runs one module's functions, one after the other, and is started when it is first needed.

    `module` is imported, and its `prepare` called if it has one, before the limits are set: from then on the child
    opens no file and no connection, writes nothing, takes at most `memory_bytes` more, and works at most `cpu_seconds`
    on one piece of work (`wall_seconds` where the system counts no processor time, as on Windows, which has none of
    the other limits either).
    """

    def __init__(self, module: str, *, memory_bytes: int, cpu_seconds: int, wall_seconds: int = 60) -> None:
        self._entry = _ENTRY.format(path=sys.path, module=module, memory=memory_bytes)
        self._memory, self._cpu, self._wall = memory_bytes, cpu_seconds, wall_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = Lock()
        atexit.register(self.end)

    def ask(self, work: str, *given: object) -> Any:  # noqa: ANN401 (what JSON can hold)
        """Let the child call the module's function of this name, and return its answer, which JSON must hold.

        Raises LostError; the next question gets a new child.
        """
        with self._turn:
            try:
                answer = self._answer(self._running(), (work, given, self._cpu))
            except (OSError, EOFError, ValueError, RecursionError) as error:
                raise LostError(self._why()) from error
        if "answer" not in answer:
            raise LostError(f"takes more than {self._memory // 1_048_576} MB of memory")
        return answer["answer"]

    def end(self) -> int:
        """End the process, if it runs, and return its exit code."""
        process, self._process = self._process, None
        return ended(process) if process else 0

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = started(self._entry)
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], question: object) -> dict[str, Any]:
        asked = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
        answer: dict[str, Any] = json.loads(
            answered(process, asked, wall_seconds=self._wall, bytes_most=ANSWER_BYTES_MOST)
        )
        return answer

    def _why(self) -> str:
        code = self.end()
        if -code in OVERRUN:
            return f"takes more than {self._cpu} s of work"
        return f"breaks the process that works on it ({code})"


def serve(module: str, memory_bytes: int) -> None:
    """Be a child: do what comes on standard input until it ends. Answers are JSON, so that no object can come back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    functions = vars(import_module(module))
    functions.get("prepare", bool)()
    limit_memory(memory_bytes)
    shut_in()
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            work, given, seconds = pickle.loads(receive(incoming))  # noqa: S301 (our own parent speaks)
            limit_time(seconds)
            answer = _done(functions[work], given)
            limit_time(0)
            send(outgoing, answer)


def _done(work: Callable[..., Any], given: tuple[object, ...]) -> bytes:
    try:
        return json.dumps({"answer": work(*given)}).encode()
    except MemoryError:
        return b"{}"


def started(entry: str, variables: Mapping[str, str] = _NONE) -> subprocess.Popen[bytes]:
    """Start our own interpreter on a line of our own, with pipes, and with these variables where none are set."""
    return subprocess.Popen(  # noqa: S603 (our own interpreter and our own words)
        [sys.executable, "-c", entry],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # engines print their panics
        env={**variables, **os.environ},
    )


def answered(
    process: subprocess.Popen[bytes], question: bytes, *, wall_seconds: float, bytes_most: int = sys.maxsize
) -> bytes:
    """Ask a process one thing and return its answer; one that takes too long by the clock on the wall is killed.

    Raises OSError, EOFError when it is gone, ValueError when it says too much.
    """
    clock = Timer(wall_seconds, process.kill)
    clock.daemon = True
    clock.start()
    try:
        send(end_of(process.stdin), question)
        return receive(end_of(process.stdout), bytes_most)
    finally:
        clock.cancel()


def ended(process: subprocess.Popen[bytes]) -> int:
    """End a process that was started with pipes, whatever it is at, and return its exit code."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            end_of(pipe).close()
    return process.wait()


def limit_time(seconds: float) -> None:
    """Let the kernel end this process when it has worked so long: no code of ours need get its turn for that."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def limit_memory(bytes_most: int) -> None:
    """Let this process take so much more memory than it has now."""
    try:
        import resource  # noqa: PLC0415 (Unix alone has it)

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + bytes_most
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        return


def shut_in() -> None:
    """Let this process open nothing more (no file, no connection), write no file, start no process, leave no core."""
    try:
        import resource  # noqa: PLC0415 (as above)

        for name in ("RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NPROC"):
            if hasattr(resource, name):
                resource.setrlimit(getattr(resource, name), (0, 0))
    except (ImportError, OSError, ValueError):
        return


def send(pipe: BinaryIO, content: bytes) -> None:
    """Write one message: its length, then its bytes."""
    pipe.write(_SIZE.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def receive(pipe: BinaryIO, bytes_most: int = sys.maxsize) -> bytes:
    """Read one message. Raises EOFError when the other side is gone, ValueError when it says too much."""
    size = _SIZE.unpack(_exactly(pipe, _SIZE.size))[0]
    if size > bytes_most:
        sentence = f"an answer of {size} bytes"
        raise ValueError(sentence)
    return _exactly(pipe, size)


def end_of(pipe: object) -> BinaryIO:
    """Return a pipe of a process that was started with pipes."""
    return pipe  # type: ignore[return-value]


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return content
