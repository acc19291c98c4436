"""What may be asked of a preview over the wire: by whom, in what form, and what is answered."""

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Ran
from previews import PATIENCE_SECONDS, Deaf, Preview, gated, opened, sheet

from composer.app import open_newsroom
from composer.cli.acting import Acting
from composer.errors import ConflictError, PartedError, UsageError
from composer.preview.acts import Act, Allow, Done, Drop, Move, Place, Send, Set, Undo, act_of
from composer.preview.guard import Gate

JSON = "application/json"


def post(gate: Gate, name: str, body: bytes, **headers: str) -> tuple[int, dict[str, object]]:
    """Ask as a page of the preview does, unless other headers are given; an empty one is not sent."""
    preview = Preview(gate.address)
    told = {"Origin": gate.origin, "Content-Type": JSON, "Connection": "close"}
    told |= {key.replace("_", "-"): value for key, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE_SECONDS)
    sent = {key: value for key, value in told.items() if value}
    connection.request("POST", f"{preview.room}/acts/{name}", body, sent)
    with connection.getresponse() as answer:
        said = answer.read()
        is_json = answer.getheader("content-type", "").startswith(JSON)
        return answer.status, json.loads(said) if is_json else {"words": said.decode()}


MOVE = json.dumps({"block": 1, "before": 4, "seen": "abc"}).encode()


def test_what_a_page_asks_for_is_handed_on_with_the_text_it_saw() -> None:
    hands = Deaf()
    with gated(lambda _: sheet(), hands=hands) as gate:
        assert post(gate, "move", MOVE) == (200, {"said": "moved", "block": 3})
    assert hands.asked == [(Move(block=1, before=4), "abc")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_an_act_from_elsewhere_is_refused_even_with_the_address(headers: dict[str, str]) -> None:
    hands = Deaf()
    with gated(lambda _: sheet(), hands=hands) as gate:
        assert post(gate, "move", MOVE, **headers)[0] == 403
    assert hands.asked == []


def test_an_act_without_the_word_in_the_address_is_refused() -> None:
    hands = Deaf()
    with gated(lambda _: sheet(), hands=hands) as gate:
        connection = http.client.HTTPConnection("127.0.0.1", Preview(gate.address).port, timeout=PATIENCE_SECONDS)
        connection.request("POST", "/acts/move", MOVE, {"Origin": gate.origin, "Content-Type": JSON})
        with connection.getresponse() as answer:
            assert answer.status == 403
        connection.close()
    assert hands.asked == []


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("fax", MOVE, "fax: no such act"),
        ("move", b"{", "this is no JSON"),
        ("move", b"[]", "an act is a JSON object"),
        ("move", b"\xff", "this is no JSON"),
        ("move", b'{"block": 1}', "move: before is missing, or is none"),
        ("move", b'{"block": "1", "before": 2}', "move: block is missing, or is none"),
        ("move", b'{"block": true, "before": 2}', "move: block is missing, or is none"),
        ("set", b'{"key": "subject", "value": "' + b"x" * 70_000 + b'"}', "an act has 65,536 bytes at most"),
    ],
)
def test_what_is_no_act_is_told_in_a_line(name: str, body: bytes, words: str) -> None:
    hands = Deaf()
    with gated(lambda _: sheet(), hands=hands) as gate:
        assert post(gate, name, body) == (422, {"problem": words})
    assert hands.asked == []


def test_a_form_of_another_page_is_no_act() -> None:
    with gated(lambda _: sheet(), hands=Deaf()) as gate:
        status, told = post(gate, "move", MOVE, Content_Type="text/plain")
    assert (status, told) == (422, {"problem": "acts are sent as application/json"})


def test_what_cannot_be_done_is_told_and_two_texts_are_both_shown() -> None:
    with gated(lambda _: sheet(), hands=Deaf(UsageError("no such block"))) as gate:
        assert post(gate, "move", MOVE) == (422, {"problem": "no such block"})
    with gated(lambda _: sheet(), hands=Deaf(ConflictError("saved meanwhile"))) as gate:
        assert post(gate, "move", MOVE) == (409, {"problem": "saved meanwhile"})
    apart = PartedError("changed meanwhile", common="a b\n", theirs="a c\n", yours="d b\n")
    with gated(lambda _: sheet(), hands=Deaf(apart)) as gate:
        status, told = post(gate, "move", MOVE)
    assert (status, told["problem"]) == (409, "changed meanwhile")
    assert told["theirs"] == [{"line": 1, "parts": [["same", "a "], ["was", "b"], ["now", "c"], ["same", "\n"]]}]
    assert told["yours"] == [{"line": 1, "parts": [["was", "a"], ["now", "d"], ["same", " b\n"]]}]


def test_without_hands_nothing_can_be_asked_for_and_no_button_is_there() -> None:
    with gated(lambda _: sheet(revision="abc")) as gate:
        assert post(gate, "move", MOVE)[0] == 404
    with opened(lambda _: sheet(revision="abc")) as preview:
        for view in ("/mail", "/arrange", "/proof"):
            assert "in-place" not in preview.read(view).replace(".in-place", "")
        assert "only to be looked at" in preview.read("/arrange")


def test_every_act_is_read() -> None:
    assert act_of("drop", {"block": 2}) == Drop(block=2)
    assert act_of("place", {"article": 7}) == Place(article=7, before=-1)
    assert act_of("set", {"key": "subject", "value": "", "more": 1}) == Set(key="subject", value="", block=-1)
    assert act_of("allow", {"rule": "E-RAN", "line": 4, "reason": "new"}) == Allow(rule="E-RAN", line=4, reason="new")
    assert act_of("send", {"to": "a@example.org"}) == Send(to="a@example.org")
    assert act_of("undo", {}) == Undo()


# What is done, without a browser


@pytest.fixture
def edition(folder: Path, cli: Callable[..., Ran]) -> Path:
    assert cli("draft", "The price of salt", "--pick", "1", "--pick", "2").code == 0
    return folder / "editions" / "the-price-of-salt.md"


@pytest.fixture
def acting(edition: Path) -> Iterator[Callable[[Act], Done]]:
    """Do what is asked for to the text as it is."""
    assert edition.exists()
    with open_newsroom() as room:
        hands = Acting(room, 1)

        def do(act: Act) -> Done:
            newest = room.store.editions.get(1).revision
            return hands(act, room.store.editions.revision(1, newest).sha256)

        yield do


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (Move(block=99, before=0), "99: the edition has no such block"),
        (Move(block=-1, before=0), "-1: the edition has no such block"),
        (Move(block=0, before=99), "99: the edition has no such place"),
        (Drop(block=99), "no such block"),
        (Set(key="id", value="x"), "an edition's identity never changes"),
        (Set(key="colour", value="red"), "colour: no header field"),
        (Set(key="headline", value="x", block=99), "no such block"),
        (Allow(rule="E-RAN", line=0, reason=" \n "), "say why it is right here"),
        (Place(article=1), "the edition has this article already: brief at line"),
        (Place(article=1, before=99), "no such place"),
        (Undo(), "nothing was changed from this preview"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_changes(
    acting: Callable[[Act], Done], edition: Path, act: Act, words: str
) -> None:
    before = edition.read_bytes()
    with pytest.raises(UsageError, match=words):
        acting(act)
    assert edition.read_bytes() == before


def test_reasons_gather_under_one_key(acting: Callable[[Act], Done], edition: Path) -> None:
    line = edition.read_text(encoding="utf-8").split("\n").index("::: brief") + 1
    acting(Allow(rule="T-WORDS", line=line + 5, reason="short  on\npurpose"))
    acting(Allow(rule="E-COPY", line=line + 5, reason="it is hers: “all of it”"))
    acting(Allow(rule="EML-F02", line=0, reason="a test"))
    acting(Allow(rule="EML-F03", line=3, reason="a test"))
    text = edition.read_text(encoding="utf-8")
    assert 'x-allow:\n  - T-WORDS short on purpose\n  - "E-COPY it is hers: “all of it”"\n' in text
    assert "x-allow:\n  - EML-F02 a test\n  - EML-F03 a test\n" in text


def test_an_open_file_is_written_when_it_is_as_it_was_and_left_alone_when_not(
    acting: Callable[[Act], Done], edition: Path
) -> None:
    with open_newsroom() as room, room.drawer.lend(edition.name) as lent:
        assert lent
        acting(Set(key="subject", value="What salt costs"))
        assert "subject: What salt costs\n" in edition.read_text(encoding="utf-8")
        written = edition.read_text(encoding="utf-8").replace("What salt costs", "What salt costs now")
        edition.write_text(written, encoding="utf-8")
        with pytest.raises(PartedError):
            acting(Set(key="subject", value="Salt"))
        assert edition.read_text(encoding="utf-8") == written


def test_undo_goes_back_step_by_step(acting: Callable[[Act], Done], edition: Path) -> None:
    texts = [edition.read_bytes()]
    for words in ("One", "Two", "Three"):
        acting(Set(key="subject", value=words))
        texts.append(edition.read_bytes())
    for before in (2, 1, 0):
        assert acting(Undo()).said.startswith("taken back: subject set")
        assert edition.read_bytes() == texts[before]
    with pytest.raises(UsageError):
        acting(Undo())


def test_acts_at_the_same_moment_come_one_after_the_other() -> None:
    hands = Deaf()
    told: list[int] = []
    with gated(lambda _: sheet(), hands=hands) as gate:
        threads = [threading.Thread(target=lambda: told.append(post(gate, "move", MOVE)[0])) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
    assert told == [200] * 8
    assert len(hands.asked) == 8
