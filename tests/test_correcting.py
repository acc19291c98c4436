"""What was wrong when readers had it: corrected, told of in the next edition, or taken back; dated, and never silently."""

import json
import re
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import lxml.html
import pytest
from salt import SITE, Cli, draft, found, put_out

from composer.app import open_newsroom
from composer.desk.changing import change
from composer.desk.correcting import retract
from composer.desk.publishing import publish
from composer.desk.revising import Copy, take_in
from composer.manuscript import load

ATOM = "{http://www.w3.org/2005/Atom}"
MANUSCRIPT = Path("editions/salt-1.md")
WRONG = ("--was", "dearer than bread", "--now", "dearer than flour")
TOLD = "Salt is dearer than flour; we had mixed up two columns."
MAIL = Path("outbox/mail/salt-1")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    newsletter = found(tmp_path)
    monkeypatch.chdir(newsletter)
    return newsletter


def said() -> str:
    return MANUSCRIPT.read_text(encoding="utf-8")


def json_item(title: str = "Salt 1") -> dict:  # type: ignore[type-arg]
    items = json.loads((SITE / "feed.json").read_text(encoding="utf-8"))["items"]
    return next(item for item in items if item["title"] == title)


def atom_entry(title: str = "Salt 1") -> dict[str, str]:
    entries = ET.parse(SITE / "atom.xml").getroot().iter(f"{ATOM}entry")  # noqa: S314 (our own)
    entry = next(one for one in entries if one.findtext(f"{ATOM}title") == title)
    return {name: entry.findtext(f"{ATOM}{name}") or "" for name in ("id", "published", "updated", "content")}


def linked_data(number: int) -> dict:  # type: ignore[type-arg]
    root = lxml.html.fromstring((SITE / f"editions/salt-{number}/index.html").read_bytes())
    return json.loads(root.xpath("//script[@type='application/ld+json']/text()")[0])


def correct(cli: Cli, *words: str) -> None:
    ran = cli("correct", "1", *(words or (*WRONG, "--words", TOLD)))
    assert ran.code == 0, ran.err


def put_out_earlier(cli: Cli) -> None:
    """Publish edition 1 some minutes ago, so that a change of it is later by more than a second."""
    draft(cli, 1)
    with open_newsroom() as room:
        earlier = room.clock() - timedelta(minutes=5)
    with open_newsroom(clock=lambda: earlier) as room:
        publish(room.press, room.dock, take_in(room.desk, 1))


# Corrections


def test_a_correction_is_told_wherever_the_edition_is_under_the_same_identity(folder: Path, cli: Cli) -> None:
    put_out_earlier(cli)
    before, atom = json_item(), atom_entry()
    correct(cli)
    assert cli("publish", "1").out.splitlines()[-1] == "Salt 1: corrected, revision 2; its mail is not sent again"

    after = json_item()
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])
    assert after["date_modified"] > before["date_published"]
    assert TOLD in after["content_html"]
    assert "dearer than flour" in after["content_html"]
    mended = atom_entry()
    assert (mended["id"], mended["published"]) == (atom["id"], atom["published"])
    assert mended["updated"] > atom["updated"]
    assert linked_data(1)["correction"][0]["text"].startswith(TOLD)
    page = (SITE / "editions/salt-1/index.html").read_text(encoding="utf-8")
    assert "We wrote: dearer than bread" in page
    assert "It should say: dearer than flour" in page
    assert re.search(r"<strong>Correction · \d+ \w+ 20\d\d</strong>", (SITE / "index.html").read_text(encoding="utf-8"))
    year = json.loads((SITE / "search/2026.json").read_text(encoding="utf-8"))
    assert "Correction · " in year["editions"][0]["date"]
    with open_newsroom() as room:
        assert room.store.editions.get(1).status == "corrected"
        assert [event.step for event in room.store.events.of(1)] == ["published", "corrected"]


def test_wrong_words_are_found_over_the_ends_of_lines_and_only_in_our_own(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    words = (
        said()
        .replace("dearer than bread", "dearer than\nbread")
        .replace("title: What salt costs\n", "title: Salt is dearer than bread\n")
    )
    MANUSCRIPT.write_text(words, encoding="utf-8")
    assert cli("publish", "1").code == 0
    correct(cli)
    assert "Salt is dearer than flour in the town" in said()
    assert "title: Salt is dearer than bread\n" in said()  # a source's own words


def test_words_that_stand_in_several_places_are_named_by_line(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    before = said()
    refused = cli("correct", "1", "--was", "Salt", "--now", "Sugar")
    assert refused.code == 2
    assert re.search(r"“Salt” stands in lines 4, 17, 21; give more of the words, or --all", refused.err), refused.err
    assert cli("correct", "1", "--was", "sugar", "--now", "salt").code == 2
    assert cli("correct", "1", "--was", "salt").code == 2
    assert said() == before
    correct(cli, "--was", "everybody in town", "--now", "everybody in town and beyond", "--all", "--words", TOLD)
    assert "everybody in town and beyond" in said()


def test_what_no_reader_has_needs_no_correction(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    refused = cli("correct", "1", *WRONG)
    assert (refused.code, "Salt 1 is draft: no reader has it; `currents edit 1`" in refused.err) == (6, True)


def test_without_words_a_place_waits_and_nothing_goes_out(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    ran = cli("correct", "1", *WRONG)
    assert re.match(r"editions/salt-1\.md:\d+: correction, revision 2", ran.out)
    assert "write what happened there (`currents edit 1 --at :" in ran.err
    assert cli("publish", "1").code == 7
    assert "dearer than bread" in json_item()["content_html"]


def test_changed_words_without_a_correction_are_refused_and_slips_are_not(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    words = said()
    MANUSCRIPT.write_text(words.replace("dearer than bread", "cheaper than bread and sugar"), encoding="utf-8")
    assert cli("publish", "1").code == 7
    assert "E-CORR" in cli("proof", "1").out
    MANUSCRIPT.write_text(words.replace("nobody there", "noboby there"), encoding="utf-8")
    assert cli("publish", "1").code == 0
    with open_newsroom() as room:
        assert room.store.editions.get(1).status == "published"


def test_a_block_that_was_wrong_is_named(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    MANUSCRIPT.write_text(said().replace("::: link\n", "::: link #town\n"), encoding="utf-8")
    assert cli("publish", "1").code == 0
    correct(cli, "--was", "everybody in town", "--now", "the mayor", "--words", "Only the mayor was asked.")
    assert "target: town\n" in said()
    assert cli("publish", "1").code == 0
    stories = json.loads((SITE / "stories/feed.json").read_text(encoding="utf-8"))["items"]
    assert "Only the mayor was asked." in stories[0]["content_html"]


# The note in the next edition


def test_the_next_edition_has_a_note_of_it_once(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    correct(cli)
    cli("publish", "1")
    begun = cli("draft", "The next")
    assert "The next (edition 2) has a note of what was corrected in Salt 1" in begun.err
    next_one = Path("editions/the-next.md").read_text(encoding="utf-8")
    notes = load(next_one).manuscript.of("correction")
    assert [(note.get("of"), note.get("was"), note.body) for note in notes] == [
        ("salt-1", "dearer than bread", f"[Salt 1](https://portolan.example.org/editions/salt-1/): {TOLD}")
    ]
    assert "has a note" not in cli("draft", "Another").err


def test_a_draft_that_is_being_written_gets_the_note(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    draft(cli, 2)
    correct(cli)
    assert "Salt 2 (edition 2) has a note of what was corrected in Salt 1" in cli("publish", "1").err
    assert "of: salt-1" in Path("editions/salt-2.md").read_text(encoding="utf-8")
    correct(cli, "--was", "everybody in town", "--now", "the mayor", "--words", "Only the mayor was asked.")
    assert cli("publish", "1").code == 0
    words = Path("editions/salt-2.md").read_text(encoding="utf-8")
    assert (words.count(TOLD), words.count("Only the mayor was asked.")) == (1, 1)  # the second note is of the second


def test_a_draft_that_parted_from_the_store_gets_no_note_and_the_correction_goes_out(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    draft(cli, 2)
    correct(cli)
    Path("editions/salt-2.md").write_text("", encoding="utf-8")
    ran = cli("publish", "1")
    assert (ran.code, "Salt 2: gets no note of it now" in ran.err) == (0, True)
    assert "has a note of what was corrected in Salt 1" in cli("draft", "Another").err


def test_a_note_of_another_edition_is_no_correction_of_this_one(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    draft(cli, 2)
    correct(cli)
    cli("publish", "1")
    assert cli("publish", "2").code == 0
    assert "correction" not in linked_data(2)
    assert "corrections" not in json_item("Salt 2")["_currents"]
    page = (SITE / "editions/salt-2/index.html").read_text(encoding="utf-8")
    assert page.index("nobody there can say why") < page.index(TOLD)  # where it stands, not on top
    with open_newsroom() as room:
        assert room.store.editions.get(2).status == "published"


# Retractions


def test_what_is_taken_back_leaves_the_reason_in_its_place(folder: Path, cli: Cli) -> None:
    put_out_earlier(cli)
    put_out(cli, 2)
    before, mail = json_item(), {path.name: path.read_bytes() for path in MAIL.iterdir()}
    ran = cli("retract", "1", "--because", "The town was another one.", "--yes")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Salt 1: retracted")

    after = json_item()
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])
    assert "The town was another one." in after["content_html"]
    assert "dearer than bread" not in after["content_html"]
    page = (SITE / "editions/salt-1/index.html").read_text(encoding="utf-8")
    assert ("Retraction · " in page, "dearer than bread" in page) == (True, False)
    assert "<strong>Retraction · " in (SITE / "index.html").read_text(encoding="utf-8")
    assert {path.name: path.read_bytes() for path in MAIL.iterdir()} == mail
    with open_newsroom() as room:
        assert "dearer than bread" in room.store.editions.revision(1, 1).text
    assert cli("publish", "1").code == cli("retract", "1", "--because", "Again.", "--yes").code == 6
    assert cli("feed", "--pages").code == 0
    assert (SITE / "editions/salt-1/index.html").read_text(encoding="utf-8") == page


def test_nothing_is_taken_back_unasked(folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    put_out(cli, 1)
    before = said()
    monkeypatch.setattr("composer.cli.screen.ask", lambda *_, **__: False)
    assert "nothing was changed" in cli("retract", "1", "--because", "No.").err
    assert said() == before
    assert cli("retract", "1", "--because", " ", "--yes").code == 2
    draft(cli, 2)
    assert cli("retract", "2", "--because", "No.", "--yes").code == 6


def test_a_retraction_that_was_cut_off_goes_on(folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    put_out(cli, 1)

    def stop(*_: object) -> None:
        raise OSError

    with open_newsroom() as room:
        monkeypatch.setattr("composer.desk.correcting.withdraw", stop)
        with pytest.raises(OSError):  # noqa: PT011 (it stands for the end of the process)
            retract(room.press, room.dock, take_in(room.desk, 1), "The town was another one.", "2026-11-26")
        monkeypatch.undo()
        monkeypatch.chdir(folder)
        copy = take_in(room.desk, 1)
        assert (copy.revision.number, copy.edition.status) == (2, "published")
        retract(room.press, room.dock, copy, "The town was another one.", "2026-11-26")
        assert room.store.editions.get(1).revision == 2
    assert "The town was another one." in json_item()["content_html"]


def test_an_edition_with_corrections_in_two_languages_is_marked_in_its_own(folder: Path, cli: Cli) -> None:
    draft(cli, 1)
    MANUSCRIPT.write_text(said().replace("lang: en\n", "lang: de\n"), encoding="utf-8")
    with open_newsroom() as room:
        publish(room.press, room.dock, take_in(room.desk, 1))
        copy: Copy = take_in(room.desk, 1)
        text = copy.revision.text.replace(
            "::: source", '::: correction\nkind: correction\ndate: "2026-11-26"\n\nEin Wort.\n:::\n\n::: source', 1
        )
        publish(room.press, room.dock, change(room.desk, copy, text, message="correct"))
    assert re.search(
        r"<strong>Korrektur · \d+\. \w+ 20\d\d</strong>", (SITE / "index.html").read_text(encoding="utf-8")
    )
