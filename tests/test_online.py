"""Proof that asks the web: a real server on this machine that misbehaves on purpose, and the rules on what it said."""

import json
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cases import block, case, photo, source
from conftest import Ran
from faults import Faults, faults

from composer import resources
from composer.desk.inquiring import asked
from composer.feeds.inquirer import WebInquirer
from composer.feeds.inquiries import replies
from composer.feeds.signatures import media_type
from composer.proofs import Case, proof
from composer.proofs.online import inquiries
from composer.records import Inquiry, Reply
from composer.settings import Settings, read_settings

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
STORY, PICTURE = "https://wire.example.org/2026/salt", "https://cdn.example.org/salt.jpg"
NAIVE = '[{"address": "a", "asked_at": "2026-03-06"}]'  # a time without a zone
Cli = Callable[..., Ran]


@pytest.fixture(scope="module")
def running() -> Iterator[Faults]:
    with faults() as server:
        yield server


@pytest.fixture
def server(running: Faults) -> Faults:
    running.asked.clear()
    running.most_inside.clear()
    return running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copy(resources.templates() / "newsletter.toml", tmp_path)
    return replace(read_settings(tmp_path), private_hosts=("127.0.0.1", "localhost"), timeout_seconds=5)


def ask(settings: Settings, *addresses: str, picture: bool = False, deadline_seconds: float = 20) -> dict[str, Reply]:
    wanted = [Inquiry(address=address, picture=picture) for address in addresses]
    return {one.address: one for one in replies(wanted, settings, NOW, deadline_seconds)}


def one(settings: Settings, address: str, **how: Any) -> Reply:
    return ask(settings, address, **how)[address]


def reply(address: str = STORY, status: int = 200, **changes: Any) -> Reply:
    return replace(Reply(address=address, status=status, asked_at=NOW), **changes)


def told(given: Case, *heard: Reply) -> dict[str, str]:
    """Return the severity of every rule that speaks once the web has answered, and did not before."""
    known = replace(given, replies={one.address: one for one in heard})
    return {one.rule: one.severity for one in set(proof(known)) - set(proof(given))}


# Asking


def test_a_page_that_is_there_is_asked_for_its_head_only(server: Faults, settings: Settings) -> None:
    assert one(settings, server.at("/")).status == 200
    assert [(heard.method, heard.path) for heard in server.asked] == [("HEAD", "/")]


def test_who_asks_says_so_with_an_address(server: Faults, settings: Settings) -> None:
    one(settings, server.at("/"))

    assert server.asked[0].headers["user-agent"].startswith("Currents/")
    assert "(+" in server.asked[0].headers["user-agent"]


@pytest.mark.parametrize("path", ["/no-head", "/head-missing", "/head-hangs-up"])
def test_a_server_that_refuses_head_is_asked_as_readers_ask(server: Faults, settings: Settings, path: str) -> None:
    assert one(settings, server.at(path)).status == 200
    assert (server.asked[0].method, server.asked[-1].method) == ("HEAD", "GET")


@pytest.mark.parametrize(("path", "status"), [("/missing", 404), ("/gone", 410), ("/forbidden", 403), ("/broken", 500)])
def test_a_refusal_is_told_as_it_came(server: Faults, settings: Settings, path: str, status: int) -> None:
    assert one(settings, server.at(path)).status == status


def test_redirects_are_followed_and_their_end_is_told(server: Faults, settings: Settings) -> None:
    led = one(settings, server.at("/moved"))

    assert (led.status, led.ended_at) == (200, server.at("/feed"))


def test_redirects_without_end_are_given_up(server: Faults, settings: Settings) -> None:
    assert one(settings, server.at("/loop")).problem == "redirects more than 5 times"


def test_a_redirect_to_a_file_is_not_followed(server: Faults, settings: Settings) -> None:
    assert one(settings, server.at("/to-file")).status == 302


def test_a_silent_server_is_left_after_the_time_for_a_visit(server: Faults, settings: Settings) -> None:
    quick = replace(settings, timeout_seconds=0.2)

    assert one(quick, server.at("/silent")).problem == "timed out after 0.2 s"


def test_no_edition_takes_longer_than_its_time(server: Faults, settings: Settings) -> None:
    got = one(settings, server.at("/silent"), deadline_seconds=0.2)

    assert (got.fault, got.problem) == ("unasked", "was not asked; the time for all addresses ran out")


def test_a_private_address_is_not_asked(server: Faults, settings: Settings) -> None:
    got = one(replace(settings, private_hosts=()), server.at("/"))

    assert got.problem.startswith("lies in a private network")
    assert server.asked == []


def test_a_redirect_into_a_private_network_is_not_followed(server: Faults, settings: Settings) -> None:
    got = one(replace(settings, private_hosts=("127.0.0.1/32",)), server.at("/to-other-host"))

    assert got.problem.startswith("lies in a private network")


def test_two_are_asked_at_once_of_a_host_and_no_more(server: Faults, settings: Settings) -> None:
    ask(settings, *(server.at(f"/counted?{number}") for number in range(8)))

    assert server.most_inside["/counted"] == 2


def test_a_host_that_has_had_enough_is_asked_nothing_more(server: Faults, settings: Settings) -> None:
    got = ask(settings, *(server.at(f"/busy?{number}") for number in range(8)))

    assert {found.status for found in got.values()} == {429, 0}
    assert len(server.asked) <= 2
    assert {found.fault for found in got.values() if not found.status} == {"unasked"}


def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path: Path, settings: Settings) -> None:
    with faults(tls=_self_signed(tmp_path)) as secret:
        assert one(settings, secret.at("/", scheme="https")).fault == "certificate"


def _self_signed(folder: Path) -> ssl.SSLContext:
    program = shutil.which("openssl")
    if not program:
        pytest.skip("needs openssl")
    key, cert = folder / "key.pem", folder / "cert.pem"
    order = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([program, *order, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def test_a_picture_is_known_by_its_bytes_not_by_its_name(server: Faults, settings: Settings) -> None:
    assert one(settings, server.at("/webp.jpg"), picture=True).media_type == "image/webp"


def test_a_picture_is_weighed_without_being_read_to_its_end(server: Faults, settings: Settings) -> None:
    got = one(settings, server.at("/heavy.png"), picture=True)

    assert (got.media_type, got.bytes_length) == ("image/png", 300_008)


def test_a_picture_without_end_is_left(server: Faults, settings: Settings) -> None:
    assert one(settings, server.at("/endless"), picture=True).bytes_length >= 2_000_000


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"\x00\x00\x00\x20ftypavif", "image/avif"),
        (b"\x00\x00\x00\x20ftypheic", "image/heic"),
        (b"<svg xmlns", "image/svg+xml"),
        (b"<!doctype html>", ""),
        (b"", ""),
    ],
)
def test_formats_are_told_apart_by_their_signature(head: bytes, kind: str) -> None:
    assert media_type(head) == kind


# What is kept


class Round:
    """One proof that asks, at a time of its own."""

    def __init__(self, server: Faults, settings: Settings, folder: Path) -> None:
        self.server, self.settings, self.file = server, settings, folder / "db" / "replies.json"

    def at(self, when: datetime, path: str) -> int:
        """Ask for a path; return how often the server was asked."""
        before = len(self.server.asked)
        inquirer = WebInquirer(self.settings, lambda: when, self.file)
        assert len(list(inquirer.ask([Inquiry(address=self.server.at(path))]))) == 1
        return len(self.server.asked) - before


@pytest.fixture
def round_(server: Faults, settings: Settings, tmp_path: Path) -> Round:
    return Round(server, settings, tmp_path)


def test_an_answer_is_kept_for_a_day(round_: Round) -> None:
    asked_for = [round_.at(NOW + timedelta(hours=hours), "/") for hours in (0, 23, 25)]

    assert asked_for == [1, 0, 1]


def test_a_fault_is_kept_for_an_hour(round_: Round) -> None:
    asked_for = [round_.at(NOW + timedelta(minutes=minutes), "/missing") for minutes in (0, 59, 61)]

    assert asked_for == [2, 0, 2]


def test_what_was_not_asked_is_not_kept(server: Faults, settings: Settings, tmp_path: Path) -> None:
    inquirer = WebInquirer(settings, lambda: NOW, tmp_path / "replies.json")
    wanted = [Inquiry(address=server.at(f"/busy?{number}")) for number in range(4)]
    list(inquirer.ask(wanted))

    assert len(json.loads((tmp_path / "replies.json").read_text(encoding="utf-8"))) <= 2


@pytest.mark.parametrize("spoilt", ["", "{", "[1]", '[{"address": "a"}]', '{"a": 1}', NAIVE])
def test_a_spoilt_file_only_costs_the_questions_anew(round_: Round, spoilt: str) -> None:
    round_.file.parent.mkdir(exist_ok=True)
    round_.file.write_text(spoilt, encoding="utf-8")

    assert [round_.at(NOW, "/"), round_.at(NOW, "/")] == [1, 0]


# The rules


def test_nothing_is_said_of_addresses_that_nobody_asked() -> None:
    assert {one.rule for one in proof(case()) if one.rule.startswith("L-")} == set()


def test_every_link_and_picture_is_asked_once_and_http_also_by_https() -> None:
    plain = "http://old.example.org/a"
    given = case(
        block("prose", f"See [a]({plain}) and [b]({STORY}).\n\nAnd [a]({plain}) again, or [c](src:wire)."),
        photo(src=PICTURE),
        block("provenance", text="On the web", relation="web-version-of", url="https://news.example.org/editions/a/"),
    )

    asked_for = inquiries(given.manuscript)

    addresses = [one.address for one in asked_for if not one.picture]
    assert sorted(addresses) == sorted([plain, "https://old.example.org/a", STORY, "https://news.example.org/join"])
    assert [one.address for one in asked_for if one.picture] == [PICTURE]


@pytest.mark.parametrize(
    ("heard", "rules"),
    [
        (reply(), {}),
        (reply(status=404), {"L-DEAD": "error"}),
        (reply(status=410), {"L-DEAD": "error"}),
        (reply(status=0, fault="certificate", problem="its TLS certificate is not valid"), {"L-CERT": "warning"}),
        (reply(ended_at="https://other.example.org/"), {"L-HOME": "warning"}),
        (reply(ended_at="https://wire.example.org/2026/salt-2"), {}),
        (reply(status=403), {"L-UNSURE": "info"}),
        (reply(status=429), {"L-UNSURE": "info"}),
        (reply(status=503), {"L-UNSURE": "info"}),
        (reply(status=0, fault="network", problem="timed out after 9 s"), {"L-UNSURE": "info"}),
    ],
)
def test_each_answer_has_its_rule(heard: Reply, rules: dict[str, str]) -> None:
    assert told(case(), heard) == rules


def test_a_host_that_nobody_knows_is_a_slip_unless_it_is_our_network_that_is_down() -> None:
    unknown = reply(status=0, fault="host", problem="no such host")
    other = reply("https://news.example.org/join")

    assert told(case(), unknown, other) == {"L-DEAD": "warning"}
    assert told(case(), unknown) == {"L-UNSURE": "info"}


def test_http_is_remarked_where_https_answers() -> None:
    plain = case(source(url="http://wire.example.org/2026/salt"))

    assert told(plain, reply(STORY), reply("http://wire.example.org/2026/salt")) == {"L-HTTPS": "info"}
    assert told(plain, reply(STORY, status=404), reply("http://wire.example.org/2026/salt")) == {}


def test_a_dead_link_is_remarked_on_its_line() -> None:
    prose = replace(block("prose", f"Salt is dear.\n\nSee [the story]({STORY})."), line=20, body_line=20)
    given = replace(case(prose, without=["source", "brief", "quote", "figure"]), replies={STORY: reply(status=404)})
    (found,) = [one for one in proof(given) if one.rule == "L-DEAD"]

    assert (found.line, found.block) == (22, "prose")
    assert found.message == f"{STORY} answers 404, the page is not there; link elsewhere"


def test_pictures_on_the_web_are_judged_by_what_their_server_gives() -> None:
    shown = case(photo(src=PICTURE))

    assert told(shown, reply(PICTURE, picture=True, media_type="image/webp")) == {"M-TYPE": "error"}
    assert told(shown, reply(PICTURE, picture=True, media_type="text/html")) == {"M-TYPE": "error"}
    assert told(shown, reply(PICTURE, picture=True, media_type="image/png", bytes_length=200_001)) == {
        "M-WEIGHT": "warning"
    }
    assert told(shown, reply(PICTURE, picture=True, media_type="image/png", bytes_length=200_000)) == {}


def test_a_jpeg_that_is_named_webp_may_stay() -> None:
    named = photo(src="https://cdn.example.org/salt.webp")
    given = case(named)
    heard = reply("https://cdn.example.org/salt.webp", picture=True, media_type="image/jpeg")

    assert "M-TYPE" in {one.rule for one in proof(given)}
    assert "M-TYPE" not in {one.rule for one in proof(replace(given, replies={heard.address: heard}))}


def test_the_desk_hears_every_answer(server: Faults, settings: Settings, tmp_path: Path) -> None:
    given = case(source(url=server.at("/missing")), block("signup", label="Join", url=server.at("/")))
    heard: list[Reply] = []

    known = asked(given, WebInquirer(settings, lambda: NOW, tmp_path / "replies.json"), heard.append)

    assert {one.address for one in heard} == set(known.replies)
    assert "L-DEAD" in {one.rule for one in proof(known)}


# The command


def test_the_command_asks_names_what_was_kept_and_is_silent_offline(folder: Path, cli: Cli, server: Faults) -> None:
    file = folder / "newsletter.toml"
    allowing = file.read_text(encoding="utf-8").replace("private_hosts = []", 'private_hosts = ["127.0.0.1"]')
    file.write_text(allowing, encoding="utf-8")
    cli("draft", "The price of salt")
    path = folder / "editions" / "the-price-of-salt.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nSee [it]({server.at('/missing')}).\n", encoding="utf-8")

    first, second, offline = cli("proof", "1", "--online"), cli("proof", "1", "--online"), cli("proof", "1")

    assert f"error L-DEAD: {server.at('/missing')} answers 404" in first.out
    assert first.out == second.out
    assert "The price of salt: 3 addresses asked\n" in first.err
    assert "0 addresses asked, 3 answers kept from an earlier proof\n" in second.err
    assert "L-DEAD" not in offline.out
    assert "asked" not in offline.err
