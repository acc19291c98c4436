"""Evidence: what is found in a source, what is not, and how surely. All news here is made up."""

import random
from datetime import date

import pytest
from dispatches import dispatches
from hypothesis import given, settings
from hypothesis import strategies as st
from mistakes import RIGHT, WRONG, Change, extracts

from composer.evidence import check, check_quotation, facts
from composer.facts import Evidence, Original, Verdict

SOURCE = """The ferry from Brescova sank on Monday, 4 May 2020, with 61 passengers and 1,234 crates of oranges on board.
Captain Helena Marwick said that the engine had failed twice. “We asked for a new pump in January and were sent a
calendar,” she said. “It had nice pictures.” The owner, Lindal Shipping, lost $145 billion in two years, 17.8% of its
worth. Its director, Tomas Kosachev, blamed the World Harbour Organisation. Exports from Brescova fell by 9.6% and
imports by 16.4%. Nearly 300 people waited on the quay. John Adler, Maria Bell and Ruth Conn were rescued.""".replace(
    "\n", " "
)
ARTICLES = [one.text for one in dispatches(45)]


def original(text: str = SOURCE, **changes: object) -> Original:
    return Original(**{"id": "wire", "text": text, **changes})  # type: ignore[arg-type]


def verdicts(text: str, *sources: Original, strict: bool = False) -> dict[str, Verdict]:
    found = check(text, sources or (original(),), strict=strict).verdicts
    return {one.fact.words: one for one in found}


def results(text: str, *sources: Original) -> dict[str, str]:
    return {words: verdict.result for words, verdict in verdicts(text, *sources).items()}


def levels(evidence: Evidence, start: int, end: int) -> set[str]:
    return {one.level for one in evidence.verdicts if one.fact.start < end and start < one.fact.end}


SUPPORTED = [
    ("The company lost 17.8 percent of its worth.", "17.8 percent"),
    ("The company lost 17.8 per cent of its worth.", "17.8 per cent"),
    ("The owner lost $145bn.", "$145bn"),
    ("The owner lost 145 billion dollars.", "145 billion dollars"),
    ("Some 1234 crates were on board.", "1234"),
    ("There were sixty-one passengers.", "sixty-one"),
    ("The engine failed 2 times in 2 years.", "2"),
    ("The ferry sank on 4 May.", "4 May"),
    ("The ferry sank on May 4th.", "May 4th"),
    ("The ferry sank on 2020-05-04.", "2020-05-04"),
    ("The ferry sank on Monday.", "Monday"),
    ("Helena Marwick’s ferry sank.", "Helena Marwick"),
    ("Mr Kosachev was silent.", "Mr Kosachev"),
    ("The WHO was blamed.", "WHO"),
    ("“We asked for a new pump”, she said.", "We asked for a new pump"),
    ("«We asked for a new pump», she said.", "We asked for a new pump"),
    ("“We asked … and were sent a calendar”.", "We asked … and were sent a calendar"),
    ("“[They] asked for a new pump in January”.", "[They] asked for a new pump in January"),
    ("“were sent a calendar. It had nice pictures”.", "were sent a calendar. It had nice pictures"),
]
RED = [
    ("The company lost 18.7% of its worth.", "18.7%", "altered"),
    ("Exports from Brescova fell by 9.7% last year.", "9.7%", "altered"),
    ("Exports from Brescova fell by 16.4% and imports too.", "16.4%", "altered"),
    ("The ferry sank on Tuesday.", "Tuesday", "altered"),
    ("The ferry sank on 5 May.", "5 May", "altered"),
    ("The owner lost €145 million.", "€145 million", "unsupported"),
    ("Tomas Kosahcev was silent.", "Tomas Kosahcev", "misspelt"),
    ("Helena Kosachev was silent.", "Helena Kosachev", "recombined"),
    ("The ferry belongs to Angela Norwood.", "Angela Norwood", "unsupported"),
    ("“We asked for a new engine in January”, she said.", "We asked for a new engine in January", "altered"),
    ("“We asked for a very new pump in January”.", "We asked for a very new pump in January", "altered"),
    ("“The sea has always been our enemy”, she said.", "The sea has always been our enemy", "unsupported"),
]
AMBER = [
    ("About 1,200 crates were on board.", "1,200", "rounded"),
    ("Exports fell by almost 10%.", "10%", "rounded"),
    ("Three people were rescued.", "Three", "count not stated"),
    ("“The engine had failed twice”, wrote the paper.", "The engine had failed twice", "not quoted there"),
    ("Legislation was blamed.", "Legislation", "sentence opener"),
]


@pytest.mark.parametrize(("text", "words"), SUPPORTED)
def test_a_fact_said_otherwise_is_found(text: str, words: str) -> None:
    assert results(text)[words] == "supported"


@pytest.mark.parametrize(("text", "words", "result"), RED)
def test_what_no_source_has_is_red(text: str, words: str, result: str) -> None:
    verdict = verdicts(text)[words]

    assert (verdict.result, verdict.level) == (result, "red")


@pytest.mark.parametrize(("text", "words", "result"), AMBER)
def test_what_only_comes_close_is_amber(text: str, words: str, result: str) -> None:
    verdict = verdicts(text)[words]

    assert (verdict.result, verdict.level) == (result, "amber")


def test_a_misspelt_name_is_answered_with_the_right_one() -> None:
    assert verdicts("Tomas Kosahcev was silent.")["Tomas Kosahcev"].near == "Kosachev"


def test_an_altered_quotation_is_answered_with_the_words_of_the_source() -> None:
    words = "We asked for a new engine in January"

    assert verdicts(f"“{words}”")[words].near == "We asked for a new pump in January"


def test_a_supported_fact_carries_the_place_where_it_stands() -> None:
    text = "Breakfast was late. The owner lost $145bn."
    verdict = verdicts(text)["$145bn"]

    assert text[verdict.fact.start : verdict.fact.end] == "$145bn"
    assert verdict.standing is not None
    assert verdict.standing.source == "wire"
    assert SOURCE[verdict.standing.start : verdict.standing.end] == "$145 billion"


def test_the_place_is_the_text_s_own_when_a_title_stands_above_it() -> None:
    verdict = verdicts("The owner lost $145bn.", original(title="A ferry sinks", about=("The Wire",)))["$145bn"]

    assert verdict.standing is not None
    assert SOURCE[verdict.standing.start : verdict.standing.end] == "$145 billion"


def test_the_outlet_and_the_title_of_a_source_may_be_named() -> None:
    verdict = verdicts("The Harbour Register reports it.", original(about=("Harbour Register",)))["Harbour Register"]

    assert verdict.standing is not None
    assert (verdict.result, verdict.standing.part) == ("supported", "about")


def test_the_day_of_publication_supports_its_weekday_month_and_year() -> None:
    source = original("The ferry sank in the morning.", published=date(2021, 3, 4))

    assert results("It sank on Thursday, 4 March 2021.", source) == {
        "Thursday": "supported",
        "4 March": "supported",
        "2021": "supported",
    }


def test_the_source_that_speaks_best_is_heard() -> None:
    other = original("Nothing sank.", id="other")

    assert verdicts("The owner lost $145bn.", other, original())["$145bn"].result == "supported"


def test_figures_of_another_sentence_are_another_context() -> None:
    source = original("The mayor has 61 hens. The ferry was painted green in spring.")

    assert results("The ferry carried 61 lorries.", source)["61"] == "other context"


def test_a_step_left_out_is_no_altered_figure() -> None:
    source = original("The count fell from 204 to 131 and then to 82.")

    assert results("The count fell from 204 to 82.", source)["82"] == "supported"


def test_strictly_a_fact_must_stand_near_the_passage_that_its_sentence_follows() -> None:
    text = (
        "The quay was built in 1911 of grey stone from the hills. " + "Rain fell. " * 6 + "The market opened at dawn."
    )
    source = (original(text + " Traders sold oranges and salt to sailors."),)
    claim = "Traders sold oranges and salt to sailors in 1911."

    assert verdicts(claim, *source)["1911"].level != "red"
    assert verdicts(claim, *source, strict=True)["1911"].result in {"elsewhere", "other context"}


def test_a_spelling_of_one_city_is_another() -> None:
    assert results("He flew to Kiev.", original("The train to Kyiv was late."))["Kiev"] == "supported"


def test_a_people_is_its_country() -> None:
    source = original("Exports of Ukraine fell while Russia waited.")

    assert results("The Ukrainian and Russian ministers met.", source) == {
        "Ukrainian": "supported",
        "Russian": "supported",
    }


def test_in_a_headline_capitals_say_nothing() -> None:
    found = verdicts("Exports From Brescova Fall As Ferry Sinks Again").values()

    assert {one.level for one in found} <= {"green", "amber"}


def test_a_quote_block_is_one_quotation_without_marks() -> None:
    (first, *_) = check_quotation("We asked for a new pump in March", [original()]).verdicts

    assert (first.fact.kind, first.result) == ("quotation", "altered")


def test_a_quotation_may_begin_before_the_text() -> None:
    text = 'and were sent a calendar," she said. The owner was silent. "It had very nice pictures." Nobody laughed.'

    assert results(text)["It had very nice pictures."] == "altered"


def test_two_quotations_may_touch() -> None:
    text = 'He told us." These pumps are old.""It had very nice pictures." Nobody laughed.'

    assert results(text)["It had very nice pictures."] == "altered"


def test_a_figure_in_a_quotation_may_be_written_otherwise() -> None:
    source = original("“We sold ten ships, 97 per cent of the fleet, for 2,500 lari each,” he said.")

    assert (
        results("“We sold 10 ships, 97% of the fleet, for 2500 lari each”, he said.", source)[
            "We sold 10 ships, 97% of the fleet, for 2500 lari each"
        ]
        == "supported"
    )


def test_a_time_of_day_is_written_with_a_point_or_a_colon() -> None:
    source = original("The train to Novara left at 10.30pm.")

    assert results("The train left at 10:30pm.", source)["10:30"] == "supported"


def test_an_office_in_short_is_no_part_of_a_name() -> None:
    source = original("Prime Minister Ruth Conn spoke. The UK waited.")

    assert results("On Sunday UK PM Conn spoke.", source)["UK PM Conn"] == "supported"


def test_without_a_source_nothing_is_judged() -> None:
    assert check("Angela Norwood lost 5%.", []).verdicts == ()


def test_facts_are_named_in_the_order_of_the_text() -> None:
    found = facts("On Monday Maria Bell lost 5% of €3m, “all that I had ever owned”.")

    assert [one.kind for one in found] == ["date", "name", "percent", "money", "quotation"]


def test_copied_words_are_counted_outside_quotations() -> None:
    evidence = check(
        "Exports from Brescova fell by 9.6% and imports by 16.4%, “We asked for a new pump”.", [original()]
    )

    assert (evidence.copied[0].count, len(evidence.copied)) == (12, 1)
    assert evidence.overlap == 1.0
    assert evidence.quoted_words == 6


def shares(change: Change) -> tuple[int, int]:
    """Return how many changes were made in extracts of the articles, and how many of them were red."""
    rng = random.Random(1)  # noqa: S311 (no secret)
    count = red = 0
    for at, article in enumerate(ARTICLES):
        for extract in extracts(article, rng):
            for changed in change(extract, article, ARTICLES[at - 1], rng):
                count += 1
                red += "red" in levels(check(changed.text, [original(article)]), changed.start, changed.end)
    return count, red


@pytest.mark.parametrize("name", WRONG)
def test_a_slip_put_into_an_extract_is_red(name: str) -> None:
    change, bar = WRONG[name]
    count, red = shares(change)

    assert count > 100
    assert red >= bar * count


@pytest.mark.parametrize("name", RIGHT)
def test_the_same_said_otherwise_is_not_red(name: str) -> None:
    count, red = shares(RIGHT[name])

    assert count > 50
    assert red <= 0.01 * count


def test_a_faithful_extract_is_not_red() -> None:
    rng = random.Random(2)  # noqa: S311 (as above)
    read = [(extract, article) for article in ARTICLES for extract in extracts(article, rng)]
    red = sum(any(one.level == "red" for one in check(text, [original(article)]).verdicts) for text, article in read)

    assert red <= 0.007 * len(read)


MARKS = st.sampled_from(
    ["“", "”", '"', "'", "’", "«", "…", "[", "]", ".", ",", " ", "\n", "%", "$", "-", "٣", "1", "9"]
)
PIECES = st.one_of(
    MARKS, st.text(max_size=6), st.sampled_from(["May", "billion", "млрд", "Київ", "two", "hundred", "The"])
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@settings(deadline=None, max_examples=300)
@given(TEXTS, TEXTS)
def test_whatever_is_written_every_fact_stands_where_it_says(text: str, source: str) -> None:
    evidence = check(text, [original(source)])

    for one in evidence.verdicts:
        assert text[one.fact.start : one.fact.end] == one.fact.words
        if one.standing and one.standing.part == "text":
            assert 0 <= one.standing.start < one.standing.end <= len(source)


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_a_text_supports_itself(text: str) -> None:
    assert [one for one in check(text, [original(text)]).verdicts if one.level == "red"] == []


def test_the_same_texts_give_the_same_evidence() -> None:
    assert check(ARTICLES[0], [original(ARTICLES[1])]) == check(ARTICLES[0], [original(ARTICLES[1])])
