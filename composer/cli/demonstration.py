"""`currents demo`: the whole way on the sample newsletter, with the very commands that an editor would type."""

import contextlib
import shlex
import shutil
from pathlib import Path

import click

from composer import resources
from composer.cli import screen
from composer.cli.folder import make_folders
from composer.errors import ConflictError, ProofError
from composer.settings import FILE

WAY = (
    "follow seeds/feeds.opml",
    "collect",
    "add seeds/pages/lost-names.html seeds/texts/the-last-typesetter.md",
    "articles --limit 6",
    "articles corridor --limit 3",
    "pick 1 2",
    'draft "A week of my own"',
    "proof 1",
    "draft --from seeds/editions/the-river-keeps-two-calendars.md",
    "draft --from seeds/editions/nobody-lives-in-a-corridor.md",
    "proof 3",
    "publish 2",
    "publish 3",
)
LOOK = (
    ("the mail", "outbox/mail/nobody-lives-in-a-corridor/email.html"),
    ("the mail as text", "outbox/mail/nobody-lives-in-a-corridor/email.txt"),
    ("the archive", "outbox/site/index.html"),
    ("the feed", "outbox/site/feed.xml"),
    ("the manuscript it all came from", "editions/nobody-lives-in-a-corridor.md"),
)


@click.command()
@click.argument("folder", metavar="[DIR]", default="currents-demo", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def demo(ctx: click.Context, folder: Path) -> None:
    """Make the sample newsletter Portolan in DIR and go the whole way: collect, draft, prove, publish. Offline."""
    if folder.exists() and any(folder.iterdir()):
        raise ConflictError(f"{folder}: not empty; name another folder, or delete this one")
    settle(folder)
    with contextlib.chdir(folder):
        for line in WAY:
            _run(ctx, line)
    _say_goodbye(folder)


def settle(folder: Path) -> None:
    """Copy the sample: settings to the top, everything else under seeds/."""
    make_folders(folder)
    shutil.copytree(resources.samples(), folder / "seeds", dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py*"))
    (folder / "seeds" / FILE).replace(folder / FILE)


def _run(ctx: click.Context, line: str) -> None:
    """Print a command as it would be typed, and run it."""
    screen.say(f"\n$ currents {line}", bold=True)
    name, *words = shlex.split(line)
    group = ctx.find_root().command
    if not isinstance(group, click.Group) or (command := group.get_command(ctx, name)) is None:
        raise click.UsageError(f"there is no command {name}", ctx)
    try:
        command.main(words, prog_name=f"currents {name}", standalone_mode=False, obj=".")
    except ProofError as error:
        screen.note(f"currents: {error}")


def _say_goodbye(folder: Path) -> None:
    screen.say("\nOpen these:", bold=True)
    for what, path in LOOK:
        screen.say(f"  {folder / path}  ({what})")
    screen.say("\nTry next:", bold=True)
    screen.say(f"  cd {shlex.quote(str(folder))}")
    for line in ("currents preview 3", "currents edit 1", "currents articles --since 2026-03-01"):
        screen.say(f"  {line}")
