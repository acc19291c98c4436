"""Profiles and snippets: data that says what an edition is made of, and what is wrong when it says it wrongly."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import settings as newsletter
from conftest import Ran
from makers import NOON, article

from composer import resources
from composer.app import open_newsroom
from composer.desk.drafting import compose
from composer.desk.publishing import prove
from composer.desk.revising import take_in
from composer.desk.sheets import render
from composer.desk.snippets import fill, placeholders
from composer.errors import NotFoundError, SettingsError
from composer.manuscript import load
from composer.model import Access, ArticleQuery
from composer.profiles import find_profile, list_profiles, read_profile

Cli = Callable[..., Ran]
SHIPPED = ("coda-currents", "link-blog", "semaform", "smart-brevity", "source-digest", "tldr")
GOOD = """name = "mine"
words_most = 900
layout = ["lede", "section: Elsewhere", "brief"]

[[slots]]
kind = "lede"
least = 1
words = [20, 60]

[[slots]]
kind = "brief"
most = 3
"""
STILL_THE_SOURCES = {"E-COPY", "E-LEN-RATIO", "E-SRC-OLD"}  # a draft's briefs are sentences of sources from a while ago


def a_profile(folder: Path, text: str, name: str = "mine") -> Path:
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_profiles_are_these_and_all_read() -> None:
    files = list_profiles([resources.templates()])

    assert tuple(files) == SHIPPED
    assert all(read_profile(file).about for file in files.values())


def test_a_profile_reads_as_it_is_written(tmp_path: Path) -> None:
    profile = read_profile(a_profile(tmp_path, GOOD))

    lede = profile.slot("lede")
    assert (profile.name, profile.words_most, profile.layout[1]) == ("mine", 900, "section: Elsewhere")
    assert lede
    assert (lede.least, lede.words_least, lede.words_most) == (1, 20, 60)


@pytest.mark.parametrize(
    ("before", "after", "line", "sentence"),
    [
        ("words_most", "word_most", 2, "word_most is no key of a profile; did you mean words_most?"),
        ("words_most = 900", 'words_most = "many"', 2, "words_most: must be a whole number, 0 or more"),
        ("words_most = 900", "words_most = true", 2, "words_most: must be a whole number, 0 or more"),
        ('"lede", "sec', '"leed", "sec', 3, "layout: leed is no such kind; did you mean lede?"),
        ('layout = ["lede", "section: Elsewhere", "brief"]', "layout = 3", 3, 'layout: must be a list such as ["lede"'),
        ('kind = "brief"', 'kind = "breif"', 11, "slot 2: kind: breif is no such kind; did you mean brief?"),
        ('kind = "brief"', 'kind = "lede"', 11, "slot 2: lede has a slot already"),
        ('kind = "brief"\n', "", 10, "slot 2: kind is missing"),
        ("most = 3", "mots = 3", 12, "slot 2: mots is no key of a profile; did you mean most?"),
        ("[20, 60]", "[60, 20]", 8, "slot 1: words: begins at 60 and ends at 20; write the smaller first"),
        ("[20, 60]", "60", 8, "slot 1: words: must be two numbers such as [50, 160]"),
        ('"mine"', '"yours"', 1, "name: yours lies in mine.toml; let file and name be the same"),
        ('[[slots]]\nkind = "lede"', 'slots = 1\n[x]\nkind = "lede"', 5, "slots: begin each slot with a line [[slots]]"),
        ("words_most = 900", 'picks = "quote"', 2, "picks: quote is no such kind; there are brief, link"),
        ("words_most = 900", 'byline = "no"', 2, "byline: must be true or false"),
        ("words_most = 900", "name =", 2, "not TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_profile_is_named_with_file_line_and_key(
    tmp_path: Path, before: str, after: str, line: int, sentence: str
) -> None:
    text = GOOD.replace(before, after, 1)
    if before.startswith("[[slots]]"):
        text = text.split("\n\n[[slots]]")[0]

    with pytest.raises(SettingsError) as told:
        read_profile(a_profile(tmp_path, text))

    assert str(told.value).startswith(f"{tmp_path / 'mine.toml'}:{line}: {sentence}")


def test_a_newsletter_s_own_profile_stands_for_a_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "profiles").mkdir(parents=True)
    a_profile(own / "profiles", GOOD.replace('"mine"', '"tldr"'), "tldr")

    assert find_profile("tldr", [own, resources.templates()]).words_most == 900
    with pytest.raises(NotFoundError, match="semafrm: no such profile; did you mean semaform"):
        find_profile("semafrm", [own, resources.templates()])
    with pytest.raises(NotFoundError, match="there are coda-currents, link-blog"):
        find_profile("../../x", [own, resources.templates()])


FEED_ITEM = """<item><title>{title}</title><link>https://salt.example.org/{number}</link><guid>long-{number}</guid>
<pubDate>Thu, 05 Mar 2026 08:00:00 +0000</pubDate><description>&lt;p&gt;{words}&lt;/p&gt;</description></item>"""
SENTENCES = (
    "The harbour office counted ninety lorries at the gate before noon, twice as many as in the week before.",
    "Drivers who had waited since Tuesday said that the scales were broken again and nobody would say until when.",
    "A clerk sold them tea and told them that the part had been ordered from a town across the sea.",
    "By the evening half of them had turned back with their loads, and the price of salt had risen by a tenth.",
    "The company that runs the scales did not answer, and its telephone plays a waltz to those who wait.",
)


@pytest.fixture
def stocked(folder: Path, cli: Cli) -> Path:
    """The newsletter of the other tests, with four articles long enough to be briefs of any profile."""
    file = folder / "seeds" / "salt.xml"
    items = "".join(
        FEED_ITEM.format(title=f"The scales at gate {number} stand still", number=number, words=" ".join(SENTENCES))
        for number in range(1, 5)
    )
    file.write_text(file.read_text(encoding="utf-8").replace("</channel>", f"{items}</channel>"), encoding="utf-8")
    assert cli("collect").code == 0
    settings = folder / "newsletter.toml"
    filled = settings.read_text(encoding="utf-8").replace('unsubscribe_url = ""', 'unsubscribe_url = "https://x.org/u"')
    filled = filled.replace('postal_address = ""', 'postal_address = "1 Quay"')
    filled = filled.replace('privacy_url = ""', 'privacy_url = "https://example.org/privacy"')
    settings.write_text(filled, encoding="utf-8")
    return folder


@pytest.mark.parametrize("picks", [0, 4])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_draft_of_every_profile_reads_without_a_flaw_and_only_its_tks_are_remarked(
    stocked: Path, cli: Cli, name: str, picks: int
) -> None:
    with open_newsroom() as room:
        articles = [one.id for one in room.store.articles.list(ArticleQuery()) if "scales" in one.title][:picks]
    chosen = [word for number in articles for word in ("--pick", str(number))]

    done = cli("draft", "The price of salt", "--profile", name, *chosen)

    assert done.code == 0
    assert remarks_on(1) - STILL_THE_SOURCES == {"S-TK"}
    text = (stocked / "editions" / "the-price-of-salt.md").read_text(encoding="utf-8")
    held = load(text).manuscript
    assert held.get("profile") == name
    assert load(text).problems == ()
    assert len(held.of("source")) == picks


@pytest.mark.parametrize(("words", "access", "minutes"), [(500, "", "2"), (500, "paywalled", ""), (90, "", "")])
def test_the_length_of_an_original_is_said_only_where_its_whole_text_is_known(
    words: int, access: Access, minutes: str
) -> None:
    story = article(id=7, text="Salt rose. " * (words // 2), access=access)
    for name, kind in (("tldr", "brief"), ("link-blog", "brief"), ("semaform", "link")):
        profile = find_profile(name, [resources.templates()])
        told = load(compose("Salt", [story], settings=newsletter(), profile=profile, today=NOON.date())).manuscript

        assert told.of(kind)[0].get("minutes") == (minutes if profile.minutes else "")


def remarks_on(number: int) -> set[str]:
    with open_newsroom() as room:
        copy = take_in(room.desk, number)
        sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock())
        return {remark.rule for remark in prove(room.press, copy, sheet, room.store)}


def test_a_profile_that_is_not_there_begins_nothing(folder: Path, cli: Cli) -> None:
    assert cli("pick", "1").code == 0

    done = cli("draft", "Salt", "--profile", "tdlr")

    assert (done.code, done.err.count("\n")) == (5, 1)
    assert "did you mean tldr?" in done.err
    assert list((folder / "editions").iterdir()) == []


def test_profiles_are_listed_and_shown(folder: Path, cli: Cli) -> None:
    own = folder / "templates" / "profiles"
    own.mkdir()
    a_profile(own, GOOD)

    listed, shown = cli("profiles"), cli("profiles", "tldr")

    assert "coda-currents  default" in listed.out
    assert "mine           own" in listed.out
    assert re.search(r"brief +3–10 +50–90 +TK Four or five", shown.out)
    assert "every picked article becomes a brief" in shown.out
    assert {one["name"] for one in json.loads(cli("profiles", "--json").out)} == {*SHIPPED, "mine"}
    assert json.loads(cli("profiles", "mine", "--json").out)["words_most"] == 900


def test_a_broken_profile_does_not_hide_the_others(folder: Path, cli: Cli) -> None:
    own = folder / "templates" / "profiles"
    own.mkdir()
    a_profile(own, GOOD.replace("words_most", "word_most"))

    listed = cli("profiles")

    assert listed.code == 2
    assert "mine.toml:2: word_most is no key of a profile" in listed.err
    assert "semaform" in listed.out


def test_every_shipped_snippet_reads_and_says_what_it_is_for(folder: Path, cli: Cli) -> None:
    with open_newsroom() as room:
        for name in room.snippets():
            text = room.snippet(name)
            assert fill(name, text, dict.fromkeys(placeholders(text), "Words"))
        assert tuple(room.snippets()) == ("correction", "credits", "disclosure-ai", "signup", "why")

    listed = cli("snippets")

    assert "was, now" in listed.out
    assert cli("snippets", "why").out == (resources.templates() / "snippets" / "why.md").read_text(encoding="utf-8")
    assert cli("snippets", "wy").code == cli("snippets", "wy", "--json").code == 5
    told = json.loads(cli("snippets", "--json").out)
    assert [one["asks_for"] for one in told if one["name"] == "correction"] == [["was", "now"]]
    assert json.loads(cli("snippets", "why", "--json").out) == told[-1]


def test_a_snippet_that_is_not_utf8_is_named(folder: Path, cli: Cli) -> None:
    own = folder / "templates" / "snippets"
    own.mkdir()
    (own / "bad.md").write_bytes(b"\xff")

    done = cli("snippets")

    assert done.code == 1
    assert "bad.md:1: not UTF-8" in done.err
