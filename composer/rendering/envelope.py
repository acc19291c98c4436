"""A message as RFC 5322 and MIME bytes: an `.eml` that any mail program opens and any server takes.

The standard library's own policies let a subject add headers and lose spaces on Python 3.11 and 3.12, so headers are
written here, and what was written is read back before it leaves. Nothing here sends, signs or reads a clock.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import format_datetime
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from composer.errors import ComposerError
from composer.model import Message, Print

_LINE = 76  # characters; RFC 2047 section 2 and RFC 2045 section 6.7 both stop here
_WORD = 64  # characters of an encoded-word, so that the longest header name fits before the first
_NAMED = frozenset({"From", "To", "Reply-To", "List-Id"})  # headers of the shape Name <…>
_QUOTED_MOST = 30  # characters, so that a quoted name is never longer than an encoded-word
_LOCAL_MOST, _ADDRESS_MOST = 64, 254  # characters, RFC 5321 section 4.5.3.1
_LINE_MOST = 998  # bytes without CRLF, RFC 5322 section 2.1.1

_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOT_ATOM = re.compile(rf"{_ATEXT}(\.{_ATEXT})*")
_ATOMS = re.compile(rf"{_ATEXT}( {_ATEXT})*")
_DOMAIN = re.compile(r"(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")  # white space and controls; a no-break space is a letter
# A space at a line's end is written as its number, and the library has left no room for that.
_SPACE_TOO_FAR = re.compile(rb"=(?:20|09)(?=\r\n)(?<=[^\r\n]{77})")
_Q_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")  # RFC 2047 5 (3)


class Header(NamedTuple):
    """A header as tokens that lines may be folded between, and what a reader must read back."""

    name: str
    tokens: tuple[str, ...]
    meaning: str


def to_bytes(
    message: Message,
    *,
    date: datetime,
    message_id: str,
    to: str = "",
    pictures: Sequence[Print] = (),
    test: bool = False,
) -> bytes:
    """Return the message as an `.eml` with CRLF line ends: headers, then text and HTML as `multipart/alternative`.

    `to` is one address without a name; without it there is no To header, as RFC 5322 section 3.6 allows. Each body is
    quoted-printable or base64, whichever is shorter. `pictures` travel along with the HTML (RFC 2387), which names each
    as `cid:` and its name (RFC 2392). A `test` says so in a header of its own. The same arguments give the same bytes.
    Raises ComposerError for an address or a list header that cannot be written.
    """
    headers = (*headers_of(message, date, message_id, to), *([_plain("X-Currents-Test", "yes")] if test else []))
    domain = message_id.strip("<>").rpartition("@")[2]
    plain, html = body_of(message.text), body_of(_named_whole(message.html, pictures, domain))
    shown = part_of("html", *shortest(html, quoted(html)))
    if pictures:
        shown = _gathered("related", [shown, *(_picture(one, domain) for one in pictures)])
    written = assembled(headers, [part_of("plain", *shortest(plain, quoted(plain))), shown])
    carried = [(one.media_type, one.content) for one in pictures]
    refuse_changed(written, headers, [("text/plain", plain), ("text/html", html), *carried])
    return written


def assembled(headers: Sequence[Header], parts: Sequence[bytes]) -> bytes:
    """Return a message of headers and alternative parts."""
    head = [_folded(header) for header in headers]
    return b"".join((*(lines + b"\r\n" for lines in head), _gathered("alternative", parts, head)))


def _gathered(kind: str, parts: Sequence[bytes], beside: Sequence[bytes] = ()) -> bytes:
    """Return parts as one, a `multipart/alternative` or `multipart/related`; what is `beside` makes its boundary."""
    # "=_" cannot stand in quoted-printable, nor "_" in base64: no body holds the boundary (RFC 2045 6.7).
    boundary = b"=_" + hashlib.sha256(b"\0".join((*beside, *parts))).hexdigest()[:32].encode()
    opened = b'Content-Type: multipart/%b;\r\n boundary="%b"\r\n\r\n' % (kind.encode(), boundary)
    return b"".join((opened, *(b"--%b\r\n%b\r\n" % (boundary, part) for part in parts), b"--%b--\r\n" % boundary))


def _named_whole(html: str, pictures: Sequence[Print], domain: str) -> str:
    """Give the pictures that travel along the names that they have in the whole world (RFC 2392)."""
    for one in pictures:
        html = html.replace(f"cid:{one.name}", f"cid:{one.name}@{domain}")
    return html


def _picture(one: Print, domain: str) -> bytes:
    named = (
        f"Content-Type: {one.media_type}\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <{one.name}@{domain}>\r\n"
        f'Content-Disposition: inline; filename="{one.name}"\r\n\r\n'
    )
    return named.encode("ascii") + _in_base64(one.content)


def headers_of(message: Message, date: datetime, message_id: str, to: str) -> tuple[Header, ...]:
    """Return a message's headers in their order, but for that of its body. Raises ComposerError."""
    given = [
        _mailbox("From", message.from_name, message.from_address),
        *([_mailbox("To", "", to)] if to else []),
        *([_mailbox("Reply-To", "", message.reply_to)] if message.reply_to else []),
        _unstructured("Subject", message.subject),
        _plain("Date", format_datetime(date.astimezone(UTC))),
        _plain("Message-ID", _identity(message_id)),
        *_list_headers(message),
        *([_language(message.lang)] if message.lang else []),
        _plain("MIME-Version", "1.0"),
    ]
    return tuple(given)


def _list_headers(message: Message) -> Iterable[Header]:
    """Yield List-Id (RFC 2919) and the one-click pair (RFC 8058), which must never be encoded or folded."""
    if message.list_id:
        if not _DOMAIN.fullmatch(message.list_id):
            raise ComposerError(
                f"List-Id: {message.list_id!r} is not a domain such as news.example.org; see tag_authority"
            )
        yield _named("List-Id", message.list_name, _phrase_tokens(message.list_name), message.list_id)
    if not message.unsubscribe_url:
        return
    # A merge tag's braces, bars and percent signs stay; "=?" would be read as the start of an encoded-word.
    address = quote(message.unsubscribe_url, safe="!#$%&'()*+,/:;=?@[]{|}~", errors="replace").replace("=?", "=%3F")
    if len(f"List-Unsubscribe: <{address}>") > _LINE_MOST:
        raise ComposerError(f"List-Unsubscribe: {address[:40]}… is too long for a mail header; shorten unsubscribe_url")
    yield _plain("List-Unsubscribe", f"<{address}>")
    if address.lower().startswith("https://"):
        yield _plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")


@lru_cache(maxsize=64)
def _mailbox(header: str, name: str, address: str) -> Header:
    local, _, domain = address.rpartition("@")
    if (
        not (_DOT_ATOM.fullmatch(local) and _DOMAIN.fullmatch(domain))
        or len(local) > _LOCAL_MOST
        or len(address) > _ADDRESS_MOST
    ):
        raise ComposerError(
            f"{header}: {address!r} is not a mail address such as editor@example.org "
            "(letters of other scripts: write the domain in its xn-- form)"
        )
    return _named(header, name, _name_tokens(name), address)


def _named(header: str, name: str, tokens: Sequence[str], inside: str) -> Header:
    return Header(header, (*tokens, f"<{inside}>"), f"{_words(name)} <{inside}>".lstrip(" "))


def _name_tokens(name: str) -> tuple[str, ...]:
    """Return a display name as atoms, as one quoted string where that is short, else as encoded-words."""
    phrase = _words(name)
    quotable = _PRINTABLE.fullmatch(phrase) and "=?" not in phrase and len(phrase) <= _QUOTED_MOST
    if not phrase or not quotable or _ATOMS.fullmatch(phrase):
        return _phrase_tokens(phrase)
    return ('"' + re.sub(r'(["\\])', r"\\\1", phrase) + '"',)


@lru_cache(maxsize=64)
def _phrase_tokens(name: str) -> tuple[str, ...]:
    """Return a name as atoms, else as encoded-words: of a List-Id some readers would show the quotes."""
    phrase = _words(name)
    if not phrase:
        return ()
    return tuple(phrase.split(" ")) if _ATOMS.fullmatch(phrase) and _is_safe(phrase) else _encoded_words(phrase)


@lru_cache(maxsize=64)
def _unstructured(header: str, words: str) -> Header:
    line = _words(words)
    tokens = tuple(line.split(" ")) if _is_safe(line) else _encoded_words(line)
    return Header(header, tokens, line)


def _plain(header: str, value: str) -> Header:
    """Return a header of one token that is never folded. Raises ComposerError if a reader could see two headers."""
    if not _PRINTABLE.fullmatch(value):
        raise ComposerError(f"{header}: {value!r} cannot stand in a mail header; use plain ASCII letters")
    return Header(header, (value,), value)


def _language(lang: str) -> Header:
    if not _LANGUAGE.fullmatch(lang):
        raise ComposerError(f"Content-Language: {lang!r} is not a language tag such as en or pt-BR; mend `lang`")
    return _plain("Content-Language", lang)


def _identity(message_id: str) -> str:
    """Return `<left@right>` (RFC 5322 section 3.6.4)."""
    left, _, right = message_id.removeprefix("<").removesuffix(">").rpartition("@")
    if not (_DOT_ATOM.fullmatch(left) and _DOMAIN.fullmatch(right)) or len(message_id) > _ADDRESS_MOST:
        raise ComposerError(f"Message-ID: {message_id!r} is not an identity such as 7@news.example.org")
    return f"<{left}@{right}>"


def _words(words: str) -> str:
    """Return words fit for one line: controls and line ends become one space, halves of surrogate pairs U+FFFD."""
    return _BLANK.sub(" ", _SURROGATE.sub("\ufffd", words)).strip(" ")


def _is_safe(line: str) -> bool:
    """Say whether words may stand as they are: ASCII, no word too long to fold, nothing that looks encoded."""
    return _PRINTABLE.fullmatch(line) is not None and "=?" not in line and all(len(w) < _WORD for w in line.split(" "))


def _encoded_words(line: str) -> tuple[str, ...]:
    """Return RFC 2047 encoded-words of at most 64 characters, Q or B by length; no character is cut in two."""
    q_length = sum(len(_q(letter)) for letter in line)
    b_length = len(line.encode()) * 4 / 3
    if q_length <= b_length:
        return tuple(f"=?utf-8?q?{_q(piece)}?=" for piece in _pieces(line, lambda words: len(_q(words))))
    return tuple(f"=?utf-8?b?{_b(piece)}?=" for piece in _pieces(line, lambda words: len(_b(words))))


def _pieces(line: str, length: Callable[[str], int]) -> Iterable[str]:
    room = _WORD - len("=?utf-8?q??=")
    piece = ""
    for letter in line:
        if length(piece + letter) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _q(words: str) -> str:
    return "".join(chr(b) if b in _Q_PLAIN else "_" if b == ord(" ") else f"={b:02X}" for b in words.encode())


def _b(words: str) -> str:
    return base64.b64encode(words.encode()).decode("ascii")


@lru_cache(maxsize=64)  # of letters to thousands of readers most headers are the same
def _folded(header: Header) -> bytes:
    """Return the header's lines, folded between tokens (RFC 5322 section 2.2.3)."""
    lines = [f"{header.name}: {header.tokens[0]}"]
    for token in header.tokens[1:]:
        if len(lines[-1]) + 1 + len(token) <= _LINE:
            lines[-1] += f" {token}"
        else:
            lines.append(f" {token}")
    return "\r\n".join(lines).encode("ascii")


def body_of(words: str) -> bytes:
    """Return UTF-8 with CRLF line ends, halves of surrogate pairs as U+FFFD."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    try:
        return lines.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", lines).encode()


def part_of(subtype: str, encoding: str, written: bytes) -> bytes:
    """Return a body as a part of a message, from its transfer encoding and what it is in that."""
    named = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return named.encode("ascii") + written


def encoded(words: str) -> tuple[str, bytes]:
    """Return the transfer encoding of a body in a mail, and the body so encoded, with CRLF line ends."""
    body = body_of(words)
    return shortest(body, quoted(body))


def quoted(body: bytes) -> bytes:
    """Return a body, or some whole lines of it, as quoted-printable: each line stands for itself (RFC 2045 6.7)."""
    written = binascii.b2a_qp(body, istext=True)  # breaks long lines by LF until it has seen a CRLF
    lines = written.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return _SPACE_TOO_FAR.sub(rb"=\r\n\g<0>", lines)


def shortest(body: bytes, as_quoted: bytes) -> tuple[str, bytes]:
    """Return the shorter encoding and the body in it, quoted-printable when equal: a person can read it."""
    lines, letters = -(-len(body) // 57), -(-len(body) // 3) * 4  # 57 bytes make a line of 76 letters
    if letters + max(0, lines - 1) * len("\r\n") >= len(as_quoted):
        return "quoted-printable", as_quoted
    return "base64", _in_base64(body)


def _in_base64(content: bytes) -> bytes:
    written = binascii.b2a_base64(content, newline=False)
    return b"\r\n".join([written[at : at + _LINE] for at in range(0, len(written), _LINE)])


def refuse_changed(written: bytes, headers: Sequence[Header], bodies: Sequence[tuple[str, bytes]]) -> None:
    """Raise ComposerError unless a reader finds exactly these headers, with these meanings, and both bodies."""
    # The older policy: the newer one keeps the space between two encoded-words of a name (seen on 3.11 to 3.13).
    found = message_from_bytes(written, policy=policy.compat32)
    if found.keys() != [*(header.name for header in headers), "Content-Type"]:
        raise ComposerError(
            f"mail: its headers came back as {', '.join(found.keys())}; look for odd characters in them"
        )
    for header in headers:
        if _meaning(header.name, found[header.name]) != header.meaning:
            raise ComposerError(f"{header.name}: {header.meaning!r} came back changed; look for odd characters in it")
    leaves = (part for part in found.walk() if not part.is_multipart())
    parts = [(part.get_content_type(), part.get_payload(decode=True)) for part in leaves]
    if parts != bodies:
        raise ComposerError(
            "mail: its text, HTML or pictures came back changed; look for odd characters in the edition"
        )


def _meaning(name: str, raw: str) -> str:
    """Return the words of a header as a reader understands them (RFC 2047, RFC 5322 quoted strings)."""
    line = raw.replace("\r\n", "")
    if name not in _NAMED:
        return _decoded(line)
    phrase, mark, inside = line.rpartition(" <")
    unquoted = re.sub(r"\\(.)", r"\1", phrase[1:-1]) if phrase.startswith('"') else _decoded(phrase)
    return f"{unquoted}{mark}{inside}"


def _decoded(words: str) -> str:
    return str(make_header(decode_header(words))) if "=?" in words else words
