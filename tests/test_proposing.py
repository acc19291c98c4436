"""A raw text is taken apart: every line is proposed for what it is, with a reason, and no word is lost."""

import itertools
import re
from collections import Counter
from datetime import date

import pytest
import raw_texts
from editions import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from composer import resources
from composer.desk.proposing import lay_out
from composer.manuscript import load
from composer.profiles import read_profile
from composer.proposals import Piece, Story, propose

GLUED = (resources.samples() / "texts" / "glued.txt").read_text(encoding="utf-8")
PROFILE = read_profile(resources.templates() / "profiles" / "coda-currents.toml")
EVERY = [
    GLUED,
    *(
        getattr(raw_texts, name)
        for name in ("AGENCY", "BORDER", "ESSAY", "WINTER", "INTERVIEW", "UKRAINIAN", "RUSSIAN")
    ),
]
LEDE = "The ferry stopped in March, and nobody on the island has had fresh bread since then, the harbour master said.\n"


def kinds(story: Story) -> list[tuple[int, str]]:
    return [(piece.first_line, piece.kind) for piece in story.pieces]


def only(text: str, kind: str) -> Piece:
    """Return the one piece of a kind in a text."""
    found = [piece for story in propose(text) for piece in story.of(kind)]
    assert len(found) == 1
    return found[0]


def marked(text: str, kind: str) -> list[str]:
    return [mark.words for story in propose(text) for mark in story.marked(kind)]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.lower()))


def manuscript(text: str) -> str:
    return lay_out(propose(text), name="raw.txt", settings=settings(), profile=PROFILE, today=date(2026, 3, 6))


def test_a_glued_file_is_told_apart_and_each_line_is_something() -> None:
    first, second, third = propose(GLUED)

    assert [(one.first_line, one.last_line) for one in (first, second, third)] == [(1, 7), (8, 15), (16, 26)]
    assert kinds(first) == [
        (1, "lede"), (2, "prose"), (3, "subhead"), (4, "prose"), (5, "quote"), (6, "subhead"), (7, "prose")
    ]  # fmt: skip
    assert kinds(third)[-4:] == [(23, "provenance"), (23, "signup"), (24, "credits"), (25, "why")]


def test_an_agency_text_gives_its_dateline_its_speaker_and_its_credit() -> None:
    (story,) = propose(raw_texts.AGENCY)

    assert dict(story.of("lede")[0].fields) == {"dateline": "MARSH HALT, Estuary"}
    assert dict(story.of("quote")[0].fields) == {
        "speaker": "Petra Lund", "role": "a boiler fitter who has worked there for 31 years"
    }  # fmt: skip
    assert story.of("photo")[0].fields["credit"] == "Rasmus Holt/EWA"
    assert [(mark.line, mark.kind) for mark in story.marked("via", "interview", "anonymous", "hedge")] == [
        (2, "via"), (5, "interview"), (5, "anonymous"), (7, "hedge")
    ]  # fmt: skip
    assert dict(story.marked("via")[0].fields) == {"origin": "a ledger", "carrier": "Estuary Post"}


def test_an_essay_gives_its_place_and_time_and_both_kinds_of_pull_quote() -> None:
    (story,) = propose(raw_texts.ESSAY)

    assert story.of("lede")[0].fields["dateline"] == "TK Ostrow or Lagoon Bridge"
    assert [(one.first_line, dict(one.fields)) for one in story.of("pullquote")] == [
        (3, {"origin": "display"}), (7, {"origin": "speaker", "speaker": "Milan Dvor"})
    ]  # fmt: skip
    assert dict(story.of("credits")[0].fields) == {
        "reporting": ("Ana Sample", "Jon Brandt"), "translation": ("Mira Kol",)
    }  # fmt: skip
    assert [mark.words for mark in story.marked("second-hand")] == ["“measured anticipation”"]
    assert "This is a story about who answers such calls" in story.marked("nut")[0].words


def test_a_title_a_byline_and_a_question_are_no_paragraphs() -> None:
    (story,) = propose(raw_texts.INTERVIEW)

    assert kinds(story)[:5] == [(1, "title"), (2, "byline"), (3, "lede"), (4, "quote"), (5, "subhead")]
    assert story.of("byline")[0].fields["byline"] == ("Lena Orsay",)


def test_a_speaker_may_be_named_by_office_and_name_or_by_office_alone() -> None:
    assert dict(only(raw_texts.BORDER, "quote").fields) == {"speaker": "Halyna Dub", "role": "the owner"}
    assert propose(raw_texts.WINTER)[0].of("quote")[0].fields["speaker"] == "the mayor"


def test_a_short_sentence_before_a_quotation_can_be_set_large() -> None:
    pull = only(raw_texts.WINTER, "pullquote")

    assert (pull.first_line, dict(pull.fields)) == (6, {"origin": "display"})


def test_an_organisation_may_be_named_after_its_statement() -> None:
    (story,) = propose(raw_texts.BORDER)

    assert [mark.fields["speaker"] for mark in story.marked("second-hand")] == ["Publishers Association"]


def test_a_pronoun_is_shown_and_never_resolved() -> None:
    (story,) = propose(raw_texts.INTERVIEW)

    assert story.of("quote")[0].fields["speaker"] == "TK she → ?"


def test_a_line_that_signs_the_quotation_above_it_goes_with_it() -> None:
    last = propose(raw_texts.INTERVIEW)[0].pieces[-1]

    assert (last.kind, last.first_line, last.last_line) == ("quote", 8, 9)
    assert last.fields["speaker"] == "Lena Orsay"


@pytest.mark.parametrize(
    ("text", "lang", "speaker", "credit", "sources"),
    [
        (raw_texts.UKRAINIAN, "uk", "Оксана Гай", "Ірина Коваль/Портолан", ("управління залізниці", "Портолан")),
        (raw_texts.RUSSIAN, "ru", "Анна Лис", "Пётр Дан/Портолан", ("отчёт района", "Портолан")),
    ],
)
def test_ukrainian_and_russian_are_read_by_the_same_rules(
    text: str, lang: str, speaker: str, credit: str, sources: tuple[str, ...]
) -> None:
    (story,) = propose(text)

    assert story.lang == lang
    assert [kind for _, kind in kinds(story)] == [
        "lede", "quote", "subhead", "prose", "photo", "figure", "provenance", "signup", "credits", "why"
    ]  # fmt: skip
    assert story.of("quote")[0].fields["speaker"] == speaker
    assert story.of("photo")[0].fields["credit"] == credit
    assert story.of("figure")[0].fields["source"] == sources
    assert len(story.marked("hedge")) == 1


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Boats at the quay. Ana Sample/POOL/AFP via Getty Images.", "Boats at the quay.", "Ana Sample/POOL/AFP via Getty Images"),
        ("Boats at the quay. Photo: Ana Sample.", "Boats at the quay.", "Ana Sample"),
        ("Boats at the quay (Ana Sample/The Wire)", "Boats at the quay", "Ana Sample/The Wire"),
        ("Boats at the quay — Ana Sample for The Wire", "Boats at the quay", "Ana Sample for The Wire"),
        ("Boats at the quay. © 2026 Ana Sample", "Boats at the quay.", "Ana Sample"),
        ("Човни біля причалу. Фото: Ірина Коваль", "Човни біля причалу.", "Ірина Коваль"),
        ("AFP", "TK", "AFP"),
    ],
)  # fmt: skip
def test_a_caption_is_split_from_its_credit(line: str, caption: str, credit: str) -> None:
    photo = only(f"{LEDE}{line}\n{LEDE}", "photo")

    assert (photo.fields["caption"], photo.fields["credit"]) == (caption, credit)


@pytest.mark.parametrize(
    "line", ["He met the minister in Kyiv.", "The talks ended without a date. Nobody waited.", "It snowed on Reuters Street."]
)  # fmt: skip
def test_a_short_sentence_is_no_caption(line: str) -> None:
    assert [kind for _, kind in kinds(propose(f"{LEDE}{line}\n{LEDE}")[0])] == ["lede", "prose", "prose"]


def test_a_quotation_after_name_role_and_colon_parts_its_paragraph() -> None:
    lead = "The view was put by Ilia Noor, head of the harbour board:"
    story = propose(f"{LEDE}{lead} “We do not own the sea. We only sweep its steps.”\n{LEDE}")[0]

    assert [piece.kind for piece in story.pieces] == ["lede", "prose", "quote", "prose"]
    assert story.pieces[1].body == lead
    assert dict(story.pieces[2].fields) == {"speaker": "Ilia Noor", "role": "head of the harbour board"}
    assert story.pieces[2].body == "We do not own the sea. We only sweep its steps."


def test_an_unnamed_speaker_is_anonymous_and_the_reason_waits() -> None:
    said = "“Nobody will sign this, and everybody will act as though somebody had signed it long ago and gone home,”"
    quote = only(f"{LEDE}{said} said one senior official.\n{LEDE}", "quote")

    assert dict(quote.fields) == {"anonymous": "yes", "role": "one senior official", "reason": "TK"}


@pytest.mark.parametrize(
    ("words", "mended"), [("Aswe watched the harbour", "As we"), ("Inthe end the boats came", "In the")]
)
def test_words_that_a_drop_cap_glued_together_are_pointed_out(words: str, mended: str) -> None:
    story = propose(f"{LEDE}{words} for eleven days, the tide took the last of the nets away.\n{LEDE}")[0]

    assert [(mark.line, mark.suggestion) for mark in story.marked("glue")] == [(2, mended)]


def test_a_subhead_that_runs_on_is_said_to() -> None:
    story = propose(f"{LEDE}The pier was never for ships\nIts purpose was to be seen from the capital.\n{LEDE}")[0]

    assert "runs on" in story.of("subhead")[0].reason


@pytest.mark.parametrize("text", EVERY)
def test_no_word_is_lost(text: str) -> None:
    lost = words(text) - words(manuscript(text))

    assert not lost


@pytest.mark.parametrize("text", EVERY)
def test_a_proposed_manuscript_is_read_without_a_problem(text: str) -> None:
    assert load(manuscript(text)).problems == ()


def test_what_the_text_does_not_have_waits_as_tk() -> None:
    made = load(manuscript(raw_texts.AGENCY)).manuscript

    assert made.get("title").startswith("TK ")
    assert [made.get(key)[:2] for key in ("dek", "subject", "byline")] == ["TK", "TK", "TK"]
    photo = made.of("photo")[0]
    assert [photo.get(key) for key in ("src", "alt", "width", "height")] == ["TK"] * 4


def test_a_text_with_a_title_and_a_byline_keeps_them_in_the_header() -> None:
    made = load(manuscript(raw_texts.INTERVIEW)).manuscript

    assert made.get("title") == "The woman who counts the birds"
    assert made.all("byline") == ("Lena Orsay",)


def test_a_title_that_the_editor_replaces_is_kept_for_the_desk() -> None:
    stories = propose(raw_texts.INTERVIEW)
    text = lay_out(stories, title="Clicks", settings=settings(), profile=PROFILE, today=date(2026, 3, 6))

    assert load(text).manuscript.get("title") == "Clicks"
    assert not words(raw_texts.INTERVIEW) - words(text)


def test_an_outlet_that_is_named_as_the_source_becomes_a_source_with_its_address_to_find() -> None:
    source = load(manuscript(GLUED)).manuscript.of("source")[0]

    assert [source.get(key) for key in ("outlet", "url", "x-attribution")] == [
        "Lantern Review", "TK", "Lantern Review reports"
    ]  # fmt: skip


def test_nothing_is_proposed_of_nothing() -> None:
    assert propose(" \n\n\t\n") == ()


RAW = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["“One two three four five six,” said Ana Sample.", "By Ana Sample", "A subhead", "Why we wrote this", "Source: A, B", "Photo: Ana Sample/AFP.", "Editing by Ana.", "Sign up at x.org.", ":::", "---", "<!-- x -->", "# x {#y}", "— Ana", "A version of this story went out.", "KYIV — It rained.", "Aswe saw *it* and _it_.", "“", "«Так», — каже він."]
        ),
    ),
    max_size=14,
).map("\n".join)  # fmt: skip


@given(RAW)
@hypothesis_settings(deadline=None, max_examples=150)
def test_pieces_cover_every_word_once_and_say_exactly_where(text: str) -> None:
    pieces = [piece for story in propose(text) for piece in story.pieces]
    lines = [text.count("\n", 0, piece.start) + 1 for piece in pieces]

    assert all(one.end <= other.start for one, other in itertools.pairwise(pieces))
    assert [piece.first_line for piece in pieces] == lines
    assert all(piece.last_line == piece.first_line + text.count("\n", piece.start, piece.end) for piece in pieces)
    assert "".join("".join(text[piece.start : piece.end] for piece in pieces).split()) == "".join(text.split())


@given(RAW)
@hypothesis_settings(deadline=None, max_examples=150)
def test_marks_say_exactly_where_they_stand(text: str) -> None:
    for story in propose(text):
        for mark in story.marks:
            assert text[mark.start : mark.end] == mark.words
            assert mark.line == text.count("\n", 0, mark.start) + 1


@given(RAW)
@hypothesis_settings(deadline=None, max_examples=150)
def test_whatever_the_text_the_manuscript_holds_every_word(text: str) -> None:
    clean = "".join(letter for letter in text if letter == "\n" or letter.isprintable())

    assert not words(clean) - words(manuscript(clean))


@pytest.mark.parametrize(
    "text",
    ["word " * 200_000, "“Aa bb cc dd.” " * 20_000, f"x Source: {'.' * 200_000}x", f"Sign up {'a-' * 100_000}", "A/" * 99_999],
    ids=["words", "quotations", "stops", "hyphens", "slashes"],
)  # fmt: skip
def test_a_hostile_text_of_any_length_comes_to_an_end(text: str) -> None:
    (story,) = propose(text)

    assert sum(piece.end - piece.start for piece in story.pieces) == len(text.strip())


def test_two_hundred_thousand_words_come_to_an_end() -> None:
    text = "\n".join([GLUED] * 250)

    stories = propose(text)

    assert len(text.split()) > 200_000
    assert stories[-1].last_line == text.count("\n")
