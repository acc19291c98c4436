"""The .eml: what was written is what a reader finds, whatever the words hold."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from composer.errors import ComposerError
from composer.model import Message
from composer.rendering.envelope import to_bytes

NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
PLAIN = ["From", "Subject", "Date", "Message-ID", "Content-Language", "MIME-Version", "Content-Type"]
INJECTION = "=?utf-8?q?=0D=0ABcc:_v=40example.org?="
# Every code point, halves of surrogate pairs too, and what has broken mail headers before.
LETTERS = st.characters(codec=None)
WORDS = st.lists(
    st.one_of(
        st.text(LETTERS, max_size=6),
        st.sampled_from(
            ["\r\n", "\r", "\n", "\0", "\t", "  ", "\nBcc: v@example.org", "\r\n\r\n", INJECTION, "=?", "?=", "x" * 90]
        ),
        st.sampled_from(
            ["\ud800", "\udc0a", "👩‍👩‍👧", "שלום", "მარილი", "\u202e", "\u2028", "\x85", '"', "\\", "<", ">", ",", "@"]
        ),
    ),
    max_size=12,
).map("".join)


def message(**changes: Any) -> Message:
    given = {
        "subject": "The price of salt",
        "preheader": "",
        "from_name": "Undertow",
        "from_address": "editor@news.example.org",
        "html": "<!doctype html>\n<p>Salt is dear.</p>\n",
        "text": "Salt is dear.\n",
    }
    return Message(**{**given, **changes})


def written(given: Message, **changes: Any) -> bytes:
    return to_bytes(given, **{"date": NOON, "message_id": "01KJZ5.3@news.example.org", **changes})


def read(given: Message, **changes: Any) -> EmailMessage:
    found = message_from_bytes(written(given, **changes), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def bodies(found: EmailMessage) -> list[tuple[str, str]]:
    parts = list(found.iter_parts())
    assert all(isinstance(part, EmailMessage) for part in parts)
    return [(part.get_content_type(), part.get_content()) for part in parts]


def folded(words: str) -> str:
    """Say what one line must show of words: controls are spaces, halves of surrogate pairs are U+FFFD."""
    seen = ("\ufffd" if unicodedata.category(letter) == "Cs" else letter for letter in words)
    shown = (" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in seen)
    return " ".join(word for word in "".join(shown).split(" ") if word)


def lines_mended(words: str) -> str:
    seen = "".join("\ufffd" if unicodedata.category(letter) == "Cs" else letter for letter in words)
    return seen.replace("\r\n", "\n").replace("\r", "\n")


@settings(deadline=None, max_examples=150)
@given(subject=WORDS, name=WORDS, list_name=WORDS, path=WORDS)
@example(subject=INJECTION, name=INJECTION, list_name=INJECTION, path=INJECTION)
@example(subject="მარილის ფასი " * 20, name="მარილის ფასი " * 9, list_name="é " * 60, path="a b\r\nBcc: x")
def test_no_words_add_a_header_or_change_the_subject(subject: str, name: str, list_name: str, path: str) -> None:
    found = read(
        message(
            subject=subject,
            from_name=name,
            list_name=list_name,
            list_id="salt.example.org",
            unsubscribe_url=f"https://news.example.org/u?{path[:70]}",
        )
    )

    lists = ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"]
    assert found.keys() == [*PLAIN[:4], *lists, *PLAIN[4:]]
    assert found["Subject"] == folded(subject)


@settings(deadline=None, max_examples=100)
@given(name=WORDS)
def test_a_senders_name_comes_back(name: str) -> None:
    raw = message_from_bytes(written(message(from_name=name)), policy=policy.compat32)["From"]

    shown, address = parseaddr(raw.replace("\r\n", ""))

    assert address == "editor@news.example.org"
    assert str(make_header(decode_header(shown))) == folded(name)


@settings(deadline=None, max_examples=150)
@given(text=WORDS, html=WORDS)
@example(text="From here\n.\n..\nno end", html="x" * 2000 + "\n" + "é" * 900)
@example(text=" \n\t\n = =\n ", html="\r\r\n\n\r")
def test_both_bodies_come_back(text: str, html: str) -> None:
    found = read(message(text=text, html=html))

    assert [(kind, lines_mended(words)) for kind, words in bodies(found)] == [
        ("text/plain", lines_mended(text)),
        ("text/html", lines_mended(html)),
    ]


@settings(deadline=None, max_examples=100)
@given(subject=WORDS, text=WORDS)
def test_lines_end_in_crlf_and_stay_short(subject: str, text: str) -> None:
    raw = written(message(subject=subject, text=text, from_name=subject))

    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\0", raw)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 76


def test_a_message_reads_as_it_was_written() -> None:
    raw = written(message(subject="Salt: the price"), to="reader@example.org").decode()

    assert raw.startswith(
        "From: Undertow <editor@news.example.org>\r\n"
        "To: <reader@example.org>\r\n"
        "Subject: Salt: the price\r\n"
        "Date: Fri, 06 Mar 2026 12:00:00 +0000\r\n"
        "Message-ID: <01KJZ5.3@news.example.org>\r\n"
        "Content-Language: en\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative;\r\n"
    )
    assert 'Content-Type: text/plain; charset="utf-8"' in raw
    assert raw.index("text/plain") < raw.index("text/html")


def test_the_same_message_gives_the_same_bytes_and_another_another_boundary() -> None:
    first, again, other = written(message()), written(message()), written(message(text="Bread.\n"))
    boundaries = [message_from_bytes(raw).get_boundary() for raw in (first, other)]

    assert first == again
    assert boundaries[0] != boundaries[1]


@pytest.mark.parametrize("letters", range(70, 80))
@pytest.mark.parametrize("space", [" ", "\t"])
def test_no_line_is_longer_than_a_mail_may_have_whatever_its_end(letters: int, space: str) -> None:
    words = f"{'x' * letters}{space}\n{'y' * letters}{space}"

    raw = written(message(text=words))

    assert max(map(len, raw.split(b"\r\n"))) <= 76  # RFC 2045 6.7 (5)
    assert message_from_bytes(raw).get_payload(0).get_payload(decode=True).decode() == words.replace("\n", "\r\n")


def test_without_a_reader_there_is_no_to_header() -> None:
    assert read(message()).keys() == PLAIN


def test_the_date_is_the_argument_in_utc() -> None:
    tbilisi = datetime(2026, 3, 6, 16, 0, tzinfo=timezone(timedelta(hours=4)))

    assert written(message(), date=tbilisi) == written(message(), date=NOON)


def test_replies_go_where_they_are_wanted() -> None:
    assert read(message(reply_to="desk@example.org"))["Reply-To"].addresses[0].addr_spec == "desk@example.org"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Undertow", "From: Undertow <"),
        ("The Wire, Inc.", 'From: "The Wire, Inc." <'),
        ('Say "salt"', 'From: "Say \\"salt\\"" <'),
        ("მარილი", "From: =?utf-8?b?"),
        ("Café", "From: =?utf-8?b?Q2Fmw6k=?= <"),
        ("Café on the corner", "From: =?utf-8?q?Caf=C3=A9_on_the_corner?= <"),
        ("", "From: <editor"),
    ],
)
def test_a_name_is_written_as_plainly_as_it_can_be(name: str, line: str) -> None:
    assert line in written(message(from_name=name)).decode()


def test_one_click_unsubscribing_stands_on_one_unencoded_line() -> None:
    token = "t" * 880
    raw = written(message(unsubscribe_url=f"https://news.example.org/u?{token}")).decode()

    assert f"\r\nList-Unsubscribe: <https://news.example.org/u?{token}>\r\n" in raw
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


@pytest.mark.parametrize(
    "tag", ["{{unsubscribe_url}}", "*|UNSUB|*", "%unsubscribe_url%", "{%unsubscribe%}", "[unsubscribe]"]
)
def test_a_senders_merge_tag_stays_as_it_is(tag: str) -> None:
    assert (
        read(message(unsubscribe_url=f"https://example.org/{tag}"))["List-Unsubscribe"]
        == f"<https://example.org/{tag}>"
    )


@pytest.mark.parametrize("url", ["http://news.example.org/u", "mailto:leave@news.example.org"])
def test_one_click_is_promised_for_https_only(url: str) -> None:
    found = read(message(unsubscribe_url=url))

    assert found["List-Unsubscribe"] == f"<{url}>"
    assert "List-Unsubscribe-Post" not in found


def test_a_list_has_its_id_and_its_name() -> None:
    assert read(message(list_name="Undertow", list_id="salt.example.org"))["List-Id"] == "Undertow <salt.example.org>"


@pytest.mark.parametrize(
    ("text", "encoding"), [("Salt is dear.\n" * 9, "quoted-printable"), ("Соль дорожает.\n" * 9, "base64")]
)
def test_the_shorter_transfer_encoding_is_taken(text: str, encoding: str) -> None:
    assert next(iter(read(message(text=text)).iter_parts()))["Content-Transfer-Encoding"] == encoding


@pytest.mark.parametrize(
    ("changes", "arguments", "named"),
    [
        ({"from_address": "editor"}, {}, "From: 'editor' is not a mail address"),
        ({"from_address": "a@b.org\r\nBcc: v@example.org"}, {}, "From: "),
        ({"from_address": "a@b.org, v@example.org"}, {}, "From: "),
        ({"from_address": "соль@example.org"}, {}, "xn-- form"),
        ({"reply_to": "a b@example.org"}, {}, "Reply-To: "),
        ({}, {"to": "Reader <r@example.org>"}, "To: "),
        ({}, {"to": "{{ email }}"}, "To: "),
        ({}, {"message_id": "a@b\r\nBcc: v@example.org"}, "Message-ID: "),
        ({}, {"message_id": "nothing"}, "Message-ID: "),
        ({"list_id": "a\r\nb"}, {}, "List-Id: "),
        ({"lang": "en\nBcc: v"}, {}, "Content-Language: "),
        ({"unsubscribe_url": "https://example.org/" + "u" * 999}, {}, "List-Unsubscribe: "),
    ],
)
def test_what_cannot_stand_in_a_header_is_refused_in_one_line(
    changes: dict[str, str], arguments: dict[str, str], named: str
) -> None:
    with pytest.raises(ComposerError) as caught:
        written(message(**changes), **arguments)

    assert named in str(caught.value)
    assert "\n" not in str(caught.value)
