"""`currents blocks`, `tk`, `words`: what an edition is made of, what is still to write, how long it is."""

import sys
from dataclasses import asdict

import click

from composer.app import open_newsroom
from composer.blocks import Block
from composer.cli import remarks, screen
from composer.desk.lengths import Length, Lengths, OpenPlace, measure, open_places
from composer.desk.revising import take_in
from composer.proofs.reading import read
from composer.text import cut, one_line

BEGINS_MOST = 60


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def blocks(newsletter: str | None, number: int, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """List the blocks of edition N: number, kind#id, line, words, places to write, first words.

    Other commands take a block by its number (7), its line (:31), its id (salt), or its kind where there is one.
    """
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
    waiting = _waiting(copy.manuscript.blocks, open_places(copy.manuscript))
    rows = [_block(place, block, waiting[place - 1]) for place, block in enumerate(copy.manuscript.blocks, 1)]
    if json_:
        screen.as_json({"edition": number, "revision": copy.revision.number, "blocks": rows})
        return
    head = ("", "block", "line", "words", "TK", "begins")
    screen.table(head, [(*map(_cell, list(row.values())[:-1]), str(row["begins"])) for row in rows])


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def tk(newsletter: str | None, number: int, json_: bool) -> None:  # noqa: FBT001 (as above)
    """List every place of edition N that still says TK, with its line."""
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        file = remarks.path_of(room, copy.edition)
    waiting = open_places(copy.manuscript)
    if json_:
        screen.as_json([asdict(place) for place in waiting])
        return
    for place in waiting:
        where = " ".join(filter(None, (place.block or "header", place.key)))
        screen.say(f"{file}:{place.line}: {where}: {cut(one_line(place.words), BEGINS_MOST)}")
    if not waiting:
        screen.note(f"{copy.edition.title}: no TK; everything is written")


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def words(newsletter: str | None, number: int, json_: bool) -> None:  # noqa: FBT001 (as above)
    """Count the words of edition N, place for place, against the budgets of its profile."""
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        profile = remarks.profile_of(room, copy)
        lengths = measure(copy.manuscript, profile, room.settings.language)
    if json_:
        screen.as_json(_as_json(lengths, profile.name))
        return
    rate = lengths.words_a_minute
    rows = [_row(one, rate) for one in lengths.places]
    over = f"{lengths.words - lengths.most:,} over" if lengths.words > lengths.most else ""
    rows.append(("all", "", f"{lengths.words:,}", f"at most {lengths.most:,}", over, f"{lengths.minutes:.1f}"))
    screen.table(("place", "line", "words", "budget", "", "minutes"), rows)
    screen.note(f"profile {profile.name}; {remarks.minutes(lengths)}")


def _waiting(there: tuple[Block, ...], places: tuple[OpenPlace, ...]) -> list[int]:
    """Count the places to write in each block, by the lines they stand on."""
    starts = [block.line for block in there]
    ends = [*starts[1:], *([sys.maxsize] if starts else [])]
    return [sum(start <= place.line < end for place in places) for start, end in zip(starts, ends, strict=True)]


def _block(place: int, block: Block, waiting: int) -> dict[str, int | str]:
    count = read(block.body).count if block.kind != "note" else 0
    begins = block.body or block.get("headline") or block.get("title") or block.get("text") or block.get("src")
    return {
        "number": place,
        "block": block.name,
        "line": block.line,
        "words": count,
        "tk": waiting,
        "begins": cut(one_line(begins), BEGINS_MOST),
    }


def _cell(value: int | str) -> str:
    return str(value or "")


def _row(one: Length, rate: int) -> tuple[str, ...]:
    state = "missing" if not one.line else "to write" if one.to_come else remarks.budget(one)
    return one.name, _cell(one.line), f"{one.words:,}", _budget(one), state, f"{one.words / rate:.1f}"


def _budget(one: Length) -> str:
    if one.most is None:
        return f"from {one.least}" if one.least else ""
    return f"{one.least}–{one.most}" if one.least else f"at most {one.most}"


def _as_json(lengths: Lengths, profile: str) -> dict[str, object]:
    return {
        "profile": profile,
        "places": [asdict(one) | {"over": one.over} for one in lengths.places],
        "words": lengths.words,
        "most": lengths.most,
        "words_a_minute": lengths.words_a_minute,
        "minutes": round(lengths.minutes, 2),
    }
