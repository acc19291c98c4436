"""Our feeds in the programs that people read feeds with: every edition once, again once after a correction."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from readers import READERS, Seen
from stands import asked, standing

from composer.app import open_newsroom
from composer.cli.demonstration import settle

BASE = "https://portolan.example.org"
RIVER, CORRIDOR = "The river keeps two calendars", "Nobody lives in a corridor"
AUTHORS = ("Salome Arven",)
CORRECTION = """::: correction
kind: correction
date: "2026-03-01"
was: 480 gigawatt hours
now: 408 gigawatt hours

The agreement speaks of 408 gigawatt hours; two figures changed places when we copied it.
:::

"""
WAYS = [
    ("feedparser", "/feed.xml"),
    ("feedparser", "/atom.xml"),
    ("newsboat", "/feed.xml"),
    ("newsboat", "/atom.xml"),
    ("feedsmith", "/feed.xml"),
    ("feedsmith", "/atom.xml"),
    ("feedsmith", "/feed.json"),
]


def currents(folder: Path, *words: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "composer", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def number(folder: Path, title: str) -> int:
    with open_newsroom(str(folder)) as room:
        return next(edition.id for edition in room.store.editions.all() if edition.title == title)


def published_at(folder: Path, title: str) -> datetime:
    with open_newsroom(str(folder)) as room:
        moment = room.store.editions.get(number(folder, title)).published_at
    assert moment
    return moment


def publish(folder: Path, title: str) -> None:
    currents(folder, "publish", str(number(folder, title)))


def correct(folder: Path) -> None:
    manuscript = folder / "editions/the-river-keeps-two-calendars.md"
    words = manuscript.read_text(encoding="utf-8")
    assert "480 gigawatt hours" in words
    words = words.replace("480 gigawatt hours", "408 gigawatt hours").replace(
        "::: credits", f"{CORRECTION}::: credits", 1
    )
    manuscript.write_text(words, encoding="utf-8")
    publish(folder, RIVER)


@dataclass(frozen=True)
class Visits:
    """What every reader held after each of three visits, when the editions went out, what their pictures answered."""

    seen: dict[tuple[str, str], list[list[Seen]]]
    times: dict[str, datetime]
    pictures: dict[str, tuple[int, str | None]]


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Visits:
    """Let every reader visit after the first edition, after the second, and after the first was corrected."""
    folder = tmp_path_factory.mktemp("read")
    newsletter = folder / "portolan"
    settle(newsletter)
    currents(newsletter, "import", "seeds/editions")
    steps = (lambda: publish(newsletter, RIVER), lambda: publish(newsletter, CORRIDOR), lambda: correct(newsletter))
    seen: dict[tuple[str, str], list[list[Seen]]] = {way: [] for way in WAYS}
    with standing(newsletter / "outbox/site", BASE) as port:
        for step in steps:
            step()
            for reader, path in WAYS:
                found = READERS[reader](folder / reader / path.strip("/"), port, path)
                seen[reader, path].append(sorted(found, key=lambda item: item.title))
        urls = {url for ways in seen.values() for item in ways[-1] for url in item.pictures}
        answers = {url: asked(port, urlsplit(url).path)[0] for url in urls}
    return Visits(
        seen=seen,
        times={title: published_at(newsletter, title) for title in (CORRIDOR, RIVER)},
        pictures={url: (answer.status, answer.getheader("content-type")) for url, answer in answers.items()},
    )


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_a_reader_shows_every_edition_once_with_its_author_and_its_pictures(
    visits: Visits, way: tuple[str, str]
) -> None:
    first, second, _ = visits.seen[way]
    assert [(item.title, item.authors) for item in first] == [(RIVER, AUTHORS)]
    assert [(item.title, item.authors) for item in second] == [(CORRIDOR, AUTHORS), (RIVER, AUTHORS)]
    assert all(item.pictures for item in second)
    assert {visits.pictures[url] for item in second for url in item.pictures} == {(200, "image/jpeg")}


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_a_corrected_edition_is_shown_once_with_its_correction(visits: Visits, way: tuple[str, str]) -> None:
    _, before, after = visits.seen[way]
    assert after == before  # title, date and author of both, and no third one
    assert "two figures changed places" not in before[1].html
    assert "two figures changed places" in after[1].html
    assert "408 gigawatt hours" in after[1].html
    assert after[0].html == before[0].html


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_an_edition_keeps_the_date_on_which_it_went_out_first(visits: Visits, way: tuple[str, str]) -> None:
    for visit in visits.seen[way]:
        assert {item.title: item.published for item in visit}.items() <= visits.times.items()
