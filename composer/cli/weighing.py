"""`currents weigh`: what a mail weighs, block by block."""

from typing import Any

import click

from composer.app import open_newsroom
from composer.cli import screen
from composer.desk.revising import take_in
from composer.desk.sheets import render, weigh_mail
from composer.mailing import CLIPPED_BYTES
from composer.rendering.weights import Weight, Weights

_BAR_COLUMNS = 16
_TOLD = {"head": "head (styles)", "frame": "frame (layout)"}


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def weigh(newsletter: str | None, number: int, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Weigh the mail of edition N: bytes of HTML by block, in the order in which readers get them.

    Gmail may clip a mail from 100 KB of HTML on, and its foot with the unsubscribe link is lost. The bytes of all rows
    add up to the file's. Pictures are not counted: they are loaded from the web.
    """
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock())
        weights = weigh_mail(copy, sheet)
    if json_:
        screen.as_json({"edition": number, **_as_json(weights)})
        return
    most = max((part.size for part in weights.parts), default=0)
    rows = [_row(part, most) for part in weights.parts if part.size]
    screen.table(("line", "part", "bytes", "of 100 KB", ""), rows)
    said = f"{weights.size / 1000:.1f} KB of HTML, {weights.share:.0%} of the 100 KB from which Gmail may clip"
    screen.say(f"{copy.edition.title}: {said}; {weights.encoded / 1000:.1f} KB encoded in the mail")


def _row(part: Weight, most: int) -> tuple[str, ...]:
    line = str(part.block.line) if part.block else ""
    name = part.block.name if part.block else _TOLD.get(part.name, part.name)
    bar = "█" * max(1, round(_BAR_COLUMNS * part.size / most))
    return line.rjust(4), name, f"{part.size:,}".rjust(6), f"{part.size / CLIPPED_BYTES:.1%}".rjust(6), bar


def _as_json(weights: Weights) -> dict[str, Any]:
    return {
        "bytes": weights.size,
        "encoded_bytes": weights.encoded,
        "clipped_at_bytes": CLIPPED_BYTES,
        "parts": [
            {
                "part": part.name,
                "block": part.block.name if part.block else None,
                "line": part.block.line if part.block else None,
                "bytes": part.size,
            }
            for part in weights.parts
        ],
    }
