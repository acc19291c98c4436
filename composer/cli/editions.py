"""`currents draft`, `editions`, `edit`."""

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
from composer.cli.differing import both_shown
from composer.desk.drafting import Copy, begin, compose, used_articles
from composer.desk.revising import Sitting, bring_home, sitting
from composer.desk.standing import pick
from composer.errors import ComposerError, UsageError
from composer.model import Article, ArticleQuery, Edition, Remark

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
EDITORS = ("sensible-editor", "nano", "vim", "vi")


@click.command()
@click.argument("title", required=False)
@click.option("--pick", "numbers", metavar="N", type=int, multiple=True, help="An article to brief; may be repeated.")
@click.option("--from", "file", type=FILE, help="A manuscript to begin from.")
@click.pass_obj
def draft(newsletter: str | None, title: str | None, numbers: tuple[int, ...], file: Path | None) -> None:
    """Begin an edition: TITLE, with every article given by --pick as a brief.

    Without --pick it takes the articles that `currents pick` chose and that no edition has used. What only you can
    write stands as TK until you write it.
    """
    if bool(title) == bool(file):
        raise UsageError("draft needs a TITLE, or --from FILE for a manuscript that is written already")
    with open_newsroom(newsletter) as room:
        copy = begin(room.desk, _read(file) if file else _composed(room, title or "", numbers), uid=room.new_uid())
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
        with sitting(room.desk, number) as sat:
            before = sat.begun
            _say_where(room, sat)
            _write(room.root / "editions" / sat.filename)
        with both_shown():
            copy = bring_home(room.desk, sat)
        if copy.revision.number == before.revision.number:
            screen.say(f"{_path(room, copy.edition)}: unchanged, revision {copy.revision.number}")
        else:
            screen.say(f"{_path(room, copy.edition)}: kept as revision {copy.revision.number}")
        _report(copy)


def _say_where(room: Newsroom, sat: Sitting) -> None:
    """Say that somebody else has the manuscript open, and which texts wait that were never brought home."""
    manuscript = sat.begun.edition.filename
    if sat.filename != manuscript:
        screen.note(f"somebody has editions/{manuscript} open; you write in editions/{sat.filename} meanwhile")
    for left in sorted((room.root / "editions").glob(f"{manuscript.removesuffix('.md')}.mine-*.md")):
        if left.name != sat.filename:
            screen.note(f"editions/{left.name}: a text that was never brought home; delete it once you need it no more")


def _composed(room: Newsroom, title: str, numbers: Sequence[int]) -> str:
    chosen = _chosen(room, numbers)
    profile = room.profile(room.settings.profile)
    text = compose(title, chosen, settings=room.settings, profile=profile, today=room.today())
    pick(room.store, [article.id for article in chosen], room.clock())
    return text


def _chosen(room: Newsroom, numbers: Sequence[int]) -> list[Article]:
    if numbers:
        return [room.store.articles.get(number) for number in dict.fromkeys(numbers)]
    used = used_articles(room.store)
    picked = room.store.articles.list(ArticleQuery(states=("picked",), limit=1000))
    return [article for article in reversed(picked) if article.id not in used]


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
