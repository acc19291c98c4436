"""`currents propose`, `quotes` and `subjects` as an editor uses them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import raw_texts
from conftest import Ran

from composer import resources
from composer.cli import proposing
from composer.manuscript import load

Cli = Callable[..., Ran]
GLUED = str(resources.samples() / "texts" / "glued.txt")


@pytest.fixture
def raw(folder: Path) -> Path:
    file = folder / "raw.txt"
    file.write_text(raw_texts.ESSAY, encoding="utf-8")
    return file


def drafts(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "editions").glob("*.md"))


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Answer the questions that are asked, as if a person sat there."""

    def answer(*answers: str) -> None:
        given = iter(answers)
        monkeypatch.setattr(proposing.sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(proposing.screen, "ask", lambda *_, **__: next(given) == "yes")

    return answer


def test_without_a_terminal_it_prints_the_manuscript_and_the_reasons_and_writes_nothing(folder: Path, cli: Cli) -> None:
    done = cli("propose", GLUED)

    assert done.code == 0
    assert len(load(done.out).manuscript.of("lede")) == 3
    assert "5  quote       90%  a paragraph of quoted words; the review says it" in done.err
    assert "nothing was written; --yes takes all of it" in done.err
    assert drafts(folder) == []


def test_yes_begins_one_draft_with_every_story(folder: Path, cli: Cli) -> None:
    done = cli("propose", GLUED, "--yes", "--title", "Three things")

    kept = load((folder / "editions" / "three-things.md").read_text(encoding="utf-8")).manuscript
    assert done.out.startswith("   1  Three things: editions/three-things.md")
    assert [len(kept.of(kind)) for kind in ("section", "lede", "quote", "photo", "why")] == [3, 3, 1, 1, 1]
    assert kept.get("id")


def test_apart_begins_a_draft_for_each_story(folder: Path, cli: Cli) -> None:
    done = cli("propose", GLUED, "--yes", "--apart")

    assert done.code == 0
    assert len(drafts(folder)) == 3


def test_out_adds_below_an_editions_own_words(folder: Path, raw: Path, cli: Cli) -> None:
    cli("draft", "The price of salt")
    before = (folder / "editions" / "the-price-of-salt.md").read_text(encoding="utf-8")

    done = cli("propose", str(raw), "--out", "1", "--yes")

    after = (folder / "editions" / "the-price-of-salt.md").read_text(encoding="utf-8")
    assert done.code == 0
    assert after.startswith(before.rstrip())
    assert len(load(after).manuscript.of("pullquote")) == len(load(before).manuscript.of("pullquote")) + 2
    assert cli("revisions", "1", "--show", "1").out == before


def test_an_edition_whose_last_block_is_open_is_left_alone(folder: Path, raw: Path, cli: Cli) -> None:
    cli("draft", "The price of salt")
    file = folder / "editions" / "the-price-of-salt.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n::: why\n\nBecause\n", encoding="utf-8")
    before = file.read_text(encoding="utf-8")

    done = cli("propose", str(raw), "--out", "1", "--yes")

    assert done.code == 6
    assert "the-price-of-salt.md: line 63: why is not closed" in done.err
    assert "nothing was changed" in done.err
    assert file.read_text(encoding="utf-8") == before


def test_on_a_terminal_only_what_is_confirmed_is_taken(
    folder: Path, cli: Cli, on_a_terminal: Callable[..., None]
) -> None:
    on_a_terminal("no", "yes", "no")

    cli("propose", GLUED, "--title", "Hazelnuts")

    kept = load((folder / "editions" / "hazelnuts.md").read_text(encoding="utf-8")).manuscript
    assert kept.of("lede")[0].body.startswith("Hazelnut exports")
    assert len(kept.of("lede")) == 1


def test_when_nothing_is_confirmed_nothing_is_written(
    folder: Path, cli: Cli, on_a_terminal: Callable[..., None]
) -> None:
    on_a_terminal("no", "no", "no")

    assert cli("propose", GLUED).code == 5
    assert drafts(folder) == []


def test_json_gives_lines_offsets_reasons_and_confidence(folder: Path, raw: Path, cli: Cli) -> None:
    said = json.loads(cli("propose", str(raw), "--json").out)

    block = next(block for block in said["stories"][0]["blocks"] if block["kind"] == "pullquote")
    assert raw_texts.ESSAY[block["start"] : block["end"]] == block["body"]
    assert (block["first_line"], block["fields"], block["confidence"] > 0) == (3, {"origin": "display"}, True)
    assert said["editions"] == []
    assert drafts(folder) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nothing.txt",), 5, "nothing.txt: no such file"),
        ((GLUED, "--out", "7", "--yes"), 5, "no edition 7"),
        ((GLUED, "--out", "soon"), 2, "give draft, or the number of an edition"),
        ((GLUED, "--out", "1", "--apart"), 2, "leave --title and --apart out"),
        ((GLUED, "--apart", "--title", "One", "--yes"), 2, "seems to hold 3 stories"),
    ],
)
def test_what_cannot_be_meant_is_one_line(folder: Path, cli: Cli, words: tuple[str, ...], code: int, said: str) -> None:
    done = cli("propose", *words)

    assert (done.code, done.err.count("\n")) == (code, 1)
    assert said in done.err
    assert drafts(folder) == []


def test_quotes_name_a_speaker_only_where_the_text_does(folder: Path, raw: Path, cli: Cli) -> None:
    raw.write_text(raw_texts.INTERVIEW + "\n" + raw_texts.AGENCY, encoding="utf-8")
    cli("propose", str(raw), "--yes", "--title", "Birds")

    found = json.loads(cli("quotes", "1", "--json").out)["quotations"]

    speakers = {one["words"][:14]: one["speaker"] for one in found}
    assert speakers["We were told i"]["name"] == "Petra Lund"
    assert speakers["Nobody ever as"]["kind"] == "none"
    assert all(one["score"] == pytest.approx(sum(one["terms"].values()), abs=0.011) for one in found)


def test_quotes_say_that_there_is_no_good_one(folder: Path, cli: Cli) -> None:
    (folder / "dull.txt").write_text("The minister called it “a day like any other” and left.\n", encoding="utf-8")
    cli("propose", "dull.txt", "--yes", "--title", "Dull")

    assert cli("quotes", "1").out.startswith("no good quotation: the best scores")


def test_quotes_of_an_article_and_of_a_source_say_where_they_stand(folder: Path, cli: Cli) -> None:
    (folder / "said.txt").write_text(raw_texts.AGENCY, encoding="utf-8")
    number = cli("add", "said.txt").out.split()[0]
    cli("draft", "Salt", "--pick", number)

    of_article = json.loads(cli("quotes", "--article", number, "--json").out)["quotations"]
    of_edition = json.loads(cli("quotes", "1", "--json").out)["quotations"]

    assert of_article[0]["speaker"]["name"] == "Petra Lund"
    assert f"article {number}" in of_edition[0]["places"]
    assert cli("quotes").code == 2


def test_subjects_are_offered_and_never_set(folder: Path, cli: Cli) -> None:
    cli("propose", GLUED, "--yes", "--title", "A poem that nobody wrote in 61 notebooks")
    file = folder / "editions" / "a-poem-that-nobody-wrote-in-61-notebooks.md"
    before = file.read_bytes()

    found = json.loads(cli("subjects", "1", "--json").out)

    assert 1 < len(found) <= 5
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    assert all(len(one["subject"]) <= 60 and "TK" not in one["subject"] for one in found)
    assert file.read_bytes() == before


def test_subjects_say_what_they_are_cut_from(folder: Path, cli: Cli) -> None:
    cli("draft", "A poem that nobody wrote")

    assert cli("subjects", "1").out.splitlines()[1].startswith("       24 characters, from the title; ")


def test_an_earlier_editions_subject_is_not_offered_again(folder: Path, cli: Cli) -> None:
    cli("propose", GLUED, "--yes", "--title", "A poem that nobody wrote in 61 notebooks")
    cli("propose", GLUED, "--yes", "--title", "A poem that nobody wrote in 61 notebooks")

    found = json.loads(cli("subjects", "2", "--json").out)

    assert "A poem that nobody wrote in 61 notebooks" not in [one["subject"] for one in found]


@pytest.mark.parametrize("title", ["Act now: the free guide to the harbour", "THE HARBOUR IS CLOSED AGAIN TODAY!!"])
def test_words_of_unwanted_mail_and_shouting_are_not_offered(folder: Path, cli: Cli, title: str) -> None:
    cli("draft", title)

    assert json.loads(cli("subjects", "1", "--json").out) == []
