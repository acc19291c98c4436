"""A look at a feed before it is parsed: refuse what only harms, and cut off what would not be kept anyway.

feedparser takes quadratic time over attributes, nesting, open tags and long words in names; some hundred kilobytes
can hold a machine for minutes. Everything here is one pass over the words.
"""

import re
from dataclasses import dataclass
from xml.parsers import expat

ENTRIES_MOST = 300
ATTRIBUTES_MOST = 200
DEPTH_MOST = 100
ELEMENTS_MOST = 30_000  # up to the last entry that is kept
ENTITIES_MOST = 300
ENTITY_LENGTH_MOST = 1000
NAME_WORD_MOST = 200
LONE_WORD_MOST = 1000  # anywhere in what is no XML: shorter than any line of base64 without a slash is likely to be
OPEN_MOST = 1000
AMPERSANDS_MOST = 20_000

_NAMES = frozenset({"author", "creator", "contributor", "managingeditor", "webmaster", "name", "email", "owner"})
_NAME_WORD = re.compile(rf"[\w.+-]{{{NAME_WORD_MOST}}}")
_LONE_WORD = re.compile(rf"[A-Za-z0-9_.+-]{{{LONE_WORD_MOST}}}")
_DECLARES = re.compile(rb"<!(?!\[CDATA\[)")
_LONG_TAG = re.compile(rb"<[A-Za-z:_][^<>]{1000}")  # 200 attributes cannot be shorter
_TAG = re.compile(r"<[A-Za-z][^<>]*")
_OPEN = re.compile(r"<[^<>]{0,2000}(?=<)")
_ENTITY = re.compile(r"<!ENTITY\s")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a look at a feed found: words to parse, or why not to (`harm`)."""

    words: str
    harm: str = ""
    fault: str = ""  # why it is no XML, with its line; it may still be readable


class _HarmError(ValueError):
    """Found something that only harms; the words say what."""


class _Enough(Exception):  # noqa: N818 (no error: it ends the look after the last entry that is kept)
    """Saw all the entries that are kept."""


def is_harmless(data: bytes) -> bool:
    """Say at a glance whether nothing in a feed needs counting: no declarations, few tags, none of them long."""
    return data.count(b"<") < ELEMENTS_MOST and not _DECLARES.search(data) and not _LONG_TAG.search(data)


def scan(words: str) -> Scan:
    """Look a feed over and cut it after its 300th entry."""
    data = words.encode("utf-8", "replace")
    look = _Look()
    try:
        look.over(data)
    except _HarmError as found:
        return Scan(words=words, harm=str(found))
    except _Enough:
        return Scan(words=look.cut(data))
    except expat.ExpatError as error:
        fault = f"not well-formed in line {error.lineno} ({expat.errors.messages[error.code]})"
        kept = _first_entries(words)
        return Scan(words=kept, harm=_harm_in_pieces(kept), fault=fault)
    return Scan(words=words)


class _Look:
    """One pass of expat, counting."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(
            "utf-8"
        )  # whatever a declaration says further down: the words are decoded already
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._entity
        self.open: list[str] = []
        self.elements = self.entities = self.entries = 0
        self.name_depth = 0  # how deep the name stands that we are in; 0: in none
        self.name: list[str] = []

    def over(self, data: bytes) -> None:
        self.parser.Parse(data, True)  # noqa: FBT003 (expat takes its last flag by position)

    def cut(self, data: bytes) -> str:
        """Return the document as if its last kept entry were its last."""
        ends = "".join(f"</{name}>" for name in reversed(self.open))
        return data[: self.parser.CurrentByteIndex].decode("utf-8") + ends

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.open.append(name)
        self.elements += 1
        if len(attributes) > ATTRIBUTES_MOST:
            raise _HarmError(f"a tag with more than {ATTRIBUTES_MOST} attributes")
        if len(self.open) > DEPTH_MOST:
            raise _HarmError(f"tags nested deeper than {DEPTH_MOST}")
        if self.elements > ELEMENTS_MOST:
            raise _HarmError(f"more than {ELEMENTS_MOST:,} tags")
        if not self.name_depth and _local(name) in _NAMES:
            self.name_depth = len(self.open)
            self.parser.CharacterDataHandler = self.name.append

    def _end(self, name: str) -> None:
        if len(self.open) == self.name_depth:
            self._end_name()
        if _local(name) in {"item", "entry"}:
            self.entries += 1
            if self.entries == ENTRIES_MOST:
                raise _Enough
        self.open.pop()

    def _end_name(self) -> None:
        if _NAME_WORD.search("".join(self.name)):
            raise _HarmError(f"a name with a word of more than {NAME_WORD_MOST} letters")
        self.name.clear()
        self.name_depth = 0
        self.parser.CharacterDataHandler = None

    def _entity(self, *declaration: object) -> None:
        self.entities += 1
        value = declaration[2]
        if self.entities > ENTITIES_MOST:
            raise _HarmError(f"more than {ENTITIES_MOST} entities")
        if isinstance(value, str) and ("&" in value or len(value) > ENTITY_LENGTH_MOST):
            raise _HarmError("entities that unfold into others")


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _first_entries(words: str) -> str:
    ends = [found.end() for found in _ENTRY_END.finditer(words)]
    return words[: ends[ENTRIES_MOST - 1]] if len(ends) >= ENTRIES_MOST else words


def _harm_in_pieces(words: str) -> str:
    """Count in a document that is no XML what feedparser's forgiving parser would stumble over."""
    tags = _TAG.findall(words)
    checks = (
        (max((tag.count("=") for tag in tags), default=0) > ATTRIBUTES_MOST, "a tag with too many attributes"),
        (len(tags) > ELEMENTS_MOST, f"more than {ELEMENTS_MOST:,} tags"),
        (sum(1 for _ in _OPEN.finditer(words)) > OPEN_MOST, "tags that never close, by the hundred"),
        (words.count("&") > AMPERSANDS_MOST + words.count(";"), "bare ampersands, by the thousand"),
        (len(_ENTITY.findall(words)) > ENTITIES_MOST, f"more than {ENTITIES_MOST} entities"),
        (_LONE_WORD.search(words) is not None, f"a word of more than {LONE_WORD_MOST:,} letters"),
    )
    return next((sentence for found, sentence in checks if found), "")
