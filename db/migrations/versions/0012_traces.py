"""By what the clippings of past editions are found, so that not all of them are read for one.

Frozen: stores out there were made by it. What was cut is forgotten here, and cut again from the published revisions
when somebody next asks, by the part of the program that knows what a link or a text is recognised by.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables and the column, and forget the clippings."""
    op.execute("DELETE FROM clippings")
    op.execute("DELETE FROM filings")
    op.execute("ALTER TABLE clippings ADD COLUMN day INTEGER")
    op.create_index("ix_clippings_day", "clippings", ["day"])
    for name, kind in (("key", sa.Text()), ("run", sa.Integer())):
        op.create_table(
            f"clipping_{name}s",
            sa.Column(name, kind, nullable=False),
            sa.Column("edition_id", sa.Integer(), nullable=False),
            sa.Column("revision", sa.Integer(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint(name, "edition_id", "revision", "number", name=f"pk_clipping_{name}s"),
            sqlite_with_rowid=False,
        )
