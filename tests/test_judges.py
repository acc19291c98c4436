"""What programs of others say about what leaves: on every kind of block, in both directions, in every shipped theme."""

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gallery
import pytest
from browser import chromium, skip_reason
from editions import PUBLISHED
from judges import (
    atom_faults,
    axe,
    beyond_mail,
    compile_by_npm,
    html_validate,
    json_feed_faults,
    spam,
    vnu,
)
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Route

from composer.rendering.email import finish_html, print_html, set_mjml
from composer.rendering.envelope import to_bytes

rooms = pytest.mark.parametrize(("name", "direction"), gallery.ROOMS)
in_chromium = pytest.mark.skipif(bool(skip_reason()), reason=skip_reason())
ABOUT_A_WHOLE_SITE = ("landmark-one-main", "region")  # a mail stands inside its client's page
WIDTHS = (600, 375)
VISIBLE = 24  # of 255: a difference that an eye could see beside the other


@pytest.fixture(scope="module")
def outbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample newsletter's outbox, as `currents demo` leaves it."""
    root = tmp_path_factory.mktemp("judged") / "sample"
    subprocess.run([sys.executable, "-m", "composer", "demo", str(root)], check=True, capture_output=True)
    return root / "outbox"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_the_html_checkers_find_no_error_on_any_page_of_the_sample(outbox: Path) -> None:
    pages = sorted((outbox / "site").rglob("*.html"))

    assert len(pages) > 2
    assert vnu(pages) == []
    assert html_validate(pages, "standard") == []


def test_the_html_checkers_find_no_error_in_any_theme(tmp_path: Path) -> None:
    pages = [_written(tmp_path / f"page-{name}-{way}.html", gallery.web_page(name, way)) for name, way in gallery.ROOMS]
    mails = [
        _written(tmp_path / f"mail-{name}-{way}.html", gallery.message(name, way).html) for name, way in gallery.ROOMS
    ]

    complaints = vnu([*pages, *mails])
    assert [one for one in complaints if one.startswith("page-")] == []
    assert beyond_mail([one for one in complaints if one.startswith("mail-")]) == []
    assert html_validate(pages, "standard") == []
    # The wide box is a div that says it is an article: mail clients drop the element, not the role.
    assert [one for one in html_validate(mails, "a11y") if "prefer-native-element" not in one] == []


def test_the_html_checkers_see_what_is_wrong(tmp_path: Path) -> None:
    wrong = _written(tmp_path / "wrong.html", "<!doctype html><title>x</title><p><div id=a></div></p><img src=a>")

    assert any("alt" in one for one in vnu([wrong]))
    assert html_validate([wrong], "standard") != []


@in_chromium
@pytest.mark.browser
@rooms
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_page_and_mail(browser: Browser, name: str, direction: str, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    page.route("**/*", _developed)
    try:
        page.set_content(gallery.web_page(name, direction))
        assert axe(page) == []
        page.set_content(gallery.message(name, direction).html)
        assert axe(page, without=ABOUT_A_WHOLE_SITE) == []
    finally:
        page.close()


@in_chromium
@pytest.mark.browser
def test_axe_sees_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<html lang="en"><title>x</title><main><h1>x</h1><p style="color:#bbb">pale</p></main></html>')

    assert [one.split(":")[0] for one in axe(page)] == ["color-contrast"]


@rooms
def test_a_spam_filter_finds_nothing_in_the_mail(name: str, direction: str) -> None:
    score, rules = spam(gallery.letter(name, direction))

    assert rules == {}
    assert score <= 0.5


def test_a_spam_filter_finds_nothing_in_the_sample(outbox: Path) -> None:
    letters = sorted(outbox.rglob("*.eml"))

    assert letters
    assert {letter.parent.name: spam(letter.read_bytes()) for letter in letters} == {
        letter.parent.name: (pytest.approx(0, abs=0.5), {}) for letter in letters
    }


def test_the_spam_filter_knows_spam_when_it_sees_it() -> None:
    # The pattern that every filter knows (GTUBE); parted here, so that this file is no spam.
    pattern = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-" + "UBE-TEST-EMAIL*C.34X"
    letter = replace(gallery.message("currents", "ltr"), text=pattern)
    score, rules = spam(to_bytes(letter, date=PUBLISHED, message_id="<salt.1@news.example.org>"))

    assert score > 500
    assert "GTUBE" in rules


@in_chromium
@pytest.mark.browser
def test_two_engines_draw_the_same_mail(browser: Browser) -> None:
    """MJML's own compiler and ours, on the same source: no pixel differs visibly at either width."""
    issues = {f"{name}-{way}": (gallery.laid(way), gallery.theme(name)) for name, way in gallery.ROOMS}
    set_up = {key: set_mjml(told, theme) for key, (told, theme) in issues.items()}
    theirs = compile_by_npm({key: mjml for key, (mjml, _) in set_up.items()})

    for key, (told, theme) in issues.items():
        finished = finish_html(theirs[key], set_up[key][1], told, theme)
        for width in WIDTHS:
            ours, other = (_drawn(browser, html, width) for html in (print_html(told, theme), finished))
            assert _differing(ours, other) == 0, f"{key} at {width}"


@in_chromium
@pytest.mark.browser
def test_a_difference_of_one_pixel_is_seen(browser: Browser) -> None:
    html = print_html(gallery.laid("ltr"), gallery.theme("currents"))
    moved = html.replace("</head>", "<style>h1{position:relative;top:1px}</style></head>", 1)

    assert _differing(_drawn(browser, html, 600), _drawn(browser, html, 600)) == 0
    assert _differing(_drawn(browser, html, 600), _drawn(browser, moved, 600)) > 0


def test_every_feed_of_the_sample_keeps_its_schema(outbox: Path) -> None:
    atoms = sorted((outbox / "site").rglob("atom.xml"))
    jsons = sorted((outbox / "site").rglob("*.json"))
    jsons = [file for file in jsons if b"jsonfeed.org/version" in file.read_bytes()]

    assert atoms
    assert jsons
    assert {str(file): atom_faults(file.read_bytes()) for file in atoms} == {str(file): [] for file in atoms}
    assert {str(file): json_feed_faults(file.read_bytes()) for file in jsons} == {str(file): [] for file in jsons}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<updated>", b"<modified>"),
        (b"<id>", b"<guid>"),
        (b'rel="self"', b'rel=""'),
        (b'type="html"', b'type="markdown"'),
    ],
)
def test_the_grammar_of_atom_sees_what_is_wrong(outbox: Path, right: bytes, wrong: bytes) -> None:
    feed = (outbox / "site" / "atom.xml").read_bytes()
    broken = feed.replace(right, wrong).replace(right.replace(b"<", b"</"), wrong.replace(b"<", b"</"))

    assert broken != feed
    assert atom_faults(broken) != []


def test_the_schema_of_json_feed_sees_what_is_wrong(outbox: Path) -> None:
    feed = (outbox / "site" / "feed.json").read_bytes()

    assert json_feed_faults(feed.replace(b'"id":', b'"guid":')) != []


def _written(file: Path, html: str) -> Path:
    file.write_text(html, encoding="utf-8")
    return file


def _developed(route: Route) -> None:
    """Answer for the photos of the edition, from memory; nothing else is there."""
    size = gallery.PHOTOS.get(route.request.url)
    if size is None:
        route.abort()
        return
    picture = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(picture, "PNG")
    route.fulfill(body=picture.getvalue(), content_type="image/png")


def _drawn(browser: Browser, html: str, width: int) -> Image.Image:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.route("**/*", _developed)
    try:
        page.set_content(html, wait_until="load")
        return Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    finally:
        page.close()


def _differing(one: Image.Image, other: Image.Image) -> int:
    """Count the pixels that differ visibly; another size is all of them."""
    if one.size != other.size:
        return max(one.width * one.height, other.width * other.height)
    bands = ImageChops.difference(one, other).split()
    worst = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return sum(worst.histogram()[VISIBLE + 1 :])
