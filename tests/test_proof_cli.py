"""`currents proof` on a whole newsletter: what it knows of the past, what it mends, what it lists for approval."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from composer.app import open_newsroom
from composer.cli import mending

Cli = Callable[..., Ran]
Typing = Callable[..., None]


@pytest.fixture
def sample(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample newsletter with one edition published; its manuscript."""
    from composer.cli.demonstration import settle  # noqa: PLC0415

    settle(tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    for line in ("follow seeds/feeds.opml", "collect", "draft --from seeds/editions/the-river-keeps-two-calendars.md"):
        assert cli(*line.split()).code == 0
    assert cli("publish", "1").code == 0
    return next((tmp_path / "portolan" / "editions").glob("*.md"))


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    def answer(*answers: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in answers)))
        monkeypatch.setattr(mending.sys.stdin, "isatty", lambda: True, raising=False)

    return answer


def swap(manuscript: Path, was: str, now: str) -> None:
    text = manuscript.read_text(encoding="utf-8")
    assert was in text
    manuscript.write_text(text.replace(was, now), encoding="utf-8")


def revisions() -> list[str]:
    with open_newsroom() as room:
        return [one.text for one in room.store.editions.revisions(1)]


SPOILT = ("Both sides called it theft, and each", "Both sides called it  theft - and each")
MENDED = "Both sides called it theft - and each"


def test_changed_words_that_readers_have_want_a_correction_before_they_go_out_again(sample: Path, cli: Cli) -> None:
    swap(sample, "stood at 41% on the same day", "stood at 14% on the same day")
    told = cli("proof", "1")
    refused = cli("publish", "1")
    swap(
        sample,
        "::: credits\n",
        "::: correction\nkind: correction\ndate: 2026-03-06\nwas: 41%\nnow: 14%\n\nWe copied it wrong.\n:::\n\n::: credits\n",
    )

    assert (told.code, refused.code) == (7, 7)
    assert "error E-CORR: readers have it otherwise since 20" in told.out
    assert "was “41%”, now “14%”; tell them in a correction" in told.out
    assert "E-CORR" not in cli("proof", "1").out
    assert cli("publish", "1").code == 0
    assert "E-CORR" not in cli("proof", "1").out
    swap(sample, "stood at 14% on the same day", "stood at 41% on the same day")
    assert "E-CORR" in cli("proof", "1").out  # the note that went out tells of the other change


def test_a_slip_of_the_pen_may_be_mended_after_publication(sample: Path, cli: Cli) -> None:
    swap(sample, "each had a treaty to wave", "each had a traety to wave")

    assert "E-CORR" not in cli("proof", "1").out


def test_a_change_may_be_allowed_in_the_header_and_is_listed(sample: Path, cli: Cli) -> None:
    swap(sample, "stood at 41% on the same day", "stood at 14% on the same day")
    swap(sample, "\nprofile:", "\nx-allow: E-CORR readers never saw this page\nprofile:")
    told = cli("proof", "1")

    assert "E-CORR:" not in told.out
    assert "allowed: E-CORR in the header (line " in told.out
    assert told.out.rstrip().splitlines()[-2].endswith("): readers never saw this page")


def test_a_subject_that_went_out_before_is_named_with_its_edition(sample: Path, cli: Cli) -> None:
    assert cli("draft", "The river keeps two calendars!").code == 0

    assert "warning I-SUBJ-REUSED: edition 1 (20" in cli("proof", "2").out
    assert "I-SUBJ-REUSED" not in cli("proof", "1").out


def test_an_id_that_was_changed_is_an_error(sample: Path, cli: Cli) -> None:
    swap(sample, "id: 01KJD0TY301HSQV8778DZY9JNM", "id: 01KJD0TY301HSQV8778DZY9JNX")

    assert "error S-ID: the id is 01KJD0TY301HSQV8778DZY9JNM for ever" in cli("proof", "1").out


def test_fix_shows_what_it_mends_asks_and_keeps_it_as_a_revision(sample: Path, cli: Cli, typing: Typing) -> None:
    swap(sample, *SPOILT)
    typing("y")
    done = cli("proof", "1", "--fix")

    assert done.code == 0
    assert "it[-  -]{+ +}theft" in done.out
    assert "Mend T-TYPO-SPACE, 1 passage? [Y/n]" in done.err
    assert "T-TYPO-SPACE mended, revision 3" in done.err
    assert [MENDED in text for text in revisions()] == [False, False, True]
    assert MENDED in sample.read_text(encoding="utf-8")


def test_an_answer_of_no_changes_nothing(sample: Path, cli: Cli, typing: Typing) -> None:
    swap(sample, *SPOILT)
    typing("n")

    assert cli("proof", "1", "--fix").code == 0
    assert len(revisions()) == 2
    assert SPOILT[1] in sample.read_text(encoding="utf-8")


def test_without_anybody_to_ask_nothing_is_changed(sample: Path, cli: Cli) -> None:
    swap(sample, *SPOILT)
    done = cli("proof", "1", "--fix")

    assert (done.code, done.err) == (2, "currents: --fix: nothing was changed; add --yes to keep this\n")
    assert SPOILT[1] in sample.read_text(encoding="utf-8")


def test_yes_goes_with_fix_and_json_shows_no_changes_beside_the_remarks(sample: Path, cli: Cli) -> None:
    swap(sample, *SPOILT)

    assert cli("proof", "1", "--yes").code == cli("proof", "1", "--fix", "--json").code == 2
    assert json.loads(cli("proof", "1", "--fix", "--yes", "--json").out)["edition"] == 1
    assert MENDED in sample.read_text(encoding="utf-8")
    assert cli("proof", "1", "--fix", "--yes").err == "nothing here that --fix can mend\n"


def test_guesses_are_asked_one_by_one_and_never_taken_unseen(sample: Path, cli: Cli, typing: Typing) -> None:
    swap(sample, "forwarders at the ports still plan by those tables", "forwarders still plan by those tables today")
    swap(sample, *SPOILT)
    unasked = cli("proof", "1", "--fix", "--yes")
    typing("y")
    asked = cli("proof", "1", "--fix")

    assert "1 mend left that only you can judge: run --fix without --yes" in unasked.err
    assert "Mend E-TIME, 1 passage? [Y/n]" in asked.err
    assert "plan by those tables on 18 February" in sample.read_text(encoding="utf-8")


def test_a_file_that_changed_meanwhile_is_not_written_over(
    sample: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap(sample, *SPOILT)
    shown = mending.show

    def saves(found: object) -> None:
        swap(sample, "Both sides", "All sides")
        shown(found)  # type: ignore[arg-type]

    monkeypatch.setattr(mending, "show", saves)
    done = cli("proof", "1", "--fix", "--yes")

    assert done.code == 6
    assert "changed meanwhile; nothing was changed" in done.err
    assert "All sides called it  theft" in sample.read_text(encoding="utf-8")
