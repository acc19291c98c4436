"""The sample newsletter: whole, in its own words, every claim of a brief standing in its source, every picture there."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import pytest
from PIL import Image

from composer.blocks import KINDS, Block, Manuscript
from composer.manuscript import dump, load
from composer.profiles import read_profile
from composer.resources import samples, templates
from composer.settings import read_settings
from composer.text import count_words

SEEDS = samples()
EDITIONS = sorted((SEEDS / "editions").glob("*.md"))
LONG = SEEDS / "editions/nobody-lives-in-a-corridor.md"
XML_FEEDS = sorted((SEEDS / "feeds").glob("*.xml"))
JSON_FEED = SEEDS / "feeds/second-reading.json"
PAGES = sorted((SEEDS / "pages").glob("*.html"))
PHOTO_BYTES_MOST = 200_000
RUN_MOST = 7  # consecutive words that a summary may share with its source
QUOTED = re.compile(r"“([^”]*)”")
NUMBER = re.compile(r"\d[\d,.]*\d|\d")

every_edition = pytest.mark.parametrize("file", EDITIONS, ids=lambda file: file.stem)


class Words(HTMLParser):
    """Gathers what a page says, and its canonical address."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.canonical = ""

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "link" and found.get("rel") == "canonical":
            self.canonical = found.get("href") or ""


def words_of(html: str) -> Words:
    reader = Words()
    reader.feed(html)
    return reader


def plain(html: str) -> str:
    return " ".join(" ".join(words_of(html).said).split())


def xml_items(file: Path) -> list[tuple[str, str]]:
    entries = feedparser.parse(file.read_bytes()).entries
    return [
        (entry.link, plain(" ".join([entry.summary, *(part.value for part in entry.get("content", []))])))
        for entry in entries
    ]


def json_items() -> list[tuple[str, str]]:
    items = json.loads(JSON_FEED.read_text(encoding="utf-8"))["items"]
    return [(item["url"], plain(item.get("content_html") or item["content_text"])) for item in items]


@cache
def stories() -> dict[str, str]:
    """Return the text of every sample article by its address."""
    pages = [words_of(file.read_text(encoding="utf-8")) for file in PAGES]
    read = [(page.canonical, " ".join(" ".join(page.said).split())) for page in pages]
    return dict([*(item for file in XML_FEEDS for item in xml_items(file)), *json_items(), *read])


def manuscript(file: Path) -> Manuscript:
    return load(file.read_text(encoding="utf-8")).manuscript


def cited(edition: Manuscript, block: Block) -> str:
    texts = stories()
    urls = [source.get("url") for name in block.all("source") if (source := edition.block(name))]
    return " ".join(texts[url] for url in urls)


def summaries(edition: Manuscript) -> list[tuple[Block, str]]:
    return [(block, cited(edition, block)) for block in edition.of("brief", "link", "view")]


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + RUN_MOST + 1]) for at in range(len(words) - RUN_MOST)}


def test_the_settings_of_the_sample_are_read() -> None:
    settings = read_settings(SEEDS)

    assert settings.name == "Portolan"


def test_the_mail_settings_of_the_sample_are_complete() -> None:
    settings = read_settings(SEEDS)

    assert all((settings.postal_address, settings.privacy_url, settings.corrections_url, settings.reason))
    assert re.fullmatch(r"https://[^{}\[\]%]+", settings.unsubscribe_url)


def test_the_list_of_sources_names_every_feed_and_nothing_else() -> None:
    outlines = ET.parse(SEEDS / "feeds.opml").iterfind("body/outline/outline")  # noqa: S314  # our own file

    assert {outline.get("xmlUrl") for outline in outlines} == {f"feeds/{file.name}" for file in (*XML_FEEDS, JSON_FEED)}


@pytest.mark.parametrize("file", XML_FEEDS, ids=lambda file: file.stem)
def test_an_xml_feed_is_well_formed(file: Path) -> None:
    assert not feedparser.parse(file.read_bytes()).bozo


def test_the_feeds_are_of_the_three_kinds() -> None:
    versions = {feedparser.parse(file.read_bytes()).version for file in XML_FEEDS}

    assert versions == {"rss20", "atom10"}
    assert json.loads(JSON_FEED.read_text(encoding="utf-8"))["version"] == "https://jsonfeed.org/version/1.1"


def test_feeds_mix_whole_stories_with_teasers() -> None:
    lengths = [
        count_words(text) for _, text in [*(item for file in XML_FEEDS for item in xml_items(file)), *json_items()]
    ]

    assert sum(length > 200 for length in lengths) >= 9
    assert sum(length < 60 for length in lengths) >= 3


def test_every_item_is_dated_before_the_newest_edition() -> None:
    newest = datetime.fromisoformat(manuscript(LONG).get("publish_at"))
    dates = [
        datetime(*entry.published_parsed[:6], tzinfo=UTC)
        for file in XML_FEEDS
        for entry in feedparser.parse(file.read_bytes()).entries
    ]
    dates += [
        datetime.fromisoformat(item["date_published"])
        for item in json.loads(JSON_FEED.read_text(encoding="utf-8"))["items"]
    ]

    assert max(dates) < newest


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_a_page_names_its_own_address(file: Path) -> None:
    assert words_of(file.read_text(encoding="utf-8")).canonical.startswith("https://")


def test_one_page_carries_json_ld_that_parses() -> None:
    html = (SEEDS / "pages/thursday-ferry.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)

    assert found
    assert json.loads(found.group(1))["@type"] == "NewsArticle"


def test_the_glued_file_shows_no_place_to_cut() -> None:
    text = (SEEDS / "texts/glued.txt").read_text(encoding="utf-8")

    assert "\n\n" not in text
    assert len(text.splitlines()) > 20


@every_edition
def test_an_edition_is_read_without_a_problem(file: Path) -> None:
    assert load(file.read_text(encoding="utf-8")).problems == ()


@every_edition
def test_an_edition_is_written_as_currents_would_write_it(file: Path) -> None:
    assert dump(manuscript(file)) == file.read_text(encoding="utf-8")


def test_the_long_edition_uses_every_kind_of_block() -> None:
    assert {block.kind for block in manuscript(LONG).blocks} == set(KINDS)


def test_the_long_edition_quotes_the_named_and_the_unnamed() -> None:
    quotes = manuscript(LONG).of("quote")

    assert any(quote.get("speaker") for quote in quotes)
    assert any(quote.get("anonymous") == "yes" and quote.get("reason") for quote in quotes)


def test_the_long_edition_draws_bars_and_a_table() -> None:
    assert {figure.get("kind") for figure in manuscript(LONG).of("figure")} == {"bar", "table"}


@every_edition
def test_an_edition_has_every_slot_of_its_profile(file: Path) -> None:
    edition = manuscript(file)
    slots = read_profile(templates() / "profiles" / f"{edition.get('profile')}.toml").slots
    paragraphs = sum(len(block.body.split("\n\n")) for block in edition.of("prose"))
    counts = {slot.kind: paragraphs if slot.kind == "prose" else len(edition.of(slot.kind)) for slot in slots}

    assert [slot.kind for slot in slots if counts[slot.kind] < slot.least] == []


@every_edition
def test_a_block_keeps_to_the_words_its_slot_allows(file: Path) -> None:
    edition = manuscript(file)
    slots = {slot.kind: slot for slot in read_profile(templates() / "profiles/coda-currents.toml").slots}
    budgets = [
        (block.name, count_words(block.body), slots[block.kind]) for block in edition.visible if block.kind in slots
    ]

    assert [
        (name, words) for name, words, slot in budgets if not slot.words_least <= words <= (slot.words_most or words)
    ] == []


@every_edition
def test_the_why_box_is_the_last_thing_seen_and_answers_because(file: Path) -> None:
    last = manuscript(file).visible[-1]

    assert last.kind == "why"
    assert last.body.startswith("Because ")


@every_edition
def test_subject_and_preheader_fit_a_telephone(file: Path) -> None:
    edition = manuscript(file)

    assert len(edition.get("subject")) <= 50
    assert 40 <= len(edition.get("preheader")) <= 100


@every_edition
def test_headings_are_short_and_paragraphs_can_be_read(file: Path) -> None:
    edition = manuscript(file)

    assert [
        heading.body for heading in edition.of("section", "subhead", "subhead3") if count_words(heading.body) > 9
    ] == []
    assert [
        part for block in edition.of("lede", "prose") for part in block.body.split("\n\n") if count_words(part) > 170
    ] == []


@every_edition
def test_every_photo_is_there_as_described(file: Path) -> None:
    for photo in manuscript(file).of("photo"):
        path = SEEDS / Path(photo.get("src")).relative_to("seeds")
        with Image.open(path) as picture:
            assert (str(picture.width), str(picture.height)) == (photo.get("width"), photo.get("height"))
        assert path.stat().st_size <= PHOTO_BYTES_MOST
        assert 40 <= len(photo.get("alt")) <= 150
        assert re.fullmatch(r"[^/.:]+/[^/.:]+", photo.get("credit"))


@every_edition
def test_every_address_of_a_source_is_an_article_of_the_sample(file: Path) -> None:
    edition, known = manuscript(file), set(stories())
    linked = {url for block in edition.of("lede", "prose") for url in re.findall(r"\]\((https?://[^)]+)\)", block.body)}

    assert {source.get("url") for source in edition.of("source")} | linked <= known


@every_edition
def test_every_source_that_a_block_cites_is_described(file: Path) -> None:
    edition = manuscript(file)
    cited_ids = {name for block in edition.of("brief", "link", "quote", "view") for name in block.all("source")}

    assert cited_ids <= {source.id for source in edition.of("source")}


@every_edition
def test_every_figure_of_a_summary_stands_in_its_source(file: Path) -> None:
    missing = [
        (block.name, figure)
        for block, text in summaries(manuscript(file))
        for figure in NUMBER.findall(block.body)
        if figure not in NUMBER.findall(text)
    ]

    assert missing == []


def test_every_number_of_a_drawn_figure_stands_in_its_source() -> None:
    edition = manuscript(LONG)
    missing = [
        (figure.name, number)
        for figure in edition.of("figure")
        for row in figure.body.splitlines()[2:]
        for cell in row.strip("|").split("|")[1:]
        for number in NUMBER.findall(cell)
        if number not in NUMBER.findall(cited(edition, figure))
    ]

    assert missing == []


@every_edition
def test_every_quotation_stands_word_for_word_in_its_source(file: Path) -> None:
    edition = manuscript(file)
    quotations = [(block, said) for block in edition.of("brief", "view") for said in QUOTED.findall(block.body)]
    quotations += [(block, block.body) for block in edition.of("quote")]

    assert [said for block, said in quotations if said.rstrip(".") not in cited(edition, block)] == []


@every_edition
def test_no_summary_copies_its_source(file: Path) -> None:
    copied = [
        (block.name, " ".join(run))
        for block, text in summaries(manuscript(file))
        for run in runs(QUOTED.sub(" | ", block.body)) & runs(text)
    ]

    assert copied == []


@every_edition
def test_a_brief_names_days_by_their_date(file: Path) -> None:
    vague = re.compile(r"\b(today|yesterday|tomorrow|recently|(?:this|last|next) (?:week|month|year))\b", re.IGNORECASE)

    assert [block.name for block in manuscript(file).of("brief", "link") if vague.search(block.body)] == []


@every_edition
def test_an_edition_uses_typographic_marks_only(file: Path) -> None:
    bodies = [block.body for block in manuscript(file).visible if block.kind != "figure"]

    assert [found for body in bodies for found in re.findall(r".{0,9}(?:[\"']| - |—|–).{0,9}", body)] == []
