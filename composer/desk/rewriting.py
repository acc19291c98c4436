"""A brief's words replaced in the editor's own text, and what must be said when a machine wrote them.

Every other line stays as it was typed. What a brief's words come from stands beside them, in `ai` and `x-ai`; the
edition says it once, to its readers, in a disclosure that waits for the name of whoever checks it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from composer.blocks import Block, Field, Manuscript, Value
from composer.commissions import OWN_KEY, Provenance, provenance
from composer.desk.commissioning import Written
from composer.desk.drafting import literal
from composer.desk.revising import Copy, Desk, take_in
from composer.desk.sourcing import article_number
from composer.errors import ConflictError, NotFoundError, UsageError
from composer.manuscript import load, stamp
from composer.manuscript.containers import write_container
from composer.manuscript.lines import clean, has_end, is_blank, raw_lines

DISCLOSURE = (
    "Summaries in this edition were drafted with a language model, and TK your name held each against its source."
)
_BEFORE = ("credits", "provenance", "signup", "cta", "why", "source")  # a disclosure stands above the first of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Commissioned:
    """A brief and the article in the store that it stands on."""

    brief: Block
    article_id: int


def briefs(manuscript: Manuscript) -> Iterator[Commissioned]:
    """Yield the briefs that stand on an article in the store, in order; of several sources the first counts."""
    for brief in manuscript.of("brief"):
        sources = [block for name in brief.all("source") if (block := manuscript.block(name))]
        number = next((found for one in sources if (found := article_number(one)) is not None), None)
        if number is not None:
            yield Commissioned(brief=brief, article_id=number)


def brief_of(manuscript: Manuscript, named: str) -> Commissioned:
    """Return a brief by its place among the briefs (1, 2, 3 …) or by its id. Raises NotFoundError."""
    every = manuscript.of("brief")
    by_place = [block for at, block in enumerate(every, 1) if named == str(at)]
    wanted = by_place or [block for block in every if block.id == named.removeprefix("#") != ""]
    if not wanted:
        there = f"there are {len(every)}" if every else "there is none"
        raise NotFoundError(f"no brief {named}: {there}; name one by its place among the briefs or by its id")
    found = next((one for one in briefs(manuscript) if one.brief is wanted[0]), None)
    if found is None:
        raise NotFoundError(f"brief {named} stands on no article in the store: its source block has no `article:`")
    return found


def rewritten(text: str, brief: Block, written: Written) -> str:
    """Return a manuscript's text with other words in a brief, and with all that follows when a model wrote them.

    Raises ConflictError when the brief does not stand there any more, UsageError when its place cannot be told apart.
    """
    body = literal(written.words)
    made = provenance(written.commission, body) if written.commission else None
    changed = _replaced(text, _found(text, brief), _worded(brief, body, made))
    return _disclosed(changed) if made else changed


def put(desk: Desk, before: Copy, brief: Block, written: Written, *, message: str) -> Copy:
    """Keep an edition with a brief rewritten as its next revision; what was typed meanwhile is kept first.

    Raises ConflictError when that very brief was changed meanwhile; then nothing of it is touched.
    """
    newest = take_in(desk, before.edition.id)
    text = rewritten(newest.revision.text, brief, written)
    desk.drawer.write(newest.edition.filename, text)
    return take_in(desk, before.edition.id, message=message)


def _found(text: str, brief: Block) -> Block:
    manuscript = load(text).manuscript
    same = [block for block in manuscript.of("brief") if block == brief]
    if not same:
        raise ConflictError(f"the brief “{brief.get('headline')}” was changed meanwhile; it stands as it is")
    return next((block for block in same if block.line == brief.line), same[0])


def _worded(brief: Block, body: str, made: Provenance | None) -> Block:
    """Put words into a brief, and beside them who wrote them; what was said of the words before them goes."""
    own: dict[str, Value] = {"ai": "generated", OWN_KEY: str(made)} if made else {}
    kept = [field for field in brief.fields if field.key not in {"ai", OWN_KEY}]
    return replace(brief, body=body, fields=(*kept, *(Field(key=key, value=value) for key, value in own.items())))


def _replaced(text: str, old: Block, new: Block) -> str:
    lines = raw_lines(text)
    end = _last_line(text, old, lines)
    made = write_container(new) + ("\n" if has_end(lines[end - 1]) else "")
    changed = "".join([*lines[: old.line - 1], made.replace("\n", _line_end(lines)), *lines[end:]])
    return _checked(changed, [new if block.line == old.line else block for block in load(text).manuscript.blocks])


def _last_line(text: str, block: Block, lines: list[str]) -> int:
    """Return the number of a block's last line: the last that is not blank before the next block."""
    starts = [other.line for other in load(text).manuscript.blocks if other.line > block.line]
    end = min(starts, default=len(lines) + 1) - 1
    while is_blank(clean(lines[end - 1])):
        end -= 1
    return end


def _disclosed(text: str) -> str:
    """Say in the header and in one block that a machine had a part, unless the edition says it already."""
    manuscript = load(text).manuscript
    is_named = manuscript.get("ai", "none") != "none"
    is_said = is_named and manuscript.get("ai_note")
    if not is_said and not any(block.get("kind") == "ai" for block in manuscript.of("disclosure")):
        text = _inserted(text, manuscript.blocks)
    return text if is_named else stamp(text, {"ai": "assisted"})


def _inserted(text: str, blocks: Sequence[Block]) -> str:
    """Put a disclosure above what closes an edition, else at its end."""
    made = Block(kind="disclosure", fields=(Field(key="kind", value="ai"),), body=DISCLOSURE)
    at = next((place for place, block in enumerate(blocks) if block.kind in _BEFORE), len(blocks))
    lines = raw_lines(text)
    line = blocks[at].line - 1 if at < len(blocks) else len(lines)
    above = "".join(lines[:line])
    gap = "" if not above or above.endswith(("\n\n", "\r\n\r\n")) else "\n" if has_end(lines[line - 1]) else "\n\n"
    words = f"{gap}{write_container(made)}\n" + ("\n" if at < len(blocks) else "")
    changed = above + words.replace("\n", _line_end(lines)) + "".join(lines[line:])
    return _checked(changed, [*blocks[:at], made, *blocks[at:]])


def _checked(text: str, blocks: list[Block]) -> str:
    """Return a text that reads as it should. Raises UsageError when more than was meant has changed."""
    if list(load(text).manuscript.blocks) != blocks:
        raise UsageError("the brief cannot be told apart from what stands around it; see to the manuscript first")
    return text


def _line_end(lines: Sequence[str]) -> str:
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
