"""A mail server on the wire: SMTP (RFC 5321), by TLS where it is to be had, one connection for many letters.

What a crash or a cut connection hides is said to be unknown: whoever sends again then may send twice. No password
stands in any error.
"""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, unquote, urlsplit

from composer.errors import AuthError, UsageError, WireError
from composer.mailing import Fate, Handover
from composer.text import one_line

VARIABLE = "SMTP_URL"
SECONDS = 30.0  # of silence, at each step; servers are given more by RFC 5321 section 4.5.3.2, editors wait less
_SCHEMES = {"smtp": 25, "smtps": 465}
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_SAID_MOST = 300  # characters of a reply
_DONE, _FORWARDED, _GO_ON, _LEAVING, _NEVER = 250, 251, 354, 421, 500  # RFC 5321 section 4.2


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayAddress:
    """Where a mail server listens and how it is entered."""

    host: str
    port: int
    tls: bool  # from the first byte (smtps); else STARTTLS where the server has it
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """Return what it is called in sentences: "mail.example.org:587"."""
        return f"{self.host}:{self.port}"


def relay_address(url: str) -> RelayAddress:
    """Read an address such as smtps://user:password@mail.example.org:465. Raises UsageError, without the password."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise UsageError(f"{VARIABLE}: cannot be read; {_example()}") from None
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise UsageError(f"{VARIABLE}: {_example()}")
    user, password = (unquote(given or "") for given in (parts.username, parts.password))
    if bool(user) != bool(password):
        raise UsageError(f"{VARIABLE}: a user and a password go together; {_example()}")
    return RelayAddress(
        host=parts.hostname,
        port=port or _port(parts),
        tls=parts.scheme == "smtps",
        user=user,
        password=password,
    )


def _port(parts: SplitResult) -> int:
    """Return the usual port: who has a password hands letters in (RFC 6409), who has none relays."""
    return 587 if parts.scheme == "smtp" and parts.username else _SCHEMES[parts.scheme]


def _example() -> str:
    return "write smtp://host:port or smtps://user:password@host:port, letters such as @ and : in them as %40 and %3A"


class SmtpRelay:
    """Hands letters to a mail server (fills `composer.ports.Relay`)."""

    def __init__(self, address: RelayAddress, *, seconds: float = SECONDS) -> None:
        self._address, self._seconds = address, seconds
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Begin; nothing is connected yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Take leave of the server."""
        if self._server:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._server.quit()
        self._hang_up()

    def hand_over(self, sender: str, recipient: str, letter: bytes) -> Handover:
        """Hand one letter over; see `composer.ports.Relay`."""
        try:
            server, turned_down = self._asked(sender, recipient)
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()  # it has not seen the letter: nothing was sent
            return Handover(fate="deferred", reply=f"the connection was lost before the letter: {_why(error)}")
        if turned_down:
            return turned_down
        try:
            server.send(_stuffed(letter))
            code, reply = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            return Handover(fate="unknown", reply=f"the connection was lost before the answer: {_why(error)}")
        if code != _DONE:
            return self._turned_down(server, code, reply)
        return Handover(fate="taken", reply=_said(code, reply))

    def _asked(self, sender: str, recipient: str) -> tuple[smtplib.SMTP, Handover | None]:
        """Go as far as the server's word that the letter may come; else return why it may not."""
        server = self._connected()
        try:
            code, reply = server.mail(sender)
        except smtplib.SMTPServerDisconnected:  # it had waited too long for another letter
            self._hang_up()
            server = self._connected()
            code, reply = server.mail(sender)
        if code == _DONE:
            code, reply = server.rcpt(recipient)
        if code in {_DONE, _FORWARDED}:
            code, reply = server.docmd("DATA")
        return server, None if code == _GO_ON else self._turned_down(server, code, reply)

    def _turned_down(self, server: smtplib.SMTP, code: int, reply: bytes) -> Handover:
        fate: Fate = "refused" if code >= _NEVER else "deferred"
        if code == _LEAVING:
            self._hang_up()
        else:
            try:
                server.rset()
            except (smtplib.SMTPException, OSError):
                self._hang_up()
        return Handover(fate=fate, reply=_said(code, reply))

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = self._entered()
        return self._server

    def _entered(self) -> smtplib.SMTP:
        at, trust = self._address, ssl.create_default_context()
        try:
            server: smtplib.SMTP
            if at.tls:
                server = smtplib.SMTP_SSL(at.host, at.port, timeout=self._seconds, context=trust)
            else:
                server = smtplib.SMTP(at.host, at.port, timeout=self._seconds)
        except ssl.SSLError as error:
            raise WireError(at.name, f"no TLS: {_why(error)}; smtp:// begins without it") from None
        except (smtplib.SMTPException, OSError) as error:
            raise WireError(at.name, f"cannot be reached: {_why(error)}; nothing was sent") from None
        try:
            self._introduce(server, trust)
        except BaseException:
            server.close()
            raise
        return server

    def _introduce(self, server: smtplib.SMTP, trust: ssl.SSLContext) -> None:
        at = self._address
        try:
            server.ehlo_or_helo_if_needed()
            if not at.tls and server.has_extn("starttls"):
                server.starttls(context=trust if at.host not in _LOCAL else None)
                server.ehlo()
            elif at.user and not at.tls and at.host not in _LOCAL:
                raise AuthError(at.name, "has no TLS: a password would cross the network as it is; use smtps://")
            if at.user:
                server.login(at.user, at.password)
        except smtplib.SMTPAuthenticationError as error:
            said = _said(error.smtp_code, error.smtp_error)
            raise AuthError(at.name, f"refuses the user or the password in {VARIABLE}: {said}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise WireError(at.name, f"cannot be entered: {_why(error)}; nothing was sent") from None

    def _hang_up(self) -> None:
        if self._server:
            self._server.close()
        self._server = None


def _stuffed(letter: bytes) -> bytes:
    """Return a letter as it goes over the wire: dots that begin lines doubled, and the end (RFC 5321 4.5.2)."""
    body = letter if letter.endswith(b"\r\n") else letter + b"\r\n"
    stuffed = body.replace(b"\r\n.", b"\r\n..")
    return (b"." if stuffed.startswith(b".") else b"") + stuffed + b".\r\n"


def _said(code: int, reply: bytes | str) -> str:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return one_line(f"{code} {words}")[:_SAID_MOST]


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError) or "timed out" in str(error):  # smtplib wraps the one in words of its own
        return "it said nothing for too long"
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return one_line(str(getattr(error, "strerror", "") or error) or type(error).__name__)[:_SAID_MOST]
