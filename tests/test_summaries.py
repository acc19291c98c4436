"""Summaries: whole sentences of the source, within their budget, none that leaves the reader asking who."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON, article

from composer.app import open_newsroom
from composer.desk.drafting import compose, summary_words
from composer.manuscript import load
from composer.model import ArticleQuery, Profile, Slot
from composer.settings import read_settings
from composer.summaries import quotations, summarise, weigh
from composer.summaries.leaning import leans
from composer.summaries.scoring import WEIGHTS
from composer.text import count_words

Cli = Callable[..., Ran]

STORY = (
    "ANARIS, 3 March (Agency) — The port of Anaris closed its northern quay on Monday after a crane fell into the "
    "basin, the harbour master said.\n\n"
    "Nobody was hurt. The crane, which weighs 400 tonnes, had been inspected in January by two engineers.\n\n"
    "What the engineers saw\n\n"
    "They signed every page of the report. “We looked at the legs. We did not look at the rail,” one of them said.\n\n"
    "The salvage of the crane will take five weeks and cost the port 2 million euros. As a result, grain ships wait "
    "outside the port of Anaris.\n\n"
    "A crane on its side in the basin. Photo: Nino Example/AFP\n\n"
    "The owner of the crane, a company in Batumi, promised to pay for the salvage by June.\n\n"
    "Sign up for our newsletter about the port of Anaris and its cranes."
)


def reasons(text: str, words: int = 75) -> dict[str, str]:
    return {one.sentence.words: one.reason for one in weigh(text, words)}


def test_a_summary_is_whole_sentences_of_the_source_in_their_order() -> None:
    found = summarise(STORY, 60).sentences

    assert [STORY[one.start : one.end] for one in found] == [one.words for one in found]
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert found[0].words.startswith("ANARIS, 3 March (Agency) — The port of Anaris closed")


def test_every_sentence_left_out_has_its_reason() -> None:
    told = reasons(STORY, 60)

    assert told["What the engineers saw"] == "heading"
    assert told["A crane on its side in the basin."] == "caption"
    assert told["Photo: Nino Example/AFP"] == "caption"
    assert told["Sign up for our newsletter about the port of Anaris and its cranes."] == "boilerplate"
    assert told["They signed every page of the report."] == "leaning"


def test_a_dateline_is_outside_the_budget() -> None:
    lede = "ANARIS, 3 March (Agency) — The port closed its northern quay on Monday morning."

    assert summarise(f"{lede} Eight more words would not fit in here.", 10).text == lede
    assert summarise("ANARIS. The port is closed. Nine words of this sentence will not fit in.", 4).text == (
        "ANARIS. The port is closed."
    )


def test_a_first_sentence_longer_than_the_budget_is_given_alone() -> None:
    assert summarise(STORY.split("— ", 1)[1], 5).text.startswith("The port of Anaris closed its northern quay")


def test_the_lede_is_the_first_sentence_that_names_whom_it_tells_of() -> None:
    text = "She has a crane on her desk. Irakli Sendo runs the port of Anaris. The port has six cranes and one band."

    assert reasons(text)["She has a crane on her desk."] == "leaning"
    assert summarise(text).text.startswith("Irakli Sendo runs")


def test_a_short_first_sentence_is_a_lede_where_later_it_would_lean() -> None:
    text = "The port lost its crane. Irakli Sendo runs the port of Anaris."

    assert reasons(text)["The port lost its crane."] == "lede"
    assert leans("The port lost its crane.")


def test_a_text_of_nothing_but_leaning_sentences_keeps_its_first() -> None:
    assert summarise("It rained on the quay. It rained on the cranes.", 5).text == "It rained on the quay."


def test_a_sentence_that_leans_comes_only_right_after_the_one_before_it() -> None:
    text = (
        "The port closed on Monday.\n\n"
        "A crane fell over and sank in the basin.\n\n"
        "A crane in the basin. Photo: Example/AFP\n\n"
        "It weighs 400 tonnes and cost two million euros."
    )

    assert reasons(text)["It weighs 400 tonnes and cost two million euros."] == "leaning"


@pytest.mark.parametrize(
    "opener",
    [
        "He left the port.",
        "That was the end of it.",
        "Those figures surprised the ministry.",
        "The latter sank in the basin.",
        "Even so, the port stayed open.",
        "As a result, the ships waited.",
        "In response, the union called a strike.",
        "Despite this, the crane was signed off.",
        "Since then the quay has been shut.",
        "One of them was inspected in January.",
        "Some of his ships are older than he is.",
        "“It was a bad year,” the captain said.",
        "“Nobody looked at the rail,” he said.",
        "The rail was never looked at, she added.",
        "Why the change?",
        "Not yet.",
        "Snow has drifted up to its axles.",
        "Він залишив порт у понеділок.",
        "Ці цифри здивували міністерство.",
        "У відповідь профспілка оголосила страйк.",
        "За її словами, кран не оглядали.",
        "«Кран не оглядали», — сказав він.",
        "Тем не менее порт остался открытым.",
        "По его словам, кран не осматривали.",
        "Одна из них утонула.",
        "ის ნავსადგურიდან წავიდა.",
        "ამის შემდეგ ნავსადგური დაიხურა.",
        "მისი თქმით, ამწე არავის უნახავს.",
        "ومع ذلك بقي الميناء مفتوحا.",
        "وأضاف أن الميناء سيبقى مغلقا.",
        "من جهته نفى الوزير ذلك.",
        "Trotzdem blieb der Hafen offen.",
        "Cependant, le port est resté ouvert.",
        "Sin embargo, el puerto siguió abierto.",
    ],
)
def test_openers_that_lean(opener: str) -> None:
    assert leans(opener)


@pytest.mark.parametrize(
    "opener",
    [
        "The port of Anaris closed on Monday.",
        "In January two engineers inspected the crane.",
        "After the crane fell, the port closed.",
        "Inspectors say the rail was cracked.",
        "“Nobody looked at the rail,” the harbour master said.",
        "Italian ships wait outside the port.",
        "Harbour Street was closed to lorries.",
        "Порт закрили в понеділок після аварії.",
        "Инспекторы осмотрели кран в январе.",
        "ანარისის ნავსადგური ორშაბათს დაიხურა.",
        "أغلق الميناء أبوابه يوم الاثنين.",
    ],
)
def test_openers_that_stand_alone(opener: str) -> None:
    assert not leans(opener)


def test_a_quotation_is_kept_whole_or_left_out() -> None:
    quotation = "“The crane fell at noon in the port. The rail was cracked. The port knew,” the port's master said."
    text = f"The port closed because a crane fell.\n\n{quotation}\n\nThe crane of the port weighs 400 tonnes."

    for budget in range(5, 40):
        told = summarise(text, budget).text
        assert quotation in told or "“" not in told


def test_a_text_that_is_one_quotation_too_long_to_keep_gives_nothing() -> None:
    text = "“The crane fell at noon. The rail was cracked. The port knew of it,” the harbour master said."

    assert summarise(text, 10).text == ""
    assert summarise(text, 30).text == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The port is shut. Here is what we know:", "heading"),
        ("The port is shut.\n\nWho will pay?\n\nNobody knows that yet at all.", "heading"),
        ("The port is shut.\n\n• The quay is closed to ships.", "list item"),
        ("The port is shut.\n\n2. The quay is closed to ships.", "list item"),
        ("The port is shut. The crane <b>fell</b> into the&nbsp;basin.", "markup"),
        ("The port is shut. The harbour master (left) looks at the fallen crane.", "caption"),
        ("The port is shut. The crane is pictured in the basin on Monday.", "caption"),
        ("The port is shut. Reporting by Nino Example and Irakli Sendo.", "boilerplate"),
        ("The port is shut. Scroll down for more pictures of the crane.", "boilerplate"),
        ("Порт закрито.\n\nФото: Ніно Прикладна, порт у понеділок.", "caption"),
        ("Порт закрито. Читайте також: кран упав у воду.", "boilerplate"),
        ("The port is shut. " + "crane " * 250 + "fell.", "overlong"),
    ],
)
def test_what_no_summary_takes(text: str, reason: str) -> None:
    assert reason in reasons(text).values()
    assert len(summarise(text, 500).sentences) < len(weigh(text))


def test_what_an_official_told_an_agency_is_no_caption() -> None:
    text = "The port is shut.\n\nThe crane weighs 400 tonnes, the harbour master told Reuters."

    assert reasons(text)["The crane weighs 400 tonnes, the harbour master told Reuters."] == "chosen"


@pytest.mark.parametrize(
    "sentence",
    [
        "The channel lost 200,000 subscribers in a year, its owner said.",
        "Parliament passed a copyright law that libraries had asked for.",
        "The fever first appeared in the port in January, doctors say.",
        "Students sign up for the navy in greater numbers than before.",
        "The bakery sold a million cookies to sailors last winter.",
        "A. Petrenko signed the contract for the port on Monday.",
        "Reading by candlelight has come back to the port, teachers say.",
    ],
)
def test_news_about_what_pages_speak_of_is_no_boilerplate(sentence: str) -> None:
    assert reasons(f"{sentence}\n\nNobody was hurt in the port on Monday.")[sentence] == "lede"


def test_the_terms_of_a_score_are_those_that_are_documented() -> None:
    weighed = [one for one in weigh(STORY) if one.terms]

    assert all(set(one.terms) == {*WEIGHTS, "repetition"} for one in weighed)
    assert all(one.score == pytest.approx(sum(one.terms.values())) for one in weighed)
    page = (Path(__file__).parent.parent / "docs" / "summaries.md").read_text(encoding="utf-8")
    assert all(f"| {name} | {weight:+.2f} |".replace("-", "−") in page for name, weight in WEIGHTS.items())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "one sentence without a full stop",
        "“Only a quotation.”",
        "“An unclosed quotation. It goes on. And on.",
        "Порт Anaris закрили в понеділок. The quay was shut by the harbour master. ნავსადგური დაიხურა გუშინ.",
        "أغلقت شركة Anaris Terminal الميناء يوم الاثنين. قال Irakli Sendo إن السفن تنتظر خارج الميناء.",
        "<p>The quay is shut.</p>&nbsp;<br/>",
        "\ufeffThe quay\u00a0is shut\u200b.",
    ],
)
def test_odd_texts_give_what_is_theirs_or_nothing(text: str) -> None:
    found = summarise(text)

    assert all(text[one.start : one.end] == one.words for one in found.sentences)
    assert bool(found.sentences) == any(one.chosen for one in weigh(text))


def test_one_sentence_without_a_full_stop_is_given() -> None:
    assert summarise("The port closed its quay on Monday").text == "The port closed its quay on Monday"


def test_a_text_of_two_hundred_thousand_words_without_a_stop_gives_nothing() -> None:
    assert summarise("word " * 200_000).text == ""


def test_a_very_long_text_gives_a_summary_of_the_size_asked_for() -> None:
    pieces = (
        f"The {noun} of quay {number} was closed on Monday." for number in range(12_500) for noun in ("crane", "gate")
    )
    told = summarise(" ".join(pieces), 75)

    assert 60 <= count_words(told.text) <= 75


SENTENCES = st.lists(
    st.sampled_from(
        [
            "The port of Anaris closed.",
            "It was cold.",
            "“We saw it. We left,” he said.",
            "“The rail broke,” the master said.",
            "But the quay stayed open.",
            "What happened next",
            "Photo: Example/AFP",
            "Ships wait outside the port with grain for the mills.",
            "“An open quotation. It ends nowhere.",
            "Ціни зросли в порту.",
            "Він пішов.",
        ]
    ),
    max_size=14,
)


@given(pieces=SENTENCES, parted=st.sampled_from([" ", "\n\n"]), words=st.integers(1, 60))
def test_a_summary_keeps_its_promises_whatever_the_text(pieces: list[str], parted: str, words: int) -> None:
    text = parted.join(pieces)
    weighed = weigh(text, words)
    chosen = [one for one in weighed if one.chosen]
    spans = [(start, end) for start, end in quotations(text) if parted == " "]

    assert summarise(text, words) == summarise(text, words)
    assert sum(count_words(one.sentence.words) for one in chosen) <= words or len(chosen) == 1
    passages = {
        one.passage: " ".join(it.sentence.words for it in chosen if it.passage == one.passage) for one in chosen
    }
    for place, one in enumerate(weighed):
        if one.chosen and one.reason != "lede" and not one.sentence.quoted and leans(passages[one.passage]):
            assert weighed[place - 1].chosen
    for start, end in spans:
        inside = [one.chosen for one in weighed if one.sentence.start < end and one.sentence.end > start]
        assert all(inside) or not any(inside)


# --- drafting and the command ---


def test_a_briefs_summary_keeps_within_what_its_slot_holds() -> None:
    wide = Profile(name="wide", slots=(Slot(kind="brief", words_most=160),), summary_words=75)
    narrow = replace(wide, slots=(Slot(kind="brief", words_most=40),))

    assert (summary_words(wide), summary_words(narrow)) == (75, 40)
    assert summary_words(replace(wide, slots=())) == 75


@pytest.mark.parametrize(
    ("language", "attribution"),
    [
        ("en", "Наш порт reports"),
        ("uk", "Наш порт повідомляє"),
        ("ru", "Наш порт сообщает"),
        ("ka", "Наш порт იუწყება"),
        ("ar", "بحسب Наш порт"),
        ("de", "Наш порт berichtet"),
        ("es", "Наш порт informa"),
        ("fr-CA", "Selon Наш порт"),
    ],
)
def test_a_briefs_attribution_speaks_the_editions_language(folder: Path, language: str, attribution: str) -> None:
    made = replace(read_settings(folder), language=language)
    picked = [article(id=4, outlet="Наш порт")]
    profile = Profile(name="short", slots=(), layout=("brief",))
    text = compose("The week", picked, settings=made, profile=profile, today=NOON.date())

    assert load(text).manuscript.of("brief")[0].get("attribution") == attribution


@pytest.mark.usefixtures("folder")
def test_summarise_prints_the_summary_alone(cli: Cli) -> None:
    ran = cli("summarise", "1", "--words", "12")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Salt rose 12% in a year, the port authority says.\n"


@pytest.mark.usefixtures("folder")
def test_summarise_explains_every_sentence(cli: Cli) -> None:
    ran = cli("summarise", "1", "--words", "12", "--explain")

    assert "  1  taken as the lede (10 words)\n" in ran.out
    assert "left out: no room" in ran.out
    assert "= centroid 0." in ran.out


@pytest.mark.usefixtures("folder")
def test_summarise_speaks_json(cli: Cli) -> None:
    told = json.loads(cli("summarise", "1", "--words", "12", "--json").out)
    whole = json.loads(cli("summarise", "1", "--words", "12", "--json", "--explain").out)

    assert (told["article"], told["budget_words"], told["words"]) == (1, 12, 10)
    assert [one["chosen"] for one in told["sentences"]] == [True]
    assert [one["reason"] for one in whole["sentences"]][:2] == ["lede", "no room"]


def test_summarise_says_when_there_is_nothing_to_summarise(folder: Path, cli: Cli) -> None:
    with open_newsroom(str(folder)) as room:
        room.store.articles.save([article(guid="bare", text="", summary="")])
        number = max(one.id for one in room.store.articles.list(ArticleQuery()))
    ran = cli("summarise", str(number))

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"article {number} has no text to summarise\n"


@pytest.mark.usefixtures("folder")
def test_summarise_of_an_article_that_is_not_there_is_an_error(cli: Cli) -> None:
    assert cli("summarise", "999").code == 5
    assert cli("summarise", "1", "--words", "0").code == 2
