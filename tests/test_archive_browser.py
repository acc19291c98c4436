"""The site in a real Chromium: search in several scripts, without a script, on paper, on a phone, and a feed."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import archives
import browser
import pytest
from archives import entry
from browser import Browser, chromium
from editions import every_kind, settings
from makers import NOON, block, manuscript
from playwright.sync_api import Page, expect

from composer import resources
from composer.folding import tokens
from composer.rendering import Entry, Place, arrange, article, load_theme, page
from composer.rendering.archive import feed_looks
from composer.rendering.finding import search_index, search_words
from composer.rendering.listing import by_year

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(browser.skip_reason()), reason=browser.skip_reason()),
]
WORDS = {
    5: ("en", "The last café", "Salt, straw and a naïve Straße."),
    4: ("uk", "Ціна солі", "У Києві сіль подорожчала, а хліб — ні."),
    3: ("ar", "ثمن الملح", "ارتفع سعرُ المِلحِ في بيروت."),
    2: ("ka", "მარილის ფასი", "თბილისში მარილი გაძვირდა."),
    1: ("zh", "盐价", "东京都的盐价上涨了。"),
}
SCRIPTS = "Ünïcode ΛΌΓΟΣ λόγος Straße ﬁne Ёлка Йод مُحَمَّد שָׁלוֹם हिन्दी क़लम தமிழ் ไทย ខ្មែរ ｶﾞｷﾞ がぎ 한국어 東京都 ᾳ Ⅷ ½ e\u0301 x² №5 1,234.5"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def listed() -> list[Entry]:
    return [entry(number, lang=lang, title=title) for number, (lang, title, _) in WORDS.items()]


def write_site(folder: Path) -> None:
    theme = load_theme("currents", [resources.templates()])
    entries = [*listed(), *[entry(-number, title=f"Filler {number}") for number in range(60, 120)]]
    said = {
        f"edition-{number}": search_words(manuscript(block("prose", words), title=title))
        for number, (_, title, words) in WORDS.items()
    }
    (folder / "search").mkdir()
    for year, its in by_year(entries).items():
        words = [said.get(one.slug, frozenset({"filler"})) for one in its]
        (folder / "search" / f"{year}.json").write_bytes(search_index(its, words))
    (folder / "index.html").write_text(archives.front(entries, theme, settings()), encoding="utf-8")
    (folder / "search.js").write_text(theme.file("search.js"), encoding="utf-8")
    (folder / "feed.css").write_bytes(feed_looks(theme, settings()))
    laid = arrange(every_kind(), settings(), url="https://news.example.org/editions/x/", published=NOON, updated=NOON)
    html = page(laid, article(laid, theme), theme, settings(), Place(earlier=entry(1), later=entry(3))).html
    (folder / "edition.html").write_text(html, encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1") as started:
        yield started


@pytest.fixture
def front(chrome: Browser, site: str) -> Iterator[Page]:
    context = chrome.new_context()
    shown = context.new_page()
    faults: list[str] = []
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.goto(site)
    yield shown
    context.close()
    assert faults == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("cafe", ["The last café"]),
        ("STRASSE salt", ["The last café"]),
        ("сіль києві", ["Ціна солі"]),
        ("подорож", ["Ціна солі"]),
        ("الملح", ["ثمن الملح"]),
        ("ملح", []),
        ("ბილის", []),
        ("მარილ", ["მარილის ფასი"]),
        ("东京", ["盐价"]),
        ("盐", ["盐价"]),
        ("edition nobody wrote", []),
    ],
)
def test_a_search_finds_the_editions_that_hold_every_word(front: Page, asked: str, found: list[str]) -> None:
    front.get_by_role("searchbox").fill(asked)

    expect(front.locator("#found")).to_have_text(
        f"Editions found: {len(found)}" if found else "No edition has these words."
    )
    assert front.locator("#results h2").all_text_contents() == found
    expect(front.locator("#editions")).to_be_hidden()


def test_an_empty_search_brings_the_list_back(front: Page) -> None:
    front.get_by_role("searchbox").fill("salt")
    expect(front.locator("#results li")).to_have_count(1)

    front.get_by_role("searchbox").fill(" ")

    expect(front.locator("#editions")).to_be_visible()
    expect(front.locator("#results")).to_be_hidden()


def test_a_search_has_an_address_and_leads_to_the_edition(front: Page, site: str) -> None:
    front.goto(f"{site}/?q=%D1%81%D1%96%D0%BB%D1%8C")

    expect(front.get_by_role("link", name="Ціна солі")).to_have_attribute("href", "editions/edition-4/")
    expect(front.locator("#results li")).to_have_attribute("lang", "uk")

    front.get_by_role("searchbox").fill("salt")
    front.get_by_role("button").click()

    assert front.url == f"{site}/?q=salt"


def test_words_in_a_title_stay_words(front: Page, site: str) -> None:
    nasty = {"path": "x/", "title": "<img src=x onerror=alert(1)>", "dek": "<b>", "date": "", "lang": "en"}
    front.route("**/search/*.json", lambda route: route.fulfill(json={"editions": [nasty], "words": {"salt": "#"}}))
    front.goto(f"{site}/?q=salt")

    expect(front.locator("#results h2").first).to_have_text("<img src=x onerror=alert(1)>")
    assert front.locator("#results img").count() == 0


def test_a_search_that_cannot_be_loaded_says_so_and_keeps_the_list(front: Page, site: str) -> None:
    front.route("**/search/*.json", lambda route: route.fulfill(status=404))
    front.goto(f"{site}/?q=salt")

    expect(front.locator("#found")).to_contain_text("cannot be loaded")
    expect(front.locator("#editions")).to_be_visible()


@pytest.mark.parametrize("words", SCRIPTS.split())
def test_the_browser_folds_words_as_the_index_does(front: Page, site: str, words: str) -> None:
    held = {"editions": [{"path": "x/", "title": "Held", "dek": "", "date": "", "lang": "en"}]}
    folded = {**held, "words": dict.fromkeys(tokens(words), "#")}
    front.route("**/search/*.json", lambda route: route.fulfill(json=folded))
    front.goto(site)

    front.get_by_role("searchbox").fill(words)

    expect(front.locator("#results h2").first).to_have_text("Held")


def test_without_a_script_the_list_is_there_and_no_search(chrome: Browser, site: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.goto(site)

    assert shown.locator("article h3 a").count() == 30
    assert not shown.get_by_role("search").is_visible()
    assert shown.locator("nav.years a").count() == len(by_year([*listed(), *[entry(-n) for n in range(60, 120)]]))
    context.close()


@pytest.mark.parametrize("width", [320, 600, 768, 1280])
@pytest.mark.parametrize("path", ["", "edition.html"])
def test_no_page_scrolls_sideways(chrome: Browser, site: str, path: str, width: int) -> None:
    shown = chrome.new_page(viewport={"width": width, "height": 800})
    shown.goto(f"{site}/{path}")

    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    shown.close()


def test_on_paper_links_are_spelled_out_and_nothing_is_left_to_press(chrome: Browser, site: str) -> None:
    shown = chrome.new_page()
    shown.goto(f"{site}/edition.html")
    shown.emulate_media(media="print")
    after = "one => getComputedStyle(one, '::after').content"

    printed = [one.evaluate(after) for one in shown.locator("article .brief > :first-child a").all()]
    assert printed
    assert all("https://" in words for words in printed)
    assert not any(one.is_visible() for one in shown.locator(".call, .beside, .tags, .colophon, .skip").all())
    assert shown.locator(".lede").evaluate("one => getComputedStyle(one).fontFamily").startswith("Georgia")
    shown.close()


def test_the_first_key_leads_past_the_head(chrome: Browser, site: str) -> None:
    shown = chrome.new_page()
    shown.goto(f"{site}/edition.html")
    shown.keyboard.press("Tab")

    expect(shown.locator(":focus")).to_have_text("Skip to the text")
    assert shown.locator(":focus").bounding_box()["x"] >= 0
    shown.close()


def test_dark_is_for_those_who_ask_for_it(chrome: Browser, site: str) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        shown = chrome.new_page(color_scheme=scheme)
        shown.goto(f"{site}/edition.html")
        grounds[scheme] = shown.locator(".card").evaluate("one => getComputedStyle(one).backgroundColor")
        shown.close()

    assert grounds == {"light": "rgb(255, 253, 249)", "dark": "rgb(27, 25, 22)"}
