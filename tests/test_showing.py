"""What the preview is handed: the newest text, in the theme as it stands now, with the remarks on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Ran

from composer.app import open_newsroom
from composer.cli.demonstration import settle
from composer.cli.showing import Showing

PRINTS = "http://127.0.0.1:1/prints/"
RULE = "templates/mine/parts/divider.mjml.j2"


@pytest.fixture
def showing(tmp_path: Path, cli: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Iterator[Showing]:
    settle(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert cli("import", "seeds/editions").code == 0
    assert cli("theme", "new", "mine").code == 0
    manuscript = Path("editions/the-river-keeps-two-calendars.md")
    words = manuscript.read_text(encoding="utf-8").replace("theme: currents", "theme: mine")
    manuscript.write_text(words.replace("::: credits", "::: divider\n:::\n\n::: credits", 1), encoding="utf-8")
    with open_newsroom() as room:
        yield Showing(room, next(one.id for one in room.store.editions.all() if one.filename == manuscript.name))


def test_a_saved_part_of_a_theme_is_seen_at_the_next_rendering(showing: Showing) -> None:
    before = showing.rendered(PRINTS)
    part = Path(RULE)
    part.write_text(part.read_text(encoding="utf-8").replace("48px", "333px"), encoding="utf-8")
    after = showing.rendered(PRINTS)
    assert "333px" not in before.email_html
    assert "333px" in after.email_html


def test_the_same_file_gives_the_same_sheet(showing: Showing) -> None:
    assert showing.rendered(PRINTS).email_html == showing.rendered(PRINTS).email_html


def test_remarks_come_with_the_proof_and_stay_until_the_next(showing: Showing) -> None:
    first = showing.rendered(PRINTS)
    assert (first.proved, first.remarks) == (False, ())
    proved = showing.proved(first)
    assert proved.proved
    assert proved.remarks
    assert showing.rendered(PRINTS).remarks == proved.remarks


def test_a_file_that_comes_and_goes_beside_a_theme_disturbs_nothing(showing: Showing) -> None:
    Path("templates/mine/gone").symlink_to("nowhere")
    assert showing.rendered(PRINTS).email_html
