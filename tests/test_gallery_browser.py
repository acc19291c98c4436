"""The shipped themes in a real Chromium: what can be read, and what fits."""

from collections.abc import Iterator

import browser
import pytest
from browser import Browser, chromium
from playwright.sync_api import Page
from test_gallery import NAMES, everywhere, mail, web

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(browser.skip_reason()), reason=browser.skip_reason()),
]
# Of every element with words of its own: those words, the ratio to the nearest ground that is painted (WCAG 2.2).
CONTRASTS = """() => {
  const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const rgba = (said) => said.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const found = rgba(getComputedStyle(one).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const one of document.querySelectorAll("body *")) {
    const words = [...one.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim()).join(" ").trim();
    if (!words || words === "\\u00a0" || !one.getClientRects().length) continue;
    const pair = [light(rgba(getComputedStyle(one).color)), light(ground(one))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${words.slice(0, 40)}`);
  }
  return low;
}"""


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def shown(running: Browser, html: str, *, width: int = 700, scheme: str = "light") -> Page:
    context = running.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_content(html)
    return page


@everywhere
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_in_light_and_in_dark(running: Browser, name: str, side: str, scheme: str) -> None:
    for html in (mail(name, side), web(name, side)):
        page = shown(running, html, scheme=scheme)
        assert page.evaluate(CONTRASTS) == []
        page.context.close()


@everywhere
@pytest.mark.parametrize("width", [320, 375, 600, 1000])
def test_nothing_is_wider_than_the_screen(running: Browser, name: str, side: str, width: int) -> None:
    for html in (mail(name, side), web(name, side)):
        page = shown(running, html, width=width)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        page.context.close()


@pytest.mark.parametrize("side", ["ltr", "rtl"])
def test_a_digest_has_two_columns_where_there_is_room_and_one_on_a_phone(running: Browser, side: str) -> None:
    tops = "() => [...document.querySelectorAll('.pair .mj-column-per-50')].slice(0, 2).map((one) => one.getBoundingClientRect()).map((box) => [box.top, box.left])"
    wide, narrow = (shown(running, mail("digest", side), width=width).evaluate(tops) for width in (700, 375))

    assert wide[0][0] == wide[1][0]
    assert (wide[0][1] < wide[1][1]) is (side == "ltr")
    assert narrow[0][0] < narrow[1][0]
    assert narrow[0][1] == narrow[1][1]


@pytest.mark.parametrize("name", NAMES)
def test_without_pictures_their_words_can_be_read(running: Browser, name: str) -> None:
    page = shown(running, mail(name, "ltr"))
    pictures = page.evaluate(
        "() => [...document.images].map((one) => [one.alt, getComputedStyle(one).color !== getComputedStyle(one).backgroundColor])"
    )

    assert pictures
    assert all(alt and seen for alt, seen in pictures)
