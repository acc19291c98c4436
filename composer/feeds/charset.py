"""From bytes to words. The editor's feeds lie about their encoding in every way there is.

Order: byte order mark, what the server says, what the document says, UTF-8, and Windows-1252 for single odd bytes
only: one bad byte must not spoil every accent in a feed.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
    (b"<\0r\0", "utf-16-le"),
    (b"\0<\0r", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096  # bytes; HTML gives 1,024, real pages put more before it
_ONE_BYTE = frozenset({"ascii", "iso8859-1", "cp1252"})
_MEANT = {"x-sjis": "shift_jis", "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252"}


def _odd_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


codecs.register_error("composer-odd-byte", _odd_byte)


def decode(body: bytes, named: str = "") -> str:
    """Return the words of a document; `named` is the server's charset. Whatever comes, words come back."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    for start, encoding in _UNMARKED:
        if body.startswith(start):
            return body.decode(encoding, errors="replace")
    for encoding in (named, _declared(body)):
        words = _strictly(body, encoding)
        if words is not None:
            return words
    return body.decode("utf-8", errors="composer-odd-byte")


def _declared(body: bytes) -> str:
    found = _DECLARED.search(body[:_DECLARED_WITHIN])
    return (found.group(1) or found.group(2)).decode("ascii", "ignore") if found else ""


def _strictly(body: bytes, encoding: str) -> str | None:
    """Decode, or give None when the encoding is unknown, does not fit, or UTF-8 plainly fits better."""
    try:
        name = codecs.lookup(_MEANT.get(encoding.lower(), encoding)).name
        if name in _ONE_BYTE and _is_utf8(body):
            return None  # bytes over 127 that happen to be valid UTF-8 are UTF-8, whatever was declared
        return None if name == "utf-8" else body.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
