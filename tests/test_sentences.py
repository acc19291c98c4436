"""Sentences and quotations: where they begin and end, in five languages, and that no character is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.summaries import quotations, sentences
from composer.summaries.quotations import nested


def words(text: str) -> list[str]:
    return [one.words for one in sentences(text)]


def depths(text: str) -> list[int]:
    return [one.depth for one in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        # English: titles, initials, abbreviations, figures, links
        "Dr. Sendo met Mrs. A. B. Karel on Tuesday.|They spoke for an hour.",
        "The U.S. embassy closed.|The U.K. one stayed open.",
        "Rent rose to $1.5 million in Jan. 2024.|Nobody paid.",
        "It opened at 9 a.m.|The queue was long.",
        "Turn to p. 14 for No. 7.|Read on.",
        "See www.example.org/a.html and write to desk@example.org.|We answer.",
        "Was it true?|“No!” said the clerk.",
        "“No!” said the clerk.|“Not at all.”",
        "He waited… and waited.|Then… nothing came.",
        "Prices rose.[3]|Wages did not.",
        # Ukrainian and Russian: initials, shortened words, small letters after a stop
        "Указ підписав О. В. Петренко у 2023 р. в Одесі.|Мешканці про це не знали.",
        "Ціна зросла до 5 млн грн.|Вона ще зросте.",
        "Живе на вул. Садовій, буд. 3.|Двері зелені.",
        "«Ми не поїдемо!» — сказала вона.|Автобус поїхав.",
        "А. С. Иванов приехал в г. Омск, т.е. домой.|Его не ждали.",
        "Купили хлеб, соль и т.д.|Потом ушли.",
        # Georgian has no capitals, though its letters have called themselves small since Unicode 11
        "გემი ნავსადგურში შევიდა.|ხალხი ნაპირზე იდგა.|ვინ მოვიდა?|არავინ.",
        "ბატონმა ა. ბერიძემ 2020 წ. წიგნი დაწერა.|მეორე არ დაუწერია.",
        "„ხვალ წავალთ.|დღეს არა,“ თქვა მან.",
        # Arabic: its own question mark, no capitals
        "وصلت السفينة إلى الميناء.|من كان ينتظرها؟|لا أحد.",
        "قال د. سامي إن الجسر مغلق.|لم يعلق الوزير!",
        # mixed scripts and directions
        "Порт Anaris Terminal Ltd. закрили.|في Batumi كان كل شيء هادئا.|Nobody asked.",
        # marks without words belong to the sentence before them
        "Scroll down . .|The quay closed.|Then nothing . . .",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str) -> None:
    assert words(text.replace("|", " ")) == text.split("|")


def test_a_stop_without_a_space_after_it_ends_a_sentence_but_not_in_an_address() -> None:
    assert words("The quay closed.The cranes stood still.") == ["The quay closed.", "The cranes stood still."]
    assert words("Who asked?Nobody answered.") == ["Who asked?", "Nobody answered."]
    assert words("See www.example.Com now and read report.Final twice.")[0].startswith("See www.example.Com now")


def test_a_list_and_a_heading_are_sentences_of_their_own() -> None:
    text = "What we know\n\n1. The quay is shut.\n2. The cranes stand still.\n• Nobody works"

    assert words(text) == ["What we know", "1. The quay is shut.", "2. The cranes stand still.", "• Nobody works"]
    assert [one.paragraph for one in sentences(text)] == [0, 1, 2, 3]


def test_lines_broken_to_fit_a_width_are_one_paragraph() -> None:
    text = "The quay closed on Monday after\nthe second crane had fallen into\nthe basin. Nobody was hurt."

    assert words(text) == [
        "The quay closed on Monday after\nthe second crane had fallen into\nthe basin.",
        "Nobody was hurt.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won. We lost,” he said. He left.", [0, 1, 0]),
        ('"We won. We lost," he said. He left.', [0, 1, 0]),
        ("«Ми йдемо. Ми “вже йдемо. Зараз” йдемо», — сказав він. Він пішов.", [0, 1, 2, 0]),
        ("„ჩვენ მივდივართ. ისინი რჩებიან,“ თქვა მან. გავიდა.", [0, 1, 0]),
        ("‘I asked. “Who goes? Who stays?” I said,’ she wrote. It rained.", [0, 1, 2, 0]),
        ("He called: “Come. Come now.", [0, 1]),
        ("The ’90s were dull. The dogs’ bowls were full. It’s fine.", [0, 0, 0]),
        ("Rock ’n’ roll died. Give 'em soup. 'Tis late.", [0, 0, 0]),
        ("`` We stay . We wait , '' she said . He 's gone .", [0, 1, 0]),
        ('A 6" pipe broke. It was 5\'10" long. Nobody cared.', [0, 0, 0]),
    ],
)
def test_a_sentence_knows_how_deep_in_quotations_it_begins(text: str, expected: list[int]) -> None:
    assert depths(text) == expected


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_one() -> None:
    text = "“The first winter was hard.\n\n“The second was worse. We left,” she said.\n\nIt snowed."

    assert depths(text) == [0, 1, 1, 0]


def test_a_quotation_opened_anew_inside_a_paragraph_goes_on() -> None:
    assert depths("'The winter was hard. 'The spring was worse,' she said. It snowed.") == [0, 1, 0]


def test_guillemets_that_share_their_closing_mark_are_both_closed() -> None:
    text = "ТОВ «Фірма «Ромашка» відкрила завод. Далі тиша."

    assert [text[start:end] for start, end in quotations(text)] == ["«Фірма «Ромашка»"]
    assert depths(text) == [0, 0]


def test_quotations_are_the_outermost_ones() -> None:
    text = "She said “he said ‘no’ and left” and “so what”."

    assert [text[start:end] for start, end in quotations(text)] == ["“he said ‘no’ and left”", "“so what”"]
    assert [one.depth for one in nested(text)] == [1, 2, 1]


def test_a_mark_that_is_never_closed_swallows_no_more_than_a_long_paragraph() -> None:
    text = "He said: “The quay is shut. " + "The cranes stand still and nobody works. " * 100

    assert max(depths(text)) == 0


@pytest.mark.parametrize("text", ["", " ", "\n\n \n", "\u200b", "...", "“", "”.", "'", "<p></p>"])
def test_texts_without_words_are_no_trouble(text: str) -> None:
    assert "".join(one.words for one in sentences(text)) == text.strip()


MARKS = st.sampled_from(
    [*"..!?…؟。\n  “”«»„\"'‘’()[]—-:;,", "\n\n", " . ", "``", "''", " Mr. ", "т.д. ", "5.5", "a.m. "]
)
TEXTS = st.lists(MARKS | st.text("aBéЯїგხصم۔1 ", max_size=6), max_size=40).map("".join)


@settings(max_examples=300)
@given(text=TEXTS)
def test_nothing_but_white_space_is_lost(text: str) -> None:
    found = sentences(text)
    ends = [0, *(one.end for one in found)]
    starts = [*(one.start for one in found), len(text)]

    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(one.words == one.words.strip() and one.words for one in found)
    assert all(text[end:start].strip() == "" and end <= start for end, start in zip(ends, starts, strict=True))


@given(text=TEXTS)
def test_the_same_text_gives_the_same_sentences(text: str) -> None:
    assert sentences(text) == sentences(text)


@given(text=TEXTS)
def test_quotations_lie_inside_one_another_or_apart(text: str) -> None:
    found = nested(text)
    pairs = [(one, other) for one in found for other in found if one.start < other.start]

    assert all(0 <= one.start < one.end <= len(text) and one.depth >= 1 for one in found)
    assert all(other.start >= one.end or other.end <= one.end for one, other in pairs)
    assert all(inner.depth > outer.depth for outer, inner in pairs if inner.start < outer.end)


@pytest.mark.parametrize(
    "piece",
    [
        "The cranes stand still. ",
        "“No. ",
        "“No.” ",
        "A. B. ",
        "т.д. ",
        "word ",
        "word",
        "... ",
        "' ",
        "a.B",
        "«",
        "[1]",
        "line\n",
        "5. ",
    ],
)
def test_two_hundred_thousand_words_take_time_in_proportion(piece: str) -> None:
    text = piece * (200_000 // len(piece.split()))  # a rule that looks back over everything would take hours
    found = sentences(text)

    assert found[-1].end == len(text.rstrip())
