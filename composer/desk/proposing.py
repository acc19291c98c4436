"""From what a raw text seems to hold to a manuscript: blocks, TK for what it lacks, a note of what to look at."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from composer.blocks import KINDS, TK, Block, Field, Kind, Manuscript, Value
from composer.desk.changing import change
from composer.desk.drafting import begin, free_name, is_taken, literal
from composer.desk.laying import header
from composer.desk.revising import Copy, Desk, take_in
from composer.errors import ConflictError, UsageError
from composer.manuscript import dump, insert, load, stamp
from composer.model import Profile
from composer.proposals import Mark, Piece, Story
from composer.settings import Settings
from composer.text import cut, one_line, slug

_HEADER_KINDS = frozenset({"title", "dek", "byline"})
_TITLE_MOST = 60
_TO_LOOK_AT = ("glue", "hedge", "anonymous", "second-hand", "interview", "via", "time")


def lay_out(
    stories: Sequence[Story], *, title: str = "", name: str = "", settings: Settings, profile: Profile, today: date
) -> str:
    """Return the manuscript that stories make together. Several are parted by section heads, in the text's order.

    What the text does not have stands as TK. Every word of the stories is in it: in a block, or in a note that names
    the words left out and the places to look at. `name` is the file they came from. Without stories it is empty.
    """
    if not stories:
        return ""
    several = len(stories) > 1
    body = [block for story in stories for block in _story(story, name, several=several)]
    body += [_own_title(story) for story in stories if title and not several and story.of("title")]
    sources = _sources(stories)
    head = _header(stories, title=title, settings=settings, profile=profile, today=today)
    return dump(Manuscript(header=head, blocks=(*body, *sources)))


def add_to(desk: Desk, edition_id: int, stories: Sequence[Story], *, name: str = "") -> Copy:
    """Write stories below an edition's own words, each under a section head, and keep both texts as revisions.

    Raises NotFoundError; ConflictError when the manuscript's last block is not closed, or somebody wrote meanwhile.
    """
    before = take_in(desk, edition_id)
    there = before.manuscript.blocks
    taken = {block.id for block in there if block.id}
    sources = [block for block in _sources(stories) if block.id not in taken]
    added = Manuscript(blocks=(*(block for story in stories for block in _story(story, name, several=True)), *sources))
    try:
        text = insert(before.revision.text, load(dump(added)).manuscript.blocks, len(there))
    except UsageError as error:
        raise ConflictError(f"editions/{before.edition.filename}: {error}") from error
    return change(desk, before, text, message=f"proposed from {name}" if name else "proposed")


def begin_proposed(desk: Desk, text: str, *, uid: str) -> Copy:
    """Keep a manuscript that was laid out as a new edition, under a name that no edition has."""
    name = load(text).manuscript.get("slug")
    return begin(desk, stamp(text, {"slug": free_name(name, partial(is_taken, desk.store))}), uid=uid)


def working_title(story: Story) -> str:
    """Return a story's own title, else TK with its first words, to know it by until it has one."""
    own = story.of("title")
    return own[0].body if own else f"{TK} {_first_words(story)}"


def block_of(made: Piece) -> Block:
    """Return a piece as a block, its words escaped so that Markdown shows them as they are."""
    kind = KINDS[made.kind]
    fields = tuple(Field(key=key, value=_fitting(kind, key, value)) for key, value in made.fields.items())
    return Block(kind=kind.name, fields=fields, body=literal(made.body))


def _story(story: Story, name: str, *, several: bool) -> Iterator[Block]:
    if several:
        yield Block(kind="section", body=literal(working_title(story)))
    blocks = [block for made in story.pieces if (block := _placed(made, several=several))]
    for is_prose, run in groupby(blocks, key=lambda block: block.kind == "prose"):
        together = list(run)
        yield from [Block(kind="prose", body="\n\n".join(one.body for one in together))] if is_prose else together
    yield Block(kind="note", body="\n".join(_remarks(story, name)))


def _own_title(story: Story) -> Block:
    """Keep for the desk the title that the text had, where the editor gave another."""
    return Block(kind="note", body=f"The text's own title: {story.of('title')[0].body}")


def _placed(made: Piece, *, several: bool) -> Block | None:
    """Return a piece's block; what a header says needs none, but under a section head there is no header."""
    if made.kind not in _HEADER_KINDS:
        return block_of(made)
    if not several or made.kind == "title":
        return None
    words = made.body or ", ".join(_values(made.fields["byline"]))
    return Block(kind="prose", body=literal(words))


def _remarks(story: Story, name: str) -> Iterator[str]:
    """Say for the desk where a story came from, which words were left out, and where to look."""
    place = f" of {one_line(name)}" if name else ""
    yield f"Proposed from lines {story.first_line} to {story.last_line}{place}."
    for lost in story.left_out:
        yield f"Left out, line {lost.line}: {lost.words} ({lost.reason})"
    for mark in story.marks:
        if mark.kind in _TO_LOOK_AT:
            yield f"Line {mark.line}, {mark.kind}: {cut(one_line(mark.words), 80)} ({mark.reason})"
    if figures := [f"{one_line(mark.words)} (line {mark.line})" for mark in story.marked("figure")]:
        yield f"Figures to find in the sources: {', '.join(figures)}"


def _header(
    stories: Sequence[Story], *, title: str, settings: Settings, profile: Profile, today: date
) -> tuple[Field, ...]:
    alone = stories[0] if len(stories) == 1 else None
    languages = {story.lang for story in stories}
    name = title or working_title(stories[0])
    dek, byline = (alone.of("dek"), alone.of("byline")) if alone else ((), ())
    known: dict[str, Value] = {
        "slug": slug(title or name.removeprefix(f"{TK} ")) or "edition",
        "lang": languages.pop() if len(languages) == 1 else settings.language,
        "title": name,
        "subject": title or TK,
    }
    if dek:
        known["dek"] = dek[0].body
    if names := tuple(name for one in byline for name in _values(one.fields["byline"])):
        known["byline"] = names
    return header(profile, today, **known)


def _sources(stories: Iterable[Story]) -> tuple[Block, ...]:
    """Return a source block for each outlet that a story names, its title and address TK."""
    made: dict[str, dict[str, str]] = {}
    for mark in (mark for story in stories for mark in story.marked("attribution", "via", "interview")):
        if outlet := _outlet(mark):
            block_id = slug(outlet, 24) or f"source-{len(made) + 1}"
            values = made.setdefault(block_id, {"title": TK, "outlet": outlet, "url": TK})
            own = {"x-attribution": mark.fields.get("attribution"), "x-via": mark.fields.get("origin")}
            values |= {key: str(value) for key, value in own.items() if value and key not in values}
    return tuple(
        Block(kind="source", id=block_id, fields=tuple(Field(key=key, value=value) for key, value in values.items()))
        for block_id, values in made.items()
    )


def _outlet(mark: Mark) -> str:
    return next((str(mark.fields[key]) for key in ("outlet", "carrier") if key in mark.fields), "")


def _first_words(story: Story) -> str:
    words = next((one_line(piece.body) for piece in story.pieces if piece.body), "")
    return cut(words, _TITLE_MOST) or f"lines {story.first_line} to {story.last_line}"


def _fitting(kind: Kind, key: str, value: Value) -> Value:
    """Return a value as its key takes it: a list, or one line."""
    return _values(value) if key in kind.lists else ", ".join(_values(value))


def _values(value: Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
