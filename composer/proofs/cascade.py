"""Which colours a reader sees in a mail: inline styles, attributes and the head's rules, in the order of CSS.

It knows what mails use: selectors of tags, classes, ids and attributes, descendants and children, `!important`, and
`prefers-color-scheme`. Rules for a pseudo-class, a sibling or another medium say nothing about colours that it trusts.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

from composer.colours import read_colour
from composer.proofs.opened import UNSEEN

INK, PAPER, LINK = "#000000", "#ffffff", "#0000ee"  # what a client takes where nothing is said
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_DARK = re.compile(r"prefers-color-scheme\s*:\s*dark", re.IGNORECASE)
_STEP = re.compile(r"\s*>\s*|\s+")
_SIMPLE = re.compile(r"([.#]?)([\w-]+)|\[\s*([\w-]+)\s*(?:=\s*[\"']?([^\"'\]]*)[\"']?)?\s*\]|\*")
_GROUND = re.compile(r"#[0-9a-f]{3,6}\b|rgba?\([^)]*\)|(?<![\w.(-])[a-z]+(?![\w.)(-])", re.IGNORECASE)
_BARE = {"", "transparent", "none"}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_INHERITED = {"", "inherit"}
_INLINE = (1_000_000, 0, 0, 0)  # above every selector


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Words, and the colours that they are read in; `stated` is false where the client's own colour stands in."""

    words: str
    ink: str
    paper: str
    stated: bool


class _Node(NamedTuple):
    """An element on the way down, with what selectors ask for read once."""

    element: HtmlElement
    tag: str
    classes: frozenset[str]
    inside: frozenset[str]  # the classes of all that it stands in, its own with them
    parent: "_Node | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compound:
    tag: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]
    child: bool  # of what stands before it, not only inside it

    def fits(self, node: _Node) -> bool:
        if (self.tag and node.tag != self.tag) or not self.classes <= node.classes:
            return False
        return all(
            node.element.get(name) is not None if value is None else node.element.get(name) == value
            for name, value in self.attributes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    compounds: tuple[_Compound, ...]
    ink: tuple[str, bool] | None  # the value, and whether it is important
    paper: tuple[str, bool] | None
    weight: tuple[int, int, int, int]  # ids; classes and attributes; tags; order


Sheet = Mapping[str, Sequence[_Rule]]  # rules by what their last compound asks for first: ".class", "tag" or "*"
Painted = tuple[str, str, bool]  # ink, paper, and whether the paper was stated


def seen(document: HtmlElement) -> tuple[tuple[Seen, ...], tuple[Seen, ...]]:
    """Return every pair of colours that words are read in, by day and in the dark palette, with the first words."""
    css = _COMMENT.sub("", "\n".join(style.text or "" for style in document.iter("style")))
    sheets = (_sheet(css, "light"), _sheet(css, "dark"))
    found: tuple[dict[Painted, Seen], dict[Painted, Seen]] = ({}, {})
    for words, painted in _walk(document, sheets):
        for pairs, (ink, paper, stated) in zip(found, painted, strict=True):
            if (ink, paper, stated) not in pairs:
                pairs[ink, paper, stated] = Seen(words=words, ink=ink, paper=paper, stated=stated)
    return tuple(found[0].values()), tuple(found[1].values())


def _walk(document: HtmlElement, sheets: tuple[Sheet, Sheet]) -> Iterator[tuple[str, tuple[Painted, Painted]]]:
    """Yield words with their colours in both palettes; without recursion, for mails may be nested deep."""
    bare = (INK, PAPER, False)
    waiting: list[tuple[HtmlElement, _Node | None, tuple[Painted, Painted]]] = [(document, None, (bare, bare))]
    while waiting:
        here, parent, (light, dark) = waiting.pop()
        if not isinstance(here.tag, str) or here.tag in UNSEEN:
            continue
        style = here.get("style") or ""
        if "none" in style and _HIDDEN.search(style):
            continue
        classes = _classes(here.get("class") or "")
        inside = classes | parent.inside if parent else classes
        node = _Node(here, here.tag, classes, inside, parent)
        own = (_painted(node, style, sheets[0], light), _painted(node, style, sheets[1], dark))
        if words := _own_words(here):
            yield words, own
        waiting += [(child, node, own) for child in reversed(here)]


def _own_words(element: HtmlElement) -> str:
    if element.tag == "img":
        return (element.get("alt") or "").strip()
    own = (element.text or "").strip()
    return own or next((tail for child in element if (tail := (child.tail or "").strip())), "")


@lru_cache(maxsize=1024)
def _classes(written: str) -> frozenset[str]:
    return frozenset(written.split())


def _painted(node: _Node, style: str, sheet: Sheet, outer: Painted) -> Painted:
    """Return the colours inside an element: what is said of it, else what surrounds it."""
    ink, paper = _declared(style) if "color" in style or "background" in style else (None, None)
    inks = [((ink[1], _INLINE), ink[0])] if ink else []
    papers = [((paper[1], _INLINE), paper[0])] if paper else []
    for rule in _candidates(node, sheet):
        if _matches(node, rule.compounds):
            inks += [((rule.ink[1], rule.weight), rule.ink[0])] if rule.ink else []
            papers += [((rule.paper[1], rule.weight), rule.paper[0])] if rule.paper else []
    said_ink = max(inks)[1] if inks else (LINK if node.tag == "a" and node.element.get("href") else "")
    said_paper = max(papers)[1] if papers else read_colour(node.element.get("bgcolor") or "")
    return (
        outer[0] if said_ink in _INHERITED else said_ink,
        outer[1] if said_paper in _BARE else said_paper,
        outer[2] or said_paper not in _BARE,
    )


def _candidates(node: _Node, sheet: Sheet) -> Iterator[_Rule]:
    for name in node.classes:
        yield from sheet.get(f".{name}", ())
    yield from sheet.get(node.tag, ())
    yield from sheet.get("*", ())


def _matches(node: _Node, compounds: Sequence[_Compound]) -> bool:
    """Say whether a selector means an element; of several ancestors that fit the nearest counts."""
    if not compounds[-1].fits(node) or not all(compound.classes <= node.inside for compound in compounds):
        return False
    here, child = node, compounds[-1].child
    for compound in reversed(compounds[:-1]):
        above = here.parent
        while above is not None and not compound.fits(above):
            above = None if child else above.parent
        if above is None:
            return False
        here, child = above, compound.child
    return True


@lru_cache(maxsize=8)
def _sheet(css: str, palette: str) -> Sheet:
    sheet: defaultdict[str, list[_Rule]] = defaultdict(list)
    for order, (selector, body) in enumerate(_rules(css, dark=palette == "dark")):
        ink, paper = _declared(body)
        compounds = _compounds(selector) if ink or paper else ()
        if compounds:
            made = _Rule(compounds=compounds, ink=ink, paper=paper, weight=(*_weight(compounds), order))
            last = compounds[-1]
            sheet[f".{min(last.classes)}" if last.classes else last.tag or "*"].append(made)
    return sheet


def _rules(css: str, *, dark: bool) -> Iterator[tuple[str, str]]:
    """Yield selectors with their declarations; those for dark only where a dark palette is asked for."""
    at = 0
    while (opening := css.find("{", at)) >= 0:
        prelude, closing = css[at:opening].strip(), _closing(css, opening)
        body = css[opening + 1 : closing]
        at = closing + 1
        if not prelude.startswith("@"):
            yield from ((selector.strip(), body) for selector in prelude.split(","))
        elif prelude.startswith("@media") and dark and _DARK.search(prelude):
            yield from _rules(body, dark=dark)


def _closing(css: str, opening: int) -> int:
    depth = 0
    for found in re.finditer(r"[{}]", css[opening:]):
        depth += 1 if found.group() == "{" else -1
        if depth == 0:
            return opening + found.start()
    return len(css)


@lru_cache(maxsize=4096)
def _declared(body: str) -> tuple[tuple[str, bool] | None, tuple[str, bool] | None]:
    """Return ink and paper of a list of declarations, each with whether it is important; the last one counts."""
    ink = paper = None
    for declaration in body.split(";"):
        name, _, value = declaration.partition(":")
        words, important = value.replace("!important", " ").strip().lower(), "!important" in value
        match name.strip().lower():
            case "color":
                colour = "inherit" if words == "inherit" else read_colour(words)
                ink = (colour, important) if colour else ink
            case "background" | "background-color":
                named = (word if word in _BARE else read_colour(word) for word in _GROUND.findall(words))
                colour = next(filter(None, named), "")
                paper = (colour, important) if colour else paper
    return ink, paper


def _compounds(selector: str) -> tuple[_Compound, ...]:
    """Read a selector; one that is not understood gives nothing, nor one for a mail that Outlook has turned over."""
    if not selector or "[data-ogs" in selector or re.search(r"[:+~|\\]", selector):
        return ()
    steps = [None, *_STEP.findall(selector)]
    read = [
        _compound(words, child=">" in (step or "")) for words, step in zip(_STEP.split(selector), steps, strict=True)
    ]
    return tuple(one for one in read if one) if all(read) else ()


def _compound(words: str, *, child: bool) -> _Compound | None:
    tag, classes, attributes = "", set[str](), list[tuple[str, str | None]]()
    at = 0
    while found := _SIMPLE.match(words, at):
        mark, name, attribute, value = found.groups()
        at = found.end()
        if attribute:
            attributes.append((attribute, value))
        elif mark == ".":
            classes.add(name)
        elif mark == "#":
            attributes.append(("id", name))
        elif name:
            tag = name.lower()
    whole = at == len(words) and words
    return _Compound(tag=tag, classes=frozenset(classes), attributes=tuple(attributes), child=child) if whole else None


def _weight(compounds: Sequence[_Compound]) -> tuple[int, int, int]:
    ids = sum(name == "id" for one in compounds for name, _ in one.attributes)
    others = sum(len(one.classes) + len(one.attributes) for one in compounds) - ids
    return ids, others, sum(bool(one.tag) for one in compounds)
