"""Corrections and retractions: what was wrong and what is right, said where it stood and in the next edition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from composer.blocks import TK, Block
from composer.desk.catalogue import CHANNEL
from composer.desk.changing import change
from composer.desk.laying import made
from composer.desk.placing import default_place
from composer.desk.publishing import withdraw
from composer.desk.revising import Copy, Desk
from composer.desk.shipping import Dock
from composer.desk.typesetting import Press
from composer.errors import ConflictError, UsageError
from composer.lifecycle import OUT, after, spoken, stepped
from composer.manuscript import dump, insert, load
from composer.model import Edition, Profile
from composer.parcels import Receipt
from composer.ports import Store
from composer.rendering.listing import address
from composer.settings import Settings

_ASIDE = frozenset({"correction", "source", "note"})  # where wrong words stand as quoted, or are others' own
_SPOKEN = frozenset({"title", "dek", "subject", "preheader", "dateline"})  # of a header
_OF_THE_WORDS = frozenset({"ai", "ai_note", "hero", "preheader"})  # what a header says of words that are gone
_CHANGED = frozenset({"corrected", "retracted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What an editor says of a correction; what she does not say waits as TK."""

    kind: str = "correction"
    day: str  # ISO 8601
    was: str = ""
    now: str = ""
    words: str = ""
    everywhere: bool = False  # put every place right where the wrong words stand


def correct(desk: Desk, copy: Copy, mistake: Mistake, profile: Profile) -> Copy:
    """Put wrong words right, and a correction block into the manuscript: one revision. It goes out by publishing.

    Raises ConflictError for an edition that is not out; UsageError when the wrong words stand nowhere, or in several
    places without `everywhere`.
    """
    if copy.edition.status not in OUT:
        state = spoken(copy.edition.status)
        raise ConflictError(f"{copy.edition.title} is {state}: no reader has it; `currents edit {copy.edition.id}`")
    text, target = copy.revision.text, ""
    if mistake.was:
        text, target = _put_right(copy, mistake)
    said = {"kind": mistake.kind, "date": mistake.day, "target": target, "was": mistake.was, "now": mistake.now}
    fields = {key: words for key, words in said.items() if words}
    block = made("correction", mistake.words or f"{TK} What happened, in a sentence.", **fields)
    text = insert(text, [block], default_place(load(text).manuscript.blocks, "correction", profile))
    return change(desk, copy, text, message="correct")


def _put_right(copy: Copy, mistake: Mistake) -> tuple[str, str]:
    """Return the text with right words in place of wrong ones, and the id of the one block in which they stood."""
    wrong = re.compile(r"\s+".join(map(re.escape, mistake.was.split())))
    places = []
    for found in wrong.finditer(copy.revision.text):
        line = copy.revision.text.count("\n", 0, found.start()) + 1
        block = _at(copy, line)
        if _is_ours(copy, line, block):
            places.append((found, line, block))
    if not places:
        raise UsageError(f"“{mistake.was}” stands nowhere in {copy.edition.title}; give the words as they were printed")
    if len(places) > 1 and not mistake.everywhere:
        named = ", ".join(dict.fromkeys(str(line) for _, line, _ in places))
        raise UsageError(f"“{mistake.was}” stands in lines {named}; give more of the words, or --all for every place")
    text = copy.revision.text
    for found, _, _ in reversed(places):
        text = f"{text[: found.start()]}{mistake.now}{text[found.end() :]}"
    blocks = {block.id for _, _, block in places if block}
    return text, blocks.pop() if len(blocks) == 1 else ""


def _is_ours(copy: Copy, line: int, block: Block | None) -> bool:
    """Say whether readers read a line as our words: no source's, no earlier correction's, no slug or tag."""
    if block:
        return block.kind not in _ASIDE
    above = [field for field in copy.manuscript.header if field.line <= line]
    return bool(above) and above[-1].key in _SPOKEN


def _at(copy: Copy, line: int) -> Block | None:
    """Return the block that a line belongs to; None for the header."""
    above = [block for block in copy.manuscript.blocks if block.line <= line]
    return above[-1] if above else None


def retract(press: Press, dock: Dock, copy: Copy, reason: str, day: str, who: str = "") -> Receipt:
    """Take an edition back: its page and its feed items stay, with the reason in the place of its words.

    Its earlier texts are kept, its mail stays as it went out. Raises ConflictError, OutboxError; done again after a
    crash it goes on.
    """
    after(copy.edition, "retracted")
    notice = made("correction", reason, kind="retraction", date=day)
    standing = copy.manuscript.corrections
    if len(copy.manuscript.blocks) != 1 or not standing or standing[0].get("kind") != "retraction":
        header = tuple(field for field in copy.manuscript.header if field.key not in _OF_THE_WORDS)
        text = dump(replace(copy.manuscript, header=header, blocks=(notice,)))
        copy = change(dock.desk, copy, text, message="retract")
    return withdraw(press, dock, copy, who)


def carry(desk: Desk, copy: Copy, settings: Settings, profile: Profile) -> tuple[Copy, tuple[Edition, ...]]:
    """Put a note of every correction that no edition has told of into a draft; return it and what was told of.

    Raises ConflictError when the draft changed meanwhile.
    """
    told = tuple(_untold(desk.store, copy.edition.id))
    for edition in told:
        blocks = [_note(block, edition, settings) for block in _new_corrections(desk.store, edition)]
        place = default_place(copy.manuscript.blocks, "correction", profile)
        text = insert(copy.revision.text, blocks, place)
        copy = change(desk, copy, text, message=f"note of what was corrected in edition {edition.id}")
        revision = desk.store.editions.revision(edition.id, edition.revision)
        event = stepped(edition, revision, "noted", desk.clock(), words=f"in edition {copy.edition.id}")
        desk.store.events.take(edition, event)
    return copy, told


def _untold(store: Store, own: int) -> Iterator[Edition]:
    for edition in reversed(store.editions.all()):
        if edition.status not in _CHANGED or edition.id == own:
            continue
        steps = [event.step for event in store.events.of(edition.id) if event.step in _CHANGED or event.step == "noted"]
        if steps and steps[-1] != "noted" and _new_corrections(store, edition):
            yield edition


def _new_corrections(store: Store, edition: Edition) -> tuple[Block, ...]:
    """Return the corrections that readers have now and that no note was of."""
    noted = [event.revision for event in store.events.of(edition.id) if event.step == "noted"]
    out = [one.revision for one in store.editions.publications(edition.id) if one.channel == CHANNEL]
    before = max((number for number in out if noted and number <= noted[-1]), default=out[0])
    known = {(block.fields, block.body) for block in _corrections(store, edition.id, before)}
    return tuple(one for one in _corrections(store, edition.id, out[-1]) if (one.fields, one.body) not in known)


def _corrections(store: Store, edition_id: int, number: int) -> tuple[Block, ...]:
    return load(store.editions.revision(edition_id, number).text).manuscript.corrections


def _note(block: Block, edition: Edition, settings: Settings) -> Block:
    told = {key: block.get(key) for key in ("kind", "date", "was", "now") if block.get(key)}
    body = f"[{edition.title}]({address(settings, edition)}): {block.body}"
    return made("correction", body, **told, of=edition.slug)
