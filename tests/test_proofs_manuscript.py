"""Every rule on the manuscript, walked through its examples."""

import pytest
from cases import TABLE, case, figure
from examples import ATTRIBUTION, FIELDS, INBOX, STRUCTURE
from examples_of_honesty import HONESTY
from examples_of_type import LANGUAGE, PICTURES, WORDING

from composer.proofs import Case, proof

TABLE_OF_RULES = [*STRUCTURE, *FIELDS, *INBOX, *ATTRIBUTION, *HONESTY, *PICTURES, *WORDING, *LANGUAGE]


def ids(given: Case) -> set[str]:
    return {remark.rule for remark in proof(given)}


def severities(given: Case, rule: str) -> set[str]:
    return {remark.severity for remark in proof(given) if remark.rule == rule}


@pytest.mark.parametrize(("rule", "severity", "broken", "_"), TABLE_OF_RULES, ids=[row[0] for row in TABLE_OF_RULES])
def test_an_edition_that_breaks_a_rule_is_told_so(rule: str, severity: str, broken: Case, _: Case) -> None:
    assert severities(broken, rule) == {severity}


@pytest.mark.parametrize(("rule", "_s", "_b", "close"), TABLE_OF_RULES, ids=[row[0] for row in TABLE_OF_RULES])
def test_an_edition_that_only_comes_close_is_left_alone(rule: str, _s: str, _b: Case, close: Case) -> None:
    assert rule not in ids(close)


def test_an_edition_without_a_fault_has_no_remark() -> None:
    assert proof(case()) == ()


def test_a_table_row_is_no_sentence() -> None:
    assert "T-LEN-SENT" not in ids(case(figure(TABLE + "\n| April | 20 |" * 40)))
