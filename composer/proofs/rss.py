"""RSS 2.0 as it would be with this edition: what the W3C's feed validator warns of, checked here on the bytes."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from babel import localedata

from composer.proofs.case import Case, Finding, rule
from composer.proofs.content import is_moment, is_web
from composer.proofs.galley import ATOM, DC, RSS, Element, fault
from composer.text import cut, quoted

_TAG_URI = re.compile(r"tag:[A-Za-z0-9.@-]+,\d{4}(?:-\d{2}(?:-\d{2})?)?:\S+")  # RFC 4151
_ENTITY = re.compile(rb"&(?!amp;|lt;|gt;|quot;|apos;|#)[A-Za-z]+;")
_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|\+0000)")
_PERSON = re.compile(r"\S+@\S+ \(.+\)")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif)(?:\?.*)?$", re.IGNORECASE)
_TTL_LEAST = 60  # minutes
_ITEMS_MOST = 30
_BYTES_MOST = 250_000


@rule(
    "FEED-01",
    "error",
    reason="One character that XML does not know, or one undeclared entity, and no reader sees anything.",
    mend="Take out what the message names; words from elsewhere are cleaned on the way in.",
)
def well_formed(case: Case) -> Iterator[Finding]:
    """Parse the file as XML."""
    content = case.galley.files.get(RSS, b"") if case.galley else b"<rss/>"
    said = fault(content)
    if said:
        entity = _ENTITY.search(content)
        named = f"; {entity.group().decode()} is no entity of XML" if entity else ""
        yield Finding(message=f"feed.xml is not well-formed: {cut(said, 100)}{named}")


@rule(
    "FEED-02",
    "error",
    reason="RSS 2.0 asks for its version and a channel with title, link and description.",
    mend="Set newsletter.name, base_url and tagline in newsletter.toml.",
)
def channel_known(case: Case) -> Iterator[Finding]:
    """Look at the root and the channel's three elements."""
    root = case.galley.rss if case.galley else None
    if root is None:
        return
    missing = [
        name for name in ("title", "link", "description") if not (root.findtext(f"channel/{name}") or "").strip()
    ]
    if root.tag != "rss" or root.get("version") != "2.0":
        yield Finding(message="feed.xml is no RSS 2.0; its root must be rss with version 2.0")
    if missing:
        yield Finding(message=f"feed.xml has no channel {', '.join(missing)}; set them in newsletter.toml")


@rule(
    "FEED-03",
    "error",
    reason="Readers and hubs know a feed by the address that it names itself.",
    mend="Set newsletter.base_url to the address that the outbox is served from.",
)
def names_itself(case: Case) -> Iterator[Finding]:
    """Want one atom:link rel=self with the feed's own address."""
    for channel in _channels(case):
        own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
        expected = f"{case.settings.base_url}/feed.xml"
        if [(link.get("href"), link.get("type")) for link in own] != [(expected, "application/rss+xml")]:
            yield Finding(message=f"feed.xml does not name itself once as {expected}; set newsletter.base_url")


@rule(
    "FEED-04",
    "error",
    reason="Readers know an item by its guid: one that changes comes twice, one that is taken hides another.",
    mend="Leave the header's `id` as it is; a copied manuscript needs an id of its own.",
)
def known_for_ever(case: Case) -> Iterator[Finding]:
    """Want one guid an item, the edition's own among them, none twice and none of another edition's."""
    if case.galley is None or case.galley.rss is None:
        return
    guids = [guid.text or "" for item in items_of(case) for guid in item.findall("guid")] or [""]
    if len(guids) != len(items_of(case)) or "" in guids:
        yield Finding(message="feed.xml has an item without one guid")
    elif len(set(guids)) != len(guids):
        yield Finding(message="feed.xml has two items with one guid")
    elif case.galley.guid not in guids:
        yield Finding(message=f"feed.xml does not call the edition {case.galley.guid}, which readers know it by")
    if case.galley.guid in case.galley.taken:
        yield Finding(key="id", message="another edition has this id; readers would see only one of the two")


@rule(
    "FEED-05",
    "error",
    reason="A guid is an address, or says that it is none: then it must be unique in the world, as a tag: URI is.",
    mend="Set newsletter.tag_authority to your domain and tag_year to a year in which it was yours.",
)
def unique_in_the_world(case: Case) -> Iterator[Finding]:
    """Want a tag: URI with isPermaLink="false", or an address on the web."""
    for item in items_of(case):
        for guid in item.findall("guid"):
            words, permanent = guid.text or "", guid.get("isPermaLink", "true") == "true"
            if permanent != is_web(words) or not (is_web(words) or _TAG_URI.fullmatch(words)):
                yield Finding(
                    message=f"the guid {quoted(cut(words, 60))} is neither an address nor a tag: URI that says so"
                )


@rule(
    "FEED-09",
    "error",
    reason="Readers sort by dates of one form: RFC 822 with four digits of year, the right weekday, and GMT.",
    mend="Let Currents write the feed; an outlet of your own must write dates so.",
)
def dates_readable(case: Case) -> Iterator[Finding]:
    """Read every date and write it anew: the weekday must be the same."""
    for channel in _channels(case):
        for place in [*channel.iter("pubDate"), *channel.iter("lastBuildDate")]:
            words = place.text or ""
            moment = _moment(words) if _DATE.fullmatch(words) else None
            if moment is None or format_datetime(moment.astimezone(UTC))[:5] != words[:5]:
                yield Finding(
                    message=f"feed.xml has the date {quoted(cut(words, 40))}; want Fri, 06 Mar 2026 06:00:00 GMT"
                )


@rule(
    "FEED-10",
    "error",
    reason="An item from the future stays on top of every reader, and the validator refuses it.",
    mend="Publish when its time has come.",
)
def not_from_the_future(case: Case) -> Iterator[Finding]:
    """Compare with the moment of proof."""
    for item in items_of(case):
        moment = _moment(item.findtext("pubDate") or "")
        if case.galley and moment and moment > case.galley.now:
            yield Finding(message=f"the feed dates an item {item.findtext('pubDate')}, which is still to come")


@rule(
    "FEED-11",
    "error",
    reason="RSS's own author is a mail address; names stand in dc:creator, one element a person.",
    mend="Write `byline:` as a list of names.",
)
def authors_named(case: Case) -> Iterator[Finding]:
    """Want dc:creator, never author, and no mail address or joined names in it."""
    for item in items_of(case):
        creators = [creator.text or "" for creator in item.findall(f"{DC}creator")]
        if item.findall("author") or not creators:
            yield Finding(key="byline", message="the feed must name an item's authors in dc:creator; write `byline:`")
        if any("@" in name for name in creators):
            yield Finding(key="byline", message="the feed's author is a mail address; write a name in the byline")


@rule(
    "FEED-13",
    "warning",
    reason="Readers stop looking for what describes the channel at its first item.",
    mend="Put items last.",
)
def items_last(case: Case) -> Iterator[Finding]:
    """Look for channel elements below an item."""
    for channel in _channels(case):
        tags = [child.tag for child in channel]
        if "item" in tags and set(tags[tags.index("item") :]) != {"item"}:
            yield Finding(message="feed.xml describes its channel below the first item; items go last")


@rule(
    "FEED-14",
    "warning",
    reason="Readers show the channel's picture as PNG, JPEG or GIF, with the channel's own title and link.",
    mend="Give a picture of these kinds.",
)
def channel_picture(case: Case) -> Iterator[Finding]:
    """Look at the channel's image, where there is one."""
    for channel in _channels(case):
        for image in channel.findall("image"):
            same = all(image.findtext(name) == channel.findtext(name) for name in ("title", "link"))
            if not same or not _PICTURE.search(image.findtext("url") or ""):
                yield Finding(message="the feed's picture must be PNG, JPEG or GIF, with the channel's title and link")


@rule(
    "FEED-15",
    "warning",
    reason="RSS writes its editor as a mail address with the name in brackets.",
    mend="Write `desk@example.org (The desk)`.",
)
def editor_named(case: Case) -> Iterator[Finding]:
    """Look at managingEditor and webMaster, where they are."""
    for channel in _channels(case):
        for name in ("managingEditor", "webMaster"):
            for person in channel.findall(name):
                if not _PERSON.fullmatch(person.text or ""):
                    yield Finding(
                        message=f"the feed's {name} must be an address and a name, such as desk@example.org (The desk)"
                    )


@rule(
    "FEED-16",
    "warning",
    reason="Readers choose fonts, voices and translations by the feed's language.",
    mend="Set newsletter.language to a tag such as uk or pt-BR.",
)
def language_known(case: Case) -> Iterator[Finding]:
    """Want one language that Unicode's list of locales knows, said once."""
    for channel in _channels(case):
        written = (channel.findtext("language") or "").strip()
        if not localedata.exists(written.partition("-")[0].lower()):
            yield Finding(
                message=f"the feed's language {quoted(written)} is none that is known; set newsletter.language"
            )
        if channel.findall(f"{DC}language"):
            yield Finding(message="feed.xml says its language twice; language is enough")


@rule(
    "FEED-20",
    "warning",
    reason="A feed is fetched again and again: its date moves only with its content, an hour passes between visits "
    "(ttl), and it stays under 30 items and 250 KB. Looked at is the feed with this edition alone.",
    mend="Lower feeds.items in newsletter.toml, or shorten what the edition carries.",
)
def light_to_fetch(case: Case) -> Iterator[Finding]:
    """Look at the dates, the ttl, the number of items and the weight."""
    for channel in _channels(case):
        newest = max((moment for item in items_of(case) if (moment := _changed(item))), default=None)
        built = _moment(channel.findtext("lastBuildDate") or "")
        if newest != built:
            yield Finding(
                message="the feed's lastBuildDate is not the day of its newest change; readers fetch it for nothing"
            )
        minutes = channel.findtext("ttl") or "0"
        if not minutes.isdigit() or int(minutes) < _TTL_LEAST:
            yield Finding(message=f"the feed asks to be fetched every {minutes} minutes; {_TTL_LEAST} are the least")
    if case.galley and case.settings.feed_items > _ITEMS_MOST:
        yield Finding(
            message=f"the feed keeps {case.settings.feed_items} items; set feeds.items to {_ITEMS_MOST} or fewer"
        )
    size = len(case.galley.files.get(RSS, b"")) if case.galley else 0
    if size > _BYTES_MOST:
        yield Finding(
            message=f"the feed weighs {size / 1000:.0f} KB with this edition alone; {_BYTES_MOST // 1000} are the most"
        )


@rule(
    "FEED-22",
    "info",
    reason="Served as application/xml; charset=utf-8 with ETag and Last-Modified, a feed costs nothing when it is "
    "unchanged: that is the web server's; looked at is whether the file itself says UTF-8, for servers that do not.",
    mend="Begin the file with an XML declaration that says UTF-8; docs/proof.md says what the server must add.",
)
def says_its_charset(case: Case) -> Iterator[Finding]:
    """Read the XML declaration."""
    content = case.galley.files.get(RSS, b"") if case.galley else b""
    if content and not re.match(rb"<\?xml version=\"1\.0\" encoding=\"UTF-8\"\?>", content, re.IGNORECASE):
        yield Finding(message="feed.xml does not begin by saying that it is UTF-8; some servers say otherwise")


@rule(
    "FEED-23",
    "info",
    reason="WebSub needs a hub and one self link in the feed, and a ping after each change (W3C WebSub 4 and 6): "
    "the ping is the sender's; looked at are the links, where a hub is named.",
    mend="Name the hub by its whole https address, and run `currents ping` once the site is online.",
)
def hub_reachable(case: Case) -> Iterator[Finding]:
    """Look at the hub links, where there are any."""
    for channel in _channels(case):
        links = channel.findall(f"{ATOM}link")
        hubs = [link.get("href") or "" for link in links if link.get("rel") == "hub"]
        own = sum(link.get("rel") == "self" for link in links)
        if hubs and (own != 1 or not all(map(is_web, hubs))):
            yield Finding(message="the feed's hub needs a whole address and one self link beside it")


def _channels(case: Case) -> list[Element]:
    return case.galley.rss.findall("channel") if case.galley and case.galley.rss is not None else []


def items_of(case: Case) -> list[Element]:
    """Return RSS's items, none when it is no XML."""
    return case.galley.rss.findall("channel/item") if case.galley and case.galley.rss is not None else []


def _moment(words: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _changed(item: Element) -> datetime | None:
    updated = item.findtext(f"{ATOM}updated") or ""
    return datetime.fromisoformat(updated) if is_moment(updated) else _moment(item.findtext("pubDate") or "")


RULES = (
    well_formed,
    channel_known,
    names_itself,
    known_for_ever,
    unique_in_the_world,
    dates_readable,
    not_from_the_future,
    authors_named,
    items_last,
    channel_picture,
    editor_named,
    language_known,
    light_to_fetch,
    says_its_charset,
    hub_reachable,
)
