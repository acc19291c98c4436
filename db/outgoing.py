"""The tables of what goes out: the journal, the catalogue, the ledger of deliveries, and drafts at services.

As `db.tables`, whose metadata they belong to.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from db.tables import metadata
from db.times import Instant

# Publications under way. No key leads to an edition: 0 stands for the lists, which belong to none.
plans = Table(
    "plans",
    metadata,
    Column("edition_id", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("moment", Instant, nullable=False),
    CheckConstraint("edition_id >= 0", name="edition_counted"),
)

planned_files = Table(
    "planned_files",
    metadata,
    Column("edition_id", Integer, ForeignKey("plans.edition_id", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    CheckConstraint("length(sha256) = 64", name="sha256_whole"),
    Index(None, "path"),
)

# What was written into the outbox last, so that what somebody changed there by hand is seen.
outbox_files = Table(
    "outbox_files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    CheckConstraint("length(sha256) = 64", name="sha256_whole"),
)

# The catalogue: what lists say of the editions that are out. It is drawn up from their texts and can be forgotten; a
# change to what is drawn wants a migration that empties it.
cards = Table(
    "cards",
    metadata,
    Column("edition_id", Integer, ForeignKey("editions.id"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("dek", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("published", Instant, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("original", Text, nullable=False),
    Column("listed", Boolean, nullable=False, server_default=text("0")),
    ForeignKeyConstraint(["edition_id", "revision"], ["revisions.edition_id", "revisions.number"]),
    Index(None, "day", "published", "edition_id"),
    Index(None, "original"),
    Index("ix_cards_unlisted", "listed", sqlite_where=text("listed = 0")),
)
card_tags = Table(
    "card_tags",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("edition_id", Integer, ForeignKey("cards.edition_id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("day", Date, nullable=False),  # as on the card: what a tag is called is what its first card calls it
    Column("published", Instant, nullable=False),
    Index(None, "slug", "day", "published", "edition_id"),
    Index(None, "edition_id"),
)
card_words = Table(  # those by which the archive's search finds an edition, with a space between
    "card_words",
    metadata,
    Column("edition_id", Integer, ForeignKey("cards.edition_id", ondelete="CASCADE"), primary_key=True),
    Column("words", Text, nullable=False),
)

# A row for each edition and reader; "sending" is written before the letter leaves.
deliveries = Table(
    "deliveries",
    metadata,
    Column("edition_id", Integer, ForeignKey("editions.id"), primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reply", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("next_at", Instant),
    CheckConstraint("(state = 'deferred') = (next_at IS NOT NULL)", name="next_when_deferred"),
    Index(None, "edition_id", "state"),
)
suppressions = Table(
    "suppressions", metadata, Column("address", Text, primary_key=True), Column("at", Instant, nullable=False)
)
sender = Table(  # one row: what tells this store from its copies
    "sender",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("token", Text, nullable=False),
    Column("runs", Integer, nullable=False),
    CheckConstraint("id = 1", name="one"),
)

# What was written to newsletter services last, and where pictures lie there.
pushes = Table(
    "pushes",
    metadata,
    Column("edition_id", Integer, ForeignKey("editions.id"), primary_key=True),
    Column("service", Text, primary_key=True),
    Column("remote_id", Text, nullable=False),
    Column("ours", Text, nullable=False),
    Column("theirs", Text, nullable=False),
    CheckConstraint("remote_id <> ''", name="remote_id_given"),
)
uploads = Table(
    "uploads",
    metadata,
    Column("service", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("url", Text, nullable=False),
)
