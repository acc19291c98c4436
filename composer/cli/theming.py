"""`currents theme`: which themes there are, how one begins, and what is wrong with one."""

from dataclasses import asdict
from pathlib import Path

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.rendering.checking import Report
from composer.rendering.legibility import Contrast
from composer.rendering.shelf import EXAMPLE, Standing
from composer.rendering.tokens import CONTRAST_LEAST, FILE


@click.group(invoke_without_command=True)
@click.pass_context
def theme(ctx: click.Context) -> None:
    """List the themes, begin one of your own, or look one over."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing, json_=False)


@theme.command("list")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_context
def listing(ctx: click.Context, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """List the themes: shipped or own, what each extends, what it is, where it lies.

    Exit code 1 when one cannot be read.
    """
    with open_newsroom(ctx.obj) as room:
        found = room.themes()
        if json_:
            screen.as_json([asdict(one) | {"folders": [str(folder) for folder in one.folders]} for one in found])
        else:
            screen.table(("theme", "", "extends", "what it is", "where"), [_row(room, one) for one in found])
    for problem in filter(None, (one.problem for one in found)):
        screen.complain(problem)
    if any(one.problem for one in found):
        ctx.exit(1)


@theme.command()
@click.argument("name", metavar="NAME")
@click.option("--from", "base", default="currents", show_default=True, metavar="THEME", help="The theme to begin from.")
@click.pass_obj
def new(newsletter: str | None, name: str, base: str) -> None:
    """Begin a theme of your own in templates/NAME: it looks like THEME until you change it.

    theme.toml lists every token, commented out; one part lies beside it as an example. Nothing is written over.
    """
    with open_newsroom(newsletter) as room:
        folder = room.begin_theme(name, base)
        shown = _near(room, folder)
    screen.say(f"{shown / FILE}: written; take the # away from what you want to change")
    if (folder / EXAMPLE).exists():
        screen.say(f"{shown / EXAMPLE}: one part to begin with; without the file, {base}'s is printed")
    screen.say(f'next: theme = "{name}" in newsletter.toml, currents theme check {name}, currents preview')


@theme.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_context
def check(ctx: click.Context, name: str | None, json_: bool) -> None:  # noqa: FBT001 (as above)
    """Look a theme over, by default the newsletter's: every mistake at once, with file and line.

    Every part is printed with every kind of block, from the left and from the right, and so are the pages. The table
    says how well words stand out from their ground (readers need 4.5): in the light and the dark palette, and where a
    client turns the light one around by force, wholly or by half. Exit code 1 when there is a mistake.
    """
    with open_newsroom(ctx.obj) as room:
        report = room.check_theme(name or room.settings.theme)
    if json_:
        screen.as_json(asdict(report))
    else:
        _show(report)
    if report.errors:
        ctx.exit(1)


def _row(room: Newsroom, one: Standing) -> tuple[str, ...]:
    whose = ", ".join(filter(None, ("own" if one.own else "shipped", "default" * (one.name == room.settings.theme))))
    where = ", ".join(str(_near(room, folder)) for folder in one.folders)
    return one.name, whose, ", ".join(one.extends), one.about or "cannot be read" * bool(one.problem), where


def _near(room: Newsroom, folder: Path) -> Path:
    return folder.relative_to(room.root) if folder.is_relative_to(room.root) else folder


def _show(report: Report) -> None:
    for fault in report.faults:
        screen.say(f"{fault}" if fault.severity == "error" else f"{fault} (warning)")
    if report.contrasts:
        rows = [_contrast(row) for row in report.contrasts]
        screen.table(("contrast", "light", "dark", "turned around", "by half"), rows)
    screen.say(f"{report.name}: {_tally(report)}")


def _contrast(row: Contrast) -> tuple[str, ...]:
    figures = (row.light, row.dark, row.turned, row.half_turned)
    said = (f"{figure:.1f}{' !' * (figure < CONTRAST_LEAST)}" for figure in figures)
    return f"{row.words} on {row.ground}", *said


def _tally(report: Report) -> str:
    errors, warnings = len(report.errors), len(report.faults) - len(report.errors)
    counts = ((errors, "mistake", "mistakes"), (warnings, "warning", "warnings"))
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return ", ".join(said) or f"{report.templates} templates, no mistakes"
