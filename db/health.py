"""How the store is doing, and what can be mended. A store that cannot even be opened is a finding, never an error."""

import contextlib
import os
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from composer.errors import ComposerError
from composer.model import Finding
from db import around, engine, inside, schema
from db.cases import Case, error, fine, note, warning
from db.mending import MENDS
from db.schema import OURS

_PATIENCE_SECONDS = 1  # a store that others keep to themselves is looked at another time

_COPY = "put a copy of the store in its place"  # as db.engine words it
_HELD = "another program has held it"  # as above
_REFUSED = "refused: "  # as above


def findings(case: Case) -> tuple[Finding, ...]:
    """Look at everything; one finding a check. Nothing is raised, and nothing is changed."""
    inner = tuple(_inside(case))
    return (*inner, *(_looked(case, check, partial(look, case)) for check, look in around.CHECKS))


def mend(case: Case, checks: Collection[str]) -> tuple[str, ...]:
    """Mend what these checks found, and return a line for each that could not be mended."""
    return tuple(line for check, act in MENDS.items() if check in checks for line in _tried(case, act))


def _tried(case: Case, act: Callable[[Case], None]) -> Iterator[str]:
    try:
        act(case)
    except ComposerError as trouble:
        yield str(trouble)


def _inside(case: Case) -> Iterator[Finding]:
    with contextlib.ExitStack() as opened:
        connections: list[Any] = []

        def look() -> Finding:
            if not case.path.is_file() or not case.path.stat().st_size:
                return _absent(case)
            connection = engine.connect(case.path, _PATIENCE_SECONDS)
            connections.append(opened.enter_context(contextlib.closing(connection)))
            return _version(connections[0], case)

        found = _looked(case, "version", look)
        yield found
        if connections and found.severity != "error":
            yield from _examined(connections[0], case)


def _examined(connection: Any, case: Case) -> Iterator[Finding]:  # noqa: ANN401 — a connection of either library
    """Look inside, but no further into a damaged file: what is read there says nothing, and mending would harm it."""
    for check, look in inside.checks(inside.version(connection)):
        found = _looked(case, check, partial(look, connection, case))
        yield found
        if check == "integrity" and found.severity == "error" and not found.mendable:
            return


def _looked(case: Case, check: str, look: Callable[[], Finding]) -> Finding:
    """Return what a look finds; what keeps it from looking is the finding."""
    try:
        with engine.plainly(case.path):
            return _allowed(case, check, look)
    except ComposerError as trouble:
        said = str(trouble).removeprefix(f"{case.path}: ").replace(_COPY, case.way_back())
        if _HELD in said:
            said = "another program keeps the store to itself; let that one finish, then look again"
        if said.startswith(_REFUSED):
            said = f"cannot be read ({said.removeprefix(_REFUSED)}); {case.way_back()}"
        return error(check, said)


def _allowed(case: Case, check: str, look: Callable[[], Finding]) -> Finding:
    """Return what a look finds, or which file the system keeps from us."""
    try:
        return look()
    except OSError as trouble:
        place = case.shown(Path(trouble.filename or case.path))
        return error(check, f"{place} cannot be looked at ({trouble.strerror}); see to its owner and permissions")


def _absent(case: Case) -> Finding:
    """Tell a newsletter that has not begun from one that lost its store."""
    if os.path.lexists(case.path) and not case.path.is_file():
        return error("version", f"{case.shown(case.path)} is no file; move it away, then {case.way_back()}")
    what = "empty" if case.path.exists() else "missing"
    traces = [*case.copies.glob("*"), *case.path.parent.glob(f"{case.path.name}?*")]
    if traces:
        return error("version", f"{case.shown(case.path)} is {what}, yet there was one; {case.way_back()}")
    return note("version", "no store yet; the first command that keeps something makes it")


def _version(connection: Any, case: Case) -> Finding:  # noqa: ANN401 — as above
    number = inside.version(connection)
    if connection.execute("PRAGMA application_id").fetchone()[0] != OURS:
        return error("version", f"a SQLite file, but no store of Currents; move it away, then {case.way_back()}")
    if number > schema.HEAD:
        return error("version", f"version {number}, written by a newer Currents; update Currents")
    if number < schema.HEAD:
        said = f"version {number}, this Currents knows {schema.HEAD}; the next command upgrades it, `--fix` does it now"
        return warning("version", said, mendable=True)
    return fine("version", f"store version {number}")
