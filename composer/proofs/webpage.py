"""The edition's page on the web, as it would be published: what searches, readers' programs and archives rely on."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from composer.proofs.case import Case, Finding, rule
from composer.proofs.content import is_moment, is_web, pixels, tokens
from composer.proofs.galley import PAGE
from composer.proofs.opened import visible_words
from composer.proofs.telling import blanked, first_words, folded, folded_whole
from composer.text import cut, quoted

_FEEDS = {"application/rss+xml": "feed.xml", "application/atom+xml": "atom.xml", "application/feed+json": "feed.json"}
_CARD = ("og:title", "og:type", "og:url", "og:description")


@rule(
    "WEB-01",
    "error",
    reason="Searches and archives count one page once by its canonical address: the one that the feeds link.",
    mend="Set newsletter.base_url; write `canonical_url:` only where the story stands elsewhere first.",
)
def canonical(case: Case) -> Iterator[Finding]:
    """Want one canonical link, whole, equal to the feed's link or to the header's canonical_url."""
    for page in _pages(case):
        found = [link.get("href") or "" for link in page.xpath("//head/link[@rel='canonical']")]
        linked = case.galley.entry.findtext("link") if case.galley and case.galley.entry is not None else ""
        wanted = case.manuscript.get("canonical_url") or linked or ""
        if len(found) != 1 or not is_web(found[0]):
            yield Finding(message="the page has no one canonical address; set newsletter.base_url")
        elif found[0] != wanted:
            yield Finding(
                message=f"the page calls itself {quoted(cut(found[0], 60))}, the feeds {quoted(cut(wanted, 60))}"
            )


@rule(
    "WEB-02",
    "error",
    reason="Voices, fonts and the side where lines begin follow `lang` and `dir` of the html element.",
    mend="Let the theme's page print both; write `lang:` in the header.",
)
def language(case: Case) -> Iterator[Finding]:
    """Look at the html element."""
    for page in _pages(case):
        if not (page.get("lang") or "").strip() or page.get("dir") not in {"ltr", "rtl"}:
            yield Finding(message="the page's html element needs lang and dir; the theme must print them")


@rule(
    "WEB-03",
    "warning",
    reason="What is shown where the page is shared is its Open Graph card: title, type, address, description, picture.",
    mend="Write title and dek, and give the first photo its alt.",
)
def shared_card(case: Case) -> Iterator[Finding]:
    """Want the four properties, and a picture with alt where the edition has a photo to show."""
    for page in _pages(case):
        card = {
            meta.get("property"): (meta.get("content") or "").strip() for meta in page.xpath("//head/meta[@property]")
        }
        lacks = [name for name in _CARD if not card.get(name)]
        shows = any(not one.problem and one.url for one in case.prints.values())
        if case.manuscript.of("photo") and shows:
            lacks += [] if is_web(card.get("og:image", "")) else ["og:image"]
            lacks += [] if card.get("og:image:alt") else ["og:image:alt"]
        if lacks:
            yield Finding(message=f"the page's card lacks {', '.join(lacks)}")


@rule(
    "WEB-04",
    "warning",
    reason="Readers' programs find the feeds by the page's links; one that leads elsewhere follows nothing.",
    mend="Let the theme's page link feed.xml, atom.xml and feed.json of newsletter.base_url.",
)
def feeds_found(case: Case) -> Iterator[Finding]:
    """Compare the page's feed links with the addresses that the feeds give themselves."""
    for page in _pages(case):
        links = page.xpath("//head/link[@rel='alternate' and @type]")
        for kind, name in _FEEDS.items():
            found = [link.get("href") for link in links if link.get("type") == kind]
            if f"{case.settings.base_url}/{name}" not in found:
                yield Finding(message=f"the page does not lead readers' programs to {name}")


@rule(
    "WEB-05",
    "error",
    reason="A page is public: no recipient's token, no sender's merge tag, no pixel that counts readers.",
    mend="Take it out of the theme's page, or out of the words.",
)
def nobody_counted(case: Case) -> Iterator[Finding]:
    """Look for the mail's way out, for merge tags in links and for pictures of one pixel."""
    for page in _pages(case):
        way_out = case.settings.unsubscribe_url
        links = [str(address) for address in page.xpath("//@href|//@src|//@action")]
        if way_out and way_out in links:
            yield Finding(message="the page holds the mail's unsubscribe address, which belongs to a subscriber")
        for tag in dict.fromkeys(tag for address in links for tag in tokens(address)):
            yield Finding(message=f"the page links {quoted(tag)}, a sender's merge tag that nobody fills in")
        for address in pixels(page):
            yield Finding(message=f"the page holds a picture of one pixel, {quoted(cut(address, 60))}")


@rule(
    "WEB-06",
    "error",
    reason="Whoever reads the page must see what was wrong before reading it again.",
    mend="Let the theme's page print correction blocks above the text.",
)
def corrections_first(case: Case) -> Iterator[Finding]:
    """Look where each correction stands against the first lede or prose."""
    for _ in _pages(case):
        words = folded_whole(visible_words(case.galley.words(PAGE))) if case.galley else ""
        opening = folded(next((first_words(one) for one in case.manuscript.of("lede", "prose")), ""))
        others = blanked(words, case.manuscript.corrections)
        for block in case.manuscript.corrections:
            note = folded(first_words(block))
            if note and (note not in words or (opening and -1 < others.find(opening) < words.find(note))):
                yield Finding(block=block, message="the page does not show the correction above the text")


@rule(
    "WEB-07",
    "warning",
    reason="Translations point at each other, each at itself too, or searches ignore them all. Looked at is this "
    "page's half: that it names itself in its own language, and whole addresses.",
    mend="List every language on every page, this one included.",
)
def translations_mutual(case: Case) -> Iterator[Finding]:
    """Look at the hreflang links, where there are any."""
    for page in _pages(case):
        pairs = {link.get("hreflang"): link.get("href") or "" for link in page.xpath("//head/link[@hreflang]")}
        own = [link.get("href") for link in page.xpath("//head/link[@rel='canonical']")]
        if pairs and (not all(map(is_web, pairs.values())) or not set(own) & set(pairs.values())):
            yield Finding(message="the page lists translations without itself, or by half an address")


@rule(
    "WEB-08",
    "error",
    reason="Searches read headline, dates and authors from JSON-LD; where the two differ, they believe neither.",
    mend="Let the theme's page print what it is given.",
)
def linked_data_true(case: Case) -> Iterator[Finding]:
    """Parse it, and compare headline and dates with what the page says elsewhere, authors with the byline."""
    for page in _pages(case):
        data = _linked_data(page)
        if not data:
            yield Finding(
                message="the page's JSON-LD cannot be read, or says nothing; the theme must print it as it is given"
            )
            continue
        times = [_property(page, f"article:{name}_time") for name in ("published", "modified")]
        authors = [one.get("name") for one in _listed(data.get("author")) if isinstance(one, dict)]
        wrong = [] if data.get("headline") == _property(page, "og:title") else ["headline"]
        wrong += [] if [data.get("datePublished"), data.get("dateModified")] == times else ["dates"]
        wrong += (
            [] if authors == list(case.manuscript.all("byline")) or not case.manuscript.all("byline") else ["authors"]
        )
        if wrong:
            yield Finding(message=f"the page's JSON-LD says other {', '.join(wrong)} than the page")


@rule(
    "WEB-09",
    "warning",
    reason="A date without its zone is another day elsewhere; a page is not changed before it was published.",
    mend="Let the theme's page print the dates that it is given.",
)
def dates_zoned(case: Case) -> Iterator[Finding]:
    """Look at datePublished and dateModified."""
    for page in _pages(case):
        data = _linked_data(page)
        told = [str(data[name]) for name in ("datePublished", "dateModified") if data.get(name)]
        if not all(map(is_moment, told)):
            yield Finding(message=f"the page's dates {quoted(cut(', '.join(told), 60))} have no zone")
        elif [datetime.fromisoformat(words) for words in told] != sorted(map(datetime.fromisoformat, told)):
            yield Finding(message="the page was changed before it was published, its dates say")


@rule(
    "WEB-10",
    "info",
    reason="schema.org has a word for the why box, backstory: programs that weigh trust look for it.",
    mend="Let the theme's page print the JSON-LD that it is given.",
)
def backstory_told(case: Case) -> Iterator[Finding]:
    """Want backstory where the edition has a why box."""
    for page in _pages(case):
        if any(block.body.strip() for block in case.manuscript.of("why")) and not _linked_data(page).get("backstory"):
            yield Finding(message="the page's JSON-LD has no backstory, though the edition says why it was written")


def _pages(case: Case) -> list[HtmlElement]:
    return [case.galley.page] if case.galley and PAGE in case.galley.files else []


def _property(page: HtmlElement, name: str) -> str:
    return next((str(content) for content in page.xpath("//head/meta[@property=$name]/@content", name=name)), "")


def _linked_data(page: HtmlElement) -> dict[str, Any]:
    """Return the page's NewsArticle, empty when there is none that can be read."""
    for script in page.xpath("//script[@type='application/ld+json']"):
        try:
            found = json.loads(script.text or "")
        except ValueError:
            continue
        for one in _listed(found):
            if isinstance(one, dict) and str(one.get("@type", "")).endswith("Article"):
                return one
    return {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


RULES = (
    canonical,
    language,
    shared_card,
    feeds_found,
    nobody_counted,
    corrections_first,
    translations_mutual,
    linked_data_true,
    dates_zoned,
    backstory_told,
)
