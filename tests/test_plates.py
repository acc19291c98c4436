"""A letter that is printed for many readers reads as the letter that is written for one."""

import re
from binascii import a2b_qp
from dataclasses import replace
from email import message_from_bytes

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from makers import NOON
from markupsafe import escape
from test_envelope import message

from composer.errors import ComposerError
from composer.rendering.envelope import quoted, to_bytes
from composer.rendering.plates import Plate, _ended

NAMED = "https://portolan.example.org/leave/{token}?a=1&b=2"
MINE = "https://portolan.example.org/leave/%D0%BA%C2%AB?a=1&b=2"
LATIN = "Salt & bread. – \t=3D "
LONG = "Сіль дорожча за хліб. " * 40
PIECES = st.lists(
    st.sampled_from([NAMED, str(escape(NAMED)), LATIN, LONG, "", ".", " ", "\n", "\r\n", "\r", "\n.\n", "x" * 90]),
    max_size=12,
)
ADDRESSES = st.sampled_from([MINE, "https://a.example/", f"https://a.example/{'y' * 120}"])


def both(html: str, text: str, address: str) -> tuple[bytes, bytes]:
    told = message(html=html, text=text, unsubscribe_url=NAMED, list_id="news.example.org", list_name="Undertow")
    given = {"date": NOON, "message_id": "<01KJZ5.3@news.example.org>", "to": "reader@example.org"}
    mine = replace(
        told,
        html=html.replace(str(escape(NAMED)), str(escape(address))),
        text=text.replace(NAMED, address),
        unsubscribe_url=address,
    )
    return Plate(told, NAMED).letter(address, **given), to_bytes(mine, **given)


def leaves(raw: bytes) -> list[tuple[str, bytes | None]]:
    return [(one.get_content_type(), one.get_payload(decode=True)) for one in message_from_bytes(raw).walk()]


def headers(raw: bytes) -> list[tuple[str, str]]:
    return [(name, words) for name, words in message_from_bytes(raw).items() if name != "Content-Type"]


@given(PIECES, PIECES, ADDRESSES)
@example([], [NAMED, LATIN, LATIN, LATIN, ".", " ", "\n"], MINE)  # a line as long as one may be, and a space at its end
@example([LONG * 20, NAMED], [LONG * 20, str(escape(NAMED))], MINE)  # shorter in base64
def test_a_printed_letter_is_read_as_the_one_that_would_be_written(
    text: list[str], html: list[str], address: str
) -> None:
    printed, written = both("".join(html), "".join(text), address)

    assert leaves(printed) == leaves(written)
    assert headers(printed) == headers(written)
    assert len(printed) <= len(written) + 12 * len([*text, *html])
    body = printed.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76
    assert not re.search(rb"[ \t]\r\n", body)


@given(st.text("a=é .\n", max_size=200))
def test_a_piece_ends_with_its_line(words: str) -> None:
    written = quoted(words.replace("\n", "\r\n").encode())

    ended = _ended(written)

    assert ended == b"" or ended.endswith(b"\n")
    assert max(map(len, ended.split(b"\r\n"))) <= 76
    assert a2b_qp(ended) == a2b_qp(written)


def test_one_plate_prints_letters_to_many() -> None:
    plate = Plate(message(text=f"{LATIN}\n{NAMED}\n", html=f"<p>{escape(NAMED)}</p>\n"), NAMED)
    letters = [
        plate.letter(
            f"https://a.example/{number}", date=NOON, message_id=f"<{number}@a.example>", to=f"r{number}@a.example"
        )
        for number in range(3)
    ]

    for number, letter in enumerate(letters):
        assert f"To: <r{number}@a.example>".encode() in letter
        assert letter.count(f"https://a.example/{number}".encode()) == 3  # header, text and HTML
        assert b"leave/" not in letter


def test_an_address_that_no_mail_can_have_is_refused_as_ever() -> None:
    with pytest.raises(ComposerError, match="not a mail address"):
        Plate(message(), NAMED).letter(MINE, date=NOON, message_id="<1@a.example>", to="no address")
