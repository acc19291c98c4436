"""What choosing remembers: what past editions carried, an article's other addresses, and the words it is weighed by.

Frozen: stores out there were made by it. What editions carried is not filled in here: it is cut from their published
revisions when somebody first asks, by the part of the program that can read a manuscript.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column and the tables."""
    op.execute("ALTER TABLE articles ADD COLUMN also JSON DEFAULT '[]' NOT NULL")
    _make_terms()
    _make_filings()
    _make_clippings()


def _make_terms() -> None:
    op.create_table(
        "article_terms",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_terms"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_terms_article_id_articles", ondelete="CASCADE"
        ),
    )


def _make_filings() -> None:
    op.create_table(
        "filings",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "revision", name="pk_filings"),
        sa.ForeignKeyConstraint(
            ["edition_id", "revision"],
            ["revisions.edition_id", "revisions.number"],
            name="fk_filings_edition_id_revision_revisions",
        ),
    )


def _make_clippings() -> None:
    op.create_table(
        "clippings",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("urls", sa.JSON(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True)),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "revision", "number", name="pk_clippings"),
        sa.CheckConstraint("place IN ('story', 'words')", name="ck_clippings_place_known"),
        sa.ForeignKeyConstraint(
            ["edition_id", "revision"],
            ["filings.edition_id", "filings.revision"],
            name="fk_clippings_edition_id_revision_filings",
            ondelete="CASCADE",
        ),
    )
