"""The only file that prints: results on stdout, remarks and progress on stderr.

Words from feeds may hold anything, terminal commands included: whatever is printed passes `_shown` first.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
WIDE = 160  # columns when nobody looks: a file or a pipe


def say(words: str = "", *, bold: bool = False) -> None:
    """Print a result."""
    click.echo(click.style(_shown(words), bold=True) if bold else _shown(words))


def note(words: str) -> None:
    """Print a remark beside the results, on stderr."""
    click.echo(_shown(words), err=True)


def complain(words: str) -> None:
    """Print what went wrong, on stderr."""
    click.echo(f"currents: {_shown(words)}", err=True)


def raw(words: str) -> None:
    """Print a text as it is, for a file or a pipe; on a terminal without control characters."""
    click.echo(_shown(words) if sys.stdout.isatty() else words, nl=False)


def as_json(value: Any) -> None:  # noqa: ANN401 (whatever JSON can hold)
    """Print a value for scripts."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns; the last column gives way first."""
    from rich.console import Console  # noqa: PLC0415 (rich only where a table is drawn)
    from rich.table import Table  # noqa: PLC0415 (as above)
    from rich.text import Text  # noqa: PLC0415 (as above)

    lines = list(rows)
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for number, name in enumerate(head):
        last = number == len(head) - 1
        grid.add_column(name, overflow="ellipsis" if last else "fold", no_wrap=True, ratio=1 if last else None)
    for row in lines:
        grid.add_row(*(Text(_shown(cell)) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(grid)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


@contextmanager
def progress(what: str, total: int) -> Iterator["Progress | None"]:
    """Show a bar on a terminal's stderr; elsewhere nothing."""
    if not sys.stderr.isatty() or total == 0:
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 (rich only where a bar is drawn)
    from rich.progress import Progress  # noqa: PLC0415 (as above)

    with Progress(console=Console(stderr=True), transient=True) as bar:
        bar.add_task(what, total=total)
        yield bar


def ask(question: str, *, default: bool) -> bool:
    """Ask for yes or no, on stderr."""
    return click.confirm(_shown(question), default=default, err=True)


def ask_words(question: str, default: str) -> str:
    """Ask for words, on stderr."""
    words: str = click.prompt(_shown(question), default=_shown(default), err=True)
    return words


def _shown(words: str) -> str:
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", words)
