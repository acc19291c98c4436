"""Bylines: one string as publishers write it → the people it names."""

import re
from collections.abc import Sequence
from functools import lru_cache

_BY = re.compile(r"^\s*(?:(?:written|story|text|words|reporting)\s+)?by\s*:?\s+", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[;|•]|,|\s&\s|\s(?:and|und|et|y|e|та|і|и|და)\s)\s*")
_MAIL = re.compile(r"[<(\[]?\s*[^\s@<>()\[\],;]{1,100}@[^\s@<>()\[\],;]{1,200}\s*[>)\]]?")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|PhD|Ph\.D|MD|M\.D|Esq)\.?$")
PEOPLE_MOST = 20
NAME_LENGTH_MOST = 120
BYLINE_LENGTH_MOST = 2000


def names(*bylines: str) -> tuple[str, ...]:
    """Return the people whom bylines name, each once, without "By" and mail addresses."""
    found = [name for byline in bylines for name in _split(byline[:BYLINE_LENGTH_MOST])]
    return tuple(dict.fromkeys(name for name in found if 0 < len(name) <= NAME_LENGTH_MOST))[:PEOPLE_MOST]


@lru_cache(maxsize=1000)  # an outlet has few writers, and each of them writes often
def _split(byline: str) -> Sequence[str]:
    words = _BY.sub("", _MAIL.sub(" ", byline))
    words = " ".join(words.split()).strip(" ()[]<>,;")
    parts = [part.strip(" ()[]<>") for part in _PARTS.split(words)]
    if len(parts) == 2 and "," in words and not any(" " in part for part in parts):  # noqa: PLR2004 ("Surname, Name")
        return [words]
    return _with_suffixes([part for part in parts if part and not part.lower().startswith("http")])


def _with_suffixes(parts: list[str]) -> list[str]:
    whole: list[str] = []
    for part in parts:
        if whole and _SUFFIX.fullmatch(part):
            whole[-1] += f", {part}"
        else:
            whole.append(_BY.sub("", part))
    return whole
