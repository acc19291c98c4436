"""Never the same story twice: what ran is remembered, and by what it is recognised."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cases import case
from cases import settings as newsletter
from conftest import Ran
from fakes import MemoryStore
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON, article, block, edition, manuscript

from composer.app import open_newsroom
from composer.choice import Clipping, Rerun
from composer.desk.choosing.cuttings import clippings
from composer.desk.choosing.likeness import TITLE_DAYS
from composer.desk.choosing.morgue import file_new, open_morgue, rebuild
from composer.desk.choosing.reruns import Archive, Asked, asked, trace_of, traced
from composer.desk.choosing.sketches import sketch
from composer.feeds.extract import article_in
from composer.feeds.whole import completed
from composer.manuscript import dump
from composer.model import Article, Publication, Revision
from composer.proofs import proof

Cli = Callable[..., Ran]
UTC = ZoneInfo("UTC")
DAY = timedelta(days=1)
FERRY = (
    "The night ferry from Poti turned back on Sunday after water came into its engine room, and all sixty-one "
    "passengers walked ashore unhurt before dawn. The harbour master said that a cooling pipe had burst and that the "
    "ship had been inspected only in January, by two engineers who signed every page of a report that nobody can "
    "find now. It will not sail again this month. The owner, a retired pilot with four ships and one crane, promised "
    "to pay for buses along the coast road, which the regional council closed to buses in the autumn."
)
OTHER = "Wheat was quoted at 231 dollars a tonne on Wednesday, the highest price since the spring, after a dry March."
LINK = "https://wire.example.org/2026/ferry"


def ran(**changes: object) -> Clipping:
    given = {"edition_id": 12, "revision": 1, "ran_at": NOON, "place": "story", "urls": (LINK,), "outlet": "The Wire"}
    words = {"headline": "Back to Poti", "title": "Night ferry turns back to Poti", "published": NOON}
    return Clipping(**{**given, **words, "sketch": sketch(FERRY), **changes})


def runs(one: Article, *cut: Clipping, besides: tuple[int, ...] = ()) -> list[tuple[int, str]]:
    archive = Archive(cut or (ran(),), UTC)
    found = archive.runs(asked(one, sketch(one.text)), besides)
    return [(run.edition_id, run.how) for run in found]


def another(**changes: object) -> Article:
    """Return an article that has nothing of what ran."""
    given = {"url": "https://else.example.net/1", "title": "Wheat is dear again this week", "text": OTHER}
    return article(**{**given, "outlet": "Elsewhere", **changes})


@pytest.mark.parametrize(
    ("changes", "how"),
    [
        ({"url": f"{LINK}?utm_source=rss"}, "link"),
        ({"also": (LINK,)}, "redirect"),
        ({"url": "https://m.wire.example.org/2026/ferry", "title": "Night ferry turns back to Poti"}, "page"),
        ({"text": FERRY}, "text"),
        ({"text": FERRY[:300]}, "text"),
        ({"title": "Night ferry turns back to Poti", "published": NOON + 3 * DAY}, "headline"),
    ],
)
def test_a_story_that_ran_is_recognised(changes: dict[str, object], how: str) -> None:
    assert runs(another(**changes)) == [(12, how)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"url": "https://wire.example.org/"},
        {"title": "Night ferry turns back to Poti", "published": NOON + 4 * DAY},
        {"title": "Ferry turns back", "published": NOON},
        {"url": "https://m.wire.example.org/2026/ferry"},
        {"url": "https://wire.example.org/2026/ferry#update-2"},
    ],
)
def test_another_story_did_not_run(changes: dict[str, object]) -> None:
    assert runs(another(**changes)) == []


@pytest.mark.parametrize(
    ("outlet", "shared", "found"), [("Elsewhere", 12, 1), ("The Wire", 12, 0), ("The Wire", 16, 1)]
)
def test_within_an_outlet_half_of_the_words_may_be_its_template(outlet: str, shared: int, found: int) -> None:
    archive = Archive([ran(sketch=frozenset(range(20)))], UTC)
    mixed = frozenset(range(20 - shared, 40 - shared))
    assert len(archive.runs(Asked(urls=(), title="A week", outlet=outlet, sketch=mixed))) == found


def test_a_front_page_is_no_story() -> None:
    assert (
        runs(another(url="https://wire.example.org/"), ran(urls=("https://wire.example.org/",), sketch=frozenset()))
        == []
    )


def test_a_link_in_words_is_known_by_its_link_alone_and_said_quietly() -> None:
    cut = ran(place="words", title="", sketch=frozenset())
    assert runs(another(url=LINK), cut) == [(12, "words")]
    assert runs(another(text=FERRY, title="Back to Poti"), cut) == []
    assert Rerun(edition_id=12, day=NOON.date(), headline="the ferry", how="words").sentence == (
        "was linked in edition 12 (2026-03-06), at “the ferry”"
    )


def test_a_story_that_ran_twice_is_told_once_an_edition_the_surest_sign_first() -> None:
    cut = (ran(edition_id=14, urls=()), ran(edition_id=12, place="words"), ran(edition_id=12), ran(edition_id=9))
    assert runs(another(url=LINK, text=FERRY), *cut) == [(12, "link"), (9, "link"), (14, "text")]


def test_an_edition_does_not_repeat_itself() -> None:
    assert runs(another(url=LINK), besides=(12,)) == []


def test_the_sentence_names_edition_day_and_headline() -> None:
    (run,) = Archive([ran(ran_at=NOON.replace(hour=23))], ZoneInfo("Asia/Tbilisi")).runs(Asked(urls=(LINK,)))
    assert run.sentence == "ran in edition 12 (2026-03-07) as “Back to Poti”"
    assert replace(run, headline="“Soon”, again").sentence.endswith("as “‘Soon’, again”")


# What an edition carried


def letter(*blocks: object, **header: object) -> str:
    return dump(manuscript(*blocks, **header))


def the_brief(headline: str = "Back to Poti") -> object:
    return block("brief", "The ferry turned back.", headline=headline, source=("wire",))


def the_source(**changes: object) -> object:
    given = {"title": "Night ferry turns back to Poti", "outlet": "The Wire", "url": LINK}
    return block("source", block_id="wire", **{**given, "published": "2026-03-05", **changes})


def test_stories_are_cut_apart_from_links_in_words() -> None:
    words = "Read [the report](https://else.example.net/report), [us](https://news.example.org/old) and [home](https://else.example.net/)."
    quoted = block("source", block_id="q", title="An old story", outlet="Elsewhere", url="https://else.example.net/old")
    text = manuscript(block("prose", words), the_brief(), block("quote", "No.", source="q"), the_source(), quoted)
    cut = clippings(text, lambda _: None, "news.example.org")
    assert [(one.place, one.headline, one.urls) for one in cut] == [
        ("story", "Back to Poti", (LINK,)),
        ("words", "An old story", ("https://else.example.net/old",)),
        ("words", "the report", ("https://else.example.net/report",)),
    ]


def test_a_clipping_has_its_articles_words_and_other_addresses() -> None:
    known = article(url=LINK, also=("https://short.example/f",), text=FERRY)
    (cut,) = clippings(manuscript(the_brief(), the_source()), lambda _: known, "")
    assert (cut.urls, cut.sketch) == ((LINK, "https://short.example/f"), sketch(FERRY))


WORDS = [f"word{number}" for number in range(700)]
PART = st.tuples(st.integers(0, 500), st.integers(20, 200)).map(lambda at: " ".join(WORDS[at[0] : at[0] + at[1]]))


@given(PART, PART, st.integers(-5, 5))
def test_what_ran_is_found_by_its_trace_unless_the_text_is_much_shorter(one: str, other: str, days: int) -> None:
    cut = ran(sketch=sketch(other), published=NOON + days * DAY, urls=("https://else.example.net/9",))
    story = Asked(urls=(LINK,), title=cut.title, published=NOON, sketch=sketch(one))
    own, its = trace_of(story), traced(cut)
    is_found = bool(own.runs & its.runs) or abs(own.day - its.day) <= TITLE_DAYS.days

    if len(story.sketch) >= len(cut.sketch) and Archive([cut], UTC).runs(story):
        assert is_found
    assert trace_of(replace(story, urls=cut.urls)).keys & its.keys


def test_a_link_in_words_is_found_by_its_link_alone() -> None:
    its = traced(ran(place="words"))
    assert (its.runs, its.day) == (frozenset(), None)
    assert trace_of(asked(article(url=LINK), frozenset())).keys & its.keys


def out(store: MemoryStore, text: str, *, days: int = 0, name: str = "a") -> int:
    """Publish an edition; return its number."""
    first = Revision(edition_id=0, number=1, text=text, sha256="0" * 64, saved_at=NOON)
    made = edition(uid=name, slug=name, filename=f"{name}.md", published_at=NOON + days * DAY)
    kept = store.editions.create(made, first)
    gone = Publication(
        edition_id=kept.id, revision=1, channel="outbox", sha256="0" * 64, published_at=NOON + days * DAY
    )
    store.editions.record(gone, kept)
    return kept.id


def test_the_morgue_follows_what_was_published_and_can_be_made_anew() -> None:
    store = MemoryStore()
    out(store, letter(the_brief(), the_source()))
    assert file_new(store, newsletter()) == 1
    assert file_new(store, newsletter()) == 0
    assert rebuild(store, newsletter()) == 1
    assert [one.headline for one in store.morgue.all()] == ["Back to Poti"]


def test_an_articles_number_counts_only_with_its_address_or_title() -> None:
    store = MemoryStore()
    store.articles.save([another(also=("https://short.example/wheat",))])
    out(store, letter(the_brief(), the_source(article="1")))
    morgue = open_morgue(store, newsletter())
    assert morgue.runs(store.articles.get(1)) == ()
    assert [run.how for run in morgue.runs_of_link(LINK)] == ["link"]


def test_a_short_link_is_known_by_the_article_that_it_led_to() -> None:
    store = MemoryStore()
    store.articles.save([another(url="https://short.example/f", guid="f", also=(LINK,))])
    out(store, letter(the_brief(), the_source()))
    assert [run.how for run in open_morgue(store, newsletter()).runs_of_link("https://short.example/f")] == ["redirect"]


def test_an_edition_at_work_is_held_against_the_others_only() -> None:
    store = MemoryStore()
    text = manuscript(block("prose", f"See [the ferry]({LINK})."), the_brief("Poti again"), the_source(title="TK"))
    number = out(store, dump(text))
    morgue = open_morgue(store, newsletter())
    other = edition(id=99, uid="b", slug="b")
    assert {key: run.edition_id for key, run in morgue.within(text, other).items()} == {
        "src:wire": number,
        LINK: number,
    }
    assert morgue.within(text, store.editions.get(number)) == {}


@pytest.mark.parametrize("original", ["a", "1", "The price of salt"])
def test_a_translation_does_not_repeat_its_original(original: str) -> None:
    store = MemoryStore()
    out(store, letter(the_brief(), the_source()))
    text = manuscript(the_brief(), the_source(), translation_of=original)
    assert open_morgue(store, newsletter()).within(text, edition(id=99, uid="b", slug="b")) == {}


# Proof


def test_proof_warns_of_a_story_that_ran_and_notes_a_link() -> None:
    run = Rerun(edition_id=12, day=NOON.date(), headline="Salt, again", how="link")
    linked = Rerun(edition_id=11, day=NOON.date(), headline="the market", how="words")
    url = "https://else.example.net/market"
    prose = block("prose", f"The road is [closed]({url}) since January.\n\nTraders wait on both sides of the pass.")
    remarks = proof(replace(case(prose), reruns={"src:wire": run, url: linked}))
    assert [(one.rule, one.severity) for one in remarks] == [("E-RAN", "warning"), ("E-RAN", "info")]
    assert remarks[0].message == (
        "“The road stays closed” ran in edition 12 (2026-03-06) as “Salt, again”; take it out, or say what is new"
    )


def test_a_brief_may_say_why_it_runs_again() -> None:
    run = Rerun(edition_id=12, day=NOON.date(), headline="Salt, again", how="link")
    again = block("brief", "The pass will open in May, the roads office said. Until then every sack goes the long way.",
                  headline="The road stays closed", source=("wire",), attribution="The Wire reports",
                  x_allow="E-RAN the road was opened since")  # fmt: skip
    assert proof(replace(case(again), reruns={"src:wire": run})) == ()


# Where addresses are learnt

PAGE = (
    "<html><head><link rel='canonical' href='{}'></head><body><article><h1>Ferry</h1>"
    + "".join(f"<p>{FERRY}</p>" for _ in range(2))
    + "</article></body></html>"
)


def test_a_page_that_names_another_address_keeps_the_one_where_it_was_found() -> None:
    found = article_in(PAGE.format(LINK), "https://amp.wire.example.org/ferry", NOON)
    assert (found.url, found.also) == (LINK, ("https://amp.wire.example.org/ferry",))
    assert article_in(PAGE.format(LINK), LINK, NOON).also == ()


def test_a_completed_teaser_knows_where_its_link_ended() -> None:
    teaser = another(url="https://feeds.example.net/go/7", title="Ferry", summary=FERRY[:120], text=FERRY[:120])
    page = article_in(PAGE.format(LINK), f"{LINK}/print", NOON)
    assert completed(teaser, page).also == (LINK, f"{LINK}/print")


# What an editor sees


@pytest.fixture
def sample(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample newsletter with one edition published."""
    from composer.cli.demonstration import settle  # noqa: PLC0415

    settle(tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    for line in ("follow seeds/feeds.opml", "collect", "draft --from seeds/editions/nobody-lives-in-a-corridor.md"):
        assert cli(*line.split()).code == 0
    assert cli("publish", "1").code == 0
    return tmp_path / "portolan"


def number_of(cli: Cli, title: str) -> str:
    listed = json.loads(cli("articles", "--json", "--limit", "100").out)
    return next(str(one["id"]) for one in listed if one["title"].startswith(title))


def test_every_command_that_chooses_says_what_ran(sample: Path, cli: Cli) -> None:
    chairs = number_of(cli, "The dental chairs")
    said = "ran in edition 1 ("
    assert said in cli("pick", chairs).err
    assert said in cli("show", chairs).out
    assert said in cli("articles", "dental").out
    assert "edition 1" in cli("articles").out
    assert said in cli("draft", "Again", "--pick", chairs).err
    assert f"warning E-RAN: “The dental chairs that weighed too much” {said}" in cli("proof", "2").out
    assert json.loads(cli("show", chairs, "--json").out)["ran"]["edition"] == 1


def test_the_edition_that_carried_it_is_not_warned(sample: Path, cli: Cli) -> None:
    assert "E-RAN" not in cli("proof", "1").out
    assert cli("publish", "1").code == 0


def test_ran_answers_for_a_link_and_a_number(sample: Path, cli: Cli) -> None:
    link = "https://harbour-register.example.org/2026/02/dental-chairs"
    assert cli("ran", f"{link}?utm_source=x").out == cli("ran", number_of(cli, "The dental chairs")).out
    assert cli("ran", link).out.startswith("ran in edition 1 (")
    assert [one["by"] for one in json.loads(cli("ran", link, "--json").out)] == ["link"]
    assert cli("ran", "https://else.example.net/never").out == "ran in no edition\n"


def test_ran_refuses_what_is_neither(sample: Path, cli: Cli) -> None:
    assert (cli("ran").code, cli("ran", "banana").code, cli("ran", "4711").code) == (2, 2, 5)


def test_editions_that_were_published_before_are_remembered_after_an_upgrade(sample: Path, cli: Cli) -> None:
    with open_newsroom() as room:
        before = room.store.morgue.all()
        room.store.morgue.empty()
    assert cli("ran", number_of(cli, "The dental chairs")).out.startswith("ran in edition 1")
    assert cli("ran", "--rebuild").err == "1 published revision cut again\n"
    with open_newsroom() as room:
        assert room.store.morgue.all() == before
