"""Currents composes newsletter editions: its nouns, its errors and what can be done with them, by one import.

A name is imported when it is first used (PEP 562), so that the command line's help need not build a single noun. The
wiring is `composer.app`, the command line `composer.cli`; docs/python.md shows a week in Python.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from composer.errors import ComposerError
from composer.version import __version__

if TYPE_CHECKING:
    from composer.app import Newsroom, open_newsroom
    from composer.blocks import Block, Field, Manuscript
    from composer.desk.changing import change
    from composer.desk.choosing.morgue import open_morgue
    from composer.desk.choosing.stories import tell
    from composer.desk.choosing.suggesting import suggest
    from composer.desk.drafting import begin, compose
    from composer.desk.evidence import figures, research
    from composer.desk.gathering import add, claim, follow, gather
    from composer.desk.lengths import measure
    from composer.desk.mending import mend
    from composer.desk.publishing import case_of, prove, publish, reprint, republish
    from composer.desk.quoting import quotes, subjects
    from composer.desk.revising import revert, take_in
    from composer.desk.sheets import render, weigh_mail
    from composer.desk.standing import pick, pick_again
    from composer.evidence import check, check_quotation
    from composer.manuscript import dump, load
    from composer.model import Article, ArticleQuery, Edition, Message, Page, Remark, Revision, Source
    from composer.parcels import Receipt
    from composer.proposals import propose
    from composer.summaries import sentences, summarise, weigh

_HOMES = {
    "composer.app": ("Newsroom", "open_newsroom"),
    "composer.blocks": ("Block", "Field", "Manuscript"),
    "composer.desk.changing": ("change",),
    "composer.desk.choosing.morgue": ("open_morgue",),
    "composer.desk.choosing.stories": ("tell",),
    "composer.desk.choosing.suggesting": ("suggest",),
    "composer.desk.drafting": ("begin", "compose"),
    "composer.desk.evidence": ("figures", "research"),
    "composer.desk.gathering": ("add", "claim", "follow", "gather"),
    "composer.desk.lengths": ("measure",),
    "composer.desk.mending": ("mend",),
    "composer.desk.publishing": ("case_of", "prove", "publish", "reprint", "republish"),
    "composer.desk.quoting": ("quotes", "subjects"),
    "composer.desk.revising": ("revert", "take_in"),
    "composer.desk.sheets": ("render", "weigh_mail"),
    "composer.desk.standing": ("pick", "pick_again"),
    "composer.evidence": ("check", "check_quotation"),
    "composer.manuscript": ("dump", "load"),
    "composer.model": (
        "Article",
        "ArticleQuery",
        "Edition",
        "Message",
        "Page",
        "Remark",
        "Revision",
        "Source",
    ),
    "composer.parcels": ("Receipt",),
    "composer.proposals": ("propose",),
    "composer.summaries": ("sentences", "summarise", "weigh"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Article",
    "ArticleQuery",
    "Block",
    "ComposerError",
    "Edition",
    "Field",
    "Manuscript",
    "Message",
    "Newsroom",
    "Page",
    "Receipt",
    "Remark",
    "Revision",
    "Source",
    "__version__",
    "add",
    "begin",
    "case_of",
    "change",
    "check",
    "check_quotation",
    "claim",
    "compose",
    "dump",
    "figures",
    "follow",
    "gather",
    "load",
    "measure",
    "mend",
    "open_morgue",
    "open_newsroom",
    "pick",
    "pick_again",
    "propose",
    "prove",
    "publish",
    "quotes",
    "render",
    "reprint",
    "republish",
    "research",
    "revert",
    "sentences",
    "subjects",
    "suggest",
    "summarise",
    "take_in",
    "tell",
    "weigh",
    "weigh_mail",
]


def __getattr__(name: str) -> object:
    """Import a name when it is first used."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    """List what can be imported from here, also what has not been yet."""
    return __all__
