"""An issue as plain text, from its parts, never from its HTML.

Conventions: title underlined with `=`, headings with `-`; lines of at most 72 columns; links as `[1]` with their
addresses at the end of the section they stand in; photos as their words; pull quotes left out, for they repeat.
Right-to-left text is not wrapped: a client that orders the lines by itself must see whole paragraphs. A line of it
that would begin with no letter, or with another script's, begins with a right-to-left mark (U+200F), and an address
stands on a line of its own, without marks: programs must find it.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from markdown_it.tree import SyntaxTreeNode

from composer.rendering import columns
from composer.rendering.conventions import capitals
from composer.rendering.issue import (
    Brief,
    Call,
    Colophon,
    Correction,
    Credits,
    Disclosure,
    Figure,
    Heading,
    Hyperlink,
    Issue,
    Lede,
    Link,
    Part,
    Photo,
    Provenance,
    Quote,
    Row,
    Sponsor,
    View,
    Why,
)
from composer.rendering.markup import tokens
from composer.rendering.sides import FIRST_STRONG, RLM, begins, isolate, leaning
from composer.rendering.words import say
from composer.text import one_line

COLUMNS = 72  # RFC 5322 recommends at most 78; replies need room for their marks
RULE = "* * *"
_STOPS = (".", "!", "?", "…", "։", "؟", "。", "！", "？")
TURNS = frozenset({"section", "subhead", "why"})  # where the addresses of the links so far are listed


class Page:
    """A text being set: paragraphs, and the addresses that wait for the end of their section."""

    def __init__(self, *, lang: str, side: str) -> None:
        self.lang = lang
        self.side = side
        self.paragraphs: list[str] = []
        self.count = 0
        self._waiting: list[str] = []

    def add(self, words: str, *, first: str = "", rest: str | None = None) -> None:
        """Set a paragraph; `first` stands before its first line, `rest` before the others."""
        lines = [self._set(line, first, first if rest is None else rest) for line in words.split("\n") if line.strip()]
        if lines:
            self.paragraphs.append("\n".join(lines))

    def close_up(self, above: int) -> None:
        """Make one paragraph of all below the first `above`: a list that is typed without blank lines has none."""
        if self.paragraphs[above:]:
            self.paragraphs[above:] = ["\n".join(self.paragraphs[above:])]

    def raw(self, words: str) -> None:
        """Set words exactly as they are."""
        self.paragraphs.append(words)

    def heading(self, words: str, mark: str) -> None:
        """Set a heading with its underline, as wide as its longest line."""
        lines = self._set(words, "", "").split("\n")
        line = mark * min(COLUMNS, max(map(columns.width, lines)))
        self.raw("\n".join([*lines, self._set(line, "", "")]))

    def capitals(self, words: str) -> str:
        """Return words in the language's capitals, if it has them."""
        return capitals(self.lang, words)

    def labelled(self, label: str, words: str) -> str:
        """Return a label and what it labels."""
        return say(self.lang, "mark.colon", label, words)

    def leading(self, label: str, url: str) -> str:
        """Return words and the address they lead to, which right-to-left text sets on a line of its own."""
        if self.side == "ltr":
            return self.labelled(label, url)
        return self._set(self.labelled(label, "").rstrip(), "", "") + f"\n{url}"

    def listed(self, pieces: Sequence[str]) -> str:
        """Join the pieces of a line."""
        return say(self.lang, "mark.comma").join(pieces)

    def stopped(self, words: str) -> str:
        """End a sentence that has no end."""
        return words if words.endswith(_STOPS) else words + say(self.lang, "mark.stop")

    def link(self, url: str) -> str:
        """Return the mark of a link whose address will be listed."""
        self.count += 1
        self._waiting.append(f"[{self.count}] {url}")
        return f"\N{NO-BREAK SPACE}[{self.count}]"  # a mark alone at a line's start would look like its listing

    def list_links(self) -> None:
        """List the addresses that wait."""
        if self._waiting:
            self.raw("\n".join(self._waiting))
        self._waiting = []

    def _set(self, words: str, first: str, rest: str) -> str:
        """Set a paragraph in lines by its own direction, which may be another than the edition's."""
        if leaning(words, self.side) == "ltr" and not (self.side == "rtl" and words.startswith(FIRST_STRONG)):
            return "\n".join(columns.fill(isolate(words, "ltr"), COLUMNS, first=first, rest=rest))
        said = isolate(words, "rtl")
        return first + said if begins(said) == "rtl" else RLM + first + said


def plaintext(issue: Issue) -> str:
    """Return an issue as a mail's plain text with LF line ends; it ends with one."""
    return with_foot(storytext(issue), issue)


def storytext(issue: Issue) -> str:
    """Return the same without the foot: the way out is a subscriber's own, and has no place in a public feed."""
    return _joined(_told(issue))


def with_foot(story: str, issue: Issue) -> str:
    """Return the mail's plain text from its `storytext`, so that who needs both sets the words once."""
    foot = Page(lang=issue.lang, side=issue.dir)
    foot.raw("-" * COLUMNS)
    _close(foot, issue.colophon)
    return f"{story}\n{_joined(foot)}"


def _joined(page: Page) -> str:
    return "\n\n".join(page.paragraphs) + "\n"


def _told(issue: Issue) -> Page:
    page = Page(lang=issue.lang, side=issue.dir)
    _open(page, issue)
    for part in issue.parts:
        if part.kind in TURNS:
            page.list_links()
        _set_part(page, part)
    page.list_links()
    return page


def _open(page: Page, issue: Issue) -> None:
    page.add("\n".join(line for line in (page.capitals(issue.nameplate), " · ".join(issue.folio)) if line))
    page.heading(one_line(issue.title), "=")
    for words in (issue.dek, issue.byline, issue.updated_line):
        page.add(one_line(words))


def _close(page: Page, colophon: Colophon) -> None:
    page.add(colophon.reason)
    if colophon.links:
        page.raw("\n".join(page.leading(link.words, link.url) for link in colophon.links))
    page.add(colophon.address)


def _set_part(page: Page, part: Part) -> None:  # noqa: C901, PLR0912 (one case a kind, nothing nested)
    match part:
        case Lede():
            _lede(page, part)
        case Heading():
            page.heading(one_line(part.words), "-")
        case Photo():
            _photo(page, part)
        case Quote():
            _quote(page, part)
        case Figure():
            _figure(page, part)
        case Brief() | Link():
            _story(page, part)
        case View():
            _labelled(page, " · ".join(filter(None, (part.label, part.name))), part.markdown)
            _sources(page, [part.source] if part.source else [])
        case Credits():
            page.add("\n".join(page.labelled(role, names) for role, names in part.entries))
        case Provenance():
            page.add(part.text + (page.link(part.url) if part.url else ""))
        case Call():
            _call(page, part)
        case Sponsor():
            name = part.name + (page.link(part.url) if part.url else "")
            _labelled(page, page.labelled(part.label, name), part.markdown)
        case Disclosure():
            _labelled(page, part.label, part.markdown)
        case Correction():
            _correction(page, part)
        case Why():
            page.heading(one_line(part.title), "-")
            _markdown(page, part.markdown)
        case _:
            _other(page, part)


def _other(page: Page, part: Part) -> None:
    if part.kind == "divider":
        page.add(RULE)
    elif part.kind == "prose":
        _markdown(page, part.markdown)  # type: ignore[union-attr]  # prose is the one kind that is left


def _lede(page: Page, part: Lede) -> None:
    if part.salutation:
        page.add(part.salutation)
    opening = f"{page.capitals(part.dateline)} – " if part.dateline else ""
    _markdown(page, part.markdown, opening=opening)


def _photo(page: Page, part: Photo) -> None:
    said = [part.caption or part.alt, part.credit_line or part.credit]
    page.add(f"[{' '.join(page.stopped(words) for words in said if words)}]")


def _quote(page: Page, part: Quote) -> None:
    _markdown(page, part.markdown, first="  ", rest="  ")
    said = " · ".join(filter(None, (part.speaker, part.note)))
    linked = f" · {part.source.words}{page.link(part.source.url)}" if part.source and part.source.url else ""
    if said or linked:
        page.add(f"— {said}{linked}".replace("—  · ", "— "), first="  ", rest="    ")


def _figure(page: Page, part: Figure) -> None:
    page.add(part.title)
    if part.rows:
        _rows(page, part)
    else:
        page.add(f"[{part.alt}]")
    for words in (part.note, part.source_line):
        page.add(words)


def _rows(page: Page, part: Figure) -> None:
    """Set a table: in columns, or in right-to-left text row by row, for columns of spaces would not stand there."""
    if page.side == "ltr":
        page.raw(_aligned(part.head, part.rows))
        return
    heads = [page.labelled(part.head[0], " · ".join(part.head[1:]))] if any(part.head[1:]) else []
    page.add("\n".join([*heads, *(page.labelled(row.label, " · ".join(row.cells)) for row in part.rows)]))


def _aligned(head: Sequence[str], rows: Sequence[Row]) -> str:
    """Set a table in columns: labels to the left, values to the right."""
    lines = [list(head)] if any(head) else []
    lines += [[row.label, *row.cells] for row in rows]
    wide = max(map(len, lines))
    grid = [line + [""] * (wide - len(line)) for line in lines]
    widths = [max(columns.width(line[column]) for line in grid) for column in range(wide)]
    return "\n".join(
        "  ".join(chain([columns.left(line[0], widths[0])], _right(line[1:], widths[1:]))).rstrip() for line in grid
    )


def _right(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    return (columns.right(cell, width) for cell, width in zip(cells, widths, strict=True))


def _story(page: Page, part: Brief | Link) -> None:
    headline = one_line(part.headline) + (page.link(part.url) if part.url else "")
    label = part.label if isinstance(part, Brief) else ""
    page.add(f"{page.labelled(label, headline) if label else headline}\n{part.source_line}")
    _markdown(page, part.markdown)
    _sources(page, part.sources[1:])


def _sources(page: Page, sources: Sequence[Hyperlink]) -> None:
    listed = [f"{source.words}{page.link(source.url)}" for source in sources if source.url]
    if listed:
        page.add(page.listed(listed))


def _labelled(page: Page, label: str, markdown: str) -> None:
    page.add(page.capitals(label) if not label.endswith("]") else label)
    _markdown(page, markdown)


def _call(page: Page, part: Call) -> None:
    above = len(page.paragraphs)
    page.add(part.text)
    if part.url:
        page.raw(page.leading(part.label, part.url))
    else:
        page.add(part.label)
    page.close_up(above)


def _correction(page: Page, part: Correction) -> None:
    _labelled(page, " · ".join(filter(None, (part.label, part.date))), part.markdown)
    for words in (part.was, part.now):
        page.add(words)


def _markdown(page: Page, markdown: str, *, opening: str = "", first: str = "", rest: str = "") -> None:
    tree = SyntaxTreeNode(tokens(markdown))
    for number, node in enumerate(tree.children):
        _block(page, node, opening=opening if number == 0 else "", first=first, rest=rest)


def _block(page: Page, node: SyntaxTreeNode, *, opening: str = "", first: str = "", rest: str = "") -> None:
    if node.type in {"paragraph", "inline"}:
        page.add(opening + _words(page, node), first=first, rest=rest)
    elif node.type in {"bullet_list", "ordered_list"}:
        _list(page, node, first, rest)
    elif node.type == "blockquote":
        for child in node.children:
            _block(page, child, first=f"{first}> ", rest=f"{rest}> ")
    else:
        page.add(opening + node.content, first=first, rest=rest)


def _list(page: Page, node: SyntaxTreeNode, first: str, rest: str) -> None:
    start, above = int(str(node.attrs.get("start", 1))), len(page.paragraphs)
    for number, item in enumerate(node.children, start):
        mark = f"{number}. " if node.type == "ordered_list" else "* "
        for place, child in enumerate(item.children):
            before = f"{first}{mark}" if place == 0 else rest + " " * len(mark)
            _block(page, child, first=before, rest=rest + " " * len(mark))
    if all(child.hidden for item in node.children for child in item.children if child.type == "paragraph"):
        page.close_up(above)


def _words(page: Page, node: SyntaxTreeNode) -> str:
    """Return a paragraph's words; a link's address is listed unless it is its own words."""
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    if not node.children:
        return node.content
    said = "".join(_words(page, child) for child in node.children)
    url = str(node.attrs.get("href", "")) if node.type == "link" else ""
    return said + (page.link(url) if url and url not in {said, f"mailto:{said}"} else "")
