"""`currents suggest`: which stories the next edition could carry, and why they stand where they stand."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import click

from composer.app import open_newsroom
from composer.choice import Suggestion, Weights
from composer.cli import screen
from composer.cli.glance import plural
from composer.cli.running import rerun_json
from composer.cli.spans import since_of

TERMS = ("fresh", "told", "novel", "source", "length")
HOURS_TOLD = 72  # what is older is told in days
_INDENT = " " * 4


@click.command()
@click.option(
    "--since", metavar="WHEN", default="7d", show_default=True, help="From this day, or the last 7d, 2w, 36h."
)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many at most.")
@click.option("--explain", is_flag=True, help="Also what each term was worked out from, and the formula.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def suggest(newsletter: str | None, *, since: str, limit: int, explain: bool, json_: bool) -> None:
    """Rank the stories that the next edition could carry; what you picked comes first, however old.

    Reports of one event count as one story. The points after a story are what each of five terms gave it, and what was
    taken off because it is like a story above it or from the same source. The weights stand in newsletter.toml under
    [suggest]; they are judgement. `currents pick N` takes a story, `currents draft TITLE --auto 6` the first six.
    """
    from composer.desk.choosing.suggesting import suggest as suggested  # noqa: PLC0415 (courlan and Markdown are slow to import)

    with open_newsroom(newsletter) as room:
        now, weights = room.clock(), room.settings.suggest
        start = since_of(since, now, room.settings.timezone)
        with at_one_go():
            found = suggested(room.store, room.settings, now=now, since=start, limit=limit)
    if json_:
        screen.as_json([_as_json(one, weights) for one in found])
        return
    for number, one in enumerate(found, 1):
        _print(_Row(number=number, suggestion=one, weights=weights), explain=explain)
    if not found:
        screen.note(f"nothing to suggest since {start:%Y-%m-%d}; --since looks further back")
    elif explain:
        screen.say(formula(weights))


@contextmanager
def at_one_go() -> Iterator[None]:
    """Let nobody look for rubbish: what is made here lives to the end, and looking takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A suggestion, its place in the list and the weights that put it there."""

    number: int
    suggestion: Suggestion
    weights: Weights


def why(one: Suggestion, weights: Weights) -> str:
    """Return a story's points in a line: what each term gave it, and what was taken off."""
    given = [f"{name} {getattr(weights, name) * getattr(one.terms, name):.2f}" for name in TERMS]
    taken = (("like one above", weights.like * one.like), ("same source", weights.again * one.again))
    return " + ".join(given) + "".join(f" − {name} {points:.2f}" for name, points in taken if round(points, 2))


def formula(weights: Weights) -> str:
    """Return how points are given, with the weights in force."""
    return (
        f"points = {weights.fresh:g}·fresh + {weights.told:g}·told + {weights.novel:g}·novel"
        f" + {weights.source:g}·source + {weights.length:g}·length"
        f" − {weights.like:g}·likeness to a story above − {weights.again:g}·stories above from its source"
    )


def _print(row: _Row, *, explain: bool) -> None:
    one = row.suggestion
    screen.say(f"{row.number:>2}  {one.score:.2f}  {'picked: ' if one.is_pin else ''}{one.article.title}", bold=True)
    for line in (_told(one), why(one, row.weights), *(_reasons(one, row.weights) if explain else ())):
        screen.say(_INDENT + line)
    if one.rerun:
        screen.say(f"{_INDENT}it {one.rerun.sentence}")


def _told(one: Suggestion) -> str:
    """Return which articles to pick, and who else tells the story."""
    picks = ", ".join(f"{article.id} {article.outlet}".rstrip() for article in one.picks)
    others = [article for article in one.story.articles if article not in one.picks]
    told = ", ".join(f"{article.id} {article.outlet}".rstrip() for article in others)
    return f"{'picked' if one.is_pin else 'pick'} {picks}" + (f"; also told by {told}" if told else "")


def _reasons(one: Suggestion, weights: Weights) -> Iterator[str]:
    terms = one.terms
    yield f"fresh {terms.fresh:.2f}: its newest report is {_age(terms.age_hours)} old"
    yield f"told {terms.told:.2f}: by {plural(terms.outlets, 'outlet')}"
    nearest = f"edition {terms.nearest_edition} is the nearest" if terms.nearest_edition else "no past edition is near"
    yield f"novel {terms.novel:.2f}: {'it ran' if one.rerun and one.rerun.is_story else nearest}"
    yield f"source {terms.source:.2f}: weight {terms.source * 10:.0f} of 10"
    more = " or more" if terms.words >= weights.words_enough else ""
    yield f"length {terms.length:.2f}: {terms.words} words{more}"
    if one.like:
        yield f"likeness {one.like:.2f} to the nearest story above"


def _age(hours: float) -> str:
    return plural(round(hours), "hour") if hours < HOURS_TOLD else plural(round(hours / 24), "day")


def _as_json(one: Suggestion, weights: Weights) -> dict[str, Any]:
    return {
        "title": one.article.title,
        "score": one.score,
        "pick": [article.id for article in one.picks],
        "picked": one.is_pin,
        "outlets": list(one.story.outlets),
        "articles": [
            {"id": article.id, "outlet": article.outlet, "title": article.title, "url": article.url}
            for article in one.story.articles
        ],
        "terms": asdict(one.terms),
        "like": one.like,
        "again": one.again,
        "weights": asdict(weights),
        "ran": rerun_json(one.rerun),
    }
