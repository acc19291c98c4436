"""`currents evidence` and `figures`: what an edition says, beside what its sources say."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from composer.app import Newsroom, open_newsroom
from composer.blocks import Block, Manuscript
from composer.cli import screen
from composer.cli.glance import plural
from composer.desk.evidence import examined, originals
from composer.desk.evidence import figures as ledger_of
from composer.desk.revising import take_in
from composer.errors import NotFoundError
from composer.facts import LedgerEntry, Mention, Original, Verdict
from composer.manuscript import find_block
from composer.proofs.case import BODY, Checked
from composer.summaries import sentences
from composer.text import cut, one_line

CHECKED = "checked: figures, dates, names, quotations"
_SIGNS = {"green": "✓", "amber": "~", "red": "✗"}
_AROUND = 32  # code points of a source shown to each side of a fact
_WORDS_SHOWN = 44
_SENTENCE_SHOWN = 110


@click.command()
@click.argument("number", metavar="N", type=int)
@click.argument("brief", required=False, default="")
@click.option("--strict", is_flag=True, help="Also mark facts that stand away from the passage a sentence follows.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def evidence(newsletter: str | None, number: int, brief: str, strict: bool, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Show where every figure, date, name and quotation of edition N stands in its sources.

    BRIEF is a number or name from `currents blocks N`; without it every brief, link, view, quote and figure is shown.
    ✓ stands there, ~ look at it, ✗ no source has it. It cannot see who did what to whom.
    """
    with open_newsroom(newsletter) as room:
        manuscript = take_in(room.desk, number).manuscript
        read = originals(room.store, manuscript)
    found = tuple(examined(manuscript, read, strict=strict))
    if brief:
        found = _asked(manuscript, found, brief)
    if json_:
        screen.as_json({"edition": number, "checked": CHECKED, "blocks": [_as_json(one) for one in found]})
    else:
        _print(found, read)


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def figures(newsletter: str | None, number: int, json_: bool) -> None:  # noqa: FBT001 (as above)
    """List every figure of edition N with each place where it stands, in the edition and in its sources.

    A percentage or sum that is used for two statements comes first and is marked ✗: mostly one of the two is a slip.
    """
    with open_newsroom(newsletter) as room:
        entries = _listed(room, number)
    if json_:
        screen.as_json([asdict(entry) for entry in entries])
        return
    if not entries:
        screen.note(f"edition {number} has no figures")
    for entry in entries:
        screen.say(f"{'✗' if entry.parted else ' '} {entry.figure}", bold=True)
        for mention in entry.mentions:
            mark = "✗" if entry.parted and mention in entry.parted else " "
            screen.say(f"  {mark} {_place(mention)}: {_sentence(mention)}")
    parted = sum(1 for entry in entries if entry.parted)
    if parted:
        screen.note(f"{plural(parted, 'figure')} used for two statements; compare the places marked ✗")


def _listed(room: Newsroom, number: int) -> list[LedgerEntry]:
    """Return what the edition says itself, with every place; figures that only a source has are the source's."""
    entries = ledger_of(room.store, take_in(room.desk, number).manuscript)
    told = (entry for entry in entries if entry.mentions[0].kind == "edition" or entry.parted)
    return sorted(told, key=lambda entry: entry.parted is None)


def _asked(manuscript: Manuscript, found: Sequence[Checked], name: str) -> tuple[Checked, ...]:
    """Return what was found in the block of a name. Raises NotFoundError, and UsageError when several are called so."""
    block = manuscript.blocks[find_block(manuscript.blocks, name)]
    if held := tuple(one for one in found if one.block is block):
        return held
    citing = [str(at) for at, one in enumerate(manuscript.blocks, 1) if any(it.block is one for it in found)]
    raise NotFoundError(f"{name}: cites no source; those that do: {', '.join(citing) or 'none'}")


def _print(found: Sequence[Checked], read: dict[str, Original]) -> None:
    if not found:
        screen.note("nothing cites a source; name one in a brief's `source:`")
        return
    for place, one in enumerate(found):
        if place == 0 or found[place - 1].block is not one.block:
            _introduce(one.block, first=place == 0)
            for name in one.unread:
                screen.say(f"  – {name}: no text is stored; what it says cannot be checked")
        for line in _lines(one, read):
            screen.say(line)
    screen.say()
    screen.say(f"{CHECKED}; {_total(found)}")


def _introduce(block: Block, *, first: bool) -> None:
    if not first:
        screen.say()
    headline = block.get("headline") or block.get("title") or block.get("speaker")
    screen.say(f"{block.name}  {headline}".rstrip(), bold=True)


def _lines(one: Checked, read: dict[str, Original]) -> Iterator[str]:
    """Return each sentence that states something, and below it every fact."""
    verdicts = one.evidence.verdicts
    for sentence in sentences(one.evidence.text):
        held = [verdict for verdict in verdicts if sentence.start <= verdict.fact.start < sentence.end]
        if held:
            label = "" if one.key == BODY else f"{one.key}: "
            yield f"  {label}{cut(one_line(sentence.words), _SENTENCE_SHOWN)}"
            yield from (f"    {_line(verdict, read)}" for verdict in held)


def _line(verdict: Verdict, read: dict[str, Original]) -> str:
    words = cut(one_line(verdict.fact.words), _WORDS_SHOWN)
    words = f"“{words}”" if verdict.fact.kind == "quotation" else words
    result = "" if verdict.result == "supported" else f"  {verdict.result}"
    near = f" ({one_line(verdict.near)}?)" if verdict.near else ""
    return f"{_SIGNS[verdict.level]} {words}{result}{near}{_there(verdict, read)}"


def _there(verdict: Verdict, read: dict[str, Original]) -> str:
    """Return where a fact stands, with a few words around it."""
    standing = verdict.standing
    if standing is None:
        return ""
    if standing.part == "about":
        return f"  {standing.source}: in its title, byline or date"
    return f"  {standing.source}: {_around(read[standing.source].text, standing.start, standing.end)}"


def _around(text: str, start: int, end: int) -> str:
    """Return a place with whole words to both sides, on one line."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = text[first:start] if first == 0 else text[first:start].partition(" ")[2]
    after = text[end:last] if last == len(text) else text[end:last].rpartition(" ")[0]
    words = one_line(f"{before}{text[start:end]}{after}")
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"


def _total(found: Sequence[Checked]) -> str:
    verdicts = [verdict for one in found for verdict in one.evidence.verdicts]
    count = {level: sum(verdict.level == level for verdict in verdicts) for level in _SIGNS}
    return f"{count['green']} in their sources, {count['amber']} to look at, {count['red']} in none"


def _as_json(one: Checked) -> dict[str, Any]:
    facts = [{**asdict(verdict), "level": verdict.level} for verdict in one.evidence.verdicts]
    return {
        "block": one.block.name,
        "line": one.block.line,
        "field": "" if one.key == BODY else one.key,
        "text": one.evidence.text,
        "sources": list(one.evidence.sources),
        "not_stored": list(one.unread),
        "facts": facts,
        "copied": [asdict(run) for run in one.evidence.copied],
    }


def _place(mention: Mention) -> str:
    return f"{mention.where}, line {mention.line}" if mention.line else mention.where


def _sentence(mention: Mention) -> str:
    return cut(one_line(mention.sentence), _SENTENCE_SHOWN)
