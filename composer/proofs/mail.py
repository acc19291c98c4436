"""The rendered mail: its weight, and what law and readers want at its foot."""

import re
from collections.abc import Iterator
from email.message import Message as Letter
from html import escape

from composer.mailing import CLIPPED_BYTES
from composer.proofs.case import Case, Finding, rule
from composer.proofs.inbox import REPLY
from composer.proofs.opened import opened, visible_words
from composer.proofs.telling import folded, folded_whole
from composer.text import cut, quoted

HEAVY_BYTES = 85_000
_STYLE_BYTES_MOST = 16 * 1024
_HEAVIEST = 3
_EARLY = 0.6  # of the HTML: what a client that clips still shows
_EXPIRY = re.compile(r"[?&;](?:x-amz-)?(?:exp|expires?|expiry|valid_until|until|ttl)=", re.IGNORECASE)


@rule(
    "EML-S01",
    "warning",
    also="error",
    reason="Gmail clips a mail at about 102 KB, and its foot with the unsubscribe link is lost (error from 100 KB).",
    mend="Cut words or blocks until the HTML is under 85 KB.",
)
def weight(case: Case) -> Iterator[Finding]:
    """Weigh the HTML in UTF-8, and name its heaviest blocks."""
    size = len(case.message.html.encode(errors="replace")) if case.message else 0
    if size >= HEAVY_BYTES:
        told = f"{size / 1000:.1f} KB{_encoded(case)}"
        message = f"the mail's HTML weighs {told}, Gmail clips at about 102; {_heaviest(case)}"
        yield Finding(severity="error" if size >= CLIPPED_BYTES else "warning", message=message)


def _encoded(case: Case) -> str:
    """Say what the HTML weighs as the mail carries it: testers disagree on which of the two is counted."""
    parts = case.galley.letter.get_payload() if case.galley else []
    html = parts[-1] if isinstance(parts, list) and parts else None
    return f" ({len(str(html.get_payload())) / 1000:.1f} encoded)" if isinstance(html, Letter) else ""


def _heaviest(case: Case) -> str:
    """Name the heaviest blocks by what they weigh, those with the most words where nobody weighed them."""
    if case.galley and case.galley.weights:
        named = (f"{name} {size / 1000:.1f} KB" for name, size in case.galley.weights[:_HEAVIEST])
        return f"the heaviest: {', '.join(named)}"
    longest = sorted(case.manuscript.visible, key=lambda block: -len(block.body.encode(errors="replace")))[:_HEAVIEST]
    return f"the longest blocks: {', '.join(f'{block.name} at line {block.line}' for block in longest)}"


@rule(
    "EML-S02",
    "error",
    reason="Gmail drops style sheets past 16 KB, and the mail's layout on phones with them.",
    mend="Shorten the theme's style sheet.",
)
def style_weight(case: Case) -> Iterator[Finding]:
    """Weigh the first style element."""
    styles = opened(case.message.html).xpath("//style") if case.message else []
    size = len((styles[0].text or "").encode()) if styles else 0
    if size > _STYLE_BYTES_MOST:
        message = f"the mail's first style sheet weighs {size / 1024:.1f} KB; 16 are the most, shorten the theme's"
        yield Finding(message=message)


@rule(
    "EML-P01",
    "warning",
    reason="Google marks mail that hides content; blanks behind the preheader weigh 2 KB, and some inboxes show them.",
    mend="Take `preheader_fill` out of the header.",
)
def preheader_filled(case: Case) -> Iterator[Finding]:
    """Look whether the editor asked for filler."""
    if case.manuscript.get("preheader_fill") == "yes":
        yield Finding(key="preheader_fill", message="the preheader is followed by blanks; some filters count them")


@rule(
    "EML-F01",
    "error",
    reason="Law and every mailbox provider want a way out that readers can see.",
    mend="Set mail.unsubscribe_url in newsletter.toml, and let the theme show it in HTML and text.",
)
def way_out(case: Case) -> Iterator[Finding]:
    """Look for the link with words on it in the HTML, and for its address in the text."""
    if not case.message:
        return
    url = case.message.unsubscribe_url or case.settings.unsubscribe_url
    if not url:
        yield Finding(message="the mail has no way out; set mail.unsubscribe_url in newsletter.toml")
        return
    links = [link for link in opened(case.message.html).xpath("//a[@href]") if link.get("href").strip() == url]
    if not any(link.text_content().strip() for link in links):
        yield Finding(message="the mail's HTML shows no unsubscribe link; the theme must print it")
    if url not in case.message.text:
        yield Finding(message="the mail's text shows no unsubscribe link; the theme must print it")


@rule(
    "EML-F02",
    "error",
    also="warning",
    reason="Many countries want the sender's postal address in every mail (unset: warning).",
    mend="Set mail.postal_address in newsletter.toml, and let the theme print it in HTML and text.",
)
def postal_address(case: Case) -> Iterator[Finding]:
    """Look for the words of the address in a row, however lines are broken."""
    if not case.message:
        return
    address = folded(case.settings.postal_address)
    if not address:
        message = "the mail has no postal address; set mail.postal_address in newsletter.toml"
        yield Finding(severity="warning", message=message)
        return
    for name, words in _bodies(case):
        if address not in words:
            yield Finding(message=f"the mail's {name} lacks the postal address; the theme must print it")


@rule(
    "EML-H07",
    "error",
    reason="A subject that is empty, broken over lines or a false reply is refused or filtered.",
    mend="Write the subject as one line of plain words.",
)
def subject_line(case: Case) -> Iterator[Finding]:
    """Look at the subject as it will be sent."""
    subject = case.message.subject if case.message else "-"
    if not subject.strip():
        yield Finding(key="subject", message="the mail has no subject; write `subject:` or `title:`")
    if re.search(r"[\r\n]", subject):
        yield Finding(key="subject", message="the mail's subject holds a line end; write it on one line")
    if REPLY.match(subject) and not REPLY.match(case.manuscript.get("subject") or case.manuscript.get("title")):
        yield Finding(key="subject", message="the mail's subject pretends to be a reply; take Re: or Fwd: out")


@rule(
    "EML-F03",
    "warning",
    reason="Readers may ask who writes to them, why, and what happens to their address (GDPR Art. 13).",
    mend="Set newsletter.name, mail.reason and mail.privacy_url, and let the theme print them in HTML and text.",
)
def who_and_why(case: Case) -> Iterator[Finding]:
    """Look for the newsletter's name, for the reason where one is set, and for the privacy page."""
    if not case.message:
        return
    for name, words in _bodies(case):
        for told in (case.settings.name, case.settings.reason):
            if folded(told) not in words:
                yield Finding(message=f"the mail's {name} lacks {quoted(cut(told, 50))}; the theme must print it")
    url = case.settings.privacy_url
    if not url:
        yield Finding(message="the mail links no privacy policy; set mail.privacy_url in newsletter.toml")
    elif url not in _links(case) or url not in case.message.text:
        yield Finding(message="the mail does not link the privacy policy in HTML and text; the theme must print it")


@rule(
    "EML-F04",
    "error",
    reason="Paid words say so in words, where they begin (CAN-SPAM); colour and place alone do not.",
    mend="Let the theme print the label right above the sponsor's name.",
)
def sponsors_labelled(case: Case) -> Iterator[Finding]:
    """Want label and name of every sponsor in a row, in HTML and text."""
    for block in case.manuscript.of("sponsor") if case.message else ():
        told = folded(f"{block.get('label')} {block.get('name')}")
        missing = [name for name, words in _bodies(case) if block.get("label") and told not in words]
        if missing:
            message = f"the mail's {' and '.join(missing)} does not print the label right above the sponsor's name"
            yield Finding(block=block, key="label", message=message)


@rule(
    "EML-F05",
    "info",
    reason="A way out must work for 30 days after sending and be obeyed within ten business days (CAN-SPAM): that is "
    "the list's keeper's; looked at is whether the address itself says when it ends.",
    mend="Set mail.unsubscribe_url to an address that does not expire.",
)
def way_out_lasts(case: Case) -> Iterator[Finding]:
    """Look for an expiry in the address."""
    url = case.message.unsubscribe_url if case.message else ""
    if _EXPIRY.search(url):
        yield Finding(message="the way out names a time when it ends; it must work for 30 days after sending")


@rule(
    "EML-S03",
    "warning",
    reason="A clipped mail loses its foot, and with it the way out.",
    mend="Cut the mail below 85 KB, or let the theme print the unsubscribe link near the top as well.",
)
def way_out_early(case: Case) -> Iterator[Finding]:
    """Where the HTML weighs more than 85 KB, look for the link in its first 60 %."""
    html = case.message.html.encode(errors="replace") if case.message else b""
    url = case.message.unsubscribe_url if case.message else ""
    spellings = {escape(url).encode(errors="replace"), url.encode(errors="replace")}
    first = min((at for words in spellings if (at := html.find(b'"' + words + b'"')) >= 0), default=len(html))
    if url and len(html) >= HEAVY_BYTES and first > _EARLY * len(html):
        share = 100 * first // len(html)
        message = f"the way out stands at {share} % of a heavy mail; where it is clipped, nobody finds it"
        yield Finding(message=message)


def _links(case: Case) -> set[str]:
    document = opened(case.message.html) if case.message else None
    return {link.get("href").strip() for link in document.xpath("//a[@href]")} if document is not None else set()


def _bodies(case: Case) -> list[tuple[str, str]]:
    if not case.message:
        return []
    return [
        ("HTML", folded_whole(visible_words(case.message.html))),
        ("text", folded_whole(case.message.text)),
    ]


RULES = (
    weight,
    style_weight,
    way_out_early,
    preheader_filled,
    way_out,
    postal_address,
    who_and_why,
    sponsors_labelled,
    way_out_lasts,
    subject_line,
)
