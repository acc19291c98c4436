"""What proof found, as people and machines get it."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cases import block, brief, case, photo
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st
from judges import sarif_faults

from composer.blocks import Block
from composer.cli.marks import lay_out
from composer.manuscript import dump, load
from composer.model import Remark
from composer.proofs import RULES, Case, Rule, judge
from composer.reports import Group, Proved, annotations, as_json, grouped, line, sarif, tally

WORDS = st.text(st.sampled_from("%:,;\r\n 0AaDé=") | st.characters(codec="utf-8"), max_size=30)
SEVERITIES = st.sampled_from(["error", "warning", "info"])
REMARKS = st.builds(
    Remark,
    rule=st.sampled_from(["M-CREDIT", "EML-S01", "S-TK", "E-COPY"]),
    severity=SEVERITIES,
    message=WORDS,
    line=st.integers(0, 40),
    block=st.sampled_from(["", "photo", "brief#salt"]),
)
Cli = Callable[..., Ran]


def proved(given: Case, **changes: Any) -> Proved:
    """Prove a case as its manuscript's text, so that every line has its number."""
    text = dump(given.manuscript)
    found = judge(replace(given, manuscript=load(text).manuscript))
    values = {
        "edition": 3,
        "title": "The price of salt",
        "file": "editions/salt.md",
        "path": "editions/salt.md",
        "text": text,
        "manuscript": load(text).manuscript,
        "remarks": found.remarks,
        "silenced": found.silenced,
    }
    return Proved(**{**values, **changes})


def holding(*remarks: Remark, **changes: Any) -> Proved:
    return proved(case(), remarks=remarks, **changes)


def remark(rule: str = "M-CREDIT", line: int = 0, message: str = "mend it", **changes: Any) -> Remark:
    return replace(Remark(rule=rule, severity="error", message=message, line=line), **changes)


def results(*proofs: Proved) -> list[dict[str, Any]]:
    log = sarif(proofs)
    assert sarif_faults(log) == []
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


def prints(*put: Block) -> dict[str, int]:
    """Return the line of every result by its fingerprint."""
    found = results(proved(case(*put)))
    return {
        next(iter(one["partialFingerprints"].values())): one["locations"][0]["physicalLocation"]["region"]["startLine"]
        for one in found
    }


def rows(given: Proved, columns: int = 100) -> list[str]:
    return ["".join(words for words, _ in row) for row in lay_out(grouped(given), given.file, columns)]


# People


def test_a_remark_is_a_line_that_compilers_would_write() -> None:
    light = remark(severity="info", line=7)

    assert line("editions/salt.md", light) == "editions/salt.md:7: note M-CREDIT: mend it"
    assert line("editions/salt.md", remark()) == "editions/salt.md: error M-CREDIT: mend it"


def test_the_total_and_the_lines_use_the_same_words() -> None:
    found = [remark(severity=severity) for severity in ("error", "warning", "info", "info")]

    assert tally(found) == "1 error, 1 warning, 2 notes"
    assert {line("a.md", one).split()[1] for one in found} == {"error", "warning", "note"}
    assert tally([]) == "nothing to remark"


def test_groups_stand_in_the_order_of_the_edition() -> None:
    spoilt = proved(case(photo(credit=""), brief("Told today, of all days and of all the places."), title=None))
    at_large = [remark("EML-S01"), remark("S-SLOT-MISSING"), remark("FEED-X")]

    names = [group.name for group in grouped(replace(spoilt, remarks=(*spoilt.remarks, *at_large)))]

    assert names == [
        "Header",
        "photo “photos/market.jpg”",
        "brief “The road stays closed”",
        "The whole edition",
        "The feeds",
        "The rendered mail",
    ]


@settings(deadline=None)
@given(st.lists(REMARKS, max_size=12))
def test_every_remark_stands_in_exactly_one_group(remarks: list[Remark]) -> None:
    groups = grouped(holding(*remarks))

    assert sorted(map(repr, remarks)) == sorted(repr(one) for group in groups for one in group.remarks)


def test_many_alike_in_one_block_are_folded_with_their_lines() -> None:
    alike = [remark("E-TIME", at, "write the day", severity="warning") for at in (2, 3, 4, 6)]

    told = rows(holding(*alike, remark("M-ALT", 5)))

    assert sum("E-TIME" in row for row in told) == 1
    assert any("write the day (and 3 more like it, at lines 3, 4, 6)" in row for row in told)


def test_remarks_that_say_different_things_are_not_folded() -> None:
    facts = [remark("E-NUM", at, f"{at} stands in no source") for at in (2, 3, 4, 5, 6)]

    assert sum("stands in no source" in row for row in rows(holding(*facts))) == 5


def test_remarks_without_a_line_are_not_folded() -> None:
    assert sum("EML-A05" in row for row in rows(holding(*[remark("EML-A05")] * 5))) == 5


def test_places_to_write_are_folded_whatever_they_are_called() -> None:
    waiting = [
        remark("S-TK", at, f"{key} is still TK; write it") for at, key in enumerate(("dek", "slug", "lang", "date"), 2)
    ]

    assert sum("S-TK" in row for row in rows(holding(*waiting))) == 1


def test_three_alike_are_written_out() -> None:
    assert sum("E-TIME" in row for row in rows(holding(*(remark("E-TIME", at) for at in (2, 3, 4))))) == 3


@settings(deadline=None)
@given(st.lists(st.sampled_from(["salt", "is", "dear,", "mend", "it"]), min_size=1, max_size=60), st.integers(20, 200))
def test_no_word_of_a_message_is_cut_off_however_narrow_the_window(words: list[str], columns: int) -> None:
    group = Group(name="Header", remarks=(remark(line=3, message=" ".join(words)),))

    told = ["".join(part for part, _ in row) for row in lay_out([group], "editions/salt.md", columns)]

    assert " ".join(told[1:]).split()[-len(words) :] == words


def test_rows_keep_inside_the_window() -> None:
    wordy = holding(remark(line=12, message="the credit is glued to the caption; move it " * 5))

    assert max(map(len, rows(wordy, 60))) <= 60
    assert max(map(len, rows(wordy, 120))) <= 120


# Machines


def test_json_says_of_each_remark_where_it_stands() -> None:
    (said,) = as_json(proved(case(photo(credit=""))))["remarks"]

    assert said["file"] == "editions/salt.md"
    assert (said["rule"], said["severity"], said["block"]) == ("M-CREDIT", "error", "photo")


def test_json_keeps_the_reason_of_an_exception() -> None:
    (allowed,) = as_json(proved(case(photo(rights="", x_allow="M-RIGHTS the archive is asked"))))["allowed"]

    assert (allowed["rule"], allowed["reason"]) == ("M-RIGHTS", "the archive is asked")


def test_sarif_is_valid_and_has_every_remark_with_its_rule() -> None:
    spoilt = proved(case(photo(credit=""), block("lede", "TK"), title=None))
    log = sarif([spoilt])
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert sarif_faults(log) == []
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one.rule for one in spoilt.remarks]
    assert {one["level"] for one in run["results"]} == {"error"}


@settings(deadline=None, max_examples=20)  # each is held to the whole schema
@given(st.lists(REMARKS, max_size=8), st.sampled_from(["editions/salt.md", "a b/ö:%.md", "/srv/x.md"]))
def test_whatever_is_remarked_sarif_stays_valid(remarks: list[Remark], path: str) -> None:
    found = results(holding(*remarks, path=path))

    assert [one["message"]["text"] for one in found] == [one.message for one in remarks]


def test_sarif_writes_paths_as_relative_uris() -> None:
    (found,) = results(holding(remark(line=4), path="my letter/editions/salt.md"))

    place = found["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "my%20letter/editions/salt.md"}, "region": {"startLine": 4}}


def test_a_note_has_the_level_that_sarif_calls_note() -> None:
    assert results(holding(remark(severity="info")))[0]["level"] == "note"


def test_an_exception_is_a_suppressed_result_with_its_reason() -> None:
    found = results(proved(case(photo(rights="", caption="", x_allow="M-RIGHTS the archive is asked"))))
    by_rule = {one["ruleId"]: one["suppressions"] for one in found}

    assert by_rule["M-CAPTION"] == []
    assert by_rule["M-RIGHTS"] == [
        {"kind": "inSource", "status": "accepted", "justification": "the archive is asked"},
    ]


def test_a_fingerprint_survives_that_its_line_moves() -> None:
    before = prints(photo(credit="Photo: Sam Example"))
    after = prints(photo(credit="Photo: Sam Example"), block("prose", "Salt.\n\nMore salt.\n\nAnd a road."))

    assert before.keys() == after.keys()
    assert list(before.values()) != list(after.values())


def test_two_remarks_on_equal_words_have_two_fingerprints() -> None:
    assert len(prints(photo(credit="Photo: Sam Example"), photo(credit="Photo: Sam Example"))) == 2


def test_an_annotation_names_file_line_and_rule() -> None:
    assert annotations(holding(remark(line=7), remark("T-DASH", severity="info"))) == (
        "::error file=editions/salt.md,line=7,title=M-CREDIT::mend it",
        "::notice file=editions/salt.md,title=T-DASH::mend it",
    )


@settings(deadline=None)
@given(WORDS, st.text(st.sampled_from("a/%:,\r\n"), min_size=1))
def test_an_annotation_reads_back_whatever_it_holds(message: str, path: str) -> None:
    (told,) = annotations(holding(remark(line=2, message=message), path=path))
    _, head, said = told.split("::", 2)
    values = dict(part.split("=", 1) for part in head.removeprefix("error ").split(","))

    assert "\n" not in told
    assert "\r" not in told
    assert _unescaped(said) == message
    assert _unescaped(values["file"]) == path


def _unescaped(words: str) -> str:
    return re.sub("%(25|0D|0A|3A|2C)", lambda found: chr(int(found.group(1), 16)), words)


# The command


@pytest.fixture
def draft(folder: Path, cli: Cli) -> Path:
    assert cli("draft", "The price of salt").code == 0
    return folder


def on_a_terminal(*words: str, **environment: str) -> str:
    """Run the command line with its results on a terminal of 90 columns, and return what it shows."""
    ours, theirs = pty.openpty()
    program = "import sys; from composer.cli import main; main()"
    env = {**os.environ, "COLUMNS": "90", "TERM": "xterm", **environment}
    command = [sys.executable, "-c", program, *words]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=env) as run:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
        run.wait()
    os.close(ours)
    return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux's way of saying that the other end is closed
        return b""


def test_a_pipe_gets_a_line_a_remark(draft: Path, cli: Cli) -> None:
    *lines, total = cli("proof", "1").out.splitlines()

    form = re.compile(r"editions/the-price-of-salt\.md(:\d+)?: (error|warning|note) [A-Z]+[-A-Z0-9]*: \S.*")
    assert lines
    assert all(form.fullmatch(one) for one in lines)
    assert total.startswith("The price of salt: ")


def test_a_terminal_gets_blocks_with_errors_in_red(draft: Path) -> None:
    shown = on_a_terminal("proof", "1")

    assert "\x1b[1mHeader\x1b[0m" in shown
    assert "\x1b[31m\x1b[1merror" in shown


def test_no_color_is_obeyed(draft: Path) -> None:
    shown = on_a_terminal("proof", "1", NO_COLOR="1")

    assert "error" in shown
    assert re.search(r"\x1b\[3\dm", shown) is None


@pytest.mark.parametrize("form", [(), ("--json",), ("--sarif",), ("--github",)])
def test_an_error_is_told_by_the_exit_code_in_every_form(draft: Path, cli: Cli, form: tuple[str, ...]) -> None:
    done = cli("proof", "1", *form)

    assert done.code == 7
    assert done.err == "currents: edition 1 is not ready; mend its errors with `currents edit 1`\n"


def test_several_editions_are_proved_at_once(draft: Path, cli: Cli) -> None:
    cli("draft", "Another week")

    assert [one["edition"] for one in json.loads(cli("proof", "2", "1", "--json").out)] == [2, 1]
    assert "editions 1, 2 are not ready" in cli("proof", "1", "2", "1").err


def test_all_drafts_are_proved_as_a_list_however_many_there_are(draft: Path, cli: Cli) -> None:
    assert [one["edition"] for one in json.loads(cli("proof", "--drafts", "--json").out)] == [1]


def test_without_a_draft_there_is_nothing_to_prove(folder: Path, cli: Cli) -> None:
    done = cli("proof", "--drafts")

    assert (done.code, done.out, done.err) == (0, "", "no draft; every edition has gone out\n")
    assert json.loads(cli("proof", "--drafts", "--json").out) == []
    assert cli("proof", "--drafts", "--github").out == ""
    assert json.loads(cli("proof", "--drafts", "--sarif").out)["runs"][0]["results"] == []


def test_a_code_host_finds_the_file_from_the_folder_that_it_works_in(
    draft: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(draft.parent)

    told = cli("--newsletter", "letter", "proof", "1", "--github").out

    assert "::error file=letter/editions/the-price-of-salt.md,line=" in told


@pytest.mark.parametrize("words", [(), ("1", "--drafts")])
def test_proof_without_an_edition_or_with_too_many_says_what_to_do(
    draft: Path, cli: Cli, words: tuple[str, ...]
) -> None:
    done = cli("proof", *words)

    assert done.code == 2
    assert "which edition? `currents proof N` proves one" in done.err


# What the rules are for


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_rule_can_be_explained_outside_of_a_newsletter(
    rule: Rule, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = cli("proof", "--explain", rule.id.lower())
    told = " ".join(done.out.split())

    assert (done.code, done.err) == (0, "")
    assert told.startswith(f"{rule.id}: ")
    assert f"Why: {' '.join(rule.reason.split())}" in told
    assert f"How to mend it: {' '.join(rule.mend.split())}" in told


def test_an_explanation_shows_what_breaks_a_rule_what_keeps_it_and_how_to_except(cli: Cli) -> None:
    told = cli("proof", "--explain", "M-CREDIT").out

    assert "This breaks it:\n\n    ::: photo\n    src: photos/market.jpg\n    :::\n" in told
    assert "    credit: Nino Example/The Wire\n" in told
    assert " ".join(told.split()).endswith("x-allow: M-CREDIT because …")


def test_an_exception_is_a_line_that_can_be_copied(cli: Cli) -> None:
    assert "\n\n    x-allow: T-TYPO-DOTS because …\n" in cli("proof", "--explain", "T-TYPO-DOTS").out


def test_what_the_header_excepts_is_offered_for_the_header(cli: Cli) -> None:
    for rule in ("I-SUBJ-EMOJI", "S-SLOT-MISSING", "E-CORR"):
        told = " ".join(cli("proof", "--explain", rule).out.split())
        assert told.endswith(f"To except the edition, write in the header: x-allow: {rule} because …")


def test_two_forms_at_once_are_refused(cli: Cli) -> None:
    done = cli("proof", "1", "--json", "--sarif")

    assert (done.code, done.out) == (2, "")
    assert done.err == "currents: --json, --sarif: one form at a time\n"


def test_no_exception_is_offered_from_what_keeps_a_manuscript_from_being_read(cli: Cli) -> None:
    assert "x-allow" not in cli("proof", "--explain", "F001").out


def test_an_explanation_says_whether_fix_mends(cli: Cli) -> None:
    assert "`currents proof N --fix` mends it." in cli("proof", "--explain", "M-CREDIT-FORM").out
    assert "--fix" not in cli("proof", "--explain", "M-CREDIT").out


def test_a_rule_that_is_none_is_answered_with_the_nearest(cli: Cli) -> None:
    done = cli("proof", "--explain", "M-CREDITS")

    assert (done.code, done.err) == (2, "currents: M-CREDITS is no rule; did you mean M-CREDIT?\n")
    assert cli("proof", "--explain", "?").err == "currents: ? is no rule; `currents proof --rules` lists them\n"


def test_the_list_of_rules_has_all_of_them(cli: Cli) -> None:
    told = cli("proof", "--rules").out

    assert [rule.id for rule in RULES if rule.id not in told.split()] == []
