"""Feeds that changed and whose hub has not been told yet.

Frozen: stores out there were made by it.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "announcements",
        sa.Column("feed_url", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("feed_url", name="pk_announcements"),
        sa.CheckConstraint("feed_url <> ''", name="ck_announcements_feed_url_given"),
    )
