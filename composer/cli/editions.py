"""`currents draft`, `editions`, `edit`, `revisions`."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.desk.drafting import Copy, begin, compose, take_in
from composer.errors import ComposerError, UsageError
from composer.model import Edition, Remark

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
EDITORS = ("sensible-editor", "nano", "vim", "vi")


@click.command()
@click.argument("title", required=False)
@click.option("--pick", "numbers", metavar="N", type=int, multiple=True, help="An article to brief; may be repeated.")
@click.option("--auto", metavar="K", type=click.IntRange(1, 100), help="Fill up to K stories with `currents suggest`.")
@click.option("--from", "file", type=FILE, help="A manuscript to begin from.")
@click.pass_obj
def draft(
    newsletter: str | None, title: str | None, numbers: tuple[int, ...], auto: int | None, file: Path | None
) -> None:
    """Begin an edition: TITLE, with every article given by --pick as a brief.

    Without --pick it takes the articles that `currents pick` chose and that no edition has used. With --auto it takes
    both, and fills up with suggested stories that did not run before. What only you can write stands as TK until you
    write it.
    """
    if bool(title) == bool(file):
        raise UsageError("draft needs a TITLE, or --from FILE for a manuscript that is written already")
    if file and (auto or numbers):
        raise UsageError("--from takes the manuscript as it is; --pick and --auto go with a TITLE")
    with open_newsroom(newsletter) as room:
        text = _read(file) if file else _composed(room, title or "", numbers, auto)
        copy = begin(room.desk, text, uid=room.new_uid())
        briefs = len(copy.manuscript.of("brief"))
        where = f"{_path(room, copy.edition)}, {_count(briefs, 'brief')}"
        screen.say(f"{copy.edition.id:>4}  {copy.edition.title}: {where}")
        _report(copy)


@click.command()
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def editions(newsletter: str | None, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """List the editions, newest first."""
    with open_newsroom(newsletter) as room:
        shelf = room.store.editions.all()
        if json_:
            screen.as_json([_as_json(edition) for edition in shelf])
            return
        if not shelf:
            screen.note('no edition yet; `currents draft "TITLE"` begins one')
            return
        zone = room.settings.timezone
        rows = [_row(room, edition, zone) for edition in shelf]
        screen.table(("", "status", "published", "revision", "manuscript", "title"), rows)


@click.command()
@click.argument("number", metavar="N", type=int)
@click.pass_obj
def edit(newsletter: str | None, number: int) -> None:
    """Open edition N in $VISUAL or $EDITOR; what you save is kept as a new revision."""
    with open_newsroom(newsletter) as room:
        before = take_in(room.desk, number)
        _write(room.root / "editions" / before.edition.filename)
        copy = take_in(room.desk, number)
        if copy.revision.number == before.revision.number:
            screen.say(f"{_path(room, copy.edition)}: unchanged, revision {copy.revision.number}")
        else:
            screen.say(f"{_path(room, copy.edition)}: kept as revision {copy.revision.number}")
        _report(copy)


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--show", "shown", metavar="R", type=int, help="Print revision R's text.")
@click.pass_obj
def revisions(newsletter: str | None, number: int, shown: int | None) -> None:
    """List every saved text of edition N, or print one: nothing typed is ever lost."""
    with open_newsroom(newsletter) as room:
        if shown is not None:
            screen.raw(room.store.editions.revision(number, shown).text)
            return
        room.store.editions.get(number)
        zone = room.settings.timezone
        rows = [
            (str(one.number), f"{one.saved_at.astimezone(zone):%Y-%m-%d %H:%M:%S}", one.sha256[:12], one.message)
            for one in room.store.editions.revisions(number)
        ]
        screen.table(("", "saved", "sha256", ""), rows)


def _composed(room: Newsroom, title: str, numbers: Sequence[int], auto: int | None) -> str:
    from composer.cli.choosing import chosen_for  # noqa: PLC0415 (courlan is slow to import, and lists do not need it)

    chosen = tuple(chosen_for(room, numbers, auto))
    profile = room.profile(room.settings.profile)
    articles = [choice.article for choice in chosen]
    text = compose(title, articles, settings=room.settings, profile=profile, today=room.today())
    room.store.articles.mark([article.id for article in articles], "picked")
    return text


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _write(path: Path) -> None:
    """Let the editor write. Raises UsageError when there is no program for it, ComposerError when it failed."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(shutil.which, EDITORS), "")
    if not command:
        raise UsageError(f"no editor is set; set $EDITOR, or write in {path} with whatever you like")
    try:
        left = subprocess.run([*shlex.split(command), str(path)], check=False).returncode  # noqa: S603 (the editor's own editor)
    except (FileNotFoundError, PermissionError, ValueError) as error:
        raise UsageError(f"{command}: cannot be started ({error}); set $EDITOR, or write in {path}") from None
    if left != 0:
        raise ComposerError(f"{command} ended with {left}; {path} is as it left it")


def _report(copy: Copy) -> None:
    """Name what the parser stumbled over, and how many places wait."""
    for problem in copy.problems:
        screen.note(place(copy.edition, problem))
    waiting = copy.revision.text.count("TK")
    if waiting:
        screen.note(f"{_count(waiting, 'TK place')} to write; `currents edit {copy.edition.id}` opens it")


def place(edition: Edition, remark: Remark) -> str:
    """Return a remark as `file:line RULE severity: message`."""
    line = f":{remark.line}" if remark.line else ""
    return f"editions/{edition.filename}{line}: {remark.severity} {remark.rule}: {remark.message}"


def _path(room: Newsroom, edition: Edition) -> str:
    path = room.root / "editions" / edition.filename
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _row(room: Newsroom, edition: Edition, zone: ZoneInfo) -> tuple[str, ...]:
    out = f"{edition.published_at.astimezone(zone):%Y-%m-%d}" if edition.published_at else "–"
    return str(edition.id), edition.status, out, str(edition.revision), _path(room, edition), edition.title


def _as_json(edition: Edition) -> dict[str, str | int | None]:
    times = {name: getattr(edition, name) for name in ("created_at", "published_at", "updated_at")}
    return {
        "id": edition.id,
        "uid": edition.uid,
        "slug": edition.slug,
        "title": edition.title,
        "status": edition.status,
        "revision": edition.revision,
        "manuscript": f"editions/{edition.filename}",
        **{name: moment.isoformat() if moment else None for name, moment in times.items()},
    }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
