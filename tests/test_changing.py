"""What happens to an edition's text on the desk: changes, half-saved files, lengths and places to write."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fakes import MemoryDrawer, MemoryStore
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import NOON, block, manuscript

from composer.blocks import Block
from composer.desk.changing import change, restore
from composer.desk.drafting import begin
from composer.desk.lengths import measure, open_places
from composer.desk.placing import default_place
from composer.desk.revising import Copy, Desk, take_as_it_is, take_in
from composer.desk.snippets import about, fill, placeholders
from composer.desk.wholeness import doubt
from composer.errors import ConflictError, HalfSavedError, ManuscriptError, UsageError
from composer.manuscript import dump, load
from composer.model import Profile, Slot

WORDS = " ".join(f"word{number}" for number in range(120))
TEXT = f"---\ntitle: Salt\n---\n\n::: lede\n\n{WORDS}\n:::\n\n## Who pays\n\nThe towns do.\n"


def desk() -> Desk:
    return Desk(store=MemoryStore(), drawer=MemoryDrawer(), clock=lambda: NOON)


def begun(at: Desk, text: str = TEXT) -> Copy:
    return begin(at, text, uid="01KJZ5Q8X0V3T7R9M2N4P6S8W0")


def test_a_change_is_a_revision_and_the_file() -> None:
    at = desk()
    copy = begun(at)

    changed = change(at, copy, copy.revision.text.replace("towns", "villages"), message="set")

    assert changed.revision.number == 2
    assert at.drawer.read("salt.md") == changed.revision.text
    assert take_in(at, 1).revision.number == 2


def test_a_change_that_changes_nothing_is_no_revision() -> None:
    at = desk()
    copy = begun(at)

    assert change(at, copy, copy.revision.text, message="set") is copy


def test_a_change_is_not_made_over_a_file_that_changed_meanwhile() -> None:
    at = desk()
    copy = begun(at)
    theirs = copy.revision.text.replace("towns", "ports")
    at.drawer.write("salt.md", theirs)

    with pytest.raises(ConflictError, match="changed meanwhile; nothing was changed"):
        change(at, copy, copy.revision.text.replace("towns", "villages"), message="set")

    assert at.drawer.read("salt.md") == theirs
    assert len(at.store.editions.revisions(1)) == 1


def test_a_change_is_not_made_over_a_revision_that_was_saved_meanwhile() -> None:
    at = desk()
    copy = begun(at)
    text = copy.revision.text
    other = change(at, copy, text.replace("towns", "ports"), message="theirs")
    at.drawer.write("salt.md", text)

    with pytest.raises(ConflictError):
        change(at, copy, text.replace("towns", "villages"), message="ours")

    assert at.store.editions.revision(1, 2).text == other.revision.text
    assert len(at.store.editions.revisions(1)) == 2


def test_a_file_that_changes_between_store_and_file_is_left_and_the_change_is_kept() -> None:
    at = desk()
    copy = begun(at)
    text = copy.revision.text
    at.drawer.then = lambda: at.drawer.files.update({"salt.md": "theirs"})

    with pytest.raises(ConflictError, match="kept as revision 2"):
        change(at, copy, text.replace("towns", "villages"), message="ours")

    assert at.drawer.files["salt.md"] == "theirs"
    assert "villages" in at.store.editions.revision(1, 2).text


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda _: "", "is empty"),
        (lambda _: " \n\x00\ufeff", "is empty"),
        (lambda text: text + "\x00" * 512, "ends in zero bytes"),
        (lambda text: text[:200], "breaks off in the middle of line"),
        (lambda text: text.replace("title: Salt", "title: Pepper")[:200], "breaks off in the middle of line"),
        (lambda text: text[: text.index("\n:::\n\n##") + 1], "breaks off before something is closed"),
        (lambda _: "---\ntitle: Salt\n---\n\nNothing is left.\n", "has 5 of 13"),
    ],
)
def test_a_file_that_is_emptied_or_cut_off_is_not_kept(spoil: Callable[[str], str], why: str) -> None:
    at = desk()
    begun(at)
    at.drawer.files["salt.md"] = spoil(at.drawer.files["salt.md"])

    with pytest.raises(HalfSavedError, match=why):
        take_in(at, 1)

    assert len(at.store.editions.revisions(1)) == 1


@pytest.mark.parametrize(
    "mend",
    [
        lambda text: text.replace("The towns do.\n", ""),
        lambda text: text.removesuffix("\n"),
        lambda text: text[: text.index("## Who")],
        lambda text: text[: text.index("\n\n## Who")],
        lambda text: text.replace("word7 ", ""),
        lambda text: text.replace(" do.\n", ""),
        lambda text: text.replace(":::\n\n##", "\n##"),
        lambda text: re.sub("word0 .*", "TK", text),
    ],
)
def test_what_an_editor_takes_out_is_kept_without_a_question(mend: Callable[[str], str]) -> None:
    short = (
        f"---\ntitle: Salt\n---\n\n::: lede\n\n{' '.join(WORDS.split()[:90])}\n:::\n\n## Who pays\n\nThe towns do.\n"
    )

    assert doubt(short, mend(short)) == ""


@settings(deadline=None, max_examples=100)
@given(st.integers(1, TEXT.index("The towns") - 2))
def test_a_text_cut_inside_a_line_is_always_doubted(at: int) -> None:
    cut = TEXT[:at]

    if not cut.endswith("\n") and TEXT[at] != "\n":
        assert doubt(TEXT, cut)


def test_restoring_keeps_the_cut_off_text_and_writes_the_kept_one_back() -> None:
    at = desk()
    text = begun(at).revision.text
    at.drawer.files["salt.md"] = text[:200]

    restored = restore(at, 1)

    assert restored.revision.number == 3
    assert restored.revision.text == at.drawer.files["salt.md"] == text
    assert at.store.editions.revision(1, 2).text == text[:200]


def test_restoring_over_an_empty_file_makes_no_revision() -> None:
    at = desk()
    text = begun(at).revision.text
    at.drawer.files["salt.md"] = "\n"

    assert restore(at, 1).revision.number == 1
    assert at.drawer.files["salt.md"] == text
    assert restore(at, 1).revision.number == 1


def test_an_emptied_file_can_be_meant() -> None:
    at = desk()
    begun(at)
    at.drawer.files["salt.md"] = ""

    assert take_as_it_is(at, 1).revision.text == ""
    assert take_in(at, 1).revision.number == 2


LETTER = Profile(
    name="letter",
    slots=(Slot(kind="lede", words_least=3, words_most=5), Slot(kind="brief", words_most=2), Slot(kind="why")),
    last="why",
    words_most=10,
)


def edition(*blocks: Block) -> str:
    return dump(manuscript(*blocks))


def test_words_are_measured_place_for_place_against_their_budgets() -> None:
    told = load(
        edition(
            block("lede", "One two."),
            block("prose", "One two."),
            block("subhead", "Three"),
            block("prose", "Four."),
            block("brief", "One two three.", block_id="salt", source=("a",)),
            block("why", "TK Because."),
        )
    ).manuscript

    lengths = measure(told, LETTER, "en")

    assert [(one.name, one.words, one.over, one.to_come) for one in lengths.places] == [
        ("lede", 2, -1, False),
        ("prose", 3, 0, False),
        ("subhead", 1, 0, False),
        ("brief#salt", 3, 1, False),
        ("why", 2, 0, True),
    ]
    assert (lengths.words, lengths.most, lengths.words_a_minute) == (11, 10, 238)


def test_what_the_profile_wants_and_the_edition_has_not_is_measured_too() -> None:
    wanting = replace(LETTER, slots=(Slot(kind="why", least=1, words_least=60, words_most=120), *LETTER.slots[:1]))

    lengths = measure(load(edition(block("lede", "One two three."))).manuscript, wanting, "en")

    assert [(one.name, one.line, one.over) for one in lengths.places] == [("lede", 6, 0), ("why", 0, -60)]


def test_the_time_follows_the_edition_s_own_language() -> None:
    told = load(dump(manuscript(block("prose", "Слова " * 192), lang="ru"))).manuscript

    assert measure(told, LETTER, "en").minutes == pytest.approx(1)


def test_every_place_to_write_has_its_line() -> None:
    text = edition(block("photo", src="a.jpg", credit="TK"), block("prose", "Here.\nTK there."), block("note", "TK"))

    found = open_places(load(text).manuscript)

    lines = text.split("\n")
    assert [(one.block, one.key, lines[one.line - 1]) for one in found] == [
        ("photo", "credit", "credit: TK"),
        ("prose", "", "TK there."),
    ]


@pytest.mark.parametrize(
    ("kind", "place"),
    [("lede", 1), ("brief", 4), ("why", 8), ("source", 9), ("note", 9), ("photo", 5), ("signup", 7), ("correction", 7)],
)
def test_a_block_goes_where_its_profile_has_it(kind: str, place: int) -> None:
    kinds = ("lede", "prose", "section", "brief", "divider", "credits", "signup", "why", "source")
    assert default_place([block(one) for one in kinds], kind, LETTER) == place


def test_the_first_brief_goes_below_what_the_profile_has_above_it() -> None:
    assert default_place([block("lede"), block("why")], "brief", LETTER) == 1
    assert default_place([block("prose"), block("why")], "lede", LETTER) == 0


SNIPPET = (
    "<!-- Says sorry. -->\n\n::: correction\nwas: {was}\nnow: {now}\n\n{was} That was wrong.\n:::\n\n## More {#more}\n"
)


def test_a_snippet_says_what_it_is_for_and_what_it_asks_for() -> None:
    assert about(SNIPPET) == "Says sorry."
    assert placeholders(SNIPPET) == ("was", "now")


def test_a_filled_snippet_holds_the_values_and_tk_for_the_rest() -> None:
    blocks = fill("sorry.md", SNIPPET, {"was": "We said\n12: {now}."}, {"title": "x"})

    assert [one.name for one in blocks] == ["correction", "subhead#more"]
    assert blocks[0].get("was") == "We said 12: {now}."
    assert blocks[0].get("now") == "TK now"
    assert blocks[0].body == "We said\n12: {now}. That was wrong."


@pytest.mark.parametrize(("name", "hint"), [("wos", "did you mean was?"), ("zzz", "it asks for was, now")])
def test_a_value_that_a_snippet_does_not_ask_for_is_named(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint.replace("?", r"\?")):
        fill("sorry.md", SNIPPET, {name: "x"})


def test_a_snippet_that_cannot_be_read_is_named_with_its_line() -> None:
    with pytest.raises(ManuscriptError, match=r"sorry\.md:3: .*not closed"):
        fill("sorry.md", "<!-- x -->\n\n::: why\nWords\n", {})
