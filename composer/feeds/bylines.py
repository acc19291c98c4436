"""A page's bylines → people. Pages put more into them than feeds do: offices, places, the outlet itself."""

import re
from collections.abc import Iterable

from composer.feeds.clean import title_of
from composer.feeds.people import names

_BY = re.compile(
    r"^\s*(?:(?:written|story|text|words|reporting)\s+)?(?:by|von|par|por|di|od|автор|автори|ავტორი)\s*:?\s+",
    re.IGNORECASE,
)
_OFFICES = (
    "analyst|anchor|author|autor|autorin|bureau chief|chief|columnist|commentator|contributor|correspondent|critic"
    "|desk|director|editor|editors|fellow|freelancer|host|intern|journalist|journaliste|lecturer|photographer"
    "|photojournalist|presenter|producer|professor|redakteur|redakteurin|reporter|researcher|staff|team|writer"
    "|корреспондент|редактор|журналист|журналістка?|репортер"
)
_OFFICE = re.compile(rf"(?:^|.*\s)(?:{_OFFICES})s?(?:\s+(?:in|at|for|of|from)\s.*)?$", re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:in|reporting from)\s+[^\W\d_a-z].*$")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]")
_AGENCY = re.compile(r"\s+for\s+(?:the\s+)?[^\W\d_a-z].*$")
_NOBODY = frozenset({"admin", "administrator", "editor", "redaktion", "redaction", "staff", "web", "webmaster"})


def people(bylines: Iterable[str], outlet: str) -> tuple[str, ...]:
    """Return the people whom bylines name, without their offices, places and employers."""
    found = [_person(name) for byline in bylines for name in names(_BY.sub("", _BRACKETED.sub("", title_of(byline))))]
    return tuple(dict.fromkeys(name for name in found if name and not _is_nobody(name, outlet)))


def _person(name: str) -> str:
    bare = _AGENCY.sub("", _PLACE.sub("", name))
    return "" if _OFFICE.fullmatch(bare) else bare.strip(" ,–—-|")


def _is_nobody(name: str, outlet: str) -> bool:
    folded = name.casefold()
    return folded in _NOBODY or folded == outlet.casefold() or "://" in name or folded.startswith("www.")
