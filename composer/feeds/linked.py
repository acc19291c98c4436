"""What a page says of itself: JSON-LD (schema.org), OpenGraph and meta tags. It reads and never guesses.

Pages break their JSON in every way: comments and CDATA round it, raw line ends in strings, commas too many.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from composer.text import one_line

Thing = Mapping[str, Any]

_POSTS = frozenset({"BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "DiscussionForumPosting"})
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "about")
_THINGS_MOST = 2000
_LETTERS_MOST = 2_000_000  # in one script
_OPENING = re.compile(r"\s*(?:(?://|/\*)?[ \t]*<!\[CDATA\[\s*(?:\*/)?|<!--)")
_COMMA_TOO_MANY = re.compile(r",(\s*[}\]])")
_WRONG_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")


def first(*values: object) -> str:
    """Return the first of the values that is a string with words in it."""
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), "")


def meta(page: HtmlElement) -> dict[str, str]:
    """Return meta tags by property, name or itemprop, lower-cased; the first of each that says something counts."""
    found: dict[str, str] = {}
    for tag in page.iter("meta"):
        content = (tag.get("content") or "").strip()
        for name in (tag.get("property"), tag.get("name"), tag.get("itemprop"), tag.get("http-equiv")):
            if name and content:
                found.setdefault(name.strip().lower(), content)
    return found


def article_thing(page: HtmlElement, url: str = "") -> dict[str, Any]:
    """Return the schema.org article that the page describes, its references put in; {} when there is none.

    Of several it is the one that names this page, else the first with a headline: lists of other stories follow.
    """
    everything = list(things(page))
    named = {thing["@id"]: thing for thing in everything if isinstance(thing.get("@id"), str) and len(thing) > 1}
    articles = [thing for thing in everything if _is_article(thing)]
    ours = [thing for thing in articles if url and url.rstrip("/") in {one.rstrip("/") for one in _addresses(thing)}]
    told = [thing for thing in articles if thing.get("headline") or thing.get("name")]
    chosen = next(iter(ours or told or articles), {})
    return {key: _resolved(value, named) for key, value in chosen.items()}


def things(page: HtmlElement) -> Iterator[Thing]:
    """Give everything that the page's JSON-LD describes, in its order, out of graphs and lists however deep."""
    waiting: list[Any] = [root for script in _scripts(page) for root in _roots(script)][::-1]
    seen = 0
    while waiting and seen < _THINGS_MOST:
        value = waiting.pop()
        seen += 1
        if isinstance(value, list):
            waiting.extend(reversed(value[:_THINGS_MOST]))
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[key] for key in reversed(_INSIDE) if isinstance(value.get(key), dict | list))


def named(value: Any) -> tuple[str, ...]:  # noqa: ANN401 (whatever JSON can hold)
    """Return the names that a value gives: a string, a thing with a name, or a list of either."""
    if isinstance(value, list):
        return tuple(name for one in value for name in named(one))
    if isinstance(value, dict):
        return named(value.get("name"))
    return (one_line(value),) if isinstance(value, str) and value.strip() else ()


def _scripts(page: HtmlElement) -> Iterator[str]:
    for script in page.iter("script"):
        kind = (script.get("type") or "").partition(";")[0].strip().lower()
        if kind == "application/ld+json" and script.text and len(script.text) <= _LETTERS_MOST:
            yield script.text


def _roots(script: str) -> Iterator[Any]:
    """Read one script, mended where that is needed; several documents in a row are several things."""
    opening = _OPENING.match(script)
    words = script[opening.end() if opening else 0 :].strip()  # what closes it is passed over as no JSON
    for mended in (words, _mended(words), _mended(html.unescape(words))):
        roots = list(_documents(mended))
        if roots:
            yield from roots
            return


def _mended(words: str) -> str:
    return _COMMA_TOO_MANY.sub(r"\1", _WRONG_ESCAPE.sub(r"\\\\", words))


def _documents(words: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)  # line ends in strings are forgiven
    place = 0
    while place < len(words):
        try:
            value, place = decoder.raw_decode(words, place)
        except (ValueError, RecursionError):
            return
        yield value
        place += len(words[place:]) - len(words[place:].lstrip(" \t\r\n,;"))


def _is_article(thing: Thing) -> bool:
    kinds = thing.get("@type")
    return any(_is_article_kind(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _is_article_kind(kind: object) -> bool:
    name = re.split("[/:#]", kind)[-1] if isinstance(kind, str) else ""
    return name.endswith("Article") or name in _POSTS


def _addresses(thing: Thing) -> Iterator[str]:
    for value in (thing.get("url"), thing.get("@id"), thing.get("mainEntityOfPage")):
        address = value.get("@id") if isinstance(value, dict) else value
        if isinstance(address, str):
            yield address.partition("#")[0]


def _resolved(value: Any, named_things: Mapping[str, Thing]) -> Any:  # noqa: ANN401 (whatever JSON can hold)
    """Put in what a reference (`{"@id": …}`) names; one step, so that circles end."""
    if isinstance(value, list):
        return [_resolved(one, named_things) for one in value]
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name") and not value.get("url"):
        return named_things.get(value["@id"], value)
    return value
