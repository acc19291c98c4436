"""`currents draft`, `editions`."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.bureau import Wish, asks_a_model, commissioned
from composer.cli.glance import plural
from composer.cli.remarks import path_of, place
from composer.desk.drafting import begin, compose
from composer.desk.revising import Copy
from composer.desk.standing import pick
from composer.errors import UsageError
from composer.lifecycle import spoken
from composer.model import Article, Edition, Profile
from composer.profiles import PICKS

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("title", required=False)
@click.option("--pick", "numbers", metavar="N", type=int, multiple=True, help="An article to brief; may be repeated.")
@click.option("--auto", metavar="K", type=click.IntRange(1, 100), help="Fill up to K stories with `currents suggest`.")
@click.option("--from", "file", type=FILE, help="A manuscript to begin from.")
@click.option("--profile", metavar="NAME", help="What kind of edition; `currents profiles` lists them.")
@asks_a_model
@click.pass_obj
def draft(  # noqa: PLR0913 (an option each)
    newsletter: str | None,
    title: str | None,
    numbers: tuple[int, ...],
    auto: int | None,
    file: Path | None,
    profile: str | None,
    *,
    wish: Wish,
) -> None:
    """Begin an edition: TITLE, with every article given by --pick as a brief.

    Without --pick it takes the articles that `currents pick` chose and that no edition has used. With --auto it takes
    both, and fills up with suggested stories that did not run before. What only you can write stands as TK until you
    write it. With --model a language model drafts the briefs (see docs/models.md).
    """
    if bool(title) == bool(file):
        raise UsageError("draft needs a TITLE, or --from FILE for a manuscript that is written already")
    if file and (auto or numbers):
        raise UsageError("--from takes the manuscript as it is; --pick and --auto go with a TITLE")
    if file and profile:
        raise UsageError("--profile lays out a new edition; a manuscript names its own in its header (`profile:`)")
    if file and wish.model:
        raise UsageError("--model drafts the briefs of picked articles; with --from use `currents rewrite` afterwards")
    with open_newsroom(newsletter) as room:
        if file:
            text = _read(file)
        else:
            form = room.profile(profile or room.settings.profile)
            articles = _chosen(room, numbers, auto)
            text = commissioned(room, _composed(room, title or "", articles, form), wish)
        copy = begin(room.desk, text, uid=room.new_uid())
        copy = _with_notes(room, copy) if title else copy
        kind = next((kind for kind in PICKS if copy.manuscript.of(kind)), PICKS[0])
        where = f"{path_of(room, copy.edition)}, {plural(len(copy.manuscript.of(kind)), kind)}"
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


def _chosen(room: Newsroom, numbers: Sequence[int], auto: int | None) -> list[Article]:
    from composer.cli.choosing import chosen_for  # noqa: PLC0415 (courlan is slow to import, and lists do not need it)

    return [choice.article for choice in chosen_for(room, numbers, auto)]


def _composed(room: Newsroom, title: str, articles: Sequence[Article], form: Profile) -> str:
    text = compose(title, articles, settings=room.settings, profile=form, today=room.today())
    pick(room.store, [article.id for article in articles], room.clock())
    return text


def _with_notes(room: Newsroom, copy: Copy) -> Copy:
    from composer.cli.correcting import carried, say_carried  # noqa: PLC0415 (what publishes; lists do not need it)

    copy, told = carried(room, copy)
    say_carried(copy, told)
    return copy


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _report(copy: Copy) -> None:
    """Name what the parser stumbled over, and how many places wait."""
    for problem in copy.problems:
        screen.note(place(copy.edition, problem))
    waiting = copy.revision.text.count("TK")
    if waiting:
        screen.note(f"{plural(waiting, 'TK place')} to write; `currents edit {copy.edition.id}` opens it")


def _row(room: Newsroom, edition: Edition, zone: ZoneInfo) -> tuple[str, ...]:
    out = f"{edition.published_at.astimezone(zone):%Y-%m-%d}" if edition.published_at else "–"
    return str(edition.id), spoken(edition.status), out, str(edition.revision), path_of(room, edition), edition.title


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
