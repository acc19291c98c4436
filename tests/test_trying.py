"""Test mails, handed to mail servers on loopback: who gets one, what is in it, and what is said when it fails."""

import contextlib
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import AuthResult
from conftest import Ran
from mailservers import post

from composer.cli.demonstration import settle
from composer.errors import AuthError, UsageError, WireError
from composer.outlets.relay import SmtpRelay, relay_address
from composer.outlets.secrets import secret

Cli = Callable[..., Ran]
LETTER = b"Subject: Salt\r\n\r\n.A dot begins this line.\r\nThe end.\r\n"


@pytest.fixture
def sample(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample newsletter, with two addresses that may get test mails."""
    settle(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SMTP_URL", raising=False)
    assert cli("import", "seeds/editions").code == 0
    allow(tmp_path, '["Editor@example.org", "ana@example.org"]')
    return tmp_path


def allow(root: Path, addresses: str) -> None:
    file = root / "newsletter.toml"
    text = file.read_text(encoding="utf-8").split("\n[send]")[0]
    file.write_text(f"{text}\n[send]\ntest_addresses = {addresses}\n", encoding="utf-8")


def opened(letter: bytes) -> EmailMessage:
    read = message_from_bytes(letter, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_everybody_on_the_list_gets_the_edition_marked_as_a_test(
    sample: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sample.is_dir()
    with post() as server:
        monkeypatch.setenv("SMTP_URL", server.url)
        done = cli("test", "1")
    assert (done.code, done.err) == (0, "")
    assert "Editor@example.org: taken, 250 2.0.0 Ok: queued" in done.out
    assert [(sender, to) for sender, to, _ in server.letters] == [
        ("desk@portolan.example.org", "Editor@example.org"),
        ("desk@portolan.example.org", "ana@example.org"),
    ]
    assert server.connections == 1
    letter = opened(server.letters[0][2])
    assert letter["Subject"].startswith("[Test] ")
    assert letter["X-Currents-Test"] == "yes"
    assert letter["To"] == "Editor@example.org"
    assert letter["List-Unsubscribe"] is None
    assert letter["List-Unsubscribe-Post"] is None
    assert letter["Message-ID"] != opened(server.letters[1][2])["Message-ID"]


def test_its_photos_travel_along_and_are_found_by_their_names(
    sample: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sample.is_dir()
    with post() as server:
        monkeypatch.setenv("SMTP_URL", server.url)
        assert cli("test", "2", "ana@example.org").code == 0
    ((_, _, raw),) = server.letters
    letter = opened(raw)
    html = next(part for part in letter.walk() if part.get_content_type() == "text/html").get_content()
    pictures = [part for part in letter.walk() if part.get_content_maintype() == "image"]
    named = {part["Content-ID"].strip("<>") for part in pictures}
    assert named
    assert named == {word.split('"')[0] for word in html.split('src="cid:')[1:]}
    assert all(len(part.get_payload(decode=True)) > 1000 for part in pictures)
    kinds = [part.get_content_type() for part in letter.walk()][:4]
    assert kinds == ["multipart/alternative", "text/plain", "multipart/related", "text/html"]
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    ("listed", "asked", "words"),
    [
        ("[]", [], "nobody may get test mails yet"),
        ('["ana@example.org"]', ["eve@example.org"], "eve@example.org: not on the list of test addresses"),
        ('["ana@example.org"]', ["ana@example.org", "eve@example.org"], "eve@example.org: not on the list"),
    ],
)
def test_nobody_else_gets_one(
    sample: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, listed: str, asked: list[str], words: str
) -> None:
    allow(sample, listed)
    with post() as server:
        monkeypatch.setenv("SMTP_URL", server.url)
        done = cli("test", "1", *asked)
    assert done.code == 2
    assert words in done.err
    assert server.letters == []


def test_an_address_that_is_none_is_named_with_its_line(sample: Path, cli: Cli) -> None:
    allow(sample, '["ana"]')
    done = cli("test", "1")
    assert done.code == 2
    assert "send.test_addresses must be a mail address" in done.err


def test_without_a_server_it_says_which_variable_names_one(sample: Path, cli: Cli) -> None:
    assert sample.is_dir()
    done = cli("test", "1")
    assert done.code == 2
    assert "SMTP_URL is not set" in done.err


def test_what_a_server_does_not_take_is_named_beside_what_it_took(
    sample: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sample.is_dir()
    with post(lambda step, to: "550 5.1.1 No such reader" if step == "rcpt" and to.startswith("Ed") else "") as server:
        monkeypatch.setenv("SMTP_URL", server.url)
        done = cli("test", "1")
    assert done.code == 1
    assert "Editor@example.org: refused, 550 5.1.1 No such reader; ana@example.org: taken" in done.err


# The relay


def fate(step: str, mood: str) -> tuple[str, str, int]:
    with post(lambda at, _: mood if at == step else "") as server:
        with SmtpRelay(relay_address(server.url)) as relay:
            done = relay.hand_over("us@example.org", "you@example.org", LETTER)
        return done.fate, done.reply, len(server.letters)


@pytest.mark.parametrize(
    ("step", "mood", "told"),
    [
        ("rcpt", "550 5.1.1 Unknown", ("refused", "550 5.1.1 Unknown", 0)),
        ("rcpt", "451 4.7.1 Greylisted", ("deferred", "451 4.7.1 Greylisted", 0)),
        ("rcpt", "421 4.3.2 Going down", ("deferred", "421 4.3.2 Going down", 0)),
        ("data", "554 5.5.1 No", ("refused", "554 5.5.1 No", 0)),
        ("end", "552 5.3.4 Too large", ("refused", "552 5.3.4 Too large", 0)),
        ("end", "451 4.3.0 Later", ("deferred", "451 4.3.0 Later", 0)),
        ("rcpt", "251 Forwarded", ("taken", "250 2.0.0 Ok: queued", 1)),
    ],
)
def test_what_a_server_says_is_what_became_of_it(step: str, mood: str, told: tuple[str, str, int]) -> None:
    assert fate(step, mood) == told


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_a_connection_cut_before_the_letter_sent_nothing(step: str) -> None:
    told, reply, letters = fate(step, "cut")
    assert (told, letters) == ("deferred", 0)
    assert reply.startswith("the connection was lost before the letter")


@pytest.mark.parametrize(("mood", "letters"), [("cut", 0), ("take and cut", 1)])
def test_a_connection_cut_before_the_answer_leaves_it_unknown(mood: str, letters: int) -> None:
    told, reply, taken = fate("end", mood)
    assert (told, taken) == ("unknown", letters)
    assert reply.startswith("the connection was lost before the answer")


def test_one_connection_carries_all_and_a_new_one_comes_after_a_cut() -> None:
    with post(lambda step, to: "cut" if (step, to) == ("end", "b@example.org") else "") as server:
        with SmtpRelay(relay_address(server.url)) as relay:
            told = [relay.hand_over("us@example.org", f"{one}@example.org", LETTER).fate for one in "abcd"]
        assert told == ["taken", "unknown", "taken", "taken"]
        assert server.connections == 2
        assert {letter for *_, letter in server.letters} == {LETTER}  # dots at the beginning of lines came through


def test_a_server_that_waited_too_long_is_asked_again() -> None:
    with post(lambda step, to: "421 4.4.2 Idle" if (step, to) == ("rcpt", "a@example.org") else "") as server:
        with SmtpRelay(relay_address(server.url)) as relay:
            told = [relay.hand_over("us@example.org", f"{one}@example.org", LETTER).fate for one in "ab"]
        assert (told, server.connections) == (["deferred", "taken"], 2)


def test_a_server_that_says_nothing_is_left_after_a_while() -> None:
    with (
        post(greeting=b"") as server,
        SmtpRelay(relay_address(server.url), seconds=0.2) as relay,
        pytest.raises(WireError, match="it said nothing for too long; nothing was sent"),
    ):
        relay.hand_over("us@example.org", "you@example.org", LETTER)


@pytest.mark.parametrize("greeting", [b"554 No service", b"HTTP/1.1 400 Bad Request"])
def test_a_server_that_is_none_is_told_in_a_line(greeting: bytes) -> None:
    with (
        post(greeting=greeting) as server,
        SmtpRelay(relay_address(server.url)) as relay,
        pytest.raises(WireError, match="nothing was sent"),
    ):
        relay.hand_over("us@example.org", "you@example.org", LETTER)


def test_where_nobody_listens_nothing_was_sent() -> None:
    with post() as server:
        url = server.url
    with SmtpRelay(relay_address(url)) as relay, pytest.raises(WireError, match="Connection refused; nothing was sent"):
        relay.hand_over("us@example.org", "you@example.org", LETTER)


class Kept(Message):
    """Keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.subjects: list[str] = []

    def handle_message(self, message: object) -> None:
        self.subjects.append(str(message["Subject"]))  # type: ignore[index]


@contextlib.contextmanager
def guarded(tmp_path: Path, *, at_once: bool = False):  # noqa: ANN201 # a running Controller and what it keeps
    """Run a server with TLS that wants a user and a password."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    made = ("-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", str(key), "-out", str(certificate))
    subprocess.run(["openssl", "req", "-x509", *made, *subject], check=True, capture_output=True)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    kept = Kept()

    def known(*given: object) -> AuthResult:
        data = given[-1]
        is_known = (data.login, data.password) == (b"desk@example.org", b"s%ecret:/@")  # type: ignore[attr-defined]
        return AuthResult(success=is_known, handled=False)

    context = {"ssl_context": tls, "auth_require_tls": False}  # it does not see that all of it is TLS
    if not at_once:
        context = {"tls_context": tls, "require_starttls": True, "auth_required": True}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(
        kept,
        hostname="127.0.0.1",
        port=port,
        authenticator=known,
        **context,
    )
    server.start()
    try:
        yield port, kept, certificate
    finally:
        server.stop()


needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the server's certificate")
USER = "desk%40example.org:s%25ecret%3A%2F%40"


@needs_openssl
def test_starttls_and_a_password_with_odd_letters(tmp_path: Path) -> None:
    with guarded(tmp_path) as (port, kept, _):
        with SmtpRelay(relay_address(f"smtp://{USER}@127.0.0.1:{port}")) as relay:
            assert relay.hand_over("us@example.org", "you@example.org", LETTER).fate == "taken"
        assert kept.subjects == ["Salt"]


@needs_openssl
def test_a_wrong_password_is_told_without_it(tmp_path: Path) -> None:
    with guarded(tmp_path) as (port, _, _):
        url = f"smtp://desk%40example.org:swordfish@127.0.0.1:{port}"
        with SmtpRelay(relay_address(url)) as relay, pytest.raises(AuthError) as told:
            relay.hand_over("us@example.org", "you@example.org", LETTER)
    assert "refuses the user or the password in SMTP_URL: 535" in str(told.value)
    assert "swordfish" not in f"{told.value!r}{told.value.__cause__!r}"


@needs_openssl
def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with guarded(tmp_path, at_once=True) as (port, kept, certificate):
        url = f"smtps://{USER}@localhost:{port}"
        with SmtpRelay(relay_address(url)) as relay, pytest.raises(WireError, match=r"no TLS: .*certificate"):
            relay.hand_over("us@example.org", "you@example.org", LETTER)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with SmtpRelay(relay_address(url)) as relay:
            assert relay.hand_over("us@example.org", "you@example.org", LETTER).fate == "taken"
        assert kept.subjects == ["Salt"]


@pytest.mark.parametrize(
    ("url", "host", "port", "tls"),
    [
        ("smtp://mail.example.org", "mail.example.org", 25, False),
        ("smtp://u:p@mail.example.org", "mail.example.org", 587, False),
        ("smtps://u:p@mail.example.org", "mail.example.org", 465, True),
        (" smtp://[::1]:2525/ ", "::1", 2525, False),
    ],
)
def test_addresses_of_servers(url: str, host: str, port: int, *, tls: bool) -> None:
    read = relay_address(url)
    assert (read.host, read.port, read.tls) == (host, port, tls)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://h:99999",
        "smtp://h:x",
        "smtp://h/x",
        "smtp://swordfish@h",
        "smtp://[::1",
    ],
)
def test_what_is_no_address_of_a_server_is_told_without_repeating_it(url: str) -> None:
    with pytest.raises(UsageError, match=r"^SMTP_URL: ") as told:
        relay_address(url)
    assert "swordfish" not in str(told.value)


def test_a_password_stands_in_no_picture_of_the_address() -> None:
    assert "swordfish" not in repr(relay_address("smtp://u:swordfish@h"))


def test_a_secret_comes_from_the_environment_else_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring")
    monkeypatch.setattr(keyring, "get_password", lambda service, name: f"{service} {name}")
    monkeypatch.delenv("SMTP_URL", raising=False)
    assert secret("SMTP_URL") == "currents SMTP_URL"
    monkeypatch.setenv("SMTP_URL", " smtp://h ")
    assert secret("SMTP_URL") == "smtp://h"


def test_a_keyring_that_is_locked_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring")

    def locked(_service: str, _name: str) -> str:
        raise keyring.errors.KeyringLocked

    monkeypatch.setattr(keyring, "get_password", locked)
    monkeypatch.delenv("SMTP_URL", raising=False)
    assert secret("SMTP_URL") == ""
