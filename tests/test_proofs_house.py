"""How proof behaves as a whole: order, exceptions, open places, ids, docs."""

import importlib
import os
import pkgutil
import re
from dataclasses import replace
from pathlib import Path

import pytest
from cases import PROFILE, block, brief, case, manuscript, photo
from cases import settings as newsletter
from examples import ATTRIBUTION, FIELDS, INBOX, STRUCTURE
from examples_of_evidence import RULES as ON_EVIDENCE
from examples_of_evidence import looked_up
from examples_of_honesty import HONESTY
from examples_of_type import LANGUAGE, PICTURES, WORDING
from hypothesis import given, settings
from hypothesis import strategies as st

import composer.proofs
from composer.blocks import HEADER, KINDS, Block, Field, Manuscript
from composer.manuscript import load
from composer.model import Remark
from composer.profiles import read_profile
from composer.proofs import FAMILIES, RULES, Case, Rule, allowances, proof, rules_table
from composer.resources import samples, templates
from composer.settings import read_settings

EXAMPLES = [*STRUCTURE, *FIELDS, *INBOX, *ATTRIBUTION, *HONESTY, *PICTURES, *WORDING, *LANGUAGE]

DOCS = Path(__file__).resolve().parent.parent / "docs" / "proof.md"
RULES_BEGIN = "## The rules"
HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["TK", "“", "\u202e", "[a](src:x)", "> > >", "https://[", "::1", "\ud800", "| a | b |", "٣", "1e9"]
    ),
)
KEYS = sorted({*HEADER, "x-allow", *(key for kind in KINDS.values() for key in kind.keys)})
FIELD = st.builds(Field, key=st.sampled_from(KEYS), value=st.one_of(HOSTILE, st.lists(HOSTILE, max_size=3).map(tuple)))
BLOCK = st.builds(
    Block,
    kind=st.sampled_from([*KINDS, "unknown"]),
    id=st.sampled_from(["", "a", "b"]),
    fields=st.lists(FIELD, max_size=5).map(tuple),
    body=st.lists(HOSTILE, max_size=4).map("\n\n".join),
)


def rules(given_case: Case) -> list[str]:
    return [remark.rule for remark in proof(given_case)]


def at_lines(*lines: int) -> tuple[Block, ...]:
    return tuple(replace(block("subhead", "It ended."), line=line, body_line=line) for line in lines)


def test_remarks_stand_in_the_order_of_the_lines_and_errors_first() -> None:
    twice = replace(photo(credit="", rights=""), line=9)
    remarks = proof(case(twice, *at_lines(30, 4)))

    assert [remark.line for remark in remarks] == sorted(remark.line for remark in remarks)
    assert [remark.rule for remark in remarks if remark.line == 9] == ["M-CREDIT", "M-RIGHTS"]


def test_a_remark_names_the_line_of_the_very_field() -> None:
    credit = Field(key="credit", value="Photo: Nino Example", line=12)
    picture = replace(photo(), line=9)
    fields = tuple(credit if field.key == "credit" else field for field in picture.fields)
    (remark,) = proof(case(replace(picture, fields=fields)))

    assert (remark.rule, remark.line, remark.block) == ("M-CREDIT-FORM", 12, "photo")


def test_a_remark_names_the_line_of_the_very_paragraph() -> None:
    prose = replace(block("prose", "Salt is dear.\n\nAswe stood there, it rained."), line=20, body_line=20)
    (remark,) = proof(case(prose))

    assert remark.line == 22


def test_what_the_reader_of_the_manuscript_found_is_passed_on() -> None:
    problem = Remark(rule="F004", severity="error", message="the photo is not closed", line=7, block="photo")

    assert proof(replace(case(), problems=(problem,))) == (problem,)


def test_an_unknown_kind_that_the_reader_named_is_not_named_twice() -> None:
    problem = Remark(rule="F005", severity="error", message="broef is no kind of block", line=7)
    strange = replace(block("broef", "Words."), line=7)

    assert rules(replace(case(strange), problems=(problem,))) == ["F005"]


def test_a_misspelt_key_is_answered_with_the_right_one() -> None:
    (remark,) = proof(case(photo(captoin="Salt.")))

    assert "did you mean caption?" in remark.message


def test_an_exception_with_a_reason_is_obeyed_in_its_block_only() -> None:
    excepted = photo(rights="", x_allow="M-RIGHTS the archive is asked")
    other = photo(rights="")

    assert rules(case(excepted)) == []
    assert rules(case(excepted, other)) == ["M-RIGHTS"]


def test_an_exception_without_a_reason_allows_nothing() -> None:
    assert set(rules(case(photo(rights="", x_allow="M-RIGHTS")))) == {"M-RIGHTS", "S-ALLOW"}


def test_an_exception_from_a_rule_that_is_none_is_answered_with_the_right_one() -> None:
    (remark,) = proof(case(photo(x_allow="M-RIGHT the archive is asked")))

    assert remark.rule == "S-ALLOW"
    assert "did you mean M-RIGHTS?" in remark.message


def test_several_exceptions_may_stand_in_one_block() -> None:
    picture = photo(rights="", caption="", x_allow=("M-RIGHTS we asked", "M-CAPTION it speaks for itself"))

    assert rules(case(picture)) == []


def test_a_place_that_is_still_open_is_told_once() -> None:
    unwritten = photo(alt="TK", caption="TK", credit="TK")

    assert rules(case(unwritten)) == ["S-TK"] * 3


def test_words_around_an_open_place_are_not_judged_yet() -> None:
    assert rules(case(block("lede", "TK"))) == ["S-TK"]


def test_the_same_case_gives_the_same_remarks() -> None:
    spoilt = case(photo(credit=""), brief("today"), without=["why"])

    assert proof(spoilt) == proof(spoilt)


def test_every_remark_is_one_line() -> None:
    broken = manuscript(photo(alt="a\nb" * 90, rights="no\nidea"), slug="a\nb")

    assert all("\n" not in remark.message for remark in proof(replace(case(), manuscript=broken)))


def test_every_id_is_registered_once() -> None:
    ids = [rule.id for rule in RULES]

    assert len(ids) == len(set(ids))


def test_every_rule_that_is_written_is_registered() -> None:
    modules = [
        importlib.import_module(f"composer.proofs.{m.name}") for m in pkgutil.iter_modules(composer.proofs.__path__)
    ]
    written = {value.id for module in modules for value in vars(module).values() if isinstance(value, Rule)}

    assert written <= {rule.id for rule in RULES}


def test_every_rule_says_why_and_how_in_a_sentence() -> None:
    said = [sentence for rule in RULES for sentence in (rule.reason, rule.mend)]

    assert all(sentence.endswith(".") and "\n" not in sentence and "|" not in sentence for sentence in said)


def test_the_docs_hold_exactly_the_rules() -> None:
    above, _, _ = DOCS.read_text(encoding="utf-8").partition(RULES_BEGIN)
    expected = f"{above}{RULES_BEGIN}\n\n{rules_table()}\n"
    if os.environ.get("UPDATE_GOLDEN"):
        DOCS.write_text(expected, encoding="utf-8")

    assert DOCS.read_text(encoding="utf-8") == expected


def test_every_rule_stands_in_a_family() -> None:
    assert sum(len(family) for family in FAMILIES.values()) == len(RULES)


@settings(deadline=None, max_examples=150)
@given(st.lists(FIELD, max_size=8), st.lists(BLOCK, max_size=8))
def test_no_manuscript_makes_proof_raise(header: list[Field], blocks: list[Block]) -> None:
    strange = Manuscript(header=tuple(header), blocks=tuple(blocks))
    remarks = proof(Case(manuscript=strange, profile=PROFILE, settings=newsletter()))

    assert {remark.rule for remark in remarks} <= {rule.id for rule in RULES}


BOOK = {  # what the house wants looked at in a manuscript, whatever else proof has learned to see
    "structure": "SLOT-MISSING SLOT-ORDER WHY WHY-FORM HEAD-LEVEL HEAD-LEN HEAD-RUNON EMPTY UNKNOWN ID-DUP TARGET ORPHAN-SOURCE",
    "inbox line": "SUBJ-LEN SUBJ-FRONT SUBJ-RE SUBJ-CAPS SUBJ-EMOJI SUBJ-REUSED PRE-LEN PRE-REPEAT FROM-NAME",
    "honesty": "SRC SRC-NAMED SRC-LINK SRC-VAGUE SRC-HOMEPAGE SRC-OLD VIA QUOTE QUOTE-LEN QUOTE-SHARE COPY LEN-RATIO NUM "
    "NUM-LEDGER SPEAKER ANON TRANSL TIME AI AI-LONG SPONSOR CONFLICT CORR CORR-FORM",
    "media": "ALT ALT-BAD CREDIT CREDIT-FORM CAPTION RIGHTS DIM TYPE WEIGHT HTTPS",
    "figures": "SRC DATA ALT",
    "type": "GLUE DASH QUOTES BIDI LANG CONFUSABLE HIDDEN LINKTEXT URL-BARE LEN-PARA LEN-SENT WORDS TYPO-NBSP",
}
LETTERS = {"structure": "S", "inbox line": "I", "honesty": "E", "media": "M", "figures": "FIG", "type": "T"}
ELSEWHERE = {  # their examples need a past, a store or a reader of manuscripts
    "E-LEN-RATIO": "test_proofs_evidence.py",
    "E-NUM-LEDGER": "test_proofs_evidence.py",
    "E-RAN": "test_morgue.py",
    "E-SRC-CHANGED": "test_history.py",
    "E-SRC-OLD": "test_proofs_evidence.py",
    "FIG-FORM": "test_charts.py",
    "M-CHANGED": "test_picturing.py",
    "M-FETCH": "test_picturing.py",
    "M-SMALL": "test_picturing.py",
    "S-ID": "test_proof_cli.py",
    "T-TONGUE": "test_words.py",
}


def test_every_rule_of_the_book_is_registered() -> None:
    wanted = {f"{LETTERS[family]}-{name}" for family, names in BOOK.items() for name in names.split()}

    assert wanted - {rule.id for rule in RULES} == set()


def test_every_rule_on_the_manuscript_has_an_edition_that_breaks_it_and_one_that_does_not() -> None:
    shown = {row[0] for row in (*EXAMPLES, *ON_EVIDENCE)}
    ours = {rule.id for rule in RULES if re.match(r"(?:S|I|E|M|FIG|T)-", rule.id)}

    assert ours - shown == set(ELSEWHERE)
    assert all(rule in (DOCS.parent.parent / "tests" / file).read_text("utf-8") for rule, file in ELSEWHERE.items())


@pytest.mark.parametrize("file", sorted((samples() / "editions").glob("*.md")), ids=lambda file: file.stem)
def test_the_sample_editions_have_no_remark_but_on_their_pictures(file: Path) -> None:
    loaded = load(file.read_text(encoding="utf-8"))
    profile = read_profile(templates() / "profiles" / f"{loaded.manuscript.get('profile')}.toml")
    given_case = Case(
        manuscript=loaded.manuscript, problems=loaded.problems, profile=profile, settings=read_settings(samples())
    )

    assert [(remark.rule, remark.line) for remark in proof(given_case)] == []


def test_an_exception_in_the_header_counts_for_what_stands_in_no_block() -> None:
    shouting = {"subject": "SALT COSTS MORE", "x-allow": "I-SUBJ-CAPS a quotation"}

    assert rules(case(**shouting)) == []
    assert rules(case(photo(rights=""), **{"x-allow": "M-RIGHTS never"})) == ["M-RIGHTS"]
    assert rules(case(**{"x-allow": "I-SUBJ-CAPS"})) == ["S-ALLOW"]
    assert rules(case(without=["credits"], **{"x-allow": "S-SLOT-MISSING nobody else worked on it"})) == []


def test_no_edition_is_excepted_from_what_law_and_standards_want_of_its_mail() -> None:
    asked = case(**{"x-allow": "EML-F01 our readers never leave"})

    assert [(one.rule, one.message) for one in proof(asked)] == [
        ("S-ALLOW", "no edition is excepted from EML-F01; mend what it names")
    ]
    assert allowances(asked.manuscript, ["EML-F01"]) == ()


def test_the_exceptions_that_an_edition_makes_are_listed_with_their_reasons() -> None:
    picture = photo(x_allow=("M-RIGHTS we asked", "M-CAPTION", "M-NOTHING for nothing"))
    made = allowances(case(picture, **{"x-allow": "i-subj-len it is a title"}).manuscript, [rule.id for rule in RULES])

    assert [(one.rule, one.reason, one.block) for one in made] == [
        ("I-SUBJ-LEN", "it is a title", None),
        ("M-RIGHTS", "we asked", picture),
    ]


def test_a_strict_newsletter_takes_a_figure_that_no_source_has_for_an_error() -> None:
    slip = looked_up(brief("At Kvemo a sack costs 91 lari. The pass opens in May."))
    strict = replace(slip, settings=newsletter(strict=True))

    assert [[one.severity for one in proof(given) if one.rule == "E-NUM"] for given in (slip, strict)] == [
        ["warning"],
        ["error"],
    ]


def test_the_docs_mark_the_rules_that_can_mend() -> None:
    marked = set(re.findall(r"^\| (\S+) ⚙ \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE))

    assert marked == {rule.id for rule in RULES if rule.mender}
