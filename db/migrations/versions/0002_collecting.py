"""What collecting learns: rhythms, leases and moves of sources; versions, sketches and the index's queue of articles.

Frozen: stores out there were made by it. Columns are added, never a table rebuilt: a million articles take no time.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_STATES = "CHECK (state IN ('active', 'paused', 'gone'))"
_SOURCES = (
    "weight INTEGER DEFAULT 1 NOT NULL CONSTRAINT ck_sources_weight_known CHECK (weight BETWEEN 0 AND 10)",
    f"state TEXT DEFAULT 'active' NOT NULL CONSTRAINT ck_sources_state_known {_STATES}",
    "whole BOOLEAN DEFAULT 1 NOT NULL",
    "version INTEGER DEFAULT 1 NOT NULL",
    "changed_at DATETIME",
    "next_at DATETIME",
    "not_before DATETIME",
    "every_seconds INTEGER DEFAULT 0 NOT NULL",
    "moved_to TEXT DEFAULT '' NOT NULL",
    "moved_since DATETIME",
    "moved_times INTEGER DEFAULT 0 NOT NULL",
    "lease_until DATETIME",
)
_ARTICLES = (
    "updated DATETIME",
    "categories JSON DEFAULT '[]' NOT NULL",
    "enclosures JSON DEFAULT '[]' NOT NULL",
    "via TEXT DEFAULT '' NOT NULL",
    "access TEXT DEFAULT '' NOT NULL CONSTRAINT ck_articles_access_known CHECK (access IN ('', 'open', 'paywalled'))",
    "words BLOB",
    "digest BLOB",
    "worded_at DATETIME",
)


def upgrade() -> None:
    """Add the columns, the tables and the indexes."""
    for column in _SOURCES:
        op.execute(f"ALTER TABLE sources ADD COLUMN {column}")
    for column in _ARTICLES:
        op.execute(f"ALTER TABLE articles ADD COLUMN {column}")
    _make_indexes()
    _make_versions()
    _make_of_article("article_sketches", sa.Column("sketch", sa.LargeBinary(), nullable=False))
    _make_of_article("articles_unindexed")


def _make_indexes() -> None:
    op.drop_index("ix_articles_source_id_url", "articles")
    op.create_index("ix_articles_url", "articles", ["url"])
    op.create_index("ix_articles_source_id_words", "articles", ["source_id", "words"])
    op.create_index("ix_articles_first_seen", "articles", ["first_seen"])
    handled = sa.text("state <> 'new'")
    op.create_index("ix_articles_handled", "articles", ["dated", "id"], sqlite_where=handled)


def _make_versions() -> None:
    op.create_table(
        "article_versions",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_article_versions"),
        sa.CheckConstraint("number >= 1", name="ck_article_versions_number_counted"),
        _belonging("article_versions"),
    )


def _make_of_article(name: str, *columns: sa.Column[bytes]) -> None:
    op.create_table(
        name,
        sa.Column("article_id", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("article_id", name=f"pk_{name}"),
        _belonging(name),
    )


def _belonging(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["article_id"], ["articles.id"], name=f"fk_{name}_article_id_articles", ondelete="CASCADE"
    )
