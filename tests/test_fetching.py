"""Visits to a real server on this machine that misbehaves on purpose: polite, sure and named, whatever it does."""

import shutil
import socket
import ssl
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from faults import DATED, TAG, Faults, faults
from hypothesis import given
from hypothesis.strategies import text

import composer
from composer import resources
from composer.feeds.guard import is_public, may_connect
from composer.feeds.headers import not_before, told
from composer.feeds.wire import HttpWire
from composer.model import Collected, Source
from composer.settings import Settings, read_settings

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def running() -> Iterator[Faults]:
    with faults() as server:
        yield server


@pytest.fixture
def server(running: Faults) -> Faults:
    running.asked.clear()
    running.most_inside.clear()
    running.hung_up.clear()
    return running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copy(resources.templates() / "newsletter.toml", tmp_path)
    return replace(read_settings(tmp_path), private_hosts=("127.0.0.1", "localhost"), timeout_seconds=20)


def collect(settings: Settings, *sources: Source) -> list[Collected]:
    return list(HttpWire(settings, lambda: NOW).collect(sources))


def visit(settings: Settings, where: Source | str) -> Collected:
    (got,) = collect(settings, where if isinstance(where, Source) else Source(id=1, url=where))
    return got


# What a server may ask of us


def test_what_is_unchanged_is_asked_for_by_both_validators_and_not_sent_again(
    server: Faults, settings: Settings
) -> None:
    first = visit(settings, server.at("/conditional"))

    second = visit(settings, first.source)

    assert (first.source.etag, first.source.last_modified) == (TAG, DATED)
    assert (first.outcome, second.outcome) == ("changed", "unchanged")


def test_an_unchanged_answer_renews_the_validators(server: Faults, settings: Settings) -> None:
    first = visit(settings, server.at("/renewed"))

    second = visit(settings, first.source)

    assert second.outcome == "unchanged"
    assert (second.source.etag, second.source.last_modified) == ('"two"', "Fri, 06 Mar 2026 08:00:00 GMT")
    assert second.fresh_seconds == 600


def test_unchanged_is_no_answer_to_an_unconditional_question(server: Faults, settings: Settings) -> None:
    got = visit(settings, server.at("/unasked-304"))

    assert got.outcome == "failed"
    assert "was not asked" in got.problem


def test_the_same_bytes_are_no_change_even_when_they_are_sent_again(server: Faults, settings: Settings) -> None:
    first = visit(settings, server.at("/feed"))

    assert visit(settings, first.source).outcome == "unchanged"


def test_an_answer_that_expires_at_0_leaves_no_validators(server: Faults, settings: Settings) -> None:
    assert visit(settings, server.at("/expires-0")).source.etag == ""


@pytest.mark.parametrize(
    ("path", "outcome", "wait"),
    [
        ("/busy", "failed", timedelta(seconds=120)),
        ("/later", "failed", timedelta(days=1)),
        ("/well-but-later", "changed", timedelta(seconds=60)),
    ],
)
def test_a_server_that_wants_to_be_left_alone_is_told_apart(
    server: Faults, settings: Settings, path: str, outcome: str, wait: timedelta
) -> None:
    got = visit(settings, server.at(path))

    assert (got.outcome, got.not_before) == (outcome, NOW + wait)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("0", NOW),
        ("Fri, 06 Mar 2026 13:00:00 GMT", NOW + HOUR),
        ("Friday, 06-Mar-26 13:00:00 GMT", NOW + HOUR),
        ("Fri Mar  6 13:00:00 2026", NOW + HOUR),
        ("9" * 5000, NOW + timedelta(days=366)),
        ("-5", None),
        ("soon", None),
        ("Fri, 06 Mar 99999 13:00:00 GMT", None),
        ("١٢", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_nothing_else(said: str, expected: datetime | None) -> None:
    assert not_before(said, NOW) == expected


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "max-age=3600"}, 3600),
        ({"Cache-Control": 'public,MAX-AGE="60"'}, 60),
        ({"Cache-Control": "max-age=3600", "Age": "600"}, 3000),
        ({"Cache-Control": "max-age=60", "Age": "600"}, 0),
        ({"Cache-Control": "max-age=31536000"}, 86_400),
        ({"Cache-Control": "s-maxage=600"}, 0),
        ({"Cache-Control": "no-cache, max-age=600"}, 0),
        ({"Cache-Control": "max-age=600, no-store"}, 0),
        ({"Cache-Control": "max-age=soon"}, 0),
        ({"Cache-Control": "max-age=60", "Expires": "Fri, 06 Mar 2026 13:00:00 GMT", "Date": "Fri, 06 Mar 2026 12:00:00 GMT"}, 60),
        ({"Expires": "Fri, 06 Mar 2026 13:00:00 GMT", "Date": "Fri, 06 Mar 2026 12:00:00 GMT"}, 3600),
        ({"Expires": "Fri, 06 Mar 2026 11:00:00 GMT", "Date": "Fri, 06 Mar 2026 12:00:00 GMT"}, 0),
        ({"Expires": "Fri, 06 Mar 2026 13:00:00 GMT"}, 0),
        ({"Expires": "0", "Date": "never"}, 0),
        ({}, 0),
    ],
)  # fmt: skip
def test_freshness_is_what_the_head_says_and_a_day_at_most(headers: dict[str, str], seconds: int) -> None:
    assert told(200, headers).fresh_seconds == seconds


@given(text())
def test_no_header_is_too_odd_to_read(odd: str) -> None:
    said = told(200, {"Cache-Control": f"max-age={odd}", "Expires": odd, "Date": odd, "Age": odd, "Retry-After": odd})

    wait = not_before(said.retry_after, NOW)

    assert 0 <= said.fresh_seconds <= 86_400
    assert wait is None or wait.tzinfo is UTC


@pytest.mark.parametrize(("path", "seconds"), [("/max-age", 7200), ("/expires", 5400), ("/ttl", 5400), ("/feed", 0)])
def test_a_visit_says_how_long_its_answer_is_fresh(server: Faults, settings: Settings, path: str, seconds: int) -> None:
    assert visit(settings, server.at(path)).fresh_seconds == seconds


def test_every_visit_says_who_comes_and_whom_to_complain_to(server: Faults, settings: Settings) -> None:
    visit(replace(settings, contact="desk@news.example.org"), server.at("/feed"))

    assert server.asked[0].headers["user-agent"] == f"Currents/{composer.__version__} (+desk@news.example.org)"


# Redirects


def test_permanent_redirects_say_where_the_feed_has_moved(server: Faults, settings: Settings) -> None:
    got = visit(settings, server.at("/moved"))

    assert (got.outcome, got.moved_to, got.source.url) == ("changed", server.at("/feed"), server.at("/moved"))


def test_one_temporary_redirect_on_the_way_moves_nothing(server: Faults, settings: Settings) -> None:
    got = visit(settings, server.at("/partly-moved"))

    assert (got.outcome, got.moved_to) == ("changed", "")


def test_an_unchanged_answer_behind_a_permanent_redirect_counts_too(server: Faults, settings: Settings) -> None:
    first = visit(settings, server.at("/moved-unchanged"))

    second = visit(settings, first.source)

    assert (second.outcome, second.moved_to) == ("unchanged", server.at("/conditional"))


def test_a_redirect_loop_ends_after_five_hops(server: Faults, settings: Settings) -> None:
    got = visit(settings, server.at("/loop"))

    assert got.problem == "redirects more than 5 times"
    assert len(server.asked) == 6


@pytest.mark.parametrize(("path", "said"), [("/nowhere", "without saying where"), ("/to-file", "no http(s) address")])
def test_a_redirect_that_leads_to_no_web_address_is_named(
    server: Faults, settings: Settings, path: str, said: str
) -> None:
    assert said in visit(settings, server.at(path)).problem


def test_no_cookie_is_kept_between_hops(server: Faults, settings: Settings) -> None:
    got = visit(settings, server.at("/cookies"))

    assert got.problem == "redirects more than 5 times"
    assert [one for one in server.asked if "cookie" in one.headers] == []


@pytest.mark.parametrize(
    ("path", "followed"), [("/moved", "/feed"), ("/partly-moved", "/partly-moved"), ("/elsewhere", "/elsewhere")]
)
def test_what_is_followed_is_where_it_lives_not_where_a_temporary_redirect_leads(
    server: Faults, settings: Settings, path: str, followed: str
) -> None:
    found = HttpWire(settings, lambda: NOW).discover(server.at(path)).sources

    assert [one.url for one in found] == [server.at(followed)]


# Refusals


@pytest.mark.parametrize(("path", "gone"), [("/gone", True), ("/moved-gone", True), ("/elsewhere-gone", False)])
def test_410_says_that_the_address_is_gone_unless_a_temporary_redirect_led_there(
    server: Faults, settings: Settings, path: str, *, gone: bool
) -> None:
    got = visit(settings, server.at(path))

    assert (got.outcome, got.gone) == ("failed", gone)
    assert "will not come back" in got.problem


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/missing", "answers 404 (not found)"),
        ("/broken", "answers 500 (internal server error)"),
        ("/busy", "answers 429 (too many requests)"),
        ("/forbidden", "answers 403 (forbidden)"),
        ("/challenge", "challenge by Cloudflare"),
        ("/challenge-page", "challenge by Cloudflare"),
        ("/challenge-zipped", "challenge by Cloudflare"),
        ("/not-http", "does not answer in HTTP"),
        ("/hangs-up", "closed the connection without an answer"),
        ("/unknown-encoding", "encoding we did not ask for (rot13)"),
        ("/no-gzip", "its compression is broken"),
        ("/empty", "is empty"),
        ("/empty-gzip", "is empty"),
        ("/cut-at-once", "the answer breaks off"),
        ("/page", "is a web page, not a feed"),
        ("/many-attributes", "a tag with more than 200 attributes"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_line(server: Faults, settings: Settings, path: str, said: str) -> None:
    got = visit(settings, server.at(path))

    assert said in got.problem
    assert "\n" not in got.problem
    assert (got.outcome, got.source.failures, got.gone, got.moved_to) == ("failed", 1, False, "")


def test_a_server_that_is_not_there_is_named(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        got = visit(settings, f"http://127.0.0.1:{taken.getsockname()[1]}/feed")

    assert got.problem == "refuses connections"


def test_a_host_without_a_name_is_named(settings: Settings) -> None:
    assert "no such host" in visit(settings, "http://nobody.invalid/feed").problem


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    """Make a certificate that nobody has signed but itself."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("needs openssl")
    key, signed = tmp_path / "key.pem", tmp_path / "signed.pem"
    made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    where = [
        "-subj",
        "/CN=127.0.0.1",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        str(key),
        "-out",
        str(signed),
    ]
    subprocess.run([program, *made, *where], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(signed, key)
    return context


def test_a_certificate_that_nobody_vouches_for_is_named_and_never_accepted(
    certificate: ssl.SSLContext, settings: Settings
) -> None:
    with faults(tls=certificate) as secret:
        got = visit(settings, secret.at("/feed", scheme="https"))

    assert got.problem.startswith("its TLS certificate is not valid: self")
    assert secret.asked == []


def test_a_server_that_speaks_no_tls_is_named(server: Faults, settings: Settings) -> None:
    assert visit(settings, server.at("/feed", scheme="https")).problem.startswith("no TLS connection can be made")


# Bodies


@pytest.mark.parametrize(
    "path", ["/gzip", "/padded-gzip", "/two-members", "/brotli", "/deflate", "/deflate-raw", "/wrong-type"]
)
def test_a_feed_is_read_however_it_is_packed_or_labelled(server: Faults, settings: Settings, path: str) -> None:
    got = visit(settings, server.at(path))

    assert (got.outcome, len(got.articles), got.problem) == ("changed", 2, "")


@pytest.mark.parametrize("path", ["/endless", "/bomb"])
def test_a_body_without_end_is_refused(server: Faults, settings: Settings, path: str) -> None:
    assert visit(settings, server.at(path)).problem == "larger than 15 MB"


def test_the_limit_counts_decoded_bytes(server: Faults, settings: Settings) -> None:
    small = replace(settings, bytes_most=900_000)

    assert visit(small, server.at("/small-bomb")).problem == "larger than 0.9 MB"


def test_headers_without_end_are_refused(server: Faults, settings: Settings) -> None:
    assert visit(settings, server.at("/header-flood")).problem == "does not answer in HTTP"


@pytest.mark.parametrize("path", ["/silent", "/trickle"])
def test_a_server_that_takes_too_long_is_left(server: Faults, settings: Settings, path: str) -> None:
    assert visit(replace(settings, timeout_seconds=0.3), server.at(path)).problem == "timed out after 0.3 s"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/cut", "the answer breaks off"),
        ("/cut-gzip", "the answer breaks off"),
        ("/bad-gzip", "its compression is broken"),
        ("/no-trailer", "its compression is broken"),
        ("/truncated", "not well-formed in line "),
    ],
)
def test_what_arrived_of_a_broken_answer_is_read_and_its_validators_forgotten(
    server: Faults, settings: Settings, path: str, said: str
) -> None:
    got = visit(settings, server.at(path))

    assert (got.outcome, got.articles[0].title) == ("changed", "Salt is getting dearer")
    assert got.problem.startswith(f"damaged: {said}")
    assert (got.source.etag, got.source.body_sha256) == ("", "")


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("/lying-charset", ("Sałt is getting dearer", "A ferry for Batumi")),
        ("/odd-byte", ("Sélt is getting dearer", "Café – a ferry for Batumi")),
        ("/named-charset", ("Соль is getting dearer", "A ferry for Batumi")),
    ],
)
def test_words_are_read_whatever_charset_the_server_claims(
    server: Faults, settings: Settings, path: str, titles: tuple[str, ...]
) -> None:
    assert tuple(one.title for one in visit(settings, server.at(path)).articles) == titles


# Many at once


def test_no_bad_server_stops_the_others(server: Faults, settings: Settings) -> None:
    bad = ("/endless", "/bomb", "/silent", "/trickle", "/header-flood", "/loop", "/gone", "/hangs-up")
    sources = [
        Source(id=number, url=server.at(path))
        for number, path in enumerate([path for one in bad for path in (one, f"/feed?{one}")])
    ]

    got = {one.source.url: one.outcome for one in collect(replace(settings, timeout_seconds=2), *sources)}

    assert got == {one.url: "changed" if "/feed" in one.url else "failed" for one in sources}


@pytest.mark.parametrize("connections", [2, 16])
def test_a_host_is_visited_by_two_at_once_also_where_redirects_lead(
    server: Faults, settings: Settings, connections: int
) -> None:
    led = [Source(id=number, url=server.at(f"/to-busy-host?{number}", host="localhost")) for number in range(5)]
    direct = [Source(id=number, url=server.at(f"/counted?{number}")) for number in range(5, 10)]

    got = collect(replace(settings, connections=connections), *led, *direct)

    assert [one.outcome for one in got] == ["changed"] * 10
    assert server.most_inside["/counted"] == 2


def test_a_host_that_is_asked_too_much_is_asked_nothing_more_in_this_run(server: Faults, settings: Settings) -> None:
    paths = ("/busy", "/counted", "/feed?3", "/feed?4")

    got = collect(settings, *(Source(id=number, url=server.at(path)) for number, path in enumerate(paths)))

    assert sorted(server.paths()) == ["/busy", "/counted"]
    assert [one.not_before for one in got if "/feed" in one.source.url] == [NOW + timedelta(seconds=120)] * 2


def test_what_was_read_comes_out_while_others_are_still_silent(server: Faults, settings: Settings) -> None:
    sources = [Source(id=1, url=server.at("/truncated")), Source(id=2, url=server.at("/silent"))]
    run = HttpWire(replace(settings, timeout_seconds=600), lambda: NOW).collect(sources)

    first = next(run)
    run.close()  # type: ignore[attr-defined]

    assert (first.source.id, first.outcome) == (1, "changed")


def test_closing_a_run_ends_its_visits(server: Faults, settings: Settings) -> None:
    sources = [Source(id=1, url=server.at("/feed")), Source(id=2, url=server.at("/silent"))]
    run = HttpWire(replace(settings, timeout_seconds=600), lambda: NOW).collect(sources)
    first = next(run)

    run.close()  # type: ignore[attr-defined]

    assert first.source.id == 1
    assert server.hung_up.wait(10)


# Where a visit may lead


def test_a_private_host_is_refused_unless_it_is_named(server: Faults, settings: Settings) -> None:
    got = visit(replace(settings, private_hosts=()), server.at("/feed"))

    assert (
        got.problem == 'lies in a private network; "127.0.0.1" in collect.private_hosts of newsletter.toml allows that'
    )
    assert server.asked == []


def test_a_redirect_from_a_named_private_host_to_another_is_refused(server: Faults, settings: Settings) -> None:
    got = visit(settings, server.at("/to-other-host"))

    assert '"127.0.0.2"' in got.problem
    assert server.paths() == ["/to-other-host"]


@pytest.mark.parametrize(
    ("named", "outcome"), [((), "failed"), (("127.0.0.0/8",), "failed"), (("*.example.org",), "changed")]
)
def test_a_name_that_leads_to_this_machine_is_refused_unless_it_is_named(
    server: Faults, settings: Settings, named: tuple[str, ...], outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _name_server(monkeypatch, "rebinds.example.org")

    got = visit(replace(settings, private_hosts=named), server.at("/feed", host="rebinds.example.org"))

    assert (got.outcome, len(server.asked)) == (outcome, int(outcome == "changed"))


def _name_server(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a name resolve to this machine."""
    look_up = socket.getaddrinfo

    def answers(host: Any, *rest: Any, **how: Any) -> Any:
        return look_up("127.0.0.1" if host == name else host, *rest, **how)

    monkeypatch.setattr(socket, "getaddrinfo", answers)


@pytest.mark.parametrize(
    ("host", "address", "named", "may"),
    [
        ("news.example.org", "93.184.215.14", (), True),
        ("news.example.org", "10.0.0.7", (), False),
        ("news.example.org", "10.0.0.7", ("10.0.0.0/8",), False),
        ("10.0.0.7", "10.0.0.7", ("10.0.0.0/8",), True),
        ("10.0.0.7", "10.0.0.7", ("10.0.0.7",), True),
        ("10.0.0.8", "10.0.0.8", ("10.0.0.7",), False),
        ("::ffff:10.0.0.7", "::ffff:10.0.0.7", ("10.0.0.7",), True),
        ("::1", "::1", ("::1",), True),
        ("Feeds.internal.", "10.0.0.7", ("feeds.internal",), True),
        ("a.feeds.internal", "10.0.0.7", ("feeds.internal",), False),
        ("a.feeds.internal", "10.0.0.7", ("*.feeds.internal",), True),
        ("feeds.internal", "10.0.0.7", ("*.feeds.internal",), False),
        ("evilfeeds.internal", "10.0.0.7", ("*.feeds.internal",), False),
    ],
)
def test_a_private_address_is_reached_only_by_a_host_that_is_named(
    host: str, address: str, named: tuple[str, ...], *, may: bool
) -> None:
    assert may_connect(host, address, named) is may


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.1.2.3", "10.1.2.3", "100.64.0.1", "169.254.169.254", "168.63.129.16", "172.31.0.1", "192.168.1.1",
        "192.0.0.8", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001::1", "2001:db8::1", "fc00::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "not an address",
    ],
)  # fmt: skip
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1", "[::ffff:7f00:1]", "[::1]"])
def test_no_way_of_writing_an_address_leads_to_this_machine(server: Faults, settings: Settings, host: str) -> None:
    got = visit(replace(settings, private_hosts=()), server.at("/feed", host=host))

    assert got.outcome == "failed"
    assert server.asked == []


def test_no_proxy_of_the_environment_is_used(
    server: Faults, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, server.at("/proxy"))

    assert visit(settings, server.at("/feed")).outcome == "changed"
    assert server.paths() == ["/feed"]


def test_the_shipped_newsletters_name_no_private_host() -> None:
    text = (resources.templates() / "newsletter.toml").read_text(encoding="utf-8")

    assert tomllib.loads(text)["collect"]["private_hosts"] == []
