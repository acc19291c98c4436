"""Every word of an issue, isolated where it runs against its surroundings: one walk over the laid-out values.

A field that holds words is isolated unless it is named here, so that a new one cannot be forgotten.
"""

from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from markupsafe import Markup

from composer.rendering.issue import Brief, Issue, Part, PullQuote, Quote
from composer.rendering.sides import isolate
from composer.rendering.spans import isolate_html

_NO_WORDS = frozenset(
    {
        *("kind", "anchor", "shape", "media_type", "problem", "lang", "dir", "start", "end"),
        *("url", "link", "home_url", "canonical_url", "published", "updated", "tone", "slug", "target", "day"),
    }
)
_FOR_MACHINES = frozenset({"authors", "tags"})  # names and terms that other programs compare
_OWN_WORDS = frozenset({"body", "headline"})  # what stands in a block's own language
Laid = TypeVar("Laid", bound=Any)  # an issue, a part, or a value inside one
_TYPED = "markdown"  # plain text is isolated when its paragraphs are set
_LEFT_OUT = _NO_WORDS | _FOR_MACHINES | {_TYPED, "parts"}


def isolated(issue: Issue) -> Issue:
    """Return an issue with isolates around foreign runs in all that readers see; its Markdown stays as typed."""
    return replace(_settled(issue, issue.dir), parts=tuple(_part(part, issue.dir) for part in issue.parts))


def _part(part: Part, side: str) -> Part:
    settled = _settled(part, side)
    if not isinstance(part, Brief | PullQuote | Quote) or not part.turned:
        return settled
    return replace(settled, **{name: _one(getattr(part, name), part.dir) for name in _OWN_WORDS if hasattr(part, name)})


def _settled(value: Laid, side: str) -> Laid:
    said = ((name, before) for name in _read(value.__class__) if (before := getattr(value, name)))
    changed = {name: after for name, before in said if (after := _one(before, side)) != before}
    return replace(value, **changed) if changed else value


@lru_cache(maxsize=64)
def _read(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a kind of value that readers see."""
    return tuple(one.name for one in fields(kind) if one.name not in _LEFT_OUT)


def _one(value: Any, side: str) -> Any:  # noqa: ANN401 (whatever a field holds)
    if isinstance(value, Markup):
        return isolate_html(value, side)
    if isinstance(value, str):
        return isolate(value, side)
    if isinstance(value, tuple):
        return tuple(_one(item, side) for item in value)
    return _settled(value, side) if is_dataclass(value) else value
