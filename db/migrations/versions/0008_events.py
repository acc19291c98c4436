"""The log of what editions went through; what went out before there was one stands in it as "published".

Frozen: stores out there were made by it.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table, fill it from the publications, and let nobody change what stands in it."""
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_events_edition_id_editions"),
        sa.CheckConstraint("step <> ''", name="ck_events_step_given"),
        sa.CheckConstraint("length(sha256) = 64", name="ck_events_sha256_whole"),
        sa.CheckConstraint("(step = 'scheduled') = (due IS NOT NULL)", name="ck_events_due_when_scheduled"),
    )
    op.create_index("ix_events_edition_id_id", "events", ["edition_id", "id"])
    op.execute(
        "INSERT INTO events (edition_id, step, at, before, after, revision, sha256, who, words) "
        "SELECT p.edition_id, 'published', p.published_at, "
        "CASE WHEN p.id = (SELECT min(f.id) FROM publications f WHERE f.edition_id = p.edition_id) "
        "THEN 'draft' ELSE 'published' END, 'published', p.revision, r.sha256, '', '' "
        "FROM publications p JOIN revisions r ON r.edition_id = p.edition_id AND r.number = p.revision ORDER BY p.id"
    )
    for what, happens in (("changed", "UPDATE"), ("deleted", "DELETE")):
        op.execute(
            f"CREATE TRIGGER events_are_never_{what} BEFORE {happens} ON events "
            f"BEGIN SELECT RAISE(ABORT, 'an event is never {what}'); END"
        )
