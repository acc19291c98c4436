"""What the web answers: links that lead nowhere, certificates that do not hold. It asks nobody; replies are values.

Rules say nothing about an address that was not asked, so that proof without `--online` is the same everywhere.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from composer.blocks import Manuscript
from composer.proofs.case import BODY, Case, Finding, Place, rule
from composer.proofs.reading import read
from composer.records import Inquiry, Reply
from composer.text import cut, host

_LINKS = ("url", "link", "archive", "data")
_ITSELF = "web-version-of"  # the edition's own page, which is there once it is published
_SUCCESSES = range(200, 300)
_GONE = (404, 410)
_ADDRESS_MOST = 60


def links(manuscript: Manuscript) -> Iterator[Place]:
    """Yield every http(s) address that readers can follow, and where it stands."""
    for block in manuscript.blocks:
        if block.kind == "note" or block.get("relation") == _ITSELF:
            continue
        fields = (Place(words=block.get(key), block=block, key=key) for key in _LINKS)
        anchors = (
            Place(words=anchor.url, block=block, key=BODY, below=anchor.line) for anchor in read(block.body).anchors
        )
        yield from (place for place in (*fields, *anchors) if _is_web(place.words))


def pictures(manuscript: Manuscript) -> Iterator[Place]:
    """Yield every picture that lies on the web, and where it stands."""
    places = (Place(words=block.get("src"), block=block, key="src") for block in manuscript.blocks)
    return (place for place in places if _is_web(place.words))


def inquiries(manuscript: Manuscript) -> tuple[Inquiry, ...]:
    """Return what there is to ask, each once: links, pictures, and whether http addresses are there by https too."""
    addresses = dict.fromkeys(place.words for place in links(manuscript))
    twins = dict.fromkeys(_encrypted(address) for address in addresses if _is_plain(address))
    shown = dict.fromkeys(place.words for place in pictures(manuscript))
    asked = [Inquiry(address=address) for address in {**addresses, **twins}]
    return (*asked, *(Inquiry(address=address, picture=True) for address in shown))


@rule(
    "L-DEAD",
    "error",
    also="warning",
    reason="A page that is not there (404, 410) leaves readers nowhere; a host that nobody knows is a slip (warning).",
    mend="Find where the page is now, or link to a copy in an archive.",
)
def dead(case: Case) -> Iterator[Finding]:
    """Look for pages that their servers say are not there, asked by GET as readers ask."""
    for place, reply in _answered(case):
        if reply.status in _GONE:
            yield place.finding(f"{_shown(place)} answers {reply.status}, the page is not there; link elsewhere")
        elif reply.fault == "host" and _got_out(case):
            yield _lighter(place, f"{_shown(place)}: {reply.problem}; look at the spelling")


@rule(
    "L-HOME",
    "warning",
    reason="A story that was taken off often leads to a home page, where readers find nothing of it.",
    mend="Find where the story is now, or link to a copy in an archive.",
)
def led_home(case: Case) -> Iterator[Finding]:
    """Look for redirects from a page to a home page."""
    for place, reply in _answered(case):
        if reply.ended_at and reply.status in _SUCCESSES and _is_home(reply.ended_at) and not _is_home(place.words):
            yield place.finding(f"{_shown(place)} only leads to the home page of {host(reply.ended_at)}")


@rule(
    "L-CERT",
    "warning",
    reason="Browsers put a warning before a page whose certificate does not hold, and most readers turn back.",
    mend="Look whether a browser opens the page; if not, link elsewhere and tell its publisher.",
)
def certificate(case: Case) -> Iterator[Finding]:
    """Pass on what TLS said. It is no error: browsers mend some chains that programs cannot."""
    for place, reply in _answered(case):
        if reply.fault == "certificate":
            yield place.finding(f"{_shown(place)}: {reply.problem}")


@rule(
    "L-HTTPS",
    "info",
    reason="By http anybody on the way can read along and change the page.",
    mend="Write https:// where the page is there by https.",
)
def unencrypted(case: Case) -> Iterator[Finding]:
    """Look for http addresses that answer by https as well."""
    for place in links(case.manuscript):
        twin = case.replies.get(_encrypted(place.words)) if _is_plain(place.words) else None
        if twin and twin.status in _SUCCESSES:
            yield place.finding(f"{_shown(place)} is there by https too; write https://")


@rule(
    "L-UNSURE",
    "info",
    reason="Some servers let no program in, or were down just now; nobody knows whether readers get there.",
    mend="Open the page in a browser.",
)
def unsure(case: Case) -> Iterator[Finding]:
    """Say of which addresses nothing is known: refused, busy, faulty or silent servers."""
    for place, reply in _answered(case):
        if reply.status in {*_SUCCESSES, *_GONE} or reply.fault == "certificate":
            continue
        if reply.fault == "host" and _got_out(case):
            continue
        said = reply.problem or f"it answers {reply.status}"
        yield place.finding(f"{_shown(place)} could not be checked: {said}")


def _got_out(case: Case) -> bool:
    """Say whether anybody answered: else it is our own network that knows no host."""
    return any(reply.status for reply in case.replies.values())


def _answered(case: Case) -> Iterator[tuple[Place, Reply]]:
    if not case.replies:
        return
    for place in (*links(case.manuscript), *pictures(case.manuscript)):
        if reply := case.replies.get(place.words):
            yield place, reply


def _lighter(place: Place, message: str) -> Finding:
    return Finding(block=place.block, key=place.key, below=place.below, severity="warning", message=message)


def _shown(place: Place) -> str:
    return cut(place.words, _ADDRESS_MOST)


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)


def _is_plain(address: str) -> bool:
    return address.lower().startswith("http:")


def _encrypted(address: str) -> str:
    return f"https:{address.partition(':')[2]}"


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.path.strip("/") and not parts.query


RULES = (dead, led_home, certificate, unencrypted, unsure)
