"""A block's Markdown as readers see it: paragraphs of plain words with their lines, and links. It renders nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from composer.text import count_words

# What rendering leaves out, so that both see the same words.
_PARSER = MarkdownIt("commonmark", {"html": False}).disable(
    ["heading", "lheading", "hr", "code", "fence", "reference", "image", "html_block", "html_inline"]
)
_STOP = re.compile(r"([.!?…؟])[\"'”’»“)\]]*\s+(?=[\"'“‘„«(]*[^\W_])")
_SHORTENED = re.compile(
    r"(?:^|[\s(“\"])(?:[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]|Mrs?|Ms|Dr|St|No|vs|cf|Jr|Sr|Gen|Sen|Rep|Gov|Lt|Col|Prof|"
    r"ст|ул|вул|им|ім|проф|акад|напр)\.$"
)

_SHORTENED_MOST = 40  # characters looked back for an abbreviation


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph or list item in plain words; `line` counts from 0 at the body's first."""

    words: str
    line: int
    count: int  # words


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A link in running words."""

    words: str
    url: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A body, read."""

    passages: tuple[Passage, ...]
    anchors: tuple[Anchor, ...]

    @property
    def words(self) -> str:
        """Return the whole body in plain words."""
        return "\n\n".join(passage.words for passage in self.passages)

    @property
    def count(self) -> int:
        """Return how many words it has."""
        return sum(passage.count for passage in self.passages)


@lru_cache(maxsize=1024)
def read(body: str) -> Reading:
    """Read a block's Markdown."""
    inline = [(token.children or [], token.map[0] if token.map else 0) for token in _leaves(body)]
    return Reading(
        passages=tuple(_passage(_plain(leaves), line) for leaves, line in inline),
        anchors=tuple(anchor for leaves, line in inline for anchor in _anchors(leaves, line)),
    )


def sentences(words: str) -> tuple[str, ...]:
    """Part a paragraph into sentences; in doubt two stay one."""
    parts: list[str] = []
    start = 0
    for stop in _STOP.finditer(words):
        if _SHORTENED.search(words, max(start, stop.end(1) - _SHORTENED_MOST), stop.end(1)) or _runs_on(
            words[stop.end()]
        ):
            continue
        parts.append(words[start : stop.end()].strip())
        start = stop.end()
    return (*parts, words[start:].strip()) if words[start:].strip() else tuple(parts)


def _runs_on(letter: str) -> bool:
    return letter.islower() and letter < "ა"  # Georgian letters are small to Python since Unicode 11


def _leaves(body: str) -> Iterator[Token]:
    return (token for token in _PARSER.parse(body) if token.type == "inline")


def _passage(words: str, line: int) -> Passage:
    return Passage(words=words, line=line, count=count_words(words))


def _plain(leaves: Sequence[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(breaks.get(leaf.type, leaf.content) for leaf in leaves).strip()


def _anchors(leaves: Sequence[Token], line: int) -> Iterator[Anchor]:
    opened: Token | None = None
    words: list[str] = []
    for leaf in leaves:
        if leaf.type == "softbreak":
            line += 1
        if leaf.type == "link_open":
            opened, words = leaf, []
        elif leaf.type == "link_close" and opened:
            yield Anchor(words="".join(words).strip(), url=str(opened.attrGet("href") or ""), line=line)
            opened = None
        else:
            words.append(" " if leaf.type == "softbreak" else leaf.content)
