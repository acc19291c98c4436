"""The fixed words that readers see: catalogues, own words, dates, lists and digits in many languages."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cases import case
from conftest import Ran
from editions import kinded, settings, with_header
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from makers import block, manuscript

from composer.errors import ThemeError
from composer.proofs import proof
from composer.rendering import arrange, plaintext
from composer.rendering.catalogues import Entry, lineage, places, read_entries, spoken, spoken_for
from composer.rendering.issue import Credits
from composer.rendering.translating import catalogue, fault, strings
from composer.rendering.words import WORDS, day_and_month, full_date, long_date, minutes, names, quotation_marks, say

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 3, 6)
LANGUAGES = ["ar", "de", "es", "fr", "he", "hy", "ka", "ru", "uk"]


def own_words(folder: Path, lang: str, **phrases: str) -> Path:
    """Write a newsletter's own catalogue with these phrases, and return the newsletter's folder."""
    lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\n"']
    for key, phrase in phrases.items():
        lines += ["", f'msgctxt "{key}"', f'msgid "{WORDS["en"][key]}"', f'msgstr "{phrase}"']
    file = folder / "templates" / "words" / f"{lang}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_the_languages_that_the_docs_promise_are_there() -> None:
    assert list(spoken()) == ["en", *LANGUAGES]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_is_whole_without_fuzzy_entries_and_loses_no_value(lang: str) -> None:
    assert {said.key: said.fault for said in strings(lang) if said.fault} == {}


def test_the_catalogues_are_what_make_strings_writes() -> None:
    command = [sys.executable, ROOT / "docs" / "strings.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), "run `make strings`, and translate what it names"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_open_place_stays_findable_in_every_language(lang: str) -> None:
    assert say(lang, "untitled") == "TK"


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (None, "not translated"),
        (Entry(key="by", english="By {}", phrase="", fuzzy=False), "not translated"),
        (Entry(key="by", english="From {}", phrase="Von {}", fuzzy=False), "the English words were 'From {}'"),
        (Entry(key="by", english="By {}", phrase="Von {}", fuzzy=True), "marked as fuzzy"),
        (Entry(key="by", english="By {}", phrase="Von", fuzzy=False), "must have as many {} as 'By {}'"),
        (Entry(key="by", english="By {}", phrase="Von {0}", fuzzy=False), ""),
    ],
)
def test_what_is_wrong_with_an_entry_is_named(entry: Entry | None, what: str) -> None:
    assert fault("By {}", entry) == what


@effort(max_examples=200, deadline=None)
@given(st.text(alphabet="{}01a:!. ", max_size=12))
def test_a_phrase_whose_places_fit_can_always_be_printed(phrase: str) -> None:
    values = ("x", "y")
    for count in range(len(values) + 1):
        if places(phrase) == places("{} " * count):
            phrase.format(*values[:count])


def test_a_language_is_spoken_by_its_nearest_parent() -> None:
    assert list(lineage("es-MX")) == ["es-MX", "es-419", "es"]
    assert (spoken_for("es-MX"), spoken_for("iw"), spoken_for("uk-UA"), spoken_for("fa")) == ("es", "he", "uk", "en")


@pytest.mark.parametrize("lang", ["../../etc/x", "", "-", "x" * 300, "uk\0", "ar-u-nu-arab"])
def test_no_tag_leads_out_of_the_folder(lang: str) -> None:
    assert all(
        set(tag) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") for tag in lineage(lang)
    )
    assert say(lang, "web")


def test_words_without_a_translation_are_english_and_isolated_where_they_run_against_the_text() -> None:
    assert say("fi", "web") == "Read on the web"
    assert say("fa", "web") == "\u2066Read on the web\u2069"
    assert say("fa", "mark.comma") == ", "
    assert say("uk", "no.such.key") == ""


def test_a_newsletters_own_phrase_stands_before_the_shipped_one(tmp_path: Path) -> None:
    own = own_words(tmp_path, "uk", why="Навіщо ця історія?")
    assert say("uk", "why", own=own) == "Навіщо ця історія?"
    assert say("uk-UA", "why", own=own) == "Навіщо ця історія?"
    assert say("uk", "web", own=own) == say("uk", "web")


def test_a_newsletter_can_change_english_words_too(tmp_path: Path) -> None:
    told = manuscript(block("why", "Because."))
    laid = arrange(
        told, settings(root=own_words(tmp_path, "en", why="Why this, why now?")), url="https://x.example.org/"
    )
    assert laid.closing[0].title == "Why this, why now?"


def test_own_words_are_read_again_when_their_file_changes(tmp_path: Path) -> None:
    own = own_words(tmp_path, "uk", why="Навіщо?")
    assert say("uk", "why", own=own) == "Навіщо?"
    own_words(tmp_path, "uk", why="Чому саме зараз?")
    assert say("uk", "why", own=own) == "Чому саме зараз?"


def test_an_own_phrase_that_loses_a_value_gives_way_to_the_shipped_one(tmp_path: Path) -> None:
    own = own_words(tmp_path, "uk", by="Хтось", number="{5}")
    assert (say("uk", "by", "Ніно", own=own), say("uk", "number", "7", own=own)) == ("Автори: Ніно", "№\u00a07")


def test_a_broken_catalogue_is_named_with_its_line_and_never_stops_an_edition(tmp_path: Path) -> None:
    file = tmp_path / "templates" / "words" / "uk.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "a\n', encoding="utf-8")
    assert say("uk", "web", own=tmp_path) == say("uk", "web")
    with pytest.raises(ThemeError, match=r"words/uk\.po:1: no catalogue"):
        read_entries(file)


@effort(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                'msgid "a"',
                'msgid ""',
                'msgstr "{"',
                'msgstr ""',
                'msgctxt "by"',
                '"x"',
                "#~ x",
                "#, fuzzy",
                'msgstr[1] "b"',
                "",
                "x",
            ]
        ),
        max_size=8,
    )
)
def test_no_catalogue_breaks_its_reader(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    file = tmp_path_factory.mktemp("words") / "xx.po"
    file.write_text("\n".join(lines), encoding="utf-8")
    with suppress(ThemeError):
        assert all(entry.english for entry in read_entries(file))


def test_a_catalogue_brought_up_to_date_keeps_what_stands_there(tmp_path: Path) -> None:
    own = own_words(tmp_path, "uk", why="Навіщо?")
    text = catalogue("uk", own)
    (own / "templates" / "words" / "uk.po").write_text(text, encoding="utf-8")
    assert say("uk", "why", own=own) == "Навіщо?"
    assert catalogue("uk", own) == text
    assert "Left empty, readers see: Автори: {}" in text


@pytest.mark.parametrize(
    ("lang", "weekday", "day", "short", "read"),
    [
        ("en", "Friday 6 March 2026", "6 March 2026", "6 March", "7 minutes"),
        ("uk", "пʼятниця, 6 березня 2026\u202fр.", "6 березня 2026\u202fр.", "6 березня", "7 хвилин"),
        ("ka", "პარასკევი, 06 მარტი, 2026", "6 მარტი, 2026", "6 მარტი", "7 წუთი"),
        ("de", "Freitag, 6. März 2026", "6. März 2026", "6. März", "7 Minuten"),
        ("es", "viernes, 6 de marzo de 2026", "6 de marzo de 2026", "6 de marzo", "7 minutos"),
        ("ar", "الجمعة، 6 مارس 2026", "6 مارس 2026", "6 مارس", "7 دقائق"),
        ("ar-EG", "الجمعة، ٦ مارس ٢٠٢٦", "٦ مارس ٢٠٢٦", "٦ مارس", "٧ دقائق"),
        ("ar-u-nu-arab", "الجمعة، ٦ مارس ٢٠٢٦", "٦ مارس ٢٠٢٦", "٦ مارس", "٧ دقائق"),
        ("he", "יום שישי, 6 במרץ 2026", "6 במרץ 2026", "6 במרץ", "7 דקות"),
        ("fa", "جمعه ۶ مارس ۲۰۲۶", "۶ مارس ۲۰۲۶", "۶ مارس", "۷ دقیقه"),
        ("xx", "Friday 6 March 2026", "6 March 2026", "6 March", "7 minutes"),
    ],
)
def test_days_and_minutes_are_printed_as_the_language_does(
    lang: str, weekday: str, day: str, short: str, read: str
) -> None:
    def spaced(words: str) -> str:
        return words.replace("\u202f", "\u00a0").replace("\u00a0", " ")

    printed = (long_date(lang, DAY), full_date(lang, DAY), day_and_month(lang, DAY, 2026), minutes(lang, 7))
    assert tuple(map(spaced, printed)) == tuple(map(spaced, (weekday, day, short, read)))


@pytest.mark.parametrize(
    ("lang", "people", "told"),
    [
        ("en", ["Ana", "Ivo", "Sam"], "Ana, Ivo and Sam"),
        ("uk", ["Ана", "Іво"], "Ана і Іво"),
        ("es", ["Ana", "Irene"], "Ana e Irene"),
        ("es", ["cobre", "hierro"], "cobre y hierro"),
        ("es", ["Ana", "Sam"], "Ana y Sam"),
        ("ar", ["نينو", "سامي", "مها"], "نينو وسامي ومها"),
        ("he", ["נינו", "סם"], "נינו וסם"),
        ("he", ["נינו", "Sam"], "נינו ו-Sam"),
        ("he", ["Sam"], "Sam"),
        ("he", [], ""),
    ],
)
def test_names_are_joined_as_a_sentence_does(lang: str, people: list[str], told: str) -> None:
    assert names(lang, people) == told


@pytest.mark.parametrize(
    ("lang", "marks"),
    [("en", "“”"), ("uk", "«»"), ("ka", "„“"), ("de", "„“"), ("he", "””"), ("ar", "«»"), ("pl", "„”"), ("fi", "“”")],
)
def test_quotation_marks_are_the_languages_own(lang: str, marks: str) -> None:
    assert "".join(quotation_marks(lang)) == marks


def test_a_french_colon_has_its_space_and_an_armenian_sentence_its_own_stop() -> None:
    told = manuscript(block("credits", research=("Ana", "Ivo")))

    def line(lang: str) -> str:
        (part,) = arrange(with_header(told, lang=lang), settings(), url="https://x.example.org/").parts
        assert isinstance(part, Credits)
        return part.line

    assert (line("fr"), line("hy")) == ("Recherche\u00a0: Ana et Ivo.", "Հետազոտություն՝ Ana և Ivo։")


def test_georgian_words_are_not_set_in_capitals_that_no_font_has() -> None:
    told = manuscript(kinded("disclosure", "კი.", "ai"), lang="ka", title="მარილი")
    text = plaintext(arrange(told, settings(name="დინება"), url="https://x.example.org/"))
    assert "დინება" in text
    assert "როგორ შეიქმნა ეს ტექსტი" in text


def test_proof_says_when_nobody_has_translated_the_words_around_the_editors_own() -> None:
    finnish = replace(case(lang="fi"), words_in=spoken_for("fi"))
    ukrainian = replace(case(lang="uk"), words_in=spoken_for("uk"))
    assert [remark.rule for remark in proof(finnish) if remark.rule == "T-TONGUE"] == ["T-TONGUE"]
    assert [remark for remark in proof(ukrainian) if remark.rule == "T-TONGUE"] == []


def test_strings_lists_every_phrase_with_its_translation(cli: Callable[..., Ran], folder: Path) -> None:
    said = cli("strings", "uk")
    assert said.code == 0
    assert len(said.out.splitlines()) == len(WORDS["en"]) + 1
    assert "Чому ми про це написали?" in said.out
    assert "nothing is missing" in said.err


def test_strings_says_what_is_missing_and_writes_it_to_be_filled_in(cli: Callable[..., Ran], folder: Path) -> None:
    assert "no catalogue speaks fi: readers get English" in cli("strings", "fi").err
    assert "templates/words/fi.po: written" in cli("strings", "fi", "--write").out
    file = folder / "templates" / "words" / "fi.po"
    empty, filled = 'msgid "Unsubscribe"\nmsgstr ""', 'msgid "Unsubscribe"\nmsgstr "Peru tilaus"'
    file.write_text(file.read_text("utf-8").replace(empty, filled), encoding="utf-8")
    cli("strings", "fi", "--write")
    said = cli("strings", "fi")
    assert "Peru tilaus" in said.out
    assert f"{len(WORDS['en']) - 1} of {len(WORDS['en'])} phrases" in said.err


def test_strings_prints_json_for_scripts(cli: Callable[..., Ran], folder: Path) -> None:
    told = json.loads(cli("strings", "he", "--json").out)
    assert {said["key"]: said["phrase"] for said in told}["web"] == "לקריאה באתר"


def test_strings_asks_for_a_language_tag(cli: Callable[..., Ran], folder: Path) -> None:
    said = cli("strings", "../uk")
    assert (said.code, "is not a language tag" in said.err) == (2, True)


def test_strings_names_the_line_of_a_broken_catalogue(cli: Callable[..., Ran], folder: Path) -> None:
    own_words(folder, "uk", why="Чому?")
    (folder / "templates" / "words" / "uk.po").write_text('msgid "a\n', encoding="utf-8")
    said = cli("strings", "uk")
    assert (said.code, "words/uk.po:1: no catalogue" in said.err) == (1, True)


def test_the_lines_of_python_in_the_page_on_languages_run(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(lines, "languages.md", "exec"), {})  # noqa: S102 (our own page)
    assert "Vous recevez Undertow" in capsys.readouterr().out
