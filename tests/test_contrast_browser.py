"""The colours that proof works out are those that a real browser shows, in every shipped theme, by day and in the dark."""

from collections.abc import Iterator

import pytest
from browser import chromium, skip_reason
from editions import THEMES, every_kind, issue, with_header
from playwright.sync_api import Browser

from composer.proofs.cascade import seen
from composer.proofs.opened import opened
from composer.rendering import load_theme
from composer.rendering.email import print_html

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(skip_reason()), reason=skip_reason())]
SHIPPED = sorted(file.parent.name for file in THEMES.glob("*/theme.toml"))
# Every element that has words of its own, with its colour and the nearest opaque ground below it.
PAIRS = """() => {
  const hex = colour => {
    const [red, green, blue, alpha = 1] = colour.match(/[\\d.]+/g).map(Number)
    return [`#${[red, green, blue].map(one => one.toString(16).padStart(2, '0')).join('')}`, alpha]
  }
  const ground = element => {
    for (let here = element; here; here = here.parentElement) {
      const [colour, alpha] = hex(getComputedStyle(here).backgroundColor)
      if (alpha === 1) return colour
    }
    return '#ffffff'
  }
  const reads = element => element.tagName === 'IMG'
    ? element.alt.trim()
    : [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
  return [...document.body.querySelectorAll(':not(style)')]
    .filter(element => reads(element) && element.checkVisibility())
    .map(element => `${hex(getComputedStyle(element).color)[0]} on ${ground(element)}`)
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("theme", SHIPPED)
def test_proof_sees_the_colours_that_a_browser_shows(browser: Browser, theme: str, lang: str) -> None:
    html = print_html(issue(with_header(every_kind(), lang=lang)), load_theme(theme, (THEMES,)))
    shown = []
    for scheme in ("light", "dark"):
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
        page.route("**/*", lambda route: route.abort())  # its pictures lie nowhere
        page.set_content(html, wait_until="domcontentloaded")
        shown.append(set(page.evaluate(PAIRS)))
        page.close()

    assert shown == [{f"{one.ink} on {one.paper}" for one in pairs} for pairs in seen(opened(html))]
