"""`currents stories`: which articles tell the same story."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click

from composer.app import open_newsroom
from composer.choice import Story
from composer.cli import screen
from composer.cli.wording import line


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What is printed of the stories found."""

    stories: tuple[Story, ...]
    zone: ZoneInfo
    days: int


@click.command()
@click.option("--days", type=click.IntRange(1, 3650), default=14, show_default=True, help="How far back to look.")
@click.option("--all", "all_", is_flag=True, help="Also what one outlet alone told more than once.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def stories(newsletter: str | None, days: int, all_: bool, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """List the stories that several outlets tell, the most widely told first.

    Copies, shortened copies and reprints are found by their words, other editions of a page by their links. Two
    reports of one event in two writers' own words are not. Nothing is merged: pick the article that you want.
    """
    from composer.desk.choosing.stories import tell  # noqa: PLC0415 (courlan is slow to import)

    with open_newsroom(newsletter) as room:
        told = tell(room.store, room.clock() - timedelta(days=days))
        page = _Page(stories=told if all_ else _shared(told), zone=room.settings.timezone, days=days)
    if json_:
        screen.as_json([_as_json(story) for story in page.stories])
    else:
        _print(page)


def _shared(told: tuple[Story, ...]) -> tuple[Story, ...]:
    return tuple(story for story in told if len(story.outlets) > 1)


def _print(page: _Page) -> None:
    if not page.stories:
        screen.note(f"no story that several outlets tell in the last {page.days} days; --days N looks further back")
        return
    for number, story in enumerate(page.stories):
        if number:
            screen.say()
        screen.say(story.articles[0].title, bold=True)
        screen.say(_about(story))
        for article in story.articles:
            screen.say(line(article, page.zone))


def _about(story: Story) -> str:
    outlets = len(story.outlets)
    told = f"{outlets} outlets" if outlets > 1 else f"{len(story.articles)} times by one outlet"
    least = "at least " if story.likeness < 1 else ""
    return f"      {told}, {least}{int(story.likeness * 100)} % alike"


def _as_json(story: Story) -> dict[str, Any]:
    return {
        "title": story.articles[0].title,
        "outlets": list(story.outlets),
        "likeness": story.likeness,
        "articles": [
            {
                "id": one.id,
                "source_id": one.source_id,
                "outlet": one.outlet,
                "title": one.title,
                "url": one.url,
                "published": one.published.isoformat() if one.published else None,
                "state": one.state,
            }
            for one in story.articles
        ],
    }
