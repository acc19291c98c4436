"""The stores that one suite holds to the same answers: the real one in a file, and the fake in memory."""

from pathlib import Path

from fakes import MemoryStore

from composer.ports import Store
from db import open_store


def in_a_file(folder: Path) -> Store:
    return open_store(folder / "db" / "newsletter.sqlite3")


def in_memory(_: Path) -> Store:
    return MemoryStore()
