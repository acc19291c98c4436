"""Atom as it would be with this edition (RFC 4287), on the bytes of atom.xml."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from composer.proofs.case import Case, Finding, rule
from composer.proofs.content import is_moment, is_web
from composer.proofs.galley import ATOM, FEED, Element, fault
from composer.text import cut, quoted


@rule(
    "ATOM-01",
    "error",
    reason="One character that XML does not know and no reader sees anything; some readers do not know prefixes.",
    mend="Take out what the message names; Atom's elements carry no prefix.",
)
def well_formed(case: Case) -> Iterator[Finding]:
    """Parse the file, and want Atom as its default namespace."""
    if case.galley is None:
        return
    if said := fault(case.galley.files.get(FEED, b"")):
        yield Finding(message=f"atom.xml is not well-formed: {cut(said, 100)}")
    root = case.galley.atom
    if root is not None and (root.tag != f"{ATOM}feed" or root.prefix):
        yield Finding(message="atom.xml is no Atom feed without prefixes; its root must be feed")


@rule(
    "ATOM-02",
    "error",
    reason="A feed and each entry need id, title and updated, and somebody who wrote it (RFC 4287 4.1.1, 4.1.2).",
    mend="Set newsletter.name and tag_authority in newsletter.toml; write the edition's title and byline.",
)
def elements_there(case: Case) -> Iterator[Finding]:
    """Look at the feed, then at its entries; an entry without an author takes the feed's."""
    for root in _roots(case):
        for place in [root, *root.findall(f"{ATOM}entry")]:
            lacks = [name for name in ("id", "title", "updated") if not (place.findtext(f"{ATOM}{name}") or "").strip()]
            author = [*place.findall(f"{ATOM}author"), *root.findall(f"{ATOM}author")]
            lacks += [] if any((one.findtext(f"{ATOM}name") or "").strip() for one in author) else ["author"]
            if lacks:
                named = "feed" if place is root else "an entry"
                yield Finding(message=f"atom.xml has {named} without {', '.join(lacks)}")


@rule(
    "ATOM-03",
    "error",
    reason="Readers and hubs know a feed by the address that it names itself.",
    mend="Set newsletter.base_url to the address that the outbox is served from.",
)
def names_itself(case: Case) -> Iterator[Finding]:
    """Want one link rel=self with the feed's own address."""
    for root in _roots(case):
        own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        if own != [f"{case.settings.base_url}/atom.xml"]:
            yield Finding(message="atom.xml does not name itself once by its address; set newsletter.base_url")


@rule(
    "ATOM-04",
    "error",
    reason="An entry's id is its identity in every reader, for ever (RFC 4287 section 4.2.6).",
    mend="Leave the header's `id` as it is.",
)
def known_for_ever(case: Case) -> Iterator[Finding]:
    """Want the edition's identity among the entries' ids, none twice."""
    for _ in _roots(case):
        ids = [entry.findtext(f"{ATOM}id") or "" for entry in _entries(case)]
        if case.galley and (case.galley.guid not in ids or len(set(ids)) != len(ids)):
            yield Finding(message=f"atom.xml does not call the edition {case.galley.guid}, once")


@rule(
    "ATOM-05",
    "error",
    reason="Dates are RFC 3339 with their zone; an entry is not updated before it was published, nor in the future.",
    mend="Let Currents write the feed; an outlet of your own must write dates so.",
)
def dates_readable(case: Case) -> Iterator[Finding]:
    """Read published and updated of feed and entries, and compare."""
    for place in [*_roots(case), *_entries(case)]:
        written = [place.findtext(f"{ATOM}{name}") for name in ("published", "updated")]
        told = [words for words in written if words is not None]
        if not all(map(is_moment, told)):
            yield Finding(
                message=f"atom.xml has the date {quoted(cut(' or '.join(told), 60))}; want 2026-03-06T06:00:00Z"
            )
            continue
        moments = [datetime.fromisoformat(words) for words in told]
        if moments != sorted(moments) or (case.galley and moments and moments[-1] > case.galley.now):
            yield Finding(message="atom.xml dates an entry's change before its publication, or in the future")


@rule(
    "ATOM-06",
    "error",
    reason="Of two alternate links of one type and language a reader cannot tell which is the page (RFC 4287 4.1.1).",
    mend="Keep one link to the page.",
)
def one_page(case: Case) -> Iterator[Finding]:
    """Count alternate links by type and language; want at least one, whole."""
    for place in [*_roots(case), *_entries(case)]:
        links = [link for link in place.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        kinds = Counter((link.get("type"), link.get("hreflang")) for link in links)
        if not links or max(kinds.values()) > 1 or not all(is_web(link.get("href") or "") for link in links):
            yield Finding(message="atom.xml must link each page once, by its whole address")


@rule(
    "ATOM-07",
    "warning",
    reason="Content says that it is HTML, the summary that it is plain; otherwise readers show tags, or eat them.",
    mend="Let Currents write the feed; an outlet of your own must name both types.",
)
def types_told(case: Case) -> Iterator[Finding]:
    """Want content type=html with words, and a summary of type text above or below it."""
    for entry in _entries(case):
        content, summary = entry.find(f"{ATOM}content"), entry.find(f"{ATOM}summary")
        if content is None or content.get("type") != "html" or not (content.text or "").strip():
            yield Finding(message='atom.xml has an entry without content of type "html"')
        if summary is None or summary.get("type", "text") != "text":
            yield Finding(key="dek", message="atom.xml has an entry without a plain summary; write `dek:`")


@rule(
    "ATOM-08",
    "warning",
    reason="A mail address in a feed is read by those who sell addresses; a name is wanted (RFC 4287 section 3.2.1).",
    mend="Write names in the byline and the credits.",
)
def names_no_addresses(case: Case) -> Iterator[Finding]:
    """Look for mail addresses where names stand."""
    for root in _roots(case):
        for name in root.iter(f"{ATOM}name"):
            if "@" in (name.text or ""):
                yield Finding(key="byline", message=f"atom.xml names {quoted(cut(name.text or '', 40))}; write a name")


def _roots(case: Case) -> list[Element]:
    root = case.galley.atom if case.galley else None
    return [] if root is None else [root]


def _entries(case: Case) -> list[Element]:
    return [entry for root in _roots(case) for entry in root.findall(f"{ATOM}entry")]


RULES = (
    well_formed,
    elements_there,
    names_itself,
    known_for_ever,
    dates_readable,
    one_page,
    types_told,
    names_no_addresses,
)
