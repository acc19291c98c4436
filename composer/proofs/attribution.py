"""Whose reporting it is: sources named, linked and cited where readers see them."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from composer.proofs.case import BODY, Case, Finding, Mend, rule
from composer.proofs.naming import names
from composer.proofs.reading import Passage, read, sentences
from composer.proofs.vocabulary import NAMED, SHORTENERS, TRACKING, VAGUE
from composer.text import cut, host, one_line

_STORIES = ("brief", "link")
_OPENING_SENTENCES = 2


@rule(
    "E-SRC",
    "error",
    also="warning",
    reason="Another's story without its source is taken, not reported; a quotation may be said to us (warning).",
    mend="Write a source block and name its id in `source:`.",
)
def source_missing(case: Case) -> Iterator[Finding]:
    """Want a source for every story that is another's."""
    for block in case.manuscript.of(*_STORIES):
        if not block.all("source"):
            yield Finding(block=block, key="source", message=f"the {block.kind} has no source; name one in `source:`")
    for block in case.manuscript.of("quote"):
        if not block.all("source"):
            message = "the quote has no source; name one, or say `x-allow: E-SRC` and to whom it was said"
            yield Finding(block=block, key="source", severity="warning", message=message)


@rule(
    "E-SRC-NAMED",
    "error",
    reason="Readers must see at once whose work they are reading about.",
    mend="Name the outlet in `attribution:` or in the first two sentences; without `attribution:` the theme names it.",
)
def outlet_unnamed(case: Case) -> Iterator[Finding]:
    """Look for each outlet's name; outside English a name may carry a case ending."""
    for block in case.manuscript.of("brief"):
        if not block.get("attribution"):
            continue
        opening = " ".join(sentences(read(block.body).words)[:_OPENING_SENTENCES])
        told = f"{block.get('attribution')} {opening}"
        for name in block.all("source"):
            source = case.source(name)
            outlet = source.get("outlet") if source else ""
            if outlet and not names(told, outlet, case.lang):
                message = f"{outlet} is not named in the attribution or the first two sentences; name it"
                yield Finding(block=block, key="attribution", message=message)


def untrack(case: Case) -> Iterator[Mend]:
    """Cut tracking parameters off a source's address, and off links in the words to that very address."""
    tracked = {url for block in case.manuscript.of("source") if TRACKING.search(url := block.get("url"))}
    clean = {url: untracked(url) for url in sorted(tracked) if _is_address(url)}
    for block in case.manuscript.of("source"):
        if block.get("url") in clean:
            yield Mend(block=block, key="url", words=clean[block.get("url")])
    for block in case.manuscript.visible:
        body = block.body
        for url, plain in clean.items():
            body = body.replace(f"]({url})", f"]({plain})")
        if body != block.body:
            yield Mend(block=block, words=body)


@rule(
    "E-SRC-LINK",
    "error",
    also="warning",
    reason="Readers follow the link to the original; trackers and shorteners hide where it goes (warning).",
    mend="Write the story's own http(s) address.",
    mender=untrack,
)
def source_unlinked(case: Case) -> Iterator[Finding]:
    """Want an absolute address without tracking parameters or a shortener."""
    for block in case.manuscript.of("source"):
        url = block.get("url")
        if not _is_address(url):
            said = f"{cut(url, 60)} is no http(s) address" if url else "the source has no address"
            yield Finding(block=block, key="url", message=f"{said}; write the story's own in `url:`")
        elif TRACKING.search(url):
            message = "the address carries tracking parameters; cut them off"
            yield Finding(block=block, key="url", severity="warning", message=message)
        elif host(url) in SHORTENERS:
            message = f"{host(url)} hides where the link goes; write the story's own address"
            yield Finding(block=block, key="url", severity="warning", message=message)


@rule(
    "E-SRC-HOMEPAGE",
    "warning",
    reason="A home page changes within hours; nobody can check a claim there.",
    mend="Link to the story itself.",
)
def source_homepage(case: Case) -> Iterator[Finding]:
    """Look for an address with neither path nor query."""
    for block in case.manuscript.of("source"):
        url = block.get("url")
        if _is_address(url) and not urlsplit(url).path.strip("/") and not urlsplit(url).query:
            yield Finding(block=block, key="url", message=f"{url} is a home page; link to the story itself")


@rule(
    "E-SRC-VAGUE",
    "warning",
    reason="Media reports and reportedly leave readers to guess who knows it, and how.",
    mend="Name who reported it in the same sentence, or leave the claim out.",
)
def source_vague(case: Case) -> Iterator[Finding]:
    """Look for hedges in sentences that name no outlet and carry no link, in languages with a list."""
    hedges = VAGUE.get(case.lang)
    if hedges is None:
        return
    outlets = [outlet for block in case.manuscript.of("source") if (outlet := block.get("outlet"))]
    for block, reading in case.readings("lede", "prose", "brief", "link", "view"):
        linked = [anchor.words for anchor in reading.anchors if anchor.words]
        for passage in reading.passages:
            for hedge in _hedges(passage, hedges, outlets, linked, case.lang):
                message = f"“{one_line(hedge)}”: says who? Name the source in this sentence"
                yield Finding(block=block, key=BODY, below=passage.line, message=message)


def _hedges(
    passage: Passage, hedges: re.Pattern[str], outlets: list[str], linked: list[str], lang: str
) -> Iterator[str]:
    if not hedges.search(passage.words):
        return
    named = NAMED.get(lang)
    for sentence in sentences(passage.words):
        hedge = hedges.search(sentence)
        told = (named and named.search(sentence)) or any(words in sentence for words in linked)
        if hedge and not told and not any(names(sentence, outlet, lang) for outlet in outlets):
            yield hedge.group()


def untracked(url: str) -> str:
    """Return an address without the parameters that only count who comes from where; all others stay as they are."""
    address, fragment_mark, fragment = url.partition("#")
    path, query_mark, query = address.partition("?")
    kept = [pair for pair in query.split("&") if not TRACKING.match(f"?{pair}")]
    return path + (query_mark + "&".join(kept)) * bool(kept) + fragment_mark + fragment


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host(url)) and not re.search(r"\s", url)


RULES = (source_missing, outlet_unnamed, source_unlinked, source_homepage, source_vague)
