"""Quick changes by command: only what was asked for changes, each is one revision, and nobody's text is lost."""

import difflib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from composer.app import open_newsroom

Cli = Callable[..., Ran]


@pytest.fixture
def manuscript(folder: Path, cli: Cli) -> Path:
    assert cli("draft", "The price of salt", "--pick", "1", "--pick", "2").code == 0
    return folder / "editions" / "the-price-of-salt.md"


def texts() -> list[str]:
    with open_newsroom() as room:
        return [one.text for one in room.store.editions.revisions(1)]


def changed_lines() -> tuple[list[str], list[str]]:
    """Return the lines that the newest revision took away and those that it added."""
    before, after = (text.split("\n") for text in texts()[-2:])
    told = list(difflib.ndiff(before, after))
    return [line[2:] for line in told if line.startswith("- ")], [line[2:] for line in told if line.startswith("+ ")]


def test_blocks_are_listed_with_number_name_line_words_and_beginning(manuscript: Path, cli: Cli) -> None:
    listed = json.loads(cli("blocks", "1", "--json").out)
    lines = manuscript.read_text(encoding="utf-8").split("\n")

    assert listed["revision"] == 1
    assert [one["number"] for one in listed["blocks"]] == list(range(1, len(listed["blocks"]) + 1))
    brief = next(one for one in listed["blocks"] if one["block"] == "brief")
    assert lines[brief["line"] - 1] == "::: brief"
    assert brief["words"] > 10
    assert brief["begins"].startswith("Salt rose 12% in a year")
    assert sum(one["tk"] for one in listed["blocks"]) == sum("TK" in line for line in lines[lines.index("", 5) :])
    assert "brief" in cli("blocks", "1").out


def test_an_added_block_stands_where_it_is_asked_for_with_tk_for_the_rest(manuscript: Path, cli: Cli) -> None:
    done = cli("add-block", "1", "photo#quay", "src=photos/quay.jpg", "credit=Sam: The Wire", "--after", "lede")

    gone, new = changed_lines()
    assert done.code == 0
    assert "photo#quay added, revision 2" in done.out
    assert gone == []
    wanted = [
        "::: photo #quay", "src: photos/quay.jpg", "alt: TK", 'credit: "Sam: The Wire"', 'width: "1200"',
        'height: "800"', "caption: TK", "rights: TK", ":::", "",
    ]  # fmt: skip
    assert sorted(new) == sorted(wanted)
    assert "\n".join(wanted) in texts()[-1]
    listed = [one["block"] for one in json.loads(cli("blocks", "1", "--json").out)["blocks"]]
    assert listed[:2] == ["lede", "photo#quay"]
    assert texts()[-1] == manuscript.read_text(encoding="utf-8")


def test_an_added_block_without_a_place_goes_where_the_profile_has_it(manuscript: Path, cli: Cli) -> None:
    cli("add-block", "1", "figure")
    cli("add-block", "1", "source#wire", "title=Salt")

    kinds = [one["block"] for one in json.loads(cli("blocks", "1", "--json").out)["blocks"]]
    assert kinds[kinds.index("figure") - 1] == "brief"
    assert kinds[-1] == "source#wire"


def test_the_words_of_a_new_block_come_from_a_file(manuscript: Path, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("Moscow: a line\n\n::: why\nthat closes nothing\n:::\n", encoding="utf-8")

    done = cli("add-block", "1", "prose", "--body", str(tmp_path / "words.txt"), "--before", "why")

    assert done.code == 0
    assert changed_lines()[0] == []
    assert "that closes nothing" in texts()[-1]
    assert [one["block"] for one in json.loads(cli("blocks", "1", "--json").out)["blocks"]].count("why") == 1


def test_a_snippet_is_put_in_filled(manuscript: Path, cli: Cli) -> None:
    done = cli("add-block", "1", "--snippet", "correction", "was=We said 12.", "now=It is 14.")

    assert done.code == 0
    assert "correction added" in done.out
    assert "We said 12. That was wrong. It is 14." in texts()[-1]


def test_a_moved_block_takes_its_lines_along(manuscript: Path, cli: Cli) -> None:
    done = cli("move", "1", "photo", "--before", "lede")

    gone, new = changed_lines()
    assert done.code == 0
    assert sorted(filter(None, gone)) == sorted(filter(None, new))
    assert json.loads(cli("blocks", "1", "--json").out)["blocks"][0]["block"] == "photo"


def test_a_dropped_block_is_still_in_the_revision_before(manuscript: Path, cli: Cli) -> None:
    done = cli("drop", "1", "pullquote")

    assert done.code == 0
    assert "pullquote dropped (revision 1 has it), revision 2" in done.out
    assert changed_lines()[1] == []
    assert "::: pullquote" in texts()[0]


def test_fields_of_header_and_block_are_set_on_their_own_lines(manuscript: Path, cli: Cli) -> None:
    cli("set", "1", "dek=Salt: the price", "byline=Nino Example", "byline=Sam Example")
    assert changed_lines() == (
        ["dek: TK One or two sentences under the headline.", "  - TK"],
        ['dek: "Salt: the price"', "  - Nino Example", "  - Sam Example"],
    )

    cli("set", "1", "photo", "alt=A quay", "id=quay")
    assert changed_lines() == (["::: photo", "alt: TK"], ["::: photo #quay", "alt: A quay"])


def test_a_windows_file_with_notes_and_unknown_kinds_keeps_every_other_byte(manuscript: Path, cli: Cli) -> None:
    typed = "\ufeff" + manuscript.read_text(encoding="utf-8").replace("\n", "\r\n")
    typed += "<!-- ours -->\r\n::: poem #p\r\nx:  y\r\n\r\n  Kept.  \r\n:::\r\n"
    manuscript.write_bytes(typed.encode())

    for words in (("set", "1", "photo", "alt=A quay"), ("add-block", "1", "quote"), ("drop", "1", "quote")):
        assert cli(*words).code == 0

    assert manuscript.read_bytes().decode() == typed.replace("alt: TK\r\n", "alt: A quay\r\n")


def test_nothing_to_change_is_no_revision(manuscript: Path, cli: Cli) -> None:
    cli("set", "1", "photo", "alt=A quay")

    again = cli("set", "1", "photo", "alt=A quay")

    assert "nothing to change, revision 2" in again.out
    assert len(texts()) == 2


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("add-block", "1"), 2, "name a kind"),
        (("add-block", "1", "phto"), 2, "phto: no kind of block; did you mean photo?"),
        (("add-block", "1", "photo", "crdit=x"), 2, "crdit: no field of photo; did you mean credit?"),
        (("add-block", "1", "photo", "--after", "a", "--before", "b"), 2, "give one of them"),
        (("add-block", "1", "photo", "--after", "quai"), 5, "quai: no such block"),
        (("add-block", "1", "photo", "--body", "no.txt"), 2, "no.txt: cannot be read"),
        (("add-block", "1", "photo", "loose"), 2, "loose: write KEY=VALUE"),
        (("add-block", "1", "photo#a b"), 2, "a b: no name for a block"),
        (("add-block", "1", "quote#the-salt-road-1"), 2, "the source on line"),
        (("set", "1", "credits", "photo editor=Ana"), 2, "photo editor: no field of credits"),
        (("add-block", "1", "--snippet", "corection"), 5, "did you mean correction?"),
        (("move", "1", "why"), 2, "say where to"),
        (("move", "1", "why", "--after", "99"), 5, "99: no such block"),
        (("drop", "1", "prose"), 2, "several blocks are called so"),
        (("set", "1", "why"), 2, "say what to set"),
        (("set", "1", "id=x"), 2, "identity never changes"),
        (("set", "9", "dek=x"), 5, "no edition 9"),
        (("set", "1", "--revision", "7", "dek=x"), 6, "changed meanwhile, it is revision 1, not 7"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    manuscript: Path, cli: Cli, words: tuple[str, ...], code: int, sentence: str
) -> None:
    before = manuscript.read_bytes()

    done = cli(*words)

    assert done.code == code
    assert sentence in done.err
    assert done.err.count("\n") == 1
    assert manuscript.read_bytes() == before
    assert len(texts()) == 1


def test_what_lies_in_the_file_is_kept_before_it_is_changed(manuscript: Path, cli: Cli) -> None:
    manuscript.write_text(manuscript.read_text(encoding="utf-8").replace("TK The turn", "Who pays"), encoding="utf-8")

    cli("set", "1", "dek=Salt")

    assert ["Who pays" in text for text in texts()] == [False, True, True]


def test_several_people_changing_at_once_lose_nothing(manuscript: Path) -> None:
    keys = [f"x-{number}" for number in range(6)]
    program = [sys.executable, "-m", "composer", "set", "1"]
    runs = [subprocess.Popen([*program, f"{key}=1"], stderr=subprocess.PIPE, stdout=subprocess.PIPE) for key in keys]
    codes = {key: run.wait(timeout=120) for key, run in zip(keys, runs, strict=True)}
    for run in runs:
        run.communicate()

    every = texts()
    assert set(codes.values()) <= {0, 6}
    assert 0 in codes.values()
    assert all(any(f"{key}:" in text for text in every) for key, code in codes.items() if code == 0)
    assert manuscript.read_text(encoding="utf-8") in every


def test_words_are_counted_against_the_budgets(manuscript: Path, cli: Cli) -> None:
    told = json.loads(cli("words", "1", "--json").out)
    shown = cli("words", "1")

    brief = next(one for one in told["places"] if one["name"] == "brief")
    assert (brief["least"], brief["most"], told["most"], told["words_a_minute"]) == (50, 160, 2000, 238)
    assert brief["over"] == brief["words"] - 50
    assert f"{50 - brief['words']} short" in shown.out
    assert "at most 2,000" in shown.out
    assert "about 1 min at 238 words a minute" in shown.err

    cli("drop", "1", "why")
    assert re.search(r"why +0 +60–120 +missing", cli("words", "1").out)


def test_every_tk_is_named_with_its_line_and_a_finished_edition_says_so(manuscript: Path, cli: Cli) -> None:
    lines = manuscript.read_text(encoding="utf-8").split("\n")
    said = cli("tk", "1").out.splitlines()

    assert [int(line.split(":")[1]) for line in said] == [
        at - (line == "  - TK")
        for at, line in enumerate(lines, 1)
        if re.search(r"\bTK\b", line)  # a list is named by its key, and an edition's id may have both letters
    ]
    assert "subhead: TK The turn" in "\n".join(said)
    assert len(json.loads(cli("tk", "1", "--json").out)) == len(said)

    manuscript.write_text("\n".join(lines).replace("TK", "Words"), encoding="utf-8")
    assert "everything is written" in cli("tk", "1").err
