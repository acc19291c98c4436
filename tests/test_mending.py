"""What `--fix` writes: only the lines that a rule is about, once and for all, and never an error more."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from cases import PROFILE, block, brief, case, photo, settings, source
from examples import ATTRIBUTION, FIELDS, INBOX, STRUCTURE
from examples_of_honesty import HONESTY
from examples_of_type import LANGUAGE, PICTURES, WORDING
from hypothesis import given
from hypothesis import settings as often
from hypothesis import strategies as st
from manuscripts import hostile_texts

from composer.blocks import Block
from composer.desk.mending import OFFERS, SURE, mend, offered, taken
from composer.manuscript import dump, load
from composer.proofs import RULES, Case, proof

EXAMPLES = [*STRUCTURE, *FIELDS, *INBOX, *ATTRIBUTION, *HONESTY, *PICTURES, *WORDING, *LANGUAGE]
TYPED = (
    *("“", "”", "„", "«", "»", "’", "-", "–", "—", "…", ".", " ", "|", "`", "'", '"', " - ", " -- ", " – ", '"salt"'),
    *("“salt”", "«salt»", "„salt“", "it's", "it’s", "...", "12 km", "§ 5", "salt", "сіль", "ملح", "TK", " ,", "today"),
    *(
        "\u2068ملح\u2069",
        "\u202e",
        "\n",
        "\n\n",
        "\n- ",
        "\n> ",
        "`a  b`",
        "  ",
        "\\",
        "*",
        "(",
        "[a](src:wire 'x  y')",
    ),
    *("[a](https://a.example.org/?utm_source=x)", "https://b.example.org/a...b ", "::: x", "---"),
)
SPOILT = st.lists(st.sampled_from(TYPED), max_size=14).map("".join)


def case_of(text: str, given: Case | None = None) -> Case:
    """Return the case of a text: the faultless edition's, or another's, with what the text says."""
    loaded = load(text)
    return replace(given or case(), manuscript=loaded.manuscript, problems=loaded.problems)


def text_of(*put: Block, **header: Any) -> str:
    return dump(case(*put, **header).manuscript)


def mended(text: str) -> str:
    return mend(case_of(text), text).text


def errors(given: Case) -> list[str]:
    return sorted(remark.rule for remark in proof(given) if remark.severity == "error")


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines that differ, of texts of the same height."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return [pair for pair in pairs if pair[0] != pair[1]]


BODIES = [
    ("Salt - dear salt — and — rain.", "Salt — dear salt — and — rain."),
    ("Salt -- dear—dear—salt.", "Salt—dear—dear—salt."),
    ("Salt – dear – salt — rain.", "Salt – dear – salt – rain."),
    ("Salt — it is\ndear - to\nsome — here.", "Salt — it is\ndear — to\nsome — here."),
    ('The "dear" and the “cheap”.', "The “dear” and the “cheap”."),
    ('The *"dear"* and [the "salt"](https://a.example.org "x") “too”.',
     'The *“dear”* and [the “salt”](https://a.example.org "x") “too”.'),
    ('`"a"` and "b" and “c”.', '`"a"` and “b” and “c”.'),
    ('A 5" nail and “c”.', 'A 5" nail and “c”.'),
    ("The «dear» and the „cheap“.", "The “dear” and the “cheap”."),
    ("It's the valley’s.", "It’s the valley’s."),
    ("They say ملح الطعام there.", "They say \u2068ملح الطعام\u2069 there."),
    ("Salt  is ... dear , 12 km off.", "Salt is … dear, 12\u00a0km off."),
    ("| a  b | c |\n| --- | --- |", "| a  b | c |\n| --- | --- |"),
    ("```\na  b ... c\n```", "```\na  b ... c\n```"),
    ("- a\n- b - c\n- d — e — f", "- a\n- b — c\n- d — e — f"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "wanted"), BODIES, ids=[body[:20] for body, _ in BODIES])
def test_marks_and_spaces_are_mended_where_they_stand(typed: str, wanted: str) -> None:
    before = text_of(block("prose", f"{typed}\n\nMore words."))

    assert load(mended(before)).manuscript.of("prose")[0].body == f"{wanted}\n\nMore words."


@pytest.mark.parametrize(
    ("lang", "typed", "wanted"),
    [
        ("uk", "Сіль “дорога” тут.", "Сіль «дорога» тут."),
        ("uk", "Сіль „дорога“ тут.", "Сіль „дорога“ тут."),
        ("ru", 'Соль "дорога" и «дёшева».', "Соль «дорога» и «дёшева»."),
        ("ka", "მარილი “ძვირია” აქ.", "მარილი „ძვირია“ აქ."),
        ("ar", "الملح „غال“ هنا.", "الملح «غال» هنا."),
        ("fr", "Le sel “cher” !", "Le sel «\u00a0cher\u00a0» !"),
        ("sv", 'Saltet "dyrt" är ”dyrt”.', 'Saltet "dyrt" är ”dyrt”.'),
    ],
)
def test_every_language_gets_its_own_quotation_marks(lang: str, typed: str, wanted: str) -> None:
    before = text_of(block("prose", typed), lang=lang)

    assert load(mended(before)).manuscript.of("prose")[0].body == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Photo: Nino Example", "Nino Example"),
        ("Nino Example / AFP.", "Nino Example/AFP"),
        ("© Nino Example/Salt Co.", "Nino Example/Salt Co."),
        ("Photo:", "Photo:"),
        ("/", "/"),
    ],
)
def test_a_credit_is_set_as_it_is_printed(typed: str, wanted: str) -> None:
    assert load(mended(text_of(photo(credit=typed)))).manuscript.of("photo")[0].get("credit") == wanted


@pytest.mark.parametrize(
    ("caption", "credit", "wanted"),
    [
        (
            "Salt on the quay. Nino Example/POOL/AFP via Getty Images.",
            "TK",
            ("Salt on the quay.", "Nino Example/POOL/AFP via Getty Images"),
        ),
        ("Salt on the quay. Photo: Nino Example", "Nino Example", ("Salt on the quay.", "Nino Example")),
        ("Salt on the quay. Nino Example/AFP", "Sam Example", ("Salt on the quay. Nino Example/AFP", "Sam Example")),
        ("Sold by AP Photo. He left.", "TK", ("Sold by AP Photo. He left.", "TK")),
    ],
)
def test_a_credit_in_a_caption_goes_where_it_belongs(caption: str, credit: str, wanted: tuple[str, str]) -> None:
    picture = load(mended(text_of(photo(caption=caption, credit=credit)))).manuscript.of("photo")[0]

    assert (picture.get("caption"), picture.get("credit")) == wanted


def test_trackers_go_from_a_source_and_from_links_to_it_and_nothing_else_does() -> None:
    url, clean = "https://wire.example.org/a?id=4&utm_source=x&fbclid=y#top", "https://wire.example.org/a?id=4#top"
    other = "https://other.example.org/?utm_source=x"
    before = text_of(block("prose", f"See [it]({url}) and [that]({other}).\n\nMore."), source(url=url))
    after = load(mended(before)).manuscript

    assert after.of("source")[0].get("url") == clean
    assert after.of("prose")[0].body == f"See [it]({clean}) and [that]({other}).\n\nMore."


def test_a_source_that_nothing_cites_goes_unless_it_is_pointed_at_or_waits() -> None:
    spare = [source("a", outlet="A"), source("b", outlet="B"), source("c", outlet="C", title="TK")]
    before = text_of(block("prose", "See [it](#b).\n\nMore."), after=spare)

    assert [one.id for one in load(mended(before)).manuscript.of("source")] == ["wire", "b", "c"]


def test_every_other_line_stays_as_it_was_typed() -> None:
    before = text_of(block("prose", "Salt  is dear.\n\nMore.")).replace("\n", "\r\n").replace("title: ", "Title:   ")
    after = mended("\ufeff" + before)

    assert [(was.strip(), now.strip()) for was, now in changed("\ufeff" + before, after)] == [
        ("Salt  is dear.", "Salt is dear.")
    ]
    assert after.count("\r\n") == before.count("\r\n")


def test_an_exception_is_left_alone() -> None:
    kept = photo(credit="Photo: Nino Example", x_allow="M-CREDIT-FORM it is her name")
    other = photo(credit="Photo: Nino Example")
    before = text_of(kept, other)

    assert changed(before, mended(before)) == [('credit: "Photo: Nino Example"', "credit: Nino Example")]


@pytest.mark.parametrize("rule", ["T-DASH", "T-QUOTES", "T-TYPO-DOTS"])
def test_the_header_excepts_an_edition_from_rules_on_its_marks(rule: str) -> None:
    spoilt = block("prose", 'Salt - dear salt — is “dear” and "wet" ...\n\nMore.')
    before = text_of(spoilt, **{"x-allow": f"{rule} it is how she wrote"})

    assert rule in {remark.rule for remark in proof(case_of(text_of(spoilt)))}
    assert rule not in {remark.rule for remark in proof(case_of(before))}
    assert rule not in mend(case_of(before), before).rules


def test_what_would_bring_in_an_error_is_left_alone() -> None:
    text = text_of(photo(caption="Salt on the quay. Nino Example/The Wire/AFP", credit="TK"))
    read = case_of(text)
    known = replace(read, past=replace(read.past, published=read.manuscript))

    assert mend(read, text).rules == ("M-CAPTION",)
    assert mend(known, text).text == text  # readers have the caption: E-CORR


def test_words_of_near_time_are_only_offered() -> None:
    before = text_of(brief("The pass opened yesterday. This week it closes. “We open today,” they said of 5 sacks."))
    (offer,) = offered(case_of(before), before)
    rule, wanted = offer

    assert rule.id == "E-TIME"
    assert mended(before) == before
    assert changed(before, taken(before, wanted)) == [
        (
            "The pass opened yesterday. This week it closes. “We open today,” they said of 5 sacks.",
            "The pass opened on 5 March. In the week of 2 March it closes. “We open today,” they said of 5 sacks.",
        )
    ]


@pytest.mark.parametrize(
    ("lang", "typed", "wanted"),
    [
        ("en", "It opens today, not until tomorrow.", "It opens on 6 March, not until 7 March."),
        ("en", "Tonight it rains; today’s salt is wet.", "On the night of 6 March it rains; today’s salt is wet."),
        ("en", "Earlier this week it rained.", ""),
        ("en", "See [today](https://a.example.org/today) `today`.", "See [on 6 March](https://a.example.org/today) `today`."),
        ("uk", "Сьогодні відкрили, вчора ні.", "6 березня відкрили, 5 березня ні."),
        ("ru", "Завтра откроют.", "7 марта откроют."),
        ("ka", "გუშინ გაიხსნა, იმ დღეს წვიმდა.", "5 მარტს გაიხსნა, იმ დღეს წვიმდა."),
        ("ar", "افتتح اليوم.", ""),
    ],
)  # fmt: skip
def test_near_days_become_dates_where_that_can_be_said(lang: str, typed: str, wanted: str) -> None:
    before = text_of(brief(typed), lang=lang)
    said = [mended_.words for _, mended_ in offered(case_of(before), before)]

    assert said == ([wanted] if wanted else [])


def test_a_brief_counts_from_the_day_of_its_only_source() -> None:
    before = text_of(brief("It opened yesterday."), source(published="2026-03-02"))

    assert [one.words for _, one in offered(case_of(before), before)] == ["It opened on 1 March."]


def mendable() -> Iterable[tuple[str, Case]]:
    """Yield every example of a rule that can mend."""
    ids = {rule.id for rule in (*SURE, *OFFERS)}
    return [(rule, broken) for rule, _, broken, _ in EXAMPLES if rule in ids]


def test_every_rule_of_the_book_that_can_mend_has_a_mender() -> None:
    assert {rule.id for rule in RULES if rule.mender} == {
        *("E-SRC-LINK", "E-TIME", "M-CAPTION", "M-CREDIT-FORM", "S-ORPHAN-SOURCE", "T-BIDI", "T-DASH", "T-QUOTES"),
        *("T-TYPO-APOS", "T-TYPO-DOTS", "T-TYPO-NBSP", "T-TYPO-SPACE"),
    }
    assert [rule.id for rule in OFFERS] == ["E-TIME"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_mending_an_example_twice_is_mending_it_once_and_brings_in_no_error(example: Any) -> None:
    for given_case in example[2:]:
        text = dump(given_case.manuscript)
        here = case_of(text, given_case)
        once = mend(here, text)

        assert mend(case_of(once.text, given_case), once.text).text == once.text
        assert set(errors(case_of(once.text, given_case))) <= set(errors(here))
        assert (once.text == text) == (once.rules == ())


@often(deadline=None, max_examples=80)
@given(st.lists(SPOILT, min_size=1, max_size=3), SPOILT, st.sampled_from(["en", "uk", "ka", "ar", "fr", "sv"]))
def test_mending_twice_is_mending_once_whatever_is_typed(bodies: list[str], caption: str, lang: str) -> None:
    spoilt = [block("prose", body.strip()) for body in bodies]
    text = dump(case(*spoilt, photo(caption=" ".join(caption.split())), brief(bodies[0] or "x"), lang=lang).manuscript)
    here = case_of(text)
    once = mend(here, text).text

    assert mended(once) == once
    assert not set(errors(case_of(once))) - set(errors(here))


@often(deadline=None, max_examples=80)
@given(hostile_texts())
def test_no_text_makes_mending_raise_and_a_sound_one_is_untouched(text: str) -> None:
    here = Case(manuscript=load(text).manuscript, problems=load(text).problems, profile=PROFILE, settings=settings())
    once = mend(here, text)
    told = {remark.rule for remark in proof(here)}

    assert set(once.rules) <= told
    assert once.text == text or once.rules
    assert mend(replace(here, manuscript=load(once.text).manuscript), once.text).text == once.text
