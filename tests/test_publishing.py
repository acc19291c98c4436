"""What publishing writes: the edition, its neighbours, and the lists and feeds that name it; nothing else."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import lxml.html
import pytest
from archives import FIRST, card, shelve
from salt import SITE, Cli, again, draft, found, put_out, written

from composer.app import open_newsroom
from composer.rendering.archive import FRONT_MOST, WHOLE_MOST

HOME = "https://portolan.example.org/"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    newsletter = found(tmp_path)
    monkeypatch.chdir(newsletter)
    return newsletter


def times() -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in SITE.rglob("*") if path.is_file()}


def hrefs(number: int, rel: str) -> list[str]:
    root = lxml.html.fromstring((SITE / f"editions/salt-{number}/index.html").read_bytes())
    return root.xpath(f"//link[@rel='{rel}']/@href")


def test_a_new_edition_is_tied_to_the_one_before_and_leaves_older_pages_alone(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    put_out(cli, 2)
    before = times()

    put_out(cli, 3)

    changed = {
        path.parent.name for path, then in times().items() if before.get(path) != then and "editions" in str(path)
    }
    assert changed == {"salt-2", "salt-3"}
    assert hrefs(2, "next") == hrefs(3, "canonical")
    assert hrefs(3, "prev") == hrefs(2, "canonical")


def test_a_title_that_changes_changes_on_the_pages_beside_it(folder: Path, cli: Cli) -> None:
    for number in (1, 2, 3):
        put_out(cli, number)

    again(cli, 2, "title: Salt 2", "title: Two grains\nx-allow: E-CORR it had a working title")

    for number in (1, 3):
        assert "Two grains" in (SITE / f"editions/salt-{number}/index.html").read_text(encoding="utf-8")


def test_a_page_beside_whose_photo_is_gone_is_left_as_it_was(folder: Path, cli: Cli) -> None:
    cli("draft", "--from", "seeds/editions/the-river-keeps-two-calendars.md")
    written(cli, "1")
    page = SITE / "editions/the-river-keeps-two-calendars/index.html"
    before = page.read_bytes()
    for photo in [*folder.rglob("reservoir-in-winter.jpg")]:
        photo.unlink()

    put_out(cli, 2, day="2026-03-20")

    assert page.read_bytes() == before


def test_only_the_feeds_of_its_own_tags_are_written_again(folder: Path, cli: Cli) -> None:
    put_out(cli, 1, tag="Salt")
    put_out(cli, 2, tag="Bread")

    files = put_out(cli, 3, tag="Salt")

    assert [path for path in files if "tags" in path] == ["site/tags/salt/"]


def test_a_tag_that_an_edition_loses_loses_the_edition(folder: Path, cli: Cli) -> None:
    put_out(cli, 1, tag="Salt")
    put_out(cli, 2, tag="Salt")

    again(cli, 2, "  - Salt", "  - Bread")

    links = {
        tag: [one.link for one in feedparser.parse(SITE / f"tags/{tag}/feed.xml").entries] for tag in ("salt", "bread")
    }
    assert [links["salt"][0].split("/")[-2], links["bread"][0].split("/")[-2]] == ["salt-1", "salt-2"]


def test_every_feed_that_a_page_names_is_there_and_names_itself(folder: Path, cli: Cli) -> None:
    put_out(cli, 1, tag="Сіль і хліб")
    base = "https://portolan.example.org/"

    named = {url for url in hrefs(1, "alternate") if url.startswith(base)}

    assert len(named) == 7
    for url in named:
        content = (SITE / url.removeprefix(base)).read_bytes()
        if url.endswith(".json"):
            assert json.loads(content)["feed_url"] == url
            continue
        read = feedparser.parse(content)
        assert not read.bozo
        assert [link.href for link in read.feed.links if link.rel == "self"] == [url]
        assert re.search(rb'xml-stylesheet type="text/css" href="([^"]+)"', content)


def test_the_style_sheet_that_a_feed_names_is_there(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)

    for feed in SITE.rglob("*.xml"):
        for named in re.findall(r'xml-stylesheet type="text/css" href="([^"]+)"', feed.read_text(encoding="utf-8")):
            assert (feed.parent / named).resolve() == (SITE / "feed.css").resolve()


def test_stories_of_all_editions_stand_in_one_feed_newest_edition_first(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    put_out(cli, 2)

    stories = json.loads((SITE / "stories/feed.json").read_bytes())["items"]

    assert [one["title"] for one in stories] == ["A story of Salt 2", "A story of Salt 1"]
    assert [one["external_url"] for one in stories] == [
        "https://wire.example.org/salt-2",
        "https://wire.example.org/salt-1",
    ]
    assert len({one["id"] for one in stories}) == 2


def test_an_old_edition_that_is_published_late_is_no_news(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    put_out(cli, 2, day="2019-05-03")

    assert [one.title for one in feedparser.parse(SITE / "feed.xml").entries] == ["Salt 1", "Salt 2"]
    assert (SITE / "archive/2019/index.html").is_file()


def test_an_edition_that_gets_another_year_moves_in_the_search(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    put_out(cli, 2)

    again(cli, 2, 'date: "2026-01-02"', 'date: "2019-05-03"')

    held = {year: json.loads((SITE / f"search/{year}.json").read_bytes())["editions"] for year in (2019, 2026)}
    assert {year: [one["title"] for one in its] for year, its in held.items()} == {2019: ["Salt 2"], 2026: ["Salt 1"]}


def test_publishing_one_edition_and_writing_all_anew_agree(folder: Path, cli: Cli) -> None:
    put_out(cli, 1, tag="Salt")
    put_out(cli, 2, tag="Bread")

    assert "nothing changed" in cli("feed").out


def test_after_a_theme_changed_every_page_can_be_written_anew_and_no_mail(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    put_out(cli, 2)
    put_out(cli, 3)
    mails = {path: path.read_bytes() for path in Path("outbox/mail").rglob("*.*")}
    part = folder / "templates/currents/parts/lede.html.j2"
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text("<p>set anew</p>", encoding="utf-8")

    feeds, pages, second = cli("feed"), cli("feed", "--pages"), cli("feed", "--pages")

    assert (feeds.code, pages.code, second.code) == (0, 0, 0)
    assert pages.out.count("/index.html") == 3
    assert "nothing changed" in second.out
    assert "set anew" in (SITE / "editions/salt-1/index.html").read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in Path("outbox/mail").rglob("*.*")} == mails


def test_a_page_whose_photo_is_gone_is_named_and_left(folder: Path, cli: Cli) -> None:
    cli("draft", "--from", "seeds/editions/the-river-keeps-two-calendars.md")
    written(cli, "1")
    for photo in folder.rglob("seeds/photos/reservoir-in-winter.jpg"):
        photo.unlink()
    before = (SITE / "editions/the-river-keeps-two-calendars/index.html").read_bytes()

    done = cli("feed", "--pages")

    assert done.code == 0
    assert "The river keeps two calendars: its page is left as it is" in done.err
    assert (SITE / "editions/the-river-keeps-two-calendars/index.html").read_bytes() == before


def test_translations_name_each_other_on_their_pages(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    put_out(cli, 2, tag="Сіль\ntranslation_of: salt-1")

    pages = [lxml.html.fromstring((SITE / f"editions/salt-{number}/index.html").read_bytes()) for number in (1, 2)]

    assert [sorted(page.xpath("//link[@hreflang]/@href")) for page in pages] == [
        [f"https://portolan.example.org/editions/salt-{number}/" for number in (1, 2)]
    ] * 2


def locations(name: str) -> list[str]:
    """Return the addresses of a sitemap, or of an index of sitemaps, below the site."""
    root = ET.parse(SITE / name)  # noqa: S314 (ours)
    return [(one.text or "").removeprefix(HOME) for one in root.iter() if one.tag.endswith("loc")]


def test_every_address_of_the_sitemaps_has_a_page(folder: Path, cli: Cli) -> None:
    put_out(cli, 1)
    put_out(cli, 2, day="2019-05-03")

    assert locations("sitemap.xml") == ["sitemap-2026.xml", "sitemap-2019.xml"]
    assert locations("sitemap-2026.xml") == ["", "archive/2026/", "editions/salt-1/"]
    assert locations("sitemap-2019.xml") == ["archive/2019/", "editions/salt-2/"]
    assert all((SITE / url / "index.html").is_file() for name in locations("sitemap.xml") for url in locations(name))


def test_of_a_tag_that_many_editions_carry_only_the_pages_of_the_year_are_written(folder: Path, cli: Cli) -> None:
    """The page of such a tag lists its newest editions and leads to a page a year; these are made as it grows large."""
    with open_newsroom(str(folder)) as room:
        others = (card(number, tags={"salt": "Salt"}, updated_at=FIRST) for number in range(1, WHOLE_MOST))
        shelve(room.store, [replace(one, day=one.day.replace(year=2020 + one.number % 2)) for one in others])
        room.store.cards.listed(range(1, WHOLE_MOST))
    draft(cli, 1)
    written(cli, str(WHOLE_MOST))
    assert not (SITE / "tags/salt/2020").exists()
    assert len(entries("tags/salt/")) == WHOLE_MOST

    draft(cli, 2)
    written(cli, str(WHOLE_MOST + 1))
    assert [len(entries(f"tags/salt/{year}/")) for year in ("2026", "2021", "2020")] == [2, 30, 29]
    assert len(entries("tags/salt/")) == FRONT_MOST
    years = lxml.html.fromstring((SITE / "tags/salt/index.html").read_bytes()).xpath("//nav//a/@href")
    assert [url.removeprefix(HOME) for url in years] == [f"tags/salt/{year}/" for year in (2026, 2021, 2020)]
    before = times()

    draft(cli, 3)
    written(cli, str(WHOLE_MOST + 2))
    changed = {path.relative_to(SITE) for path, then in times().items() if before.get(path) != then}
    assert {path for path in changed if path.match("tags/salt/*/index.html")} == {Path("tags/salt/2026/index.html")}
    assert Path("sitemap-2026.xml") in changed
    assert not {Path("sitemap-2020.xml"), Path("archive/2020/index.html")} & changed


def test_lists_that_were_never_written_are_written_with_the_next_edition(folder: Path, cli: Cli) -> None:
    """As after an upgrade from a version without a catalogue, or after an import of what another store published."""
    put_out(cli, 1, day="2019-05-03", tag="Bread")
    put_out(cli, 2)
    with open_newsroom(str(folder)) as room:
        room.store.cards.empty()
    stale = [SITE / name for name in ("archive/2019/index.html", "search/2019.json", "tags/bread/feed.xml")]
    whole = [path.read_bytes() for path in stale]
    for path in stale:
        path.unlink()

    put_out(cli, 3)
    assert [path.read_bytes() for path in stale] == whole
    for path in stale:
        path.unlink()
    put_out(cli, 4)
    assert not any(path.exists() for path in stale)


def entries(page: str) -> list[str]:
    return lxml.html.fromstring((SITE / page / "index.html").read_bytes()).xpath("//main//article//h3/a/@href")
