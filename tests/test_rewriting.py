"""A brief's words replaced in the editor's own text: what changes, what is said of it, and that nothing else moves."""

from dataclasses import replace

import pytest
from fakes import MemoryDrawer, MemoryStore
from hypothesis import assume, given, settings
from makers import NOON, article, block, manuscript
from manuscripts import hostile_texts, manuscripts

from composer.blocks import Block, Manuscript
from composer.commissions import Commission, Line, Provenance, read_provenance
from composer.desk.bureau.commissioning import Written
from composer.desk.bureau.rewriting import DISCLOSURE, brief_of, briefs, put, rewritten
from composer.desk.drafting import begin, literal
from composer.desk.revising import Desk, take_in
from composer.errors import ConflictError, NotFoundError, UsageError
from composer.manuscript import dump, load

OWN = Written(words="Salt is *dear*.")
ASKED = Commission(
    base_url="http://127.0.0.1/v1",
    model="small  model",
    prompt_version="1",
    article_sha256="ab" * 32,
    lines=(Line(role="user", words="Salt."),),
)
BY_A_MODEL = replace(OWN, commission=ASKED)
BRIEF = block("brief", "Salt rose.", headline="Salt", source=("wire-7",), attribution="The Wire reports")
SOURCE = replace(
    block("source", title="Salt", outlet="The Wire", url="https://wire.example.org/", article="1"), id="wire-7"
)
STORE = MemoryStore()
STORE.articles.save([article(url="https://wire.example.org/", title="Salt")])
TYPED = """---
title: The price of salt   
# a comment
dek: 'x'
---


Words   with  spaces.\t

:::   brief
headline: "Salt"
source: wire-7
x-own: mine
ai: assisted

Salt rose.

Twice.

:::
<!-- a note -->
::: credits
editing: Ana
:::


::: source   #wire-7
title: Salt
article: 7
:::
"""  # noqa: W291 (as an editor typed it)


def brief_in(text: str) -> Block:
    return load(text).manuscript.of("brief")[0]


def test_only_the_brief_the_header_and_a_disclosure_change_in_an_editors_text() -> None:
    changed = rewritten(TYPED, brief_in(TYPED), BY_A_MODEL)

    made = f"""::: brief
headline: Salt
source: wire-7
x-own: mine
ai: generated
x-ai: {provenance_in(changed)}

{literal(OWN.words)}
:::"""
    old = TYPED[TYPED.index(":::   brief") : TYPED.index("\n<!-- a note")]
    said = f"::: disclosure\nkind: ai\n\n{DISCLOSURE}\n:::\n\n::: credits"
    expected = (
        TYPED.replace(old, made).replace("::: credits", f"\n{said}").replace("dek: 'x'", "dek: 'x'\nai: assisted")
    )
    assert changed == expected
    assert load(changed).problems == load(TYPED).problems


def provenance_in(text: str) -> Provenance | None:
    return read_provenance(brief_in(text).get("x-ai"))


def test_a_brief_says_what_its_words_come_from() -> None:
    made = provenance_in(rewritten(TYPED, brief_in(TYPED), BY_A_MODEL))

    assert made
    assert (made.model, made.prompt_version, made.article) == ("small model", "1", "abababababab")
    assert made.is_of(literal(OWN.words))
    assert not made.is_of(OWN.words + " Edited.")


@pytest.mark.parametrize("written", ["", "by me", "small, prompt 1, article xyz, answer 0", ", prompt 1"])
def test_an_editors_own_words_in_that_field_are_no_provenance(written: str) -> None:
    assert read_provenance(written) is None


def test_the_articles_own_sentences_are_nobodys_machine_work() -> None:
    changed = rewritten(
        rewritten(TYPED, brief_in(TYPED), BY_A_MODEL), brief_in(rewritten(TYPED, brief_in(TYPED), BY_A_MODEL)), OWN
    )

    assert (brief_in(changed).get("ai"), brief_in(changed).get("x-ai")) == ("", "")
    assert brief_in(rewritten(TYPED, brief_in(TYPED), OWN)).body == literal(OWN.words)
    assert "disclosure" not in rewritten(TYPED, brief_in(TYPED), OWN)


def test_a_disclosure_is_made_once() -> None:
    once = rewritten(TYPED, brief_in(TYPED), BY_A_MODEL)
    twice = rewritten(once, brief_in(once), replace(BY_A_MODEL, words="Salt again."))

    assert twice.count("::: disclosure") == 1


@pytest.mark.parametrize(
    "header", [{"ai": "generated", "ai_note": "Drafted with a model."}, {"ai": "assisted", "ai_note": "So."}]
)
def test_an_edition_that_says_it_already_is_left_as_it_is(header: dict[str, str]) -> None:
    text = dump(manuscript(BRIEF, SOURCE, **header))

    changed = load(rewritten(text, BRIEF, BY_A_MODEL)).manuscript

    assert changed.header == load(text).manuscript.header
    assert changed.of("disclosure") == ()


@pytest.mark.parametrize("kind", ["credits", "signup", "why", "source"])
def test_a_disclosure_stands_above_what_closes_an_edition(kind: str) -> None:
    text = dump(manuscript(BRIEF, block(kind, "Because." if kind == "why" else "")))

    kinds = [one.kind for one in load(rewritten(text, BRIEF, BY_A_MODEL)).manuscript.blocks]

    assert kinds == ["brief", "disclosure", kind]


def test_line_ends_of_windows_are_kept() -> None:
    text = TYPED.replace("\n", "\r\n")
    changed = rewritten(text, brief_in(text), BY_A_MODEL)

    assert changed.replace("\r\n", "").count("\n") == 0


def test_a_text_without_a_last_line_end_is_read_as_well() -> None:
    text = dump(manuscript(BRIEF)).rstrip("\n")

    assert brief_in(rewritten(text, BRIEF, BY_A_MODEL)).get("ai") == "generated"


def test_of_two_briefs_that_read_alike_the_one_in_its_place_is_replaced() -> None:
    text = dump(manuscript(BRIEF, BRIEF))
    second = load(text).manuscript.of("brief")[1]

    bodies = [one.body for one in load(rewritten(text, second, OWN)).manuscript.of("brief")]

    assert bodies == ["Salt rose.", literal(OWN.words)]


def test_a_brief_that_was_changed_meanwhile_is_not_touched() -> None:
    with pytest.raises(ConflictError, match="“Salt” was changed meanwhile"):
        rewritten(TYPED.replace("Twice", "Thrice"), brief_in(TYPED), BY_A_MODEL)


settled = settings(deadline=None, max_examples=150)


@settled
@given(manuscripts())
def test_everything_else_in_any_manuscript_stays(given_one: Manuscript) -> None:
    text = dump(replace(given_one, blocks=(*given_one.blocks, BRIEF)))
    old = load(text).manuscript
    assume(old.blocks and old.blocks[-1] == BRIEF)
    _only_the_brief_changes(text, old)


@settled
@given(hostile_texts(), hostile_texts())
def test_everything_else_in_any_text_stays(above: str, below: str) -> None:
    text = f"{above}\n\n::: brief\nheadline: Salt\nsource:\n  - wire-7\nattribution: The Wire reports\n\nSalt rose.\n:::\n\n{below}"
    old = load(text).manuscript
    assume(BRIEF in old.blocks)
    _only_the_brief_changes(text, old)


def _only_the_brief_changes(text: str, old: Manuscript) -> None:
    target = next(one for one in old.blocks if one == BRIEF)
    try:
        new = load(rewritten(text, target, BY_A_MODEL)).manuscript
    except UsageError:
        return
    rest = [one for one in new.blocks if one.get("x-ai") == "" and one.body != DISCLOSURE]
    assert rest == [one for one in old.blocks if one.line != target.line]
    assert [one for one in new.header if one.key != "ai"] == [one for one in old.header if one.key != "ai"]


# Where it is kept


def test_a_file_that_somebody_has_open_is_not_written_over() -> None:
    desk = Desk(store=MemoryStore(), drawer=MemoryDrawer(), clock=lambda: NOON)
    copy = begin(desk, TYPED, uid="01KJZ5Q8X0V3T7R9M2N4P6S8W0")
    with desk.drawer.lend(copy.edition.filename):
        kept = put(desk, copy, brief_in(copy.revision.text), BY_A_MODEL, message="rewritten")

        assert desk.drawer.read(copy.edition.filename) == copy.revision.text
    assert (kept.revision.number, kept.manuscript.of("brief")[0].body) == (2, literal(OWN.words))
    assert take_in(desk, copy.edition.id).revision == kept.revision
    assert desk.drawer.read(copy.edition.filename) == kept.revision.text


def test_what_is_typed_while_the_model_writes_is_kept_and_not_lost() -> None:
    desk = Desk(store=MemoryStore(), drawer=MemoryDrawer(), clock=lambda: NOON)
    copy = begin(desk, TYPED, uid="01KJZ5Q8X0V3T7R9M2N4P6S8W0")
    desk.drawer.write(copy.edition.filename, copy.revision.text.replace("editing: Ana", "editing: Nino"))

    kept = put(desk, copy, brief_in(copy.revision.text), BY_A_MODEL, message="rewritten")

    assert kept.revision.number == 3
    assert kept.manuscript.of("credits")[0].get("editing") == "Nino"


# Which brief


def test_a_brief_is_named_by_its_place_or_its_id() -> None:
    text = manuscript(BRIEF, replace(BRIEF, id="port", body="Two."), SOURCE)

    assert brief_of(STORE, text, "1").brief.body == "Salt rose."
    assert [brief_of(STORE, text, name).brief.body for name in ("2", "port", "#port")] == ["Two."] * 3
    assert brief_of(STORE, text, "2").article.id == 1
    numbered = manuscript(BRIEF, replace(BRIEF, id="1", body="Two."), SOURCE)
    assert [brief_of(STORE, numbered, name).brief.body for name in ("1", "#1")] == ["Salt rose.", "Two."]


@pytest.mark.parametrize(
    ("blocks", "named", "sentence"),
    [
        ((BRIEF, SOURCE), "2", "no brief 2: there are 1"),
        ((BRIEF, SOURCE), "0", "no brief 0"),
        ((BRIEF, SOURCE), "#", "no brief #"),
        ((SOURCE,), "1", "no brief 1: there is none"),
        ((BRIEF,), "1", "brief 1 stands on no article in the store"),
    ],
)
def test_a_brief_that_cannot_be_had_is_named(blocks: tuple[Block, ...], named: str, sentence: str) -> None:
    with pytest.raises(NotFoundError, match=sentence):
        brief_of(STORE, manuscript(*blocks), named)


def test_of_several_sources_the_first_in_the_store_counts() -> None:
    typed = replace(block("source", title="Typed", outlet="A", url="https://a.example.org/"), id="typed")
    both = replace(
        BRIEF,
        fields=tuple(replace(one, value=("typed", "wire-7")) if one.key == "source" else one for one in BRIEF.fields),
    )

    assert [one.article.id for one in briefs(STORE, manuscript(both, typed, SOURCE))] == [1]
