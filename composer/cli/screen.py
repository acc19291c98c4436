"""The only file that prints: results on stdout, remarks and progress on stderr.

Words from feeds may hold anything, terminal commands included: whatever is printed passes `_shown` first.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import click

from composer.differences import Mark

if TYPE_CHECKING:
    from rich.progress import Progress

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
WIDE = 160  # columns when nobody looks: a file or a pipe
CELL_LEAST = 6  # columns that the narrowest terminal leaves to a cell
Paint = Literal["", "head", "faint", "error", "warning", "info"]
_PAINTS: Mapping[Paint, Mapping[str, Any]] = MappingProxyType(
    {
        "": {},
        "head": {"bold": True},
        "faint": {"dim": True},
        "error": {"fg": "red", "bold": True},
        "warning": {"fg": "yellow"},
        "info": {"fg": "cyan"},
    }
)


def say(words: str = "", *, bold: bool = False) -> None:
    """Print a result."""
    click.echo(click.style(_shown(words), bold=True) if bold else _shown(words))


def marked(parts: Iterable[tuple[str, bool]]) -> None:
    """Print parts of one line; those that are marked stand out on a terminal."""
    click.echo("".join(click.style(_shown(words), bold=True) if mark else _shown(words) for words, mark in parts))


def painted(parts: Iterable[tuple[str, Paint]]) -> None:
    """Print parts of one line, each with its looks on a terminal; trailing blanks fall away."""
    there = list(parts)
    if there:
        there[-1] = there[-1][0].rstrip(), there[-1][1]
    click.echo("".join(_styled(_shown(words), **_PAINTS[paint]) for words, paint in there))


def columns() -> int | None:
    """Return how wide the terminal is that results go to; None when they go to a file or a pipe."""
    return get_terminal_size().columns if sys.stdout.isatty() else None


def _styled(words: str, **looks: Any) -> str:  # noqa: ANN401 (whatever click.style takes)
    if os.environ.get("NO_COLOR"):  # https://no-color.org: colours go, bold and dim may stay
        looks = {name: value for name, value in looks.items() if name != "fg"}
    return click.style(words, **looks) if looks else words


def compared(parts: Iterable[tuple[Mark, str]]) -> None:
    """Print words with what is out and what is new between marks, in colour on a terminal."""
    for_eyes = {"was": ("[-", "-]", "red"), "now": ("{+", "+}", "green")}
    said = []
    for mark, words in parts:
        before, after, colour = for_eyes.get(mark, ("", "", None))
        said.append(_styled(f"{before}{_shown(words)}{after}", fg=colour) if colour else _shown(words))
    click.echo("".join(said))


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


def json_line(value: Any) -> None:  # noqa: ANN401 (as above)
    """Print a value on a line of its own, at once, for scripts that read as it comes."""
    click.echo(json.dumps(value, ensure_ascii=False))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns; on a narrow terminal the widest gives way first."""
    from rich.cells import cell_len  # noqa: PLC0415 (rich only where a table is drawn)
    from rich.console import Console  # noqa: PLC0415 (as above)
    from rich.table import Table  # noqa: PLC0415 (as above)
    from rich.text import Text  # noqa: PLC0415 (as above)

    lines = [[_shown(cell) for cell in row] for row in rows]
    console = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, emoji=False)
    natural = [max(map(cell_len, column)) for column in zip(head, *lines, strict=True)]
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name, width in zip(head, _fitted(natural, console.width - 2 * len(head)), strict=True):
        grid.add_column(name, overflow="ellipsis", no_wrap=True, width=width)
    for row in lines:
        grid.add_row(*map(Text, row))
    with console.capture() as captured:
        console.print(grid)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def _fitted(widths: Sequence[int], room: int) -> list[int]:
    fitted = list(widths)
    while sum(fitted) > room and max(fitted) > CELL_LEAST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


class Bar:
    """What moves while something takes its time; by itself it shows nothing."""

    def begin(self, total: int) -> None:
        """Say how much there is to do."""

    def advance(self) -> None:
        """Count one as done."""


class _TerminalBar(Bar):
    def __init__(self, shown: "Progress", what: str) -> None:
        self._shown = shown
        self._task = shown.add_task(what, total=None, rate="")

    def begin(self, total: int) -> None:
        self._shown.update(self._task, total=total)

    def advance(self) -> None:
        speed = next(task.speed for task in self._shown.tasks if task.id == self._task)
        self._shown.update(self._task, advance=1, rate=f"{speed:.3g}/s" if speed else "")


@contextmanager
def progress(what: str) -> Iterator[Bar]:
    """Show a bar with rate and remaining time on a terminal's stderr; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield Bar()
        return
    from rich.console import Console  # noqa: PLC0415 (rich only where a bar is drawn)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    results = sys.stdout.isatty()  # elsewhere rich must not take results for its own
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=results) as bar:
        yield _TerminalBar(bar, what)


def ask(question: str, *, default: bool) -> bool:
    """Ask for yes or no, on stderr."""
    return click.confirm(_shown(question), default=default, err=True)


def ask_words(question: str, default: str) -> str:
    """Ask for words, on stderr."""
    words: str = click.prompt(_shown(question), default=_shown(default), err=True)
    return words


def ask_choice(question: str, choices: Sequence[str], default: str) -> str:
    """Ask for one of several words, or its first letter, on stderr."""
    while True:
        said = ask_words(f"{question} ({', '.join(choices)})", default).strip().lower()
        fits = [choice for choice in choices if said and choice.startswith(said)]
        if len(fits) == 1:
            return fits[0]


def wait_for_key(words: str) -> None:
    """Wait until the editor presses Enter."""
    click.prompt(_shown(words), default="", show_default=False, prompt_suffix=" ", err=True)


def _shown(words: str) -> str:
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", words)
