"""Working on an edition in the preview: what is done in a real Chromium is in the manuscript, line for line."""

import contextlib
import difflib
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import browser
import pytest
from browser import Browser
from conftest import Ran
from judges import axe
from mailservers import post
from playwright.sync_api import Page, expect
from previews import commanded
from windows import PATIENCE_MS, Recorder, overheard, windows

from composer.app import open_newsroom

Cli = Callable[..., Ran]
See = Callable[..., Page]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(browser.skip_reason()), reason=browser.skip_reason()),
]


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with contextlib.closing(Recorder()) as recorder, overheard(recorder) as started:
        yield started
        assert recorder.heard_of("example") == []  # whatever was done, nothing was asked of anybody


@pytest.fixture
def look(chrome: Browser) -> Iterator[See]:
    with windows(chrome) as open_window:
        yield open_window


@pytest.fixture
def manuscript(folder: Path, cli: Cli) -> Path:
    assert cli("draft", "The price of salt", "--pick", "1", "--pick", "2").code == 0
    return folder / "editions" / "the-price-of-salt.md"


@pytest.fixture
def see(look: See, folder: Path, manuscript: Path) -> Iterator[See]:
    """Open a view of the edition, proved."""
    assert manuscript.exists()
    with contextlib.ExitStack() as open_previews:

        def see(view: str, **environment: str) -> Page:
            url = open_previews.enter_context(commanded(folder, **environment))
            page = look(url)
            page.goto(url.removesuffix("mail") + view)
            expect(page.locator("#remarks")).not_to_contain_text("reading", timeout=PATIENCE_MS)
            return page

        yield see


def texts() -> list[str]:
    with open_newsroom() as room:
        return [one.text for one in room.store.editions.revisions(1)]


def messages() -> list[str]:
    with open_newsroom() as room:
        return [one.message for one in room.store.editions.revisions(1)]


def headlines(manuscript: Path) -> list[str]:
    return re.findall(r"^headline: (.+)$", manuscript.read_text(encoding="utf-8"), re.MULTILINE)


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came."""
    told = list(difflib.ndiff(before.split("\n"), after.split("\n")))
    return [line[2:] for line in told if line.startswith("- ")], [line[2:] for line in told if line.startswith("+ ")]


def brief(page: Page, headline: str):  # noqa: ANN201 # Playwright's own locator
    return page.locator(".piece", has_text=headline)


FIRST, SECOND = "Salt is getting dearer", "A ferry for Batumi"


def test_a_brief_is_dragged_to_another_place_and_its_lines_stay_as_typed(see: See, manuscript: Path) -> None:
    before = manuscript.read_text(encoding="utf-8")
    page = see("arrange")
    assert headlines(manuscript) == [FIRST, SECOND]
    brief(page, SECOND).drag_to(brief(page, FIRST), target_position={"x": 200, "y": 4})
    expect(page.locator("#live")).to_contain_text("brief moved (revision 2)", timeout=PATIENCE_MS)
    assert headlines(manuscript) == [SECOND, FIRST]
    assert sorted(manuscript.read_text(encoding="utf-8").split("\n")) == sorted(before.split("\n"))
    assert texts()[-1] == manuscript.read_text(encoding="utf-8")
    assert messages()[-1] == "brief moved"
    moved = page.frame_locator("#frame-desktop")
    page.keyboard.press("1")
    expect(moved.locator("body")).to_contain_text(re.compile(f"{SECOND}.*{FIRST}", re.DOTALL), timeout=PATIENCE_MS)


def test_dropped_below_the_middle_it_comes_to_stand_after(see: See, manuscript: Path) -> None:
    page = see("arrange")
    box = brief(page, SECOND).bounding_box()
    assert box is not None
    brief(page, FIRST).drag_to(brief(page, SECOND), target_position={"x": 200, "y": box["height"] - 4})
    expect(page.locator("#live")).to_contain_text("brief moved", timeout=PATIENCE_MS)
    assert headlines(manuscript) == [SECOND, FIRST]


def test_the_handle_moves_a_block_by_keys_however_fast_they_come(see: See, manuscript: Path) -> None:
    page = see("arrange")
    kinds = page.locator(".piece .kind").all_text_contents()
    grip = brief(page, FIRST).locator(".grip")
    grip.focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(page.locator("#live")).to_contain_text("(revision 4)", timeout=PATIENCE_MS)
    at = kinds.index("brief")
    expect(page.locator(".piece .kind").nth(at - 3)).to_have_text("brief")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert FIRST in focused
    page.keyboard.press("ArrowDown")
    expect(page.locator("#live")).to_contain_text("(revision 5)", timeout=PATIENCE_MS)


def test_at_the_ends_a_handle_moves_nothing(see: See) -> None:
    page = see("arrange")
    page.locator(".grip").first.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#live")).to_contain_text("(revision 2)", timeout=PATIENCE_MS)
    assert len(texts()) == 2


def test_a_block_is_taken_out_and_undo_brings_it_back_to_the_byte(see: See, manuscript: Path) -> None:
    before = manuscript.read_bytes()
    page = see("arrange")
    brief(page, SECOND).get_by_role("button", name="Take out").click()
    expect(page.locator("#live")).to_contain_text("taken out", timeout=PATIENCE_MS)
    assert headlines(manuscript) == [FIRST]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#live")).to_contain_text("taken back: brief taken out (revision 3)", timeout=PATIENCE_MS)
    assert manuscript.read_bytes() == before
    page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("nothing was changed from this preview")


def test_undo_never_takes_back_what_somebody_wrote_since(see: See, manuscript: Path) -> None:
    page = see("arrange")
    brief(page, SECOND).get_by_role("button", name="Take out").click()
    expect(page.locator("#live")).to_contain_text("taken out", timeout=PATIENCE_MS)
    written = manuscript.read_text(encoding="utf-8").replace(FIRST, "Salt costs more")
    manuscript.write_text(written, encoding="utf-8")
    expect(brief(page, "Salt costs more")).to_be_visible(timeout=PATIENCE_MS)
    page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("written on since “brief taken out”", timeout=PATIENCE_MS)
    assert manuscript.read_text(encoding="utf-8") == written


def test_a_picked_article_is_put_in_with_its_source(see: See, manuscript: Path) -> None:
    page = see("arrange")
    expect(page.locator(".picks")).to_contain_text("No picked article waits")
    brief(page, SECOND).get_by_role("button", name="Take out").click()
    expect(page.locator("#live")).to_contain_text("taken out", timeout=PATIENCE_MS)
    text = manuscript.read_text(encoding="utf-8")
    manuscript.write_text(text[: text.index("::: source #the-salt-road-2")], encoding="utf-8")
    page.locator(".pick").drag_to(brief(page, FIRST), target_position={"x": 200, "y": 4})
    expect(page.locator("#live")).to_contain_text(f"brief put in: {SECOND}", timeout=PATIENCE_MS)
    assert headlines(manuscript) == [SECOND, FIRST]
    assert manuscript.read_text(encoding="utf-8").rstrip().endswith('article: "2"\n:::')
    expect(page.locator(".pick")).to_have_count(0, timeout=PATIENCE_MS)


def test_an_article_whose_source_is_there_still_is_put_in_where_the_profile_has_it(see: See, manuscript: Path) -> None:
    before = manuscript.read_text(encoding="utf-8")
    page = see("arrange")
    brief(page, SECOND).get_by_role("button", name="Take out").click()
    page.get_by_role("button", name="Put in").click(timeout=PATIENCE_MS)
    expect(page.locator("#live")).to_contain_text(f"brief put in: {SECOND}", timeout=PATIENCE_MS)
    assert manuscript.read_text(encoding="utf-8") == before
    expect(page.locator(".pick")).to_have_count(0, timeout=PATIENCE_MS)


@pytest.mark.parametrize(
    ("place", "key", "line"),
    [
        (".subject", "subject", "subject: Salt, and what it costs"),
        (".preheader", "preheader", "preheader: Salt, and what it costs"),
        ("#title", "title", "title: Salt, and what it costs"),
    ],
)
def test_words_are_changed_in_their_place(see: See, manuscript: Path, place: str, key: str, line: str) -> None:
    before = manuscript.read_text(encoding="utf-8")
    page = see("mail")
    page.locator(f"{place} .in-place").click()
    page.get_by_role("textbox", name=key).fill("Salt, and what it costs")
    page.keyboard.press("Enter")
    expect(page.locator(place)).to_have_text("Salt, and what it costs", timeout=PATIENCE_MS)
    gone, came = changed(before, manuscript.read_text(encoding="utf-8"))
    assert (len(gone), came) == (1, [line])
    assert gone[0].startswith(f"{key}: ")


def test_the_headline_of_a_brief_is_changed_where_it_stands(see: See, manuscript: Path) -> None:
    page = see("arrange")
    brief(page, FIRST).locator(".in-place").click()
    page.get_by_role("textbox", name="headline").fill("Salt costs more: “a lot”")
    page.keyboard.press("Enter")
    expect(brief(page, "Salt costs more")).to_be_visible(timeout=PATIENCE_MS)
    assert 'headline: "Salt costs more: “a lot”"' in manuscript.read_text(encoding="utf-8")


def test_escape_changes_nothing_and_a_save_meanwhile_leaves_what_is_typed(see: See, manuscript: Path) -> None:
    page = see("mail")
    page.keyboard.press("e")
    typed = page.get_by_role("textbox", name="subject")
    typed.fill("Half a thou")
    text = manuscript.read_text(encoding="utf-8").replace(FIRST, "Salt costs more")
    manuscript.write_text(text, encoding="utf-8")
    expect(page.frame_locator("#frame-desktop").locator("body")).to_contain_text("Salt costs more", timeout=PATIENCE_MS)
    expect(typed).to_have_value("Half a thou")
    page.keyboard.press("Escape")
    expect(typed).to_have_count(0)
    assert manuscript.read_text(encoding="utf-8") == text


def test_a_warning_is_allowed_with_a_reason_and_stands_in_the_manuscript(see: See, manuscript: Path) -> None:
    page = see("proof")
    warning = page.locator("#remarks li.warning", has=page.locator(".where a")).first
    rule = warning.locator(".where code").first.inner_text()
    count = page.locator("#remarks li.warning").count()
    warning.get_by_role("button", name="Allow …").click()
    warning.get_by_label("Why is it right here?").fill("the editor knows")
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_contain_text(f"{rule} allowed: the editor knows", timeout=PATIENCE_MS)
    assert f"x-allow: {rule} the editor knows" in manuscript.read_text(encoding="utf-8")
    expect(page.locator("#remarks li.warning")).not_to_have_count(count, timeout=PATIENCE_MS)


def test_a_file_that_changed_meanwhile_is_left_alone_and_both_texts_are_shown(see: See, manuscript: Path) -> None:
    page = see("arrange")
    written = manuscript.read_text(encoding="utf-8").replace(FIRST, "Salt costs more")

    def meanwhile(route) -> None:  # noqa: ANN001 # Playwright's own
        manuscript.write_text(written, encoding="utf-8")
        route.continue_()

    page.route("**/acts/set", meanwhile)
    page.keyboard.press("e")
    page.get_by_role("textbox", name="subject").fill("What salt costs")
    page.keyboard.press("Enter")
    both = page.locator("#parted")
    expect(both).to_be_visible(timeout=PATIENCE_MS)
    expect(both.locator("#parted-theirs ins")).to_contain_text(["costs more"])
    expect(both.locator("#parted-yours ins").first).to_contain_text("What")
    assert axe(page) == []
    assert manuscript.read_text(encoding="utf-8") == written
    assert texts()[-1] == written  # what the editor saved is kept, too
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("textbox", name="subject")).to_have_value("What salt costs")  # her words are there still


def test_a_place_opens_in_an_editor_with_a_window_of_its_own(see: See, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    program = tmp_path / "gedit"
    program.write_text(f'#!/bin/sh\necho "$@" > {asked}.new && mv {asked}.new {asked}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    page = see("proof", EDITOR=str(program), VISUAL="")
    place = page.locator("#remarks .open").first
    place.click()
    expect(page.locator("#live")).to_contain_text("opened in gedit", timeout=PATIENCE_MS)
    line = place.get_attribute("data-line")
    for _ in range(100):
        if asked.exists():
            break
        page.wait_for_timeout(50)
    assert asked.read_text().startswith(f"+{line} ")
    assert asked.read_text().endswith("editions/the-price-of-salt.md\n")


def test_an_editor_of_the_terminal_cannot_be_opened_and_the_place_is_copied(see: See) -> None:
    page = see("proof", EDITOR="vi", VISUAL="")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.locator("#remarks .open").first
    button.click()
    expect(page.locator("#said")).to_contain_text("vi writes in a terminal", timeout=PATIENCE_MS)
    assert page.evaluate("navigator.clipboard.readText()") == button.get_attribute("data-place")
    page.keyboard.press("Escape")
    expect(page.locator("#said")).to_be_empty()


def test_a_remark_leads_to_its_place_in_the_mail(see: See) -> None:
    page = see("proof")
    copied = page.locator("#remarks li", has_text="The ferry begins in May")
    copied.get_by_role("link", name="See it").click()
    page.wait_for_url("**/mail#part-*")
    spot = page.locator(".paper.desktop .spot")
    expect(spot).to_be_visible(timeout=PATIENCE_MS)
    around, words = (
        one.bounding_box() for one in (spot, page.frame_locator("#frame-desktop").get_by_text("forty lorries").first)
    )
    assert around is not None
    assert words is not None
    assert around["y"] <= words["y"] < around["y"] + around["height"]
    page.keyboard.press("Escape")
    expect(page.locator(".spot")).to_have_count(0)


def test_every_sentence_of_a_brief_opens_on_the_sentence_it_stands_on(see: See, manuscript: Path) -> None:
    text = manuscript.read_text(encoding="utf-8").replace("Salt rose 12%", "Salt rose 14%")
    manuscript.write_text(text, encoding="utf-8")
    page = see("evidence")
    claim = page.locator(".claim", has_text="Salt rose 14%")
    expect(claim.locator("mark.red")).to_have_text("14%")
    expect(claim.locator("blockquote")).to_contain_text("Salt rose 12% in a year, the port authority says.")
    expect(claim.locator(".findings")).to_contain_text("the source has “12%”")
    other = page.locator(".claim", has_text="Traders blame the roads")
    expect(other.locator("blockquote")).to_be_hidden()
    other.locator("summary").click()
    expect(other.locator("blockquote")).to_contain_text("which nobody has mended since the flood")
    manuscript.write_text(text.replace("14%", "12%"), encoding="utf-8")
    expect(page.locator("mark.red", has_text="14%")).to_have_count(0, timeout=PATIENCE_MS)
    expect(other.locator("blockquote")).to_be_visible()  # what was open stays open


def test_the_size_by_block_and_every_link_with_where_it_ran(see: See, cli: Cli) -> None:
    page = see("proof")
    told = page.locator("section:has(> #size-title)").locator("tbody td:nth-child(3)").all_inner_texts()
    sizes = [int(words.replace(",", "")) for words in told]
    weighed = cli("weigh", "1", "--json").out
    assert f'"bytes": {sum(sizes)},' in weighed
    links = page.locator("section:has(> #links-title)")
    expect(links.locator("tbody tr")).to_have_count(2)
    expect(links).to_contain_text("https://salt.example.org/dearer")
    expect(links.locator("tbody tr").first).to_contain_text("not in any")


def test_a_test_mail_goes_to_the_addresses_that_are_chosen(see: See, folder: Path) -> None:
    settings = folder / "newsletter.toml"
    text = settings.read_text(encoding="utf-8")
    listed = 'test_addresses = ["ana@example.org", "sam@example.org"]'
    settings.write_text(re.sub(r"test_addresses = \[\]", listed, text), encoding="utf-8")
    with post(lambda step, to: "550 Nobody here" if (step, to) == ("rcpt", "sam@example.org") else "") as server:
        page = see("proof", SMTP_URL=server.url)
        page.get_by_label("sam@example.org").uncheck()
        page.get_by_role("button", name="Send test mail").click()
        expect(page.locator("#live")).to_contain_text("test mail: ana@example.org: taken", timeout=PATIENCE_MS)
        assert [to for _, to, _ in server.letters] == ["ana@example.org"]
        page.get_by_label("sam@example.org").check()
        page.get_by_role("button", name="Send test mail").click()
        expect(page.locator("#said")).to_contain_text("sam@example.org: refused, 550 Nobody here", timeout=PATIENCE_MS)
        assert axe(page) == []


def test_without_a_server_the_preview_says_which_variable_names_one(see: See, folder: Path) -> None:
    settings = folder / "newsletter.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("test_addresses = []", 'test_addresses = ["ana@example.org"]'), encoding="utf-8")
    page = see("proof", SMTP_URL="")
    page.get_by_role("button", name="Send test mail").click()
    expect(page.locator("#said")).to_contain_text("SMTP_URL is not set", timeout=PATIENCE_MS)
