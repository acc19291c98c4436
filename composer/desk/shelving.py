"""How sources are ordered on their shelf: tags."""

import re
from collections.abc import Sequence

from composer.text import slug

_NOT_A_TAG = re.compile(r"[\W_]+")


def tag_of(words: str) -> str:
    """Return a tag for words, in their own script where it cannot be written in ASCII; "" when nothing can stay."""
    return slug(words) or _NOT_A_TAG.sub("-", words.lower()).strip("-")


def tagged(tags: Sequence[str], asked: Sequence[str], *, remove: bool) -> tuple[str, ...]:
    """Add tags at the end, each once, or take them away."""
    if remove:
        return tuple(tag for tag in tags if tag not in asked)
    return tuple(dict.fromkeys((*tags, *asked)))
