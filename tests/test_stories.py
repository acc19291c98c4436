"""One story, many outlets: links as keys, sketches of texts, stories, and what an editor sees of them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import Ran
from courlan import normalize_url
from hypothesis import example, given, settings
from hypothesis import strategies as st
from makers import NOON, article, source

from composer.choice import Story
from composer.cli.edge import run
from composer.cli.stories import stories as stories_command
from composer.desk.choosing.links import _host, _split, canonical, hint, names_a_page
from composer.desk.choosing.sketches import alike, headline, tokens
from composer.desk.choosing.stories import sketch, stories, tell
from composer.model import Article, Enclosure
from db import open_store

Cli = Callable[..., Ran]

FERRY = (
    "The night ferry from Poti turned back on Sunday after water came into its engine room, and all sixty-one "
    "passengers walked ashore unhurt before dawn. The harbour master said that a cooling pipe had burst and that the "
    "ship had been inspected only in January, by two engineers who signed every page of a report that nobody can "
    "find now. It will not sail again this month. The owner, a retired pilot with four ships and one crane, promised "
    "to pay for buses along the coast road, which the regional council closed to buses in the autumn because of the "
    "cracks in its only tunnel. Passengers who had planned to reach the west bank by breakfast were offered soup."
)
FERRY_BY_ANOTHER = (
    "Sixty-one people spent part of Sunday night in life jackets when a ferry bound for the west bank began to take in "
    "water twenty minutes out of Poti. The captain brought her round by himself. Engineers who went below found a "
    "split pipe; the owner expects a month of repairs, and nobody knows how the buses that he offers instead will get "
    "through a tunnel that was shut in the autumn. A child had slept through all of it, her mother said, and woke up "
    "asking whether they had arrived. The ministry of transport will send an inspector on Tuesday."
)
WHEAT = (
    "Wheat was quoted at 231 dollars a tonne on Wednesday, the highest price since the spring of last year, after a "
    "dry March on the steppe. Millers in the port towns said that bread would follow within weeks, and bakers by the "
    "sea put handwritten notes in their windows. The ministry ruled out limits on export. Farmers who sold early are "
    "cross, those who waited bought tractors, and a trader with a barn full of barley said that prices remember what "
    "people forget. Nobody at the exchange would say how long the silos can stay as empty as they are."
)
NO_SKETCHES: dict[int, frozenset[int]] = {}


def told(number: int, **changes: Any) -> Article:
    """Return an article of a source of its own, with its own link."""
    link = f"https://outlet{number}.example.org/story/{number}"
    given = {"id": number, "source_id": number, "outlet": f"Outlet {number}", "guid": link, "url": link, "text": FERRY}
    return article(**{"title": f"Headline of outlet {number}", **given, **changes})


def found(*articles: Article) -> list[set[int]]:
    return [{one.id for one in story.articles} for story in told_by(articles)]


def told_by(articles: Any) -> tuple[Story, ...]:
    every = tuple(articles)
    return stories(every, {one.id: sketch(one.text or one.summary) for one in every})


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a/story?utm_source=rss&utm_medium=feed",
        "HTTPS://Example.ORG:443/a/story",
        "https://example.org./a/story",
        "https://example.org/b/../a/./story",
        "https://example.org/%61/story",
        "https://example.org/a/story#:~:text=the%20ferry",
        "https://example.org/a/story?fbclid=IwAR0",
    ],
)
def test_links_to_one_page_have_one_key(url: str) -> None:
    assert canonical(url) == "https://example.org/a/story"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a#part-1", "https://example.org/a#part-2"),
        ("https://example.org/?p=12", "https://example.org/?p=13"),
        ("https://example.org/?cid=4711", "https://example.org/?cid=4712"),
        ("https://example.org/watch?v=a", "https://example.org/watch?v=b"),
        ("https://example.org/a", "http://example.org/a"),
        ("https://example.org/a?page", "https://example.org/a?print"),
        ("https://example.org/A", "https://example.org/a"),
    ],
)
def test_links_to_several_pages_have_several_keys(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("words", ["", "salt", "mailto:salt@example.org", "ftp://example.org/a", "http://[::1", "//x"])
def test_what_is_no_web_link_has_no_key(words: str) -> None:
    assert canonical(words) == hint(words) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/news/ferry",
        "https://www.example.org/news/ferry/",
        "https://m.example.org/news/ferry",
        "https://mobile.example.org/news/ferry",
        "https://example.org/news/ferry/amp",
        "https://example.org/amp/news/ferry",
        "https://amp.example.org/news/ferry?amp=1",
        "https://example.org/news/ferry?outputType=amp",
        "https://www.google.com/amp/s/example.org/news/ferry",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/ferry",
    ],
)
def test_editions_of_a_page_have_one_hint(url: str) -> None:
    assert hint(url) == "example.org/news/ferry"


def test_a_short_host_keeps_the_name_that_looks_like_an_edition() -> None:
    assert hint("https://m.com/story") == "m.com/story"


@example("? &")
@example("?x &#a :~:text=b")
@given(st.text(alphabet="abAZ.%/?#&=:~-_7eE2f ü字", max_size=40))
def test_a_key_is_its_own_key(words: str) -> None:
    key = canonical(f"https://example.org/{words}")

    assert canonical(key) == key


@given(st.text(max_size=60))
def test_any_words_can_be_asked_for_a_key(words: str) -> None:
    assert isinstance(hint(words), str)


@given(st.from_regex(r"https?://[a-z0-9.\-:]{1,9}(/[a-zA-Z0-9~.\-]{0,5}){0,3}(\?[!-~]{0,9})?", fullmatch=True))
def test_a_plain_link_is_split_as_the_library_splits_it(url: str) -> None:
    assert _split(url) == urlsplit(url)


@given(st.from_regex(r"[a-z0-9]([a-z0-9\-]{0,5}\.){1,3}[a-z0-9]{1,4}", fullmatch=True))
def test_a_plain_host_is_written_as_courlan_writes_it(name: str) -> None:
    assert _host("https", name) == normalize_url(f"https://{name}")


def test_a_front_page_names_no_article() -> None:
    assert not names_a_page(canonical("https://example.org"))
    assert names_a_page(canonical("https://example.org/?p=1"))


def test_words_are_folded_whatever_the_script() -> None:
    assert tokens("Café «it’s» 12%") == ["cafe", "it", "s", "12"]
    assert tokens("مُحَمَّد كتـاب") == ["محمد", "كتاب"]
    assert tokens("東京都") == ["東京", "京都"]


def test_a_text_in_any_script_can_be_recognised() -> None:
    chinese = (
        "渡轮周日夜间从波季折返，因为机舱进水，所有乘客在黎明前平安上岸，港务长说冷却管破裂，船只本月不再航行。" * 2
    )
    arabic = " ".join(f"كلمة{number} أخرى عن السفينة" for number in range(30))

    assert sketch(chinese)
    assert sketch(arabic)
    assert sketch(arabic.replace("كلمة", "كَلِمَة")) == sketch(arabic)


def test_a_short_text_has_no_sketch() -> None:
    assert (
        sketch("Nineteen words are not enough to tell whether one text is a copy of another one or not, sadly.")
        == frozenset()
    )


@given(st.text())
def test_a_sketch_holds_numbers_that_any_store_can_keep(text: str) -> None:
    assert all(0 <= number < 2**62 for number in sketch(text))


def test_headlines_that_name_other_figures_are_not_alike() -> None:
    monday = headline("Rates of the day for 23 November", "")
    tuesday = headline("Rates of the day for 24 November", "")

    assert alike(monday, tuesday) == 0.0
    assert alike(monday, monday) == 1.0


def test_an_outlet_at_the_end_of_its_headline_does_not_count() -> None:
    assert headline("Salt is dearer | The Wire", "The Wire") == headline("Salt is dearer", "")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FERRY, id="word for word"),
        pytest.param(f"POTI (Agency) – {FERRY} Additional reporting by our staff.", id="with an agency line"),
        pytest.param(FERRY.upper().replace(",", " —"), id="in other letters and signs"),
        pytest.param(" ".join(FERRY.split()[:50]), id="its first half"),
        pytest.param(FERRY.replace("Sunday", "Saturday").replace("soup", "tea and bread"), id="edited"),
    ],
)
def test_a_copy_is_found(text: str) -> None:
    assert found(told(1), told(2, text=text), told(3, text=WHEAT)) == [{1, 2}]


def test_two_reports_of_one_event_in_two_writers_words_are_not_linked() -> None:
    assert found(told(1), told(2, text=FERRY_BY_ANOTHER)) == []


def test_copies_within_one_source_are_its_own_affair() -> None:
    assert found(told(1), told(2, source_id=1)) == []


def test_one_page_in_two_feeds_of_one_outlet_is_one_story() -> None:
    page = "https://outlet1.example.org/story/1"

    assert found(told(1, url=page + "?utm_source=a"), told(2, url=page + "?utm_source=b", text="")) == [{1, 2}]


def test_one_page_twice_in_one_source_is_one_story() -> None:
    assert found(told(1, title="Ferry"), told(2, source_id=1, url=told(1).url, title="Ferry", text="")) == [{1, 2}]


def test_a_link_that_a_source_gives_to_everything_joins_nothing() -> None:
    home = "https://outlet1.example.org/live"
    one, two = told(1, url=home, title="Salt", text=""), told(2, url=home, source_id=1, title="Roads", text="")

    assert found(one, two, told(3, url=home, title="Bread", text="")) == []


def test_another_edition_of_a_page_needs_the_same_headline() -> None:
    amp = {"url": "http://m.outlet1.example.org/story/1/amp", "text": ""}

    assert found(told(1, title="Soup"), told(2, title="Soup", **amp)) == [{1, 2}]
    assert found(told(1, title="Soup"), told(2, title="Bread", **amp)) == []


def test_a_headline_alone_joins_its_copies_of_the_same_days() -> None:
    title = "Night ferry turns back to Poti"
    short, later = told(2, title=title, text=""), told(3, title=title, text="", published=NOON + timedelta(days=9))

    assert found(told(1, title=title), short, later) == [{1, 2}]


def test_one_headline_over_two_texts_joins_nothing() -> None:
    title = "What we know this morning"

    assert found(told(1, title=title), told(2, title=title, text=WHEAT)) == []


def test_a_digest_does_not_make_one_story_of_all_that_it_holds() -> None:
    digest = told(1, text=f"{FERRY}\n\n{WHEAT}")
    together = found(digest, told(2), told(3), told(4, text=WHEAT), told(5, text=WHEAT))

    assert not any({2, 4} <= story for story in together)
    assert any({2, 3} <= story for story in together)
    assert any({4, 5} <= story for story in together)


def test_what_a_source_says_under_every_article_joins_nothing() -> None:
    furniture = " ".join(FERRY.split()[:60])
    own = [f"Event{number} " * 3 + furniture for number in range(6)]
    notices = [told(number, source_id=1, text=text) for number, text in enumerate(own, 1)]

    assert found(*notices, told(7, text=furniture)) == []


def test_a_true_copy_comes_before_a_text_that_is_merely_like_it() -> None:
    like = " ".join(FERRY.split()[:70]) + " " + " ".join(WHEAT.split()[:60])
    articles = [told(1), told(2, source_id=9, text=like), told(3, source_id=9, text=FERRY)]

    assert {1, 3} in found(*articles)


def test_a_story_begins_with_the_heaviest_source_and_its_fullest_text() -> None:
    shorter = " ".join(FERRY.split()[:80])
    articles = (told(1, text=shorter), told(2), told(3, text=shorter))
    sketches = {one.id: sketch(one.text) for one in articles}

    assert stories(articles, sketches)[0].articles[0].id == 2
    assert stories(articles, sketches, {3: 5})[0].articles[0].id == 3


def test_a_story_says_how_weak_its_weakest_link_is() -> None:
    whole, edited = told_by([told(1), told(2)]), told_by([told(1), told(2, text=f"{FERRY[:300]} {WHEAT[:200]}")])

    assert whole[0].likeness == 1.0
    assert 0.5 <= edited[0].likeness < 1.0


def test_the_most_widely_told_story_comes_first() -> None:
    articles = [told(1), told(2), told(3, text=WHEAT), told(4, text=WHEAT), told(5, text=WHEAT)]

    assert found(*articles) == [{3, 4, 5}, {1, 2}]


PIECES = [FERRY, WHEAT, FERRY_BY_ANOTHER, FERRY[:350], WHEAT[60:], f"{FERRY} {WHEAT}", "", "Soup."]
TITLES = ["Ferry turns back to Poti again", "Wheat", "Ferry turns back to Poti", "What we know this morning"]


@st.composite
def newsrooms(draw: st.DrawFn) -> list[Article]:
    """Draw up to nine articles of up to four sources."""
    count = draw(st.integers(0, 9))
    return [
        told(
            number,
            source_id=draw(st.sampled_from([1, 2, 3, 4, None])),
            outlet=draw(st.sampled_from(["Wire", "Tide"])),
            text=draw(st.sampled_from(PIECES)),
            title=draw(st.sampled_from(TITLES)),
            url=f"https://www.example.org/{draw(st.integers(1, 9))}",
        )
        for number in range(1, count + 1)
    ]


@settings(max_examples=60)
@given(newsrooms(), st.randoms(use_true_random=False))
def test_the_order_in_which_articles_came_changes_nothing(articles: list[Article], chance: Any) -> None:
    shuffled = list(articles)
    chance.shuffle(shuffled)

    assert told_by(shuffled) == told_by(articles)


@settings(max_examples=60)
@given(newsrooms())
def test_every_article_stands_in_one_story_at_most_and_twice_given_counts_once(articles: list[Article]) -> None:
    together = told_by(articles)
    numbers = [one.id for story in together for one in story.articles]

    assert len(numbers) == len(set(numbers))
    assert all(len(story.articles) > 1 and 0.5 <= story.likeness <= 1.0 for story in together)
    assert told_by(articles + articles) == together


@settings(max_examples=60)
@given(newsrooms())
def test_within_one_source_only_one_link_joins(articles: list[Article]) -> None:
    apart = [replace(one, url=f"https://www.example.org/apart/{one.id}") for one in articles]

    for story in told_by(apart):
        tellers = [one.source_id or one.outlet for one in story.articles]
        assert len(tellers) == len(set(tellers))


@settings(max_examples=60)
@given(newsrooms())
def test_a_story_that_nobody_else_tells_changes_no_other(articles: list[Article]) -> None:
    lonely = told(99, text=" ".join(f"word{number}" for number in range(80)), title="Nothing like it anywhere else")

    assert told_by([*articles, lonely]) == told_by(articles)


def test_sketches_are_made_once_and_kept(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.sqlite3") as store:
        wires = [store.sources.add(source(url=f"https://{name}.example.org/feed")) for name in ("a", "b")]
        store.articles.save([told(one.id, id=0, source_id=one.id) for one in wires])

        first = tell(store, NOON - timedelta(days=1))
        kept = store.articles.sketches(NOON - timedelta(days=1))

        assert [len(story.articles) for story in first] == [2]
        assert {one.id: sketch(one.text) for story in first for one in story.articles} == dict(kept)
        assert tell(store, NOON - timedelta(days=1)) == first
        assert tell(store, NOON + timedelta(days=1)) == ()


def feed(name: str, *texts: str) -> str:
    items = "".join(
        f"<item><title>{name} on the sea, {number}</title><link>https://{name}.example.org/{number}</link>"
        f"<pubDate>Thu, 05 Mar 2026 08:0{number}:00 +0000</pubDate><description>{text}</description></item>"
        for number, text in enumerate(texts)
    )
    return f'<rss version="2.0"><channel><title>{name}</title><link>https://{name}.example.org/</link>{items}</channel></rss>'


@pytest.fixture
def two_outlets(folder: Path, cli: Cli) -> Path:
    """A newsletter that follows two more feeds, which tell one story in one writer's words."""
    for name, texts in (("tide", (FERRY, WHEAT)), ("shore", (FERRY,))):
        (folder / "seeds" / f"{name}.xml").write_text(feed(name, *texts), encoding="utf-8")
        assert cli("follow", f"seeds/{name}.xml").code == 0
    assert cli("collect").code == 0
    return folder


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> Ran:
    capsys.readouterr()
    code = run(stories_command, words)
    said = capsys.readouterr()
    return Ran(code, said.out, said.err)


def test_stories_lists_who_tells_one_and_which_articles_to_pick(
    two_outlets: Path, cli: Cli, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = ask(capsys, "--days", "3650")
    listed = json.loads(ask(capsys, "--days", "3650", "--json").out)

    assert "2 outlets, 100 % alike" in shown.out
    assert "Wheat" not in shown.out
    assert {one["outlet"] for one in listed[0]["articles"]} == {"tide", "shore"}
    assert cli("pick", str(listed[0]["articles"][0]["id"])).code == 0
    assert "✓" in ask(capsys, "--days", "3650").out


def test_stories_says_when_there_are_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ask(capsys)

    assert (done.code, done.out) == (0, "")
    assert "no story that several outlets tell in the last 14 days" in done.err
    assert json.loads(ask(capsys, "--json").out) == []


def test_a_search_shows_where_the_words_stand_without_marks_in_a_pipe(folder: Path, cli: Cli) -> None:
    done = cli("articles", "bridges")

    assert "Two of the three bridges are closed to lorries." in done.out
    assert "\x1b" not in done.out


def test_a_search_tells_scripts_which_words_were_found(folder: Path, cli: Cli) -> None:
    snippet = json.loads(cli("articles", "bridges", "--json").out)[0]["snippet"]

    assert ["bridges", True] in snippet


def test_a_ranked_search_begins_with_the_best_match(two_outlets: Path, cli: Cli) -> None:
    best = json.loads(cli("articles", "--ranked", "ferry", "lorries", "--json").out)[0]

    assert best["title"] == "A ferry for Batumi"


def test_ranking_without_words_is_a_slip(folder: Path, cli: Cli) -> None:
    done = cli("articles", "--ranked")

    assert done.code == 2
    assert "--ranked needs words" in done.err


def test_show_tells_how_an_article_read_before_its_publisher_changed_it(folder: Path, cli: Cli) -> None:
    number = str(json.loads(cli("articles", "bridges", "--json").out)[0]["id"])
    path = folder / "seeds" / "salt.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("Two of the three", "All three"), encoding="utf-8")
    assert cli("collect").code == 0

    assert "1 earlier version" in cli("show", number).out
    assert "All three bridges" in cli("show", number).out
    assert "Two of the three bridges" in cli("show", number, "--version", "1").out
    assert cli("show", number, "--version", "9").code == 5
    assert len(json.loads(cli("show", number, "--json").out)["earlier"]) == 1


def test_show_says_all_that_the_publisher_said(folder: Path, cli: Cli) -> None:
    recording = Enclosure(url="https://wire.example.org/salt.mp3", media_type="audio/mpeg", bytes_length=4_200_000)
    told_more = article(
        updated=NOON + timedelta(days=1),
        categories=("Trade", "Roads"),
        enclosures=(recording,),
        via="The Harbour Register",
        access="paywalled",
    )
    with open_store(folder / "db" / "newsletter.sqlite3") as store:
        store.articles.save([told_more])
        kept = store.articles.find(told_more.guid)
    assert kept

    shown = cli("show", str(kept.id)).out

    assert "updated: 2026-03-07" in shown
    assert "filed under: Trade, Roads" in shown
    assert "via: The Harbour Register" in shown
    assert "with it: https://wire.example.org/salt.mp3 (audio/mpeg, 4.2 MB)" in shown
    assert "behind a paywall" in shown
    assert json.loads(cli("show", str(kept.id), "--json").out)["updated"] == "2026-03-07T12:00:00+00:00"
