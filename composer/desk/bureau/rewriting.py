"""A brief's words replaced in the editor's own text, and what must be said when a machine wrote them.

Every other line stays as it was typed. What a brief's words come from stands beside them, in `ai` and `x-ai`; the
edition says it once, to its readers, in a disclosure that waits for the name of whoever checks it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from composer.blocks import Block, Field, Manuscript, Value
from composer.commissions import OWN_KEY, Provenance, provenance
from composer.desk.bureau.commissioning import Written
from composer.desk.changing import change
from composer.desk.drafting import literal
from composer.desk.revising import Copy, Desk, take_in
from composer.desk.sourcing import article_behind
from composer.errors import ConflictError, NotFoundError
from composer.manuscript import insert, load, put_for, stamp
from composer.model import Article
from composer.ports import Store
from composer.text import quoted

DISCLOSURE = (
    "Summaries in this edition were drafted with a language model, and TK your name held each against its source."
)
_DISCLOSURE = Block(kind="disclosure", fields=(Field(key="kind", value="ai"),), body=DISCLOSURE)
_BEFORE = ("credits", "provenance", "signup", "cta", "why", "source")  # a disclosure stands above the first of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Commissioned:
    """A brief and the article in the store that it stands on."""

    brief: Block
    article: Article


def briefs(store: Store, manuscript: Manuscript) -> Iterator[Commissioned]:
    """Yield the briefs that stand on an article in the store, in order; of several sources the first counts."""
    for brief in manuscript.of("brief"):
        sources = (block for name in brief.all("source") if (block := manuscript.block(name)))
        article = next((found for one in sources if (found := article_behind(store, one))), None)
        if article:
            yield Commissioned(brief=brief, article=article)


def brief_of(store: Store, manuscript: Manuscript, named: str) -> Commissioned:
    """Return a brief by its place among the briefs (1, 2, 3 …) or by its id. Raises NotFoundError."""
    every = manuscript.of("brief")
    by_place = [block for at, block in enumerate(every, 1) if named == str(at)]
    wanted = by_place or [block for block in every if block.id == named.removeprefix("#") != ""]
    if not wanted:
        there = f"there are {len(every)}" if every else "there is none"
        raise NotFoundError(f"no brief {named}: {there}; name one by its place among the briefs or by its id")
    found = next((one for one in briefs(store, manuscript) if one.brief is wanted[0]), None)
    if found is None:
        raise NotFoundError(f"brief {named} stands on no article in the store: set `article:` in its source block")
    return found


def rewritten(text: str, brief: Block, written: Written) -> str:
    """Return a manuscript's text with other words in a brief, and with all that follows when a model wrote them.

    Raises ConflictError when the brief does not stand there any more, UsageError when its place cannot be told apart.
    """
    body = literal(written.words)
    made = provenance(written.commission, body) if written.commission else None
    at = _place(text, brief)
    changed = put_for(text, at, _worded(load(text).manuscript.blocks[at], body, made))
    return _disclosed(changed) if made else changed


def put(desk: Desk, before: Copy, brief: Block, written: Written, *, message: str) -> Copy:
    """Keep an edition with a brief rewritten as its next revision; what was typed meanwhile is kept first.

    Raises ConflictError when that very brief was changed meanwhile; then nothing of it is touched.
    """
    newest = take_in(desk, before.edition.id)
    return change(desk, newest, rewritten(newest.revision.text, brief, written), message=message)


def _place(text: str, brief: Block) -> int:
    """Return the 0-based place of a brief among a text's blocks; of those that read alike the one on its line."""
    blocks = load(text).manuscript.blocks
    same = [at for at, block in enumerate(blocks) if block == brief]
    if not same:
        raise ConflictError(f"the brief {quoted(brief.get('headline'))} was changed meanwhile; it stands as it is")
    return next((at for at in same if blocks[at].line == brief.line), same[0])


def _worded(brief: Block, body: str, made: Provenance | None) -> Block:
    """Put words into a brief, and beside them who wrote them; what was said of the words before them goes."""
    own: dict[str, Value] = {"ai": "generated", OWN_KEY: str(made)} if made else {}
    kept = [field for field in brief.fields if field.key not in {"ai", OWN_KEY}]
    return replace(brief, body=body, fields=(*kept, *(Field(key=key, value=value) for key, value in own.items())))


def _disclosed(text: str) -> str:
    """Say in the header and in one block that a machine had a part, unless the edition says it already."""
    manuscript = load(text).manuscript
    is_named = manuscript.get("ai", "none") != "none"
    is_said = is_named and manuscript.get("ai_note")
    if not is_said and not any(block.get("kind") == "ai" for block in manuscript.of("disclosure")):
        text = insert(text, [_DISCLOSURE], _closing(manuscript.blocks))
    return text if is_named else stamp(text, {"ai": "assisted"})


def _closing(blocks: Sequence[Block]) -> int:
    """Return the 0-based place of what closes an edition, else its end."""
    return next((place for place, block in enumerate(blocks) if block.kind in _BEFORE), len(blocks))
