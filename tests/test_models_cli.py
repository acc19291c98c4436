"""Language models on the command line: who is asked, what leaves the machine, what a draft then says of itself."""

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Ran
from endpoints import Says, Stub, endpoint, story

from composer.app import open_newsroom
from composer.desk.bureau.commissioning import commission
from composer.desk.bureau.rewriting import brief_of, put
from composer.desk.revising import take_in
from composer.manuscript import load

Cli = Callable[..., Ran]
KEY = "sk-planted-7Qm2VxT9cKzR4pLw"
SALT = "Salt rose 12% in a year, the port authority says."
FERRY = "The ferry begins in May."
GOOD = story("The Salt Road reports that salt rose 12% in a year.", SALT)
NAMES = ("CURRENTS_LLM_MODEL", "CURRENTS_LLM_BASE_URL", "CURRENTS_LLM_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_KEY")


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    with endpoint() as opened:
        opened.will_say(GOOD)
        yield opened


@pytest.fixture
def elsewhere(stub: Stub) -> Stub:
    """The stub under an address that reaches this machine and does not say so: no test may leave it."""
    return replace(stub, url=stub.url.replace("127.0.0.1", "0.0.0.0"))  # noqa: S104 (asked, not bound)


class Typist(io.StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        return True


def set_model(folder: Path, stub: Stub, *lines: str) -> None:
    table = "\n".join(["", "[model]", 'name = "small"', f'base_url = "{stub.url}"', *lines, ""])
    toml = folder / "newsletter.toml"
    toml.write_text(toml.read_text(encoding="utf-8").split("\n[model]")[0] + table, encoding="utf-8")


def drafted(cli: Cli, stub: Stub, *words: str) -> Ran:
    return cli("draft", "Salt", "--pick", "1", "--model", "small", "--base-url", stub.url, *words)


def manuscript(folder: Path, name: str = "salt") -> str:
    return (folder / "editions" / f"{name}.md").read_text(encoding="utf-8")


# Off until named


def test_no_model_is_asked_until_one_is_named(folder: Path, cli: Cli, stub: Stub) -> None:
    done = cli("draft", "Salt", "--pick", "1")

    assert (done.code, stub.asked) == (0, [])
    assert "x-ai" not in manuscript(folder)
    assert "disclosure" not in manuscript(folder)


def test_a_model_of_the_newsletter_is_asked_and_off_leaves_it_out_once(folder: Path, cli: Cli, stub: Stub) -> None:
    set_model(folder, stub)

    assert cli("draft", "Without", "--pick", "1", "--model", "off").code == 0
    assert stub.asked == []
    assert cli("draft", "With", "--pick", "1").code == 0
    assert "ai: generated" in manuscript(folder, "with")


def test_the_environment_names_a_model_too(folder: Path, cli: Cli, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURRENTS_LLM_MODEL", "of-env")
    monkeypatch.setenv("OPENAI_BASE_URL", stub.url)
    cli("draft", "Salt", "--pick", "1")

    assert [one.body["model"] for one in stub.asked] == ["of-env"]


def test_a_manuscript_that_is_written_already_is_not_given_to_a_model(folder: Path, cli: Cli, stub: Stub) -> None:
    (folder / "mine.md").write_text("---\ntitle: Mine\n---\n", encoding="utf-8")

    assert drafted(cli, stub).code == 0
    done = cli("draft", "--from", "mine.md", "--model", "small")
    assert done.code == 2
    assert "`currents rewrite`" in done.err


def test_without_a_brief_nobody_is_asked(folder: Path, cli: Cli, stub: Stub) -> None:
    done = cli("draft", "Empty", "--model", "small", "--base-url", stub.url)

    assert (done.code, stub.asked) == (0, [])


# What a draft says of itself


def test_a_draft_says_which_briefs_a_model_wrote_and_that_somebody_must_check_them(
    folder: Path, cli: Cli, stub: Stub
) -> None:
    stub.will_say(GOOD, story("The Salt Road reports that the ferry begins in May.", FERRY))
    done = cli("draft", "Salt", "--pick", "1", "--pick", "2", "--model", "small", "--base-url", stub.url)

    read = load(manuscript(folder)).manuscript
    assert done.code == 0
    assert [one.get("ai") for one in read.of("brief")] == ["generated", "generated"]
    assert [one.get("x-ai").split(",")[0] for one in read.of("brief")] == ["small", "small"]
    assert [one.body for one in read.of("brief")] == [
        "The Salt Road reports that salt rose 12% in a year.",
        "The Salt Road reports that the ferry begins in May.",
    ]
    assert read.get("ai") == "assisted"
    (disclosure,) = read.of("disclosure")
    assert "TK your name" in disclosure.body


def remarks(cli: Cli, number: int = 1) -> dict[str, str]:
    found = json.loads(cli("proof", str(number), "--json").out)["remarks"]
    return {one["rule"]: one["message"] for one in found}


def test_such_a_draft_owes_its_readers_nothing_more_on_ai_but_the_name(folder: Path, cli: Cli, stub: Stub) -> None:
    drafted(cli, stub)
    file = folder / "editions" / "salt.md"
    assert not [rule for rule in remarks(cli) if rule.startswith("E-AI")]

    file.write_text(manuscript(folder).replace("TK your name", "Nino Example"), encoding="utf-8")
    assert not [rule for rule in remarks(cli) if rule.startswith("E-AI")]

    file.write_text(manuscript(folder).replace("kind: ai", "kind: funding"), encoding="utf-8")
    assert "E-AI" in remarks(cli)


def test_a_brief_that_the_editor_worked_on_is_to_be_called_assisted(folder: Path, cli: Cli, stub: Stub) -> None:
    drafted(cli, stub)
    file = folder / "editions" / "salt.md"
    file.write_text(manuscript(folder).replace("salt rose 12%", "salt is 12% dearer"), encoding="utf-8")
    assert "what small wrote; write `ai: assisted`" in remarks(cli)["E-AI-EDITED"]

    file.write_text(manuscript(folder).replace("ai: generated", "ai: assisted"), encoding="utf-8")
    assert "E-AI-EDITED" not in remarks(cli)


def test_an_answer_that_is_refused_leaves_the_articles_own_sentences_and_a_note(
    folder: Path, cli: Cli, stub: Stub
) -> None:
    stub.will_say("I would rather not.")
    done = drafted(cli, stub)

    (brief,) = load(manuscript(folder)).manuscript.of("brief")
    assert done.code == 0
    assert brief.body.startswith("Salt rose 12% in a year, the port authority says.")
    assert (brief.get("ai"), "disclosure" in manuscript(folder)) == ("", False)
    assert "Salt is getting dearer: small handed in nothing usable, twice: it is not one whole JSON object" in done.err
    assert "Salt is getting dearer: its own sentences stand instead" in done.err


# Costs, and answers that are kept


def test_a_run_says_what_it_cost_and_a_second_one_asks_nobody(folder: Path, cli: Cli, stub: Stub) -> None:
    set_model(folder, stub, "price_in = 2.5", "price_out = 10")
    first = cli("draft", "Salt", "--pick", "1")
    second = cli("draft", "Salt", "--pick", "1")

    assert "small: 1 call, 120 tokens in, 30 out, $0.0006, " in first.err
    assert "small: 0 calls, 1 answer from the store, $0.0000\n" in second.err
    assert len(stub.asked) == 1


def test_without_prices_only_tokens_are_told(folder: Path, cli: Cli, stub: Stub) -> None:
    assert "small: 1 call, 120 tokens in, 30 out, " in drafted(cli, stub).err
    assert "$" not in drafted(cli, stub).err


# What leaves the machine


def test_a_host_on_this_machine_is_named_once_and_asks_for_nothing(folder: Path, cli: Cli, stub: Stub) -> None:
    said = "on this machine: article text stays here"

    assert said in drafted(cli, stub).err
    assert said not in drafted(cli, stub).err


def test_no_text_leaves_the_machine_until_somebody_agrees(folder: Path, cli: Cli, elsewhere: Stub) -> None:
    done = drafted(cli, elsewhere)

    assert done.code == 2
    assert elsewhere.asked == []
    host = elsewhere.url.split("/")[2]
    assert f"small: the text of articles leaves this machine and goes to {host}" in done.err
    assert "agree with --yes, once" in done.err
    assert not (folder / "editions" / "salt.md").exists()


def test_a_script_agrees_once_a_host(folder: Path, cli: Cli, elsewhere: Stub) -> None:
    assert drafted(cli, elsewhere, "--yes").code == 0

    again = drafted(cli, elsewhere)
    assert again.code == 0
    assert "leaves this machine" not in again.err
    port = "http://0.0.0.0:1/v1"
    assert drafted(cli, replace(elsewhere, url=port)).code == 2


@pytest.mark.parametrize(("typed", "asked"), [("y\n", 1), ("n\n", 0), ("\n", 0)])
def test_on_a_terminal_the_editor_is_asked(
    folder: Path, cli: Cli, elsewhere: Stub, monkeypatch: pytest.MonkeyPatch, typed: str, asked: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Typist(typed))

    done = drafted(cli, elsewhere)

    assert f"Send article text to {elsewhere.url.split('/')[2]}? [y/N]" in done.err
    assert (done.code, len(elsewhere.asked)) == (1 - asked, asked)


# The key is nowhere


@pytest.mark.parametrize("status", [200, 401, 429, 500])
def test_the_key_is_in_no_file_no_line_and_no_trace(
    folder: Path, cli: Cli, stub: Stub, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setenv("CURRENTS_LLM_API_KEY", KEY)
    monkeypatch.setenv("CURRENTS_TRACEBACK", "1")
    echo = story(f"The Salt Road reports that salt rose 12% in a year, {KEY}.", SALT)
    whole = json.dumps({"choices": [{"message": {"content": echo}}], "error": {"message": f"bad key {KEY}"}})
    stub.will_say(Says(whole, status=status, headers={"Retry-After": "0", "X-Key": KEY}))
    said = [drafted(cli, stub), cli("rewrite", "1", "1", "--model", "small", "--base-url", stub.url), cli("doctor")]

    assert all(one.headers["Authorization"] == f"Bearer {KEY}" for one in stub.asked)
    assert stub.asked
    assert not [one for one in said if KEY in one.out + one.err]
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any(file.suffix == ".sqlite3" for file in files)
    assert not [file for file in files if KEY.encode() in file.read_bytes()]


@pytest.mark.parametrize("line", [f'api_key = "{KEY}"', f'key_variable = "{KEY}"'])
def test_a_key_in_the_settings_is_refused_and_not_repeated(folder: Path, cli: Cli, stub: Stub, line: str) -> None:
    set_model(folder, stub, line)
    done = cli("editions")

    assert done.code == 2
    assert "newsletter.toml:" in done.err
    assert KEY not in done.err


# What goes wrong


@pytest.mark.parametrize(("status", "code"), [(401, 3), (403, 3), (404, 1), (429, 8), (503, 1)])
def test_a_model_that_does_not_answer_is_one_line_and_no_edition(
    folder: Path, cli: Cli, stub: Stub, status: int, code: int
) -> None:
    stub.will_say(Says(status=status, headers={"Retry-After": "0"}))
    done = drafted(cli, stub)

    assert done.code == code
    assert done.err.splitlines()[-1].startswith("currents: 127.0.0.1:")
    assert cli("editions").out == ""


def test_what_came_before_a_failure_is_not_paid_for_again(folder: Path, cli: Cli, stub: Stub) -> None:
    stub.will_say(Says(json.dumps({"choices": [{"message": {"content": GOOD}}]})), Says(status=404))
    both = ("draft", "Salt", "--pick", "1", "--pick", "2", "--model", "small", "--base-url", stub.url)
    assert cli(*both).code == 1

    stub.will_say(story("The Salt Road reports that the ferry begins in May.", FERRY))
    done = cli(*both)
    assert (done.code, len(stub.asked)) == (0, 3)
    assert "small: 1 call, 1 answer from the store" in done.err


# rewrite


def rewritten(cli: Cli, stub: Stub, *words: str) -> Ran:
    return cli("rewrite", "1", "1", "--model", "small", "--base-url", stub.url, *words)


def test_rewrite_replaces_one_briefs_words_and_keeps_the_text_before(folder: Path, cli: Cli, stub: Stub) -> None:
    cli("draft", "Salt", "--pick", "1", "--pick", "2")
    before = manuscript(folder)
    done = rewritten(cli, stub)

    first, second = load(manuscript(folder)).manuscript.of("brief")
    assert done.code == 0
    assert "The Salt Road reports that salt rose 12% in a year." in done.out
    assert "Salt: brief 1 rewritten in editions/salt.md, revision 2" in done.out
    assert (first.get("ai"), second.get("ai")) == ("generated", "")
    assert cli("revisions", "1", "--show", "1").out == before
    assert "brief 1 rewritten by small" in cli("revisions", "1").out


def test_rewrite_leaves_a_brief_alone_when_nothing_usable_comes(folder: Path, cli: Cli, stub: Stub) -> None:
    cli("draft", "Salt", "--pick", "1")
    before = manuscript(folder)
    stub.will_say("I would rather not.")
    done = rewritten(cli, stub)

    assert (done.code, manuscript(folder)) == (1, before)
    assert "brief 1 of edition 1 stands as it was" in done.err


def test_a_name_that_no_source_has_is_told_to_the_model_once_and_then_refused(
    folder: Path, cli: Cli, stub: Stub
) -> None:
    cli("draft", "Salt", "--pick", "1")
    before = manuscript(folder)
    stub.will_say(story("Salt rose 12% in a year, Ottoline Brandreth told The Salt Road.", SALT))
    done = rewritten(cli, stub)

    assert (done.code, manuscript(folder)) == (1, before)
    assert "Ottoline Brandreth" in stub.asked[1].words
    assert "unsupported" in stub.asked[1].words
    assert len(stub.asked) == 2


def test_rewrite_asks_anew_only_when_told(folder: Path, cli: Cli, stub: Stub) -> None:
    cli("draft", "Salt", "--pick", "1")
    rewritten(cli, stub)
    rewritten(cli, stub)
    assert len(stub.asked) == 1

    rewritten(cli, stub, "--anew")
    assert len(stub.asked) == 2


def test_what_the_editor_types_while_the_model_writes_is_kept(folder: Path, cli: Cli, stub: Stub) -> None:
    cli("draft", "Salt", "--pick", "1")
    file = folder / "editions" / "salt.md"
    typed = manuscript(folder).replace("TK Because", "Because")
    with open_newsroom(None) as room:
        before = take_in(room.desk, 1)
        wanted = brief_of(room.store, before.manuscript, "1")
        place = room.endpoint("small", stub.url)
        assert place
        written = commission(wanted.article, room.bureau(place))
        file.write_text(typed, encoding="utf-8")
        put(room.desk, before, wanted.brief, written, message="by small")

    assert "\nBecause" in manuscript(folder)
    assert "ai: generated" in manuscript(folder)
    assert cli("revisions", "1", "--show", "2").out == typed


def test_rewrite_without_a_model_says_how_to_name_one(folder: Path, cli: Cli, stub: Stub) -> None:
    cli("draft", "Salt", "--pick", "1")
    done = cli("rewrite", "1", "1")

    assert done.code == 2
    assert "--model" in done.err
    assert os.linesep not in done.err.strip()
