"""Every view of the preview and every condition, judged by what is on the screen of a real Chromium."""

import contextlib
import io
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import browser
import pytest
from browser import Browser
from judges import axe
from PIL import Image
from playwright.sync_api import Page, expect
from previews import Deaf, item, mail, panels, photo, pieces, remarks, running, sheet
from windows import Recorder, overheard, windows

from composer.preview import Sheet
from composer.preview.conditions import USUAL, VIEWS, Conditions, conditions_of
from composer.preview.inbox import snippet

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(browser.skip_reason()), reason=browser.skip_reason()),
]
WEB = '<tr><td><img id="web" src="http://pictures.example/salt.jpg" alt="Salt on a slate"></td></tr>'
LONG = "The road over the pass is shut and salt is dearer than bread in every town of the upper valley this winter"


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


def full(prints_url: str) -> Sheet:
    return sheet(
        email_html=mail(prints_url=prints_url, extra=WEB),
        prints=(photo(),),
        remarks=remarks(),
        preheader=LONG,
        revision="5a17",
        pieces=pieces(),
        panels=panels(),
        testers=("ana@example.org", "sam@example.org"),
    )


@pytest.fixture
def see(look: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Open a path of a preview of its own."""
    with contextlib.ExitStack() as open_previews:

        def see(path: str, made: Callable[[str], Sheet] = full, **window: object) -> Page:
            url = open_previews.enter_context(running(made, hands=Deaf()))
            page = look(url, **window)
            page.goto(url.removesuffix("mail") + path)
            expect(page.locator("#live")).to_have_text("Up to date")
            return page

        yield see


def pixel(page: Page, frame: str = "desktop") -> tuple[int, int, int]:
    """Return the colour on which the lede is painted, on the screen."""
    shot = page.frame_locator(f"#frame-{frame}").locator("#lede").screenshot()
    colour = Image.open(io.BytesIO(shot)).convert("RGB").getpixel((1, 1))
    assert isinstance(colour, tuple)
    return colour[0], colour[1], colour[2]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view(see: Callable, width: int, scheme: str) -> None:
    page = see("mail", width=width, scheme=scheme)
    base = page.url.removesuffix("mail")
    for view in VIEWS:
        page.goto(base + view)
        expect(page.locator("#live")).to_have_text("Up to date")
        assert axe(page) == [], view


def test_axe_finds_nothing_in_the_keys(see: Callable) -> None:
    page = see("inbox")
    page.keyboard.press("?")
    assert axe(page) == []


def test_every_view_has_an_address_and_the_back_button_works(see: Callable) -> None:
    page = see("mail?scheme=dark")
    for at, view in enumerate(VIEWS, start=1):
        page.keyboard.press(str(at % 10))
        page.wait_for_url(f"**/{view}?scheme=dark")
        expect(page.locator(f"#view-{view}")).to_have_attribute("aria-current", "page")
        expect(page.locator("#live")).to_have_text("Up to date")
    page.go_back()
    page.wait_for_url("**/evidence?scheme=dark")
    expect(page.locator("#view-evidence")).to_have_attribute("aria-current", "page")


def test_an_unknown_view_is_not_found(see: Callable) -> None:
    page = see("mail")
    answer = page.request.get(page.url.removesuffix("mail") + "fax")
    assert answer.status == 404


def test_a_feed_reader_s_view_has_title_author_date_and_words(see: Callable) -> None:
    shown = see("feed").frame_locator("#frame-feed")
    expect(shown.get_by_role("heading", level=1)).to_have_text("The price of salt")
    expect(shown.locator("header p")).to_have_text("Nino Example · 2026-03-06 08:00 UTC")
    expect(shown.locator("body")).to_contain_text("the road closed twice")


def test_a_feed_item_runs_no_script_and_asks_nobody(see: Callable, recorder: Recorder) -> None:
    hostile = """<p>Harmless</p><script>top.document.title = "owned"</script><img src="http://feed.example/pixel"
        onerror="top.document.title = 'owned'"><form action="http://feed.example/form"><button>Send</button></form>"""
    page = see("feed", lambda _: sheet(item=item(content_html=hostile, title="<script>alert(1)</script>")))
    page.frame_locator("#frame-feed").get_by_text("Send").click()
    expect(page.frame_locator("#frame-feed").locator("h1")).to_have_text("<script>alert(1)</script>")
    expect(page).to_have_title("The price of salt · feed")
    assert recorder.heard_of("feed.example") == []


def test_inboxes_cut_where_their_rows_end(see: Callable) -> None:
    page = see("inbox", lambda _: sheet(subject=LONG, from_name="Undertow"))
    widths = {}
    for name in ("gmail-phone", "gmail-desktop", "apple-mail", "outlook"):
        about = page.locator(f".row.{name} .about")
        assert about.evaluate("one => one.scrollWidth > one.clientWidth"), name
        widths[name] = page.locator(f".row.{name}").bounding_box()["width"]
    assert widths == {"gmail-phone": 393, "gmail-desktop": 1000, "apple-mail": 390, "outlook": 330}
    assert page.locator(".row.apple-mail .snippet").bounding_box()["height"] == 40  # two lines


def test_an_inbox_goes_on_with_the_words_of_the_mail(see: Callable) -> None:
    page = see("inbox")
    expect(page.locator(".row.gmail-phone .snippet")).to_contain_text(
        "In one dry week the road to the pass closed twice"
    )


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", ""),
        ("<body><div style='display:none'>Pre \u200c\u034f header</div><p>Body</p></body>", "Pre header Body"),
        (
            "<title>No</title><style>p {}</style><body><!--[if mso]>no<![endif]--><p>Salt<br>rose</p></body>",
            "Salt rose",
        ),
    ],
)
def test_a_snippet_is_the_words_of_the_body(html: str, words: str) -> None:
    assert snippet(html) == words


def test_the_source_is_the_mail_to_the_letter(see: Callable) -> None:
    html = mail()
    page = see("source", lambda _: sheet(email_html=html))
    assert page.locator("#lines li > code").all_text_contents() == html.split("\n")


def test_a_remark_leads_to_its_line_of_the_manuscript(see: Callable) -> None:
    page = see("mail")
    page.get_by_role("link", name="line 31").click()
    page.wait_for_url("**/manuscript#L31")
    line = page.locator("#L31")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("Line 31.")
    expect(line.locator(".note.error")).to_contain_text("The photo has no credit")
    assert line.evaluate("one => getComputedStyle(one).boxShadow") != "none"


def test_lines_are_counted_as_the_file_counts_them(see: Callable) -> None:
    page = see("manuscript")
    assert page.locator("#lines li").count() == 60
    expect(page.locator("#L4 > code")).to_have_text("Line 4.")


def test_light_dark_and_turned_over_are_what_is_painted(see: Callable) -> None:
    page = see("mail")
    assert pixel(page) == (255, 253, 249)
    page.keyboard.press("d")
    expect(page.locator("#frame-desktop")).to_have_class("dark")
    assert pixel(page) == (27, 25, 22)
    page.keyboard.press("d")
    expect(page.locator("#frame-desktop")).to_have_class("inverted")
    assert max(pixel(page)) < 16
    page.keyboard.press("d")
    expect(page.locator("#frame-desktop")).to_have_class("light")
    assert pixel(page) == (255, 253, 249)


def test_a_photo_is_not_turned_over(see: Callable) -> None:
    page = see("mail?scheme=inverted")
    filters = "one => [getComputedStyle(one).filter, getComputedStyle(one.ownerDocument.documentElement).filter]"
    own, around = page.frame_locator("#frame-desktop").locator("img[alt^=Sacks]").evaluate(filters)
    assert own == around != "none"


def test_without_images_their_alt_text_stands(see: Callable) -> None:
    page = see("mail?images=off")
    picture = page.frame_locator("#frame-desktop").locator("img[alt^=Sacks]")
    assert picture.evaluate("one => one.naturalWidth") == 0
    page.keyboard.press("i")
    page.wait_for_url("**/mail")
    expect(page.locator("#images-off")).not_to_have_attribute("aria-current", "true")
    assert page.frame_locator("#frame-desktop").locator("img[alt^=Sacks]").evaluate("one => one.naturalWidth") == 1


def test_pictures_on_the_web_are_asked_for_only_when_the_editor_says_so(see: Callable, recorder: Recorder) -> None:
    page = see("mail")
    assert recorder.heard_of("pictures.example") == []
    page.get_by_role("link", name="Images from the web").click()
    expect(page.locator("#images-web")).to_have_attribute("aria-current", "true")
    expect(page.locator("#frame-desktop")).to_have_attribute("src", re.compile(r"/documents/mail\?images=web$"))
    assert recorder.heard_of("pictures.example") != []


def test_a_zoomed_mail_has_half_the_pixels_in_the_same_room(see: Callable) -> None:
    page = see("mail?zoom=200")
    assert page.locator("#frame-desktop").bounding_box()["width"] == 600
    inner = "one => [one.contentWindow.innerWidth, one.contentWindow.matchMedia('(max-width: 300px)').matches]"
    assert page.locator("#frame-desktop").evaluate(inner) == [300, True]
    assert page.locator("#frame-desktop").evaluate("one => one.contentDocument.documentElement.scrollTop") == 0


def test_right_to_left_turns_what_sets_no_direction_of_its_own(see: Callable) -> None:
    page = see("mail?dir=rtl")
    root = page.frame_locator("#frame-desktop").locator("html")
    assert root.evaluate("one => getComputedStyle(one).direction") == "rtl"
    page.keyboard.press("r")
    page.wait_for_url("**/mail")
    expect(page.locator("#frame-desktop")).to_have_attribute("src", re.compile(r"/documents/mail$"))
    assert (
        page.frame_locator("#frame-desktop").locator("html").evaluate("one => getComputedStyle(one).direction") == "ltr"
    )


def test_a_width_of_one_s_own_is_kept_in_the_address(see: Callable) -> None:
    page = see("mail")
    page.locator("#slider").fill("480")
    page.wait_for_url("**/mail?width=480")
    expect(page.locator("#live")).to_have_text("Up to date")
    assert page.locator("#frame-free").bounding_box()["width"] == 480
    page.locator("body").press("]")
    assert page.locator("#frame-free").bounding_box()["width"] == 500
    assert urlsplit(page.url).query == "width=500"
    page.reload()
    expect(page.locator("#pixels")).to_have_text("500 px")
    assert page.locator("#frame-free").bounding_box()["width"] == 500
    page.keyboard.press("s")
    expect(page.locator("#frame-phone")).to_be_visible()
    assert urlsplit(page.url).query == ""


def test_a_wide_mail_scrolls_in_its_own_room_on_a_phone(see: Callable) -> None:
    page = see("mail?width=900", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_conditions_go_together_and_from_view_to_view(see: Callable) -> None:
    page = see("mail?scheme=dark&images=off&zoom=200&dir=rtl")
    on = page.locator(".conditions [aria-current=true]").all_text_contents()
    assert on == ["Dark", "No images", "200 %", "Right to left"]
    page.keyboard.press("2")
    page.wait_for_url("**/page?scheme=dark&images=off&zoom=200&dir=rtl")


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ({}, USUAL),
        ({"scheme": "dark", "width": "480"}, Conditions(scheme="dark", width=480)),
        ({"width": "9999", "zoom": "200"}, Conditions(width=900, zoom=200)),
        ({"width": "1", "dir": "rtl"}, Conditions(width=320, dir="rtl")),
        ({"scheme": "<b>", "images": "all", "zoom": "9", "dir": "up", "width": "-5"}, USUAL),
        ({"width": "\u0664\u0668\u0660"}, USUAL),
    ],
)
def test_what_an_address_cannot_mean_is_as_usual(query: dict[str, str], conditions: Conditions) -> None:
    assert conditions_of(query) == conditions


def test_a_condition_set_twice_is_as_before() -> None:
    dark = USUAL.turned("scheme", "dark")
    assert (dark.query, dark.turned("scheme", "dark")) == ("?scheme=dark", USUAL)
