"""An edition by mail: once per reader, whatever the server, the network or a crash does in between."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, Self

import cases
import dkim
import postfixes
import pytest
from mailservers import Post, post
from makers import NOON, edition
from salt import Cli, draft, found, put_out

from composer.app import open_newsroom
from composer.desk.letters import LetterPress, message_id
from composer.desk.senders import check_in
from composer.desk.sending import Pace, Run
from composer.errors import AuthError, ComposerError, NotFoundError, UsageError, WireError
from composer.mailing import Delivery, Handover, Reader, SenderMark, normal
from composer.model import Revision
from composer.outlets.lists import read_list
from composer.outlets.signing import signer
from composer.ports import Store

READERS = ["ana@example.org", "ben@example.org", "Cleo@example.org"]
CHILD = Path(__file__).parent / "sending_child.py"
MANY = int(os.environ.get("CURRENTS_MAILS", "400"))
WAY_OUT = "https://portolan.example.org/leave/{token}"


@pytest.fixture
def folder(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    newsletter = found(tmp_path)
    monkeypatch.chdir(newsletter)
    monkeypatch.delenv("SMTP_URL", raising=False)
    monkeypatch.delenv("DKIM_KEY", raising=False)
    setting(newsletter, "unsubscribe_url", f'"{WAY_OUT}"')
    put_out(cli, 1)
    listed(READERS)
    return newsletter


def setting(newsletter: Path, name: str, value: str, table: str = "mail") -> None:
    """Set a value of newsletter.toml in its table."""
    file = newsletter / "newsletter.toml"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith(f"{name} =")]
    if f"[{table}]" not in lines:
        lines.append(f"[{table}]")
    lines.insert(lines.index(f"[{table}]") + 1, f"{name} = {value}")
    file.write_text("\n".join(lines), encoding="utf-8")


def listed(addresses: Sequence[str], name: str = "list.csv") -> None:
    rows = [f"{one},{one.partition('@')[0].lower()}-7f" for one in addresses]
    Path(name).write_text("\n".join(["email,token", *rows]) + "\n", encoding="utf-8")


def send(cli: Cli, server: Post | postfixes.Postfix, *words: str):  # noqa: ANN201 (what `cli` gives)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMTP_URL", server.url)
        return cli("send", "1", "--to", "list.csv", "--yes", "--wait", "0", *words)


def rows(number: int = 1) -> dict[str, Delivery]:
    with open_newsroom() as room:
        return {one.recipient: one for one in room.store.deliveries.of(number)}


def states() -> dict[str, str]:
    return {recipient.partition("@")[0]: one.state for recipient, one in rows().items()}


# Letters


def test_every_reader_gets_one_letter_with_her_own_way_out(folder: Path, cli: Cli) -> None:
    with post() as server:
        ran = send(cli, server)
        assert (ran.code, ran.out) == (0, "3 sent\n")
        assert send(cli, server).out == "3 sent\n"
    assert server.taken == Counter(READERS)
    assert server.connections == 1
    letters = {to: message_from_bytes(content, policy=policy.default) for _, to, content in server.letters}
    ana = letters["ana@example.org"]
    assert ana["To"] == "ana@example.org"
    assert ana["List-Unsubscribe"] == "<https://portolan.example.org/leave/ana-7f>"
    assert ana["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for part in ("html", "plain"):
        body = ana.get_body((part,))
        assert body is not None
        words = body.get_content()
        assert "https://portolan.example.org/leave/ana-7f" in words
        assert "{token}" not in words
        assert "ben" not in words
    assert len({letter["Message-ID"] for letter in letters.values()}) == 3


def test_a_letter_has_the_same_identity_whenever_it_is_sent(folder: Path) -> None:
    assert folder.exists()
    with open_newsroom() as room:
        one = room.store.editions.get(1)
        assert message_id(one, "Ana@example.org", room.settings) == message_id(one, " ana@EXAMPLE.org", room.settings)
        assert message_id(one, "ana@example.org", room.settings) != message_id(one, "ben@example.org", room.settings)


def test_letters_are_signed_and_the_way_out_is_among_what_is_signed(
    folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, public = keys()
    setting(folder, "dkim_selector", '"salt"', "send")
    with post() as server:
        assert send(cli, server).code == 2  # a selector without a key
        monkeypatch.setenv("DKIM_KEY", key)
        assert send(cli, server).code == 0
    for _, _, letter in server.letters:
        assert dkim.verify(
            letter, dnsfunc=lambda name, **_: public if name == b"salt._domainkey.portolan.example.org." else b""
        )
        signed = message_from_bytes(letter)["DKIM-Signature"].replace("\n", "").replace(" ", "").lower()
        assert "list-unsubscribe:list-unsubscribe-post" in signed
    with pytest.raises(UsageError, match="neither a private key as PEM nor a file") as raised:
        signer("no key at all", "example.org", "salt")
    assert "no key at all" not in str(raised.value)


def keys() -> tuple[str, bytes]:
    """Return a private key as PEM, and its DNS record."""
    pem = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], capture_output=True, check=True).stdout
    out = subprocess.run(
        ["openssl", "rsa", "-pubout", "-outform", "PEM"], input=pem, capture_output=True, check=True
    ).stdout
    record = b"".join(line for line in out.splitlines() if b"-----" not in line)
    return pem.decode(), b"v=DKIM1; k=rsa; p=" + record


# Who may get one


def test_without_a_way_out_of_her_own_nobody_gets_mail(folder: Path, cli: Cli) -> None:
    with post() as server:
        for url, said in (('""', "no https address"), ('"https://portolan.example.org/leave"', "is the same for all")):
            setting(folder, "unsubscribe_url", url)
            refused = send(cli, server)
            assert (refused.code, said in refused.err) == (2, True)
        setting(folder, "unsubscribe_url", '"https://portolan.example.org/leave/{secret}"')
        refused = send(cli, server)
        assert (refused.code, "line 2 of the list: no secret" in refused.err) == (2, True)
    assert not server.letters


def test_what_is_not_out_is_not_sent(folder: Path, cli: Cli) -> None:
    draft(cli, 2)
    with post() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMTP_URL", server.url)
        refused = cli("send", "2", "--to", "list.csv", "--yes")
        assert (
            refused.code,
            "Salt 2 is draft: a mail leads to its page; `currents publish 2` first" in refused.err,
        ) == (6, True)
    assert not server.letters


def test_what_went_out_is_sent_not_what_is_being_written(folder: Path, cli: Cli) -> None:
    file = Path("editions/salt-1.md")
    file.write_text(file.read_text(encoding="utf-8").replace("nobody there", "TK there"), encoding="utf-8")
    with post() as server:
        assert send(cli, server).code == 0
    assert all(b"nobody there" in letter for _, _, letter in server.letters)


def test_who_wants_no_mail_gets_none(folder: Path, cli: Cli) -> None:
    assert cli("suppress", "BEN@example.org").out == "1 added; they get no mail any more\n"
    assert cli("suppress").out == "ben@example.org\n"
    with post() as server:
        assert send(cli, server).out == "2 sent, 1 suppressed\n"
        assert cli("suppress", "ben@example.org", "--release").code == 0
        assert send(cli, server).out == "2 sent, 1 suppressed\n"  # of this edition she wanted none
    assert server.taken == Counter([READERS[0], READERS[2]])


def test_nobody_is_sent_anything_unasked(folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composer.cli.screen.ask", lambda *_, **__: False)
    with post() as server:
        monkeypatch.setenv("SMTP_URL", server.url)
        assert "nothing was sent" in cli("send", "1", "--to", "list.csv").err
    assert (server.letters, rows()) == ([], {})


def test_a_dry_run_says_who_would_get_it_and_asks_nobody(folder: Path, cli: Cli) -> None:
    dry = ("send", "1", "--to", "list.csv", "--dry-run")
    assert cli(*dry).out.splitlines()[-1] == "Salt 1: 3 of 3 would get it, nothing was sent"
    assert rows() == {}
    with post() as server:
        send(cli, server)
    listed([*READERS, "dora@example.org", "emil@example.org"])
    cli("suppress", "emil@example.org")
    said = cli(*dry).out
    assert [line.split() for line in said.splitlines()[:-1]] == [
        ["3", "sent"],
        ["1", "to", "be", "sent"],
        ["1", "suppressed"],
    ]
    assert said.splitlines()[-1] == "Salt 1: 1 of 5 would get it, nothing was sent"


def test_a_list_that_has_grown_is_sent_to_the_new_ones_alone(folder: Path, cli: Cli) -> None:
    with post() as server:
        send(cli, server)
        listed([*READERS, "dora@example.org"])
        assert send(cli, server).out == "4 sent\n"
        listed(READERS[:1])
        assert send(cli, server).out == "4 sent\n"
    assert server.taken == Counter([*READERS, "dora@example.org"])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("email\na@example.org\nA@EXAMPLE.org\n", [("a@example.org", {"email": "a@example.org"})]),
        ("a@example.org\n\n b@example.org \n", [("a@example.org", {}), ("b@example.org", {})]),
        (
            "\ufeffName;E-Mail\r\nAna;a@example.org\r\n;\r\n",
            [("a@example.org", {"name": "Ana", "e_mail": "a@example.org", "email": "a@example.org"})],
        ),
        (
            'address\ttoken\na@example.org\t"x\ty"\n',
            [("a@example.org", {"address": "a@example.org", "token": "x\ty", "email": "a@example.org"})],
        ),
        ("token,email\n,a@example.org\n", [("a@example.org", {"token": "", "email": "a@example.org"})]),
    ],
)
def test_lists_are_read_as_people_keep_them(tmp_path: Path, text: str, read: list) -> None:  # type: ignore[type-arg]
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8", newline="")
    assert [(one.address, one.fields) for one in read_list(file)] == read


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name,token\nAna,7\n", "list.csv:1: no column `email`"),
        (b"email\nana at example.org\n", "list.csv:2: 'ana at example.org' is no mail address"),
        (b"email\nana@example.org\n\nb@b@c\n", "list.csv:4: 'b@b@c' is no mail address"),
        (b"email\n", "nobody is on this list"),
        (b"", "no column `email`"),
        (b"email\n\xff@example.org", "cannot be read as UTF-8 text"),
    ],
)
def test_a_list_that_cannot_be_used_is_named_by_its_line(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=said.replace("`", "`")):
        read_list(file)
    with pytest.raises(NotFoundError):
        read_list(tmp_path / "another.csv")


# What servers do


def test_what_a_server_says_is_kept_by_reader(folder: Path, cli: Cli) -> None:
    moods = {"ana@example.org": "451 4.7.1 Greylisted", "ben@example.org": "550 5.1.1 No such user"}
    with post(moody=lambda step, to: moods.get(to, "") if step == "rcpt" else "") as server:
        ran = send(cli, server)
    assert (ran.code, ran.out) == (0, "1 sent, 1 deferred, 1 refused\n")
    assert states() == {"ana": "deferred", "ben": "refused", "cleo": "sent"}
    said = cli("deliveries", "1").out
    assert re_row("ana@example.org", "deferred", "1", "451 4.7.1 Greylisted") in " ".join(said.split())
    assert re_row("ben@example.org", "refused", "1", "550 5.1.1 No such user") in " ".join(said.split())
    assert cli("deliveries").out == "   1  Salt 1: 1 sent, 1 deferred, 1 refused\n"
    told = {one["recipient"]: one for one in json.loads(cli("deliveries", "1", "--json").out)}
    assert told["ana@example.org"]["next_at"] > told["ana@example.org"]["at"]


def re_row(*cells: str) -> str:
    return " ".join(cells)


@pytest.mark.parametrize(
    ("step", "mood", "state"),
    [
        ("end", "cut", "unknown"),
        ("end", "take and cut", "unknown"),
        ("rcpt", "cut", "deferred"),
        ("data", "cut", "deferred"),
    ],
)
def test_a_connection_that_is_cut_is_unknown_only_after_the_letter(
    folder: Path, cli: Cli, step: str, mood: str, state: str
) -> None:
    with post(moody=lambda at, to: mood if (at, to) == (step, "ben@example.org") else "") as server:
        assert send(cli, server).code == 0
        assert states() == {"ana": "sent", "ben": state, "cleo": "sent"}
        server.moody = lambda _at, _to: ""
        send(cli, server)
    assert states()["ben"] == state  # never again by itself, or not yet
    assert server.taken["ana@example.org"] == server.taken["Cleo@example.org"] == 1


def test_a_server_that_is_not_there_leaves_everybody_to_be_sent(
    folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    with post() as server:
        url = server.url
    monkeypatch.setenv("SMTP_URL", url)
    ran = cli("send", "1", "--to", "list.csv", "--yes")
    assert (ran.code, ran.out, "cannot be reached" in ran.err) == (1, "3 pending\n", True)
    with post() as server:
        assert send(cli, server).out == "3 sent\n"


def test_unknown_ones_are_settled_by_evidence_or_by_word(folder: Path, cli: Cli) -> None:
    with post(moody=lambda at, _: "cut" if at == "end" else "") as server:
        assert send(cli, server).out == "3 unknown\n"
        with open_newsroom() as room:
            named = message_id(room.store.editions.get(1), "ana@example.org", room.settings)
        Path("mail.log").write_text(f"postfix/cleanup[7]: 4F2B: message-id={named}\n", encoding="utf-8")
        assert "1 found in mail.log, and sent" in cli("deliveries", "1", "--evidence", "mail.log").out
        assert cli("deliveries", "1", "--settle", "sent", "--for", "Ben@example.org").code == 0
        assert states() == {"ana": "sent", "ben": "sent", "cleo": "unknown"}
        refused = cli("deliveries", "1", "--settle", "again", "--for", "ana@example.org")
        assert (refused.code, "not unknown" in refused.err) == (2, True)
        assert cli("deliveries", "1", "--settle", "again").code == 0
        server.moody = lambda _at, _to: ""
        assert send(cli, server).out == "3 sent\n"
    assert server.taken == Counter(["Cleo@example.org"])


# The run itself, with a clock of its own


class Scripted:
    """A relay that answers as it is told, and remembers who was tried when."""

    def __init__(self, clock: "Hands", answers: Callable[[str, int], Handover | Exception]) -> None:
        self.tried: list[tuple[str, datetime]] = []
        self._clock, self._answers = clock, answers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def hand_over(self, sender: str, recipient: str, letter: bytes) -> Handover:
        assert sender
        assert letter
        self.tried.append((recipient, self._clock()))
        said = self._answers(recipient, sum(to == recipient for to, _ in self.tried))
        if isinstance(said, Exception):
            raise said
        return said


class Hands:
    """A clock whose hands are moved by waiting."""

    def __init__(self) -> None:
        self.now, self.waits = NOON, list[float]()

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)


TAKEN = Handover(fate="taken", reply="250 Ok")
LATER = Handover(fate="deferred", reply="451 Later")
NEVER = Handover(fate="refused", reply="550 No")


@pytest.fixture
def sent(store: Store) -> Store:
    """Every store in turn, with an edition in it."""
    words = Revision(edition_id=0, number=1, text="Salt.", sha256="a" * 64, saved_at=NOON)
    assert store.editions.create(edition(), words).id == 1
    return store


def running(
    store: Store, names: Sequence[str], answers: Callable[[str, int], Handover | Exception], **pace: Any
) -> tuple[Run, Scripted, Hands]:
    clock = Hands()
    relay = Scripted(clock, answers)
    readers = {normal(name): Reader(address=name, fields={"token": "7"}, line=2) for name in names}
    store.deliveries.enlist(1, list(readers), NOON)
    settings = cases.settings(unsubscribe_url=WAY_OUT)
    press = LetterPress(settings=settings, edition=edition(id=1), message=cases.mail(unsubscribe_url=WAY_OUT))
    run = Run(
        ledger=store.deliveries,
        relay=relay,
        press=press,
        readers=readers,
        clock=clock,
        pace=Pace(sleep=clock.sleep, **pace),
    )
    return run, relay, clock


def test_who_is_deferred_is_tried_again_later_and_later_and_then_given_up(sent: Store) -> None:
    run, relay, clock = running(sent, ["ana@example.org"], lambda _to, _n: LATER, patience=timedelta(hours=9))
    assert list(run.go()) == [1, 2, 3, 4, 5]
    gaps = [
        (later - earlier).total_seconds() / 60
        for (_, earlier), (_, later) in zip(relay.tried, relay.tried[1:], strict=False)
    ]
    assert gaps == [1, 4, 16, 64]
    (row,) = sent.deliveries.of(1)
    assert (row.state, row.attempts, row.reply) == ("refused", 5, "given up after 5 attempts: 451 Later")
    assert clock.waits


def test_a_run_waits_no_longer_than_it_may(sent: Store) -> None:
    run, relay, _ = running(sent, ["ana@example.org"], lambda _to, _n: LATER, patience=timedelta(minutes=3))
    list(run.go())
    assert len(relay.tried) == 2
    (row,) = sent.deliveries.of(1)
    assert (row.state, row.attempts) == ("deferred", 2)


def test_a_server_that_went_away_is_knocked_at_and_then_left(sent: Store) -> None:
    gone = WireError("mail.example.org:25", "cannot be reached")
    run, relay, clock = running(sent, ["ana@example.org", "ben@example.org"], lambda _to, n: gone if n < 3 else TAKEN)
    assert list(run.go()) == [1, 2]
    assert clock.waits == [1.0, 2.0, 1.0, 2.0]
    names = ["cleo@example.org", "dora@example.org", "eva@example.org"]
    run, relay, clock = running(sent, names, lambda _to, _n: gone)
    with pytest.raises(WireError):
        list(run.go())
    assert [to for to, _ in relay.tried] == ["cleo@example.org"] * 4  # the letter that waited knocks at nothing
    assert sent.deliveries.tally(1) == {"sent": 2, "pending": 3}


def test_a_wrong_password_is_never_tried_twice(sent: Store) -> None:
    wrong = AuthError("mail.example.org:465", "refuses the user or the password")
    run, relay, _ = running(sent, [f"r{number}@example.org" for number in range(5)], lambda _to, _n: wrong)
    with pytest.raises(AuthError):
        list(run.go())
    assert len(relay.tried) == 1
    assert sent.deliveries.tally(1) == {"pending": 5}


def test_too_many_refusals_end_a_run(sent: Store) -> None:
    names = [f"r{number}@example.org" for number in range(200)]
    run, relay, _ = running(sent, names, lambda to, _n: NEVER if int(to[1:].partition("@")[0]) % 2 else TAKEN)
    with pytest.raises(ComposerError, match=r"stopped: 20 of \d+ were refused; `currents deliveries 1` names them"):
        list(run.go())
    assert sent.deliveries.tally(1)["refused"] == 20
    assert sent.deliveries.tally(1)["pending"] == 200 - len(relay.tried)
    assert len(relay.tried) <= 42  # the letter that was on its way; the one that waited did not leave


def test_letters_go_out_at_the_pace_that_was_set(sent: Store) -> None:
    run, relay, _ = running(sent, [f"r{n}@example.org" for n in range(5)], lambda _to, _n: TAKEN, per_minute=30)
    list(run.go())
    assert [(at - NOON).total_seconds() for _, at in relay.tried] == [0, 2, 4, 6, 8]


def test_the_intent_is_written_down_before_a_letter_leaves(sent: Store) -> None:
    seen = []

    def answer(to: str, _n: int) -> Handover:
        seen.append({row.recipient: (row.state, row.attempts) for row in sent.deliveries.of(1)}[to])
        return TAKEN

    run, _, _ = running(sent, ["ana@example.org", "ben@example.org"], answer)
    list(run.go())
    assert seen == [("sending", 1), ("sending", 1)]
    assert sent.deliveries.tally(1) == {"sent": 2}


def test_what_a_crash_left_in_between_is_unknown_and_left_alone(sent: Store) -> None:
    run, relay, _ = running(sent, ["ana@example.org", "ben@example.org"], lambda _to, _n: TAKEN)
    (ana, _) = sent.deliveries.of(1)
    sent.deliveries.write(1, [replace(ana, state="sending", attempts=1)])
    assert sent.deliveries.recover(1, NOON) == 1
    list(run.go())
    assert [to for to, _ in relay.tried] == ["ben@example.org"]
    assert sent.deliveries.tally(1) == {"unknown": 1, "sent": 1}
    assert sent.deliveries.editions() == (1,)


# Which store may send


def test_a_restored_store_sends_nothing_until_it_is_told_to(folder: Path, cli: Cli) -> None:
    with post() as server:
        assert cli("backup", "early.sqlite3").code == 0  # before anything was sent
        assert send(cli, server).code == 0
        assert cli("backup", "late.sqlite3").code == 0
        listed([*READERS, "dora@example.org"])
        assert send(cli, server).code == 0
        for copy in ("early.sqlite3", "late.sqlite3"):
            assert cli("restore", copy, "--yes").code == 0
            refused = send(cli, server)
            assert (refused.code, "it was restored or copied" in refused.err) == (6, True)
        assert server.taken == Counter([*READERS, "dora@example.org"])
        assert send(cli, server, "--this-one").code == 0
        assert server.taken["dora@example.org"] == 2  # by a person's word: this store never knew of her
        assert send(cli, server).code == 0


def test_a_copied_newsletter_sends_nothing_until_it_is_told_to(
    folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    with post() as server:
        assert send(cli, server).code == 0
        shutil.copytree(folder, folder.with_name("copy"))
        monkeypatch.chdir(folder.with_name("copy"))
        assert send(cli, server).code == 6
        monkeypatch.chdir(folder)
        assert send(cli, server).code == 0


def test_a_crash_between_the_store_and_its_badge_is_no_copy(store: Store) -> None:
    class Worn:
        def __init__(self) -> None:
            self.mark: SenderMark | None = None

        def worn(self) -> SenderMark | None:
            return self.mark

        def wear(self, mark: SenderMark) -> None:
            self.mark = mark

    badge = Worn()
    check_in(store.deliveries, badge)
    mark = store.deliveries.mark()
    assert mark is not None
    store.deliveries.put_mark(replace(mark, runs=mark.runs + 1))  # killed before the badge was written
    check_in(store.deliveries, badge)
    assert store.deliveries.mark() == badge.worn()


# Killed, refused, cut off


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_killed_again_and_again_nobody_gets_two_letters_and_nobody_is_lost(folder: Path, cli: Cli) -> None:
    names = [f"reader{number}@example.org" for number in range(MANY)]
    listed(names)
    chance = random.Random(7)  # noqa: S311 (the same each time)
    moods = Counter[str]()

    def moody(step: str, to: str) -> str:
        number = int(to.removeprefix("reader").partition("@")[0]) if to.startswith("reader") else 0
        moods[f"{step} {to}"] += 1
        if step == "rcpt" and number % 11 == 0 and moods[f"{step} {to}"] < 3:
            return "451 4.3.0 Try again later"
        if step == "end" and number % 37 == 1 and moods[f"{step} {to}"] == 1:
            return chance.choice(["cut", "take and cut", "451 4.3.0 Not now"])
        return ""

    kills = 0
    with post(moody=moody) as server:
        surroundings = {**os.environ, "SMTP_URL": server.url, "PYTHONPATH": str(CHILD.parents[1])}
        for attempt in range(200):
            words = [
                sys.executable,
                str(CHILD),
                str(attempt * 24),
                "send",
                "1",
                "--to",
                "list.csv",
                "--yes",
                "--wait",
                "0",
            ]
            so_far, enough = len(server.letters), chance.randrange(1, MANY // 6)
            with subprocess.Popen(words, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
                while child.poll() is None and len(server.letters) < so_far + enough:
                    time.sleep(0.002)
                if child.poll() is None:
                    child.send_signal(signal.SIGKILL)
                    kills += 1
                else:
                    assert child.returncode == 0, child.stderr.read() if child.stderr else ""
            told = Counter(one.state for one in rows().values())
            if not told["pending"] + told["deferred"] + told["sending"] and told:
                break
            time.sleep(0.05)
    told = Counter(one.state for one in rows().values())
    taken = server.taken
    lost = [name for name in names if not taken[name] and rows()[name].state not in {"unknown", "refused"}]
    twice = [name for name in names if taken[name] > 1]
    assert (lost, twice) == ([], [])
    assert kills > 3
    assert told["sent"] + told["unknown"] == MANY
    assert 0 < told["unknown"] < MANY // 2
    assert all(taken[one.recipient] == 1 for one in rows().values() if one.state == "sent")
    sys.stdout.write(
        f"{MANY} letters, {kills} kills: {len(twice)} twice, {len(lost)} lost, {told['unknown']} listed as unknown\n"
    )


@pytest.mark.skipif(bool(postfixes.skip_reason()), reason=postfixes.skip_reason())
def test_a_real_server_takes_each_letter_once_and_its_log_is_evidence(folder: Path, cli: Cli) -> None:
    names = [f"reader{number}@example.org" for number in range(60)]
    listed([*names, "later@example.org", "never@example.org"])
    with postfixes.postfix("later@example.org 451 4.3.0 Later\nnever@example.org 550 5.1.1 Nobody\n") as server:
        ran = send(cli, server)
        assert (ran.code, ran.out) == (0, "60 sent, 1 deferred, 1 refused\n")
        assert "550 5.1.1 <never@example.org>: Recipient address rejected: Nobody" in rows()["never@example.org"].reply
        assert rows()["reader7@example.org"].reply.startswith("250 2.0.0 Ok: queued as ")
        with open_newsroom() as room:
            lost = [replace(one, state="unknown") for one in room.store.deliveries.of(1, ["sent"])[:5]]
            room.store.deliveries.write(1, lost)
        assert send(cli, server).out == "55 sent, 5 unknown, 1 deferred, 1 refused\n"
        deadline = time.monotonic() + 30
        while server.log.read_text(encoding="utf-8").count(": removed") < len(names) and time.monotonic() < deadline:
            time.sleep(0.1)
        log = server.log.read_text(encoding="utf-8")
        assert Counter(re.findall(r"to=<(reader\d+@example\.org)>, relay=none.*status=sent", log)) == Counter(names)
        assert "5 found in mail.log, and sent" in cli("deliveries", "1", "--evidence", str(server.log)).out
    assert Counter(one.state for one in rows().values()) == {"sent": 60, "deferred": 1, "refused": 1}
