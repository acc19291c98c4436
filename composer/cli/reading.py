"""`currents articles`, `show`, `pick`, `spike`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args
from zoneinfo import ZoneInfo

import click

from composer.app import Newsroom, open_newsroom
from composer.choice import Rerun
from composer.cli import screen
from composer.cli.differing import show_drift
from composer.cli.running import rerun_json
from composer.cli.spans import since_of
from composer.cli.wording import INDENT, MARKS, about, article_json, day, earlier, found_json, line
from composer.desk.choosing.morgue import open_morgue
from composer.desk.standing import holders, pick_again
from composer.desk.standing import pick as pick_articles
from composer.errors import NotFoundError, UsageError
from composer.model import Article, ArticleQuery, ArticleState, Edition, Found, Version
from composer.text import cut

NUMBERS = click.argument("numbers", metavar="N...", type=int, nargs=-1, required=True)


@click.command()
@click.argument("words", nargs=-1)
@click.option("--since", metavar="WHEN", help="From this day (2026-03-01), or the last 7d, 2w, 36h.")
@click.option("--source", "source_id", metavar="N", type=int, help="Only from this source.")
@click.option("--state", type=click.Choice([*get_args(ArticleState), "all"]), help="Else new and picked ones.")
@click.option("--ranked", is_flag=True, help="Best match first instead of newest; needs WORDS.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many at most.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def articles(  # noqa: PLR0913, PLR0917 (one parameter an option)
    newsletter: str | None,
    words: tuple[str, ...],
    since: str | None,
    source_id: int | None,
    state: str | None,
    ranked: bool,  # noqa: FBT001 (click passes flags by position)
    limit: int,
    json_: bool,  # noqa: FBT001 (as above)
) -> None:
    """List articles, newest first. WORDS search the full text: salt, "price of salt", -roads, tra*, salt OR sugar."""
    if ranked and not words:
        raise UsageError("--ranked needs words to rank by: currents articles --ranked salt")
    with open_newsroom(newsletter) as room:
        zone = room.settings.timezone
        query = ArticleQuery(
            words=" ".join(words),
            ranked=ranked,
            since=since_of(since, room.clock(), zone) if since else None,
            source_id=source_id,
            states=_states(state),
            limit=limit,
        )
        found = room.store.articles.search(query) if words else _listed(room.store.articles.list(query))
        ran = open_morgue(room.store, room.settings).among([one.article for one in found])
    if json_:
        screen.as_json([_json(one, ran.get(one.article.id), searched=bool(words)) for one in found])
    elif not found:
        screen.note("no article fits")
    else:
        _print(found, query, zone, ran)


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--version", "earlier_number", metavar="K", type=int, help="Read how it stood before a change.")
@click.option("--diff", is_flag=True, help="Show word by word how it has changed since it was picked.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(newsletter: str | None, /, number: int, earlier_number: int | None, **flags: bool) -> None:
    """Read article N, and see which other outlets print the same words."""
    from composer.desk.choosing.stories import others  # noqa: PLC0415 (courlan is slow to import, and lists do not need it)

    json_ = flags["json_"]
    with open_newsroom(newsletter) as room:
        if flags["diff"]:
            show_drift(room, number, json_=json_)
            return
        article = room.store.articles.get(number)
        versions = room.store.articles.versions(number)
        ran = open_morgue(room.store, room.settings).among([article]).get(number)
        told = others(room.store, article)
        zone = room.settings.timezone
    if earlier_number is not None:
        _print_version(_version(versions, number, earlier_number), zone, json_=json_)
        return
    if json_:
        its = {
            "earlier": [_version_json(one) for one in versions],
            "ran": rerun_json(ran),
            "also_told_by": _others_json(told),
        }
        screen.as_json({**article_json(article), **its})
        return
    screen.say(article.title, bold=True)
    besides = (earlier(versions, zone), _others(told), f"it {ran.sentence}" if ran else "")
    for said in (*about(article, zone), *filter(None, besides)):
        screen.say(said)
    screen.say()
    screen.say(article.text or article.summary or "(the source gave no text)")


@click.command()
@NUMBERS
@click.option("--undo", is_flag=True, help="Put them back among the new ones.")
@click.option("--again", is_flag=True, help="Take them as they stand now, after their publisher changed them.")
@click.pass_obj
def pick(newsletter: str | None, /, numbers: tuple[int, ...], **flags: bool) -> None:
    """Choose articles N for the next edition; each is kept as it stands, whatever its publisher does later."""
    if flags["undo"] and flags["again"]:
        raise UsageError("--undo puts articles back, --again takes them as they stand now; give one of them")
    if flags["undo"]:
        _mark(newsletter, numbers, "new")
        return
    with open_newsroom(newsletter) as room:
        if flags["again"]:
            pick_again(room.store, numbers, room.clock())
        else:
            pick_articles(room.store, numbers, room.clock())
        picked = [room.store.articles.get(number) for number in numbers]
        ran = open_morgue(room.store, room.settings).among(picked)
        held = _held(room, ran)
        for one in picked:
            screen.say(f"{one.id:>4}  {'taken as it stands' if flags['again'] else one.state}: {one.title}")
            if run := ran.get(one.id):
                screen.note(f"      it {run.sentence}")
            if edition := held.get(one.id):
                mend = f"a new draft takes it only with --pick {one.id}"
                screen.note(f"      edition {edition.id} has it already; {mend}")


def _held(room: Newsroom, ran: Mapping[int, Rerun]) -> Mapping[int, Edition]:
    """Return the edition that stands on an article: a draft, or one that the article ran in."""
    published = {run.edition_id for run in ran.values()}
    return holders(
        room.store, (one for one in room.store.editions.all() if one.status == "draft" or one.id in published)
    )


@click.command()
@NUMBERS
@click.option("--undo", is_flag=True, help="Put them back among the new ones.")
@click.pass_obj
def spike(newsletter: str | None, numbers: tuple[int, ...], undo: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Set articles N aside for good; a later visit does not bring them back."""
    _mark(newsletter, numbers, "new" if undo else "spiked")


def _mark(newsletter: str | None, numbers: tuple[int, ...], state: ArticleState) -> None:
    with open_newsroom(newsletter) as room:
        room.store.articles.mark(numbers, state)
        for number in numbers:
            screen.say(f"{number:>4}  {state}: {room.store.articles.get(number).title}")


def _listed(found: Sequence[Article]) -> tuple[Found, ...]:
    return tuple(Found(article=article) for article in found)


def _others(told: Sequence[Article]) -> str:
    """Return who else tells a story."""
    named = ", ".join(f"{one.outlet or one.title} ({one.id})" for one in told)
    return f"also told by: {named}" if named else ""


def _others_json(told: Sequence[Article]) -> list[dict[str, Any]]:
    return [{"id": one.id, "outlet": one.outlet, "title": one.title, "url": one.url} for one in told]


def _json(found: Found, run: Rerun | None, *, searched: bool) -> dict[str, Any]:
    return {**(found_json(found) if searched else article_json(found.article)), "ran": rerun_json(run)}


def _print(found: Sequence[Found], query: ArticleQuery, zone: ZoneInfo, ran: Mapping[int, Rerun]) -> None:
    if query.words:
        for one in found:
            _print_found(one, zone, ran.get(one.article.id))
    elif ran:
        rows = [_row_that_may_have_run(one.article, zone, ran.get(one.article.id)) for one in found]
        screen.table(("", "", "date", "ran", "outlet", "headline"), rows)
    else:
        screen.table(("", "", "date", "outlet", "headline"), [_row(one.article, zone) for one in found])
    if len(found) == query.limit:
        screen.note(f"the {'best' if query.ranked else 'newest'} {query.limit}; --limit shows more")


def _print_found(found: Found, zone: ZoneInfo, run: Rerun | None) -> None:
    screen.say(line(found.article, zone))
    if run:
        screen.say(INDENT + run.sentence)
    if found.snippet:
        screen.marked([(INDENT, False), *((re.sub(r"\s+", " ", words), mark) for words, mark in found.snippet)])


def _version(versions: Sequence[Version], article_id: int, number: int) -> Version:
    found = next((one for one in versions if one.number == number), None)
    if found is None:
        kept = ", ".join(str(one.number) for one in versions) or "none"
        raise NotFoundError(f"article {article_id} has no earlier version {number}; kept: {kept}")
    return found


def _print_version(version: Version, zone: ZoneInfo, *, json_: bool) -> None:
    if json_:
        screen.as_json(_version_json(version))
        return
    screen.say(version.title, bold=True)
    seen = version.seen_at.astimezone(zone)
    screen.say(f"version {version.number} of article {version.article_id}, seen {seen:%Y-%m-%d %H:%M}")
    screen.say()
    screen.say(version.text or "(the source gave no text)")


def _version_json(version: Version) -> dict[str, str | int]:
    return {
        "number": version.number,
        "seen_at": version.seen_at.isoformat(),
        "title": version.title,
        "text": version.text,
    }


def _states(state: str | None) -> tuple[ArticleState, ...]:
    every: tuple[ArticleState, ...] = get_args(ArticleState)
    if state is None:
        return "new", "picked"
    return every if state == "all" else tuple(one for one in every if one == state)


def _row(article: Article, zone: ZoneInfo) -> tuple[str, str, str, str, str]:
    return str(article.id), MARKS[article.state], day(article, zone), cut(article.outlet, 28), article.title


def _row_that_may_have_run(article: Article, zone: ZoneInfo, run: Rerun | None) -> tuple[str, ...]:
    number, mark, date, *rest = _row(article, zone)
    where = f"{'edition' if run.is_story else 'link in'} {run.edition_id}" if run else ""
    return number, mark, date, where, *rest
