"""`currents articles`, `show`, `pick`, `spike`."""

import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import click

from composer.app import open_newsroom
from composer.cli import screen
from composer.errors import UsageError
from composer.model import Article, ArticleQuery, ArticleState
from composer.text import count_words, cut

MARKS = {"new": "", "picked": "✓", "spiked": "✗"}
NUMBERS = click.argument("numbers", metavar="N...", type=int, nargs=-1, required=True)


@click.command()
@click.argument("words", nargs=-1)
@click.option("--since", metavar="WHEN", help="From this day (2026-03-01), or the last 7d, 2w, 36h.")
@click.option("--source", "source_id", metavar="N", type=int, help="Only from this source.")
@click.option("--state", type=click.Choice([*get_args(ArticleState), "all"]), help="Else new and picked ones.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many at most.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def articles(  # noqa: PLR0913, PLR0917 (one parameter an option)
    newsletter: str | None,
    words: tuple[str, ...],
    since: str | None,
    source_id: int | None,
    state: str | None,
    limit: int,
    json_: bool,  # noqa: FBT001 (click passes flags by position)
) -> None:
    """List articles, newest first. WORDS search the full text: salt, "price of salt", -roads, tra*, salt OR sugar."""
    with open_newsroom(newsletter) as room:
        zone = room.settings.timezone
        query = ArticleQuery(
            words=" ".join(words),
            since=_since(since, room.clock(), zone) if since else None,
            source_id=source_id,
            states=_states(state),
            limit=limit,
        )
        found = room.store.articles.list(query)
    if json_:
        screen.as_json([_as_json(article) for article in found])
        return
    if not found:
        screen.note("no article fits")
        return
    screen.table(("", "", "date", "outlet", "headline"), [_row(article, zone) for article in found])
    if len(found) == limit:
        screen.note(f"the newest {limit}; --limit shows more")


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(newsletter: str | None, number: int, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Read article N."""
    with open_newsroom(newsletter) as room:
        article = room.store.articles.get(number)
        zone = room.settings.timezone
    if json_:
        screen.as_json(_as_json(article))
        return
    screen.say(article.title, bold=True)
    for line in _about(article, zone):
        screen.say(line)
    screen.say()
    screen.say(article.text or article.summary or "(the source gave no text)")


@click.command()
@NUMBERS
@click.option("--undo", is_flag=True, help="Put them back among the new ones.")
@click.pass_obj
def pick(newsletter: str | None, numbers: tuple[int, ...], undo: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Choose articles N for the next edition."""
    _mark(newsletter, numbers, "new" if undo else "picked")


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


def _states(state: str | None) -> tuple[ArticleState, ...]:
    every: tuple[ArticleState, ...] = get_args(ArticleState)
    if state is None:
        return "new", "picked"
    return every if state == "all" else tuple(one for one in every if one == state)


def _since(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Read a day in the newsletter's zone, or a span back from now."""
    if span := re.fullmatch(r"(\d{1,5})([hdw])", words):
        hours = int(span.group(1)) * {"h": 1, "d": 24, "w": 168}[span.group(2)]
        return now - timedelta(hours=hours)
    try:
        return datetime.strptime(words, "%Y-%m-%d").replace(tzinfo=zone).astimezone(UTC)
    except ValueError:
        raise UsageError(f"--since {words}: give a day such as 2026-03-01, or a span such as 7d, 2w, 36h") from None


def _row(article: Article, zone: ZoneInfo) -> tuple[str, str, str, str, str]:
    return str(article.id), MARKS[article.state], _day(article, zone), cut(article.outlet, 28), article.title


def _day(article: Article, zone: ZoneInfo) -> str:
    moment = article.published or article.first_seen
    return f"{moment.astimezone(zone):%Y-%m-%d}" if moment else ""


def _about(article: Article, zone: ZoneInfo) -> list[str]:
    lines = [
        " · ".join(part for part in (article.outlet, ", ".join(article.authors), _day(article, zone)) if part),
        article.url,
        f"{count_words(article.text)} words, {article.state}" + (f", {article.lang}" if article.lang else ""),
    ]
    if photo := article.picture:
        credit = f"({photo.credit})" if photo.credit else ""
        said = " ".join(part for part in (photo.caption or photo.alt, credit) if part)
        lines.append(f"photo: {photo.url}" + (f" {said}" if said else ""))
    return [line for line in lines if line]


def _as_json(article: Article) -> dict[str, Any]:
    times = {name: getattr(article, name) for name in ("published", "first_seen")}
    return {**asdict(article), **{name: moment.isoformat() if moment else None for name, moment in times.items()}}
