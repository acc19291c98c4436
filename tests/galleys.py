"""A faultless edition, rendered by the shipped theme as publishing would, and ways to spoil what came out."""

from dataclasses import replace
from functools import cache
from typing import Any

import cases
from editions import THEMES
from fakes import MemoryStore
from makers import NOON, edition

from composer.desk.publishing import pull
from composer.desk.revising import Copy
from composer.desk.sheets import render
from composer.desk.typesetting import Press
from composer.model import Print, Revision
from composer.proofs import Case
from composer.proofs.galley import Galley
from composer.rendering import load_theme

UID = "01KJZ5Q8X0V3T7R9M2N4P6S8W0"
GUID = f"tag:news.example.org,2026:undertow/{UID}"
MADE = edition(id=1, uid=UID, slug="the-price-of-salt", published_at=NOON, updated_at=NOON)
theme = cache(lambda name: load_theme(name, (THEMES,)))


class Cupboard:
    """A darkroom that has the one photo developed."""

    def develop(self, src: str, base_url: str) -> Print:
        known = cases.developed(url=f"{base_url}market.jpg")
        return known if src == known.src else Print(src=src, url="", problem=f"{src} is not there")


def press(**changes: Any) -> Press:
    return Press(settings=cases.settings(**changes), darkroom=Cupboard(), theme=theme, profile=lambda _: cases.PROFILE)


def proved(given: Case | None = None, made: Any = MADE, **changes: Any) -> Case:
    """Return a case with everything that publishing would write; `changes` are settings."""
    start = given or sound()
    room = press(**changes)
    copy = Copy(edition=made, revision=revision(), manuscript=start.manuscript, problems=())
    sheet = render(room, made, start.manuscript, now=NOON)
    return replace(
        start,
        settings=room.settings,
        message=sheet.message,
        prints=sheet.prints,
        galley=pull(room, copy, sheet, MemoryStore()),
    )


def revision() -> Revision:
    return Revision(edition_id=1, number=1, text="", sha256="0123456789abcdef" * 4, saved_at=NOON)


def sound(*put: Any, **header: Any) -> Case:
    return cases.case(*put, tags=("salt", "roads"), **header)


@cache
def faultless() -> Case:
    return proved()


def spoilt(name: str, was: str | bytes, now: str | bytes, *, given: Case | None = None) -> Case:
    """Return the faultless case with one passage of one file changed everywhere; it must be there."""
    before = given or faultless()
    assert before.galley
    content = before.galley.files[name]
    old, new = (words.encode() if isinstance(words, str) else words for words in (was, now))
    assert old in content, f"{name} has no {old!r}"
    return with_file(name, content.replace(old, new), given=before)


def with_file(name: str, content: bytes, *, given: Case | None = None) -> Case:
    before = given or faultless()
    assert before.galley
    galley = before.galley
    made = Galley(
        **{**vars_of(galley), "files": {**galley.files, name: content}},
    )
    return replace(before, galley=made)


def vars_of(galley: Galley) -> dict[str, Any]:
    names = ("files", "guid", "taken", "now", "refused", "unsteady", "weights")
    return {name: getattr(galley, name) for name in names}


def with_galley(**changes: Any) -> Case:
    galley = faultless().galley
    assert galley
    return replace(faultless(), galley=Galley(**{**vars_of(galley), **changes}))
