"""The JSON Feed as it would be with this edition (version 1.1), on the bytes of feed.json."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from composer.proofs.case import Case, Finding, rule
from composer.proofs.content import is_moment, is_web
from composer.proofs.galley import JSON
from composer.text import cut, quoted

_VERSION = "https://jsonfeed.org/version/1.1"


@rule(
    "JSON-01",
    "error",
    reason="Readers know a JSON feed by its version, and show its title.",
    mend="Set newsletter.name in newsletter.toml.",
)
def version_told(case: Case) -> Iterator[Finding]:
    """Parse the file; look at version and title."""
    if case.galley is None or case.galley.files.get(JSON) is None:
        return
    if case.galley.json.get("version") != _VERSION or not case.galley.json.get("title"):
        yield Finding(message=f"feed.json is no JSON Feed 1.1 with a title; its version must be {_VERSION}")


@rule(
    "JSON-02",
    "error",
    reason="A feed that does not name its own address and its site cannot be followed once it was moved or copied.",
    mend="Set newsletter.base_url to the address that the outbox is served from.",
)
def names_itself(case: Case) -> Iterator[Finding]:
    """Want feed_url with the feed's own address and home_page_url on the web."""
    feed = case.galley.json if case.galley else {}
    own, home = feed.get("feed_url"), feed.get("home_page_url")
    if feed and (own != f"{case.settings.base_url}/feed.json" or not is_web(str(home))):
        yield Finding(message="feed.json does not name its address and its site; set newsletter.base_url")


@rule(
    "JSON-03",
    "error",
    reason="An item without an id is discarded; one whose id changes is shown twice. Ids are strings.",
    mend="Leave the header's `id` as it is.",
)
def known_for_ever(case: Case) -> Iterator[Finding]:
    """Want the edition's identity among the items' ids, each a string, none twice."""
    ids = [item.get("id") for item in _items(case)]
    told = [one for one in ids if isinstance(one, str) and one]
    if case.galley and case.galley.json and (len(set(told)) != len(ids) or case.galley.guid not in told):
        yield Finding(message=f"feed.json does not call the edition {case.galley.guid}, once, as a string")


@rule(
    "JSON-04",
    "error",
    reason="Readers show what they can: an item carries its page's address, its HTML, its text and a plain summary.",
    mend="Let Currents write the feed; an outlet of your own must give both.",
)
def both_contents(case: Case) -> Iterator[Finding]:
    """Look at url, content_html and content_text."""
    for item in _items(case):
        lacks = [name for name in ("content_html", "content_text") if not str(item.get(name) or "").strip()]
        lacks += [] if is_web(str(item.get("url") or "")) else ["url"]
        if lacks:
            yield Finding(message=f"feed.json has an item without {', '.join(lacks)}")


@rule(
    "JSON-05",
    "error",
    reason="Dates are RFC 3339 with their zone; an item is not changed before it was published, nor in the future.",
    mend="Let Currents write the feed; an outlet of your own must write dates so.",
)
def dates_readable(case: Case) -> Iterator[Finding]:
    """Read date_published and date_modified, and compare."""
    for item in _items(case):
        told = [item.get(name) for name in ("date_published", "date_modified") if name in item]
        if not told or not all(map(is_moment, told)):
            yield Finding(message=f"feed.json has the date {quoted(cut(str(told), 60))}; want 2026-03-06T06:00:00Z")
            continue
        moments = [datetime.fromisoformat(str(words)) for words in told]
        if moments != sorted(moments) or (case.galley and moments[-1] > case.galley.now):
            yield Finding(message="feed.json dates an item's change before its publication, or in the future")


@rule(
    "JSON-06",
    "warning",
    reason="Version 1.1 knows authors, a list, no longer author; readers of today look for the list.",
    mend="Write `byline:` as a list of names.",
)
def authors_listed(case: Case) -> Iterator[Finding]:
    """Want authors with names on every item, and no author."""
    for item in _items(case):
        authors = item.get("authors")
        named = (
            isinstance(authors, list) and authors and all(isinstance(one, dict) and one.get("name") for one in authors)
        )
        if not named or "author" in item:
            yield Finding(key="byline", message="feed.json must list an item's authors by name; write `byline:`")


@rule(
    "JSON-07",
    "warning",
    reason="A feed of several languages says for each item which one it is in.",
    mend="Write `lang:` in the header.",
)
def language_told(case: Case) -> Iterator[Finding]:
    """Want the edition's language on its item."""
    for item in _items(case):
        if item.get("id") == (case.galley.guid if case.galley else "") and not str(item.get("language") or "").strip():
            yield Finding(key="lang", message="feed.json does not say the edition's language; write `lang:`")


@rule(
    "JSON-08",
    "warning",
    reason="Keys of our own begin with an underscore, say what they are about, and hold no dots (JSON Feed 1.1).",
    mend="Rename the key, and give it an `about`.",
)
def extensions_sound(case: Case) -> Iterator[Finding]:
    """Look at every key that is not JSON Feed's own."""
    for place in [case.galley.json if case.galley else {}, *_items(case)]:
        for key, value in place.items():
            own = key.startswith("_")
            if "." in key or (own and not (isinstance(value, dict) and value.get("about"))):
                told = quoted(cut(key, 40))
                yield Finding(message=f"feed.json has the extension {told} without an about, or with a dot in its name")


def _items(case: Case) -> list[dict[str, Any]]:
    return case.galley.json_items if case.galley else []


RULES = (
    version_told,
    names_itself,
    known_for_ever,
    both_contents,
    dates_readable,
    authors_listed,
    language_told,
    extensions_sound,
)
