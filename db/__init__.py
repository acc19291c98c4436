"""The store: keeps sources, articles and editions, and decides nothing. Only the wiring may import it."""

from db.store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
