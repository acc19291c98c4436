"""DKIM (RFC 6376): letters signed with the newsletter's own key, both List-Unsubscribe headers among what is signed."""

import re
from collections.abc import Callable
from pathlib import Path

import dkim

from composer.errors import UsageError

VARIABLE = "DKIM_KEY"
_SIGNED = (
    b"from", b"to", b"reply-to", b"subject", b"date", b"message-id", b"list-id", b"list-unsubscribe",
    b"list-unsubscribe-post", b"mime-version", b"content-type", b"content-language",
)  # fmt: skip


def signer(key: str, domain: str, selector: str) -> Callable[[bytes], bytes]:
    """Return what signs a letter. `key` is a private key as PEM, or the path of a file that holds one.

    Raises UsageError, without the key, when it cannot be used.
    """
    pem = key.replace("\\n", "\n").encode() if "-----BEGIN" in key else _from_file(key)

    def sign(letter: bytes) -> bytes:
        there = {
            line.partition(b":")[0].lower() for line in re.split(rb"\r\n(?![ \t])", letter.partition(b"\r\n\r\n")[0])
        }
        headers = [name for name in _SIGNED if name in there]
        try:
            made = dkim.sign(letter, selector.encode(), domain.encode(), pem, include_headers=headers)
        except (dkim.DKIMException, ValueError) as error:
            raise UsageError(f"{VARIABLE}: is no private key that DKIM can use ({type(error).__name__})") from None
        return bytes(made) + letter

    sign(b"From: a@example.org\r\nSubject: a\r\n\r\na\r\n")  # a key that cannot sign is told before anybody gets mail
    return sign


def _from_file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError):
        raise UsageError(f"{VARIABLE}: neither a private key as PEM nor a file that can be read") from None
