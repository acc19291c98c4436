"""What a failed visit means, in words an editor can act on."""

import errno
import socket
import ssl
from http import HTTPStatus

import aiohttp

from composer.errors import WireError
from composer.feeds.guard import REFUSAL
from composer.feeds.headers import Told

_NO_SUCH_HOST = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_ERRNO = {
    errno.ECONNREFUSED: "refuses connections",
    errno.ENETUNREACH: "cannot be reached from this network",
    errno.EHOSTUNREACH: "cannot be reached from this network",
    errno.ETIMEDOUT: "does not answer; the connection timed out",
    errno.ECONNRESET: "broke the connection",
    errno.EPIPE: "broke the connection",
}


class RefusedError(WireError):
    """A server answered, but not with what was asked for."""

    def __init__(self, address: str, sentence: str, told: Told, *, gone: bool = False) -> None:
        super().__init__(address, sentence)
        self.told = told
        self.gone = gone  # 410, with no temporary redirect on the way: the address itself will not come back


def refusal(status: int, challenger: str = "") -> str:
    """Name a status that is no success."""
    if challenger:
        return f"wants to see a browser first (a challenge by {challenger}); ask its publisher to let feed readers in"
    try:
        meaning = HTTPStatus(status).phrase.lower()
    except ValueError:
        meaning = "which is no known status"
    advice = ": it will not come back" if status == HTTPStatus.GONE else ""
    return f"answers {status} ({meaning}){advice}"


def sentence(error: Exception) -> str:
    """Name a failure of the network, TLS or HTTP."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _lookup(error.os_error)
    if tls := _tls(error):
        return tls
    if isinstance(error, aiohttp.InvalidURL):
        return "is not a web address that can be visited"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "closed the connection without an answer"
    if isinstance(error, aiohttp.ClientResponseError):
        return "does not answer in HTTP"
    return _connection(error)


def _lookup(error: OSError) -> str:
    if error.errno in _NO_SUCH_HOST:
        return "no such host"
    return "no such host, or names cannot be looked up now (is the network up?)"


def _tls(error: Exception) -> str:
    """Name what is wrong with the other side's certificate; there is no way round it on purpose."""
    cause = getattr(error, "certificate_error", None) or getattr(error, "os_error", error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its TLS certificate is not valid: {cause.verify_message or 'it cannot be verified'}"
    if isinstance(cause, ssl.SSLError) or isinstance(error, aiohttp.ClientSSLError):
        return f"no TLS connection can be made ({getattr(cause, 'reason', None) or 'the handshake failed'})"
    return ""


def _connection(error: Exception) -> str:
    number = getattr(error, "errno", None)
    if REFUSAL in str(error):
        host = getattr(error, "host", "its host")
        return f'lies in a private network; "{host}" in collect.private_hosts of newsletter.toml allows that'
    if number in _ERRNO:
        return _ERRNO[number]
    if isinstance(error, aiohttp.ClientPayloadError):
        return "the answer breaks off"
    return f"cannot be read ({str(error) or type(error).__name__})".replace("\n", " ")[:200]
