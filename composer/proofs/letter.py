"""The mail's headers and parts, read back from the very bytes of `email.eml` as a reader's program reads them."""

import re
from collections import Counter
from collections.abc import Iterator
from email.message import Message as Letter
from email.utils import getaddresses
from urllib.parse import urlsplit

from composer.proofs.case import Case, Finding, rule
from composer.proofs.galley import HTML, LETTER, TEXT
from composer.proofs.opened import visible_words
from composer.text import cut, quoted

_LINE_MOST = 998  # bytes without CRLF, RFC 5322 section 2.1.1
_ONCE = ("From", "Subject", "Date", "Message-ID")
_LIST_ID = re.compile(r"(?:[^<>]*\s)?<[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+>")
_PAIR = ("List-Unsubscribe", "List-Unsubscribe-Post")
# Chinese and Japanese part no words, but text breaks their lines: each character counts as one.
_WORD = re.compile("[\u2e80-\u9fff\uf900-\ufaff]|[^\\W_\u2e80-\u9fff\uf900-\ufaff]+")
_SAME_WORDS_LEAST = 0.9
_WORDS_LEAST = 20  # below, one word more or less would decide
_ENCODED_SLACK = 1.1
_PARTS = ("text/plain", "text/html")


@rule(
    "EML-H01",
    "error",
    reason="Gmail and Yahoo want one click to leave: one List-Unsubscribe with one HTTPS address (a mailto may follow) "
    "and List-Unsubscribe-Post: List-Unsubscribe=One-Click (RFC 8058 section 3.1).",
    mend="Set mail.unsubscribe_url in newsletter.toml to an https address.",
)
def one_click(case: Case) -> Iterator[Finding]:
    """Read both headers; a mail without any way out is EML-F01's."""
    letter = _letter(case)
    if letter is None or not (case.settings.unsubscribe_url or any(name in letter for name in _PAIR)):
        return
    ways, posts = ([str(value) for value in letter.get_all(name, [])] for name in _PAIR)
    addresses = re.findall(r"<([^<>]*)>", ways[0]) if len(ways) == 1 else []
    secure = [address for address in addresses if address.lower().startswith("https://")]
    others = [address for address in addresses if not address.lower().startswith(("https://", "mailto:"))]
    if len(secure) != 1 or others or not addresses[0].lower().startswith("https://"):
        yield Finding(message="List-Unsubscribe must hold one https address; set mail.unsubscribe_url to one")
    if posts != ["List-Unsubscribe=One-Click"]:
        yield Finding(message="List-Unsubscribe-Post must be List-Unsubscribe=One-Click; an https address gives it")


@rule(
    "EML-H02",
    "error",
    reason="An encoded or folded List-Unsubscribe is no address to the programs that look for it; Python's own "
    "mail library writes long ones so.",
    mend="Shorten mail.unsubscribe_url; write it in ASCII.",
)
def list_headers_plain(case: Case) -> Iterator[Finding]:
    """Look at both headers as they stand in the file."""
    letter = _letter(case)
    if letter is None:
        return
    for name in _PAIR:
        written = [str(value) for value in letter.get_all(name, [])]
        if any("=?" in value or re.search(r"[\r\n]", value) or not value.isascii() for value in written):
            yield Finding(message=f"the mail's {name} is encoded or broken over lines; shorten mail.unsubscribe_url")


@rule(
    "EML-H03",
    "error",
    reason="The address must answer a POST without login, cookie or redirect; a GET must not unsubscribe (RFC 8058). "
    "That is seen only once it runs; looked at is the address itself, which must be public and free of names.",
    mend="Set mail.unsubscribe_url to a public address that ends in what nobody can guess, or in a merge tag.",
)
def way_out_public(case: Case) -> Iterator[Finding]:
    """Look for hosts nobody else reaches, for passwords, fragments and mail addresses in the address."""
    url = case.message.unsubscribe_url if case.galley and case.message else ""
    if not url.lower().startswith(("http://", "https://")):
        return
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        yield Finding(message=f"the way out {quoted(cut(url, 60))} is no address; mend mail.unsubscribe_url")
        return
    private = "." not in host or host.endswith((".local", ".localhost", ".internal")) or host.startswith("127.")
    if private and "{" not in host and "|" not in host:
        yield Finding(
            message=f"the way out leads to {host or 'nowhere'}, which readers do not reach; mend mail.unsubscribe_url"
        )
    if parts.username or parts.fragment or re.search(r"[\w.+-]@|[\w.+-]%40", f"{parts.path}?{parts.query}"):
        message = "the way out names a person, a password or a place in a page; let it end in a token nobody can guess"
        yield Finding(message=message)


@rule(
    "EML-H04",
    "error",
    reason="A signature that leaves List-Unsubscribe out lets anybody change it, and one-click does not count "
    "(RFC 8058 4). The outbox's file is not signed: who sends it signs it; a DKIM signature in the file is looked at.",
    mend="Let the sender's DKIM sign both List-Unsubscribe headers (h=).",
)
def signature(case: Case) -> Iterator[Finding]:
    """Look at what a DKIM signature in the file covers."""
    letter = _letter(case)
    for value in letter.get_all("DKIM-Signature", []) if letter is not None else ():
        signed = re.search(r"(?:^|;)\s*h\s*=([^;]*)", re.sub(r"\s+", "", str(value)))
        covered = {name.lower() for name in signed.group(1).split(":")} if signed else set[str]()
        missing = [name for name in _PAIR if name.lower() not in covered]
        if missing:
            yield Finding(message=f"the DKIM signature does not cover {' and '.join(missing)}; add them to its h=")


@rule(
    "EML-H05",
    "warning",
    reason="List-Id (RFC 2919) and one steady sender are how readers' filters know a newsletter.",
    mend="Set newsletter.tag_authority to a domain and mail.from_address to one address, and leave both as they are.",
)
def list_identity(case: Case) -> Iterator[Finding]:
    """Want one List-Id of the shape Name <list.example.org>, and one address in From."""
    letter = _letter(case)
    if letter is None:
        return
    identities = [re.sub(r"\s+", " ", str(value)) for value in letter.get_all("List-Id", [])]
    if len(identities) != 1 or not _LIST_ID.fullmatch(identities[0]):
        yield Finding(message="the mail has no List-Id such as Name <news.example.org>; set newsletter.tag_authority")
    senders = getaddresses([str(value) for value in letter.get_all("From", [])])
    if len(senders) > 1:
        yield Finding(message=f"the mail has {len(senders)} senders; mail.from_address must be one address")


@rule(
    "EML-H06",
    "error",
    reason="A mail needs one each of From, Subject, Date and Message-ID, lines of at most 998 bytes that end in CRLF "
    "(RFC 5322 sections 2.1.1 and 3.6); servers refuse any other.",
    mend="Mend the setting that the message names.",
)
def headers_once(case: Case) -> Iterator[Finding]:
    """Count headers, and measure the lines of the file."""
    if case.galley and case.galley.refused:
        yield Finding(message=f"the mail cannot be written: {case.galley.refused}")
    letter = _letter(case)
    if letter is None or case.galley is None:
        return
    for name in _ONCE:
        count = len(letter.get_all(name, []))
        if count != 1:
            yield Finding(message=f"the mail has {count} {name} headers; there must be one")
    content = case.galley.files[LETTER]
    if _ends_barely(content):
        yield Finding(message="the mail holds a line end that is not CRLF, or a NUL; servers refuse it")
    longest = max(map(len, content.split(b"\r\n")))
    if longest > _LINE_MOST:
        yield Finding(message=f"the mail has a line of {longest} bytes; {_LINE_MOST} are the most")


@rule(
    "EML-M01",
    "error",
    reason="Clients show the last part that they can: text first, HTML last, both with words (RFC 2046 section 5.1.4).",
    mend="Publish with Currents' own envelope; a plug-in that writes its own must keep this order.",
)
def both_parts(case: Case) -> Iterator[Finding]:
    """Want multipart/alternative of two parts that are what email.txt and email.html hold."""
    letter = _letter(case)
    if letter is None or case.galley is None:
        return
    kinds = tuple(part.get_content_type() for part in _bodies(letter))
    if letter.get_content_type() != "multipart/alternative" or kinds != _PARTS:
        yield Finding(
            message=f"the mail is {letter.get_content_type()} of {', '.join(kinds) or 'nothing'}; want text, then HTML"
        )
        return
    for part, name in zip(_bodies(letter), (TEXT, HTML), strict=True):
        words = _decoded(part)
        if not words.strip():
            yield Finding(message=f"the mail's {part.get_content_type()} part is empty")
        elif words != _lines(case.galley.files.get(name, b"")):
            yield Finding(message=f"the mail's {part.get_content_type()} part is not what {name} holds")


@rule(
    "EML-M02",
    "error",
    reason="Gmail clips mail in another charset whatever its size, and guesses where none is named.",
    mend="Declare UTF-8 in both parts and in the HTML's head.",
)
def charset(case: Case) -> Iterator[Finding]:
    """Read what both parts declare, and whether they are it."""
    letter = _letter(case)
    for part in _bodies(letter) if letter is not None else ():
        declared = str(part.get_content_charset() or "no charset")
        if declared != "utf-8":
            yield Finding(message=f"the mail's {part.get_content_type()} part declares {declared}; it must be utf-8")
        try:
            _decoded(part).decode()
        except UnicodeDecodeError:
            yield Finding(message=f"the mail's {part.get_content_type()} part is not the UTF-8 that it declares")


@rule(
    "EML-M03",
    "info",
    reason="Quoted-printable makes Ukrainian, Georgian or Arabic three times as long, base64 a third longer.",
    mend="Encode each part in the shorter way; Currents' own envelope does.",
)
def transfer_encoding(case: Case) -> Iterator[Finding]:
    """Compare what a part weighs encoded with what base64 would."""
    letter = _letter(case)
    for part in _bodies(letter) if letter is not None else ():
        encoded, bare = len(str(part.get_payload())), len(_decoded(part))
        if encoded > _ENCODED_SLACK * bare * 78 / 57 + 80:  # 57 bytes are a line of 76 and its CRLF (RFC 2045 6.8)
            message = (
                f"the mail's {part.get_content_type()} part takes {encoded / bare:.1f} bytes a byte; base64 takes 1.4"
            )
            yield Finding(message=message)


@rule(
    "EML-M04",
    "warning",
    reason="Filters compare the two halves of a mail, and some readers see only the text: it must tell the same.",
    mend="Let the theme print in HTML what the blocks hold, and nothing else.",
)
def same_words(case: Case) -> Iterator[Finding]:
    """Count how many of the HTML's words the text has; pull quotes repeat and do not count."""
    if not case.galley or not case.message:
        return
    pulled = Counter(word for block in case.manuscript.of("pullquote") for word in _words(block.body))
    html = Counter(_words(visible_words(case.message.html))) - pulled
    shared = html & Counter(_words(case.message.text))
    if html.total() >= _WORDS_LEAST and shared.total() < _SAME_WORDS_LEAST * html.total():
        missing = ", ".join(word for word, _ in (html - shared).most_common(5))
        share = 100 * shared.total() // html.total()
        yield Finding(message=f"the mail's text has {share} % of the HTML's words, 90 are wanted; it lacks {missing}")


def _letter(case: Case) -> Letter | None:
    return case.galley.letter if case.galley and LETTER in case.galley.files else None


def _bodies(letter: Letter) -> list[Letter]:
    return [part for part in letter.walk() if not part.is_multipart()]


def _decoded(part: Letter) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _ends_barely(content: bytes) -> bool:
    """Say whether a CR or LF stands alone, or a NUL anywhere; counting is quicker than looking at each byte."""
    ends = content.count(b"\r\n")
    return {content.count(b"\r"), content.count(b"\n")} != {ends} or b"\0" in content


def _lines(words: bytes) -> bytes:
    """Return words with CRLF line ends, as mail has them."""
    return re.sub(rb"\r\n?|\n", b"\r\n", words)


def _words(words: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(words)]


RULES = (
    one_click,
    list_headers_plain,
    way_out_public,
    signature,
    list_identity,
    headers_once,
    both_parts,
    charset,
    transfer_encoding,
    same_words,
)
