"""Every rule on the bytes that leave, with bytes that break it and bytes that come close and do not."""

import json
from dataclasses import replace
from typing import Any

import pytest
from cases import LEAVE, block, settings
from galleys import GUID, faultless, proved, sound, spoilt, with_file, with_galley
from test_proofs_mail import NAMES as MAIL_IDS

from composer.proofs import RULES, Case, proof
from composer.proofs.content import pixels
from composer.proofs.galley import FEED, HTML, JSON, LETTER, PAGE, RSS, TEXT
from composer.proofs.opened import opened

WAY_OUT = f"List-Unsubscribe: <{LEAVE}>"
POST = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
DAY = "Fri, 06 Mar 2026 12:00:00 GMT"
ITEM = "<item>"
SELF = '<atom:link rel="self" href="https://news.example.org/feed.xml" type="application/rss+xml"/>'
CONTENT = '&lt;div class="lede"&gt;'


def mail(was: str, now: str) -> Case:
    return spoilt(LETTER, was, now)


def rss(was: str, now: str) -> Case:
    return spoilt(RSS, was, now)


def atom(was: str, now: str) -> Case:
    return spoilt(FEED, was, now)


def page(was: str, now: str) -> Case:
    return spoilt(PAGE, was, now)


def told(put: str) -> Case:
    """Put something on top of the HTML that RSS carries."""
    return rss(CONTENT, f"{put}{CONTENT}")


def feed(**changes: Any) -> Case:
    galley = faultless().galley
    assert galley
    known = {**galley.json, **changes}
    return with_file(JSON, json.dumps({key: value for key, value in known.items() if value is not None}).encode())


def item(**changes: Any) -> Case:
    galley = faultless().galley
    assert galley
    known = {**galley.json_items[0], **changes}
    return feed(items=[{key: value for key, value in known.items() if value is not None}])


def heavy(given: Case) -> Case:
    assert given.message
    html = given.message.html
    return replace(given, message=replace(given.message, html=html.replace("<body", f"<!--{'x' * 90_000}--><body", 1)))


def shown(html: str, text: str = "") -> Case:
    given = faultless()
    assert given.message
    message = replace(given.message, html=given.message.html.replace("</body>", f"{html}</body>"))
    return replace(given, message=replace(message, text=f"{message.text}{text}"))


def coloured(style: str, head: str = "") -> Case:
    html = f'<div lang="en" dir="ltr"><p class="salt" style="background:#FFFDF9;{style}">Salt is dear</p></div>'
    given = shown(html, "Salt is dear")
    assert given.message
    message = given.message
    return replace(
        given, message=replace(message, html=message.html.replace("</head>", f"<style>{head}</style></head>"))
    )


def way_out(url: str) -> Case:
    given = faultless()
    assert given.message
    return replace(given, message=replace(given.message, unsubscribe_url=url))


def data_table(table: str) -> Case:
    return shown(f'<div lang="en" dir="ltr">{table}</div>')


CORRECTION = block("correction", "We gave the wrong month for the closing.", kind="correction", date="2026-03-07")
corrected = proved(sound(CORRECTION))
SPONSOR = block(
    "sponsor", "Maps for the road.", label="Sponsored", name="Example Atlas", url="https://atlas.example.org/"
)
sponsored = proved(sound(SPONSOR))


def moved(name: str, given: Case) -> Case:
    """Put the correction below everything else."""
    note = "We gave the wrong month for the closing."
    assert given.galley
    content = given.galley.files[name].decode()
    ending = "</main>" if name == PAGE else "</content:encoded>"
    below = content.replace(note, "").replace(ending, f"{note}{ending}", 1)
    return with_file(name, below.encode(), given=given)


def unlabelled(given: Case) -> Case:
    assert given.message
    return replace(given, message=replace(given.message, html=given.message.html.replace(">Sponsored<", "><")))


TABLE_OF_RULES = [
    ("EML-H01", "error", mail(POST, ""), faultless()),
    ("EML-H01", "error", mail(WAY_OUT, f"{WAY_OUT}\r\n{WAY_OUT}"), mail(f"<{LEAVE}>", f"<{LEAVE}>, <mailto:off@news.example.org>")),
    ("EML-H01", "error", mail(f"<{LEAVE}>", "<http://news.example.org/leave>"), faultless()),
    ("EML-H01", "error", mail(f"<{LEAVE}>", f"<mailto:off@news.example.org>, <{LEAVE}>"), faultless()),
    ("EML-H02", "error", mail(f"<{LEAVE}>", "=?utf-8?q?=3Chttps=3A//news.example.org/leave=3E?="), faultless()),
    ("EML-H02", "error", mail(f"<{LEAVE}>", f"\r\n <{LEAVE}>"), faultless()),
    ("EML-H03", "error", way_out("https://localhost/leave"), way_out("https://news.example.org/leave/h7Qm2VxT9cKz")),
    ("EML-H03", "error", way_out("https://news.example.org/leave?mail=nino@example.org"), way_out("https://news.example.org/leave?who={{ subscriber }}")),
    ("EML-H03", "error", way_out("https://[news"), way_out("mailto:off@news.example.org")),
    ("EML-H04", "error", mail(POST, f"{POST}DKIM-Signature: v=1; a=rsa-sha256; h=From:Subject:List-Unsubscribe;\r\n b=x\r\n"), mail(POST, f"{POST}DKIM-Signature: v=1; h=From : list-unsubscribe :\r\n List-Unsubscribe-Post; b=x\r\n")),
    ("EML-H05", "warning", mail("List-Id: Undertow <undertow.news.example.org>", "List-Id: Undertow"), mail("List-Id: Undertow <", "List-Id: <")),
    ("EML-H05", "warning", mail("From: Undertow <desk@news.example.org>", "From: a@example.org, b@example.org"), faultless()),
    ("EML-H06", "error", mail("Subject: ", "Subject: Twice\r\nSubject: "), faultless()),
    ("EML-H06", "error", mail("MIME-Version: 1.0\r\n", "MIME-Version: 1.0\n"), faultless()),
    ("EML-H06", "error", mail("Subject: ", f"Subject: {'x' * 998}"), mail("Subject: ", f"Subject: {'x' * 900}")),
    ("EML-H06", "error", with_galley(refused="From: 'desk' is not a mail address"), faultless()),
    ("EML-M01", "error", mail("multipart/alternative", "multipart/mixed"), faultless()),
    ("EML-M01", "error", spoilt(HTML, "Kvemo", "Kvemi"), faultless()),
    ("EML-M01", "error", spoilt(TEXT, "Kvemo", "Kvemi"), faultless()),
    ("EML-M02", "error", mail('text/html; charset="utf-8"', 'text/html; charset="iso-8859-1"'), mail('text/html; charset="utf-8"', "text/html; charset=UTF-8")),
    ("EML-M03", "info", mail("Content-Transfer-Encoding: quoted-printable\r\n\r\nUNDERTOW", "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + "=E1=83=90" * 4000 + "UNDERTOW"), faultless()),
    ("EML-M04", "warning", shown(f"<p>{' '.join(f'word{number}' for number in range(40))}</p>"), shown("<p>one two three</p>")),
    ("EML-F03", "warning", replace(faultless(), settings=settings(privacy_url="")), faultless()),
    ("EML-F03", "warning", replace(faultless(), settings=settings(reason="You asked for it at the fair.")), replace(faultless(), settings=settings(reason="You get Undertow because"))),
    ("EML-F04", "error", unlabelled(sponsored), sponsored),
    ("EML-F05", "info", way_out("https://news.example.org/leave?t=h7Qm&expires=1772800000"), way_out("https://news.example.org/leave?t=h7Qm&expert=1")),
    ("EML-P01", "warning", proved(sound(preheader_fill="yes")), proved(sound(preheader_fill="no"))),
    ("EML-S03", "warning", heavy(faultless()), faultless()),
    ("EML-A07", "error", coloured("color:#999999"), coloured("color:#6B645C")),
    ("EML-A07", "error", coloured("color:#6B645C", ".salt{color:#aaa!important}"), coloured("color:#6B645C", ".salt{color:#aaa}")),
    ("EML-A07", "error", coloured("color:#6B645C", "@media (prefers-color-scheme:dark){.salt{color:#ddd!important}}"), coloured("color:#6B645C", "@media (max-width:600px){.salt{color:#ddd!important}}")),
    ("EML-A07", "warning", coloured("color:#920b06;background:#17cbf8"), coloured("color:#1D1B19;background:#d8d8d8")),
    ("EML-A07", "warning", coloured("color:#1D1B19;background:#fff"), coloured("color:#1D1B19;background:#fefefe")),
    ("EML-A13", "error", data_table('<table><tr><th scope="col">a</th></tr></table>'), data_table('<table><caption>Salt</caption><tr><th scope="col">a</th></tr></table>')),
    ("EML-A13", "error", data_table("<table><caption>Salt</caption><tr><th>a</th></tr></table>"), data_table('<table role="none"><tr><td>a</td></tr></table>')),
    ("FEED-01", "error", rss("<title>", "<title>&nbsp;"), rss("<title>", "<title>&#160;")),
    ("FEED-01", "error", rss("Undertow", "Under\x08tow"), faultless()),
    ("FEED-02", "error", rss('version="2.0"', 'version="0.91"'), faultless()),
    ("FEED-02", "error", rss("<description>Undertow</description>", "<description/>"), faultless()),
    ("FEED-03", "error", rss(SELF, ""), faultless()),
    ("FEED-03", "error", rss("https://news.example.org/feed.xml", "https://old.example.org/feed.xml"), faultless()),
    ("FEED-04", "error", rss(f">{GUID}<", "><"), faultless()),
    ("FEED-04", "error", rss(f">{GUID}<", f">{GUID}x<"), faultless()),
    ("FEED-04", "error", with_galley(taken=frozenset({GUID})), with_galley(taken=frozenset({f"{GUID}2"}))),
    ("FEED-05", "error", rss(' isPermaLink="false"', ""), faultless()),
    ("FEED-05", "error", rss(GUID, "17"), rss(f' isPermaLink="false">{GUID}', ">https://news.example.org/17")),
    ("FEED-06", "error", rss("<description>Salt was never dear here until the road closed.</description>", ""), faultless()),
    ("FEED-06", "error", rss("<description>Salt was", "<description>&lt;b&gt;Salt was"), rss("<description>Salt was", "<description>5 &lt; 6, salt was")),
    ("FEED-07", "error", told('&lt;a href="/about"&gt;us&lt;/a&gt;'), told('&lt;a href="https://news.example.org/about"&gt;us&lt;/a&gt;')),
    ("FEED-07", "error", told('&lt;img srcset="a.png 1x, https://a.example.org/b.png 2x"&gt;'), told('&lt;img srcset="https://a.example.org/b.png 2x"&gt;')),
    ("FEED-08", "error", told("&lt;script&gt;1&lt;/script&gt;"), told("&lt;b&gt;script&lt;/b&gt;")),
    ("FEED-08", "error", told('&lt;p onclick="x()"&gt;a&lt;/p&gt;'), told('&lt;p class="onclick"&gt;a&lt;/p&gt;')),
    ("FEED-08", "error", told('&lt;p style="position:fixed"&gt;a&lt;/p&gt;'), told('&lt;p style="text-align:right"&gt;a&lt;/p&gt;')),
    ("FEED-09", "error", rss(f"<pubDate>{DAY}", "<pubDate>2026-03-06T12:00:00Z"), rss(f"<pubDate>{DAY}", "<pubDate>Fri, 06 Mar 2026 12:00:00 +0000")),
    ("FEED-09", "error", rss(f"<pubDate>{DAY}", f"<pubDate>Thu{DAY[3:]}"), faultless()),
    ("FEED-10", "error", rss(DAY, "Sat, 07 Mar 2026 12:00:00 GMT"), rss(DAY, "Thu, 05 Mar 2026 12:00:00 GMT")),
    ("FEED-11", "error", rss("dc:creator>", "author>"), faultless()),
    ("FEED-11", "error", rss("Nino Example</dc", "nino@example.org</dc"), faultless()),
    ("FEED-12", "warning", rss("<title>The price", "<title>&#x3C;b&gt;The price"), rss("<title>The price", "<title>&#x3C; The price")),
    ("FEED-12", "warning", rss("<title>The price", "<title>Salt &amp; the price"), rss("<title>The price", "<title>Salt &#x26; the price")),
    ("FEED-13", "warning", rss("</item>", "</item><category>salt</category>"), faultless()),
    ("FEED-14", "warning", rss(ITEM, f"<image><url>https://a.example.org/a.webp</url><title>Undertow</title><link>https://news.example.org/</link></image>{ITEM}"), rss(ITEM, f"<image><url>https://a.example.org/a.png</url><title>Undertow</title><link>https://news.example.org/</link></image>{ITEM}")),
    ("FEED-15", "warning", rss(ITEM, f"<managingEditor>desk@example.org</managingEditor>{ITEM}"), rss(ITEM, f"<managingEditor>desk@example.org (The desk)</managingEditor>{ITEM}")),
    ("FEED-16", "warning", rss("<language>en", "<language>xx"), rss("<language>en", "<language>uk")),
    ("FEED-17", "warning", rss(' width="1200"', ""), faultless()),
    ("FEED-17", "warning", rss("</item>", '<enclosure url="https://a.example.org/a.mp3" type="audio/mpeg" length="0"/></item>'), rss("</item>", '<enclosure url="https://a.example.org/a.mp3" type="audio/mpeg" length="9"/></item>')),
    ("FEED-18", "warning", rss("</item>", "<source>The Wire</source></item>"), rss("</item>", '<source url="https://wire.example.org/feed.xml">The Wire</source></item>')),
    ("FEED-18", "warning", rss('rel="related"', 'rel="via"'), faultless()),
    ("FEED-19", "warning", moved(RSS, corrected), corrected),
    ("FEED-19", "warning", rss("<dc:creator", "<atom:updated>yesterday</atom:updated><dc:creator"), rss("<dc:creator", "<atom:updated>2026-03-06T12:00:00Z</atom:updated><dc:creator")),
    ("FEED-20", "warning", rss(f"<lastBuildDate>{DAY}", "<lastBuildDate>Sat, 07 Mar 2026 12:00:00 GMT"), faultless()),
    ("FEED-20", "warning", rss("<ttl>60", "<ttl>5"), rss("<ttl>60", "<ttl>120")),
    ("FEED-20", "warning", replace(faultless(), settings=settings(feed_items=200)), faultless()),
    ("FEED-20", "warning", told("salt " * 50_000), told("salt " * 40_000)),
    ("FEED-21", "warning", rss("<category>salt</category>", ""), faultless()),
    ("FEED-22", "info", rss(' encoding="UTF-8"', ""), faultless()),
    ("FEED-23", "info", rss(SELF, f'{SELF}<atom:link rel="hub" href="/hub"/>'), rss(SELF, f'{SELF}<atom:link rel="hub" href="https://hub.example.org/"/>')),
    ("FEED-24", "error", told('&lt;img src="https://a.example.org/p" alt="" width="1" height="1"&gt;'), told('&lt;img src="https://a.example.org/p" alt="" width="100" height="1000"&gt;')),
    ("FEED-24", "error", told('&lt;p style="display:none"&gt;psst&lt;/p&gt;'), told('&lt;p style="display:block"&gt;psst&lt;/p&gt;')),
    ("FEED-24", "error", item(content_text=f"Leave: {LEAVE}"), item(content_text=f"{faultless().galley.json_items[0]['content_text']} more")),
    ("ATOM-01", "error", atom("<title>", "<title>&nbsp;"), faultless()),
    ("ATOM-01", "error", with_file(FEED, b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>"), faultless()),
    ("ATOM-02", "error", atom("<updated>2026-03-06T12:00:00Z</updated>", ""), faultless()),
    ("ATOM-02", "error", atom("author>", "person>"), atom("<name>Nino Example</name>", "<name> </name>")),
    ("ATOM-03", "error", atom('rel="self" href="https://news.example.org', 'rel="self" href="https://old.example.org'), faultless()),
    ("ATOM-04", "error", atom(GUID, "tag:news.example.org,2026:other"), faultless()),
    ("ATOM-05", "error", atom("2026-03-06T12:00:00Z", "2026-03-06 12:00"), atom("2026-03-06T12:00:00Z", "2026-03-06T15:00:00+03:00")),
    ("ATOM-05", "error", atom("<published>2026-03-06", "<published>2026-03-07"), atom("<published>2026-03-06", "<published>2026-03-05")),
    ("ATOM-06", "error", atom("<published>", '<link rel="alternate" type="text/html" href="https://b.example.org/"/><published>'), atom("<published>", '<link rel="alternate" type="text/html" hreflang="uk" href="https://b.example.org/"/><published>')),
    ("ATOM-07", "warning", atom('<content type="html">', "<content>"), faultless()),
    ("ATOM-07", "warning", atom('summary type="text"', 'summary type="html"'), atom('summary type="text"', "summary")),
    ("ATOM-08", "warning", atom("<name>Nino Example</name>", "<name>nino@example.org</name>"), faultless()),
    ("JSON-01", "error", feed(version="https://jsonfeed.org/version/1"), faultless()),
    ("JSON-01", "error", with_file(JSON, b"{"), faultless()),
    ("JSON-02", "error", feed(feed_url="https://old.example.org/feed.json"), faultless()),
    ("JSON-02", "error", feed(home_page_url=None), faultless()),
    ("JSON-03", "error", item(id=17), faultless()),
    ("JSON-04", "error", item(url="/editions/salt/"), faultless()),
    ("JSON-04", "error", item(content_text=None), faultless()),
    ("JSON-05", "error", item(date_published="6 March 2026"), item(date_published="2026-03-06T14:00:00+04:00")),
    ("JSON-05", "error", item(date_published="2026-03-07T12:00:00Z"), faultless()),
    ("JSON-06", "warning", item(author={"name": "Nino Example"}), faultless()),
    ("JSON-06", "warning", item(authors=None), faultless()),
    ("JSON-07", "warning", item(language=None), faultless()),
    ("JSON-08", "warning", item(_salt={"price": 12}), item(_salt={"about": "https://news.example.org/salt", "price": 12})),
    ("JSON-08", "warning", item(**{"_salt.price": {"about": "a"}}), faultless()),
    ("WEB-01", "error", page('rel="canonical"', 'rel="bookmark"'), faultless()),
    ("WEB-01", "error", page('rel="canonical" href="https://news', 'rel="canonical" href="https://old'), faultless()),
    ("WEB-01", "error", page('rel="canonical" href="https://news.example.org', 'rel="canonical" href="'), proved(sound(canonical_url="https://first.example.org/salt"))),
    ("WEB-02", "error", page(' dir="ltr">', ">"), page(' dir="ltr">', ' dir="rtl">')),
    ("WEB-03", "warning", page('property="og:description"', 'property="og:about"'), faultless()),
    ("WEB-03", "warning", page('"og:image" content="https://news.example.org', '"og:image" content="'), faultless()),
    ("WEB-03", "warning", page('property="og:image:alt"', 'property="og:image:about"'), proved(sound(without=["photo"]))),
    ("WEB-04", "warning", page("/atom.xml", "/old.xml"), faultless()),
    ("WEB-05", "error", page("</main>", f'<a href="{LEAVE}">Leave</a></main>'), page("</main>", f"<p>{LEAVE}</p></main>")),
    ("WEB-05", "error", page("</main>", '<a href="https://a.example.org/?to={{ email }}">a</a></main>'), page("</main>", '<a href="https://a.example.org/?to={email}">a</a></main>')),
    ("WEB-05", "error", page("</main>", '<img src="https://a.example.org/p.gif" width="1" height="1"></main>'), faultless()),
    ("WEB-06", "error", moved(PAGE, corrected), corrected),
    ("WEB-07", "warning", page("<title>", '<link rel="alternate" hreflang="uk" href="https://news.example.org/uk/"><title>'), page("<title>", '<link rel="alternate" hreflang="en" href="https://news.example.org/editions/the-price-of-salt/"><link rel="alternate" hreflang="uk" href="https://news.example.org/uk/"><title>')),
    ("WEB-08", "error", page('"headline": "The price of salt"', '"headline": "The price of sugar"'), faultless()),
    ("WEB-08", "error", page('"datePublished": "2026-03-06', '"datePublished": "2026-03-05'), faultless()),
    ("WEB-08", "error", page('"name": "Nino Example"', '"name": "Sam Example"'), faultless()),
    ("WEB-08", "error", page('{"@context"', '{{"@context"'), page('{"@context"', '{"@context" ')),
    ("WEB-09", "warning", page('"dateModified": "2026-03-06T12:00:00+00:00"', '"dateModified": "2026-03-06"'), faultless()),
    ("WEB-09", "warning", page('"dateModified": "2026-03-06', '"dateModified": "2026-03-05'), page('"dateModified": "2026-03-06', '"dateModified": "2026-03-07')),
    ("WEB-10", "info", page('"backstory"', '"story"'), proved(sound(without=["why"]))),
    ("O-DETERMINISTIC", "error", with_galley(unsteady=("feed.xml",)), faultless()),
    ("O-PARITY", "error", page("Ana Example", ""), faultless()),
    ("O-PARITY", "error", rss("Because the price", ""), rss("Because the price", "BECAUSE the price")),
    ("O-PARITY", "error", atom("Example/The Wire", ""), faultless()),
    ("O-PARITY", "error", item(content_html="<p>Salt.</p>"), faultless()),
    ("O-TOKEN", "error", proved(sound(block("prose", "Dear {{ first_name }}, salt is dear."))), proved(sound(block("prose", "Dear { first_name }, salt is 5 % dear.")))),
    ("O-TOKEN", "error", page("</main>", "<p>*|FNAME|*</p></main>"), page("</main>", "<p>* |FNAME| *</p></main>")),
]  # fmt: skip
IDS = [row[0] for row in TABLE_OF_RULES]


def severities(given: Case, rule: str) -> set[str]:
    return {remark.severity for remark in proof(given) if remark.rule == rule}


@pytest.mark.parametrize(("rule", "severity", "broken", "_"), TABLE_OF_RULES, ids=IDS)
def test_bytes_that_break_a_rule_are_told_so(rule: str, severity: str, broken: Case, _: Case) -> None:
    assert severities(broken, rule) == {severity}


@pytest.mark.parametrize(("rule", "_s", "_b", "close"), TABLE_OF_RULES, ids=IDS)
def test_bytes_that_only_come_close_are_left_alone(rule: str, _s: str, _b: Case, close: Case) -> None:
    assert severities(close, rule) == set()


def test_what_the_shipped_theme_writes_has_no_remark() -> None:
    assert proof(faultless()) == ()
    assert proof(sponsored) == ()


def test_every_rule_on_rendered_bytes_has_bytes_that_break_it() -> None:
    families = ("EML-", "FEED-", "ATOM-", "JSON-", "WEB-", "O-")
    tried = {*IDS, *MAIL_IDS}

    assert {rule.id for rule in RULES if rule.id.startswith(families)} == tried


def test_every_rule_of_the_rule_book_on_mail_web_and_feeds_is_there() -> None:
    counted = {"EML-H": 7, "EML-M": 4, "EML-F": 5, "EML-S": 3, "EML-A": 13, "FEED-": 24, "WEB-": 10}
    book = {f"{family}{number:02}" for family, last in counted.items() for number in range(1, last + 1)}

    assert book | {"O-DETERMINISTIC", "O-PARITY", "O-TOKEN"} <= {rule.id for rule in RULES}


def test_a_mail_of_ours_holds_no_picture_inside_and_counts_nobody() -> None:
    html = faultless().galley.words(HTML)  # type: ignore[union-attr]

    assert "data:" not in html
    assert list(pixels(opened(html))) == []
