"""Whether a page gives its whole article to everybody. Pure: it reads what the page says, and never goes round it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from composer.model import Access
from composer.text import count_words, one_line

_CLOSED_TIERS = frozenset({"locked", "metered", "paid", "premium", "subscriber", "subscribers"})
_TIER_TAGS = ("article:content_tier", "content_tier", "cxenseparse:access", "sailthru.content_tier")
SHARE_LEAST = 0.4  # of the words that the page says it has: fewer are a teaser
_SAID_LEAST = 150  # words: below, the share says nothing
SHORT_MOST = 250  # words before a wall
_MARK = re.compile(
    r"(?:^|[-_\s])(?:pay-?wall|reg-?wall|subscriber-only|subscribers-only|subscription-wall|metered-wall)(?:$|[-_\s])",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\b(?:subscribe|sign up|register|log in|become a member) (?:now )?to (?:continue|keep|finish|read)"
    r" (?:reading|on|the)\b"
    r"|\bthis (?:article|story|post|content|page) is (?:only )?(?:for|available to|reserved for|exclusive to)"
    r" (?:our )?(?:paid |paying |registered )?(?:subscribers|members)\b"
    r"|\bcontinue reading (?:with|by) (?:a|your|subscribing)\b|\balready a (?:subscriber|member)\?"
    r"|\bréservé (?:aux|à nos) abonnés\b|\bil vous reste [\d.,]+ ?% de cet article\b"
    r"|\b(?:jetzt|mit einem abo) weiterlesen\b|\bnur für abonnenten\b"
    r"|\bsuscr[íi]b(?:ete|ase) para (?:seguir leyendo|continuar)\b|\bабонемент, чтобы (?:читать|дочитать)\b"
    r"|\bподписку, чтобы (?:читать|дочитать|продолжить)\b",
    re.IGNORECASE,
)
_WALL_WORDS_MOST = 40  # in the paragraph that asks for a subscription
_LOOKED_AT = 200_000  # characters of a page's words


def access_of(page: HtmlElement, thing: Mapping[str, Any], meta: Mapping[str, str], text: str) -> Access:
    """Say whether a page is open; `text` is what could be read of its article.

    The page's own word counts most (isAccessibleForFree, content tiers), then its length, then the marks of a wall.
    """
    said = _said_free(thing)
    if said is not None:
        return "open" if said else "paywalled"
    if any(meta.get(tag, "").strip().lower() in _CLOSED_TIERS for tag in _TIER_TAGS):
        return "paywalled"
    words = count_words(text)
    return "paywalled" if _is_cut(thing, words) or (words < SHORT_MOST and _has_wall(page)) else "open"


def without_wall(text: str) -> str:
    """Take out the paragraphs that ask for a subscription."""
    kept = [part for part in text.split("\n\n") if not (_WALL.search(part) and count_words(part) <= _WALL_WORDS_MOST)]
    return "\n\n".join(kept)


def _said_free(thing: Mapping[str, Any]) -> bool | None:
    """Return what the article says of itself, else of its parts (those closed to readers have a cssSelector)."""
    own = _truth(thing.get("isAccessibleForFree"))
    if own is not None:
        return own
    parts = thing.get("hasPart")
    told = [_truth(part.get("isAccessibleForFree")) for part in _listed(parts) if isinstance(part, dict)]
    return False if False in told else None


def _truth(value: Any) -> bool | None:  # noqa: ANN401 (whatever JSON can hold)
    if isinstance(value, bool):
        return value
    word = str(value).rpartition("/")[2].strip().lower() if isinstance(value, str | int) else ""
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(word)


def _is_cut(thing: Mapping[str, Any], words: int) -> bool:
    said = thing.get("wordCount")
    number = (
        said
        if isinstance(said, int)
        else int(said)
        if isinstance(said, str) and re.fullmatch("[0-9]{1,7}", said)
        else 0
    )
    return number >= _SAID_LEAST and words < number * SHARE_LEAST


def _has_wall(page: HtmlElement) -> bool:
    marks = (f"{tag.get('class', '')} {tag.get('id', '')}" for tag in page.iter("div", "section", "aside", "form"))
    if any(_MARK.search(mark) for mark in marks):
        return True
    return _WALL.search(one_line("".join(_said(page))[:_LOOKED_AT])) is not None


def _said(page: HtmlElement) -> Iterator[str]:
    for tag in page.iter():
        if isinstance(tag.tag, str) and tag.tag not in {"script", "style", "noscript", "template"}:
            yield tag.text or ""
        yield tag.tail or " "


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 (whatever JSON can hold)
    return value if isinstance(value, list) else [value]
