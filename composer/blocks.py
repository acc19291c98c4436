"""What an edition is made of: blocks, a header, and the one table of what each may hold.

`KINDS` and `HEADER` drive the parser, the writer, the proof and the docs alike. A block keeps whatever
it was given, unknown kinds and keys too: nothing an editor types is lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

FORMAT = "coda-edition/1"
TK = "TK"  # an editor's mark for "to come": what only a person can write; no reader may see one

Body = Literal["required", "optional", "none", "heading"]
Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One `key: value`. A list-typed key always holds a tuple, any other a string.

    `above` are the `#` comment lines over it, as typed, without their line ends (header only).
    """

    key: str
    value: Value
    above: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of an edition.

    `body` is Markdown without its first and last line end; for headings it is the heading's own words; a divider
    has none; a `note` (an HTML comment in the manuscript) holds the comment's words.
    """

    kind: str
    id: str = ""
    fields: tuple[Field, ...] = ()
    body: str = ""
    line: int = field(default=0, compare=False)  # 1-based line of its first character
    body_line: int = field(default=0, compare=False)  # 1-based line of its body's first character

    @property
    def name(self) -> str:
        """Return `kind` or `kind#id`, as remarks name it."""
        return f"{self.kind}#{self.id}" if self.id else self.kind

    def get(self, key: str, default: str = "") -> str:
        """Return a field's value; a list gives its first, a missing or empty field the default."""
        return first(self.fields, key) or default

    def all(self, key: str) -> tuple[str, ...]:
        """Return every value of a field, empty ones left out."""
        return every(self.fields, key)

    def line_of(self, key: str) -> int:
        """Return the line where a field stands, else the block's own."""
        return line_of(self.fields, key) or self.line


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """An edition's text, read: header fields in their order, comment lines that follow the last, and blocks."""

    header: tuple[Field, ...] = ()
    header_tail: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """Return a header value; a list gives its first, a missing or empty key the default."""
        return first(self.header, key) or default

    def all(self, key: str) -> tuple[str, ...]:
        """Return every value of a header key, empty ones left out."""
        return every(self.header, key)

    def line_of(self, key: str) -> int:
        """Return the line where a header key stands; 1 when it is missing."""
        return line_of(self.header, key) or 1

    def of(self, *kinds: str) -> tuple[Block, ...]:
        """Return the blocks of these kinds, in order."""
        return tuple(block for block in self.blocks if block.kind in kinds)

    def block(self, block_id: str) -> Block | None:
        """Return the first block that carries this id."""
        return next((block for block in self.blocks if block_id and block.id == block_id), None)

    @property
    def corrections(self) -> tuple[Block, ...]:
        """Return what is corrected of this edition itself, not what it tells of another."""
        return tuple(block for block in self.of("correction") if not block.get("of"))

    @property
    def visible(self) -> tuple[Block, ...]:
        """Return the blocks readers see, in order."""
        return tuple(block for block in self.blocks if block.kind in KINDS and KINDS[block.kind].visible)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a kind of block may hold."""

    name: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()  # which of them take several values
    body: Body = "none"
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_keys: bool = False  # any key is a field (credits: roles are free)
    visible: bool = True
    about: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key it knows, required first."""
        return self.required + self.optional


AI = ("none", "assisted", "generated")


def _kinds(*kinds: Kind) -> Mapping[str, Kind]:
    return MappingProxyType({kind.name: kind for kind in kinds})


KINDS = _kinds(
    Kind(name="lede", optional=("dateline", "salutation"), body="required", about="the opening"),
    Kind(name="prose", body="required", about="paragraphs, lists, run-in heads"),
    Kind(name="section", body="heading", about="a department of the edition (`# Words`)"),
    Kind(name="subhead", body="heading", about="a turn in the essay (`## Words {#id}`)"),
    Kind(name="subhead3", body="heading", about="a smaller turn (`### Words`)"),
    Kind(
        name="photo",
        required=("src", "alt", "credit", "width", "height"),
        optional=("caption", "rights", "link", "focal", "decorative"),
        choices=MappingProxyType({"decorative": ("yes", "no")}),
        about="a picture with the words that must travel with it",
    ),
    Kind(
        name="pullquote",
        required=("origin",),
        optional=("speaker", "role", "source"),
        body="required",
        choices=MappingProxyType({"origin": ("body", "speaker", "display")}),
        about="a sentence set large",
    ),
    Kind(
        name="quote",
        optional=("speaker", "role", "source", "anonymous", "reason", "lang", "translated-by"),
        body="required",
        choices=MappingProxyType({"anonymous": ("yes", "no")}),
        about="somebody's own words, named, or anonymous with the reason",
    ),
    Kind(
        name="figure",
        required=("title", "alt", "source"),
        optional=("kind", "unit", "data", "src", "note", "as-of"),
        lists=("source",),
        body="optional",
        choices=MappingProxyType({"kind": ("bar", "line", "slope", "table", "image")}),
        about="figures with their sources: a table, shown as bars or drawn as lines when kind says so",
    ),
    Kind(
        name="brief",
        required=("headline", "source"),
        optional=("attribution", "via", "ai", "minutes", "lang", "label"),
        lists=("source", "via"),
        body="required",
        choices=MappingProxyType({"ai": AI}),
        about="our short summary of another's story",
    ),
    Kind(
        name="link",
        required=("headline", "source"),
        optional=("minutes", "ai"),
        body="optional",
        choices=MappingProxyType({"ai": AI}),
        about="a story worth reading, in a sentence at most",
    ),
    Kind(
        name="view",
        required=("role",),
        optional=("name", "place", "source"),
        body="required",
        choices=MappingProxyType(
            {"role": ("the-news", "reporters-view", "room-for-disagreement", "view-from", "notable")}
        ),
        about="a labelled point of view",
    ),
    Kind(name="why", optional=("title",), body="required", about="the closing box: why did we write this story?"),
    Kind(
        name="credits",
        optional=("research", "reporting", "editing", "translation", "photo-editing", "illustration", "fact-check"),
        lists=("research", "reporting", "editing", "translation", "photo-editing", "illustration", "fact-check"),
        open_keys=True,
        about="who did what",
    ),
    Kind(
        name="provenance",
        required=("text",),
        optional=("relation", "url"),
        choices=MappingProxyType({"relation": ("web-version-of", "excerpt-of", "translation-of", "republished-from")}),
        about="where else this stands",
    ),
    Kind(name="signup", required=("label", "url"), optional=("text",), about="the way to subscribe"),
    Kind(name="cta", required=("label", "url"), optional=("text",), about="one thing to do"),
    Kind(
        name="sponsor",
        required=("label", "name"),
        optional=("url", "src", "alt"),
        body="required",
        about="paid words, labelled",
    ),
    Kind(
        name="disclosure",
        required=("kind",),
        body="required",
        choices=MappingProxyType({"kind": ("ai", "funding", "conflict")}),
        about="what readers should know about how this was made",
    ),
    Kind(
        name="correction",
        required=("kind", "date"),
        optional=("target", "was", "now", "of"),
        body="required",
        choices=MappingProxyType({"kind": ("correction", "clarification", "update", "editors-note", "retraction")}),
        about="what was wrong, what is right, since when; `of` names another edition that it is about",
    ),
    Kind(
        name="source",
        required=("title", "outlet", "url"),
        optional=("author", "published", "accessed", "kind", "paywall", "lang", "archive", "article"),
        lists=("author",),
        visible=False,
        about="a story that the edition stands on; `article` is its number in the store",
    ),
    Kind(name="divider", about="a pause (`---`)"),
    Kind(name="note", body="optional", visible=False, about="a word to the desk, never shown (`<!-- … -->`)"),
)

HEADER: tuple[str, ...] = (
    "format",
    "id",
    "publication",
    "number",
    "slug",
    "lang",
    "dir",
    "title",
    "dek",
    "subject",
    "preheader",
    "preheader_fill",
    "byline",
    "dateline",
    "date",
    "publish_at",
    "status",
    "tags",
    "hero",
    "canonical_url",
    "translation_of",
    "ai",
    "ai_note",
    "profile",
    "theme",
)
HEADER_LISTS: frozenset[str] = frozenset({"byline", "tags"})
HEADER_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"ai": AI, "dir": ("ltr", "rtl"), "preheader_fill": ("yes", "no")}
)


def first(fields: Iterable[Field], key: str) -> str:
    """Return the first value of a key, or ""."""
    said = (item.value for item in fields if item.key == key)
    values = (value if isinstance(value, str) else next(filter(None, value), "") for value in said)
    return next(filter(None, values), "")


def every(fields: Iterable[Field], key: str) -> tuple[str, ...]:
    """Return every value of a key, empty ones left out."""
    values = [item.value for item in fields if item.key == key]
    flat = [one for value in values for one in ((value,) if isinstance(value, str) else value)]
    return tuple(one for one in flat if one)


def line_of(fields: Iterable[Field], key: str) -> int:
    """Return the line where a key stands, or 0."""
    return next((item.line for item in fields if item.key == key), 0)
