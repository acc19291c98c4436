"""What leaves a newsletter comes back: exports, imports, and what is refused."""

import contextlib
import hashlib
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import NOON, article, edition, source

from composer.app import Newsroom
from composer.cli.demonstration import settle
from composer.cli.edge import run
from composer.cli.folder import make_folders
from composer.cli.group import currents
from composer.desk.exchange import notation
from composer.desk.exchange.bringing import bring_in
from composer.desk.exchange.packing import pack_all
from composer.desk.exchange.unpacking import renumbered
from composer.errors import ArchiveError, ComposerError, StoreError
from composer.model import Article, Edition, Enclosure, Picture, Publication, Revision, Source
from composer.outlets import open_archive, write_folder
from composer.records import Holdings, Snapshot
from composer.settings import read_settings
from db import SqlStore, open_store

Cli = Callable[..., Ran]
HOUR = timedelta(hours=1)
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
MOMENT = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 — the zone is given


@pytest.fixture(scope="module")
def portolan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsletter with photos, feed files, a published edition and one that stands on picks; made once."""
    root = tmp_path_factory.mktemp("made") / "portolan"
    settle(root)
    with contextlib.chdir(root):
        for line in ("follow seeds/feeds.opml", "collect", "pick 1 2", "draft Salt"):
            assert run(currents, line.split()) == 0
        for name in ("nobody-lives-in-a-corridor", "the-river-keeps-two-calendars"):
            assert run(currents, ["draft", "--from", f"seeds/editions/{name}.md"]) == 0
        assert run(currents, ["publish", "2"]) == 0
    salt = root / "editions" / "salt.md"
    salt.write_text(salt.read_text(encoding="utf-8").replace("dateline: TK", "dateline: Batumi"), encoding="utf-8")
    return root


@pytest.fixture
def sample(portolan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that newsletter to work in."""
    shutil.copytree(portolan, tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    return tmp_path / "portolan"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return room(tmp_path / "fresh").root


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def there(cli: Cli, folder: Path, *words: str) -> Ran:
    return cli("--newsletter", str(folder), *words)


# There and back


def test_everything_comes_back_byte_for_byte(sample: Path, fresh: Path, tmp_path: Path, cli: Cli) -> None:
    assert cli("export", "--all", str(tmp_path / "one")).code == 0
    done = there(cli, fresh, "import", str(tmp_path / "one"))
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert "newsletter.toml: taken over" in done.err
    assert there(cli, fresh, "export", "--all", str(tmp_path / "two")).code == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_what_came_back_is_proved_and_fed_as_it_was(sample: Path, fresh: Path, tmp_path: Path, cli: Cli) -> None:
    cli("export", "--all", str(tmp_path / "one"))
    there(cli, fresh, "import", str(tmp_path / "one"))
    assert there(cli, fresh, "feed").code == cli("feed").code == 0
    for name in ("feed.xml", "atom.xml", "feed.json"):
        assert (fresh / "outbox/site" / name).read_bytes() == (sample / "outbox/site" / name).read_bytes()
    assert there(cli, fresh, "proof", "2").out == cli("proof", "2").out
    assert files(fresh / "editions") == files(sample / "editions")


def test_an_export_lists_files_in_a_stable_order_with_one_record_a_line(sample: Path, tmp_path: Path, cli: Cli) -> None:
    cli("export", "--all", str(tmp_path / "one"))
    lines = (tmp_path / "one/articles/00001.jsonl").read_text(encoding="utf-8").split("\n")
    assert [json.loads(line)["id"] for line in lines if line] == list(range(1, 15))
    before = files(tmp_path / "one")
    cli("export", "--all", str(tmp_path / "one"))
    assert files(tmp_path / "one") == before


def test_one_edition_travels_as_one_file_with_its_photos(sample: Path, fresh: Path, tmp_path: Path, cli: Cli) -> None:
    assert cli("export", "2", str(tmp_path / "one.zip")).code == 0
    assert there(cli, fresh, "import", str(tmp_path / "one.zip")).code == 0
    assert (fresh / "seeds/photos/rail-yard.jpg").is_file()
    assert "PIC" not in there(cli, fresh, "proof", "2").out
    assert there(cli, fresh, "export", "2", str(tmp_path / "two.zip")).code == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_articles_of_an_edition_travel_with_it_as_they_were_chosen(
    sample: Path, fresh: Path, tmp_path: Path, cli: Cli
) -> None:
    assert cli("export", "1", str(tmp_path / "one.zip")).code == 0
    assert there(cli, fresh, "import", str(tmp_path / "one.zip")).code == 0
    with open_store(fresh / "db/newsletter.sqlite3") as theirs, open_store(sample / "db/newsletter.sqlite3") as ours:
        for number in (1, 2):
            assert theirs.articles.snapshots(number) == ours.articles.snapshots(number)
        assert theirs.sources.all() == ()
        assert [one.text for one in theirs.editions.revisions(1)] == [one.text for one in ours.editions.revisions(1)]


def test_a_manuscript_alone_goes_out_and_comes_back_as_the_newest_text(sample: Path, tmp_path: Path, cli: Cli) -> None:
    out = tmp_path / "salt.md"
    assert cli("export", "1", str(out)).code == 0
    assert cli("import", str(out)).out == "nothing new\n"
    out.write_text(out.read_text(encoding="utf-8").replace("Batumi", "Poti"), encoding="utf-8")
    done = cli("import", str(out))
    assert (done.code, done.out.splitlines()[-1]) == (0, "1 new revision")
    assert (sample / "editions/salt.md").read_bytes() == out.read_bytes()


def test_where_numbers_are_taken_the_newest_text_names_those_that_hold_here(
    sample: Path, tmp_path: Path, cli: Cli, folder: Path
) -> None:
    assert there(cli, sample, "export", "1", str(tmp_path / "one.zip")).code == 0
    assert cli("import", str(tmp_path / "one.zip")).code == 0
    with open_store(folder / "db/newsletter.sqlite3") as store:
        newest = store.editions.revisions(1)[-1]
        assert newest.message == "article numbers as they are here"
        titles = [store.articles.get(number).title for number in (3, 4)]
    assert 'article: "3"' in newest.text or "article: 3" in newest.text
    assert there(cli, sample, "show", "1").out.startswith(titles[0]) or there(cli, sample, "show", "2").out.startswith(
        titles[0]
    )
    assert cli("import", str(tmp_path / "one.zip")).out == "nothing new\n"


# Manuscripts that were edited elsewhere


def test_a_text_edited_in_an_export_comes_back_as_a_revision(sample: Path, tmp_path: Path, cli: Cli) -> None:
    out = tmp_path / "one"
    cli("export", "--all", str(out))
    (out / "editions/salt.md").write_bytes((out / "editions/salt.md").read_bytes().replace(b"Batumi", b"Poti"))
    assert cli("export", "--all", str(out)).code == 6  # it would be lost
    done = cli("import", str(out))
    assert (done.code, done.out.splitlines()[-1]) == (0, "1 new revision")
    assert "dateline: Poti" in (sample / "editions/salt.md").read_text(encoding="utf-8")
    assert cli("export", "--all", str(out)).code == 0


def test_a_text_edited_here_and_there_is_told_and_not_overwritten(sample: Path, tmp_path: Path, cli: Cli) -> None:
    out, salt = tmp_path / "one", sample / "editions/salt.md"
    cli("export", "--all", str(out))
    (out / "editions/salt.md").write_bytes((out / "editions/salt.md").read_bytes().replace(b"Batumi", b"Poti"))
    salt.write_text(salt.read_text(encoding="utf-8").replace("Batumi", "Anaklia"), encoding="utf-8")
    done = cli("import", str(out))
    assert done.code == 6
    assert "edition 1, Salt: revision 3 is another text here" in done.err
    assert "Anaklia" in salt.read_text(encoding="utf-8")


def test_a_folder_of_manuscripts_comes_back_from_git(sample: Path, tmp_path: Path, cli: Cli) -> None:
    clone = tmp_path / "clone"
    cli("proof", "1")
    shutil.copytree(sample / "editions", clone)
    (clone / "salt.md").write_bytes((clone / "salt.md").read_bytes().replace(b"Batumi", b"Poti"))
    (clone / "new.md").write_text("---\ntitle: A new one\n---\n\nWords.\n", encoding="utf-8")
    done = cli("import", str(clone))
    assert (done.code, done.out.splitlines()[-1]) == (0, "1 new edition, 2 new revisions")
    assert "Poti" in (sample / "editions/salt.md").read_text(encoding="utf-8")
    assert "title: A new one" in (sample / "editions/a-new-one.md").read_text(encoding="utf-8")
    assert cli("import", str(clone)).out == "nothing new\n"


def test_of_a_folder_with_one_bad_manuscript_nothing_is_taken_in(sample: Path, tmp_path: Path, cli: Cli) -> None:
    clone = tmp_path / "clone"
    clone.mkdir()
    (clone / "a.md").write_text("---\ntitle: A good one\n---\n\nWords.\n", encoding="utf-8")
    (clone / "b.md").write_text("No title.\n", encoding="utf-8")
    before = len(json.loads(cli("editions", "--json").out))
    done = cli("import", str(clone))
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "b.md" in done.err
    assert len(json.loads(cli("editions", "--json").out)) == before


def test_an_edition_of_another_newsletter_does_not_take_a_name(
    sample: Path, tmp_path: Path, cli: Cli, folder: Path
) -> None:
    cli("draft", "Salt")
    there(cli, sample, "export", "1", str(tmp_path / "one.zip"))
    done = cli("import", str(tmp_path / "one.zip"))
    assert done.code == 6
    assert "edition 1 here has this slug" in done.err


def test_settings_that_differ_are_told_and_a_file_that_stands_here_is_left(
    sample: Path, folder: Path, tmp_path: Path, cli: Cli
) -> None:
    out = tmp_path / "one"
    there(cli, sample, "export", "--all", str(out))
    photo = folder / "seeds/photos/rail-yard.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"mine")
    before = (folder / "newsletter.toml").read_bytes()
    done = cli("import", str(out))
    assert done.code == 6
    assert "newsletter.toml: differs from yours" in done.err
    assert "seeds/photos/rail-yard.jpg: another file stands here" in done.err
    assert (photo.read_bytes(), (folder / "newsletter.toml").read_bytes()) == (b"mine", before)


def test_a_folder_with_something_else_in_it_is_left_alone(sample: Path, tmp_path: Path, cli: Cli) -> None:
    out = tmp_path / "one"
    out.mkdir()
    (out / "thesis.txt").write_text("mine", encoding="utf-8")
    assert cli("export", "--all", str(out)).code == 6
    assert files(out) == {"thesis.txt": b"mine"}


def test_what_stands_beside_an_export_stays(sample: Path, tmp_path: Path, cli: Cli) -> None:
    out = tmp_path / "one"
    cli("export", "--all", str(out))
    (out / "README.md").write_text("mine", encoding="utf-8")
    (out / "articles" / "09001.jsonl").write_text("", encoding="utf-8")
    assert cli("export", "--all", str(out)).code == 0
    assert (out / "README.md").is_file()
    assert not (out / "articles" / "09001.jsonl").exists()


def test_a_source_that_changed_is_still_told_where_the_edition_was_taken_in(
    sample: Path, fresh: Path, tmp_path: Path, cli: Cli
) -> None:
    with open_store(sample / "db/newsletter.sqlite3") as store:
        first = store.articles.get(1)
        store.articles.save([replace(first, text=f"Corrected. {first.text}", first_seen=NOON)])
    assert "E-SRC-CHANGED" in cli("proof", "1").out
    for what, where in (("1", "one.zip"), ("--all", "one")):
        cli("export", what, str(tmp_path / where))
        target = fresh if what == "1" else room(tmp_path / "other").root
        there(cli, target, "import", str(tmp_path / where))
        assert "“Corrected" in there(cli, target, "proof", "1").out


def test_a_file_that_is_no_export_of_ours_is_not_overwritten(sample: Path, tmp_path: Path, cli: Cli) -> None:
    for name in ("thesis.zip", "thesis.md"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
        done = cli("export", "1", str(tmp_path / name))
        assert (done.code, done.err.count("\n")) == (6, 1)
        assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_what_was_published_there_is_published_here_and_never_the_other_way_round(
    sample: Path, fresh: Path, tmp_path: Path, cli: Cli
) -> None:
    cli("export", "--all", str(tmp_path / "before"))
    there(cli, fresh, "import", str(tmp_path / "before"))
    cli("publish", "3")
    cli("export", "--all", str(tmp_path / "after"))
    assert there(cli, fresh, "import", str(tmp_path / "after")).code == 0
    told = json.loads(cli("editions", "--json").out)
    assert json.loads(there(cli, fresh, "editions", "--json").out) == told
    assert cli("import", str(tmp_path / "before")).out == "nothing new\n"
    assert json.loads(cli("editions", "--json").out) == told


# Any newsletter comes back


@st.composite
def newsletters(draw: st.DrawFn) -> tuple[list[Source], list[Article], list[tuple[Edition, list[str]]]]:
    urls = draw(st.lists(st.integers(0, 99), max_size=3, unique=True))
    sources = [
        source(url=f"https://{n}.example.org/", title=draw(TEXT), tags=tuple(draw(st.lists(TEXT, max_size=2))))
        for n in urls
    ]
    guids = draw(st.lists(TEXT.filter(bool), max_size=4, unique=True))
    owners = st.sampled_from([None, *range(1, len(sources) + 1)])
    articles = [
        article(
            guid=guid,
            url="",
            title=draw(TEXT),
            text=draw(TEXT),
            outlet=draw(TEXT),
            authors=tuple(draw(st.lists(TEXT, max_size=2))),
            published=draw(st.none() | MOMENT),
            source_id=draw(owners),
            picture=draw(st.none() | st.builds(Picture, url=TEXT, alt=TEXT)),
            enclosures=tuple(draw(st.lists(st.builds(Enclosure, url=TEXT), max_size=1))),
        )
        for guid in guids
    ]
    names = draw(st.lists(st.sampled_from("abcd"), max_size=3, unique=True))
    editions = [
        (
            edition(uid=f"01{name.upper()}", slug=name, filename=f"{name}.md", title=draw(TEXT)),
            draw(st.lists(TEXT, min_size=1, max_size=3)),
        )
        for name in names
    ]
    return sources, articles, editions


def fill(store: SqlStore, what: tuple[list[Source], list[Article], list[tuple[Edition, list[str]]]]) -> None:
    sources, articles, editions = what
    for one in sources:
        store.sources.add(one)
    store.articles.save(articles)
    for number in range(1, len(articles) + 1):
        kept = store.articles.get(number)
        store.articles.snap([number], NOON)
        store.articles.save([replace(kept, text=f"{kept.text}.", first_seen=NOON + HOUR)])
        store.articles.snap([number], NOON + HOUR)
    for one, texts in editions:
        kept = store.editions.create(one, revision(1, texts[0]))
        for number, text in enumerate(texts[1:], 2):
            kept = store.editions.revise(replace(kept, revision=number), revision(number, text))
        out = Publication(edition_id=kept.id, revision=1, channel="outbox", sha256="0" * 64, published_at=NOON)
        store.editions.record(out, replace(kept, status="published", published_at=NOON, updated_at=NOON))


def revision(number: int, text: str) -> Revision:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Revision(edition_id=0, number=number, text=text, sha256=sha256, saved_at=NOON, message="said")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(newsletters())
def test_any_newsletter_comes_back_byte_for_byte(
    tmp_path: Path, what: tuple[list[Source], list[Article], list[tuple[Edition, list[str]]]]
) -> None:
    with tempfile.TemporaryDirectory(dir=tmp_path) as name:
        with room(Path(name) / "ours") as ours:
            fill(ours.store, what)
            write_folder(Path(name) / "one", pack_all(ours.store, ours.belongings, b""))
        with room(Path(name) / "theirs") as theirs:
            taken = bring_in(theirs.hands, open_archive(Path(name) / "one"))
            assert taken.conflicts == ()
            write_folder(Path(name) / "two", pack_all(theirs.store, theirs.belongings, b""))
        assert files(Path(name) / "one") == files(Path(name) / "two")


def room(root: Path) -> Newsroom:
    """Make a newsletter without waiting for a migration."""
    make_folders(root)
    shutil.copy(blank(), root / "db/newsletter.sqlite3")
    template = (Path(__file__).parents[1] / "templates/newsletter.toml").read_text(encoding="utf-8")
    (root / "newsletter.toml").write_text(template, encoding="utf-8")
    return Newsroom(read_settings(root))


def blank() -> Path:
    path = Path(tempfile.gettempdir()) / f"blank-{os.getpid()}.sqlite3"
    if not path.exists():
        open_store(path).close()
    return path


VALUES = st.one_of(
    st.builds(Article, guid=TEXT, title=TEXT, text=TEXT, published=st.none() | MOMENT, picture=st.none() | st.builds(Picture, url=TEXT), enclosures=st.lists(st.builds(Enclosure, url=TEXT), max_size=2).map(tuple), authors=st.lists(TEXT).map(tuple)),
    st.builds(Snapshot, article_id=st.integers(1, 9), number=st.integers(1, 9), title=TEXT, text=TEXT, sha256=TEXT, taken_at=MOMENT),
    st.builds(Revision, edition_id=st.integers(1, 9), number=st.integers(1, 9), text=TEXT, sha256=TEXT, saved_at=MOMENT),
)  # fmt: skip


@given(VALUES)
def test_any_value_comes_back_from_its_line(value: Article | Snapshot | Revision) -> None:
    line = notation.line(value)
    assert "\n" not in line
    assert notation.read(type(value), json.loads(line)) == value


SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
NAMES = st.sampled_from(["guid", "title", "id", "text", "published", "authors", "picture", "x"])
INNER = SCALAR | st.lists(SCALAR, max_size=3) | st.dictionaries(NAMES, SCALAR)
JSON = INNER | st.lists(INNER, max_size=3) | st.dictionaries(NAMES, INNER)


@given(JSON)
def test_whatever_stands_in_a_line_is_a_value_or_refused_in_words(said: object) -> None:
    try:
        assert isinstance(notation.read(Article, said), Article)
    except ValueError as error:
        refusal = str(error)
        assert "\n" not in refusal


# What is refused


def spoilt(folder: Path, path: str, change: Callable[[bytes], bytes]) -> None:
    (folder / path).write_bytes(change((folder / path).read_bytes()))


REVISION = "revisions/{uid}/0001.md"
RECORD = "revisions/{uid}/edition.json"
SPOILS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "foreign": ("currents-export.json", lambda _: b'{"format": "tidings/3"}'),
    "no-json": ("currents-export.json", lambda _: b"<xml/>"),
    "cut-line": ("articles/00001.jsonl", lambda content: content[:-30]),
    "no-utf-8": ("articles/00001.jsonl", lambda content: content.replace(b"a", b"\xff", 1)),
    "strange-field": ("articles/00001.jsonl", lambda content: content.replace(b'"guid"', b'"gu"', 1)),
    "half-a-character": ("sources.jsonl", lambda content: content.replace(b'"title": "', b'"title": "\\ud800', 1)),
    "no-such-source": ("articles/00001.jsonl", lambda content: content.replace(b'"source_id": 1', b'"source_id": 99')),
    "deep": ("sources.jsonl", lambda _: b"[" * 100_000),
    "changed-revision": (REVISION, lambda content: content + b"more"),
    "name-that-leads-out": (RECORD, lambda content: content.replace(b'"filename": "', b'"filename": "../')),
    "lost-revision": (RECORD, lambda content: content.replace(b'"number": 1', b'"number": 2')),
    "time-without-zone": (RECORD, lambda content: content.replace(b"+00:00", b"")),
    "huge-number": (RECORD, lambda content: content.replace(b'"revision": 1', b'"revision": 1' + b"0" * 40)),
    "wrong-settings": ("newsletter.toml", lambda content: content.replace(b"tag_year = ", b'tag_year = "x" #')),
    "number-twice": ("sources.jsonl", lambda content: content.replace(b'"id": 2', b'"id": 1')),
    "slug-that-leads-out": (RECORD, lambda content: content.replace(b'"slug": "', b'"slug": "../')),
    "snapshot-changed": ("snapshots/00001.jsonl", lambda content: content.replace(b'"text": "', b'"text": "x', 1)),
}  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_damaged_or_foreign_export_is_refused_in_one_line(
    sample: Path, fresh: Path, tmp_path: Path, cli: Cli, spoil: str
) -> None:
    out = tmp_path / "one"
    cli("export", "--all", str(out))
    path, change = SPOILS[spoil]
    uid = next(one["uid"] for one in json.loads(cli("editions", "--json").out) if one["id"] == 2)
    spoilt(out, path.format(uid=uid), change)
    before = {path: what for path, what in files(fresh).items() if "sqlite3" not in path}
    done = there(cli, fresh, "import", str(out))
    assert (done.code, done.err.count("\n"), done.out) == (1, 1, ""), done.err
    assert "fault of ours" not in done.err
    with open_store(fresh / "db/newsletter.sqlite3") as store:
        assert (store.sources.all(), store.editions.all(), store.articles.find("x")) == ((), (), None)
    assert {path: what for path, what in files(fresh).items() if "sqlite3" not in path} == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_an_export_with_any_byte_changed_is_taken_in_whole_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    out = tmp_path / "one"
    if not out.exists():
        with room(tmp_path / "ours") as ours:
            fill(ours.store, ([source()], [article(source_id=1)], [(edition(filename="a.md"), ["One.", "Two."])]))
            write_folder(out, pack_all(ours.store, ours.belongings, b""))
    path = data.draw(st.sampled_from(sorted(files(out))))
    content = (out / path).read_bytes()
    place = data.draw(st.integers(0, max(len(content) - 1, 0)))
    changed = content[:place] + data.draw(st.binary(max_size=3)) + content[place + 1 :]
    (out / path).write_bytes(changed)
    try:
        with tempfile.TemporaryDirectory(dir=tmp_path) as name, room(Path(name) / "theirs") as theirs:
            try:
                bring_in(theirs.hands, open_archive(out))
            except ComposerError as error:
                assert "\n" not in str(error)  # noqa: PT017 (either outcome is right)
                assert (theirs.store.sources.all(), theirs.store.editions.all()) == ((), ())
    finally:
        (out / path).write_bytes(content)


def zipped(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for entry, content in entries:
            opened.writestr(entry, content)
    return path


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


MARK = ("currents-export.json", b'{"format": "currents-export/1"}')


@pytest.mark.parametrize(
    ("entry", "content", "sentence"),
    [
        ("../evil.md", b"x", "lead elsewhere"),
        ("/etc/evil", b"x", "must be relative"),
        ("files/../../evil", b"x", "lead elsewhere"),
        ("files\\..\\evil", b"x", ""),
        ("C:/evil", b"x", "must be relative"),
        (link("files/link"), b"/etc/passwd", "a link"),
        ("articles/00001.jsonl", b" " * 30_000_000, "grows far more"),
        ("files/.git/hooks/pre-commit", b"x", "hidden"),
        ("files/db/newsletter.sqlite3", b"x", "kept by Currents"),
        ("files/newsletter.toml", b"x", "kept by Currents"),
        ("files/editions/salt.md", b"x", "does not travel"),
    ],
)
def test_a_zip_that_would_do_harm_is_refused(
    folder: Path, tmp_path: Path, cli: Cli, entry: str | zipfile.ZipInfo, content: bytes, sentence: str
) -> None:
    before = files(tmp_path)
    done = cli("import", str(zipped(tmp_path / "one.zip", MARK, (entry, content))))
    after = {path: what for path, what in files(tmp_path).items() if path != "one.zip"}
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert sentence in done.err
    assert {p: w for p, w in after.items() if "sqlite3" not in p} == {
        p: w for p, w in before.items() if "sqlite3" not in p
    }


def test_a_zip_that_lies_about_its_sizes_is_refused(folder: Path, tmp_path: Path, cli: Cli) -> None:
    path = zipped(tmp_path / "one.zip", MARK, ("sources.jsonl", b" " * 900_000))
    lying = path.read_bytes().replace((900_000).to_bytes(4, "little"), (90).to_bytes(4, "little"))
    path.write_bytes(lying)
    done = cli("import", str(path))
    assert (done.code, done.err.count("\n")) == (1, 1)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Dear diary", os.urandom(2_000)])
def test_a_file_that_is_no_export_is_refused(folder: Path, tmp_path: Path, cli: Cli, content: bytes) -> None:
    (tmp_path / "one.zip").write_bytes(content)
    done = cli("import", str(tmp_path / "one.zip"))
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "one.zip: is no export: neither a zip file that can be read nor a folder; nothing was taken in" in done.err


def test_a_link_in_an_export_is_not_followed(sample: Path, fresh: Path, tmp_path: Path, cli: Cli) -> None:
    cli("export", "--all", str(tmp_path / "one"))
    (tmp_path / "one/files/secret").symlink_to("/etc/passwd")
    done = there(cli, fresh, "import", str(tmp_path / "one"))
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "a link" in done.err


@pytest.mark.parametrize("words", [("export",), ("export", "1", "--all", "x"), ("export", "99"), ("import", "nowhere")])
def test_what_cannot_be_meant_is_told_in_one_line(folder: Path, cli: Cli, words: tuple[str, ...]) -> None:
    done = cli(*words)
    assert done.code in {2, 5}
    assert done.err.count("\n") == 1


# The store's part


def test_a_part_that_fails_leaves_nothing_behind(file: SqlStore) -> None:
    def broken() -> Iterator[Article]:
        yield article(id=1)
        raise ArchiveError("articles", "damaged")

    with pytest.raises(ArchiveError):
        file.take_over(Holdings(sources=[source(id=1)], articles=broken()), renumbered)
    assert (file.sources.all(), file.articles.find(article().guid)) == ((), None)


def test_a_part_that_refers_to_nothing_is_refused(file: SqlStore) -> None:
    with pytest.raises(StoreError, match="refers"):
        file.take_over(Holdings(articles=[article(id=1, source_id=7)]), renumbered)


def test_an_article_that_is_here_under_another_number_is_the_same(file: SqlStore) -> None:
    file.articles.save([article(guid="other", url=""), article()])
    taken = file.take_over(Holdings(articles=[article(id=1), article(id=2, guid="new", url="")]), renumbered)
    assert taken.articles == 1
    assert file.articles.get(3).guid == "new"


def test_an_article_that_reads_otherwise_here_is_left(file: SqlStore) -> None:
    file.articles.save([article()])
    taken = file.take_over(Holdings(articles=[article(id=1, text="Other.")]), renumbered)
    assert (len(taken.conflicts), file.articles.get(1).text) == (1, article().text)


def test_only_numbers_of_articles_change_in_a_manuscript() -> None:
    text = '---\ntitle: Salt\n---\n\narticle: 1\n\n::: source #a\ntitle: article: 1\narticle: 1\r\n:::\n\n::: source #b\narticle: "12"\n:::\n'
    now = renumbered(text, {1: 12, 12: 1})
    assert now == text.replace("article: 1\r", "article: 12\r").replace('article: "12"', 'article: "1"')
    assert renumbered(now, {1: 12, 12: 1}) == text


KILLED = """
import os, signal, sys
from composer.outlets import FolderBelongings, ManuscriptDrawer
from db import takeover
at = int(sys.argv[1])
count = 0
def dying(act):
    def step(*words, **named):
        global count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*words, **named)
    return step
FolderBelongings.place = dying(FolderBelongings.place)
takeover._Takeover._source = dying(takeover._Takeover._source)
takeover._Takeover._all_articles = dying(takeover._Takeover._all_articles)
takeover._Takeover._edition = dying(takeover._Takeover._edition)
takeover._Takeover._finished = dying(takeover._Takeover._finished)
ManuscriptDrawer.write = dying(ManuscriptDrawer.write)
from composer.cli import main
sys.argv = ["currents", "--newsletter", sys.argv[2], "import", sys.argv[3]]
main()
"""


@pytest.mark.parametrize("step", [1, 7, 9, 11, 13, 15, 16, 18])
def test_an_import_that_is_killed_is_done_by_the_next(
    sample: Path, fresh: Path, tmp_path: Path, cli: Cli, step: int
) -> None:
    cli("export", "--all", str(tmp_path / "one"))
    command = [sys.executable, "-W", "error", "-c", KILLED, str(step), str(fresh), str(tmp_path / "one")]
    assert subprocess.run(command, check=False, cwd=Path(__file__).parents[1]).returncode == -signal.SIGKILL
    assert there(cli, fresh, "import", str(tmp_path / "one")).code == 0
    there(cli, fresh, "proof", "1")
    assert there(cli, fresh, "export", "--all", str(tmp_path / "two")).code == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_an_export_in_a_zip_is_read_without_being_unpacked(sample: Path, tmp_path: Path, cli: Cli) -> None:
    assert cli("export", "2", str(tmp_path / "one.zip")).code == 0
    with zipfile.ZipFile(io.BytesIO((tmp_path / "one.zip").read_bytes())) as opened:
        assert opened.testzip() is None
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
