"""What the edition's item in RSS carries: a plain title and summary, and HTML that any reader's program may show."""

import html
import re
from collections.abc import Iterator

from composer.proofs.case import Case, Finding, rule
from composer.proofs.content import active, hidden, pixels, relative
from composer.proofs.galley import CONTENT, FEED, JSON, RSS
from composer.proofs.rss import items_of
from composer.text import cut, quoted

_MARKUP = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_RAW_TITLE = re.compile(rb"<title>[^<]*&(?:amp|lt);")


@rule(
    "FEED-06",
    "error",
    reason="Readers that show one of the two take the first: the plain summary goes before the whole text.",
    mend="Write `dek:`; it is the summary.",
)
def summary_first(case: Case) -> Iterator[Finding]:
    """Want a plain description above content:encoded."""
    for item in items_of(case):
        tags = [child.tag for child in item]
        if "description" not in tags or f"{CONTENT}encoded" not in tags:
            yield Finding(message="feed.xml has an item without a summary or without its text; write `dek:`")
        elif tags.index("description") > tags.index(f"{CONTENT}encoded"):
            yield Finding(message="feed.xml gives an item's text before its summary")
        if _MARKUP.search(item.findtext("description") or ""):
            yield Finding(key="dek", message="the feed's summary holds HTML; write the dek in plain words")


@rule(
    "FEED-07",
    "error",
    reason="A feed is read elsewhere, where half an address leads nowhere.",
    mend="Write whole addresses, with https://.",
)
def whole_addresses(case: Case) -> Iterator[Finding]:
    """Look at every address in the item's HTML."""
    for address in dict.fromkeys(relative(case.galley.content)) if case.galley and case.galley.rss is not None else ():
        yield Finding(message=f"the feed's text leads to {quoted(cut(address, 60))}, which is half an address")


@rule(
    "FEED-08",
    "error",
    reason="Scripts, frames, forms and styles that move things are stripped by readers, or the item is refused.",
    mend="Take them out of the theme's page parts.",
)
def nothing_acts(case: Case) -> Iterator[Finding]:
    """Look at every element and attribute of the item's HTML."""
    for name in dict.fromkeys(active(case.galley.content)) if case.galley and case.galley.rss is not None else ():
        yield Finding(message=f"the feed's text holds {name}, which readers refuse; take it out of the theme")


@rule(
    "FEED-12",
    "warning",
    reason="Titles are plain words; readers show tags in them, or eat what looks like one.",
    mend="Write the title without tags; & and < are written as numbers by Currents.",
)
def titles_plain(case: Case) -> Iterator[Finding]:
    """Look for tags in titles, and for & and < that old readers unescape twice."""
    for item in items_of(case):
        if _MARKUP.search(item.findtext("title") or ""):
            yield Finding(
                key="title", message="the feed's title holds what readers take for HTML; write it in plain words"
            )
    if case.galley and _RAW_TITLE.search(case.galley.files.get(RSS, b"")):
        yield Finding(message="feed.xml writes & or < of a title by name; numbers (&#x26;) survive old readers")


@rule(
    "FEED-24",
    "error",
    reason="Subscribers to a feed are readers, not numbers: no pixels that count them, no hidden words, no tokens.",
    mend="Take them out of the theme's page parts.",
)
def nobody_counted(case: Case) -> Iterator[Finding]:
    """Look for pictures of one pixel, hidden words and the mail's own way out; credits and why boxes are O-PARITY's."""
    if case.galley is None or case.galley.rss is None:
        return
    for address in pixels(case.galley.content):
        yield Finding(message=f"the feed's text holds a picture of one pixel, {quoted(cut(address, 60))}; take it out")
    for words in hidden(case.galley.content):
        yield Finding(message=f"the feed's text hides {quoted(cut(words, 40))}; take it out")
    way_out = case.settings.unsubscribe_url
    for name in (RSS, FEED, JSON):
        if way_out and way_out in html.unescape(case.galley.words(name)):
            yield Finding(message=f"{name} holds the mail's unsubscribe address, which belongs to a subscriber")


RULES = (summary_first, whole_addresses, nothing_acts, titles_plain, nobody_counted)
