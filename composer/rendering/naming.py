"""Which names a theme's templates may use of `issue`, `part` and `theme`, and which they use that are not there.

Jinja says it only when a line is printed; here every line counts, also those that no edition happens to reach.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from pathlib import PurePosixPath
from typing import get_args

from jinja2 import nodes

from composer.rendering.faults import Fault, hint
from composer.rendering.issue import Call, Heading, Issue, Part
from composer.rendering.tokens import COLOURS, FACES, FONTS, SPACES, Tokens

_TOKENS: Mapping[str, tuple[str, ...]] = {
    "light": COLOURS,
    "dark": COLOURS,
    "fonts": FONTS,
    "type": FACES,
    "space": SPACES,
}
_OF_DICTS = ("items", "keys", "values", "get")


def name_faults(name: str, tree: nodes.Template) -> Iterator[Fault]:
    """Find every name in a template that its value does not have."""
    known: dict[str, frozenset[str]] = {"issue": _names(Issue), "theme": _names(Tokens)}
    if part := _part_names(name):
        known["part"] = part
    known = {word: names for word, names in known.items() if word not in _bound(tree)}
    for node in tree.find_all(nodes.Getattr):
        owner = node.node
        if isinstance(owner, nodes.Name) and owner.name in known and node.attr not in known[owner.name]:
            yield _fault(name, node, owner.name, known[owner.name])
        if isinstance(owner, nodes.Getattr) and isinstance(owner.node, nodes.Name) and owner.node.name == "theme":
            tokens = (*_TOKENS.get(owner.attr, (node.attr,)), *_OF_DICTS)
            if node.attr not in tokens:
                yield _fault(name, node, f"theme.{owner.attr}", tokens)


def part_kinds() -> Mapping[str, type]:
    """Return every kind of part with the class of its values."""
    kinds: dict[str, type] = dict.fromkeys(("section", "subhead", "subhead3", "heading"), Heading)
    kinds |= dict.fromkeys(("signup", "cta", "call"), Call)
    for one in get_args(Part):
        kind = next(field.default for field in fields(one) if field.name == "kind")
        if kind is not MISSING:
            kinds[kind] = one
    return kinds


def _fault(name: str, node: nodes.Getattr, owner: str, known: Iterable[str]) -> Fault:
    return Fault(name, node.lineno, f"{node.attr} is not there{hint(node.attr, known)} (in {owner})")


def _part_names(name: str) -> frozenset[str]:
    """Return the names of what a part prints; `parts/figure-bar.mjml.j2` prints a figure."""
    path = PurePosixPath(name)
    found = part_kinds().get(path.name.split(".")[0].split("-")[0]) if path.parent.name == "parts" else None
    return _names(found) if found else frozenset()


def _names(value: type) -> frozenset[str]:
    own = {field.name for field in fields(value)}
    return frozenset(own | {name for name, held in vars(value).items() if isinstance(held, property)})


def _bound(tree: nodes.Template) -> set[str]:
    """Return the names that a template gives a meaning of its own."""
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
