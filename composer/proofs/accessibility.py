"""Whether everybody can read the rendered mail (after the yearly report of the Email Markup Consortium)."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lxml.html import HtmlElement

from composer.proofs.case import OWN_WORDS, Case, Finding, rule
from composer.proofs.opened import body_children, opened
from composer.proofs.wording import is_empty_link
from composer.text import cut, one_line, quoted

_UNDERLINE = re.compile(r"text-decoration[^:;]*:[^;]*underline|border-bottom[^:;]*:(?!\s*(?:0|none))")
_PLAIN = re.compile(r"text-decoration[^:;]*:[^;]*none")
_BUTTON = re.compile(r"background(?:-color)?\s*:(?!\s*(?:none|transparent))")
_NO_ZOOM = re.compile(r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*(?:0|1)(?:\.0*)?(?!\d)", re.IGNORECASE)


@rule(
    "EML-A01",
    "error",
    reason="Without `dir` right-to-left text falls apart in clients that drop the html element.",
    mend="Let the theme set `dir` on every child of the body.",
)
def direction(case: Case) -> Iterator[Finding]:
    """Look at every direct child of the body."""
    yield from _children_without(case, "dir")


@rule(
    "EML-A02",
    "error",
    reason="Screen readers choose their voice by `lang`; clients drop the html element that carries it.",
    mend="Let the theme set `lang` on every child of the body.",
)
def language(case: Case) -> Iterator[Finding]:
    """Look at every direct child of the body."""
    yield from _children_without(case, "lang")


@rule(
    "EML-A03",
    "error",
    reason="A table that only lays out is read aloud cell by cell unless it says so.",
    mend='Let the theme set `role="presentation"` on tables without header cells.',
)
def layout_tables(case: Case) -> Iterator[Finding]:
    """Look at tables without a role; one with header cells holds data and needs none."""
    tables = _all(case, "//table[not(@role='presentation' or @role='none')]")
    bare = [table for table in tables if not table.xpath("./tr/th|./*/tr/th")]
    if bare:
        message = f'{len(bare)} layout tables carry no role; the theme must set `role="presentation"`'
        yield Finding(message=message)


@rule(
    "EML-A04",
    "error",
    reason="Listeners find their way by headings: one title, and no level left out.",
    mend="Let the theme print one h1 and step down one level at a time.",
)
def headings(case: Case) -> Iterator[Finding]:
    """Read the heading levels in order."""
    levels = [int(heading.tag[1]) for heading in _all(case, "//h1|//h2|//h3|//h4|//h5|//h6")]
    if case.message and levels.count(1) != 1:
        yield Finding(message=f"the mail has {levels.count(1)} h1 headings; there must be one")
    for above, below in pairwise(levels):
        if below > above + 1:
            yield Finding(message=f"the mail's headings jump from h{above} to h{below}; step down one level at a time")
            return


@rule(
    "EML-A05",
    "error",
    reason="A link without words is announced as its address, letter by letter.",
    mend="Give the link words, or its picture alt words.",
)
def silent_links(case: Case) -> Iterator[Finding]:
    """Look for links with neither words nor a picture that has alt words."""
    for link in _all(case, "//a[@href]"):
        if not link.text_content().strip() and not any(picture.strip() for picture in link.xpath(".//img/@alt")):
            yield Finding(message=f"a link to {cut(link.get('href'), 60)} has no words; give it some")


@rule(
    "EML-A06",
    "error",
    reason="Screen readers choose their voice by the document's language.",
    mend="Let the theme set `lang` on the html element.",
)
def document_language(case: Case) -> Iterator[Finding]:
    """Look at the html element."""
    if case.message and not (opened(case.message.html).get("lang") or "").strip():
        yield Finding(message="the mail's html element has no lang; the theme must set it")


@rule(
    "EML-A08",
    "error",
    reason="A picture without alt is announced by its file name.",
    mend='Let the theme give every picture alt words, or `alt=""` when it only decorates.',
)
def silent_pictures(case: Case) -> Iterator[Finding]:
    """Look for pictures without the attribute; an empty one is an answer."""
    for picture in _all(case, "//img[not(@alt)]"):
        yield Finding(message=f"the mail's picture {cut(picture.get('src') or '?', 60)} has no alt; set it")


@rule(
    "EML-A09",
    "error",
    reason="The title names the mail in tabs, in print and to screen readers.",
    mend="Let the theme print the subject as the document's title.",
)
def document_title(case: Case) -> Iterator[Finding]:
    """Want words in the title element."""
    if case.message and not "".join(_all(case, "/html/head/title/text()")).strip():
        yield Finding(message="the mail's HTML has no title; the theme must print the subject there")


@rule(
    "EML-A10",
    "warning",
    reason="A list of links that all say here or more leads nowhere.",
    mend="Let the theme's own links say where they lead.",
)
def link_words(case: Case) -> Iterator[Finding]:
    """Look at the theme's links; the manuscript's own are T-LINKTEXT's."""
    own = {anchor.words for _, reading in case.readings(*OWN_WORDS, "quote", "pullquote") for anchor in reading.anchors}
    own |= {block.get("label") for block in case.manuscript.of("signup", "cta")}
    for link in _all(case, "//a[@href]"):
        words = one_line(link.text_content())
        if is_empty_link(words) and words not in own:
            yield Finding(
                message=f"the mail's link {quoted(words)} does not say where it leads; the theme must name it"
            )


@rule(
    "EML-A11",
    "warning",
    reason="Readers who see no colours see no link unless it is underlined.",
    mend="Let the theme underline links, by text-decoration or a border; buttons are known by their shape.",
)
def plain_links(case: Case) -> Iterator[Finding]:
    """Look at inline styles of links with words; a link without one is underlined by its client."""
    for link in _all(case, "//a[@href]"):
        words = one_line(link.text_content())
        if words and _is_plain(link):
            yield Finding(
                message=f"the mail's link {quoted(cut(words, 40))} is not underlined; the theme must underline it"
            )


@rule(
    "EML-A12",
    "error",
    reason="Readers with weak eyes must be able to zoom.",
    mend="Let the theme's viewport leave user-scalable and maximum-scale out.",
)
def zoom(case: Case) -> Iterator[Finding]:
    """Look at the viewport."""
    if any(_NO_ZOOM.search(content) for content in _all(case, "//meta[@name='viewport']/@content")):
        yield Finding(
            message="the mail forbids zooming; the theme's viewport must not set user-scalable or maximum-scale"
        )


@rule(
    "EML-A13",
    "error",
    reason="A table of figures is read aloud cell by cell with its headings: it needs a caption, and headings that say "
    "whether they stand over a column or beside a row; a chart's alt is FIG-ALT's.",
    mend="Let the theme print a caption, `scope` on every th, and no presentation role.",
)
def data_tables(case: Case) -> Iterator[Finding]:
    """Look at tables with header cells."""
    for table in _all(case, "//table[tr/th or */tr/th]"):
        lacks = [] if table.xpath("./caption[normalize-space()]") else ["a caption"]
        lacks += ["scope on every th"] if table.xpath("./tr/th[not(@scope)]|./*/tr/th[not(@scope)]") else []
        lacks += ["its own role"] if table.get("role") in {"presentation", "none"} else []
        if lacks:
            yield Finding(message=f"the mail's table of figures lacks {', '.join(lacks)}; the theme must print it")


def _all(case: Case, path: str) -> list[Any]:
    return list(opened(case.message.html).xpath(path)) if case.message else []


def _children_without(case: Case, name: str) -> Iterator[Finding]:
    children = body_children(case.message.html) if case.message else []
    bare = [str(child.tag) for child in children if not (child.get(name) or "").strip()]
    if bare:
        yield Finding(
            message=f"{len(bare)} of {len(children)} children of the mail's body have no {name}: {bare[0]}; set it"
        )


def _is_plain(link: HtmlElement) -> bool:
    """Say whether a link looks like the words around it: no underline on it or inside, and no button's ground."""
    style = link.get("style") or ""
    if not _PLAIN.search(style) or _UNDERLINE.search(_PLAIN.sub("", style)):
        return False
    if any(_UNDERLINE.search(inner.get("style") or "") for inner in link.iterdescendants()):
        return False
    cell = link.getparent()
    grounds = (style, (cell.get("style") or "") if cell is not None else "")
    return not any(map(_BUTTON.search, grounds)) and (cell is None or not cell.get("bgcolor"))


RULES = (
    direction,
    language,
    layout_tables,
    headings,
    silent_links,
    document_language,
    silent_pictures,
    document_title,
    link_words,
    plain_links,
    zoom,
    data_tables,
)
