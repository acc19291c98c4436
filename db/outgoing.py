"""The tables of what goes out: the journal of publications, the ledger of deliveries, and drafts at services.

As `db.tables`, whose metadata they belong to.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

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
