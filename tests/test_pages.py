"""Web pages: what they say of themselves, who may read them, who may visit them, and articles added by hand."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser import chromium, skip_reason
from conftest import Ran

from composer import resources
from composer.desk.teasers import is_teaser
from composer.errors import WireError
from composer.feeds.bylines import people
from composer.feeds.extract import article_in
from composer.feeds.pages import PAGES_MOST, Pages
from composer.feeds.pasted import kind_of
from composer.feeds.robots import allows, rules
from composer.feeds.whole import completed
from composer.feeds.wire import HttpWire
from composer.model import Article, Picture
from composer.settings import Settings, read_settings

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
URL = "https://salt.example.org/2026/dearer"
STORY = [
    "Salt rose by twelve per cent in a year, the port authority says, and traders blame the roads, which nobody has mended since the flood of last spring.",
    "The ministry promised repairs by June. Two of the three bridges are closed to lorries, and the third carries a notice that asks drivers to unload half.",
    "At the market in the old town a sack now costs what a sack and a quarter did. Buyers come twice a week instead of once, and take less each time.",
    "Nobody at the ministry would say when the second bridge opens. The engineer who looks after it says that she has waited for steel since October.",
]
PROSE = "".join(f"<p>{part}</p>" for part in STORY)


def page(head: str = "", body: str = PROSE, lang: str = ' lang="en"', title: str = "Salt is getting dearer") -> str:
    return f"<!doctype html><html{lang}><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav><article><h1>Salt is getting dearer</h1>{body}</article></body></html>"


def linked(thing: object) -> str:
    return script(json.dumps(thing))


def script(words: str) -> str:
    return f'<script type="application/ld+json">{words}</script>'


def news(**more: object) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Salt is getting dearer",
        "datePublished": "2026-03-05T08:00:00Z",
        **more,
    }


def read(html: str, url: str = URL) -> Article:
    return article_in(html, url, NOW)


# what a page says of itself


@pytest.mark.parametrize(
    "words",
    [
        json.dumps(news(author={"@type": "Person", "name": "Nino Example"})),
        json.dumps({"@graph": [{"@type": "WebSite", "name": "x"}, news(author={"@id": "#nino"}), {"@id": "#nino", "@type": "Person", "name": "Nino Example"}]}),
        json.dumps([[news(author=[{"name": "Nino Example"}])]]),
        "\n//<![CDATA[\n" + json.dumps(news(author="Nino Example")) + "\n//]]>\n",
        "<!--" + json.dumps(news(author="Nino Example")) + "-->",
        json.dumps(news(author="Nino Example"))[:-1] + ",}",
        json.dumps(news(author="Nino Example", description="one\ntwo")).replace("\\n", "\n"),
        json.dumps(news(author="Nino Example", description="QQ")).replace("QQ", "\\&"),
        json.dumps({"@type": "BreadcrumbList"}) + ";" + json.dumps(news(author="Nino Example")),
        json.dumps(news(author="Nino Example", mainEntity={"@type": "Thing"}, **{"@type": ["http://schema.org/ReportageNewsArticle"]})),
    ],
    ids=["plain", "graph-with-reference", "nested-lists", "cdata", "comment", "comma-too-many", "raw-line-end", "wrong-escape", "two-in-a-row", "type-as-address"],
)  # fmt: skip
def test_json_ld_is_read_however_it_is_written(words: str) -> None:
    got = read(page(script(words)))

    assert got.authors == ("Nino Example",)
    assert got.published == datetime(2026, 3, 5, 8, tzinfo=UTC)


def test_broken_json_ld_costs_nothing_but_itself() -> None:
    got = read(
        page(script('{"@type": "NewsArticle", "headline": "Half') + script(json.dumps(news(author="Nino Example"))))
    )

    assert got.authors == ("Nino Example",)


@pytest.mark.parametrize(
    "words", ["[" * 100_000, '{"@graph":' * 5000, "[" + "1" * 50_000 + "]", '{"@type": 5, "author": 7, "@graph": 3}']
)
def test_json_ld_made_to_break_readers_is_passed_over(words: str) -> None:
    assert read(page(script(words))).title == "Salt is getting dearer"


def test_of_many_articles_the_page_means_its_own() -> None:
    other = news(headline="Another story", url="https://salt.example.org/other", author="Somebody Else")
    own = news(url=URL, author="Nino Example")

    assert read(page(script(json.dumps([other, own])))).authors == ("Nino Example",)


def test_open_graph_and_meta_serve_where_there_is_no_json_ld() -> None:
    head = (
        '<meta property="og:title" content="Salt is getting dearer"><meta property="og:site_name" content="The Salt Road">'
        '<meta property="article:published_time" content="2026-03-05T08:00:00+04:00"><meta name="author" content="By Nino Example and Levan Sample">'
        '<meta property="article:modified_time" content="2026-03-05T10:00:00Z"><meta property="og:description" content="Twelve &amp; more">'
    )

    got = read(page(head))

    assert (got.outlet, got.authors, got.summary) == (
        "The Salt Road",
        ("Nino Example", "Levan Sample"),
        "Twelve & more",
    )
    assert got.published == datetime(2026, 3, 5, 4, tzinfo=UTC)
    assert got.updated == datetime(2026, 3, 5, 10, tzinfo=UTC)


def test_the_outlet_is_what_the_windows_title_says_after_the_headline() -> None:
    assert read(page(title="Salt is getting dearer – The Salt Road")).outlet == "The Salt Road"


def test_a_page_that_names_no_outlet_is_its_hosts() -> None:
    assert read(page(title="Salt is getting dearer")).outlet == "salt.example.org"


def test_a_page_that_names_no_date_in_its_head_is_dated_by_its_words() -> None:
    assert read(page(body=f"<p class='date'>Published 5 March 2026</p>{PROSE}")).published == datetime(
        2026, 3, 5, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("lang", "head", "expected"),
    [
        (' lang="ka"', linked(news(inLanguage="en")), "ka"),
        ("", linked(news(inLanguage={"@type": "Language", "alternateName": "ru"})), "ru"),
        ("", '<meta property="og:locale" content="pt_BR">', "pt-BR"),
        (' lang="{{ lang }}"', "", ""),
    ],
)
def test_the_language_is_the_documents_own_word(lang: str, head: str, expected: str) -> None:
    assert read(page(head, lang=lang)).lang == expected


@pytest.mark.parametrize(
    "title",
    [
        "Salt is getting dearer | The Salt Road",
        "Salt is getting dearer - the salt road",
        "Salt is getting dearer | Trade | The Salt Road",
        "Salt is getting…",
    ],
)
def test_a_headline_is_whole_and_without_its_outlet(title: str) -> None:
    head = f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Salt Road">'

    assert read(page(head)).title == "Salt is getting dearer"


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Jane Doe, Senior Correspondent", ("Jane Doe",)),
        ("Jane Doe and John Roe in Tbilisi", ("Jane Doe", "John Roe")),
        ("Von Anna Müller (Berlin)", ("Anna Müller",)),
        ("Nino Example for The Salt Road", ("Nino Example",)),
        ("Jane Doe, Political Editor | John Roe", ("Jane Doe", "John Roe")),
        ("The Salt Road", ()),
        ("Staff", ()),
        ("https://social.example.org/nino", ()),
    ],
)
def test_a_byline_names_people_and_nothing_else(byline: str, expected: tuple[str, ...]) -> None:
    assert people([byline], "The Salt Road") == expected


def test_an_amp_page_is_known_by_the_address_of_its_article() -> None:
    assert read(page(f'<link rel="canonical" href="{URL}">'), f"{URL}/amp").url == URL


def test_a_canonical_home_page_is_a_mistake() -> None:
    assert read(page('<link rel="canonical" href="https://salt.example.org/">')).url == URL


# photos


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("A lorry on the second bridge. Photo: Nino Example", ("A lorry on the second bridge.", "Nino Example")),
        ("A lorry on the second bridge (Nino Example/Reuters)", ("A lorry on the second bridge", "Nino Example/Reuters")),
        ("A lorry on the second bridge. © Nino Example", ("A lorry on the second bridge.", "Nino Example")),
        ("A lorry on the second bridge. <span class='photo-credit'>Foto: Nino Example</span>", ("A lorry on the second bridge.", "Nino Example")),
        ("Лорі на мосту. Фото: Ніно Приклад", ("Лорі на мосту.", "Ніно Приклад")),
        ("A lorry on the second bridge.", ("A lorry on the second bridge.", "")),
    ],
)  # fmt: skip
def test_a_caption_and_its_credit_are_told_apart(caption: str, expected: tuple[str, str]) -> None:
    figure = (
        f"<figure><img src='/img/bridge-lorry.jpg' alt='A lorry waits.'><figcaption>{caption}</figcaption></figure>"
    )

    got = read(page(body=figure + PROSE)).picture

    assert got == Picture(
        url="https://salt.example.org/img/bridge-lorry.jpg",
        alt="A lorry waits.",
        caption=expected[0],
        credit=expected[1],
    )


def test_the_words_of_one_photo_never_go_with_another() -> None:
    head = '<meta property="og:image" content="https://salt.example.org/share/logo-card.png">'
    figure = "<figure><img src='/img/bridge-lorry.jpg' alt='A lorry waits.'><figcaption>A lorry. Photo: Nino Example</figcaption></figure>"

    got = read(page(head, figure + PROSE)).picture

    assert got == Picture(
        url="https://salt.example.org/img/bridge-lorry.jpg",
        alt="A lorry waits.",
        caption="A lorry.",
        credit="Nino Example",
    )


def test_a_photo_that_json_ld_describes_brings_its_credit() -> None:
    image = {
        "@type": "ImageObject",
        "url": "/img/bridge.jpg",
        "caption": "A lorry.",
        "creator": {"name": "Nino Example"},
    }

    assert read(page(linked(news(image=[image])))).picture == Picture(
        url="https://salt.example.org/img/bridge.jpg", caption="A lorry.", credit="Nino Example"
    )


def test_a_photo_that_loads_late_is_found_behind_its_placeholder() -> None:
    image = "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='/img/late.jpg' alt='Late.'>"
    figure = f"<figure>{image}<figcaption>A lorry.</figcaption></figure>"

    got = read(page(body=figure + PROSE)).picture

    assert got
    assert got.url == "https://salt.example.org/img/late.jpg"


# who may read it


WALL = "<div class='c-paywall'><h2>Subscribe to continue reading</h2></div>"


@pytest.mark.parametrize(
    "html",
    [
        page(linked(news(isAccessibleForFree=False))),
        page(linked(news(isAccessibleForFree="False"))),
        page(linked(news(isAccessibleForFree="http://schema.org/False"))),
        page(
            linked(news(hasPart={"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".story"}))
        ),
        page('<meta property="article:content_tier" content="metered">'),
        page('<meta property="article:content_tier" content="locked">', f"<p>{STORY[0]}</p>"),
        page(body=f"<p>{STORY[0]}</p>{WALL}"),
        page(body=f"<p>{STORY[0]}</p><p>{STORY[1]}</p><div>This post is for paid subscribers</div>"),
        page(linked(news(wordCount=900))),
    ],
    ids=[
        "free-false",
        "free-word",
        "free-address",
        "closed-part",
        "metered",
        "locked-and-short",
        "wall-element",
        "wall-words",
        "far-fewer-words",
    ],
)
def test_a_paywall_is_recognised_and_what_stands_before_it_is_kept(html: str) -> None:
    got = read(html)

    assert got.access == "paywalled"
    assert got.text.startswith("Salt rose by twelve per cent")


@pytest.mark.parametrize(
    "html",
    [
        page(),
        page(linked(news(isAccessibleForFree=True)), f"{PROSE}{WALL}"),
        page('<meta property="article:content_tier" content="free">'),
        page(linked(news(wordCount=110))),
        page(body=PROSE * 3 + "<div class='paywall-offers'>Subscribe to continue reading tomorrow</div>"),
        page(head="<script>const words = 'Subscribe to continue reading'</script>"),
    ],
    ids=["plain", "free-with-marks", "free-tier", "words-as-said", "whole-with-offer", "words-in-a-script"],
)
def test_an_open_page_is_called_open(html: str) -> None:
    assert read(html).access == "open"


def test_a_short_page_that_is_not_behind_a_paywall_is_no_article() -> None:
    with pytest.raises(WireError, match="no article text"):
        read(page(body="<p>Salt rose.</p>"))


def test_a_page_in_a_script_without_spaces_is_an_article() -> None:
    chinese = "<p>" + "盐价一年上涨百分之十二港务局表示商人归咎于道路自去年春天洪水以来无人修缮" * 4 + "。</p>"

    assert read(page(body=chinese)).access == "open"


def test_what_json_ld_escapes_never_comes_out_as_a_control_character() -> None:
    got = read(page(linked(news(author="Nino\x1b[31m \u202eExample", publisher={"name": "The\0Salt\u2066 Road"}))))

    assert (got.authors, got.outlet) == (("Nino[31m Example",), "TheSalt Road")


def test_a_page_too_large_to_be_an_article_is_refused_by_name() -> None:
    with pytest.raises(WireError, match=r"too large to be an article: 2\.\d MB of markup"):
        read(page(body=PROSE * 4000))


def test_a_large_script_does_not_make_a_page_too_large() -> None:
    assert read(page(f"<script>{'x' * 3_000_000}</script>")).access == "open"


def test_the_text_in_json_ld_serves_an_open_page_only() -> None:
    body = "<div id='app'></div>"
    whole = "\n\n".join(STORY)

    assert read(page(linked(news(articleBody=whole)), body)).text == whole
    assert (
        "second bridge opens"
        not in read(
            page(linked(news(articleBody=whole, isAccessibleForFree=False, description="Salt rose.")), body)
        ).text
    )


# who may visit it


ROBOTS = """\ufeff# a robots.txt
User-agent: *
Disallow: /private   # not for robots
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search?
Disallow: /caf%C3%A9
Crawl-delay: 2

User-Agent: OtherBot
User-agent: currents/1.0
Disallow: /desk
Allow: /desk

User-agent: Currents
Disallow: /no*way
"""


@pytest.mark.parametrize(
    ("path", "agent", "expected"),
    [
        ("/private", "Somebody", False),
        ("/private/open/1", "Somebody", True),
        ("/privately", "Somebody", False),
        ("/Private", "Somebody", True),
        ("/a/b.pdf", "Somebody", False),
        ("/a/b.pdf?x=1", "Somebody", True),
        ("/search?q=salt", "Somebody", False),
        ("/searches", "Somebody", True),
        ("/café/menu", "Somebody", False),
        ("/caf%c3%a9", "Somebody", False),
        ("/robots.txt", "Somebody", True),
        ("/private", "Currents", True),
        ("/no/long/way", "currents", False),
        ("/desk", "Currents", True),
        ("/no/long/way", "OtherBot", True),
    ],
)
def test_robots_txt_is_read_as_rfc_9309_says(path: str, agent: str, *, expected: bool) -> None:
    assert allows(ROBOTS, path, agent) is expected


def test_a_group_for_us_without_a_rule_frees_us_from_the_rules_for_all() -> None:
    assert allows("User-agent: *\nDisallow: /\n\nUser-agent: Currents\nDisallow:\n", "/story")


def test_an_empty_or_foreign_robots_txt_allows_everything() -> None:
    assert allows("", "/story")
    assert allows("<!doctype html><html><body>Not found</body></html>", "/story")


def test_a_crawl_delay_is_noted_and_nonsense_is_not() -> None:
    assert rules(ROBOTS, "Somebody").delay_seconds == 2
    assert rules("User-agent: *\nCrawl-delay: soon").delay_seconds == 0


def test_a_robots_txt_keeps_only_the_rules_for_us() -> None:
    agents = "".join(f"User-agent: a{number}\n" for number in range(15_000))
    others = "".join(f"Allow: /{number}\n" for number in range(25_000))

    assert rules(f"{agents}{others}User-agent: *\nDisallow: /x\n").lines == ((False, "/x"),)


# teasers, completed from their pages


@dataclass
class Site:
    """A web site whose answers a test sets: path → (status, headers, body)."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def site() -> Iterator[Site]:
    state = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            status, headers, body = state.answers.get(self.path, (404, {}, ""))
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    state.url = f"http://127.0.0.1:{made.server_address[1]}"
    yield state
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    text = (resources.templates() / "newsletter.toml").read_text(encoding="utf-8")
    (tmp_path / "newsletter.toml").write_text(text, encoding="utf-8")
    return replace(read_settings(tmp_path), timeout_seconds=5, private_hosts=("127.0.0.1",))


def teaser(url: str = URL, **more: object) -> Article:
    given = {"guid": "salt-1", "source_id": 1, "url": url, "title": "Salt is getting dearer"} | more
    return Article(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "article",
    [
        teaser(),
        teaser(text="Salt rose by twelve per cent in a year…"),
        teaser(text="Salt rose by twelve per cent in a year [...]"),
        teaser(text="Salt rose by twelve per cent.\n\nContinue reading Salt is getting dearer →"),
        teaser(text="Salt rose.\n\nThe post Salt is getting dearer appeared first on The Salt Road."),
        teaser(text="Соль подорожала на двенадцать процентов. Читать далее »"),
        teaser(text=STORY[0], summary=STORY[0]),
    ],
    ids=["no-text", "ellipsis", "brackets", "continue", "appeared-first", "russian", "summary-again"],
)
def test_a_text_that_breaks_off_is_a_teaser(article: Article) -> None:
    assert is_teaser(article)


@pytest.mark.parametrize(
    "article",
    [
        teaser(text="\n\n".join(STORY)),
        teaser(text="\n\n".join(STORY * 4) + "…"),
        teaser(text="A short post, and all of it."),
        teaser(url=""),
        teaser(text="Salt rose by…", access="paywalled"),
    ],
    ids=["whole", "long", "short-post", "no-page", "looked-at-already"],
)
def test_a_text_that_is_all_there_is_no_teaser(article: Article) -> None:
    assert not is_teaser(article)


def test_a_completed_article_keeps_its_identity_and_gains_what_its_feed_left_out() -> None:
    given = teaser(
        title="Salt is getting dearer, again", text="Salt rose by twelve per cent…", authors=("Nino Example",)
    )
    found = read(
        page(linked(news(author="Somebody Else", image="https://salt.example.org/salt-sack.jpg"))), f"{URL}?page"
    )

    got = completed(given, found)

    assert (got.guid, got.source_id, got.url, got.title) == ("salt-1", 1, URL, "Salt is getting dearer, again")
    assert got.authors == ("Nino Example",)
    assert (got.text, got.lang, got.access) == ("\n\n".join(STORY), "en", "open")
    assert got.summary == "Salt rose by twelve per cent…"
    assert got.picture == Picture(url="https://salt.example.org/salt-sack.jpg")


def test_a_page_that_tells_another_story_completes_nothing() -> None:
    consent = Article(guid="c", title="Before you continue", text="We and our 812 partners store cookies. " * 12)

    assert completed(teaser(), consent) == teaser()


def test_a_page_that_holds_less_than_the_feed_only_says_who_may_read_it() -> None:
    given = teaser(text=" ".join(STORY) + "…")

    got = completed(given, read(page(linked(news(isAccessibleForFree=False)), f"<p>{STORY[0]}</p>")))

    assert (got.text, got.access) == (given.text, "paywalled")


def complete(site: Site, settings: Settings, *articles: Article, pauses: list[float] | None = None) -> list[Article]:
    pages = Pages(settings, lambda: NOW, pause=(pauses if pauses is not None else []).append)
    return list(pages.complete(articles))


def test_a_teaser_is_completed_from_its_page(site: Site, settings: Settings) -> None:
    site.answers["/dearer"] = (200, {}, page())

    (got,) = complete(site, settings, teaser(f"{site.url}/dearer"), teaser(f"{site.url}/whole", text=" ".join(STORY)))

    assert got.text == "\n\n".join(STORY)
    assert sorted(site.asked) == ["/dearer", "/robots.txt"]


def test_a_page_that_robots_txt_closes_is_not_asked_for(site: Site, settings: Settings) -> None:
    site.answers |= {"/robots.txt": (200, {}, "User-agent: *\nDisallow: /closed"), "/open": (200, {}, page())}

    got = complete(site, settings, teaser(f"{site.url}/closed/1"), teaser(f"{site.url}/open", guid="salt-2"))

    assert [article.guid for article in got] == ["salt-2"]
    assert "/closed/1" not in site.asked


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_that_cannot_show_its_robots_txt_is_left_alone(site: Site, settings: Settings, status: int) -> None:
    site.answers |= {"/robots.txt": (status, {}, "busy"), "/dearer": (200, {}, page())}

    assert complete(site, settings, teaser(f"{site.url}/dearer")) == []
    assert "/dearer" not in site.asked


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_host_without_a_robots_txt_allows_all(site: Site, settings: Settings, status: int) -> None:
    site.answers |= {"/robots.txt": (status, {}, "none"), "/dearer": (200, {}, page())}

    assert len(complete(site, settings, teaser(f"{site.url}/dearer"))) == 1


def test_a_host_that_cannot_be_reached_is_left_alone(site: Site, settings: Settings) -> None:
    refusing = "http://127.0.0.1:9/dearer"

    assert complete(site, settings, teaser(refusing)) == []


def test_a_page_that_fails_leaves_its_article_and_the_others_alone(site: Site, settings: Settings) -> None:
    site.answers |= {
        "/broken": (500, {}, ""),
        "/binary": (200, {}, "\0\0"),
        "/empty": (200, {}, ""),
        "/dearer": (200, {}, page()),
    }
    teasers = [teaser(f"{site.url}{path}", guid=path) for path in ("/broken", "/binary", "/empty", "/gone", "/dearer")]

    assert [article.guid for article in complete(site, settings, *teasers)] == ["/dearer"]


def test_one_source_costs_its_host_no_more_pages_a_run_than_agreed(site: Site, settings: Settings) -> None:
    teasers = [teaser(f"{site.url}/{number}", guid=str(number)) for number in range(PAGES_MOST + 5)]

    complete(site, settings, *teasers)

    assert len(site.asked) == PAGES_MOST + 1  # and robots.txt once


def test_a_crawl_delay_is_waited_for_and_what_takes_too_long_is_left_for_another_run(
    site: Site, settings: Settings
) -> None:
    site.answers |= {
        "/robots.txt": (200, {}, "User-agent: *\nCrawl-delay: 12"),
        **{f"/{one}": (200, {}, page()) for one in "abcd"},
    }
    pauses: list[float] = []

    got = complete(site, settings, *(teaser(f"{site.url}/{one}", guid=one) for one in "abcd"), pauses=pauses)

    assert [article.guid for article in got] == ["a", "b", "c"]
    assert pauses == [12, 12]


# added by hand


def currents(folder: Path, *words: str, stdin: str = "", path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({} if path is None else {"PATH": path})
    return subprocess.run(
        [sys.executable, "-m", "composer", *words],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def shelf(folder: Path, program: str, words: str) -> str:
    """Make a folder with a program on it that says what the clipboard holds."""
    bin_ = folder / "programs"
    bin_.mkdir()
    (bin_ / "words").write_text(words, encoding="utf-8")
    (bin_ / program).write_text(f"#!/bin/sh\nexec /bin/cat '{bin_ / 'words'}'\n", encoding="utf-8")
    (bin_ / program).chmod(0o755)
    return str(bin_)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("https://salt.example.org/dearer\n", "address"),
        ("https://salt.example.org/dearer is worth reading", "text"),
        (page(), "page"),
        ("<!-- saved from url=(0030)https://salt.example.org/dearer -->\n<html><body><p>x</p></body></html>", "page"),
        ("<p>One.</p><p>Two.</p>", "page"),
        ("<angle brackets> are no markup", "text"),
        ("# Salt\n\nIt rose.", "markdown"),
        ("---\ntitle: Salt\nauthor: Nino Example\n---\nIt rose.", "markdown"),
        ("It rose, as [the port](https://port.example.org/) says.", "markdown"),
        ("Salt rose.\nNobody knows why.", "text"),
    ],
)
def test_words_without_a_name_are_known_by_their_content(words: str, kind: str) -> None:
    assert kind_of(words) == kind


def test_a_page_comes_in_by_a_pipe_and_knows_where_it_was_found(folder: Path) -> None:
    html = page('<meta property="article:content_tier" content="metered">')

    first = currents(folder, "add", "-", "--url", URL, stdin=html)
    second = currents(folder, "add", "-", "--url", URL, stdin=html)

    assert "added: Salt is getting dearer (salt.example.org, 112 words, paywalled)" in first.stdout
    assert "known already: Salt is getting dearer" in second.stdout


def test_markdown_and_text_come_in_by_a_pipe(folder: Path) -> None:
    markdown = currents(folder, "add", "-", stdin="# The ferry\n\nIt begins in May.\n")
    text = currents(folder, "add", "-", "--url", URL, "--outlet", "The Salt Road", stdin="\n\n".join(STORY))

    assert "added: The ferry (4 words)" in markdown.stdout
    assert "(The Salt Road, 112 words)" in text.stdout


def test_a_saved_page_knows_its_address_by_the_browsers_mark(folder: Path, cli: Callable[..., Ran]) -> None:
    (folder / "saved.html").write_text(
        f"<!-- saved from url=({len(URL):04})https://salt.example.org/2026/dearer -->\n{page()}", encoding="utf-8"
    )

    assert "added: Salt is getting dearer (salt.example.org, 112 words)" in cli("add", "saved.html").out


@pytest.mark.parametrize("program", ["wl-paste", "xclip", "xsel", "pbpaste"])
def test_the_clipboard_is_read_by_whichever_program_there_is(folder: Path, tmp_path: Path, program: str) -> None:
    done = currents(folder, "add", "--clipboard", path=shelf(tmp_path, program, page()))

    assert "added: Salt is getting dearer" in done.stdout


def test_an_address_on_the_clipboard_is_visited(folder: Path, tmp_path: Path, site: Site) -> None:
    site.answers |= {"/robots.txt": (200, {}, "User-agent: *\nDisallow: /"), "/dearer": (200, {}, page())}
    allow_loopback(folder)

    done = currents(folder, "add", "--clipboard", path=shelf(tmp_path, "xclip", f"{site.url}/dearer\n"))

    assert "added: Salt is getting dearer (127.0.0.1, 112 words)" in done.stdout
    assert site.asked == ["/dearer"]  # a person asked for this page: robots.txt speaks to programs


def allow_loopback(folder: Path) -> None:
    file = folder / "newsletter.toml"
    line = 'private_hosts = ["127.0.0.1"]'
    text = "\n".join(
        one for one in file.read_text(encoding="utf-8").splitlines() if not one.lstrip().startswith("private_")
    )
    file.write_text(text.replace("[collect]", f"[collect]\n{line}", 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (None, "clipboard: no program here reads it; install wl-clipboard, xclip or xsel"),
        ("", "clipboard: it holds no words"),
        ("<p>Home</p>", "clipboard: no article text was found"),
    ],
)
def test_a_clipboard_that_gives_nothing_is_one_line(folder: Path, tmp_path: Path, words: str | None, said: str) -> None:
    path = str(tmp_path) if words is None else shelf(tmp_path, "xclip", words)

    done = currents(folder, "add", "--clipboard", path=path)

    assert done.returncode != 0
    assert done.stderr.startswith(f"currents: {said}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add",), "name a page's URL or a file"),
        (("add", "https://salt.example.org/", "--url", URL), "a page's own URL is an ADDRESS"),
        (("add", "-", "--url", "salt"), "give the http(s) address"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_read(
    cli: Callable[..., Ran], folder: Path, words: tuple[str, ...], said: str
) -> None:
    done = cli(*words)

    assert done.code == 2
    assert said in done.err


def test_one_address_that_fails_does_not_stop_the_next(folder: Path, cli: Callable[..., Ran]) -> None:
    (folder / "ferry.md").write_text("# The ferry\n\nIt begins in May.\n", encoding="utf-8")

    done = cli("add", "none.html", "ferry.md", "none.txt")

    assert done.code == 1
    assert "added: The ferry" in done.out
    assert "none.html: no such file" in done.err
    assert "none.txt: no such file" in done.err


@pytest.mark.browser
@pytest.mark.skipif(bool(skip_reason()), reason=skip_reason())
@pytest.mark.parametrize("modern", [True, False], ids=["clipboard-interface", "without-it"])
def test_the_bookmarklet_copies_a_page_that_can_be_added(folder: Path, site: Site, *, modern: bool) -> None:
    site.answers |= {
        "/dearer": (200, {"Content-Type": "text/html"}, page()),
        "/": (200, {"Content-Type": "text/html"}, "<p>x</p>"),
    }
    docs = (Path(__file__).parents[1] / "docs" / "adding.md").read_text(encoding="utf-8")
    bookmarklet = docs.split("```js\n", 1)[1].split("\n```", 1)[0]

    copied = copied_by(bookmarklet, site, modern=modern)

    assert copied.startswith("<!-- saved from url=(")
    assert "added: Salt is getting dearer (127.0.0.1, 112 words)" in currents(folder, "add", "-", stdin=copied).stdout


def copied_by(bookmarklet: str, site: Site, *, modern: bool) -> str:
    """Click the bookmarklet on a page in a real browser and return what the clipboard then holds."""
    with chromium() as browser:
        context = browser.new_context()
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab = context.new_page()
        tab.goto(f"{site.url}/dearer")
        if not modern:
            tab.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        tab.evaluate(
            "address => { const a = document.createElement('a'); a.id = 'mark'; a.textContent = 'x'; a.href = address; document.body.append(a) }",
            bookmarklet,
        )
        tab.on("dialog", lambda told: told.accept())  # an open dialog would hold the click up
        with tab.expect_event("dialog"):
            tab.click("#mark", no_wait_after=True)  # a javascript: link navigates nowhere
        reading = context.new_page()
        reading.goto(f"{site.url}/")
        return str(reading.evaluate("navigator.clipboard.readText()"))


def test_a_file_that_names_no_address_is_told_where_it_was_found(folder: Path, cli: Callable[..., Ran]) -> None:
    (folder / "saved.html").write_text(
        page(body=f"<figure><img src='/sack.jpg' alt='A sack.'></figure>{PROSE}"), encoding="utf-8"
    )

    assert "added: Salt is getting dearer (salt.example.org, 112 words)" in cli("add", "saved.html", "--url", URL).out
    assert cli("add", "none.html", "--url", URL).err == "currents: none.html: no such file\n"


# the addresses that led to it


def moved_page(site: Site) -> None:
    site.answers["/go"] = (302, {"Location": "/2026/dearer"}, "")
    html = page(f'<link rel="canonical" href="{URL}">')
    site.answers["/2026/dearer"] = (200, {"Content-Type": "text/html; charset=utf-8"}, html)


def test_a_page_that_was_asked_for_by_a_short_link_remembers_every_address(site: Site, settings: Settings) -> None:
    moved_page(site)
    found = HttpWire(settings, lambda: NOW).read_page(f"{site.url}/go")
    assert (found.url, found.also) == (URL, (f"{site.url}/2026/dearer", f"{site.url}/go"))


def test_a_completed_teaser_remembers_where_its_link_ended(site: Site, settings: Settings) -> None:
    moved_page(site)
    (whole,) = Pages(settings, lambda: NOW).complete([teaser(f"{site.url}/go")])
    assert (whole.url, whole.also) == (f"{site.url}/go", (URL, f"{site.url}/2026/dearer"))
