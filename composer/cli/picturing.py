"""`currents pictures`: an edition's pictures, as they lie and as they go out; fetching those that lie on the web."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import click

from composer.app import Newsroom, open_newsroom
from composer.blocks import Manuscript
from composer.cli import screen
from composer.cli.choices import only_one
from composer.cli.glance import plural
from composer.cli.remarks import place
from composer.desk.picturing import Shot, Studio, Visit, check, fetch, renew, shots
from composer.desk.publishing import prove
from composer.desk.revising import Copy, take_in
from composer.desk.sheets import render
from composer.errors import WireError
from composer.model import Print
from composer.negatives import Negative
from composer.text import cut

_SRC_MOST, _CREDIT_MOST = 48, 32
_KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WebP", "image/avif": "AVIF"}
_ACTS: dict[str, Callable[[Studio, Manuscript], Iterator[Visit]]] = {"fetch": fetch, "check": check, "renew": renew}


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--fetch", "fetch_", is_flag=True, help="Fetch those on the web that are not here yet.")
@click.option("--check", "check_", is_flag=True, help="Ask whether what was fetched still lies at its address.")
@click.option("--renew", "renew_", is_flag=True, help="Fetch anew what has changed at its address.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def pictures(newsletter: str | None, number: int, *, fetch_: bool, check_: bool, renew_: bool, json_: bool) -> None:
    """List the pictures of edition N: how each lies and goes out, its credit, its rights, and what proof says.

    Nothing is visited unless you ask for it. What --fetch brings is kept in pictures/ under the hash of its bytes, with
    its address and the day, and goes out with the edition from then on; the same address is not fetched again.
    """
    act = only_one("visit", fetch=fetch_, check=check_, renew=renew_)
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        visits = _visited(room, copy, act) if act else ()
        found = _found(room, copy)
    if json_:
        screen.as_json({"edition": number, "visits": [_visit_json(one) for one in visits], "pictures": _json(found)})
    else:
        _print(copy, found)
    if failed := [one for one in visits if one.outcome == "failed"]:
        raise WireError(failed[0].address, _failure(failed))


def _visited(room: Newsroom, copy: Copy, act: str) -> tuple[Visit, ...]:
    studio = Studio(wire=room.wire, darkroom=room.darkroom, album=room.album, today=room.today())
    visits = []
    for visit in _ACTS[act](studio, copy.manuscript):
        visits.append(visit)
        screen.note(_told(visit, copy))
    if not visits:
        screen.note("no picture to fetch" if act == "fetch" else "no picture was fetched from the web")
    return tuple(visits)


def _found(room: Newsroom, copy: Copy) -> tuple[Shot, ...]:
    sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock())
    return shots(copy.manuscript, sheet.prints, prove(room.press, copy, sheet, room.store))


def _told(visit: Visit, copy: Copy) -> str:
    if visit.outcome == "failed":
        return f"  ✗ {visit.address}: {visit.problem}"
    if visit.outcome == "changed":
        more = f"`currents pictures {copy.edition.id} --renew` takes what is there now"
        return f"  ! {visit.address}: another picture than was fetched; {more}"
    return f"  {'✓' if visit.outcome == 'fetched' else '='} {visit.address}: {_kept(visit)}"


def _kept(visit: Visit) -> str:
    if not visit.kept:
        return visit.outcome
    return f"kept as {visit.kept.path}" if visit.outcome == "fetched" else f"as fetched on {visit.kept.fetched_on}"


def _failure(failed: list[Visit]) -> str:
    others = f"; {plural(len(failed) - 1, 'more picture')} failed too" if len(failed) > 1 else ""
    return f"{failed[0].problem}{others}"


def _print(copy: Copy, found: tuple[Shot, ...]) -> None:
    if not found:
        screen.note(f"{copy.edition.title}: no pictures")
        return
    rows = [
        (
            str(shot.block.line or ""),
            _named(shot),
            _lies(shot),
            _goes(shot.print),
            cut(shot.block.get("credit") or "–", _CREDIT_MOST),
            shot.block.get("rights") or "–",
            " ".join(dict.fromkeys(remark.rule for remark in shot.remarks)) or "ok",
        )
        for shot in found
    ]
    screen.table(("line", "picture", "as it lies", "as it goes out", "credit", "rights", "proof"), rows)
    for shot in found:
        for remark in shot.remarks:
            screen.note(place(copy.edition, remark))
    states = Counter(remark.severity for shot in found for remark in shot.remarks)
    weight = sum(len(content) for content in {shot.print.content for shot in found})
    going = f"{_bytes(weight)} go out" if weight else "none goes out yet"
    screen.note(f"{plural(len(found), 'picture')}, {going}; {plural(states['error'], 'error')}")


def _named(shot: Shot) -> str:
    if shot.src or shot.block.kind != "figure":
        return cut(shot.src or "–", _SRC_MOST)
    return cut(f"{shot.block.get('kind')}: {shot.block.get('title')}", _SRC_MOST)


def _lies(shot: Shot) -> str:
    negative = shot.print.negative
    if negative is None:
        return "drawn from its table" if shot.print.src.startswith("chart:") else "not here"
    return f"{negative.width} × {negative.height}, {_bytes(negative.bytes_length)} {_kind(negative.media_type)}".strip()


def _goes(made: Print) -> str:
    if made.content:
        return f"{made.width} × {made.height}, {_bytes(len(made.content))} {_kind(made.media_type)}"
    return "not at all" if made.problem or not made.url else "from its address"


def _kind(media_type: str) -> str:
    return _KINDS.get(media_type, media_type.removeprefix("image/").upper())


def _bytes(length: int) -> str:
    return f"{length / 1_000_000:.1f} MB" if length >= 1_000_000 else f"{-(-length // 1000)} KB"  # noqa: PLR2004 (a million)


def _json(found: tuple[Shot, ...]) -> list[dict[str, Any]]:
    return [
        {
            "line": shot.block.line,
            "block": shot.block.name,
            "src": shot.src,
            "lies": _negative_json(shot.print.negative),
            "goes_out": _print_json(shot.print),
            "credit": shot.block.get("credit"),
            "rights": shot.block.get("rights"),
            "remarks": [
                {"rule": one.rule, "severity": one.severity, "line": one.line, "message": one.message}
                for one in shot.remarks
            ],
        }
        for shot in found
    ]


def _negative_json(negative: Negative | None) -> dict[str, Any] | None:
    if negative is None:
        return None
    kept = negative.kept
    return {
        "width": negative.width,
        "height": negative.height,
        "bytes": negative.bytes_length,
        "media_type": negative.media_type,
        "file": kept.path if kept else None,
        "sha256": kept.sha256 if kept else None,
        "fetched_on": kept.fetched_on.isoformat() if kept else None,
        "changed_on": kept.changed_on.isoformat() if kept and kept.changed_on else None,
    }


def _print_json(made: Print) -> dict[str, Any] | None:
    if not made.content:
        return None
    return {
        "name": made.name,
        "width": made.width,
        "height": made.height,
        "bytes": len(made.content),
        "media_type": made.media_type,
    }


def _visit_json(visit: Visit) -> dict[str, Any]:
    return {"address": visit.address, "outcome": visit.outcome, "problem": visit.problem}
