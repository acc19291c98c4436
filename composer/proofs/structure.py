"""Whether the edition has its parts, in their order, and every part has its words."""

from collections.abc import Iterator
from itertools import pairwise

from composer.blocks import KINDS, Block
from composer.model import Slot
from composer.proofs.case import BODY, OWN_WORDS, Case, Finding, rule
from composer.proofs.reading import read
from composer.proofs.vocabulary import LEANING, MOTIVES
from composer.text import count_words

_HEADINGS = ("section", "subhead", "subhead3")
_FLOWING = {"prose", "photo", "section", "subhead", "subhead3", "pullquote", "quote", "figure", "divider"}
_HEADING_WORDS_MOST = 9
COUNTED = (*OWN_WORDS, *_HEADINGS, "quote", "pullquote")  # what the budget of a whole edition counts


@rule(
    "S-SLOT-MISSING",
    "error",
    reason="Readers of a series look for its parts; the profile says which an edition must have.",
    mend="Write the missing part, or choose another profile.",
)
def slot_missing(case: Case) -> Iterator[Finding]:
    """Count paragraphs for prose, blocks for any other kind."""
    for slot in case.profile.slots:
        count = _count(case, slot.kind)
        if count < slot.least and slot.kind != case.profile.last:
            noun = "paragraphs of prose" if slot.kind == "prose" else slot.kind
            message = f"the profile {case.profile.name} wants at least {slot.least} {noun}, there are {count}; write it"
            yield Finding(message=message)


@rule(
    "S-SLOT-MOST",
    "warning",
    reason="What is there too often loses its weight.",
    mend="Cut the weakest, or keep it for the next edition.",
)
def slot_most(case: Case) -> Iterator[Finding]:
    """Point at the first block that is one too many."""
    for slot in case.profile.slots:
        blocks = case.manuscript.of(slot.kind)
        if slot.most is not None and len(blocks) > slot.most:
            message = f"{len(blocks)} {slot.kind} blocks, the profile {case.profile.name} has room for {slot.most}; cut"
            yield Finding(block=blocks[slot.most], message=message)


@rule(
    "S-SLOT-ORDER",
    "warning",
    reason="A reader who knows the series finds her way by its order.",
    mend="Move the part to its place in the profile; pictures, subheads, quotations and prose may stand anywhere.",
)
def slot_order(case: Case) -> Iterator[Finding]:
    """Compare where each kind first stands; parts that flow with the text are free."""
    ranks = {slot.kind: rank for rank, slot in enumerate(case.profile.slots) if slot.kind not in _FLOWING}
    latest = ""
    seen: set[str] = set()
    for block in case.manuscript.visible:
        if block.kind not in ranks or block.kind in seen:
            continue
        seen.add(block.kind)
        if latest and ranks[block.kind] < ranks[latest]:
            yield Finding(block=block, message=f"{block.kind} stands after {latest}; move it above")
        else:
            latest = block.kind


@rule(
    "S-WHY",
    "error",
    reason="The closing box is the promise of the series and the last thing seen.",
    mend="Write the box that the profile names as last, and let nothing that readers see follow it.",
)
def closing_missing(case: Case) -> Iterator[Finding]:
    """Look at the last visible block only; sources and notes may follow."""
    last, visible = case.profile.last, case.manuscript.visible
    if not last or (visible and visible[-1].kind == last):
        return
    boxes = case.manuscript.of(last)
    if not boxes:
        yield Finding(message=f"there is no {last} box; write one as the last block")
    else:
        message = f"{visible[-1].kind} stands after the {last} box; move the box below it"
        yield Finding(block=boxes[-1], message=message)


@rule(
    "S-WHY-FORM",
    "info",
    reason="The box says why the newsroom cared, which no summary does.",
    mend="Begin with the motive: because, we, our readers.",
)
def closing_form(case: Case) -> Iterator[Finding]:
    """Look for a word of motive, in languages with a list."""
    motives = MOTIVES.get(case.lang)
    for block, reading in case.readings("why"):
        if motives and block.body and not motives.search(reading.words):
            yield Finding(block=block, key=BODY, message="the why box names no motive; say why we wrote this")


@rule(
    "S-HEAD-LEVEL",
    "error",
    reason="Screen readers move by heading levels; a skipped one reads as a missing part.",
    mend="Write `##` above the first `###` of a section, or make the `###` a `##`.",
)
def heading_level(case: Case) -> Iterator[Finding]:
    """Want a subhead between a section and a smaller subhead."""
    subhead = False
    for block in case.manuscript.of(*_HEADINGS):
        if block.kind == "subhead3" and not subhead:
            yield Finding(block=block, message="a ### heading without a ## above it; make it ##")
        subhead = block.kind == "subhead" or (subhead and block.kind == "subhead3")


@rule(
    "S-HEAD-LEN",
    "warning",
    reason="A subhead is a signpost, read at a glance.",
    mend="Cut it to nine words and drop the full stop.",
)
def heading_length(case: Case) -> Iterator[Finding]:
    """Count words; a question mark, an abbreviation and an ellipsis may end a heading."""
    for block in case.manuscript.of(*_HEADINGS):
        words = read(block.body).words
        if count_words(words) > _HEADING_WORDS_MOST:
            message = f"the heading has {count_words(words)} words; cut it to {_HEADING_WORDS_MOST}"
            yield Finding(block=block, key=BODY, message=message)
        if words.endswith((".", "。")) and not words.endswith(("...", "U.S.", "U.K.", "U.N.")):
            yield Finding(block=block, key=BODY, message="the heading ends with a full stop; drop it")


@rule(
    "S-HEAD-RUNON",
    "info",
    reason="Readers jump to subheads and skip them; a paragraph that leans on one hangs in the air.",
    mend="Name again what the subhead has just named.",
)
def heading_run_on(case: Case) -> Iterator[Finding]:
    """Look at the words right below a heading for one that points back at it, in languages with a list."""
    blocks = case.manuscript.visible
    leaning = LEANING.get(case.lang)
    for above, block in pairwise(blocks):
        if above.kind in _HEADINGS and block.kind == "prose" and leaning and (found := leaning.match(_opening(block))):
            message = f"“{found.group()}” leans on the heading above; name what it means"
            yield Finding(block=block, key=BODY, message=message)


@rule(
    "S-EMPTY",
    "error",
    reason="An empty block leaves a hole in the mail.",
    mend="Write its words, or take the block out.",
)
def empty(case: Case) -> Iterator[Finding]:
    """Look at bodies that must have words, and at credits without a name."""
    for block in case.manuscript.visible:
        if _is_empty(block):
            yield Finding(block=block, message=f"the {block.kind} is empty; write its words or take it out")


@rule(
    "T-WORDS",
    "warning",
    reason="Word budgets keep an edition readable in one sitting.",
    mend="Cut, or write more, until the block is inside the budget of the profile.",
)
def budgets(case: Case) -> Iterator[Finding]:
    """Compare each block with its slot, and the whole edition with the profile."""
    for slot in case.profile.slots:
        yield from (finding for block in case.manuscript.of(slot.kind) for finding in _budget(block, slot))
    total = sum(reading.count for _, reading in case.readings(*COUNTED))
    if total > case.profile.words_most:
        yield Finding(message=f"the edition has {total} words, the budget is {case.profile.words_most}; cut")


def _opening(block: Block) -> str:
    return read(block.body).words.lstrip("“„«\"'‘ ")


def _budget(block: Block, slot: Slot) -> Iterator[Finding]:
    count = read(block.body).count
    if not count and KINDS[block.kind].body != "optional":
        return
    if count < slot.words_least:
        message = f"{count} words, the budget begins at {slot.words_least}; write more"
        yield Finding(block=block, key=BODY, message=message)
    if slot.words_most is not None and count > slot.words_most:
        yield Finding(block=block, key=BODY, message=f"{count} words, the budget ends at {slot.words_most}; cut")


def _count(case: Case, kind: str) -> int:
    if kind == "prose":
        return sum(len(reading.passages) for _, reading in case.readings("prose"))
    return len(case.manuscript.of(kind))


def _is_empty(block: Block) -> bool:
    if block.kind == "credits":
        return not any(block.all(field.key) for field in block.fields if not field.key.startswith("x-"))
    return KINDS[block.kind].body in {"required", "heading"} and not block.body.strip()


RULES = (
    slot_missing,
    slot_most,
    slot_order,
    closing_missing,
    closing_form,
    heading_level,
    heading_length,
    heading_run_on,
    empty,
    budgets,
)
