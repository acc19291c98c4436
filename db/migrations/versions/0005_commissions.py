"""What language models handed in, and the hosts that an editor has agreed to ask.

Frozen: stores out there were made by it.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "commissions",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("base_url", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("prompt_version", sa.Text(), nullable=False),
        sa.Column("article_sha256", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_commissions"),
        sa.CheckConstraint("length(key) = 64", name="ck_commissions_key_whole"),
        sa.CheckConstraint("length(article_sha256) = 64", name="ck_commissions_article_sha256_whole"),
        sa.CheckConstraint("tokens_in >= 0 AND tokens_out >= 0", name="ck_commissions_tokens_counted"),
    )
    op.create_index("ix_commissions_article_sha256", "commissions", ["article_sha256"])
    op.create_table(
        "model_hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_model_hosts"),
        sa.CheckConstraint("host <> ''", name="ck_model_hosts_host_given"),
    )
