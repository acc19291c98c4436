"""What proof looks at: the very bytes that leave, the colours of a mail, and that nothing in either makes it raise."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from cases import block
from conftest import Ran
from fakes import MemoryStore
from galleys import MADE, NOON, faultless, press, proved, revision, sound, with_file
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from composer.app import open_newsroom
from composer.cli.demonstration import settle
from composer.colours import contrast, forced_dark, read_colour
from composer.desk.publishing import pull
from composer.desk.revising import Copy, take_in
from composer.desk.sheets import render
from composer.proofs import proof
from composer.proofs.cascade import seen
from composer.proofs.galley import HTML, JSON, LETTER, PAGE, RSS, TEXT, Galley

Cli = Callable[..., Ran]


@pytest.fixture
def published(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    assert cli("draft", "--from", "seeds/editions/nobody-lives-in-a-corridor.md").code == 0
    assert cli("publish", "1").code == 0
    return tmp_path / "portolan" / "outbox"


def test_the_galley_of_a_published_edition_is_what_lies_in_the_outbox(published: Path) -> None:
    with open_newsroom() as room:
        copy = take_in(room.desk, 1)
        sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock())
        files = pull(room.press, copy, sheet, room.store).files
    mail, site = published / "mail" / "nobody-lives-in-a-corridor", published / "site"
    lying = {
        **{name: mail / name for name in (LETTER, HTML, TEXT)},
        **{name: site / name for name in ("feed.xml", "atom.xml", JSON)},
        PAGE: site / "editions" / "nobody-lives-in-a-corridor" / "index.html",
    }

    assert files.keys() == lying.keys()
    assert [name for name, path in lying.items() if path.read_bytes() != files[name]] == []


def test_a_letter_that_cannot_be_written_is_an_error_and_no_crash() -> None:
    remarks = proof(proved(from_address="nobody"))

    (message,) = (remark.message for remark in remarks if remark.rule == "EML-H06")
    assert message.startswith("the mail cannot be written: From: 'nobody' is not a mail address such as")


def test_a_clock_in_a_theme_is_found_out() -> None:
    room = press()
    ticks = iter(range(100))
    original = room.theme("currents")

    def ticking(_: str) -> object:
        sources = {**original.sources, "page.css": f"/* {next(ticks)} */"}
        return replace(original, sources=sources)

    moving = replace(room, theme=ticking)
    copy = Copy(edition=MADE, revision=revision(), manuscript=sound().manuscript, problems=())
    sheet = render(moving, MADE, copy.manuscript, now=NOON)

    assert pull(moving, copy, sheet, MemoryStore()).unsteady == (PAGE,)
    assert pull(room, copy, render(room, MADE, copy.manuscript, now=NOON), MemoryStore()).unsteady == ()


def test_photos_that_a_preview_serves_are_proved_where_readers_get_them() -> None:
    room = press()
    copy = Copy(edition=MADE, revision=revision(), manuscript=sound().manuscript, problems=())
    sheet = render(room, MADE, copy.manuscript, now=NOON, prints_url="http://127.0.0.1:8000/prints/")
    galley = pull(room, copy, sheet, MemoryStore())

    assert "127.0.0.1" in sheet.message.html
    assert not any(b"127.0.0.1" in content for content in galley.files.values())
    assert galley.unsteady == ()


def test_the_feeds_text_has_no_way_out_of_the_mail() -> None:
    galley = faultless().galley

    assert galley
    assert "https://news.example.org/leave" in galley.words(TEXT)
    assert "https://news.example.org/leave" not in galley.words(JSON)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "盐的价格在今年春天上涨了，因为道路关闭了。商人们在两边等待。" * 12),
        ("ar", "لأن الطريق أغلق منذ يناير. " * 12),
    ],
)
def test_languages_without_spaces_between_words_tell_the_same_in_every_output(lang: str, words: str) -> None:
    rules = {remark.rule for remark in proof(proved(sound(block("prose", words), lang=lang)))}

    assert not rules & {"O-PARITY", "EML-M04"}


@effort(deadline=None, max_examples=40, derandomize=True)
@given(
    name=st.sampled_from([LETTER, PAGE, RSS, "atom.xml", JSON]),
    at=st.floats(0, 1),
    length=st.integers(0, 400),
    put=st.one_of(st.binary(max_size=20), st.sampled_from([b"<", b"]]>", b"\0", b'"', b"9999", b"null", b"[", b"&x;"])),
)
def test_no_bytes_make_proof_raise(name: str, at: float, length: int, put: bytes) -> None:
    galley = faultless().galley
    assert galley
    content = galley.files[name]
    place = int(at * len(content))

    proof(with_file(name, content[:place] + put + content[place + length :]))


@pytest.mark.parametrize(
    "content", [b"", b" ", b"null", b"[]", b'{"items": 3}', b'{"items": [1, {"id": []}]}', b"<a/>"]
)
def test_files_that_hold_nothing_make_proof_speak_and_not_raise(content: bytes) -> None:
    galley = faultless().galley
    assert galley
    for name in galley.files:
        assert proof(with_file(name, content)), name


def test_an_empty_galley_is_remarked() -> None:
    empty = replace(faultless(), galley=Galley(guid="tag:x", now=NOON))

    assert {"FEED-01", "ATOM-01"} <= {remark.rule for remark in proof(empty)}


COLOURS = [
    ("<p>a</p>", ("#000000", "#ffffff")),
    ('<p style="color:#123456;background:#FEF">a</p>', ("#123456", "#ffeeff")),
    ('<div style="background:#eee url(x.png)"><p style="color:rgb(1,2,3)">a</p></div>', ("#010203", "#eeeeee")),
    ('<table bgcolor="#eeeeee"><tr><td style="background:transparent">a</td></tr></table>', ("#000000", "#eeeeee")),
    ('<a href="https://a.example.org">a</a>', ("#0000ee", "#ffffff")),
    ('<div style="color:red"><p>a</p></div>', ("#ff0000", "#ffffff")),
    ('<div style="color:#111"><p style="color:inherit">a</p></div>', ("#111111", "#ffffff")),
    ('<style>.x p{color:#222}</style><div class="y x"><b><p>a</p></b></div>', ("#222222", "#ffffff")),
    ('<style>.x > p{color:#222}</style><div class="x"><div><p>a</p></div></div>', ("#000000", "#ffffff")),
    ('<style>.x > p{color:#222}</style><div class="x"><p>a</p></div>', ("#222222", "#ffffff")),
    ('<p style="background:url(red.png) no-repeat navy;color:white">a</p>', ("#ffffff", "#000080")),
    ('<style>p{color:#222}</style><p style="color:#333">a</p>', ("#333333", "#ffffff")),
    ('<style>p{color:#222 !important}</style><p style="color:#333">a</p>', ("#222222", "#ffffff")),
    ("<style>p.x{color:#222} p{color:#444}</style><p class=x>a</p>", ("#222222", "#ffffff")),
    ("<style>p{color:#222} p{color:#444}</style><p>a</p>", ("#444444", "#ffffff")),
    ("<style>html body p{color:#222}</style><p>a</p>", ("#222222", "#ffffff")),
    ("<style>p:hover{color:#222}</style><p>a</p>", ("#000000", "#ffffff")),
    ("<style>@media (max-width:9px){p{color:#222}}</style><p>a</p>", ("#000000", "#ffffff")),
    ("<style>[data-ogsc] p{color:#222}</style><p>a</p>", ("#000000", "#ffffff")),
    ("<style>/* p{color:#222} */ div,p{color:#555}</style><p>a</p>", ("#555555", "#ffffff")),
    ('<p style="display:none;color:#999">b</p><p>a</p>', ("#000000", "#ffffff")),
    ('<img src="a.png" alt="a" style="color:#777">', ("#777777", "#ffffff")),
]


@pytest.mark.parametrize(("html", "pair"), COLOURS, ids=[row[0] for row in COLOURS])
def test_words_are_read_in_the_colours_that_a_browser_gives_them(html: str, pair: tuple[str, str]) -> None:
    by_day, _ = seen(lxml.html.document_fromstring(f"<html><body>{html}</body></html>"))

    assert [(one.ink, one.paper) for one in by_day] == [pair]


def test_the_dark_palette_is_the_one_that_the_head_asks_for() -> None:
    css = "@media (prefers-color-scheme: dark) { body { background: #111 } p { color: #eee } }"
    by_day, in_dark = seen(lxml.html.document_fromstring(f"<style>{css}</style><p>a</p>"))

    assert [(one.ink, one.paper) for one in by_day] == [("#000000", "#ffffff")]
    assert [(one.ink, one.paper) for one in in_dark] == [("#eeeeee", "#111111")]


def test_turned_over_white_is_the_ground_of_outlook_and_black_is_white() -> None:
    assert forced_dark("#ffffff") == "#333333"
    assert forced_dark("#000000") == "#ffffff"


@given(st.integers(0, 0xFFFFFF))
def test_what_is_turned_over_is_a_colour_no_darker_than_its_ground(number: int) -> None:
    turned = forced_dark(f"#{number:06x}")

    assert read_colour(turned) == turned
    assert 1 <= contrast(turned, "#000000") <= 21


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("#ABC", "#aabbcc"),
        ("White", "#ffffff"),
        ("rgba(255, 0, 0, 1)", "#ff0000"),
        ("rgba(0,0,0,.5)", ""),
        ("red", "#ff0000"),
        ("linen", ""),
    ],
)
def test_a_colour_is_read_when_it_is_plain(written: str, colour: str) -> None:
    assert read_colour(written) == colour


def test_a_block_with_an_exception_may_hold_a_merge_tag() -> None:
    meant = block("prose", "Senders write {{ first_name }} here.", x_allow="O-TOKEN this story is about merge tags")

    assert "O-TOKEN" not in {remark.rule for remark in proof(proved(sound(meant)))}
