"""Sources, articles with their full text, editions with their revisions and publications.

Frozen: stores out there were made by it. What changes later is a migration of its own.
"""  # noqa: INP001 — Alembic loads it by path

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, the full-text table and the triggers."""
    _make_sources()
    _make_articles()
    _make_article_texts()
    _make_editions()
    _make_revisions()
    _make_publications()


def _make_sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("homepage", sa.Text(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.Column("succeeded_at", sa.DateTime(timezone=True)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.CheckConstraint("url <> ''", name="ck_sources_url_given"),
        sa.CheckConstraint("failures >= 0", name="ck_sources_failures_counted"),
        sa.UniqueConstraint("url", name="uq_sources_url"),
    )


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer()),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True)),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("picture_url", sa.Text()),
        sa.Column("picture_alt", sa.Text(), nullable=False),
        sa.Column("picture_caption", sa.Text(), nullable=False),
        sa.Column("picture_credit", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.CheckConstraint("guid <> ''", name="ck_articles_guid_given"),
        sa.CheckConstraint("dated <= first_seen", name="ck_articles_dated_not_in_the_future"),
        sa.CheckConstraint("state IN ('new', 'picked', 'spiked')", name="ck_articles_state_known"),
        sa.UniqueConstraint("source_id", "guid", name="uq_articles_source_id_guid"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_articles_source_id_sources"),
    )
    by_hand = sa.text("source_id IS NULL")
    op.create_index("uq_articles_guid_by_hand", "articles", ["guid"], unique=True, sqlite_where=by_hand)
    op.create_index("ix_articles_dated_id", "articles", ["dated", "id"])
    op.create_index("ix_articles_source_id_dated_id", "articles", ["source_id", "dated", "id"])
    op.create_index("ix_articles_source_id_url", "articles", ["source_id", "url"])


def _make_article_texts() -> None:
    op.create_table(
        "article_texts",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_texts"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_texts_article_id_articles", ondelete="CASCADE"
        ),
    )
    # The words come ready, parted by spaces: the ascii tokenizer leaves everything beyond ASCII as it is.
    op.execute("CREATE VIRTUAL TABLE article_words USING fts5(title, summary, text, names, tokenize = 'ascii')")


def _make_editions() -> None:
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
        sa.CheckConstraint("uid <> ''", name="ck_editions_uid_given"),
        sa.CheckConstraint("slug <> ''", name="ck_editions_slug_given"),
        sa.CheckConstraint("revision >= 1", name="ck_editions_revision_counted"),
        sa.CheckConstraint(
            "status IN ('draft', 'in_review', 'approved', 'scheduled', "
            "'published', 'corrected', 'retracted', 'discarded')",
            name="ck_editions_status_known",
        ),
        sa.UniqueConstraint("uid", name="uq_editions_uid"),
        sa.UniqueConstraint("slug", name="uq_editions_slug"),
    )
    named = sa.text("filename <> ''")
    op.create_index("uq_editions_filename", "editions", ["filename"], unique=True, sqlite_where=named)


def _make_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "number", name="pk_revisions"),
        sa.CheckConstraint("number >= 1", name="ck_revisions_number_counted"),
        sa.CheckConstraint("length(sha256) = 64", name="ck_revisions_sha256_whole"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_revisions_edition_id_editions"),
    )
    op.execute(
        "CREATE TRIGGER revisions_are_never_changed BEFORE UPDATE ON revisions "
        "BEGIN SELECT RAISE(ABORT, 'a saved revision is never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER revisions_are_never_deleted BEFORE DELETE ON revisions "
        "BEGIN SELECT RAISE(ABORT, 'a saved revision is never deleted'); END"
    )
    op.execute(
        "CREATE TRIGGER revisions_follow_one_another BEFORE INSERT ON revisions "
        "WHEN new.number <> (SELECT coalesce(max(number), 0) + 1 FROM revisions WHERE edition_id = new.edition_id) "
        "BEGIN SELECT RAISE(ABORT, 'a revision takes the number after the newest'); END"
    )


def _make_publications() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
        sa.CheckConstraint("channel <> ''", name="ck_publications_channel_given"),
        sa.CheckConstraint("length(sha256) = 64", name="ck_publications_sha256_whole"),
        sa.ForeignKeyConstraint(
            ["edition_id", "revision"],
            ["revisions.edition_id", "revisions.number"],
            name="fk_publications_edition_id_revision_revisions",
        ),
    )
    op.create_index("ix_publications_edition_id_channel", "publications", ["edition_id", "channel"])
