"""What is different between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from composer.differences import Part, changes, counted, cut, replaced

WORDS = st.lists(
    st.sampled_from(["salt", "rose", "12%", "Œ", "’s", "\n", "\n\n", " ", "  ", "a", "-", "\r\n", "\x85"])
).map("".join)
TEXT = "The port closed.\n\nSalt rose 12% in a year.\n\nTraders blame the roads.\n"


@given(WORDS | st.text(), WORDS | st.text())
def test_both_texts_can_be_made_from_what_is_different(before: str, after: str) -> None:
    found = changes(before, after)
    old, new = before.split("\n"), after.split("\n")
    for change in found:
        assert before.split("\n", change.was_line - 1)[-1].startswith(change.was)
        assert after.split("\n", change.now_line - 1)[-1].startswith(change.now)
    assert (found == ()) == (before == after)
    assert len(old) - len(new) == sum(change.was.count("\n") - change.now.count("\n") for change in found)


@given(WORDS, WORDS, WORDS)
def test_what_stands_around_a_change_is_no_change(head: str, before: str, after: str) -> None:
    whole = changes(f"{head}\n{before}\nend", f"{head}\n{after}\nend")
    assert counted(whole) == counted(changes(f"{before}\n", f"{after}\n"))


def test_one_word_of_a_paragraph_is_one_change() -> None:
    (change,) = changes(TEXT, TEXT.replace("12%", "21%"))
    assert (change.was_line, change.now_line) == (3, 3)
    assert [part for part in change.parts if part.mark != "same"] == [Part("was", "12%"), Part("now", "21%")]
    assert list(replaced([change])) == [("12%", "21%")]


def test_a_paragraph_put_in_has_the_line_where_it_stands() -> None:
    (change,) = changes(TEXT, TEXT.replace("Traders", "Nobody mends.\n\nTraders"))
    assert (change.was_line, change.now_line, change.was, change.now) == (5, 5, "", "Nobody mends.\n\n")


def test_a_line_between_two_that_changed_is_told_in_its_place() -> None:
    (change,) = changes("Salt rose a lot\nRoads are bad\n", "Salt fell a lot\nNobody knows\nRoads are good\n")
    assert change.was == "Salt rose a lot\nRoads are bad\n"
    assert [part.words for part in change.parts if part.mark == "now"] == ["fell", "Nobody knows\n", "good"]


def test_lines_that_were_taken_out_together_are_one_part() -> None:
    (change,) = changes("Salt.\n\n::: quote\n\nTK\n:::\n\nRoads.\n", "Salt.\n\nRoads.\n")
    assert [part.mark for part in change.parts] == ["was"]
    assert "::: quote\n\nTK\n:::\n" in change.was


def test_words_are_counted_and_white_space_is_none() -> None:
    assert counted(changes("One two three.", "One three  four five.")) == (2, 1)


def test_a_long_passage_is_shortened_around_the_change() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    (change,) = changes(words, words.replace("word30", "salt"))
    assert "".join(part.words for part in cut(change, 2)) == "… word28 word29 word30salt word31 word32 …"


def test_a_short_passage_stays_whole() -> None:
    (change,) = changes("Salt rose today.", "Salt fell today.")
    assert cut(change, 2) == change.parts


def test_texts_too_long_to_compare_by_words_are_told_whole() -> None:
    before = " ".join(f"a{number}" for number in range(4_000))
    (change,) = changes(before, before + " b")
    assert [part.mark for part in change.parts] == ["was", "now"]


def test_one_word_over_and_over_is_compared_as_any_other() -> None:
    before, after = "the " * 1_400, "the of " * 700  # a comparison that tried every pair would not end
    (change,) = changes(before, after)
    assert (change.was, change.now) == (before, after)
