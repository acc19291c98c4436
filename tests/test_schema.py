"""How a store's file is made, upgraded with a copy, and left alone when it is not ours to touch."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from makers import NOON, article, edition, source
from sqlalchemy import create_engine

from composer.errors import StoreError
from composer.model import ArticleQuery, Publication, Revision, Saved
from db import engine, open_store, schema
from db.outgoing import metadata

ROOT = Path(__file__).resolve().parent.parent
INDEX = "article_words"
OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'index')"

# Rebuilds the table that others refer to, the change that loses most when it goes wrong, and may die on the way.
NEXT = schema.HEAD + 1
YET_TO_COME = """
import os, signal
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "head"

def step(number):
    if os.environ.get("DIE_AT") == str(number):
        os.kill(os.getpid(), signal.SIGKILL)
    if os.environ.get("FAIL_AT") == str(number):
        op.execute("SELECT no_such_thing")

def upgrade():
    step(1)
    with op.batch_alter_table("articles") as batch:
        batch.add_column(sa.Column("section", sa.Text(), nullable=False, server_default=""))
    step(2)
    op.create_table("sections", sa.Column("name", sa.Text(), primary_key=True))
    step(3)
    op.execute("INSERT INTO sections SELECT DISTINCT lang FROM articles")
    op.execute("UPDATE articles SET section = lang")
    step(4)
    if os.environ.get("ORPHAN"):
        op.execute("DELETE FROM articles")
"""
UPGRADE = f"""
import sys
from pathlib import Path
from db import schema
schema.upgrade(Path(sys.argv[1]), head={NEXT}, migrations=sys.argv[2])
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "newsletter.sqlite3"


@pytest.fixture
def older(path: Path) -> Path:
    """A store of today's version that holds something of everything."""
    with open_store(path) as store:
        kept = store.sources.add(source())
        batch = [article(guid=str(n), url="", source_id=kept.id, text=f"word{n}") for n in range(50)]
        store.articles.save(batch)
        store.articles.list(ArticleQuery(words="salt"))  # fills the index
        words = Revision(edition_id=0, number=1, text="Salt.", sha256="0" * 64, saved_at=NOON)
        begun = store.editions.create(edition(), words)
        out = Publication(edition_id=begun.id, revision=1, channel="outbox", sha256="0" * 64, published_at=NOON)
        store.editions.record(out, begun)
    return path


@pytest.fixture
def migrations(tmp_path: Path) -> str:
    """The program's migrations and one that is yet to come, in a folder whose name is no help."""
    folder = tmp_path / "50% more: migrations"
    shutil.copytree(ROOT / "db" / "migrations", folder)
    step = YET_TO_COME.replace('"next"', f'"{NEXT:04}"').replace('"head"', f'"{schema.HEAD:04}"')
    (folder / "versions" / f"{NEXT:04}_sections.py").write_text(step, encoding="utf-8")
    return str(folder)


def child(script: str, *words: object, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def ask(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def version(path: Path) -> int:
    return ask(path, "PRAGMA user_version")[0][0]


def everything(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


# What a new file holds


def test_the_tables_are_those_that_the_migrations_make(path: Path) -> None:
    open_store(path).close()
    own = create_engine(f"sqlite:///{path}")
    with own.connect() as connection:
        options = {"include_object": lambda _, name, *__: not name.startswith(INDEX), "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    own.dispose()


def test_the_tables_are_worded_as_the_migrations_word_them(path: Path, tmp_path: Path) -> None:
    open_store(path).close()
    drawn = create_engine(f"sqlite:///{tmp_path / 'drawn.sqlite3'}")
    metadata.create_all(drawn)
    drawn.dispose()
    besides = (INDEX, "alembic", "sqlite_stat", "sqlite_autoindex_alembic")
    made = [row for row in ask(path, OBJECTS) if not row[1].startswith(besides)]
    assert {words(row) for row in made} == {words(row) for row in ask(tmp_path / "drawn.sqlite3", OBJECTS)}


def words(row: tuple[object, ...]) -> tuple[object, ...]:
    """Leave the order of a table's columns and constraints out of it."""
    clauses = re.split(r",(?![^()]*\))", str(row[2]).partition("(")[2])
    return (*row[:2], frozenset(" ".join(clause.rstrip("\n\t )").split()) for clause in clauses))


def test_the_version_that_is_looked_for_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", schema.MIGRATIONS)
    assert ScriptDirectory.from_config(config).get_heads() == [f"{schema.HEAD:04}"]


def test_a_new_store_is_stamped(path: Path) -> None:
    open_store(path).close()
    assert (version(path), ask(path, "SELECT version_num FROM alembic_version")) == (
        schema.HEAD,
        [(f"{schema.HEAD:04}",)],
    )
    assert ask(path, "PRAGMA journal_mode") == [(engine.JOURNAL,)]


def test_a_new_store_leaves_no_copy(path: Path) -> None:
    open_store(path).close()
    assert list(path.parent.iterdir()) == [path]


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    open_store(tmp_path / "a" / "db #1?%20" / "n.sqlite3").close()
    assert (tmp_path / "a" / "db #1?%20" / "n.sqlite3").is_file()


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    open_store(path).close()
    assert version(path) == schema.HEAD


def test_opening_a_store_that_is_up_to_date_does_not_import_alembic(older: Path) -> None:
    script = """
import sys
from pathlib import Path
from db import open_store
open_store(Path(sys.argv[1])).close()
print([name for name in sys.modules if name.split(".")[0] in ("alembic", "mako")])
"""
    assert child(script, older).stdout == "[]\n"


def test_stores_made_at_once_are_one_store(path: Path) -> None:
    script = """
import os, sys
from pathlib import Path
from db import open_store
children = []
for number in range(6):
    child = os.fork()
    if not child:
        with open_store(Path(sys.argv[1])) as store:
            store.articles.list(__import__("composer.model").model.ArticleQuery())
        os._exit(0)
    children.append(child)
sys.exit(sum(os.waitpid(child, 0)[1] for child in children))
"""
    done = child(script, path)
    assert (done.returncode, done.stderr, version(path)) == (0, "", schema.HEAD)


def test_a_store_works_without_the_newer_library(older: Path) -> None:
    script = """
import sys
sys.modules["pysqlite3"] = None
from pathlib import Path
from composer.model import ArticleQuery, Publication, Revision, Saved
from db import engine, open_store
with open_store(Path(sys.argv[1])) as store:
    print(engine.sqlite.__name__, len(store.articles.list(ArticleQuery(words="word7 OR word8"))))
"""
    assert child(script, older).stdout.split()[-1] == "2"


@pytest.mark.parametrize(
    ("library", "journal"),
    [
        ((3, 40, 1), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 45, 0), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 53, 4), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_the_journal_suits_the_library(library: tuple[int, int, int], journal: str) -> None:
    assert engine.journal(library) == journal


# Upgrades


def test_an_older_store_is_copied_and_upgraded(older: Path, migrations: str) -> None:
    before = everything(older)
    schema.upgrade(older, head=NEXT, migrations=migrations)
    copy = older.with_name(f"newsletter.sqlite3.before-{NEXT:04}")
    assert (version(older), version(copy), everything(copy)) == (NEXT, schema.HEAD, before)
    assert ask(older, "SELECT section, count(*) FROM articles GROUP BY 1") == [("en", 50)]


def test_an_upgrade_that_rebuilds_a_table_keeps_what_refers_to_it(older: Path, migrations: str) -> None:
    schema.upgrade(older, head=NEXT, migrations=migrations)
    assert ask(older, "SELECT count(*) FROM article_texts JOIN articles ON id = article_id") == [(50,)]
    assert ask(older, "PRAGMA foreign_key_check") == []
    assert ask(older, "SELECT count(*) FROM article_words WHERE article_words MATCH 'word7'") == [(1,)]


def test_a_copy_is_a_store_of_its_own(older: Path, migrations: str) -> None:
    schema.upgrade(older, head=NEXT, migrations=migrations)
    with open_store(older.with_name(f"newsletter.sqlite3.before-{NEXT:04}")) as store:
        assert len(store.articles.list(ArticleQuery(words="word7"))) == 1


def test_a_new_store_takes_every_step_at_once(path: Path, migrations: str) -> None:
    schema.upgrade(path, head=NEXT, migrations=migrations)
    assert version(path) == NEXT
    assert not path.with_name(f"newsletter.sqlite3.before-{NEXT:04}").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot kill itself outright")
@pytest.mark.parametrize("step", "1234")
def test_an_upgrade_killed_half_way_leaves_the_old_store(older: Path, migrations: str, step: str) -> None:
    before = everything(older)
    assert child(UPGRADE, older, migrations, DIE_AT=step).returncode < 0
    assert (version(older), everything(older)) == (schema.HEAD, before)
    schema.upgrade(older, head=NEXT, migrations=migrations)
    assert (version(older), everything(older.with_name(f"newsletter.sqlite3.before-{NEXT:04}"))) == (NEXT, before)


def test_an_upgrade_that_fails_leaves_the_old_store(
    older: Path, migrations: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(older)
    monkeypatch.setenv("FAIL_AT", "4")
    with pytest.raises(StoreError, match="no_such_thing"):
        schema.upgrade(older, head=NEXT, migrations=migrations)
    assert everything(older) == before


def test_an_upgrade_that_would_leave_rows_pointing_nowhere_is_refused(
    older: Path, migrations: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(older)
    monkeypatch.setenv("ORPHAN", "yes")
    with pytest.raises(StoreError, match="points nowhere"):
        schema.upgrade(older, head=NEXT, migrations=migrations)
    assert everything(older) == before


def test_upgrades_at_once_are_one_upgrade(older: Path, migrations: str) -> None:
    command = [sys.executable, "-W", "error", "-c", UPGRADE, str(older), migrations]
    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [one.wait() for one in running] == [0, 0]
    assert ask(older, "SELECT count(*) FROM sections") == [(1,)]


# Version 1, as the first release left it

OF_VERSION_1 = """
INSERT INTO sources (url, title, homepage, tags, etag, last_modified, body_sha256, failures, problem)
VALUES ('https://wire.example.org/feed.xml', 'The Wire', '', '["trade"]', '"x"', '', '', 0, '');
INSERT INTO articles (source_id, guid, url, title, outlet, authors, published, first_seen, dated, lang, summary,
picture_alt, picture_caption, picture_credit, state)
VALUES (1, 'https://wire.example.org/salt', 'https://wire.example.org/salt', 'Salt is getting dearer', 'The Wire',
'["Nino Example"]', '2026-03-06 12:00:00.000000', '2026-03-06 12:00:00.000000', '2026-03-06 12:00:00.000000', 'en', '',
'', '', '', 'picked');
INSERT INTO article_texts VALUES (1, 'Salt rose 12% in a year.' || char(10, 10) || 'Traders blame the roads.');
INSERT INTO article_words (rowid, title, summary, text, names)
VALUES (1, 'salt is getting dearer', '', 'salt rose 12 in a year traders blame the roads', 'the wire nino example');
"""


@pytest.fixture
def first(path: Path) -> Path:
    schema.upgrade(path, head=1)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OF_VERSION_1)
    return path


def test_a_store_of_the_first_version_keeps_all_that_it_holds(first: Path) -> None:
    with open_store(first) as store:
        kept = source(id=1, tags=("trade",), etag='"x"')
        assert store.sources.all() == (kept,)
        assert store.articles.list(ArticleQuery(words="salt")) == (article(id=1, source_id=1, state="picked"),)
    assert version(first.with_name(f"newsletter.sqlite3.before-{schema.HEAD:04}")) == 1


def test_an_article_of_the_first_version_that_comes_again_is_unchanged(first: Path) -> None:
    with open_store(first) as store:
        again = article(source_id=1)
        assert [store.articles.save([again]) for _ in range(2)] == [Saved(unchanged=1)] * 2
        assert store.articles.save([article(source_id=1, title="Salt is dear")]) == Saved(updated=1)
        assert [one.title for one in store.articles.versions(1)] == [again.title]


# Version 2


def test_a_store_of_the_second_version_has_everything_published_still_to_cut(path: Path) -> None:
    schema.upgrade(path, head=2)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OF_VERSION_1)
        connection.executescript(PUBLISHED)
    with open_store(path) as store:
        assert store.morgue.unfiled() == ((1, 1),)
        assert (store.morgue.all(), store.articles.get(1).also) == ((), ())
        store.morgue.file(1, 1, [], [])
        assert store.morgue.unfiled() == ()
    assert version(path.with_name(f"newsletter.sqlite3.before-{schema.HEAD:04}")) == 2


PUBLISHED = """
INSERT INTO editions (uid, slug, title, status, filename, revision, created_at)
VALUES ('a', 'a', 'Salt', 'published', 'a.md', 1, '2026-03-06 12:00:00.000000');
INSERT INTO revisions (edition_id, number, text, sha256, saved_at, message)
VALUES (1, 1, 'Salt.', printf('%064d', 0), '2026-03-06 12:00:00.000000', '');
INSERT INTO publications (edition_id, revision, channel, sha256, published_at)
VALUES (1, 1, 'outbox', printf('%064d', 0), '2026-03-06 12:00:00.000000');
"""


# Files that are left alone


def test_a_store_from_a_newer_version_is_left_untouched(older: Path, migrations: str) -> None:
    schema.upgrade(older, head=NEXT, migrations=migrations)
    before = older.read_bytes()
    with pytest.raises(StoreError, match=r"newer Currents.*update Currents"):
        open_store(older)
    assert older.read_bytes() == before


def not_a_database(path: Path) -> None:
    path.write_text("Dear diary, " * 900, encoding="utf-8")


def somebody_elses(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id)")


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (not_a_database, "is not a SQLite file"),
        (somebody_elses, "no store of Currents"),
        (a_folder, "cannot be opened"),
    ],
)
def test_what_is_no_store_is_named_in_one_line_and_left(path: Path, spoil: object, sentence: str) -> None:
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=sentence) as told:
        open_store(path)
    assert str(told.value).startswith(f"{path}: ")
    assert "\n" not in str(told.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_damaged_store_is_named(older: Path) -> None:
    older.write_bytes(older.read_bytes()[:9_000])
    with pytest.raises(StoreError, match="damaged"), open_store(older) as store:
        store.articles.list(ArticleQuery())


def test_a_damaged_store_is_not_upgraded(older: Path, migrations: str) -> None:
    whole = bytearray(older.read_bytes())
    whole[9_000:16_000] = b"\xff" * 7_000
    older.write_bytes(whole)
    with pytest.raises(StoreError, match="damaged"):
        schema.upgrade(older, head=NEXT, migrations=migrations)
    assert older.read_bytes() == whole
    assert [one.name for one in older.parent.glob("*before*")] == []


def test_a_store_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "db").touch()
    with pytest.raises(StoreError, match="its folder cannot be made"):
        open_store(tmp_path / "db" / "newsletter.sqlite3")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows heed no permission bits")
def test_a_store_that_may_not_be_read_is_named(older: Path) -> None:
    older.chmod(0)
    with pytest.raises(StoreError, match="permissions"):
        open_store(older)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows heed no permission bits")
def test_a_store_that_may_not_be_written_is_named(older: Path) -> None:
    older.chmod(0o444)
    with pytest.raises(StoreError, match="permissions"), open_store(older) as store:
        store.sources.add(source(url="https://other.example.org/feed"))
