"""The examples of the rules are true: each is laid into an edition without a fault and proved."""

from dataclasses import replace
from operator import itemgetter

import pytest
from cases import case, html, mail
from fakes import MemoryStore
from makers import article

from composer.blocks import Block, Manuscript
from composer.desk.evidence import research
from composer.manuscript import load
from composer.proofs import RULES, Case, proof
from composer.proofs.examples import Example, examples

SAYS = "The source says: "
LONGER = " ".join(
    f"In the {place} of the valley people wait for the spring and count what is left of the flour and the oil."
    for place in ("first village", "mill", "lower town", "upper town", "school", "two inns", "old customs house")
)
# What a few lines cannot show: it is about sizes, times, other editions, stored texts, files, settings, unseen letters.
UNSHOWN = {
    "F006", "S-ID", "S-SLOT-MISSING", "S-SLOT-MOST", "S-SLOT-ORDER", "T-WORDS", "E-SRC-CHANGED", "E-RAN", "E-LEN-RATIO",
    "E-NUM-LEDGER", "E-SRC-OLD", "E-AI-EDITED", "M-FILE", "T-LEN-PARA", "T-BIDI", "T-HIDDEN", "T-TYPO-NBSP",
    "I-SUBJ-REUSED", "I-FROM-NAME", "E-TRANSL", "E-CONFLICT", "E-CORR",
}  # fmt: skip
OF_OUTPUTS = (
    "EML-",
    "FEED-",
    "ATOM-",
    "JSON-",
    "WEB-",
    "O-",
    "L-",
)  # the theme's work, and the web's: shown where it helps
REGISTERED = {rule.id for rule in RULES}
SHOWN = [(rule, example) for rule, example in sorted(examples().items(), key=itemgetter(0)) if rule in REGISTERED]
NAMES = [rule for rule, _ in SHOWN]


def remarked(rule: str, snippet: str) -> bool:
    return rule in {remark.rule for remark in proof(laid(rule, snippet))}


def laid(rule: str, snippet: str) -> Case:
    if rule.startswith("EML-"):
        whole = (
            snippet if snippet.startswith("<html") else html(body=snippet).replace("<h1>The price of salt</h1>", "", 1)
        )
        return replace(case(), message=mail(html=whole))
    read = load(snippet)
    if rule.startswith("F0"):
        return replace(case(), problems=read.problems)
    return informed(written(read.manuscript), source_of(read.manuscript))


def written(manuscript: Manuscript) -> Case:
    header = {field.key: field.value or None for field in manuscript.header}
    words = [one for one in manuscript.blocks if one.kind != "note"]
    if {"prose", "subhead"} <= {one.kind for one in words}:  # they are looked at together
        return case(after=words, **header)
    last = [one.kind for one in words].index("why") + 1 if any(one.kind == "why" for one in words) else len(words)
    given = case(*words[:last], after=words[last:], **header)
    return replace(given, manuscript=replace(given.manuscript, blocks=_without_others(given, words)))


def _without_others(given: Case, words: list[Block]) -> tuple[Block, ...]:
    """Leave out what cites the source with words of its own."""
    put = {one.kind for one in words}
    return tuple(one for one in given.manuscript.blocks if one.kind not in {"figure", "quote"} - put)


def source_of(manuscript: Manuscript) -> str:
    return next((one.body.removeprefix(SAYS) for one in manuscript.of("note") if one.body.startswith(SAYS)), "")


def informed(given: Case, said: str) -> Case:
    """Return a case beside the stored text of its source, with enough words around to be no teaser."""
    if not said:
        return given
    store = MemoryStore()
    store.articles.save([article(url="https://wire.example.org/2026/salt", title="Salt", text=f"{said}\n\n{LONGER}")])
    return replace(given, research=research(store, given.manuscript))


@pytest.mark.parametrize(("rule", "example"), SHOWN, ids=NAMES)
def test_the_example_that_breaks_a_rule_breaks_it(rule: str, example: Example) -> None:
    assert remarked(rule, example.breaks)


@pytest.mark.parametrize(("rule", "example"), SHOWN, ids=NAMES)
def test_the_sound_example_keeps_the_rule(rule: str, example: Example) -> None:
    assert not remarked(rule, example.sound)


def test_every_rule_on_the_manuscript_that_a_few_lines_can_show_has_an_example() -> None:
    on_manuscripts = {rule for rule in REGISTERED if not rule.startswith(OF_OUTPUTS)}

    assert on_manuscripts - set(NAMES) - UNSHOWN == set()
    assert set(NAMES) & UNSHOWN == set()
