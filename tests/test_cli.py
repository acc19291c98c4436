"""The command line as an editor uses it."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FEED, Ran

from composer.cli.demonstration import settle

Cli = Callable[..., Ran]


def an_editor(tmp_path: Path, program: str) -> str:
    """Make a program that edits the file it is given, as $EDITOR does."""
    script = tmp_path / "editor.py"
    script.write_text(f"import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n{program}\n", encoding="utf-8")
    return f"{sys.executable} {script}"


def test_init_writes_settings_and_folders(tmp_path: Path, cli: Cli) -> None:
    done = cli("init", str(tmp_path / "tide"), "--name", "The Tide")

    assert done.code == 0
    assert 'name = "The Tide"' in (tmp_path / "tide" / "newsletter.toml").read_text(encoding="utf-8")
    assert {path.name for path in (tmp_path / "tide").iterdir()} == {
        "newsletter.toml", "seeds", "templates", "editions", "db", "outbox"
    }  # fmt: skip


def test_remarks_in_new_settings_stand_in_one_column_while_there_is_room(tmp_path: Path, cli: Cli) -> None:
    cli("init", str(tmp_path / "tide"), "--name", "The Morning Tide")
    cli("init", str(tmp_path / "long"), "--name", "A letter with a name that is far longer than the column")

    lines = (tmp_path / "tide" / "newsletter.toml").read_text(encoding="utf-8").splitlines()[4:12]
    assert {line.index(" # ") for line in lines} == {44}
    assert 'longer than the column" # as readers see it' in (tmp_path / "long" / "newsletter.toml").read_text("utf-8")


def test_init_leaves_an_existing_newsletter_alone(folder: Path, cli: Cli) -> None:
    before = (folder / "newsletter.toml").read_bytes()

    done = cli("init", str(folder))

    assert done.code == 6
    assert "exists already" in done.err
    assert (folder / "newsletter.toml").read_bytes() == before


def test_a_command_outside_a_newsletter_says_how_to_make_one(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    done = cli("articles")

    assert done.code == 5
    assert "`currents init` makes a newsletter" in done.err


def test_collecting_again_adds_nothing(folder: Path, cli: Cli) -> None:
    again = cli("collect")

    assert again.code == 0
    assert "nothing new" in again.out
    assert len(json.loads(cli("articles", "--json").out)) == 2


def test_following_again_adds_nothing(folder: Path, cli: Cli) -> None:
    again = cli("follow", "seeds/salt.xml")

    assert again.code == 0
    assert "followed already" in again.err
    assert len(json.loads(cli("sources", "--json").out)) == 1


def test_a_source_that_fails_stops_no_other_and_the_exit_code_says_so(folder: Path, cli: Cli) -> None:
    (folder / "seeds" / "other.xml").write_text(FEED.replace("salt", "other"), encoding="utf-8")
    cli("follow", "seeds/other.xml")
    (folder / "seeds" / "salt.xml").unlink()

    done = cli("collect")

    assert done.code == 1
    assert "✓ The Salt Road: 2 new" in done.out
    assert "seeds/salt.xml" in done.out or "no such file" in done.out
    assert "Traceback" not in done.err


def test_articles_are_found_by_their_words(folder: Path, cli: Cli) -> None:
    done = cli("articles", "bridges", "--json")

    assert [one["title"] for one in json.loads(done.out)] == ["Salt is getting dearer"]


@pytest.mark.parametrize("words", ['"', "(", "a AND", "*", "-", "NEAR(", "x:y", "'; drop table articles; --"])
def test_whatever_is_searched_for_is_never_an_error(folder: Path, cli: Cli, words: str) -> None:
    assert cli("articles", "--", words).code == 0


def test_a_wrong_since_says_what_is_allowed(folder: Path, cli: Cli) -> None:
    done = cli("articles", "--since", "last week")

    assert done.code == 2
    assert "2026-03-01" in done.err


def test_since_leaves_older_articles_out(folder: Path, cli: Cli) -> None:
    done = cli("articles", "--since", "2026-03-05", "--json")

    assert [one["title"] for one in json.loads(done.out)] == ["Salt is getting dearer"]


def test_a_spiked_article_is_listed_no_more_and_a_visit_does_not_bring_it_back(folder: Path, cli: Cli) -> None:
    cli("spike", "2")
    (folder / "seeds" / "salt.xml").write_text(FEED.replace("forty lorries", "fifty lorries"), encoding="utf-8")
    cli("collect")

    listed = {one["id"] for one in json.loads(cli("articles", "--json").out)}

    assert 2 not in listed
    assert "fifty" in cli("show", "2").out


def test_an_article_shows_its_words_and_where_they_come_from(folder: Path, cli: Cli) -> None:
    number = json.loads(cli("articles", "bridges", "--json").out)[0]["id"]

    shown = cli("show", str(number)).out

    assert "Salt is getting dearer" in shown
    assert "Nino Example" in shown
    assert "https://salt.example.org/dearer" in shown
    assert "Two of the three bridges are closed to lorries." in shown


@pytest.mark.parametrize(
    "words", [("show", "99"), ("pick", "1", "99"), ("edit", "99"), ("proof", "99"), ("publish", "9")]
)
def test_a_number_that_is_not_there_is_named(folder: Path, cli: Cli, words: tuple[str, ...]) -> None:
    done = cli(*words)

    assert done.code == 5
    assert "9" in done.err
    assert done.err.count("\n") == 1


def test_a_pick_that_fails_picks_nothing(folder: Path, cli: Cli) -> None:
    cli("pick", "1", "99")

    assert json.loads(cli("articles", "--state", "picked", "--json").out) == []


def test_a_draft_holds_each_pick_as_a_brief_whose_sentences_stand_in_the_source(folder: Path, cli: Cli) -> None:
    number = json.loads(cli("articles", "bridges", "--json").out)[0]["id"]

    done = cli("draft", "The price of salt", "--pick", str(number))

    text = (folder / "editions" / "the-price-of-salt.md").read_text(encoding="utf-8")
    assert done.code == 0
    assert "headline: Salt is getting dearer" in text
    assert "attribution: The Salt Road reports" in text
    assert "url: https://salt.example.org/dearer" in text
    assert "Salt rose 12% in a year, the port authority says." in text
    assert "TK" in text


def test_a_draft_without_picks_takes_what_was_picked_and_not_used(folder: Path, cli: Cli) -> None:
    cli("pick", "1")
    cli("draft", "First")
    cli("pick", "2")

    cli("draft", "Second")

    text = (folder / "editions" / "second.md").read_text(encoding="utf-8")
    assert text.count("::: brief") == 1
    assert "article: 2" in text or 'article: "2"' in text


def test_a_pick_that_a_new_draft_would_leave_out_is_told(folder: Path, cli: Cli) -> None:
    cli("draft", "First", "--pick", "1")

    done = cli("pick", "1", "2")

    assert done.out.count(" picked: ") == 2
    assert done.err == "      edition 1 has it already; a new draft takes it only with --pick 1\n"


def test_the_same_title_twice_makes_two_editions(folder: Path, cli: Cli) -> None:
    cli("draft", "Weekly")

    done = cli("draft", "Weekly")

    assert done.code == 0
    assert (folder / "editions" / "weekly-2.md").is_file()


def test_a_draft_does_not_pass_proof_and_says_where_words_are_missing(folder: Path, cli: Cli) -> None:
    cli("draft", "The price of salt", "--pick", "1")

    done = cli("proof", "1")

    assert done.code == 7
    assert "editions/the-price-of-salt.md:" in done.out
    assert "S-TK" in done.out


def test_proof_speaks_json(folder: Path, cli: Cli) -> None:
    cli("draft", "The price of salt")

    said = json.loads(cli("proof", "1", "--json").out)

    assert {"rule", "severity", "message", "file", "line", "block"} == set(said["remarks"][0])


def test_a_draft_with_errors_is_not_published(folder: Path, cli: Cli) -> None:
    cli("draft", "The price of salt")

    done = cli("publish", "1")

    assert done.code == 7
    assert "`currents proof 1` names them" in done.err
    assert list((folder / "outbox").iterdir()) == []


def test_what_is_edited_is_kept_as_a_revision(
    folder: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("draft", "The price of salt")
    change = "file.write_text(file.read_text().replace('TK The turn', 'Who pays'))"
    monkeypatch.setenv("VISUAL", an_editor(tmp_path, change))

    done = cli("edit", "1")

    assert done.code == 0
    assert "kept as revision 2" in done.out
    assert "Who pays" in cli("revisions", "1", "--show", "2").out
    assert "TK The turn" in cli("revisions", "1", "--show", "1").out


def test_what_is_written_outside_is_kept_too(folder: Path, cli: Cli) -> None:
    cli("draft", "The price of salt")
    path = folder / "editions" / "the-price-of-salt.md"
    path.write_text(path.read_text(encoding="utf-8").replace("TK The turn", "Who pays"), encoding="utf-8")

    cli("proof", "1")

    assert "Who pays" in cli("revisions", "1", "--show", "2").out


def test_a_manuscript_that_cannot_be_read_stays_as_it_lies(folder: Path, cli: Cli) -> None:
    cli("draft", "The price of salt")
    path = folder / "editions" / "the-price-of-salt.md"
    spoilt = path.read_bytes().replace(b"---\n", b"---\n\xff\xfe", 1)
    path.write_bytes(spoilt)

    done = cli("proof", "1")

    assert done.code == 1
    assert done.err.startswith("currents: editions/the-price-of-salt.md:2: not UTF-8; ")
    assert path.read_bytes() == spoilt
    path.unlink()  # as the message says
    assert cli("tk", "1").code == 0
    assert path.read_bytes() == spoilt.replace(b"\xff\xfe", b"")


def test_a_manuscript_that_went_missing_is_written_again(folder: Path, cli: Cli) -> None:
    cli("draft", "The price of salt")
    path = folder / "editions" / "the-price-of-salt.md"
    before = path.read_text(encoding="utf-8")
    path.unlink()

    cli("proof", "1")

    assert path.read_text(encoding="utf-8") == before


def test_an_editor_that_cannot_be_started_is_named(folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("draft", "The price of salt")
    monkeypatch.setenv("VISUAL", "no-such-editor-here")

    done = cli("edit", "1")

    assert done.code == 2
    assert "no-such-editor-here" in done.err
    assert "editions/the-price-of-salt.md" in done.err


def test_a_wrong_command_suggests_the_near_one(cli: Cli) -> None:
    done = cli("publsh")

    assert done.code == 2
    assert done.err == "currents: there is no command publsh; did you mean publish?\n"


def test_a_wrong_option_is_one_line_on_stderr(folder: Path, cli: Cli) -> None:
    done = cli("articles", "--wrong")

    assert done.code == 2
    assert done.err.count("\n") == 1


def test_words_from_a_feed_cannot_command_the_terminal(folder: Path, cli: Cli) -> None:
    hostile = FEED.replace("A ferry for Batumi", "A ferry\u202e for &#155;31mBatumi [bold]x[/bold]").replace(
        "salt-2", "salt-3"
    )
    (folder / "seeds" / "salt.xml").write_text(hostile.replace("/ferry", "/ferry3"), encoding="utf-8")
    cli("collect")

    listed = cli("articles").out

    assert "\u202e" not in listed
    assert "\x9b" not in listed
    assert "[bold]x[/bold]" in listed


def test_a_text_of_several_stories_is_proposed_and_not_guessed(folder: Path, cli: Cli) -> None:
    (folder / "seeds" / "notes.txt").write_text(
        "One story here.\nIt goes on.\nAnother story there.\nIt ends.\n", encoding="utf-8"
    )

    done = cli("add", "seeds/notes.txt", "--split", "1,3")

    assert done.code == 0
    assert done.out.count("added:") == 2
    assert cli("add", "seeds/notes.txt", "--split", "1,3").out.count("known already:") == 2


@pytest.mark.parametrize("lines", ["x", "0,2", "1,99"])
def test_a_split_that_cannot_be_is_refused(folder: Path, cli: Cli, lines: str) -> None:
    (folder / "notes.txt").write_text("One.\nTwo.\n", encoding="utf-8")

    done = cli("add", "notes.txt", "--split", lines)

    assert done.code == 2
    assert done.err.count("\n") == 1


def test_a_file_that_is_not_there_is_named(folder: Path, cli: Cli) -> None:
    for name in ("no.html", "no.md", "no.txt"):
        done = cli("add", name)

        assert done.code != 0
        assert name in done.err
        assert done.err.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    done = cli("init", str(tmp_path / "file" / "tide"))

    assert done.code == 1
    assert str(tmp_path / "file") in done.err
    assert done.err.count("\n") == 1


def test_a_store_of_a_newer_version_is_left_alone(folder: Path, cli: Cli) -> None:
    path = folder / "db" / "newsletter.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA user_version = 9999")
        store.commit()

    done = cli("articles")

    assert done.code == 1
    assert "newer" in done.err
    assert done.err.count("\n") == 1


def test_publishing_again_changes_nothing(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    cli("draft", "--from", "seeds/editions/nobody-lives-in-a-corridor.md")
    first = cli("publish", "1")
    before = {path: path.read_bytes() for path in Path("outbox").rglob("*") if path.is_file()}

    again, feeds = cli("publish", "1"), cli("feed")

    assert first.code == again.code == feeds.code == 0
    assert "nothing changed" in again.out
    assert "nothing changed" in feeds.out
    assert {path: path.read_bytes() for path in Path("outbox").rglob("*") if path.is_file()} == before


def test_an_edition_published_again_keeps_its_identity_and_its_date(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    cli("draft", "--from", "seeds/editions/the-river-keeps-two-calendars.md")
    cli("publish", "1")
    first = json.loads(Path("outbox/site/feed.json").read_text(encoding="utf-8"))["items"][0]
    manuscript = Path("editions/the-river-keeps-two-calendars.md")
    text = manuscript.read_text(encoding="utf-8")
    manuscript.write_text(
        text.replace("title: The river keeps two calendars", "title: Two calendars"), encoding="utf-8"
    )

    done = cli("publish", "1")

    second = json.loads(Path("outbox/site/feed.json").read_text(encoding="utf-8"))["items"][0]
    assert done.code == 0
    assert second["title"] == "Two calendars"
    assert [second[key] for key in ("id", "url", "date_published")] == [
        first[key] for key in ("id", "url", "date_published")
    ]


def test_the_demo_goes_the_whole_way(tmp_path: Path, cli: Cli) -> None:
    done = cli("demo", str(tmp_path / "demo"))

    assert done.code == 0
    for line in done.out.split("Open these:", 1)[1].split("Try next:", 1)[0].strip().splitlines():
        assert Path(line.strip().split("  (", 1)[0]).is_file()
    assert cli("demo", str(tmp_path / "demo")).code == 6


def test_a_pipe_that_nobody_reads_is_no_error(folder: Path) -> None:
    program = f"{sys.executable} -m composer articles --json | head -c 1"
    done = subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=False)

    assert done.stderr == ""
