"""The journal of publications, and what was written into the outbox.

Frozen: stores out there were made by it.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "plans",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", name="pk_plans"),
        sa.CheckConstraint("edition_id >= 0", name="ck_plans_edition_counted"),
    )
    op.create_table(
        "planned_files",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["plans.edition_id"], name="fk_planned_files_edition_id_plans", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "path", "sha256", name="pk_planned_files"),
        sa.CheckConstraint("length(sha256) = 64", name="ck_planned_files_sha256_whole"),
    )
    op.create_index("ix_planned_files_path", "planned_files", ["path"])
    op.create_table(
        "outbox_files",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_outbox_files"),
        sa.CheckConstraint("length(sha256) = 64", name="ck_outbox_files_sha256_whole"),
    )
