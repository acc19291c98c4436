"""The tables as they are today. No behaviour here; how they came to be is told in migrations/.

Two things live in the migrations alone, for no other database words them the same: the triggers that make revisions
and snapshots immutable, and revisions consecutive, and the full-text table `article_words`.
The partial indexes say in SQLite's words alone when they hold: to name another database's is to import all that
SQLAlchemy knows of it, a thirtieth of a second for every command.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from db.times import Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("homepage", Text, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("body_sha256", Text, nullable=False),
    Column("checked_at", Instant),
    Column("succeeded_at", Instant),
    Column("failures", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column(
        "weight",
        Integer,
        CheckConstraint("weight BETWEEN 0 AND 10", name="weight_known"),
        nullable=False,
        server_default=text("1"),
    ),
    Column(
        "state",
        Text,
        CheckConstraint("state IN ('active', 'paused', 'gone')", name="state_known"),
        nullable=False,
        server_default="active",
    ),
    Column("whole", Boolean, nullable=False, server_default=text("1")),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("changed_at", Instant),
    Column("next_at", Instant),
    Column("not_before", Instant),
    Column("every_seconds", Integer, nullable=False, server_default=text("0")),
    Column("moved_to", Text, nullable=False, server_default=""),
    Column("moved_since", Instant),
    Column("moved_times", Integer, nullable=False, server_default=text("0")),
    Column("lease_until", Instant),  # NULL or past: nobody is visiting it
    CheckConstraint("url <> ''", name="url_given"),
    CheckConstraint("failures >= 0", name="failures_counted"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", Integer, ForeignKey("sources.id")),
    Column("guid", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("published", Instant),
    Column("first_seen", Instant, nullable=False),
    Column("dated", Instant, nullable=False),  # what "newest first" goes by: published, never later than first seen
    Column("lang", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("picture_url", Text),  # NULL: no picture
    Column("picture_alt", Text, nullable=False),
    Column("picture_caption", Text, nullable=False),
    Column("picture_credit", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("updated", Instant),
    Column("categories", JSON, nullable=False, server_default="[]"),
    Column("enclosures", JSON, nullable=False, server_default="[]"),
    Column("via", Text, nullable=False, server_default=""),
    Column(
        "access",
        Text,
        CheckConstraint("access IN ('', 'open', 'paywalled')", name="access_known"),
        nullable=False,
        server_default="",
    ),
    Column("words", LargeBinary),  # what its feed last said, hashed: title, summary and text; NULL: not known
    Column("digest", LargeBinary),  # all that its feed last said, hashed
    Column("also", JSON, nullable=False, server_default="[]"),
    Column("worded_at", Instant),  # when title or text last changed; NULL: not since it was first seen
    CheckConstraint("guid <> ''", name="guid_given"),
    CheckConstraint("dated <= first_seen", name="dated_not_in_the_future"),
    CheckConstraint("state IN ('new', 'picked', 'spiked')", name="state_known"),
    UniqueConstraint("source_id", "guid"),
    Index(None, "dated", "id"),
    Index(None, "source_id", "dated", "id"),
    Index(None, "url"),
    Index(None, "source_id", "words"),
    Index(None, "first_seen"),
)
Index(
    "uq_articles_guid_by_hand",
    articles.c.guid,
    unique=True,
    sqlite_where=text("source_id IS NULL"),
)

Index(
    "ix_articles_handled",
    articles.c.dated,
    articles.c.id,
    sqlite_where=text("state <> 'new'"),
)

# Apart from the narrow rows: filtering a page of articles reads a third as much without the words.
article_texts = Table(
    "article_texts",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
)


def _its_article() -> Column[int]:
    return Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)


article_versions = Table(
    "article_versions",
    metadata,
    _its_article(),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
    CheckConstraint("number >= 1", name="number_counted"),
)
article_sketches = Table("article_sketches", metadata, _its_article(), Column("sketch", LargeBinary, nullable=False))
article_terms = Table("article_terms", metadata, _its_article(), Column("terms", LargeBinary, nullable=False))
articles_unindexed = Table("articles_unindexed", metadata, _its_article())  # the full-text index waits for them
article_sightings = Table(
    "article_sightings",
    metadata,
    _its_article(),
    Column("looked_at", Instant, nullable=False),
    Column("gone_at", Instant),  # NULL: its page was there
)

# Apart from the snapshots, by what they say: the same words are kept once, however often they are chosen.
snapshot_texts = Table(
    "snapshot_texts",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("text", Text, nullable=False),
    CheckConstraint("length(sha256) = 64", name="sha256_whole"),
)
snapshots = Table(
    "snapshots",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", Text, ForeignKey("snapshot_texts.sha256"), nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("published", Instant),
    Column("versions", Integer, nullable=False),
    Column("taken_at", Instant, nullable=False),
    CheckConstraint("number >= 1", name="number_counted"),
    CheckConstraint("versions >= 0", name="versions_counted"),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("published_at", Instant),
    Column("updated_at", Instant),
    Column("filed", Text, nullable=False, server_default=""),
    CheckConstraint("uid <> ''", name="uid_given"),
    CheckConstraint("slug <> ''", name="slug_given"),
    CheckConstraint("revision >= 1", name="revision_counted"),
    CheckConstraint(
        "status IN ('draft', 'in_review', 'approved', 'scheduled', 'published', 'corrected', 'retracted', 'discarded')",
        name="status_known",
    ),
)
Index(
    "uq_editions_filename",
    editions.c.filename,
    unique=True,
    sqlite_where=text("filename <> ''"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("edition_id", Integer, ForeignKey("editions.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("message", Text, nullable=False),
    CheckConstraint("number >= 1", name="number_counted"),
    CheckConstraint("length(sha256) = 64", name="sha256_whole"),
)

publications = Table(
    "publications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition_id", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("published_at", Instant, nullable=False),
    ForeignKeyConstraint(["edition_id", "revision"], ["revisions.edition_id", "revisions.number"]),
    CheckConstraint("channel <> ''", name="channel_given"),
    CheckConstraint("length(sha256) = 64", name="sha256_whole"),
    Index(None, "edition_id", "channel"),
)

commissions = Table(
    "commissions",
    metadata,
    Column("key", Text, primary_key=True),  # sha256 of all that the answer depends on
    Column("base_url", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("prompt_version", Text, nullable=False),
    Column("article_sha256", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("written_at", Instant, nullable=False),
    CheckConstraint("length(key) = 64", name="key_whole"),
    CheckConstraint("length(article_sha256) = 64", name="article_sha256_whole"),
    CheckConstraint("tokens_in >= 0 AND tokens_out >= 0", name="tokens_counted"),
    Index(None, "article_sha256"),
)

model_hosts = Table(
    "model_hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column("allowed_at", Instant, nullable=False),
    CheckConstraint("host <> ''", name="host_given"),
)

# Feeds that changed and whose hub has not been told yet.
announcements = Table(
    "announcements",
    metadata,
    Column("feed_url", Text, primary_key=True),
    Column("planned_at", Instant, nullable=False),
    CheckConstraint("feed_url <> ''", name="feed_url_given"),
)

# What past editions carried: `filings` says which published revisions have been cut, `clippings` what was in them.
filings = Table(
    "filings",
    metadata,
    Column("edition_id", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    ForeignKeyConstraint(["edition_id", "revision"], ["revisions.edition_id", "revisions.number"]),
)

clippings = Table(
    "clippings",
    metadata,
    Column("edition_id", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("place", Text, nullable=False),
    Column("urls", JSON, nullable=False),
    Column("headline", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("published", Instant),
    Column("sketch", LargeBinary, nullable=False),
    Column("day", Integer, index=True),  # by which its headline is found
    ForeignKeyConstraint(["edition_id", "revision"], ["filings.edition_id", "filings.revision"], ondelete="CASCADE"),
    CheckConstraint("place IN ('story', 'words')", name="place_known"),
)

# By what clippings are found. No key leads to them: a filing is never taken back, but all are forgotten at once.
clipping_keys = Table(
    "clipping_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("edition_id", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
clipping_runs = Table(
    "clipping_runs",
    metadata,
    Column("run", Integer, primary_key=True),
    Column("edition_id", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

# What editions went through, for ever as it was written (triggers).
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition_id", Integer, ForeignKey("editions.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("due", Instant),
    CheckConstraint("step <> ''", name="step_given"),
    CheckConstraint("length(sha256) = 64", name="sha256_whole"),
    CheckConstraint("(step = 'scheduled') = (due IS NOT NULL)", name="due_when_scheduled"),
    Index(None, "edition_id", "id"),
)
