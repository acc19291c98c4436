"""Every rule on the rendered mail, with a mail that breaks it and one that comes close and does not."""

from dataclasses import replace
from typing import Any

import pytest
from cases import LEAVE, block, case, html, mail, settings, text

from composer.proofs import Case, proof


def sent(*put: Any, **changes: Any) -> Case:
    return replace(case(*put), message=mail(**changes))


def page(head: str = "<title>The price of salt</title>", body: str = "", around: str = 'lang="en" dir="ltr"') -> Case:
    return sent(html=html(head, body, around))


def padded(size: int) -> Case:
    empty = len(html(body="<!---->").encode())
    return page(body=f"<!--{'x' * (size - empty)}-->")


def link(style: str, inside: str = "salt", cell: str = "") -> Case:
    return page(
        body=f'<table role="none"><tr><td{cell}><a href="https://a.example.org" style="{style}">{inside}</a></td></tr></table>'
    )


def styled(size: int) -> Case:
    return page(head=f"<title>Salt</title><style>{'x' * size}</style>")


NOBODY = "<html><body></body></html>"
TABLE_OF_RULES = [
    ("EML-S01", {"warning"}, padded(85_000), padded(84_999)),
    ("EML-S01", {"error"}, padded(100_000), padded(50_000)),
    ("EML-S02", {"error"}, styled(16 * 1024 + 1), styled(16 * 1024)),
    ("EML-F01", {"error"}, sent(html=html().replace("Leave this list", "")), sent()),
    ("EML-F01", {"error"}, sent(text=text().replace(LEAVE, "")), sent()),
    ("EML-F01", {"error"}, replace(sent(unsubscribe_url=""), settings=settings(unsubscribe_url="")), sent(unsubscribe_url="")),
    ("EML-F02", {"error"}, sent(html=html().replace("1 Example Street", "")), sent()),
    ("EML-F02", {"error"}, sent(text=text().replace("Georgia", "")), sent(text=text().replace("Street, 0105", "Street,\n0105"))),
    ("EML-F02", {"warning"}, replace(sent(), settings=settings(postal_address="")), sent()),
    ("EML-H07", {"error"}, sent(subject=" "), sent(subject="Salt")),
    ("EML-H07", {"error"}, sent(subject="Salt\r\nBcc: all"), sent(subject="Salt: Bcc")),
    ("EML-H07", {"error"}, sent(subject="Fwd: salt"), sent(subject="Forward: salt")),
    ("O-PARITY", {"error"}, sent(html=html().replace("The road stays closed", "")), sent()),
    ("O-PARITY", {"error"}, sent(text=text().replace("Ana Example", "")), sent(text=text().upper().replace(LEAVE.upper(), LEAVE))),
    ("O-PARITY", {"error"}, sent(text=text().replace("Because", "")), sent(text=text().replace("Because the", "Because\nthe"))),
    ("O-PARITY", {"error"}, sent(html=html().replace("On Monday", "")), sent(html=html().replace("On Monday", "O<b>n</b> <i>Monday</i>"))),
    ("O-PARITY", {"error"}, sent(block("correction", "We erred in March.", kind="update", date="2026-03-06")), sent(block("source", "We erred in March.", "wire", title="T", outlet="The Wire", url="https://a.example.org/b"))),
    ("EML-A01", {"error"}, page(around='lang="en"'), sent()),
    ("EML-A02", {"error"}, page(around='dir="ltr" lang=""'), sent()),
    ("EML-A03", {"error"}, page(body="<table><tr><td>a</td></tr></table>"), page(body="<table><tr><th>a</th></tr></table>")),
    ("EML-A04", {"error"}, page(body="<h1>Again</h1>"), page(body="<h2>Again</h2>")),
    ("EML-A04", {"error"}, page(body="<h3>Deep</h3>"), page(body="<h2>In</h2><h3>Deep</h3><h2>Out</h2>")),
    ("EML-A05", {"error"}, page(body='<a href="https://a.example.org"><img alt="" src="a.png"></a>'), page(body='<a href="https://a.example.org"><img alt="Salt" src="a.png"></a>')),
    ("EML-A06", {"error"}, sent(html=html().replace('<html lang="en">', "<html>")), sent()),
    ("EML-A08", {"error"}, page(body='<img src="a.png">'), page(body='<img src="a.png" alt="">')),
    ("EML-A09", {"error"}, page(head="<title> </title>"), sent()),
    ("EML-A10", {"warning"}, page(body='<a href="https://a.example.org">Read more →</a>'), page(body='<a href="https://a.example.org">Read more about salt</a>')),
    ("EML-A11", {"warning"}, link("color:red;text-decoration:none"), link("color:red")),
    ("EML-A11", {"warning"}, link("text-decoration: none", "<b>salt</b>"), link("text-decoration: none", '<b style="text-decoration:underline">salt</b>')),
    ("EML-A11", {"warning"}, link("text-decoration:none;border-bottom:0"), link("text-decoration:none;border-bottom:2px solid red")),
    ("EML-A11", {"warning"}, link("text-decoration:none;background:none"), link("text-decoration:none;background:#9C2A1F")),
    ("EML-A11", {"warning"}, link("text-decoration:none", cell=' style="padding:4px"'), link("text-decoration:none", cell=' bgcolor="#9C2A1F"')),
    ("EML-A12", {"error"}, page(head='<title>S</title><meta name="viewport" content="width=device-width, maximum-scale=1">'), page(head='<title>S</title><meta name="viewport" content="width=device-width, initial-scale=1">')),
]  # fmt: skip
NAMES = [row[0] for row in TABLE_OF_RULES]


@pytest.mark.parametrize(("rule", "severities", "broken", "_"), TABLE_OF_RULES, ids=NAMES)
def test_a_mail_that_breaks_a_rule_is_told_so(rule: str, severities: set[str], broken: Case, _: Case) -> None:
    assert {remark.severity for remark in proof(broken) if remark.rule == rule} == severities


@pytest.mark.parametrize(("rule", "_s", "_b", "close"), TABLE_OF_RULES, ids=NAMES)
def test_a_mail_that_only_comes_close_is_left_alone(rule: str, _s: set[str], _b: Case, close: Case) -> None:
    assert rule not in {remark.rule for remark in proof(close)}


def test_a_mail_without_a_fault_has_no_remark() -> None:
    assert proof(sent()) == ()


def test_without_a_mail_its_rules_are_silent() -> None:
    assert proof(replace(case(), settings=settings(unsubscribe_url="", postal_address=""))) == ()


@pytest.mark.parametrize(
    "broken", ["", " \n", "<", "words only", NOBODY, "<table><a href='", "\x00", "<body>" * 400, "\ud800"]
)
def test_a_mail_that_is_no_html_is_remarked_and_does_not_raise(broken: str) -> None:
    assert "O-PARITY" in {remark.rule for remark in proof(sent(html=broken))}


def test_a_heavy_mail_names_its_size_and_longest_blocks() -> None:
    (remark,) = (remark for remark in proof(padded(90_000)) if remark.rule == "EML-S01")

    assert "90.0 KB" in remark.message
    assert "brief at line" in remark.message


def test_a_link_in_the_first_words_does_not_hide_the_block_from_the_text() -> None:
    linked = block("lede", "On Monday [the salt market](https://a.example.org/x) at Kvemo opened late.")
    words = text().replace(case().manuscript.blocks[0].body, "On Monday the salt market [1] at Kvemo opened late.")

    assert "O-PARITY" not in {remark.rule for remark in proof(sent(linked, text=words)) if "text" in remark.message}


def test_a_pull_quote_may_be_missing_from_the_text() -> None:
    quote = block("pullquote", "Salt is what the road is for.", origin="display")
    shown = html(body="<p>Salt is what the road is for.</p>")

    assert "O-PARITY" not in {remark.rule for remark in proof(sent(quote, html=shown))}
    assert "O-PARITY" in {remark.rule for remark in proof(sent(quote))}
