"""Currents composes newsletter editions: the nouns and the errors it speaks with.

The wiring is `composer.app`, the command line `composer.cli`. A noun is imported when it is first named, so that the
command line's help need not build a single one.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from composer.errors import ComposerError

if TYPE_CHECKING:
    from composer.blocks import Block, Field, Manuscript
    from composer.model import Article, Edition, Message, Page, Receipt, Remark, Revision, Source

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Block",
    "ComposerError",
    "Edition",
    "Field",
    "Manuscript",
    "Message",
    "Page",
    "Receipt",
    "Remark",
    "Revision",
    "Source",
    "__version__",
]


def __getattr__(name: str) -> object:
    """Import a noun when it is first named (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "composer.blocks" if name in {"Block", "Field", "Manuscript"} else "composer.model"
    return getattr(import_module(home), name)
