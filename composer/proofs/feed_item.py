"""What the edition's item in RSS tells of it: its pictures, its sources, its corrections and its tags."""

from collections.abc import Iterator
from urllib.parse import unquote

from composer.proofs.case import Case, Finding, rule
from composer.proofs.content import is_moment, is_web
from composer.proofs.galley import ATOM, MEDIA, Element
from composer.proofs.opened import visible_words
from composer.proofs.telling import blanked, first_words, folded, folded_whole


@rule(
    "FEED-17",
    "warning",
    reason="Readers that show pictures take them from media:content: type, size, what they show, whose they are. "
    "RSS allows one enclosure, with its true length.",
    mend="Give the photo width, height, alt and credit.",
)
def pictures_described(case: Case) -> Iterator[Finding]:
    """Look at every media:content and enclosure of the item."""
    for item in _own(case):
        for picture in item.iter(f"{MEDIA}content"):
            lacks = [name for name in ("type", "width", "height") if not picture.get(name)]
            lacks += [
                name for name in ("description", "credit") if not (picture.findtext(f"{MEDIA}{name}") or "").strip()
            ]
            if picture.get("medium") != "image" or not is_web(picture.get("url") or "") or lacks:
                named = ", ".join(lacks) or "its address"
                yield Finding(
                    message=f"the feed's picture {picture.get('url') or '?'} lacks {named}; mend the photo block"
                )
        enclosures = item.findall("enclosure")
        lengths = [piece.get("length") or "" for piece in enclosures]
        if len(enclosures) > 1 or any(not length.isdigit() or int(length) == 0 for length in lengths):
            yield Finding(message="the feed's item may have one enclosure, with its length in bytes")


@rule(
    "FEED-18",
    "warning",
    reason="RSS's source says that the item was taken from that feed, which ours never are; what an edition stands on "
    "is linked as related.",
    mend="Leave source out; write the reporting as source blocks.",
)
def sources_related(case: Case) -> Iterator[Finding]:
    """Look at source elements, and for a related link to every source block that has an address."""
    for item in _own(case):
        if any(not is_web(source.get("url") or "") for source in item.findall("source")):
            yield Finding(message="the feed's source names no feed; leave it out")
        links = (link for link in item.findall(f"{ATOM}link") if link.get("rel") == "related")
        linked = {unquote(link.get("href") or "") for link in links}
        for block in case.manuscript.of("source"):
            url = block.get("url").strip()
            if is_web(url) and unquote(url) not in linked:
                yield Finding(
                    block=block, key="url", message="the feed does not link this source as related; mend the address"
                )


@rule(
    "FEED-19",
    "warning",
    reason="A correction keeps the day of publication, says when it was made, and stands above what it corrects.",
    mend="Write a correction block; Currents puts it on top and dates it.",
)
def corrections_dated(case: Case) -> Iterator[Finding]:
    """Look at atom:updated, and at where the correction stands in the item's HTML."""
    for item in _own(case):
        updated = item.findtext(f"{ATOM}updated")
        if updated is not None and not is_moment(updated):
            yield Finding(message=f"the feed dates the change {updated}; want a moment with its zone")
        corrections = case.manuscript.corrections
        words = folded_whole(visible_words(case.galley.content_html)) if case.galley else ""
        for block in corrections:
            opening = next((first_words(one) for one in case.manuscript.of("lede", "prose")), "")
            if _below(words, folded(first_words(block)), blanked(words, corrections), folded(opening)):
                yield Finding(block=block, message="the feed shows the correction below the words that it corrects")


@rule(
    "FEED-21",
    "warning",
    reason="Readers file and filter an item by its categories.",
    mend="Write `tags:` in the header.",
)
def tags_told(case: Case) -> Iterator[Finding]:
    """Want the header's tags as the item's categories, in order."""
    for item in _own(case):
        told = [(category.text or "").strip() for category in item.findall("category")]
        wanted = [" ".join(tag.split()) for tag in case.manuscript.all("tags")]
        if [" ".join(tag.split()) for tag in told] != wanted:
            yield Finding(
                key="tags", message=f"the feed files the edition under {', '.join(told) or 'nothing'}, not its tags"
            )


def _own(case: Case) -> list[Element]:
    entry = case.galley.entry if case.galley else None
    return [] if entry is None else [entry]


def _below(words: str, note: str, others: str, opening: str) -> bool:
    at, start = (where.find(piece) if piece else -1 for where, piece in ((words, note), (others, opening)))
    return at >= 0 and 0 <= start < at


RULES = (pictures_described, sources_related, corrections_dated, tags_told)
