"""What was written to newsletter services, and where pictures lie there.

Frozen: stores out there were made by it.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "pushes",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("ours", sa.Text(), nullable=False),
        sa.Column("theirs", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "service", name="pk_pushes"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_pushes_edition_id_editions"),
        sa.CheckConstraint("remote_id <> ''", name="ck_pushes_remote_id_given"),
    )
    op.create_table(
        "uploads",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("service", "sha256", name="pk_uploads"),
    )
