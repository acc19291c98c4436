"""The catalogue of what is out. It is not filled in here: cards are drawn up from the published texts when asked for.

Frozen: stores out there were made by it.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "cards",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("dek", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("listed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", name="pk_cards"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_cards_edition_id_editions"),
        sa.ForeignKeyConstraint(
            ["edition_id", "revision"],
            ["revisions.edition_id", "revisions.number"],
            name="fk_cards_edition_id_revision_revisions",
        ),
    )
    op.create_index("ix_cards_day_published_edition_id", "cards", ["day", "published", "edition_id"])
    op.create_index("ix_cards_original", "cards", ["original"])
    op.create_index("ix_cards_unlisted", "cards", ["listed"], sqlite_where=sa.text("listed = 0"))
    op.create_table(
        "card_tags",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slug", "edition_id", name="pk_card_tags"),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["cards.edition_id"], name="fk_card_tags_edition_id_cards", ondelete="CASCADE"
        ),
    )
    op.create_index(
        "ix_card_tags_slug_day_published_edition_id", "card_tags", ["slug", "day", "published", "edition_id"]
    )
    op.create_index("ix_card_tags_edition_id", "card_tags", ["edition_id"])
    op.create_table(
        "card_words",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", name="pk_card_words"),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["cards.edition_id"], name="fk_card_words_edition_id_cards", ondelete="CASCADE"
        ),
    )
