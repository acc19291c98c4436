"""The rules that stand on evidence: the stored text of every source, an edition that departs from it, one that does not."""

from dataclasses import replace

import pytest
from cases import block, brief, case, figure, settings, source
from examples_of_evidence import FAITHFUL, QUOTE, RULES, STORED, looked_up
from fakes import MemoryStore
from makers import article

from composer.blocks import Block
from composer.desk.evidence import original, research
from composer.desk.sourcing import article_behind
from composer.model import Remark
from composer.proofs import Case, proof


def found(given: Case, rule: str) -> list[Remark]:
    return [remark for remark in proof(given) if remark.rule == rule]


@pytest.mark.parametrize(("rule", "severity", "broken", "sound"), RULES)
def test_a_rule_of_evidence_sees_what_breaks_it_and_nothing_else(
    rule: str, severity: str, broken: Block, sound: Block
) -> None:
    assert severity in {remark.severity for remark in found(looked_up(broken), rule)}
    assert found(looked_up(sound), rule) == []


def test_a_remark_on_copied_words_shows_them_and_says_what_to_do() -> None:
    copied = brief("Now every lorry takes the long way round by the lake, and all of them pay for it.")
    (remark,) = found(looked_up(copied), "E-COPY")

    assert remark.message == (
        "10 words in a row are wire's (“every lorry takes the long way round by the lake”); "
        "say it in your own words, or put it in quotation marks"
    )


def test_a_brief_nearly_as_long_as_its_story_is_marked() -> None:
    short = replace(STORED, text="Salt rose by 12.5% in a year. A sack costs 19 lari now and traders wait at the pass.")

    assert found(looked_up(brief(FAITHFUL), stored=short), "E-LEN-RATIO")
    assert found(looked_up(brief(FAITHFUL)), "E-LEN-RATIO") == []


def test_a_remark_says_what_the_source_has_instead() -> None:
    (remark,) = found(looked_up(brief("Davit Maisuardze still waits for the snow.")), "E-NAME")

    assert remark.message == "Davit Maisuardze: did you mean Maisuradze, as wire has?"


def test_a_remark_stands_in_the_line_of_the_fact() -> None:
    body = "The pass will open in May.\n\nAt Kvemo a sack costs 91 lari."
    (remark,) = found(looked_up(replace(brief(body), line=40, body_line=44)), "E-NUM")

    assert remark.line == 46


def test_what_no_source_has_is_not_remarked_while_a_source_is_not_stored() -> None:
    unread = source("other", url="https://other.example.org/salt", outlet="Other")
    two = brief("The Wire and Other say that 77 bakers and Irma Gogua wrote a letter.", source=("wire", "other"))
    given = looked_up(two, unread)

    assert found(given, "E-NUM") == found(given, "E-NAME") == []


def test_a_quotation_whose_source_is_not_stored_is_a_warning() -> None:
    elsewhere = replace(STORED, url="https://wire.example.org/other", guid="other")
    given = looked_up(block("quote", "We have never sold so little.", **QUOTE), stored=elsewhere)

    assert [remark.severity for remark in found(given, "E-QUOTE")] == ["warning"]


def test_where_nobody_looked_nothing_is_said() -> None:
    assert [remark for remark in proof(case()) if remark.rule.startswith("E-")] == []


def test_one_figure_for_two_statements_is_a_warning() -> None:
    twice = block(
        "prose",
        "Russian imports from China fell by 17.8% in August.\n\nSales went on.\n\n"
        "Chinese imports from Russia dropped 17.8% that month.",
    )
    (remark,) = found(looked_up(twice), "E-NUM-LEDGER")

    assert remark.severity == "warning"
    assert "17.8% says two things" in remark.message


def test_one_figure_told_twice_is_no_slip() -> None:
    twice = block("prose", "Imports from China fell by 17.8% in August.\n\nRussian imports from China dropped 17.8%.")

    assert found(looked_up(twice), "E-NUM-LEDGER") == []


def test_an_old_source_is_a_note_and_an_undated_visit_a_warning() -> None:
    old = source(published="2026-01-02")
    undated = source(accessed="")

    assert [one.severity for one in found(looked_up(old), "E-SRC-OLD")] == ["info"]
    assert [one.severity for one in found(looked_up(undated), "E-SRC-OLD")] == ["warning"]
    assert found(looked_up(source(published="2026-03-01")), "E-SRC-OLD") == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"article": "2", "title": "Pepper"}, 2),
        ({"article": "2", "url": "https://two.example.org/"}, 2),
        ({"article": "2", "title": "", "url": ""}, 2),
        ({"article": "2"}, 1),
        ({"article": "9" * 30}, 1),
        ({"article": "٢"}, 1),
    ],
    ids=["same title", "same address", "nothing else", "neither", "too long", "other digits"],
)
def test_an_article_is_known_by_its_number_unless_the_block_says_that_it_is_another(
    said: dict[str, str], meant: int
) -> None:
    store = MemoryStore()
    two = article(guid="two", url="https://two.example.org/", title="Pepper", text="Pepper fell.")
    store.articles.save([STORED, two])

    assert getattr(article_behind(store, source(**said)), "id", None) == meant


@pytest.mark.parametrize("text", ["", "Salt rises."])
def test_a_teaser_is_not_the_text_of_a_story(text: str) -> None:
    store = MemoryStore()
    store.articles.save([replace(STORED, text=text)])

    assert original(store, source()) is None


def test_a_number_that_no_article_has_means_no_text() -> None:
    assert original(MemoryStore(), source(article="9")) is None


def test_the_figures_of_a_drawn_figure_are_looked_up_too() -> None:
    wrong = figure(alt="Two bars: 12 lari in January, 29 in March.", source=("wire",))
    given = case(wrong, without=["quote"])
    store = MemoryStore()
    store.articles.save([STORED])
    given = replace(given, research=research(store, given.manuscript), settings=settings())

    assert [one.message for one in found(given, "E-NUM") if "29" in one.message]
