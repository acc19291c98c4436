"""An issue as plain text, from its parts, never from its HTML.

Conventions: title underlined with `=`, headings with `-`; lines of at most 72 columns; links as `[1]` with their
addresses at the end of the section they stand in; photos as their words; pull quotes left out, for they repeat.
Right-to-left text is not wrapped: a client that orders the lines by itself must see whole paragraphs.
"""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import chain

from markdown_it.tree import SyntaxTreeNode

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
from composer.text import one_line

COLUMNS = 72  # RFC 5322 recommends at most 78; replies need room for their marks
RULE = "* * *"
TURNS = frozenset({"section", "subhead", "why"})  # where the addresses of the links so far are listed


class Page:
    """A text being set: paragraphs, and the addresses that wait for the end of their section."""

    def __init__(self, *, wrapped: bool) -> None:
        self.wrapped = wrapped
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
        """Set a heading with its underline, as long as its longest line."""
        lines = self._set(words, "", "").split("\n")
        self.raw("\n".join([*lines, mark * min(COLUMNS, max(map(len, lines)))]))

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
        if not self.wrapped:
            return first + words
        lines = textwrap.wrap(
            words, COLUMNS, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )
        return "\n".join(lines)


def plaintext(issue: Issue) -> str:
    """Return an issue as a mail's plain text with LF line ends; it ends with one."""
    page = _told(issue)
    page.raw("-" * COLUMNS)
    _close(page, issue.colophon)
    return _joined(page)


def storytext(issue: Issue) -> str:
    """Return the same without the foot: the way out is a subscriber's own, and has no place in a public feed."""
    return _joined(_told(issue))


def _joined(page: Page) -> str:
    return "\n\n".join(page.paragraphs) + "\n"


def _told(issue: Issue) -> Page:
    page = Page(wrapped=issue.dir != "rtl")
    _open(page, issue)
    for part in issue.parts:
        if part.kind in TURNS:
            page.list_links()
        _set_part(page, part)
    page.list_links()
    return page


def _open(page: Page, issue: Issue) -> None:
    page.raw("\n".join(line for line in (issue.nameplate.upper(), " · ".join(issue.folio)) if line))
    page.heading(one_line(issue.title), "=")
    for words in (issue.dek, issue.byline, issue.updated_line):
        page.add(one_line(words))


def _close(page: Page, colophon: Colophon) -> None:
    page.add(colophon.reason)
    if colophon.links:
        page.raw("\n".join(f"{link.words}: {link.url}" for link in colophon.links))
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
            page.add("\n".join(f"{role}: {names}" for role, names in part.entries))
        case Provenance():
            page.add(part.text + (page.link(part.url) if part.url else ""))
        case Call():
            _call(page, part)
        case Sponsor():
            _labelled(page, f"{part.label}: {part.name}" + (page.link(part.url) if part.url else ""), part.markdown)
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
        page.raw(RULE)
    elif part.kind == "prose":
        _markdown(page, part.markdown)  # type: ignore[union-attr]  # prose is the one kind that is left


def _lede(page: Page, part: Lede) -> None:
    if part.salutation:
        page.add(part.salutation)
    opening = f"{part.dateline.upper()} – " if part.dateline else ""
    _markdown(page, part.markdown, opening=opening)


def _photo(page: Page, part: Photo) -> None:
    said = [part.caption or part.alt, part.credit_line or part.credit]
    page.add(f"[{' '.join(_stopped(words) for words in said if words)}]")


def _stopped(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _quote(page: Page, part: Quote) -> None:
    _markdown(page, part.markdown, first="  ", rest="  ")
    said = " · ".join(filter(None, (part.speaker, part.note)))
    linked = f" · {part.source.words}{page.link(part.source.url)}" if part.source and part.source.url else ""
    if said or linked:
        page.add(f"— {said}{linked}".replace("—  · ", "— "), first="  ", rest="    ")


def _figure(page: Page, part: Figure) -> None:
    page.add(part.title)
    if part.rows:
        page.raw(_aligned(part.head, part.rows))
    else:
        page.add(f"[{part.alt}]")
    for words in (part.note, part.source_line):
        page.add(words)


def _aligned(head: Sequence[str], rows: Sequence[Row]) -> str:
    """Set a table in columns: labels to the left, values to the right."""
    lines = [list(head)] if any(head) else []
    lines += [[row.label, *row.cells] for row in rows]
    wide = max(map(len, lines))
    grid = [line + [""] * (wide - len(line)) for line in lines]
    widths = [max(len(line[column]) for line in grid) for column in range(wide)]
    return "\n".join(
        "  ".join(chain([line[0].ljust(widths[0])], _right(line[1:], widths[1:]))).rstrip() for line in grid
    )


def _right(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    return (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))


def _story(page: Page, part: Brief | Link) -> None:
    label = f"{part.label}: " if isinstance(part, Brief) and part.label else ""
    mark = page.link(part.url) if part.url else ""
    page.add(f"{label}{one_line(part.headline)}{mark}\n{part.source_line}")
    _markdown(page, part.markdown)
    _sources(page, part.sources[1:])


def _sources(page: Page, sources: Sequence[Hyperlink]) -> None:
    listed = [f"{source.words}{page.link(source.url)}" for source in sources if source.url]
    if listed:
        page.add(", ".join(listed))


def _labelled(page: Page, label: str, markdown: str) -> None:
    page.add(label.upper() if not label.endswith("]") else label)
    _markdown(page, markdown)


def _call(page: Page, part: Call) -> None:
    page.add(f"{part.text}\n{part.label}: {part.url}" if part.url else f"{part.text}\n{part.label}")


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
