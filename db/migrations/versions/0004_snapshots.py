"""Articles as they stood when they were chosen, whether their pages are still there, what lay in editions/ last.

Frozen: stores out there were made by it.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables, and remember of every edition what its file held when it was last looked at."""
    _make_texts()
    _make_snapshots()
    _make_sightings()
    op.execute("ALTER TABLE editions ADD COLUMN filed TEXT DEFAULT '' NOT NULL")


def _make_texts() -> None:
    op.create_table(
        "snapshot_texts",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_snapshot_texts"),
        sa.CheckConstraint("length(sha256) = 64", name="ck_snapshot_texts_sha256_whole"),
    )


def _make_snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True)),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_snapshots"),
        sa.CheckConstraint("number >= 1", name="ck_snapshots_number_counted"),
        sa.CheckConstraint("versions >= 0", name="ck_snapshots_versions_counted"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_snapshots_article_id_articles"),
        sa.ForeignKeyConstraint(["sha256"], ["snapshot_texts.sha256"], name="fk_snapshots_sha256_snapshot_texts"),
    )
    for table in ("snapshots", "snapshot_texts"):
        for what, happens in (("changed", "UPDATE"), ("deleted", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {table}_are_never_{what} BEFORE {happens} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'a snapshot is never {what}'); END"
            )


def _make_sightings() -> None:
    op.create_table(
        "article_sightings",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_sightings"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_sightings_article_id_articles", ondelete="CASCADE"
        ),
    )
