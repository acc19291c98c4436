"""Rendered files that are looked at once and kept: `UPDATE_GOLDEN=1 make test` writes them anew."""

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "golden"


def check_golden(name: str, words: str) -> None:
    """Fail unless a rendered file is byte for byte the kept one."""
    file = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(words.encode())
    assert file.is_file(), f"{file} is not there yet: look at the output, then run with UPDATE_GOLDEN=1"
    kept = file.read_bytes().decode()
    assert words == kept, f"{file.name} has changed: look at it in a browser, then run with UPDATE_GOLDEN=1"
